//! Saying that this child may be unsafe now: what was seen, and who was spoken to.

use askama::Template;
use jiff::civil::Time;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::concern::clock::{Clock, IN_WORDS};
use quarterlight_domain::concern::notice::notices;
use quarterlight_domain::concern::{NewConcern, Spoken};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::{moment_in_england, moment_in_words};
use quarterlight_domain::text::Reason;
use quarterlight_import::bank_holidays;
use serde::Deserialize;

use super::ToRaise;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, InputWidth, LabelSize, RadioItem, Radios, TextInput,
    Textarea, WarningText,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RaiseForm {
    seen: String,
    /// `yes`, or `no` while nobody is reached.
    reached: String,
    to: String,
    #[serde(rename = "on-day")]
    on_day: String,
    #[serde(rename = "on-month")]
    on_month: String,
    #[serde(rename = "on-year")]
    on_year: String,
    time: String,
    why_before: String,
    form_key: String,
}

/// Asks what was seen and who was spoken to.
///
/// # Errors
/// There is no such page for those who may not read the audit or the record.
pub async fn get(app: App, about: ToRaise) -> page::Result {
    let today = TypedDate::of(about.visitor.today);
    let form = RaiseForm {
        on_day: today.day,
        on_month: today.month,
        on_year: today.year,
        form_key: app.word(),
        ..RaiseForm::default()
    };
    page::show(&RaisePage::new(&app.duty, &about, &form, &Errors::default()))
}

/// Keeps the concern, and notes everybody who is told at once. Sent twice, it is raised once.
///
/// # Errors
/// There is no such page for those who may not read the audit or the record.
pub async fn post(app: App, about: ToRaise, Filled(form): Filled<RaiseForm>) -> page::Result {
    let mut errors = Errors::default();
    let Some(new) = form.read(&about, &mut errors) else {
        return page::again(&RaisePage::new(&app.duty, &about, &form, &errors));
    };
    let now = about.visitor.at;
    let holidays = bank_holidays::england().map_err(Failure::Refused)?;
    let clock = Clock::of(now, new.spoken.is_some(), &holidays);
    let people = app.store.people.all().await?;
    let people: Vec<_> = people.into_iter().map(|line| line.person).collect();
    let told = notices(&clock, &about.whereabouts, &people, now);
    let stamp = about.visitor.stamp("raised that a child may be unsafe now");
    match app.store.concerns.raise(&stamp, &new, &clock, &told).await? {
        Some(id) => page::see_other(links::concern(id)),
        // This form came before: its concern is among those of the audit or the record.
        None => page::see_other(about.back.1),
    }
}

impl RaiseForm {
    fn on(&self) -> TypedDate {
        TypedDate {
            day: self.on_day.clone(),
            month: self.on_month.clone(),
            year: self.on_year.clone(),
        }
    }

    fn read(&self, about: &ToRaise, errors: &mut Errors) -> Option<NewConcern> {
        let seen = if self.seen.trim().is_empty() {
            errors.say("seen", "Say what you saw that makes you think so");
            None
        } else {
            errors.keep("seen", Reason::new(&self.seen))
        };
        let spoken = match self.reached.as_str() {
            "yes" => self.spoken(about, errors).map(Some),
            "no" => Some(None),
            _ => {
                errors.say("reached", "Select yes, or that nobody is reached yet");
                None
            }
        };
        let audit = about.audit.as_ref();
        Some(NewConcern {
            record: about.record,
            audit: audit.map(|it| it.id),
            after_submission: audit.is_some_and(Audit::is_submitted),
            seen: seen?,
            spoken: spoken?,
            form_key: self.form_key.clone(),
        })
    }

    fn spoken(&self, about: &ToRaise, errors: &mut Errors) -> Option<Spoken> {
        let to = if self.to.trim().is_empty() {
            errors.say("to", "Say whom you spoke to, such as “the duty manager”");
            None
        } else {
            errors.keep("to", Reason::new(&self.to))
        };
        let day = errors.keep("on", self.on().read());
        let time = errors.keep("time", time(&self.time));
        let at = moment_in_england(day?.to_datetime(time?));
        let why = match self.why_before.trim() {
            "" => None,
            words => Some(errors.keep("why_before", Reason::new(words))?),
        };
        // No audit is given to anybody before its quarter begins, unless today is before that too.
        let today = about.visitor.today;
        let begins = about.audit.as_ref().map(|it| it.quarter.first_day());
        let spoken = Spoken::new(to?, at, about.visitor.at, begins.filter(|it| *it <= today), why);
        errors.keep("time", spoken)
    }
}

/// A time of day as people type it: 10:42, 9.05 or 1042.
fn time(typed: &str) -> Result<Time, Refusal> {
    let digits = typed.trim().replacen([':', '.'], "", 1);
    let parsed = match digits.len() {
        3 | 4 if digits.bytes().all(|it| it.is_ascii_digit()) => {
            let (hours, minutes) = digits.split_at(digits.len() - 2);
            hours.parse().ok().zip(minutes.parse().ok())
        }
        _ => None,
    };
    parsed
        .and_then(|(hours, minutes)| Time::new(hours, minutes, 0, 0).ok())
        .ok_or_else(|| Refusal::because("Enter a time of day, such as 10:42."))
}

/// The page on which a concern is raised.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/concerns/raise.html")]
pub struct RaisePage {
    frame: Frame,
    errors: ErrorSummary,
    caption: String,
    warning: WarningText,
    /// Whom to ring, where the authority has said so.
    duty: Option<String>,
    clock: &'static str,
    /// What it means for the grade, in an audit that is not submitted.
    grade: Option<&'static str>,
    action: String,
    seen: Textarea,
    reached: Radios,
    to: TextInput,
    on: DateInput,
    time: TextInput,
    /// Asked only where the time is before the audit's.
    why_before: Option<TextInput>,
    form_key: String,
    raise: Button,
}

impl RaisePage {
    fn new(duty: &str, about: &ToRaise, form: &RaiseForm, errors: &Errors) -> Self {
        let seen = Field::new("seen", "What did you see?")
            .size(LabelSize::Medium)
            .hint("In a few words. Do not use a child’s or a worker’s name.")
            .error(errors.at("seen"));
        let reached = Field::new("reached", "Have you spoken to somebody who can act?")
            .size(LabelSize::Medium)
            .error(errors.at("reached"));
        let answers = vec![
            RadioItem::new("yes", "Yes"),
            RadioItem::new("no", "Nobody is reached yet")
                .hint("The senior managers are told now as well. Go on trying by voice."),
        ];
        let to = Field::new("to", "Whom did you speak to?")
            .hint("Their name or their duty. Leave this and the time empty if nobody is reached.")
            .error(errors.at("to"));
        let on = Field::new("on", "On which day?").error(errors.at("on"));
        let on = form.on().shown_in(DateInput::new(on));
        let time = Field::new("time", "At what time?")
            .hint("On the 24-hour clock, such as 10:42.")
            .error(errors.at("time"));
        let why =
            Field::new("why_before", "Why it was before this audit").error(errors.at("why_before"));
        let asks_why = errors.at("why_before").is_some()
            || !form.why_before.is_empty()
            || errors.at("time").is_some_and(|it| it.contains("before this audit"));
        let mut summary =
            ErrorSummary::new().field(&seen).field(&reached).field(&to).date(&on).field(&time);
        if asks_why {
            summary = summary.field(&why);
        }
        Self {
            frame: Frame {
                breadcrumbs: vec![about.back.clone()],
                has_errors: !errors.is_empty(),
                title: "This child may be unsafe now".to_owned(),
                ..about.base.clone()
            },
            errors: summary,
            caption: caption(about),
            warning: WarningText::new("Speak to the duty manager now, before you fill this in."),
            duty: Some(duty.to_owned()).filter(|it| !it.is_empty()),
            clock: IN_WORDS,
            grade: about.audit.as_ref().filter(|it| !it.is_submitted()).map(|_| GRADE),
            action: about.action(),
            seen: Textarea::new(seen).value(form.seen.clone()).rows(3),
            reached: Radios::new(reached, answers).value(form.reached.clone()),
            to: TextInput::new(to).value(form.to.clone()),
            on,
            time: TextInput::new(time).value(form.time.clone()).width(InputWidth::Characters5),
            why_before: asks_why.then(|| TextInput::new(why).value(form.why_before.clone())),
            form_key: form.form_key.clone(),
            raise: Button::submit("Raise this concern now").warning(),
        }
    }

    /// In an audit, of a record, and each sent back with errors and hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for field in ["seen", "reached", "to", "on", "time", "why_before"] {
            errors.say(field, HOSTILE);
        }
        let words = HOSTILE.to_owned();
        let form = RaiseForm {
            seen: words.clone(),
            to: words.clone(),
            time: words.clone(),
            why_before: words,
            ..RaiseForm::default()
        };
        let about = super::sample::to_raise();
        let plain = Self::new("", &about, &RaiseForm::default(), &Errors::default());
        vec![plain, Self::new(HOSTILE, &about, &form, &errors)]
    }
}

const GRADE: &str = "It is kept whether you have saved this audit or not. The audit’s grade is then \
     Inadequate, unless the concern was raised in error and is withdrawn.";

fn caption(about: &ToRaise) -> String {
    format!("{} · now: {}", about.reference, moment_in_words(about.visitor.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        for (typed, hour, minute) in
            [("10:42", 10, 42), ("9.05", 9, 5), (" 1042", 10, 42), ("905", 9, 5), ("23:59", 23, 59)]
        {
            assert_eq!(time(typed).unwrap(), Time::new(hour, minute, 0, 0).unwrap(), "{typed}");
        }
        for typed in ["", "10", "25:00", "10:60", "ten", "10:4x", "-942", "1:2:3:4"] {
            assert!(time(typed).is_err(), "{typed}");
        }
    }
}
