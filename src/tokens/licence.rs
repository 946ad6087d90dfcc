use serde::{Deserialize, Serialize};

/// Under what a vocabulary is published, as `vocab/licences.json` lists it.
///
/// ```
/// use foretoken::tokens::Licence;
/// let json = r#"[{"encoding": "qwen", "name": "Qwen 2 and 3", "source": "https://huggingface.co/Qwen",
///     "licence": "Apache-2.0", "file": "qwen.LICENSE.txt", "notice": ""}]"#;
/// assert_eq!(Licence::read_all(json).unwrap()[0].licence, "Apache-2.0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    pub encoding: String,
    /// Whose vocabulary it is.
    pub name: String,
    pub source: String,
    pub licence: String,
    /// The file with its text, beside the vocabulary.
    pub file: String,
    /// What must be said wherever the vocabulary goes.
    pub notice: String,
}

impl Licence {
    pub fn read_all(json: &str) -> Result<Vec<Licence>, serde_json::Error> {
        serde_json::from_str(json)
    }
}
