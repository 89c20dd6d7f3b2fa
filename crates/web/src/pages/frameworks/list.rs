//! Every framework, its editions and its drafts, each with its state in words.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::draft::DraftState;
use quarterlight_domain::edition::EditionState;
use quarterlight_domain::id::DraftId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::Role;
use quarterlight_store::{DraftLine, EditionLine};

use crate::app::App;
use crate::govuk::{Button, CaptionSize, Column, Content, Table, Tag, TagColour};
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::{links, page};

/// One framework.
#[derive(Debug, Clone)]
struct Part {
    name: String,
    table: Table,
}

/// Every framework.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/list.html")]
pub struct FrameworksPage {
    frame: Frame,
    parts: Vec<Part>,
    start: Option<Button>,
}

/// Lists every framework that was agreed, and the drafts that the person may read.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits.
pub async fn get(app: App, visitor: Through<ReadFramework>) -> page::Result {
    let editions = app.store.frameworks.all().await?;
    let mut drafts = app.store.drafts.all().await?;
    let reads_all = [Role::QualityLead, Role::SeniorManager, Role::AuditServices]
        .into_iter()
        .any(|role| visitor.person.is(role, visitor.today));
    if !reads_all {
        let asked = app.store.consultations.of_person(visitor.id()).await?;
        let asked: Vec<DraftId> = asked.iter().map(|asked| asked.draft).collect();
        drafts.retain(|draft| asked.contains(&draft.id));
    }
    let may_start = permits(&visitor.person, Deed::WriteFrameworks, visitor.today);
    let frame = visitor.frame(&app, "Frameworks", "Frameworks");
    page::show(&FrameworksPage::new(frame, &editions, &drafts, (may_start, visitor.today)))
}

impl FrameworksPage {
    fn new(
        frame: Frame,
        editions: &[EditionLine],
        drafts: &[DraftLine],
        (may_start, today): (bool, Date),
    ) -> Self {
        let mut names: Vec<&str> = editions.iter().map(|line| line.name.as_str()).collect();
        names.extend(drafts.iter().map(|line| line.name.as_str()));
        names.sort_unstable();
        names.dedup();
        let parts = names.iter().enumerate().map(|(index, name)| {
            let editions: Vec<&EditionLine> =
                editions.iter().filter(|line| line.name == *name).collect();
            let next = editions.first().map_or(1, |latest| latest.number + 1);
            let of_this = drafts.iter().filter(|line| line.name == *name && !line.is_agreed);
            let mut rows: Vec<Vec<Content>> =
                of_this.map(|line| draft_row(line, next, today)).collect();
            rows.extend(editions.iter().map(|line| edition_row(line, &editions, today)));
            let columns = ["Edition", "State", "Agreed by"].map(Column::words).to_vec();
            let caption = format!("Editions of {name}");
            let table = Table::new(format!("framework-{index}"), caption, columns)
                .caption_size(CaptionSize::Hidden)
                .rows(rows);
            Part { name: (*name).to_owned(), table }
        });
        Self {
            frame,
            parts: parts.collect(),
            start: may_start.then(|| Button::link("Start a draft", links::start_draft())),
        }
    }

    /// No framework, ordinary ones, and hostile names.
    pub fn samples() -> Vec<Self> {
        use super::sample;

        let page = |editions: &[EditionLine], drafts: &[DraftLine], may_start| {
            Self::new(Frame::new("Frameworks"), editions, drafts, (may_start, sample::TODAY))
        };
        vec![
            page(&[], &[], true),
            page(&sample::lines(), &[], false),
            page(&sample::lines(), &sample::drafts(), true),
        ]
    }
}

fn draft_row(line: &DraftLine, next: u32, today: Date) -> Vec<Content> {
    let words = format!("Draft of edition {next}");
    vec![
        Content::link(words, links::framework_draft(line.id)),
        draft_tag(line.state(today)).into(),
        "Nobody yet".into(),
    ]
}

fn edition_row(line: &EditionLine, all: &[&EditionLine], today: Date) -> Vec<Content> {
    let later = all.iter().filter(|other| other.number > line.number);
    let later = later.map(|other| other.in_force_from);
    let state = EditionState::on(today, line.in_force_from, later);
    let by = line.agreed_by.as_deref().unwrap_or("Came with the program");
    vec![
        Content::link(format!("Edition {}", line.number), links::edition(line.id)),
        state_tag(state).into(),
        by.into(),
    ]
}

/// The state of an edition, as a tag.
pub fn state_tag(state: EditionState) -> Tag {
    let colour = match state {
        EditionState::Agreed { .. } => TagColour::Teal,
        EditionState::InForce => TagColour::Green,
        EditionState::Superseded { .. } => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

/// The state of a draft, as a tag.
pub fn draft_tag(state: DraftState) -> Tag {
    let colour = match state {
        DraftState::Draft { .. } => TagColour::Blue,
        DraftState::OutForComment { .. } => TagColour::Purple,
        DraftState::CommentsClosed { .. } => TagColour::Orange,
        DraftState::Agreed => TagColour::Teal,
        DraftState::SetAside => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}
