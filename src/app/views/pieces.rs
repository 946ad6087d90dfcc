use std::rc::Rc;
use std::sync::Arc;

use foretoken::tokens::{Encoding, Piece, blocks};
use foretoken::wire::PiecesRequest;
use yew::prelude::*;

use crate::effects::counting::Counting;
use crate::effects::visible::use_visible;
use crate::shell::Store;
use crate::store::TokenView;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: Arc<str>,
    pub encoding: Encoding,
    pub view: TokenView,
}

/// A text in blocks, as it is or with its tokens drawn. Only blocks on screen are cut into tokens; the browser skips
/// drawing the others.
#[component]
pub fn TokenText(props: &Props) -> Html {
    let cut = use_memo(props.text.clone(), |text| {
        blocks(text)
            .into_iter()
            .map(Rc::<str>::from)
            .collect::<Vec<_>>()
    });
    html! {
        <div class={classes!("text", "drawn", (props.view == TokenView::Ids).then_some("ids"))} tabindex="0" role="group"
            aria-label={if props.view == TokenView::Text { "The text" } else { "The text, cut into tokens" }} data-testid="token-view">
            { for cut.iter().enumerate().map(|(index, block)| html! {
                <Block key={index} text={block.clone()} encoding={props.encoding} view={props.view} />
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BlockProps {
    text: Rc<str>,
    encoding: Encoding,
    view: TokenView,
}

#[component]
fn Block(props: &BlockProps) -> Html {
    let node = use_node_ref();
    let visible = use_visible(&node);
    let store = use_context::<Store>();
    let counting = use_context::<Counting>();
    let known = store.and_then(|store| {
        let cut = visible && props.view != TokenView::Text;
        let key = cut.then(|| (props.encoding, props.text.to_string()))?;
        store.pieces.get(&key).cloned()
    });
    let wanted = visible && known.is_none() && props.view != TokenView::Text;
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
        Some(cut) => drawn(cut.text(), &cut.pieces, props.view == TokenView::Ids),
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
    let ends_line = text.contains('\n');
    let class = classes!("tok", ends_line.then_some("line-end"));
    if with_ids {
        // The end of a line is shown as a sign, and the line ends after it.
        let shown = text.trim_end_matches('\n').to_owned();
        html! {
            <><span {class} title={several}><span>{ shown }</span><span class="id">{ list() }</span></span>{ ends_line.then_some("\n") }</>
        }
    } else {
        html! { <span {class} title={several}>{ text.to_owned() }</span> }
    }
}
