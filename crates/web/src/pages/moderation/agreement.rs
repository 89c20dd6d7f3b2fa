//! How far auditors and moderators agree: by section and standard, and over time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::grades::Grades;
use super::table::{cells, columns, sentence};
use crate::app::App;
use crate::govuk::{CaptionSize, Column, Content, NotificationBanner, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{SeeAgreement, Through};
use crate::{links, page};
use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::permission::{Deed, ModerationDeed, permits};
use quarterlight_domain::statistics::agreement::{Agreement, ENOUGH, LOW, Pair};
use quarterlight_store::{AgreementFilter, PairLine};

/// How far the two readings agree.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/agreement.html")]
pub struct AgreementPage {
    frame: Frame,
    sentence: String,
    /// Whether only what was read blind is counted.
    blind: bool,
    all: String,
    only_blind: String,
    /// By auditor, for the quality lead alone.
    by_auditor: Option<String>,
    low: String,
    grades: Grades,
    tables: Vec<Table>,
}

/// Shows how far auditors and moderators agree.
///
/// # Errors
/// There is no such page for those who are not told.
pub async fn get(
    app: App,
    visitor: Through<SeeAgreement>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let blind = query.as_deref() == Some("only=blind");
    let filter = AgreementFilter { from: None, blind };
    let lines = app.store.figures.agreement(filter).await?;
    let grades = Grades::of(&app.store.figures.grade_agreement(filter).await?);
    let mut editions = Vec::new();
    for edition in lines.iter().map(|line| line.edition).collect::<BTreeSet<_>>().into_iter().rev()
    {
        editions.extend(app.store.frameworks.edition(edition).await?);
    }
    let mut frame = visitor.frame(&app, "Agreement", "Agreement");
    if query.as_deref() == Some("suggested") {
        let words = "It waits for the framework’s next draft, and shows there.";
        frame.banner = Some(NotificationBanner::success(words));
    }
    let may = |deed| permits(&visitor.person, Deed::Moderation(deed), visitor.today);
    let rights =
        (may(ModerationDeed::SeeAgreementByAuditor), may(ModerationDeed::SuggestRewording));
    let page = AgreementPage::new(frame, (&lines, blind), &editions, rights);
    page::show(&AgreementPage { grades, ..page })
}

impl AgreementPage {
    fn new(
        frame: Frame,
        (lines, blind): (&[PairLine], bool),
        editions: &[Arc<AgreedEdition>],
        (by_auditor, suggests): (bool, bool),
    ) -> Self {
        let of = |lines: &[&PairLine]| {
            Agreement::of(&lines.iter().map(|line| line.pair).collect::<Vec<Pair>>())
        };
        let all: Vec<&PairLine> = lines.iter().collect();
        let mut tables = Vec::new();
        if !lines.is_empty() {
            tables.push(by_quarter(&all));
        }
        for edition in editions {
            tables.extend(by_section(edition, &all, suggests));
        }
        Self {
            frame,
            sentence: sentence(&of(&all)),
            blind,
            all: links::readings_agree(),
            only_blind: format!("{}?only=blind", links::readings_agree()),
            by_auditor: by_auditor.then(links::readings_agree_by_auditor),
            low: format!(
                "A standard that was read twice {ENOUGH} times or more, and judged the same less than {LOW} times in 100, is marked: auditors may be reading it differently."
            ),
            grades: Grades::of(&[]),
            tables,
        }
    }

    /// Nothing read twice, and a standard that people read differently.
    pub fn samples() -> Vec<Self> {
        let (lines, edition) = super::sample::pairs();
        let frame = || Frame::new("Agreement");
        let all = Self::new(frame(), (&lines, false), &edition, (true, true));
        let grades = Grades::of(&super::sample::grade_pairs());
        vec![Self::new(frame(), (&[], true), &[], (false, false)), Self { grades, ..all }]
    }
}

fn agreement<'a>(lines: impl Iterator<Item = &'a PairLine>) -> Agreement {
    Agreement::of(&lines.map(|line| line.pair).collect::<Vec<Pair>>())
}

fn with_columns(first: &str) -> Vec<Column> {
    std::iter::once(Column::words(first)).chain(columns()).collect()
}

fn by_quarter(lines: &[&PairLine]) -> Table {
    let mut quarters: BTreeMap<_, Vec<&PairLine>> = BTreeMap::new();
    for line in lines {
        quarters.entry(line.quarter).or_default().push(line);
    }
    let row = |(quarter, lines): (&quarterlight_domain::calendar::Quarter, &Vec<&PairLine>)| {
        let it = agreement(lines.iter().copied());
        std::iter::once(Content::text(quarter.words())).chain(cells(&it)).collect()
    };
    let rows = quarters.iter().rev().map(row).collect();
    Table::new("quarters", "Over time", with_columns("Quarter")).rows(rows)
}

/// A table for each section of an edition in which a standard was read twice: its standards, and all of them together.
fn by_section(edition: &AgreedEdition, lines: &[&PairLine], suggests: bool) -> Vec<Table> {
    let mut tables = Vec::new();
    for section in edition.contents().sections() {
        let mut rows = Vec::new();
        let mut of_section = Vec::new();
        for standard in &section.standards {
            let is_of =
                |line: &&&PairLine| line.edition == edition.id && line.standard == standard.code;
            let of_it: Vec<&PairLine> = lines.iter().filter(is_of).copied().collect();
            if of_it.is_empty() {
                continue;
            }
            let it = agreement(of_it.iter().copied());
            let name = Content::text(format!("{}. {}", standard.code, standard.wording));
            let mut row = vec![name];
            row.extend(cells(&it));
            if suggests {
                row.push(Content::link(
                    format!("Re-word {}", standard.code),
                    links::reword(edition.id, &standard.code),
                ));
            }
            row.push(if it.is_low() {
                Content::tag("Read differently", TagColour::Orange)
            } else {
                Content::text("")
            });
            rows.push(row);
            of_section.extend(of_it);
        }
        if rows.is_empty() {
            continue;
        }
        let mut whole = vec![Content::text(format!("All of section {}", section.letter))];
        whole.extend(cells(&agreement(of_section.into_iter())));
        whole.extend((0..=usize::from(suggests)).map(|_| Content::text("")));
        rows.push(whole);
        let mut columns = with_columns("Standard");
        if suggests {
            columns.push(Column::words("Wording"));
        }
        columns.push(Column::words("Note"));
        let id = format!("edition-{}-{}", edition.id, section.letter.to_lowercase());
        let caption = format!("{}, {}. {}", edition.title(), section.letter, section.title);
        tables.push(Table::new(id, caption, columns).rows(rows).caption_size(CaptionSize::Small));
    }
    tables
}
