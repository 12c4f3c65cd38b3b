//! Facts the rules compare with: what the postal directory says of an index.
//!
//! The tables themselves live on the server; a page asks for the one row it needs.

use serde::{Deserialize, Serialize};

/// What kind of object an index belongs to (`OPSType` of the directory «ПИндкс», grouped).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostalKind {
    Office,
    Main,
    Mobile,
    Agent,
    Pickup,
    Locker,
    Internal,
}

impl PostalKind {
    /// Lockers and internal objects have an index but nobody lives there.
    pub const fn valid_in_address(self) -> bool {
        !matches!(self, PostalKind::Locker | PostalKind::Internal)
    }

    /// Whether a person can be given a box or be received there.
    pub const fn serves_visitors(self) -> bool {
        matches!(self, PostalKind::Office | PostalKind::Main | PostalKind::Agent)
    }
}

/// One row of the postal directory. Names are as the directory spells them («Москва», «Татарстан Республика»).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalObject {
    /// Six digits.
    pub index: String,
    pub name: String,
    pub kind: PostalKind,
    /// Two digits, as in `regions.tsv` («77»).
    pub region_code: String,
    /// The subject of the Federation, for people («г. Москва», «Республика Татарстан»).
    pub region: String,
    /// District; may be empty.
    pub area: String,
    /// Town or settlement; may be empty for the three federal cities.
    pub town: String,
}
