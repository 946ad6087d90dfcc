use foretoken::tokens::{Basis, TokenCount};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::intl;

/// How sure a count is: a shape and a word, never a colour alone.
pub fn basis(basis: Basis) -> Html {
    shaped(basis, basis.word().to_owned())
}

/// The same, with the band of an estimate.
pub fn basis_of(count: TokenCount) -> Html {
    if count.is_banded() {
        shaped(
            count.basis,
            format!("{} {}", count.basis.word(), band(count)),
        )
    } else {
        basis(count.basis)
    }
}

/// The same in little room: ± the larger side of the band.
pub fn basis_brief(count: TokenCount) -> Html {
    if count.is_banded() {
        let below = percent(count.tokens - count.low.min(count.tokens), count.tokens);
        let above = percent(count.high.max(count.tokens) - count.tokens, count.tokens);
        let larger = intl::number(below.max(above), 0);
        shaped(count.basis, format!("{} ±{larger} %", count.basis.word()))
    } else {
        basis(count.basis)
    }
}

/// The band of an estimate: ± where it is the same both ways, else both ends.
pub fn band(count: TokenCount) -> String {
    let below = percent(count.tokens - count.low.min(count.tokens), count.tokens);
    let above = percent(count.high.max(count.tokens) - count.tokens, count.tokens);
    let (below, above) = (intl::number(below, 0), intl::number(above, 0));
    if below == above {
        format!("±{below} %")
    } else {
        format!("−{below} +{above} %")
    }
}

fn percent(part: u64, whole: u64) -> Decimal {
    Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole.max(1))
}

fn shaped(basis: Basis, words: String) -> Html {
    let shape = match basis {
        Basis::Exact => html! { <rect class="full" x="4" y="1" width="8" height="8" /> },
        Basis::Probable => html! {
            <><rect x="4" y="1" width="8" height="8" /><rect class="full" x="4" y="1" width="4" height="8" /></>
        },
        Basis::Estimate => html! {
            <><path d="M0 2v6M0 5h4M12 5h4M16 2v6" /><rect x="4" y="1" width="8" height="8" /></>
        },
        Basis::Stated => html! {
            <><path d="M8 0l5 5-5 5-5-5z" /><circle class="full" cx="8" cy="5" r="1" /></>
        },
    };
    html! {
        <span class="basis"><svg viewBox="0 0 16 10" aria-hidden="true">{ shape }</svg>{ words }</span>
    }
}
