//! Whose vocabularies are counted with, and under what licence.

use foretoken::tokens::Licence;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::effects::files;

/// The list, which is fetched when somebody looks.
#[component]
pub fn Licences() -> Html {
    let known = use_state(|| None::<Result<Vec<Licence>, String>>);
    {
        let known = known.clone();
        use_effect_with((), move |()| {
            spawn_local(async move {
                let read =
                    |text: String| Licence::read_all(&text).map_err(|error| error.to_string());
                known.set(Some(
                    files::read("vocab/licences.json").await.and_then(read),
                ));
            });
        });
    }
    html! {
        <>
        <h2 id="vocabularies">{ "Whose vocabularies" }</h2>
        <p>{ "A vocabulary is fetched when a model on screen is counted with it, and then kept in your browser." }</p>
        { match &*known {
            None => html! { <p role="status">{ "The list is arriving…" }</p> },
            Some(Err(why)) => html! { <p class="flag" role="status">{ format!("The list could not be read: {why}") }</p> },
            Some(Ok(licences)) => table(licences),
        } }
        </>
    }
}

fn table(licences: &[Licence]) -> Html {
    html! {
        <table>
            <caption class="vh">{ "Vocabularies and their licences" }</caption>
            <thead><tr><th scope="col">{ "Vocabulary" }</th><th scope="col">{ "Licence" }</th><th scope="col">{ "Notice" }</th></tr></thead>
            <tbody>{ for licences.iter().map(line) }</tbody>
        </table>
    }
}

fn line(licence: &Licence) -> Html {
    let text = files::address_of(&format!("vocab/{}", licence.file));
    html! {
        <tr>
            <th scope="row">{ &licence.encoding }<small>{ &licence.name }</small></th>
            <td><a href={text}>{ &licence.licence }</a></td>
            <td>{ &licence.notice }</td>
        </tr>
    }
}
