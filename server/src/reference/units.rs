//! Who issues passports: units by department code, regions by the first digits of a series.

use super::{ReferenceError, rows};

const UNITS: &str = "passport_units";
const SERIES: &str = "passport_series";

pub(super) struct Units {
    /// The table as it is, header included, sorted by code.
    text: String,
    /// Where each row begins.
    starts: Vec<u32>,
    /// Region codes by the first two digits of a series.
    series: Vec<(u8, Vec<String>)>,
}

impl Units {
    pub fn parse(text: String, series: &str) -> Result<Units, ReferenceError> {
        let mut starts = Vec::with_capacity(17_000);
        let mut last = "";
        for row in rows::<2>(UNITS, &text) {
            let (line, [code, name]) = row?;
            if code.len() != 7 || name.is_empty() || code < last {
                return Err(ReferenceError::Row { table: UNITS, line });
            }
            last = code;
            starts.push((code.as_ptr() as usize - text.as_ptr() as usize) as u32);
        }
        starts.shrink_to_fit();
        let mut regions = Vec::with_capacity(90);
        for row in rows::<2>(SERIES, series) {
            let (line, [digits, codes]) = row?;
            let digits = digits.parse().map_err(|_| ReferenceError::Row { table: SERIES, line })?;
            regions.push((digits, codes.split(' ').map(str::to_owned).collect()));
        }
        Ok(Units { text, starts, series: regions })
    }

    pub fn names(&self, code: &str) -> Vec<&str> {
        let Some(code) = canonical(code) else {
            return Vec::new();
        };
        let from = self.starts.partition_point(|start| self.code(*start) < code.as_str());
        self.starts[from..]
            .iter()
            .take_while(|start| self.code(**start) == code)
            .filter_map(|start| self.text[*start as usize..].lines().next()?.split('\t').nth(1))
            .collect()
    }

    pub fn series_regions(&self, series: &str) -> &[String] {
        let digits = series.get(..2).and_then(|digits| digits.parse::<u8>().ok());
        self.series.iter().find(|(known, _)| Some(*known) == digits).map_or(&[], |(_, codes)| codes)
    }

    fn code(&self, start: u32) -> &str {
        &self.text[start as usize..start as usize + 7]
    }
}

/// «NNN-NNN» from the same or from six digits.
fn canonical(code: &str) -> Option<String> {
    let digits: String = match code.split_once('-') {
        Some((rank, unit)) if rank.len() == 3 && unit.len() == 3 => format!("{rank}{unit}"),
        Some(_) => return None,
        None => code.to_owned(),
    };
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| format!("{}-{}", &digits[..3], &digits[3..]))
}
