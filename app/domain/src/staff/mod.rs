//! People inside the post: what each may do, the files they hold, and the acts they decide with (PD-1, E6, E16).

mod acts;
mod capability;
mod catalogue;
mod lock;
mod partner;
mod role;
mod scope;

pub use acts::{Act, ActKind, Ask, Decided, Document, Refusal};
pub use capability::{
    Administering, Admitting, Auditing, Distributing, Grant, Overseeing, Reading, Reviewing, Scopes, StaffMember,
    Verifying, Working,
};
pub use catalogue::{ReasonGroup, Use, catalogue, concerns, group, usable};
pub use lock::{HOLD_MINUTES, Hold, Holding};
pub use partner::{DeliveryState, Event, GIVEN_UP_IN_A_ROW, pause};
pub use role::{Power, Role};
pub use scope::{Place, Scope};

use crate::applications::names;
use crate::code::Code;
use serde::{Deserialize, Serialize};

/// A staff session ends after this long without a request…
pub const IDLE_MINUTES: i64 = 15;
/// …and after this long in any case.
pub const SESSION_HOURS: i64 = 12;

names! {
    /// Why somebody looks at a citizen's data; stated before it opens, and told to the citizen.
    Purpose {
        Review = "review",
        CitizenAsked = "citizen_asked",
        Complaint = "complaint",
        Mistake = "mistake",
    }
}

/// A login of staff: 3 to 32 small Latin letters, digits, dots, hyphens and underscores, a letter first.
///
/// # Errors
/// `StaffLoginFormat`.
pub fn parse_login(input: &str) -> Result<String, Code> {
    let login = input.trim().to_ascii_lowercase();
    let fits = (3..=32).contains(&login.len())
        && login.starts_with(|c: char| c.is_ascii_lowercase())
        && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
    if fits { Ok(login) } else { Err(Code::StaffLoginFormat) }
}

/// Four eyes: a grant takes effect when somebody confirms it who neither proposed nor receives it.
///
/// # Errors
/// `SecondPersonNeeded`.
pub fn confirm(proposed_by: &str, receiver: &str, confirmer: &str) -> Result<(), Code> {
    if confirmer == proposed_by || confirmer == receiver { Err(Code::SecondPersonNeeded) } else { Ok(()) }
}

/// A last name as it is searched for: no case, «ё» as «е», one hyphen or space between parts.
pub fn last_name_key(name: &str) -> String {
    let lower = name.to_lowercase().replace('ё', "е").replace('’', "'");
    lower.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_confirms_their_own_proposal_or_their_own_grant() {
        assert_eq!(confirm("anna", "boris", "anna"), Err(Code::SecondPersonNeeded));
        assert_eq!(confirm("anna", "boris", "boris"), Err(Code::SecondPersonNeeded));
        assert_eq!(confirm("anna", "anna", "anna"), Err(Code::SecondPersonNeeded));
        assert_eq!(confirm("anna", "boris", "vera"), Ok(()));
        assert_eq!(confirm("anna", "anna", "vera"), Ok(()));
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        for typed in ["Королёва-Щукина", " королева щукина ", "КОРОЛЕВА -  ЩУКИНА"]
        {
            assert_eq!(last_name_key(typed), "королева щукина");
        }
        assert_ne!(last_name_key("Орлова"), last_name_key("Орлов"));
    }

    #[test]
    fn logins_are_plain() {
        assert_eq!(parse_login(" Clerk.2 ").as_deref(), Ok("clerk.2"));
        for odd in ["", "ab", "2clerk", "клерк", "a b c", "a@b", &"a".repeat(33)] {
            assert_eq!(parse_login(odd), Err(Code::StaffLoginFormat), "{odd}");
        }
    }
}
