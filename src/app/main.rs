use wasm_bindgen::prelude::*;
use yew::prelude::*;

fn file(name: &str) -> JsValue {
    let files = js_sys::Reflect::get(&js_sys::global(), &"foretokenFiles".into()).unwrap();
    js_sys::Reflect::get(&files, &name.into()).unwrap()
}

#[component(Stub)]
fn stub() -> Html {
    let text = use_state(|| "starting the worker".to_owned());
    {
        let text = text.clone();
        use_effect_with((), move |()| {
            let class: js_sys::Function = js_sys::Reflect::get(&js_sys::global(), &"Worker".into())
                .unwrap()
                .into();
            let options = js_sys::Object::new();
            js_sys::Reflect::set(&options, &"type".into(), &"module".into()).unwrap();
            let worker =
                js_sys::Reflect::construct(&class, &js_sys::Array::of2(&file("worker"), &options))
                    .unwrap();
            let target = worker.clone();
            let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
                let data = js_sys::Reflect::get(&event, &"data".into()).unwrap();
                let said = data.as_string().unwrap_or_default();
                if said == "ready" {
                    let post: js_sys::Function =
                        js_sys::Reflect::get(&target, &"postMessage".into())
                            .unwrap()
                            .into();
                    post.call1(&target, &file("vocab/o200k_base")).unwrap();
                }
                text.set(said);
            });
            js_sys::Reflect::set(&worker, &"onmessage".into(), heard.as_ref()).unwrap();
            heard.forget();
        });
    }
    html! { <><header class="plate"><span class="mark">{"Foretoken"}</span></header><main><h1>{"Prompt"}</h1><p role="status">{ &*text }</p></main></> }
}

fn main() {
    let root = gloo::utils::document().get_element_by_id("app").unwrap();
    yew::Renderer::<Stub>::with_root(root).render();
}
