//! What kinds of acts a personal journal is filtered by (SUP-5).

use crate::applications::names;
use serde::{Deserialize, Serialize};

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
            "login" | "logout" | "session_ended" | "sessions_ended" => Kind::Logins,
            "account_frozen" | "password_changed" | "devices_distrusted" | "backup_codes_made" => Kind::Security,
            "profile_read" | "profile_corrected" | "data_taken" | "account_created" | "account_erased"
            | "phone_confirmed" | "email_confirmed" | "settings_changed" => Kind::Data,
            act if act.starts_with("app_")
                || act.starts_with("passkey_")
                || act.starts_with("door_")
                || act.starts_with("post_") =>
            {
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

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn an_app_is_security_and_an_application_is_not() {
        assert_eq!(Kind::of("citizen", "app_added"), Kind::Security);
        assert_eq!(Kind::of("citizen", "application_submitted"), Kind::Applications);
        assert_eq!(Kind::of("staff:7", "application_read"), Kind::Staff);
        assert_eq!(Kind::of("citizen", "documents_sent"), Kind::Documents);
        assert_eq!(Kind::of("citizen", "consent_given"), Kind::Data);
        assert_eq!(Kind::of("citizen", "something_new"), Kind::Other);
    }
}
