//! A copy restored to try it: opened as the program opens it, every check made, every row counted.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use quarterlight_store::{Durability, Settings, Store, TreeHead};
use tokio::task::block_in_place;

use super::postgres;
use crate::config::Config;
use crate::ending::wrong;
use crate::system;

/// What a restored copy has.
#[derive(Debug, Clone)]
pub struct Tried {
    is_sqlite: bool,
    /// The steps of its schema.
    pub steps: Vec<String>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// Its journal.
    pub head: TreeHead,
}

impl Tried {
    /// The engine that it is for.
    pub fn engine(&self) -> &'static str {
        if self.is_sqlite { "sqlite" } else { "postgresql" }
    }
}

/// Restores a copy into a place that is thrown away, and checks it. It must go on from what the
/// journal was before.
pub async fn restored(
    store: &Store,
    config: &Config,
    copy: &Path,
    scratch: &Path,
    before: TreeHead,
) -> anyhow::Result<Tried> {
    if store.whole.is_sqlite() {
        let file = scratch.join("tried.sqlite");
        block_in_place(|| std::fs::copy(copy, &file)).context("try the copy")?;
        return checked(&format!("sqlite:{}", file.display()), Some(before)).await;
    }
    let name = format!("quarterlight_tried_{}", system::word());
    let made = store.whole.make_database(&name).await;
    made.context(
        "make a database on the same server to try the backup in (its role needs CREATEDB)",
    )?;
    let address = postgres::with_database(&config.database, &name);
    let version = store.whole.postgres_version().await?;
    let tried = match block_in_place(|| postgres::put_back(&address, version, copy)) {
        Ok(()) => checked(&address, Some(before)).await,
        Err(error) => Err(error),
    };
    store.whole.remove_database(&name).await.context("remove the database that was tried")?;
    tried
}

/// Opens a database as it is, makes every check, and closes it.
pub async fn checked(address: &str, known: Option<TreeHead>) -> anyhow::Result<Tried> {
    let store = open(address).await?;
    let checks = checks(&store, known).await;
    store.close().await?;
    checks
}

/// Opens a database by its address.
pub async fn open(address: &str) -> anyhow::Result<Store> {
    let address = address.to_owned();
    let settings = Settings { address, durability: Durability::Full, chance: system::chance };
    Ok(Store::open(&settings).await?)
}

async fn checks(store: &Store, known: Option<TreeHead>) -> anyhow::Result<Tried> {
    if store.steps_behind().await? > 0 {
        return wrong(
            "This backup is of an older schema: restore it with the program that made it, and then \
             run `quarterlight migrate` with this one.",
        );
    }
    let mut said = store.whole.wrong().await?;
    let verdict = store.journal.verify(known, &|_| {}).await?;
    said.extend(verdict.wrong);
    if !said.is_empty() {
        return wrong(format!("What was restored is not whole.\n{}", said.join("\n")));
    }
    let steps = store.steps().await?;
    let rows = store.whole.counts().await?.into_iter().collect();
    Ok(Tried { is_sqlite: store.whole.is_sqlite(), steps, rows, head: verdict.head })
}
