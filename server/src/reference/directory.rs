//! The directory of postal indexes, packed: one 28-byte row an object, names in a shared pool.

use domain::reference::{PostalKind, PostalObject};

use super::pool::{Name, Pool, PoolBuilder};
use super::regions::Regions;
use super::{ReferenceError, rows};

const TABLE: &str = "post_offices";

pub(super) struct Row {
    pub name: Name,
    pub area: Name,
    pub town: Name,
    /// A settlement inside the town's district («Путилково» of «Красногорск»).
    pub settlement: Name,
    /// Degrees; NaN where the directory knows no place.
    pub latitude: f32,
    pub longitude: f32,
    pub kind: PostalKind,
    /// Position in [`Regions`].
    pub region: u8,
}

pub(super) struct Directory {
    /// Ascending; `rows[i]` belongs to `indexes[i]`.
    indexes: Vec<u32>,
    rows: Vec<Row>,
    pool: Pool,
}

impl Directory {
    pub fn parse(text: &str, regions: &mut Regions) -> Result<Directory, ReferenceError> {
        let mut pool = PoolBuilder::new();
        let mut indexes = Vec::with_capacity(62_000);
        let mut parsed = Vec::with_capacity(62_000);
        for row in rows::<16>(TABLE, text) {
            let (line, cells) = row?;
            let bad = || ReferenceError::Row { table: TABLE, line };
            let [index, name, _, kind, _, region_code, region, _, area, city, settlement, _, _, lat, lon, _] = cells;
            let index = number(index).ok_or_else(bad)?;
            if indexes.last().is_some_and(|last| *last >= index) {
                return Err(bad());
            }
            indexes.push(index);
            parsed.push(Row {
                name: pool.add(name),
                area: pool.add(area),
                town: pool.add(city),
                settlement: pool.add(settlement),
                latitude: degrees(lat).ok_or_else(bad)?,
                longitude: degrees(lon).ok_or_else(bad)?,
                kind: kind_of(kind).ok_or_else(bad)?,
                region: regions.position_or_add(region_code, region).ok_or_else(bad)?,
            });
        }
        indexes.shrink_to_fit();
        parsed.shrink_to_fit();
        Ok(Directory { indexes, rows: parsed, pool: pool.finish() })
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Position of an index given as exactly six digits.
    pub fn position(&self, index: &str) -> Option<usize> {
        self.indexes.binary_search(&number(index)?).ok()
    }

    /// Positions of the indexes that begin with these one to six digits.
    pub fn beginning(&self, digits: &str) -> std::ops::Range<usize> {
        let Some(value) = Some(digits).filter(|d| d.len() <= 6).and_then(|d| d.parse::<u32>().ok()) else {
            return 0..0;
        };
        let rest = 10_u32.pow(6 - digits.len() as u32);
        let from = self.indexes.partition_point(|index| *index < value * rest);
        let to = self.indexes.partition_point(|index| *index < (value + 1) * rest);
        from..to
    }

    pub fn object(&self, position: usize, regions: &Regions) -> PostalObject {
        let row = &self.rows[position];
        let region = regions.at(row.region);
        PostalObject {
            index: format!("{:06}", self.indexes[position]),
            name: self.pool.get(row.name).to_owned(),
            kind: row.kind,
            region_code: region.code.clone(),
            region: region.name.clone(),
            area: self.pool.get(row.area).to_owned(),
            town: self.pool.get(if row.town == 0 { row.settlement } else { row.town }).to_owned(),
        }
    }
}

fn number(index: &str) -> Option<u32> {
    (index.len() == 6 && index.bytes().all(|b| b.is_ascii_digit())).then(|| index.parse().ok())?
}

fn degrees(text: &str) -> Option<f32> {
    if text.is_empty() { Some(f32::NAN) } else { text.parse().ok() }
}

fn kind_of(text: &str) -> Option<PostalKind> {
    Some(match text {
        "office" => PostalKind::Office,
        "main" => PostalKind::Main,
        "mobile" => PostalKind::Mobile,
        "agent" => PostalKind::Agent,
        "pickup" => PostalKind::Pickup,
        "locker" => PostalKind::Locker,
        "internal" => PostalKind::Internal,
        _ => return None,
    })
}
