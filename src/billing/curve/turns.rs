//! Where a plan's regime changes.

use super::sheet::{Ask, NO_GUESS, Sheet};

/// A plan that changes more often is known by its samples alone.
const MOST: usize = 64;

/// Every `n` that is the first of another regime; nothing where there are too many to follow.
pub fn turns<F: Ask>(sheet: &mut Sheet<F>, plan: usize, samples: &[u64]) -> Option<Vec<u64>> {
    let (first, last) = (samples[0], samples[samples.len() - 1]);
    if sheet.stairs(plan, first, last) > MOST.into() {
        return None;
    }
    let mut cells = Vec::new();
    for cell in samples.windows(2) {
        if !sheet.alike(plan, cell[0], cell[1]) {
            cells.push((cell[0], cell[1]));
        }
    }
    let mut turns = Vec::new();
    for (index, (mut low, high)) in cells.iter().copied().enumerate() {
        while !sheet.alike(plan, low, high) {
            // Each of the cells that follow has one at least.
            if turns.len() + cells.len() - index > MOST || sheet.is_spent() {
                return None;
            }
            let start = low;
            low = sheet.first((low, high), NO_GUESS, |sheet, n| {
                !sheet.alike(plan, start, n)
            });
            turns.push(low);
        }
    }
    Some(turns)
}
