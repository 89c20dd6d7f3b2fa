//! The rows of one child, over all the lists, as one open record or none.
//!
//! Where two rows say different things of one child, the row is followed that comes first by list
//! (see [`List::IN_ORDER_OF_TRUST`]), then open before closed, then the later start, then the
//! later row; and the difference is a problem. A value that is not there is looked for in the next
//! row, so that a blank in one list does not hide an answer in another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::case_list::{CaseLine, KeyDate};
use quarterlight_domain::history::Fact;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};

use super::authority::Authority;
use super::columns::Use;
use super::headings::normal;
use super::history::history;
use super::home::placement;
use super::line::Line;
use super::list::List;
use super::needs::needs;
use super::sheets::KnownSheet;
use super::sighting::tells;
use super::worker;
use crate::problem::Severity;
use crate::problems::{Place, Problems};

/// What is known of all files when its children are put together.
pub(crate) struct Whole<'w> {
    /// What each sheet is, by position.
    pub sheets: &'w [KnownSheet],
    /// The lists that the workbook has.
    pub lists: &'w BTreeSet<List>,
    /// Every team named anywhere, in its plain form: a team is no worker.
    pub teams: &'w BTreeSet<String>,
    pub home: Option<&'w Authority>,
    /// The kinds of episode that the lists have columns for: a child who is on no list of
    /// assessments had none, and the question was asked all the same.
    pub episodes: &'w BTreeSet<Fact>,
}

impl Whole<'_> {
    /// The place of a line, or of one of its cells.
    pub(crate) fn place(&self, line: &Line, cell: Option<Use>) -> Place<'_> {
        let sheet = self.sheets.get(line.sheet);
        let headings = sheet.and_then(|sheet| sheet.headings.as_ref());
        let column = headings.zip(cell).and_then(|(headings, used_as)| {
            let mut columns = headings.columns.iter();
            let (at, (_, heading)) = columns.find(|(_, (column, _))| column.used_as == used_as)?;
            Some((*at, heading.as_str()))
        });
        Place {
            file: sheet.map_or("", |sheet| &sheet.file),
            sheet: sheet.map(|sheet| (line.sheet, sheet.name.as_str())),
            list: Some(line.list.name()),
            row: Some(line.row),
            column,
        }
    }
}

/// Sorts rows so that a child's stand together, and the one to follow comes first among them.
pub(crate) fn in_order(lines: &mut [Line]) {
    let order = |line: &Line| {
        let trust = List::IN_ORDER_OF_TRUST.iter().position(|list| *list == line.list);
        (trust, !line.is_open, Reverse(line.began()), Reverse((line.sheet, line.row)))
    };
    lines.sort_unstable_by(|one, other| {
        one.child.cmp(&other.child).then_with(|| order(one).cmp(&order(other)))
    });
}

/// The open record that a child's rows make; none if nothing is open. The rows are in order.
pub(crate) fn record(
    lines: &[Line],
    whole: &Whole<'_>,
    problems: &mut Problems,
) -> Option<CaseLine> {
    let first = lines.first()?;
    let (needs, assessment_open) = needs(lines, whole, problems);
    if needs.is_empty() {
        return None;
    }
    let mut differences = Differences { lines, whole, problems };
    differences.check(Use::Born, "date of birth", |line| line.born);
    let disabled = differences
        .check(Use::Disability, "disability", |line| told(line.disabled))
        .unwrap_or_default();
    let unaccompanied = differences
        .check(Use::Unaccompanied, "answer on unaccompanied children", |line| {
            told(line.unaccompanied)
        })
        .unwrap_or_default();
    let allocates = |line: &Line| line.is_open && line.list != List::Assessments;
    let name = |line: &Line| worker::worker(line.worker.as_deref()?, whole.teams);
    differences.check(Use::Worker, "worker", |line| name(line).filter(|_| allocates(line)));
    differences.check(Use::Team, "team", |line| line.team.clone().filter(|_| allocates(line)));
    let open = || lines.iter().filter(|line| line.is_open);
    // The team is the worker's own, if the row that names the worker names one.
    let holder = open().find(|line| name(line).is_some());
    let team = holder.and_then(|line| line.team.clone());
    let in_care = open().find(|line| line.list == List::InCare);
    let is_in_care = needs.contains(&Need::InCare);
    let route = match (is_in_care, in_care) {
        (true, Some(line)) if line.is_short_break => LegalRoute::ShortBreak,
        (true, _) => LegalRoute::InCare,
        // Annex A has no column for sections 85 and 86, so it cannot say that there is no route.
        (false, _) => LegalRoute::Unknown,
    };
    let dates = dates(lines);
    let mut history = history(lines, &dates, whole);
    history.asked.extend(whole.episodes);
    Some(CaseLine {
        reference: first.child.clone(),
        needs,
        assessment_open,
        disabled,
        unaccompanied,
        placement: match (is_in_care, in_care) {
            (false, _) => Placement::NotPlaced,
            (true, None) => Placement::Unknown,
            (true, Some(line)) => placed(line, whole, problems),
        },
        route,
        worker: holder.and_then(name),
        team: team.or_else(|| open().find_map(|line| line.team.clone())),
        dates,
        history,
    })
}

/// The record of a child of whom nothing is open, for rules that look back: it has no need. None if
/// no list tells anything of it.
pub(crate) fn closed(lines: &[Line], whole: &Whole<'_>) -> Option<CaseLine> {
    let first = lines.iter().find(|line| tells(line.list))?;
    let dates = dates(lines);
    let mut history = history(lines, &dates, whole);
    history.asked.extend(whole.episodes);
    Some(CaseLine {
        reference: first.child.clone(),
        needs: BTreeSet::new(),
        assessment_open: false,
        disabled: lines.iter().find_map(|line| told(line.disabled)).unwrap_or_default(),
        unaccompanied: lines.iter().find_map(|line| told(line.unaccompanied)).unwrap_or_default(),
        placement: Placement::NotPlaced,
        route: LegalRoute::Unknown,
        worker: None,
        team: lines.iter().find_map(|line| line.team.clone()),
        dates,
        history,
    })
}

pub(super) fn told(known: Known) -> Option<Known> {
    (known != Known::Unknown).then_some(known)
}

fn placed(line: &Line, whole: &Whole<'_>, problems: &mut Problems) -> Placement {
    let (placement, disagree) = placement(line.in_area, line.authority.as_ref(), whole.home);
    if disagree {
        let place = whole.place(line, Some(Use::Location));
        let what = "in or out does not agree with the authority of the placement";
        let todo = "check which is right; the placement was taken as not known";
        problems.add(place, Severity::Warning, what, todo);
    }
    placement
}

/// Compares what a child's rows say of one matter.
struct Differences<'d, 'w> {
    lines: &'d [Line],
    whole: &'d Whole<'w>,
    problems: &'d mut Problems,
}

impl Differences<'_, '_> {
    /// What the first row that says anything says; each row that says otherwise is a problem.
    fn check<T: PartialEq>(
        &mut self,
        column: Use,
        matter: &str,
        said: impl Fn(&Line) -> Option<T>,
    ) -> Option<T> {
        let mut saying = self.lines.iter().filter_map(|line| Some((line, said(line)?)));
        let (followed, value) = saying.next()?;
        for (line, other) in saying {
            if other == value {
                continue;
            }
            let against = if line.list == followed.list {
                "another row of the same list".to_owned()
            } else {
                followed.list.to_string()
            };
            let what = format!("the {matter} differs from {against} for the same child");
            let todo = if line.list == followed.list {
                "check which is right; the later row is followed"
            } else {
                "check which is right; the other list is followed"
            };
            self.problems.add(self.whole.place(line, Some(column)), Severity::Warning, what, todo);
        }
        Some(value)
    }
}

/// The latest date of each kind from the rows of what is open; the assessment dates from the
/// latest assessment, whether open or finished; and the referral's date if nothing gives a later
/// start of the work.
pub(super) fn dates(lines: &[Line]) -> BTreeMap<KeyDate, Date> {
    let mut dates = BTreeMap::new();
    let is_assessment = |line: &&Line| line.list == List::Assessments;
    for line in lines.iter().filter(|line| line.is_open && !is_assessment(line)) {
        for (kind, date) in &line.dates {
            dates
                .entry(*kind)
                .and_modify(|latest: &mut Date| *latest = (*latest).max(*date))
                .or_insert(*date);
        }
    }
    if let Some(latest) = lines.iter().filter(is_assessment).max_by_key(|line| line.began()) {
        dates.extend(latest.dates.iter().copied());
    }
    if !dates.contains_key(&KeyDate::Opened) {
        let referrals = lines.iter().filter(|line| line.list == List::Referrals);
        let referred = referrals.filter_map(|line| line.date(KeyDate::Opened)).max();
        dates.extend(referred.map(|date| (KeyDate::Opened, date)));
    }
    dates
}

/// The teams that any row names, in their plain form.
pub(crate) fn teams(lines: &[Line]) -> BTreeSet<String> {
    lines.iter().filter_map(|line| line.team.as_deref()).map(normal).collect()
}
