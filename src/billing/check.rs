//! What no plan may say, each with its place in the document.

use super::quantity::{Aggregate, IncludedEvery, Quantity, Round};
use super::{Discount, Plan, PlanCharge};
use crate::calendar::iso_day;
use crate::money::Exact;
use crate::rating::price::{
    Cost, LooksAt, Place, PlanError, Price, above_zero, expect, not_negative,
};
use std::sync::Arc;

const MOST_DECIMALS: u32 = 12;
/// A document beyond these is a mistake, and would keep a page busy for minutes.
const MOST_CHARGES: usize = 500;
const MOST_ITEMS: usize = 500;

impl Plan {
    /// What no plan may say. A plan that passes can still meet use it has no price for.
    pub fn check(&self) -> Result<(), PlanError> {
        let lists = [
            ("charges", self.charges.len(), MOST_CHARGES),
            ("discounts", self.discounts.len(), MOST_ITEMS),
            ("credits", self.credits.len(), MOST_ITEMS),
        ];
        for (name, length, most) in lists {
            expect(length <= most, name, length, &format!("{most} at most"))?;
        }
        for (at, charge) in self.charges.iter().enumerate() {
            let before = &self.charges[..at];
            let new = !charge.id.is_empty() && before.iter().all(|each| each.id != charge.id);
            let quoted = format!("\"{}\"", charge.id);
            expect(new, "id", quoted, "an id of its own").at_item("charges", at)?;
            charge.check().at_item("charges", at)?;
        }
        for (at, discount) in self.discounts.iter().enumerate() {
            discount.check().at_item("discounts", at)?;
            self.knows(&discount.on).at_item("discounts", at)?;
        }
        limits(self.minimum, self.maximum)?;
        let (from, until) = (self.active.from, self.active.until);
        let forward = from.zip(until).is_none_or(|(from, until)| from <= until);
        let seen = until.map(iso_day).unwrap_or_default();
        expect(forward, "active.until", seen, "on or after active.from")?;
        self.check_commitment()?;
        self.check_tax()?;
        self.check_credits()?;
        let decimals = self.rounding.decimals;
        expect(
            decimals <= MOST_DECIMALS,
            "rounding.decimals",
            decimals,
            "0 to 12",
        )?;
        let progressive = self.progressive.as_ref();
        progressive.map_or(Ok(()), |each| each.check().at("progressive"))
    }

    /// The ids a discount or a credit names.
    fn knows(&self, ids: &[Arc<str>]) -> Result<(), PlanError> {
        for (at, id) in ids.iter().enumerate() {
            let known = self.charges.iter().any(|charge| charge.id == *id);
            expect(known, "", format!("\"{id}\""), "the id of a charge").at_item("on", at)?;
        }
        Ok(())
    }

    fn check_commitment(&self) -> Result<(), PlanError> {
        let Some(commitment) = &self.commitment else {
            return Ok(());
        };
        not_negative("amount", commitment.amount).at("commitment")?;
        not_negative("overage_factor", commitment.overage_factor).at("commitment")
    }

    fn check_tax(&self) -> Result<(), PlanError> {
        let rates = self.tax.iter().flat_map(|tax| &tax.rates);
        for (at, rate) in rates.enumerate() {
            not_negative("percent", rate.percent)
                .at_item("rates", at)
                .at("tax")?;
        }
        Ok(())
    }

    fn check_credits(&self) -> Result<(), PlanError> {
        for (at, credit) in self.credits.iter().enumerate() {
            let new = self.credits[..at].iter().all(|each| each.id != credit.id);
            let quoted = format!("\"{}\"", credit.id);
            expect(new, "id", quoted, "an id of its own").at_item("credits", at)?;
            not_negative("amount", credit.amount).at_item("credits", at)?;
            not_negative("cost_basis", credit.cost_basis).at_item("credits", at)?;
            self.knows(&credit.on).at_item("credits", at)?;
        }
        Ok(())
    }
}

fn limits(minimum: Option<Exact>, maximum: Option<Exact>) -> Result<(), PlanError> {
    not_negative("minimum", minimum.unwrap_or_default())?;
    not_negative("maximum", maximum.unwrap_or_default())?;
    let order = minimum
        .zip(maximum)
        .is_none_or(|(least, most)| least <= most);
    let expected = format!("at most the maximum ({})", maximum.unwrap_or_default());
    expect(order, "minimum", minimum.unwrap_or_default(), &expected)
}

impl PlanCharge {
    fn check(&self) -> Result<(), PlanError> {
        self.price.check().at("price")?;
        limits(self.minimum, self.maximum)?;
        self.quantity.check().at("quantity")?;
        self.check_groups()?;
        let name = self.price.name();
        match self.price.looks_at() {
            LooksAt::Time => {
                let bare = self.quantity.only_selects() && self.quantity.of.is_empty();
                expect(
                    bare,
                    "quantity",
                    "a quantity",
                    &format!("used by {name}: it is due whatever was used"),
                )?;
                let plain = self.group_by.is_empty();
                expect(
                    plain,
                    "group_by",
                    "a group",
                    &format!("used by {name}: it is one fee"),
                )
            }
            LooksAt::Quantity => expect(
                self.measures(),
                "quantity.of",
                "an empty list",
                "the meters to measure",
            ),
            LooksAt::Money => Ok(()),
            LooksAt::Events | LooksAt::Records => self.check_single(),
        }
    }

    /// Money and attempts are no meter's own: by meter they would be billed once for each.
    fn check_groups(&self) -> Result<(), PlanError> {
        let whole = match &self.price {
            Price::CostPlus(plus) => plus.of == Cost::Carried,
            Price::Outcome(outcome) => !outcome.each_attempt.is_zero(),
            Price::Percentage(_) | Price::BasisPoints(_) | Price::GraduatedPercentage(_) => true,
            _ => false,
        };
        let by_meter = self.group_by.iter().any(|name| name.as_ref() == "meter");
        let expected = format!(
            "a group of {}: it bills what is no meter's own",
            self.price.name()
        );
        expect(!(whole && by_meter), "group_by", "meter", &expected)
    }

    /// `count` and `unique` need no meter.
    fn measures(&self) -> bool {
        let counted = matches!(
            self.quantity.aggregate,
            Aggregate::Count | Aggregate::Unique
        );
        counted || !self.quantity.of.is_empty()
    }

    /// Shapes that look at single records measure nothing beforehand.
    fn check_single(&self) -> Result<(), PlanError> {
        let name = self.price.name();
        let single =
            format!("used by {name}: it looks at single records, so only of and where are");
        expect(
            self.quantity.only_selects(),
            "quantity",
            "a rule beside of and where",
            &single,
        )?;
        let needs = matches!(self.price, Price::Outcome(_) | Price::Matrix(_));
        let measured = !needs || !self.quantity.of.is_empty();
        expect(
            measured,
            "quantity.of",
            "an empty list",
            "the meters to measure",
        )
    }
}

impl Quantity {
    fn check(&self) -> Result<(), PlanError> {
        above_zero("divide_by", self.convert.divide_by).at("convert")?;
        let unique = self.aggregate == Aggregate::Unique;
        expect(
            unique == self.unique_by.is_some(),
            "unique_by",
            "this",
            "given with aggregate unique, and only then",
        )?;
        let meter = self.only.0.contains_key("meter");
        expect(
            !meter,
            "where.meter",
            "meter",
            "a property here: name meters in of",
        )?;
        let summed =
            self.each_window == super::quantity::EachWindow::Priced || self.every.is_some();
        expect(summed, "each_window", "summed", "allowed without every")?;
        let Some(included) = &self.included else {
            return Ok(());
        };
        let priced =
            self.every.is_some() && self.each_window == super::quantity::EachWindow::Priced;
        expect(
            !priced,
            "included",
            "included units",
            "allowed where each window is priced by itself",
        )?;
        let daily = included.every == IncludedEvery::Day;
        let plain = self.every.is_none();
        expect(
            !daily || plain,
            "included.every",
            "day",
            "allowed together with every",
        )?;
        let additive = matches!(self.aggregate, Aggregate::Sum | Aggregate::Count);
        expect(
            !daily || additive,
            "included.every",
            "day",
            "allowed unless the aggregate is sum or count",
        )?;
        let carries = included.carried > Exact::ZERO || included.rollover.is_some();
        expect(
            !daily || !carries,
            "included.every",
            "day",
            "allowed with carried or rollover: a day's rest is lost",
        )?;
        not_negative("included.units", included.units)?;
        not_negative("included.carried", included.carried)?;
        let Some(rollover) = included.rollover else {
            return Ok(());
        };
        not_negative("included.rollover.at_least", rollover.at_least)?;
        let most = rollover.at_most;
        let order = most.is_none_or(|most| rollover.at_least <= most);
        expect(
            order,
            "included.rollover.at_least",
            rollover.at_least,
            "at most at_most",
        )
    }

    fn only_selects(&self) -> bool {
        self.aggregate == Aggregate::Sum
            && self.every.is_none()
            && self.included.is_none()
            && self.convert.divide_by == Exact::ONE
            && self.convert.round == Round::None
    }
}

impl Discount {
    fn check(&self) -> Result<(), PlanError> {
        let kinds = [
            self.amount.is_some(),
            self.percent.is_some(),
            !self.tiers.is_empty(),
        ];
        let one = kinds.iter().filter(|given| **given).count() == 1;
        expect(
            one,
            "",
            "this discount",
            "one of amount, percent and tiers, and no more",
        )?;
        not_negative("amount", self.amount.unwrap_or_default())?;
        share("percent", self.percent.unwrap_or_default())?;
        let bounds: Vec<_> = self.tiers.iter().map(|tier| tier.up_to).collect();
        if !bounds.is_empty() {
            crate::rating::price::check_bounds(&bounds)?;
        }
        let mut tiers = self.tiers.iter().enumerate();
        tiers.try_for_each(|(at, tier)| share("percent", tier.percent).at_item("tiers", at))
    }
}

/// A discount takes at most everything.
fn share(at: &str, percent: Exact) -> Result<(), PlanError> {
    let within = percent >= Exact::ZERO && *percent <= rust_decimal::Decimal::ONE_HUNDRED;
    expect(within, at, percent, "0 to 100")
}
