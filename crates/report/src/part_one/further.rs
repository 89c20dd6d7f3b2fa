//! Filing and second readings, in public: what was counted of the authority, and of nobody in it.

use quarterlight_disclosure::Published;
use quarterlight_domain::statistics::agreement::ENOUGH;
use quarterlight_domain::statistics::interval::wilson;

use super::counts::{count, part};
use super::lay::{HEADINGS, Layout};
use crate::builder::DocumentBuilder;
use crate::words::{self, AUDIT, JUDGEMENT, Noun, RECORD, sentence_case};

const ITEM: Noun = Noun::new("item", "items");
const CHECKED: Noun = Noun::new("checked record", "checked records");
const MISMATCH: Noun = Noun::new("mismatch", "mismatches");

/// Where paper is, by service.
const ANNEX: &str = "Annex B";

/// Section 7: what the quarter’s filing checks found.
pub fn filing(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("Records and filing");
    let all = layout.paper.rows.last();
    if layout.filing.is_none() && all.is_none() {
        document.paragraph(
            "No record’s filing was checked in this quarter, so nothing can be said of it.",
        );
        return;
    }
    if let Some(it) = &layout.filing {
        let of = |cell, whole, noun| part(published, cell, whole, noun);
        document.paragraph(format!(
            "Checks of {} looked at {}. Missing: {}. In the wrong place: {}. On another child’s \
             record: {}. Entered late, where it is known when: {}.",
            count(published, it.records, &RECORD),
            count(published, it.items, &ITEM),
            of(it.missing, it.items, &ITEM),
            of(it.misfiled, it.items, &ITEM),
            of(it.another_record, it.items, &ITEM),
            of(it.late, it.timed, &ITEM),
        ));
        let [found, cleared] = it.mismatches;
        document.paragraph(format!(
            "Of what these checks found to be wrong, put right since: {}.",
            part(published, cleared, found, &MISMATCH)
        ));
    }
    if let Some((checked, without)) = all.and_then(|line| line.count(0).zip(line.count(1))) {
        document.paragraph(format!(
            "On one system, with no paper beside it: {}. {ANNEX} gives each service.",
            part(published, without, checked, &CHECKED)
        ));
    }
}

/// The annex: how far each service has come to one system.
pub fn paper(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.annex("Annex: records and filing, by service");
    if layout.paper.rows.is_empty() {
        document.paragraph("No record was checked, so there is nothing to list.");
        return;
    }
    document.paragraph(format!(
        "{} gives how far each service has come to one system. A record is on one system where \
         there is no paper beside it.",
        document.next_table()
    ));
    document.table(
        "Paper beside the electronic record, by service",
        layout.paper.grid("Service", &HEADINGS, published),
    );
}

/// Section 11: second readings. Where it is hidden how many audits were read twice, nothing is said
/// of how far two people agree: it would be about a few audits.
pub fn moderation(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("Moderation");
    let Some(it) = &layout.moderation else {
        document.paragraph("No audit was submitted, so none could be read a second time.");
        return;
    };
    document.paragraph(format!(
        "Some audits are read a second time, by somebody who had no part in the record or the \
         audit. The figures of this report count what stands after that. Read a second time: {}.",
        part(published, it.read, it.of, &AUDIT)
    ));
    let few = published.shown(it.read).count().is_none_or(|read| read == 0);
    let shown = published.shown(it.same).count().zip(published.shown(it.twice).count());
    let Some((same, twice)) = shown.filter(|_| !few) else {
        document.paragraph("How far two readers agree is not shown here.");
        return;
    };
    if twice < u64::from(ENOUGH) {
        document.paragraph(format!(
            "Too few judgements were made twice to say how far two readers agree; it takes {ENOUGH}."
        ));
        return;
    }
    let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let between = wilson(narrow(same), narrow(twice)).map_or_else(String::new, |interval| {
        format!(
            "; with 95% confidence, two readers agree in {:.0}% to {:.0}%",
            interval.low * 100.0,
            interval.high * 100.0
        )
    });
    document.paragraph(format!(
        "Auditor and second reader gave the same judgement in {}{between}. {}",
        words::part_of(same, twice, &JUDGEMENT),
        sentence_case("it is not counted by auditor, and no auditor can be told from it.")
    ));
}
