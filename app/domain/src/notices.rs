//! How somebody wants to be told (NTF-1 … NTF-3): kinds of notices by channels, and the hours of quiet. What the law asks to
//! be told is told by one channel at least; codes and warnings about the account go out whatever was chosen.

use crate::applications::names;
use crate::clock::HOUR;
use crate::code::Code;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

names! {
    /// What a notice is about.
    Kind {
        /// Decisions: approved, refused, closed.
        Decision = "decision",
        /// Something is asked, with a deadline.
        Question = "question",
        /// The deadline comes near.
        Reminder = "reminder",
        /// Received, delayed.
        Progress = "progress",
    }
}

names! {
    /// How it reaches a person.
    Channel {
        Email = "email",
        Sms = "sms",
        /// A browser on a device that was connected for it.
        Push = "push",
    }
}

impl Kind {
    /// Whether it must reach the person: a decision and a demand of an authority do not count as made until they are told
    /// (59-ФЗ, art. 10; 210-ФЗ, art. 8).
    pub const fn needed(self) -> bool {
        matches!(self, Kind::Decision | Kind::Question)
    }

    /// The kind of a template; `None`: codes, links and warnings, about which nothing can be chosen.
    pub fn of_template(template: &str) -> Option<Kind> {
        Some(match template {
            "approved" | "rejected" | "closed" | "appeal_upheld" | "appeal_dismissed" => Kind::Decision,
            "needs_clarification" | "awaiting_confirmation" => Kind::Question,
            "reminder" => Kind::Reminder,
            "received" | "delayed" | "late" | "appeal_received" | "appeal_delayed" => Kind::Progress,
            _ => return None,
        })
    }
}

/// Devices of one person that are told.
pub const DEVICES: usize = 10;

/// Hours of the portal's day in which no SMS arrives and no device rings: from one full hour to another, over midnight or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    pub from: u8,
    pub to: u8,
}

impl Quiet {
    /// # Errors
    /// `QuietHours`: no hour of the day, or nothing between the two.
    pub fn new(from: u8, to: u8) -> Result<Quiet, Code> {
        if from < 24 && to < 24 && from != to { Ok(Quiet { from, to }) } else { Err(Code::QuietHours) }
    }

    /// How many milliseconds of quiet are left at this moment of the day, given in milliseconds since midnight.
    pub fn left(self, of_day: i64) -> Option<i64> {
        let (from, to) = (i64::from(self.from) * HOUR, i64::from(self.to) * HOUR);
        let within = if from < to { (from..to).contains(&of_day) } else { of_day >= from || of_day < to };
        within.then(|| (to - of_day).rem_euclid(24 * HOUR))
    }
}

/// What somebody has chosen. Nothing chosen: everything, by every channel, at any hour.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    off: BTreeSet<(Kind, Channel)>,
    pub quiet: Option<Quiet>,
}

impl Choices {
    /// Everything but what is switched on here is off.
    ///
    /// # Errors
    /// `NoticeNeeded`: a kind that must be told has neither e-mail nor SMS left. A device can be lost, off, or never have
    /// been connected, so it alone is not enough.
    pub fn new(on: &BTreeSet<(Kind, Channel)>, quiet: Option<Quiet>) -> Result<Choices, Code> {
        let all = Kind::ALL.iter().flat_map(|k| Channel::ALL.iter().map(move |c| (*k, *c)));
        let choices = Choices { off: all.filter(|pair| !on.contains(pair)).collect(), quiet };
        let told = |kind: &Kind| [Channel::Email, Channel::Sms].iter().any(|c| choices.allows(*kind, *c));
        if Kind::ALL.iter().filter(|k| k.needed()).all(told) { Ok(choices) } else { Err(Code::NoticeNeeded) }
    }

    pub fn allows(&self, kind: Kind, channel: Channel) -> bool {
        !self.off.contains(&(kind, channel))
    }

    /// As stored: `reminder/sms`.
    pub fn off(&self) -> Vec<String> {
        self.off.iter().map(|(kind, channel)| format!("{}/{}", kind.name(), channel.name())).collect()
    }

    /// Names that are none are left out: a kind of a newer version.
    pub fn stored(off: &[String], quiet: Option<Quiet>) -> Choices {
        let pair = |name: &String| {
            let (kind, channel) = name.split_once('/')?;
            Some((Kind::from_name(kind)?, Channel::from_name(channel)?))
        };
        Choices { off: off.iter().filter_map(pair).collect(), quiet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(names: &[&str]) -> BTreeSet<(Kind, Channel)> {
        names
            .iter()
            .map(|n| {
                n.split_once('/').map(|(k, c)| (Kind::from_name(k).unwrap(), Channel::from_name(c).unwrap())).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_decision_cannot_be_silenced_but_its_channel_can_be_chosen() {
        assert_eq!(Choices::new(&on(&[]), None), Err(Code::NoticeNeeded));
        assert_eq!(Choices::new(&on(&["decision/sms", "reminder/email"]), None), Err(Code::NoticeNeeded));
        assert_eq!(Choices::new(&on(&["decision/push", "question/email"]), None), Err(Code::NoticeNeeded));
        let chosen = Choices::new(&on(&["decision/sms", "question/email"]), None).unwrap();
        assert!(chosen.allows(Kind::Decision, Channel::Sms) && !chosen.allows(Kind::Decision, Channel::Email));
        assert!(!chosen.allows(Kind::Progress, Channel::Sms));
        assert_eq!(Choices::stored(&chosen.off(), None), chosen);
        assert!(Choices::default().allows(Kind::Reminder, Channel::Sms));
    }

    #[test]
    fn the_night_is_quiet_over_midnight_too() {
        let night = Quiet::new(22, 8).unwrap();
        assert_eq!(night.left(23 * HOUR), Some(9 * HOUR));
        assert_eq!(night.left(7 * HOUR + 1), Some(HOUR - 1));
        assert_eq!((night.left(8 * HOUR), night.left(21 * HOUR + 1)), (None, None));
        let lunch = Quiet::new(12, 13).unwrap();
        assert_eq!((lunch.left(12 * HOUR), lunch.left(13 * HOUR), lunch.left(0)), (Some(HOUR), None, None));
        assert_eq!(Quiet::new(8, 8), Err(Code::QuietHours));
        assert_eq!(Quiet::new(24, 8), Err(Code::QuietHours));
    }

    #[test]
    fn codes_and_warnings_are_nobodys_choice() {
        for template in ["login_code", "sign_up_code", "email_link", "account_exists", "account_confirmed"] {
            assert_eq!(Kind::of_template(template), None);
        }
    }
}
