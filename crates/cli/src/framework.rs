//! `framework`: frameworks as files, out of the database and, as drafts, into it.

use std::path::Path;

use anyhow::Context;
use quarterlight_domain::changes::{self, Change, Pair, Piece};
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::{AgreedEdition, Contents};
use quarterlight_domain::mapping::Links;
use quarterlight_domain::proposal::propose;
use quarterlight_domain::standard::StandardCode;
use quarterlight_import::framework::{SHIPPED, from_toml_with_origins, to_toml};
use quarterlight_report::sheet::Workbook;
use quarterlight_store::Store;
use quarterlight_web::pages::frameworks::reader::{FrameworkFile, Outcome};
use quarterlight_web::pages::frameworks::sheet;

use crate::arguments::Framework;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::read_apart;
use crate::system;

/// The kinds of file that a framework goes into, by the ending of the name.
enum FileKind {
    Spreadsheet,
    Toml,
}

/// Runs the command.
pub async fn run(command: &Framework, config: &Config) -> anyhow::Result<()> {
    if let Framework::Template { file } = command {
        return write_workbook(file, &sheet::template());
    }
    if let Framework::Import { file, name, dry_run: true } = command {
        say(&read(config, file, name.as_deref()).await?.0);
        return Ok(());
    }
    let store = database::open(config).await?;
    match command {
        Framework::List => list(&store).await,
        Framework::Export { name, edition, file } => {
            let edition = self::edition(&store, name, *edition).await?;
            write(file, edition.contents(), &edition.origins)
        }
        Framework::Import { file, name, .. } => {
            let read = read(config, file, name.as_deref()).await?;
            let from = file.file_name().map(|name| name.to_string_lossy().into_owned());
            start(&store, &from.unwrap_or_default(), &read).await
        }
        Framework::Start { name } => start(&store, "the program", &shipped(name)?).await,
        Framework::Changes { name, earlier, later } => {
            let earlier = edition(&store, name, Some(*earlier)).await?;
            let later = edition(&store, name, Some(*later)).await?;
            changes_between(&store, &earlier, &later).await
        }
        Framework::Template { .. } => Ok(()),
    }
}

async fn list(store: &Store) -> anyhow::Result<()> {
    let today = quarterlight_domain::stamp::day_in_england(system::clock());
    println!("Editions:");
    for line in store.frameworks.all().await? {
        println!("  {}, edition {}, in force from {}", line.name, line.number, line.in_force_from);
    }
    println!("Drafts:");
    for line in store.drafts.all().await? {
        println!("  {}: {}", line.name, line.state(today).words());
    }
    println!("Come with the program, to start a draft from:");
    for text in SHIPPED {
        let (contents, _) = from_toml_with_origins(text)?;
        println!("  {}: {} standards", contents.name(), contents.standards().count());
    }
    Ok(())
}

async fn edition(
    store: &Store,
    name: &str,
    number: Option<u32>,
) -> anyhow::Result<std::sync::Arc<AgreedEdition>> {
    let lines = store.frameworks.all().await?;
    let mut of_name = lines.iter().filter(|line| line.name.eq_ignore_ascii_case(name));
    let found = of_name.find(|line| number.is_none_or(|number| line.number == number));
    let edition = match found {
        Some(line) => store.frameworks.edition(line.id).await?,
        None => None,
    };
    match (edition, number) {
        (Some(edition), _) => Ok(edition),
        (None, None) => wrong(format!(
            "There is no framework “{name}”. `quarterlight framework list` lists them."
        )),
        (None, Some(number)) => wrong(format!(
            "There is no edition {number} of “{name}”. `quarterlight framework list` lists them."
        )),
    }
}

fn shipped(name: &str) -> anyhow::Result<(Contents, Origins)> {
    for text in SHIPPED {
        let read = from_toml_with_origins(text)?;
        if read.0.name().eq_ignore_ascii_case(name) {
            return Ok(read);
        }
    }
    wrong(format!(
        "No framework “{name}” comes with the program. `quarterlight framework list` lists them."
    ))
}

async fn start(
    store: &Store,
    from: &str,
    (contents, origins): &(Contents, Origins),
) -> anyhow::Result<()> {
    let why = stamp("started a draft of a framework");
    store.drafts.start(&why, contents.name(), from, Some((contents, origins))).await?;
    say(contents);
    println!("It is a draft now. Open Frameworks to put it out for comment.");
    Ok(())
}

fn say(contents: &Contents) {
    let critical = contents.standards().filter(|standard| standard.critical).count();
    let dip = contents.standards().filter(|standard| standard.dip).count();
    println!(
        "{}: {} standards in {} sections; {critical} critical, {dip} in the dip set.",
        contents.name(),
        contents.standards().count(),
        contents.sections().len()
    );
}

fn kind(file: &Path) -> anyhow::Result<FileKind> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("xlsx") => Ok(FileKind::Spreadsheet),
        Some("toml") => Ok(FileKind::Toml),
        _ => wrong("Give a file whose name ends in .xlsx or .toml."),
    }
}

async fn read(
    config: &Config,
    file: &Path,
    name: Option<&str>,
) -> anyhow::Result<(Contents, Origins)> {
    let stem = match kind(file)? {
        FileKind::Toml => None,
        FileKind::Spreadsheet => file.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
    };
    let name = name.map(str::to_owned).or(stem).unwrap_or_default();
    let reader = FrameworkFile::of(&file.to_string_lossy(), &name);
    match read_apart::read(config, reader, file).await? {
        Outcome::Read(contents, origins) => Ok((*contents, origins)),
        Outcome::Wrong(problems) => {
            let said: Vec<String> = problems.iter().map(|it| format!("  {it}")).collect();
            wrong(format!("The framework was not taken in:\n{}", said.join("\n")))
        }
        Outcome::Refused(sentence) => wrong(sentence),
    }
}

fn write(file: &Path, contents: &Contents, origins: &Origins) -> anyhow::Result<()> {
    match kind(file)? {
        FileKind::Spreadsheet => write_workbook(file, &sheet::workbook(contents, origins)),
        FileKind::Toml => save(file, to_toml(contents, origins)?.as_bytes()),
    }
}

fn write_workbook(file: &Path, workbook: &Workbook) -> anyhow::Result<()> {
    let FileKind::Spreadsheet = kind(file)? else {
        return wrong("Give a file whose name ends in .xlsx.");
    };
    save(file, &quarterlight_export::xlsx::xlsx(workbook)?)
}

fn save(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(file, bytes).with_context(|| format!("write {}", file.display()))
}

async fn changes_between(
    store: &Store,
    earlier: &AgreedEdition,
    later: &AgreedEdition,
) -> anyhow::Result<()> {
    let links = links(store, earlier, later).await?;
    let changes = changes::changes(earlier.contents(), later.contents(), &links)?;
    for change in changes.iter().filter(|change| change.is_any()) {
        print(change);
    }
    let same = changes.iter().filter(|change| !change.is_any()).count();
    println!("{same} of {} are the same.", changes.len());
    Ok(())
}

/// How the standards of one edition go on in another: as it was agreed where one follows the other
/// at once, and otherwise as their codes and wording make likely.
async fn links(
    store: &Store,
    earlier: &AgreedEdition,
    later: &AgreedEdition,
) -> anyhow::Result<Links> {
    let history = store.frameworks.history(later.id).await?;
    let follows = history.and_then(|history| history.follows);
    Ok(match follows.filter(|(before, _)| *before == earlier.id) {
        Some((_, links)) => links,
        None => propose(earlier.contents(), later.contents()),
    })
}

fn print(change: &Change) {
    let codes = |codes: &[StandardCode]| -> String {
        codes.iter().map(StandardCode::as_str).collect::<Vec<_>>().join(", ")
    };
    let thread = &change.thread;
    match (thread.old.as_slice(), thread.new.as_slice()) {
        ([], new) => println!("{} {}", thread.fate.words(), codes(new)),
        (old, []) => println!("{} {}", thread.fate.words(), codes(old)),
        (old, new) => println!("{} {} > {}", thread.fate.words(), codes(old), codes(new)),
    }
    for Pair { wording, met_looks_like, facts, .. } in &change.pairs {
        for pieces in [wording, met_looks_like].into_iter().filter(|pieces| pieces.len() > 1) {
            println!("  {}", pieces.iter().map(marked).collect::<String>());
        }
        for fact in facts {
            println!("  {fact}");
        }
    }
}

/// Words taken out stand as [-so-], words put in as {+so+}.
fn marked(piece: &Piece) -> String {
    match piece {
        Piece::Kept(words) => words.clone(),
        Piece::Taken(words) => format!("[-{words}-]"),
        Piece::Put(words) => format!("{{+{words}+}}"),
    }
}
