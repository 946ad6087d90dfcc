use foretoken::billing::{PRESETS, Plan, Preset};
use foretoken::money;
use foretoken::scenario::MOST_PLANS;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::reading::each;
use super::{change, chosen, month_of};
use crate::effects::intl;
use crate::months::{Comparison, Side};
use crate::parts::select::{Select, option};
use crate::parts::words::capital;
use crate::shell::{Store, act};
use crate::store::{Action, Look};

/// Up to five plans side by side on the same month.
pub fn plans(store: &Store, comparison: &Comparison) -> Html {
    let choice = &store.scenario.month;
    html! {
        <section class="sec" aria-label="Plans">
            <div class="head">
                <h2>{ title(choice.plans.len()) }</h2>
                <span class="end">{ add(store, comparison) }</span>
            </div>
            <div class="plans-scroll">{ table(store, comparison) }</div>
            <p class="note below">{ "All before tax and before credits. Half and double are the same month with half and twice the requests." }</p>
        </section>
    }
}

fn title(plans: usize) -> String {
    let number = [
        "No plan",
        "One plan",
        "Two plans",
        "Three plans",
        "Four plans",
        "Five plans",
    ];
    format!("{}, the same month", number.get(plans).unwrap_or(&"Plans"))
}

fn add(store: &Store, comparison: &Comparison) -> Html {
    if store.scenario.month.plans.len() >= MOST_PLANS {
        return html! { <span class="note">{ "Five plans are the most: remove one to add another" }</span> };
    }
    let period = comparison.period;
    let on_choose = change(store, move |month, id: String| {
        let plan = match id.as_str() {
            "" => return,
            id => Preset::named(id).and_then(|preset| preset.plan(period).ok()),
        };
        if let Some(mut plan) = plan {
            plan.name = free_name(&plan, &month.plans);
            month.plans.push(plan);
            month.chosen = month.plans.len() - 1;
        }
    });
    html! {
        <Select id="add-plan" class="field" label="Add a plan" value="" {on_choose}>
            { option("", "Add a plan…") }
            { for PRESETS.iter().map(|preset| option(preset.id, &name_of(*preset, comparison))) }
        </Select>
    }
}

fn name_of(preset: Preset, comparison: &Comparison) -> String {
    let plan = preset.plan(comparison.period);
    plan.map_or_else(|_| preset.id.to_owned(), |plan| plan.name.to_string())
}

/// A name that no other plan has.
fn free_name(plan: &Plan, others: &[Plan]) -> std::sync::Arc<str> {
    let taken = |name: &str| others.iter().any(|other| &*other.name == name);
    if !taken(&plan.name) {
        return plan.name.clone();
    }
    let numbered = (2..).map(|number| format!("{} {number}", plan.name));
    numbered
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or_default()
        .into()
}

fn table(store: &Store, comparison: &Comparison) -> Html {
    let choice = &store.scenario.month;
    let month = format!("{}, before tax", capital(&month_of(comparison.period)));
    let sides = &comparison.sides;
    let first = sides.first().and_then(Side::net);
    let million = |side: &Side| side.part(1_000_000, comparison.tokens);
    let requests = Decimal::from(comparison.requests);
    html! {
        <table class={classes!("plans", format!("of-{}", sides.len()))}>
            <caption class="vh">{ "The same month on each plan" }</caption>
            <thead><tr><td></td>{ for choice.plans.iter().enumerate().map(|(at, plan)| head(store, comparison, at, plan)) }</tr></thead>
            <tbody>
                { row(store, comparison, &month, "total", whole) }
                { row(store, comparison, "Against the first", "", |side| against(side, first)) }
                { row(store, comparison, "One request", "", |side| html! { { each(side.part(1, requests)) } }) }
                { row(store, comparison, "1M tokens", "", |side| html! { { each(million(side)) } }) }
                { row(store, comparison, "At half the use", "", |side| amount(side.half)) }
                { row(store, comparison, "At double the use", "", |side| amount(side.double)) }
            </tbody>
        </table>
    }
}

fn head(store: &Store, comparison: &Comparison, at: usize, plan: &Plan) -> Html {
    let on = chosen(&store.scenario.month) == at;
    let choose = change(store, move |month, _: Event| month.chosen = at);
    // The plan that is changed is the one whose bill is shown.
    let edit = {
        let show = change(store, move |month, ()| month.chosen = at);
        let open = act(store, move |()| Action::Look(Look::Edit(Some(at))));
        Callback::from(move |_: MouseEvent| {
            show.emit(());
            open.emit(());
        })
    };
    let remove = change(store, move |month, _: MouseEvent| {
        if at < month.plans.len() {
            month.plans.remove(at);
            month.chosen = month.chosen.saturating_sub(usize::from(month.chosen >= at));
        }
    });
    html! {
        <th scope="col" class={classes!(on.then_some("on"))} key={at}>
            <label class="pick"><input type="radio" name="chosen-plan" checked={on} onchange={choose} />{ &*plan.name }
                if comparison.cheapest == Some(at) { <span class="tag">{ "cheapest" }</span> }</label>
            <small>{ &plan.note }</small>
            <span class="acts">
                <button id={change_button(at)} class="btn bare small" onclick={edit} aria-label={format!("Change {}", plan.name)}>{ "Change" }</button>
                <button class="btn bare small" onclick={remove} aria-label={format!("Remove {}", plan.name)}>{ "Remove" }</button>
            </span>
        </th>
    }
}

/// The button that opens the editor of a plan; the focus comes back to it.
pub fn change_button(at: usize) -> String {
    format!("change-plan-{at}")
}

fn row(
    store: &Store,
    comparison: &Comparison,
    name: &str,
    class: &'static str,
    cell: impl Fn(&Side) -> Html,
) -> Html {
    let on = chosen(&store.scenario.month);
    let cells = comparison.sides.iter().enumerate().map(|(at, side)| {
        html! { <td class={classes!("num", (at == on).then_some("on"))} data-label={name.to_owned()}>{ cell(side) }</td> }
    });
    html! { <tr class={class}><th scope="row">{ name }</th>{ for cells }</tr> }
}

fn whole(side: &Side) -> Html {
    match &side.bill {
        Ok(bill) => html! { { intl::dollars_and_cents(*bill.totals.net) } },
        Err(why) => {
            html! { <span class="none">{ "no figure" }<small class="why">{ why }</small></span> }
        }
    }
}

fn amount(amount: Option<Decimal>) -> Html {
    amount.map_or_else(
        || html! { <span class="none">{ "no figure" }</span> },
        |amount| html! { { intl::dollars_and_cents(amount) } },
    )
}

fn against(side: &Side, first: Option<Decimal>) -> Html {
    let Some((own, first)) = side.net().zip(first) else {
        return html! { "–" };
    };
    let difference = own - first;
    if difference.is_zero() {
        return html! { "–" };
    }
    let sign = if difference < Decimal::ZERO {
        "−"
    } else {
        "+"
    };
    let share = money::quotient(difference.abs() * Decimal::ONE_HUNDRED, first).ok();
    html! {
        <>{ sign }{ intl::dollars_and_cents(difference.abs()) }
        if let Some(share) = share { <small>{ sign }{ intl::number(share, 1) }{ " %" }</small> }</>
    }
}
