//! The programme of a year for the public: the same sections, with small counts hidden and attacked.
//!
//! It says in words which cohorts are in which quarter, and in numbers only what was drawn and
//! audited. A planned number follows from how many records are open, and so would tell of them;
//! the plan's own rule is said instead.

use quarterlight_disclosure::attack::{MicroLp, Solver};
use quarterlight_disclosure::{Past, Published, Rule, judge};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::programme::{QuarterFacts, QuarterPlan, YearFacts};
use quarterlight_domain::release::about::About;

use super::counts::{count, part};
use super::hiding::{Hidden, hide};
use super::lay::programme::{DrawnQuarter, lay_programme};
use super::{MARKING, NotPublic, Public, certificate, definitions, read};
use crate::builder::DocumentBuilder;
use crate::document::Cover;
use crate::programme::{TERMS, by_cohort, gaps, plan_in_words, used};
use crate::table::{Column, Grid};
use crate::words::{Noun, RECORD, list};

const DRAWN_RECORD: Noun = Noun::new("drawn record", "drawn records");

/// The programme of a year as it may be made public, beside what is public already.
///
/// # Errors
/// `NotPublic` where what is hidden could be worked out, or nobody could try.
pub fn programme(
    facts: &YearFacts,
    rule: Rule,
    solver: &dyn Solver,
    earlier: &[(About, Past)],
) -> Result<Public, NotPublic> {
    let about = About::Year(facts.year);
    let hidden = hide(about, rule, solver, earlier, |grand| lay_programme(facts, grand))?;
    let Hidden { layout: drawn, release, pattern, together } = hidden;
    let past = Past::of(&release, &pattern, &rule);
    let published = judge(release, pattern, rule, solver)?;
    let published = published.into_published().map_err(NotPublic::Refused)?;
    let mut document = DocumentBuilder::new(Cover {
        authority: facts.authority.clone(),
        title: "Programme of audits of children’s records".to_owned(),
        subtitle: facts.year.to_string(),
        as_at: format!("Counted on {}", day_in_words(facts.counted_on)),
        marking: MARKING.to_owned(),
    });
    purpose(&mut document, facts);
    when(&mut document, facts);
    planned_and_done(&mut document, facts, &drawn, &published);
    by_whose_framework(&mut document, facts);
    nobody(&mut document, facts);
    document.section("Definitions");
    for (term, text) in TERMS.iter().chain(definitions::PUBLIC) {
        document.definition(*term, *text);
    }
    certificate::say(&mut document, published.certificate(), about, together);
    Ok(Public { document: document.finish()?, past })
}

/// The same with counts hidden up to this, beside what every public report printed and hid.
///
/// # Errors
/// As [`programme`], where counts would be shown that no council may show, and where what was kept
/// cannot be read.
pub fn hiding_beside(
    facts: &YearFacts,
    small: u32,
    earlier: &[(About, String)],
) -> Result<Public, NotPublic> {
    let rule = Rule::hiding_up_to(small).map_err(NotPublic::Refused)?;
    programme(facts, rule, &MicroLp, &read(earlier)?)
}

fn purpose(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("What this programme is");
    document.paragraph(format!(
        "This tells the public what the authority means to audit in {}, quarter by quarter, what \
         it has audited so far, and where there are records that nobody audits.",
        facts.year
    ));
    document.paragraph(match &facts.programme {
        Some(programme) => format!(
            "It is version {}, made on {}.",
            programme.version,
            day_in_words(programme.made_on)
        ),
        None => "Nobody has planned this year. Each quarter is shown as it is planned where \
                 nothing else was said."
            .to_owned(),
    });
    document.caveat(
        "A small number can show who a child is, even where no name is given. Such numbers are \
         hidden here, with others from which they could be worked out. [c] stands for each of \
         them, and does not say that the number is small. Members see the whole figures in the \
         private papers (Part II), with the numbers that are planned, why the programme was made, \
         and what each quarter looks at most closely.",
    );
}

/// What is planned for a cohort. It says nothing of how many came.
fn planned(quarter: &QuarterFacts, cohort: Cohort) -> &'static str {
    if quarter.plan.cohorts.contains(&cohort) { "In" } else { "Not in" }
}

fn state(quarter: &QuarterFacts) -> &'static str {
    match (quarter.is_drawn, quarter.is_past) {
        (true, _) => "Sample drawn",
        (false, true) => "Not drawn",
        (false, false) => "Planned",
    }
}

fn when(document: &mut DocumentBuilder, facts: &YearFacts) {
    let note = "In: records of the cohort can be drawn. Not in: the plan leaves the cohort out. Not \
                drawn: the quarter is over and no sample was drawn.";
    let words = ("Cohorts by quarter", note);
    by_cohort(
        document,
        facts,
        words,
        |it, cohort| planned(it, cohort).to_owned(),
        |it| state(it).to_owned(),
    );
}

fn planned_and_done(
    document: &mut DocumentBuilder,
    facts: &YearFacts,
    drawn: &[DrawnQuarter],
    published: &Published,
) {
    document.section("What was planned against what was done");
    for quarter in &facts.quarters {
        let words = quarter.quarter.words();
        document.subsection(words.clone());
        let plan = QuarterPlan { themes: String::new(), ..quarter.plan.clone() };
        document.paragraph(format!("Planned: {}", plan_in_words(&plan)));
        let Some(it) = drawn.iter().find(|it| it.quarter == quarter.quarter) else {
            document.paragraph(if quarter.is_past {
                "Done: nothing. No sample was drawn in this quarter."
            } else {
                "Done: nothing yet. No sample has been drawn."
            });
            continue;
        };
        document.paragraph(format!(
            "Done: {} drawn. Audits submitted: {}. {} gives the records that were drawn, by cohort.",
            count(published, it.drawn, &RECORD),
            part(published, it.submitted, it.drawn, &DRAWN_RECORD),
            document.next_table()
        ));
        document.table(
            format!("Records drawn, {words}"),
            it.cohorts.grid("Cohort", &["Drawn"], published),
        );
    }
}

fn by_whose_framework(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("By whose framework");
    let common = facts.framework.as_deref().unwrap_or("No framework is in force");
    document.paragraph(format!(
        "The framework for services that have none of their own is: {common}. {} says what each \
         service is to be audited by, and what was audited by which.",
        document.next_table()
    ));
    let columns = ["Service", "Framework planned", "Framework used"].map(Column::text);
    let grid = facts.services.iter().fold(Grid::new(columns), |grid, (id, name)| {
        let planned = facts.programme.as_ref().and_then(|programme| programme.frameworks.get(id));
        let used: Vec<String> = used(facts, name).into_iter().map(|(used, _, _)| used).collect();
        let used: Vec<&str> = used.iter().map(String::as_str).collect();
        let used = if used.is_empty() { "No record was drawn".to_owned() } else { list(&used) };
        grid.row([name.as_str().into(), planned.map_or(common, String::as_str).into(), used.into()])
    });
    document.table("Services and their frameworks", grid);
}

/// In which services, and not of which children: who knows that a service has one such record knows
/// too much of it.
fn nobody(document: &mut DocumentBuilder, facts: &YearFacts) {
    document.section("What nobody audits");
    if facts.coverage.is_empty() {
        document.paragraph("No record is open on the case list, or there is none yet.");
        return;
    }
    let mut services: Vec<&str> = gaps(facts).iter().map(|it| it.service_name.as_str()).collect();
    services.dedup();
    if services.is_empty() {
        document.paragraph(
            "In every service, of every cohort with an open record at least one record was \
             audited in the last four quarters or is given to an auditor now.",
        );
        return;
    }
    document.paragraph(
        "In these services there are records of a kind of which none was audited in the last four \
         quarters and none is given to an auditor, or of which it is not known whose they are. \
         Which kinds, and how many records, is in Part II.",
    );
    services.sort_unstable();
    services.dedup();
    document.list(services);
}
