//! An audit as a task list: its sections, and how far each has come.

use std::collections::BTreeSet;

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::framework::Section;
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::moderation::send_back::KeptNote;
use quarterlight_domain::standard::StandardCode;
use quarterlight_store::Passage;

use super::words::Words;
use super::{InHand, ToMake, if_there, notes, passage};
use crate::app::App;
use crate::concerns::lines;
use crate::error::Failure;
use crate::govuk::{
    Button, Content, HOSTILE, Inset, Tag, TagColour, TaskItem, TaskList, TaskStatus,
};
use crate::layout::Frame;
use crate::{links, page};

/// The task list of one audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/show.html")]
pub struct AuditPage {
    frame: Frame,
    caption: String,
    /// Says so, where a later edition has come into force.
    pinned: Option<Inset>,
    /// *Answered 31 of 42.*
    progress: String,
    due: String,
    submitted: bool,
    /// Why it can no longer be changed, where its cycle was closed without it.
    missed: Option<String>,
    passage: Option<Inset>,
    /// The concerns that were raised in it.
    concerns: Vec<Content>,
    /// What a moderator returned it with, and where the notes are.
    notes: Option<(Inset, String)>,
    take_back: String,
    read: String,
    whole: String,
    /// Where a copy for a place without a network is asked for.
    copy: String,
    /// Where the form is filled in as a spreadsheet.
    hand_in: String,
    /// The form that checks the record's filing, while the audit is open.
    filing: Option<String>,
    sections: TaskList,
    words: TaskList,
    finish: Button,
}

/// The task list of one audit.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let (id, store, there) = (audit.audit.id, &app.store, audit.attached);
    let passage = if_there(there.passage, store.handovers.of_audit(id)).await?;
    let words = Words::of(&app, &audit).await?;
    let concerns = if_there(there.concerns, store.concerns.of_audit(id)).await?;
    let concerns = lines(&audit.visitor, &concerns);
    let notes = if_there(there.moderation, store.moderations.notes(id)).await?;
    let touched = Touched::of(&app, &audit).await?;
    let page = AuditPage::new(&audit, &passage, (&words, &touched), &notes);
    page::show(&AuditPage { concerns, ..page })
}

/// The standards that the auditor has opened, and those on which they left words unsaved.
#[derive(Debug, Clone, Default)]
struct Touched {
    opened: BTreeSet<String>,
    left: BTreeSet<StandardCode>,
}

impl Touched {
    async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let (id, person) = (audit.audit.id, audit.visitor.id());
        let under = format!("{}/standards/", links::audit(id));
        let opened = app.store.looks.opened_by(person, audit.audit.record, &under).await?;
        let left = if_there(audit.attached.left, app.store.unfinished.of(id, person)).await?;
        let left = left.into_keys().collect();
        Ok(Self { opened, left })
    }
}

impl AuditPage {
    fn new(
        audit: &InHand,
        passage: &Passage,
        (words, touched): (&Words, &Touched),
        notes: &[KeptNote],
    ) -> Self {
        let progress = audit.audit.progress(audit.contents(), &audit.answers);
        let sections = audit.contents().sections().iter();
        let items = sections.filter_map(|section| item(audit, section, touched)).collect();
        Self {
            frame: audit.frame(format!("Audit {}", audit.audit.reference())),
            caption: audit.caption(),
            pinned: audit.pinned(),
            progress: format!("Answered {} of {}.", progress.answered, progress.asked),
            due: day_in_words(audit.audit.due),
            submitted: audit.audit.is_submitted(),
            missed: missed(audit),
            passage: passage::inset(passage),
            concerns: Vec::new(),
            notes: notes::inset(notes).map(|inset| (inset, links::return_notes(audit.audit.id))),
            take_back: links::take_back(audit.audit.id),
            read: links::read_audit(audit.audit.id),
            whole: links::whole(audit.audit.id),
            copy: links::copy_audit(audit.audit.id),
            hand_in: links::hand_in(audit.audit.id),
            filing: audit
                .audit
                .must_be_open()
                .is_ok()
                .then(|| links::check_in_audit(audit.audit.id)),
            sections: TaskList::new("sections", items),
            words: words.tasks(audit),
            finish: Button::link("Check your answers and submit", links::submit(audit.audit.id)),
        }
    }

    /// Nothing answered, under way, and submitted.
    pub fn samples() -> Vec<Self> {
        let passages = [Passage::default(), super::sample::passage(true), Passage::default()];
        let audits = super::sample::audits();
        let words = [Words::default(), Words::sample(HOSTILE), Words::default()];
        let all = audits.iter().zip(&passages).zip(&words);
        let notes = super::sample::notes();
        let code = |it: &InHand| it.contents().standards().next().map(|it| it.code.clone());
        let left = audits.iter().filter_map(code).collect();
        let touched = Touched { left, ..Touched::default() };
        let concerns = || vec![Content::link(HOSTILE, "/concerns/4")];
        let page = |((audit, passage), words)| Self {
            concerns: concerns(),
            ..Self::new(audit, passage, (words, &touched), &notes)
        };
        all.map(page).collect()
    }
}

fn missed(audit: &InHand) -> Option<String> {
    let refusal = audit.audit.must_be_open().err()?;
    (!audit.audit.is_submitted()).then(|| refusal.sentence().to_owned())
}

/// A section's line; none where no standard of it is asked of this record. It leads to the first
/// standard without a complete answer, or to the first.
fn item(audit: &InHand, section: &Section, touched: &Touched) -> Option<TaskItem> {
    let asked: Vec<_> = section
        .standards
        .iter()
        .filter(|standard| standard.applies_to(&audit.audit.line))
        .collect();
    let is_complete = |code| audit.answer_to(code).is_some_and(Answer::is_complete);
    let answered = asked.iter().filter(|each| audit.answer_to(&each.code).is_some()).count();
    let complete = asked.iter().filter(|each| is_complete(&each.code)).count();
    let next = asked.iter().find(|each| !is_complete(&each.code)).or_else(|| asked.first())?;
    let link = |code| links::standard(audit.audit.id, code);
    let is_opened = asked.iter().any(|each| touched.opened.contains(&link(&each.code)));
    let left = asked.iter().filter(|each| touched.left.contains(&each.code)).count();
    let status = if complete == asked.len() {
        TaskStatus::Text("Completed".to_owned())
    } else if answered > 0 {
        TaskStatus::Tag(Tag::new("Incomplete", TagColour::Blue))
    } else if is_opened {
        TaskStatus::Tag(Tag::new("Opened", TagColour::Yellow))
    } else {
        TaskStatus::Tag(Tag::new("Not started", TagColour::Grey))
    };
    let title = format!("{}. {}", section.letter, section.title);
    let done = format!("{answered} of {} answered", asked.len());
    let hint = match left {
        0 => done,
        _ => format!("{done}; {left} with words that are not saved as an answer"),
    };
    Some(TaskItem::new(title, link(&next.code), status).hint(hint))
}
