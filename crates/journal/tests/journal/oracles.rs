//! Every oracle case of the journal, and a check that no expected value goes unread.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::PathBuf;

use quarterlight_journal::{
    Checkpoint, Consistency, Frontier, Hash, Inclusion, Note, ProofFile, Signer, Tile, Verifier,
    Witness, WitnessVerifier,
};
use serde_json::{Value, json};

use crate::sample::Rows;

type Outcome = Result<(), String>;

#[test]
fn every_oracle_case_is_reproduced() {
    let cases = cases();
    for case in &cases {
        outcome(case, &eight_leaves(&cases)).unwrap_or_else(|why| panic!("{}: {why}", case["id"]));
    }
}

#[test]
fn all_thirty_six_cases_of_eleven_kinds_are_there() {
    let mut kinds = BTreeMap::<String, usize>::new();
    for case in cases() {
        *kinds.entry(case["kind"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(kinds.values().sum::<usize>(), 36);
    assert_eq!(kinds.len(), 11, "{kinds:?}");
}

#[test]
fn a_case_of_an_unknown_kind_fails() {
    let cases = cases();
    let mut strange = cases[0].clone();
    strange["kind"] = json!("horoscope");
    assert!(outcome(&strange, &eight_leaves(&cases)).unwrap_err().contains("horoscope"));
}

#[test]
fn every_expected_value_matters() {
    let cases = cases();
    let leaves = eight_leaves(&cases);
    let mut changed = 0;
    for case in &cases {
        for wrong in one_thing_wrong(&case["expected"]) {
            let mut case = case.clone();
            case["expected"] = wrong;
            assert!(
                outcome(&case, &leaves).is_err(),
                "{} passed with {}",
                case["id"],
                case["expected"]
            );
            changed += 1;
        }
    }
    assert!(changed > 60, "only {changed} values were changed");
}

fn cases() -> Vec<Value> {
    let folder = std::env::var_os("QUARTERLIGHT_ORACLES").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/oracles"),
        PathBuf::from,
    );
    let text = std::fs::read_to_string(folder.join("journal_tlog.json")).unwrap();
    let oracle: Value = serde_json::from_str(&text).unwrap();
    oracle["cases"].as_array().unwrap().clone()
}

/// The tree of eight leaves about which the proofs of the oracle are.
fn eight_leaves(cases: &[Value]) -> Rows {
    let roots = cases.iter().find(|case| case["kind"] == "root").unwrap();
    Rows::of(&leaves_hex(roots)).0
}

fn leaves_hex(case: &Value) -> Vec<Vec<u8>> {
    let unhex = |text: &str| {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    };
    case["inputs"]["leaves_hex"]
        .as_array()
        .unwrap()
        .iter()
        .map(|leaf| unhex(leaf.as_str().unwrap()))
        .collect()
}

/// Reproduces one case, or says what came out differently.
fn outcome(case: &Value, eight: &Rows) -> Outcome {
    let (inputs, expected) = (&case["inputs"], &case["expected"]);
    let text = |name: &str| inputs[name].as_str().unwrap();
    let number = |name: &str| inputs[name].as_u64().unwrap();
    let hash = |name: &str| Hash::from_hex(text(name)).unwrap();
    let seed = || *Hash::from_hex(text("ed25519_seed_hex")).unwrap().as_bytes();
    match case["kind"].as_str().unwrap() {
        "root" => {
            let rows = Rows::of(&leaves_hex(case)).0;
            expected.as_object().unwrap().iter().try_for_each(|(size, root)| {
                same(&json!(format!("{:x}", rows.root(size.parse().unwrap()))), root)
            })
        }
        "inclusion" => {
            let proof = Inclusion::make(number("index"), number("size"), |place| eight.read(place))
                .unwrap();
            same(&hexes(&proof.path), &expected["proof"])?;
            same(&json!(proof.verify(hash("leaf_hash"), hash("root")).is_ok()), &expected["valid"])
        }
        "consistency" => {
            let proof = Consistency::make(number("old_size"), number("new_size"), |place| {
                eight.read(place)
            })
            .unwrap();
            same(&hexes(&proof.path), &expected["proof"])?;
            same(
                &json!(proof.verify(hash("old_root"), hash("new_root")).is_ok()),
                &expected["valid"],
            )
        }
        "inclusion_verify" => {
            let proof =
                Inclusion { index: number("index"), size: number("size"), path: path(inputs) };
            same(&json!(proof.verify(hash("leaf_hash"), hash("root")).is_ok()), &expected["valid"])
        }
        "consistency_verify" => {
            let proof = Consistency {
                old_size: number("old_size"),
                new_size: number("new_size"),
                path: path(inputs),
            };
            same(
                &json!(proof.verify(hash("old_root"), hash("new_root")).is_ok()),
                &expected["valid"],
            )
        }
        "note_verify" => {
            let key: Verifier = text("vkey").parse().unwrap();
            let valid = text("note").parse::<Note>().is_ok_and(|note| key.verify(&note).is_ok());
            same(&json!(valid), &expected["valid"])
        }
        "tiles" => {
            let (mut full, mut partial) = (BTreeMap::new(), BTreeMap::new());
            for tile in Tile::of_tree(number("tree_size")) {
                if tile.width() == 256 {
                    *full.entry(tile.level().to_string()).or_insert(0) += 1;
                } else {
                    partial.insert(tile.level().to_string(), tile.width());
                }
            }
            same(&json!({ "full": full, "partial_width": partial }), expected)
        }
        "tile_path" => {
            let (level, index) = (number("level"), number("index"));
            let tile = Tile::of_tree((index + 1) * 256)
                .find(|tile| u64::from(tile.level()) == level && tile.index() == index);
            same(&json!({ "path": tile.unwrap().path() }), expected)
        }
        "checkpoint" => {
            let signer = Signer::from_seed(text("origin"), &seed()).unwrap();
            let leaves =
                inputs["leaves_utf8"].as_array().unwrap().iter().map(|leaf| leaf.as_str().unwrap());
            let frontier: Frontier = Rows::of(&leaves.collect::<Vec<_>>()).1;
            let note = Checkpoint::sign(&signer, &frontier).unwrap();
            same(
                &json!({ "vkey": signer.verifier().to_string(), "note": note.to_string() }),
                expected,
            )
        }
        "cosignature" => {
            let witness = Witness::from_seed(text("witness_name"), &seed()).unwrap();
            let checkpoint: Checkpoint = text("checkpoint_text").parse().unwrap();
            let line = format!("{}\n", witness.cosign(&checkpoint, number("timestamp")).unwrap());
            same(&json!({ "vkey": witness.verifier().to_string(), "line": line }), expected)
        }
        "tlog_proof" => {
            let log: Verifier = text("log_vkey").parse().unwrap();
            let witness: WitnessVerifier = text("witness_vkey").parse().unwrap();
            let file: ProofFile = text("proof_file").parse().unwrap();
            same(&json!(file.to_string()), &inputs["proof_file"])?;
            let valid = file.verify(text("entry_utf8").as_bytes(), &log, &[witness]).is_ok();
            same(&json!(valid), &expected["valid"])
        }
        other => Err(format!("there is no test for the kind {other}")),
    }
}

fn same<T: PartialEq + Debug>(found: &T, expected: &T) -> Outcome {
    if found == expected { Ok(()) } else { Err(format!("{found:?} is not {expected:?}")) }
}

fn hexes(path: &[Hash]) -> Value {
    path.iter().map(|hash| format!("{hash:x}")).collect()
}

fn path(inputs: &Value) -> Vec<Hash> {
    let hashes = inputs["proof"].as_array().unwrap().iter();
    hashes.map(|hash| Hash::from_hex(hash.as_str().unwrap()).unwrap()).collect()
}

/// Every copy of an expected value with one of its parts changed.
fn one_thing_wrong(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(truth) => vec![json!(!truth)],
        Value::Number(number) => vec![json!(number.as_u64().unwrap() + 1)],
        Value::String(text) => vec![json!(format!("{text}0"))],
        Value::Array(parts) => {
            let inside = (0..parts.len()).flat_map(|at| {
                one_thing_wrong(&parts[at]).into_iter().map(move |wrong| {
                    let mut parts = parts.clone();
                    parts[at] = wrong;
                    Value::Array(parts)
                })
            });
            let longer = parts.iter().cloned().chain([json!("00")]).collect();
            inside.chain([longer]).collect()
        }
        Value::Object(parts) => parts
            .iter()
            .flat_map(|(name, part)| {
                one_thing_wrong(part).into_iter().map(move |wrong| {
                    let mut parts = parts.clone();
                    parts.insert(name.clone(), wrong);
                    Value::Object(parts)
                })
            })
            .collect(),
        Value::Null => Vec::new(),
    }
}
