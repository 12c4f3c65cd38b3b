//! The nearest offices, as the crow flies.
//!
//! Points are centres of towns and settlements, never buildings: offices of one town are at the
//! same place. Good enough to say «в 12 км», not to lead anyone to a door.

use domain::reference::PostalObject;

use super::directory::{Directory, Row};
use super::regions::Regions;

/// Mean radius of the Earth (IUGG), kilometres.
const EARTH: f64 = 6371.0088;

/// An office and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearby {
    pub office: PostalObject,
    /// Great-circle distance between the towns.
    pub kilometres: f64,
}

pub(super) fn find(directory: &Directory, regions: &Regions, index: &str, n: usize) -> Vec<Nearby> {
    let Some(here) = directory.position(index) else {
        return Vec::new();
    };
    let from = &directory.rows()[here];
    if from.latitude.is_nan() || n == 0 {
        return Vec::new();
    }
    let mut found: Vec<(f64, usize)> = directory
        .rows()
        .iter()
        .enumerate()
        .filter(|(at, row)| *at != here && row.kind.serves_visitors() && !row.latitude.is_nan())
        .map(|(at, row)| (distance(from, row), at))
        .collect();
    let nearer = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    if found.len() > n {
        found.select_nth_unstable_by(n - 1, nearer);
        found.truncate(n);
    }
    found.sort_unstable_by(nearer);
    found.into_iter().map(|(kilometres, at)| Nearby { office: directory.object(at, regions), kilometres }).collect()
}

/// Haversine formula.
fn distance(a: &Row, b: &Row) -> f64 {
    let radians = |degrees: f32| f64::from(degrees).to_radians();
    let (lat_a, lat_b) = (radians(a.latitude), radians(b.latitude));
    let half = |x: f64, y: f64| ((x - y) / 2.0).sin().powi(2);
    let h = half(lat_b, lat_a) + lat_a.cos() * lat_b.cos() * half(radians(b.longitude), radians(a.longitude));
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}
