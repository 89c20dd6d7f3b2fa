//! Readers of what is pasted from a file: a list of staff, and the minutes of a meeting.

use quarterlight_domain::register::minutes::{Candidate, candidates};
use quarterlight_import::staff_list::{self, StaffLine};

use super::{File, Reader};
use crate::told_nothing;

/// What a list of staff says.
#[derive(Debug, Clone, Default)]
pub struct StaffRead {
    /// The lines that could be read.
    pub lines: Vec<StaffLine>,
    /// What is wrong with the others.
    pub problems: Vec<String>,
    /// All of it, as it came.
    pub text: String,
}

/// Reads the staff of teams, month by month.
#[derive(Debug, Clone, Copy)]
pub struct StaffList;

impl Reader for StaffList {
    type Read = StaffRead;
    const KIND: &'static str = "staff-list";
    told_nothing!(StaffList);

    fn read(&self, files: &[File]) -> Self::Read {
        let Some(file) = files.first() else { return StaffRead::default() };
        match file.text() {
            Ok(text) => {
                let (lines, problems) = staff_list::read(text);
                StaffRead { lines, problems, text: text.to_owned() }
            }
            Err(refusal) => {
                StaffRead { problems: vec![refusal.sentence().to_owned()], ..StaffRead::default() }
            }
        }
    }
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
