//! Every indicator: this quarter's value with its count, its target, and whether it changed.

use askama::Template;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::indicator::series::Series;
use quarterlight_report::indicators::{in_short, is_met, value};
use quarterlight_report::words;

use super::counted;
use crate::app::App;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::indicators::IndicatorsInForce;
use crate::layout::Frame;
use crate::permit::{ReadDraftReports, Through};
use crate::{links, page};

/// The indicators.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/indicators/list.html")]
pub struct IndicatorsPage {
    frame: Frame,
    caption: String,
    sentences: Vec<String>,
    table: Option<Table>,
    /// Those that this authority does not show, with links to their pages.
    off: Vec<(String, String)>,
}

/// Shows how each indicator stands in the latest quarter.
///
/// # Errors
/// There is no such page for those who may not read drafts of reports.
pub async fn get(app: App, visitor: Through<ReadDraftReports>) -> page::Result {
    let counted = counted(&app, &visitor).await?;
    let frame = visitor.frame(&app, "Indicators", "Indicators");
    page::show(&IndicatorsPage::new(frame, counted.as_ref()))
}

impl IndicatorsPage {
    fn new(frame: Frame, counted: Option<&(Quarter, Option<IndicatorsInForce>)>) -> Self {
        let bare = |caption: String, sentence: &str| Self {
            frame: frame.clone(),
            caption,
            sentences: vec![sentence.to_owned()],
            table: None,
            off: Vec::new(),
        };
        let Some((quarter, held)) = counted else {
            return bare(String::new(), "There is no cycle yet, so nothing can be counted.");
        };
        let Some(held) = held else {
            let sentence = "No set of indicators is kept yet. One is kept at the server’s own \
                            command line.";
            return bare(quarter.words(), sentence);
        };
        let is_shown = |code: &_| held.series.iter().any(|it| it.held.indicator.code == *code);
        let off = held.set.indicators().iter().filter(|it| !is_shown(&it.code));
        Self {
            frame: frame.clone(),
            caption: quarter.words(),
            sentences: sentences(held),
            table: Some(table(&held.series)),
            off: off.map(|it| (it.name.clone(), links::indicator(&it.code))).collect(),
        }
    }

    /// No cycle, no set, an ordinary one, and one with hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Indicators");
        let quarter = Quarter::of(jiff::civil::date(2026, 11, 23));
        let mut samples =
            vec![Self::new(frame(), None), Self::new(frame(), Some(&(quarter, None)))];
        for words in ["Visits in time", HOSTILE] {
            let held = IndicatorsInForce::sample(words);
            samples.push(Self::new(frame(), Some(&(quarter, held))));
        }
        samples
    }
}

fn sentences(held: &IndicatorsInForce) -> Vec<String> {
    let by = held.kept_by.as_ref().map_or(String::new(), |name| format!(", kept by {name}"));
    let missed = held
        .series
        .iter()
        .filter(|it| is_met(&it.held.indicator, it.latest(None)) == Some(false))
        .count();
    let missed = u64::try_from(missed).unwrap_or(u64::MAX);
    let indicator = words::Noun::new("indicator", "indicators");
    vec![
        format!(
            "{} {} the target.",
            words::sentence_case(&words::count(missed, &indicator)),
            words::agree(missed, "misses", "miss")
        ),
        format!(
            "{}, written down on {}{by}. Records are counted on the case list that the quarter’s \
             sample was drawn from, by the rules in force on its day, so that what is tidied \
             afterwards changes nothing here. That something changed is said only where the chart \
             over time says so, which takes twelve quarters.",
            held.set.name(),
            day_in_words(held.set.dated()),
        ),
    ]
}

fn table(all: &[Series]) -> Table {
    let columns = ["Indicator", "This quarter", "Target", "Whether it changed"];
    let row = |series: &Series| {
        let indicator = &series.held.indicator;
        let counted = series.latest(None);
        let target = indicator.target.as_ref().map(|it| indicator.better.aims_at(it.percent));
        let target = target.map_or_else(|| "None".to_owned(), |aim| words::sentence_case(&aim));
        let stands = match is_met(indicator, counted) {
            None => target,
            Some(true) => format!("{target}: met"),
            Some(false) => format!("{target}: not met"),
        };
        vec![
            Content::link(indicator.name.clone(), links::indicator(&indicator.code)),
            Content::text(words::sentence_case(&value(counted))),
            Content::text(stands),
            Content::text(in_short(series, None)),
        ]
    };
    Table::new("indicators", "Indicators", columns.map(Column::words).into())
        .rows(all.iter().map(row).collect())
        .empty("No indicator is shown.")
}
