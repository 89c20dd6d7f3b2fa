//! How people sign in, as the settings say it; and what is done about it from the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::hex::{hex, unhex};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::factors::SecondFactor;
use quarterlight_domain::sign_in::times::Times;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_domain::text::Reason;
use quarterlight_store::{Happened, Store};
use quarterlight_web::sign_in::from::Network;
use quarterlight_web::sign_in::key::SecretKey;
use quarterlight_web::sign_in::passkeys::Passkeys;
use quarterlight_web::sign_in::{SignIn, recovery};

use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::mail::{Letter, Post, Went};
use crate::{keys, system};

/// The confidentiality page that comes with the program.
pub const CONFIDENTIALITY: &str = include_str!("../data/confidentiality.txt");

/// How often what holds no more is let go of, and people are told of resets.
const EVERY: Duration = Duration::from_mins(1);

/// How long one server may take to tell of resets before another does.
const TELLS: SignedDuration = SignedDuration::from_mins(5);

/// What the settings say of signing in.
///
/// # Errors
/// Refuses settings that are not safe, and says why.
pub fn settings(config: &Config) -> anyhow::Result<SignIn> {
    let second_factor = match config.second_factor.as_str() {
        "everyone" => SecondFactor::Everyone,
        "" | "nobody" if config.plain_http => SecondFactor::Nobody,
        "" | "offered" => SecondFactor::Roles,
        "nobody" => {
            return wrong(
                "second_factor = \"nobody\" goes with plain_http alone, for trying it out on your own machine. Set it to offered or everyone.",
            );
        }
        other => {
            return wrong(format!("Set second_factor to offered or everyone, not to “{other}”."));
        }
    };
    let words = config.trusted_proxies.split(',').map(str::trim).filter(|word| !word.is_empty());
    let trusted_proxies = words.map(str::parse::<Network>).collect::<Result<Vec<_>, _>>()?;
    let passkeys = match config.site.trim() {
        // A browser has passkeys for this one name without https.
        "" if config.plain_http => Passkeys::at("http://localhost").ok(),
        "" => None,
        site => Passkeys::at(site).ok(),
    };
    Ok(SignIn {
        key: SecretKey::new(key(config)?),
        second_factor,
        times: Times::new(config.idle_minutes, config.session_minutes)?,
        trusted_proxies,
        passkeys,
    })
}

/// The key outside the database. Beside a SQLite file it is made at the first start.
fn key(config: &Config) -> anyhow::Result<[u8; 32]> {
    let file = match (config.secret_key_file.as_str(), database::file(&config.database)) {
        ("", Some(database)) => {
            let file = PathBuf::from(format!("{}.key", database.display()));
            make_key(&file)?;
            file
        }
        ("", None) => {
            return wrong(
                "Set secret_key_file to a file of 64 hexadecimal digits, the same for every server: `openssl rand -hex 32` makes them. It seals what one-time codes are made of, and must not be in the database or its backups.",
            );
        }
        (file, _) => PathBuf::from(file),
    };
    let text = keys::read(&file)?;
    match from_hex(&text) {
        Some(key) => Ok(key),
        None => wrong(format!("{} is not a file of 64 hexadecimal digits.", file.display())),
    }
}

fn make_key(file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        return Ok(());
    }
    keys::write(file, &hex(&system::chance()))
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    unhex(text)?.try_into().ok()
}

/// Lets go of what holds no more, and tells people that a reset was made, as long as pages are served.
pub async fn watch(store: Store, post: Option<Post>, times: Times) {
    let holder = system::word();
    loop {
        match store.sign_ins.let_go(times, system::clock()).await {
            Ok(gone) if gone.sessions + gone.keys > 0 => {
                tracing::info!(sessions = gone.sessions, keys = gone.keys, "let go of");
            }
            Ok(_) => {}
            Err(fault) => tracing::error!("could not let go of what holds no more: {fault}"),
        }
        if let Some(post) = &post
            && let Err(fault) = tell_once(&store, post, &holder).await
        {
            tracing::error!("could not tell of resets: {fault}");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One of several servers tells, so that nobody gets the same alarm twice.
async fn tell_once(store: &Store, post: &Post, holder: &str) -> anyhow::Result<()> {
    let now = system::clock();
    let until = now.checked_add(TELLS)?;
    if !store.leases.take("resets", holder, (now, until)).await? {
        return Ok(());
    }
    let told = tell(store, post).await;
    store.leases.give_back("resets", holder, system::clock()).await?;
    told
}

/// Tells people by email that a reset was made of what they sign in with; never the code.
async fn tell(store: &Store, post: &Post) -> anyhow::Result<()> {
    tell_of_factors(store, post).await?;
    for told in store.sign_ins.resets_to_tell().await? {
        let by = told.by.as_deref().unwrap_or("whoever runs the server");
        let letter = Letter {
            to: told.name.clone(),
            email: told.email.clone(),
            subject: "Somebody made a code to reset how you sign in".to_owned(),
            sentence: format!(
                "On {}, {by} made a code by which a new password for your account can be chosen. If you did not ask for it, tell an administrator at once.",
                moment_in_words(told.at)
            ),
            link: post.site().to_owned(),
            id: format!("reset-{}", told.word),
        };
        match post.send(&letter).await {
            Went::Later(why) => tracing::warn!(why, "a letter about a reset waits"),
            Went::Sent | Went::Unknown | Went::Never(_) => {
                store.sign_ins.reset_was_told(&told.digest, system::clock()).await?;
            }
        }
    }
    Ok(())
}

/// Tells people by email that their second factor was ended; never why.
async fn tell_of_factors(store: &Store, post: &Post) -> anyhow::Result<()> {
    for told in store.sign_ins.factors_to_tell().await? {
        let by = told.by.as_deref().unwrap_or("whoever runs the server");
        let letter = Letter {
            to: told.name.clone(),
            email: told.email.clone(),
            subject: "Somebody ended your second factor".to_owned(),
            sentence: format!(
                "On {}, {by} ended what you sign in with besides your password: one-time codes, passkeys and recovery codes. If you did not ask for it, tell an administrator at once.",
                moment_in_words(told.at)
            ),
            link: post.site().to_owned(),
            id: format!("second-factor-{}", told.id),
        };
        match post.send(&letter).await {
            Went::Later(why) => tracing::warn!(why, "a letter about a second factor waits"),
            Went::Sent | Went::Unknown | Went::Never(_) => {
                store.sign_ins.factors_were_told(told.id, system::clock()).await?;
            }
        }
    }
    Ok(())
}

/// What is noted of something that was done at the server's own command line.
fn at_the_console(event: SignInEvent, person: PersonId, at: Timestamp) -> Happened {
    Happened {
        event,
        at,
        person: Some(person),
        account: None,
        by: None,
        network: String::new(),
        browser: "The server’s command line".to_owned(),
        detail: String::new(),
    }
}

/// `person end-factors`: somebody has lost their second factor, and whoever runs the server ends it.
pub async fn end_factors(store: &Store, email: &str, why: &str) -> anyhow::Result<()> {
    let Some(person) = store.people.by_email(email).await? else {
        return wrong(format!("Nobody signs in as {email}."));
    };
    let why = Reason::new(why)?;
    let stamp = stamp("ended somebody’s second factor");
    let happened = at_the_console(SignInEvent::FactorsEnded, person, stamp.at);
    store.sign_ins.end_factors(&stamp, person, &why, &happened).await?;
    println!("{email} signs in with their password alone, until they add a second factor.");
    Ok(())
}

/// `person reset`: a code for somebody, by whoever runs the server.
pub async fn reset(store: &Store, email: &str) -> anyhow::Result<()> {
    let Some(person) = store.people.by_email(email).await? else {
        return wrong(format!("Nobody signs in as {email}."));
    };
    let code = recovery::spelt(system::chance());
    let stamp = stamp("made a code to choose a new password");
    let happened = at_the_console(SignInEvent::ResetMade, person, stamp.at);
    store.sign_ins.keep_reset(&stamp, person, &recovery::digest(&code), &happened).await?;
    println!("Code for {email}: {code}");
    println!("They enter it at /sign-in/reset within an hour, once. It is not shown again.");
    Ok(())
}

/// `person confidentiality`: the words that everybody accepts from a day on.
pub async fn keep_confidentiality(
    store: &Store,
    file: &Path,
    from: Option<Date>,
) -> anyhow::Result<()> {
    let words = fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    if words.trim().is_empty() {
        return wrong(format!("{} is empty.", file.display()));
    }
    let stamp = stamp("kept the words of the confidentiality page");
    let from = from.unwrap_or(stamp.day());
    store.sign_ins.keep_confidentiality(&stamp, from, words.trim()).await?;
    println!("Everybody is asked to accept these words from {from}.");
    Ok(())
}

/// Keeps the confidentiality page that comes with the program, where there is none. True if it did.
pub async fn keep_default_confidentiality(store: &Store) -> anyhow::Result<bool> {
    let stamp = stamp("kept the confidentiality page that comes with the program");
    if store.sign_ins.confidentiality(stamp.day()).await?.is_some() {
        return Ok(false);
    }
    store.sign_ins.keep_confidentiality(&stamp, stamp.day(), CONFIDENTIALITY.trim()).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn config(folder: &Path) -> Config {
        let mut config = Config::default();
        config.database = format!("sqlite:{}", folder.join("ql.sqlite").display());
        config
    }

    #[test]
    fn a_key_is_made_beside_the_database_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(folder.path());
        let first = key(&config).unwrap();
        assert_eq!(key(&config).unwrap(), first, "and kept");
        let file = folder.path().join("ql.sqlite.key");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(key(&config).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn what_is_not_safe_does_not_start() {
        let folder = tempfile::tempdir().unwrap();
        let good = config(folder.path());
        assert!(settings(&good).is_ok());
        let refused = |change: fn(&mut Config)| {
            let mut config = good.clone();
            change(&mut config);
            settings(&config).unwrap_err().to_string()
        };
        assert!(refused(|it| it.second_factor = "nobody".to_owned()).contains("plain_http"));
        assert!(refused(|it| it.second_factor = "maybe".to_owned()).contains("second_factor"));
        assert!(refused(|it| it.idle_minutes = 600).contains("idle_minutes"));
        assert!(refused(|it| it.session_minutes = 100_000).contains("session_minutes"));
        assert!(refused(|it| it.trusted_proxies = "everybody".to_owned()).contains("everybody"));
        assert!(refused(|it| it.trusted_proxies = "0.0.0.0/0".to_owned()).contains("0.0.0.0/0"));
        let postgres = |it: &mut Config| it.database = "postgres://ql@db/ql".to_owned();
        assert!(refused(postgres).contains("secret_key_file"));
    }
}
