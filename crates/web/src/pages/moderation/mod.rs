//! Second readings: the queue, one audit beside its auditor's answers, how it ends, and agreement.
//!
//! [`ToModerate`] holds the auditor's answers where no page can reach them: [`InHand::theirs`] gives
//! one only when it may be shown, so that a blind reading cannot be spoiled by a template.

pub mod agreement;
pub mod auditors;
pub mod confirm;
pub mod grades;
pub mod list;
pub mod reword;
pub mod rule;
pub mod sample;
pub mod send_back;
pub mod show;
pub mod standard;
pub mod table;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::framework::{AgreedEdition, Contents};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::moderation::Moderation;
use quarterlight_domain::moderation::confirm::unsettled;
use quarterlight_domain::moderation::pick::{Picked, Why};
use quarterlight_domain::moderation::reading::{Outcome, Reading};
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::moderation::second_reader::{SecondReader, ToRead};
use quarterlight_domain::permission::{Deed, ModerationDeed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::ties::Ties;
use quarterlight_store::InModeration;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::permit::{in_hand, named, note_look};
use crate::session::SignedIn;

/// An audit that is read a second time, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The audit, and what is known of its second reading.
    pub kept: InModeration,
    /// The edition that it is made on.
    pub edition: Arc<AgreedEdition>,
    /// Why it is read a second time.
    pub picked: Picked,
    /// Whether this person may read it.
    pub reader: Result<SecondReader, Refusal>,
    /// What stands for each standard, the latest word first.
    pub outcomes: Vec<Outcome>,
    /// The standard that the URL names, if it names one that is asked of this record.
    pub standard: Option<StandardCode>,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
    readings: Vec<Reading>,
    answers: Vec<Answer>,
}

impl InHand {
    /// The audit.
    pub fn audit(&self) -> &Audit {
        &self.kept.audit
    }

    /// What the edition says.
    pub fn contents(&self) -> &Contents {
        self.edition.contents()
    }

    /// The second reading, if it is this person's.
    pub fn mine(&self) -> Option<&Moderation> {
        let is_theirs = |it: &&Moderation| it.moderator == self.visitor.id();
        self.kept.current().filter(is_theirs)
    }

    /// The second reading, if it is this person's and goes on; the way to its first page otherwise.
    ///
    /// # Errors
    /// There is no such page for a reading that nobody opened, or that is somebody else's.
    pub fn going_on(&self) -> Result<&Moderation, Failure> {
        self.mine().filter(|it| it.ended.is_none()).ok_or(Failure::NotFound)
    }

    /// What this person judged of a standard at first, beside the auditor's answer as it is.
    pub fn reading(&self, code: &StandardCode) -> Option<&Reading> {
        let answer = self.answer(code)?;
        let is_of = |it: &&Reading| it.standard == *code && it.version == answer.version;
        self.readings.iter().find(is_of)
    }

    /// What stands for a standard.
    pub fn outcome(&self, code: &StandardCode) -> Option<&Outcome> {
        let answer = self.answer(code)?;
        self.outcomes.iter().find(|outcome| outcome.settles(answer))
    }

    /// The auditor's answer, where it may be shown.
    pub fn theirs(&self, code: &StandardCode) -> Option<&Answer> {
        let shows = self.mine()?.shows(self.reading(code));
        self.answer(code).filter(|_| shows)
    }

    /// True if everything that the auditor wrote may be shown: each standard is read, or none is
    /// read blind.
    pub fn shows_all(&self) -> bool {
        self.mine().is_some_and(|it| {
            let asked = self.contents().asked_of(&self.audit().line);
            asked.iter().all(|standard| it.shows(self.reading(&standard.code)))
        })
    }

    /// The standards that are still to be settled.
    pub fn left(&self) -> Vec<&StandardCode> {
        unsettled(self.contents(), self.audit(), &self.answers, &self.outcomes)
    }

    /// The frame of the first page of this second reading.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let quarter = Some(self.audit().quarter);
        let breadcrumbs = vec![("Moderation".to_owned(), links::moderation(quarter))];
        let unsafe_now = Some(links::raise_in_audit(self.audit().id));
        Frame { title: title.into(), breadcrumbs, unsafe_now, ..self.base.clone() }
    }

    /// The frame of a page inside it.
    pub fn inner_frame(&self, title: impl Into<String>) -> Frame {
        let mut frame = self.frame(title);
        let name = format!("Moderate {}", self.audit().reference());
        frame.breadcrumbs.push((name, links::moderate(self.audit().id)));
        frame
    }

    /// What stands above each heading: the record, its team and who audited it.
    pub fn caption(&self) -> String {
        let audit = self.audit();
        let team = audit.line.team.clone().unwrap_or_else(|| "team not known".to_owned());
        format!("{} · {team} · audited by {}", audit.reference(), audit.auditor_name)
    }

    fn answer(&self, code: &StandardCode) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.standard == *code)
    }

    /// Finds the audit of the URL, if it is one that is read a second time; notes the look.
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Audit) -> Deed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id = named(parts, app, "audit").await?;
        let moderations = &app.store.moderations;
        let kept = moderations.of_audit(id).await?.ok_or(Failure::NotFound)?;
        if !permits(&visitor.person, deed(&kept.audit), visitor.today) {
            return Err(Failure::NotFound);
        }
        let picked = kept.picked(&rules(app).await?).ok_or(Failure::NotFound)?;
        let ties = app.store.conflicts.ties().await?;
        let reader = reader(&visitor, &kept, picked, &ties);
        let edition = app.store.frameworks.edition(kept.audit.edition).await?;
        let edition = edition.ok_or(Failure::NotFound)?;
        let standard = match named::<String>(parts, app, "standard").await {
            Ok(code) => Some(asked(edition.contents(), &kept.audit, &code)?),
            Err(_) => None,
        };
        note_look(parts, app, &visitor, kept.audit.record).await?;
        let hand = app.store.audits.in_hand(id).await?.ok_or(Failure::NotFound)?;
        let base = visitor.frame(app, "", "Moderation");
        let (readings, outcomes) =
            (moderations.readings(id).await?, moderations.outcomes(id).await?);
        let answers = hand.answers;
        Ok(Self {
            visitor,
            kept,
            edition,
            picked,
            reader,
            outcomes,
            standard,
            base,
            readings,
            answers,
        })
    }
}

in_hand! {
    /// An audit in the hand of somebody who moderates.
    ToModerate: |_| Deed::Moderation(ModerationDeed::Read),
}

/// Every rule that there has been.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn rules(app: &App) -> Result<Vec<ModerationRule>, Failure> {
    let rules = app.store.moderations.rules().await?;
    Ok(rules.into_iter().map(|kept| kept.rule).collect())
}

/// Whether somebody may read an audit a second time. What came again was seen before, and is read
/// with the auditor's answers.
pub fn reader(
    visitor: &SignedIn,
    kept: &InModeration,
    picked: Picked,
    ties: &Ties,
) -> Result<SecondReader, Refusal> {
    let blind = picked.why == Why::Blind && !kept.came_again;
    let (audit, record, had_it) = (&kept.audit, &kept.record, kept.had_it.as_slice());
    SecondReader::of(&visitor.person, &ToRead { audit, record, had_it, blind }, ties, visitor.today)
}

fn asked(contents: &Contents, audit: &Audit, code: &str) -> Result<StandardCode, Failure> {
    let code = StandardCode::new(code).map_err(|_| Failure::NotFound)?;
    let found = contents.find(&code);
    let is_asked = found.is_some_and(|(_, standard)| standard.applies_to(&audit.line));
    if is_asked { Ok(code) } else { Err(Failure::NotFound) }
}
