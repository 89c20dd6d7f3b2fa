//! The power goes at some moment: of what was written and not waited for, nothing, all, some, or torn
//! pieces of 512 bytes are on the disk. Every such disk opens, its journal verifies, and every answer
//! that was acknowledged is there.
//!
//! What the real program does to its files while it serves is written down (`recorder.c`) and played
//! back up to random moments. `QUARTERLIGHT_POWER_CUTS` sets how many; the short form is 20. Where
//! there is no C compiler, nothing is checked, and that is said.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use quarterlight_domain::id::AuditId;
use quarterlight_store::{Durability, Settings, Store};
use quarterlight_testing::engines::Engine;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::backups::times;
use crate::commands::run;
use crate::kills::standards;
use crate::server::{Server, between, borough};

const SEED: u64 = 20_261_128;

/// Something that was done to a file.
enum Done {
    Wrote(usize, u64, Vec<u8>),
    Truncated(usize, u64),
    Waited(usize),
    Removed(usize),
}

/// An answer that was acknowledged, and how much was written down when its sender knew.
struct Known {
    path: String,
    number: u64,
    at: u64,
}

struct Recorded {
    /// The database as it was before, on the disk.
    before: Vec<u8>,
    /// What was done, and how much was written down by the end of it.
    done: Vec<(u64, Done)>,
    known: Vec<Known>,
}

/// One of the two files: what is on the disk for certain, and what was done since.
#[derive(Default, Clone)]
struct Disk {
    certain: Vec<u8>,
    since: Vec<(u64, Option<Vec<u8>>)>,
}

impl Disk {
    fn settle(&mut self) {
        for (at, bytes) in std::mem::take(&mut self.since) {
            apply(&mut self.certain, at, bytes.as_deref());
        }
    }

    /// What may be found there after a power cut.
    fn after_a_cut(&self, how: u32, chance: &mut ChaCha12Rng) -> Vec<u8> {
        let mut found = self.certain.clone();
        for (at, bytes) in &self.since {
            let Some(bytes) = bytes else {
                if how == 1 || (how > 1 && chance.next_u32().is_multiple_of(2)) {
                    apply(&mut found, *at, None);
                }
                continue;
            };
            match how {
                1 => apply(&mut found, *at, Some(bytes)),
                2 if chance.next_u32().is_multiple_of(2) => apply(&mut found, *at, Some(bytes)),
                0 | 2 => {}
                _ => {
                    for (piece, some) in (0_u64..).zip(bytes.chunks(512)) {
                        if chance.next_u32().is_multiple_of(2) {
                            apply(&mut found, at + piece * 512, Some(some));
                        }
                    }
                }
            }
        }
        found
    }
}

fn apply(file: &mut Vec<u8>, at: u64, bytes: Option<&[u8]>) {
    let at = usize::try_from(at).unwrap();
    let Some(bytes) = bytes else { return file.resize(at, 0) };
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

/// The recorder, if it can be made here.
fn recorder(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/powercuts/recorder.c");
    let made = folder.join("recorder.so");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&made).arg(source).args(["-ldl", "-lpthread"]);
    let output = cc.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(made)
}

fn record() -> Option<Recorded> {
    let folder = tempfile::tempdir().unwrap();
    let recorder = recorder(folder.path())?;
    let fresh = borough(Engine::Sqlite);
    let file = fresh.file().unwrap();
    let before = fs::read(&file).unwrap();
    let log = folder.path().join("log");
    let with = [
        ("LD_PRELOAD", recorder.to_str().unwrap()),
        ("RECORDER_DATABASE", file.to_str().unwrap()),
        ("RECORDER_OUT", log.to_str().unwrap()),
    ];
    let server = Server::with_environment(&fresh, &[], &with);
    let mut visitor = server.visitor("priya.anand@larkmoor.example");
    let standards = standards(&visitor);
    let mut known = Vec::new();
    // Enough that the log is taken into the database more than once on the way.
    let end = Instant::now()
        + Duration::from_secs(if times("QUARTERLIGHT_POWER_CUTS", 0) > 0 { 60 } else { 6 });
    for number in 1.. {
        let path = &standards[usize::try_from(number).unwrap() % standards.len()];
        let page = visitor.get(path).unwrap().text;
        let version = between(&page, "name=\"version\" value=\"", "\"")[0].to_owned();
        let words =
            format!("Answer number {number}, before the power went. {}", "It goes on. ".repeat(40));
        let form = [("judgement", "partly-met"), ("seen", &*words), ("version", &*version)];
        assert_eq!(visitor.post(path, &form).unwrap().status, 303);
        let at = fs::metadata(&log).unwrap().len();
        known.push(Known { path: path.clone(), number, at });
        if Instant::now() > end {
            break;
        }
    }
    drop(server);
    Some(Recorded { before, done: read(&fs::read(&log).unwrap()), known })
}

fn read(log: &[u8]) -> Vec<(u64, Done)> {
    let (mut done, mut at) = (Vec::new(), 0);
    while at + 18 <= log.len() {
        let number = |from: usize| u64::from_le_bytes(log[from..from + 8].try_into().unwrap());
        let (file, offset) = (usize::from(log[at + 1]), number(at + 2));
        let length = usize::try_from(number(at + 10)).unwrap();
        let what = log[at];
        at += 18;
        let one = match what {
            b'W' if at + length <= log.len() => {
                at += length;
                Done::Wrote(file, offset, log[at - length..at].to_vec())
            }
            b'T' => Done::Truncated(file, offset),
            b'S' => Done::Waited(file),
            b'U' => Done::Removed(file),
            _ => break,
        };
        done.push((at as u64, one));
    }
    done
}

/// What the power cuts came to.
#[derive(Default, Debug)]
struct Came {
    cuts: usize,
    lost: usize,
    damaged: usize,
}

/// Cuts the power at random moments. Without `waits`, what was written to the log is not waited for,
/// as where `synchronous` is NORMAL.
fn cut(recorded: &Recorded, count: usize, waits: bool) -> Came {
    let mut chance = ChaCha12Rng::seed_from_u64(SEED);
    let first = recorded.known[0].at;
    let last = recorded.done.last().unwrap().0;
    let mut moments: Vec<u64> =
        (0..count).map(|_| first + chance.next_u64() % (last - first)).collect();
    moments.sort_unstable();
    let mut disks = [Disk { certain: recorded.before.clone(), since: Vec::new() }, Disk::default()];
    let mut came = Came::default();
    let mut done = recorded.done.iter().peekable();
    for moment in moments {
        while let Some((_, one)) = done.next_if(|(end, _)| *end <= moment) {
            match one {
                Done::Wrote(file, at, bytes) => {
                    // The database is only written once its log is on the disk, whatever the setting.
                    if *file == 0 {
                        disks[1].settle();
                    }
                    disks[*file].since.push((*at, Some(bytes.clone())));
                }
                Done::Truncated(file, at) => disks[*file].since.push((*at, None)),
                Done::Removed(file) => disks[*file] = Disk::default(),
                Done::Waited(1) if !waits => {}
                Done::Waited(file) => disks[*file].settle(),
            }
        }
        let how = chance.next_u32() % 4;
        let found = [0, 1].map(|file: usize| disks[file].after_a_cut(how, &mut chance));
        let known = recorded.known.iter().filter(|it| it.at <= moment);
        let known: BTreeMap<&str, u64> = known.map(|it| (it.path.as_str(), it.number)).collect();
        came.cuts += 1;
        match look(&found, &known) {
            Some(missing) => came.lost += missing,
            None => came.damaged += 1,
        }
    }
    came
}

/// Opens such a disk with the real program, and counts the answers that are missing; none if it does
/// not open, or its journal does not verify.
fn look(found: &[Vec<u8>; 2], known: &BTreeMap<&str, u64>) -> Option<usize> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("found.sqlite");
    fs::write(&file, &found[0]).unwrap();
    fs::write(folder.path().join("found.sqlite-wal"), &found[1]).unwrap();
    let address = format!("sqlite:{}", file.display());
    let verified = run(&address, &["journal", "verify"], "");
    if verified.code != 0 {
        println!("{}{}", verified.out, verified.err);
        return None;
    }
    let settings = Settings { address, durability: Durability::Full, chance: || [7; 32] };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&settings).await.unwrap();
        assert_eq!(store.whole.wrong().await.unwrap(), Vec::<String>::new());
        let mut lost = 0;
        for (path, number) in known {
            let mut parts = path.split('/').skip(2);
            let audit = AuditId(parts.next().unwrap().parse().unwrap());
            let code = parts.nth(1).unwrap();
            let audit = store.audits.in_hand(audit).await.unwrap().unwrap();
            let answer = audit.answers.iter().find(|it| it.standard.to_string() == code);
            let seen = answer.map_or("", |it| it.seen.as_str());
            let kept = between(seen, "Answer number ", ",").first().and_then(|it| it.parse().ok());
            lost += usize::from(kept < Some(*number));
        }
        store.close().await.unwrap();
        Some(lost)
    })
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    let Some(recorded) = record() else {
        println!("There is no C compiler here: nothing was checked of power cuts.");
        return;
    };
    let count = times("QUARTERLIGHT_POWER_CUTS", 20);
    let begun = Instant::now();
    let came = cut(&recorded, count, true);
    assert_eq!((came.lost, came.damaged), (0, 0), "{came:?}");
    println!(
        "{} power cuts among {} writes and waits, {} answers acknowledged: 0 lost, 0 damaged, {:.0} s",
        came.cuts,
        recorded.done.len(),
        recorded.known.len(),
        begun.elapsed().as_secs_f64()
    );
    // The control: where nothing waits for the log, the same cuts lose answers.
    let control = cut(&recorded, count, false);
    assert!(control.lost > 0, "{control:?}: the test sees nothing");
    println!("The control, which waits for the log as NORMAL does: {control:?}");
}
