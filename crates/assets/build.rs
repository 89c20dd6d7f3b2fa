//! Fetches the design system, takes out what is for gov.uk alone, joins our look to it and embeds both.
#![expect(clippy::disallowed_methods, reason = "Cargo speaks to a build script by its environment")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fmt::Write as _, fs, io};

use sha2::{Digest, Sha256};

/// What stops the build, as one sentence.
type Sentence = String;

const OWN_FILES: [&str; 2] = ["own/quarterlight.css", "own/quarterlight.svg"];

/// Our scripts, in the order in which they run.
const OWN_SCRIPTS: [&str; 10] = [
    "own/sealed.js",
    "own/copies.js",
    "own/opening.js",
    "own/quarterlight.js",
    "own/passkeys.js",
    "own/waiting.js",
    "own/saving.js",
    "own/time_out.js",
    "own/signing_out.js",
    "own/taking.js",
];

const LICENCE: &str = include_str!("own/govuk-frontend-licence.txt");

fn main() -> ExitCode {
    for file in OWN_FILES.into_iter().chain(OWN_SCRIPTS) {
        println!("cargo::rerun-if-changed={file}");
    }
    for file in ["build.rs", "package.json", "package-lock.json", "own/govuk-frontend-licence.txt"]
    {
        println!("cargo::rerun-if-changed={file}");
    }
    println!("cargo::rerun-if-env-changed=ASSETS_NODE_MODULES");
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            println!("cargo::error={sentence}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), Sentence> {
    let out = PathBuf::from(
        env::var("OUT_DIR").map_err(|error| format!("Cargo set no OUT_DIR: {error}."))?,
    );
    let modules = match env::var_os("ASSETS_NODE_MODULES") {
        Some(folder) => PathBuf::from(folder),
        None => fetched(&out)?,
    };
    let govuk = modules.join("govuk-frontend/dist/govuk");
    for file in ["govuk-frontend.min.css", "govuk-frontend.min.js"] {
        println!("cargo::rerun-if-changed={}", govuk.join(file).display());
    }
    let version = pinned_version(&read(Path::new("package.json"))?)?;
    let [own_css, own_svg] = OWN_FILES.map(|file| read(Path::new(file)));
    let own_js: Result<Vec<_>, _> =
        OWN_SCRIPTS.into_iter().map(|file| read(Path::new(file))).collect();
    let own_js = own_js?.join("\n");

    let css = stylesheet(&read(&govuk.join("govuk-frontend.min.css"))?, &own_css?, &version)?;
    let js = script(&read(&govuk.join("govuk-frontend.min.js"))?, &own_js, &version)?;
    let mut rust = String::new();
    for (constant, ending, content_type, text) in [
        ("STYLESHEET", "css", "text/css; charset=utf-8", css),
        ("SCRIPT", "js", "text/javascript; charset=utf-8", js),
        ("ICON", "svg", "image/svg+xml", own_svg?),
    ] {
        let hash = short_hash(&text);
        write(&out.join(format!("quarterlight.{ending}")), &text)?;
        writeln!(
            rust,
            "static {constant}: Asset = Asset {{ path: \"/assets/quarterlight-{hash}.{ending}\", \
             content_type: \"{content_type}\", \
             bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/quarterlight.{ending}\")) }};"
        )
        .map_err(|error| format!("Could not write the list of files: {error}."))?;
    }
    write(&out.join("assets.rs"), &rust)
}

/// The folder of packages that npm filled from our lock file, filled again only when that changes.
fn fetched(out: &Path) -> Result<PathBuf, Sentence> {
    let work = out.join("npm");
    let modules = work.join("node_modules");
    let done = work.join("done");
    let wanted = read(Path::new("package-lock.json"))?;
    let is_there = modules.join("govuk-frontend/dist").is_dir();
    if is_there && fs::read_to_string(&done).is_ok_and(|had| had == wanted) {
        return Ok(modules);
    }
    fs::create_dir_all(&work)
        .map_err(|error| format!("Could not create a folder for npm: {error}."))?;
    for file in ["package.json", "package-lock.json"] {
        write(&work.join(file), &read(Path::new(file))?)?;
    }
    let ran = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&work)
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "npm is not installed: install it (on Debian and Ubuntu, \
                 `apt install npm`), or set ASSETS_NODE_MODULES to a node_modules folder that holds \
                 govuk-frontend."
                .to_owned(),
            _ => format!("Could not start npm: {error}."),
        })?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        let code = said.lines().find_map(|line| line.strip_prefix("npm error code "));
        let code = code.unwrap_or("it did not say why");
        return Err(format!(
            "npm could not fetch the design system ({code}). Without a network, set \
             ASSETS_NODE_MODULES to a node_modules folder that holds govuk-frontend."
        ));
    }
    write(&done, &wanted)?;
    Ok(modules)
}

/// The version that `package.json` asks for, to the last digit.
fn pinned_version(package: &str) -> Result<String, Sentence> {
    let after = package.split("\"govuk-frontend\": \"").nth(1).unwrap_or_default();
    match after.split_once('"') {
        Some((version, _)) if version.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            Ok(version.to_owned())
        }
        _ => Err("package.json does not name one exact version of govuk-frontend.".to_owned()),
    }
}

/// The design system's stylesheet without gov.uk's own typeface and crest, then ours.
fn stylesheet(govuk: &str, own: &str, version: &str) -> Result<String, Sentence> {
    if !govuk.contains(&format!("--govuk-frontend-version:\"{version}\"")) {
        return Err(format!(
            "The folder of packages does not hold govuk-frontend {version}, which package.json names."
        ));
    }
    let mut css = govuk.replace("@charset \"UTF-8\";", "");
    // The typeface is licensed for gov.uk alone, and so are its comment and the two cuts that follow it.
    for (start, end, times) in [
        ("/*! Copyright (c) 2011 by Margaret Calvert", "*/", 1),
        ("@font-face{font-family:GDS Transport;", "}", 2),
        (
            "@supports ((-webkit-mask-position:initial) or (mask-position:initial)){.govuk-footer__copyright-logo:before{",
            "}}",
            1,
        ),
        ("background-image:url(/assets/images/govuk-crest.svg);", "", 1),
        ("/*# sourceMappingURL=", "*/", 1),
    ] {
        for _ in 0..times {
            css = without(&css, start, end)?;
        }
    }
    css = css.replace("font-family:GDS Transport,arial,sans-serif", "font-family:arial,sans-serif");
    for left in ["GDS Transport", "url(", "@font-face", "@import"] {
        if css.contains(left) {
            return Err(format!(
                "The design system's stylesheet still contains \"{left}\" after gov.uk's own parts \
                 were taken out; see what changed in it, and then change `stylesheet` in build.rs."
            ));
        }
    }
    Ok(format!("@charset \"UTF-8\";\n{}\n{css}\n{own}", notice(version)))
}

/// The design system's module without its exports, then ours, which starts its components.
fn script(govuk: &str, own: &str, version: &str) -> Result<String, Sentence> {
    let js = without(govuk, "//# sourceMappingURL=", ".map")?;
    let js = without(&js, "export{", "};")?;
    Ok(format!("{}\n{js}\n{own}", notice(version)))
}

fn notice(version: &str) -> String {
    format!("/*!\nGOV.UK Frontend {version}\n{LICENCE}*/")
}

/// The text without the passage from `start` to `end`. It must be there, so that a change in it is noticed.
fn without(text: &str, start: &str, end: &str) -> Result<String, Sentence> {
    text.split_once(start)
        .and_then(|(before, rest)| Some((before, rest.split_once(end)?.1)))
        .map(|(before, after)| format!("{before}{after}"))
        .ok_or_else(|| {
            format!(
                "The design system's files no longer contain \"{start}\"; see what changed in them, \
                 and then change build.rs."
            )
        })
}

fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let start = digest.iter().take(6).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{start:012x}")
}

fn read(path: &Path) -> Result<String, Sentence> {
    fs::read_to_string(path).map_err(|error| format!("Could not read {}: {error}.", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), Sentence> {
    fs::write(path, text).map_err(|error| format!("Could not write {}: {error}.", path.display()))
}
