//! Powers as values. A desk or a query that needs one takes it as an argument, and only a [`StaffMember`] whose
//! grants say so hands it out: a forgotten check does not compile.

use super::role::{Power, Role};
use super::scope::{Place, Scope};
use crate::code::Code;
use serde::{Deserialize, Serialize};

/// A role and how far it reaches, in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// Where a power holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    pub fn covers(&self, place: &Place) -> bool {
        self.0.iter().any(|scope| scope.covers(place))
    }

    /// What to search: everywhere when that is allowed, else each place once.
    pub fn list(&self) -> &[Scope] {
        &self.0
    }

    /// The part that lies in `wanted`; `office_region` tells an office's region. Empty: nothing of it is open.
    pub fn within(&self, wanted: &Scope, office_region: impl Fn(&str) -> Option<String>) -> Vec<Scope> {
        let place_of = |index: &str| Place { region: office_region(index), office_index: Some(index.to_owned()) };
        let narrower = |mine: &Scope| match (mine, wanted) {
            (_, Scope::Everywhere) => Some(mine.clone()),
            (Scope::Everywhere, _) => Some(wanted.clone()),
            (Scope::Office(index), _) => wanted.covers(&place_of(index)).then(|| mine.clone()),
            (Scope::Region(_), Scope::Office(index)) => mine.covers(&place_of(index)).then(|| wanted.clone()),
            (Scope::Region(_), Scope::Region(_)) => (mine == wanted).then(|| mine.clone()),
        };
        let mut found: Vec<Scope> = self.0.iter().filter_map(narrower).collect();
        found.sort();
        found.dedup();
        found
    }
}

/// Somebody of the staff, past both halves of the login, with the grants in force.
#[derive(Debug, Clone)]
pub struct StaffMember {
    id: String,
    grants: Vec<Grant>,
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident, $give:ident = $power:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone)]
            pub struct $name { member: String, role: Role, scopes: Scopes }

            impl $name {
                /// Whose power it is: the id of the member of staff.
                pub fn member(&self) -> &str { &self.member }
                /// The role it comes from, as the journal tells it.
                pub fn role(&self) -> Role { self.role }
                pub fn scopes(&self) -> &Scopes { &self.scopes }
                /// Whether it reaches a file of this place. What it does not reach is not there.
                ///
                /// # Errors
                /// `ApplicationNotFound`.
                pub fn reach(&self, place: &Place) -> Result<(), Code> {
                    if self.scopes.covers(place) { Ok(()) } else { Err(Code::ApplicationNotFound) }
                }
            }
        )*

        impl StaffMember {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// `NoPower`.
                pub fn $give(&self) -> Result<$name, Code> {
                    let (role, scopes) = self.power(Power::$power)?;
                    Ok($name { member: self.id.clone(), role, scopes })
                }
            )*
        }
    };
}

capabilities! {
    /// Opening files.
    Reading, reading = Read;
    /// Taking files and asking.
    Working, working = Work;
    /// Approving and refusing.
    Reviewing, reviewing = Review;
    /// Handing files over.
    Distributing, distributing = Distribute;
    /// Looking at counts.
    Overseeing, overseeing = Oversee;
    /// Looking at what the staff did.
    Auditing, auditing = Audit;
    /// Deciding about identities. Its scopes mean nothing: an account lies in no place.
    Verifying, verifying = Verify;
    /// Opening accounts on the phone. Its scopes mean nothing: a caller is nowhere.
    Enrolling, enrolling = Enrol;
    /// Opening accounts at a counter, and giving them back. Its scopes mean nothing: an account lies in no place.
    Admitting, admitting = Admit;
    /// Accounts and grants of staff. Its scopes mean nothing: an administrator serves the whole house.
    Administering, administering = Administer;
}

impl StaffMember {
    /// Only what has checked password, authenticator and session may call this: `server/src/desks/staff/session.rs`.
    pub fn recognised(id: String, grants: Vec<Grant>) -> StaffMember {
        StaffMember { id, grants }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// All that is allowed, for pages that show what there is.
    pub fn powers(&self) -> Vec<Power> {
        Power::ALL.iter().copied().filter(|p| self.power(*p).is_ok()).collect()
    }

    /// The strongest role that allows it, and all places where some role does.
    fn power(&self, power: Power) -> Result<(Role, Scopes), Code> {
        let allowed: Vec<&Grant> = self.grants.iter().filter(|g| g.role.may(power)).collect();
        let role = allowed.iter().map(|g| g.role).max_by_key(|r| r.powers().len()).ok_or(Code::NoPower)?;
        let mut scopes: Vec<Scope> = allowed.into_iter().map(|g| g.scope.clone()).collect();
        scopes.sort();
        scopes.dedup();
        if scopes.first() == Some(&Scope::Everywhere) {
            scopes.truncate(1);
        }
        Ok((role, Scopes(scopes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(grants: &[(Role, &str)]) -> StaffMember {
        let grants =
            grants.iter().map(|(role, scope)| Grant { role: *role, scope: Scope::from_name(scope).unwrap() }).collect();
        StaffMember::recognised("anna".into(), grants)
    }

    fn place(region: &str, office: &str) -> Place {
        Place { region: Some(region.into()), office_index: Some(office.into()) }
    }

    #[test]
    fn a_power_reaches_as_far_as_the_grants_that_give_it() {
        let anna = member(&[(Role::Operator, "region:54"), (Role::Reviewer, "office:630099")]);
        let working = anna.working().unwrap();
        assert!(working.reach(&place("54", "630001")).is_ok());
        let reviewing = anna.reviewing().unwrap();
        assert!(reviewing.reach(&place("54", "630099")).is_ok());
        assert_eq!(reviewing.reach(&place("54", "630001")), Err(Code::ApplicationNotFound));
        assert_eq!(anna.administering().err(), Some(Code::NoPower));
        assert_eq!(member(&[]).reading().err(), Some(Code::NoPower));
        assert_eq!(member(&[(Role::Administrator, "everywhere")]).reading().err(), Some(Code::NoPower));
    }

    #[test]
    fn everywhere_swallows_the_places() {
        let anna = member(&[(Role::Reviewer, "office:630099"), (Role::Reviewer, "everywhere")]);
        assert_eq!(anna.reviewing().unwrap().scopes().list(), [Scope::Everywhere]);
    }

    #[test]
    fn a_filter_never_widens_what_is_open() {
        let region_of = |index: &str| index.starts_with("630").then(|| "54".to_owned());
        let scopes = |names: &[&str]| Scopes(names.iter().map(|n| Scope::from_name(n).unwrap()).collect());
        let within = |mine: &[&str], wanted: &str| -> Vec<String> {
            let found = scopes(mine).within(&Scope::from_name(wanted).unwrap(), region_of);
            found.iter().map(Scope::name).collect()
        };
        assert_eq!(within(&["everywhere"], "office:630099"), ["office:630099"]);
        assert_eq!(within(&["region:54"], "office:630099"), ["office:630099"]);
        assert_eq!(within(&["region:77"], "office:630099"), [""; 0]);
        assert_eq!(within(&["region:77"], "region:54"), [""; 0]);
        assert_eq!(within(&["office:630099", "office:101000"], "region:54"), ["office:630099"]);
        assert_eq!(within(&["office:630099"], "everywhere"), ["office:630099"]);
    }
}
