//! The PDF keeps PDF/UA-1, by the word of veraPDF; and a PDF that is broken on purpose does not.

use std::path::Path;
use std::process::Command;

use super::documents;

/// What is done to a good PDF, and the rule of the standard that it then breaks. Each word is
/// written over by another as long, so that the file can still be read.
const BROKEN: [(&str, &str, &str); 7] = [
    ("/Lang", "/Lenh", "7.2-34"),
    ("/Alt", "/Elt", "7.3-1"),
    ("/DisplayDocTitle true", "/DisplayDocTitlf true", "7.1-10"),
    ("/Marked true", "/Merked true", "6.2-1"),
    ("/StructTreeRoot", "/StractTreeRoot", "7.1-11"),
    ("/ToUnicode", "/ToUnikode", "7.21.7-1"),
    ("pdfuaid:part", "pdfuaid:pert", "5-2"),
];

/// What veraPDF says of files, a line each; nothing on a machine that does not have it.
fn asked(files: &[&Path]) -> Option<Vec<String>> {
    let Some(classes) = std::env::var_os("QUARTERLIGHT_VERAPDF") else {
        println!("PDF/UA-1 was not checked: QUARTERLIGHT_VERAPDF does not say where veraPDF is.");
        return None;
    };
    let checker = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/doors/PdfUa.java");
    let asked =
        Command::new("java").arg("-cp").arg(&classes).arg(checker).args(files).output().unwrap();
    let said = String::from_utf8(asked.stdout).unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    Some(said.lines().map(str::to_owned).collect())
}

fn written_over(bytes: &[u8], word: &str, by: &str) -> Vec<u8> {
    assert_eq!(word.len(), by.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    let mut seen = false;
    while at + word.len() <= bytes.len() {
        if &bytes[at..at + word.len()] == word.as_bytes() {
            bytes[at..at + word.len()].copy_from_slice(by.as_bytes());
            seen = true;
        }
        at += 1;
    }
    assert!(seen, "{word} is not in the file");
    bytes
}

#[test]
fn the_pdf_keeps_pdf_ua_and_a_broken_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    };
    let printed: Vec<Vec<u8>> = documents()
        .iter()
        .map(|document| quarterlight_export::pdf::pdf(document).unwrap())
        .collect();
    let names = ["whole.pdf", "public.pdf", "programme.pdf", "public-programme.pdf"];
    let files: Vec<_> = names.iter().zip(&printed).map(|(name, it)| file(name, it)).collect();
    let files: Vec<&Path> = files.iter().map(std::path::PathBuf::as_path).collect();
    let Some(said) = asked(&files) else { return };
    for line in &said {
        assert!(line.contains(" keeps ") && line.ends_with("{}"), "{line}");
        println!("{line}");
    }
    assert_eq!(said.len(), 4);
    for (word, by, rule) in BROKEN {
        let broken = file("broken.pdf", &written_over(&printed[0], word, by));
        let said = asked(&[&broken]).unwrap().join("\n");
        assert!(said.contains(" breaks ") && said.contains(&format!("{rule}=")), "{word}: {said}");
    }
}
