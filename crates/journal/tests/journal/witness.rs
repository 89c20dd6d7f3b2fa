//! A witness cosigns what continues the last it cosigned, and refuses everything else.

use quarterlight_journal::{
    AddCheckpoint, Checkpoint, Consistency, Frontier, Hash, Note, Refused, Signer, Witness,
};

use crate::sample::{Rows, entries, flipped};

const ORIGIN: &str = "audit.larkmoor.example/journal";

fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[7; 32]).unwrap()
}

fn note(rows: &Rows, size: u64) -> Note {
    let frontier = Frontier::resume(size, |place| rows.read(place)).unwrap();
    Checkpoint::sign(&signer(), &frontier).unwrap()
}

fn request(rows: &Rows, old: u64, new: u64) -> AddCheckpoint {
    let proof = Consistency::make(old, new, |place| rows.read(place)).unwrap().path;
    AddCheckpoint { old, proof, note: note(rows, new) }
}

#[test]
fn what_continues_the_last_is_accepted_and_read_back() {
    let (rows, _) = Rows::of(&entries(1, 70));
    for (old, new) in [(0, 1), (0, 70), (1, 70), (33, 64), (64, 64), (64, 70)] {
        let asked = request(&rows, old, new);
        assert_eq!(asked.to_string().parse::<AddCheckpoint>().unwrap(), asked);
        let last = (old > 0).then(|| (old, rows.root(old)));
        let accepted = asked.accept(&signer().verifier(), last).unwrap();
        assert_eq!((accepted.size(), accepted.root()), (new, rows.root(new)), "{old} to {new}");
    }
}

#[test]
fn everything_else_is_refused_as_the_format_says() {
    let (rows, _) = Rows::of(&entries(1, 70));
    let (forked, _) = Rows::of(&entries(2, 70));
    let log = signer().verifier();
    let last = Some((33, rows.root(33)));
    let status = |asked: &AddCheckpoint, last| asked.accept(&log, last).unwrap_err().status();
    assert_eq!(status(&request(&forked, 33, 70), last), 422, "another history");
    assert_eq!(status(&request(&rows, 0, 70), last), 409, "as if it had never cosigned");
    assert_eq!(status(&request(&rows, 32, 70), last), 409);
    assert_eq!(request(&rows, 32, 70).accept(&log, last), Err(Refused::Stale(33)));
    assert_eq!(status(&request(&forked, 33, 33), last), 409, "the same size with another root");
    let backwards = AddCheckpoint { old: 71, ..request(&rows, 33, 70) };
    assert_eq!(status(&backwards, last), 400);
    let mut bent = request(&rows, 33, 70);
    bent.proof[0] = flipped(bent.proof[0], 5);
    assert_eq!(status(&bent, last), 422, "a proof with one bit turned");
    let mut short = request(&rows, 33, 70);
    short.proof.pop();
    assert_eq!(status(&short, last), 422);
    let other = Signer::from_seed("audit.elsewhere.example/journal", &[7; 32]).unwrap();
    assert_eq!(request(&rows, 33, 70).accept(&other.verifier(), last), Err(Refused::OtherJournal));
    let thief = Signer::from_seed(ORIGIN, &[8; 32]).unwrap();
    assert_eq!(request(&rows, 33, 70).accept(&thief.verifier(), last), Err(Refused::NotSigned));
    for text in ["", "old 1\n", "old x\n\nnote", "old 01\n\nnote\n\n", "new 1\n\nnote"] {
        assert!(text.parse::<AddCheckpoint>().is_err(), "{text}");
    }
    assert_eq!(Hash::empty(), rows.root(0));
}

#[test]
fn a_key_is_read_back_from_its_line_and_a_bent_line_is_refused() {
    let kept = signer().to_secret_text();
    assert!(kept.starts_with("PRIVATE+KEY+audit.larkmoor.example/journal+"));
    assert_eq!(Signer::from_secret_text(&kept).unwrap().verifier(), signer().verifier());
    assert!(Signer::from_secret_text(&kept.replace("larkmoor", "elsewhere")).is_err());
    assert!(Witness::from_secret_text(&kept).is_err(), "a log's key is no witness's");
    let witness = Witness::from_seed("internal-audit.example/witness", &[9; 32]).unwrap();
    let read = Witness::from_secret_text(&witness.to_secret_text()).unwrap();
    assert_eq!(read.verifier(), witness.verifier());
}
