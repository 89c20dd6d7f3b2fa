//! One case list: what was found in its file, what is wrong with it, and taking it in.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::need::Need;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::stamp::{day_in_england, time_in_england};
use quarterlight_report::words::{self, Noun, RECORD};
use quarterlight_store::{CaseListSummary, KeptProblem};
use serde::Deserialize;

use super::ToCheck;
use super::kept::{KeptAccount, KeptCounts, KeptSheet, with_place, without_facts};
use super::rates::Rates;
use super::told::{Seen, Told};
use crate::app::App;
use crate::govuk::{
    Button, Column, Content, HOSTILE, Inset, NotificationBanner, SummaryList, SummaryRow, Table,
};
use crate::layout::Frame;
use crate::restricted::Restricted;
use crate::{links, page};

/// Problems of one kind that the page shows; the rest are counted.
const SHOWN: usize = 50;

const PROBLEM: Noun = Noun::new("problem", "problems");

/// Problems of one kind: their heading, the first of them, and how many more there are.
#[derive(Debug, Clone)]
pub struct Problems {
    heading: String,
    sentences: Vec<String>,
    more: Option<String>,
}

/// One case list.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/case_lists/check.html")]
pub struct CheckPage {
    frame: Frame,
    caption: String,
    /// *1,204 records read. 17 problems need attention.*
    sentence: String,
    /// Why the list cannot be taken in, or that it was.
    standing: Option<Inset>,
    problems: Vec<Problems>,
    found: SummaryList,
    /// Where the problems are as a spreadsheet.
    download: Option<String>,
    told: Told,
    sheets: Vec<Table>,
    notes: Vec<String>,
    action: String,
    take_in: Option<Button>,
}

/// What taking the list in changed, as the page before says it.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Taken {
    new: u32,
    changed: u32,
    gone: u32,
}

/// Shows the list.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn get(app: App, checked: ToCheck, RawQuery(query): RawQuery) -> page::Result {
    let current = app.store.case_lists.current().await?;
    let id = checked.list.id;
    let mut problems = app.store.case_lists.problems(id).await?;
    let of_sources = app.store.sources.problems(id).await?;
    problems.extend(of_sources.into_iter().map(|(_, problem)| problem));
    let restricted = Restricted::today(&app, &checked.visitor).await?;
    for it in &mut problems {
        without_facts(it, &restricted);
    }
    let seen = Seen {
        sources: app.store.sources.lines(id).await?,
        counts: app.store.case_lists.counts(id).await?,
        workers: app.store.case_lists.workers(id).await?,
        preview: app.store.case_lists.preview(id).await?,
        sees_records: permits(&checked.visitor.person, Deed::CompareRecords, checked.visitor.today),
    };
    let mut frame = checked.frame(title(&checked.list));
    let taken = query.and_then(|query| serde_urlencoded::from_str::<Taken>(&query).ok());
    if let Some(taken) = taken.filter(|_| checked.list.taken_in_at.is_some()) {
        let visitor = &checked.visitor;
        let sees_coverage = permits(&visitor.person, Deed::SeeCoverage, visitor.today);
        frame.banner = Some(banner(taken, sees_coverage));
    }
    page::show(&CheckPage::new(frame, &checked.list, current.as_ref(), &problems, &seen))
}

/// Takes the list in.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn post(app: App, checked: ToCheck) -> page::Result {
    let this = links::case_list(checked.list.id);
    if checked.list.records == 0 || checked.list.replaced_by.is_some() {
        return page::see_other(this);
    }
    let stamp = checked.visitor.stamp("took a case list in");
    match app.store.case_lists.take_in(&stamp, checked.list.id).await? {
        Some(taken) => {
            let (new, changed, gone) = (taken.new, taken.changed, taken.gone);
            page::see_other(format!("{this}?new={new}&changed={changed}&gone={gone}"))
        }
        // The form came twice, or a later list came first: the page itself says which.
        None => page::see_other(this),
    }
}

impl CheckPage {
    fn new(
        frame: Frame,
        list: &CaseListSummary,
        current: Option<&CaseListSummary>,
        problems: &[KeptProblem],
        seen: &Seen,
    ) -> Self {
        let mut accounts = vec![(String::new(), KeptAccount::read(&list.account))];
        if !seen.sources.is_empty() {
            let new = seen.sources.iter().filter(|source| source.is_new);
            accounts = new.map(|it| (it.name.clone(), KeptAccount::read(&it.account))).collect();
        }
        let rates = Rates::read(&list.rates);
        let standing = standing(list, current);
        let left_out: u64 = accounts.iter().map(|(_, it)| it.counts.problems_left_out).sum();
        let all = u64::from(list.problems) + left_out;
        let counts = rates.as_ref().map(|rates| rates.counts.clone());
        let counts = counts.or_else(|| Some(accounts.first()?.1.counts.clone()));
        Self {
            caption: list.source.clone(),
            sentence: sentence(list, all),
            take_in: standing.is_none().then(|| Button::submit("Take this list in")),
            standing: standing.map(Inset::new),
            problems: grouped(problems, all),
            found: found(list, &counts.unwrap_or_default()),
            download: (list.problems > 0).then(|| links::case_list_problems(list.id)),
            told: Told::new(list, rates.as_ref(), seen),
            sheets: accounts.iter().map(|(name, account)| sheets(name, account)).collect(),
            notes: accounts.iter().flat_map(|(_, account)| notes(account)).collect(),
            action: links::take_in(list.id),
            frame,
        }
    }

    /// Nothing known of the file, one that waits with problems, and hostile words throughout.
    pub fn samples() -> Vec<Self> {
        let problem = |sentence: &str, stops_the_row| KeptProblem {
            list: "List 8".to_owned(),
            row: Some(214),
            column: Some("D".to_owned()),
            heading: None,
            sentence: sentence.to_owned(),
            stops_the_row,
        };
        let plain =
            "List 8, row 214, column D (“Date of Birth”): 31/02/2012 is not a date; correct it.";
        let mut many = vec![problem(HOSTILE, false); SHOWN + 7];
        many.push(problem(HOSTILE, true));
        let lists = super::sample::lists();
        let mut pages: Vec<Self> = lists
            .iter()
            .zip([&[][..], &[problem(plain, true), problem(plain, false)], &many])
            .map(|(list, problems)| {
                Self::new(
                    Frame::new(title(list)),
                    list,
                    lists.last(),
                    problems,
                    &super::told::sample(),
                )
            })
            .collect();
        for page in &mut pages {
            page.frame.banner = Some(banner(Taken { new: 12, changed: 1, gone: 0 }, true));
        }
        pages
    }
}

fn title(list: &CaseListSummary) -> String {
    format!("Case list of {}", day_in_words(list.as_at))
}

fn banner(taken: Taken, sees_coverage: bool) -> NotificationBanner {
    let counted = |number: u32, one, many| {
        format!(
            "{} {}",
            words::count(number.into(), &RECORD),
            words::agree(number.into(), one, many)
        )
    };
    let banner = NotificationBanner::success(format!(
        "The list is taken in. {}, {} and {}.",
        words::sentence_case(&counted(taken.new, "is new", "are new")),
        counted(taken.changed, "has changed", "have changed"),
        counted(taken.gone, "is no longer on it", "are no longer on it"),
    ));
    if sees_coverage {
        banner.more(Content::link("See who audits which records", links::coverage()))
    } else {
        banner
    }
}

/// *1,204 records read. 17 problems need attention.*
fn sentence(list: &CaseListSummary, problems: u64) -> String {
    let records = words::sentence_case(&words::count(list.records.into(), &RECORD));
    let attention = match problems {
        0 => "Nothing in the file needs attention.".to_owned(),
        _ => format!(
            "{} {} attention.",
            words::count(problems, &PROBLEM),
            words::agree(problems, "needs", "need")
        ),
    };
    format!("{records} read. {attention}")
}

/// Why the list cannot be taken in; nothing while it waits.
fn standing(list: &CaseListSummary, current: Option<&CaseListSummary>) -> Option<String> {
    if let Some(at) = list.taken_in_at {
        let day = day_in_words(day_in_england(at));
        let is_current = current.is_some_and(|current| current.id == list.id);
        let now = if is_current {
            "It is the one in use.".to_owned()
        } else {
            current.map_or(String::new(), |current| {
                format!("The list of {} has taken its place.", day_in_words(current.as_at))
            })
        };
        return Some(format!("This list was taken in on {day} at {}. {now}", time_in_england(at)));
    }
    if list.replaced_by.is_some() {
        return Some("This list cannot be taken in, because it was put together again once doubtful matches were settled. Open the newer one.".to_owned());
    }
    if let Some(current) = current.filter(|current| current.as_at > list.as_at) {
        return Some(format!(
            "This list cannot be taken in, because the list in use is of a later date: {}.",
            day_in_words(current.as_at)
        ));
    }
    (list.records == 0).then(|| {
        "This list cannot be taken in, because no open record was found in it: every record would be gone. See below what became of its sheets.".to_owned()
    })
}

/// The problems that stop a row, then the warnings. Of more than a thousand only the first are kept
/// at hand, so that the heading then says so.
fn grouped(problems: &[KeptProblem], all: u64) -> Vec<Problems> {
    let is_whole = u64::try_from(problems.len()).is_ok_and(|known| known == all);
    [
        (true, "Rows that cannot be used"),
        (false, "Warnings: each row is used, without what is wrong in it"),
    ]
    .into_iter()
    .filter_map(|(stops, heading)| {
        let of_kind: Vec<&KeptProblem> =
            problems.iter().filter(|problem| problem.stops_the_row == stops).collect();
        let count = u64::try_from(of_kind.len()).unwrap_or(u64::MAX);
        let more = count.saturating_sub(u64::try_from(SHOWN).unwrap_or(0));
        let at_least = if is_whole { "" } else { "at least " };
        let more = (more > 0).then(|| {
            format!(
                "And {at_least}{} more. Put right what is listed, then read the file again.",
                words::whole(more)
            )
        });
        (count > 0).then(|| Problems {
            heading: format!("{heading} ({at_least}{})", words::whole(count)),
            sentences: of_kind.iter().take(SHOWN).map(|it| with_place(it)).collect(),
            more,
        })
    })
    .collect()
}

fn found(list: &CaseListSummary, counts: &KeptCounts) -> SummaryList {
    let row = |key: &str, number: u64| SummaryRow::new(key, words::whole(number));
    let mut rows = vec![row("Open records", list.records.into())];
    if !counts.by_need.is_empty() {
        let with = |need: Need| counts.by_need.get(need.code()).copied().unwrap_or(0);
        rows.extend(Need::ALL.into_iter().map(|need| row(need.words(), with(need))));
        rows.push(row("No named worker", counts.unallocated));
        rows.push(row("Not known if disabled", counts.disability_unknown));
        rows.push(row("Placed, not known where", counts.placement_unknown));
    }
    SummaryList::new(rows).titled("What was found")
}

fn sheets(source: &str, account: &KeptAccount) -> Table {
    let columns = vec![
        Column::words("Sheet"),
        Column::words("Taken for"),
        Column::numbers("Rows"),
        Column::numbers("Used"),
        Column::words("Not used, and why"),
    ];
    let row = |sheet: &KeptSheet| {
        let hidden = if sheet.hidden { " (hidden)" } else { "" };
        let list = sheet.list();
        let rows = |number| list.as_ref().map_or(String::new(), |_| words::whole(number));
        vec![
            Content::text(format!("{}{hidden}", sheet.sheet)),
            Content::text(list.clone().unwrap_or_else(|| "Nothing".to_owned())),
            Content::text(rows(sheet.rows_read)),
            Content::text(rows(sheet.rows_used)),
            Content::text(sheet.not_used()),
        ]
    };
    let (id, caption) = if source.is_empty() {
        ("sheets".to_owned(), "What became of each sheet".to_owned())
    } else {
        let id: String = source.chars().filter(char::is_ascii_alphanumeric).collect();
        (format!("sheets-{id}"), format!("What became of each sheet or file: {source}"))
    };
    Table::new(id, caption, columns)
        .rows(account.sheets.iter().map(row).collect())
        .empty("Nothing was kept of how the file was read.")
}

/// What else one should know of the file: whose list it is, and lists and columns that are not there.
fn notes(account: &KeptAccount) -> Vec<String> {
    let quoted = |headings: &[String]| {
        let headings: Vec<String> = headings.iter().map(|it| format!("“{it}”")).collect();
        words::list(&headings)
    };
    let mut notes: Vec<String> = account.home.iter().map(super::kept::KeptHome::sentence).collect();
    let missing = account.lists_missing();
    if !missing.is_empty() {
        notes.push(format!("No sheet holds these lists: {}.", missing.join("; ")));
    }
    for sheet in &account.sheets {
        let name = &sheet.sheet;
        if !sheet.columns_missing.is_empty() {
            notes.push(format!("{name} has no column for {}.", quoted(&sheet.columns_missing)));
        }
        for (heading, column) in &sheet.columns_guessed {
            notes.push(format!("In {name}, “{heading}” was taken for “{column}”."));
        }
        if !sheet.columns_ignored.is_empty() {
            notes.push(format!("In {name}, {} was not read.", quoted(&sheet.columns_ignored)));
        }
    }
    notes
}
