//! One cycle: how it was drawn, and how each of its audits comes on.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::Deed;
use quarterlight_report::words::{self, AUDIT, RECORD};
use quarterlight_store::{DrawSummary, PickLine};

use super::{InHand, ToSee, draw_file_name, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{
    Button, Column, Content, Details, NotificationBanner, SummaryList, SummaryRow, Table, TagColour,
};
use crate::layout::Frame;
use crate::restricted::Restricted;
use crate::{links, page};

/// What the page is made from, besides the cycle.
#[derive(Debug, Clone, Default)]
pub struct Around {
    edition: String,
    drawn: Option<DrawSummary>,
    picks: Vec<PickLine>,
    /// True if the person may open the records and the audits.
    reads: bool,
    runs: bool,
}

/// One cycle.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/show.html")]
pub struct CyclePage {
    frame: Frame,
    edition: String,
    due: String,
    /// *Drawn: 48 records. 40 of 48 audits assigned …*
    progress: String,
    /// Where the same is counted by service.
    by_service: String,
    next: Option<Button>,
    records: Option<Table>,
    reserves: Option<Details>,
    drawn: Option<SummaryList>,
    /// Where it is told what became of the sample.
    changes: String,
    how: String,
    verify: String,
}

/// Shows the cycle.
///
/// # Errors
/// There is no such page for those who may not see cycles.
pub async fn get(app: App, cycle: ToSee, RawQuery(query): RawQuery) -> page::Result {
    let id = cycle.cycle().id;
    let edition = app.store.frameworks.edition(cycle.cycle().edition).await?;
    let mut picks = app.store.draws.picks(id).await?;
    Restricted::today(&app, &cycle.visitor).await?.without_strata(&mut picks);
    let around = Around {
        edition: edition.ok_or(Failure::NotFound)?.title(),
        drawn: app.store.draws.of_cycle(id).await?,
        picks,
        reads: cycle.may(Deed::ListRecords),
        runs: cycle.may(Deed::RunCycles),
    };
    let banner = query.and_then(|query| banner(&query, &cycle));
    page::show(&CyclePage::new(&cycle, &around, banner))
}

/// What was done on the page before.
fn banner(query: &str, cycle: &InHand) -> Option<NotificationBanner> {
    if query == "drawn" && cycle.progress.drawn > 0 {
        let drawn = words::count(cycle.progress.drawn.into(), &RECORD);
        return Some(NotificationBanner::success(format!(
            "The sample is drawn: {drawn}. It never changes."
        )));
    }
    let assigned: u64 = query.strip_prefix("assigned=")?.parse().ok()?;
    let audits = words::sentence_case(&words::count(assigned, &AUDIT));
    let were = words::agree(assigned, "was", "were");
    Some(NotificationBanner::success(format!("{audits} {were} assigned.")))
}

impl CyclePage {
    fn new(cycle: &InHand, around: &Around, banner: Option<NotificationBanner>) -> Self {
        let quarter = cycle.cycle().quarter;
        let picks = |reserve| around.picks.iter().filter(move |pick| pick.reserve == reserve);
        let reserves: Vec<&PickLine> = picks(true).collect();
        let is_drawn = around.drawn.is_some();
        Self {
            frame: Frame { banner, ..cycle.frame(format!("Cycle of {}", quarter.words())) },
            edition: around.edition.clone(),
            due: day_in_words(cycle.cycle().due),
            progress: progress(cycle),
            by_service: links::progress(cycle.cycle().id),
            next: around.runs.then(|| next(cycle, around)).flatten(),
            records: is_drawn.then(|| records(cycle, around, &picks(false).collect::<Vec<_>>())),
            reserves: (!reserves.is_empty()).then(|| folded(around, &reserves)),
            drawn: around.drawn.as_ref().map(|drawn| facts(cycle, drawn)),
            changes: links::sample(cycle.cycle().id),
            how: links::draw_method(),
            verify: format!("quarterlight draw verify {}", draw_file_name(quarter)),
        }
    }

    /// Not drawn, drawn and under way, and hostile words throughout.
    pub fn samples() -> Vec<Self> {
        let around = |runs, hostile: bool| Around {
            edition: super::sample::words(hostile),
            drawn: Some(super::sample::drawn(hostile)),
            picks: super::sample::picks(hostile),
            reads: runs,
            runs,
        };
        let empty =
            Around { edition: "Children’s records, edition 1".to_owned(), ..Around::default() };
        let arounds = [empty, around(true, false), around(false, true)];
        super::sample::cycles()
            .iter()
            .zip(arounds)
            .map(|(cycle, around)| Self::new(cycle, &around, banner("assigned=12", cycle)))
            .collect()
    }
}

fn progress(cycle: &InHand) -> String {
    let progress = &cycle.progress;
    if progress.drawn == 0 {
        return "No sample has been drawn for this cycle yet.".to_owned();
    }
    let drawn = u64::from(progress.drawn);
    let of = |number: u32| words::part_of(number.into(), drawn, &AUDIT);
    format!(
        "{} drawn. Assigned: {}. Started: {}. Submitted: {}.",
        words::sentence_case(&words::count(drawn, &RECORD)),
        of(progress.assigned),
        of(progress.started),
        of(progress.submitted)
    )
}

/// What somebody who runs the cycle does next, while there is something to do.
fn next(cycle: &InHand, around: &Around) -> Option<Button> {
    let id = cycle.cycle().id;
    if around.drawn.is_none() {
        return Some(Button::link("Draw the sample", links::draw(id)));
    }
    let is_left = around.picks.iter().any(|pick| !pick.reserve && pick.audit.is_none());
    is_left.then(|| Button::link("Assign the audits", links::assign(id)))
}

/// A reference that leads to the record's audit, and to the record itself while there is none. The
/// audit can be read even when its record has left the case list.
fn reference(pick: &PickLine, reads: bool) -> Content {
    let words = pick.reference.to_string();
    match pick.audit {
        _ if !reads => Content::text(words),
        Some(audit) => Content::link(words, links::read_audit(audit)),
        None => Content::link(words, links::record(pick.record)),
    }
}

fn records(cycle: &InHand, around: &Around, picks: &[&PickLine]) -> Table {
    let is_past = cycle.cycle().is_past(cycle.visitor.today);
    let columns = vec![
        Column::words("Record"),
        Column::words("Stratum"),
        Column::numbers("Rank"),
        Column::words("Auditor"),
        Column::words("State"),
    ];
    let row = |pick: &&PickLine| {
        let state = match pick.audit {
            Some(_) if pick.submitted => Content::tag("Submitted", TagColour::Green),
            Some(_) if is_past => Content::tag("Late", TagColour::Red),
            Some(_) => Content::tag("Assigned", TagColour::Blue),
            None => Content::tag("Not assigned", TagColour::Grey),
        };
        vec![
            reference(pick, around.reads),
            Content::text(stratum_in_words(&pick.stratum)),
            Content::text(pick.rank.to_string()),
            Content::text(pick.auditor.clone().unwrap_or_else(|| "Nobody yet".to_owned())),
            state,
        ]
    };
    Table::new("records", "Records drawn", columns).rows(picks.iter().map(row).collect())
}

fn folded(around: &Around, picks: &[&PickLine]) -> Details {
    let columns = vec![Column::words("Record"), Column::words("Stratum"), Column::numbers("Rank")];
    let row = |pick: &&PickLine| {
        vec![
            reference(pick, around.reads),
            Content::text(stratum_in_words(&pick.stratum)),
            Content::text(pick.rank.to_string()),
        ]
    };
    let table =
        Table::new("reserves", "Reserves, in the order in which they would be used", columns)
            .rows(picks.iter().map(row).collect());
    let count = words::count(
        u64::try_from(picks.len()).unwrap_or(u64::MAX),
        &words::Noun::new("reserve", "reserves"),
    );
    let summary =
        format!("{}, audited only when a drawn record cannot be", words::sentence_case(&count));
    Details::new(summary, Content::component(&table))
}

fn facts(cycle: &InHand, drawn: &DrawSummary) -> SummaryList {
    let file = draw_file_name(cycle.cycle().quarter);
    SummaryList::new(vec![
        SummaryRow::new("Drawn on", day_in_words(drawn.drawn_on)),
        SummaryRow::new("Seed", drawn.seed.clone()),
        SummaryRow::new("Method", drawn.method.clone()),
        SummaryRow::new("SHA-256 of the frame", drawn.frame_digest.clone()),
        SummaryRow::new("Draw file", Content::link(file, links::draw_file(cycle.cycle().id))),
    ])
    .titled("How the sample was drawn")
}
