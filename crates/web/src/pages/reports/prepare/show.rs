//! One prepared report: where it stands, what is wanting, and the next step for whoever takes it.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::names::Names;
use quarterlight_domain::permission::ReleaseDeed;
use quarterlight_domain::release::ground::{ACT, Ground, SINCE};
use quarterlight_domain::release::passage::Part;
use quarterlight_domain::release::{Prepared, State, What};
use quarterlight_domain::stamp::moment_in_words;

use super::steps::StepForm;
use super::{InHand, ToRead, WAITS};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{
    Button, Content, ErrorSummary, Field, Inset, Markup, RadioItem, Radios, SummaryList,
    SummaryRow, Tag, TagColour, Textarea, WarningText,
};
use crate::layout::Frame;
use crate::{links, page};

/// One form as the page shows it.
#[derive(Debug, Clone)]
struct Form {
    heading: &'static str,
    /// What to know first, each as a sentence.
    told: Vec<String>,
    action: String,
    fields: Vec<Markup>,
    button: Button,
}

/// One prepared report.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/prepare/show.html")]
pub struct PreparedPage {
    frame: Frame,
    errors: ErrorSummary,
    state: Tag,
    facts: SummaryList,
    /// Why there is no public part.
    waits: Option<Inset>,
    /// Where the parts and their sentences are.
    parts: Vec<(String, String)>,
    wanting: Vec<String>,
    after: usize,
    forms: Vec<Form>,
}

/// Shows it.
///
/// # Errors
/// There is no such page for those who may not read drafts.
pub async fn get(app: App, report: ToRead) -> page::Result {
    let (form, errors) = (StepForm::default(), Errors::default());
    page::show(&PreparedPage::of(&app, &report, &form, &errors).await?)
}

impl PreparedPage {
    /// The page, with what was typed and what was wrong with it.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(
        app: &App,
        report: &InHand,
        form: &StepForm,
        errors: &Errors,
    ) -> Result<Self, Failure> {
        let people = app.store.people.all().await?;
        let names = Names::of(people.iter().map(|person| person.person.name.as_str()));
        Ok(Self::new(report, &names, form, errors))
    }

    fn new(report: &InHand, names: &Names, form: &StepForm, errors: &Errors) -> Self {
        let prepared = report.prepared();
        let mut page = Self {
            frame: Frame {
                title: prepared.title.clone(),
                has_errors: !errors.is_empty(),
                breadcrumbs: report.base.breadcrumbs.iter().take(1).cloned().collect(),
                ..report.base.clone()
            },
            errors: ErrorSummary::new(),
            state: tag(prepared.state()),
            facts: facts(prepared),
            waits: report.report.built.public_waits.as_deref().map(|words| {
                Inset::new(Content::text(format!(
                    "{WAITS} {words} Part II can be released or corrected by itself; build the \
                     report again once Part I can be made public."
                )))
            }),
            parts: parts(report),
            wanting: match prepared.state() {
                State::Draft => prepared.wanting(&report.report.passages),
                _ => Vec::new(),
            },
            after: prepared.steps.len(),
            forms: Vec::new(),
        };
        match prepared.state() {
            State::Draft => {
                if report.permits(ReleaseDeed::Write) {
                    page.clearing(report, names, form, errors);
                    page.grounding(report, form, errors);
                }
                if report.permits(ReleaseDeed::Approve) && page.wanting.is_empty() {
                    page.forms.push(Form {
                        heading: "Approve this report",
                        told: vec![
                            "Read both parts first. Nothing can be changed in it after that."
                                .to_owned(),
                        ],
                        action: links::approve_report(prepared.id),
                        fields: Vec::new(),
                        button: Button::submit("Approve this report"),
                    });
                }
            }
            State::Approved if report.permits(ReleaseDeed::Release) => {
                let warning = if report.report.part_one.is_some() && prepared.corrects.is_some() {
                    "Members read both parts, and everybody reads Part I. Where Part I says what \
                     is public already, that one stays, and the public is told nothing. It is kept \
                     as it stands, and can never be changed or taken back."
                } else if report.report.part_one.is_some() {
                    "Members read both parts, and everybody reads Part I. It is kept as it stands, \
                     and can never be changed or taken back."
                } else {
                    "Members read it. It is kept as it stands, and can never be changed or taken \
                     back."
                };
                page.forms.push(Form {
                    heading: "Release this report",
                    told: Vec::new(),
                    action: links::release_report(prepared.id),
                    fields: vec![Markup::of(&WarningText::new(warning))],
                    button: Button::submit("Release this report"),
                });
            }
            _ => {}
        }
        page
    }

    /// Every state in every hand, with and without something wrong.
    pub fn samples() -> Vec<Self> {
        let mut wrong = Errors::default();
        for field in ["found", "ground", "interest"] {
            wrong.say(field, crate::govuk::HOSTILE);
        }
        let (names, form) = (Names::default(), StepForm::default());
        let reports = super::sample::in_hand();
        let pages = reports.iter().flat_map(|it| {
            [Errors::default(), wrong.clone()].map(|errors| Self::new(it, &names, &form, &errors))
        });
        pages.collect()
    }

    fn clearing(&mut self, report: &InHand, names: &Names, form: &StepForm, errors: &Errors) {
        if report.report.part_one.is_none() {
            return;
        }
        let found = Field::new("found", "What you looked at, and what you found")
            .hint("Your name and the day are kept with it.")
            .error(errors.at("found"));
        self.errors = self.errors.clone().field(&found);
        let mut told = report.report.leaks(names);
        told.insert(
            0,
            "Read Part I for whatever could show who a child is. The figures were attacked by a \
             program; the sentences were searched for names and references."
                .to_owned(),
        );
        if told.len() == 1 {
            told.push("The program found no name and no reference.".to_owned());
        }
        self.forms.push(Form {
            heading: "Leak check of Part I",
            told,
            action: links::clear_report(report.prepared().id),
            fields: vec![Markup::of(&Textarea::new(found).value(form.found.clone()).rows(3))],
            button: Button::submit("Clear the leak check"),
        });
    }

    fn grounding(&mut self, report: &InHand, form: &StepForm, errors: &Errors) {
        let ground = Field::new("ground", "On which ground is Part II private?")
            .hint(format!("{ACT}, as it reads since {}.", day_in_words(SINCE)))
            .error(errors.at("ground"));
        let interest =
            Field::new("interest", "Why the public interest in keeping it private is the greater")
                .error(errors.at("interest"));
        self.errors = self.errors.clone().field(&ground).field(&interest);
        let items = Ground::ALL.map(|it| {
            RadioItem::new(it.code(), format!("Paragraph {}: {}", it.paragraph(), it.words()))
        });
        self.forms.push(Form {
            heading: "Why Part II is private",
            told: Vec::new(),
            action: links::report_ground(report.prepared().id),
            fields: vec![
                Markup::of(&Radios::new(ground, items.into()).value(form.ground.clone())),
                Markup::of(&Textarea::new(interest).value(form.interest.clone()).rows(3)),
            ],
            button: Button::submit("Choose this ground").secondary(),
        });
    }
}

/// The state as a tag.
pub fn tag(state: State) -> Tag {
    let colour = match state {
        State::Draft => TagColour::Yellow,
        State::Approved => TagColour::Blue,
        State::Released(_) => TagColour::Green,
        State::Superseded => TagColour::Grey,
    };
    Tag::new(state.words(), colour)
}

fn parts(report: &InHand) -> Vec<(String, String)> {
    let id = report.prepared().id;
    let numbered = [(Part::One, 1), (Part::Two, 2)];
    let there = numbered.into_iter().filter(|(part, _)| {
        report.report.passages.iter().any(|passage| passage.place.part == *part)
    });
    there
        .flat_map(|(part, number)| {
            let words = part.words();
            [
                (format!("{words} as it reads now"), links::prepared_part(id, number)),
                (format!("Sentences of {words}"), links::prepared_sentences(id, number)),
            ]
        })
        .collect()
}

fn facts(prepared: &Prepared) -> SummaryList {
    let said = |name: &str, at| format!("{name}, {}", moment_in_words(at));
    let built = said(&prepared.builder, prepared.built_at);
    let mut rows = vec![SummaryRow::new("Figures frozen, report built", built)];
    if let Some((report, words)) = &prepared.corrects {
        rows.push(SummaryRow::new(
            "Corrects",
            Content::link("The released report", links::report(*report)),
        ));
        rows.push(SummaryRow::new("What changed", Content::written(words.words())));
    }
    if let Some(step) = prepared.cleared()
        && let What::Cleared(words) = &step.what
    {
        rows.push(SummaryRow::new("Leak check cleared", said(&step.name, step.at)));
        rows.push(SummaryRow::new("What was found", Content::written(words.words())));
    }
    if let Some((ground, words, step)) = prepared.ground() {
        rows.push(SummaryRow::new("Part II is private by", ground.named()));
        rows.push(SummaryRow::new("Public interest", Content::written(words.words())));
        rows.push(SummaryRow::new("Ground chosen", said(&step.name, step.at)));
    }
    if let Some(step) = prepared.approved() {
        rows.push(SummaryRow::new("Approved", said(&step.name, step.at)));
    }
    if let Some(report) = prepared.released {
        let link = Content::link("The report as members have it", links::report(report));
        rows.push(SummaryRow::new("Released", link));
    }
    SummaryList::new(rows)
}
