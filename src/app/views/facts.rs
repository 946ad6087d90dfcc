//! What the numbers of a working rest on: the count, the tier, the variant, the price.

use foretoken::catalog::{Origin, YOURS};
use foretoken::estimate::{Estimate, FramingRule, PromptTokens, RequestCost};
use foretoken::rating::{Charge, TierChoice};
use foretoken::tokens::Families;
use foretoken::usage::Meter;
use yew::prelude::*;

use super::opinion::second_opinion;
use crate::effects::intl;
use crate::rows::Row;

pub fn facts(families: &Families, row: &Row, estimate: &Estimate) -> Html {
    let count = html! { <><dt>{ "Count" }</dt><dd>{ count_words(families, &estimate.prompt) }{ second_opinion(&estimate.prompt) }</dd></> };
    // Without a sum there is no rate to explain.
    let Ok(cost) = &estimate.request else {
        return count;
    };
    let charges = &cost.expected.charges;
    html! {
        <>
        { count }
        <dt>{ "Tier" }</dt><dd>{ tier_words(charges) }{ passes_a_tier(cost) }</dd>
        <dt>{ "Variant" }</dt><dd>{ variant_words(row, charges) }</dd>
        <dt>{ "Holds" }</dt><dd>{ window_words(row) }</dd>
        <dt>{ "Price" }</dt><dd>{ price_words(row, charges) }</dd>
        </>
    }
}

/// The count may be more than expected, and then the price may be another.
fn passes_a_tier(cost: &RequestCost) -> Option<&'static str> {
    let reaches = |charges: &[Charge]| {
        charges
            .iter()
            .any(|charge| matches!(charge.tier, TierChoice::Reached(_)))
    };
    let passes = !reaches(&cost.expected.charges) && reaches(&cost.high.charges);
    passes.then_some(
        " The high end of the count passes it, and the high end of the price is at that tier.",
    )
}

fn count_words(families: &Families, prompt: &PromptTokens) -> String {
    if let Some(known) = prompt.calibration {
        let (stated, counted) = (intl::count(known.stated), intl::count(known.counted));
        return if known.counted == prompt.uncalibrated.tokens {
            format!(
                "{stated} tokens: the true count you entered. We counted {counted}.{}",
                media_words(prompt)
            )
        } else {
            format!(
                "{} to {} tokens: our count, scaled as your true count of another text stood to ours ({stated} to {counted}).{}",
                intl::count(prompt.total.low),
                intl::count(prompt.total.high),
                media_words(prompt),
            )
        };
    }
    match prompt.family.as_deref().and_then(|id| families.get(id)) {
        Some(family) => format!(
            "{} to {} tokens: {} text, {} framing{}.{} {} Source: {}.",
            intl::count(prompt.total.low),
            intl::count(prompt.total.high),
            intl::count(prompt.text.tokens),
            intl::count(prompt.framing.tokens),
            tools_words(prompt),
            media_words(prompt),
            family.note,
            family.source,
        ),
        None => format!(
            "{} text tokens, {} ({}){}{}.{}",
            intl::count(prompt.text.tokens),
            prompt.text.basis.word(),
            prompt.counted_with.title(),
            framing_words(prompt),
            tools_words(prompt),
            media_words(prompt),
        ),
    }
}

/// What is attached besides texts; its lines stand in the working.
fn media_words(prompt: &PromptTokens) -> String {
    match prompt.media.tokens {
        0 => String::new(),
        tokens => format!(
            " {} tokens of it are what is attached besides texts.",
            intl::count(tokens)
        ),
    }
}

fn framing_words(prompt: &PromptTokens) -> String {
    let tokens = intl::count(prompt.framing.tokens);
    match prompt.rule {
        FramingRule::None => String::new(),
        FramingRule::Published => {
            format!(", and {tokens} of chat framing by OpenAI’s published rule")
        }
        FramingRule::Modelled => format!(
            ", and {tokens} of chat framing, modelled: OpenAI publishes no rule for this model"
        ),
        FramingRule::Unknown => {
            "; what the chat adds around it is unknown: the provider publishes no rule, and nothing was added for it".to_owned()
        }
        FramingRule::Guessed => format!(", and about {tokens} of chat framing"),
    }
}

fn tools_words(prompt: &PromptTokens) -> String {
    match prompt.tools.tokens {
        0 => String::new(),
        tokens => format!(
            ", and {} for the tools, {}",
            intl::count(tokens),
            prompt.tools.basis.word()
        ),
    }
}

fn tier_words(charges: &[Charge]) -> String {
    let mut tiers = charges.iter().map(|charge| charge.tier);
    let chosen = tiers.find(|tier| *tier != TierChoice::Flat);
    match chosen {
        None => "The price does not depend on the length of the prompt.".to_owned(),
        Some(TierChoice::Reached(tier)) => format!(
            "Long-prompt tier: with {} {} prompt tokens the whole request costs more.",
            sign_words(tier.operator),
            intl::count(tier.threshold),
        ),
        Some(TierChoice::Under(tier)) => format!(
            "Base price. With {} {} prompt tokens the whole request costs {}.",
            sign_words(tier.operator),
            intl::count(tier.threshold),
            dearer(charges),
        ),
        Some(TierChoice::Flat) => String::new(),
    }
}

const fn sign_words(operator: foretoken::catalog::Operator) -> &'static str {
    match operator {
        foretoken::catalog::Operator::Above => "more than",
        foretoken::catalog::Operator::AtLeast => "at least",
    }
}

fn dearer(charges: &[Charge]) -> String {
    let each = charges.iter().filter_map(|charge| match charge.tier {
        TierChoice::Under(tier) => Some(format!(
            "{} for the {}",
            intl::rate(tier.amount),
            short_name(charge.meter)
        )),
        _ => None,
    });
    let all: Vec<String> = each.collect();
    format!("{} per 1M", all.join(", "))
}

fn short_name(meter: Meter) -> &'static str {
    match meter {
        Meter::Output | Meter::Reasoning => "answer",
        Meter::CacheRead => "cached part",
        _ => "prompt",
    }
}

fn variant_words(row: &Row, charges: &[Charge]) -> String {
    let name = charges.iter().find_map(|charge| charge.variant.as_deref());
    let cached = charges
        .iter()
        .any(|charge| matches!(charge.meter, Meter::CacheRead));
    let stands_in = charges
        .iter()
        .any(|charge| charge.priced_as == Meter::Input && charge.meter == Meter::CacheRead);
    let mut words = match name {
        Some(name) => format!("Price for {name} requests"),
        None if row.lacks_variant => {
            "Standard: this model is not sold the way you asked".to_owned()
        }
        None => "Standard".to_owned(),
    };
    let standard: Vec<&str> = charges
        .iter()
        .filter(|charge| charge.fell_back && name.is_some())
        .map(|charge| short_name(charge.meter))
        .collect();
    if !standard.is_empty() {
        words.push_str(&format!(
            ", but the {} at its standard price",
            standard.join(" and the ")
        ));
    }
    words.push_str(match (cached, stands_in) {
        (false, _) => ", nothing read from cache.",
        (true, false) => ", cached part at its own price.",
        (true, true) => {
            ". No price for cached input is published, so it is charged as ordinary input."
        }
    });
    words
}

fn window_words(row: &Row) -> String {
    let change = match row.next_change {
        None => "No change is announced.".to_owned(),
        Some(day) => format!("It changes on {} (UTC).", intl::day(day)),
    };
    if row.depends_on_the_hour {
        format!("The price depends on the hour (UTC); this is the price now. {change}")
    } else {
        change
    }
}

fn price_words(row: &Row, charges: &[Charge]) -> Html {
    if row.key.provider == YOURS {
        return html! { { "Yours: you added this model on this page." } };
    }
    let is_yours = |charge: &&Charge| charge.origin == Origin::Yours;
    let own: Vec<&str> = charges
        .iter()
        .filter(is_yours)
        .map(|charge| short_name(charge.meter))
        .collect();
    if !own.is_empty()
        && own.len()
            == charges
                .iter()
                .filter(|charge| charge.meter != Meter::Request)
                .count()
    {
        return html! { { "Yours: you entered it on this page." } };
    }
    let yours = (!own.is_empty())
        .then(|| format!("Yours for the {}. For the rest: ", own.join(" and the ")));
    let charges: Vec<&Charge> = charges.iter().filter(|charge| !is_yours(charge)).collect();
    let charged = charges.iter().find_map(|charge| charge.checked);
    let checked = charged.or(row.checked).map(intl::day);
    let agrees = match row.litellm {
        Some(true) => " litellm agrees.",
        Some(false) => " litellm lists another price.",
        None => "",
    };
    let source = charges.first().map(|charge| charge.source.to_string());
    html! {
        <>{ yours }{ format!("genai-prices {}.{agrees} ", checked.map(|day| format!("checked {day}")).unwrap_or_default()) }
        if let Some(source) = source.filter(|source| source.starts_with("https://")) {
            <a href={source.clone()} rel="noreferrer noopener" target="_blank">{ "The provider’s page" }</a>{ ". " }
        }
        </>
    }
}
