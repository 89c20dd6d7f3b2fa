//! What moderators of the borough write where they see something else than the auditor.

/// Why a moderator judges otherwise.
pub const WHY_OTHERWISE: [&str; 8] = [
    "The entry is there, but it is older than the standard allows.",
    "What the auditor found is on the paper file too, and says more.",
    "The document says that it was planned, and nothing says that it was done.",
    "It is there for one of the children in the household and not for this one.",
    "The manager’s note of the same week shows it, which the auditor did not open.",
    "Half of what the standard asks for is there; the other half is only a heading.",
    "The date on the document and the date of its entry are three weeks apart.",
    "The words are those of the last review, copied, and the circumstances have changed.",
];

/// What settled it after a blind reading.
pub const WHY_SETTLED: [&str; 4] = [
    "Read together, the later entry decides it.",
    "The document was found where the other reading had not looked.",
    "The standard asks for what happened, and not for what was meant to.",
    "What met looks like was read aloud, and then there was no doubt.",
];
