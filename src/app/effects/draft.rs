//! The draft, kept in the browser's own database, where ten megabytes are welcome.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

use super::dom;

const DATABASE: &str = "foretoken";
const STORE: &str = "drafts";
const CURRENT: &str = "current";
const SET_ASIDE: &str = "set aside";

/// Where the draft of a page that was left stands until the database has it.
const LAST_WORD: &str = "foretoken-last-word";
/// Local storage holds some five million characters of a site; a longer draft is left to the database.
const LONGEST_LAST_WORD: usize = 2_000_000;

/// The draft as it was kept; a value that is not a text is shown as JSON, so that nothing is lost.
pub async fn load() -> Result<Option<String>, String> {
    if let Some(draft) = last_word() {
        save(&draft).await?;
    }
    get(CURRENT).await.map_err(explain)
}

pub async fn save(draft: &str) -> Result<(), String> {
    put(CURRENT, draft).await.map_err(explain)?;
    // A later last word is another draft's, and stays until that is in the database.
    if last_word().as_deref() == Some(draft) {
        forget_last_word();
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

/// Keep what could not be read under another name, before a fresh draft takes its place.
pub async fn set_aside(content: &str) -> Result<(), String> {
    put(SET_ASIDE, content).await.map_err(explain)
}

pub async fn set_aside_content() -> Option<String> {
    get(SET_ASIDE).await.ok().flatten()
}

pub async fn delete_all() -> Result<(), String> {
    forget_last_word();
    // An open connection would hold the deletion up.
    if let Some(database) = CONNECTION.take() {
        database.close();
    }
    let delete = async { Factory::new()?.delete(DATABASE)?.await };
    delete.await.map_err(explain)
}

thread_local! {
    /// Kept open, so that a page that is being left can write at once: it has no time to wait for a connection.
    static CONNECTION: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
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
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let value = store.get(Query::Key(key.into()))?.await?;
    transaction.await?;
    Ok(value.map(|value| as_text(&value)))
}

async fn put(key: &str, text: &str) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    let put = store.put(&text.into(), Some(&key.into()))?;
    // Committed at once: nothing else is to be written in it.
    let done = transaction.commit()?;
    put.await?;
    done.await?;
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
