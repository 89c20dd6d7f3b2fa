//! One indicator: its chart over time, what it means, each service, and what was changed about it here.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::local::{Held, LocalChange, held as held_on};
use quarterlight_domain::indicator::series::Series;
use quarterlight_domain::indicator::{Better, IndicatorCode};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_report::indicators::{chart, sentence, target};
use quarterlight_report::words;

use super::change::{ChangeForm, ChangePart, form_key};
use super::counted;
use super::drawing::ChartPart;
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Column, Content, ErrorSummary, HOSTILE, SummaryList, SummaryRow, Table};
use crate::indicators::IndicatorsInForce;
use crate::layout::Frame;
use crate::permit::{ReadDraftReports, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// One indicator.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/indicators/show.html")]
pub struct IndicatorPage {
    frame: Frame,
    errors: ErrorSummary,
    said: String,
    all: Option<ChartPart>,
    services: Vec<ChartPart>,
    facts: SummaryList,
    changes: Table,
    /// The form to change the indicator; none for those who may not.
    form: Option<ChangePart>,
}

/// An indicator in hand, with its quarters and the services.
#[derive(Debug, Clone)]
pub(super) struct InHand {
    pub(super) held: Held,
    pub(super) changes: Vec<LocalChange>,
    /// None where the authority does not show it.
    pub(super) series: Option<Series>,
    pub(super) services: Vec<(PlaceId, String)>,
}

/// Shows the indicator, and to the quality lead the form to change it.
///
/// # Errors
/// There is no such page for those who may not read drafts of reports, and for an indicator that the
/// set in force does not have.
pub async fn get(
    app: App,
    visitor: Through<ReadDraftReports>,
    axum::extract::Path(code): axum::extract::Path<String>,
) -> page::Result {
    let hand = find(&app, &visitor, &code).await?;
    let may = permits(&visitor.person, Deed::ChangeIndicators, visitor.today);
    let form = may.then(|| ChangeForm { form_key: form_key(&app), ..ChangeForm::default() });
    let frame = frame(&app, &visitor, &hand);
    page::show(&IndicatorPage::new(frame, &hand, form.as_ref(), &Errors::default()))
}

/// The indicator with this code, as it holds today.
pub(super) async fn find(app: &App, visitor: &SignedIn, code: &str) -> Result<InHand, Failure> {
    let code = IndicatorCode::new(code).map_err(|_| Failure::NotFound)?;
    let (_, all) = counted(app, visitor).await?.ok_or(Failure::NotFound)?;
    let all = all.ok_or(Failure::NotFound)?;
    let services = app.store.figures.services().await?;
    InHand::of(all, &code, visitor.today, services).ok_or(Failure::NotFound)
}

/// The frame of the indicator's page.
pub(super) fn frame(app: &App, visitor: &SignedIn, hand: &InHand) -> Frame {
    let breadcrumbs = vec![("Indicators".to_owned(), links::indicators())];
    Frame { breadcrumbs, ..visitor.frame(app, hand.held.indicator.name.clone(), "Indicators") }
}

impl InHand {
    fn of(
        all: IndicatorsInForce,
        code: &IndicatorCode,
        day: jiff::civil::Date,
        services: Vec<(PlaceId, String)>,
    ) -> Option<Self> {
        let held = held_on(all.set.indicator(code)?, &all.changes, day);
        let series = all.series.into_iter().find(|it| it.held.indicator.code == *code);
        let changes = all.changes.into_iter().filter(|it| it.indicator == *code).collect();
        Some(Self { held, changes, series, services })
    }

    /// The first of the set's indicators but so many, for samples.
    pub(super) fn sample(words: &str, position: usize) -> Option<Self> {
        let all = IndicatorsInForce::sample(words)?;
        let code = all.set.indicators().get(position)?.code.clone();
        let services = vec![(PlaceId(2), words.to_owned()), (PlaceId(3), "Care".to_owned())];
        Self::of(all, &code, jiff::civil::date(2026, 11, 23), services)
    }
}

impl IndicatorPage {
    /// The page, with a form as it was filled in and what is wrong with it.
    pub(super) fn new(
        frame: Frame,
        hand: &InHand,
        form: Option<&ChangeForm>,
        errors: &Errors,
    ) -> Self {
        let form = form.map(|form| ChangePart::new(&hand.held.indicator, form, errors));
        let summary = form.as_ref().map_or_else(ErrorSummary::new, ChangePart::errors);
        let all = hand
            .series
            .as_ref()
            .map(|series| ChartPart::new(1, "All services".to_owned(), chart(series, None)));
        let said = match &hand.series {
            Some(series) => sentence(series, None),
            None => "This authority does not show this indicator.".to_owned(),
        };
        let services = hand.series.iter().flat_map(|series| of_services(series, &hand.services));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            said,
            all,
            services: services.collect(),
            facts: SummaryList::new(facts(&hand.held)),
            changes: changes(&hand.changes),
            form,
        }
    }

    /// An indicator to read, one to change, and one with hostile words and a form that was wrong.
    pub fn samples() -> Vec<Self> {
        let blank = ChangeForm::default();
        let mut samples = Vec::new();
        for (words, form, position) in
            [("Visits in time", None, 1), ("Visits", Some(&blank), 0), (HOSTILE, Some(&blank), 0)]
        {
            let Some(hand) = InHand::sample(words, position) else { continue };
            let mut errors = Errors::default();
            if words == HOSTILE {
                for field in ChangeForm::FIELDS {
                    errors.say(field, HOSTILE);
                }
            }
            samples.push(Self::new(Frame::new(words), &hand, form, &errors));
        }
        samples
    }
}

/// A chart for each service that had anything to count.
fn of_services<'s>(
    series: &'s Series,
    services: &'s [(PlaceId, String)],
) -> impl Iterator<Item = ChartPart> + 's {
    let counts = |id: PlaceId| series.points.iter().any(|it| it.counted(Some(id)).of > 0);
    let counted = services.iter().filter(move |(id, _)| counts(*id));
    (2..)
        .zip(counted)
        .map(|(number, (id, name))| ChartPart::new(number, name.clone(), chart(series, Some(*id))))
}

fn facts(held: &Held) -> Vec<SummaryRow> {
    let it = &held.indicator;
    let better = match it.better {
        Better::Higher => "The more, the better",
        Better::Lower => "The fewer, the better",
    };
    let mut facts = vec![
        SummaryRow::new("What it means", it.definition.clone()),
        SummaryRow::new("Counted", words::sentence_case(&it.numerator)),
        SummaryRow::new("Out of", words::sentence_case(&it.denominator)),
        SummaryRow::new("Source", it.source.clone()),
        SummaryRow::new("Direction", better),
        SummaryRow::new("Target", words::sentence_case(&target(it))),
    ];
    if !it.standards.is_empty() {
        let codes: Vec<String> = it.standards.iter().map(ToString::to_string).collect();
        facts.push(SummaryRow::new("Bears on standards", codes.join(", ")));
    }
    if let Some(local) = &held.local {
        let words = format!("{}, from {}", local.changed.words(), day_in_words(local.from));
        facts.push(SummaryRow::new("Here", words));
    }
    facts
}

fn changes(all: &[LocalChange]) -> Table {
    let columns = ["From", "Change", "Who said so", "Why"].map(Column::words);
    let row = |it: &LocalChange| {
        vec![
            Content::text(day_in_words(it.from)),
            Content::text(it.changed.words()),
            Content::text(it.by.clone()),
            Content::written(it.why.words()),
        ]
    };
    Table::new("changes", "Changes by this authority", columns.into())
        .rows(all.iter().map(row).collect())
        .empty("This authority has not changed the indicator: it holds as it was published.")
}
