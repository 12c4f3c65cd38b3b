//! Who may do what: one table.

use crate::applications::names;
use serde::{Deserialize, Serialize};

names! {
    /// What somebody is employed for.
    Role {
        Operator = "operator",
        Reviewer = "reviewer",
        Support = "support",
        Auditor = "auditor",
        Administrator = "administrator",
    }
}

names! {
    /// One thing that can be allowed.
    Power {
        /// Opening a citizen's file, reason stated, and searching for it.
        Read = "read",
        /// Taking files from the queue, giving them back, asking the citizen.
        Work = "work",
        /// Approving and refusing.
        Review = "review",
        /// Handing a colleague's file to another.
        Distribute = "distribute",
        /// Counts and ages; nobody's data.
        Oversee = "oversee",
        /// Who did what among the staff.
        Audit = "audit",
        /// Comparing scans with an account, for whoever lost every way into it (REC-3).
        Verify = "verify",
        /// Opening an account for a citizen on the phone (ALT-2).
        Enrol = "enrol",
        /// Opening an account for a citizen at the counter, passport in hand (ALT-3), or giving theirs back (REC-4).
        Admit = "admit",
        /// Accounts and grants of staff.
        Administer = "administer",
    }
}

impl Role {
    /// The table of powers.
    pub const fn powers(self) -> &'static [Power] {
        use Power::*;
        match self {
            Role::Operator => &[Read, Work, Admit],
            Role::Reviewer => &[Read, Work, Review, Distribute, Oversee],
            Role::Support => &[Read, Verify, Enrol],
            Role::Auditor => &[Oversee, Audit],
            // Whoever gives rights sees no citizen: the two together would need no second person.
            Role::Administrator => &[Distribute, Oversee, Administer],
        }
    }

    pub fn may(self, power: Power) -> bool {
        self.powers().contains(&power)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reviewers_decide_and_only_administrators_give_rights() {
        for role in Role::ALL {
            assert_eq!(role.may(Power::Review), *role == Role::Reviewer, "{role:?}");
            assert_eq!(role.may(Power::Administer), *role == Role::Administrator, "{role:?}");
            assert_eq!(role.may(Power::Audit), *role == Role::Auditor, "{role:?}");
            assert_eq!(role.may(Power::Verify), *role == Role::Support, "{role:?}");
            // Nobody works on what they may not read; those who give rights read nothing.
            assert!(role.may(Power::Read) || !role.may(Power::Work), "{role:?}");
            assert!(!(role.may(Power::Read) && role.may(Power::Administer)), "{role:?}");
        }
    }
}
