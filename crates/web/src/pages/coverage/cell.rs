//! One cell, or every cell that a pattern names: its records in numbers, who has claimed them, and what was audited.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::claim::{Claim, Standing};
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::place::Place;
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::CellAudits;

use super::ask::{AskForm, Asking};
use super::claim::{Choices, ClaimForm, Claiming};
use super::withdraw::{WithdrawForm, Withdrawing};
use super::{InHand, ToSee, form_key, in_words, state, tables};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Column, Content, ErrorSummary, SummaryList, SummaryRow, Table};
use crate::layout::Frame;
use crate::{links, page};

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The cells that are asked for.
    pub pattern: CellPattern,
    /// The day on which claims stand.
    pub today: Date,
    /// The cells with an open record that the pattern names.
    pub cells: Vec<Cell>,
    /// Every claim that was made.
    pub claims: Vec<Claim>,
    /// What the next draw is asked for.
    pub requests: Vec<DrawRequest>,
    /// The audits of every cycle.
    pub audits: Vec<CellAudits>,
    /// Every part of the authority.
    pub places: Vec<Place>,
    /// Whether the person may list records.
    pub lists_records: bool,
    /// What the forms offer; none for those who may not send them.
    pub choices: Option<Choices>,
}

/// What was typed into one of the forms; the others are as they are shown first.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The claim.
    pub claim: Option<ClaimForm>,
    /// The request to the next draw.
    pub ask: Option<AskForm>,
    /// Why that request is taken back.
    pub withdraw: Option<WithdrawForm>,
}

/// One cell, or several.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/coverage/cell.html")]
pub struct CellPage {
    frame: Frame,
    errors: ErrorSummary,
    caption: &'static str,
    heading: String,
    answer: String,
    facts: SummaryList,
    /// The cells of a pattern that names several.
    cells: Option<Table>,
    cycles: Table,
    history: Table,
    requests: Table,
    withdraw: Option<Withdrawing>,
    ask: Option<Asking>,
    claim: Option<Claiming>,
}

/// Shows the cells that the URL names.
///
/// # Errors
/// There is no such page for those who may not see coverage.
pub async fn get(app: App, cells: ToSee) -> page::Result {
    let seen = load(&app, &cells).await?;
    page::show(&CellPage::new(cells.base.clone(), &seen, &Typed::default(), &Errors::default()))
}

/// The same page with what was typed and what was wrong with it.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn again(app: &App, cells: &InHand, typed: &Typed, errors: &Errors) -> page::Result {
    let seen = load(app, cells).await?;
    page::again(&CellPage::new(cells.base.clone(), &seen, typed, errors))
}

async fn load(app: &App, hand: &InHand) -> Result<Seen, Failure> {
    let (today, pattern) = (hand.visitor.today, hand.pattern);
    let mut cells = app.store.figures.coverage(Quarter::of(today)).await?;
    cells.retain(|cell| pattern.covers(cell.kind, cell.service));
    let choices = if hand.may(Deed::ClaimCells) {
        Some(Choices::load(app, today, form_key(app)).await?)
    } else {
        None
    };
    Ok(Seen {
        pattern,
        today,
        cells,
        claims: app.store.claims.all().await?,
        requests: app.store.draw_requests.open_requests().await?,
        audits: app.store.figures.cell_audits(&pattern).await?,
        places: hand.places.clone(),
        lists_records: hand.may(Deed::ListRecords),
        choices,
    })
}

impl CellPage {
    /// The page of what was seen and typed.
    pub fn new(frame: Frame, seen: &Seen, typed: &Typed, errors: &Errors) -> Self {
        let heading = in_words(&seen.pattern, &seen.places);
        let standing = Standing::on(&seen.claims, seen.today);
        let is_one = seen.pattern.is_one_cell();
        let claim = seen.choices.as_ref().map(|choices| {
            let holds = held(seen, &standing);
            let form = typed.claim.clone();
            let form = form.unwrap_or_else(|| ClaimForm::of(holds, seen.today, choices));
            Claiming::new(seen, choices, &form, errors)
        });
        let own = seen.requests.iter().find(|it| it.pattern == seen.pattern);
        let withdraw = own.filter(|_| seen.choices.is_some()).map(|request| {
            Withdrawing::new(&seen.pattern, request.id, typed.withdraw.as_ref(), errors)
        });
        // A second request would be refused, so its form is only there for one that was.
        let asks = !seen.cells.is_empty() && (own.is_none() || typed.ask.is_some());
        let ask = seen.choices.as_ref().filter(|_| asks).map(|choices| {
            let form = typed.ask.clone().unwrap_or_else(|| AskForm::of(&seen.cells, choices));
            Asking::new(&seen.pattern, &form, errors)
        });
        let mut summary = ErrorSummary::new();
        if let Some(form) = &withdraw {
            summary = form.summed_up(summary);
        }
        if let Some(form) = &ask {
            summary = form.summed_up(summary);
        }
        if let Some(form) = &claim {
            summary = form.summed_up(summary);
        }
        // Those for some of the cells or for wider ones as well: each takes records from here.
        let reaches = |request: &&DrawRequest| {
            request.pattern == seen.pattern
                || seen.cells.iter().any(|it| request.pattern.covers(it.kind, it.service))
        };
        let requests: Vec<DrawRequest> = seen.requests.iter().filter(reaches).cloned().collect();
        Self {
            frame: Frame { title: heading.clone(), has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            caption: if is_one { "A cell of coverage" } else { "Cells of coverage" },
            answer: answer(&seen.cells),
            facts: facts(seen, &standing),
            cells: tables::list(&seen.cells, &standing, seen.lists_records, is_one),
            cycles: cycles(&seen.audits),
            history: history(seen),
            requests: tables::requests(&requests, &seen.places),
            withdraw,
            ask,
            claim,
            heading,
        }
    }

    /// Nobody's cell, several cells that are claimed, and hostile words with errors in every field.
    pub fn samples() -> Vec<Self> {
        super::sample::cells()
            .iter()
            .map(|(seen, typed, errors)| Self::new(Frame::new("Cell"), seen, typed, errors))
            .collect()
    }
}

/// The claim that holds for all the cells, or that was made for this very pattern.
fn held<'a>(seen: &Seen, standing: &Standing<'a>) -> Option<&'a Claim> {
    let own = standing.all().iter().find(|claim| claim.pattern == seen.pattern).copied();
    let mut holding = seen.cells.iter().map(|cell| standing.holding(cell.kind, cell.service));
    let first = holding.next().flatten();
    own.or_else(|| first.filter(|it| holding.all(|other| other.is_some_and(|x| x.id == it.id))))
}

/// How many are open, and whether anybody has audited one.
fn answer(cells: &[Cell]) -> String {
    let open = tables::open_in(cells);
    if open == 0 {
        return "The current case list has no such open record.".to_owned();
    }
    let audited: u64 = cells.iter().map(|cell| u64::from(cell.audited)).sum();
    let planned: u64 = cells.iter().map(|cell| u64::from(cell.planned)).sum();
    let part = words::part_of(audited, open, &RECORD);
    let coming = match planned {
        0 => "no other audit is planned for this quarter".to_owned(),
        planned => format!(
            "{} {} planned for this quarter",
            words::whole(planned),
            words::agree(planned, "audit is", "audits are")
        ),
    };
    format!(
        "{} {} open. {} {} audited in these four quarters, and {coming}.",
        words::sentence_case(&words::count(open, &RECORD)),
        words::agree(open, "is", "are"),
        words::sentence_case(&part),
        words::agree(audited, "was", "were"),
    )
}

fn facts(seen: &Seen, standing: &Standing<'_>) -> SummaryList {
    let open = tables::open_in(&seen.cells);
    let number = words::whole(open);
    let opened = if seen.lists_records && open > 0 {
        Content::link(
            format!("{number}: show {}", words::agree(open, "it", "them")),
            links::records_in(&seen.pattern),
        )
    } else {
        Content::text(number)
    };
    let mut rows = vec![SummaryRow::new("Open records", opened)];
    if let [cell] = seen.cells.as_slice()
        && seen.pattern.is_one_cell()
    {
        rows.push(SummaryRow::new("Cohort", cell.kind.cohort.words()));
        rows.push(SummaryRow::new("Coverage", state(cell.state())));
    }
    match held(seen, standing).filter(|claim| claim.place.is_some()) {
        Some(claim) => rows.extend([
            SummaryRow::new("Owner", tables::owner(Some(claim))),
            SummaryRow::new("Framework", claim.framework.clone()),
            SummaryRow::new("Plan", Content::written(claim.plan.clone())),
            SummaryRow::new("Claimed from", day_in_words(claim.from)),
            SummaryRow::new("Claimed for", in_words(&claim.pattern, &seen.places)),
        ]),
        None => rows.push(SummaryRow::new("Owner", nobody(seen, standing))),
    }
    SummaryList::new(rows)
}

fn nobody(seen: &Seen, standing: &Standing<'_>) -> String {
    let open = tables::open_in(&seen.cells);
    let unclaimed =
        seen.cells.iter().filter(|cell| standing.holding(cell.kind, cell.service).is_none());
    let unclaimed = tables::open_in(unclaimed);
    if open == 0 {
        "Nobody has said who audits such records.".to_owned()
    } else if unclaimed == 0 {
        "Each has its owner, and they differ: see below.".to_owned()
    } else if unclaimed == open {
        let these = words::agree(open, "this", "these");
        let records = words::agree(open, "record", "records");
        format!("Nobody has said who audits {these} {} {records}.", words::whole(open))
    } else {
        format!(
            "Nobody has said who audits {} of these {} records: see below.",
            words::whole(unclaimed),
            words::whole(open)
        )
    }
}

fn cycles(audits: &[CellAudits]) -> Table {
    let columns = vec![
        Column::words("Quarter"),
        Column::words("Framework"),
        Column::numbers("Audits submitted"),
        Column::numbers("Assigned, not submitted"),
    ];
    let row = |audits: &CellAudits| {
        vec![
            Content::text(audits.quarter.words()),
            Content::text(audits.framework.clone()),
            words::whole(audits.submitted.into()).into(),
            words::whole(audits.assigned.into()).into(),
        ]
    };
    Table::new("cycles", "Audits of the records that are open now, by quarter", columns)
        .rows(audits.iter().map(row).collect())
        .empty("No audit of any of these records was ever made or assigned.")
}

/// Every claim on the cells that was ever made, the latest first, those for wider patterns included.
fn history(seen: &Seen) -> Table {
    let concerns = |claim: &&Claim| {
        claim.pattern == seen.pattern
            || seen.cells.iter().any(|cell| claim.pattern.covers(cell.kind, cell.service))
    };
    let columns = vec![
        Column::words("From"),
        Column::words("Records"),
        Column::words("Owner"),
        Column::words("Framework"),
        Column::words("Plan"),
        Column::words("Said"),
    ];
    let row = |claim: &Claim| {
        let by = claim.said_by.as_deref().unwrap_or("the server’s console");
        let owner = claim.owner_words().unwrap_or_else(|| "Nobody any more".to_owned());
        vec![
            Content::text(day_in_words(claim.from)),
            Content::text(in_words(&claim.pattern, &seen.places)),
            Content::text(owner),
            Content::text(claim.framework.clone()),
            Content::written(claim.plan.clone()),
            Content::text(format!("by {by} on {}", day_in_words(claim.said_on))),
        ]
    };
    let mut claims: Vec<&Claim> = seen.claims.iter().filter(concerns).collect();
    claims.sort_by_key(|claim| std::cmp::Reverse((claim.from, claim.id)));
    Table::new("history", "What has been said of them", columns)
        .rows(claims.into_iter().map(row).collect())
        .empty("Nobody has ever said who audits these records.")
}
