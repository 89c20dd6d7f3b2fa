//! Readers of what is pasted from a file: a list of staff, and the minutes of a meeting.

use quarterlight_domain::register::minutes::{Candidate, candidates};
use quarterlight_domain::staffing::census::Census;
use quarterlight_import::staff_list::{self, StaffLine};
use quarterlight_import::{Limits, workforce_census};

use super::{File, Reader};
use crate::told_nothing;

/// What a list of staff says.
#[derive(Debug, Clone, Default)]
pub struct StaffRead {
    /// The lines that could be read.
    pub lines: Vec<StaffLine>,
    /// What it says where it is a workforce census, which has no such lines.
    pub census: Option<Census>,
    /// What is wrong with the others.
    pub problems: Vec<String>,
    /// All of it, as it came.
    pub text: String,
}

/// Reads the staff of teams, month by month, or a workforce census.
#[derive(Debug, Clone, Copy)]
pub struct StaffList;

impl Reader for StaffList {
    type Read = StaffRead;
    const KIND: &'static str = "staff-list";
    told_nothing!(StaffList);

    fn read(&self, files: &[File]) -> Self::Read {
        let Some(file) = files.first() else { return StaffRead::default() };
        if workforce_census::is_one(file.bytes()) || is_xml(file.bytes()) {
            let text = String::from_utf8_lossy(file.bytes()).into_owned();
            return match workforce_census::staff(file.bytes(), &Limits::default()) {
                Ok((census, problems)) => {
                    StaffRead { census: Some(census), problems, text, ..StaffRead::default() }
                }
                Err(refused) => {
                    StaffRead { problems: vec![refused.to_string()], text, ..StaffRead::default() }
                }
            };
        }
        match file.text() {
            Ok(text) => {
                let (lines, problems) = staff_list::read(text);
                StaffRead { lines, problems, text: text.to_owned(), ..StaffRead::default() }
            }
            Err(refusal) => {
                StaffRead { problems: vec![refusal.sentence().to_owned()], ..StaffRead::default() }
            }
        }
    }
}

/// True of XML: no list of staff begins so, and what is wrong with a census is said as such.
fn is_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.trim_ascii_start().first() == Some(&b'<')
}

/// Looks through minutes for what may be items of the committee's register.
#[derive(Debug, Clone, Copy)]
pub struct Minutes;

impl Reader for Minutes {
    type Read = Vec<Candidate>;
    const KIND: &'static str = "minutes";
    told_nothing!(Minutes);

    fn read(&self, files: &[File]) -> Self::Read {
        files.iter().filter_map(|file| file.text().ok()).flat_map(candidates).collect()
    }
}
