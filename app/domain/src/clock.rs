//! Moments. Nothing here reads a clock: the caller passes the present in.

use crate::fields::dates::push_two;
use serde::{Deserialize, Serialize};
use time::Date;

/// Milliseconds.
pub const MINUTE: i64 = 60_000;
/// Milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds.
pub const DAY: i64 = 24 * HOUR;
/// The portal's clock is Moscow's: hours ahead of UTC the year round (107-ФЗ, article 5).
pub const MOSCOW_HOURS: i8 = 3;
/// The same in milliseconds.
pub const MOSCOW: i64 = MOSCOW_HOURS as i64 * HOUR;
/// The Julian day of 01.01.1970, the epoch.
pub const EPOCH_DAY: i64 = 2_440_588;

/// Milliseconds since 01.01.1970 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Negative goes back; far ends saturate.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Timestamp(self.0.saturating_add(millis))
    }
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(1000))
    }
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_millis(minutes.saturating_mul(MINUTE))
    }
    pub const fn plus_hours(self, hours: i64) -> Self {
        self.plus_millis(hours.saturating_mul(HOUR))
    }
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(DAY))
    }
    /// Milliseconds from `earlier` to this moment.
    pub const fn since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar date at a fixed offset from UTC; the portal's is [`Timestamp::portal_date`].
    pub fn date_in(self, offset_hours: i32) -> Date {
        self.date_after(i64::from(offset_hours) * HOUR)
    }

    /// The calendar date by the portal's clock.
    pub fn portal_date(self) -> Date {
        self.date_after(MOSCOW)
    }

    /// `20.11.2026, 14:36` by the portal's clock.
    pub fn portal_date_time(self) -> String {
        self.ru_date_time(i32::from(MOSCOW_HOURS) * 60)
    }

    /// `20.11.2026, 14:36` at an offset from UTC in minutes.
    pub fn ru_date_time(self, offset_minutes: i32) -> String {
        let offset = i64::from(offset_minutes) * MINUTE;
        let minutes = self.0.saturating_add(offset).rem_euclid(DAY) / MINUTE;
        let mut text = crate::fields::dates::format_date(self.date_after(offset));
        text.push_str(", ");
        push_two(&mut text, u32::try_from(minutes / 60).unwrap_or(0));
        text.push(':');
        push_two(&mut text, u32::try_from(minutes % 60).unwrap_or(0));
        text
    }

    /// `2026-11-20T11:36Z`, for `<time datetime>` and machines.
    pub fn iso(self) -> String {
        let minutes = self.0.rem_euclid(DAY) / MINUTE;
        let mut text = crate::fields::dates::iso(self.date_after(0));
        text.push('T');
        push_two(&mut text, u32::try_from(minutes / 60).unwrap_or(0));
        text.push(':');
        push_two(&mut text, u32::try_from(minutes % 60).unwrap_or(0));
        text.push('Z');
        text
    }

    /// `2026-11-20T11:36:07Z`, as machines exchange it (RFC 3339).
    pub fn iso_seconds(self) -> String {
        let mut text = self.iso();
        text.pop();
        text.push(':');
        push_two(&mut text, u32::try_from(self.0.rem_euclid(MINUTE) / 1000).unwrap_or(0));
        text.push('Z');
        text
    }

    /// The portal's day this moment lies in, counted from 01.01.1970.
    pub const fn portal_day(self) -> i64 {
        (self.0 + MOSCOW).div_euclid(DAY)
    }
    /// Milliseconds since that day began.
    pub const fn in_portal_day(self) -> i64 {
        (self.0 + MOSCOW).rem_euclid(DAY)
    }
    /// The moment a day of the portal begins.
    pub const fn of_portal_day(day: i64) -> Self {
        Timestamp(day * DAY - MOSCOW)
    }

    fn date_after(self, offset_millis: i64) -> Date {
        let day = self.0.saturating_add(offset_millis).div_euclid(DAY) + EPOCH_DAY;
        // Beyond the calendar the nearest end stands in.
        i32::try_from(day).ok().and_then(|day| Date::from_julian_day(day).ok()).unwrap_or(if day < 0 {
            Date::MIN
        } else {
            Date::MAX
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::dates::iso;

    /// 20.11.2026 11:36:07 UTC.
    const NOON: Timestamp = Timestamp(1_795_174_567_000);

    #[test]
    fn shown_in_the_readers_time() {
        assert_eq!(NOON.ru_date_time(180), "20.11.2026, 14:36");
        assert_eq!(NOON.ru_date_time(0), "20.11.2026, 11:36");
        assert_eq!(NOON.iso(), "2026-11-20T11:36Z");
        assert_eq!(NOON.ru_date_time(780), "21.11.2026, 00:36");
        assert_eq!(NOON.iso_seconds(), "2026-11-20T11:36:07Z");
    }

    #[test]
    fn the_date_turns_at_local_midnight() {
        assert_eq!(iso(NOON.date_in(3)), "2026-11-20");
        assert_eq!(iso(NOON.date_in(13)), "2026-11-21");
        assert_eq!(iso(Timestamp(-1).date_in(0)), "1969-12-31");
        assert_eq!(Timestamp(i64::MIN).date_in(-12), Date::MIN);
        assert_eq!(Timestamp(i64::MAX).date_in(12), Date::MAX);
    }

    #[test]
    fn the_portals_day_begins_in_moscow() {
        assert_eq!(iso(NOON.portal_date()), "2026-11-20");
        assert_eq!(iso(NOON.plus_hours(10).portal_date()), "2026-11-21");
        assert_eq!(NOON.portal_date_time(), "20.11.2026, 14:36");
        let midnight = Timestamp::of_portal_day(NOON.portal_day());
        assert_eq!(midnight.iso_seconds(), "2026-11-19T21:00:00Z");
        assert_eq!(NOON.since(midnight), NOON.in_portal_day());
        assert_eq!(midnight.plus_millis(-1).portal_day(), NOON.portal_day() - 1);
    }

    #[test]
    fn moments_can_be_moved() {
        assert_eq!(NOON.plus_days(1).plus_hours(-24), NOON);
        assert_eq!(NOON.plus_minutes(10).since(NOON), 600_000);
        assert_eq!(Timestamp(i64::MAX).plus_days(1), Timestamp(i64::MAX));
    }
}
