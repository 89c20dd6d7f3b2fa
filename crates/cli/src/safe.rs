//! Settings that are unsafe: the program says why, and what to set, and does not start.

use std::net::{SocketAddr, ToSocketAddrs};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::config::Config;
use crate::ending::wrong;
use crate::{database, outside};

/// Runs `serve --check`: says everything that is unsafe, and serves nothing.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let mut found = findings(config);
    let opened = async {
        let store = database::open(config).await?;
        outside::of(config, &store).await?;
        crate::tls::Tls::of(config)?;
        crate::mail::Post::of(config)?;
        Ok::<(), anyhow::Error>(store.close().await?)
    };
    if let Err(error) = opened.await {
        let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
        found.push(chain.join(": "));
    }
    if found.is_empty() {
        println!("Nothing unsafe was found in the settings.");
        return Ok(());
    }
    wrong(found.join("\n"))
}

/// What is unsafe in the settings, each a sentence that says why and what to set.
pub fn findings(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    of_the_door(config, &mut found);
    of_files(config, &mut found);
    of_the_database(config, &mut found);
    of_signing_in(config, &mut found);
    found
}

fn of_the_door(config: &Config, found: &mut Vec<String>) {
    let it = &config.outside;
    let is_here = is_this_machine(&config.listen);
    let speaks_tls = !it.tls_cert.is_empty() || !it.tls_key.is_empty();
    if it.tls_cert.is_empty() != it.tls_key.is_empty() {
        found.push("Set tls_cert and tls_key together, or neither.".to_owned());
    }
    if config.plain_http && !is_here {
        found.push(format!(
            "plain_http lets a session go over the network unprotected, and listen is {}, which others can reach. Set plain_http to false, or listen to 127.0.0.1:8080.",
            config.listen
        ));
    }
    if config.plain_http && speaks_tls {
        found.push("plain_http is for trying the program out without TLS, and tls_cert is set. Set plain_http to false.".to_owned());
    }
    if !is_here && !speaks_tls && !it.behind_proxy {
        found.push(format!(
            "listen is {}, which others can reach, and nothing says who speaks TLS. Set tls_cert and tls_key, or behind_proxy to true where a proxy on a network of its own does.",
            config.listen
        ));
    }
    if !it.metrics_listen.is_empty() && !is_this_machine(&it.metrics_listen) {
        found.push(format!(
            "metrics_listen is {}, which others can reach without signing in. Set it to an address of this machine, such as 127.0.0.1:9464.",
            it.metrics_listen
        ));
    }
}

fn of_files(config: &Config, found: &mut Vec<String>) {
    let it = &config.outside;
    if !it.tls_key.is_empty() && is_open_to_others(Path::new(&it.tls_key)) {
        found.push(format!(
            "Everybody on this machine can read the key {}. Run chmod 640 on it, and let its group be the program’s.",
            it.tls_key
        ));
    }
    if let Some(file) = config.file_of_secrets()
        && is_open_to_others(&file)
    {
        found.push(format!(
            "Everybody on this machine can read the secrets in {}. Put them into the environment, or run chmod 600 on the file.",
            file.display()
        ));
    }
    if let Some(file) = database::file(&config.database).filter(|file| is_open_to_others(file)) {
        found.push(format!(
            "Everybody on this machine can read the database {}. Run chmod 600 on it and on the files beside it.",
            file.display()
        ));
    }
}

fn of_the_database(config: &Config, found: &mut Vec<String>) {
    found.extend(database::on_another_machine(&config.database));
    let is_postgres =
        ["postgres://", "postgresql://"].iter().any(|it| config.database.starts_with(it));
    if is_postgres && !is_private_postgres(&config.database) {
        found.push("The database is on another machine, and the way to it is not protected, or to whoever answers. End its address with ?sslmode=verify-full.".to_owned());
    }
}

fn of_signing_in(config: &Config, found: &mut Vec<String>) {
    let it = &config.outside;
    if !it.password_sign_in && it.oidc_issuer.is_empty() {
        found.push("password_sign_in is false and no identity provider is set, so that nobody could sign in. Set oidc_issuer, or password_sign_in to true.".to_owned());
    }
    if it.oidc_issuer.is_empty() && !it.oidc_groups.is_empty() {
        found.push("oidc_groups is set and oidc_issuer is not. Set both, or neither.".to_owned());
    }
    if !(60..=6_000).contains(&it.pages_a_minute) {
        found.push(
            "pages_a_minute stops people at their work, or nobody. Set it to 60 to 6000."
                .to_owned(),
        );
    }
    if !(10..=it.pages_a_minute).contains(&it.searches_a_minute) {
        found.push("searches_a_minute stops people at their work, or nobody. Set it to 10 or more, and not beyond pages_a_minute.".to_owned());
    }
    if it.oidc_amr.contains("pwd") {
        found.push(
            "oidc_amr takes pwd, a password alone, for two factors. Leave it out.".to_owned(),
        );
    }
    if it.api_calls_a_minute > 6_000 {
        found.push("api_calls_a_minute lets one token keep the program from everybody else. Set it to 6000 or less.".to_owned());
    }
}

/// True of an address that only this machine can reach. A name that is not known is not one.
fn is_this_machine(address: &str) -> bool {
    let found: Vec<SocketAddr> =
        address.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
    !found.is_empty() && found.iter().all(|it| it.ip().is_loopback())
}

/// True if everybody on the machine can read the file: its own mode says so, and so does its folder's.
fn is_open_to_others(file: &Path) -> bool {
    let mode = |path: &Path| path.metadata().map(|it| it.permissions().mode());
    let is_reached = mode(database::folder(file)).is_ok_and(|mode| mode & 0o001 != 0);
    is_reached && mode(file).is_ok_and(|mode| mode & 0o004 != 0)
}

/// True of the names that this machine has for itself.
pub fn is_this_host(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host)
}

/// True of a PostgreSQL on this machine, and of one that is reached by TLS and proves who it is.
fn is_private_postgres(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
    let place = place.split('/').next().unwrap_or_default();
    let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = host.rsplit_once(':').map_or(host, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { place }
    });
    let option = |name: &str| {
        let all = options.split('&').filter_map(|it| it.split_once('='));
        all.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
    };
    // A path is a socket of this machine. A host among the options counts more than one in the place.
    let host = option("host").unwrap_or(host);
    let is_here = host.is_empty()
        || is_this_host(host)
        || host.starts_with('/')
        || host.starts_with("%2F")
        || host.starts_with("%2f");
    is_here || matches!(option("sslmode"), Some("verify-full" | "verify-ca"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(change: impl FnOnce(&mut Config)) -> Config {
        let mut config = Config::default();
        change(&mut config);
        config
    }

    fn only(change: impl FnOnce(&mut Config), words: &str) {
        let found = findings(&config(change));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(words), "{found:?}");
    }

    #[test]
    fn what_the_program_comes_with_is_safe() {
        assert_eq!(findings(&Config::default()), Vec::<String>::new());
    }

    #[test]
    fn a_session_never_goes_over_the_network_unprotected() {
        only(|it| it.listen = "0.0.0.0:8080".to_owned(), "nothing says who speaks TLS");
        only(|it| it.listen = "10.1.2.3:80".to_owned(), "nothing says who speaks TLS");
        let behind = |it: &mut Config| {
            it.listen = "0.0.0.0:8080".to_owned();
            it.outside.behind_proxy = true;
        };
        assert!(findings(&config(behind)).is_empty());
        only(
            |it| {
                behind(it);
                it.plain_http = true;
            },
            "plain_http",
        );
        only(|it| it.outside.metrics_listen = "0.0.0.0:9464".to_owned(), "metrics_listen");
    }

    #[test]
    fn nobody_else_reads_the_key_or_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let open = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        open(folder.path(), 0o755);
        let key = folder.path().join("key.pem");
        std::fs::write(&key, "").unwrap();
        let with = |it: &mut Config| {
            it.outside.tls_cert = "cert.pem".to_owned();
            it.outside.tls_key = key.display().to_string();
        };
        open(&key, 0o644);
        only(with, "can read the key");
        open(&key, 0o640);
        assert!(findings(&config(with)).is_empty());
        let database = |it: &mut Config| it.database = format!("sqlite:{}", key.display());
        assert!(findings(&config(database)).is_empty());
        open(&key, 0o604);
        only(database, "can read the database");
        open(folder.path(), 0o700);
        assert!(findings(&config(database)).is_empty(), "nobody else comes into the folder");
    }

    #[test]
    fn a_database_elsewhere_is_reached_by_tls_and_proves_who_it_is() {
        for (address, is_so) in [
            ("postgres://ql@localhost/ql", true),
            ("postgres://ql:p%40ss@127.0.0.1:5432/ql", true),
            ("postgres:///ql?host=/run/postgresql", true),
            ("postgres://ql@%2Frun%2Fpostgresql/ql", true),
            ("postgres://ql@[::1]:5432/ql", true),
            ("postgres://ql@db.council.example/ql?sslmode=verify-full", true),
            ("postgres://ql@db.council.example/ql?sslmode=require", false),
            ("postgres://ql@db.council.example/ql", false),
            ("postgres://ql@localhost.evil.example/ql", false),
            ("postgres://localhost@db.council.example/ql", false),
            ("postgres://ql@localhost/ql?host=db.council.example", false),
            ("postgres://ql@db/ql?sslmode=verify-full&sslmode=disable", false),
        ] {
            assert_eq!(is_private_postgres(address), is_so, "{address}");
        }
        only(|it| it.database = "postgres://ql@db/ql".to_owned(), "sslmode=verify-full");
    }

    #[test]
    fn somebody_can_always_sign_in() {
        only(|it| it.outside.password_sign_in = false, "nobody could sign in");
        only(|it| it.outside.oidc_groups = "groups.toml".to_owned(), "oidc_issuer is not");
    }
}
