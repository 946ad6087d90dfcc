//! How figures are written for a reader and read from one.
//!
//! Owns: how many decimals a figure shows, and numbers as people type them. Does not own: the signs of a locale, which
//! only a browser knows (see `app`), or rounding an amount that is billed (see `money`).

use rust_decimal::Decimal;

use crate::money;

/// How many decimals a figure is shown with, at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimals {
    pub least: u32,
    pub most: u32,
}

impl Decimals {
    pub const WHOLE: Decimals = Decimals::exactly(0);
    pub const CENTS: Decimals = Decimals::exactly(2);

    pub const fn exactly(decimals: u32) -> Self {
        Decimals {
            least: decimals,
            most: decimals,
        }
    }
}

const REQUEST: u32 = 6;
const CENTS: u32 = 2;
const DEEPEST: u32 = 20;

/// One request: six decimals, more where six would not show three digits of it, fewer from a dollar on.
///
/// ```
/// use foretoken::figures::request_decimals;
/// assert_eq!(request_decimals("0.00319".parse().unwrap()).most, 6);
/// assert_eq!(request_decimals("0.0000001234".parse().unwrap()).most, 9, "0.000000123");
/// assert_eq!(request_decimals("27.5".parse().unwrap()).most, 2);
/// ```
pub fn request_decimals(amount: Decimal) -> Decimals {
    let size = amount.abs();
    Decimals::exactly(if size >= Decimal::TEN {
        CENTS
    } else if size >= Decimal::ONE {
        4
    } else {
        significant(size, 3).max(REQUEST)
    })
}

/// The end of a range: two significant digits below a dollar, cents below ten, whole dollars above.
///
/// ```
/// use foretoken::figures::range_decimals;
/// assert_eq!(range_decimals("0.001597".parse().unwrap()).most, 4, "0.0016");
/// assert_eq!(range_decimals("237.61".parse().unwrap()).most, 0, "238");
/// ```
pub fn range_decimals(amount: Decimal) -> Decimals {
    let size = amount.abs();
    Decimals::exactly(if size >= Decimal::TEN {
        0
    } else if size >= Decimal::ONE {
        CENTS
    } else {
        significant(size, 2)
    })
}

/// A price per million: cents, or as many digits as it has.
pub fn rate_decimals(rate: Decimal) -> Decimals {
    Decimals {
        least: CENTS,
        most: rate.normalize().scale().clamp(CENTS, DEEPEST),
    }
}

/// Every digit of an exact amount.
pub fn all_decimals(amount: Decimal) -> Decimals {
    Decimals {
        least: CENTS,
        most: amount.normalize().scale().clamp(CENTS, DEEPEST),
    }
}

/// Decimals needed to show this many significant digits of an amount below one.
fn significant(amount: Decimal, digits: u32) -> u32 {
    if amount.is_zero() {
        return 0;
    }
    let mut decimals = 0;
    let mut size = amount;
    while size < Decimal::ONE && decimals < DEEPEST {
        size *= Decimal::TEN;
        decimals += 1;
    }
    (decimals + digits - 1).min(DEEPEST)
}

/// The signs a locale puts between thousands and before decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    pub thousands: char,
    pub decimal: char,
}

impl Separators {
    pub const ENGLISH: Separators = Separators {
        thousands: ',',
        decimal: '.',
    };
}

/// What a field accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub least: Decimal,
    pub most: Decimal,
    pub whole: bool,
}

impl Bounds {
    pub fn whole(least: u64, most: u64) -> Self {
        Bounds {
            least: least.into(),
            most: most.into(),
            whole: true,
        }
    }
}

/// What is wrong with a number someone typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("enter a number")]
    Empty,
    #[error("“{0}” is not a number; write it like {1}")]
    NotANumber(String, String),
    #[error("at least {0}")]
    TooSmall(Decimal),
    #[error("at most {0}")]
    TooLarge(Decimal),
    #[error("whole numbers only")]
    NotWhole,
}

/// Read a number as someone typed it, with the signs of their locale.
///
/// ```
/// use foretoken::figures::{Bounds, Separators, read_number};
/// let bounds = Bounds::whole(0, 1_000_000);
/// let read = |text| read_number(text, Separators::ENGLISH, bounds).map(|n| n.to_string());
/// assert_eq!(read("12,345").unwrap(), "12345");
/// assert_eq!(read("1,5").unwrap_err().to_string(), "“1,5” is not a number; write it like 1,234.5");
/// assert_eq!(read("-1").unwrap_err().to_string(), "at least 0");
/// assert!(read("1e309").is_err());
/// ```
pub fn read_number(text: &str, signs: Separators, bounds: Bounds) -> Result<Decimal, NumberError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(NumberError::Empty);
    }
    let number = plain_digits(typed, signs)
        .and_then(|digits| money::parse(&digits).ok())
        .ok_or_else(|| {
            let example = format!("1{}234{}5", signs.thousands, signs.decimal);
            NumberError::NotANumber(shortened(typed), example)
        })?;
    if number < bounds.least {
        Err(NumberError::TooSmall(bounds.least))
    } else if number > bounds.most {
        Err(NumberError::TooLarge(bounds.most))
    } else if bounds.whole && !number.fract().is_zero() {
        Err(NumberError::NotWhole)
    } else {
        Ok(number.normalize())
    }
}

fn shortened(typed: &str) -> String {
    let mut start: String = typed.chars().take(24).collect();
    if start.len() < typed.len() {
        start.push('…');
    }
    start
}

/// The number with a plain point and no thousands signs, or nothing where they stand in the wrong places.
fn plain_digits(typed: &str, signs: Separators) -> Option<String> {
    let (sign, digits) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let (whole, fraction) = match digits.split_once(signs.decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = ungrouped(whole, signs.thousands)?;
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let empty = whole.is_empty() && fraction.is_none_or(str::is_empty);
    if empty || !all_digits(&whole) || !fraction.is_none_or(all_digits) {
        return None;
    }
    let whole = if whole.is_empty() {
        "0".to_owned()
    } else {
        whole
    };
    Some(match fraction {
        Some(fraction) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
        _ => format!("{sign}{whole}"),
    })
}

fn ungrouped(whole: &str, thousands: char) -> Option<String> {
    let is_sign = |c: char| c == thousands || matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
    let groups: Vec<&str> = whole.split(is_sign).collect();
    let (first, rest) = groups.split_first()?;
    // Thousands in threes, or as in India in twos but for the last.
    let Some((last, between)) = rest.split_last() else {
        return Some(groups.concat());
    };
    let size = between.first().map_or(3, |group| group.len());
    let fits = (1..=3).contains(&first.len())
        && last.len() == 3
        && (2..=3).contains(&size)
        && between.iter().all(|group| group.len() == size);
    fits.then(|| groups.concat())
}
