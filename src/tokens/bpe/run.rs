//! A piece of megabytes: one word without end, a run of spaces, a picture written as base64.
//!
//! A sequence of tokens is what byte-pair encoding makes of a text exactly if each two neighbours are what it makes of those two
//! alone. For the first join across the border of two tokens would be made in those two alone as well: until then every join
//! lies inside a token, and those of two neighbouring tokens are made in the same order wherever the two stand. So a long piece
//! is joined window by window: the tokens at the end of a window are left to the next, and where the next does not fit, more are.
//! Each byte is then joined a little more than once, whatever the length of the piece.

use super::merge::{Merger, Start};
use super::ranks::Ranks;

/// The bytes joined at once: what fits a processor's first cache.
const WINDOW: usize = 1024;
/// The bytes at a window's end whose tokens are left to the next.
const LEFT: usize = 160;
/// The newest tokens that can still be taken back.
const RECENT: usize = 4096;

/// A long piece that is being joined.
pub struct Run {
    /// How far a window goes at least. What did not fit is tried again with more of the text behind it.
    reach: usize,
    /// How many tokens are taken back where the next does not fit.
    back: usize,
    /// Whether all ends are wanted in the end, and not only their number.
    keeps_all: bool,
    /// Tokens that stand and are no longer among the ends.
    before: usize,
    /// Where the tokens that stand end, after the beginning of the piece or of what is still known of it.
    ends: Vec<usize>,
    /// Where the window before began, and the ends of its tokens: what repeats itself is joined once.
    last: (usize, Vec<u32>),
    /// Two neighbours that were found to fit: where the first begins, where the second does, and where that ends.
    fit: [usize; 3],
}

impl Run {
    pub fn new(keeps_all: bool) -> Run {
        Run {
            reach: 0,
            back: 1,
            keeps_all,
            before: 0,
            ends: vec![0],
            last: (0, Vec::new()),
            fit: [0; 3],
        }
    }

    /// The bytes whose tokens stand.
    pub fn done(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// The tokens that stand.
    pub fn tokens(&self) -> usize {
        self.before + self.ends.len() - 1
    }

    /// Where each token that stands ends.
    pub fn ends(&self) -> &[usize] {
        &self.ends[1..]
    }

    /// Join one window more.
    pub fn step(&mut self, merger: &mut Merger, ranks: &Ranks, start: Start, piece: &[u8]) {
        let from = self.done();
        let to = (from + WINDOW).max(self.reach).min(piece.len());
        let farther = to + (to - from);
        let window = &piece[from..to];
        if !self.repeats(piece, window) {
            let ends = merger.ends(ranks, start, window);
            self.last.1.clear();
            self.last.1.extend_from_slice(ends);
        }
        self.last.0 = from;
        let first = self.last.1.first().map_or(to, |end| from + *end as usize);
        if !self.fits(merger, ranks, start, &piece[..first]) {
            self.take_back(farther);
            return;
        }
        self.back = 1;
        let stands = match to == piece.len() {
            true => window.len(),
            false => window.len().saturating_sub(LEFT),
        };
        let stand = self.last.1.iter().map(|end| *end as usize);
        let stand = stand.take_while(|end| *end <= stands);
        self.ends.extend(stand.map(|end| from + end));
        if self.done() == from {
            // No token ends so early.
            self.reach = farther;
        }
        self.forget();
    }

    fn repeats(&self, piece: &[u8], window: &[u8]) -> bool {
        let (from, ends) = &self.last;
        let length = ends.last().map_or(0, |end| *end as usize);
        length == window.len() && piece[*from..*from + length] == *window
    }

    /// Whether the last token that stands and the next, which ends where `text` does, are what those two make alone.
    fn fits(&mut self, merger: &mut Merger, ranks: &Ranks, start: Start, text: &[u8]) -> bool {
        let [.., before, border] = self.ends[..] else {
            return true;
        };
        let (two, [from, between, to]) = (&text[before..], self.fit);
        // They may lie beyond what is looked at since something was taken back.
        if between - from == border - before && text.get(from..to) == Some(two) {
            return true;
        }
        let ends = merger.ends(ranks, start, two);
        let fits = *ends == [(border - before) as u32, two.len() as u32];
        if fits {
            self.fit = [before, border, text.len()];
        }
        fits
    }

    /// The last token does not stand after all, for the text far behind it decides otherwise. To try the same again would give
    /// the same again: each time more is taken back, and the window sees farther. Where nothing is left that could be taken back,
    /// the piece is joined whole.
    fn take_back(&mut self, farther: usize) {
        self.reach = farther;
        self.ends
            .truncate(self.ends.len().saturating_sub(self.back).max(1));
        self.back *= 2;
        if self.ends.len() == 1 && self.before > 0 {
            *self = Run {
                reach: usize::MAX,
                ..Run::new(self.keeps_all)
            };
        }
    }

    fn forget(&mut self) {
        if !self.keeps_all && self.ends.len() > 2 * RECENT {
            let old = self.ends.len() - RECENT;
            self.ends.drain(..old);
            self.before += old;
        }
    }
}
