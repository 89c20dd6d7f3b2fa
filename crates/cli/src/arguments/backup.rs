//! The command line of backups, of what is restored from them, and of exports of everything.

use std::path::PathBuf;

use clap::Args;

/// Options of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// The folder for the copy that is made first. Without this, beside a SQLite file; on PostgreSQL
    /// the current folder.
    #[arg(long, value_name = "FOLDER")]
    pub copy_to: Option<PathBuf>,
    /// Make no copy: you have a backup, or a snapshot of the server.
    #[arg(long)]
    pub without_copy: bool,
}

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write, or a folder that gets a file named for the moment. Without this, the
    /// setting backup_to.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub to: Option<PathBuf>,
    /// The public key that can open it, as age1…; as often as needed. Without this, the setting
    /// backup_recipients.
    #[arg(long = "recipient", value_name = "KEY")]
    pub recipients: Vec<String>,
    /// How many backups stay in the folder: older ones go once the new one was tried. Without this,
    /// the setting backup_keep; 0 keeps all.
    #[arg(long, value_name = "COUNT")]
    pub keep: Option<usize>,
    /// Write it as it is, so that whoever has the file can read every record.
    #[arg(long, conflicts_with = "recipients")]
    pub unencrypted: bool,
}

/// Options of `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// A file with the secret key, as age-keygen writes it. Needed unless the backup is unencrypted.
    #[arg(long, value_name = "FILE")]
    pub identity: Option<PathBuf>,
    /// Where to restore it: sqlite:FILE or postgres://…, which must hold nothing yet.
    #[arg(long, value_name = "ADDRESS", required_unless_present = "dry_run")]
    pub to: Option<String>,
    /// Restore it into a place that is thrown away, check everything, and say how long it took. On
    /// PostgreSQL give --to a database of the server that is to be tried.
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// A new folder. It holds everything in the clear: guard it as you do the database.
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
}

/// Options of `import-export`.
#[derive(Debug, Args)]
pub struct ImportExport {
    /// The folder that `export` wrote.
    pub folder: PathBuf,
    /// Where to take it in: sqlite:FILE or postgres://…, which must hold nothing yet.
    #[arg(long, value_name = "ADDRESS")]
    pub to: String,
}
