//! The programme of a year for the public: what is small or would tell too much is not in it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use quarterlight_disclosure::attack::MicroLp;
use quarterlight_disclosure::{Past, Rule};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::{Cell as CoverageCell, CoverageState};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::programme::{
    Done, Programme, QuarterFacts, QuarterPlan, YearFacts, quarters_of,
};
use quarterlight_domain::release::about::About;
use quarterlight_report::document::{Block, Document};
use quarterlight_report::part_one::programme::{hiding_beside, programme};
use quarterlight_report::part_one::{MARKING, Public, beside};
use quarterlight_report::programme::programme as private;
use quarterlight_report::table::Cell;
use quarterlight_report::{plain, quarterly};

use super::quarters::crowded;

/// Drawn in each cohort, in three quarters: large ones, and one that is small.
const DRAWN: [[u32; 3]; 3] = [[14, 9, 21], [3, 8, 12], [17, 11, 16]];

fn done(quarter: Quarter, at: usize) -> Vec<Done> {
    let cohorts = Cohort::ALL.into_iter().zip(DRAWN.get(at).copied().unwrap_or_default());
    cohorts
        .map(|(cohort, drawn)| Done {
            quarter,
            service: "Children in Care".to_owned(),
            cohort,
            framework: "Children’s records".to_owned(),
            drawn,
            submitted: drawn.saturating_sub(1),
        })
        .collect()
}

fn year() -> YearFacts {
    let quarters = quarters_of(2026).unwrap().into_iter().enumerate().map(|(at, quarter)| {
        let cohorts: BTreeSet<Cohort> = Cohort::ALL.into_iter().skip(at % 2).collect();
        let themes = "Health assessments after 3 deaths".to_owned();
        QuarterFacts {
            quarter,
            plan: QuarterPlan { cohorts, themes, ..QuarterPlan::default() },
            is_drawn: at < 3,
            is_past: at < 3,
            expected: BTreeMap::from([(Cohort::ALL[1], 4)]),
            done: done(quarter, at),
        }
    });
    YearFacts {
        authority: "Fernleigh Borough Council".to_owned(),
        year: 2026,
        programme: Some(Programme {
            year: 2026,
            version: 2,
            made_on: date(2026, 1, 12),
            why: "Two siblings were lost sight of.".to_owned(),
            quarters: BTreeMap::new(),
            frameworks: BTreeMap::from([(PlaceId(2), "Fostering".to_owned())]),
        }),
        quarters: quarters.collect(),
        services: vec![
            (PlaceId(1), "Children in Care".to_owned()),
            (PlaceId(2), "Fostering".to_owned()),
        ],
        framework: Some("Children’s records".to_owned()),
        coverage: crowded().coverage,
        case_list: Some(date(2026, 10, 1)),
        counted_on: date(2026, 10, 12),
    }
}

fn public(facts: &YearFacts, earlier: &[(About, Past)]) -> Public {
    programme(facts, Rule::default(), &MicroLp, earlier).unwrap()
}

/// The counts in the cells of its tables.
fn counts(document: &Document) -> Vec<u64> {
    let of = |block: &Block| match block {
        Block::Table(table) => table.grid.rows.clone(),
        _ => Vec::new(),
    };
    let cells = document.blocks.iter().flat_map(of).flat_map(|row| row.cells);
    let count = |cell: Cell| match cell {
        Cell::Count(count) => Some(count),
        _ => None,
    };
    cells.filter_map(count).collect()
}

#[test]
fn the_programme_for_the_public() {
    insta::with_settings!({ snapshot_path => "../golden", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("part-one-programme", plain::text(&public(&year(), &[]).document));
    });
}

#[test]
fn no_small_count_of_a_programme_is_public_and_none_follows() {
    let document = public(&year(), &[]).document;
    let small: Vec<u64> = counts(&document).into_iter().filter(|it| (1..=5).contains(it)).collect();
    assert_eq!(small, Vec::<u64>::new());
    assert_eq!(document.cover.marking, MARKING);
    let text = plain::text(&document);
    // The 3 of the second quarter would follow from its total, so one more is hidden there.
    let second = text.split("Records drawn, April to June 2026").nth(1).unwrap();
    let second = second.split("July to September").next().unwrap();
    assert!(second.matches("[c]").count() >= 2, "{second}");
    assert!(!text.contains("Health assessments") && !text.contains("siblings"), "{text}");
    // Control: members read all of it.
    let members = plain::text(&private(&year()).unwrap());
    for said in ["Health assessments", "siblings", "of 3 "] {
        assert!(members.contains(said), "{said}: {members}");
    }
}

#[test]
fn where_nobody_audits_names_services_and_no_kind_of_child() {
    let gaps = |document: &Document| {
        let text = plain::text(document);
        let from = text.find("What nobody audits").unwrap();
        text[from..text.find("Definitions").unwrap()].to_owned()
    };
    let said = gaps(&public(&year(), &[]).document);
    assert!(said.contains("Safeguarding and Family Support"), "{said}");
    assert!(!said.chars().any(|it| it.is_ascii_digit() && !"156".contains(it)), "{said}");
    // Control: the private part names each kind.
    let whole = gaps(&private(&year()).unwrap()).to_lowercase();
    let facts = year();
    let is_gap = |it: &&CoverageCell| {
        matches!(it.state(), CoverageState::NotAudited | CoverageState::Unknown)
    };
    let kinds: BTreeSet<String> =
        facts.coverage.iter().filter(is_gap).map(|it| it.kind.words().to_lowercase()).collect();
    assert!(kinds.len() > 2, "{kinds:?}");
    for kind in kinds {
        assert!(whole.contains(&kind), "{kind}: {whole}");
        assert!(!said.to_lowercase().contains(&kind), "{kind}: {said}");
    }
}

/// What a ledger says of the draw of a quarter, as its own report printed it.
fn printed(quarter: Quarter, drawn: u64) -> (About, Past) {
    let text = format!(
        "cell\tshown\t{drawn}\t“Records open, drawn and audited”, row 3, column 2\n\
         cell\tshown\t{drawn}\t“Over time”, records drawn in {quarter}\n\
         sum\t0\t1"
    );
    (quarter.into(), Past::read(&text).unwrap())
}

#[test]
fn what_the_report_of_a_quarter_said_of_its_draw_is_attacked_together_with_the_programme() {
    let first = Quarter::new(2026, 1).unwrap();
    let of_first = |document: &Document| {
        let text = plain::text(document);
        let from = text.find("Records drawn, January to March 2026").unwrap();
        text[from..].split("April to June").next().unwrap().to_owned()
    };
    // Control: alone it prints that 44 were drawn.
    let alone = of_first(&public(&year(), &[]).document);
    assert!(alone.contains("44"), "{alone}");
    // The report of the quarter said 42: who has both would know of two records that came later.
    let beside = public(&year(), &[printed(first, 42)]).document;
    assert!(!of_first(&beside).contains("44"), "{}", of_first(&beside));
    assert!(plain::text(&beside).contains("Public reports of quarters speak of the same records"));
    // The same number says nothing new.
    let same = public(&year(), &[printed(first, 44)]).document;
    assert!(of_first(&same).contains("44"), "{}", of_first(&same));
}

#[test]
fn the_report_of_a_quarter_takes_up_the_programme_that_is_public() {
    let figures = crowded();
    let rule = Rule::default();
    let alone = beside(&figures, rule, &MicroLp, &[]).unwrap();
    let own = alone.past.printed(&format!("“Over time”, records drawn in {}", figures.quarter));
    let drawn: u64 = figures.samples.iter().map(|it| u64::from(it.drawn)).sum();
    assert_eq!(own, Some(drawn), "both call it by the same name");
    let past = public(&year(), &[]).past;
    let together = beside(&figures, rule, &MicroLp, &[(About::Year(2026), past)]).unwrap();
    let said =
        "Public reports of other quarters, or of the year, speak of some of the same records";
    assert!(plain::text(&together.document).contains(said));
    assert!(!plain::text(&alone.document).contains(said));
}

#[test]
fn a_later_programme_of_the_year_stands_beside_the_earlier_one() {
    let first = public(&year(), &[]);
    let mut now = year();
    now.quarters[2].done[0].drawn += 2;
    let of_third = |document: &Document| {
        let text = plain::text(document);
        let from = text.find("Records drawn, July to September 2026").unwrap();
        text[from..].split("October to December").next().unwrap().to_owned()
    };
    // Control: by itself it would print 19 where 17 went out.
    assert!(of_third(&public(&now, &[]).document).contains("19"));
    let earlier = [(About::Year(2026), first.past.text())];
    let document = hiding_beside(&now, 5, &earlier).unwrap().document;
    assert!(!of_third(&document).contains("19"), "{}", of_third(&document));
    let text = plain::text(&document);
    assert!(text.contains("An earlier programme of this year is public already."), "{text}");
}

#[test]
fn a_year_of_which_nothing_is_drawn_says_so() {
    let mut facts = year();
    for quarter in &mut facts.quarters {
        (quarter.is_drawn, quarter.is_past) = (false, false);
        quarter.done.clear();
    }
    let text = plain::text(&public(&facts, &[]).document);
    for said in ["Done: nothing yet.", "there was nothing to hide", "Planned"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn the_parts_of_a_programme_have_the_same_sections() {
    let sections = |document: &Document| -> Vec<String> {
        let of = |block: &Block| match block {
            Block::Heading { level: 1, number: Some(number), text }
                if number.parse::<u8>().is_ok() =>
            {
                Some(format!("{number} {text}"))
            }
            _ => None,
        };
        document.blocks.iter().filter_map(of).collect()
    };
    let facts = year();
    let [one, two] = [public(&facts, &[]).document, private(&facts).unwrap()];
    assert_eq!(sections(&one), sections(&two));
    assert_eq!(two.cover.marking, quarterly::MARKING);
}
