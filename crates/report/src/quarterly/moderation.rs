//! Moderation: how many audits were read a second time, and how far the two readings agree.

use quarterlight_domain::figures::{ModerationFigures, QuarterFigures};
use quarterlight_domain::statistics::agreement::{Agreement, ENOUGH};

use super::here;
use crate::builder::DocumentBuilder;
use crate::words::{self, AUDIT, JUDGEMENT, agree, part_of};

/// Says how far the grades and judgements of this report can be believed.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Moderation");
    let it = &figures.further.moderation;
    if it.read.of == 0 {
        document.paragraph(format!(
            "No audit was submitted{}, so none could be read a second time.",
            here(figures)
        ));
        return;
    }
    let (read, of) = (it.read.count.into(), it.read.of.into());
    let mut said = format!(
        "{} {} been read a second time.",
        words::sentence_case(&part_of(read, of, &AUDIT)),
        agree(read, "has", "have")
    );
    if it.read.count > 0 {
        said.extend([" ".to_owned(), changed(it)]);
    }
    document.paragraph(said);
    document.paragraph(agreement(it));
}

fn changed(it: &ModerationFigures) -> String {
    format!(
        "Of them {} returned to {} for more work. After the second reading {} and {} stand \
         otherwise than the auditor gave them; this report counts what stands.",
        so_many(it.returned),
        agree(it.returned.into(), "its auditor", "their auditors"),
        number(it.grades_changed, "grade", "grades"),
        number(it.judgements_changed, "judgement", "judgements")
    )
}

fn so_many(number: u32) -> String {
    match number {
        0 => "none was".to_owned(),
        many => format!("{} {}", words::whole(many.into()), agree(many.into(), "was", "were")),
    }
}

fn number(count: u32, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        count => format!("{} {many}", words::whole(count.into())),
    }
}

fn agreement(it: &ModerationFigures) -> String {
    let agreement = Agreement::of(&it.pairs);
    let same = agreement.same;
    if same.of < ENOUGH {
        return format!(
            "Too few judgements were made twice ({}) to say how far two readers agree; it takes \
             {ENOUGH}.",
            same.of
        );
    }
    let between = agreement.interval.map_or_else(String::new, |interval| {
        format!(
            "; with 95% confidence, two readers agree in {:.0}% to {:.0}%",
            interval.low * 100.0,
            interval.high * 100.0
        )
    });
    let ac1 = agreement.ac1.map_or_else(String::new, |ac1| {
        format!(" Gwet’s AC1, which takes chance into account, is {:.2}.", ac1.value)
    });
    format!(
        "Auditor and second reader gave the same judgement in {}{between}.{ac1}",
        part_of(same.count.into(), same.of.into(), &JUDGEMENT)
    )
}
