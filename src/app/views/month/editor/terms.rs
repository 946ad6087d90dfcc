//! What holds for the plan as a whole, each in a section that says in a line what it says.

use serde_json::Value;
use yew::prelude::*;

use super::draft::{beginning, below, key, list_in, put};
use super::field::{Field, Form, Kind, chooser, field, fields, id_of, part};
use super::meters::on_charges;
use super::rows::{Rows, acts, free_id, next_tier};
use super::says;

use Kind::{Choice, Day, Decimal, Name, Text, Whole};

/// All sections, in the order in which they work on a bill.
pub fn terms(form: &Form) -> Html {
    html! {
        <div class="terms">
            { term(form, "Discounts", says::discounts, discounts) }
            { term(form, "Minimum and maximum", says::limits, limits) }
            { term(form, "Commitment", says::commitment, commitment) }
            { term(form, "Tax", says::tax, tax) }
            { term(form, "Credits", says::credits, credits) }
            { term(form, "Rounding", says::rounding, rounding) }
            { term(form, "Order of calculation", says::order, order) }
            { term(form, "Bills before the end of the period", says::progressive, progressive) }
            { term(form, "Active days", says::active, active) }
        </div>
    }
}

fn term(
    form: &Form,
    title: &'static str,
    say: fn(&Form) -> String,
    body: fn(&Form) -> Html,
) -> Html {
    let before = form.said.get();
    let body = body(form);
    let wrong = form.said.get() && !before;
    html! {
        <details class="term">
            <summary><b>{ title }</b>
                if wrong { <span class="flag">{ "something is wrong here" }</span> } else { <span class="note">{ say(form) }</span> }
            </summary>
            <div class="inside">{ body }</div>
        </details>
    }
}

const BANDS: Rows = Rows {
    one: "band",
    columns: &[
        Field("up_to", "Of spend up to, $", Decimal("", "and above"), ""),
        Field("percent", "Taken off, %", Decimal("", ""), ""),
    ],
    add: "Add a band",
    next: next_tier,
};

fn discounts(form: &Form) -> Html {
    let items = form.list("discounts");
    let row = |(at, item): (usize, &Value)| {
        let place = format!("discounts[{at}]");
        let name = item["name"].as_str().unwrap_or_default();
        let body = discount(form, &place, item);
        let rest = form.wrong_below(&place);
        html! { <div class="item" key={key(item, at)}>{ item_head(form, "discounts", at, name) }{ rest }{ body }</div> }
    };
    let rows: Vec<Html> = items.iter().enumerate().map(row).collect();
    let focus = id_of(&format!("discounts[{}].name", items.len()));
    let add = form.press(focus, |doc| {
        list_in(doc, "discounts").push(beginning(r#"{"name": "Discount", "percent": "5"}"#));
    });
    html! {
        <>
        { for rows }
        <button id={id_of("discounts-add")} class="btn" onclick={add}>{ "Add a discount" }</button>
        if items.len() > 1 {
            <div class="cells">{ fields(form, "", &[Field("discount_order", "Which come first", Choice(&[
                ("amounts_first", "amounts, then percentages"), ("as_listed", "as they are listed"),
            ]), "Each works on what those before it left")]) }</div>
        }
        </>
    }
}

fn item_head(form: &Form, list: &str, at: usize, name: &str) -> Html {
    html! { <div class="head"><h3>{ name }</h3>{ acts(form, list, at, name) }</div> }
}

fn discount(form: &Form, place: &str, item: &Value) -> Html {
    let kinds = [
        ("percent", "percent"),
        ("amount", "an amount"),
        ("tiers", "percent of each band of spend"),
    ];
    let kind = kinds.iter().find(|(kind, _)| !item[*kind].is_null());
    let kind = kind.map_or("percent", |(kind, _)| kind);
    let path = place.to_owned();
    let on_choose = form.change(move |doc, to: String| {
        for (kind, _) in kinds {
            put(doc, &below(&path, kind), None);
        }
        let begin = match to.as_str() {
            "tiers" => beginning(r#"[{"up_to": "100", "percent": "0"}, {"percent": "10"}]"#),
            _ => "5".into(),
        };
        put(doc, &below(&path, &to), Some(begin));
    });
    let value = match kind {
        "amount" => field(
            form,
            place,
            &Field(
                "amount",
                "Amount",
                Decimal("$", ""),
                "At most what is there",
            ),
        ),
        "percent" => field(
            form,
            place,
            &Field("percent", "Percent", Decimal("%", ""), ""),
        ),
        _ => Html::default(),
    };
    html! {
        <>
        <div class="cells">
            { field(form, place, &Field("name", "Name", Name, "")) }
            <div class="cell">{ chooser(&below(place, "kind"), "What is taken off".to_owned(), kind.to_owned(), on_choose, kinds.into_iter(), None) }</div>
            { value }
            { field(form, place, &Field("reason", "Reason", Text, "")) }
        </div>
        if kind == "tiers" { { BANDS.draw(form, &below(place, "tiers")) } }
        { on_charges(form, &below(place, "on")) }
        </>
    }
}

fn limits(form: &Form) -> Html {
    html! { <div class="cells">{ fields(form, "", &[
        Field("minimum", "At least", Decimal("$", "none"), "What the month comes to in any case, before tax"),
        Field("maximum", "At most", Decimal("$", "none"), ""),
    ]) }</div> }
}

fn commitment(form: &Form) -> Html {
    html! {
        <>
        <p class="hint">{ "An amount promised for the period: what falls short of it is billed too, what goes beyond may cost more." }</p>
        { part(form, "commitment", "There is a commitment", r#"{"amount": "1000"}"#, || fields(form, "commitment", &[
            Field("amount", "Promised", Decimal("$", ""), ""),
            Field("overage_factor", "What goes beyond is multiplied by", Decimal("×", "1"), ""),
            Field("true_up", "What falls short is billed", Kind::Flag(true), "Called a true-up"),
        ])) }
        </>
    }
}

const RATES: Rows = Rows {
    one: "tax",
    columns: &[
        Field("name", "Name", Name, ""),
        Field("percent", "Percent", Decimal("", ""), ""),
    ],
    add: "Add a tax",
    next: |rates| rates.push(beginning(r#"{"name": "VAT", "percent": "21"}"#)),
};

fn tax(form: &Form) -> Html {
    let inclusive = form.text("tax.mode") == "inclusive";
    html! {
        <>
        { RATES.draw(form, "tax.rates") }
        if !form.list("tax.rates").is_empty() {
            <div class="cells">
                { fields(form, "tax", &[Field("mode", "Prices", Choice(&[
                    ("exclusive", "are without tax: it comes on top"), ("inclusive", "hold the tax"),
                ]), "")]) }
                if inclusive { { fields(form, "tax", &[Field("inclusive_rounds", "Rounded is", Choice(&[
                    ("net", "the net; the tax is the rest"), ("tax", "the tax; the net is the rest"),
                ]), "")]) } }
            </div>
        }
        </>
    }
}

fn credits(form: &Form) -> Html {
    let items = form.list("credits");
    let row = |(at, item): (usize, &Value)| {
        let place = format!("credits[{at}]");
        let name = item["name"]
            .as_str()
            .or(item["id"].as_str())
            .unwrap_or_default();
        let body = html! { <>
            <div class="cells">{ fields(form, &place, CREDIT) }</div>
            { on_charges(form, &below(&place, "on")) }
        </> };
        let rest = form.wrong_below(&place);
        html! { <div class="item" key={key(item, at)}>{ item_head(form, "credits", at, name) }{ rest }{ body }</div> }
    };
    let rows: Vec<Html> = items.iter().enumerate().map(row).collect();
    let focus = id_of(&format!("credits[{}].name", items.len()));
    let add = form.press(focus, |doc| {
        let list = list_in(doc, "credits");
        let id = free_id(list, "credit");
        let mut credit = beginning(r#"{"id": "", "name": "Prepaid credit", "amount": "100"}"#);
        credit["id"] = id.into();
        list.push(credit);
    });
    html! {
        <>
        <p class="hint">{ "Money paid before, or given: it pays the bill until it is used up or expires." }</p>
        { for rows }
        <button id={id_of("credits-add")} class="btn" onclick={add}>{ "Add a credit" }</button>
        if !items.is_empty() { <div class="cells">
            { fields(form, "", &[
                Field("drawdown", "Which credit is used first", Choice(says::DRAWDOWNS), ""),
                Field("credits_draw", "A credit pays", Choice(&[
                    ("as_used", "what was charged while it was valid"), ("at_bill", "the bill, if it is valid on its last day"),
                ]), ""),
            ]) }
            <p class="hint cell wide">{ says::drawdown(form.text("drawdown")) }</p>
        </div> }
        </>
    }
}

const CREDIT: &[Field] = &[
    Field("name", "Name", Text, ""),
    Field("amount", "Amount", Decimal("$", ""), ""),
    Field(
        "granted",
        "Valid from",
        Day("always"),
        "Always where it is empty",
    ),
    Field(
        "expires",
        "Until and including",
        Day("never"),
        "It never expires where it is empty",
    ),
    Field("priority", "Priority", Whole("0"), "Lower is used first"),
    Field(
        "cost_basis",
        "Paid for each dollar of it",
        Decimal("$", "1"),
        "0 is a gift",
    ),
    Field(
        "rollover",
        "Carried over from before",
        Choice(&[
            ("none", "no"),
            ("first", "yes, used first"),
            ("last", "yes, used last"),
        ]),
        "Only the orders of Metronome and Zuora look at it",
    ),
    Field("id", "Id", Name, "Its name in the document"),
];

fn rounding(form: &Form) -> Html {
    html! { <div class="cells">{ fields(form, "rounding", &[
        Field("where", "Rounded is", Choice(&[
            ("line", "each line"), ("tier_line", "each slice of a line"), ("bill", "only the totals"),
        ]), ""),
        Field("mode", "How", Choice(&[
            ("half_up", "half up"), ("half_even", "half to the even digit"), ("up", "up"), ("down", "down"),
        ]), "Half up is away from zero, as an accountant does"),
        Field("decimals", "Decimals", Whole("2"), ""),
    ]) }</div> }
}

fn order(form: &Form) -> Html {
    html! {
        <div class="cells">
            { fields(form, "", &[Field("order", "As in", Choice(says::ORDERS), "")]) }
            <p class="hint cell wide">{ says::stages(form.text("order")) }</p>
        </div>
    }
}

const THRESHOLDS: Rows = Rows {
    one: "threshold",
    columns: &[Field("", "At, $", Decimal("", ""), "")],
    add: "Add a threshold",
    next: |items| {
        let before = items.last().and_then(super::field::decimal);
        items.push(super::rows::double(before).into());
    },
};

fn progressive(form: &Form) -> Html {
    html! {
        <>
        <p class="hint">{ "A bill is made on the day on which what was charged reaches a threshold; the last bill is the rest." }</p>
        { part(form, "progressive", "There are such bills", r#"{"every": "100"}"#, || html! { <>
            <div class="cell wide">{ THRESHOLDS.draw(form, "progressive.thresholds") }</div>
            { fields(form, "progressive", &[Field("every", "Then each time so much more was charged", Decimal("$", "none"), "")]) }
        </> }) }
        </>
    }
}

fn active(form: &Form) -> Html {
    html! { <div class="cells">{ fields(form, "", &[
        Field("active.from", "From", Day(""), "Usage outside these days is not billed; fees are shared by days"),
        Field("active.until", "Until and including", Day(""), ""),
        Field("day_count", "Parts of a period are counted in", Choice(&[("days", "days"), ("seconds", "seconds")]), "Both come to the same without a change of clocks"),
        Field("time_zone", "Time ahead of UTC", Text, "Such as +05:30; UTC where it is empty"),
    ]) }</div> }
}
