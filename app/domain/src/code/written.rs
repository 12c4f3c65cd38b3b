//! A code as it is written: `OTD-1402`.

use super::Code;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl From<Code> for u16 {
    fn from(code: Code) -> u16 {
        code.number()
    }
}

impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "OTD-{:04}", self.number())
    }
}

impl core::str::FromStr for Code {
    type Err = &'static str;
    /// Reads `OTD-1402` in any case, or the bare number.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let s = s.trim();
        let digits = s.get(..4).filter(|p| p.eq_ignore_ascii_case("otd-")).map_or(s, |_| &s[4..]);
        digits.parse::<u16>().map_err(|_| "not an error code")?.try_into()
    }
}

/// On the wire a code is what people read: `"OTD-1402"`.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
