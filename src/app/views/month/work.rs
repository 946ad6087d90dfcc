use foretoken::billing::Plan;
use foretoken::catalog::Provider;
use foretoken::estimate::estimate;
use foretoken::figures::Bounds;
use foretoken::money::{Exact, product};
use foretoken::rating::price::Price;
use foretoken::scenario::{
    AtLimit, MOST_MODELS, MOST_PEOPLE, MOST_PROMPT, MOST_REQUESTS, MOST_TOKENS, MonthChoice,
};
use foretoken::usage::{Share, Who, Workload};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use super::change;
use crate::effects::intl;
use crate::months::{Comparison, bills_compute, listing};
use crate::parts::field::{Blank, NumberField};
use crate::parts::segments::Segments;
use crate::parts::select::Select;
use crate::rows::selected;
use crate::shell::Store;
use crate::views::load::{self, month_options, read_month};
use crate::views::reading::model_options;

/// The month's work as a sentence whose blanks are fields, what it adds up to, and the limit.
pub fn work(store: &Store, comparison: &Comparison) -> Html {
    let choice = &store.scenario.month;
    html! {
        <section class="specimen" aria-label="The work">
            <div class="sec">
                <div class="head"><h1>{ "The work" }</h1><span class="end">{ who(store) }</span></div>
                <p class="sentence">{ people(store) }{ when(store, comparison) }{ size(store) }</p>
                <p class="sentence">{ mix(store) }{ extras(store) }</p>
                <div class="under">{ take_sizes(store) }{ add_model(store) }</div>
            </div>
            <div class="sec">
                <div class="head"><h2>{ "It adds up to" }</h2></div>
                { adds_up(&choice.workload, comparison) }
            </div>
            <div class="sec">
                <div class="head"><h2>{ "Limit" }</h2><span class="note">{ "what the month may cost" }</span></div>
                { limit(store) }
            </div>
        </section>
    }
}

fn who(store: &Store) -> Html {
    let who = store.scenario.month.workload.who;
    let people = matches!(who, Who::People { .. });
    let on_choose = change(store, move |month, people: bool| {
        month.workload.who = switched(month.workload.who, people);
    });
    let options = vec![(true, "People".into()), (false, "Requests".into())];
    Segments {
        label: "Count",
        name: "who",
        options,
        chosen: people,
        on_choose,
        grid: false,
    }
    .draw()
}

/// The same use, counted the other way.
fn switched(who: Who, people: bool) -> Who {
    match (who, people) {
        (Who::People { .. }, false) => Who::Requests {
            a_day: who.on_a_weekday().unwrap_or_default().into(),
        },
        (Who::Requests { a_day }, true) => Who::People {
            people: a_day.round().to_u64().unwrap_or_default().min(MOST_PEOPLE),
            each: Exact::ONE,
        },
        (same, _) => same,
    }
}

/// One blank of the sentence.
fn blank(
    store: &Store,
    (id, label, unit): (&'static str, &'static str, Option<&'static str>),
    value: Decimal,
    bounds: Bounds,
    set: impl Fn(&mut Workload, Decimal) + 'static,
) -> Html {
    let on_value = change(store, move |month: &mut MonthChoice, value| {
        set(&mut month.workload, value)
    });
    html! { <Blank {id} {label} value={Some(value)} {bounds} unit={unit.map(AttrValue::from)} {on_value} /> }
}

fn whole(value: Decimal) -> u64 {
    value.to_u64().unwrap_or_default()
}

fn up_to(most: u64) -> Bounds {
    Bounds {
        least: Decimal::ZERO,
        most: most.into(),
        whole: false,
    }
}

fn people(store: &Store) -> Html {
    match store.scenario.month.workload.who {
        Who::People { people, each } => html! {
            <>
            { blank(store, ("people", "People", None), people.into(), Bounds::whole(0, MOST_PEOPLE), |work, value| {
                if let Who::People { people, .. } = &mut work.who { *people = whole(value); }
            }) }
            { " people ask " }
            { blank(store, ("questions", "Questions of each on a weekday", None), *each, up_to(100_000), |work, value| {
                if let Who::People { each, .. } = &mut work.who { *each = value.into(); }
            }) }
            { " questions each on a weekday" }
            </>
        },
        Who::Requests { a_day } => html! {
            <>
            { blank(store, ("requests-day", "Requests on a weekday", None), *a_day, up_to(MOST_REQUESTS), |work, value| {
                work.who = Who::Requests { a_day: value.into() };
            }) }
            { " requests come on a weekday" }
            </>
        },
    }
}

fn when(store: &Store, comparison: &Comparison) -> Html {
    let work = &store.scenario.month.workload;
    html! {
        <>
        { ", " }
        { blank(store, ("weekend", "Percent of that on a Saturday or a Sunday", Some("%")), *work.weekend_percent, up_to(1_000), |work, value| work.weekend_percent = value.into()) }
        { " of that on a Saturday or a Sunday, in " }
        { month_blank(store, comparison) }
        { ". " }
        </>
    }
}

fn month_blank(store: &Store, comparison: &Comparison) -> Html {
    let from = comparison.period.from();
    let on_choose = load::change(store, |load, value: String| load.month = read_month(&value));
    html! {
        <Select id="month-of-use" class="blank" label="Month" value={format!("{}-{}", from.year(), from.month())} {on_choose}>
            { month_options((from.year(), from.month())) }
        </Select>
    }
}

fn size(store: &Store) -> Html {
    let work = &store.scenario.month.workload;
    html! {
        <>
        { "A question takes " }
        { blank(store, ("prompt-tokens", "Tokens of a prompt", None), work.prompt_tokens.into(), Bounds::whole(0, MOST_PROMPT), |work, value| work.prompt_tokens = whole(value)) }
        { " tokens and brings " }
        { blank(store, ("answer-tokens", "Tokens of an answer", None), work.answer_tokens.into(), Bounds::whole(0, MOST_TOKENS), |work, value| work.answer_tokens = whole(value)) }
        { " back. " }
        { blank(store, ("cached", "Percent of a prompt read from the cache", Some("%")), *work.cache_read_percent,
            rest_of_hundred(*work.cache_write_percent), |work, value| work.cache_read_percent = value.into()) }
        { " of a prompt is read from the provider’s cache." }
        </>
    }
}

fn rest_of_hundred(taken: Decimal) -> Bounds {
    Bounds {
        most: Decimal::ONE_HUNDRED - taken,
        ..up_to(100)
    }
}

fn mix(store: &Store) -> Html {
    let mix = &store.scenario.month.workload.mix;
    let sum: Decimal = mix.iter().map(|share| *share.percent).sum();
    html! {
        <>
        { for mix.iter().enumerate().map(|(at, share)| share_of(store, at, share, mix.len())) }
        if sum != Decimal::ONE_HUNDRED {
            <span class="note" role="status">{ format!(" The shares come to {} %, so each counts for its part of that.", intl::number(sum, 2)) }</span>
        }
        </>
    }
}

fn share_of(store: &Store, at: usize, share: &Share, of: usize) -> Html {
    let on_choose = change(store, move |month, model: String| {
        if let Some(share) = month.workload.mix.get_mut(at) {
            share.model = model.into();
        }
    });
    let remove = change(store, move |month, _: MouseEvent| {
        if at < month.workload.mix.len() {
            month.workload.mix.remove(at);
        }
    });
    let label = format!("Percent of the requests to model {}", at + 1);
    let on_value = change(store, move |month, value: Decimal| {
        if let Some(share) = month.workload.mix.get_mut(at) {
            share.percent = value.into();
        }
    });
    let id = format!("share-{at}");
    html! {
        <span class="share" key={at}>
        <Blank {id} {label} unit={Some(AttrValue::from("%"))} value={Some(*share.percent)} bounds={up_to(100)} {on_value} />
        { if at == 0 { " go to " } else { " to " } }
        <Select id={format!("model-{at}")} class="blank" label={format!("Model {}", at + 1)} value={share.model.to_string()} {on_choose}>
            { model_options(store, share.model.to_string()) }
        </Select>
        if of > 1 {
            <button class="btn bare small" onclick={remove} aria-label={format!("Remove {}", share.model)}>{ "Remove" }</button>
        }
        { if at + 1 == of { ". " } else { ", " } }
        </span>
    }
}

fn add_model(store: &Store) -> Html {
    let mix = &store.scenario.month.workload.mix;
    let next = store
        .catalog
        .providers()
        .iter()
        .flat_map(Provider::listings)
        .filter(|listing| {
            crate::store::is_offered(*listing, foretoken::calendar::day_utc(store.now))
        })
        .map(|listing| format!("{}/{}", listing.provider.id, listing.model.id))
        .find(|name| mix.iter().all(|share| *share.model != **name));
    let Some(next) = next.filter(|_| mix.len() < MOST_MODELS) else {
        return Html::default();
    };
    let add = change(store, move |month, _: MouseEvent| {
        let left = Decimal::ONE_HUNDRED
            - month
                .workload
                .mix
                .iter()
                .map(|share| *share.percent)
                .sum::<Decimal>();
        month.workload.mix.push(Share {
            model: next.as_str().into(),
            percent: left.max(Decimal::ZERO).into(),
            variant: None,
        });
    });
    html! { <button class="btn" onclick={add}>{ "Add a model" }</button> }
}

/// What only some plans ask for.
fn extras(store: &Store) -> Html {
    let MonthChoice {
        plans,
        workload: work,
        ..
    } = &store.scenario.month;
    let compute = plans
        .iter()
        .flat_map(|plan| &plan.charges)
        .any(bills_compute);
    let outcome = plans.iter().any(bills_outcome);
    html! {
        <>
        if compute {
            { "Each keeps a machine busy for " }
            { blank(store, ("compute", "Seconds of compute for each request", None), *work.compute_seconds, up_to(86_400), |work, value| work.compute_seconds = value.into()) }
            { " seconds. " }
        }
        if outcome {
            { blank(store, ("good", "Percent of the answers that reach the score", Some("%")), *work.good_percent, up_to(100), |work, value| work.good_percent = value.into()) }
            { " of the answers are good enough." }
        }
        </>
    }
}

fn bills_outcome(plan: &Plan) -> bool {
    plan.charges
        .iter()
        .any(|charge| matches!(charge.price, Price::Outcome(_)))
}

/// The prompt, the answer and the model of the Estimate page.
fn take_sizes(store: &Store) -> Html {
    let month = store.month();
    let taken = month.zip(selected(store)).and_then(|(month, listing)| {
        let known = estimate(listing, store.given(month))?;
        let model = format!("{}/{}", listing.provider.id, listing.model.id);
        Some((
            known.prompt.total.tokens,
            known.answer.tokens?.expected,
            model,
        ))
    });
    let Some((prompt, answer, model)) = taken.filter(|_| !store.is_empty()) else {
        return html! { <a class="btn link" href="#/">{ "Count a prompt first" }</a> };
    };
    let load = store.scenario.load.clone();
    let take = change(store, move |month, _: MouseEvent| {
        let work = &mut month.workload;
        (work.prompt_tokens, work.answer_tokens) = (prompt, answer);
        work.cache_read_percent = load.cache_read_percent.into();
        work.cache_write_percent = load.cache_write_percent.into();
        work.mix = vec![Share {
            model: model.as_str().into(),
            percent: Exact::from(100),
            variant: load.variant.as_deref().map(Into::into),
        }];
    });
    html! { <button class="btn" onclick={take}>{ "Take the sizes from my estimate" }</button> }
}

fn adds_up(work: &Workload, comparison: &Comparison) -> Html {
    let requests = comparison.requests;
    let (prompt, answer) = (work.prompt_tokens, work.answer_tokens);
    let row = |name: &'static str, how: String, each: u64| {
        let all = product(requests.into(), each.into()).unwrap_or_default();
        html! { <tr><th scope="row">{ name }<small>{ how }</small></th><td class="num">{ intl::number(all, 0) }</td></tr> }
    };
    html! {
        <table class="sum-up">
            <caption class="vh">{ "What the month comes to" }</caption>
            <tbody>
                { row("Requests", times(work, comparison), 1) }
                { row("Prompt tokens", format!("× {}", intl::count(prompt)), prompt) }
                { row("Answer tokens", format!("× {}", intl::count(answer)), answer) }
                <tr class="sum"><th scope="row">{ "Tokens" }</th><td class="num">{ intl::number(comparison.tokens, 0) }</td></tr>
            </tbody>
        </table>
    }
}

/// How the requests come about: 800 × 20 × 23 weekdays.
fn times(work: &Workload, comparison: &Comparison) -> String {
    let weekend = |day: &foretoken::calendar::Date| day.weekday().to_monday_zero_offset() >= 5;
    let weekends = comparison.period.dates().filter(weekend).count() as u64;
    let weekdays = u64::from(comparison.period.days()) - weekends;
    let a_day = match work.who {
        Who::People { people, each } => {
            format!("{} × {}", intl::count(people), intl::number(*each, 3))
        }
        Who::Requests { a_day } => intl::number(*a_day, 3),
    };
    let weekend = product(
        work.who.on_a_weekday().unwrap_or_default(),
        *work.weekend_percent,
    );
    let weekend = weekend.unwrap_or_default() / Decimal::ONE_HUNDRED;
    if weekend.is_zero() {
        return format!("{a_day} × {weekdays} weekdays");
    }
    format!(
        "{a_day} × {weekdays} weekdays, {} × {weekends} weekend days",
        intl::number(weekend, 3)
    )
}

fn limit(store: &Store) -> Html {
    let month = &store.scenario.month;
    let on_value = change(store, |month, value: Decimal| {
        month.limit = Some(value.into())
    });
    let on_empty = change(store, |month, (): ()| month.limit = None);
    let on_choose = change(store, |month, at_limit| month.at_limit = at_limit);
    html! {
        <div class="pair">
            <NumberField id="limit" label="Before tax, in dollars" value={month.limit.map(|limit| *limit)} bounds={up_to(1_000_000_000_000)}
                placeholder="none" {on_value} on_empty={Some(on_empty)} />
            <div><span class="lab">{ "When it is reached" }</span>
            { Segments { label: "When the limit is reached", name: "at-limit",
                options: vec![(AtLimit::Warn, "Warn".into()), (AtLimit::Pause, "Pause".into())],
                chosen: month.at_limit, on_choose, grid: false }.draw() }</div>
        </div>
    }
}

/// The title of a model that `provider/model` names.
pub fn title(store: &Store, name: &str) -> String {
    listing(&store.catalog, name).map_or_else(
        || name.to_owned(),
        |listing| listing.model.title().to_owned(),
    )
}
