//! What the report is for, and what it says in a few sentences.

use quarterlight_domain::figures::{QuarterFigures, Share};
use quarterlight_domain::standard::StandardKind;

use super::{actions, cohorts, has_case_list, here, matters, not_met, sample};
use crate::builder::DocumentBuilder;
use crate::words::{self, part_of};

/// Says what the report is for and, one sentence each, what follows from the sections after it.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Purpose and what this report says in short");
    document.paragraph(purpose(figures));
    matters::open_with(document, figures);
    document.paragraph(drawn_and_audited(figures));
    if let Some(met) = standards_met(figures) {
        document.paragraph(met);
        document.paragraph(not_met::most_often(figures));
    }
    if !figures.actions.is_empty() {
        document.paragraph(actions::in_short(figures));
    }
    if !figures.coverage.is_empty() {
        document.paragraph(cohorts::disabled_in_short(figures));
    }
    document.caveat(
        "Small numbers in this report can show who a child is even where no name is given. Show it \
         only to people who may see private (Part II) papers.",
    );
}

fn purpose(figures: &QuarterFigures) -> String {
    let about = match &figures.service {
        Some(service) => format!("It is about one service: {service}."),
        None => "It is about all services.".to_owned(),
    };
    format!(
        "This report says which children’s records were audited for {}, which standards they met, \
         and what is being done where they did not. {about}",
        figures.quarter.words()
    )
}

fn drawn_and_audited(figures: &QuarterFigures) -> String {
    let all = sample::all(figures);
    let (open, drawn, audited) = (all.open.into(), all.drawn.into(), all.submitted.into());
    if !has_case_list(figures) {
        return "There is no case list yet and no record has been drawn for audit in this quarter, \
                so there is nothing else to report."
            .to_owned();
    }
    if drawn == 0 {
        return format!(
            "No records{} have been drawn for audit in this quarter, so there is no audit result \
             to report.",
            here(figures)
        );
    }
    let were = words::agree(drawn, "was", "were");
    let so_far = match (audited, drawn) {
        (0, 1) => "It has not been audited yet.".to_owned(),
        (1, 1) => "It has been audited.".to_owned(),
        _ => {
            let have = words::agree(audited, "has", "have");
            let yet = if audited == 0 { " yet" } else { "" };
            let part = words::sentence_case(&part_of(audited, drawn, &sample::DRAWN_RECORD));
            format!("{part} {have} been audited{yet}.")
        }
    };
    let part = words::sentence_case(&part_of(drawn, open, &cohorts::OPEN_RECORD));
    format!("{part}{} {were} drawn for audit. {so_far}", here(figures))
}

/// How far each kind of standard was met; nothing where no judgement can be counted.
pub fn standards_met(figures: &QuarterFigures) -> Option<String> {
    let of = |kind| figures.tally_of(kind).result();
    let (compliance, quality) = (of(StandardKind::Compliance), of(StandardKind::Quality));
    if compliance.of + quality.of == 0 {
        return None;
    }
    Some(format!(
        "Compliance standards ask if something was done: {}. Quality standards ask how well it \
         was done: {}.",
        met_in(compliance),
        met_in(quality)
    ))
}

fn met_in(result: Share) -> String {
    if result.of == 0 {
        return "none could be counted".to_owned();
    }
    format!(
        "they were met in {}",
        part_of(result.count.into(), result.of.into(), &not_met::COUNTED)
    )
}
