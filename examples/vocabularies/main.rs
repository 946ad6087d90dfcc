//! Writes the vocabularies the worker loads, and their licences, from the crates that carry them. Run by make:
//! `cargo run --no-default-features --example vocabularies -- static/vocab`

mod licences;
mod published;

use foretoken::tokens::vocabulary::Vocabulary;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: vocabularies FOLDER")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let mut written: HashMap<&str, Vocabulary> = HashMap::new();
    for encoding in published::ENCODINGS {
        let vocabulary = published::vocabulary(encoding)?;
        let base = published::base(encoding).map(|base| &written[base]);
        write(folder, &vocabulary, base)?;
        written.insert(encoding, vocabulary);
    }
    licences::write(folder, &published::ENCODINGS)
}

fn write(
    folder: &Path,
    vocabulary: &Vocabulary,
    base: Option<&Vocabulary>,
) -> Result<(), Box<dyn Error>> {
    let encoding = vocabulary.encoding();
    let file = base.map_or_else(|| vocabulary.write(), |base| vocabulary.write_on(base));
    if Vocabulary::read_on(&file, base)? != *vocabulary {
        return Err(format!("{encoding} does not read back as it was written").into());
    }
    std::fs::write(folder.join(format!("{encoding}.vocab")), &file)?;
    println!(
        "{encoding}: {} tokens in {} bytes{}",
        vocabulary.len(),
        file.len(),
        base.map_or(String::new(), |base| format!(
            " on top of {}",
            base.encoding()
        ))
    );
    Ok(())
}
