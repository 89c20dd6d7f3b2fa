//! `witness`: cosigns the checkpoints of somebody's journal, each only if it continues the last.
//!
//! It knows one journal by its public key, keeps one file, and reads no database.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use quarterlight_journal::{AddCheckpoint, Hash, Refused, Verifier, Witness as Key};

use crate::arguments::{Watch, Witness};
use crate::ending::wrong;
use crate::{database, journal, keys, serve, system};

/// The most that a request may have.
const MOST: usize = 64 * 1024;

/// Who witnesses what, and where the last checkpoint is kept. One request is decided at a time.
struct Watching {
    key: Key,
    log: Verifier,
    watch: Watch,
    one_at_a_time: Mutex<()>,
}

/// Runs the command.
pub async fn run(command: &Witness) -> anyhow::Result<()> {
    match command {
        Witness::New { name, file } => {
            let Ok(key) = Key::from_seed(name, &system::chance()) else {
                return wrong("Give the witness a name without spaces and plus signs.");
            };
            keys::write(file, &key.to_secret_text())?;
            println!("{}", key.verifier());
            Ok(())
        }
        Witness::Add { watch, request } => {
            let text = std::fs::read_to_string(request)
                .with_context(|| format!("read {}", request.display()))?;
            match Watching::of(watch)?.decide(&text)? {
                Ok(line) => {
                    println!("{line}");
                    Ok(())
                }
                Err(refused) => wrong(refused.to_string()),
            }
        }
        Witness::Serve { watch, listen } => {
            let watching = Arc::new(Watching::of(watch)?);
            let listener = serve::listen(listen).await?;
            eprintln!("The witness is at http://{}", listener.local_addr()?);
            let router = Router::new()
                .route("/add-checkpoint", post(asked))
                .layer(DefaultBodyLimit::max(MOST))
                .with_state(watching);
            serve::until_told(listener, router).await
        }
    }
}

async fn asked(State(watching): State<Arc<Watching>>, body: String) -> Response {
    let decided = tokio::task::spawn_blocking(move || watching.decide(&body)).await;
    match decided {
        Ok(Ok(Ok(line))) => (StatusCode::OK, format!("{line}\n")).into_response(),
        Ok(Ok(Err(Refused::Stale(size)))) => {
            let kind = [(header::CONTENT_TYPE, "text/x.tlog.size")];
            (StatusCode::CONFLICT, kind, format!("{size}\n")).into_response()
        }
        Ok(Ok(Err(refused))) => {
            let status = StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::BAD_REQUEST);
            (status, format!("{refused}\n")).into_response()
        }
        Ok(Err(error)) if error.is::<quarterlight_journal::RequestError>() => {
            (StatusCode::BAD_REQUEST, format!("could not {error}\n")).into_response()
        }
        Ok(Err(error)) => {
            tracing::error!("could not cosign: {error:#}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Watching {
    fn of(watch: &Watch) -> anyhow::Result<Self> {
        Ok(Self {
            key: Key::from_secret_text(&keys::read(&watch.key)?)?,
            log: watch.log.trim().parse()?,
            watch: watch.clone(),
            one_at_a_time: Mutex::new(()),
        })
    }

    /// The line by which the witness cosigns, or why it does not. What it cosigns is on the disk
    /// before the line is given away.
    fn decide(&self, text: &str) -> anyhow::Result<Result<String, Refused>> {
        let Ok(_held) = self.one_at_a_time.lock() else { anyhow::bail!("take the turn") };
        let request: AddCheckpoint = text.parse()?;
        let last = last(&self.watch.state)?;
        let checkpoint = match request.accept(&self.log, last) {
            Ok(checkpoint) => checkpoint,
            Err(refused) => return Ok(Err(refused)),
        };
        let at = u64::try_from(system::clock().as_second()).unwrap_or_default();
        let line = self.key.cosign(&checkpoint, at)?;
        keep(&self.watch.state, checkpoint.size(), checkpoint.root())?;
        Ok(Ok(line.to_string()))
    }
}

fn last(file: &Path) -> anyhow::Result<Option<(u64, Hash)>> {
    if !file.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    let head = journal::read(text.trim())?;
    Ok(Some((head.size, head.root)))
}

/// Puts the last checkpoint where it is kept: whole or not at all, and on the disk.
fn keep(file: &Path, size: u64, root: Hash) -> anyhow::Result<()> {
    let beside = file.with_extension("new");
    let mut opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .with_context(|| format!("write {}", beside.display()))?;
    writeln!(opened, "{size}:{root:x}")?;
    opened.sync_all()?;
    std::fs::rename(&beside, file)?;
    File::open(database::folder(file))?.sync_all()?;
    Ok(())
}
