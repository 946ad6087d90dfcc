//! Writes the vocabularies the worker loads, from the ranks inside the tiktoken-rs crate. Run by make:
//! `cargo run --no-default-features --example vocabularies -- static/vocab`

use foretoken::tokens::vocabulary::{Rank, Vocabulary};
use std::error::Error;
use std::path::Path;
use tiktoken_rs::CoreBPE;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args()
        .nth(1)
        .ok_or("usage: vocabularies FOLDER")?;
    std::fs::create_dir_all(&folder)?;
    // o200k_harmony has the ranks of o200k_base; gpt2 those of r50k_base.
    write(&folder, "o200k_base", &tiktoken_rs::o200k_base()?)?;
    write(&folder, "cl100k_base", &tiktoken_rs::cl100k_base()?)?;
    write(&folder, "p50k_base", &tiktoken_rs::p50k_base()?)?;
    write(&folder, "r50k_base", &tiktoken_rs::r50k_base()?)?;
    Ok(())
}

fn write(folder: &str, encoding: &str, published: &CoreBPE) -> Result<(), Box<dyn Error>> {
    let written = Vocabulary::new(encoding, ordinary_tokens(published))?;
    let file = written.write();
    if Vocabulary::read(&file)? != written {
        return Err(format!("{encoding} does not read back as it was written").into());
    }
    std::fs::write(Path::new(folder).join(format!("{encoding}.vocab")), &file)?;
    println!(
        "{encoding}: {} tokens in {} bytes",
        written.len(),
        file.len()
    );
    Ok(())
}

/// The crate keeps its table to itself, but decodes any rank. Special tokens decode too and are left out: they are not
/// in the text of a vocabulary.
fn ordinary_tokens(published: &CoreBPE) -> Vec<(Rank, Vec<u8>)> {
    let special: Vec<&[u8]> = published
        .special_tokens()
        .into_iter()
        .map(str::as_bytes)
        .collect();
    (0..300_000)
        .filter_map(|rank| Some((rank, published.decode_bytes(&[rank]).ok()?)))
        .filter(|(_, token)| !special.contains(&token.as_slice()))
        .collect()
}
