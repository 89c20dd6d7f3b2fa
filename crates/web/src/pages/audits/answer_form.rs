//! What an auditor types on the page of a standard, and the answer and finding that it makes.

use jiff::civil::Date;
use quarterlight_domain::finding::Raised;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::{Reason, bounded};
use quarterlight_store::Page;
use serde::Deserialize;

use crate::form::{Errors, TypedDate};

/// What was typed on the page of a standard.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// The code of the judgement.
    pub judgement: String,
    /// What was seen.
    pub seen: String,
    /// Where it was found.
    pub found: String,
    /// The version of the saved answer that the auditor saw.
    pub version: u32,
    /// What must be put right.
    pub put_right: String,
    /// The id of whoever is to do it.
    pub owner: String,
    /// The day by which it is due.
    #[serde(rename = "due-day")]
    pub due_day: String,
    /// The month by which it is due.
    #[serde(rename = "due-month")]
    pub due_month: String,
    /// The year by which it is due.
    #[serde(rename = "due-year")]
    pub due_year: String,
    /// Made when the form was shown, so that the same form raises one finding.
    pub form_key: String,
    /// `whole` where it comes from the page with every standard, and leads back there.
    pub then: String,
    /// Whether it is to be saved as an answer, or as words that are not one yet.
    #[serde(rename = "as", deserialize_with = "is_answer")]
    pub is_answer: bool,
    /// Why the auditor overrules what the case list proposes.
    pub overruled: String,
    /// Said where the page showed something that is proposed.
    pub proposed: String,
    /// Said where the page began with words that were left unsaved before: once it has saved, those
    /// are left no longer.
    pub restored: String,
    /// The how-manieth saving of the opened page this is.
    pub turn: u32,
}

/// An answer as it was read from the form, with the finding raised beside it.
pub type Read = (Answer, Option<Raised>);

impl AnswerForm {
    /// The form of a saved answer, or an empty one.
    pub fn of(answer: Option<&Answer>, due: Date, form_key: String) -> Self {
        let due = TypedDate::of(due);
        let saved = answer.cloned();
        Self {
            judgement: saved.as_ref().map_or("", |it| it.judgement.code()).to_owned(),
            seen: saved.as_ref().map_or(String::new(), |it| it.seen.clone()),
            found: saved.as_ref().map_or(String::new(), |it| it.found.clone()),
            version: saved.as_ref().map_or(0, |it| it.version),
            due_day: due.day,
            due_month: due.month,
            due_year: due.year,
            form_key,
            ..Self::default()
        }
    }

    /// The day by which it is due, as typed.
    pub fn due(&self) -> TypedDate {
        TypedDate {
            day: self.due_day.clone(),
            month: self.due_month.clone(),
            year: self.due_year.clone(),
        }
    }

    /// The answer, and the finding if the auditor wrote one.
    ///
    /// # Errors
    /// Says at each field what is wrong with it.
    pub fn read(&self, standard: &StandardCode) -> Result<Read, Errors> {
        let mut errors = Errors::default();
        let judgement = Judgement::from_code(&self.judgement);
        if judgement.is_none() {
            errors.say("judgement", "Select what you found, from Met to Cannot tell");
        }
        let seen = errors.keep("seen", bounded(&self.seen));
        let found = errors.keep("found", bounded(&self.found));
        errors.keep("overruled", bounded(&self.overruled));
        let raised = self.read_finding(standard, &mut errors);
        match (judgement, seen, found) {
            (Some(judgement), Some(seen), Some(found)) if errors.is_empty() => {
                let (standard, version) = (standard.clone(), self.version);
                Ok((Answer { standard, judgement, seen, found, version }, raised))
            }
            _ => Err(errors),
        }
    }

    /// The answer alone, as far as there is one to save before the auditor goes on.
    pub fn answer(&self, standard: &StandardCode) -> Option<Answer> {
        let judgement = Judgement::from_code(&self.judgement)?;
        let (seen, found) = (bounded(&self.seen).ok()?, bounded(&self.found).ok()?);
        let (standard, version) = (standard.clone(), self.version);
        Some(Answer { standard, judgement, seen, found, version })
    }

    /// Which opened page this comes from.
    pub fn page(&self) -> Page<'_> {
        Page { key: &self.form_key, turn: self.turn }
    }

    /// The finding, if the auditor wrote one: whoever fills in what must be put right means to raise it.
    fn read_finding(&self, standard: &StandardCode, errors: &mut Errors) -> Option<Raised> {
        if self.put_right.trim().is_empty() {
            return None;
        }
        let what = errors.keep("put_right", Reason::new(&self.put_right));
        let due = errors.keep("due", self.due().read());
        let owner = self.owner.parse::<PersonId>().ok();
        if owner.is_none() {
            errors.say("owner", "Select who is to put it right");
        }
        Some(Raised { standard: standard.clone(), what: what?, owner: Some(owner?), due: due? })
    }
}

/// Forms have words only: `as=answer`.
fn is_answer<'de, D: serde::Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    String::deserialize(from).map(|word| word == "answer")
}
