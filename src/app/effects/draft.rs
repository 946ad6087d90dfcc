//! The draft, kept in the browser's own database, where ten megabytes are welcome.

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use wasm_bindgen::JsValue;

const DATABASE: &str = "foretoken";
const STORE: &str = "drafts";
const CURRENT: &str = "current";
const SET_ASIDE: &str = "set aside";

/// The draft as it was kept; a value that is not a text is shown as JSON, so that nothing is lost.
pub async fn load() -> Result<Option<String>, String> {
    get(CURRENT).await.map_err(explain)
}

pub async fn save(draft: &str) -> Result<(), String> {
    put(CURRENT, draft).await.map_err(explain)
}

/// Keep what could not be read under another name, before a fresh draft takes its place.
pub async fn set_aside(content: &str) -> Result<(), String> {
    put(SET_ASIDE, content).await.map_err(explain)
}

pub async fn set_aside_content() -> Option<String> {
    get(SET_ASIDE).await.ok().flatten()
}

pub async fn delete_all() -> Result<(), String> {
    let delete = async { Factory::new()?.delete(DATABASE)?.await };
    delete.await.map_err(explain)
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        // A store that is there already cannot be made again, and need not be.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

async fn get(key: &str) -> Result<Option<String>, Error> {
    let database = open().await?;
    let value = get_from(&database, key).await;
    database.close();
    Ok(value?.map(|value| as_text(&value)))
}

async fn get_from(database: &Database, key: &str) -> Result<Option<JsValue>, Error> {
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let value = store.get(Query::Key(key.into()))?.await?;
    transaction.await?;
    Ok(value)
}

async fn put(key: &str, text: &str) -> Result<(), Error> {
    let database = open().await?;
    let put = put_into(&database, key, text).await;
    database.close();
    put
}

async fn put_into(database: &Database, key: &str, text: &str) -> Result<(), Error> {
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let store = transaction.object_store(STORE)?;
    store.put(&text.into(), Some(&key.into()))?.await?;
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
