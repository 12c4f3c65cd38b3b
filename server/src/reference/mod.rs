//! Reference data of Russia's post, in memory and immutable: postal objects, regions, passport issuers.
//!
//! The tables are part of the binary (`server/reference/`, sources and licences in its README).
//! [`Reference::load`] unpacks them once at start; every answer after that is a lookup without I/O.

pub mod countries;
mod directory;
mod pool;
mod regions;
mod search;
mod units;

use std::io::{BufReader, Read};

use domain::reference::PostalObject;
use flate2::read::GzDecoder;

pub use regions::Region;
pub use search::OfficeQuery;

use directory::Directory;
use regions::Regions;
use units::Units;

const POST_OFFICES: &[u8] = include_bytes!("../../reference/post_offices.tsv.gz");
const PASSPORT_UNITS: &[u8] = include_bytes!("../../reference/passport_units.tsv.gz");
const PASSPORT_SERIES: &str = include_str!("../../reference/passport_series.tsv");
const REGIONS: &str = include_str!("../../reference/regions.tsv");

/// The embedded tables cannot be used. A fault of the build, never of a person's input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    #[error("reference table {table} cannot be unpacked")]
    Unpack { table: &'static str },
    /// Line numbers count from 1, the header included.
    #[error("reference table {table} is malformed at line {line}")]
    Row { table: &'static str, line: usize },
}

/// All reference tables. Cheap to share behind an `Arc`; about 6 MB.
pub struct Reference {
    directory: Directory,
    regions: Regions,
    units: Units,
}

impl Reference {
    /// Unpacks and indexes the embedded tables. Takes some 50 ms: call it once, at start.
    ///
    /// # Errors
    /// [`ReferenceError`] if the files in the binary are damaged.
    pub fn load() -> Result<Reference, ReferenceError> {
        let mut regions = Regions::parse(REGIONS)?;
        let directory =
            Directory::read(BufReader::with_capacity(64 * 1024, GzDecoder::new(POST_OFFICES)), &mut regions)?;
        let units = Units::parse(unpack("passport_units", PASSPORT_UNITS)?, PASSPORT_SERIES)?;
        Ok(Reference { directory, regions, units })
    }

    /// How many postal objects the directory holds, lockers and internal ones included.
    pub fn count(&self) -> usize {
        self.directory.rows().len()
    }

    /// The object an index belongs to. `None` for an unknown index and for anything but six digits.
    ///
    /// An object may be a locker or an internal one: ask [`domain::reference::PostalKind::valid_in_address`].
    pub fn postcode(&self, index: &str) -> Option<PostalObject> {
        let row = self.directory.position(index)?;
        Some(self.directory.object(row, &self.regions))
    }

    /// Whether the directory knows any index that begins like this one. For some regions it has no data
    /// at all, so an index from there cannot be judged.
    pub fn covers(&self, index: &str) -> bool {
        index.get(..3).is_some_and(|start| !self.directory.beginning(start).is_empty())
    }

    /// Offices that serve visitors, best match first: the town named exactly, then office names,
    /// then beginnings of words; within a town the main office first.
    pub fn offices(&self, query: OfficeQuery<'_>) -> Vec<PostalObject> {
        search::find(&self.directory, &self.regions, query)
            .into_iter()
            .map(|row| self.directory.object(row, &self.regions))
            .collect()
    }

    /// Names of the passport-issuing unit, as passports print them (instrumental case, capitals).
    /// `code` is «770-001» or six digits. One code may have several names; an unknown code has
    /// none, which is a reason to ask, not to refuse: the list is kept by volunteers.
    pub fn units(&self, code: &str) -> Vec<&str> {
        self.units.names(code)
    }

    /// The regions whose passports begin with these two digits of a series («45…» → г. Москва).
    /// Mostly one, sometimes several (autonomous areas), none if the digits are not known.
    pub fn series_regions(&self, series: &str) -> Vec<&Region> {
        self.units.series_regions(series).iter().filter_map(|code| self.regions.by_code(code)).collect()
    }

    /// A subject of the Federation by its two-digit code.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.by_code(code)
    }

    /// All subjects of the Federation and Baikonur, in the alphabetical order of their own names
    /// («Республика Адыгея», «Республика Алтай», «Алтайский край», …).
    pub fn regions(&self) -> &[Region] {
        self.regions.all()
    }
}

fn unpack(table: &'static str, packed: &[u8]) -> Result<String, ReferenceError> {
    // The last four bytes of gzip are the length of what is inside (RFC 1952, ISIZE).
    let size = packed.last_chunk::<4>().map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize);
    let mut text = String::with_capacity(size);
    match GzDecoder::new(packed).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(_) => Err(ReferenceError::Unpack { table }),
    }
}

/// Rows of a tab-separated table below its header, with their 1-based line numbers.
fn rows<'a, const N: usize>(
    table: &'static str,
    text: &'a str,
) -> impl Iterator<Item = Result<(usize, [&'a str; N]), ReferenceError>> {
    text.lines().enumerate().skip(1).map(move |(at, line)| {
        let mut cells = [""; N];
        let mut found = line.split('\t');
        for cell in &mut cells {
            *cell = found.next().ok_or(ReferenceError::Row { table, line: at + 1 })?;
        }
        Ok((at + 1, cells))
    })
}
