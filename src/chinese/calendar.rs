//! The Gregorian calendar: which dates exist, and on which weekday.

/// Days in a month (1 to 12) of a year; 0 for any other month. Without a year, 29 for February.
#[must_use]
pub fn days_in_month(year: Option<u32>, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(is_leap) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Is `year` a leap year of the Gregorian calendar?
#[must_use]
pub fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The names of the days of a week, from Monday.
pub const WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// The day of the week of a date that exists: 0 for Monday.
#[must_use]
pub fn weekday(year: u32, month: u32, day: u32) -> usize {
    // Zeller's way: the year begins in March, so that the leap day is its last.
    let (year, month) = if month < 3 { (year.saturating_sub(1), month + 12) } else { (year, month) };
    // Saturday is 0.
    let days = day + (month + 1) * 26 / 10 + year + year / 4 + year / 400 - year / 100;
    ((days + 5) % 7) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays() {
        assert_eq!(weekday(2026, 11, 23), 0);
        assert_eq!(weekday(2025, 10, 1), 2);
        assert_eq!(weekday(2000, 2, 29), 1);
        assert_eq!(weekday(1949, 10, 1), 5);
        assert_eq!(weekday(2024, 1, 1), 0);
    }

    #[test]
    fn february_needs_the_year() {
        assert_eq!(days_in_month(Some(2023), 2), 28);
        assert_eq!(days_in_month(Some(2024), 2), 29);
        assert_eq!(days_in_month(Some(1900), 2), 28);
        assert_eq!(days_in_month(None, 2), 29);
        assert_eq!(days_in_month(None, 13), 0);
    }
}
