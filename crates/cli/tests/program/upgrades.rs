//! Databases that earlier programs made, brought to today's schema: forward only, in one transaction,
//! a checked copy first; killed at any moment, the schema is the old one or the new one.
//!
//! The files in `upgrades/` are the borough as the program of that time made it, named for its last
//! step. `QUARTERLIGHT_UPGRADE_KILLS` sets how often an upgrade is killed on each engine; the short
//! form is five.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use quarterlight_store::{Durability, Fault, Lines, Settings, Store, TableRows, Whole};
use quarterlight_testing::engines::{Engine, Fresh};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::backups::times;
use crate::commands::run;
use crate::server::{PROGRAM, Server, Visitor, between};

/// The databases that are kept, the oldest first, each by its last step: the demonstration as the
/// program of that day made it.
const KEPT: [&str; 5] =
    ["0001_house", "0007_allocation", "0009_concerns", "0015_saving", "0022_staffing"];

/// How many pages of an upgraded database each person opens.
const PAGES: usize = 25;

/// A kept database, unpacked into a folder.
fn unpacked(name: &str, folder: &Path) -> PathBuf {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/upgrades");
    let file = File::open(kept.join(format!("{name}.sqlite.zip"))).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let to = folder.join(format!("{name}.sqlite"));
    let mut out = File::create(&to).unwrap();
    std::io::copy(&mut archive.by_index(0).unwrap(), &mut out).unwrap();
    to
}

async fn open(address: &str) -> Store {
    let address = address.to_owned();
    let settings = Settings { address, durability: Durability::Full, chance: || [7; 32] };
    Store::open(&settings).await.unwrap()
}

/// Lines in memory.
#[derive(Default)]
struct Held {
    lines: Vec<(String, String)>,
    table: String,
    next: usize,
}

impl Lines for Held {
    fn begin(&mut self, table: &str) -> Result<bool, Fault> {
        table.clone_into(&mut self.table);
        self.next = self.lines.iter().position(|(it, _)| it == table).unwrap_or(self.lines.len());
        Ok(true)
    }

    fn next(&mut self) -> Result<Option<String>, Fault> {
        let line = self.lines.get(self.next).filter(|(table, _)| *table == self.table);
        self.next += 1;
        Ok(line.map(|(_, line)| line.clone()))
    }
}

/// What people signed in with when the old program made its demonstration.
const OLD_PASSWORD: &str = "borough of larkmoor";

/// A kept database on either engine: on PostgreSQL, its very rows in the schema of its time.
fn old(name: &str, engine: Engine, folder: &Path) -> Fresh {
    let file = unpacked(name, folder);
    let sqlite = format!("sqlite:{}", file.display());
    if engine == Engine::Sqlite {
        use std::os::unix::fs::PermissionsExt as _;
        // The program that served it made it for itself alone.
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        return Fresh::at(sqlite);
    }
    let fresh = Fresh::on(engine);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let (from, to) = (open(&sqlite).await, open(&fresh.address).await);
        let mut held = Held::default();
        let rows: Vec<TableRows> = from
            .whole
            .read(&mut |table, line| {
                held.lines.push((table.to_owned(), line.to_owned()));
                Ok(())
            })
            .await
            .unwrap();
        let steps = from.steps().await.unwrap();
        assert_eq!(steps.last().unwrap(), name);
        to.whole.load(&steps, &rows, &mut held).await.unwrap();
        to.close().await.unwrap();
        from.close().await.unwrap();
    });
    fresh
}

fn steps(address: &str) -> Vec<String> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = open(address).await;
        let steps = store.steps().await.unwrap();
        store.close().await.unwrap();
        steps
    })
}

fn migrate(fresh: &Fresh, folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["migrate", "--database", &fresh.address, "--copy-to"]).arg(folder);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Follows links from the first page on, and every page opens.
fn pages_open(visitor: &Visitor, who: &str) {
    let mut links = vec!["/".to_owned()];
    let (mut next, mut opened) = (0, 0);
    while next < links.len() && opened < PAGES {
        let page = visitor.get(&links[next]).unwrap();
        // A page may lead on, as to the latest quarter; that page is linked to as well.
        assert!([200, 303].contains(&page.status), "{}: {} for {who}", links[next], page.status);
        opened += usize::from(page.status == 200);
        next += 1;
        for link in between(&page.text, "href=\"/", "\"") {
            let link = format!("/{}", link.split('#').next().unwrap());
            if !link.contains('.') && !links.contains(&link) {
                links.push(link);
            }
        }
    }
    assert_eq!(opened, PAGES, "of {} links for {who}", links.len());
}

#[test]
fn every_kept_database_is_upgraded_with_a_copy_first() {
    for (name, engine) in KEPT.iter().flat_map(|it| [(it, Engine::Sqlite), (it, Engine::Postgres)])
    {
        let folder = tempfile::tempdir().unwrap();
        let fresh = old(name, engine, folder.path());
        let before = steps(&fresh.address);
        let refused = run(&fresh.address, &["journal", "verify"], "");
        assert_eq!((refused.code, refused.err.contains("migrate")), (1, true), "{}", refused.err);
        let copies = folder.path().join("copies");
        fs::create_dir(&copies).unwrap();
        let begun = Instant::now();
        let done = migrate(&fresh, &copies).output().unwrap();
        let took = begun.elapsed();
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
        assert!(said.contains("A copy was made first"), "{said}");
        let copy = fs::read_dir(&copies).unwrap().next().unwrap().unwrap().path();
        assert!(copy.metadata().unwrap().len() > 100_000, "{}", copy.display());
        assert_eq!(steps(&fresh.address), Whole::steps_known());
        let verified = run(&fresh.address, &["journal", "verify"], "");
        assert_eq!(verified.code, 0, "{name} on {engine:?}: {}{}", verified.out, verified.err);
        let server = Server::of(&fresh);
        for email in ["priya.anand", "amara.osei", "catherine.bello"] {
            let email = format!("{email}@larkmoor.example");
            let visitor = Visitor::signed_in_with(server.port(), (&email, OLD_PASSWORD));
            pages_open(&visitor, &format!("{email} in {name} on {engine:?}"));
        }
        // The copy is the database as it was.
        if engine == Engine::Sqlite {
            assert_eq!(steps(&format!("sqlite:{}", copy.display())), before);
        }
        println!("{name} on {engine:?}: {} steps were there, upgraded in {took:.1?}", before.len());
    }
}

#[test]
fn an_upgrade_killed_at_any_moment_leaves_the_old_schema_or_the_new_one() {
    let count = times("QUARTERLIGHT_UPGRADE_KILLS", 5);
    let mut chance = ChaCha12Rng::seed_from_u64(20_261_128);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let folder = tempfile::tempdir().unwrap();
        let name = KEPT[0];
        let (mut old_ones, mut new_ones, mut most) = (0, 0, Duration::ZERO);
        for round in 0..count {
            let fresh = old(name, engine, folder.path());
            let before = steps(&fresh.address);
            let copies = folder.path().join(format!("copies-{round}"));
            fs::create_dir(&copies).unwrap();
            let begun = Instant::now();
            let mut running = migrate(&fresh, &copies).spawn().unwrap();
            if most.is_zero() {
                // How long it takes when nobody kills it.
                assert!(running.wait().unwrap().success());
                most = begun.elapsed();
            } else {
                let upto = u32::try_from(most.as_micros()).unwrap();
                sleep(Duration::from_micros(u64::from(chance.next_u32() % upto)));
                running.kill().unwrap();
                running.wait().unwrap();
            }
            let after = steps(&fresh.address);
            if after == before {
                old_ones += 1;
            } else {
                assert_eq!(after, Whole::steps_known(), "between the two");
                new_ones += 1;
            }
            let done = migrate(&fresh, &copies).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            assert_eq!(run(&fresh.address, &["journal", "verify"], "").code, 0);
        }
        println!(
            "{engine:?}: {count} upgrades killed: {old_ones} old, {new_ones} new, none between"
        );
    }
}
