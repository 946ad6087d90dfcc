use foretoken::sandbox::Entry;
use yew::prelude::*;

use crate::effects::intl;
use crate::shell::Store;

/// Why long sessions cost more: what each request sends again.
pub fn growth(store: &Store) -> Html {
    let entries = &store.sandbox.session.entries;
    let most = entries.iter().map(whole).max().unwrap_or(0);
    if most == 0 {
        return Html::default();
    }
    html! {
        <section class="sec" aria-label="What is sent again">
            <div class="head"><h2>{ "What is sent again" }</h2>
                <span class="note">{ "A model remembers nothing: each request carries the whole conversation" }</span></div>
            <ol class="stacks">{ for entries.iter().enumerate().map(|(at, entry)| stack(at, entry, most)) }</ol>
            <p class="stacks-key"><span class="again">{ "sent before" }</span><span class="new">{ "new" }</span><span class="answer">{ "the answer" }</span></p>
            { cached(store) }
        </section>
    }
}

fn whole(entry: &Entry) -> u64 {
    let usage = entry.usage;
    usage.input_tokens.saturating_add(usage.output_tokens)
}

fn stack(at: usize, entry: &Entry, most: u64) -> Html {
    let new = entry.usage.input_tokens.saturating_sub(entry.resent);
    let parts = [
        ("again", entry.resent),
        ("new", new),
        ("answer", entry.usage.output_tokens),
    ];
    let share = |tokens: u64| tokens.saturating_mul(10_000) / most;
    let percent = |share: u64| format!("{}.{:02}%", share / 100, share % 100);
    let mut from = 0;
    let mut bar = |(class, tokens): (&'static str, u64)| {
        let x = percent(share(from));
        from = tokens.saturating_add(from);
        html! { <rect {class} {x} y="0" height="14" width={percent(share(tokens))} /> }
    };
    let words = format!(
        "{} sent before, {} new, {} answered",
        intl::count(parts[0].1),
        intl::count(parts[1].1),
        intl::count(parts[2].1)
    );
    html! {
        <li><span>{ intl::count(at as u64 + 1) }</span>
            <svg width="100%" height="14" role="img" aria-label={words.clone()}>{ for parts.map(&mut bar) }</svg>
            <span class="num">{ words }</span></li>
    }
}

/// What a cache would have saved, where the model's prices have one.
fn cached(store: &Store) -> Html {
    let entries = &store.sandbox.session.entries;
    let resent = entries.iter().map(|entry| entry.resent);
    let resent = resent.fold(0, u64::saturating_add);
    let saved = entries
        .iter()
        .try_fold(rust_decimal::Decimal::ZERO, |saved, entry| {
            let plain = entry.cost(&store.catalog).ok()?.total.amount();
            let cached = entry.cost_if_cached(&store.catalog).ok()?.total.amount();
            foretoken::money::sum(saved, plain - cached).ok()
        });
    match saved.filter(|saved| resent > 0 && !saved.is_zero()) {
        Some(saved) => html! {
            <p class="say">{ format!("{} tokens were sent again. Had the provider’s cache held them, this session would have cost {} less.",
                intl::count(resent), intl::request(foretoken::Money::usd(saved))) }</p>
        },
        None => Html::default(),
    }
}
