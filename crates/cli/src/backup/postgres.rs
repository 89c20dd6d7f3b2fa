//! PostgreSQL's own programs: `pg_dump` takes a consistent copy, `pg_restore` puts it back.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::ending::wrong;

/// Copies a database while it is in use, as it was at one moment.
pub fn dump(address: &str, server: u32, to: &Path) -> anyhow::Result<()> {
    let mut command = program("pg_dump", server)?;
    let to = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let to = to.context("write the copy")?;
    connect(&mut command, address).args(["--format=custom", "--no-owner", "--no-privileges"]);
    // It keeps what it has read of the database in one place at one moment.
    run(command.args(["--lock-wait-timeout=60s"]).stdout(to), "copy the database with pg_dump")
}

/// Puts a copy back into an empty database: all of it, or nothing.
pub fn put_back(address: &str, server: u32, from: &Path) -> anyhow::Result<()> {
    let mut command = program("pg_restore", server)?;
    connect(&mut command, address);
    command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]);
    run(command.arg(from), "restore with pg_restore")
}

/// The address of another database on the same server.
pub fn with_database(address: &str, name: &str) -> String {
    let (place, rest) = address.split_once('?').map_or((address, None), |(a, b)| (a, Some(b)));
    let after_scheme = place.find("://").map_or(0, |at| at + 3);
    let place = match place.get(after_scheme..).and_then(|it| it.rfind('/')) {
        Some(slash) => place.get(..after_scheme + slash).unwrap_or(place),
        None => place,
    };
    rest.map_or_else(|| format!("{place}/{name}"), |rest| format!("{place}/{name}?{rest}"))
}

/// The newest of a program that is as new as the server: an older one refuses.
fn program(name: &str, server: u32) -> anyhow::Result<Command> {
    let folders = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = folders.map(|it| it.path().join("bin").join(name)).collect();
    let path = std::env::var_os("PATH").unwrap_or_default();
    found.extend(std::env::split_paths(&path).map(|folder| folder.join(name)));
    let versions = found.into_iter().filter(|it| it.is_file());
    let newest = versions.filter_map(|it| Some((version(&it)?, it))).max();
    match newest {
        Some((version, program)) if version >= server => Ok(Command::new(program)),
        Some((version, _)) => wrong(format!(
            "The server is PostgreSQL {server}, and {name} here is of version {version}, which is \
             older. Install postgresql-client-{server}."
        )),
        None => wrong(format!(
            "{name} is not here, and is needed for this. Install postgresql-client-{server}."
        )),
    }
}

fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let number =
        said.split_whitespace().find(|word| word.starts_with(|it: char| it.is_ascii_digit()))?;
    number.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
}

/// Gives the address, and the password where nobody who lists processes can read it.
fn connect<'a>(command: &'a mut Command, address: &str) -> &'a mut Command {
    let (address, password) = apart(address);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command.arg(format!("--dbname={address}")).stdin(Stdio::null())
}

/// An address without its password, and the password.
fn apart(address: &str) -> (String, Option<String>) {
    let none = || (address.to_owned(), None);
    let Some((scheme, rest)) = address.split_once("://") else { return none() };
    let Some((who, place)) = rest.split_once('@') else { return none() };
    let Some((user, password)) = who.split_once(':') else { return none() };
    (format!("{scheme}://{user}@{place}"), Some(plain(password)))
}

/// A word of an address without its percent signs.
fn plain(word: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = word.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let coded =
            digits.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'%');
        bytes.push(coded.unwrap_or(*first));
        rest = coded.map_or(after, |_| after.get(2..).unwrap_or_default());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What these programs say names tables and never rows.
fn run(command: &mut Command, what: &str) -> anyhow::Result<()> {
    let output = command.stderr(Stdio::piped()).output().with_context(|| what.to_owned())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().find(|line| line.contains("error")).unwrap_or_default();
    anyhow::bail!("{what}: {}", said.trim())
}

#[cfg(test)]
mod tests {
    use super::{apart, with_database};

    #[test]
    fn a_password_goes_by_the_environment() {
        let (address, password) = apart("postgres://ql:s%40fe:ty@db:5432/ql?sslmode=require");
        assert_eq!(address, "postgres://ql@db:5432/ql?sslmode=require");
        assert_eq!(password.as_deref(), Some("s@fe:ty"));
        assert_eq!(apart("postgres://ql@db/ql"), ("postgres://ql@db/ql".to_owned(), None));
    }

    #[test]
    fn another_database_of_the_server_is_named() {
        let of = |address| with_database(address, "other");
        assert_eq!(of("postgres://ql@db:5432/ql"), "postgres://ql@db:5432/other");
        assert_eq!(
            of("postgres://ql@db/ql?sslmode=require"),
            "postgres://ql@db/other?sslmode=require"
        );
        assert_eq!(of("postgres://ql@db"), "postgres://ql@db/other");
    }
}
