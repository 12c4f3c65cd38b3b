//! The country of an internet address. Half a million ranges, unpacked when the first login from the internet asks: the
//! start does not wait for them.

use super::ReferenceError;
use crate::integrations::partners::is_public;
use flate2::read::GzDecoder;
use std::io::Read;
use std::net::IpAddr;
use std::sync::LazyLock;

/// Two tables, IPv4 and the first 48 bits of IPv6: their length (4 bytes, little endian), the beginnings of the ranges as
/// differences (7 bits a byte, low ones first), and of each range the row of its country in [`COUNTRIES`], 0 for none.
const RANGES: &[u8] = include_bytes!("../../reference/address_countries.bin.gz");
const COUNTRIES: &str = include_str!("../../reference/countries.tsv");
/// Mean radius of the earth.
const EARTH_KM: f64 = 6371.0;

static TABLE: LazyLock<Result<Table, ReferenceError>> = LazyLock::new(Table::load);

/// A country, as people call it, and its principal places.
pub struct Country {
    /// Two letters, ISO 3166-1.
    pub code: &'static str,
    pub ru: &'static str,
    pub en: &'static str,
    /// Latitude and longitude in degrees.
    places: Vec<(f64, f64)>,
}

struct Table {
    countries: Vec<Country>,
    v4: Ranges,
    v6: Ranges,
}

struct Ranges {
    starts: Vec<u64>,
    rows: Vec<u8>,
}

/// Where an address belongs; `None` for private ones, and where the table says nothing.
pub fn of(address: IpAddr) -> Option<&'static Country> {
    // The table gives countries to some of the others.
    if !is_public(address) {
        return None;
    }
    let table = TABLE.as_ref().ok()?;
    let row = match address {
        IpAddr::V4(v4) => table.v4.row(u64::from(u32::from(v4))),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => table.v4.row(u64::from(u32::from(v4))),
            None => table.v6.row(u64::try_from(u128::from(v6) >> 80).unwrap_or_default()),
        },
    };
    table.countries.get(usize::from(row).checked_sub(1)?)
}

/// The country of two letters.
pub fn named(code: &str) -> Option<&'static Country> {
    TABLE.as_ref().ok()?.countries.iter().find(|c| c.code == code)
}

/// At least so many kilometres lie between two countries: from the nearest principal place of one to that of the other.
pub fn distance(a: &str, b: &str) -> Option<i64> {
    if a == b {
        return Some(0);
    }
    let (a, b) = (named(a)?, named(b)?);
    let ways = a.places.iter().flat_map(|from| b.places.iter().map(|to| kilometres(*from, *to)));
    let nearest = ways.fold(f64::INFINITY, f64::min);
    nearest.is_finite().then_some(nearest as i64)
}

/// Along the great circle.
fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let ((lat1, lon1), (lat2, lon2)) = (from, to);
    let (half_lat, half_lon) = ((lat2 - lat1).to_radians() / 2.0, (lon2 - lon1).to_radians() / 2.0);
    let h = half_lat.sin().powi(2) + lat1.to_radians().cos() * lat2.to_radians().cos() * half_lon.sin().powi(2);
    2.0 * EARTH_KM * h.sqrt().min(1.0).asin()
}

impl Ranges {
    fn row(&self, address: u64) -> u8 {
        let after = self.starts.partition_point(|start| *start <= address);
        after.checked_sub(1).and_then(|at| self.rows.get(at)).copied().unwrap_or(0)
    }

    /// Takes one table off the front of `bytes`.
    fn read(bytes: &mut &[u8]) -> Option<Ranges> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let mut left = rest;
        let (mut starts, mut start) = (Vec::with_capacity(length), 0u64);
        for _ in 0..length {
            let (mut gap, mut shift) = (0u64, 0u32);
            loop {
                let (byte, rest) = left.split_first()?;
                left = rest;
                gap |= u64::from(byte & 127).checked_shl(shift)?;
                shift += 7;
                if byte & 128 == 0 {
                    break;
                }
            }
            start += gap;
            starts.push(start);
        }
        let (rows, rest) = left.split_at_checked(length)?;
        *bytes = rest;
        Some(Ranges { starts, rows: rows.to_vec() })
    }
}

impl Table {
    fn load() -> Result<Table, ReferenceError> {
        let damaged = ReferenceError::Unpack { table: "address_countries" };
        let mut unpacked = Vec::new();
        GzDecoder::new(RANGES).read_to_end(&mut unpacked).map_err(|_| damaged.clone())?;
        let mut bytes = unpacked.as_slice();
        let mut next = || Ranges::read(&mut bytes).ok_or(damaged.clone());
        let (v4, v6) = (next()?, next()?);
        let mut countries = Vec::new();
        for (line, text) in (1..).zip(COUNTRIES.lines()).skip(1) {
            countries.push(country(text).ok_or(ReferenceError::Row { table: "countries", line })?);
        }
        Ok(Table { countries, v4, v6 })
    }
}

fn country(text: &'static str) -> Option<Country> {
    let mut columns = text.split('\t');
    let (code, ru, en, places) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    let point = |text: &str| {
        let (lat, lon) = text.split_once(',')?;
        Some((lat.parse().ok()?, lon.parse().ok()?))
    };
    Some(Country { code, ru, en, places: places.split(' ').map(point).collect::<Option<Vec<_>>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(address: &str) -> Option<&'static str> {
        of(address.parse().unwrap()).map(|c| c.code)
    }

    #[test]
    fn an_address_has_its_country_and_a_private_one_has_none() {
        assert_eq!(code("77.88.8.8"), Some("RU"));
        assert_eq!(code("::ffff:77.88.8.8"), Some("RU"));
        assert_eq!(code("8.8.8.8"), Some("US"));
        assert_eq!(code("133.11.0.1"), Some("JP"));
        assert_eq!(code("2a02:6b8::1"), Some("RU"));
        for private in ["127.0.0.1", "10.0.0.1", "192.168.1.1", "0.0.0.0", "255.255.255.255", "::1", "fe80::1"] {
            assert_eq!(code(private), None, "{private}");
        }
        let table = TABLE.as_ref().unwrap();
        assert!(table.v4.starts.len() > 300_000 && table.v6.starts.len() > 150_000);
        assert!(table.v4.starts.is_sorted() && table.v6.starts.is_sorted());
        assert!(table.v4.rows.iter().chain(&table.v6.rows).all(|row| usize::from(*row) <= table.countries.len()));
    }

    #[test]
    fn countries_lie_at_least_so_far_apart() {
        assert_eq!(distance("RU", "RU"), Some(0));
        assert!(distance("RU", "EE").unwrap() < 500, "neighbours");
        assert!(distance("RU", "BR").unwrap() > 8000);
        assert_eq!(distance("RU", "BR"), distance("BR", "RU"));
        assert_eq!(distance("RU", "??"), None);
        assert_eq!(named("RU").map(|c| (c.ru, c.en)), Some(("Россия", "Russia")));
    }
}
