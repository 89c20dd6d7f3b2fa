//! The generated sentences of a part, each marked until a person accepts or edits it.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::permission::ReleaseDeed;
use quarterlight_domain::release::passage::{Passage, Place};
use quarterlight_domain::release::{Standing, State, What};
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{InHand, ToRead, ToWrite, WhichPart};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{ErrorSummary, Field, LabelSize, Tag, TagColour, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// What is sent when sentences are accepted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AcceptForm {
    after: String,
    place: Vec<String>,
}

/// One sentence as the page shows it.
#[derive(Debug, Clone)]
struct Shown {
    code: String,
    name: String,
    state: Tag,
    text: String,
    /// What the program wrote, by whom it was changed and when.
    before: Option<(String, String)>,
    is_unread: bool,
    edit: Option<Textarea>,
}

/// One section with its sentences.
#[derive(Debug, Clone)]
struct Section {
    heading: String,
    anchor: String,
    sentences: Vec<Shown>,
    unread: usize,
}

/// The sentences of a part.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/prepare/sentences.html")]
pub struct SentencesPage {
    frame: Frame,
    errors: ErrorSummary,
    caption: String,
    progress: String,
    after: usize,
    accept: String,
    edit: String,
    sections: Vec<Section>,
}

/// Shows them.
///
/// # Errors
/// There is no such page for those who may not read drafts, and of a part that is not there.
pub async fn get(_app: App, report: ToRead, part: WhichPart) -> page::Result {
    page::show(&SentencesPage::new(&report, part, None)?)
}

/// Accepts sentences as they stand: one, or all of a section.
///
/// # Errors
/// Refuses unless it is a draft. There is no such page for those who do not write reports.
pub async fn accept(
    app: App,
    report: ToWrite,
    part: WhichPart,
    Filled(form): Filled<AcceptForm>,
) -> page::Result {
    let places: Result<Vec<Place>, _> = form.place.iter().map(|code| code.parse()).collect();
    let places = places?;
    let steps = report.prepared().accept(&places, &report.report.passages)?;
    report.keep(&app, &form.after, &steps, "accepted sentences of a report").await?;
    let at = places.first().map_or(String::new(), |place| format!("#{}", place.code()));
    page::see_other(format!(
        "{}{at}",
        links::prepared_sentences(report.prepared().id, part.number())
    ))
}

/// Writes a sentence anew.
///
/// # Errors
/// Refuses unless it is a draft. There is no such page for those who do not write reports.
pub async fn edit(
    app: App,
    report: ToWrite,
    part: WhichPart,
    Filled(form): Filled<BTreeMap<String, String>>,
) -> page::Result {
    let typed = |name: &str| form.get(name).cloned().unwrap_or_default();
    let code = typed("place");
    let place: Place = code.parse()?;
    let words = typed(&format!("words-{code}"));
    let steps = Reason::new(&words)
        .and_then(|words| report.prepared().edit(&place, words, &report.report.passages));
    match steps {
        Ok(steps) => {
            report.keep(&app, &typed("after"), &steps, "edited a sentence of a report").await?;
            let page = links::prepared_sentences(report.prepared().id, part.number());
            page::see_other(format!("{page}#{code}"))
        }
        Err(refusal) => {
            let wrong = (code, words, refusal.sentence().to_owned());
            page::again(&SentencesPage::new(&report, part, Some(wrong))?)
        }
    }
}

impl SentencesPage {
    /// The page, with what was typed into one form and what was wrong with it.
    fn new(
        report: &InHand,
        part: WhichPart,
        wrong: Option<(String, String, String)>,
    ) -> Result<Self, Failure> {
        let prepared = report.prepared();
        let passages: Vec<&Passage> =
            report.report.passages.iter().filter(|it| it.place.part == part.0).collect();
        if passages.is_empty() {
            return Err(Failure::NotFound);
        }
        let may = report.permits(ReleaseDeed::Write) && prepared.state() == State::Draft;
        let mut errors = ErrorSummary::new();
        let mut sections: Vec<Section> = Vec::new();
        for passage in &passages {
            let wrong = wrong.as_ref().filter(|(code, ..)| *code == passage.place.code());
            let shown = shown(report, passage, may, wrong, &mut errors);
            match sections.last_mut() {
                Some(section) if section.heading == passage.section => {
                    section.unread += usize::from(shown.is_unread);
                    section.sentences.push(shown);
                }
                _ => sections.push(Section {
                    anchor: format!("part-{}", sections.len() + 1),
                    heading: passage.section.clone(),
                    unread: usize::from(shown.is_unread),
                    sentences: vec![shown],
                }),
            }
        }
        let unread: usize = sections.iter().map(|section| section.unread).sum();
        let id = prepared.id;
        Ok(Self {
            frame: Frame {
                title: format!("Sentences of {}", part.0.words()),
                has_errors: !errors.is_empty(),
                ..report.base.clone()
            },
            errors,
            caption: prepared.title.clone(),
            progress: format!(
                "{} of {} sentences are accepted or edited.",
                passages.len() - unread,
                passages.len()
            ),
            after: prepared.steps.len(),
            accept: links::accept_sentences(id, part.number()),
            edit: links::prepared_sentences(id, part.number()),
            sections,
        })
    }

    /// Every state in every hand, and a sentence that could not be taken.
    pub fn samples() -> Vec<Self> {
        let reports = super::sample::in_hand();
        let part = WhichPart(quarterlight_domain::release::passage::Part::One);
        let hostile = || crate::govuk::HOSTILE.to_owned();
        let wrong = || ("1-paragraph-1-1".to_owned(), hostile(), hostile());
        let pages = reports.iter().flat_map(|it| {
            [None, Some(wrong())].into_iter().filter_map(|wrong| Self::new(it, part, wrong).ok())
        });
        pages.collect()
    }
}

fn shown(
    report: &InHand,
    passage: &Passage,
    may: bool,
    wrong: Option<&(String, String, String)>,
    errors: &mut ErrorSummary,
) -> Shown {
    let code = passage.place.code();
    let standing = report.prepared().standing(&passage.place);
    let (state, text, before) = match standing {
        Standing::Unread => {
            (Tag::new("Generated, not read yet", TagColour::Yellow), passage.text.as_str(), None)
        }
        Standing::Accepted(step) => (
            Tag::new("Accepted", TagColour::Green),
            passage.text.as_str(),
            Some((String::new(), by(step))),
        ),
        Standing::Edited(step, now) => {
            let was = match &step.what {
                What::Edited { was, .. } => was.clone(),
                _ => passage.text.clone(),
            };
            (Tag::new("Edited", TagColour::Blue), now, Some((was, by(step))))
        }
    };
    let name = passage.place.to_string();
    let name = name.trim_end_matches(',').to_owned();
    let typed = wrong.map_or(text, |(_, words, _)| words);
    let edit = may.then(|| {
        let field = Field::new(format!("words-{code}"), format!("{name}, in your words"))
            .size(LabelSize::Hidden)
            .error(wrong.map(|(.., sentence)| sentence.clone()));
        let summary = errors.clone().field(&field);
        *errors = summary;
        Textarea::new(field).value(typed).rows(4)
    });
    let is_unread = before.is_none();
    Shown { code, name, state, text: text.to_owned(), before, is_unread, edit }
}

fn by(step: &quarterlight_domain::release::Step) -> String {
    format!("{}, {}", step.name, moment_in_words(step.at))
}
