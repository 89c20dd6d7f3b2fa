//! What no list tells, and so what cannot be said or checked.

use crate::case_list::KeyDate;
use crate::history::{Episode, Fact};
use crate::source::Source;

/// Something that no list has a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// What is not told.
    pub fact: Fact,
    /// What is missing, to stand after *No list says*.
    pub missing: &'static str,
    /// What is switched off because of it, as the rest of the sentence.
    pub off: &'static str,
}

/// What goes with each fact that people rely on.
const NEEDED: [(Fact, &str, &str); 16] = [
    (
        Fact::Born,
        "when a child was born",
        "ages are not known, and references that are written differently cannot be matched",
    ),
    (
        Fact::Disability,
        "whether a child is disabled",
        "coverage cannot count disabled children, and shows them as unknown",
    ),
    (
        Fact::Worker,
        "who holds a record",
        "auditors cannot be kept from auditing records that they hold, and allocation is not shown",
    ),
    (Fact::Ethnicity, "whether ethnicity was obtained", "records without it cannot be listed"),
    (
        Fact::Date(KeyDate::LastSeen),
        "when a child was last seen",
        "overdue visits to children in need cannot be checked",
    ),
    (
        Fact::Date(KeyDate::ProtectionVisit),
        "when a child on a protection plan was visited",
        "overdue protection visits cannot be checked",
    ),
    (
        Fact::Date(KeyDate::ProtectionReview),
        "when a protection plan was reviewed",
        "overdue review conferences cannot be checked",
    ),
    (
        Fact::Date(KeyDate::CareVisit),
        "when a child in care was visited",
        "overdue visits to children in care cannot be checked",
    ),
    (
        Fact::Date(KeyDate::CareReview),
        "when a child in care was reviewed",
        "overdue reviews of children in care cannot be checked",
    ),
    (
        Fact::Date(KeyDate::HealthAssessment),
        "when health was assessed",
        "overdue health assessments cannot be checked",
    ),
    (
        Fact::Date(KeyDate::DentalCheck),
        "when teeth were checked",
        "overdue dental checks cannot be checked",
    ),
    (
        Fact::Date(KeyDate::PathwayReview),
        "when a pathway plan was reviewed",
        "overdue pathway reviews cannot be checked",
    ),
    (
        Fact::PermanencePlan,
        "whether there is a plan for permanence",
        "children in care without one cannot be listed",
    ),
    (
        Fact::Episode(Episode::Assessment),
        "when assessments began and ended",
        "late assessments cannot be checked",
    ),
    (
        Fact::Episode(Episode::Enquiry),
        "when section 47 enquiries led to a conference",
        "late initial conferences cannot be checked",
    ),
    (
        Fact::ReturnInterview,
        "whether a return interview was offered",
        "missing children without one cannot be listed",
    ),
];

/// What none of the sources has a column for.
pub fn silences<'s>(sources: impl IntoIterator<Item = &'s Source> + Clone) -> Vec<Silence> {
    let told = |fact: &Fact| {
        let mut lists = sources.clone().into_iter().flat_map(|source| &source.lists);
        lists.any(|list| list.tells.contains(fact))
    };
    NEEDED
        .into_iter()
        .filter(|(fact, _, _)| !told(fact))
        .map(|(fact, missing, off)| Silence { fact, missing, off })
        .collect()
}
