//! Files of the sources that a test writes, and that are compared with each run.

use std::fs;

/// The file is what its source gives; where UPDATE_TABLE is set it is written first. `test` says how to write it.
///
/// # Panics
/// Where it is another.
pub fn assert_current(path: &str, expected: &[u8], test: &str) {
    if std::env::var_os("UPDATE_TABLE").is_some() {
        fs::write(path, expected).unwrap();
    }
    let stored = fs::read(path).unwrap();
    assert!(
        stored == expected,
        "{path} is not what the Unicode data gives: UPDATE_TABLE=1 cargo test --test {test}"
    );
}
