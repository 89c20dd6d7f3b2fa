//! From where on looking is called unusual: each set with its day, who set it and why, and the form for the next.

use askama::Template;
use jiff::Timestamp;
use quarterlight_domain::access::thresholds::{SHIPPED, Thresholds, in_force};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::KeptThresholds;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, HOSTILE, InputWidth, Table, TextInput,
    Textarea,
};
use crate::layout::Frame;
use crate::permit::{SearchLooks, SettleLooks, Through};
use crate::session::SignedIn;
use crate::{links, page};

const TITLE: &str = "When looking is called unusual";

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThresholdsForm {
    #[serde(rename = "from-day")]
    from_day: String,
    #[serde(rename = "from-month")]
    from_month: String,
    #[serde(rename = "from-year")]
    from_year: String,
    opens: String,
    closes: String,
    records: String,
    days: String,
    period: String,
    because: String,
}

/// The form, for those who may set them.
#[derive(Debug, Clone)]
struct Setting {
    action: String,
    from: DateInput,
    opens: TextInput,
    closes: TextInput,
    records: TextInput,
    days: TextInput,
    period: TextInput,
    because: Textarea,
    button: Button,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/looks/thresholds.html")]
pub struct ThresholdsPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    sets: Table,
    form: Option<Setting>,
}

/// Shows the sets.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SearchLooks>) -> page::Result {
    let kept = app.store.looks.thresholds().await?;
    page::show(&of(&app, &visitor, &kept, None, &Errors::default()))
}

/// Keeps a set. It holds from its day on, and the one before it stays as it was.
///
/// # Errors
/// There is no such page for those who do not settle unusual looks.
pub async fn post(
    app: App,
    visitor: Through<SettleLooks>,
    Filled(form): Filled<ThresholdsForm>,
) -> page::Result {
    let kept = app.store.looks.thresholds().await?;
    let mut errors = Errors::default();
    let set = form.read(&visitor, &mut errors);
    let because = errors.keep("because", Reason::new(&form.because));
    let (Some(set), Some(because)) = (set, because) else {
        return page::again(&of(&app, &visitor, &kept, Some(&form), &errors));
    };
    // The form came twice: the same is not said twice.
    let is_said = kept.last().is_some_and(|it| it.set == set && it.because == because.words());
    if !is_said {
        let stamp = visitor.stamp("set when looking is called unusual");
        app.store.looks.keep_thresholds(&stamp, &set, &because).await?;
    }
    page::see_other(links::looking_thresholds())
}

fn of(
    app: &App,
    visitor: &SignedIn,
    kept: &[KeptThresholds],
    form: Option<&ThresholdsForm>,
    errors: &Errors,
) -> ThresholdsPage {
    let sets: Vec<Thresholds> = kept.iter().map(|it| it.set).collect();
    let now = in_force(&sets, visitor.today);
    let may = permits(&visitor.person, Deed::Access(AccessDeed::SettleLooks), visitor.today);
    let form = form.cloned().unwrap_or_else(|| ThresholdsForm::with(&now, visitor));
    let frame = visitor.frame(app, TITLE, "Looks");
    ThresholdsPage::new(frame, (kept, &now), may.then_some(&form), errors)
}

impl ThresholdsForm {
    fn with(set: &Thresholds, visitor: &SignedIn) -> Self {
        let from = TypedDate::of(visitor.today);
        Self {
            from_day: from.day,
            from_month: from.month,
            from_year: from.year,
            opens: set.opens.to_string(),
            closes: set.closes.to_string(),
            records: set.records_in_an_hour.to_string(),
            days: set.days_at_one_record.to_string(),
            period: set.period.to_string(),
            because: String::new(),
        }
    }

    fn from(&self) -> TypedDate {
        let (day, month) = (self.from_day.clone(), self.from_month.clone());
        TypedDate { day, month, year: self.from_year.clone() }
    }

    fn read(&self, visitor: &SignedIn, errors: &mut Errors) -> Option<Thresholds> {
        let from = errors.keep("from", self.from().read());
        let mut number = |field: &'static str, typed: &str| {
            let read: Option<i64> = typed.trim().parse().ok();
            if read.is_none() {
                errors.say(field, "Enter a whole number");
            }
            read
        };
        let opens = number("opens", &self.opens);
        let closes = number("closes", &self.closes);
        let records = number("records", &self.records);
        let days = number("days", &self.days);
        let period = number("period", &self.period);
        let whole = |number: i64| usize::try_from(number).unwrap_or_default();
        let set = Thresholds {
            from: from?,
            opens: i8::try_from(opens?).unwrap_or(i8::MAX),
            closes: i8::try_from(closes?).unwrap_or(i8::MAX),
            records_in_an_hour: whole(records?),
            days_at_one_record: whole(days?),
            period: period?,
        };
        let checked: Result<Thresholds, Refusal> = set.checked(visitor.today);
        errors.keep("from", checked)
    }
}

impl ThresholdsPage {
    fn new(
        frame: Frame,
        (kept, now): (&[KeptThresholds], &Thresholds),
        form: Option<&ThresholdsForm>,
        errors: &Errors,
    ) -> Self {
        let form = form.map(|form| Setting::new(form, errors));
        let mut summary = ErrorSummary::new();
        if let Some(form) = &form {
            summary = summary.date(&form.from);
            for input in [&form.opens, &form.closes, &form.records, &form.days, &form.period] {
                summary = summary.field(&input.field);
            }
            summary = summary.field(&form.because.field);
        }
        let breadcrumbs = vec![
            ("Looks".to_owned(), links::search_looks()),
            ("Unusual looking".to_owned(), links::unusual_looks()),
        ];
        Self {
            frame: Frame { has_errors: !errors.is_empty(), breadcrumbs, ..frame },
            errors: summary,
            sentence: format!(
                "Today: before {}:00, from {}:00 on and at weekends; {} records or more within an \
                 hour; one record on {} days or more in {} days. A set holds from its day on, and \
                 what came before it stays written here.",
                now.opens, now.closes, now.records_in_an_hour, now.days_at_one_record, now.period
            ),
            sets: table(kept),
            form,
        }
    }

    /// Nothing but what ships, and sets with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new(TITLE);
        let kept = KeptThresholds {
            set: SHIPPED,
            because: HOSTILE.to_owned(),
            by: Some(HOSTILE.to_owned()),
            at: Timestamp::UNIX_EPOCH,
        };
        let mut errors = Errors::default();
        for field in ["from", "opens", "because"] {
            errors.say(field, HOSTILE);
        }
        let form = ThresholdsForm {
            opens: HOSTILE.to_owned(),
            because: HOSTILE.to_owned(),
            ..ThresholdsForm::default()
        };
        let kept = [kept.clone(), KeptThresholds { by: None, ..kept }];
        vec![
            Self::new(frame(), (&[], &SHIPPED), None, &Errors::default()),
            Self::new(frame(), (&kept, &SHIPPED), Some(&form), &errors),
        ]
    }
}

impl Setting {
    fn new(form: &ThresholdsForm, errors: &Errors) -> Self {
        let field =
            |name: &'static str, label: &str| Field::new(name, label).error(errors.at(name));
        let number = |name: &'static str, label: &str, value: &str| {
            TextInput::new(field(name, label)).width(InputWidth::Characters5).value(value)
        };
        Self {
            action: links::looking_thresholds(),
            from: form.from().shown_in(DateInput::new(field("from", "From which day on?"))),
            opens: number("opens", "Hour at which work begins", &form.opens),
            closes: number("closes", "Hour at which work ends", &form.closes),
            records: number("records", "Records within an hour", &form.records),
            days: number("days", "Days on which one record is looked at", &form.days),
            period: number("period", "Within how many days", &form.period),
            because: Textarea::new(field("because", "Why, and who agreed it"))
                .rows(2)
                .value(form.because.clone()),
            button: Button::submit("Set them from that day"),
        }
    }
}

fn table(kept: &[KeptThresholds]) -> Table {
    let columns = ["From", "Outside hours", "Within an hour", "At one record", "Why", "Set by"];
    let row = |(set, because, by): (&Thresholds, String, String)| {
        vec![
            Content::text(day_in_words(set.from)),
            Content::text(format!("Before {}:00 and from {}:00", set.opens, set.closes)),
            Content::text(format!("{} records", set.records_in_an_hour)),
            Content::text(format!("{} days in {}", set.days_at_one_record, set.period)),
            Content::written(because),
            Content::text(by),
        ]
    };
    let shipped = (&SHIPPED, "What Quarterlight ships.".to_owned(), "Nobody here".to_owned());
    let kept = kept.iter().rev().map(|it| {
        let by = it.by.clone().unwrap_or_else(|| "The server’s command line".to_owned());
        (&it.set, it.because.clone(), by)
    });
    let rows = kept.chain(std::iter::once(shipped)).map(row).collect();
    Table::new("sets", "Every set, the latest first", columns.map(Column::words).to_vec())
        .rows(rows)
}

/// The set in force today, for the page of unusual looking.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn today(app: &App, visitor: &SignedIn) -> Result<Thresholds, Failure> {
    let kept = app.store.looks.thresholds().await?;
    let sets: Vec<Thresholds> = kept.into_iter().map(|it| it.set).collect();
    Ok(in_force(&sets, visitor.today))
}
