//! A draft: how far it has come, what comes next, who was asked, and what it says.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::draft::{Asked, DraftSection, DraftState};
use quarterlight_domain::permission::Deed;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_report::words;
use quarterlight_store::RewordingLine;

use super::lines::{SectionPart, StandardLine, line, whole};
use super::list::draft_tag;
use super::{InHand, ToRead, ToWrite};
use crate::app::App;
use crate::govuk::{Button, Column, NotificationBanner, Table, Tag, WarningText};
use crate::layout::Frame;
use crate::{links, page};

/// A draft.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/draft.html")]
pub struct DraftPage {
    frame: Frame,
    tag: Tag,
    sentences: Vec<String>,
    /// What this person can do now: words, and where that is.
    steps: Vec<(String, String)>,
    asked: Option<Table>,
    /// Takes it back from consultation.
    end: Option<(String, Button)>,
    /// Gives it up.
    set_aside: Option<(String, Button)>,
    warning: Option<WarningText>,
    /// What moderators found unclear in the edition before: the standard, their words, who and when.
    wishes: Vec<[String; 3]>,
    sections: Vec<SectionPart>,
}

/// Shows a draft.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, draft: ToRead, RawQuery(done): RawQuery) -> page::Result {
    if let Some(edition) = draft.draft.agreed {
        return page::see_other(links::edition(edition));
    }
    let before = draft.before.as_ref().map(|before| before.id);
    let wishes = app.store.rewordings.of_edition(before).await?;
    let mut page = DraftPage::new(&draft, &wishes);
    page.frame.banner = match done.as_deref() {
        Some("asked") => Some("They were asked: it stands on their own work from now on."),
        Some("thanks") => Some("Thank you. Your reply was kept."),
        Some("back") => Some("The draft was taken back. Every comment is kept."),
        _ => None,
    }
    .map(NotificationBanner::success);
    page::show(&page)
}

/// Takes the draft back from consultation. Posted twice, it shows the draft as it is.
///
/// # Errors
/// There is no such page for those who may not write it.
pub async fn end(app: App, draft: ToWrite) -> page::Result {
    let stamp = draft.visitor.stamp("took a draft back from consultation");
    app.store.consultations.end(&stamp, draft.draft.id).await?;
    page::see_other(format!("{}?back", links::framework_draft(draft.draft.id)))
}

/// Gives the draft up.
///
/// # Errors
/// Refuses a draft in consultation. There is no such page for those who may not write it.
pub async fn set_aside(app: App, draft: ToWrite) -> page::Result {
    draft.draft.may_be_written(draft.visitor.today)?;
    let stamp = draft.visitor.stamp("set a draft aside");
    app.store.drafts.set_aside(&stamp, draft.draft.id).await?;
    page::see_other(links::frameworks())
}

impl DraftPage {
    fn new(draft: &InHand, wishes: &[RewordingLine]) -> Self {
        let (it, today) = (&draft.draft, draft.visitor.today);
        let writes = draft.is_writer();
        let state = it.state(today);
        let is_draft = matches!(state, DraftState::Draft { .. });
        let in_consultation =
            matches!(state, DraftState::OutForComment { .. } | DraftState::CommentsClosed { .. });
        let asked = it.everybody_asked();
        let id = it.id;
        Self {
            frame: draft.frame(draft.title()),
            tag: draft_tag(state),
            sentences: sentences(draft),
            steps: steps(draft, state),
            asked: (!asked.is_empty()).then(|| table(&asked)),
            end: (writes && in_consultation).then(|| {
                (links::end_consultation(id), Button::submit("Take the draft back").secondary())
            }),
            set_aside: (writes && is_draft).then(|| {
                (links::set_aside(id), Button::submit("Set this draft aside").secondary())
            }),
            warning: (in_consultation && writes)
                .then(|| WarningText::new("While it is in consultation, its words stand still.")),
            wishes: wishes.iter().map(wish).collect(),
            sections: it
                .sections
                .iter()
                .map(|section| part(draft, section, writes && is_draft))
                .collect(),
        }
    }

    /// An empty draft, one out for comment as its writer and as a consultee see it, and hostile words.
    pub fn samples() -> Vec<Self> {
        let wish = |standard| RewordingLine {
            id: quarterlight_domain::id::RewordingId(1),
            standard,
            words: crate::govuk::HOSTILE.to_owned(),
            by: crate::govuk::HOSTILE.to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let code = quarterlight_domain::standard::StandardCode::new("B1");
        let wishes: Vec<RewordingLine> = code.into_iter().map(wish).collect();
        super::sample::in_hand().iter().map(|draft| Self::new(draft, &wishes)).collect()
    }
}

/// The standard, what was wished, and by whom.
fn wish(line: &RewordingLine) -> [String; 3] {
    let on = day_in_words(day_in_england(line.at));
    [format!("Standard {}", line.standard), line.words.clone(), format!("{}, {on}", line.by)]
}

fn sentences(draft: &InHand) -> Vec<String> {
    let it = &draft.draft;
    let authors: Vec<&str> = it.authors.values().map(String::as_str).collect();
    let mut sentences = Vec::new();
    let from = match it.copied_from.as_str() {
        "" => "It began from nothing.".to_owned(),
        from => format!("It began as a copy of {from}."),
    };
    sentences.push(format!("Written by {}. {from}", words::list(&authors)));
    if let Some(consultation) = it.consultation().filter(|it| !it.note.is_empty()) {
        sentences.push(consultation.note.clone());
    }
    if let (unanswered, made @ 1..) = it.unanswered() {
        sentences.push(format!("{unanswered} of {made} comments unanswered."));
    }
    sentences
}

fn steps(draft: &InHand, state: DraftState) -> Vec<(String, String)> {
    let it = &draft.draft;
    let mut steps = Vec::new();
    let mut step = |words: &str, link: String| steps.push((words.to_owned(), link));
    let is_open = !matches!(state, DraftState::Agreed | DraftState::SetAside);
    if it.may_be_commented_by(draft.visitor.id(), draft.visitor.today).is_ok() {
        step("Comment on this draft", links::comment(it.id, None));
    }
    if matches!(state, DraftState::Draft { .. }) && draft.is_writer() {
        step("Add a standard", links::add_standard(it.id));
        step("Ask for comments", links::ask(it.id));
    }
    if it.unanswered().1 > 0 {
        let words =
            if draft.is_writer() && is_open { "Answer the comments" } else { "Read the comments" };
        step(words, links::answers(it.id));
    }
    if draft.before.is_some() && it.contents().is_ok() {
        step("What changed since the edition before", links::draft_changes(it.id));
        if draft.is_writer() && is_open {
            step("Say how the standards follow on from the edition before", links::mapping(it.id));
        }
    }
    if is_open && draft.permits(Deed::AgreeDraft(it)) {
        step("Agree this draft", links::agree(it.id));
    }
    steps
}

/// Who was asked, and what each did.
pub fn table(asked: &[Asked]) -> Table {
    let columns = vec![
        Column::words("Who was asked"),
        Column::words("When"),
        Column::words("Last day for comments"),
        Column::words("What they did"),
    ];
    let row = |asked: &Asked| {
        vec![
            asked.name.clone().into(),
            day_in_words(asked.on).into(),
            day_in_words(asked.closes).into(),
            if asked.answered.is_reply() {
                asked.answered.words().into()
            } else {
                "No reply yet".into()
            },
        ]
    };
    let replied = asked.iter().filter(|asked| asked.answered.is_reply()).count();
    let caption = format!(
        "{} of {} asked have replied",
        words::whole(whole(replied)),
        words::whole(whole(asked.len()))
    );
    Table::new("asked", caption, columns).rows(asked.iter().map(row).collect())
}

fn part(draft: &InHand, section: &DraftSection, can_change: bool) -> SectionPart {
    let id = draft.draft.id;
    let standards = section.standards.iter().map(|it| StandardLine {
        change: can_change.then(|| links::draft_standard(id, &it.standard.code)),
        dropped: it.dropped,
        ..line(&it.standard, &it.origin)
    });
    SectionPart {
        letter: section.letter.clone(),
        title: section.title.clone(),
        change: can_change.then(|| links::draft_section(id, &section.letter)),
        standards: standards.collect(),
    }
}
