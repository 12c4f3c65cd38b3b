//! The directory of postal indexes, packed: one 28-byte row an object, names in a shared pool.

use std::io::BufRead;

use domain::reference::{PostalKind, PostalObject};

use super::ReferenceError;
use super::pool::{Name, Pool, PoolBuilder, lower_particles};
use super::regions::Regions;

const TABLE: &str = "post_offices";

pub(super) struct Row {
    pub name: Name,
    pub area: Name,
    pub town: Name,
    /// A settlement inside the town's district («Путилково» of «Красногорск»).
    pub settlement: Name,
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

/// Room to read into; the exact numbers only save moving memory.
const OBJECTS: usize = 62_000;
const NAMES: usize = 64 * 1024;
const NAME_BYTES: usize = 1_500_000;

impl Directory {
    /// Reads the unpacked table line by line: as a whole it is ten times larger than what is kept.
    pub fn read(mut table: impl BufRead, regions: &mut Regions) -> Result<Directory, ReferenceError> {
        let mut pool = PoolBuilder::with_capacity(NAMES, NAME_BYTES);
        let mut indexes = Vec::with_capacity(OBJECTS);
        let mut parsed = Vec::with_capacity(OBJECTS);
        let (mut text, mut line) = (Vec::with_capacity(512), 0);
        loop {
            text.clear();
            if table.read_until(b'\n', &mut text).map_err(|_| ReferenceError::Unpack { table: TABLE })? == 0 {
                break;
            }
            line += 1;
            if line == 1 {
                continue;
            }
            let (index, row) = row(&text, &mut pool, regions).ok_or(ReferenceError::Row { table: TABLE, line })?;
            if indexes.last().is_some_and(|last| *last >= index) {
                return Err(ReferenceError::Row { table: TABLE, line });
            }
            indexes.push(index);
            parsed.push(row);
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
        self.indexes.binary_search(&number(index.as_bytes())?).ok()
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
            name: lower_particles(self.pool.get(row.name)),
            kind: row.kind,
            region_code: region.code.clone(),
            region: region.name.clone(),
            area: self.pool.get(row.area).to_owned(),
            town: lower_particles(self.pool.get(if row.town == 0 { row.settlement } else { row.town })),
        }
    }
}

/// Columns: index name type kind parent region_code region autonom area city city1 updated
/// index_old lat lon geo.
fn row(line: &[u8], pool: &mut PoolBuilder, regions: &mut Regions) -> Option<(u32, Row)> {
    let mut cells = [&line[..0]; 16];
    let mut found = line.strip_suffix(b"\n").unwrap_or(line).split(|byte| *byte == b'\t');
    for cell in &mut cells[..15] {
        *cell = found.next()?;
    }
    let [index, name, _, kind, _, region_code, region, _, area, town, settlement, _, _, _, _, _] = cells;
    let row = Row {
        name: pool.add(name)?,
        area: pool.add(area)?,
        town: pool.add(town)?,
        settlement: pool.add(settlement)?,
        kind: kind_of(kind)?,
        region: regions.position_or_add(std::str::from_utf8(region_code).ok()?, std::str::from_utf8(region).ok()?)?,
    };
    Some((number(index)?, row))
}

fn number(index: &[u8]) -> Option<u32> {
    (index.len() == 6)
        .then(|| index.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))))?
}

fn kind_of(text: &[u8]) -> Option<PostalKind> {
    Some(match text {
        b"office" => PostalKind::Office,
        b"main" => PostalKind::Main,
        b"mobile" => PostalKind::Mobile,
        b"agent" => PostalKind::Agent,
        b"pickup" => PostalKind::Pickup,
        b"locker" => PostalKind::Locker,
        b"internal" => PostalKind::Internal,
        _ => return None,
    })
}
