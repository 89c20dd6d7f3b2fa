//! What a report says beyond the judgements: by service, in words, of filing and of second readings.

use super::{Share, Tally, ThemeCounts};
use crate::filing::figures::{ItemCounts, PaperCounts};
use crate::statistics::agreement::Pair;

/// What a report says beyond the judgements of its quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    /// What was found against each standard in each service, by service and then by standard.
    pub by_service: Vec<ServiceResult>,
    /// The themes of findings and strengths, over this quarter and the four before it.
    pub themes: Vec<ThemeCounts>,
    /// What auditors wrote, in their words.
    pub in_words: Vec<InWords>,
    /// What the quarter's filing checks found.
    pub filing: FilingFigures,
    /// What came of second readings of the quarter's audits.
    pub moderation: ModerationFigures,
}

/// What was found against one standard in one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceResult {
    /// The service in which the records stood when they were drawn.
    pub service: String,
    /// The standard's code in the edition of the report.
    pub code: String,
    /// The judgements.
    pub tally: Tally,
}

/// The strengths and key issues of one submitted audit, without anybody's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InWords {
    /// The service in which the record stood when it was drawn.
    pub service: String,
    /// What is good in the work; blank where nothing was written.
    pub strengths: String,
    /// What matters most of what is not; blank where nothing was written.
    pub issues: String,
    /// Whether the record is restricted, so that the words are counted and never printed.
    pub withheld: bool,
}

/// What the filing checks of a quarter found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilingFigures {
    /// Records whose filing was checked.
    pub records: u32,
    /// The items that were looked at.
    pub items: ItemCounts,
    /// How far each service's records have come to one system.
    pub paper: Vec<PaperCounts>,
    /// Of the mismatches that these checks found, those that somebody has cleared.
    pub cleared: Share,
}

/// What came of the second readings of a quarter's audits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModerationFigures {
    /// Of the submitted audits, those read a second time to the end.
    pub read: Share,
    /// Of those, ones that went back to their auditor at least once.
    pub returned: u32,
    /// Of those, ones whose grade is another now.
    pub grades_changed: u32,
    /// Judgements of the auditor in whose place another stands.
    pub judgements_changed: u32,
    /// What auditor and moderator judged at the first second reading, and how often.
    pub pairs: Vec<Pair>,
}
