//! A new password (C2): length, four kinds of characters, and not one of those tried first.

use crate::code::Code;
use crate::fields::typed::{is_russian, is_russian_capital, small};

/// Fewest characters.
pub const SHORTEST: usize = 8;
/// Most characters; hashing longer ones only costs time.
pub const LONGEST: usize = 128;

/// The words people build passwords on, Russian keyboard included: «пароль» typed without
/// switching the layout is `gfhjkm`. The server knows a longer list.
const COMMON: &str = "password passwords pass passw parol пароль gfhjkm qwerty qwertyu qwertyui qwertyuiop \
    йцукен йцукенг йцукенгшщзхъ qwer йцук asdf asdfgh asdfghjkl фыва фывапролджэ zxcv \
    zxcvbn zxcvbnm ячсмить qazwsx йфяцыч qwaszx admin administrator админ administrater \
    root user login welcome letmein iloveyou monkey dragon master sunshine princess \
    football test qwe asd zxc йцу фыв ячс abc abcd abcdef абв абвгд привет ghbdtn privet \
    любовь lyubov солнышко solnyshko россия rossiya russia hjccbz москва moskva moscow \
    vjcrdf наташа natasha yfnfif марина marina vfhbyf андрей andrey fylhtq сергей sergey \
    cthutq александр alexander fktrcfylh максим maxim maksim vfrcbv дмитрий dmitry lvbnhbq \
    пока почта gjxnf pochta otdelenie отделение gosuslugi госуслуги spartak zenit hello \
    superman changeme secret summer winter spring autumn лето зима весна";

/// Everything wrong with a password; an empty list is a good one. Never echoes the password.
pub fn check(password: &str) -> Vec<Code> {
    if password.is_empty() {
        return vec![Code::Empty];
    }
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let length = password.chars().count();
    let mut found = Vec::new();
    for (wrong, code) in [
        (length < SHORTEST, Code::PasswordTooShort),
        (length > LONGEST, Code::PasswordTooLong),
        (!has(is_small), Code::PasswordNoLower),
        (!has(is_capital), Code::PasswordNoUpper),
        (!has(|c| c.is_ascii_digit()), Code::PasswordNoDigit),
        (!has(is_special), Code::PasswordNoSpecial),
        (is_common(password), Code::PasswordCommon),
    ] {
        if wrong {
            found.push(code);
        }
    }
    found
}

fn is_small(c: char) -> bool {
    c.is_ascii_lowercase() || (is_russian(c) && !is_russian_capital(c))
}

fn is_capital(c: char) -> bool {
    c.is_ascii_uppercase() || is_russian_capital(c)
}

/// Neither letter nor digit; line ends and other controls do not count, nobody means to type them.
fn is_special(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || c.is_ascii_control() || is_russian(c))
}

/// Whether little is left of the password beside one common word: digits and signs at both ends
/// are peeled off and the usual stand-ins (`@` for a, `0` for o) are read as letters.
fn is_common(password: &str) -> bool {
    let folded: String = password.chars().take(LONGEST).map(small).collect();
    let core = folded.trim_matches(|c: char| !(c.is_ascii_lowercase() || is_russian(c)));
    if core.is_empty() {
        // Nothing but digits and signs.
        return true;
    }
    if COMMON.split(' ').any(|word| word == core) {
        return true;
    }
    let plain: String = folded
        .chars()
        .map(|c| match c {
            '@' | '4' => 'a',
            '0' => 'o',
            '$' | '5' => 's',
            '3' => 'e',
            '1' | '!' => 'i',
            other => other,
        })
        .collect();
    COMMON.split(' ').any(|word| {
        // At least half of the password is the word, so long phrases may hold it.
        word.len() >= 6 && plain.contains(word) && word.len() * 2 >= plain.len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_kind_is_named() {
        assert_eq!(check(""), [Code::Empty]);
        assert_eq!(
            check("ночь"),
            [Code::PasswordTooShort, Code::PasswordNoUpper, Code::PasswordNoDigit, Code::PasswordNoSpecial]
        );
        assert_eq!(check("Utro-Vecher-7"), []);
        assert_eq!(check("Утро в лесу 7"), []);
        assert_eq!(check(&"Aa1-".repeat(33)), [Code::PasswordTooLong]);
    }

    #[test]
    fn a_common_word_with_trimmings_stays_common() {
        for password in ["Qwerty123!", "Йцукен12-", "P@ssw0rd1!", "Gfhjkm-2026", "Пароль_1", "Asd-12345678"]
        {
            assert_eq!(check(password), [Code::PasswordCommon], "{password}");
        }
        assert_eq!(
            check("12345678"),
            [Code::PasswordNoLower, Code::PasswordNoUpper, Code::PasswordNoSpecial, Code::PasswordCommon]
        );
    }

    #[test]
    fn a_phrase_may_hold_a_common_word() {
        assert_eq!(check("Зимой в Москва-реке 3 градуса"), []);
    }
}
