//! Writing the allocation protocol that supersedes: weights, guides and advice, from a day.

use askama::Template;
use jiff::ToSpan;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::need::Need;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::protocol::{Advice, Protocol};
use quarterlight_domain::text::Reason;
use quarterlight_store::{KeptAllocationProtocol, NewAllocationProtocol};
use serde::Deserialize;

use super::{allocation, sample};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, DateInput, ErrorSummary, Field, HOSTILE, InputWidth,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{Through, WriteAllocationProtocol};
use crate::session::SignedIn;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProtocolForm {
    name: String,
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
    weight_need: String,
    weight_protection: String,
    weight_care: String,
    weight_leaver: String,
    newly_qualified: String,
    early_career: String,
    experienced: String,
    per_worker: String,
    advice: Vec<String>,
    days: String,
    why: String,
}

/// The form for the protocol that supersedes.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/protocol.html")]
pub struct ProtocolPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    name: TextInput,
    from: DateInput,
    weights: Vec<TextInput>,
    guides: Vec<TextInput>,
    per_worker: TextInput,
    advice: Checkboxes,
    days: TextInput,
    why: Textarea,
    keep: Button,
}

const WEIGHTS: [&str; 4] = ["weight_need", "weight_protection", "weight_care", "weight_leaver"];

const GUIDES: [&str; 3] = ["newly_qualified", "early_career", "experienced"];

/// The form, with what the latest protocol says.
///
/// # Errors
/// There is no such page for those who may not write it.
pub async fn get(app: App, visitor: Through<WriteAllocationProtocol>) -> page::Result {
    let kept = app.store.staffing.protocols().await?;
    let form = ProtocolForm::of(kept.first(), &visitor);
    page::show(&ProtocolPage::new(frame(&app, &visitor), &form, &Errors::default()))
}

/// Keeps the protocol. It supersedes the one before from its first day.
///
/// # Errors
/// There is no such page for those who may not write it.
pub async fn post(
    app: App,
    visitor: Through<WriteAllocationProtocol>,
    Filled(form): Filled<ProtocolForm>,
) -> page::Result {
    let kept = app.store.staffing.protocols().await?;
    let mut errors = Errors::default();
    if let Some(new) = form.read(kept.first(), &visitor, &mut errors) {
        let stamp = visitor.stamp("wrote an allocation protocol");
        if app.store.staffing.keep_protocol(&stamp, &new).await? {
            return page::see_other(links::who_holds());
        }
        errors.say("from", "Another protocol begins on that day. Give another day.");
    }
    page::again(&ProtocolPage::new(frame(&app, &visitor), &form, &errors))
}

fn frame(app: &App, visitor: &SignedIn) -> Frame {
    let base = visitor.frame(app, "The allocation protocol that supersedes", allocation::TITLE);
    let breadcrumbs = vec![(allocation::TITLE.to_owned(), links::who_holds())];
    Frame { breadcrumbs, ..base }
}

impl ProtocolForm {
    fn of(latest: Option<&KeptAllocationProtocol>, visitor: &SignedIn) -> Self {
        let day = TypedDate::of(visitor.today.saturating_add(1.day()));
        let form = Self { day: day.day, month: day.month, year: day.year, ..Self::default() };
        let Some(protocol) = latest.map(|kept| &kept.protocol) else { return form };
        let [need, protection, care, leaver] = protocol.weights.map(|it| it.to_string());
        let guide = |it: Option<Hundredths>| it.map_or_else(String::new, |it| it.to_string());
        let [newly, early, experienced] = protocol.caseload.map(guide);
        let days = protocol.advice.iter().find_map(|it| match it {
            Advice::WithoutWorker { days } => Some(days.to_string()),
            Advice::NotHeldBy(..) | Advice::WithinGuide => None,
        });
        Self {
            name: protocol.name.clone(),
            weight_need: need,
            weight_protection: protection,
            weight_care: care,
            weight_leaver: leaver,
            newly_qualified: newly,
            early_career: early,
            experienced,
            per_worker: protocol.records_per_worker.to_string(),
            advice: protocol.advice.iter().map(|it| it.code()).collect(),
            days: days.unwrap_or_default(),
            ..form
        }
    }

    fn from(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }

    fn weights(&self) -> [&String; 4] {
        [&self.weight_need, &self.weight_protection, &self.weight_care, &self.weight_leaver]
    }

    fn guides(&self) -> [&String; 3] {
        [&self.newly_qualified, &self.early_career, &self.experienced]
    }

    fn read(
        &self,
        latest: Option<&KeptAllocationProtocol>,
        visitor: &SignedIn,
        errors: &mut Errors,
    ) -> Option<NewAllocationProtocol> {
        let from = errors.keep("from", self.from().read());
        let mut weights = [Hundredths(0); 4];
        for ((field, typed), weight) in WEIGHTS.into_iter().zip(self.weights()).zip(&mut weights) {
            *weight = errors.keep(field, Hundredths::parse(typed)).unwrap_or_default();
        }
        let mut caseload = [None; 3];
        for ((field, typed), guide) in GUIDES.into_iter().zip(self.guides()).zip(&mut caseload) {
            if !typed.trim().is_empty() {
                *guide = errors.keep(field, Hundredths::parse(typed));
            }
        }
        let per_worker = errors.keep("per_worker", Hundredths::parse(&self.per_worker));
        let mut advice: Vec<Advice> =
            self.advice.iter().filter_map(|code| Advice::from_code(code)).collect();
        if !self.days.trim().is_empty() {
            let days = self.days.trim().parse().ok().filter(|days| *days <= 365);
            let days = days.ok_or_else(|| Refusal::because("Enter a whole number, 365 at most."));
            advice.extend(errors.keep("days", days).map(|days| Advice::WithoutWorker { days }));
        }
        let why = errors.keep("why", Reason::new(&self.why));
        if !errors.is_empty() {
            return None;
        }
        let protocol = Protocol {
            name: self.name.trim().to_owned(),
            from: from?,
            weights,
            caseload,
            records_per_worker: per_worker?,
            advice,
        };
        errors.keep("name", protocol.check());
        errors.keep("from", protocol.follow(latest.map(|it| &it.protocol), visitor.today));
        errors.is_empty().then_some(NewAllocationProtocol { protocol, why: why? })
    }
}

impl ProtocolPage {
    fn new(mut frame: Frame, form: &ProtocolForm, errors: &Errors) -> Self {
        frame.has_errors = !errors.is_empty();
        let field =
            |name: &'static str, label: &str| Field::new(name, label).error(errors.at(name));
        let name = field("name", "Name of the protocol");
        let from = form.from().shown_in(DateInput::new(field("from", "From which day?")));
        let small = |field: Field, value: &str| {
            TextInput::new(field).value(value.to_owned()).width(InputWidth::Characters5)
        };
        let weights: Vec<TextInput> = WEIGHTS
            .into_iter()
            .zip(Need::ALL)
            .zip(form.weights())
            .map(|((name, need), value)| small(field(name, need.words()), value))
            .collect();
        let guides: Vec<TextInput> = GUIDES
            .into_iter()
            .zip(["newly qualified", "early career", "experienced"])
            .zip(form.guides())
            .map(|((name, who), value)| {
                let label = format!("Weighted caseload of a full-time worker, {who}");
                small(field(name, &label).hint("Blank where nothing is advised."), value)
            })
            .collect();
        let per_worker = field("per_worker", "Records for each full-time equivalent")
            .hint("Unweighted. From it the trend says what staff a service’s records imply.");
        let advice = field("advice", "Records that are not held by");
        let experiences = [Experience::NewlyQualified, Experience::EarlyCareer];
        let items = Need::ALL.into_iter().flat_map(|need| {
            experiences.map(|who| {
                let code = Advice::NotHeldBy(need, who).code();
                CheckboxItem::new(code, format!("{}: {}", need.words(), who.words()))
            })
        });
        let caseload = "Every need: a worker whose weighted caseload is over the guide";
        let caseload = CheckboxItem::new(Advice::WithinGuide.code(), caseload);
        let days = field("days", "Most days without a named worker")
            .hint("Blank where nothing is advised.");
        let why = field("why", "Why is there another, and who agreed it?");
        let mut summary = ErrorSummary::new().field(&name).date(&from);
        for input in weights.iter().chain(&guides) {
            summary = summary.field(&input.field);
        }
        Self {
            frame,
            errors: summary.field(&per_worker).field(&days).field(&why),
            action: links::next_allocation_protocol(),
            name: TextInput::new(name).value(form.name.clone()),
            from,
            weights,
            guides,
            per_worker: small(per_worker, &form.per_worker),
            advice: Checkboxes::new(advice, items.chain([caseload]).collect())
                .values(form.advice.clone()),
            days: small(days, &form.days),
            why: Textarea::new(why).rows(3).value(form.why.clone()),
            keep: Button::submit("Keep the protocol"),
        }
    }

    /// Blank, and one that supersedes with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for name in ["name", "from", "per_worker", "days", "why"].into_iter().chain(WEIGHTS) {
            errors.say(name, HOSTILE);
        }
        let kept = KeptAllocationProtocol {
            protocol: sample::protocol(HOSTILE),
            by: None,
            why: HOSTILE.to_owned(),
        };
        let visitor = crate::invented::nobody();
        let frame = || Frame::new("The allocation protocol that supersedes");
        vec![
            Self::new(frame(), &ProtocolForm::of(None, &visitor), &Errors::default()),
            Self::new(frame(), &ProtocolForm::of(Some(&kept), &visitor), &errors),
        ]
    }
}
