use foretoken::catalog::{OwnModel, OwnPrice, PriceOverride};
use foretoken::figures::Bounds;
use foretoken::scenario::ModelKey;
use foretoken::usage::Meter;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::effects::dom;
use crate::parts::field::NumberField;
use crate::rows::Row;
use crate::shell::{Store, act};
use crate::store::{Action, Choice};

/// The meters whose prices a user may set here.
const METERS: [(Meter, &str, &str); 5] = [
    (Meter::Input, "price-input", "Prompt"),
    (Meter::CacheRead, "price-cache-read", "Read from cache"),
    (Meter::CacheWrite, "price-cache-write", "Written to cache"),
    (
        Meter::CacheWrite1h,
        "price-cache-write-1h",
        "Written for an hour",
    ),
    (Meter::Output, "price-output", "Answer"),
];

fn price_bounds() -> Bounds {
    Bounds {
        least: Decimal::ZERO,
        most: Decimal::from(1_000_000),
        whole: false,
    }
}

/// Set a price right. What is typed holds at once, everywhere, and is marked as the user's own.
pub fn price_form(store: &Store, place: &str, row: &Row) -> Html {
    let key = &row.key;
    let variant = store
        .scenario
        .load
        .variant
        .clone()
        .filter(|_| !row.lacks_variant);
    let field = |(meter, id, label): (Meter, &'static str, &'static str)| {
        let (provider, model) = (key.provider.clone(), key.model.clone());
        let holds = current(store, key, variant.as_deref(), meter);
        let variant = variant.clone();
        let on_value = act(store, move |amount: Decimal| {
            Action::Choose(Choice::Override(PriceOverride::Price {
                provider: provider.clone(),
                model: model.clone(),
                variant: variant.clone(),
                meter,
                amount,
            }))
        });
        html! {
            <NumberField id={format!("{}-{id}", place)} {label} unit="$ / 1M" value={holds} bounds={price_bounds()} placeholder="no price" {on_value} />
        }
    };
    let changed = store
        .scenario
        .overrides
        .iter()
        .any(|own| own.is_of(&key.provider, &key.model));
    let restore = {
        let key = key.clone();
        act(store, move |_: MouseEvent| {
            Action::Choose(Choice::Restore(key.clone()))
        })
    };
    let own = key.provider == foretoken::catalog::YOURS;
    html! {
        <details class="explain">
            <summary>{ "Change this price" }</summary>
            <p>{ "Dollars per million tokens. It is kept in your browser and marked “your price” wherever it shows." }</p>
            <div class="pair">{ for METERS.into_iter().map(field) }</div>
            if changed {
                <p><button class="btn" onclick={restore}>{ if own { "Remove this model" } else { "Back to the listed price" } }</button></p>
            }
        </details>
    }
}

/// The price that holds now for what the form sets: of the variant where one is asked for, else the standard one.
fn current(store: &Store, key: &ModelKey, variant: Option<&str>, meter: Meter) -> Option<Decimal> {
    let model = store.catalog.get(&key.provider, &key.model)?.model;
    model
        .base_rate(store.now.into(), variant, meter)
        .map(|rate| rate.amount)
}

/// A model that no catalogue lists: its name, its prices, its window.
#[component]
pub fn OwnModelForm() -> Html {
    let Some(store) = use_context::<Store>() else {
        return Html::default();
    };
    let draft = use_state(OwnDraft::default);
    let add = {
        let (store, draft) = (store, draft.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(model) = draft.model() {
                store.dispatch(Action::Choose(Choice::Override(PriceOverride::Model(
                    model,
                ))));
                draft.set(OwnDraft::default());
            }
        })
    };
    let name = {
        let draft = draft.clone();
        dom::on_text::<InputEvent>(move |name| {
            draft.set(OwnDraft {
                name,
                ..(*draft).clone()
            });
        })
    };
    let field = |id: &'static str,
                 label: &'static str,
                 unit: &'static str,
                 bounds: Bounds,
                 get: fn(&OwnDraft) -> Option<Decimal>,
                 put: fn(&mut OwnDraft, Option<Decimal>)| {
        let set = {
            let draft = draft.clone();
            Callback::from(move |value: Option<Decimal>| {
                let mut next = (*draft).clone();
                put(&mut next, value);
                draft.set(next);
            })
        };
        html! {
            <NumberField {id} {label} {unit} {bounds} value={get(&draft)} placeholder="–" on_value={set.reform(Some)} on_empty={set.reform(|()| None)} />
        }
    };
    html! {
        <details class="explain own-model">
            <summary>{ "Add a model of your own" }</summary>
            <p>{ "For a model that is not listed, or one you host. Leave a price empty and it shows “no price”, never 0. Its tokens are estimated; you can enter a true count once it is in the table." }</p>
            <div class="pair">
                <div class="lab"><label for="own-name">{ "Name" }</label>
                    <input id="own-name" class="field" autocomplete="off" value={draft.name.clone()} oninput={name} /></div>
                { field("own-window", "Context window", "tokens", Bounds::whole(1, 1_000_000_000), |own| own.window, |own, value| own.window = value) }
                { field("own-input", "Prompt price", "$ / 1M", price_bounds(), |own| own.input, |own, value| own.input = value) }
                { field("own-output", "Answer price", "$ / 1M", price_bounds(), |own| own.output, |own, value| own.output = value) }
            </div>
            <p><button class="btn ink" disabled={draft.model().is_none()} onclick={add}>{ "Add this model" }</button></p>
        </details>
    }
}

#[derive(Clone, Default, PartialEq)]
struct OwnDraft {
    name: String,
    window: Option<Decimal>,
    input: Option<Decimal>,
    output: Option<Decimal>,
}

impl OwnDraft {
    /// The model, once it has a name.
    fn model(&self) -> Option<OwnModel> {
        let id = self.name.trim();
        if id.is_empty() {
            return None;
        }
        let price =
            |meter, amount: Option<Decimal>| amount.map(|amount| OwnPrice { meter, amount });
        let prices = [
            price(Meter::Input, self.input),
            price(Meter::Output, self.output),
        ];
        Some(OwnModel {
            id: id.to_owned(),
            name: None,
            context_window: self.window.and_then(|window| window.to_u64()),
            max_output: None,
            encoding: None,
            prices: prices.into_iter().flatten().collect(),
        })
    }
}
