//! Caseload by experience: need by experience, caseloads by a guide, and what is held otherwise than advised.

use std::collections::BTreeSet;

use askama::Template;
use quarterlight_domain::allocation::{AllocationLine, Experience};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::RecordId;
use quarterlight_domain::permission::{Deed, StaffingDeed, permits};
use quarterlight_domain::staffing::bands::{Band, TeamBands};
use quarterlight_domain::staffing::exceptions::{Exception, Untold};
use quarterlight_domain::staffing::figures;
use quarterlight_domain::staffing::protocol::{ADVICE, Protocol, in_force};
use quarterlight_report::quarterly::guide;
use quarterlight_report::words;
use quarterlight_store::KeptAllocationProtocol;

use super::sample;
use crate::app::App;
use crate::govuk::{Button, Column, Content, HOSTILE, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{SeeAllocation, Through};
use crate::restricted::HIDDEN;
use crate::session::SignedIn;
use crate::{invented, links, page};

/// Who holds which records, and what is advised.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/allocation.html")]
pub struct AllocationPage {
    frame: Frame,
    advice: &'static str,
    sentence: String,
    declared: Vec<String>,
    next: Option<Button>,
    needs: Table,
    bands: Table,
    counts: Table,
    exceptions: Table,
    untold: Vec<String>,
    others: Table,
}

/// What the page is called, and the part of the product that it is.
pub const TITLE: &str = "Allocation";

/// Everything that the page shows.
#[derive(Debug, Clone, Default)]
struct Shown {
    kept: Vec<KeptAllocationProtocol>,
    protocol: Option<Protocol>,
    lines: Vec<AllocationLine>,
    bands: Vec<TeamBands>,
    exceptions: Vec<Exception>,
    untold: Untold,
    /// The records of which nothing is listed but the reference.
    restricted: BTreeSet<RecordId>,
}

/// Shows the current case list by need and experience, and against the protocol in force.
///
/// # Errors
/// There is no such page for those who may not see it.
pub async fn get(app: App, visitor: Through<SeeAllocation>) -> page::Result {
    let kept = app.store.staffing.protocols().await?;
    let protocols: Vec<Protocol> = kept.iter().map(|it| it.protocol.clone()).collect();
    let protocol = in_force(&protocols, visitor.today).cloned();
    let lines = app.store.figures.allocation(None).await?;
    let mut shown = Shown { kept, lines, ..Shown::default() };
    if let Some(protocol) = protocol {
        shown.bands = app.store.figures.caseloads(&protocol).await?;
        (shown.exceptions, shown.untold) = app.store.figures.exceptions(&protocol).await?;
        // What was written of a restricted record is read at the record, which asks why.
        shown.restricted = app.store.restrictions.on(visitor.today).await?;
        shown.protocol = Some(protocol);
    }
    page::show(&AllocationPage::new(visitor.frame(&app, TITLE, TITLE), &visitor, &shown))
}

impl AllocationPage {
    fn new(frame: Frame, visitor: &SignedIn, shown: &Shown) -> Self {
        let may = |deed| permits(&visitor.person, Deed::Staffing(deed), visitor.today);
        let mine: Vec<Exception> = shown
            .exceptions
            .iter()
            .filter(|it| may(StaffingDeed::ReadExceptions(&it.held.whereabouts)))
            .cloned()
            .collect();
        let link = links::next_allocation_protocol();
        let next = Button::link("Write the protocol that supersedes it", link).secondary();
        Self {
            frame,
            advice: ADVICE,
            sentence: sentence(shown),
            declared: shown.protocol.as_ref().map(guide::declared).unwrap_or_default(),
            next: may(StaffingDeed::WriteProtocol).then_some(next),
            needs: needs(&shown.lines),
            bands: bands(&shown.bands),
            counts: counts(&mine, visitor),
            exceptions: exceptions(&mine, visitor, &shown.restricted),
            untold: guide::untold(shown.untold, " in the authority"),
            others: others(&shown.kept, shown.protocol.as_ref()),
        }
    }

    /// Nothing known, and records held otherwise with hostile words, read by the quality lead.
    pub fn samples() -> Vec<Self> {
        use quarterlight_domain::id::PlaceId;
        use quarterlight_domain::need::Need;
        use quarterlight_domain::person::{Grant, Role};

        let mut lead = invented::nobody();
        let from = jiff::civil::date(2026, 1, 1);
        for role in [Role::QualityLead, Role::ServiceManager] {
            lead.person.grants.push(Grant { role, place: PlaceId(1), from, until: None });
        }
        let protocol = sample::protocol(HOSTILE);
        let shown = Shown {
            kept: vec![KeptAllocationProtocol {
                protocol: protocol.clone(),
                by: None,
                why: HOSTILE.to_owned(),
            }],
            protocol: Some(protocol),
            lines: vec![AllocationLine {
                need: Need::ChildProtection,
                held: [2, 11, 40, 3],
                unallocated: 1,
            }],
            bands: vec![TeamBands {
                place: (Some(HOSTILE.to_owned()), Some(HOSTILE.to_owned())),
                workers: [3, 1, 0, 2],
                taken_as_full_time: 1,
            }],
            exceptions: sample::exceptions(HOSTILE),
            untold: Untold { experience: 3, hours: 1 },
            restricted: BTreeSet::new(),
        };
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(frame(), &invented::nobody(), &Shown::default()),
            Self::new(frame(), &lead, &shown),
        ]
    }
}

fn sentence(shown: &Shown) -> String {
    let Some(protocol) = &shown.protocol else {
        return "No allocation protocol is in force, so there is no guide to compare with."
            .to_owned();
    };
    let kept = shown.kept.iter().find(|it| it.protocol.from == protocol.from);
    let by = kept.and_then(|it| it.by.as_deref()).unwrap_or("The server’s own command line");
    let why = kept.map_or("", |it| it.why.as_str());
    format!(
        "{} has been in force since {}. {by} kept it: {why}",
        protocol.name,
        day_in_words(protocol.from)
    )
}

fn needs(lines: &[AllocationLine]) -> Table {
    let mut columns = vec![Column::words("Need")];
    columns.extend(Experience::ALL.map(|it| Column::numbers(it.words())));
    columns.extend(["No named worker", "All"].map(Column::numbers));
    let row = |line: &AllocationLine| {
        let mut cells = vec![Content::text(line.need.words())];
        let counts = line.held.into_iter().chain([line.unallocated, line.all()]);
        cells.extend(counts.map(|count| Content::text(words::whole(count.into()))));
        cells
    };
    Table::new("needs", "Records by need and the worker’s experience", columns)
        .rows(lines.iter().map(row).collect())
        .empty("There is no case list yet, so it is not known who holds which records.")
}

fn bands(teams: &[TeamBands]) -> Table {
    let mut columns = ["Service", "Team"].map(Column::words).to_vec();
    columns.extend(Band::ALL.map(|it| Column::numbers(it.words())));
    columns.push(Column::numbers("Taken as full time"));
    let row = |team: &TeamBands| {
        let (service, name) = &team.place;
        let mut cells = vec![
            Content::text(service.clone().unwrap_or_else(|| "Service not known".to_owned())),
            Content::text(name.clone().unwrap_or_else(|| "Team not known".to_owned())),
        ];
        let counts = team.workers.into_iter().chain([team.taken_as_full_time]);
        cells.extend(counts.map(|count| Content::text(words::whole(count.into()))));
        cells
    };
    Table::new("bands", "Workers of each team by weighted caseload", columns)
        .rows(teams.iter().map(row).collect())
        .empty("There is no guide, or no case list, to compare caseloads with.")
}

fn counts(exceptions: &[Exception], visitor: &SignedIn) -> Table {
    let columns = guide::EXCEPTIONS.map(Column::words).to_vec();
    let lines = figures::count(exceptions, visitor.today);
    let rows = lines.iter().map(|line| guide::cells(line).map(Content::text).to_vec());
    Table::new(
        "counts",
        "Records held otherwise than is advised, in the places that you answer for",
        columns,
    )
    .rows(rows.collect())
    .empty("No record there is known to be held otherwise than is advised.")
}

fn exceptions(
    exceptions: &[Exception],
    visitor: &SignedIn,
    restricted: &BTreeSet<RecordId>,
) -> Table {
    let columns = ["Team", "Record", "Advice", "Why, for the child", "State"];
    let (hidden, open): (Vec<_>, Vec<_>) =
        exceptions.iter().partition(|it| restricted.contains(&it.held.record));
    let row = |it: &Exception| {
        let standing = it.standing(visitor.today);
        let is_hidden = restricted.contains(&it.held.record);
        let or = |words: String| if is_hidden { HIDDEN.to_owned() } else { words };
        let place = Deed::Staffing(StaffingDeed::GiveReason(&it.held.whereabouts));
        let reference = it.held.reference.to_string();
        let link = links::allocation_reason(it.held.record, &it.advice.code());
        let may = permits(&visitor.person, place, visitor.today);
        let why = it.why.as_ref().map_or_else(String::new, |why| {
            format!("{}\nLooked at again on {}.", why.reason.words(), day_in_words(why.review_on))
        });
        let colour = match standing {
            quarterlight_domain::staffing::exceptions::Standing::WithReason => TagColour::Green,
            _ => TagColour::Orange,
        };
        vec![
            Content::text(or(it
                .held
                .place
                .1
                .clone()
                .unwrap_or_else(|| "Team not known".to_owned()))),
            if may { Content::link(reference, link) } else { Content::text(reference) },
            Content::text(or(it.advice.words())),
            Content::written(or(why)),
            Content::tag(standing.words(), colour),
        ]
    };
    Table::new(
        "exceptions",
        "Each of these records, by team and reference",
        columns.map(Column::words).to_vec(),
    )
    // The place in the list would say the team: those that are restricted stand last.
    .rows(open.into_iter().chain(hidden).map(row).collect())
    .empty("There is none.")
}

fn others(kept: &[KeptAllocationProtocol], shown: Option<&Protocol>) -> Table {
    let others = kept.iter().filter(|it| Some(&it.protocol) != shown);
    let row = |it: &KeptAllocationProtocol| {
        vec![
            Content::text(it.protocol.name.clone()),
            Content::text(day_in_words(it.protocol.from)),
            Content::written(guide::declared(&it.protocol).join("\n")),
            Content::written(it.why.clone()),
        ]
    };
    let columns = ["Protocol", "From", "What it says", "Why it was kept"];
    Table::new("others", "The other protocols", columns.map(Column::words).to_vec())
        .rows(others.map(row).collect())
        .empty("There is no other protocol.")
}
