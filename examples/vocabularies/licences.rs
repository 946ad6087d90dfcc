//! The licence of every vocabulary: its text beside the file, and an index for the page that shows them.

use serde_json::{Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Licence {
    /// The crate whose LICENSE holds the text. For OpenAI's, that of one of them: it is tiktoken's, which publishes all.
    package: &'static str,
    name: &'static str,
    source: &'static str,
    /// By its SPDX identifier, or its own name where it has none.
    licence: &'static str,
    notice: &'static str,
}

const CONVERTED: &str = "Converted to another file format; tokens and ids are unchanged.";

/// # Panics
/// Where there is no such encoding.
fn licence(encoding: &str) -> Licence {
    let openai = |source| Licence {
        package: "splintr-vocab-o200k",
        name: "OpenAI tiktoken",
        source,
        licence: "MIT",
        notice: "Copyright (c) 2022 OpenAI, Shantanu Jain.",
    };
    match encoding {
        "o200k_base" => {
            openai("https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken")
        }
        "cl100k_base" => {
            openai("https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken")
        }
        "p50k_base" => {
            openai("https://openaipublic.blob.core.windows.net/encodings/p50k_base.tiktoken")
        }
        "r50k_base" => {
            openai("https://openaipublic.blob.core.windows.net/encodings/r50k_base.tiktoken")
        }
        "llama3" => Licence {
            package: "splintr-vocab-llama3",
            name: "Llama 3.1",
            source: "https://huggingface.co/meta-llama/Llama-3.1-8B",
            licence: "Llama 3.1 Community License",
            notice: "Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.",
        },
        "qwen" => Licence {
            package: "splintr-vocab-qwen",
            name: "Qwen 3",
            source: "https://huggingface.co/Qwen/Qwen3-8B",
            licence: "Apache-2.0",
            notice: CONVERTED,
        },
        "deepseek" => Licence {
            package: "splintr-vocab-deepseek",
            name: "DeepSeek V3",
            source: "https://huggingface.co/deepseek-ai/DeepSeek-V3",
            licence: "MIT",
            notice: "Copyright (c) 2023 DeepSeek.",
        },
        "mistral_tekken" => Licence {
            package: "splintr-vocab-mistral",
            name: "Mistral Tekken",
            source: "https://huggingface.co/mistralai/Mistral-Nemo-Instruct-2407",
            licence: "Apache-2.0",
            notice: CONVERTED,
        },
        "kimi" => Licence {
            package: "splintr-vocab-kimi",
            name: "Kimi K2",
            source: "https://huggingface.co/moonshotai/Kimi-K2-Instruct",
            licence: "Modified MIT License",
            notice: "Copyright (c) 2025 Moonshot AI. Products above 100 million monthly users or 20 million US dollars of monthly revenue show \"Kimi K2\".",
        },
        "glm" => Licence {
            package: "splintr-vocab-glm",
            name: "GLM-4.5",
            source: "https://huggingface.co/zai-org/GLM-4.5",
            licence: "MIT",
            notice: "Copyright (c) 2025 Z.ai (zai-org).",
        },
        "gemma" => Licence {
            package: "splintr-vocab-gemma4",
            name: "Gemma 4",
            source: "https://huggingface.co/google/gemma-4-12B-it",
            licence: "Apache-2.0",
            notice: "Converted to another file format: spaces for U+2581, and without tokens that no text becomes; the ids are unchanged.",
        },
        other => panic!("no encoding is called {other}"),
    }
}

/// Writes `<encoding>.LICENSE.txt` for each and `licences.json` for all.
pub fn write(folder: &Path, encodings: &[&str]) -> Result<(), Box<dyn Error>> {
    let packages = packages()?;
    let mut index = Vec::new();
    for encoding in encodings {
        let licence = licence(encoding);
        let file = format!("{encoding}.LICENSE.txt");
        let source = home(&packages, licence.package)?.join("LICENSE");
        std::fs::copy(&source, folder.join(&file))
            .map_err(|error| format!("{}: {error}", source.display()))?;
        index.push(json!({
            "encoding": encoding,
            "name": licence.name,
            "source": licence.source,
            "licence": licence.licence,
            "file": file,
            "notice": licence.notice,
        }));
    }
    let index = serde_json::to_string_pretty(&index)?;
    Ok(std::fs::write(folder.join("licences.json"), index + "\n")?)
}

/// What cargo knows of the packages this was built from.
fn packages() -> Result<Value, Box<dyn Error>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--quiet"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    if !told.status.success() {
        return Err(String::from_utf8_lossy(&told.stderr).into());
    }
    Ok(serde_json::from_slice(&told.stdout)?)
}

/// The folder of a package.
fn home(packages: &Value, name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let packages = packages["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .filter(|package| package["name"] == name)
        .find_map(|package| package["manifest_path"].as_str());
    let manifest = manifest.ok_or_else(|| format!("cargo does not know {name}"))?;
    Ok(Path::new(manifest).with_file_name(""))
}
