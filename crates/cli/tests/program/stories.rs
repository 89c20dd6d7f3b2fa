//! Runs the browser stories in `stories/`: real Chromium against the real program.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::PROGRAM;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories").canonicalize().unwrap()
}

/// Installs what the stories are told with, unless this very lock file was installed before.
fn install(folder: &Path) {
    let installed = folder.join("node_modules/.package-lock.json");
    let lock = folder.join("package-lock.json");
    let when = |path: &Path| path.metadata().and_then(|it| it.modified()).ok();
    if when(&installed) > when(&lock) {
        return;
    }
    let done = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder)
        .status();
    let is_done = done.is_ok_and(|status| status.success());
    assert!(
        is_done,
        "npm could not install the stories' packages: on Debian, run “apt-get install npm”."
    );
    // npm leaves the times of the packages; this one says that they are those of the lock file.
    let _ = std::fs::File::open(installed).and_then(|file| {
        file.set_modified(lock.metadata()?.modified()? + std::time::Duration::from_secs(1))
    });
}

fn chromium() -> PathBuf {
    let named = std::env::var_os("QUARTERLIGHT_CHROMIUM").map(PathBuf::from);
    let chromium = named.unwrap_or_else(|| PathBuf::from("/usr/bin/chromium"));
    assert!(
        chromium.exists(),
        "Chromium is not installed: on Debian, run “apt-get install chromium”."
    );
    chromium
}

#[test]
fn every_story_is_true() {
    let (folder, chromium) = (folder(), chromium());
    install(&folder);
    let output = Command::new("node_modules/.bin/playwright")
        .arg("test")
        .current_dir(&folder)
        .env("QUARTERLIGHT_PROGRAM", PROGRAM)
        .env("QUARTERLIGHT_CHROMIUM", chromium)
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
