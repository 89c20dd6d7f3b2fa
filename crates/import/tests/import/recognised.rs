//! Files of every kind at once, whatever they are called, sorted into sources and read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use quarterlight_domain::need::Need;
use quarterlight_domain::source::SourceKind;
use quarterlight_import::account::ListAccount;
use quarterlight_import::recognise::{Recognised, read, recognise};
use quarterlight_import::{Limits, NotReadable, SourceReading};

use crate::made::{AS_AT, archive, workbook};
use crate::truth::populations;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Every file below a folder that is no truth of its maker's.
fn below(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(below(&path));
        } else if !name.starts_with("truth_") && name != "manifest.json" {
            files.push(fs::read(path).unwrap());
        }
    }
    files
}

fn sources(files: &[Vec<u8>]) -> (Vec<Recognised>, Vec<SourceReading>) {
    // The names lie: a file is what is in it.
    let named: Vec<(&str, &[u8])> =
        files.iter().map(|bytes| ("picture.png", bytes.as_slice())).collect();
    let limits = Limits::default();
    let found = recognise(&named, &limits).unwrap();
    let readings = found
        .iter()
        .map(|it| read(it, &named, (AS_AT, Some("Harrow")), None, &limits).unwrap())
        .collect();
    (found, readings)
}

#[test]
fn one_population_in_every_format_is_one_source_of_each_kind() {
    let files = below(&fixtures().join("populations/synthetic_200"));
    assert!(files.len() > 20, "{}", files.len());
    let (found, readings) = sources(&files);
    let kinds: BTreeSet<SourceKind> = readings.iter().map(|it| it.source.kind).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    assert_eq!(readings.len(), 5);
    let all: usize = found
        .iter()
        .map(|it| match it {
            Recognised::Source { files, .. } => files.len(),
            _ => 0,
        })
        .sum();
    assert_eq!(all, files.len());
    for reading in &readings {
        assert!(reading.account.lists().all(ListAccount::adds_up), "{:?}", reading.source.kind);
    }
}

#[test]
fn one_population_in_every_format_is_the_same_population() {
    let population = populations().into_iter().find(|it| it.name == "synthetic_200").unwrap();
    let truth: BTreeMap<&str, &BTreeMap<String, String>> =
        population.children.iter().map(|child| (child["child_id"].as_str(), child)).collect();
    let (_, readings) = sources(&below(&fixtures().join("populations/synthetic_200")));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in &readings {
        let kind = reading.source.kind;
        let mut in_care = BTreeSet::new();
        for sighting in &reading.source.sightings {
            let child = truth[sighting.reference.as_str()];
            *seen.entry(sighting.reference.as_str()).or_default() += 1;
            if let Some(born) = sighting.history.born {
                assert_eq!(born.to_string(), child["dob"], "{kind:?}");
            }
            if sighting.needs.contains(&Need::InCare) {
                in_care.insert(sighting.reference.as_str());
            }
        }
        let tells_care = matches!(
            kind,
            SourceKind::AnnexA | SourceKind::SafeguardingDataset | SourceKind::LookedAfterReturn
        );
        if tells_care {
            let truly: BTreeSet<&str> = truth
                .iter()
                .filter(|(_, child)| child["looked_after_now"] == "1")
                .map(|(id, _)| *id)
                .collect();
            assert_eq!(in_care, truly, "{kind:?}");
        }
    }
    assert_eq!(seen.len(), truth.len());
}

#[test]
fn every_published_sample_is_read_or_refused_in_words() {
    for folder in ["returns", "workbooks"] {
        let files = below(&fixtures().join(folder));
        let named: Vec<(&str, &[u8])> =
            files.iter().map(|bytes| ("file", bytes.as_slice())).collect();
        let limits = Limits::default();
        let mut read_in_all = 0;
        for it in recognise(&named, &limits).unwrap() {
            assert!(!matches!(it, Recognised::Unknown { .. }), "{it:?}");
            match read(&it, &named, (AS_AT, None), None, &limits) {
                Ok(reading) => {
                    assert!(reading.account.lists().all(ListAccount::adds_up));
                    read_in_all += 1;
                }
                Err(why) => assert!(why.to_string().contains("Choose"), "{why}"),
            }
        }
        assert!(read_in_all > 0, "{folder}");
    }
}

#[test]
fn an_unknown_list_comes_with_a_mapping_to_look_over() {
    let text =
        "Child ref,DOB,LA of placement,Placement start date\n12,01/02/2015,Kent,05/01/2026\n";
    let staff =
        workbook(&[("Staff", &["Name", "Grade", "Team"], vec![vec!["Ada Oakes", "SW", "N"]])]);
    let files = [("a", text.as_bytes()), ("b", staff.as_slice())];
    let found = recognise(&files, &Limits::default()).unwrap();
    let proposed: Vec<&str> = found
        .iter()
        .map(|it| match it {
            Recognised::Unknown { proposed, sheets, .. } => {
                assert_eq!(sheets[0].row, 1);
                proposed.name.as_str()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(proposed, ["Placements", "List of workers"]);
    let reading = read(&found[0], &files, (AS_AT, None), None, &Limits::default()).unwrap();
    assert_eq!(reading.source.sightings.len(), 1);
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_what_to_do() {
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let binary = archive(&[("xl/workbook.bin", Vec::new())]);
    let photo = archive(&[("photo.jpg", Vec::new())]);
    let nothing = archive(&[]);
    let page = b"<html><table><tr><td>1</td></tr></table></html>".to_vec();
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("list.csv", Vec::new()),
        ("list.csv", locked),
        ("list.csv", binary),
        ("list.csv", photo),
        ("list.csv", nothing),
        ("list.csv", page),
        ("list.csv", image),
        ("list.csv", b"%PDF-1.7 words".to_vec()),
        ("list.csv", b"just a sentence\n".to_vec()),
        ("list.csv", b"1,2\n3,4\n".to_vec()),
        ("list.csv", b"<?xml version='1.0'?><letter/>".to_vec()),
    ];
    let named: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let found = recognise(&named, &Limits::default()).unwrap();
    assert_eq!(found.len(), files.len());
    for it in found {
        let Recognised::Refused { why, .. } = it else { panic!("{it:?}") };
        assert!(why.to_string().to_lowercase().contains("choose"), "{why}");
    }
}

#[test]
fn too_many_files_and_too_many_bytes_are_refused_before_they_are_looked_at() {
    let limits = Limits { files: 2, total_bytes: 10, ..Limits::default() };
    let refusal = |files: &[(&str, &[u8])]| recognise(files, &limits).unwrap_err();
    assert!(matches!(refusal(&[("", b"a".as_slice()); 3]), NotReadable::TooMany { .. }));
    assert!(matches!(refusal(&[("", b"0123456".as_slice()); 2]), NotReadable::TooMany { .. }));
}
