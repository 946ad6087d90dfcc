use foretoken::figures::Bounds;
use foretoken::scenario::Calibration;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::parts::field::NumberField;
use crate::rows::Row;
use crate::shell::{Store, act};
use crate::store::{Action, Choice};
use foretoken::estimate::family_of;

const MOST: u64 = 100_000_000;

/// "I know the true count": one figure for a family of tokenizers, which every estimate of it then follows.
pub fn calibrate(store: &Store, place: &str, row: &Row) -> Html {
    let Some(listing) = store.catalog.get(&row.key.provider, &row.key.model) else {
        return Html::default();
    };
    // A true count stands to a count: not to a guess, and not to the count of another text.
    let counted = !store.rough && store.counted == store.revision;
    let Some(estimate) = row.estimate.as_ref().filter(|_| counted) else {
        return Html::default();
    };
    let family = family_of(listing.model).to_owned();
    let who = match &listing.model.encoding {
        None => "It then holds for this model.".to_owned(),
        Some(encoding) => {
            let known = store.families.get(encoding);
            let known = known.filter(|_| estimate.prompt.family.is_some());
            let name = known.map_or(&**encoding, |known| known.name.as_str());
            format!("Every model of the family {name} then follows it.")
        }
    };
    let apart = estimate.prompt.media.tokens > 0 || !estimate.is_whole();
    let media = apart.then_some(", of its texts alone: without pictures, sound and pages");
    let counted = estimate.prompt.uncalibrated.tokens;
    let known = store.scenario.calibrations.get(&family).copied();
    let set = {
        let family = family.clone();
        act(store, move |stated: Decimal| {
            let stated = stated.to_u64().unwrap_or(MOST);
            let known = Calibration { stated, counted };
            Action::Choose(Choice::Calibrate(family.clone(), Some(known)))
        })
    };
    let forget = {
        let family = family.clone();
        act(store, move |()| {
            Action::Choose(Choice::Calibrate(family.clone(), None))
        })
    };
    let forget_click = forget.reform(|_: MouseEvent| ());
    html! {
        <details class="explain" open={known.is_some()}>
            <summary>{ "I know the true count" }</summary>
            <p>{ "Enter the prompt tokens that the provider’s counter or log gave for this very prompt" }{ media }{ ". " }{ who }</p>
            <div class="pair">
                <NumberField id={format!("{}-true-count", place)} label="True prompt tokens" unit="tokens" value={known.map(|known| Decimal::from(known.stated))}
                    bounds={Bounds::whole(1, MOST)} placeholder="–" on_value={set} on_empty={forget} />
                if known.is_some() { <button class="btn" onclick={forget_click}>{ "Back to our count" }</button> }
            </div>
        </details>
    }
}
