//! A stand-in until the app is there.
mod effects;

use yew::prelude::*;

#[component(Stub)]
fn stub() -> Html {
    let text = use_state(|| "starting the worker".to_owned());
    let heard = text.clone();
    use_effect_with((), move |()| {
        let _ = effects::start_worker(move |said| heard.set(said));
    });
    html! { <><header class="plate"><span class="mark">{"Foretoken"}</span></header><main><h1>{"Prompt"}</h1><p role="status" data-testid="reading">{ &*text }</p></main></> }
}

fn main() {
    effects::render::<Stub>();
}
