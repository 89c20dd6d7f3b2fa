//! Section 5, continued: the state of one cohort, said so plainly that it cannot be missed.

use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{CohortLine, CoverageState, by_cohort, by_stratum};
use quarterlight_domain::figures::QuarterFigures;

use super::here;
use crate::words::{Noun, RECORD, agree, count, part_of, sentence_case, whole};

/// A record that the case list names.
pub const OPEN_RECORD: Noun = Noun::new("open record", "open records");

/// The state in words. A state that is not true of every record says so.
pub fn state(line: &CohortLine) -> &'static str {
    match line.state() {
        None => "No record open",
        Some(CoverageState::NotAudited) if line.not_audited < line.open => "Not audited in part",
        Some(CoverageState::Unknown) if line.unknown < line.open => "Unknown in part",
        Some(state) => state.words(),
    }
}

/// Who audits the records of disabled children placed out of area: the question that a committee
/// once asked and nobody could answer.
pub fn disabled_placed_out(figures: &QuarterFigures) -> String {
    let cohort = Cohort::DisabledPlacedOut;
    let lines = by_cohort(&figures.coverage);
    let find = |cohort| lines.iter().find(|line| line.cohort == cohort);
    let silent = by_stratum(&figures.coverage)
        .iter()
        .filter(|line| line.cohort == cohort && line.state() == CoverageState::NotAudited)
        .count();
    let service = if silent == 1 { "a service" } else { "services" };
    let mut said = cohort.words().to_owned();
    if let Some(line) = find(cohort) {
        said.push_str(": ");
        said.push_str(&plainly(line, service, here(figures)));
    }
    if let Some(open) = find(Cohort::PlacedUnknown).filter(|line| line.open > 0) {
        said.push(' ');
        said.push_str(&perhaps_more(open.open));
    }
    said
}

/// The same in short: its state, and how many were audited.
pub fn disabled_in_short(figures: &QuarterFigures) -> String {
    let cohort = Cohort::DisabledPlacedOut;
    let lines = by_cohort(&figures.coverage);
    let Some(line) = lines.iter().find(|line| line.cohort == cohort) else {
        return disabled_placed_out(figures);
    };
    let (name, state) = (cohort.words(), state(line).to_lowercase());
    if line.open == 0 {
        return format!("{name}: {state}{}.", here(figures));
    }
    format!("{name}: {state}. {}. Section 6 says more.", done(line))
}

/// The state and what it rests on. `service` is *a service*, or *services* where several audit none.
fn plainly(line: &CohortLine, service: &str, here: &str) -> String {
    let open = u64::from(line.open);
    let state = state(line).to_lowercase();
    let Some(whole_state) = line.state() else { return format!("{state}{here}.") };
    let done = done(line);
    let them = agree(open, "it", "them");
    match whole_state {
        CoverageState::NotAudited if line.not_audited < line.open => format!(
            "{state}. {done}{}, but {} in {service} where none was audited and no audit is planned.",
            planned(line, ", and"),
            are_of(line.not_audited, open)
        ),
        CoverageState::NotAudited => format!("{state}. {done}, and no audit of {them} is planned."),
        CoverageState::Unknown if line.unknown < line.open => format!(
            "{state}. {done}{}, but {} in a team whose service is not known, so it is not known \
             who should audit {}.",
            planned(line, ", and"),
            are_of(line.unknown, open),
            agree(line.unknown.into(), "it", "them")
        ),
        CoverageState::Unknown => format!(
            "{state}. {} in a team whose service is not known, so it is not known who should \
             audit {them}.",
            if open == 1 {
                "The 1 open record is".to_owned()
            } else {
                format!("All {} open records are", whole(open))
            }
        ),
        CoverageState::Planned => format!("{state}. {done}{}.", planned(line, ", but")),
        CoverageState::Audited => format!("{state}. {done}{}.", planned(line, ", and")),
    }
}

/// How many were audited, and since when that is counted.
fn done(line: &CohortLine) -> String {
    let open = u64::from(line.open);
    let who = match (line.audited, line.open) {
        (0, 1) => "The 1 open record was not".to_owned(),
        (1, 1) => "The 1 open record was".to_owned(),
        (0, _) => format!("None of the {} open records was", whole(open)),
        (audited, _) => {
            let part = sentence_case(&part_of(audited.into(), open, &OPEN_RECORD));
            format!("{part} {}", agree(audited.into(), "was", "were"))
        }
    };
    format!("{who} audited in this quarter or the three before it")
}

/// How many audits are still to come, after what joins it to the sentence; nothing when none is.
fn planned(line: &CohortLine, joined: &str) -> String {
    let open = whole(line.open.into());
    match (line.planned, line.open) {
        (0, _) => String::new(),
        (_, 1) => format!("{joined} an audit of it is planned"),
        (1, _) => format!("{joined} an audit of 1 of the {open} is planned"),
        (many, _) => format!("{joined} audits of {} of the {open} are planned", whole(many.into())),
    }
}

fn are_of(number: u32, open: u64) -> String {
    let number = u64::from(number);
    format!("{} of the {} {}", whole(number), whole(open), agree(number, "is", "are"))
}

/// What the case list leaves open could hide more of these children, so it is said beside them.
fn perhaps_more(open: u32) -> String {
    let open = u64::from(open);
    format!(
        "For {} of {} the case list does not say if the child is disabled, or where the placement \
         is; {} belong here too.",
        count(open, &RECORD),
        agree(open, "a placed child", "placed children"),
        agree(open, "it may", "some of them may")
    )
}
