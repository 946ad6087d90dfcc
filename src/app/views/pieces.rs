use std::rc::Rc;
use std::sync::Arc;

use foretoken::tokens::{Encoding, Piece, blocks};
use foretoken::wire::PiecesRequest;
use yew::prelude::*;

use crate::effects::counting::Counting;
use crate::effects::visible::use_visible;
use crate::shell::Store;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: Arc<str>,
    pub encoding: Encoding,
    pub ids: bool,
}

/// A text with its tokens drawn. Only blocks on screen are cut into tokens; the browser skips drawing the others.
#[component]
pub fn TokenText(props: &Props) -> Html {
    let cut = use_memo(props.text.clone(), |text| {
        blocks(text)
            .into_iter()
            .map(Rc::<str>::from)
            .collect::<Vec<_>>()
    });
    html! {
        <div class={classes!("text", "drawn", props.ids.then_some("ids"))} tabindex="0" role="group"
            aria-label="The text, cut into tokens" data-testid="token-view">
            { for cut.iter().enumerate().map(|(index, block)| html! {
                <Block key={index} text={block.clone()} encoding={props.encoding} ids={props.ids} />
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BlockProps {
    text: Rc<str>,
    encoding: Encoding,
    ids: bool,
}

#[component]
fn Block(props: &BlockProps) -> Html {
    let node = use_node_ref();
    let visible = use_visible(&node);
    let store = use_context::<Store>();
    let counting = use_context::<Counting>();
    let known = store.and_then(|store| {
        let key = (props.encoding, props.text.to_string());
        visible.then(|| store.pieces.get(&key).cloned()).flatten()
    });
    let wanted = visible && known.is_none();
    {
        let (text, encoding) = (props.text.clone(), props.encoding);
        use_effect_with((wanted, text, encoding), move |(wanted, text, encoding)| {
            if let (true, Some(counting)) = (*wanted, counting) {
                counting.pieces(PiecesRequest {
                    revision: 0,
                    encoding: *encoding,
                    blocks: vec![text.to_string()],
                });
            }
        });
    }
    let drawn = match &known {
        Some(pieces) => drawn(&props.text, pieces, props.ids),
        None => html! { { &*props.text } },
    };
    html! { <div class="block" ref={node}>{ drawn }</div> }
}

/// Tokens one after another. Where a letter is split between tokens they are shown together, with all their ids.
fn drawn(text: &str, pieces: &[Piece], ids: bool) -> Html {
    let mut shown = Vec::with_capacity(pieces.len());
    let (mut start, mut end) = (0, 0);
    let mut together: Vec<u32> = Vec::new();
    for piece in pieces {
        end += piece.bytes;
        together.push(piece.id);
        if text.is_char_boundary(end) && end <= text.len() {
            shown.push(token(&text[start..end], &together, ids));
            together.clear();
            start = end;
        }
    }
    shown.into_iter().collect()
}

fn token(text: &str, ids: &[u32], with_ids: bool) -> Html {
    let list = || ids.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let several = (ids.len() > 1).then(|| format!("{} tokens", ids.len()));
    if with_ids {
        html! { <span class="tok" title={several}><span>{ text.to_owned() }</span><span class="id">{ list() }</span></span> }
    } else {
        html! { <span class="tok" title={several}>{ text.to_owned() }</span> }
    }
}
