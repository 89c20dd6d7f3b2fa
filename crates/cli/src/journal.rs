//! `journal`: proves that the history was not changed, signs it, and gives others what they need to check.

use std::path::Path;

use anyhow::Context;
use quarterlight_journal::{
    AddCheckpoint, Hash, Note, ProofFile, Signature, Signer, Verifier, WitnessVerifier,
};
use quarterlight_store::{SignedCheckpoint, Store, TreeHead};

use crate::arguments::{Journal, JournalKey};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::elsewhere::{self, Elsewhere};
use crate::ending::{Wrong, wrong};
use crate::mail::Post;
use crate::{export_folder, keys, proving, system};

/// Runs the command.
pub async fn run(command: &Journal, config: &Config) -> anyhow::Result<()> {
    match command {
        Journal::Verify(verify) => proving::run(verify, config).await,
        Journal::Checkpoint => checkpoint(config).await,
        Journal::Key(JournalKey::New { name, file }) => {
            let signer = Signer::from_seed(name, &system::chance());
            let Ok(signer) = signer else {
                return wrong("Give the journal a name without spaces and plus signs.");
            };
            keys::write(file, &signer.to_secret_text())?;
            println!("{}", signer.verifier());
            eprintln!("Give this line to those who check the journal, and note it in minutes.");
            Ok(())
        }
        Journal::Key(JournalKey::Show) => {
            println!("{}", must_sign(config)?.verifier());
            Ok(())
        }
        Journal::Prove { entry, to } => prove(*entry, to.as_deref(), config).await,
        Journal::Export { folder, personal } => {
            let signer = must_sign(config)?;
            let store = database::open(config).await?;
            store.journal.sign(&stamp("signed a checkpoint"), &signer).await?;
            export_folder::write(&store, &signer.verifier(), folder, *personal).await
        }
        Journal::Ask { since } => {
            let store = database::open(config).await?;
            print!("{}", ask(&store, *since).await?);
            Ok(())
        }
        Journal::Cosigned { file, witness } => cosigned(file, witness, config).await,
    }
}

/// The log's key, where one is set.
pub fn signer(config: &Config) -> anyhow::Result<Option<Signer>> {
    if config.journal_key_file.is_empty() {
        return Ok(None);
    }
    let secret = keys::read(Path::new(&config.journal_key_file))?;
    Ok(Some(Signer::from_secret_text(&secret)?))
}

/// The log's key, without which there is nothing to be done.
pub fn must_sign(config: &Config) -> anyhow::Result<Signer> {
    match signer(config)? {
        Some(signer) => Ok(signer),
        None => wrong(
            "No key is set. Make one with `quarterlight journal key new`, and set journal_key_file.",
        ),
    }
}

async fn checkpoint(config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let Some(signer) = signer(config)? else {
        let head = store.journal.checkpoint(&stamp("took a checkpoint")).await?;
        println!("{}", in_words(&head));
        eprintln!("It is not signed: no key is set. See `quarterlight journal key new`.");
        return Ok(());
    };
    let signed = store.journal.sign(&stamp("signed a checkpoint"), &signer).await?;
    let ways = Elsewhere::of(config, Post::of(config)?)?;
    let troubles = elsewhere::send(&store, &signed, &ways).await?;
    let head = store.journal.standing().await?.1.context("find the checkpoint")?;
    println!("{}", in_words(&head));
    let kept = store.journal.signed(signed.size).await?.context("find the checkpoint")?;
    println!("\n{}", kept.note);
    if troubles.is_empty() { Ok(()) } else { wrong(troubles.join("\n")) }
}

async fn prove(entry: u64, to: Option<&Path>, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    if let Some(signer) = signer(config)? {
        store.journal.sign(&stamp("signed a checkpoint"), &signer).await?;
    }
    let Some(last) = store.journal.last_signed().await? else {
        return wrong("No checkpoint is signed yet. See `quarterlight journal checkpoint`.");
    };
    let proof = store.journal.inclusion(entry, last.size).await?;
    let bytes = store.journal.entry(entry).await?;
    let (Some(proof), Some(bytes)) = (proof, bytes) else {
        return wrong(format!(
            "The latest checkpoint has {} entries, and not this one.",
            last.size
        ));
    };
    let text = ProofFile::new(proof, last.note).to_string();
    let Some(to) = to else {
        print!("{text}");
        return Ok(());
    };
    std::fs::write(to, text).with_context(|| format!("write {}", to.display()))?;
    let beside = to.with_extension("entry");
    std::fs::write(&beside, bytes).with_context(|| format!("write {}", beside.display()))?;
    println!("The proof is in {}, and the entry in {}.", to.display(), beside.display());
    Ok(())
}

/// What a witness that last cosigned so many entries is asked.
pub async fn ask(store: &Store, since: u64) -> anyhow::Result<AddCheckpoint> {
    let Some(last) = store.journal.last_signed().await? else {
        return wrong("No checkpoint is signed yet. See `quarterlight journal checkpoint`.");
    };
    request(store, &last, since).await
}

/// What a witness that last cosigned so many entries is asked about this checkpoint.
pub async fn request(
    store: &Store,
    last: &SignedCheckpoint,
    since: u64,
) -> anyhow::Result<AddCheckpoint> {
    let Some(proof) = store.journal.consistency(since, last.size).await? else {
        return wrong(format!("There is no proof from {since} to {} entries.", last.size));
    };
    Ok(AddCheckpoint { old: since, proof: proof.path, note: last.note.clone() })
}

async fn cosigned(file: &Path, witness: &str, config: &Config) -> anyhow::Result<()> {
    let witness: WitnessVerifier = witness.parse()?;
    let store = database::open(config).await?;
    let lines =
        std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    let Some(last) = store.journal.last_signed().await? else {
        return wrong("No checkpoint is signed yet.");
    };
    keep(&store, &last, &witness, &lines).await?;
    println!("{} cosigned {} entries.", witness.name(), last.size);
    Ok(())
}

/// Keeps the lines that a witness gave, if they are its own over this checkpoint.
pub async fn keep(
    store: &Store,
    signed: &SignedCheckpoint,
    witness: &WitnessVerifier,
    lines: &str,
) -> anyhow::Result<()> {
    let lines: Vec<Signature> =
        lines.lines().map(str::parse).collect::<Result<_, _>>().map_err(anyhow::Error::new)?;
    let mut note: Note = Note::new(signed.note.text())?;
    for line in &lines {
        note = note.with(line.clone());
    }
    witness.verify(&note)?;
    let ours: Vec<Signature> =
        lines.into_iter().filter(|line| line.name() == witness.name()).collect();
    Ok(store.journal.keep_cosignatures(&stamp("kept a cosignature"), signed.size, &ours).await?)
}

/// The head as SIZE:ROOT.
pub fn in_words(head: &TreeHead) -> String {
    format!("{}:{:x}", head.size, head.root)
}

/// A checkpoint that was written as SIZE:ROOT.
pub fn read(text: &str) -> Result<TreeHead, Wrong> {
    let malformed = || Wrong(format!("“{text}” is not a checkpoint. Give it as SIZE:ROOT."));
    let (size, root) = text.split_once(':').ok_or_else(malformed)?;
    Ok(TreeHead {
        size: size.parse().map_err(|_| malformed())?,
        root: Hash::from_hex(root).map_err(|_| malformed())?,
    })
}

/// The key by which the log's signatures are checked: the one given, or that of the key file.
pub fn log(given: Option<&str>, config: &Config) -> anyhow::Result<Option<Verifier>> {
    match given {
        Some(key) => Ok(Some(key.trim().parse()?)),
        None => Ok(signer(config)?.map(|signer| signer.verifier())),
    }
}
