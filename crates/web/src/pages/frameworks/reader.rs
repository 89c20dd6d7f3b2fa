//! The reader of a framework that comes as a file: a workbook, or TOML.

use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::refusal::Refusal;
use quarterlight_import::framework::from_toml_with_origins;
use quarterlight_import::framework_sheet::from_xlsx;
use quarterlight_import::{Limits, Problem};

use super::file::MOST_BYTES;
use crate::apart::{File, Reader};

/// The most standards of a framework that comes as a file. No auditor answers as many.
const MOST_STANDARDS: usize = 1_000;

/// What came of a file.
#[derive(Debug)]
pub enum Outcome {
    /// A framework, with where its standards come from.
    Read(Box<Contents>, Origins),
    /// Rows that are wrong.
    Wrong(Vec<Problem>),
    /// A file that cannot be read, and why.
    Refused(String),
}

/// Reads a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameworkFile {
    name: String,
    is_toml: bool,
}

impl FrameworkFile {
    /// The framework in a file of this name, which is to be called so.
    pub fn of(file_name: &str, name: &str) -> Self {
        let ending = file_name.rsplit_once('.').map(|(_, ending)| ending);
        let is_toml = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        Self { name: name.to_owned(), is_toml }
    }

    /// True if the file says what the framework is called.
    pub fn has_name_inside(&self) -> bool {
        self.is_toml
    }

    fn of_text(&self, file: &File) -> Result<(Contents, Origins), Refusal> {
        if file.bytes().len() > MOST_BYTES {
            return Err(Refusal::because("The file has more than 2 MB. No framework is as long."));
        }
        let (contents, origins) = from_toml_with_origins(file.text()?)?;
        let name = if self.name.is_empty() { contents.name() } else { &self.name };
        Ok((Contents::new(name, contents.sections().to_vec())?, origins))
    }
}

impl Reader for FrameworkFile {
    type Read = Outcome;
    const KIND: &'static str = "framework";

    fn beside(&self) -> String {
        serde_json::to_string(&(&self.name, self.is_toml)).unwrap_or_default()
    }

    fn told(beside: &str) -> Option<Self> {
        let (name, is_toml) = serde_json::from_str(beside).ok()?;
        Some(Self { name, is_toml })
    }

    fn read(&self, files: &[File]) -> Outcome {
        let Some(file) = files.first() else {
            return Outcome::Refused("There is no file.".to_owned());
        };
        let read = if self.is_toml {
            match self.of_text(file) {
                Ok(read) => Ok(read),
                Err(refusal) => return Outcome::Refused(refusal.sentence().to_owned()),
            }
        } else {
            let limits = Limits {
                file_bytes: MOST_BYTES,
                unpacked_bytes: 20 * 1024 * 1024,
                rows: 2 * MOST_STANDARDS,
                ..Limits::default()
            };
            match from_xlsx(&self.name, file.bytes(), &limits) {
                Ok(read) => read,
                Err(why) => return Outcome::Refused(why.to_string()),
            }
        };
        match read {
            Ok((contents, _)) if contents.standards().count() > MOST_STANDARDS => {
                Outcome::Refused(format!(
                    "The file has more than {MOST_STANDARDS} standards. Divide it into several frameworks."
                ))
            }
            Ok((contents, origins)) => Outcome::Read(Box::new(contents), origins),
            Err(problems) => Outcome::Wrong(problems),
        }
    }
}
