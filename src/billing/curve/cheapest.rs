//! Which plan is cheapest over which stretch.

use super::Stretch;
use super::sheet::Sheet;
use crate::billing::total::Total;
use crate::rating::price::PlanError;
use rust_decimal::Decimal;

/// The stretches in turn. Where each begins, and the one before, become points.
pub fn cheapest<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    plans: usize,
) -> Vec<Stretch> {
    let points = sheet.points();
    let (mut begun, mut low) = (points[0], points[0]);
    let mut winner = first_of_least(sheet, plans, low);
    let mut stretches = Vec::new();
    let mut close = |from: u64, until: u64, winner: Option<usize>| {
        stretches.extend(winner.map(|plan| Stretch { from, until, plan }));
    };
    for high in points.iter().copied() {
        while first_of_least(sheet, plans, high) != winner {
            let n = sheet.first((low, high), |sheet, n| {
                first_of_least(sheet, plans, n) != winner
            });
            close(begun, n - 1, winner);
            sheet.mark(n);
            (begun, low) = (n, n);
            winner = first_of_least(sheet, plans, n);
        }
        low = high;
    }
    close(begun, low, winner);
    stretches
}

fn first_of_least<F: FnMut(usize, u64) -> Result<Total, PlanError>>(
    sheet: &mut Sheet<F>,
    plans: usize,
    n: u64,
) -> Option<usize> {
    let mut least: Option<(Decimal, usize)> = None;
    for plan in 0..plans {
        if let Some(amount) = sheet.amount(plan, n)
            && least.is_none_or(|(least, _)| amount < least)
        {
            least = Some((amount, plan));
        }
    }
    least.map(|(_, plan)| plan)
}
