//! What each level of an account opens (REG-4, REG-5). One table, asked by pages and desks alike.

use serde::{Deserialize, Serialize};

/// How far a person has proved who they are. Later levels contain earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The form was sent; nothing is proved.
    Created,
    /// The e-mail alone is proved (ALT-4).
    Email,
    /// The phone answered with its code (REG-2).
    Phone,
    /// Phone and e-mail are proved: «Подтверждена» (REG-3, REG-4).
    Confirmed,
}

impl Level {
    pub const fn name(self) -> &'static str {
        match self {
            Level::Created => "created",
            Level::Email => "email",
            Level::Phone => "phone",
            Level::Confirmed => "confirmed",
        }
    }
    pub fn from_name(name: &str) -> Option<Level> {
        [Level::Created, Level::Email, Level::Phone, Level::Confirmed].into_iter().find(|l| l.name() == name)
    }
    pub fn opens(self, what: Opens) -> bool {
        self >= what.needs()
    }
}

/// What an account can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    Cabinet,
    /// Changing how one logs in (REG-5).
    Security,
    FillApplication,
    SubmitApplication,
    Letters,
    Payments,
}

impl Opens {
    /// Everything, as the page of access lists it.
    pub const ALL: [Opens; 6] = [
        Opens::Cabinet,
        Opens::Security,
        Opens::FillApplication,
        Opens::SubmitApplication,
        Opens::Letters,
        Opens::Payments,
    ];

    pub const fn needs(self) -> Level {
        match self {
            Opens::Cabinet | Opens::FillApplication => Level::Email,
            Opens::Security | Opens::SubmitApplication | Opens::Letters | Opens::Payments => Level::Confirmed,
        }
    }

    /// Whether the portal has it yet.
    pub const fn is_here(self) -> bool {
        !matches!(self, Opens::Letters | Opens::Payments)
    }

    /// Whether a withdrawn consent closes it (CON-3). What protects the account, or shows its data, stays open.
    pub const fn needs_consent(self) -> bool {
        !matches!(self, Opens::Cabinet | Opens::Security)
    }
}
