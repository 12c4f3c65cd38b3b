//! Subjects of the Federation: code, name for people, time zone.

use super::{ReferenceError, rows};

const TABLE: &str = "regions";

/// A subject of the Federation (or Baikonur).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Two digits, as on number plates and in `regions.tsv` («54»).
    pub code: String,
    /// For people: «г. Москва», «Республика Татарстан», «Новосибирская область».
    pub name: String,
    /// Offset of the capital from UTC. Yakutia and Sakhalin have further zones.
    pub utc_offset_minutes: i16,
}

pub(super) struct Regions {
    /// Alphabetical; what the directory adds from abroad comes after `listed`.
    regions: Vec<Region>,
    /// The bare name («Москва») beside each region, to search and sort by.
    bare: Vec<String>,
    listed: usize,
    /// Position by the code read as a number; `u8::MAX` for none.
    by_number: [u8; 100],
}

impl Regions {
    pub fn parse(text: &str) -> Result<Regions, ReferenceError> {
        let mut found = Vec::with_capacity(90);
        for row in rows::<16>(TABLE, text) {
            let (line, [code, name, kind, _, _, _, _, _, _, _, _, zone, _, _, _, _]) = row?;
            let bad = ReferenceError::Row { table: TABLE, line };
            let hours: i16 = zone.strip_prefix("UTC").and_then(|h| h.parse().ok()).ok_or(bad)?;
            let region = Region { code: code.to_owned(), name: for_people(name, kind), utc_offset_minutes: hours * 60 };
            found.push((name.to_owned(), region));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut regions = Regions {
            listed: found.len(),
            regions: Vec::with_capacity(found.len() + 1),
            bare: Vec::with_capacity(found.len() + 1),
            by_number: [u8::MAX; 100],
        };
        for (at, (bare, region)) in found.into_iter().enumerate() {
            // Two digits each: there is no 101st code, and no 256th region.
            if let Some(place) = region.code.parse().ok().and_then(|code: usize| regions.by_number.get_mut(code)) {
                *place = u8::try_from(at).unwrap_or(u8::MAX);
            }
            regions.bare.push(bare);
            regions.regions.push(region);
        }
        Ok(regions)
    }

    pub fn all(&self) -> &[Region] {
        &self.regions[..self.listed]
    }

    pub fn by_code(&self, code: &str) -> Option<&Region> {
        self.regions.get(usize::from(self.position(code)?))
    }

    /// Position of a code given as exactly two digits.
    pub fn position(&self, code: &str) -> Option<u8> {
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.by_number.get(code.parse::<usize>().ok()?).copied().filter(|at| *at != u8::MAX)
    }

    pub fn at(&self, position: u8) -> &Region {
        &self.regions[usize::from(position)]
    }

    pub fn bare(&self) -> &[String] {
        &self.bare
    }

    /// Where the directory's row belongs. Field post offices in Germany have no code: they are kept
    /// under the country's name, outside the list of regions.
    pub fn position_or_add(&mut self, code: &str, name: &str) -> Option<u8> {
        if !code.is_empty() {
            return self.position(code);
        }
        let known = self.regions.iter().skip(self.listed).position(|region| region.name == name);
        let at = known.map_or(self.regions.len(), |at| self.listed + at);
        if known.is_none() {
            self.regions.push(Region { code: String::new(), name: name.to_owned(), utc_offset_minutes: 0 });
            self.bare.push(name.to_owned());
        }
        u8::try_from(at).ok()
    }
}

/// Names as the Constitution (art. 65) writes them, from the shortened ones of the table.
fn for_people(name: &str, kind: &str) -> String {
    match (name, kind) {
        ("Саха /Якутия/", _) => "Республика Саха (Якутия)".to_owned(),
        ("Северная Осетия - Алания", _) => "Республика Северная Осетия — Алания".to_owned(),
        ("Кемеровская область - Кузбасс", _) => "Кемеровская область — Кузбасс".to_owned(),
        ("Ханты-Мансийский Автономный округ - Югра", _) => {
            "Ханты-Мансийский автономный округ — Югра".to_owned()
        }
        ("Чувашская Республика", _) => name.to_owned(),
        (_, "Респ") if name.ends_with("ая") => format!("{name} Республика"),
        (_, "Респ") => format!("Республика {name}"),
        (_, "обл") => format!("{name} область"),
        (_, "Аобл") => format!("{name} автономная область"),
        (_, "АО") => format!("{name} автономный округ"),
        (_, "г") => format!("г. {name}"),
        _ => format!("{name} {kind}"),
    }
}
