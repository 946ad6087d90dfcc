use foretoken::billing::{Active, Bill, InterimBill, LineItem, LineKind, Plan};
use foretoken::calendar::Date;
use foretoken::money::Exact;
use foretoken::rating::price::Part;
use rust_decimal::Decimal;
use yew::prelude::*;

use super::lines::{Cells, exactly, figure, line_words, rate, slices};
use super::names::line_name;
use super::reading::bill_of;
use super::sentences::sentences;
use super::steps::steps;
use super::work::title;
use super::{chosen, month_of};
use crate::effects::{dom, intl};
use crate::months::{Comparison, is_daily};
use crate::shell::{Store, act};
use crate::store::{Action, Look};

/// The bill of the chosen plan: fixed, by use, adjustments, and each line's working.
pub fn bill(store: &Store, comparison: &Comparison) -> Html {
    let at = chosen(&store.scenario.month);
    let (Some(plan), Some(bill)) = (store.scenario.month.plans.get(at), bill_of(comparison, at))
    else {
        return Html::default();
    };
    html! {
        <section class="sec" aria-label="Bill" data-testid="bill">
            <div class="head">
                <h2>{ format!("The bill on {}", plan.name) }</h2>
                <span class="note">{ rounding(plan) }</span>
                <span class="end">
                    <button class="btn" onclick={Callback::from(|_: MouseEvent| dom::print())}>{ "Print" }</button>
                </span>
            </div>
            { paper_head(store, plan, comparison) }
            <div class="bill-scroll">{ table(store, plan, &bill, &month_of(comparison.period)) }</div>
            { partly(plan, &bill) }
            { balances(plan, &bill) }
        </section>
    }
}

/// What a bill on paper says of itself: the page around it stays behind.
fn paper_head(store: &Store, plan: &Plan, comparison: &Comparison) -> Html {
    let work = &store.scenario.month.workload;
    let use_ = format!(
        "{} requests in {} with {} tokens of prompt and {} of answer each",
        intl::count(comparison.requests),
        month_of(comparison.period),
        intl::count(work.prompt_tokens),
        intl::count(work.answer_tokens),
    );
    let models = work.mix.iter().map(|share| {
        let name = title(store, &share.model);
        format!("{name} {} %", intl::number(*share.percent, 2))
    });
    html! {
        <div class="on-paper">
            <p class="paper-name">{ &*plan.name }</p>
            <p>{ &plan.note }</p>
            <dl class="facts">
                <dt>{ "Assumes" }</dt><dd>{ use_ }</dd>
                <dt>{ "Models" }</dt><dd>{ models.collect::<Vec<_>>().join(", ") }</dd>
                <dt>{ "Prepared" }</dt><dd>{ intl::day(foretoken::calendar::day_utc(store.now)) }</dd>
            </dl>
            <p>{ "An estimate by Foretoken, in US dollars. Not an invoice and not an offer." }</p>
        </div>
    }
}

fn rounding(plan: &Plan) -> &'static str {
    use foretoken::billing::RoundingPlace::{Bill, Line, TierLine};
    match plan.rounding.place {
        Line => "Each line is rounded once; the total is the sum of the lines",
        TierLine => "Each slice is rounded; a line is the sum of its slices",
        Bill => "Only the totals are rounded",
    }
}

fn table(store: &Store, plan: &Plan, bill: &Bill, month: &str) -> Html {
    let group = |name: &'static str, kinds: &[LineKind]| {
        let lines = bill.lines.iter().enumerate();
        let rows: Vec<Html> = lines
            .filter(|(_, line)| kinds.contains(&line.kind))
            .map(|(at, line)| rows(store, plan, at, line))
            .collect();
        (!rows.is_empty()).then(|| {
            html! { <tbody><tr class="group"><th scope="rowgroup" colspan="5">{ name }</th></tr>{ for rows }</tbody> }
        })
    };
    let adjustments = [
        LineKind::Discount,
        LineKind::Minimum,
        LineKind::Maximum,
        LineKind::Commitment,
    ];
    let totals = &bill.totals;
    let decimals = plan.rounding.decimals;
    let held = plan.tax.as_ref().is_some_and(|tax| tax.is_inside());
    let taxed = bill.lines_of(LineKind::Tax).next().is_some() || !totals.credits.is_zero();
    html! {
        <table class="bill">
            <caption class="vh">{ format!("The bill on {} for {month}", plan.name) }</caption>
            <thead><tr>
                <th scope="col">{ format!("For {month}") }</th><th scope="col" class="num">{ "Quantity" }</th>
                <th scope="col" class="num">{ "Rate" }</th><th scope="col">{ "In words" }</th><th scope="col" class="num">{ "Amount" }</th>
            </tr></thead>
            { group("Fixed", &[LineKind::Fixed]) }
            { group("By use", &[LineKind::Usage]) }
            { group("Adjustments", &adjustments) }
            if held {
                <tbody>{ sum("Sum, tax included", Exact(*totals.net + *totals.tax), false, decimals) }</tbody>
                { group("Tax in it", &[LineKind::Tax]) }
                <tbody>{ sum("Before tax", totals.net, false, decimals) }</tbody>
                { group("Credits", &[LineKind::Credit]) }
            } else {
                <tbody>{ sum(if taxed { "Before tax" } else { "Total, before tax" }, totals.net, !taxed, decimals) }</tbody>
                { group("Tax and credits", &[LineKind::Tax, LineKind::Credit]) }
            }
            if taxed { <tbody>{ sum("To pay", totals.total, true, decimals) }</tbody> }
        </table>
    }
}

fn sum(name: &'static str, amount: Exact, last: bool, decimals: u32) -> Html {
    let class = if last { "sum last" } else { "sum" };
    html! { <tr {class}><th scope="row">{ name }</th><td></td><td></td><td></td><td class="num">{ intl::dollars_to(*amount, decimals) }</td></tr> }
}

/// A line, its slices, and its working where it is open.
fn rows(store: &Store, plan: &Plan, at: usize, line: &LineItem) -> Html {
    let open = store.view.month.line == Some(at);
    let toggle = act(store, move |_: MouseEvent| Action::Look(Look::Line(at)));
    let single = match line.slices.as_slice() {
        [slice] => rate(slice),
        _ => String::new(),
    };
    let counted = line
        .slices
        .iter()
        .find(|slice| matches!(slice.part, Part::Passed | Part::Packages { .. }));
    let quantity = counted
        .map(|slice| figure(slice.quantity))
        .or_else(|| Some(figure(line.quantity?.converted)))
        .or_else(|| {
            let slice = line
                .slices
                .first()
                .filter(|_| line.kind == LineKind::Fixed)?;
            Some(figure(slice.quantity))
        });
    let name = line_name(line, |model| title(store, model));
    html! {
        <>
        <tr class={classes!("line", open.then_some("sel"))} key={at}>
            <th scope="row">{ &name }</th>
            <td class="num">{ quantity }</td>
            <td class="num">{ line.percent.map(|percent| format!("{} %", intl::number(*percent, 4))).unwrap_or(single) }</td>
            <td class="words">{ line_words(plan, line) }</td>
            <td class="num"><button class="fig" onclick={toggle} aria-expanded={open.to_string()} aria-label={format!("{name}: {}, show its working", signed(line, plan.rounding.decimals))}>{ signed(line, plan.rounding.decimals) }</button></td>
        </tr>
        { for slices(plan, line).iter().map(slice_row) }
        if open { <tr class="open"><td colspan="5">{ working(plan, line) }</td></tr> }
        </>
    }
}

fn signed(line: &LineItem, decimals: u32) -> String {
    let amount = intl::dollars_to((*line.amount).abs(), decimals);
    if *line.amount < Decimal::ZERO {
        format!("−{amount}")
    } else {
        amount
    }
}

fn slice_row(cells: &Cells) -> Html {
    html! {
        <tr class="slice">
            <th scope="row">{ &cells.name }</th><td class="num">{ &cells.quantity }</td><td class="num">{ &cells.rate }</td>
            <td class="words">{ &cells.words }</td><td class="num">{ &cells.amount }</td>
        </tr>
    }
}

/// The arithmetic of a line in words, and where its prices come from.
fn working(plan: &Plan, line: &LineItem) -> Html {
    html! {
        <div class="working words-first" data-testid="line-working">
            <div>
                { for sentences(plan, line).into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }
            </div>
            <div>
            { steps(line) }
            <dl class="facts">
                <dt>{ "Before rounding" }</dt><dd class="mono">{ exactly((*line.exact).into()) }</dd>
                <dt>{ "In the plan" }</dt><dd>{ place(plan, line) }</dd>
                { source(line) }
            </dl>
            </div>
        </div>
    }
}

fn place(plan: &Plan, line: &LineItem) -> String {
    let Some(id) = &line.charge else {
        return format!("{}, {} order", plan.name, order(plan));
    };
    match plan.charges.iter().position(|charge| charge.id == *id) {
        Some(at) => format!(
            "{}, charge {} of {}, {}",
            plan.name,
            at + 1,
            plan.charges.len(),
            plan.charges[at].price.name().replace('_', " ")
        ),
        None => plan.name.to_string(),
    }
}

fn order(plan: &Plan) -> String {
    let name = serde_json::to_string(&plan.order).unwrap_or_default();
    name.trim_matches('"').to_owned()
}

/// The pages the list prices come from, each once.
fn source(line: &LineItem) -> Html {
    let mut pages: Vec<String> = Vec::new();
    for slice in &line.slices {
        if let Part::List(list) = &slice.part
            && !pages.contains(&list.source.to_string())
        {
            pages.push(list.source.to_string());
        }
    }
    if pages.is_empty() {
        return Html::default();
    }
    let page = |page: String| {
        if page.starts_with("https://") {
            html! { <a href={page} rel="noreferrer noopener" target="_blank">{ "The provider’s page" }</a> }
        } else {
            html! { { page } }
        }
    };
    html! { <><dt>{ "Price" }</dt><dd>{ for pages.into_iter().map(page) }</dd></> }
}

/// A plan that is active for a part of the month bills only that.
fn partly(plan: &Plan, bill: &Bill) -> Html {
    if bill.left_out == 0 && plan.active == Active::default() {
        return Html::default();
    }
    let day = |day: Option<Date>, open: &str| day.map_or_else(|| open.to_owned(), intl::day);
    let from = day(plan.active.from, "the beginning");
    let until = day(plan.active.until, "the end");
    html! {
        <p class="note below">{ format!("This plan is active from {from} until {until}. Use on other days is not billed on it, and fees are shared by days.") }</p>
    }
}

/// What is left of included units and of credits.
fn balances(plan: &Plan, bill: &Bill) -> Html {
    if bill.included.is_empty() && bill.credits.is_empty() && bill.interim.len() < 2 {
        return Html::default();
    }
    html! {
        <dl class="facts balances">
            if bill.interim.len() > 1 { { for bill.interim.iter().map(|each| interim(each, plan)) } }
            { for bill.included.iter().map(|each| html! {
                <><dt>{ "Included units" }</dt><dd>{ match is_daily(plan, &each.charge) {
                    true => format!("{} used; what a day leaves is lost", figure(each.units.used)),
                    false => format!("{} left of {}", figure(each.units.left), figure(each.units.units)),
                } }</dd></>
            }) }
            { for bill.credits.iter().map(|each| html! {
                <><dt>{ each.name.to_string() }</dt>
                <dd>{ format!("{} of {} used, {} left{}", intl::dollars_and_cents(*each.used), intl::dollars_and_cents(*each.opening),
                    intl::dollars_and_cents(*each.left), expired(*each.expired)) }</dd></>
            }) }
        </dl>
    }
}

/// A bill made before the end of the month, or the last one.
fn interim(bill: &InterimBill, plan: &Plan) -> Html {
    let reached: Vec<String> = bill
        .reached
        .iter()
        .map(|each| intl::dollars_and_cents(**each))
        .collect();
    let why = match reached.is_empty() {
        true => "the rest".to_owned(),
        false => format!("{} reached", reached.join(", ")),
    };
    let amount = intl::dollars_to(*bill.amount, plan.rounding.decimals);
    html! { <><dt>{ format!("Billed on {}", intl::weekday(bill.day)) }</dt><dd>{ format!("{amount}, {why}") }</dd></> }
}

fn expired(amount: Decimal) -> String {
    if amount.is_zero() {
        return String::new();
    }
    format!(", {} expired", intl::dollars_and_cents(amount))
}
