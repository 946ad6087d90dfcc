//! Reading Rust without a parser: the files of a folder, the code in a file, the names after a path's root.

use std::fs;

pub struct File {
    pub path: String,
    pub text: String,
}

/// Every text file of ours under `folder`.
pub fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.map(|entry| entry.unwrap().path()) {
        let path = entry.to_str().unwrap().replace('\\', "/");
        let installed = ["__pycache__", "node_modules"];
        if entry.is_dir() && !installed.iter().any(|folder| path.ends_with(folder)) {
            found.extend(files(&path));
        } else if let Ok(text) = fs::read_to_string(&entry) {
            found.push(File { path, text });
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

/// The code without comments and without what stands in strings.
pub fn code(text: &str) -> String {
    let mut left = text;
    let mut code = String::new();
    while let Some(next) = left.chars().next() {
        let skipped = if left.starts_with("//") {
            left.find('\n').unwrap_or(left.len())
        } else if left.starts_with("/*") {
            left.find("*/").map_or(left.len(), |end| end + 2)
        } else if left.starts_with("'\"'") || left.starts_with("'\\\"'") {
            left[1..].find('\'').map_or(left.len(), |end| end + 2)
        } else if left.starts_with("r#\"") {
            left.find("\"#").map_or(left.len(), |end| end + 2)
        } else if next == '"' {
            string_length(left)
        } else {
            code.push(next);
            next.len_utf8()
        };
        left = &left[skipped..];
    }
    code
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The code that ships: what stands before `#[cfg(test)]`.
pub fn shipped(text: &str) -> String {
    let code = code(text);
    code.split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .to_owned()
}

pub fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The first name of every path that begins with `root::`, groups included: `use root::{a::B, c};` names a and c.
pub fn named_after(code: &str, root: &str) -> Vec<String> {
    let start = format!("{root}::");
    code.match_indices(&start)
        .filter(|(at, _)| !code[..*at].ends_with(|letter| is_word(letter) || letter == ':'))
        .flat_map(|(at, _)| {
            let rest = code[at + start.len()..].trim_start();
            match rest.strip_prefix('{') {
                Some(group) => first_names(group),
                None => vec![rest.chars().take_while(|letter| is_word(*letter)).collect()],
            }
        })
        .collect()
}

fn first_names(group: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut done = false;
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                done = false;
            }
            _ if is_word(letter) && !done && depth == 0 => names.last_mut().unwrap().push(letter),
            _ if !letter.is_whitespace() => done = true,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
