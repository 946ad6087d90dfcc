use foretoken::sandbox::{Entry, Outcome};
use rust_decimal::Decimal;
use yew::prelude::*;

use crate::effects::intl;
use crate::parts::basis::basis_brief;
use crate::shell::Store;

/// Every request, a line each.
pub fn ledger(store: &Store) -> Html {
    let entries = &store.sandbox.session.entries;
    html! {
        <section class="sec" aria-label="Ledger">
            <div class="head"><h2>{ "Ledger" }</h2><span class="note">{ "Every request of this session; rehearsed ones cost nothing" }</span></div>
            if entries.is_empty() {
                <p class="say">{ "Nothing was asked yet. Each request becomes a line here, with its tokens and its price." }</p>
            } else {
                <div class="models-scroll"><table class="models ledger">
                    <thead><tr>
                        <th scope="col">{ "Said" }</th>
                        <th scope="col">{ "Model" }</th>
                        <th scope="col" class="num">{ "Tokens in" }</th>
                        <th scope="col" class="num">{ "Tokens out" }</th>
                        <th scope="col" class="num">{ "Price" }</th>
                        <th scope="col" class="num">{ "Took" }</th>
                        <th scope="col">{ "Ended" }</th>
                    </tr></thead>
                    <tbody>{ for entries.iter().rev().map(|entry| line(store, entry)) }</tbody>
                </table></div>
            }
        </section>
    }
}

fn line(store: &Store, entry: &Entry) -> Html {
    let (price, why) = match entry.cost(&store.catalog) {
        Ok(rated) => (intl::request(rated.total), String::new()),
        Err(why) => ("no price".to_owned(), why.to_string()),
    };
    let seconds = Decimal::new(i64::try_from(entry.milliseconds).unwrap_or(i64::MAX), 3);
    html! {
        <tr class="row">
            <th scope="row">{ &entry.said }<small>{ intl::moment(entry.at) }{ entry.rehearsed.then_some(", rehearsed") }</small></th>
            <td data-label="on">{ &entry.model.model }<small>{ entry.variant.clone() }</small></td>
            <td class="num" data-label="tokens in">{ intl::count(entry.usage.input_tokens) }<small>{ basis_brief(entry.counted) }</small></td>
            <td class="num" data-label="tokens out">{ intl::count(entry.usage.output_tokens) }</td>
            <td class="num total">{ price }<small>{ why }</small></td>
            <td class="num" data-label="took">{ format!("{} s", intl::number(seconds, 1)) }</td>
            <td data-label="ended">{ ended(&entry.outcome) }</td>
        </tr>
    }
}

fn ended(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Whole => "whole".to_owned(),
        Outcome::Stopped => "stopped by you".to_owned(),
        Outcome::Broken(why) => why.clone(),
    }
}
