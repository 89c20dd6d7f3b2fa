//! One record: what the case list says of it, and its audits.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::need::{Known, LegalRoute};
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::record::Record;
use quarterlight_store::AuditLine;

use super::ToRead;
use super::facts::FactsPart;
use crate::app::App;
use crate::concerns::lines;
use crate::error::Failure;
use crate::govuk::{Column, Content, HOSTILE, SummaryList, SummaryRow, Table};
use crate::layout::Frame;
use crate::timescales::RulesInForce;
use crate::{links, page};

/// An audit of the record, and whether the person may read it.
#[derive(Debug, Clone)]
pub struct Shown {
    audit: AuditLine,
    may_read: bool,
}

/// One record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/records/show.html")]
pub struct RecordPage {
    frame: Frame,
    caption: String,
    as_at: String,
    timescales: FactsPart,
    facts: SummaryList,
    dates: SummaryList,
    has_dates: bool,
    audits: Table,
    /// The concerns about the record, as far as the person may read them.
    concerns: Vec<Content>,
    /// The form that checks the record's filing; none for those who may not.
    filing: Option<String>,
    /// Where it stands who has looked at the record; none for those who may not see it.
    looks: Option<String>,
}

/// Shows the record. The look is noted already.
///
/// # Errors
/// There is no such page for those who may not read the record.
pub async fn get(app: App, record: ToRead) -> page::Result {
    let audits = audits(&app, &record).await?;
    let rules = RulesInForce::on(&app, record.record.as_at).await?;
    let concerns = app.store.concerns.of_record(record.record.id).await?;
    let concerns = lines(&record.visitor, &concerns);
    page::show(&RecordPage { concerns, ..RecordPage::new(&record, &audits, rules.as_ref()) })
}

/// The audits of the record. Whether each may be read turns on where the record stood when it was
/// drawn, so each is asked for; a record is drawn once a year at most.
async fn audits(app: &App, record: &ToRead) -> Result<Vec<Shown>, Failure> {
    let visitor = &record.visitor;
    let mut shown = Vec::new();
    for audit in app.store.audits.of_record(record.record.id).await? {
        let kept = app.store.audits.in_hand(audit.id).await?;
        let may_read = kept.is_some_and(|kept| {
            permits(&visitor.person, Deed::ReadAudit(&kept.audit), visitor.today)
        });
        shown.push(Shown { audit, may_read });
    }
    Ok(shown)
}

impl RecordPage {
    fn new(read: &ToRead, audits: &[Shown], rules: Option<&RulesInForce>) -> Self {
        let record = &read.record;
        let visitor = &read.visitor;
        let checks = permits(&visitor.person, Deed::CheckFiling(record), visitor.today);
        let may = |deed| permits(&visitor.person, Deed::Access(deed), visitor.today);
        let sees_looks = may(AccessDeed::SeeLooksIn(&record.whereabouts));
        let dates: Vec<SummaryRow> = record
            .line
            .dates
            .iter()
            .map(|(kind, day)| SummaryRow::new(kind.words(), day_in_words(*day)))
            .collect();
        Self {
            frame: Frame {
                title: format!("Record {}", record.line.reference),
                ..read.base.clone()
            },
            caption: record.service.clone().unwrap_or_else(|| "Service not known".to_owned()),
            as_at: day_in_words(record.as_at),
            timescales: FactsPart::new(record, rules),
            facts: SummaryList::new(facts(record)).titled("The record"),
            has_dates: !dates.is_empty(),
            dates: SummaryList::new(dates).titled("Key dates"),
            audits: table(audits),
            concerns: Vec::new(),
            filing: checks.then(|| links::check_record(record.id)),
            looks: sees_looks.then(|| links::looks(record.id)),
        }
    }

    /// A record of which little is known, an ordinary one, and one with hostile words.
    pub fn samples() -> Vec<Self> {
        let audits = super::sample::audits();
        let shown = |may_read| {
            let shown = audits.iter().cloned().map(|audit| Shown { audit, may_read });
            shown.collect::<Vec<_>>()
        };
        let rules = [None, RulesInForce::sample("Visit"), RulesInForce::sample(HOSTILE)];
        let mut pages: Vec<Self> = super::sample::to_read()
            .iter()
            .zip([Vec::new(), shown(true), shown(false)])
            .zip(rules)
            .map(|((read, audits), rules)| Self::new(read, &audits, rules.as_ref()))
            .collect();
        for page in pages.iter_mut().skip(2) {
            HOSTILE.clone_into(&mut page.caption);
            page.concerns.push(Content::link(HOSTILE, "/concerns/4"));
            page.looks = Some(links::looks(quarterlight_domain::id::RecordId(7)));
        }
        pages
    }
}

fn facts(record: &Record) -> Vec<SummaryRow> {
    let line = &record.line;
    let needs: Vec<&str> = line.needs.iter().map(|need| need.words()).collect();
    let not_known = || "Not known".to_owned();
    let mut facts = vec![
        SummaryRow::new("Needs", needs.join(", ")),
        SummaryRow::new("Cohort", record.cohort().words()),
        SummaryRow::new("Team", line.team.clone().unwrap_or_else(not_known)),
        SummaryRow::new("Service", record.service.clone().unwrap_or_else(not_known)),
        SummaryRow::new("Worker", worker(record)),
        SummaryRow::new("Disabled", line.disabled.to_string()),
        SummaryRow::new("Placement", line.placement.words()),
    ];
    if line.assessment_open {
        facts.push(SummaryRow::new("Assessment", "Open"));
    }
    if line.unaccompanied != Known::No {
        facts.push(SummaryRow::new("Unaccompanied", line.unaccompanied.to_string()));
    }
    if let Some(route) = route(line.route) {
        facts.push(SummaryRow::new("Legal route", route));
    }
    facts
}

fn worker(record: &Record) -> String {
    match (&record.worker, &record.line.worker) {
        (Some(worker), _) => {
            format!("{} ({})", worker.name, worker.experience.words().to_lowercase())
        }
        (None, Some(name)) => name.clone(),
        (None, None) => "Nobody is named".to_owned(),
    }
}

/// The route by which a child is where they are, where the list says one.
fn route(route: LegalRoute) -> Option<&'static str> {
    match route {
        LegalRoute::InCare => Some("Looked after"),
        LegalRoute::Section85 => Some("Section 85, Children Act 1989: a health placement"),
        LegalRoute::Section86 => Some("Section 86, Children Act 1989: a care home or hospital"),
        LegalRoute::ShortBreak => Some("Short breaks"),
        LegalRoute::None | LegalRoute::Unknown => None,
    }
}

fn table(audits: &[Shown]) -> Table {
    let columns = vec![
        Column::words("Quarter"),
        Column::words("Auditor"),
        Column::words("State"),
        Column::words("Overall grade"),
    ];
    let row = |shown: &Shown| {
        let audit = &shown.audit;
        let quarter = audit.quarter.words();
        let state = match (audit.grade, audit.answered) {
            (Some(_), _) => "Submitted",
            (None, 0) => "Not started",
            (None, _) => "Under way",
        };
        // A grade belongs to the audit: those who may not read the one do not see the other.
        let grade = match audit.grade.filter(|_| shown.may_read) {
            Some(grade) => grade.words(),
            None if audit.grade.is_some() => "Not shown to you",
            None => "Not graded yet",
        };
        vec![
            if shown.may_read {
                Content::link(quarter, links::read_audit(audit.id))
            } else {
                Content::text(quarter)
            },
            Content::text(audit.auditor.clone()),
            Content::text(state),
            Content::text(grade),
        ]
    };
    Table::new("audits", "Audits of this record", columns)
        .rows(audits.iter().map(row).collect())
        .empty("Nobody has audited this record yet, and no audit of it is assigned.")
}
