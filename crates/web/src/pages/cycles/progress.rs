//! How the audits of a cycle come on, by service; who was reminded; and what was missed.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::person::Person;
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::progress::{ProgressCounts, TeamProgress};
use quarterlight_domain::reminder::DAYS_BEFORE;
use quarterlight_domain::stamp::{day_in_england, time_in_england};
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::tally::TidiedTally;
use quarterlight_report::words::{self, AUDIT, RECORD};
use quarterlight_store::{Closed, Outcome, ReminderLine};

use super::moderated::{self, Moderated};
use super::{InHand, ToWatch, tidied};
use crate::app::App;
use crate::govuk::{Button, Column, Content, NotificationBanner, Table, TagColour};
use crate::layout::Frame;
use crate::restricted::{HIDDEN, Restricted};
use crate::{links, page};

/// What the page is made from, besides the cycle.
#[derive(Debug, Clone, Default)]
pub struct Around {
    teams: Vec<TeamProgress>,
    closed: Option<Closed>,
    /// None for those who see their own service only.
    log: Option<Vec<ReminderLine>>,
    runs: bool,
    sees_all: bool,
    /// What was written up after the draw; none for those who see their own service only.
    tidied: Option<TidiedTally>,
    /// What was read a second time; none for those who see their own service only.
    moderated: Option<Moderated>,
}

/// The button that reminds everybody.
#[derive(Debug, Clone)]
pub struct Remind {
    action: String,
    sentence: String,
    button: Button,
}

/// How the audits come on.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/progress.html")]
pub struct ProgressPage {
    frame: Frame,
    caption: String,
    sentences: Vec<String>,
    services: Table,
    /// Which audits were not made and why, each a sentence; for those who see every service.
    missed: Vec<String>,
    remind: Option<Remind>,
    log: Option<Table>,
    close: Option<String>,
    /// How often the rules about time were overruled, for those who see every service.
    overruled: Option<String>,
}

/// Shows how the audits come on: every service, or those that the person answers for.
///
/// # Errors
/// There is no such page for those who neither see cycles nor answer for a place.
pub async fn get(app: App, cycle: ToWatch, RawQuery(query): RawQuery) -> page::Result {
    let (id, today) = (cycle.cycle().id, cycle.visitor.today);
    let sees_all = cycle.may(Deed::SeeCycles);
    let mut closed = app.store.missed.closed(id).await?;
    let restricted = Restricted::today(&app, &cycle.visitor).await?;
    for (reference, missed) in closed.iter_mut().flat_map(|it| &mut it.missed) {
        if missed.words.is_some() && restricted.hides(reference) {
            missed.words = Some(Reason::new(HIDDEN)?);
        }
    }
    let around = Around {
        teams: app.store.figures.progress(id, today).await?,
        closed,
        log: if sees_all { Some(app.store.reminders.of_cycle(id).await?) } else { None },
        runs: cycle.may(Deed::RunCycles),
        sees_all,
        tidied: if sees_all { tidied::count(&app, id).await? } else { None },
        moderated: if sees_all { Some(moderated::count(&app, id).await?) } else { None },
    };
    let mut page = ProgressPage::new(&cycle, &around);
    page.frame.banner = query.and_then(|query| banner(&query));
    page::show(&page)
}

fn banner(query: &str) -> Option<NotificationBanner> {
    if query == "closed" {
        return Some(NotificationBanner::success("The cycle is closed."));
    }
    let count: u64 = query.strip_prefix("reminded=")?.parse().ok()?;
    Some(NotificationBanner::success(match count {
        0 => "Everybody was reminded today already, or has nothing left to do.".to_owned(),
        1 => "1 reminder waits to be sent.".to_owned(),
        count => format!("{} reminders wait to be sent.", words::whole(count)),
    }))
}

/// The numbers by service. Whoever answers for one team of a service sees that team by itself.
fn rows(teams: &[TeamProgress], sees_all: bool, person: &Person, cycle: &InHand) -> Rows {
    let today = cycle.visitor.today;
    let is_over = |places: &[quarterlight_domain::id::PlaceId]| {
        let whereabouts = Whereabouts::new(places.to_vec());
        quarterlight_domain::independence::manages(person, &whereabouts, today)
    };
    let mut rows = Rows::new();
    for team in teams {
        let places = team.whereabouts.places();
        let service = team.service.clone().unwrap_or_else(|| "No service is known".to_owned());
        let around = places.get(1..).unwrap_or_default();
        let name = if sees_all || is_over(around) {
            service
        } else if is_over(places) {
            format!("{service}: {}", team.team.clone().unwrap_or_default())
        } else {
            continue;
        };
        let counts = rows.entry((team.service.is_none(), name)).or_default();
        *counts = counts.plus(team.counts);
    }
    rows
}

/// Numbers by name; what belongs to no service comes last.
type Rows = BTreeMap<(bool, String), ProgressCounts>;

impl ProgressPage {
    fn new(cycle: &InHand, around: &Around) -> Self {
        let quarter = cycle.cycle().quarter.words();
        let rows = rows(&around.teams, around.sees_all, &cycle.visitor.person, cycle);
        let all = rows.values().fold(ProgressCounts::default(), |sum, it| sum.plus(*it));
        let id = cycle.cycle().id;
        let is_open = around.closed.is_none();
        let title = "How the audits come on";
        let is_left = all.allocated > all.submitted;
        Self {
            frame: if around.sees_all {
                cycle.inner_frame(title)
            } else {
                let breadcrumbs = vec![("Your work".to_owned(), links::home())];
                Frame { title: title.to_owned(), breadcrumbs, ..cycle.base.clone() }
            },
            caption: quarter,
            sentences: sentences(cycle, around, &all),
            services: table(&rows, &all),
            missed: if around.sees_all { missed(around.closed.as_ref()) } else { Vec::new() },
            remind: (around.runs && is_open && is_left).then(|| Remind {
                action: links::remind(id),
                sentence: format!(
                    "Each auditor with audits to make gets an email that says how many and by when, and nothing about any child. It comes by itself {DAYS_BEFORE} days before the day, on the day, and each week after it."
                ),
                button: Button::submit("Remind them now").secondary(),
            }),
            log: around.log.as_deref().map(log),
            close: (around.runs && is_open && all.drawn > 0).then(|| links::close(id)),
            overruled: around.sees_all.then(|| links::overruled(Some(id))),
        }
    }

    /// Nothing drawn, under way, and closed with hostile words.
    pub fn samples() -> Vec<Self> {
        use super::sample;

        let around = |hostile: bool| Around {
            teams: sample::teams(hostile),
            closed: hostile.then(sample::closed),
            log: Some(sample::reminders(hostile)),
            runs: true,
            sees_all: true,
            tidied: hostile.then_some(TidiedTally::default()),
            moderated: Some(Moderated::default()),
        };
        let arounds = [Around::default(), around(false), around(true)];
        sample::cycles().iter().zip(&arounds).map(|(cycle, it)| Self::new(cycle, it)).collect()
    }
}

fn sentences(cycle: &InHand, around: &Around, all: &ProgressCounts) -> Vec<String> {
    let drawn = u64::from(all.drawn);
    if drawn == 0 {
        return vec![if around.sees_all {
            "No sample has been drawn for this cycle yet.".to_owned()
        } else {
            "No record of the places that you answer for was drawn in this cycle.".to_owned()
        }];
    }
    let of = |count: u32| words::part_of(count.into(), drawn, &AUDIT);
    let due = day_in_words(cycle.cycle().due);
    let mut sentences = vec![format!(
        "{} drawn. Submitted: {}. Audits are due on {due}, unless their own day was moved.",
        words::sentence_case(&words::count(drawn, &RECORD)),
        of(all.submitted)
    )];
    if all.late > 0 {
        sentences.push(format!("Late: {}.", of(all.late)));
    }
    if let Some(closed) = &around.closed {
        let on = day_in_words(closed.on);
        sentences.push(format!("The cycle was closed on {on}. Not made: {}.", of(all.missed)));
    }
    if all.allocated > 0 {
        let outside = |count: u32| words::part_of(count.into(), all.allocated.into(), &AUDIT);
        sentences.push(format!(
            "{} are by somebody outside the service’s line, and {} by somebody outside its directorate.",
            words::sentence_case(&outside(all.outside_service)),
            outside(all.outside_directorate)
        ));
    }
    sentences.extend(around.moderated.as_ref().and_then(moderated::sentence));
    sentences.extend(around.tidied.as_ref().map(tidied::sentence));
    sentences
}

fn table(rows: &Rows, all: &ProgressCounts) -> Table {
    let columns = vec![
        Column::words("Service"),
        Column::numbers("Drawn"),
        Column::numbers("Allocated"),
        Column::numbers("Started"),
        Column::numbers("Submitted"),
        Column::numbers("Late"),
        Column::numbers("Missed"),
        Column::numbers("From outside"),
    ];
    let row = |name: &str, it: &ProgressCounts| {
        let mut cells = vec![Content::text(name)];
        let counts = [
            it.drawn,
            it.allocated,
            it.started,
            it.submitted,
            it.late,
            it.missed,
            it.outside_service,
        ];
        cells.extend(counts.map(|count| Content::text(words::whole(count.into()))));
        cells
    };
    let mut lines: Vec<_> = rows.iter().map(|((_, name), it)| row(name, it)).collect();
    if rows.len() > 1 {
        lines.push(row("All of these", all));
    }
    Table::new("services", "Audits by service", columns)
        .rows(lines)
        .empty("There is nothing to count yet.")
}

fn missed(closed: Option<&Closed>) -> Vec<String> {
    let Some(closed) = closed else { return Vec::new() };
    let sentence = |(reference, it): &(_, quarterlight_domain::missed::Missed)| match &it.words {
        Some(words) => format!("{reference}: {}. {}", it.why.words(), words.words()),
        None => format!("{reference}: {}.", it.why.words()),
    };
    closed.missed.iter().map(sentence).collect()
}

fn log(lines: &[ReminderLine]) -> Table {
    let columns = vec![
        Column::words("Whom"),
        Column::words("Of what"),
        Column::words("Why"),
        Column::words("When"),
        Column::words("What became of it"),
    ];
    let row = |line: &ReminderLine| {
        let it = &line.reminder;
        let at = line.settled_at.unwrap_or(line.queued_at);
        let on = day_in_england(at);
        let (text, colour) = match line.outcome {
            Outcome::Queued if line.tried > 0 => ("Waits to be tried again", TagColour::Yellow),
            Outcome::Queued => ("Waits", TagColour::Blue),
            Outcome::Sent => ("Sent by email", TagColour::Green),
            Outcome::Refused => ("Refused by the mail server", TagColour::Red),
            Outcome::Needless => ("Not needed any more", TagColour::Grey),
            Outcome::Unknown => ("Not known", TagColour::Yellow),
        };
        vec![
            Content::text(line.name.clone()),
            Content::text(format!(
                "{} due by {}",
                words::count(it.audits.into(), &AUDIT),
                day_in_words(it.due)
            )),
            Content::text(it.occasion.words()),
            Content::text(format!("{} at {}", day_in_words(on), time_in_england(at))),
            match &line.trouble {
                Some(trouble) => Content::text(format!("{text}: {trouble}")),
                None => Content::tag(text, colour),
            },
        ]
    };
    Table::new("reminders", "Reminders", columns)
        .rows(lines.iter().map(row).collect())
        .empty("Nobody has been reminded yet.")
}
