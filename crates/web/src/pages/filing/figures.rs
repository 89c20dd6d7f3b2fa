//! Backlog and late entry by team over the quarters, and the move to one system by service.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::filing::figures::{
    ItemCounts, PaperCounts, RecordAge, TeamItems, by_team,
};
use quarterlight_domain::filing::hours;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::place::Whereabouts;
use quarterlight_report::words::{self, Noun, RECORD};

use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::permit::{SeeFiling, Through};
use crate::restricted::Restricted;
use crate::{links, page};

/// What filing checks found, in numbers.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/figures.html")]
pub struct FiguresPage {
    frame: Frame,
    /// What the latest quarter says, in sentences.
    sentences: Vec<String>,
    hours: &'static str,
    backlog: Table,
    late: Table,
    after_hours: Table,
    paper: Table,
    ages: Table,
    oldest: Table,
}

/// How many records without a new entry are listed.
const OLDEST: usize = 10;

/// How many quarters stand side by side.
const QUARTERS: usize = 5;

const ITEM: Noun = Noun::new("item", "items");

/// What filing checks found, in numbers, in the places that the person answers for.
///
/// # Errors
/// There is no such page for those who may not see filing.
pub async fn get(app: App, visitor: Through<SeeFiling>) -> page::Result {
    let may =
        |place: &Whereabouts| permits(&visitor.person, Deed::ReadFiling(place), visitor.today);
    let mut items = app.store.figures.filing_items().await?;
    items.retain(|it| may(&it.whereabouts));
    let mut paper = app.store.figures.filing_paper().await?;
    paper.retain(|it| may(&it.whereabouts));
    let latest = paper.iter().map(|it| it.quarter).max();
    let mut ages = match latest {
        Some(quarter) => app.store.figures.filing_ages(quarter).await?,
        None => Vec::new(),
    };
    ages.retain(|it| may(&it.whereabouts));
    let base = visitor.frame(&app, "Backlog, late entry and the move to one system", "Filing");
    let frame = Frame { breadcrumbs: vec![("Filing".to_owned(), links::filing())], ..base };
    let restricted = Restricted::today(&app, &visitor).await?;
    page::show(&FiguresPage::new(frame, (&items, &paper), &ages, &restricted))
}

impl FiguresPage {
    fn new(
        frame: Frame,
        (items, paper): (&[TeamItems], &[PaperCounts]),
        ages: &[RecordAge],
        restricted: &Restricted,
    ) -> Self {
        let latest = items.iter().map(|it| it.quarter).max();
        Self {
            frame,
            sentences: latest.map(|quarter| sentences(items, quarter)).unwrap_or_default(),
            hours: hours::IN_WORDS,
            backlog: by_quarter("backlog", "Missing, of the items checked", items, |it| {
                words::share(it.missing.into(), it.items.into())
            }),
            late: by_quarter("late", "Entered late, where that is known", items, |it| {
                let late = words::share(it.late.into(), it.timed.into());
                format!("{late}; known for {} of {}", it.timed, entered(it))
            }),
            after_hours: after_hours(items),
            paper: self::paper(paper),
            ages: self::ages(ages),
            oldest: oldest(ages, restricted),
        }
    }

    /// Nothing checked, and two quarters with hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Backlog, late entry and the move to one system");
        let (items, paper) = super::sample::figures(crate::govuk::HOSTILE);
        let ages = super::sample::ages(crate::govuk::HOSTILE);
        let none = Restricted::default();
        vec![
            Self::new(frame(), (&[], &[]), &[], &none),
            Self::new(frame(), (&items, &paper), &ages, &none),
        ]
    }
}

/// Items that were entered at all.
fn entered(counts: &ItemCounts) -> u32 {
    counts.entered()
}

fn name(team: Option<&str>) -> &str {
    team.unwrap_or("Team not known")
}

fn sentences(items: &[TeamItems], quarter: Quarter) -> Vec<String> {
    let of_quarter = items.iter().filter(|it| it.quarter == quarter);
    let all = of_quarter.fold(ItemCounts::default(), |sum, it| sum.plus(&it.counts));
    let part = |number: u32, of: u32| words::part_of(number.into(), of.into(), &ITEM);
    let before = items.iter().filter(|it| it.quarter == quarter.before());
    let before = before.fold(ItemCounts::default(), |sum, it| sum.plus(&it.counts));
    let compared = (before.items > 0).then(|| {
        format!(
            "In the quarter before, {} were missing, and {} were entered late.",
            part(before.missing, before.items),
            part(before.late, before.timed)
        )
    });
    let mut sentences = vec![
        format!(
            "In {}, {} were missing, and {} were misfiled or on another child’s record.",
            quarter.words(),
            part(all.missing, all.items),
            part(all.misfiled + all.another_record, all.items)
        ),
        format!(
            "{} were entered late. That is known for {} of the {} that were entered.",
            words::sentence_case(&part(all.late, all.timed)),
            all.timed,
            all.entered()
        ),
        format!(
            "{} were entered at a weekend or on a bank holiday, where the day of entry is known; {} in the evening or early morning, where the time is.",
            words::sentence_case(&part(all.weekend, all.dated)),
            part(all.evening, all.clocked)
        ),
    ];
    sentences.extend(compared);
    sentences
}

/// A row for each team, and a column for each of the latest quarters.
fn by_quarter(
    id: &'static str,
    caption: &'static str,
    items: &[TeamItems],
    words: impl Fn(&ItemCounts) -> String,
) -> Table {
    let quarters: BTreeSet<Quarter> = items.iter().map(|it| it.quarter).collect();
    let latest: Vec<Quarter> = quarters.into_iter().rev().take(QUARTERS).collect();
    let mut teams: BTreeMap<&str, BTreeMap<Quarter, String>> = BTreeMap::new();
    for it in items {
        let team = teams.entry(name(it.team.as_deref())).or_default();
        team.insert(it.quarter, words(&it.counts));
    }
    let mut columns = vec![Column::words("Team")];
    columns.extend(latest.iter().map(|quarter| Column::words(quarter.words())));
    let row = |(team, said): (&str, BTreeMap<Quarter, String>)| {
        let mut cells = vec![Content::text(team)];
        cells.extend(latest.iter().map(|quarter| {
            Content::text(said.get(quarter).cloned().unwrap_or_else(|| "Not checked".to_owned()))
        }));
        cells
    };
    Table::new(id, caption, columns)
        .rows(teams.into_iter().map(row).collect())
        .empty("No item was checked yet.")
}

fn after_hours(items: &[TeamItems]) -> Table {
    let columns = vec![
        Column::words("Quarter"),
        Column::words("Team"),
        Column::words("At a weekend"),
        Column::words("In the evening"),
        Column::words("Known"),
    ];
    let row = |it: &TeamItems| {
        let counts = &it.counts;
        let of = entered(counts);
        vec![
            Content::text(it.quarter.words()),
            Content::text(name(it.team.as_deref())),
            Content::text(words::share(counts.weekend.into(), counts.dated.into())),
            Content::text(words::share(counts.evening.into(), counts.clocked.into())),
            Content::text(format!(
                "The day for {} of {}; on a working day, the time for {} of {}",
                counts.dated,
                words::count(of.into(), &ITEM),
                counts.clocked,
                counts.dated.saturating_sub(counts.weekend)
            )),
        ]
    };
    let quarters: BTreeSet<Quarter> = items.iter().map(|it| it.quarter).collect();
    let latest: Vec<Quarter> = quarters.into_iter().rev().take(2).collect();
    let rows = items.iter().filter(|it| latest.contains(&it.quarter)).map(row);
    Table::new("after-hours", "Entered out of hours, in the latest two quarters", columns)
        .rows(rows.collect())
        .empty("No item was checked yet.")
}

fn paper(counts: &[PaperCounts]) -> Table {
    let columns = vec![
        Column::words("Quarter"),
        Column::words("Service"),
        Column::words("Checked"),
        Column::words("With paper"),
        Column::words("Without"),
        Column::words("Not known"),
        Column::words("Paper that the electronic record mentions"),
        Column::words("Paper that agrees with it"),
    ];
    let row = |it: &PaperCounts| {
        let share = |number: u32| words::share(number.into(), it.records.into());
        let of_paper = |number: u32, against: u32, not_known: u32| match it.paper {
            0 => "No paper".to_owned(),
            paper => format!("{number} of {paper}; {against} not, {not_known} not known"),
        };
        let untold = it.paper.saturating_sub(it.mentioned + it.not_mentioned);
        vec![
            Content::text(it.quarter.words()),
            Content::text(it.service.as_deref().unwrap_or("Service not known")),
            Content::text(words::count(it.records.into(), &RECORD)),
            Content::text(share(it.paper)),
            Content::text(share(it.no_paper)),
            Content::text(share(it.unknown())),
            Content::text(of_paper(it.mentioned, it.not_mentioned, untold)),
            Content::text(of_paper(it.agreeing, it.differing, it.not_told())),
        ]
    };
    Table::new("paper", "The move to one system", columns)
        .rows(counts.iter().map(row).collect())
        .empty("No record was checked yet.")
}

fn ages(ages: &[RecordAge]) -> Table {
    let columns = vec![
        Column::words("Team"),
        Column::words("Half of them no more than"),
        Column::words("The longest"),
        Column::words("Known"),
    ];
    let days = |days: Option<u32>| {
        days.map_or_else(|| "Not known".to_owned(), |days| words::count(days.into(), &words::DAY))
    };
    let rows = by_team(ages).into_iter().map(|it| {
        vec![
            Content::text(name(it.team.as_deref())),
            Content::text(days(it.median)),
            Content::text(days(it.longest)),
            Content::text(words::out_of(it.known.into(), it.records.into(), &RECORD)),
        ]
    });
    let caption = "Days since the newest entry, in the latest quarter";
    Table::new("ages", caption, columns).rows(rows.collect()).empty("No record was checked yet.")
}

fn oldest(ages: &[RecordAge], restricted: &Restricted) -> Table {
    let mut known: Vec<(u32, &RecordAge)> =
        ages.iter().filter_map(|it| Some((it.days?, it))).collect();
    known.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    let columns =
        vec![Column::words("Record"), Column::words("Team"), Column::words("Without a new entry")];
    let row = |(days, it): &(u32, &RecordAge)| {
        vec![
            Content::text(it.reference.to_string()),
            Content::text(restricted.or(&it.reference, || name(it.team.as_deref()).to_owned())),
            Content::text(words::count((*days).into(), &words::DAY)),
        ]
    };
    Table::new("oldest", "The longest without a new entry", columns)
        .rows(known.iter().take(OLDEST).map(row).collect())
        .empty("Of no record is it known when its newest entry was made.")
}
