//! Signed checkpoints, made on a schedule while the pages are served, and sent elsewhere.
//!
//! What is elsewhere is what catches somebody who can write the database and has the key.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use quarterlight_domain::text::on_one_line;
use quarterlight_journal::{Checkpoint, Signer, WitnessVerifier};
use quarterlight_store::{Sent, SignedCheckpoint, Store};

use crate::config::Config;
use crate::database::stamp;
use crate::ending::wrong;
use crate::mail::{Letter, Post};
use crate::{journal, system};

/// How often somebody looks whether a checkpoint is due.
const LOOK: Duration = Duration::from_secs(20);

/// How long one server may take to sign and send before another does.
const SENDS: SignedDuration = SignedDuration::from_mins(10);

/// How long a witness has to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// So many characters of what another machine says are kept.
const LONGEST: usize = 300;

/// The most that a witness's answer may have.
const ANSWER: u64 = 64 * 1024;

/// Where checkpoints go.
pub struct Elsewhere {
    folder: Option<PathBuf>,
    mail: Option<(String, Post)>,
    witnesses: Vec<(String, WitnessVerifier)>,
}

/// What keeps the journal while the pages are served.
pub struct Keeper {
    signer: Signer,
    every: SignedDuration,
    ways: Elsewhere,
}

impl Elsewhere {
    /// The ways that the settings name.
    ///
    /// # Errors
    /// Refuses an address without a mail server, and a witness without its key.
    pub fn of(config: &Config, post: Option<Post>) -> anyhow::Result<Self> {
        let folder =
            (!config.checkpoint_dir.is_empty()).then(|| config.checkpoint_dir.clone().into());
        let mail = match (config.checkpoint_mail.trim(), post) {
            ("", _) => None,
            (address, Some(post)) => Some((address.to_owned(), post)),
            (_, None) => return wrong("Set smtp_host, or leave checkpoint_mail empty."),
        };
        let mut witnesses = Vec::new();
        for one in config.checkpoint_witnesses.split(',').map(str::trim).filter(|it| !it.is_empty())
        {
            let Some((address, key)) = one.split_once(' ') else {
                return wrong(
                    "Give each of checkpoint_witnesses as its address, a space and its public key.",
                );
            };
            witnesses.push((address.trim_end_matches('/').to_owned(), key.trim().parse()?));
        }
        Ok(Self { folder, mail, witnesses })
    }
}

impl Keeper {
    /// Who keeps the journal; nobody where no key is set.
    ///
    /// # Errors
    /// Refuses a key that others can read, and settings that do not fit together.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        let Some(signer) = journal::signer(config)? else { return Ok(None) };
        let every = SignedDuration::from_mins(config.journal_every.max(1).into());
        let ways = Elsewhere::of(config, Post::of(config)?)?;
        Ok(Some(Self { signer, every, ways }))
    }
}

/// Signs a checkpoint whenever one is due and something changed, for as long as the pages are served.
/// Of several servers one signs and sends, under a lease.
pub async fn watch(store: Store, keeper: Keeper) {
    let holder = system::word();
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match keep_once(&store, &keeper, &holder).await {
            Ok(troubles) => {
                for trouble in troubles {
                    tracing::warn!(trouble, "did not go");
                }
            }
            Err(error) => tracing::error!("could not keep the journal: {error:#}"),
        }
    }
}

async fn keep_once(store: &Store, keeper: &Keeper, holder: &str) -> anyhow::Result<Vec<String>> {
    let now = system::clock();
    if !store.leases.take("checkpoint", holder, (now, now.checked_add(SENDS)?)).await? {
        return Ok(Vec::new());
    }
    let kept = keep(store, keeper).await;
    store.leases.give_back("checkpoint", holder, system::clock()).await?;
    kept
}

async fn keep(store: &Store, keeper: &Keeper) -> anyhow::Result<Vec<String>> {
    let last = store.journal.last_signed().await?;
    let is_due =
        last.as_ref().is_none_or(|last| system::clock().duration_since(last.at) >= keeper.every);
    // A released report has a checkpoint of its own, which is signed at once.
    let is_ahead = store.journal.has_unsigned_checkpoint().await?;
    if !is_due && !is_ahead {
        return Ok(Vec::new());
    }
    let signed = store.journal.sign(&stamp("signed a checkpoint"), &keeper.signer).await?;
    if last.is_some_and(|last| last.size == signed.size) {
        return Ok(Vec::new());
    }
    send(store, &signed, &keeper.ways).await
}

/// Sends a checkpoint every way that is set, notes how each went, and gives what went wrong.
pub async fn send(
    store: &Store,
    signed: &SignedCheckpoint,
    ways: &Elsewhere,
) -> anyhow::Result<Vec<String>> {
    let mut troubles = Vec::new();
    let mut went = Vec::new();
    for (address, witness) in &ways.witnesses {
        let asked = cosign(store, signed, address, witness).await;
        went.push((
            format!("witness {}", witness.name()),
            asked.map_err(|error| format!("{error:#}")),
        ));
    }
    // The folder and the letter come after the witnesses, so that they have the cosignatures too.
    let note = store.journal.signed(signed.size).await?.map_or(signed.note.clone(), |it| it.note);
    if let Some(folder) = &ways.folder {
        let written = put(folder, signed.size, &note.to_string());
        went.push((
            format!("folder {}", folder.display()),
            written.map_err(|error| error.to_string()),
        ));
    }
    if let Some((address, post)) = &ways.mail {
        went.push((format!("email {address}"), mail(post, address, signed).await));
    }
    for (way, outcome) in went {
        let (words, is_there) = match outcome {
            Ok(words) => (words, true),
            // A witness or a mail server may say anything; it is kept, and goes into the log.
            Err(words) => (on_one_line(&words, LONGEST), false),
        };
        if !is_there {
            troubles.push(format!(
                "The checkpoint of {} entries did not go by {way}: {words}.",
                signed.size
            ));
        }
        let at = stamp("").at;
        let sent = Sent { size: signed.size, way, went: is_there, words, at };
        store.journal.note_sent(&sent).await?;
    }
    Ok(troubles)
}

/// Adds a file to the folder. One that is there is never written over.
fn put(folder: &Path, size: u64, note: &str) -> std::io::Result<String> {
    let file = folder.join(format!("{size}.checkpoint"));
    match OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(mut opened) => {
            opened.write_all(note.as_bytes())?;
            opened.sync_all()?;
            Ok("written".to_owned())
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Ok("there already, and left as it is".to_owned())
        }
        Err(error) => Err(error),
    }
}

async fn mail(post: &Post, address: &str, signed: &SignedCheckpoint) -> Result<String, String> {
    let it: Checkpoint = signed.note.text().parse().map_err(|_| "it cannot be read".to_owned())?;
    let letter = Letter {
        to: "Keeper of checkpoints".to_owned(),
        email: address.to_owned(),
        subject: format!("Checkpoint of the journal: {} entries", signed.size),
        sentence: format!(
            "Keep this. The journal {} had {} entries, and its root was {:x}. It is checked with: quarterlight journal verify --checkpoint {}:{:x}",
            it.origin(),
            signed.size,
            it.root(),
            signed.size,
            it.root()
        ),
        link: format!("The signed note:\n\n{}", signed.note),
        id: format!("checkpoint-{}", signed.size),
    };
    match post.send(&letter).await.settled() {
        (_, None) => Ok("sent".to_owned()),
        (_, Some(why)) => Err(why),
    }
}

/// Asks a witness, which says what it last cosigned where that is not what we thought.
async fn cosign(
    store: &Store,
    signed: &SignedCheckpoint,
    address: &str,
    witness: &WitnessVerifier,
) -> anyhow::Result<String> {
    let mut since = store.journal.last_cosigned(witness.name()).await?;
    for _ in 0..2 {
        let request = journal::request(store, signed, since).await?.to_string();
        let url = format!("{address}/add-checkpoint");
        let (status, body) = tokio::task::spawn_blocking(move || post(&url, &request)).await??;
        match status {
            200 => {
                journal::keep(store, signed, witness, &body).await?;
                return Ok("cosigned".to_owned());
            }
            409 => match body.trim().parse() {
                Ok(size) if size != since && size <= signed.size => since = size,
                _ => break,
            },
            status => anyhow::bail!("the witness refused with {status}: {}", body.trim()),
        }
    }
    anyhow::bail!("the witness has cosigned another history")
}

fn post(url: &str, body: &str) -> anyhow::Result<(u16, String)> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let mut answer = agent.post(url).content_type("text/plain; charset=utf-8").send(body)?;
    let text = answer.body_mut().with_config().limit(ANSWER).read_to_string()?;
    Ok((answer.status().as_u16(), text))
}
