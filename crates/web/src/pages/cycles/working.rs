//! What would be drawn, what it could show and what it would leave out, before anything is drawn.

use std::collections::BTreeMap;

use quarterlight_domain::eligible::Eligible;
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::programme::QuarterPlan;
use quarterlight_report::showing::{bound_of, what_it_shows};
use quarterlight_report::words::{self, Noun, RECORD, agree};

use super::draw::DrawForm;
use super::stratum_in_words;
use crate::govuk::{Column, Content, Table};

/// A group of a draw.
const STRATUM: Noun = Noun::new("stratum", "strata");

/// What was worked out.
#[derive(Debug, Clone)]
pub struct Worked {
    /// *13 of 240 records would be drawn …*
    pub sentence: String,
    /// What the sample can show, in sentences.
    pub shows: Vec<String>,
    /// Which records it leaves out, and which strata are below the minimum.
    pub leaves_out: Vec<String>,
    /// How the sample is shared over the strata.
    pub method: String,
    /// Each stratum with what would be drawn from it.
    pub table: Table,
}

impl Worked {
    /// What a plan would draw.
    pub fn new(
        eligible: &Eligible,
        plan: &QuarterPlan,
        sizes: &BTreeMap<Stratum, usize>,
        form: &DrawForm,
    ) -> Self {
        let (records, drawn) = (eligible.frame.len(), sizes.values().sum::<usize>());
        Self {
            sentence: sentence(records, eligible.frame.sizes().len(), drawn),
            shows: what_it_shows(short(drawn), short(records)),
            leaves_out: leaves_out(eligible, plan),
            method: method(drawn, form.asked()),
            table: table(eligible, sizes),
        }
    }

    /// True if at least one record would be drawn.
    pub fn draws(&self) -> bool {
        !self.table.rows.is_empty()
    }
}

/// A count as words take it.
pub fn as_count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A count as statistics take it.
pub fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn sentence(records: usize, strata: usize, drawn: usize) -> String {
    format!(
        "{} would be drawn, from {}. Each stratum is the records of one cohort in one service. As \
         many reserves are drawn beside them, as far as there are records.",
        words::sentence_case(&words::part_of(as_count(drawn), as_count(records), &RECORD)),
        words::count(as_count(strata), &STRATUM),
    )
}

fn leaves_out(eligible: &Eligible, plan: &QuarterPlan) -> Vec<String> {
    let open = as_count(eligible.open());
    let mut sentences: Vec<String> = eligible
        .left_out
        .iter()
        .map(|(reason, records)| {
            let records = u64::from(*records);
            format!(
                "{} {} left out because {}.",
                words::sentence_case(&words::out_of(
                    records,
                    open,
                    &Noun::new("open record", "open records")
                )),
                agree(records, "is", "are"),
                reason.words()
            )
        })
        .collect();
    if sentences.is_empty() {
        sentences.push("No open record is left out.".to_owned());
    }
    if !eligible.emptied.is_empty() {
        let names: Vec<String> =
            eligible.emptied.iter().map(|stratum| stratum_in_words(stratum.as_str())).collect();
        sentences.push(format!(
            "Of {} nothing can be drawn, because every record of it is left out: {}.",
            words::count(as_count(names.len()), &STRATUM),
            names.join("; ")
        ));
    }
    let at_least = usize::try_from(plan.at_least).unwrap_or(0);
    let short: Vec<String> = eligible
        .frame
        .sizes()
        .into_iter()
        .filter(|(_, size)| *size < at_least)
        .map(|(stratum, size)| format!("{} ({size})", stratum_in_words(stratum.as_str())))
        .collect();
    if !short.is_empty() {
        sentences.push(format!(
            "{} {} fewer records than the minimum of {at_least}, and {} drawn whole: {}.",
            words::sentence_case(&words::count(as_count(short.len()), &STRATUM)),
            agree(as_count(short.len()), "has", "have"),
            agree(as_count(short.len()), "is", "are"),
            short.join("; ")
        ));
    }
    sentences
}

fn method(drawn: usize, asked: Option<usize>) -> String {
    let method = "First the minimum from each stratum, or all of a smaller one; then the rest in \
                  proportion to the records of each, by largest remainder.";
    match asked {
        Some(asked) if asked < drawn => format!(
            "{method} The minimum makes the sample larger than you asked: {drawn} instead of \
             {asked}."
        ),
        _ => method.to_owned(),
    }
}

/// Each stratum with its records, how many would be drawn, and what those would show.
fn table(eligible: &Eligible, sizes: &BTreeMap<Stratum, usize>) -> Table {
    let columns = vec![
        Column::words("Stratum"),
        Column::numbers("Records that can be drawn"),
        Column::numbers("Would be drawn"),
        Column::words("If none of them fails, those that may"),
    ];
    let all = eligible.frame.sizes();
    let rows = sizes.iter().map(|(stratum, drawn)| {
        let open = all.get(stratum).copied().unwrap_or(0);
        vec![
            Content::text(stratum_in_words(stratum.as_str())),
            words::whole(as_count(open)).into(),
            words::whole(as_count(*drawn)).into(),
            Content::text(bound_of(short(*drawn), short(open))),
        ]
    });
    Table::new("strata", "Each stratum", columns)
        .rows(rows.collect())
        .empty("No record would be drawn.")
}
