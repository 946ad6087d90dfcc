use rust_decimal::Decimal;

use crate::money::{self, Money, MoneyError};

/// What may be spent in dollars, what is spent, and what is set aside for requests under way.
///
/// A request is let out only when the most it can cost is still there, so what is spent passes the limit only where a provider
/// charges more than that most.
///
/// ```
/// use foretoken::{Money, sandbox::{Alert, Budget}};
/// let dollars = |amount: &str| Money::usd(amount.parse().unwrap());
/// let mut budget = Budget::new(dollars("1.00"));
/// let first = budget.reserve(dollars("0.60")).unwrap();
/// let refused = budget.reserve(dollars("0.50")).unwrap_err();
/// assert_eq!(refused.to_string(), "it may cost 0.50, and 0.40 of the limit of 1.00 is left: 0.1 too little");
/// // The answer was shorter: what was set aside is free again.
/// budget.settle(first, dollars("0.25")).unwrap();
/// assert_eq!((budget.left(), budget.alert()), (dollars("0.75"), None));
/// let second = budget.reserve(dollars("0.50")).unwrap();
/// budget.settle(second, dollars("0.50")).unwrap();
/// assert_eq!(budget.alert(), Some(Alert::ThreeQuarters));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    limit: Decimal,
    spent: Decimal,
    reserved: Vec<(Reservation, Decimal)>,
    next: u64,
    paused: bool,
}

/// A part of a budget that is set aside for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation(u64);

/// How much of a limit is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alert {
    Half,
    ThreeQuarters,
    NineTenths,
    /// All of it.
    Whole,
}

/// Why a request does not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the budget is paused")]
    Paused,
    #[error(
        "it may cost {at_most}, and {left} of the limit of {limit} is left: {over_by} too little"
    )]
    TooLittle {
        at_most: Decimal,
        left: Decimal,
        limit: Decimal,
        over_by: Decimal,
    },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Alert {
    pub const ALL: [Alert; 4] = [
        Alert::Half,
        Alert::ThreeQuarters,
        Alert::NineTenths,
        Alert::Whole,
    ];

    pub const fn percent(self) -> u32 {
        match self {
            Alert::Half => 50,
            Alert::ThreeQuarters => 75,
            Alert::NineTenths => 90,
            Alert::Whole => 100,
        }
    }
}

impl Budget {
    pub fn new(limit: Money) -> Budget {
        Budget {
            limit: limit.amount(),
            spent: Decimal::ZERO,
            reserved: Vec::new(),
            next: 0,
            paused: false,
        }
    }

    pub fn limit(&self) -> Money {
        Money::usd(self.limit)
    }

    pub fn spent(&self) -> Money {
        Money::usd(self.spent)
    }

    /// Set aside for requests that are under way.
    pub fn reserved(&self) -> Money {
        Money::usd(self.reserved.iter().map(|(_, amount)| *amount).sum())
    }

    /// What another request can have: 0 where nothing is left.
    pub fn left(&self) -> Money {
        let left = self.limit - self.spent - self.reserved().amount();
        Money::usd(left.max(Decimal::ZERO))
    }

    /// What is set aside for this request.
    pub fn set_aside(&self, reservation: Reservation) -> Money {
        let known = self
            .reserved
            .iter()
            .find(|(known, _)| *known == reservation);
        Money::usd(known.map_or(Decimal::ZERO, |(_, amount)| *amount))
    }

    /// So much is spent already, in a session that goes on.
    pub fn spend(&mut self, spent: Money) {
        self.spent = spent.amount();
    }

    /// Set another limit. What is under way goes on.
    pub fn set_limit(&mut self, limit: Money) {
        self.limit = limit.amount();
    }

    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// While it is paused no request goes out.
    pub fn pause(&mut self, paused: bool) {
        self.paused = paused;
    }

    /// Set the most that a request can cost aside, or say why it must not go out.
    pub fn reserve(&mut self, at_most: Money) -> Result<Reservation, Refused> {
        if self.paused {
            return Err(Refused::Paused);
        }
        let (at_most, left) = (at_most.amount(), self.left().amount());
        if at_most > left {
            return Err(Refused::TooLittle {
                over_by: money::difference(at_most, left)?,
                limit: self.limit,
                at_most,
                left,
            });
        }
        let reservation = Reservation(self.next);
        self.next += 1;
        self.reserved.push((reservation, at_most));
        Ok(reservation)
    }

    /// A request came to its end, whole or not: what it cost is spent, and the rest of what was set aside is free.
    pub fn settle(&mut self, reservation: Reservation, cost: Money) -> Result<(), MoneyError> {
        self.spent = money::sum(self.spent, cost.amount())?;
        self.reserved.retain(|(known, _)| *known != reservation);
        Ok(())
    }

    /// How much of the limit is spent, in percent; of a limit of 0, all of it.
    pub fn spent_percent(&self) -> Decimal {
        let hundredfold = money::product(self.spent, Decimal::ONE_HUNDRED);
        let percent = hundredfold.and_then(|hundredfold| money::quotient(hundredfold, self.limit));
        percent.unwrap_or(Decimal::ONE_HUNDRED)
    }

    /// The highest of the marks that is reached.
    pub fn alert(&self) -> Option<Alert> {
        let spent = self.spent_percent();
        let reached = |alert: &Alert| spent >= alert.percent().into();
        Alert::ALL.into_iter().rev().find(reached)
    }
}
