//! Counting with a byte-pair vocabulary.
//!
//! Owns: looking tokens up, joining pieces into tokens, and remembering short pieces. Does not own: where a text is cut into pieces
//! (see [`super::split`]), the file of a vocabulary (see [`super::vocabulary`]), or what is kept between two counts of one text (see
//! `counter`).

mod cache;
mod least;
mod merge;
mod ranks;
mod run;
mod whole;

pub use merge::Start;

use super::split::{Pattern, Scanner, WithScanner};
use super::vocabulary::{Rank, Vocabulary};
use cache::{Cache, Key};
use merge::Merger;
use ranks::{ABSENT, Ranks};
use run::Run;

/// A piece of this many bytes or more is joined window by window. No vocabulary has a token so long.
const LONG: usize = 2_000;

/// Counts and encodes with one vocabulary.
pub struct Bpe {
    ranks: Ranks,
    pattern: Pattern,
    start: Start,
    cache: Cache,
    merger: Merger,
}

impl Bpe {
    pub fn new(vocabulary: Vocabulary, pattern: Pattern, start: Start) -> Bpe {
        Bpe {
            ranks: Ranks::new(vocabulary),
            pattern,
            start,
            cache: Cache::new(),
            merger: Merger::default(),
        }
    }

    /// Count on where `progress` stands until about `budget` bytes more are counted, or all; true when all are.
    pub fn count_on(&mut self, text: &str, progress: &mut Progress, budget: usize) -> bool {
        let (text, until) = (text.as_bytes(), progress.done().saturating_add(budget));
        self.pattern.with_scanner(CountOn {
            bpe: self,
            text,
            progress,
            until,
        });
        progress.at == text.len()
    }

    /// Go on with a long piece; true when it is done.
    fn run_on(&mut self, piece: &[u8], run: &mut Run, budget: usize) -> bool {
        let until = run.done().saturating_add(budget).min(piece.len());
        while run.done() < until {
            run.step(&mut self.merger, &self.ranks, self.start, piece);
        }
        run.done() == piece.len()
    }

    /// The tokens of the piece that is the first `length` bytes of `text`.
    #[inline(always)]
    fn count_piece(&mut self, text: &[u8], length: usize) -> usize {
        if length > cache::LONGEST {
            return self.join(&text[..length]);
        }
        let key = Key::new(text, length);
        if let Some(count) = self.cache.get(key) {
            return count;
        }
        let count = self.join(&text[..length]);
        self.cache.put(key, count);
        count
    }

    /// The tokens of a piece that is not long.
    #[inline(never)]
    fn join(&mut self, piece: &[u8]) -> usize {
        match self.ranks.place(piece) {
            ABSENT => self.merger.ends(&self.ranks, self.start, piece).len(),
            _ => 1,
        }
    }

    /// The tokens of a text in order: where each ends, and its id.
    pub fn encode(&mut self, text: &str) -> Vec<(usize, Rank)> {
        let mut tokens = Vec::new();
        for piece in self.pattern.pieces(text) {
            self.encode_piece(piece.as_bytes(), &mut tokens);
        }
        tokens
    }

    fn encode_piece(&mut self, piece: &[u8], tokens: &mut Vec<(usize, Rank)>) {
        let from = tokens.last().map_or(0, |(end, _)| *end);
        let mut add = |ranks: &Ranks, at: usize, end: usize| {
            let id = ranks.id(ranks.place(&piece[at..end]));
            tokens.push((from + end, id));
            end
        };
        if self.ranks.place(piece) != ABSENT {
            add(&self.ranks, 0, piece.len());
        } else if piece.len() < LONG {
            let ends = self.merger.ends(&self.ranks, self.start, piece);
            ends.iter()
                .fold(0, |at, end| add(&self.ranks, at, *end as usize));
        } else {
            let mut run = Run::new(true);
            self.run_on(piece, &mut run, usize::MAX);
            run.ends()
                .iter()
                .fold(0, |at, end| add(&self.ranks, at, *end));
        }
    }
}

/// How far the count of a text is.
#[derive(Default)]
pub struct Progress {
    /// Where the next piece begins.
    at: usize,
    /// Those before it.
    tokens: u64,
    /// The long piece that begins there, half joined, and where it ends.
    long: Option<(usize, Run)>,
}

impl Progress {
    /// The bytes that are counted.
    pub fn done(&self) -> usize {
        self.at + self.long.as_ref().map_or(0, |(_, run)| run.done())
    }

    /// The tokens of these bytes.
    pub fn tokens(&self) -> u64 {
        self.tokens + self.long.as_ref().map_or(0, |(_, run)| run.tokens() as u64)
    }
}

/// A count that stops at `until` or soon after.
struct CountOn<'a> {
    bpe: &'a mut Bpe,
    text: &'a [u8],
    progress: &'a mut Progress,
    until: usize,
}

impl WithScanner for CountOn<'_> {
    type Output = ();

    fn run<S: Scanner>(self) {
        let CountOn {
            bpe,
            text,
            progress,
            until,
        } = self;
        let (mut at, mut tokens) = (progress.at, 0);
        let until = until.min(text.len());
        loop {
            while at < until && progress.long.is_none() {
                let end = S::piece_end(text, at);
                if end - at >= LONG {
                    progress.long = Some((end, Run::new(false)));
                } else {
                    tokens += bpe.count_piece(&text[at..], end - at);
                    at = end;
                }
            }
            let Some((end, mut run)) = progress.long.take() else {
                break;
            };
            let budget = until.saturating_sub(at + run.done());
            if !bpe.run_on(&text[at..end], &mut run, budget) {
                progress.long = Some((end, run));
                break;
            }
            tokens += run.tokens();
            at = end;
        }
        progress.at = at;
        progress.tokens += tokens as u64;
    }
}
