//! What every page is given: the store, the clock, chance, the printers and the settings.

use quarterlight_domain::hex::hex;
use std::convert::Infallible;
use std::ops::Deref;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use quarterlight_report::print::{PrintFault, Printers};
use quarterlight_report::sheet::SheetPrinter;
use quarterlight_store::{Chance, LogKey, Store};

use crate::sign_in::SignIn;

use crate::outside::Outside;

/// What every page is given. The program makes it; tests make it with a clock that stands still.
#[derive(Clone)]
pub struct App(Arc<Given>);

/// The parts of an [`App`].
pub struct Given {
    /// Everything that is kept.
    pub store: Store,
    /// Gives the time.
    pub clock: fn() -> Timestamp,
    /// Gives random bytes.
    pub chance: Chance,
    /// Put a document into files.
    pub printers: Printers,
    /// Puts a spreadsheet into an Excel workbook.
    pub xlsx: SheetPrinter,
    /// Packs several files, each with its path, into one.
    pub folder: FolderPrinter,
    /// The key that signs the journal's checkpoints, where one is set.
    pub log: Option<LogKey>,
    /// The authority's name.
    pub authority: String,
    /// True for the fictional borough.
    pub demonstration: bool,
    /// Whom to ring about a child who may be unsafe, in a sentence; empty where nobody has said.
    pub duty: String,
    /// True where a mail server is set, so that people are told by email too.
    pub mails: bool,
    /// What the public may know.
    pub public: Public,
    /// How people sign in.
    pub sign_in: SignIn,
    /// What there is to know of machines elsewhere.
    pub outside: Outside,
    /// True where cookies may go over plain HTTP, which is only ever so on one's own machine.
    pub plain_http: bool,
}

/// Packs several files, each with its path, into one file.
pub type FolderPrinter = fn(&[(String, Vec<u8>)]) -> Result<Vec<u8>, PrintFault>;

/// What the public may know.
#[derive(Debug, Clone, Copy)]
pub struct Public {
    /// The largest count that is hidden from it for being small.
    pub small_counts: u32,
    /// True where everybody reads the public part of released reports without signing in.
    pub reports: bool,
}

impl App {
    /// An app of these parts.
    pub fn new(given: Given) -> Self {
        Self(Arc::new(given))
    }

    /// Random bytes as text, by which one form is told from another.
    pub fn word(&self) -> String {
        hex((self.chance)().get(..16).unwrap_or_default())
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl Deref for App {
    type Target = Given;

    fn deref(&self) -> &Given {
        &self.0
    }
}

/// A handler names `app: App` among its arguments, and has it.
impl FromRequestParts<Self> for App {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, app: &Self) -> Result<Self, Infallible> {
        Ok(app.clone())
    }
}
