//! The bill as use grows: the drawing, a cursor that reads it, and the same in figures.

use std::rc::Rc;

use foretoken::calendar::Period;
use yew::prelude::*;

use super::chosen;
use super::curve_cursor::Reader;
use super::curve_marks::{Signs, cheapest_words, remarks, so_many};
use super::curve_table::table;
use crate::effects::later::use_later;
use crate::effects::visible::use_visible;
use crate::effects::width::use_width;
use crate::effects::{clock, intl};
use crate::growth::{Axis, Growth, Question};
use crate::parts::segments::Segments;
use crate::shell::{Store, act};
use crate::store::{Action, Look};

/// What the measurements of the browser call the curve, from asking for it to having drawn it.
const MEASURE: &str = "curve";
/// Milliseconds that a curve waits where nobody sees it.
const UNSEEN: u32 = 400;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub question: Question,
    pub chosen: usize,
}

/// The section, where there are plans to compare.
pub fn growing(store: &Store, period: Period) -> Html {
    let month = &store.scenario.month;
    if month.plans.is_empty() {
        return Html::default();
    }
    let question = Question {
        axis: store.view.month.axis,
        work: month.workload.clone(),
        plans: month.plans.clone(),
        catalog: store.catalog.clone(),
        period,
    };
    html! {
        <section class="sec growing" aria-label="The bill as use grows" data-testid="growth">
            <div class="head">
                <h2>{ "The bill as use grows" }</h2>
                <span class="note">{ beside(&question) }</span>
                <span class="end">{ axes(store) }</span>
            </div>
            <Curve {question} chosen={chosen(month)} />
        </section>
    }
}

fn axes(store: &Store) -> Html {
    let on_choose = act(store, |axis| Action::Look(Look::Axis(axis)));
    let options = vec![
        (Axis::Requests, "Requests in the month".into()),
        (Axis::Prompt, "Tokens of a prompt".into()),
    ];
    Segments {
        label: "What grows",
        name: "axis",
        options,
        chosen: store.view.month.axis,
        on_choose,
        grid: false,
    }
    .draw()
}

/// What stays as it is.
fn beside(question: &Question) -> String {
    let work = &question.work;
    let answer = intl::count(work.answer_tokens);
    match question.axis {
        Axis::Requests => {
            let prompt = intl::count(work.prompt_tokens);
            format!("Before tax, with {prompt} tokens of prompt and {answer} of answer each")
        }
        Axis::Prompt => {
            let requests = work.requests(question.period).unwrap_or_default();
            let requests = so_many(Axis::Requests, requests);
            format!("Before tax, {requests} with an answer of {answer} tokens each")
        }
    }
}

#[component]
fn Curve(props: &Props) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    let rest = if use_visible(&node) { 0 } else { UNSEEN };
    let growth = use_later(props.question.clone(), rest, |question| {
        clock::begins(MEASURE);
        Growth::new(question)
    });
    let signs = use_memo(
        (growth.as_ref().map(Rc::as_ptr), props.chosen),
        |(_, chosen)| {
            growth
                .as_deref()
                .map(|growth| Rc::new(Signs::of(growth, *chosen)))
        },
    );
    use_effect_with(growth.as_ref().map(Rc::as_ptr), |drawn| {
        if drawn.is_some() {
            clock::ends(MEASURE);
        }
    });
    let ready = growth.clone().zip((*signs).clone());
    html! {
        <div class="measured" ref={node} data-points={growth.as_ref().map(|growth| growth.curve.points.len().to_string())}>
            if let Some((growth, signs)) = ready {
                if width > 0 { <Reader key={place(&growth)} growth={growth.clone()} signs={signs.clone()} chosen={props.chosen} {width} /> }
                if growth.question.plans.len() > 1 { <p class="note below"><b>{ "Cheapest: " }</b>{ cheapest_words(&growth) }{ "." }</p> }
                <div class="proofs">
                    { table(&growth, &signs, props.chosen) }
                    { explained(&growth, &signs) }
                </div>
            } else {
                <p class="note waiting" role="status">{ "The curve is being worked out…" }</p>
            }
        </div>
    }
}

/// A cursor belongs to its axis.
fn place(growth: &Growth) -> &'static str {
    match growth.question.axis {
        Axis::Requests => "requests",
        Axis::Prompt => "prompt",
    }
}

/// Every sign in a sentence, and what has none.
fn explained(growth: &Growth, signs: &Signs) -> Html {
    let sign = |sign: &super::curve_marks::Sign| {
        html! {
            <div><dt><span class="badge">{ sign.badge() }</span></dt>
            <dd>{ for sign.sentences(growth).into_iter().map(|sentence| html! { <p>{ sentence }</p> }) }</dd></div>
        }
    };
    html! {
        <div class="explained">
            if signs.shown.is_empty() {
                <p class="note">{ "No two of these plans change places in this range, and none of them jumps." }</p>
            } else {
                <dl class="signs">{ for signs.shown.iter().map(sign) }</dl>
            }
            { for remarks(growth, signs).into_iter().map(|remark| html! { <p class="note remark">{ remark }</p> }) }
            <p class="note remark">{ "These sums are not rounded on their way: a bill, which rounds each line, may differ by a cent." }</p>
        </div>
    }
}
