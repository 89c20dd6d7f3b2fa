//! A cycle's sample as it stands, and everything that became of it since the draw.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::draw::Pick;
use quarterlight_domain::draw_event::EventKind;
use quarterlight_domain::permission::Deed;
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::{KeptEvent, PickLine, Published};

use super::working::as_count;
use super::{InHand, ToSee, draw_file_name, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Button, Column, Content, NotificationBanner, Table};
use crate::layout::Frame;
use crate::restricted::{HIDDEN, Restricted};
use crate::{links, page};

/// A cycle's sample and what became of it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/changes.html")]
pub struct ChangesPage {
    frame: Frame,
    caption: String,
    sentence: String,
    left_out: Vec<String>,
    events: Table,
    records: Table,
    top_up: Option<Button>,
    how: String,
    verify: String,
    file: String,
}

/// Shows the sample and its changes.
///
/// # Errors
/// There is no such page before the draw, and for those who may not see cycles.
pub async fn get(app: App, cycle: ToSee, RawQuery(query): RawQuery) -> page::Result {
    let id = cycle.cycle().id;
    let published = app.store.draws.published(id).await?.ok_or(Failure::NotFound)?;
    let mut picks = app.store.draws.picks(id).await?;
    let restricted = Restricted::today(&app, &cycle.visitor).await?;
    restricted.without_strata(&mut picks);
    let left_out = app.store.draws.left_out(id).await?;
    let left_out = left_out
        .iter()
        .map(|(reason, records)| {
            let open =
                words::count((*records).into(), &words::Noun::new("open record", "open records"));
            format!("{}: {}.", words::sentence_case(&open), reason.words())
        })
        .collect();
    let banner = match query.as_deref() {
        Some("swapped") => Some("The record is swapped. The draw file says so from now on."),
        Some("added") => Some("More records are drawn. The draw file says so from now on."),
        _ => None,
    };
    let mut page = ChangesPage::new(&cycle, &published, (&picks, &restricted), left_out);
    page.frame.banner = banner.map(NotificationBanner::success);
    page::show(&page)
}

impl ChangesPage {
    fn new(
        cycle: &InHand,
        published: &Published,
        (picks, restricted): (&[PickLine], &Restricted),
        left_out: Vec<String>,
    ) -> Self {
        let runs = cycle.may(Deed::RunCycles);
        let id = cycle.cycle().id;
        let now = picks.iter().filter(|pick| !pick.reserve).count();
        let drawn = published.file.picks.iter().filter(|pick| !pick.reserve).count();
        Self {
            frame: cycle.inner_frame("The sample and its changes"),
            caption: cycle.cycle().quarter.words(),
            sentence: format!(
                "{} drawn. The sample has {} now.",
                words::sentence_case(&words::count(as_count(drawn), &RECORD)),
                words::count(as_count(now), &RECORD)
            ),
            left_out,
            events: events(&published.events, restricted),
            records: records(cycle, picks, runs),
            top_up: runs.then(|| Button::link("Draw more records", links::top_up(id)).secondary()),
            how: links::draw_method(),
            verify: format!("quarterlight draw verify {}", draw_file_name(cycle.cycle().quarter)),
            file: links::draw_file(id),
        }
    }

    /// Nothing changed, changed and seen by somebody who runs the cycle, and hostile words.
    pub fn samples() -> Vec<Self> {
        let cycles = super::sample::cycles();
        let mut samples = Vec::new();
        for (cycle, hostile) in cycles.iter().zip([false, false, true]) {
            let Some(mut published) = super::sample::published(hostile) else { continue };
            if samples.is_empty() {
                published.events.clear();
            }
            let left_out = vec![super::sample::words(hostile)];
            let seen = (&super::sample::picks(hostile)[..], &Restricted::default());
            samples.push(Self::new(cycle, &published, seen, left_out));
        }
        samples
    }
}

fn events(events: &[KeptEvent], restricted: &Restricted) -> Table {
    let columns = ["When", "What", "Why", "By"].map(Column::words);
    let row = |kept: &KeptEvent| {
        let stratum = |pick: &Pick| {
            restricted.or(&pick.reference, || stratum_in_words(pick.stratum.as_str()))
        };
        let all = kept.event.out().into_iter().chain(kept.event.taken());
        let is_hidden = all.into_iter().any(|pick| restricted.hides(&pick.reference));
        let words = if is_hidden { HIDDEN } else { kept.words.as_str() };
        let (what, why) = match &kept.event.what {
            EventKind::Swap { reason, out, taken } => (
                format!(
                    "{} was swapped for {}, rank {} of {}",
                    out.reference,
                    taken.reference,
                    taken.rank,
                    stratum(taken)
                ),
                format!("{}. {words}", reason.words()),
            ),
            EventKind::TopUp { taken } => {
                let names: Vec<&str> = taken.iter().map(|pick| pick.reference.as_str()).collect();
                let count = words::count(as_count(taken.len()), &RECORD);
                (format!("{count} added: {}", names.join(", ")), words.to_owned())
            }
        };
        let by = kept.by.clone().unwrap_or_else(|| "The server’s command line".to_owned());
        vec![
            Content::text(day_in_words(kept.event.on)),
            Content::text(what),
            Content::written(why),
            Content::text(by),
        ]
    };
    Table::new("events", "What became of the sample", columns.into())
        .rows(events.iter().map(row).collect())
        .empty("Nothing was swapped and nothing was added.")
}

fn records(cycle: &InHand, picks: &[PickLine], runs: bool) -> Table {
    let mut columns =
        vec![Column::words("Record"), Column::words("Stratum"), Column::numbers("Rank")];
    if runs {
        columns.push(Column::words("Swap"));
    }
    let row = |pick: &PickLine| {
        let mut row = vec![
            Content::text(pick.reference.to_string()),
            Content::text(stratum_in_words(&pick.stratum)),
            Content::text(pick.rank.to_string()),
        ];
        if runs {
            let words = format!("Swap {}", pick.reference);
            row.push(Content::link(words, links::swap(cycle.cycle().id, pick.record)));
        }
        row
    };
    let rows = picks.iter().filter(|pick| !pick.reserve).map(row).collect();
    Table::new("records", "The sample as it stands", columns)
        .rows(rows)
        .empty("The sample has no record.")
}
