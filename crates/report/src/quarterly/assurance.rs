//! What a director needs on one screen: four sentences, each with the table behind it.

use quarterlight_domain::coverage::by_cohort;
use quarterlight_domain::figures::QuarterFigures;

use super::{
    actions, allocation, cohorts, coverage, definitions, found, guide, here, matters, not_met,
    purpose, trend,
};
use crate::builder::Unfinished;
use crate::document::{Block, Document};
use crate::table::Grid;
use crate::words::{self, RECORD, part_of};

/// One sentence of the assurance page, with its figures and what their words mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assured {
    /// What it is about: *Coverage*.
    pub about: &'static str,
    /// What it says.
    pub sentence: String,
    /// What the table is called, and the table; nothing where there is nothing to count.
    pub table: Option<(&'static str, Grid)>,
    /// What the words mean.
    pub terms: Vec<(&'static str, &'static str)>,
}

/// Coverage, standards met, actions and promises, in the words and numbers of the quarter's report.
pub fn assurance(figures: &QuarterFigures) -> [Assured; 4] {
    [covered(figures), met(figures), acted(figures), promised(figures)]
}

/// The sections of the report that a director reads whole.
const WHOLE: [&str; 3] = [allocation::TITLE, trend::TITLE, guide::ANNEX];

/// Those sections as they stand in the report, under its numbers.
///
/// # Errors
/// `Unfinished` where a part of the report would not reach every reader.
pub fn caseload(figures: &QuarterFigures) -> Result<Document, Unfinished> {
    let mut document = super::quarterly(figures)?;
    let mut is_shown = false;
    document.blocks.retain(|block| {
        if let Block::Heading { level: 1, text, .. } = block {
            is_shown = WHOLE.contains(&text.as_str());
        }
        is_shown
    });
    Ok(document)
}

fn covered(figures: &QuarterFigures) -> Assured {
    let lines = by_cohort(&figures.coverage);
    let open: u32 = lines.iter().map(|line| line.open).sum();
    let audited: u32 = lines.iter().map(|line| line.audited).sum();
    let silent: u32 = lines.iter().map(|line| line.not_audited).sum();
    let sentence = if open == 0 {
        format!("No record is open{} on the case list, so there is none to audit.", here(figures))
    } else {
        format!(
            "{} {} been audited in this quarter or the three before it, and {} {} where nobody \
             audits records like them. {}",
            words::sentence_case(&part_of(audited.into(), open.into(), &RECORD)),
            words::agree(audited.into(), "has", "have"),
            part_of(silent.into(), open.into(), &RECORD),
            words::agree(silent.into(), "stands", "stand"),
            cohorts::disabled_placed_out(figures)
        )
    };
    Assured {
        about: "Coverage",
        sentence,
        table: (open > 0).then(|| {
            ("Audits done and planned, by cohort", coverage::table_by_cohort(&figures.coverage))
        }),
        terms: definitions::COVERAGE.to_vec(),
    }
}

fn met(figures: &QuarterFigures) -> Assured {
    let judged = found::judgements(figures.tally()) > 0;
    let sentence = match purpose::standards_met(figures) {
        Some(met) => format!("{met} {}", not_met::critical(figures)),
        None => format!("No judgement can be counted{} for this quarter yet.", here(figures)),
    };
    Assured {
        about: "Standards met",
        sentence,
        table: judged
            .then(|| ("Standards met of those counted, by section", found::by_section(figures))),
        terms: definitions::RESULTS.to_vec(),
    }
}

fn acted(figures: &QuarterFigures) -> Assured {
    let has_any = figures.actions.iter().any(|line| line.findings > 0);
    Assured {
        about: "Actions",
        sentence: actions::in_short(figures),
        table: has_any
            .then(|| ("Findings and how they are being addressed", actions::table(figures))),
        terms: definitions::ACTIONS.to_vec(),
    }
}

fn promised(figures: &QuarterFigures) -> Assured {
    let sentence = if figures.service.is_some() {
        "What the committee asked is counted for all services together.".to_owned()
    } else {
        matters::in_short(figures)
    };
    Assured {
        about: "Promises",
        sentence,
        table: matters::owed_table(figures).map(|grid| ("Replies owed to the committee", grid)),
        terms: Vec::new(),
    }
}
