//! Why a child's record is open, from what Lists 4 and 6 to 9 say of it.
//!
//! An open row of List 7, 8 or 9 gives its own need. The case status of List 6 gives one too; where
//! the list of that service itself says otherwise, that list is followed, and the child stays open
//! as a child in need. An open assessment counts only where nothing else is open.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quarterlight_domain::need::{Need, Needs};

use super::child::Whole;
use super::columns::Use;
use super::line::Line;
use super::list::List;
use super::values::Status;
use crate::problem::Severity;
use crate::problems::Problems;

/// The needs, and whether an open assessment is all there is.
pub(super) fn needs(lines: &[Line], whole: &Whole<'_>, problems: &mut Problems) -> (Needs, bool) {
    let on = |list| lines.iter().any(|line| line.list == list);
    let open_on = |list| lines.iter().any(|line| line.list == list && line.is_open);
    let mut needs = BTreeSet::new();
    for (list, need) in [
        (List::Protection, Need::ChildProtection),
        (List::InCare, Need::InCare),
        (List::Leavers, Need::CareLeaver),
    ] {
        if open_on(list) {
            needs.insert(need);
        }
    }
    let (protected, in_care) = (open_on(List::Protection), open_on(List::InCare));
    let mut assessed = false;
    for line in lines.iter().filter(|line| line.list == List::InNeed && line.is_open) {
        let mut warn = |what: String, todo: &str| {
            let place = whole.place(line, Some(Use::Status));
            problems.add(place, Severity::Warning, what, todo);
        };
        let (list, need, is_there) = match line.status {
            Some(Status::InCare) => (List::InCare, Need::InCare, in_care),
            Some(Status::Protection) => (List::Protection, Need::ChildProtection, protected),
            Some(Status::OpenAssessment) => {
                assessed = true;
                continue;
            }
            Some(Status::InNeed | Status::Closed) | None => {
                if in_care || protected {
                    let list = if in_care { List::InCare } else { List::Protection };
                    let said = line.status.map_or("no status", Status::words);
                    warn(
                        format!("the case status is {said}, and {list} has the child too"),
                        "check the case status; both lists are followed",
                    );
                }
                if line.status.is_some() || needs.is_empty() {
                    needs.insert(Need::ChildInNeed);
                }
                continue;
            }
        };
        if is_there {
            continue;
        }
        let said = line.status.map_or("", Status::words);
        if on(list) {
            warn(
                format!("the case status is {said}, and {list} says that this has ended"),
                "check which is right; the child was taken as a child in need",
            );
            needs.insert(Need::ChildInNeed);
        } else {
            if whole.lists.contains(&list) {
                warn(
                    format!("the case status is {said}, and the child is not on {list}"),
                    "check which is right; the case status is followed",
                );
            }
            needs.insert(need);
        }
    }
    warn_of_absence(lines, whole, problems);
    assessed |= has_open_assessment(lines, whole, problems);
    let alone = assessed && needs.is_empty();
    if alone {
        needs.insert(Need::ChildInNeed);
    }
    (needs, alone)
}

/// List 6 has every child who receives a service, so a child on List 7 or 8 is on it too.
fn warn_of_absence(lines: &[Line], whole: &Whole<'_>, problems: &mut Problems) {
    let on_list_6 = lines.iter().any(|line| line.list == List::InNeed);
    let open_on_list_6 = lines.iter().any(|line| line.list == List::InNeed && line.is_open);
    if open_on_list_6 || !whole.lists.contains(&List::InNeed) {
        return;
    }
    for line in lines {
        if line.is_open && matches!(line.list, List::Protection | List::InCare) {
            let what = if on_list_6 {
                "the child is open here, and closed on List 6"
            } else {
                "the child is here, and not on List 6"
            };
            let todo = format!("check which is right; {} is followed", line.list);
            problems.add(whole.place(line, Some(Use::Child)), Severity::Warning, what, &todo);
        }
    }
}

/// True if an assessment is open that List 6 has not closed since it began.
fn has_open_assessment(lines: &[Line], whole: &Whole<'_>, problems: &mut Problems) -> bool {
    let mut is_open = false;
    for line in lines.iter().filter(|line| line.list == List::Assessments && line.is_open) {
        let closed_since = lines.iter().any(|other| {
            other.list == List::InNeed
                && !other.is_open
                && other.ended.unwrap_or(Date::MAX) >= line.began().unwrap_or(Date::MIN)
        });
        let open_since = lines.iter().any(|other| other.list == List::InNeed && other.is_open);
        if closed_since && !open_since {
            let place = whole.place(line, None);
            let what = "the assessment is open, and List 6 has the case closed since it began";
            let todo = "check which is right; List 6 is followed";
            problems.add(place, Severity::Warning, what, todo);
        } else {
            is_open = true;
        }
    }
    is_open
}
