//! What a request used, by meter.
//!
//! Owns: the meters, the usage of one request with inclusive totals, its split into parts that do not overlap, and the
//! check that the parts fit the whole. Does not own: how a provider's log spells these (see `import`), or what they
//! cost (see `rating`).

mod compact;
mod meter;
mod record;
mod workload;

pub use meter::Meter;
pub use record::{LogError, UsageLog, UsageRecord};
use serde::{Deserialize, Serialize};
pub use workload::{COMPUTE_SECONDS, Detail, Grain, Share, Who, Workload};

/// A usage whose parts do not fit its totals.
///
/// ```
/// use foretoken::usage::{Usage, UsageError};
/// let usage = Usage { cache_read_tokens: 80, cache_write_tokens: 30, ..Usage::request(100, 10) };
/// // 80 + 30 are more than 100: somebody's input leaves the cached tokens out.
/// assert_eq!(usage.exclusive(), Err(UsageError::CacheExceedsInput { read: 80, written: 30, input: 100 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    #[error(
        "{read} tokens read from the cache and {written} written to it are more than the {input} input tokens: \
         expected the input to include both"
    )]
    CacheExceedsInput { read: u64, written: u64, input: u64 },
    #[error(
        "{reasoning} reasoning tokens are more than the {output} output tokens: expected the output to include them"
    )]
    ReasoningExceedsOutput { reasoning: u64, output: u64 },
}

/// What one request used. Totals are inclusive: `input_tokens` holds the cached, the written and the audio tokens too, and
/// `output_tokens` holds the reasoning. The two kinds of cache write do not overlap.
///
/// ```
/// use foretoken::usage::{Meter, Usage};
/// let usage = Usage {
///     cache_read_tokens: 7_936,
///     ..Usage::request(278_476, 630)
/// };
/// let parts = usage.exclusive().unwrap();
/// assert_eq!(parts.quantity(Meter::Input), 270_540, "278,476 less the 7,936 read from the cache");
/// assert_eq!(parts.quantity(Meter::Output), 630);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Usage {
    pub input_tokens: u64,
    pub cache_read_tokens: u64,
    /// Written for the provider's short lifetime (5 minutes at Anthropic).
    pub cache_write_tokens: u64,
    pub cache_write_1h_tokens: u64,
    /// Input tokens that stand for sound, neither read from a cache nor written to one.
    pub input_audio_tokens: u64,
    pub output_tokens: u64,
    pub reasoning_tokens: u64,
    pub requests: u64,
    pub web_searches: u64,
}

impl Usage {
    /// One request with this much input and output, nothing cached.
    pub const fn request(input_tokens: u64, output_tokens: u64) -> Usage {
        Usage {
            input_tokens,
            cache_read_tokens: 0,
            cache_write_tokens: 0,
            cache_write_1h_tokens: 0,
            input_audio_tokens: 0,
            output_tokens,
            reasoning_tokens: 0,
            requests: 1,
            web_searches: 0,
        }
    }

    /// The parts of this usage, none inside another: they sum to the inclusive totals.
    pub fn exclusive(&self) -> Result<Exclusive, UsageError> {
        Ok(Exclusive([
            (Meter::Input, self.uncached_input()?),
            (Meter::CacheRead, self.cache_read_tokens),
            (Meter::CacheWrite, self.cache_write_tokens),
            (Meter::CacheWrite1h, self.cache_write_1h_tokens),
            (Meter::InputAudio, self.input_audio_tokens),
            (Meter::Output, self.plain_output()?),
            (Meter::Reasoning, self.reasoning_tokens),
            (Meter::Request, self.requests),
            (Meter::WebSearch, self.web_searches),
        ]))
    }

    fn uncached_input(&self) -> Result<u64, UsageError> {
        let written = self
            .cache_write_tokens
            .saturating_add(self.cache_write_1h_tokens);
        let apart = written.saturating_add(self.input_audio_tokens);
        self.input_tokens
            .checked_sub(self.cache_read_tokens.saturating_add(apart))
            .ok_or(UsageError::CacheExceedsInput {
                read: self.cache_read_tokens,
                written,
                input: self.input_tokens,
            })
    }

    fn plain_output(&self) -> Result<u64, UsageError> {
        self.output_tokens.checked_sub(self.reasoning_tokens).ok_or(
            UsageError::ReasoningExceedsOutput {
                reasoning: self.reasoning_tokens,
                output: self.output_tokens,
            },
        )
    }
}

/// A usage split into parts that do not overlap, in the order a bill lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exclusive([(Meter, u64); 9]);

impl Exclusive {
    pub fn quantity(&self, meter: Meter) -> u64 {
        self.0
            .iter()
            .find(|(each, _)| *each == meter)
            .map_or(0, |(_, quantity)| *quantity)
    }

    /// Every part that was used at all.
    pub fn used(&self) -> impl Iterator<Item = (Meter, u64)> + '_ {
        self.0.iter().copied().filter(|(_, quantity)| *quantity > 0)
    }
}
