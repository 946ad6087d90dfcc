//! A division put off until the end.

use super::wide::Wide;
use super::{MoneyError, Rounding, product, quotient, sum};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// An exact amount whose division has not been done yet: multiply first, divide last and once.
///
/// ```
/// use foretoken::money::{Ratio, Rounding};
/// // A third of $10, three times: nothing is lost before the one rounding at the end.
/// let third = Ratio::from(10_u32).per(3.into()).unwrap();
/// let whole = third.plus(third).unwrap().plus(third).unwrap();
/// assert_eq!(whole.rounded(Rounding::CENTS).unwrap(), 10.into());
/// assert_eq!(third.rounded(Rounding::CENTS).unwrap().to_string(), "3.33");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Ratio(Form);

/// Two decimals are fast, and enough for most; where they are not, wider numbers take over.
#[derive(Debug, Clone, Copy)]
enum Form {
    Narrow {
        over: Decimal,
        /// Above 0.
        under: Decimal,
    },
    Wide(Wide),
}

impl From<Decimal> for Ratio {
    fn from(over: Decimal) -> Ratio {
        Ratio::narrow(over, Decimal::ONE)
    }
}

impl From<u32> for Ratio {
    fn from(whole: u32) -> Ratio {
        Decimal::from(whole).into()
    }
}

impl From<Wide> for Ratio {
    fn from(wide: Wide) -> Ratio {
        let narrow = wide.narrow();
        narrow.map_or(Ratio(Form::Wide(wide)), |(over, under)| {
            Ratio::narrow(over, under)
        })
    }
}

impl Default for Ratio {
    fn default() -> Ratio {
        Ratio::ZERO
    }
}

impl serde::Serialize for Ratio {
    /// Divided, with at most 28 digits.
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.value() {
            Ok(value) => out.collect_str(&super::Exact(value)),
            Err(error) => Err(serde::ser::Error::custom(error)),
        }
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Ratio) -> bool {
        self.compare(*other).is_ok_and(Ordering::is_eq)
    }
}

impl Ratio {
    pub const ZERO: Ratio = Ratio::narrow(Decimal::ZERO, Decimal::ONE);

    const fn narrow(over: Decimal, under: Decimal) -> Ratio {
        Ratio(Form::Narrow { over, under })
    }

    fn wide(self) -> Wide {
        match self.0 {
            Form::Narrow { over, under } => Wide::new(over, under),
            Form::Wide(wide) => wide,
        }
    }

    pub fn is_zero(self) -> bool {
        match self.0 {
            Form::Narrow { over, .. } => over.is_zero(),
            Form::Wide(wide) => wide.is_zero(),
        }
    }

    pub fn is_negative(self) -> bool {
        match self.0 {
            Form::Narrow { over, .. } => over < Decimal::ZERO,
            Form::Wide(wide) => wide.is_negative(),
        }
    }

    pub fn plus(self, other: Ratio) -> Result<Ratio, MoneyError> {
        self.narrow_plus(other)
            .or_else(|| self.wide().plus(other.wide()).map(Ratio::from))
            .ok_or_else(|| self.too_precise("+", other))
    }

    pub fn minus(self, other: Ratio) -> Result<Ratio, MoneyError> {
        self.plus(other.negative())
    }

    pub fn negative(self) -> Ratio {
        match self.0 {
            Form::Narrow { over, under } => Ratio::narrow(-over, under),
            Form::Wide(wide) => Ratio(Form::Wide(wide.negative())),
        }
    }

    pub fn times(self, factor: Decimal) -> Result<Ratio, MoneyError> {
        let narrow = match self.0 {
            Form::Narrow { over, under } => product(over, factor)
                .ok()
                .map(|over| Ratio::narrow(over, under)),
            Form::Wide(_) => None,
        };
        let factor = Ratio::from(factor);
        narrow
            .or_else(|| self.wide().times(factor.wide()).map(Ratio::from))
            .ok_or_else(|| self.too_precise("×", factor))
    }

    /// Divided by something above 0. Powers of ten move the point; the rest waits.
    pub fn per(self, divisor: Decimal) -> Result<Ratio, MoneyError> {
        if divisor == Decimal::ONE {
            return Ok(self);
        }
        self.divided(divisor.into())
    }

    /// How often another amount, above 0, goes into this one.
    pub fn divided(self, other: Ratio) -> Result<Ratio, MoneyError> {
        if other.is_zero() || other.is_negative() {
            return Err(MoneyError::DivisionByZero(self.value()?));
        }
        self.narrow_divided(other)
            .or_else(|| self.wide().divided(other.wide()).map(Ratio::from))
            .ok_or_else(|| self.too_precise("÷", other))
    }

    /// `self × part ÷ whole`: what falls on it when a part of the whole is shared out.
    pub fn share(self, part: Ratio, whole: Ratio) -> Result<Ratio, MoneyError> {
        let all = match part.0 {
            Form::Narrow { over, under } => self.times(over)?.per(under)?,
            Form::Wide(part) => {
                let all = self.wide().times(part).map(Ratio::from);
                all.ok_or_else(|| self.too_precise("×", Ratio(Form::Wide(part))))?
            }
        };
        all.divided(whole)
    }

    pub fn percent(self, percent: Decimal) -> Result<Ratio, MoneyError> {
        self.times(percent)?.per(Decimal::ONE_HUNDRED)
    }

    pub fn compare(self, other: Ratio) -> Result<Ordering, MoneyError> {
        self.narrow_compare(other)
            .or_else(|| self.wide().compare(other.wide()))
            .ok_or_else(|| self.too_precise("or", other))
    }

    pub fn at_least(self, other: Ratio) -> Result<Ratio, MoneyError> {
        Ok(if self.compare(other)?.is_lt() {
            other
        } else {
            self
        })
    }

    pub fn at_most(self, other: Ratio) -> Result<Ratio, MoneyError> {
        Ok(if self.compare(other)?.is_gt() {
            other
        } else {
            self
        })
    }

    /// How often a whole unit fits: rounded down, and what is left over by whether anything is.
    pub fn floor(self) -> Result<(Decimal, bool), MoneyError> {
        match self.0 {
            Form::Narrow { over, under } if under == Decimal::ONE => {
                Ok((over.floor(), !over.is_integer()))
            }
            _ => (self.wide().floor()).ok_or_else(|| self.too_precise("÷", Decimal::ONE.into())),
        }
    }

    pub fn ceil(self) -> Result<Decimal, MoneyError> {
        let (whole, rest) = self.floor()?;
        sum(whole, u8::from(rest).into())
    }

    /// Divided at last: exact where it ends within 28 digits, correct to the last digit where it does not.
    pub fn value(self) -> Result<Decimal, MoneyError> {
        match self.0 {
            Form::Narrow { over, under } if under == Decimal::ONE => Ok(over),
            Form::Narrow { over, under } => quotient(over, under),
            Form::Wide(wide) => wide
                .value()
                .ok_or_else(|| self.too_precise("÷", Decimal::ONE.into())),
        }
    }

    /// Divided and rounded, once.
    pub fn rounded(self, rounding: Rounding) -> Result<Decimal, MoneyError> {
        Ok(rounding.round(self.value()?))
    }

    /// Both as two decimals each, over and under, where neither needs more.
    fn narrow_with(self, other: Ratio) -> Option<[(Decimal, Decimal); 2]> {
        let narrow = |ratio: Ratio| match ratio.0 {
            Form::Narrow { over, under } => Some((over, under)),
            Form::Wide(_) => None,
        };
        Some([narrow(self)?, narrow(other)?])
    }

    fn narrow_plus(self, other: Ratio) -> Option<Ratio> {
        if other.is_zero() {
            return Some(self);
        }
        if self.is_zero() {
            return Some(other);
        }
        let [(over, under), (others, parts)] = self.narrow_with(other)?;
        if under == parts {
            return Some(Ratio::narrow(sum(over, others).ok()?, under));
        }
        let (left, right) = (product(over, parts).ok()?, product(others, under).ok()?);
        Some(Ratio::narrow(
            sum(left, right).ok()?,
            product(under, parts).ok()?,
        ))
    }

    fn narrow_divided(self, other: Ratio) -> Option<Ratio> {
        let [(over, under), (by, parts)] = self.narrow_with(other)?;
        let over = product(over, parts).ok()?;
        match power_of_ten(by).and_then(|power| product(over, power).ok()) {
            Some(over) => Some(Ratio::narrow(over, under)),
            None => Some(Ratio::narrow(over, product(under, by).ok()?)),
        }
    }

    fn narrow_compare(self, other: Ratio) -> Option<Ordering> {
        let [(over, under), (others, parts)] = self.narrow_with(other)?;
        if under == parts {
            return Some(over.cmp(&others));
        }
        let left = product(over, parts).ok()?;
        Some(left.cmp(&product(others, under).ok()?))
    }

    fn too_precise(self, operation: &'static str, other: Ratio) -> MoneyError {
        let shown = |ratio: Ratio| ratio.wide().value().unwrap_or_default();
        super::too_precise(shown(self), operation, shown(other))
    }
}

/// 1/1000 as 0.001, where the divisor is a power of ten.
fn power_of_ten(divisor: Decimal) -> Option<Decimal> {
    let mantissa = u64::try_from(divisor.mantissa()).ok()?;
    let zeros = mantissa.checked_ilog10()?;
    (mantissa == 10_u64.pow(zeros)).then_some(())?;
    let scale = zeros.checked_sub(divisor.scale())?;
    Decimal::try_from_i128_with_scale(1, scale).ok()
}
