//! Our scripts make no markup and no code of words, and speak to nobody but our own server.

use crate::tree::{files, text};

/// What a script of ours never has, and what it would do.
const NEVER: [(&str, &str); 13] = [
    ("innerHTML", "words would become markup"),
    ("outerHTML", "words would become markup"),
    ("insertAdjacentHTML", "words would become markup"),
    ("document.write", "words would become markup"),
    ("eval(", "words would become code"),
    ("new Function", "words would become code"),
    ("setTimeout(\"", "words would become code"),
    ("javascript:", "words would become code"),
    ("postMessage", "another window could be listening"),
    ("addEventListener(\"message\"", "another window could be speaking"),
    ("__proto__", "all objects could be changed"),
    ("XMLHttpRequest", "it is not bounded by our policy’s own tests"),
    ("importScripts", "a script from elsewhere could run"),
];

/// What is wrong with a script.
fn wrong(script: &str) -> Vec<String> {
    let never = NEVER.iter().filter(|(words, _)| script.contains(words));
    let mut wrong: Vec<String> = never.map(|(words, why)| format!("has {words}: {why}")).collect();
    // Comments aside, an address with a host in it is somebody else's.
    let code = script.lines().filter(|line| !line.trim_start().starts_with("//"));
    for line in code {
        for quote in ["\"http", "'http", "`http", "\"//", "'//", "`//"] {
            if line.contains(quote) && !line.contains("\"https:\"") {
                wrong.push(format!("speaks to another host: {}", line.trim()));
            }
        }
    }
    wrong
}

#[test]
fn scripts_make_no_markup_or_code_of_words_and_speak_to_us_alone() {
    for path in files("crates/assets/own", "js") {
        assert_eq!(wrong(&text(&path)), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_script_that_did_would_be_seen() {
    assert!(!wrong("status.innerHTML = words;").is_empty());
    assert!(!wrong("fetch(\"https://elsewhere.example/\");").is_empty());
    assert!(wrong("status.textContent = words; fetch(\"/still-here\");").is_empty());
}
