//! What putting sources together showed: from what, how well they matched, where they differ.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::reconcile::Standing;
use quarterlight_report::words::{self, Noun, RECORD};
use quarterlight_store::{CaseListSummary, Counts, Preview, SourceLine, WorkerLine};

use super::rates::Rates;
use crate::govuk::{Column, Content, Table};
use crate::links;

/// What the store knows of a list that was put together.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What it was put together from.
    pub sources: Vec<SourceLine>,
    /// Conflicts, doubts and unopened records.
    pub counts: Counts,
    /// What its sources tell of workers.
    pub workers: Vec<WorkerLine>,
    /// What taking it in changes.
    pub preview: Preview,
    /// Whether the person sees what the lists say of each record; others see how many there are.
    pub sees_records: bool,
}

/// The same as parts of a page.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Doubtful matches, each with where they are settled.
    pub doubts: Vec<Content>,
    /// Everything that is counted.
    pub tables: Vec<Table>,
    /// Where lists are compared one by one.
    pub compare: Option<(String, String)>,
    /// What no list says, and what that switches off.
    pub off: Vec<String>,
}

const WORKER_RECORD: Noun = Noun::new("doubtful match", "doubtful matches");

impl Told {
    /// What is to be shown of a list; of one file alone, only what changes.
    pub fn new(list: &CaseListSummary, rates: Option<&Rates>, seen: &Seen) -> Self {
        let shown = Shown { sees_records: seen.sees_records };
        let mut tables = vec![changes(list, &seen.preview, shown)];
        let Some(rates) = rates.filter(|_| !seen.sources.is_empty()) else {
            return Self { tables, ..Self::default() };
        };
        tables.push(sources(&seen.sources));
        if seen.sources.len() > 1 {
            tables.push(references(rates, &seen.sources));
            tables.push(conflicts(list, &seen.counts, shown));
            tables.push(apart(list, &seen.counts, shown));
        }
        if rates.workers.iter().any(|row| row.all > 0) && seen.sources.len() > 1 {
            tables.push(workers(rates, &seen.sources));
        }
        let by_hand: Vec<&WorkerLine> = seen.workers.iter().filter(|it| differs(it)).collect();
        if !by_hand.is_empty() {
            tables.push(by_hand_table(&by_hand));
        }
        Self {
            doubts: doubts(list, &seen.counts).into_iter().collect(),
            tables,
            compare: (seen.sources.len() > 1).then(|| {
                ("Compare the lists with one another".to_owned(), links::compared(list.id))
            }),
            off: rates.off.clone(),
        }
    }
}

fn doubts(list: &CaseListSummary, counts: &Counts) -> Option<Content> {
    let all = counts.doubtful_records + counts.doubtful_workers;
    (all > 0 && list.taken_in_at.is_none() && list.replaced_by.is_none()).then(|| {
        let counted = words::sentence_case(&words::count(all.into(), &WORKER_RECORD));
        Content::link(format!("{counted} to settle"), links::doubts(list.id))
    })
}

fn number(count: usize) -> Content {
    words::whole(u64::try_from(count).unwrap_or(u64::MAX)).into()
}

/// Who reads the counts.
#[derive(Debug, Clone, Copy)]
struct Shown {
    sees_records: bool,
}

impl Shown {
    fn linked(self, count: u32, link: String) -> Content {
        let shown = words::whole(count.into());
        if count == 0 || !self.sees_records { shown.into() } else { Content::link(shown, link) }
    }
}

fn changes(list: &CaseListSummary, preview: &Preview, shown: Shown) -> Table {
    let columns = vec![Column::words("Since the list before"), Column::numbers("Records")];
    let counts = &preview.counts;
    let row = |words: &str, what: &str, count| {
        vec![Content::text(words), shown.linked(count, links::list_changes(list.id, what))]
    };
    Table::new("changes", "What taking this list in changes", columns).rows(vec![
        row("New", "new", counts.new),
        row("Changed", "changed", counts.changed),
        row("Gone", "gone", counts.gone),
    ])
}

fn sources(sources: &[SourceLine]) -> Table {
    let columns = vec![
        Column::words("Source"),
        Column::words("Kind"),
        Column::words("As at"),
        Column::words("Files"),
    ];
    let row = |source: &SourceLine| {
        let files: Vec<String> = source.files.iter().map(|file| file.name.clone()).collect();
        let files = match (source.is_new, files.as_slice()) {
            (false, _) => "Taken in before".to_owned(),
            (true, [one]) => one.clone(),
            (true, many) => format!("{} files", many.len()),
        };
        vec![
            Content::text(source.name.clone()),
            Content::text(source.kind.words()),
            day_in_words(source.as_at).into(),
            Content::text(files),
        ]
    };
    Table::new("sources", "What this list is put together from", columns)
        .rows(sources.iter().map(row).collect())
}

fn named(sources: &[SourceLine], position: usize) -> Content {
    Content::text(sources.get(position).map_or_else(String::new, |source| source.name.clone()))
}

fn references(rates: &Rates, sources: &[SourceLine]) -> Table {
    let columns = vec![
        Column::words("Source"),
        Column::numbers("Records"),
        Column::numbers("Same reference"),
        Column::numbers("Written differently, same date of birth"),
        Column::numbers("Said to be the same"),
        Column::numbers("Doubtful"),
        Column::numbers("On no other source"),
    ];
    let rows = rates.references.iter().filter(|row| row.all > 0).map(|row| {
        let counts = [row.all, row.exact, row.written, row.confirmed, row.doubtful, row.alone];
        std::iter::once(named(sources, row.source)).chain(counts.map(number)).collect()
    });
    Table::new("references", "How records were matched", columns).rows(rows.collect())
}

fn workers(rates: &Rates, sources: &[SourceLine]) -> Table {
    let columns = vec![
        Column::words("Source"),
        Column::numbers("Workers"),
        Column::numbers("By number"),
        Column::numbers("By name in a team"),
        Column::numbers("Said to be the same"),
        Column::numbers("Doubtful"),
        Column::numbers("On no other source"),
    ];
    let rows = rates.workers.iter().filter(|row| row.all > 0).map(|row| {
        let counts = [row.all, row.number, row.name, row.confirmed, row.doubtful, row.alone];
        std::iter::once(named(sources, row.source)).chain(counts.map(number)).collect()
    });
    Table::new("workers", "How workers were matched", columns).rows(rows.collect())
}

fn conflicts(list: &CaseListSummary, counts: &Counts, shown: Shown) -> Table {
    let columns = vec![Column::words("Matter"), Column::numbers("Records")];
    let rows = counts.conflicts.iter().map(|(matter, count)| {
        let link = links::conflicts(list.id, matter.code());
        vec![Content::text(matter.words()), shown.linked(*count, link)]
    });
    Table::new("conflicts", "Where lists differ", columns)
        .rows(rows.collect())
        .empty("No two lists differ.")
}

fn apart(list: &CaseListSummary, counts: &Counts, shown: Shown) -> Table {
    let columns = vec![Column::words("Why they are not open"), Column::numbers("Records")];
    let rows = counts.apart.iter().map(|(standing, count): &(Standing, u32)| {
        let link = links::not_open(list.id, standing.code());
        vec![Content::text(standing.words()), shown.linked(*count, link)]
    });
    let caption = format!("{} on a list that are not open", words::sentence_case(&RECORD.many));
    Table::new("apart", caption, columns)
        .rows(rows.collect())
        .empty("Every record on a list is open.")
}

/// True where a person has said otherwise than the lists.
fn differs(worker: &WorkerLine) -> bool {
    use quarterlight_domain::allocation::Experience;
    worker.experience != Experience::Unknown
        && worker.by_hand.is_some_and(|by_hand| by_hand != worker.experience)
}

fn by_hand_table(workers: &[&WorkerLine]) -> Table {
    let columns = vec![
        Column::words("Worker"),
        Column::words("The lists say"),
        Column::words("A person said, and it stays"),
    ];
    let row = |worker: &&WorkerLine| {
        vec![
            Content::text(worker.name.clone().unwrap_or_default()),
            Content::text(worker.experience.words()),
            Content::text(worker.by_hand.unwrap_or_default().words()),
        ]
    };
    Table::new("by-hand", "Workers of whom a person said something else", columns)
        .rows(workers.iter().map(row).collect())
}

/// A list put together from two sources, for the samples of a page.
pub fn sample() -> Seen {
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::id::SourceId;
    use quarterlight_domain::reconcile::Matter;
    use quarterlight_domain::source::SourceKind;
    use quarterlight_store::{StandsOn, TakenIn};

    use crate::govuk::HOSTILE;

    let source = |id, kind: SourceKind, name: &str| SourceLine {
        on: StandsOn::Source(SourceId(id)),
        kind,
        name: name.to_owned(),
        as_at: jiff::civil::date(2026, 10, 1),
        is_new: id > 1,
        account: String::new(),
        files: Vec::new(),
    };
    Seen {
        sources: vec![
            source(1, SourceKind::AnnexA, "Annex A"),
            source(2, SourceKind::LocalList, HOSTILE),
        ],
        counts: Counts {
            conflicts: vec![(Matter::BirthDate, 3), (Matter::Worker, 0)],
            apart: vec![(Standing::Unknown, 12)],
            doubtful_records: 1,
            doubtful_workers: 2,
        },
        workers: vec![WorkerLine {
            name: Some(HOSTILE.to_owned()),
            registration: None,
            team: None,
            experience: Experience::NewlyQualified,
            by_hand: Some(Experience::Experienced),
        }],
        preview: Preview {
            before: None,
            counts: TakenIn { records: 1204, new: 12, changed: 1, gone: 0 },
        },
        sees_records: true,
    }
}
