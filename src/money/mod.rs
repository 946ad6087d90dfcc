//! Money, and the only rounding in the house.
//!
//! Owns: exact sums, products and quotients of [`Decimal`], divisions put off until the end, the currency of an amount,
//! decimals as documents hold them, and every rounding (half away from zero where nothing else is asked). Does not own:
//! what a thing costs (see `rating`) or how a figure is written for a reader (see `app`).
//!
//! `rust_decimal` rounds silently past 28 digits. Here a product that cannot be held exactly is an error instead.

mod exact;
mod ratio;
mod wide;

pub use exact::Exact;
pub use ratio::Ratio;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// What can go wrong with money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("{left} {operation} {right} needs more than the 28 digits an amount can hold")]
    TooPrecise {
        left: Decimal,
        operation: &'static str,
        right: Decimal,
    },
    #[error("cannot divide {0} by zero")]
    DivisionByZero(Decimal),
    #[error("cannot add {right} to {left}: convert one of them first")]
    MixedCurrencies { left: Currency, right: Currency },
    #[error("\"{0}\" is not an amount: expected digits with one decimal point, such as 0.25")]
    NotAnAmount(String),
}

/// An ISO 4217 currency and how many decimals its smallest coin has.
///
/// ```
/// use foretoken::money::Currency;
/// assert_eq!(Currency::USD.code(), "USD");
/// assert_eq!(Currency::USD.decimals(), 2);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Currency {
    #[default]
    USD,
}

impl Currency {
    pub const fn code(self) -> &'static str {
        match self {
            Currency::USD => "USD",
        }
    }

    pub const fn decimals(self) -> u32 {
        match self {
            Currency::USD => 2,
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.code())
    }
}

/// How a figure is rounded where a plan says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RoundingMode {
    /// Half away from zero, as an accountant does. The default.
    #[default]
    HalfUp,
    /// Half to the even digit.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// A rounding mode and how many decimals it leaves.
///
/// ```
/// use foretoken::money::{Rounding, RoundingMode};
/// let figure = "-2.345".parse().unwrap();
/// assert_eq!(Rounding::CENTS.round(figure).to_string(), "-2.35");
/// let even = Rounding { mode: RoundingMode::HalfEven, decimals: 2 };
/// assert_eq!(even.round(figure).to_string(), "-2.34");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    pub mode: RoundingMode,
    pub decimals: u32,
}

impl Rounding {
    pub const CENTS: Rounding = Rounding {
        mode: RoundingMode::HalfUp,
        decimals: 2,
    };

    pub fn round(self, amount: Decimal) -> Decimal {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingMode::Up => RoundingStrategy::AwayFromZero,
            RoundingMode::Down => RoundingStrategy::ToZero,
        };
        amount.round_dp_with_strategy(self.decimals, strategy)
    }
}

/// An exact amount in one currency.
///
/// ```
/// use foretoken::money::Money;
/// // 195 tokens at $2.00 per million: multiply first, divide last and once.
/// let prompt = Money::usd("2.00".parse().unwrap()).share(195.into(), 1_000_000.into()).unwrap();
/// assert_eq!(prompt.amount().to_string(), "0.00039");
/// assert_eq!(Money::usd("118.665".parse().unwrap()).rounded().amount().to_string(), "118.67");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    #[serde(with = "rust_decimal::serde::str")]
    amount: Decimal,
    currency: Currency,
}

impl Money {
    pub const fn new(amount: Decimal, currency: Currency) -> Self {
        Money { amount, currency }
    }

    pub const fn usd(amount: Decimal) -> Self {
        Money::new(amount, Currency::USD)
    }

    pub const fn amount(self) -> Decimal {
        self.amount
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies {
                left: self.currency,
                right: other.currency,
            });
        }
        Ok(Money::new(sum(self.amount, other.amount)?, self.currency))
    }

    pub fn times(self, quantity: Decimal) -> Result<Money, MoneyError> {
        Ok(Money::new(product(self.amount, quantity)?, self.currency))
    }

    /// `amount × numerator ÷ denominator`, multiplied first and divided once.
    pub fn share(self, numerator: Decimal, denominator: Decimal) -> Result<Money, MoneyError> {
        let whole = product(self.amount, numerator)?;
        Ok(Money::new(quotient(whole, denominator)?, self.currency))
    }

    /// Rounded to the smallest coin, half away from zero. Called where a line is made, and nowhere else.
    pub fn rounded(self) -> Money {
        Money::new(round(self.amount, self.currency.decimals()), self.currency)
    }
}

/// Round half away from zero, as an accountant does.
///
/// ```
/// use foretoken::money::round;
/// assert_eq!(round("2.345".parse().unwrap(), 2).to_string(), "2.35");
/// assert_eq!(round("-2.345".parse().unwrap(), 2).to_string(), "-2.35");
/// ```
pub fn round(amount: Decimal, decimals: u32) -> Decimal {
    let mode = RoundingMode::HalfUp;
    Rounding { mode, decimals }.round(amount)
}

/// The exact sum, or an error where it does not fit.
pub fn sum(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    if left.scale() == 0 && right.scale() == 0 {
        // Whole numbers, as most counts are: nothing to align, nothing to drop.
        let whole = left.checked_add(right);
        return whole.ok_or(too_precise(left, "+", right));
    }
    let (a, b) = (left.normalize(), right.normalize());
    let scale = a.scale().max(b.scale());
    aligned(a, scale)
        .zip(aligned(b, scale))
        .and_then(|(a, b)| a.checked_add(b))
        .and_then(|mantissa| exact(mantissa, scale))
        .ok_or(too_precise(left, "+", right))
}

/// The sum of quotients, of each of which 28 digits are left: exact, or correct to the last digit that can be held.
pub fn sum_of_quotients(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    sum(left, right).or_else(|why| left.checked_add(right).ok_or(why))
}

/// What is left of the first without the second, or an error where it does not fit.
pub fn difference(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    sum(left, -right)
}

/// The exact product, or an error where it does not fit.
///
/// ```
/// use foretoken::money::product;
/// let tiny = "0.0000000000000001".parse().unwrap();
/// assert!(product(tiny, tiny).is_err(), "1e-32 is not silently 0");
/// ```
pub fn product(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    let (a, b) = (left.normalize(), right.normalize());
    a.mantissa()
        .checked_mul(b.mantissa())
        .and_then(|mantissa| exact(mantissa, a.scale() + b.scale()))
        .ok_or(too_precise(left, "×", right))
}

/// The quotient, exact where it ends within 28 digits and correct to the last digit where it does not.
/// Divide last and once: a second product on a rounded quotient would carry its error along.
pub fn quotient(left: Decimal, right: Decimal) -> Result<Decimal, MoneyError> {
    if right.is_zero() {
        return Err(MoneyError::DivisionByZero(left));
    }
    left.checked_div(right)
        .filter(|value| left.is_zero() || !value.is_zero()) // too small to hold is not nothing
        .map(|value| value.normalize())
        .ok_or(too_precise(left, "÷", right))
}

/// Digits with at most one decimal point; no exponent, no separators, nothing lost.
pub fn parse(text: &str) -> Result<Decimal, MoneyError> {
    // The crate itself reads 1_000 as a thousand.
    let digits = Some(text.trim()).filter(|digits| !digits.contains('_'));
    digits
        .and_then(|digits| Decimal::from_str_exact(digits).ok())
        .ok_or_else(|| MoneyError::NotAnAmount(text.to_owned()))
}

fn aligned(value: Decimal, scale: u32) -> Option<i128> {
    if value.scale() == scale {
        return Some(value.mantissa());
    }
    10_i128
        .checked_pow(scale - value.scale())
        .and_then(|factor| value.mantissa().checked_mul(factor))
}

/// The decimal with this mantissa and scale, trailing zeros dropped, or nothing where it would lose a digit.
fn exact(mut mantissa: i128, mut scale: u32) -> Option<Decimal> {
    // Nearly every figure is small, and WebAssembly divides 128 bits in software.
    if let Ok(mut small) = i64::try_from(mantissa) {
        while scale > 0 && small % 10 == 0 {
            small /= 10;
            scale -= 1;
        }
        return Decimal::try_from_i128_with_scale(small.into(), scale).ok();
    }
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

fn too_precise(left: Decimal, operation: &'static str, right: Decimal) -> MoneyError {
    MoneyError::TooPrecise {
        left,
        operation,
        right,
    }
}
