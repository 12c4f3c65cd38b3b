//! Faults of the stand-ins, switched while they run.

use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// A stand-in that can be made to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    Passport,
    Snils,
    Inn,
    Address,
    Sms,
    Mail,
    /// The virus scanner.
    Scanner,
    /// The service of the demonstration's browser.
    Push,
    /// Providers of identities.
    Doors,
    /// Postal accounts.
    Accounts,
}

impl System {
    pub const ALL: [System; 10] = [
        System::Passport,
        System::Snils,
        System::Inn,
        System::Address,
        System::Sms,
        System::Mail,
        System::Scanner,
        System::Push,
        System::Doors,
        System::Accounts,
    ];

    /// The name in requests.
    pub const fn id(self) -> &'static str {
        match self {
            System::Passport => "passport",
            System::Snils => "snils",
            System::Inn => "inn",
            System::Address => "address",
            System::Sms => "sms",
            System::Mail => "mail",
            System::Scanner => "scanner",
            System::Push => "push",
            System::Doors => "doors",
            System::Accounts => "accounts",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Ok,
    /// Answers that it cannot serve.
    Down,
    /// Answers rightly, but later than anyone waits (unless `delay_ms` says otherwise).
    Slow,
    /// Answers something that is not the protocol.
    Garbage,
}

impl Mode {
    pub const ALL: [Mode; 4] = [Mode::Ok, Mode::Down, Mode::Slow, Mode::Garbage];

    pub const fn id(self) -> &'static str {
        match self {
            Mode::Ok => "ok",
            Mode::Down => "down",
            Mode::Slow => "slow",
            Mode::Garbage => "garbage",
        }
    }
}

/// How one system behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Setting {
    pub mode: Mode,
    /// Waited before every answer, in any mode.
    pub delay_ms: u64,
}

impl Setting {
    const LONGEST: u64 = 60_000;
    /// Longer than any client of ours waits.
    const SLOW: u64 = 30_000;

    pub fn delay(self) -> Duration {
        let chosen = match (self.mode, self.delay_ms) {
            (Mode::Slow, 0) => Self::SLOW,
            (_, chosen) => chosen,
        };
        Duration::from_millis(chosen.min(Self::LONGEST))
    }
}

/// All settings, shared by the stand-ins and the page that switches them.
#[derive(Clone, Default)]
pub struct Switches(Arc<RwLock<[Setting; 10]>>);

impl Switches {
    pub fn get(&self, system: System) -> Setting {
        self.0.read().unwrap_or_else(PoisonError::into_inner)[system as usize]
    }

    pub fn set(&self, system: System, mode: Mode, delay_ms: u64) {
        self.0.write().unwrap_or_else(PoisonError::into_inner)[system as usize] = Setting { mode, delay_ms };
    }
}
