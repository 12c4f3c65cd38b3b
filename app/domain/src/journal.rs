//! What a personal journal is filtered by (SUP-5), and how it keeps a look of the staff.

use crate::applications::names;
use crate::documents;
use crate::staff::{Purpose, Role};
use serde::{Deserialize, Serialize};
use std::fmt;

names! {
    /// A kind of act.
    Kind {
        Logins = "logins",
        Security = "security",
        Data = "data",
        Applications = "applications",
        Documents = "documents",
        Staff = "staff",
        Other = "other",
    }
}

impl Kind {
    /// The kind of an act, as the journal names it, by who acted.
    pub fn of(actor: &str, act: &str) -> Kind {
        match act {
            _ if actor.starts_with("staff") => Kind::Staff,
            "login" | "login_stood_out" | "logout" | "session_ended" | "sessions_ended" => Kind::Logins,
            "account_frozen" | "password_changed" | "devices_distrusted" | "backup_codes_made" => Kind::Security,
            "profile_read" | "profile_corrected" | "profile_restored" | "profile_filled" | "post_read"
            | "data_taken" | "account_created" | "account_erased" | "phone_confirmed" | "email_confirmed"
            | "settings_changed" => Kind::Data,
            "factors_reset" | "factors_restored" | "backup_codes_removed" => Kind::Security,
            "phone_changed" | "phone_restored" | "phone_removed" => Kind::Security,
            "email_changed" | "email_restored" | "email_removed" => Kind::Security,
            act if ["identity_", "app_", "passkey_", "door_", "post_"].iter().any(|of| act.starts_with(of)) => {
                Kind::Security
            }
            act if act.starts_with("consent_") || act.starts_with("deletion_") => Kind::Data,
            act if act.starts_with("document") => Kind::Documents,
            act if act.starts_with("application_") || act.starts_with("draft_") || act.starts_with("receipt_") => {
                Kind::Applications
            }
            _ => Kind::Other,
        }
    }
}

/// A look of the staff at somebody's data, as the journal's `detail` keeps it: `role/purpose`, of a document also
/// `/kind/id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub role: Role,
    pub purpose: Purpose,
    /// Which document was opened: its kind and id.
    pub document: Option<(documents::Kind, String)>,
}

impl Look {
    /// `None`: the row is no look.
    pub fn parse(detail: &str) -> Option<Look> {
        let parts: Vec<&str> = detail.split('/').collect();
        let (role, purpose, document) = match parts[..] {
            [role, purpose] => (role, purpose, None),
            [role, purpose, kind, id] => (role, purpose, Some((documents::Kind::from_name(kind)?, id.to_owned()))),
            _ => return None,
        };
        Some(Look { role: Role::from_name(role)?, purpose: Purpose::from_name(purpose)?, document })
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.role.name(), self.purpose.name())?;
        match &self.document {
            Some((kind, id)) => write!(f, "/{}/{id}", kind.name()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_read_as_it_was_written() {
        let document = Some((documents::Kind::AddressProof, "id".to_owned()));
        for document in [None, document] {
            let look = Look { role: Role::Reviewer, purpose: Purpose::Complaint, document };
            assert_eq!(Look::parse(&look.to_string()), Some(look));
        }
        for other in ["", "sms", "reviewer", "reviewer/none", "reviewer/review/none/id", "reviewer/review/x"] {
            assert_eq!(Look::parse(other), None, "{other}");
        }
    }

    #[test]
    fn an_app_is_security_and_an_application_is_not() {
        assert_eq!(Kind::of("citizen", "app_added"), Kind::Security);
        assert_eq!(Kind::of("citizen", "application_submitted"), Kind::Applications);
        assert_eq!(Kind::of("staff:7", "application_read"), Kind::Staff);
        assert_eq!(Kind::of("citizen", "documents_sent"), Kind::Documents);
        assert_eq!(Kind::of("citizen", "consent_given"), Kind::Data);
        assert_eq!(Kind::of("citizen", "something_new"), Kind::Other);
    }

    #[test]
    fn what_is_taken_back_stands_where_what_was_done_stands() {
        for (done, back) in [
            ("phone_changed", "phone_restored"),
            ("phone_changed", "phone_removed"),
            ("email_changed", "email_restored"),
            ("email_changed", "email_removed"),
            ("factors_reset", "factors_restored"),
            ("backup_codes_made", "backup_codes_removed"),
            ("profile_corrected", "profile_restored"),
            ("door_linked", "door_restored"),
        ] {
            assert_eq!(Kind::of("citizen", done), Kind::of("citizen", back), "{back}");
            assert_ne!(Kind::of("citizen", back), Kind::Other, "{back}");
        }
    }
}
