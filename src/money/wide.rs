//! Fractions of more digits than a decimal holds.

use ethnum::I256;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The largest whole number a decimal holds.
const LARGEST: I256 = I256::new(79_228_162_514_264_337_593_543_950_335);
const TEN: I256 = I256::new(10);

/// A fraction of two whole numbers of 76 digits each. Where even these do not hold a result, what goes into it is held to
/// 37 digits first, which is noted: it is no longer exact, but far below what a decimal could show.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wide {
    over: I256,
    /// Above 0.
    under: I256,
    held: bool,
}

impl Wide {
    pub fn new(over: Decimal, under: Decimal) -> Wide {
        let ten = |scale: u32| TEN.pow(scale);
        Wide {
            over: I256::new(over.mantissa()) * ten(under.scale()),
            under: I256::new(under.mantissa()) * ten(over.scale()),
            held: false,
        }
    }

    pub fn is_zero(self) -> bool {
        self.over == I256::ZERO
    }

    pub fn is_negative(self) -> bool {
        self.over < I256::ZERO
    }

    pub fn negative(self) -> Wide {
        let over = -self.over;
        Wide { over, ..self }
    }

    /// Both as whole decimals, where they fit.
    pub fn narrow(self) -> Option<(Decimal, Decimal)> {
        let Wide { over, under, held } = self.reduced();
        let whole =
            |number: I256| Decimal::try_from_i128_with_scale(i128::try_from(number).ok()?, 0).ok();
        (!held).then_some(())?;
        whole(over).zip(whole(under))
    }

    pub fn plus(self, other: Wide) -> Option<Wide> {
        self.worked(other, |left, right| {
            let common = divisor(left.under, right.under);
            let (by, times) = (right.under / common, left.under / common);
            let over = (left.over.checked_mul(by)?).checked_add(right.over.checked_mul(times)?)?;
            left.with(right, over, left.under.checked_mul(by)?)
        })
    }

    pub fn times(self, other: Wide) -> Option<Wide> {
        self.worked(other, |left, right| {
            let (one, two) = (
                divisor(left.over, right.under),
                divisor(right.over, left.under),
            );
            let over = (left.over / one).checked_mul(right.over / two)?;
            left.with(
                right,
                over,
                (left.under / two).checked_mul(right.under / one)?,
            )
        })
    }

    /// Divided by something above 0.
    pub fn divided(self, other: Wide) -> Option<Wide> {
        let (over, under) = (other.under, other.over);
        self.times(Wide {
            over,
            under,
            ..other
        })
    }

    pub fn compare(self, other: Wide) -> Option<Ordering> {
        let rest = self.plus(other.negative())?;
        Some(rest.over.cmp(&I256::ZERO))
    }

    /// The whole number at or below it, and whether anything is left over.
    pub fn floor(self) -> Option<(Decimal, bool)> {
        if self.held {
            let value = self.value()?;
            return Some((value.floor(), !value.is_integer()));
        }
        let (whole, rest) = (
            self.over.div_euclid(self.under),
            self.over.rem_euclid(self.under),
        );
        let whole = Decimal::try_from_i128_with_scale(i128::try_from(whole).ok()?, 0).ok()?;
        Some((whole, rest != I256::ZERO))
    }

    /// Divided, and correct to the last of the digits a decimal holds. What is too small to show is nothing only where that
    /// much was lost on the way.
    pub fn value(self) -> Option<Decimal> {
        let (digits, scale) = self.digits(Decimal::MAX_SCALE, LARGEST)?;
        let value = Decimal::try_from_i128_with_scale(i128::try_from(digits).ok()?, scale).ok()?;
        (!value.is_zero() || self.is_zero() || self.held).then(|| value.normalize())
    }

    fn with(self, other: Wide, over: I256, under: I256) -> Option<Wide> {
        let held = self.held || other.held;
        Some(Wide { over, under, held })
    }

    /// Works as exactly as it can.
    fn worked(self, other: Wide, work: fn(Wide, Wide) -> Option<Wide>) -> Option<Wide> {
        work(self, other)
            .or_else(|| work(self.reduced(), other.reduced()))
            .or_else(|| work(self.to_digits()?, other.to_digits()?))
    }

    fn reduced(self) -> Wide {
        let common = divisor(self.over, self.under);
        let (over, under) = (self.over / common, self.under / common);
        Wide {
            over,
            under,
            ..self
        }
    }

    /// To 37 digits: two such fractions can be added and multiplied.
    fn to_digits(self) -> Option<Wide> {
        const DIGITS: u32 = 37;
        let (over, scale) = self.digits(DIGITS, TEN.pow(DIGITS))?;
        let under = TEN.pow(scale);
        Some(Wide {
            over,
            under,
            held: true,
        })
    }

    /// The digits by long division, half away from zero, and how many stand behind the point: at most so many, and the
    /// number they make at most so large.
    fn digits(self, most: u32, largest: I256) -> Option<(I256, u32)> {
        // Ten times the rest has to fit: of 77 digits the last is far too small to count.
        let (over, under) = match self.under.checked_mul(TEN) {
            Some(_) => (self.over.abs(), self.under),
            None => (self.over.abs() / TEN, self.under / TEN),
        };
        let (mut digits, mut rest, mut scale) = (over / under, over % under, 0);
        while rest != I256::ZERO && scale < most && digits < largest / TEN {
            rest *= TEN;
            digits = digits * TEN + rest / under;
            rest %= under;
            scale += 1;
        }
        if rest * I256::new(2) >= under {
            digits += I256::ONE;
        }
        let signed = if self.is_negative() { -digits } else { digits };
        (digits <= largest).then_some((signed, scale))
    }
}

/// The greatest common divisor, above 0.
fn divisor(left: I256, right: I256) -> I256 {
    let (mut divisor, mut rest) = (left.abs(), right.abs());
    while rest != I256::ZERO {
        (divisor, rest) = (rest, divisor % rest);
    }
    divisor.max(I256::ONE)
}
