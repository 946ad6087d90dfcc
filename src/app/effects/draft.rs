//! The draft, kept in the browser's own database, where ten megabytes are welcome.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::dom;

const DATABASE: &str = "foretoken";
const STORE: &str = "drafts";
const CURRENT: &str = "current";
const SET_ASIDE: &str = "set aside";
const SESSION: &str = "session";

/// Where the draft of a page that was left stands until the database has it.
const LAST_WORD: &str = "foretoken-last-word";
/// Local storage holds some five million characters of a site; a longer draft is left to the database.
const LONGEST_LAST_WORD: usize = 2_000_000;

/// The draft as it was kept; a value that is not a text is shown as JSON, so that nothing is lost.
pub async fn load() -> Result<Option<String>, String> {
    if let Some(draft) = last_word() {
        put(CURRENT, &draft.into()).await.map_err(explain)?;
        forget_last_word();
    }
    get(CURRENT).await.map_err(explain)
}

/// Keep a draft, and the texts of its documents beside it: those that were not kept before, under their keys. Texts of
/// this page's that it no longer has are let go.
pub async fn save(draft: &str, documents: Vec<(String, Arc<str>)>) -> Result<(), String> {
    for (key, text) in &documents {
        if !KEPT.with_borrow(|kept| kept.contains(key)) {
            let blob = blob(text).ok_or("the browser made no file of it")?;
            put(&document(key), &blob).await.map_err(explain)?;
            KEPT.with_borrow_mut(|kept| kept.insert(key.clone()));
        }
    }
    put(CURRENT, &draft.into()).await.map_err(explain)?;
    // A later last word is another draft's, and stays until that is in the database.
    if last_word().as_deref() == Some(draft) {
        forget_last_word();
    }
    let gone = KEPT.with_borrow_mut(|kept| {
        let is_gone = |key: &String| !documents.iter().any(|(known, _)| known == key);
        kept.extract_if(is_gone).collect::<Vec<_>>()
    });
    for key in gone {
        delete(&document(&key)).await.map_err(explain)?;
    }
    Ok(())
}

/// Write the draft before this call returns: a page that is being left may not live until the database answers.
pub fn save_last_word(draft: &str) {
    if let Some(storage) = dom::storage().filter(|_| draft.len() <= LONGEST_LAST_WORD) {
        // Refused where the storage is full; the database may still be quick enough.
        let _ = storage.set_item(LAST_WORD, draft);
    }
}

fn last_word() -> Option<String> {
    dom::storage()?.get_item(LAST_WORD).ok()?
}

fn forget_last_word() {
    if let Some(storage) = dom::storage() {
        // A storage that refuses holds nothing of ours.
        let _ = storage.remove_item(LAST_WORD);
    }
}

/// The text of a document under its key, where it is still there.
pub async fn document_text(key: &str) -> Option<Arc<str>> {
    let value = get_value(&document(key)).await.ok()??;
    let blob = value.dyn_into::<Blob>().ok()?;
    let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    KEPT.with_borrow_mut(|kept| kept.insert(key.to_owned()));
    String::from_utf8(bytes).ok().map(Arc::from)
}

/// As a file: the browser keeps it as it is, and copies nothing when it is put away.
fn blob(text: &str) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(text.as_bytes()));
    Blob::new_with_u8_array_sequence(&parts).ok()
}

fn document(key: &str) -> String {
    format!("document {key}")
}

/// Keep what could not be read under another name, before a fresh draft takes its place.
pub async fn set_aside(content: &str) -> Result<(), String> {
    put(SET_ASIDE, &content.into()).await.map_err(explain)
}

pub async fn set_aside_content() -> Option<String> {
    get(SET_ASIDE).await.ok().flatten()
}

/// The conversation of the sandbox, with its ledger.
pub async fn session() -> Option<String> {
    get(SESSION).await.ok().flatten()
}

pub async fn save_session(session: &str) -> Result<(), String> {
    put(SESSION, &session.into()).await.map_err(explain)
}

pub async fn delete_all() -> Result<(), String> {
    forget_last_word();
    // An open connection would hold the deletion up.
    if let Some(database) = CONNECTION.take() {
        database.close();
    }
    KEPT.take();
    let delete = async { Factory::new()?.delete(DATABASE)?.await };
    delete.await.map_err(explain)
}

thread_local! {
    /// Kept open, so that a page that is being left can write at once: it has no time to wait for a connection.
    static CONNECTION: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
    /// Keys of the documents that this page knows to be kept.
    static KEPT: RefCell<HashSet<String>> = RefCell::default();
}

async fn open() -> Result<Rc<Database>, Error> {
    if let Some(database) = CONNECTION.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // A store that is there already cannot be made again, and need not be.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    let mut database = request.await?;
    // Somebody else asked at the same time: a second connection would hold a deletion up.
    if let Some(first) = CONNECTION.with_borrow(Clone::clone) {
        database.close();
        return Ok(first);
    }
    // Another tab deletes everything: let it.
    database.on_version_change(|_| {
        if let Some(database) = CONNECTION.take() {
            database.close();
        }
    });
    let database = Rc::new(database);
    CONNECTION.set(Some(database.clone()));
    Ok(database)
}

async fn get(key: &str) -> Result<Option<String>, Error> {
    Ok(get_value(key).await?.map(|value| as_text(&value)))
}

async fn get_value(key: &str) -> Result<Option<JsValue>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let value = store.get(Query::Key(key.into()))?.await?;
    transaction.await?;
    Ok(value)
}

async fn put(key: &str, value: &JsValue) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let put = store.put(value, Some(&key.into()))?;
    // Committed at once: nothing else is to be written in it.
    let done = transaction.commit()?;
    put.await?;
    done.await?;
    Ok(())
}

async fn delete(key: &str) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    store.delete(Query::Key(key.into()))?.await?;
    transaction.commit()?.await?;
    Ok(())
}

fn as_text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| {
        js_sys::JSON::stringify(value)
            .map(String::from)
            .unwrap_or_default()
    })
}

fn explain(error: Error) -> String {
    format!("the browser’s storage refused: {error}")
}
