//! Notes, keys, checkpoints, cosignatures and proof files: what is accepted, and what is refused and why.

use quarterlight_journal::{
    Checkpoint, CheckpointError, Frontier, Hash, HashError, Inclusion, KeyError, Note, NoteError,
    ProofFile, Signer, Verifier, Witness, WitnessVerifier,
};

use crate::sample::{Rows, entries};

const JOURNAL: &str = "audit.example.gov.uk/journal";

fn signer() -> Signer {
    Signer::from_seed(JOURNAL, &[1; 32]).unwrap()
}

fn witness() -> Witness {
    Witness::from_seed("witness.example/internal-audit", &[2; 32]).unwrap()
}

fn frontier(size: u64) -> Frontier {
    Rows::of(&entries(7, size)).1
}

#[test]
fn a_signed_checkpoint_opens_with_the_logs_key_and_no_other() {
    let note: Note =
        Checkpoint::sign(&signer(), &frontier(11)).unwrap().to_string().parse().unwrap();
    let checkpoint = Checkpoint::open(&note, &signer().verifier()).unwrap();
    assert_eq!((checkpoint.origin(), checkpoint.size()), (JOURNAL, 11));
    assert_eq!(checkpoint.root(), frontier(11).root());

    let namesake = Signer::from_seed(JOURNAL, &[3; 32]).unwrap();
    let refused = Checkpoint::open(&note, &namesake.verifier()).unwrap_err();
    assert_eq!(refused, CheckpointError::Note(NoteError::NotSigned(JOURNAL.to_owned())));
}

#[test]
fn a_key_cannot_speak_for_another_journal() {
    let other = Signer::from_seed("other.example/journal", &[3; 32]).unwrap();
    let text = Checkpoint::of(JOURNAL, &frontier(11)).unwrap().to_string();
    let note = Note::new(text).unwrap();
    let signature = other.sign(&note);
    let refused = Checkpoint::open(&note.with(signature), &other.verifier()).unwrap_err();
    assert!(matches!(refused, CheckpointError::OtherJournal { .. }), "{refused}");
}

#[test]
fn a_checkpoint_that_is_not_written_in_the_one_way_is_refused() {
    let good = format!("{JOURNAL}\n11\n{}\n", Hash::leaf(b"an entry"));
    assert_eq!(good.parse::<Checkpoint>().unwrap().to_string(), good);
    let extended = format!("{good}an extension\n");
    assert_eq!(extended.parse::<Checkpoint>().unwrap().to_string(), extended);
    for (from, to) in [
        ("\n11\n", "\n011\n"),
        ("\n11\n", "\n+11\n"),
        ("\n11\n", "\n-11\n"),
        ("\n11\n", "\n 11\n"),
        ("\n11\n", "\n\n"),
        ("\n11\n", "\n18446744073709551616\n"),
        ("\n11\n", "\n11\r\n"),
        (JOURNAL, ""),
        ("=\n", "\n"),
        ("=\n", "=="),
        ("=\n", "="),
        ("=\n", "=\n\n"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good);
        assert_eq!(bad.parse::<Checkpoint>(), Err(CheckpointError::Format), "{bad:?}");
    }
}

#[test]
fn a_journals_name_cannot_smuggle_in_lines() {
    // The last of these would read as a whole checkpoint of its own, with the true one for extensions.
    let whole = format!("a\n5\n{}", Hash::empty());
    for name in ["", "a\nb", "a\n12\nx", "\n", "a\tb", &whole] {
        assert_eq!(Checkpoint::of(name, &frontier(1)), Err(CheckpointError::Format), "{name:?}");
    }
    assert!(Checkpoint::of("a b", &frontier(1)).is_ok());
}

#[test]
fn a_false_claim_to_be_the_key_spoils_the_note() {
    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    let other = Checkpoint::sign(&signer(), &frontier(10)).unwrap();
    let spoilt = note.clone().with(other.signatures()[0].clone());
    assert_eq!(signer().verifier().verify(&note), Ok(()));
    assert_eq!(signer().verifier().verify(&spoilt), Err(NoteError::NotGenuine(JOURNAL.to_owned())));
}

#[test]
fn strangers_signatures_are_passed_over() {
    let stranger = Signer::from_seed("stranger.example", &[9; 32]).unwrap();
    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    let signature = stranger.sign(&note);
    let note: Note = note.with(signature).to_string().parse().unwrap();
    assert_eq!(note.signatures().len(), 2);
    assert_eq!(note.signatures()[1].name(), "stranger.example");
    assert_eq!(signer().verifier().verify(&note), Ok(()));
}

#[test]
fn a_note_is_divided_at_its_last_blank_line() {
    let note = Note::new("one\n\ntwo\n\n\n").unwrap();
    let signature = signer().sign(&note);
    let note = note.with(signature);
    let read: Note = note.to_string().parse().unwrap();
    assert_eq!(read, note);
    assert_eq!(signer().verifier().verify(&read), Ok(()));
}

#[test]
fn a_damaged_note_is_refused() {
    let good = Checkpoint::sign(&signer(), &frontier(11)).unwrap().to_string();
    let line = good.lines().last().unwrap().to_owned();
    let bad = [
        (String::new(), NoteError::NoSignatures),
        ("a text\n".to_owned(), NoteError::NoSignatures),
        ("a text\n\n".to_owned(), NoteError::NoSignatures),
        (good.trim_end().to_owned(), NoteError::NoSignatures),
        (good.replace("\n11\n", "\n11\t\n"), NoteError::Text),
        (good.replace("\n11\n", "\n11\r\n"), NoteError::Text),
        (good.replace('—', "-"), NoteError::Signature(quarterlight_journal::SignatureError)),
        (
            good.replace("\n\n— ", "\n\n—  "),
            NoteError::Signature(quarterlight_journal::SignatureError),
        ),
        (format!("{good}\n"), NoteError::NoSignatures),
        (format!("{good}{}", format!("{line}\n").repeat(100)), NoteError::TooManySignatures),
    ];
    for (bad, why) in bad {
        assert_eq!(bad.parse::<Note>(), Err(why), "{bad:?}");
    }
    assert!(format!("{good}{}", format!("{line}\n").repeat(99)).parse::<Note>().is_ok());
}

#[test]
fn a_key_is_read_back_from_its_text_and_refused_when_it_was_altered() {
    let (log, witness) = (signer().verifier(), witness().verifier());
    assert_eq!(log.to_string().parse(), Ok(log.clone()));
    assert_eq!(witness.to_string().parse(), Ok(witness.clone()));
    assert_eq!(log.to_string().parse::<WitnessVerifier>(), Err(KeyError::Scheme));
    assert_eq!(witness.to_string().parse::<Verifier>(), Err(KeyError::Scheme));
    assert_eq!(
        log.to_string().replace("audit", "auditor").parse::<Verifier>(),
        Err(KeyError::Identifier)
    );
    for bad in ["", "name", "name+12345678", "name+12345678+", "name+12345678+*"] {
        assert_eq!(bad.parse::<Verifier>(), Err(KeyError::Format), "{bad:?}");
    }
    let text = log.to_string();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        assert!(String::from_utf8(bytes).unwrap().parse::<Verifier>().is_err(), "byte {at}");
    }
}

#[test]
fn a_key_with_an_unusable_name_is_refused() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{7f}"] {
        assert_eq!(Signer::from_seed(name, &[1; 32]).unwrap_err(), KeyError::Name, "{name:?}");
        assert_eq!(Witness::from_seed(name, &[1; 32]).unwrap_err(), KeyError::Name, "{name:?}");
    }
}

#[test]
fn a_weak_key_is_refused() {
    // The neutral point: under it, one signature passes for every message.
    let text = "name+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(text.parse::<Verifier>(), Err(KeyError::Unsound));
}

#[test]
fn a_secret_key_never_prints_itself() {
    let secret = [0xab; 32];
    let printed =
        format!("{:?} {:?}", Signer::from_seed("a", &secret), Witness::from_seed("b", &secret));
    assert!(printed.contains("name: \"a\""), "{printed}");
    assert!(!printed.contains("171, 171") && !printed.to_lowercase().contains("abab"), "{printed}");
}

#[test]
fn a_witness_says_when_and_its_latest_word_counts() {
    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    let checkpoint = Checkpoint::open(&note, &signer().verifier()).unwrap();
    assert!(matches!(witness().verifier().verify(&note), Err(NoteError::NotSigned(_))));
    let (first, second) = (
        witness().cosign(&checkpoint, 5).unwrap(),
        witness().cosign(&checkpoint, 1_795_392_000).unwrap(),
    );
    let note = note.with(second).with(first);
    let read: Note = note.to_string().parse().unwrap();
    assert_eq!(witness().verifier().verify(&read), Ok(1_795_392_000));
    assert_eq!(signer().verifier().verify(&read), Ok(()));
}

#[test]
fn a_cosignature_of_another_checkpoint_or_time_is_refused() {
    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    let other = Checkpoint::of(JOURNAL, &frontier(12)).unwrap();
    let spoilt = note.clone().with(witness().cosign(&other, 5).unwrap());
    assert!(matches!(witness().verifier().verify(&spoilt), Err(NoteError::NotGenuine(_))));

    let checkpoint = Checkpoint::of(JOURNAL, &frontier(11)).unwrap();
    assert!(witness().cosign(&checkpoint, i64::MAX.unsigned_abs()).is_ok());
    assert!(witness().cosign(&checkpoint, i64::MAX.unsigned_abs() + 1).is_err());
}

#[test]
fn a_cosignature_from_beyond_the_range_of_times_is_refused() {
    use base64::{Engine, prelude::BASE64_STANDARD};
    use ed25519_dalek::{Signer as _, SigningKey};

    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    let cosigned_at = |at: u64| {
        let genuine =
            witness().cosign(&Checkpoint::of(JOURNAL, &frontier(11)).unwrap(), 5).unwrap();
        let message = format!("cosignature/v1\ntime {at}\n{}", note.text());
        let signed = SigningKey::from_bytes(&[2; 32]).sign(message.as_bytes()).to_bytes();
        let bytes = [genuine.key_id().as_slice(), &at.to_be_bytes(), &signed].concat();
        let line = format!("— {} {}", genuine.name(), BASE64_STANDARD.encode(bytes));
        witness().verifier().verify(&note.clone().with(line.parse().unwrap()))
    };
    let latest = i64::MAX.unsigned_abs();
    assert_eq!(cosigned_at(latest), Ok(latest));
    assert!(matches!(cosigned_at(latest + 1), Err(NoteError::NotGenuine(_))));
}

#[test]
fn a_log_and_a_witness_of_one_secret_cannot_stand_in_for_each_other() {
    let witness = Witness::from_seed(JOURNAL, &[1; 32]).unwrap();
    let note = Checkpoint::sign(&signer(), &frontier(11)).unwrap();
    assert!(matches!(witness.verifier().verify(&note), Err(NoteError::NotSigned(_))));
}

#[test]
fn a_proof_file_stands_on_its_own() {
    let entries = entries(7, 11);
    let (rows, frontier) = Rows::of(&entries);
    let note = Checkpoint::sign(&signer(), &frontier).unwrap();
    let proof = Inclusion::make(7, 11, |place| rows.read(place)).unwrap();
    let file: ProofFile = ProofFile::new(proof, note).to_string().parse().unwrap();
    assert_eq!(file.index(), 7);
    assert_eq!(file.verify(&entries[7], &signer().verifier(), &[]).unwrap().size(), 11);
    assert!(file.verify(&entries[6], &signer().verifier(), &[]).is_err());
    assert!(file.verify(&entries[7], &signer().verifier(), &[witness().verifier()]).is_err());
}

#[test]
fn a_proof_file_not_written_in_the_one_way_is_refused() {
    let (rows, frontier) = Rows::of(&entries(7, 11));
    let note = Checkpoint::sign(&signer(), &frontier).unwrap();
    let good =
        ProofFile::new(Inclusion::make(7, 11, |place| rows.read(place)).unwrap(), note).to_string();
    let with_extra = good.replace("index 7", "extra AAEC\nindex 7");
    assert_eq!(with_extra.parse::<ProofFile>().unwrap().to_string(), with_extra);
    for bad in [
        good.replace("@v1", "@v2"),
        good.replace("index 7", "index 07"),
        good.replace("index 7", "index  7"),
        good.replace("index 7", "index 7 "),
        good.replace("index 7\n", ""),
        good.replace("index 7", "extra *\nindex 7"),
        good.replace("index 7", "extra extra AAEC\nindex 7"),
        good.replace("index 7", "extra AAEC\nextra AAEC\nindex 7"),
        good.replace(
            "index 7\n",
            &format!("index 7\n{}", format!("{}\n", Hash::empty()).repeat(64)),
        ),
        good.replace("index 7\n", "index 7\n\n"),
        good.replacen("=\n", "\n", 1),
        good.replace('\n', "\r\n"),
    ] {
        assert_ne!(bad, good);
        assert!(bad.parse::<ProofFile>().is_err(), "{bad:?}");
    }
}

#[test]
fn a_hash_is_read_from_both_of_its_texts_and_from_nothing_else() {
    let hash = Hash::leaf(b"an entry");
    assert_eq!(hash.to_string().parse(), Ok(hash));
    assert_eq!(Hash::from_hex(&format!("{hash:x}")), Ok(hash));
    assert_eq!(Hash::try_from(hash.as_bytes().as_slice()), Ok(hash));
    let hex = format!("{hash:x}");
    for bad in [
        &hex[1..],
        &hex[2..],
        "",
        &format!("{hex}0"),
        &format!("{hex}00"),
        &hex.replace(&hex[..1], "g"),
        &format!("+{}", &hex[1..]),
    ] {
        assert_eq!(Hash::from_hex(bad), Err(HashError), "{bad}");
    }
    let base64 = hash.to_string();
    for bad in [
        &base64[1..],
        base64.trim_end_matches('='),
        "",
        "AA==",
        &format!("{base64}\n"),
        &format!(" {base64}"),
    ] {
        assert_eq!(bad.parse::<Hash>(), Err(HashError), "{bad}");
    }
}
