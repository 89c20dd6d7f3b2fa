//! Reading a stranger's files first in a process of its own, which may take so much memory and time and
//! no more, writes nothing and knows no secret. What ends that process does not end the server.
//!
//! The readers are the same in both, and give the same for the same bytes: what the child has read
//! within its limits, the server then reads within them too.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use quarterlight_import::Limits;
use quarterlight_web::outside::ReadApart;
use quarterlight_web::pages::case_lists::reading::{File, sources};
use rustix::process::{Resource, Rlimit, setrlimit};

/// How much memory the child may ask for.
const MEMORY: u64 = 1 << 30;

/// How many seconds it may compute.
const SECONDS: u64 = 20;

/// How long it may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(45);

/// How much may be sent to it.
const MOST: u64 = 256 << 20;

/// Reads files in a child process of this very program.
pub fn guard() -> Option<ReadApart> {
    let program = std::env::current_exe().ok()?;
    Some(ReadApart::new(move |files, as_at| read_apart(&program, files, as_at)))
}

/// True if the child read them within its limits, whatever it found in them.
fn read_apart(program: &PathBuf, files: &[File], as_at: Date) -> bool {
    let child = Command::new(program)
        .arg("read-files")
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
    let sent = child.stdin.take().is_some_and(|mut to| send(&mut to, files, as_at).is_ok());
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
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

fn send(to: &mut impl Write, files: &[File], as_at: Date) -> std::io::Result<()> {
    writeln!(to, "{as_at}")?;
    for file in files {
        // A name has no line's end: it was made safe when it came.
        writeln!(to, "{}\n{}", file.name.replace('\n', " "), file.bytes.len())?;
        to.write_all(&file.bytes)?;
    }
    to.flush()
}

/// The child: lowers its own limits, reads, and says by its exit code that it did.
pub fn child() -> ExitCode {
    match limit().and_then(|()| read_all()) {
        Some(()) => ExitCode::SUCCESS,
        None => ExitCode::from(1),
    }
}

fn limit() -> Option<()> {
    let most = |resource, most| {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).ok()
    };
    most(Resource::As, MEMORY)?;
    most(Resource::Cpu, SECONDS)?;
    // No file grows by a byte, and a dead process leaves no picture of what it read.
    most(Resource::Fsize, 0)?;
    most(Resource::Core, 0)?;
    most(Resource::Nofile, 16)
}

fn read_all() -> Option<()> {
    let mut bytes = Vec::new();
    std::io::stdin().take(MOST).read_to_end(&mut bytes).ok()?;
    let (as_at, files) = received(&bytes)?;
    // What a list of the authority's own needs beside its bytes is known to the server alone.
    let _ = sources(&files, (as_at, None), |_| None, &Limits::default());
    Some(())
}

fn received(mut bytes: &[u8]) -> Option<(Date, Vec<File>)> {
    let as_at = line(&mut bytes)?.parse().ok()?;
    let mut files = Vec::new();
    while !bytes.is_empty() {
        let name = line(&mut bytes)?;
        let length: usize = line(&mut bytes)?.parse().ok()?;
        let (file, rest) = bytes.split_at_checked(length)?;
        files.push(File { name, bytes: file.to_vec() });
        bytes = rest;
    }
    Some((as_at, files))
}

fn line(bytes: &mut &[u8]) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    *bytes = rest.get(1..)?;
    String::from_utf8(line.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_sent_is_what_is_received() {
        let files = vec![
            File { name: "a.csv".to_owned(), bytes: b"1,2\n3,4\n".to_vec() },
            File { name: "b".to_owned(), bytes: Vec::new() },
        ];
        let mut sent = Vec::new();
        send(&mut sent, &files, date(2026, 9, 30)).unwrap();
        let (as_at, received) = received(&sent).unwrap();
        assert_eq!(as_at, date(2026, 9, 30));
        let both = received.iter().zip(&files);
        assert!(
            both.clone().count() == 2
                && both.clone().all(|(a, b)| a.name == b.name && a.bytes == b.bytes)
        );
        assert!(super::received(&sent[..sent.len() - 3]).is_none(), "half of it is nothing");
    }
}
