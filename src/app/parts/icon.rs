use yew::prelude::*;

/// The mark of the house: a rule with one long needle.
pub fn mark() -> Html {
    html! {
        <svg width="22" height="18" viewBox="0 0 22 18" aria-hidden="true">
            <path d="M1 17V8M5 17v-4M9 17v-4M13 17v-4M17 17v-4M21 17V8" class="rule" />
            <path d="M13 0v10" class="needle" />
        </svg>
    }
}

pub fn up() -> Html {
    stroke("M7 12V2M3 6l4-4 4 4")
}

pub fn down() -> Html {
    stroke("M7 2v10M3 8l4 4 4-4")
}

pub fn cross() -> Html {
    stroke("M3 3l8 8M11 3l-8 8")
}

pub fn pin() -> Html {
    html! {
        <svg viewBox="0 0 10 14" aria-hidden="true"><path d="M2 1h6v12L5 10l-3 3z" /></svg>
    }
}

fn stroke(path: &'static str) -> Html {
    html! {
        <svg class="stroke" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}
