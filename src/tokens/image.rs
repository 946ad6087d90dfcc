//! How many tokens a picture is taken for, by the published formulas. Whole numbers throughout: a formula that scales
//! is asked with the fraction it scales by, so nothing is rounded before the formula rounds.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::{Detail, Image};
use crate::money;

/// A provider's formula from a picture's size to its tokens.
///
/// ```
/// use foretoken::tokens::{Detail, Image, ImageRule, Working};
/// let rule: ImageRule = serde_json::from_str(r#"{"tiles": {"base": 85, "tile": 170, "fit": 2048, "shortest": 768}}"#).unwrap();
/// let photo = Image { name: "photo.jpg".into(), width: 1024, height: 1024, detail: Detail::Auto };
/// let tokens = rule.tokens(&photo).unwrap();
/// assert_eq!(tokens.tokens, 765);
/// assert_eq!(tokens.working, Working::Tiles { base: 85, tile: 170, tiles: 4 }, "85 + 170 × 4");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ImageRule {
    /// OpenAI's tiles of 512 pixels, after shrinking into a square and then to a shortest side.
    Tiles(Tiles),
    /// OpenAI's patches of 32 pixels, scaled down where there are more than the budget.
    Patches(Patches),
    /// Anthropic's cells of 28 pixels, scaled down to a longest side and a number of tokens.
    Cells { side: u64, most: u64 },
    /// Gemini 2: one crop where the picture is small, else crops of two thirds of the shorter side.
    Crops { small: u64, each: u64 },
    /// Gemini 3: so many tokens whatever the size, by the resolution asked for.
    Levels { low: u64, medium: u64, high: u64 },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiles {
    base: u64,
    tile: u64,
    /// The side of the square it is first fitted into.
    #[serde(default)]
    fit: Option<u64>,
    /// What the shorter side is then shrunk to.
    shortest: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patches {
    multiplier: Decimal,
    /// Nothing where the picture is taken as it is.
    #[serde(default)]
    limit: Option<Limit>,
    /// What holds instead where the detail is `original`.
    #[serde(default)]
    original: Option<Limit>,
    /// What another source says the limit is: the low end of the count.
    #[serde(default)]
    perhaps: Option<Limit>,
}

/// The most patches, and the longest side in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    budget: u64,
    #[serde(default)]
    side: Option<u64>,
}

/// The tokens of a picture, and how they came about.
/// [`ImageRule`] has an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageTokens {
    pub low: u64,
    pub tokens: u64,
    pub high: u64,
    pub working: Working,
}

/// The sum behind a number of tokens, to be put in words.
///
/// ```
/// use foretoken::tokens::Working;
/// // 3 tiles across and 2 down, each 170 tokens, and 85 for the picture: 1,105.
/// assert_ne!(Working::Tiles { base: 85, tile: 170, tiles: 6 }, Working::Whole { tokens: 1_105 });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Working {
    Tiles {
        base: u64,
        tile: u64,
        tiles: u64,
    },
    Patches {
        across: u64,
        down: u64,
        multiplier: Decimal,
    },
    Cells {
        width: u64,
        height: u64,
        across: u64,
        down: u64,
    },
    Crops {
        across: u64,
        down: u64,
        each: u64,
    },
    /// One figure for the whole.
    Whole {
        tokens: u64,
    },
    Time {
        milliseconds: u64,
        tokens: u64,
        per: u64,
    },
    Pages {
        pages: u64,
        each: u64,
    },
    /// Counted as the text it is.
    Text,
}

/// The sides of a tile, a patch and a cell, in pixels.
const TILE: u64 = 512;
const PATCH: u64 = 32;
const CELL: u64 = 28;

impl ImageRule {
    /// The tokens of this picture, or nothing where the rule does not say: the size is not one, or the detail asked
    /// for is not offered.
    pub fn tokens(&self, image: &Image) -> Option<ImageTokens> {
        let (width, height) = (u64::from(image.width), u64::from(image.height));
        if width == 0 || height == 0 {
            return None;
        }
        match self {
            ImageRule::Tiles(tiles) => Some(tiles.tokens(width, height, image.detail)),
            ImageRule::Patches(patches) => patches.tokens(width, height, image.detail),
            ImageRule::Cells { side, most } => Some(cells(width, height, *side, *most)),
            ImageRule::Crops { small, each } => Some(crops(width, height, *small, *each)),
            ImageRule::Levels { low, medium, high } => levels(image.detail, *low, *medium, *high),
        }
    }
}

fn sure(tokens: u64, working: Working) -> ImageTokens {
    ImageTokens {
        low: tokens,
        tokens,
        high: tokens,
        working,
    }
}

impl Tiles {
    fn tokens(&self, width: u64, height: u64, detail: Detail) -> ImageTokens {
        let (base, tile) = (self.base, self.tile);
        if detail == Detail::Low {
            return sure(base, Working::Whole { tokens: base });
        }
        let (across, down) = self.sides(width, height);
        let tiles = across * down;
        sure(base + tile * tiles, Working::Tiles { base, tile, tiles })
    }

    fn sides(&self, width: u64, height: u64) -> (u64, u64) {
        let (shorter, longer) = (width.min(height), width.max(height));
        // The fraction it is scaled by: over / under.
        let (mut over, mut under) = (1, 1);
        if let Some(fit) = self.fit.filter(|fit| longer > *fit) {
            (over, under) = (fit, longer);
        }
        if shorter * over > self.shortest * under {
            (over, under) = (self.shortest, shorter);
        }
        let tiles = |side: u64| (side * over).div_ceil(under * TILE).max(1);
        (tiles(width), tiles(height))
    }
}

impl Patches {
    fn tokens(&self, width: u64, height: u64, detail: Detail) -> Option<ImageTokens> {
        let limit = match detail {
            Detail::Original => self.original.or(self.limit),
            Detail::Auto | Detail::High => self.limit,
            // No published rule of patches says what these come to.
            Detail::Low | Detail::Medium => return None,
        };
        let (across, down) = within(width, height, limit);
        let most = self.scaled(across * down)?;
        let low = match self.perhaps {
            Some(perhaps) if detail != Detail::Original => {
                let (across, down) = within(width, height, Some(perhaps));
                self.scaled(across * down)?.min(most)
            }
            _ => most,
        };
        Some(ImageTokens {
            low,
            ..sure(
                most,
                Working::Patches {
                    across,
                    down,
                    multiplier: self.multiplier,
                },
            )
        })
    }

    /// OpenAI does not say how a part of a token is rounded: up, as the copies of its examples have it.
    fn scaled(&self, patches: u64) -> Option<u64> {
        let scaled = money::product(patches.into(), self.multiplier).ok()?;
        scaled.ceil().to_u64()
    }
}

/// Patches across and down. Over the budget the picture is scaled by r = √(32² · budget / (w · h)), and then down to
/// whole patches on the side that loses most: w · r / 32 is √(w · budget / h), so both steps can be done in whole numbers.
fn within(width: u64, height: u64, limit: Option<Limit>) -> (u64, u64) {
    let longer = width.max(height);
    let side = limit
        .and_then(|limit| limit.side)
        .map_or(longer, |side| side.min(longer));
    let patches = |pixels: u64| (pixels * side).div_ceil(longer * PATCH).max(1);
    let (across, down) = (patches(width), patches(height));
    let Some(Limit { budget, .. }) = limit.filter(|limit| across * down > limit.budget) else {
        return (across, down);
    };
    let across = (width * budget / height).isqrt().max(1);
    let down = (height * budget / width).isqrt().max(1);
    if across * height <= down * width {
        (across, (across * height).div_ceil(width).max(1))
    } else {
        ((down * width).div_ceil(height).max(1), down)
    }
}

/// The largest size of the same shape that keeps both limits, and its cells.
fn cells(width: u64, height: u64, side: u64, most: u64) -> ImageTokens {
    let (shorter, longer) = (width.min(height), width.max(height));
    let of = |long: u64| {
        let short = ((2 * shorter * long + longer) / (2 * longer)).max(1);
        (short, long.div_ceil(CELL), short.div_ceil(CELL))
    };
    let fits = |long: &u64| {
        let (_, across, down) = of(*long);
        across * down <= most
    };
    let long = (1..=longer.min(side)).rev().find(fits).unwrap_or(1);
    let (short, across, down) = of(long);
    let (wide, high) = ((long, across), (short, down));
    let ((width, across), (height, down)) = if width >= height {
        (wide, high)
    } else {
        (high, wide)
    };
    sure(
        across * down,
        Working::Cells {
            width,
            height,
            across,
            down,
        },
    )
}

fn crops(width: u64, height: u64, small: u64, each: u64) -> ImageTokens {
    let (across, down) = if width.max(height) <= small {
        (1, 1)
    } else {
        // Two thirds of the shorter side.
        let unit = (width.min(height) * 2 / 3).max(1);
        (width.div_ceil(unit), height.div_ceil(unit))
    };
    sure(across * down * each, Working::Crops { across, down, each })
}

/// Where no resolution is asked for, sources disagree whether it is medium or high.
fn levels(detail: Detail, low: u64, medium: u64, high: u64) -> Option<ImageTokens> {
    let tokens = match detail {
        Detail::Low => low,
        Detail::Medium => medium,
        Detail::High | Detail::Auto => high,
        Detail::Original => return None,
    };
    let least = if detail == Detail::Auto {
        medium
    } else {
        tokens
    };
    Some(ImageTokens {
        low: least,
        ..sure(tokens, Working::Whole { tokens })
    })
}
