//! What is said in the borough's audits, and what they come to: nobody is named in it.

use quarterlight_domain::reply::Outcome;

/// The themes of the list.
pub const THEMES: [&str; 6] = [
    "Chronologies that tell the story",
    "Life story work",
    "Plans that say who does what",
    "Seen alone, and heard",
    "Supervision that leads somewhere",
    "Working with fathers",
];

/// Themes that auditors propose.
pub const PROPOSED: [&str; 3] =
    ["Interpreters booked in time", "Sleepless in temporary housing", "Brothers and sisters apart"];

/// How somebody was asked.
pub const HOW: [&str; 5] = [
    "At home, in person.",
    "At school, in a room of their choosing.",
    "By telephone.",
    "In the car after contact, as they preferred.",
    "By video, with an interpreter.",
];

/// Why somebody was not asked.
pub const NOT_ASKED: [&str; 4] = [
    "They did not want to talk to another stranger, and said so.",
    "Two appointments were missed; there was no third in time.",
    "Too young to be asked. What the record shows of the child was read instead.",
    "It was agreed with the worker not to, because of the hearing next week.",
];

/// What they said.
pub const SAID: [&str; 6] = [
    "That it is good to have had the same person for a year.",
    "That nobody told them what was decided at the review.",
    "That they want to see their brother more often.",
    "That the plan is long, and that they do not know which part is for them.",
    "That the visits help, and that telephone calls are not visits.",
    "That more was done than the record shows.",
];

/// What it changed.
pub const CHANGES: [&str; 4] = [
    "Contact with the brother is asked for in the plan.",
    "A summary of one page was written with them.",
    "Two entries that were missing were written up.",
    "The answer on hearing the child became Partly met.",
];

/// Strengths.
pub const STRENGTHS: [&str; 5] = [
    "The child’s own words lead the plan, and are answered in it.",
    "A stranger could take over tomorrow: the summary says what is so and why.",
    "Drift was noticed early, and somebody asked for help.",
    "The family’s language was used throughout, with the same interpreter.",
    "Management decisions say what was weighed.",
];

/// Key issues.
pub const ISSUES: [&str; 5] = [
    "The chronology stops last summer, so that the pattern cannot be seen.",
    "Actions have no day and no owner, and come back at every review.",
    "Fathers are named and not spoken to.",
    "Visits are in time, and what was seen is written in one line.",
    "Supervision notes tell what happened and decide nothing.",
];

/// What workers say to an answer.
pub const COMMENTS: [&str; 3] = [
    "This is fair. The entry was late because of two emergencies in that week.",
    "Agreed. It is in my plan for this month.",
    "I would add that the family asked for it to be done this way.",
];

/// Why workers think that an answer is wrong.
pub const WRONG: [&str; 3] = [
    "It is on the record, under documents, with the date of the visit and not of the entry.",
    "The standard asks for three months, and it was two and a half on the day of the draw.",
    "This was done by the school nurse, and her letter is on the record.",
];

/// What moderators decide, and why.
pub const REASONS: [(Outcome, &str); 4] = [
    (Outcome::Upheld, "The letter is there and dated. The answer should have been Met."),
    (Outcome::Partly, "It is there, but not where somebody who covers would look for it."),
    (Outcome::NotUpheld, "It was added after the draw. What counts is the record as it was."),
    (Outcome::NotUpheld, "It is a note of an appointment, and does not say what came of it."),
];
