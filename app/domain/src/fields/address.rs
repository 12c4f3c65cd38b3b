//! A postal address in one line, house included (VAL-8). The index has a control of its own.

use super::typed::{is_dash, is_russian, one_line, stored_text};
use super::{address_words, places};
use crate::code::Code;
use crate::reference::PostalObject;

const LONGEST: usize = 500;
const SHORTEST: usize = 10;
const FEWEST_LETTERS: usize = 5;

stored_text! {
    /// Stored and shown as typed, on one line, without a full stop at the end.
    plain Address
}

impl Address {
    /// Takes Russian text; Latin letters only as Roman numerals of street names.
    ///
    /// # Errors
    /// `Empty`, `WrongCharacter`, `TooLong`, `AddressAbbreviation` (a shortening nobody knows),
    /// `AddressTooShort`, `AddressNoHouse`.
    pub fn parse(input: &str) -> Result<Self, Code> {
        let line = one_line(input);
        if line.is_empty() {
            return Err(Code::Empty);
        }
        let (mut length, mut letters) = (0, 0);
        let mut previous = ' ';
        for c in line.chars() {
            length += 1;
            letters += usize::from(is_russian(c));
            if !(is_russian(c) || c.is_ascii_digit() || is_punctuation(c) || is_roman(c))
                // A Latin letter beside a Russian one is a look-alike, not a numeral.
                || (is_roman(c) && is_russian(previous))
                || (is_russian(c) && is_roman(previous))
            {
                return Err(Code::WrongCharacter);
            }
            previous = c;
        }
        if length > LONGEST {
            return Err(Code::TooLong);
        }
        if address_words::has_unknown_shortening(&line) {
            return Err(Code::AddressAbbreviation);
        }
        let line = line.trim_end_matches(['.', ',', ';', ' ']).replace(" ,", ",");
        if letters < FEWEST_LETTERS || line.chars().nth(SHORTEST - 1).is_none() {
            return Err(Code::AddressTooShort);
        }
        if !address_words::has_house(&address_words::segments(&line)) {
            return Err(Code::AddressNoHouse);
        }
        Ok(Address(line))
    }

    /// Compares the region and the town the text names with those of its index. The detail is
    /// what the index belongs to.
    ///
    /// # Errors
    /// `PostcodeRegionDiffers`, `PostcodeTownDiffers`; only when certain.
    pub fn agrees(&self, object: &PostalObject) -> Result<(), (Code, String)> {
        places::check(&self.0, object)
    }
}

const fn is_roman(c: char) -> bool {
    matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')
}

const fn is_punctuation(c: char) -> bool {
    matches!(c, ' ' | ',' | '.' | ';' | ':' | '/' | '\\' | '№' | '«' | '»' | '"' | '(' | ')' | '\'' | '’' | '+')
        || is_dash(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::PostalKind;

    fn office(index: &str, region_code: &str, region: &str, town: &str) -> PostalObject {
        PostalObject {
            index: index.into(),
            name: town.into(),
            kind: PostalKind::Office,
            region_code: region_code.into(),
            region: region.into(),
            area: String::new(),
            town: town.into(),
        }
    }

    fn agrees(text: &str, office: &PostalObject) -> Result<(), (Code, String)> {
        Address::parse(text).unwrap().agrees(office)
    }

    #[test]
    fn an_address_names_its_house() {
        let address = Address::parse(" г. Самара ,\n ул. Ленина, д. 5.\n").unwrap();
        assert_eq!(address.as_str(), "г. Самара, ул. Ленина, д. 5");
        assert_eq!(Address::parse("г. Самара, ул. Ленина"), Err(Code::AddressNoHouse));
        assert_eq!(Address::parse("д. 5"), Err(Code::AddressTooShort));
        assert_eq!(Address::parse("Samara"), Err(Code::WrongCharacter));
        assert_eq!(Address::parse("г. Cамара, д. 5"), Err(Code::WrongCharacter));
        assert!(Address::parse("Самара, ул. XXII Партсъезда, 5").is_ok());
        assert_eq!(Address::parse("Самара, ул. Пртз, 5"), Err(Code::AddressAbbreviation));
    }

    #[test]
    fn another_region_is_named() {
        let samara = office("443081", "63", "Самарская область", "Самара");
        let differs = Err((Code::PostcodeRegionDiffers, "Самарская область".to_owned()));
        for text in [
            "Ростовская область, г. Шахты, ул. Мира, 5",
            "Респ. Татарстан, г. Казань, ул. Мира, д. 5",
            "Татарстан, Казань, ул. Мира, д. 5",
            "101000, г. Москва, ул. Мира, д. 5",
            "Ханты-Мансийский АО - Югра, г Сургут, ул Мира, д 5",
            "Алтайский край г Бийск ул Мира д 5",
        ] {
            assert_eq!(agrees(text, &samara), differs, "{text}");
        }
        for text in [
            "Самарская обл., г. Самара, ул. Тульская, д. 5",
            "Самара, Московское шоссе, 5",
            "Самарская область, Ростовская ул., 5",
            "ул. Мира, д. 5, Самара",
        ] {
            assert_eq!(agrees(text, &samara), Ok(()), "{text}");
        }
    }

    #[test]
    fn another_big_town_is_named() {
        let samara = office("443081", "63", "Самарская область", "Самара");
        let differs = Err((Code::PostcodeTownDiffers, "Самара".to_owned()));
        for text in [
            "Самарская область, г. Тольятти, ул. Мира, д. 5",
            "г Тольятти ул Мира д 5",
            "г. Нижний Новгород, ул. Мира, д. 5",
            "Казань, ул. Мира, д. 5",
        ] {
            assert_eq!(agrees(text, &samara), differs, "{text}");
        }
    }

    #[test]
    fn doubt_never_refuses() {
        // A village named like a town far away.
        let village = office("368824", "05", "Республика Дагестан", "Брянск");
        assert_eq!(agrees("Респ. Дагестан, с. Брянск, ул. Мира, 52А", &village), Ok(()));
        assert_eq!(agrees("Брянск, ул. Мира, 52А", &village), Ok(()));
        // A village of a town's district.
        let sochi = office("354200", "23", "Краснодарский край", "Лазаревское");
        assert_eq!(agrees("Краснодарский край, г. Сочи, Лазаревское, ул. Мира, 5", &sochi), Ok(()));
        assert_eq!(agrees("г. Сочи, ул. Мира, 5", &sochi), Ok(()));
        // Both sides of a city's border.
        let around = office("142103", "50", "Московская область", "Подольск");
        assert_eq!(agrees("г. Москва, п. Рязановское, ул. Мира, 5", &around), Ok(()));
        let new_moscow = office("108811", "77", "г. Москва", "");
        assert_eq!(agrees("Московская обл., д. Пески, ул. Мира, 5", &new_moscow), Ok(()));
        let centre = office("101000", "77", "г. Москва", "");
        assert_eq!(
            agrees("Московская обл., д. Пески, ул. Мира, 5", &centre),
            Err((Code::PostcodeRegionDiffers, "г. Москва".to_owned()))
        );
        // An area older documents write under the province.
        let surgut = office("628400", "86", "Ханты-Мансийский АО", "Сургут");
        assert_eq!(agrees("Тюменская область, г. Сургут, ул. Мира, 5", &surgut), Ok(()));
        // An object outside the country.
        let base = office("000000", "", "", "");
        assert_eq!(agrees("г. Москва, ул. Мира, 5", &base), Ok(()));
    }
}
