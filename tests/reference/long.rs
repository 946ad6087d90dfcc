//! The same merging for pieces of many bytes: all joins that are possible, in their order, instead of a search for each.

use std::collections::BTreeSet;

/// Joins the parts between the cuts as [`super::Reference::merge`] does. `position` says where in the order of merging a token
/// stands.
pub fn merge<'p>(
    piece: &'p [u8],
    cuts: &[usize],
    position: impl Fn(&[u8]) -> Option<usize>,
) -> Vec<&'p [u8]> {
    let end = piece.len();
    let mut cuts: BTreeSet<usize> = cuts.iter().copied().collect();
    let joined = |cuts: &BTreeSet<usize>, from: usize| {
        let to = *cuts.range(from + 1..).nth(1)?;
        Some((position(&piece[from..to])?, from))
    };
    let mut joins: BTreeSet<(usize, usize)> = cuts
        .iter()
        .filter_map(|from| joined(&cuts, *from))
        .collect();
    while let Some((_, from)) = joins.pop_first() {
        let middle = *cuts.range(from + 1..).next().unwrap();
        let before = cuts.range(..from).next_back().copied();
        for from in [Some(middle), before].into_iter().flatten() {
            joined(&cuts, from).map(|join| joins.remove(&join));
        }
        cuts.remove(&middle);
        joins.extend(
            [Some(from), before]
                .into_iter()
                .flatten()
                .filter_map(|from| joined(&cuts, from)),
        );
    }
    let starts: Vec<usize> = cuts.into_iter().filter(|cut| *cut < end).collect();
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| &piece[*from..to])
        .collect()
}
