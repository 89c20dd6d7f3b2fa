//! The restricted records, and the forms that restrict one and lift a restriction.

use askama::Template;
use axum::extract::Path;
use jiff::civil::Date;
use quarterlight_domain::access::restriction::{NewRestriction, Restriction};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::RestrictionId;
use quarterlight_domain::stamp::moment_in_words;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, Content, DateInput, ErrorSummary, Field, HOSTILE, InputWidth, SummaryList, SummaryRow,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{Restrict, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RestrictForm {
    reference: String,
    why: String,
    #[serde(rename = "until-day")]
    until_day: String,
    #[serde(rename = "until-month")]
    until_month: String,
    #[serde(rename = "until-year")]
    until_year: String,
}

/// Why a restriction is lifted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    because: String,
}

/// One restriction.
#[derive(Debug, Clone)]
pub struct Line {
    facts: SummaryList,
    lift: Option<(String, String, TextInput, Button)>,
}

/// The restricted records.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/restricted/list.html")]
pub struct RestrictedPage {
    frame: Frame,
    errors: ErrorSummary,
    lines: Vec<Line>,
    action: String,
    reference: TextInput,
    why: Textarea,
    until: DateInput,
    button: Button,
}

const TITLE: &str = "Restricted records";

/// Shows every restriction, those that are over last.
///
/// # Errors
/// There is no such page for those who may not restrict records.
pub async fn get(app: App, visitor: Through<Restrict>) -> page::Result {
    let page = page(&app, &visitor, (&RestrictForm::default(), None), &Errors::default()).await?;
    page::show(&page)
}

/// Restricts a record. Sent twice, it is restricted once.
///
/// # Errors
/// There is no such page for those who may not restrict records.
pub async fn post(
    app: App,
    visitor: Through<Restrict>,
    Filled(form): Filled<RestrictForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let record = match Reference::new(&form.reference) {
        Ok(reference) => app.store.records.by_reference(&reference).await?,
        Err(_) => None,
    };
    if record.is_none() {
        errors.say("reference", "Enter the reference of a record that is open");
    }
    let why = errors.reason("why", &form.why, "Say why the record is restricted");
    let until = form.until();
    let until = if until == TypedDate::default() {
        Some(None)
    } else {
        errors.keep("until", until.read()).map(Some)
    };
    let new = match (record, why, until) {
        (Some(record), Some(why), Some(until)) => {
            let new = NewRestriction::new(record.id, visitor.today, until, why);
            errors.keep("until", new)
        }
        _ => None,
    };
    let Some(new) = new else {
        return page::again(&page(&app, &visitor, (&form, None), &errors).await?);
    };
    app.store.restrictions.restrict(&visitor.stamp("restricted a record"), &new).await?;
    page::see_other(links::restricted())
}

/// Lifts a restriction.
///
/// # Errors
/// There is no such page for those who may not restrict records.
pub async fn lift(
    app: App,
    visitor: Through<Restrict>,
    Path(id): Path<String>,
    Filled(form): Filled<LiftForm>,
) -> page::Result {
    let id: RestrictionId = id.parse().map_err(|_| Failure::NotFound)?;
    app.store.restrictions.get(id).await?.ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    let Some(why) = errors.reason("because", &form.because, "Say why it is lifted") else {
        let form = RestrictForm::default();
        return page::again(&page(&app, &visitor, (&form, Some(id)), &errors).await?);
    };
    app.store.restrictions.lift(&visitor.stamp("lifted a restriction"), id, &why).await?;
    page::see_other(links::restricted())
}

async fn page(
    app: &App,
    visitor: &Through<Restrict>,
    (form, lifting): (&RestrictForm, Option<RestrictionId>),
    errors: &Errors,
) -> Result<RestrictedPage, Failure> {
    let all = app.store.restrictions.all().await?;
    let frame = visitor.frame(app, TITLE, TITLE);
    Ok(RestrictedPage::new(frame, (&all, visitor.today), (form, lifting), errors))
}

impl RestrictForm {
    fn until(&self) -> TypedDate {
        let (day, month) = (self.until_day.clone(), self.until_month.clone());
        TypedDate { day, month, year: self.until_year.clone() }
    }
}

impl RestrictedPage {
    fn new(
        frame: Frame,
        (all, today): (&[Restriction], Date),
        (form, lifting): (&RestrictForm, Option<RestrictionId>),
        errors: &Errors,
    ) -> Self {
        let (standing, over): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.counts_on(today));
        let lines = standing.into_iter().map(|it| line(it, true, (lifting, errors)));
        let lines: Vec<Line> =
            lines.chain(over.into_iter().map(|it| line(it, false, (None, errors)))).collect();
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let reference = field("reference", "The record’s reference");
        let why = field("why", "Why it is restricted").hint(
            "Such as: a colleague’s family. Name nobody. Those who restrict records and those who answer for access read it.",
        );
        let until = field("until", "Until").hint("Leave it empty while it has no end.");
        let page = Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new(),
            lines,
            action: links::restricted(),
            reference: TextInput::new(reference)
                .width(InputWidth::Characters10)
                .value(form.reference.clone()),
            why: Textarea::new(why).rows(2).value(form.why.clone()),
            until: form.until().shown_in(DateInput::new(until)),
            button: Button::submit("Restrict this record"),
        };
        let mut summary = ErrorSummary::new();
        for (_, _, because, _) in page.lines.iter().filter_map(|line| line.lift.as_ref()) {
            summary = summary.field(&because.field);
        }
        let summary = summary.field(&page.reference.field).field(&page.why.field).date(&page.until);
        Self { errors: summary, ..page }
    }

    /// None, and some with hostile words and an error.
    pub fn samples() -> Vec<Self> {
        use jiff::Timestamp;
        use quarterlight_domain::id::{PersonId, RecordId};

        let today = crate::invented::TODAY;
        let restriction = |id, lifted| Restriction {
            id: RestrictionId(id),
            record: RecordId(7),
            reference: "R-2043".to_owned(),
            from: today,
            until: None,
            why: HOSTILE.to_owned(),
            by: PersonId(2),
            by_name: HOSTILE.to_owned(),
            lifted,
        };
        let over = Some((HOSTILE.to_owned(), Timestamp::UNIX_EPOCH, HOSTILE.to_owned()));
        let all = [restriction(1, None), restriction(2, over)];
        let mut errors = Errors::default();
        errors.say("because", "Say why it is lifted");
        let form = RestrictForm { why: HOSTILE.to_owned(), ..RestrictForm::default() };
        let page = |all: &[Restriction], lifting, errors: &Errors| {
            Self::new(Frame::new(TITLE), (all, today), (&form, lifting), errors)
        };
        vec![page(&[], None, &Errors::default()), page(&all, Some(RestrictionId(1)), &errors)]
    }
}

fn line(
    it: &Restriction,
    stands: bool,
    (lifting, errors): (Option<RestrictionId>, &Errors),
) -> Line {
    let until = it.until.map_or_else(|| "No end is known".to_owned(), day_in_words);
    let mut rows = vec![
        SummaryRow::new("Why", Content::written(it.why.clone())),
        SummaryRow::new("Restricted by", it.by_name.clone()),
        SummaryRow::new("From", day_in_words(it.from)),
        SummaryRow::new("Until", until),
    ];
    if let Some((by, at, why)) = &it.lifted {
        rows.push(SummaryRow::new("Lifted", format!("{}, by {by}", moment_in_words(*at))));
        rows.push(SummaryRow::new("Why it was lifted", Content::written(why.clone())));
    }
    let title = if stands { it.reference.clone() } else { format!("{}, over", it.reference) };
    let because = Field::new("because", "Why it is lifted").id(format!("because-{}", it.id));
    let because = because.error(errors.at("because").filter(|_| lifting == Some(it.id)));
    let lift = (
        format!("Lift the restriction of {}", it.reference),
        links::lift_restriction(it.id),
        TextInput::new(because),
        Button::submit("Lift it now").secondary(),
    );
    Line { facts: SummaryList::new(rows).titled(title), lift: stands.then_some(lift) }
}
