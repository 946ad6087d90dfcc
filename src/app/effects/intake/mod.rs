//! Files and long pastes on their way into the prompt: what they are, their texts, their sizes, how long they play.
//! Nothing large is handled in one go: the page answers between any two parts.

mod audio;
mod pdf;
mod text;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

use super::clock;
use foretoken::attach::{
    AttachError, HEAD, Kind, LARGEST_TEXT, LONGEST_PASTE, SizeError, image_size,
};
use foretoken::tokens::{Attachment, Audio, Detail, Document, Image};
use gloo::timers::future::TimeoutFuture;
use js_sys::{JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ClipboardEvent, DataTransfer, DragEvent, Event, File, HtmlInputElement};

/// Something that was dropped, picked or pasted, not yet read.
pub enum Incoming {
    File(File),
    Paste(JsString),
}

/// How far the reading is: `done` of `of` bytes, or of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub of: u64,
    pub pages: bool,
}

impl Incoming {
    pub fn name(&self) -> String {
        match self {
            Incoming::File(file) => file.name(),
            Incoming::Paste(_) => "Pasted text".to_owned(),
        }
    }
}

/// The files of a drop. The browser would leave the page for them otherwise.
pub fn dropped(event: &DragEvent) -> Vec<Incoming> {
    let files = event.data_transfer().map(|data| files(&data));
    let files = files.unwrap_or_default();
    if !files.is_empty() {
        event.prevent_default();
    }
    files
}

/// Whether files hover over the page; if so they may be dropped.
pub fn hovers(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    let files = types.is_some_and(|types| types.includes(&"Files".into(), 0));
    if files {
        event.prevent_default();
    }
    files
}

/// The files picked in the field that an event came from. The same ones can be picked again.
pub fn picked(event: &Event) -> Vec<Incoming> {
    let Some(input) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    else {
        return Vec::new();
    };
    let files = (0..).map_while(|at| input.files()?.get(at));
    let files = files.map(Incoming::File).collect();
    input.set_value("");
    files
}

/// What of a paste does not belong into a text field: files, and a text that is too long for one.
pub fn pasted(event: &Event) -> Vec<Incoming> {
    let Some(data) = event
        .dyn_ref::<ClipboardEvent>()
        .and_then(ClipboardEvent::clipboard_data)
    else {
        return Vec::new();
    };
    let text = data.unchecked_ref::<Clipboard>().get_data("text");
    let found = match u64::from(text.length()) {
        0 => files(&data),
        length if length > LONGEST_PASTE => vec![Incoming::Paste(text)],
        _ => Vec::new(),
    };
    if !found.is_empty() {
        event.prevent_default();
    }
    found
}

fn files(data: &DataTransfer) -> Vec<Incoming> {
    let Some(list) = data.files() else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.get(at))
        .map(Incoming::File)
        .collect()
}

#[wasm_bindgen]
extern "C" {
    /// The clipboard, whose text is taken as the browser has it: ten megabytes are not copied to be measured.
    type Clipboard;
    #[wasm_bindgen(method, js_name = getData)]
    fn get_data(this: &Clipboard, kind: &str) -> JsString;
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(1) };
    /// When the user was last told how far a reading is.
    static TOLD: Cell<u64> = const { Cell::new(0) };
    /// Readings the user stopped; each is asked for once.
    static STOPPED: RefCell<HashSet<u32>> = RefCell::default();
}

/// A number for the next reading.
pub fn next() -> u32 {
    NEXT.replace(NEXT.get() + 1)
}

/// Stop a reading before its next part.
pub fn stop(id: u32) {
    STOPPED.with_borrow_mut(|stopped| stopped.insert(id));
}

/// Microseconds between two words on how far it is: each draws the page again.
const TELL_EVERY: u64 = 150_000;

/// Says how far a reading is, and learns whether it goes on.
#[derive(Clone)]
struct Watch {
    id: u32,
    tell: Rc<dyn Fn(Progress)>,
}

impl Watch {
    fn at(&self, done: u64, of: u64, pages: bool) -> Result<(), AttachError> {
        if STOPPED.with_borrow_mut(|stopped| stopped.remove(&self.id)) {
            return Err(AttachError::Stopped);
        }
        let now = clock::microseconds();
        if now.saturating_sub(TOLD.get()) > TELL_EVERY {
            TOLD.set(now);
            (self.tell)(Progress { done, of, pages });
        }
        Ok(())
    }
}

/// Read it into something that can be attached. `tell` hears how far it is where it takes a while.
pub async fn read(
    id: u32,
    incoming: Incoming,
    tell: impl Fn(Progress) + 'static,
) -> Result<Attachment, AttachError> {
    let watch = Watch {
        id,
        tell: Rc::new(tell),
    };
    let name = incoming.name();
    match incoming {
        Incoming::Paste(text) => {
            fits(text.length().into())?;
            let text = text::in_parts(&text, &watch).await?;
            // Putting it together took a moment: what follows from it comes after a breath.
            TimeoutFuture::new(0).await;
            Ok(document(Document::new(name, text)))
        }
        Incoming::File(file) => read_file(name, &file, &watch).await,
    }
}

async fn read_file(name: String, file: &File, watch: &Watch) -> Result<Attachment, AttachError> {
    let head = part(file, 0, HEAD).await?.to_vec();
    match Kind::of(&head, &file.type_())? {
        Kind::Image => {
            let (width, height) = size_of(file, head).await?;
            Ok(Attachment::Image(Image {
                name,
                width,
                height,
                detail: Detail::Auto,
            }))
        }
        Kind::Audio => {
            let milliseconds = audio::milliseconds(file).await?;
            Ok(Attachment::Audio(Audio { name, milliseconds }))
        }
        Kind::Pdf => {
            fits(bytes(file))?;
            let (text, pages) = pdf::read(file, watch).await?;
            Ok(document(Document {
                pages: Some(pages),
                ..Document::new(name, text)
            }))
        }
        Kind::Text(charset) => {
            fits(bytes(file))?;
            let (text, charset) = text::decoded(file, charset, watch).await?;
            TimeoutFuture::new(0).await;
            Ok(document(Document {
                encoding: charset.remark().map(str::to_owned),
                ..Document::new(name, text)
            }))
        }
    }
}

/// Its text is kept apart from the draft, under a name that no other has.
fn document(document: Document) -> Attachment {
    let key = format!(
        "{}-{}",
        js_sys::Date::now() as u64,
        (js_sys::Math::random() * 1_000_000_000.0) as u64
    );
    Attachment::Document(Document { key, ..document })
}

fn fits(bytes: u64) -> Result<(), AttachError> {
    if bytes > LARGEST_TEXT {
        let megabytes = bytes.div_ceil(1_000_000);
        return Err(AttachError::TooLarge { megabytes });
    }
    Ok(())
}

/// How much of a picture's beginning is looked at where the usual is not enough: a camera may write much before the size.
const LONGER_HEADS: [u64; 2] = [1_000_000, 16_000_000];

async fn size_of(file: &File, head: Vec<u8>) -> Result<(u32, u32), AttachError> {
    let mut size = image_size(&head);
    let mut looked = HEAD;
    for longer in LONGER_HEADS {
        if size != Err(SizeError::More) || bytes(file) <= looked {
            break;
        }
        size = image_size(&part(file, 0, longer).await?.to_vec());
        looked = longer;
    }
    size.map_err(|error| match error {
        SizeError::More => AttachError::ImageCutShort,
        SizeError::Never(why) => why,
    })
}

fn bytes(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// Bytes of a file from one place to another, or to its end. The browser reads them while the page goes on.
async fn part(blob: &Blob, from: u64, to: u64) -> Result<Uint8Array, AttachError> {
    let place = |at: u64| i32::try_from(at.min(bytes(blob))).unwrap_or(i32::MAX);
    let slice = blob
        .slice_with_i32_and_i32(place(from), place(to))
        .map_err(|_| AttachError::Unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer()).await;
    buffer
        .map(|buffer| Uint8Array::new(&buffer))
        .map_err(|_| AttachError::Unreadable)
}
