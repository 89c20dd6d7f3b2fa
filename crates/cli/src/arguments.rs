//! The command line, and its help.

mod access;
mod actions;
mod backup;
mod draw;
mod filing;
mod framework;
mod indicators;
mod journal;
mod keeping;
mod moderation;
mod read_files;
mod register;
mod report;
mod trend;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::person::Role;
use quarterlight_domain::place::PlaceKind;

pub use access::{EndFactors, EndGrant, GiveGrant, Looks};
pub use actions::Actions;
pub use backup::{Backup, Export, ImportExport, Migrate, Restore};
pub use draw::{Draw, Named};
pub use filing::{Filing, FilingProtocol};
pub use framework::Framework;
pub use indicators::Indicators;
pub use journal::{Journal, JournalKey, Verify, Watch, Witness};
pub use keeping::{Record, Retention};
pub use moderation::Moderation;
pub use read_files::ReadFiles;
pub use register::Register;
pub use report::{About, Files, Report, ReportDeed};
pub use trend::{Staff, Trend};

/// Quarterlight runs the quarterly audit of children's social care records.
///
/// A list of open records goes in, a fair sample is drawn, people independent of the case audit it,
/// what was not met becomes an action, and a report comes out that a committee can read.
///
/// To look round: quarterlight demo
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Settings come from a flag, then from the environment (QUARTERLIGHT_DATABASE and so on), \
                  then from a TOML file. `quarterlight config show` says what holds and why.\n\n\
                  Exit codes: 0 done; 1 something was found wrong or refused, and nothing was changed; \
                  2 the command line is wrong; 3 the machine failed."
)]
pub struct Arguments {
    /// Where everything is kept: sqlite:FILE or postgres://USER@HOST/DATABASE.
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub database: Option<String>,
    /// The settings file. Without this, quarterlight.toml in the current folder, if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How log lines are written to standard error.
    #[arg(long, global = true, value_name = "FORM", value_parser = ["text", "json"])]
    pub log: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open Quarterlight with a fictional borough, to look round. Nothing is kept.
    Demo(Demo),
    /// Serve the pages.
    Serve(Serve),
    /// Bring the database's schema up to date, and adopt the default framework if there is none.
    Migrate(Migrate),
    /// Add parts of the authority, and list them.
    #[command(subcommand)]
    Place(Place),
    /// Add people, give and end their roles, give somebody a new start, and say what all accept first.
    #[command(subcommand)]
    Person(Person),
    /// Take frameworks out as files, and bring them in as drafts.
    #[command(subcommand)]
    Framework(Framework),
    /// Read files, put them together with what is known, and take the case list in.
    Import(Import),
    /// Draw a sample, publish it, swap or add records, or repeat somebody's draw.
    #[command(subcommand)]
    Draw(Draw),
    /// List for each record what is overdue by which rule about time, and what cannot be checked.
    Facts(Facts),
    /// Say how each indicator stands in a quarter, and whether it changed.
    Indicators(Indicators),
    /// Say which correspondence goes where, and within how long.
    #[command(subcommand)]
    Filing(Filing),
    /// List the audits of a quarter that are read a second time, and why.
    #[command(subcommand)]
    Moderation(Moderation),
    /// List what is to be done about findings.
    #[command(subcommand)]
    Actions(Actions),
    /// List what the committee asked, resolved and was promised, and what became of it.
    #[command(subcommand)]
    Register(Register),
    /// Write records, staff and records for each over time, as CSV. What is not known is blank.
    Trend(Trend),
    /// Give the staff of teams, month by month.
    #[command(subcommand)]
    Staff(Staff),
    /// Write the report of a quarter, or build, check, release and export it.
    Report(Report),
    /// Remind those who have audits to make or actions to do: 7 days before the day, on the day, and
    /// each week late. An action a week late goes to its managers too, and two weeks late to seniors.
    Remind(Remind),
    /// List the concerns, and tell those who must be told. `serve` tells them by itself.
    #[command(subcommand)]
    Concerns(Concerns),
    /// Say who signs in as which worker, and how experienced they are.
    #[command(subcommand)]
    Worker(Worker),
    /// Find who has looked at which record, and which looking is unusual. That you did is noted.
    #[command(subcommand)]
    Looks(Looks),
    /// Prove that the history was not changed.
    #[command(subcommand)]
    Journal(Journal),
    /// Make a backup while everything is in use, sealed, and restored to try it.
    Backup(Backup),
    /// Restore a backup where nothing is yet, and check it.
    Restore(Restore),
    /// Write everything as open files, which import-export takes in again.
    Export(Export),
    /// Take an export of everything into an empty database, on either engine.
    ImportExport(ImportExport),
    /// Say what has been kept long enough.
    #[command(subcommand)]
    Retention(Retention),
    /// Take out everything that is held about a record.
    #[command(subcommand)]
    Record(Record),
    /// Witness somebody's journal: cosign its checkpoints, each only if it continues the last.
    #[command(subcommand)]
    Witness(Witness),
    /// Show the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Read files that stand on standard input, within limits, and say nothing: `serve` does this.
    #[command(hide = true)]
    ReadFiles(ReadFiles),
}

/// Children who may be unsafe now.
#[derive(Debug, Subcommand)]
pub enum Concerns {
    /// List them: the record, the stage, and by when each is to be acknowledged.
    List {
        /// Those alone that nobody has acknowledged.
        #[arg(long)]
        waiting: bool,
    },
    /// Note everybody who must be told by now, and send the emails that wait.
    Tell,
}

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to listen. Port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Keep the borough in this new file, instead of a temporary one.
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
    /// The day that it is in the borough: the quarters before it are past. Without this, today.
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Let cookies go over plain HTTP: only for trying it out on your own machine.
    #[arg(long)]
    pub plain_http: bool,
    /// Say what is unsafe in the settings, and serve nothing.
    #[arg(long)]
    pub check: bool,
}

/// Parts of the authority.
#[derive(Debug, Subcommand)]
pub enum Place {
    /// Add one. A team is known by the name that the case list gives it.
    Add {
        /// authority, directorate, service or team.
        #[arg(long, value_parser = place_kind)]
        kind: PlaceKind,
        /// Its name.
        #[arg(long)]
        name: String,
        /// The name of the place that it is inside; not for the authority itself.
        #[arg(long, value_name = "NAME")]
        inside: Option<String>,
    },
    /// List them.
    List,
}

/// People.
#[derive(Debug, Subcommand)]
pub enum Person {
    /// Add somebody with their roles, and make a code by which they choose a password within the hour.
    Add {
        /// Their name, as colleagues know them.
        #[arg(long)]
        name: String,
        /// The address that they sign in with.
        #[arg(long)]
        email: String,
        /// A role, and the place that it is held over: auditor, or "service-manager@Disability
        /// Service". Without a place, over the whole authority. Give it as often as needed.
        #[arg(long = "role", value_name = "ROLE[@PLACE]", required = true, value_parser = role)]
        roles: Vec<RoleOver>,
    },
    /// List everybody, with their grants and how each stands.
    List,
    /// Give somebody a role over a place. It needs nobody’s confirmation here.
    Grant(GiveGrant),
    /// End a grant, by its number.
    End(EndGrant),
    /// Make a code by which somebody chooses a new password within the hour. Their second factor stays.
    Reset {
        /// The address that they sign in with.
        email: String,
    },
    /// End somebody’s second factor, which they have lost. Their password stays, and is asked for.
    EndFactors(EndFactors),
    /// Say which words everybody accepts before anything opens, from a day on.
    Confidentiality {
        /// A text file, with an empty line between paragraphs.
        file: PathBuf,
        /// The first day on which they hold; today without this.
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
    },
}

/// A role and the place that it is held over.
#[derive(Debug, Clone)]
pub struct RoleOver {
    /// The role.
    pub role: Role,
    /// The place's name; the whole authority without one.
    pub place: Option<String>,
}

/// Case lists.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    /// One kind of file alone.
    #[command(subcommand)]
    pub only: Option<ImportOnly>,
    /// What to read.
    #[command(flatten)]
    pub files: Option<ImportFiles>,
}

/// Files of any kind that is known, recognised by what is in them.
#[derive(Debug, Clone, Args)]
pub struct ImportFiles {
    /// The files: Annex A, SSDA903, children in need census, workforce census, safeguarding dataset.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The day as at which they are true, as 2026-09-30.
    #[arg(long, value_name = "DATE")]
    pub as_at: Date,
    /// Read and report, and keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Print what was found as JSON.
    #[arg(long)]
    pub json: bool,
    /// The authority by name or number, where the files do not make clear whose they are.
    #[arg(long, value_name = "NAME")]
    pub authority: Option<String>,
    /// How to read lists of your own: the name under which their columns were mapped.
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Allow lists twenty times as large as usual: 4,000,000 rows, files of 1,000 MB, 4,000 MB in
    /// all. The program then takes as much memory as they need.
    #[arg(long)]
    pub large: bool,
}

/// One kind of file alone.
#[derive(Debug, Subcommand)]
pub enum ImportOnly {
    /// Read an Ofsted Annex A workbook (.xlsx), and take it in.
    AnnexA {
        /// The workbook.
        file: PathBuf,
        /// The day as at which it is true, as 2026-09-30.
        #[arg(long, value_name = "DATE")]
        as_at: Date,
        /// Read and report, and keep nothing.
        #[arg(long)]
        dry_run: bool,
        /// Print the reading as JSON.
        #[arg(long)]
        json: bool,
        /// The authority by name or number, where the workbook does not make clear whose it is.
        #[arg(long, value_name = "NAME")]
        authority: Option<String>,
    },
}

/// Options of `facts`.
#[derive(Debug, Args)]
pub struct Facts {
    /// The day as at which it is checked, as 2026-09-30.
    #[arg(long, value_name = "DATE")]
    pub as_at: Date,
    /// The rules: england, returns (R01 to R20), or a TOML file. Without this, those that the
    /// database has in force, with the authority's own changes; england where there is no database.
    #[arg(long, value_name = "SET")]
    pub rules: Option<String>,
    /// Check an Annex A workbook (.xlsx) instead of the database's current case list.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Show everything about this one record, what is in time too.
    #[arg(long, value_name = "REFERENCE")]
    pub record: Option<String>,
    /// Print everything as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Options of `remind`.
#[derive(Debug, Args)]
pub struct Remind {
    /// Say what would be sent, and send and keep nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// The workers who hold records.
#[derive(Debug, Subcommand)]
pub enum Worker {
    /// List them, each with whom they sign in as.
    List,
    /// Say of one what the case list does not.
    Describe {
        /// Their name, as the case list gives it.
        #[arg(long)]
        name: String,
        /// newly-qualified, early-career, experienced or unknown; left as it is without this.
        #[arg(long, value_parser = experience)]
        experience: Option<Experience>,
        /// The address that they sign in with; left as it is without this.
        #[arg(long)]
        email: Option<String>,
    },
}

/// Settings.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Print each setting, and where it came from.
    Show,
}

fn place_kind(text: &str) -> Result<PlaceKind, String> {
    PlaceKind::from_code(text)
        .ok_or_else(|| "give authority, directorate, service or team".to_owned())
}

fn experience(text: &str) -> Result<Experience, String> {
    let codes = || Experience::ALL.map(Experience::code).join(", ");
    Experience::from_code(text).ok_or_else(|| format!("give one of {}", codes()))
}

pub(crate) fn role(text: &str) -> Result<RoleOver, String> {
    let (role, place) = match text.split_once('@') {
        Some((role, place)) => (role, Some(place.trim().to_owned())),
        None => (text, None),
    };
    let codes = || Role::ALL.map(Role::code).join(", ");
    let role = Role::from_code(role.trim()).ok_or_else(|| format!("give one of {}", codes()))?;
    Ok(RoleOver { role, place })
}
