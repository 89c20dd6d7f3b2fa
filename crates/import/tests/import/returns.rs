//! What the tests of the statutory returns share: samples, truth, and files made to harm.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use quarterlight_domain::source::Sighting;
use quarterlight_import::account::ListAccount;
use quarterlight_import::{Limits, NotReadable, SourceReading};

/// The ordinary limits, with fewer elements, so that tests need not read millions.
pub fn few_elements() -> Limits {
    Limits { cells: 500_000, ..Limits::default() }
}

/// Where a fixture is.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name)
}

/// A fixture as text.
pub fn fixture(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// What the maker of a population says is true of each child.
pub fn truth(population: &str) -> Vec<BTreeMap<String, String>> {
    let text = fixture(&format!("populations/{population}/truth_children.csv"));
    let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    rows.deserialize().map(Result::unwrap).collect()
}

/// Every problem as its sentence.
pub fn sentences(reading: &SourceReading) -> Vec<String> {
    reading.problems.iter().map(ToString::to_string).collect()
}

/// What the source says of one record.
pub fn sighting<'r>(reading: &'r SourceReading, reference: &str) -> &'r Sighting {
    let mut sightings = reading.source.sightings.iter();
    sightings.find(|each| each.reference.as_str() == reference).unwrap()
}

/// True if every row or block of every list was used, or was not for a stated reason.
pub fn adds_up(reading: &SourceReading) -> bool {
    reading.account.lists().all(ListAccount::adds_up)
}

/// Files made to harm whoever reads XML; each must be refused, in seconds.
pub fn hostile_xml(root: &str, read: impl Fn(&[u8]) -> Result<(), NotReadable>) {
    let start = Instant::now();
    let laugh = |n: u32| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    let laughs = (1..20).map(laugh).collect::<Vec<_>>().concat();
    let utf16: Vec<u8> = format!("<?xml version='1.0' encoding='utf-16'?><{root}/>")
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    for (name, bytes) in [
        (
            "billion laughs",
            format!("<!DOCTYPE l [<!ENTITY l0 'ha'>{laughs}]><{root}>&l19;</{root}>").into(),
        ),
        ("an entity", format!("<{root}>&l19;</{root}>").into_bytes()),
        (
            "an outer entity",
            format!("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><{root}>&x;</{root}>")
                .into(),
        ),
        ("deep nesting", format!("<{root}>{}", "<a>".repeat(1_000_000)).into_bytes()),
        ("a long attribute", format!("<{root} a='{}'/>", "x".repeat(40_000_000)).into_bytes()),
        ("too long a file", format!("<{root} a='{}'/>", "x".repeat(100_000_000)).into_bytes()),
        ("a long text", format!("<{root}>{}</{root}>", "x".repeat(40_000_000)).into_bytes()),
        ("a long name", format!("<{root}><{}/></{root}>", "x".repeat(1_000_000)).into_bytes()),
        ("many attributes", format!("<{root} {}/>", "a='b' ".repeat(1_000_000)).into_bytes()),
        ("many elements", format!("<{root}>{}</{root}>", "<a/>".repeat(600_000)).into_bytes()),
        ("not closed", format!("<{root}><Children><Child>").into_bytes()),
        ("a tag not closed", format!("<{root}><Children").into_bytes()),
        ("closed twice", format!("<{root}></{root}></{root}>").into_bytes()),
        ("UTF-16 without its mark", utf16),
        (
            "bytes that are not UTF-8",
            format!("<{root}>").into_bytes().into_iter().chain([0xFF]).collect(),
        ),
        ("zeros", [format!("<{root}>").as_bytes(), &[0; 100]].concat()),
        ("another root", b"<svg/>".to_vec()),
        ("a web page", b"<!DOCTYPE html><html><body/></html>".to_vec()),
        ("a workbook", b"PK\x03\x04rest".to_vec()),
        ("nothing", Vec::new()),
    ] {
        let refusal = read(&bytes).map_err(|refusal| refusal.to_string());
        assert!(refusal.is_err(), "{name} was read");
        assert!(refusal.clone().unwrap_err().len() < 400, "{name}: {refusal:?}");
    }
    // Hundreds of megabytes, in a build that is not made for speed.
    assert!(start.elapsed().as_secs() < 60, "it took {:?}", start.elapsed());
}
