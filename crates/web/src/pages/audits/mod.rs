//! One auditor's reading of one record: the task list, each standard, submitting, and reading.
//!
//! A handler that has an audit in its arguments may do with it what the argument says: [`ToMake`]
//! for its auditor, [`ToRead`] for those who may read it. For anybody else there is no such page.

pub mod allocate;
pub mod answer;
pub mod answer_form;
pub mod beside;
pub mod conflict;
pub mod copy;
pub mod form_reader;
pub mod form_workbook;
pub mod given;
pub mod hand_in;
pub mod handed_in;
pub mod handed_in_row;
pub mod keep;
pub mod moderated;
pub mod notes;
pub mod notice;
pub mod passage;
pub mod proposal;
pub mod read;
pub mod reply;
pub mod sample;
pub mod show;
pub mod submit;
pub mod summing_up;
pub mod take_back;
pub mod voice;
pub mod whole;
pub mod words;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::framework::{AgreedEdition, Contents};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::need::Known;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::standard::StandardCode;
use quarterlight_store::{Attached, AuditInHand, Fault};

use crate::app::App;
use crate::error::Failure;
use crate::govuk::Inset;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named, note_look};
use crate::session::SignedIn;

/// An audit with its answers and its edition, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The audit.
    pub audit: Audit,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// What else is kept with it: a page asks only for what is there.
    pub attached: Attached,
    /// The edition that it is made on.
    pub edition: Arc<AgreedEdition>,
    /// The standard that the URL names, if it names one that is asked of this record.
    pub standard: Option<StandardCode>,
    /// The edition that has come into force since, which does not change this audit.
    pub later: Option<u32>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    /// *This audit uses edition 1. Edition 2 came into force later and does not change it.*
    pub fn pinned(&self) -> Option<Inset> {
        let (used, later) = (self.edition.number, self.later?);
        Some(Inset::new(format!(
            "This audit uses edition {used}. Edition {later} came into force later and does not change it."
        )))
    }

    /// What the edition says.
    pub fn contents(&self) -> &Contents {
        self.edition.contents()
    }

    /// The answer to a standard.
    pub fn answer_to(&self, code: &StandardCode) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.standard == *code)
    }

    /// The frame of a page of this audit, which leads back to the person's own work.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let breadcrumbs = vec![("Your work".to_owned(), links::home())];
        let unsafe_now = Some(links::raise_in_audit(self.audit.id));
        Frame { title: title.into(), breadcrumbs, unsafe_now, ..self.base.clone() }
    }

    /// The frame of a page inside the audit, which leads back to its task list too.
    pub fn inner_frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = self.frame(title);
        let name = format!("Audit {}", self.audit.reference());
        frame.breadcrumbs.push((name, links::audit(self.audit.id)));
        frame
    }

    /// What stands above each heading: the record, its service and the edition.
    pub fn caption(&self) -> String {
        let team = self.audit.line.team.clone().unwrap_or_else(|| "team not known".to_owned());
        format!("{} · {team} · {}", self.audit.reference(), self.edition.title())
    }

    /// Finds the audit of the URL and asks whether it may be had; notes the look before it is shown.
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Audit) -> Deed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "audit").await?;
        let kept = app.store.audits.in_hand(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, deed(&kept.audit), visitor.today) {
            return Err(Failure::NotFound);
        }
        let edition = app.store.frameworks.edition(kept.audit.edition).await?;
        let edition = edition.ok_or(Failure::NotFound)?;
        let standard = match named::<String>(parts, app, "standard").await {
            Ok(code) => Some(asked(edition.contents(), &kept.audit.line, &code)?),
            Err(_) => None,
        };
        let mut later = None;
        // A form is asked for its reason only where there could be something to ask.
        if parts.method == Method::GET || kept.attached.restricted {
            note_look(parts, app, &visitor, kept.audit.record).await?;
        }
        if parts.method == Method::GET && kept.attached.edition {
            let successor = app.store.frameworks.successor(edition.id, visitor.today).await?;
            later = successor.map(|(number, _)| number);
        }
        let base = visitor.frame(app, "", "Your work");
        let AuditInHand { audit, answers, attached } = kept;
        Ok(Self { visitor, audit, answers, attached, edition, standard, later, base })
    }
}

/// What is kept with an audit, asked for only where it was seen to be there.
async fn if_there<T: Default>(
    there: bool,
    asked: impl Future<Output = Result<T, Fault>>,
) -> Result<T, Failure> {
    if there { Ok(asked.await?) } else { Ok(T::default()) }
}

fn asked(contents: &Contents, line: &CaseLine, code: &str) -> Result<StandardCode, Failure> {
    let code = StandardCode::new(code).map_err(|_| Failure::NotFound)?;
    let is_asked = contents.find(&code).is_some_and(|(_, standard)| standard.applies_to(line));
    if is_asked { Ok(code) } else { Err(Failure::NotFound) }
}

in_hand! {
    /// An audit in the hand of its auditor.
    ToMake: |audit| Deed::MakeAudit(audit),
    /// An audit in the hand of somebody who may read it.
    ToRead: |audit| Deed::ReadAudit(audit),
    /// An audit in the hand of somebody who may say who makes it and by when.
    ToAllocate: |audit| Deed::AllocateAudit(audit),
    /// An audit in the hand of the worker who is told of it.
    ToHear: |audit| Deed::HearOfAudit(audit),
    /// An audit in the hand of the worker who may reply to it.
    ToReply: |audit| Deed::ReplyToAudit(audit),
}

/// What the case list says of a record, as label and value, for the side of a page.
pub fn facts(line: &CaseLine) -> Vec<(String, String)> {
    let needs: Vec<&str> = line.needs.iter().map(|need| need.words()).collect();
    let mut facts = vec![("Needs".to_owned(), needs.join(", "))];
    if line.assessment_open {
        facts.push(("Assessment".to_owned(), "Open".to_owned()));
    }
    facts.push(("Disabled".to_owned(), line.disabled.to_string()));
    if line.unaccompanied != Known::No {
        facts.push(("Unaccompanied".to_owned(), line.unaccompanied.to_string()));
    }
    facts.push(("Placement".to_owned(), line.placement.words().to_owned()));
    let worker = line.worker.clone().unwrap_or_else(|| "Nobody is named".to_owned());
    facts.push(("Worker".to_owned(), worker));
    for (kind, day) in &line.dates {
        let day = quarterlight_domain::calendar::day_in_words(*day);
        facts.push((kind.words().to_owned(), day));
    }
    facts
}
