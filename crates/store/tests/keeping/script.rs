//! The separate small program, `tools/verify_journal.py`, gives the same verdict as ours on whole and
//! on tampered exports.

use std::path::{Path, PathBuf};
use std::process::Command;

use quarterlight_journal::check_archive;
use quarterlight_testing::engines::Engine;

use super::forged::Forger;
use super::{InMemory, exported, signer};
use crate::world::{World, stamp};

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/verify_journal.py")
}

fn write(folder: &Path, files: &InMemory) {
    for (path, bytes) in &files.0 {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

/// Whether the script finds the folder whole, and what it says.
fn asked(files: &InMemory, against: Option<&str>) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    let mut command = Command::new("python3");
    command.arg(script()).arg(folder.path()).arg("--key").arg(signer().verifier().to_string());
    if let Some(text) = against {
        let file = folder.path().join("elsewhere.txt");
        std::fs::write(&file, text).unwrap();
        command.arg("--against").arg(file);
    }
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test]
async fn the_script_and_the_program_agree() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("There is no python3 here, so nothing was checked.");
        return;
    }
    let lines = std::fs::read_to_string(script()).unwrap().lines().count();
    assert!(lines <= 150, "{lines} lines");
    let exports: usize = std::env::var_os("QUARTERLIGHT_EXPORTS")
        .and_then(|it| it.into_string().ok()?.parse().ok())
        .unwrap_or(10);
    let world = World::on(Engine::Sqlite).await;
    let mut forger = Forger::new(&world, 600, 150).await;
    let journal = &world.store.journal;
    let mut elsewhere = String::new();
    let (mut whole, mut tampered) = (0, 0);
    for turn in 0..exports {
        // Each export is of a journal of its own length.
        forger.lines.truncate(600 - turn % 500);
        forger.marks.retain(|size| *size <= forger.lines.len() as u64);
        forger.write().await;
        journal.sign(&stamp(world.lead), &signer()).await.unwrap();
        let mut files = exported(&world).await;
        if turn % 2 == 1 {
            let names: Vec<String> = files.0.keys().cloned().collect();
            let of_use = |name: &&String| *name != "README.txt" && *name != "key";
            let names: Vec<&String> = names.iter().filter(of_use).collect();
            let name = names[turn * 7 % names.len()];
            let bytes = files.0.get_mut(name).unwrap();
            let at = (turn * 7919) % bytes.len().saturating_sub(3).max(1);
            bytes[at] ^= 1 << (turn % 7);
        }
        let ours = check_archive(&files, &signer().verifier(), &[], &[]);
        let (theirs, said) = asked(&files, None);
        assert_eq!(ours.wrong.is_empty(), theirs, "export {turn}: {:?}; {said}", ours.wrong);
        if theirs {
            whole += 1;
        } else {
            tampered += 1;
        }
        if turn == 0 {
            let last = ours.root.unwrap();
            elsewhere = format!("{}:{last:x}", ours.size);
            assert!(asked(&files, Some(&elsewhere)).0);
            let other = format!("{}:{last:x}", ours.size - 1);
            assert!(!asked(&files, Some(&other)).0, "another history elsewhere");
        }
    }
    eprintln!("{exports} exports: {whole} whole, {tampered} tampered; the script agreed on each");
    assert!(tampered * 2 >= exports - 1);
    // A journal written anew and signed with the stolen key: only what is elsewhere tells.
    let mut forger = Forger::new_lines(forger, 600);
    forger.lines[3].payload = "{}".to_owned();
    forger.rebuild(3);
    forger.marks.clear();
    forger.write().await;
    journal.sign(&stamp(world.lead), &signer()).await.unwrap();
    let files = exported(&world).await;
    assert!(asked(&files, None).0, "the control: nothing from elsewhere");
    let (is_whole, said) = asked(&files, Some(&elsewhere));
    assert!(!is_whole && said.contains("are not those of"), "{said}");
}
