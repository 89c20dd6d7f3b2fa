//! A whole audit on one page, for those who may read it.

use askama::Template;
use quarterlight_domain::audit::Stage;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::record::Record;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_store::Passage;

use super::moderated::Moderated;
use super::words::Words;
use super::{InHand, ToRead, facts, if_there, passage, proposal};
use crate::app::App;
use crate::concerns::lines;
use crate::govuk::{Column, Content, HOSTILE, Inset, SummaryList, SummaryRow, Table};
use crate::layout::Frame;
use crate::{links, page};

/// A whole audit, as it stands.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/read.html")]
pub struct ReadPage {
    frame: Frame,
    caption: String,
    /// Says so, where a later edition has come into force.
    pinned: Option<Inset>,
    stage: String,
    opinion: Option<SummaryList>,
    moderated: Moderated,
    facts: SummaryList,
    sections: Vec<Table>,
    proposed: Option<Table>,
    voices: SummaryList,
    summed_up: SummaryList,
    replies: Option<Table>,
    /// Where the worker replies to it.
    reply: Option<String>,
    /// The record's own page, where the reader may see it: it is open, and it is theirs to read.
    record: Option<String>,
    passage: Option<Inset>,
    /// The concerns that were raised in it, as far as the reader may read them.
    concerns: Vec<Content>,
    /// Where it is given to somebody else, for those who may do that while it is open.
    change: Option<String>,
}

/// Shows the audit.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, audit: ToRead) -> page::Result {
    let id = audit.audit.record;
    let record = app.store.records.get(id).await?;
    let visitor = &audit.visitor;
    let may_read =
        |record: &Record| permits(&visitor.person, Deed::ReadRecord(record), visitor.today);
    let link = record.filter(may_read).map(|_| links::record(id));
    let (id, store, there) = (audit.audit.id, &app.store, audit.attached);
    let passage = if_there(there.passage, store.handovers.of_audit(id)).await?;
    let concerns = if_there(there.concerns, store.concerns.of_audit(id)).await?;
    let kept = if_there(there.proposals, store.proposals.of_audit(id)).await?;
    let words = Words::of(&app, &audit).await?;
    let mut page = ReadPage::new(&audit, link, (&passage, &words));
    page.moderated = Moderated::of(&app, &audit).await?;
    page.proposed = proposal::table(&kept);
    page.concerns = lines(&audit.visitor, &concerns);
    page::show(&page)
}

impl ReadPage {
    fn new(audit: &InHand, record: Option<String>, (passage, words): (&Passage, &Words)) -> Self {
        let visitor = &audit.visitor;
        let deed = Deed::AllocateAudit(&audit.audit);
        let is_open = audit.audit.must_be_open().is_ok();
        let may_change = is_open && permits(&visitor.person, deed, visitor.today);
        let (stage, opinion) = stage(audit);
        let rows = facts(&audit.audit.line);
        let facts = SummaryList::new(
            rows.into_iter().map(|(key, value)| SummaryRow::new(key, value)).collect(),
        );
        Self {
            frame: audit.frame(format!("Audit {}", audit.audit.reference())),
            caption: audit.caption(),
            pinned: audit.pinned(),
            stage,
            opinion,
            moderated: Moderated::default(),
            facts: facts.titled(format!(
                "What the case list said when {} was drawn",
                audit.audit.reference()
            )),
            sections: sections(audit),
            proposed: None,
            voices: words.voices(audit, false),
            summed_up: words.summed_up(audit, false),
            replies: words.replies(),
            reply: permits(&visitor.person, Deed::ReplyToAudit(&audit.audit), visitor.today)
                .then(|| links::replies(audit.audit.id)),
            record,
            passage: passage::inset(passage),
            concerns: Vec::new(),
            change: may_change.then(|| links::allocation(audit.audit.id)),
        }
    }

    /// Not begun, under way, and submitted with hostile words.
    pub fn samples() -> Vec<Self> {
        super::sample::audits()
            .iter()
            .flat_map(|audit| {
                let passage = super::sample::passage(true);
                let link = Some("/records/7".to_owned());
                let words = Words::sample(HOSTILE);
                let concerns = vec![Content::link(HOSTILE, "/concerns/4")];
                let page = Self::new(audit, link, (&passage, &words));
                [
                    Self::new(audit, None, (&Passage::default(), &Words::default())),
                    Self { concerns, moderated: Moderated::sample(audit), ..page },
                ]
            })
            .collect()
    }
}

fn stage(audit: &InHand) -> (String, Option<SummaryList>) {
    let auditor = &audit.audit.auditor_name;
    match &audit.audit.stage {
        Stage::Assigned => (format!("Assigned to {auditor}. Nothing is answered yet."), None),
        Stage::Underway { .. } => (format!("{auditor} is making this audit."), None),
        Stage::Missed { on } => (
            format!(
                "{auditor} did not submit this audit by {}, when its cycle was closed.",
                day_in_words(*on)
            ),
            None,
        ),
        Stage::Submitted { at, opinion } => {
            let on = day_in_words(day_in_england(*at));
            let rows = vec![
                SummaryRow::new("Overall grade", opinion.grade().words()),
                SummaryRow::new("Reasons", Content::written(opinion.reasons().words())),
            ];
            (format!("Submitted by {auditor} on {on}."), Some(SummaryList::new(rows)))
        }
    }
}

fn sections(audit: &InHand) -> Vec<Table> {
    let line = &audit.audit.line;
    let columns = || {
        vec![
            Column::words("Standard"),
            Column::words("Judgement"),
            Column::words("What was seen"),
            Column::words("Where"),
        ]
    };
    let mut tables = Vec::new();
    for section in audit.contents().sections() {
        let asked = section.standards.iter().filter(|standard| standard.applies_to(line));
        let rows: Vec<Vec<Content>> = asked
            .map(|standard| {
                let answer = audit.answer_to(&standard.code);
                let judgement = answer.map_or("Not answered", |answer| answer.judgement.words());
                vec![
                    Content::text(format!("{}. {}", standard.code, standard.wording)),
                    Content::text(judgement),
                    Content::written(answer.map_or("", |answer| answer.seen.as_str())),
                    Content::text(answer.map_or("", |answer| answer.found.as_str())),
                ]
            })
            .collect();
        if !rows.is_empty() {
            let caption = format!("{}. {}", section.letter, section.title);
            let id = format!("section-{}", section.letter.to_lowercase());
            tables.push(Table::new(id, caption, columns()).rows(rows));
        }
    }
    tables
}
