use rust_decimal::Decimal;

/// How many decimals a figure is shown with, at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimals {
    pub least: u32,
    pub most: u32,
}

const REQUEST: u32 = 6;
const CENTS: u32 = 2;
const DEEPEST: u32 = 20;

/// One request: six decimals, more where six would not show three digits of it, cents from ten dollars on.
///
/// ```
/// use foretoken::estimate::request_decimals;
/// assert_eq!(request_decimals("0.00319".parse().unwrap()).most, 6);
/// assert_eq!(request_decimals("0.0000001234".parse().unwrap()).most, 9, "0.000000123");
/// assert_eq!(request_decimals("27.5".parse().unwrap()).most, 2);
/// ```
pub fn request_decimals(amount: Decimal) -> Decimals {
    let size = amount.abs();
    let decimals = if size >= Decimal::TEN {
        CENTS
    } else if size >= Decimal::ONE {
        4
    } else {
        significant(size, 3).max(REQUEST)
    };
    Decimals {
        least: decimals,
        most: decimals,
    }
}

/// The end of a range: two significant digits below a dollar, cents below ten, whole dollars above.
pub fn range_decimals(amount: Decimal) -> Decimals {
    let size = amount.abs();
    let most = if size >= Decimal::TEN {
        0
    } else if size >= Decimal::ONE {
        CENTS
    } else {
        significant(size, 2)
    };
    Decimals { least: 0, most }
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
