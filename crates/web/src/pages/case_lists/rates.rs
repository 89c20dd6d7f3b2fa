//! How references and workers were matched, and what is switched off, as a case list keeps it.

use quarterlight_domain::reconcile::{MatchRate, Silence, Together, WorkerRate};
use serde::{Deserialize, Serialize};

use super::kept::KeptCounts;

/// What a case list that was put together keeps besides its records.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rates {
    /// Open records in numbers.
    pub counts: KeptCounts,
    /// How references were matched, source by source in the order of trust.
    pub references: Vec<ReferenceRow>,
    /// How workers were matched.
    pub workers: Vec<WorkerRow>,
    /// What no list says, and what that switches off: one sentence each.
    pub off: Vec<String>,
}

/// How the references of one source were matched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReferenceRow {
    /// The source, by position.
    pub source: usize,
    /// In all.
    pub all: usize,
    /// By the same text.
    pub exact: usize,
    /// Written differently, with the same date of birth.
    pub written: usize,
    /// By a person's word.
    pub confirmed: usize,
    /// Doubtful.
    pub doubtful: usize,
    /// On no other source.
    pub alone: usize,
}

/// How the workers of one source were matched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkerRow {
    /// The source, by position.
    pub source: usize,
    /// In all.
    pub all: usize,
    /// By a number.
    pub number: usize,
    /// By name within a team.
    pub name: usize,
    /// By a person's word.
    pub confirmed: usize,
    /// Doubtful.
    pub doubtful: usize,
    /// On no other source.
    pub alone: usize,
}

impl Rates {
    /// What is kept of putting sources together.
    pub fn of(together: &Together, counts: KeptCounts, silences: &[Silence]) -> Self {
        let off = |it: &Silence| format!("No list says {}: {}.", it.missing, it.off);
        Self {
            counts,
            references: together.rates.iter().map(reference_row).collect(),
            workers: together.worker_rates.iter().map(worker_row).collect(),
            off: silences.iter().map(off).collect(),
        }
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// As it was kept; nothing where one file is the whole list.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

fn reference_row(rate: &MatchRate) -> ReferenceRow {
    ReferenceRow {
        source: rate.source,
        all: rate.references,
        exact: rate.exact,
        written: rate.written_differently,
        confirmed: rate.confirmed,
        doubtful: rate.doubtful,
        alone: rate.alone,
    }
}

fn worker_row(rate: &WorkerRate) -> WorkerRow {
    WorkerRow {
        source: rate.source,
        all: rate.workers,
        number: rate.by_number,
        name: rate.by_name,
        confirmed: rate.confirmed,
        doubtful: rate.doubtful,
        alone: rate.alone,
    }
}
