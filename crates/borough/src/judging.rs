//! What an auditor of the borough thinks of a record: standard by standard, and on the whole.

use quarterlight_domain::audit::Audit;
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::grade::{Grade, GradeLimit, Opinion};
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::judgement::Judgement::{
    self, CannotTell, Met, NotApplicable, NotMet, PartlyMet,
};
use quarterlight_domain::need::Known;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::Standard;
use quarterlight_domain::text::Reason;

use crate::luck::Luck;
use crate::rounds::Round;
use crate::words;

/// How good the work on a record is, as a whole.
#[derive(Debug, Clone, Copy)]
pub enum Work {
    /// Good nearly everywhere.
    Strong,
    /// Good on the whole, with gaps.
    Ordinary,
    /// Adrift.
    Weak,
}

impl Work {
    /// The work on one record.
    pub fn of(luck: &mut Luck) -> Self {
        match luck.below(100) {
            0..38 => Self::Strong,
            38..82 => Self::Ordinary,
            _ => Self::Weak,
        }
    }

    /// How many in a hundred are met, and how many more are partly met or not met.
    fn odds(self) -> (u32, u32, u32) {
        match self {
            Self::Strong => (91, 7, 1),
            Self::Ordinary => (75, 18, 4),
            Self::Weak => (52, 26, 15),
        }
    }
}

/// Judges one standard on this record. Over the five quarters the files become more orderly, and
/// supervision less so: there is something for the committee to see.
pub fn judge(
    standard: &Standard,
    audit: &Audit,
    (work, round): (Work, &Round),
    luck: &mut Luck,
) -> Judgement {
    let code = standard.code.as_str();
    if code == "J3" && audit.line.unaccompanied != Known::Yes {
        return NotApplicable;
    }
    if code == "K1" && audit.line.worker.is_none() {
        return NotMet;
    }
    if luck.percent(words::of(standard).seldom) {
        return NotApplicable;
    }
    let (met, partly, not_met) = work.odds();
    let met = match code {
        "B3" | "B4" | "B5" => met.saturating_sub(30) + 9 * round.number,
        "K2" => (met + 8).saturating_sub(7 * round.number),
        // The critical ones are the first that a manager looks after.
        _ if standard.critical => (met + 12).min(97),
        _ => met,
    };
    let left = 100_u32.saturating_sub(met);
    let of_left = partly + not_met + 3;
    match luck.below(100) {
        n if n < met => Met,
        n if n < met + left * partly / of_left => PartlyMet,
        n if n < met + left * (partly + not_met) / of_left => NotMet,
        _ => CannotTell,
    }
}

/// The opinion on a record, within the limit that its answers set.
pub fn opinion(contents: &Contents, audit: &Audit, answers: &[Answer]) -> Result<Opinion, Refusal> {
    let limit = GradeLimit::of(contents, answers, audit.is_unsafe);
    let grade = grade(answers);
    let grade = limit.as_ref().map_or(grade, |limit| grade.max(limit.best()));
    let mut luck = Luck::of(&format!("opinion {} {}", audit.quarter, audit.reference()));
    let mut reasons: Vec<String> =
        luck.pick(words::overall(grade)).map(|words| (*words).to_owned()).into_iter().collect();
    reasons.extend(sections(contents, answers));
    let critical = limit.as_ref().and_then(|limit| match limit {
        GradeLimit::Critical(because) => because.first(),
        GradeLimit::Unsafe => None,
    });
    let weighs = |answer: &&Answer| {
        critical.map_or(answer.judgement == NotMet, |code| answer.standard == *code)
    };
    if let Some(answer) = answers.iter().find(weighs) {
        reasons.push(format!("What weighs most is {}: {}", answer.standard, answer.seen));
    }
    Opinion::given(grade, Reason::new(&reasons.join(" "))?, limit.as_ref())
}

/// The grade that these answers come to, before any limit.
pub fn grade(answers: &[Answer]) -> Grade {
    let counted = answers.iter().filter(|answer| answer.judgement.counts()).count().max(1);
    let number = |judgement| answers.iter().filter(|answer| answer.judgement == judgement).count();
    match (number(Met) * 100 / counted, number(NotMet)) {
        (93.., 0) => Grade::Outstanding,
        (74.., 0..=3) => Grade::Good,
        (48.., _) => Grade::RequiresImprovement,
        _ => Grade::Inadequate,
    }
}

/// A sentence on what stands out and one on what falls short, by the titles of the sections.
fn sections(contents: &Contents, answers: &[Answer]) -> Vec<String> {
    let shortfalls = |section: &Section| {
        let ours = section
            .standards
            .iter()
            .filter_map(|standard| answers.iter().find(|answer| answer.standard == standard.code));
        ours.filter(|answer| answer.judgement.needs_words())
            .map(|answer| if answer.judgement == NotMet { 2 } else { 1 })
            .sum::<u32>()
    };
    let mut sections: Vec<_> =
        contents.sections().iter().map(|section| (shortfalls(section), section)).collect();
    sections.sort_by_key(|(count, _)| *count);
    let mut sentences = Vec::new();
    if let Some((0, best)) = sections.first() {
        sentences.push(format!("Nothing falls short in “{}”.", best.title));
    }
    if let Some((2.., worst)) = sections.last() {
        sentences.push(format!("Most is left to do in “{}”.", worst.title));
    }
    sentences
}
