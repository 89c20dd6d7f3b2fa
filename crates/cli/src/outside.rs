//! The settings by which the program meets the machines around it, and what the pages are told of them.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use quarterlight_domain::groups::GroupRule;
use quarterlight_store::Store;
use quarterlight_web::identity::{Provider, Settings};
use quarterlight_web::outside::{Outside as Told, Room, RoomOf};
use quarterlight_web::pace::Pace;
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::{database, read_apart, system};

/// Settings for the identity provider, TLS, monitoring and the API.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Outside {
    /// A proxy that speaks TLS stands before the program.
    pub behind_proxy: bool,
    /// The file of the certificate, where the program speaks TLS itself.
    pub tls_cert: String,
    /// The file of its key.
    pub tls_key: String,
    /// Where Prometheus finds what is counted; nowhere while this is empty.
    pub metrics_listen: String,
    /// People may sign in with a password.
    pub password_sign_in: bool,
    /// The address of the council's identity provider; none while this is empty.
    pub oidc_issuer: String,
    /// The name by which it knows the program.
    pub oidc_client_id: String,
    /// What the program shows to it, which belongs in the environment.
    pub oidc_client_secret: String,
    /// The claim in which it gives groups.
    pub oidc_groups_claim: String,
    /// The file that says which group holds which role.
    pub oidc_groups: String,
    /// The means of its sign-in (`amr`) by which it has asked for two factors, with commas between.
    pub oidc_amr: String,
    /// The strengths (`acr`) with which it has, with commas between; it is asked for these.
    pub oidc_acr: String,
    /// How often one person may ask for pages within a minute.
    pub pages_a_minute: u32,
    /// How often for searches and files, of these.
    pub searches_a_minute: u32,
    /// How often one API token may call within a minute.
    pub api_calls_a_minute: u32,
    /// How much memory reading what somebody sent may take, in MB.
    pub reading_memory: u32,
    /// How many seconds it may compute.
    pub reading_seconds: u32,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            behind_proxy: false,
            tls_cert: String::new(),
            tls_key: String::new(),
            metrics_listen: String::new(),
            password_sign_in: true,
            oidc_issuer: String::new(),
            oidc_client_id: String::new(),
            oidc_client_secret: String::new(),
            oidc_groups_claim: "groups".to_owned(),
            oidc_groups: String::new(),
            oidc_amr: "mfa,otp,hwk,sc".to_owned(),
            oidc_acr: String::new(),
            pages_a_minute: 600,
            searches_a_minute: 60,
            api_calls_a_minute: 120,
            reading_memory: 1024,
            reading_seconds: 20,
        }
    }
}

/// What the pages are told.
pub async fn of(config: &Config, store: &Store) -> anyhow::Result<Told> {
    let it = &config.outside;
    let provider = match it.oidc_issuer.as_str() {
        "" => None,
        _ => Some(Arc::new(Provider::new(Settings {
            issuer: it.oidc_issuer.clone(),
            client: it.oidc_client_id.clone(),
            secret: it.oidc_client_secret.clone(),
            site: config.site.clone(),
            groups_claim: it.oidc_groups_claim.clone(),
            rules: rules(&it.oidc_groups, store).await?,
            amr: words(&it.oidc_amr),
            acr: words(&it.oidc_acr),
        })?)),
    };
    Ok(Told {
        provider,
        passwords: it.password_sign_in,
        started: system::clock(),
        pace: it.api_calls_a_minute.into(),
        pages: Pace::new(it.pages_a_minute, it.searches_a_minute),
        apart: read_apart::guard(config),
        room: database::file(&config.database).map(room_beside),
    })
}

/// What the pages of a demonstration are told: the same, without anything that is set.
pub fn of_demonstration(config: &Config, file: &Path) -> Told {
    Told {
        started: system::clock(),
        apart: read_apart::guard(config),
        room: Some(room_beside(file)),
        ..Told::default()
    }
}

/// Words with commas between.
fn words(listed: &str) -> Vec<String> {
    let words = listed.split(',').map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn room_beside(file: &Path) -> RoomOf {
    let folder = database::folder(file).to_owned();
    RoomOf(Arc::new(move || room(&folder)))
}

/// Which group holds which role over which place.
async fn rules(file: &str, store: &Store) -> anyhow::Result<Vec<GroupRule>> {
    if file.is_empty() {
        return Ok(Vec::new());
    }
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("read the file of groups, {file}, that oidc_groups names"))?;
    let places = store.places.all().await?;
    let lines = quarterlight_import::groups::from_toml(&text)?.into_iter();
    lines
        .map(|line| {
            let place = database::place(&places, line.place.as_deref())?;
            Ok(GroupRule { group: line.group, role: line.role, place })
        })
        .collect()
}

fn room(folder: &Path) -> Option<Room> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(Room {
        free: disk.f_bavail.saturating_mul(disk.f_frsize),
        all: disk.f_blocks.saturating_mul(disk.f_frsize),
    })
}
