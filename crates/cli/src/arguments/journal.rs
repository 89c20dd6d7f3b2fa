//! The options of `journal` and `witness`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// The journal.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Check every entry, its place, the tree, the checkpoints, and every answer and grade.
    Verify(Verify),
    /// Take a checkpoint, sign it where a key is set, send it elsewhere, and print it as SIZE:ROOT.
    Checkpoint,
    /// Make the key with which checkpoints are signed, or show its public half.
    #[command(subcommand)]
    Key(JournalKey),
    /// Write the proof that one entry is in the journal, as a tlog-proof file.
    Prove {
        /// The entry's number, counted from 0.
        #[arg(value_name = "ENTRY")]
        entry: u64,
        /// Where to write it, and beside it the entry; standard output without this.
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Write the journal into a new folder that others can check without this program.
    Export {
        /// The folder, which must not be there yet.
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        /// Write the personal parts of entries too.
        #[arg(long)]
        personal: bool,
    },
    /// Print what a witness is asked, for a file that is carried to it.
    Ask {
        /// How many entries the witness last cosigned; 0 if it never has.
        #[arg(long, default_value_t = 0, value_name = "SIZE")]
        since: u64,
    },
    /// Keep the line that a witness gave back for the latest signed checkpoint.
    Cosigned {
        /// The file with the line.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The witness's public key.
        #[arg(long, value_name = "KEY")]
        witness: String,
    },
}

/// Options of `journal verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// A checkpoint from elsewhere, as `journal checkpoint` prints it: SIZE:ROOT, the root in hexadecimal.
    #[arg(long, value_name = "SIZE:ROOT")]
    pub checkpoint: Vec<String>,
    /// A file with a checkpoint from elsewhere: a signed one, or lines of SIZE:ROOT.
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
    /// Check this exported folder, and no database.
    #[arg(long, value_name = "FOLDER", requires = "key")]
    pub export: Option<PathBuf>,
    /// The journal's public key, from somewhere that you trust. Without it, that of journal_key_file.
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// The public key of a witness that must have cosigned the export's checkpoint.
    #[arg(long, value_name = "KEY")]
    pub witness: Vec<String>,
    /// Print the verdict as JSON.
    #[arg(long)]
    pub json: bool,
}

/// The journal's key.
#[derive(Debug, Subcommand)]
pub enum JournalKey {
    /// Make a key, write it into a new file that only its owner can read, and print its public half.
    New {
        /// The journal's name, as in audit.council.example/journal. It stands in every checkpoint.
        #[arg(long)]
        name: String,
        /// The file. Keep it outside the database, and out of its backups.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the public half of the key in journal_key_file.
    Show,
}

/// A witness of somebody's journal, on a machine of its own.
#[derive(Debug, Subcommand)]
pub enum Witness {
    /// Make the witness's key, and print its public half.
    New {
        /// The witness's name, as in internal-audit.council.example/witness.
        #[arg(long)]
        name: String,
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Cosign a checkpoint from a file that was carried here, if it continues the last one.
    Add {
        /// Who witnesses, and what.
        #[command(flatten)]
        watch: Watch,
        /// The file that `journal ask` printed.
        #[arg(value_name = "REQUEST")]
        request: PathBuf,
    },
    /// Cosign checkpoints that are sent here, at /add-checkpoint.
    Serve {
        /// Who witnesses, and what.
        #[command(flatten)]
        watch: Watch,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8090", value_name = "ADDRESS")]
        listen: String,
    },
}

/// Who witnesses, and what.
#[derive(Debug, Clone, Args)]
pub struct Watch {
    /// The file of the witness's key.
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The public key of the journal that is witnessed.
    #[arg(long, value_name = "KEY")]
    pub log: String,
    /// The file in which the last cosigned checkpoint is kept.
    #[arg(long, value_name = "FILE")]
    pub state: PathBuf,
}
