//! What the stand-in registers know: the scenarios, and the first holder of every other number.
//!
//! The registers are empty but for the scenarios, so they learn: whoever is first asked about with
//! a number is its holder, and a later question with another name or birth date differs. Only keyed
//! hashes are kept, and only in memory.

use super::scenarios::{Outcome, SCENARIOS};
use crate::integrations::registries::wire::{Reason, Reply};
use crate::integrations::registries::{Holder, InnQuery, PassportQuery, Person, SnilsQuery};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(Default)]
pub(super) struct Registers {
    key: RandomState,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// Hash of register and number to hash of the holder.
    holders: HashMap<u64, u64>,
    /// When a scenario that is down was first asked about.
    down_since: HashMap<&'static str, Instant>,
}

/// What to answer, or for how long not to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Told {
    Reply(Reply),
    Down(Duration),
}

impl Registers {
    /// Enough for a day of load tests; past it numbers are no longer learnt.
    const LARGEST: usize = 1_000_000;

    pub(super) fn passport(&self, query: &PassportQuery, now: Instant) -> Told {
        let number = format!("{}{}", query.series, query.number);
        let holder = self.person(&query.person);
        self.ask("passport", &number, holder, PERSON, now)
    }

    pub(super) fn snils(&self, query: &SnilsQuery, now: Instant) -> Told {
        let holder = self.person(&query.person);
        self.ask("snils", &query.snils, holder, &["snils"], now)
    }

    pub(super) fn inn(&self, query: &InnQuery, now: Instant) -> Told {
        let holder = match &query.holder {
            Holder::Person(person) => self.person(person),
            Holder::Organisation(organisation) => self.key.hash_one((&organisation.kpp, &organisation.ogrn)),
        };
        self.ask("inn", &query.inn, holder, &["inn"], now)
    }

    fn person(&self, person: &Person) -> u64 {
        self.key.hash_one((
            spelling(&person.last_name),
            spelling(&person.first_name),
            spelling(person.middle_name.as_deref().unwrap_or_default()),
            &person.birth_date,
        ))
    }

    fn ask(&self, register: &'static str, number: &str, holder: u64, fields: &[&str], now: Instant) -> Told {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let scenario = SCENARIOS.iter().find(|s| s.register == register && s.number == number);
        match scenario.map(|s| (s.number, s.outcome)) {
            Some((_, Outcome::Differs(reason, fields))) => return differs(reason, fields),
            Some((_, Outcome::Unknown)) => return Told::Reply(Reply::Unknown),
            Some((number, Outcome::Down(length))) => {
                let since = *known.down_since.entry(number).or_insert(now);
                let left = length.saturating_sub(now.duration_since(since));
                if !left.is_zero() {
                    return Told::Down(left);
                }
            }
            None => {}
        }
        let number = self.key.hash_one((register, number));
        match known.holders.get(&number) {
            Some(first) if *first != holder => differs(Reason::AnotherHolder, fields),
            Some(_) => Told::Reply(Reply::Agrees),
            None => {
                if known.holders.len() < Self::LARGEST {
                    known.holders.insert(number, holder);
                }
                Told::Reply(Reply::Agrees)
            }
        }
    }
}

const PERSON: &[&str] = &["last_name", "first_name", "middle_name", "birth_date"];

fn differs(reason: Reason, fields: &[&str]) -> Told {
    Told::Reply(Reply::Differs { reason, fields: fields.iter().map(|f| (*f).to_owned()).collect() })
}

/// Registers hold names in capitals and without «ё».
fn spelling(name: &str) -> String {
    name.trim().to_uppercase().replace('Ё', "Е")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passport(number: &str, last_name: &str) -> PassportQuery {
        PassportQuery {
            series: "4510".into(),
            number: number.into(),
            issue_date: "2010-06-20".into(),
            department_code: "770-001".into(),
            person: Person {
                last_name: last_name.into(),
                first_name: "Алёна".into(),
                middle_name: None,
                birth_date: "1990-05-15".into(),
            },
        }
    }

    #[test]
    fn the_first_holder_of_a_number_keeps_it() {
        let (registers, now) = (Registers::default(), Instant::now());
        let mine = passport("123456", "Королёва");
        assert_eq!(registers.passport(&mine, now), Told::Reply(Reply::Agrees));
        let respelt = passport("123456", "КОРОЛЕВА ");
        assert_eq!(registers.passport(&respelt, now), Told::Reply(Reply::Agrees));
        let other = passport("123456", "Смирнова");
        assert_eq!(registers.passport(&other, now), differs(Reason::AnotherHolder, PERSON));
        let elsewhere = passport("123457", "Смирнова");
        assert_eq!(registers.passport(&elsewhere, now), Told::Reply(Reply::Agrees));
    }

    #[test]
    fn a_register_that_is_down_comes_back() {
        let (registers, now) = (Registers::default(), Instant::now());
        let query = passport("900104", "Королёва");
        let seconds = Duration::from_secs;
        assert_eq!(registers.passport(&query, now), Told::Down(seconds(20)));
        assert_eq!(registers.passport(&query, now + seconds(19)), Told::Down(seconds(1)));
        assert_eq!(registers.passport(&query, now + seconds(20)), Told::Reply(Reply::Agrees));
    }
}
