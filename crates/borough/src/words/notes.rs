//! Words that fit any standard, those about a record as a whole, and those about actions.

use quarterlight_domain::grade::Grade;

use super::Words;

/// Where the record does not let the auditor tell.
pub const CANNOT_TELL: [&str; 6] = [
    "The electronic record refers to a paper volume that could not be found on the day.",
    "The entry says that it was done but the document it points to is not attached.",
    "Two entries contradict each other and nothing later settles which is right.",
    "The period falls before the move to the new system and was not carried over.",
    "The section is restricted, and nobody in the team could say why or open it.",
    "There is a date and no text, so what happened cannot be told from the record.",
];

/// What has to be done about what nobody can tell.
pub const FIND_OUT: [&str; 3] = [
    "Find the missing document or record that it cannot be found, and say so on the file.",
    "Establish what happened from those who were there, and enter it with its source.",
    "Ask the records office for the earlier volume, and correct the record from it.",
];

/// Where a standard does not apply.
pub const NOT_APPLICABLE: [&str; 4] = [
    "",
    "Nothing of the kind has happened since the record was opened.",
    "Not asked of this child at present.",
    "",
];

/// What owners say was done.
pub const PROOFS: [&str; 10] = [
    "Done. The document is on the electronic record, dated, and the paper copy says where it is.",
    "Completed with the family at the last visit; see the case note of that day.",
    "Corrected in both systems. The team's business support checked the entry afterwards.",
    "Discussed in supervision and carried out the same week; the supervision note records it.",
    "The missing report was obtained from the provider and filed under its own date.",
    "Written, shared with the parents and uploaded. Their comments are attached.",
    "Review brought forward and held; minutes are filed and were sent to everybody.",
    "Visit made and recorded the next day, with the child's own words.",
    "The team agreed a weekly check, and this record was the first to go through it.",
    "Found on another volume, returned to its place and noted in the chronology.",
];

/// Why an action that was said to be done is not done yet.
pub const BECAUSE_NOT_YET: [&str; 3] = [
    "The document is there but has no date and no author, so it cannot be relied on yet.",
    "Only the electronic record was put right. The paper volume still says the opposite.",
    "The plan was updated, but the family has not been given a copy.",
];

/// For a compliance standard that has no words of its own.
pub const COMPLIANCE: Words = Words {
    code: "",
    met: &["Done, dated and where it should be.", "In time, and signed off."],
    partly: &["Done, but late and without the reason.", "There, but not dated or not signed."],
    not_met: &["No sign of it on the electronic record or on paper."],
    put_right: "Do what the standard asks, and enter it with its date.",
    found: &["Case notes", "Documents", "Forms"],
    seldom: 2,
};

/// For a quality standard that has no words of its own.
pub const QUALITY: Words = Words {
    code: "",
    met: &["Clear, specific and about this child.", "Good work that shows in the outcome."],
    partly: &["Some of it is there; what it meant for the child is not.", "Descriptive only."],
    not_met: &["The record does not show it."],
    put_right: "Revisit this with the worker in supervision, and record what changed.",
    found: &["Assessment", "Plan", "Case notes"],
    seldom: 2,
};

/// What is said first of a record with this grade.
pub const fn overall(grade: Grade) -> &'static [&'static str] {
    match grade {
        Grade::Outstanding => &[
            "Work that I would show to others: it can be seen what it did for the child.",
            "A record to learn from. The child speaks on every page, and the plan follows.",
            "Thorough, warm and exact, with an outcome that the family confirms.",
        ],
        Grade::Good => &[
            "Good work on the whole. The child is known, and the plan is moving.",
            "The child is safe and better off for the work; what is missing is mostly on paper.",
            "Steady work by people who know the child. The gaps are small and can be closed.",
            "Sound throughout, with a plan that I could have acted on.",
        ],
        Grade::RequiresImprovement => &[
            "The child is seen, but the record does not yet show that things get better.",
            "There is care in the work and little direction: the plan does not drive it.",
            "Much is done, and too late to see it here. A new worker would be lost in this file.",
            "The basics are in place. The thinking behind them is not.",
        ],
        Grade::Inadequate => &[
            "The record does not show that this child is safe and well looked after.",
            "Drift, and nobody has noticed it. This needs a manager's attention this week.",
        ],
    }
}
