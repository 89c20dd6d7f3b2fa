//! Puts the rows of each child together, and accounts for every row that makes no record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::history::Fact;
use quarterlight_domain::need::{Known, Placement};
use quarterlight_domain::source::{Source, SourceKind, SourceList};

use super::child::{self, Whole};
use super::headings::Headings;
use super::history::facts;
use super::home::home;
use super::line::Line;
use super::list::List;
use super::sheets::{KnownSheet, Sheets};
use super::sighting::{sightings, tells};
use super::{Account, AnnexA, Edition};
use crate::account::{Account as WholeAccount, FileAccount, Outcome, Why};
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::reading::SourceReading;

/// The records that a workbook's rows make.
pub(super) fn records(sheets: Sheets, authority: Option<&str>, as_at: Date) -> AnnexA {
    let Sheets { mut lines, accounts, known, mut problems, authorities } = sheets;
    let lists: BTreeSet<List> =
        known.iter().filter_map(|sheet| Some(sheet.headings.as_ref()?.list)).collect();
    let home = home(authority, &authorities, &lines);
    let teams = child::teams(&lines);
    let episodes = known.iter().filter_map(|sheet| sheet.headings.as_ref()).flat_map(facts);
    let episodes = episodes.filter(|fact| matches!(fact, Fact::Episode(_))).collect();
    let whole = Whole {
        sheets: &known,
        lists: &lists,
        teams: &teams,
        home: home.as_ref().map(|(authority, _)| authority),
        episodes: &episodes,
    };
    warn_of_the_whole(&whole, &lines, &mut problems);

    let mut account = Account { sheets: accounts, ..Account::default() };
    let in_order = in_order_of_file(&known);
    let mut source = Source {
        kind: SourceKind::AnnexA,
        name: SourceKind::AnnexA.words().to_owned(),
        as_at,
        lists: source_lists(&in_order, &known, &lines),
        sightings: Vec::new(),
        workers: Vec::new(),
    };
    let (mut rows, mut closed) = (Vec::new(), Vec::new());
    child::in_order(&mut lines);
    // From the last child to the first, so that each one's rows are let go before the next.
    while let Some(child) = lines.last().map(|line| line.child.clone()) {
        let first = lines.partition_point(|line| line.child < child);
        let of_child = lines.split_off(first);
        let record = child::record(&of_child, &whole, &mut problems);
        for line in &of_child {
            account_for(line, record.is_some(), &mut account);
        }
        source.sightings.extend(sightings(&of_child, &whole, &in_order));
        match record {
            Some(record) => rows.push(record),
            None => closed.extend(child::closed(&of_child, &whole)),
        }
    }
    rows.reverse();
    closed.reverse();
    source
        .sightings
        .sort_by(|one, other| (one.list, &one.reference).cmp(&(other.list, &other.reference)));
    warn_of_zeros(&rows, &mut problems);

    account.lists_missing = List::ALL.into_iter().filter(|list| !lists.contains(list)).collect();
    account.edition = edition(&known);
    account.home = home.map(|(_, home)| home);
    sum(&rows, &mut account);
    let (problems, left_out) = problems.finish();
    account.problems_left_out = left_out;
    let whole = WholeAccount {
        files: by_file(&account, &known),
        problems_left_out: left_out,
        home: account.home.clone(),
    };
    let source = SourceReading { source, problems, account: whole };
    AnnexA { records: rows, closed, account, source }
}

/// The lists that the files have, by the first sheet of each.
fn in_order_of_file(known: &[KnownSheet]) -> Vec<List> {
    let mut lists = Vec::new();
    for headings in known.iter().filter_map(|sheet| sheet.headings.as_ref()) {
        if !lists.contains(&headings.list) {
            lists.push(headings.list);
        }
    }
    lists
}

/// The lists as a source names them; of those that tell nothing of a record no row is used.
fn source_lists(in_order: &[List], known: &[KnownSheet], lines: &[Line]) -> Vec<SourceList> {
    let mut rows: BTreeMap<List, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| tells(line.list)) {
        *rows.entry(line.list).or_default() += 1;
    }
    let of_list = |list: &List| SourceList {
        name: list.name().to_owned(),
        tells: known
            .iter()
            .filter_map(|sheet| sheet.headings.as_ref())
            .filter(|headings| headings.list == *list && tells(*list))
            .flat_map(facts)
            .collect(),
        rows: rows.get(list).copied().unwrap_or(0),
    };
    in_order.iter().map(of_list).collect()
}

/// The same account, file by file.
fn by_file(account: &Account, known: &[KnownSheet]) -> Vec<FileAccount> {
    let mut files: Vec<FileAccount> = Vec::new();
    for (sheet, of) in account.sheets.iter().zip(known) {
        match files.last_mut().filter(|file| file.file == of.file) {
            Some(file) => file.sheets.push(sheet.clone()),
            None => {
                files.push(FileAccount { file: of.file.clone(), sheets: vec![sheet.clone()] });
            }
        }
    }
    files
}

/// A row is used if its child's record is open; otherwise its list says why it is not.
fn account_for(line: &Line, is_used: bool, account: &mut Account) {
    let sheet = account.sheets.get_mut(line.sheet).map(|sheet| &mut sheet.outcome);
    let Some(Outcome::Holds(list)) = sheet else { return };
    if is_used {
        list.rows_used += 1;
        return;
    }
    let why = match line.list {
        List::Contacts => Why::ContactOnly,
        List::EarlyHelp => Why::EarlyHelpOnly,
        List::Referrals => Why::ReferralOnly,
        List::Assessments if line.is_open => Why::Closed,
        List::Assessments => Why::AssessmentFinished,
        List::Enquiries => Why::EnquiryOnly,
        List::InNeed | List::Protection | List::InCare | List::Leavers => Why::Closed,
        List::Adoption => Why::AdoptionOnly,
        List::Adopters => Why::Adopter,
    };
    *list.rows_not_used.entry(why).or_default() += 1;
}

fn sum(rows: &[CaseLine], account: &mut Account) {
    account.records = rows.len();
    for row in rows {
        for need in &row.needs {
            *account.by_need.entry(*need).or_default() += 1;
        }
        account.unallocated += usize::from(row.worker.is_none());
        account.disability_unknown += usize::from(row.disabled == Known::Unknown);
        account.placement_unknown += usize::from(row.placement == Placement::Unknown);
    }
}

fn edition(known: &[KnownSheet]) -> Option<Edition> {
    let mut leavers = known
        .iter()
        .filter_map(|sheet| sheet.headings.as_ref())
        .filter(|headings| headings.list == List::Leavers)
        .peekable();
    leavers.peek()?;
    let is_new = |headings: &Headings| headings.columns.values().any(|(it, _)| it.since_2024());
    Some(if leavers.any(is_new) { Edition::Since2024 } else { Edition::Before2024 })
}

/// What no single row shows: a list that is not there, or placements that cannot be sorted.
fn warn_of_the_whole(whole: &Whole<'_>, lines: &[Line], problems: &mut Problems) {
    for list in List::THAT_OPEN {
        if !whole.lists.contains(&list) {
            let what = format!("no sheet has the headings of {list}, {}", list.title());
            let todo = "add the sheet if there is one; records that only this list shows are \
                        missing";
            problems.add(Place::default(), Severity::Warning, what, todo);
        }
    }
    let unsaid = lines.iter().any(|line| {
        line.list == List::InCare
            && line.is_open
            && line.in_area.is_none()
            && line.authority.is_some()
    });
    if unsaid && whole.home.is_none() {
        let what = "List 8 gives the authority of placements and not in or out, and whose list \
                    this is cannot be told";
        let todo = "name the authority when the file is read; those placements are not known";
        problems.add(Place::default(), Severity::Warning, what, todo);
    }
}

/// Two references that are the same but for leading zeros are likely one child.
fn warn_of_zeros(rows: &[CaseLine], problems: &mut Problems) {
    let mut alike: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *alike.entry(row.reference.as_str().trim_start_matches('0')).or_default() += 1;
    }
    let twice = alike.values().filter(|count| **count > 1).count();
    if twice > 0 {
        let what = format!(
            "{twice} {} differ from another only by leading zeros",
            if twice == 1 { "reference" } else { "references" }
        );
        let todo = "make them the same in every list; they were kept as different records";
        problems.add(Place::default(), Severity::Warning, what, todo);
    }
}
