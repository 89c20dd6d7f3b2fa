//! The settings: by flag, environment or one TOML file, in that order.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::arguments::{Arguments, Command};
use crate::outside::Outside;

/// The settings that hold.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Config {
    /// Where everything is kept.
    pub database: String,
    /// Where the pages are served.
    pub listen: String,
    /// Cookies may go over plain HTTP.
    pub plain_http: bool,
    /// How log lines are written: text or json.
    pub log: String,
    /// Which log lines are written, as in `info` or `warn,quarterlight=debug`.
    pub log_level: String,
    /// The mail server that reminders go through; none while this is empty.
    pub smtp_host: String,
    /// Its port; 0 is 465 for tls, 587 for starttls and 25 for none.
    pub smtp_port: u16,
    /// How the way to it is protected: tls, starttls or none.
    pub smtp_tls: String,
    /// The name with which the program signs in there; none while this is empty.
    pub smtp_user: String,
    /// Its password, which belongs in the environment rather than in a file.
    pub smtp_password: String,
    /// The address that reminders come from.
    pub mail_from: String,
    /// The address at which people sign in, as reminders say it.
    pub site: String,
    /// Whom to ring about a child who may be unsafe, in a sentence with the number: the page on which
    /// a concern is raised begins with it.
    pub duty: String,
    /// The largest count that is hidden from the public for being small; at least 3.
    pub small_counts: u32,
    /// Everybody reads the public parts of released reports at `/published`, without signing in.
    pub public_reports: bool,
    /// The folder that backups go into by themselves while the pages are served; none while empty.
    pub backup_to: String,
    /// The public keys that can open backups, as age1…, with commas between.
    pub backup_recipients: String,
    /// Minutes from one backup to the next; 0 makes none.
    pub backup_every: u32,
    /// How many backups stay in the folder; 0 keeps all.
    pub backup_keep: usize,
    /// The file of the key with which the journal's checkpoints are signed; none while this is empty.
    pub journal_key_file: String,
    /// Minutes between signed checkpoints while the pages are served, when something changed.
    pub journal_every: u32,
    /// A folder on another machine or medium into which each signed checkpoint is written.
    pub checkpoint_dir: String,
    /// An address to which each signed checkpoint is sent.
    pub checkpoint_mail: String,
    /// Witnesses that cosign: each its address and its public key with a space between, commas between witnesses.
    pub checkpoint_witnesses: String,
    /// Of whom more than a password is asked: `everyone`; `offered` for the weightiest roles alone; or,
    /// with `plain_http` only, `nobody`. While it is empty, `offered`, and with `plain_http` `nobody`.
    pub second_factor: String,
    /// After how many minutes without a word a session ends: 10 to 120.
    pub idle_minutes: u32,
    /// After how many minutes a session ends however busy it is: 60 to 720.
    pub session_minutes: u32,
    /// The proxies whose word is taken for where somebody is, as `10.2.0.7, 10.3.0.0/16`.
    pub trusted_proxies: String,
    /// The file of the key by which secrets are sealed before they reach the database. Beside a SQLite
    /// file it is made; with PostgreSQL it must be given, and be the same for every server.
    pub secret_key_file: String,
    /// How the program meets the machines around it.
    #[serde(flatten)]
    pub outside: Outside,
    /// Where each setting came from.
    #[serde(skip)]
    from: Option<Figment>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "sqlite:quarterlight.sqlite".to_owned(),
            listen: "127.0.0.1:8080".to_owned(),
            plain_http: false,
            log: "text".to_owned(),
            log_level: "warn".to_owned(),
            smtp_host: String::new(),
            smtp_port: 0,
            smtp_tls: "tls".to_owned(),
            smtp_user: String::new(),
            smtp_password: String::new(),
            mail_from: String::new(),
            site: String::new(),
            duty: String::new(),
            small_counts: 5,
            public_reports: true,
            backup_to: String::new(),
            backup_recipients: String::new(),
            backup_every: 15,
            backup_keep: 96,
            journal_key_file: String::new(),
            journal_every: 10,
            checkpoint_dir: String::new(),
            checkpoint_mail: String::new(),
            checkpoint_witnesses: String::new(),
            second_factor: String::new(),
            idle_minutes: 60,
            session_minutes: 720,
            trusted_proxies: String::new(),
            secret_key_file: String::new(),
            outside: Outside::default(),
            from: None,
        }
    }
}

/// The flags that were given, and nothing for those that were not.
#[derive(Debug, Default, Serialize)]
struct Flags<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plain_http: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<&'a str>,
}

const SETTINGS: [&str; 46] = [
    "database",
    "listen",
    "plain_http",
    "log",
    "log_level",
    "smtp_host",
    "smtp_port",
    "smtp_tls",
    "smtp_user",
    "smtp_password",
    "mail_from",
    "site",
    "duty",
    "small_counts",
    "public_reports",
    "backup_to",
    "backup_recipients",
    "backup_every",
    "backup_keep",
    "journal_key_file",
    "journal_every",
    "checkpoint_dir",
    "checkpoint_mail",
    "checkpoint_witnesses",
    "second_factor",
    "idle_minutes",
    "session_minutes",
    "trusted_proxies",
    "secret_key_file",
    "behind_proxy",
    "tls_cert",
    "tls_key",
    "metrics_listen",
    "password_sign_in",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_client_secret",
    "oidc_groups_claim",
    "oidc_groups",
    "oidc_amr",
    "oidc_acr",
    "pages_a_minute",
    "searches_a_minute",
    "api_calls_a_minute",
    "reading_memory",
    "reading_seconds",
];

impl Config {
    /// Reads the settings.
    pub fn read(arguments: &Arguments) -> anyhow::Result<Self> {
        let file = match &arguments.config {
            Some(file) => {
                let is_there = file.is_file();
                anyhow::ensure!(is_there, "read the settings: there is no file {}", file.display());
                file.clone()
            }
            None => PathBuf::from("quarterlight.toml"),
        };
        let figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file(file))
            .merge(Env::prefixed("QUARTERLIGHT_").only(&SETTINGS))
            .merge(Serialized::globals(flags(arguments)));
        let named: BTreeMap<String, figment::value::Value> =
            figment.extract().context("read the settings")?;
        if let Some(unknown) = named.keys().find(|name| !SETTINGS.contains(&name.as_str())) {
            anyhow::bail!("read the settings: there is no setting {unknown}");
        }
        let mut config: Self = figment.extract().context("read the settings")?;
        config.from = Some(figment);
        Ok(config)
    }

    /// Each setting on a line, with where it came from. A password in an address is left out.
    pub fn shown(&self) -> anyhow::Result<String> {
        let figment = self.from.as_ref().context("read the settings")?;
        let mut lines = Vec::new();
        for name in SETTINGS {
            let value = figment.find_value(name)?;
            let value = match value.as_str() {
                Some("") => "(empty)".to_owned(),
                Some(_) if name.ends_with("_password") || name.ends_with("_secret") => {
                    "(set)".to_owned()
                }
                Some(words) => without_password(words),
                None => value.to_bool().map_or_else(
                    || value.to_u128().map_or_else(String::new, |number| number.to_string()),
                    |value| value.to_string(),
                ),
            };
            let from = figment.find_metadata(name).map_or("the default", |metadata| {
                let name = metadata.name.as_ref();
                if name.contains("environment") {
                    "the environment"
                } else if name.contains("TOML") {
                    "the settings file"
                } else if name.contains("Flags") {
                    "a flag"
                } else {
                    "the default"
                }
            });
            lines.push(format!("{name:<20} {value:<40} from {from}"));
        }
        Ok(lines.join("\n"))
    }
}

impl Config {
    /// The settings file, where a secret came from it.
    pub fn file_of_secrets(&self) -> Option<PathBuf> {
        let figment = self.from.as_ref()?;
        let secret = SETTINGS.into_iter().find(|name| {
            let is_secret = name.ends_with("_password") || name.ends_with("_secret");
            let from = figment.find_metadata(name);
            is_secret && from.is_some_and(|it| it.name.contains("TOML"))
        })?;
        figment.find_metadata(secret)?.source.as_ref()?.file_path().map(PathBuf::from)
    }
}

fn flags(arguments: &Arguments) -> Flags<'_> {
    let mut flags = Flags {
        database: arguments.database.as_deref(),
        log: arguments.log.as_deref(),
        ..Flags::default()
    };
    if let Command::Serve(serve) = &arguments.command {
        flags.listen = serve.listen.as_deref();
        flags.plain_http = serve.plain_http.then_some(true);
    }
    flags
}

fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((who, place)) = rest.rsplit_once('@') else { return address.to_owned() };
    let user = who.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{place}")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_is_never_shown() {
        assert_eq!(without_password("postgres://ql:s3cret@db:5432/ql"), "postgres://ql@db:5432/ql");
        assert_eq!(without_password("postgres://ql@db/ql"), "postgres://ql@db/ql");
        assert_eq!(without_password("sqlite:quarterlight.sqlite"), "sqlite:quarterlight.sqlite");
    }
}
