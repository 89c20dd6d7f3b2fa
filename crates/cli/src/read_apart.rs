//! Reading what somebody sent first in a process of its own, which may take so much memory and time and
//! no more, opens no file and no way to another machine, and knows no secret. What ends that process
//! does not end the server.
//!
//! The readers are the same in both, and give the same for the same bytes: what the child has read
//! within its limits, the server then reads within them too.

mod kinds;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use quarterlight_web::apart::{Apart, Reader, Stopped, Unread};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::arguments::ReadFiles;
use crate::config::Config;

pub use kinds::{AnnexA, DrawFiles, FilingProtocol, Indicators, Rules};

/// Reads in a child process of this very program, within what the settings allow.
pub fn guard(config: &Config) -> Apart {
    guard_of(config, 1)
}

/// The same with so many times the memory and time, for a command on a machine of one's own.
pub fn guard_of(config: &Config, times: u32) -> Apart {
    let limits = ReadFiles {
        memory: u64::from(config.outside.reading_memory.saturating_mul(times)),
        seconds: u64::from(config.outside.reading_seconds.saturating_mul(times)),
    };
    let program = this_program();
    Apart::new(move |kind, beside, files| {
        let program = program.as_deref();
        program.is_some_and(|program| read_apart(program, &limits, (kind, beside), files))
    })
}

/// This program itself, also where its file was replaced by a later one since it began.
fn this_program() -> Option<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Some(running.to_owned()) } else { std::env::current_exe().ok() }
}

/// Reads a file as one that somebody else has sent.
pub async fn read<R: Reader>(config: &Config, reader: R, file: &Path) -> anyhow::Result<R::Read> {
    let files = vec![open(file)?];
    Ok(guard(config).read(reader, files).await.map_err(Stopped::refusal)?)
}

/// A file as it stands, which nobody has looked into.
pub fn open(file: &Path) -> anyhow::Result<Unread> {
    let bytes = std::fs::read(file).with_context(|| format!("read {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Unread::new(name.unwrap_or_default(), bytes))
}

/// True if the child read them within its limits, whatever it found in them.
fn read_apart(program: &Path, limits: &ReadFiles, kind: (&str, &str), files: &[Unread]) -> bool {
    let child = Command::new(program)
        .arg("read-files")
        .arg(format!("--memory={}", limits.memory))
        .arg(format!("--seconds={}", limits.seconds))
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        tracing::error!("could not start a process to read files in");
        return false;
    };
    let sent = child.stdin.take().is_some_and(|mut to| send(&mut to, kind, files).is_ok());
    let begun = Instant::now();
    // By the clock on the wall it may take twice what it may compute.
    let patience = Duration::from_secs(limits.seconds.saturating_mul(2).saturating_add(5));
    while begun.elapsed() < patience {
        match child.try_wait() {
            Ok(Some(status)) => return sent && status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

fn send(
    to: &mut impl Write,
    (kind, beside): (&str, &str),
    files: &[Unread],
) -> std::io::Result<()> {
    writeln!(to, "{kind}\n{beside}")?;
    for file in files {
        file.send(to)?;
    }
    to.flush()
}

/// The child: lowers its own limits, reads, and says by its exit code that it did.
pub fn child(limits: &ReadFiles) -> ExitCode {
    match limit(limits).and_then(|()| read_all(limits)) {
        Some(true) => ExitCode::SUCCESS,
        _ => ExitCode::from(1),
    }
}

fn limit(limits: &ReadFiles) -> Option<()> {
    let most = |resource, most| {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok()
    };
    most(Resource::As, limits.memory << 20)?;
    most(Resource::Cpu, limits.seconds)?;
    // No file grows by a byte, and a dead process leaves no picture of what it read.
    most(Resource::Fsize, 0)?;
    most(Resource::Core, 0)?;
    // What it has is what it was started with: no file is opened, and no way to another machine.
    most(Resource::Nofile, 3)
}

fn read_all(limits: &ReadFiles) -> Option<bool> {
    let mut bytes = Vec::new();
    std::io::stdin().take(limits.memory << 20).read_to_end(&mut bytes).ok()?;
    let (kind, beside, mut files) = received(&bytes)?;
    drop(bytes);
    kinds::attempt(&kind, &beside, &mut files)
}

fn received(mut bytes: &[u8]) -> Option<(String, String, Vec<Unread>)> {
    let (kind, beside) = (line(&mut bytes)?, line(&mut bytes)?);
    let mut files = Vec::new();
    while !bytes.is_empty() {
        let name = line(&mut bytes)?;
        let length: usize = line(&mut bytes)?.parse().ok()?;
        let (file, rest) = bytes.split_at_checked(length)?;
        files.push(Unread::new(name, file));
        bytes = rest;
    }
    Some((kind, beside, files))
}

fn line(bytes: &mut &[u8]) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    *bytes = rest.get(1..)?;
    String::from_utf8(line.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_is_received() {
        let files = [Unread::new("a.csv\nb", "1,2\n3,4\n"), Unread::new("c", "")];
        let mut sent = Vec::new();
        send(&mut sent, ("case-lists", "[\"2026-09-30\"]"), &files).unwrap();
        let (kind, beside, received) = received(&sent).unwrap();
        assert_eq!((kind.as_str(), beside.as_str()), ("case-lists", "[\"2026-09-30\"]"));
        let mut again = Vec::new();
        send(&mut again, (&kind, &beside), &received).unwrap();
        assert_eq!(again, sent);
        assert_eq!(received[0].name(), "a.csv b");
        assert!(received.len() == 2 && received[1].is_empty());
        assert!(super::received(&sent[..sent.len() - 3]).is_none(), "half of it is nothing");
    }
}
