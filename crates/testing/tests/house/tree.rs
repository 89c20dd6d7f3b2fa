//! The files of the repository, as the rules look at them.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository's own folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The text of a file, by its path from the root.
pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Every file with this ending below a folder, by its path from the root, in order.
pub fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let mut paths: Vec<String> = found
        .iter()
        .filter(|path| path.extension().is_some_and(|each| each == ending))
        .map(|path| path.strip_prefix(root()).unwrap().display().to_string())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "there is no .{ending} below {folder}");
    paths
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if name != "node_modules" && name != "target" {
                walk(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}

/// The lines inside a fenced block of a document, by the word after the fence.
pub fn block(document: &str, word: &str) -> Vec<String> {
    let text = text(document);
    let fence = format!("```{word}");
    let lines = text.lines().skip_while(|line| *line != fence).skip(1);
    let block: Vec<String> = lines.take_while(|line| *line != "```").map(str::to_owned).collect();
    assert!(!block.is_empty(), "{document} has no block {word}");
    block
}
