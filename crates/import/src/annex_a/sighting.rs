//! What each list of Annex A says of one child, as one source among others.

use std::collections::BTreeSet;

use quarterlight_domain::need::{Known, LegalRoute, Need};
use quarterlight_domain::source::{Holder, Sighting};

use super::child::{Whole, dates, told};
use super::history::history;
use super::home::placement;
use super::line::Line;
use super::list::List;
use super::values::Status;
use super::worker;

/// The lists that say something of a record: contacts and early help do not, and what the adoption
/// lists say is said by the others too.
const THAT_TELL: [List; 7] = [
    List::Referrals,
    List::Assessments,
    List::Enquiries,
    List::InNeed,
    List::Protection,
    List::InCare,
    List::Leavers,
];

/// True if what this list says of a child is passed on.
pub(super) fn tells(list: List) -> bool {
    THAT_TELL.contains(&list)
}

/// What each list says of a child, open or not. The rows are in the order in which they are
/// followed, so that those of one list stand together; `lists` are in the order of the file.
pub(super) fn sightings(lines: &[Line], whole: &Whole<'_>, lists: &[List]) -> Vec<Sighting> {
    let of_lists = lines.chunk_by(|one, other| one.list == other.list);
    let sightings = of_lists.filter_map(|lines| {
        let first = lines.first().filter(|line| tells(line.list))?;
        let list = lists.iter().position(|list| *list == first.list)?;
        Some(sighting(list, first, lines, whole))
    });
    sightings.collect()
}

fn sighting(list: usize, first: &Line, lines: &[Line], whole: &Whole<'_>) -> Sighting {
    let open = lines.iter().find(|line| line.is_open);
    // The rows that are open are followed; where none is, what was is told.
    let followed = || lines.iter().filter(|line| line.is_open == open.is_some());
    let name = |line: &Line| worker::worker(line.worker.as_deref()?, whole.teams);
    let named = followed().find(|line| name(line).is_some());
    let team = named.and_then(|line| line.team.clone());
    let in_care = open.filter(|line| line.list == List::InCare);
    let is_assessed = |line: &Line| line.is_open && line.status == Some(Status::OpenAssessment);
    Sighting {
        list,
        row: Some(first.row),
        reference: first.child.clone(),
        open: match (first.list, open) {
            (_, Some(_)) => Known::Yes,
            // A plan or period of care that has ended says nothing of the record as a whole.
            (List::InNeed, None) => Known::No,
            _ => Known::Unknown,
        },
        needs: lines.iter().filter(|line| line.is_open).filter_map(need).collect::<BTreeSet<_>>(),
        assessment_open: first.list == List::Assessments && open.is_some()
            || lines.iter().any(is_assessed),
        disabled: lines.iter().find_map(|line| told(line.disabled)).unwrap_or_default(),
        unaccompanied: lines.iter().find_map(|line| told(line.unaccompanied)).unwrap_or_default(),
        placement: in_care
            .map(|line| placement(line.in_area, line.authority.as_ref(), whole.home).0),
        route: in_care.map(|line| {
            if line.is_short_break { LegalRoute::ShortBreak } else { LegalRoute::InCare }
        }),
        holder: Holder { name: named.and_then(name), ..Holder::default() },
        team: team.or_else(|| followed().find_map(|line| line.team.clone())),
        history: history(lines, &dates(lines), whole),
    }
}

/// Why a record is open by what one open row of its list says.
fn need(line: &Line) -> Option<Need> {
    match (line.list, line.status) {
        (List::Protection, _) | (List::InNeed, Some(Status::Protection)) => {
            Some(Need::ChildProtection)
        }
        (List::InCare, _) | (List::InNeed, Some(Status::InCare)) => Some(Need::InCare),
        (List::Leavers, _) => Some(Need::CareLeaver),
        (List::InNeed | List::Assessments, _) => Some(Need::ChildInNeed),
        _ => None,
    }
}
