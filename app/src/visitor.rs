//! Who is looking: decided by the server, known to the page, the same until the page is loaded anew.

use crate::text::Lang;
use domain::access::Level;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What pages may know of the person in front of them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    pub lang: Lang,
    /// «Версия для слабовидящих».
    pub large: bool,
    pub citizen: Option<Citizen>,
    /// Providers of identities one may log in through: address and name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doors: Vec<(String, String)>,
    /// What the sign-up says of data that came from one; empty when none did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citizen {
    /// Unguessable, stable: names the device's own store of drafts (E21).
    pub id: String,
    pub first_name: String,
    pub initials: String,
    pub level: Level,
    /// False after consent was withdrawn (CON-3).
    pub consent: bool,
    /// Whether there is an e-mail at all: whom staff let in has named none yet.
    pub has_email: bool,
}

impl Visitor {
    pub fn is_signed_in(&self) -> bool {
        self.citizen.is_some()
    }
}

/// The visitor of this page.
pub fn visitor() -> Visitor {
    use_context::<StoredValue<Visitor>>().map(|v| v.get_value()).unwrap_or_default()
}

/// The language of this page.
pub fn lang() -> Lang {
    use_context::<StoredValue<Visitor>>().map(|v| v.with_value(|v| v.lang)).unwrap_or_default()
}
