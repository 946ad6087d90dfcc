//! A division put off until the end.

use super::{MoneyError, Rounding, product, quotient, sum};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// An exact amount whose division has not been done yet: multiply first, divide last and once. Where quotients come
/// together whose exact sum or product would need more digits than can be held, they are divided, and it goes on with 28
/// digits of them; a figure that was never divided is an error then.
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
pub struct Ratio {
    over: Decimal,
    /// Above 0.
    under: Decimal,
    /// Divided already: the last of its digits may not be exact.
    divided: bool,
}

impl From<Decimal> for Ratio {
    fn from(over: Decimal) -> Ratio {
        Ratio {
            over,
            under: Decimal::ONE,
            divided: false,
        }
    }
}

impl From<u32> for Ratio {
    fn from(whole: u32) -> Ratio {
        Decimal::from(whole).into()
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
    pub const ZERO: Ratio = Ratio {
        over: Decimal::ZERO,
        under: Decimal::ONE,
        divided: false,
    };

    /// A quotient of which 28 digits are left.
    pub fn of_quotient(value: Decimal) -> Ratio {
        let under = Decimal::ONE;
        Ratio {
            over: value,
            under,
            divided: true,
        }
    }

    fn is_quotient(self) -> bool {
        self.divided || self.under != Decimal::ONE
    }

    /// What was worked out exactly or else, for a quotient, to 28 digits.
    fn or_divided(
        exact: Result<Ratio, MoneyError>,
        quotient: bool,
        divided: impl FnOnce() -> Result<Option<Decimal>, MoneyError>,
    ) -> Result<Ratio, MoneyError> {
        match exact {
            Err(why) if quotient => divided()?.map(Ratio::of_quotient).ok_or(why),
            exact => exact,
        }
    }

    pub fn is_zero(self) -> bool {
        self.over.is_zero()
    }

    pub fn is_negative(self) -> bool {
        self.over < Decimal::ZERO
    }

    pub fn plus(self, other: Ratio) -> Result<Ratio, MoneyError> {
        let quotient = self.is_quotient() || other.is_quotient();
        Ratio::or_divided(self.plus_exactly(other), quotient, || {
            Ok(self.value()?.checked_add(other.value()?))
        })
    }

    fn plus_exactly(self, other: Ratio) -> Result<Ratio, MoneyError> {
        if other.is_zero() {
            return Ok(self);
        }
        if self.is_zero() {
            return Ok(other);
        }
        let divided = self.divided || other.divided;
        if self.under == other.under {
            let over = sum(self.over, other.over)?;
            let under = self.under;
            return Ok(Ratio {
                over,
                under,
                divided,
            });
        }
        let left = product(self.over, other.under)?;
        let right = product(other.over, self.under)?;
        Ok(Ratio {
            over: sum(left, right)?,
            under: product(self.under, other.under)?,
            divided,
        })
    }

    pub fn minus(self, other: Ratio) -> Result<Ratio, MoneyError> {
        let over = -other.over;
        self.plus(Ratio { over, ..other })
    }

    pub fn times(self, factor: Decimal) -> Result<Ratio, MoneyError> {
        let exact = product(self.over, factor).map(|over| Ratio { over, ..self });
        Ratio::or_divided(exact, self.is_quotient(), || {
            Ok(self.value()?.checked_mul(factor))
        })
    }

    /// Divided by something above 0. Powers of ten move the point; the rest waits.
    pub fn per(self, divisor: Decimal) -> Result<Ratio, MoneyError> {
        if divisor <= Decimal::ZERO {
            return Err(MoneyError::DivisionByZero(self.over));
        }
        if divisor == Decimal::ONE {
            return Ok(self);
        }
        let moved = power_of_ten(divisor).map(|power| product(self.over, power));
        if let Some(Ok(over)) = moved {
            return Ok(Ratio { over, ..self });
        }
        let exact = product(self.under, divisor).map(|under| Ratio { under, ..self });
        Ratio::or_divided(exact, self.is_quotient(), || {
            Ok(self.value()?.checked_div(divisor))
        })
    }

    /// How often another amount, above 0, goes into this one.
    pub fn divided(self, other: Ratio) -> Result<Ratio, MoneyError> {
        self.times(other.under)?.per(other.over)
    }

    /// `self × part ÷ whole`: what falls on it when a part of the whole is shared out.
    pub fn share(self, part: Ratio, whole: Ratio) -> Result<Ratio, MoneyError> {
        let exact = (self.times(part.over)).and_then(|all| all.per(part.under)?.divided(whole));
        Ratio::or_divided(exact, true, || {
            let of_whole = part.value()?.checked_div(whole.value()?);
            let value = self.value()?;
            Ok(of_whole.and_then(|of_whole| value.checked_mul(of_whole)))
        })
    }

    pub fn percent(self, percent: Decimal) -> Result<Ratio, MoneyError> {
        self.times(percent)?.per(Decimal::ONE_HUNDRED)
    }

    pub fn compare(self, other: Ratio) -> Result<Ordering, MoneyError> {
        if self.under == other.under {
            return Ok(self.over.cmp(&other.over));
        }
        let left = product(self.over, other.under);
        let right = product(other.over, self.under);
        Ok(match (left, right) {
            (Ok(left), Ok(right)) => left.cmp(&right),
            _ => self.value()?.cmp(&other.value()?),
        })
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
        let value = quotient(self.over, self.under)?.floor();
        let rest = sum(self.over, -product(value, self.under)?)?;
        // The quotient is held to 28 digits and may have been rounded up to a whole number.
        if rest < Decimal::ZERO {
            return Ok((value - Decimal::ONE, true));
        }
        Ok((value, !rest.is_zero()))
    }

    pub fn ceil(self) -> Result<Decimal, MoneyError> {
        let (whole, rest) = self.floor()?;
        Ok(whole + Decimal::from(u8::from(rest)))
    }

    /// Divided at last: exact where it ends within 28 digits, correct to the last digit where it does not.
    pub fn value(self) -> Result<Decimal, MoneyError> {
        if self.under == Decimal::ONE {
            return Ok(self.over);
        }
        quotient(self.over, self.under)
    }

    /// Divided and rounded, once.
    pub fn rounded(self, rounding: Rounding) -> Result<Decimal, MoneyError> {
        Ok(rounding.round(self.value()?))
    }
}

/// 1/1000 as 0.001, where the divisor is a power of ten.
fn power_of_ten(divisor: Decimal) -> Option<Decimal> {
    let mantissa = divisor.mantissa();
    let zeros = mantissa.checked_ilog10()?;
    (mantissa == 10_i128.pow(zeros)).then_some(())?;
    let scale = zeros.checked_sub(divisor.scale())?;
    Decimal::try_from_i128_with_scale(1, scale).ok()
}
