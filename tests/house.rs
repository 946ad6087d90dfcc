//! The house rules a program can check (HOUSE: imports run downhill, the platform has its rooms, files stay short).
//! Each rule is a function from a file to what is wrong with it, and is tried on broken examples in house/tried.rs.
#![cfg(not(target_arch = "wasm32"))]

#[path = "house/scan.rs"]
mod scan;
#[path = "house/tried.rs"]
mod tried;

use scan::{File, code, files, is_word, named_after, shipped};
use std::fs;

/// A room and those of its own level that it may use.
type Room = (&'static str, &'static [&'static str]);

/// The rooms by level, lowest first. A room may use every room of the levels below and, of its own level, those named
/// after it. A new room gets its line here first.
const HOUSE: &[(&str, &[Room])] = &[
    (
        "ground",
        &[
            ("document", &[]),
            ("money", &["document"]),
            ("calendar", &["document"]),
            ("figures", &["money"]),
        ],
    ),
    (
        "nouns",
        &[
            ("tokens", &[]),
            ("usage", &["tokens"]),
            ("catalog", &["tokens", "usage"]),
        ],
    ),
    (
        "verbs",
        &[
            ("rating", &[]),
            ("billing", &["rating"]),
            // What the user chose holds plans, so it stands above them.
            ("scenario", &["billing"]),
            ("estimate", &["rating", "scenario"]),
            ("sandbox", &["rating", "scenario"]),
        ],
    ),
    (
        "doors",
        &[("attach", &[]), ("endpoint", &[]), ("wire", &[])],
    ),
    (
        "skins",
        &[
            ("app", &[]),
            ("worker", &[]),
            ("opinion", &[]),
            ("module", &[]),
        ],
    ),
];

/// Crates that know a browser, and the only places that may name them.
const PLATFORM: &[&str] = &["web_sys", "js_sys", "gloo", "wasm_bindgen", "idb"];
const PLATFORM_ROOMS: &[&str] = &[
    "src/app/effects/",
    "src/app/effects.rs",
    "src/worker/main.rs",
    "src/opinion/main.rs",
    "src/module/main.rs",
];
const OPTIONAL: &[&str] = &[
    "gloo",
    "idb",
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
    "yew",
];

const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "types", "common", "manager", "misc",
];
const LONGEST_FILE: usize = 400;

fn check(folders: &[&str], rule: impl Fn(&File) -> Vec<String>) {
    let wrong: Vec<String> = folders
        .iter()
        .flat_map(|folder| files(folder))
        .flat_map(|file| {
            rule(&file)
                .into_iter()
                .map(move |why| format!("{}: {why}", file.path))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "the house is broken:\n  {}\n",
        wrong.join("\n  ")
    );
}

/// The room of a file of src: `src/tokens/mod.rs` and `src/tokens.rs` are tokens. The library's root has none.
fn room(path: &str) -> Option<&str> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    (name != "lib").then_some(name)
}

fn place(name: &str) -> Option<(usize, &'static [&'static str])> {
    HOUSE.iter().enumerate().find_map(|(level, (_, rooms))| {
        let (_, beside) = rooms.iter().find(|(room, _)| *room == name)?;
        Some((level, *beside))
    })
}

fn imports_run_downhill(file: &File) -> Vec<String> {
    let Some(own) = room(&file.path) else {
        return Vec::new();
    };
    let Some((level, beside)) = place(own) else {
        return vec![format!(
            "the room {own} has no place in the table HOUSE of tests/house.rs"
        )];
    };
    let code = code(&file.text);
    let skin = level + 1 == HOUSE.len();
    let mut names = named_after(&code, if skin { "foretoken" } else { "crate" });
    if !skin && file.path.matches('/').count() == 1 {
        names.extend(
            named_after(&code, "super")
                .into_iter()
                .filter(|name| place(name).is_some()),
        );
    }
    let mut wrong: Vec<String> = names
        .iter()
        .filter(|name| *name != own)
        .filter_map(|name| match place(name) {
            Some((below, _)) if below < level => None,
            Some(_) if beside.contains(&name.as_str()) => None,
            Some(_) => Some(format!("{own} ({}) may not use {name}", HOUSE[level].0)),
            None if skin => None, // the root's re-exports
            None => Some(format!("name the room of crate::{name}")),
        })
        .collect();
    if code.contains("super::super::") {
        wrong.push("super::super:: hides which room is used: write crate::".to_owned());
    }
    wrong
}

fn the_platform_has_its_rooms(file: &File) -> Vec<String> {
    if PLATFORM_ROOMS
        .iter()
        .any(|room| file.path.starts_with(room))
    {
        return Vec::new();
    }
    let code = code(&file.text);
    PLATFORM
        .iter()
        .filter(|name| {
            code.match_indices(**name).any(|(at, _)| {
                let before = !code[..at].ends_with(is_word);
                let after = code[at + name.len()..].chars().next();
                before && after.is_some_and(|letter| letter == '_' || !is_word(letter))
            })
        })
        .map(|name| format!("only {} may name {name}", PLATFORM_ROOMS.join(", ")))
        .collect()
}

fn names_say_something(file: &File) -> Vec<String> {
    file.path
        .split('/')
        .map(|part| part.split('.').next().unwrap_or_default())
        .filter(|part| EMPTY_NAMES.contains(part))
        .map(|part| format!("{part} says nothing: name what it holds"))
        .collect()
}

fn files_stay_short(file: &File) -> Vec<String> {
    let counted = [".rs", ".css", ".js", ".mjs", ".py", ".sh"];
    let lines = file.text.lines().count();
    let opening = file
        .text
        .lines()
        .take(2)
        .any(|line| line.contains("Long because ") || line.contains("@generated"));
    if lines <= LONGEST_FILE || opening || !counted.iter().any(|end| file.path.ends_with(end)) {
        return Vec::new();
    }
    vec![format!(
        "{lines} lines: split it, or open with \"// Long because …\""
    )]
}

fn nothing_unwraps(file: &File) -> Vec<String> {
    let code = shipped(&file.text);
    [".unwrap()", ".expect(", ".unwrap_unchecked("]
        .iter()
        .filter(|call| code.contains(**call))
        .map(|call| format!("{call} outside a test: handle what can go wrong"))
        .collect()
}

/// A generated file says so where a reader's eye falls first, and which program to change instead.
fn generated_files_say_so(file: &File) -> Vec<String> {
    let head: String = file.text.chars().take(400).collect();
    let by = ["tools/", "tests/"]
        .iter()
        .any(|folder| head.contains(*folder));
    let marked = head.contains("generated") && by;
    if file.path.ends_with(".json") && !marked {
        return vec![
            "its first 400 characters should say it is generated, and by which file in tools/ or tests/"
                .to_owned(),
        ];
    }
    Vec::new()
}

#[test]
fn imports_of_every_room() {
    check(&["src"], imports_run_downhill);
}

#[test]
fn the_platform_stays_in_its_rooms() {
    check(&["src"], the_platform_has_its_rooms);
}

#[test]
fn file_names() {
    check(
        &["src", "tests", "tools", "static", "examples"],
        names_say_something,
    );
}

#[test]
fn file_lengths() {
    check(
        &["src", "tests", "tools", "static", "examples"],
        files_stay_short,
    );
}

#[test]
fn unwraps() {
    check(&["src"], nothing_unwraps);
}

#[test]
fn generated_files() {
    check(&["static/catalog", "static/schema"], generated_files_say_so);
}

/// The lock on the browser: every crate that knows one is optional and comes with the feature `web`, as do the binaries. What
/// knows no page but the language comes with `module`, which `web` brings.
#[test]
fn the_browser_is_behind_a_feature() {
    let manifest = fs::read_to_string("Cargo.toml").unwrap();
    for name in OPTIONAL {
        for line in manifest
            .lines()
            .filter(|line| line.starts_with(&format!("{name} = ")))
        {
            assert!(
                line.contains("optional = true"),
                "{name} must be optional in Cargo.toml"
            );
            assert!(
                manifest.contains(&format!("\"dep:{name}\"")),
                "a feature must bring {name}"
            );
        }
    }
    let needing = |feature: &str| {
        let line = format!("required-features = [\"{feature}\"]");
        manifest.matches(&line).count()
    };
    let binaries = manifest.matches("[[bin]]").count();
    assert_eq!(
        binaries,
        needing("web") + needing("opinion") + needing("module")
    );
    let module = manifest.lines().find(|line| line.starts_with("module = "));
    assert_eq!(
        module,
        Some("module = [\"dep:js-sys\", \"dep:wasm-bindgen\"]"),
        "the module is built without a page: no yew, no web-sys"
    );
}

/// The lock on floats, and the one toolchain.
#[test]
fn floats_are_banned() {
    let clippy = fs::read_to_string("clippy.toml").unwrap();
    for float in ["f64", "f32"] {
        assert!(
            clippy.contains(&format!("path = \"{float}\"")),
            "clippy.toml must ban {float}"
        );
    }
    assert!(
        fs::read_to_string("src/lib.rs")
            .unwrap()
            .contains("#![deny(clippy::disallowed_types)]")
    );
    assert!(
        fs::read_to_string("rust-toolchain.toml")
            .unwrap()
            .contains("channel = \"stable\"")
    );
}

/// No file of the table's rooms is silently unread: the scan sees the library and its skins.
#[test]
fn the_scan_sees_the_house() {
    for path in [
        "src/money/mod.rs",
        "src/app/main.rs",
        "src/worker/main.rs",
        "src/module/main.rs",
    ] {
        assert!(files("src").iter().any(|file| file.path == path));
    }
}
