//! A disk that is full again and again, and then has room: what is acknowledged after that is seen by
//! everybody. Where no file system can be mounted, nothing is checked, and that is said.

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use quarterlight_store::{NewPerson, Store};
use quarterlight_testing::engines::Fresh;

use crate::world::{at, settings};

#[tokio::test]
async fn what_is_acknowledged_after_a_full_disk_is_kept() {
    use quarterlight_domain::stamp::Stamp;

    let folder = tempfile::tempdir().unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=12m", "tmpfs"]).arg(folder.path());
    if !mount.stderr(Stdio::null()).status().is_ok_and(|it| it.success()) {
        return eprintln!(
            "No file system can be mounted here: nothing was checked of a full disk."
        );
    }
    let fresh = Fresh::at(format!("sqlite:{}", folder.path().join("small.sqlite").display()));
    let store = Store::open(&settings(&fresh)).await.unwrap();
    store.migrate().await.unwrap();
    let stamp = Stamp::console(at("2026-11-23T10:42:07Z"), "filled a disk");
    let filler = folder.path().join("filler");
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    for number in 0..4000 {
        // Full for a hundred tries, and then room for a few.
        if number % 110 == 0 {
            let mut file = File::create(&filler).unwrap();
            while file.write_all(&[7; 4096]).is_ok() {}
        }
        if number % 110 == 100 {
            fs::remove_file(&filler).unwrap();
        }
        let email = format!("{number}@larkmoor.example");
        let name = format!("Somebody {}", "with a long name ".repeat(400));
        let new = NewPerson { name, email: email.clone(), password: None, grants: Vec::new() };
        match store.people.add(&stamp, &new).await {
            Ok(_) => acknowledged.push(email),
            Err(_) => refused += 1,
        }
        if refused > 40 && number % 110 == 109 {
            break;
        }
    }
    assert!(refused > 40, "the disk was never full");
    let other = Store::open(&settings(&fresh)).await.unwrap();
    let mut missing = 0;
    for email in &acknowledged {
        missing += u32::from(other.people.by_email(email).await.unwrap().is_none());
    }
    let verdict = other.journal.verify(None, &|_| {}).await.unwrap();
    let _ = Command::new("umount").arg("--lazy").arg(folder.path()).status();
    assert_eq!(missing, 0, "of {} acknowledged, {refused} refused", acknowledged.len());
    assert_eq!(verdict.wrong, Vec::<String>::new());
}
