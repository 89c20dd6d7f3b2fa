//! Words about who the child is, the file, being seen and heard, and management: sections A to C, K and L.

use super::Words;

/// One entry for each standard.
pub const WORDS: &[Words] = &[
    Words {
        code: "A1",
        met: &["Details agree between the system, the plan and the paper file."],
        partly: &[
            "The school changed in the spring and the front sheet still has the old one.",
            "Details are right on the system; the plan gives an address from two moves ago.",
        ],
        not_met: &["Legal status, doctor and school are each wrong or blank on the front sheet."],
        put_right: "Correct the basic details in both systems and in the plan.",
        found: &["Front sheet", "Basic details screen"],
        seldom: 0,
    },
    Words {
        code: "A2",
        met: &[
            "Clear genogram with three generations.",
            "Family listed, with who has responsibility.",
        ],
        partly: &[
            "The mother's family is mapped. The father's side is one line.",
            "Genogram is there and two years old; the youngest child is missing from it.",
        ],
        not_met: &["No genogram, and no list from which one could be drawn."],
        put_right: "Draw the genogram with the family, including who holds parental responsibility.",
        found: &["Genogram", "Assessment, family section"],
        seldom: 0,
    },
    Words {
        code: "A3",
        met: &[
            "Faith and language shaped the choice of carer and of school.",
            "Identity well drawn.",
        ],
        partly: &[
            "Ethnicity and language recorded, with no sign that they made any difference.",
            "The assessment speaks of culture in general and not of this child.",
        ],
        not_met: &["Ethnicity is “not stated”, and language and faith are blank."],
        put_right: "Ask the child and family about identity, record it and say what it changes.",
        found: &["Assessment, identity", "Front sheet", "Direct work"],
        seldom: 0,
    },
    Words {
        code: "A4",
        met: &["Consent form signed and dated; limits on sharing are marked."],
        partly: &[
            "Consent is recorded for the school and not for health, which was asked as well.",
            "A signed form without a date, from before the present plan.",
        ],
        not_met: &[
            "Agencies were contacted, and there is neither consent nor a reason to override it.",
        ],
        put_right: "Record consent, or the reason for going without, for each agency asked.",
        found: &["Consent form", "Case notes"],
        seldom: 2,
    },
    Words {
        code: "B1",
        met: &["Updated six weeks ago; I could have visited on the strength of it."],
        partly: &[
            "There is a summary, last touched eight months ago and before the change of placement.",
            "Up to date but it lists events and does not say what is being done.",
        ],
        not_met: &["No case summary. The transfer note of last year is used instead."],
        put_right: "Write a current case summary and keep it to the last three months.",
        found: &["Case summary"],
        seldom: 0,
    },
    Words {
        code: "B2",
        met: &["Kept to key events, each with what it meant.", "Used openly in the assessment."],
        partly: &[
            "Long and automatic: every contact is in it and nothing stands out.",
            "Good until the last change of worker; nothing since.",
        ],
        not_met: &["The chronology has four entries, the latest three years old."],
        put_right: "Bring the chronology up to date with the key events and their meaning.",
        found: &["Chronology"],
        seldom: 0,
    },
    Words {
        code: "B3",
        met: &["Every visit of the period entered within two days."],
        partly: &[
            "Five of eleven visits were entered more than a week later, two of them on a Sunday night.",
            "Decisions are prompt. Visits were entered in one batch before the review.",
        ],
        not_met: &["A quarter's visits were all entered on one weekend, shortly before the audit."],
        put_right: "Agree protected time for recording, and enter what is outstanding with reasons.",
        found: &["Case notes, dates of entry", "System log"],
        seldom: 0,
    },
    Words {
        code: "B4",
        met: &["Letters filed under their own dates and in the right section."],
        partly: &[
            "Reports are in place; emails from the school sit in a folder called “misc”.",
            "Three letters are scanned upside down into one file without a date.",
        ],
        not_met: &[
            "A health letter about another child is on this file.",
            "Loose letters in the folder.",
        ],
        put_right: "File the correspondence where the protocol says, and clear what lies loose.",
        found: &["Correspondence", "Documents, unsorted", "Paper file, volume 2"],
        seldom: 0,
    },
    Words {
        code: "B5",
        met: &[
            "One paper volume, noted on the system with its shelf.",
            "No paper file, and it says so.",
        ],
        partly: &[
            "The system says two volumes. There are three, and the third is the current one.",
            "Paper and system agree, but the location on the system is the old office.",
        ],
        not_met: &["There is a paper file of which the electronic record knows nothing."],
        put_right: "Note every volume and its place on the system, and settle what contradicts.",
        found: &["Paper file register", "Paper store", "Front sheet"],
        seldom: 3,
    },
    Words {
        code: "B6",
        met: &["Plain, kind and exact. The child could read it."],
        partly: &[
            "Mostly clear, with abbreviations that even the team does not agree on.",
            "Opinion and fact run together in the account of the contact session.",
        ],
        not_met: &["The child is “attention-seeking” in four entries, and nobody asks why."],
        put_right: "Talk the language through in supervision, and add a note that puts it right.",
        found: &["Case notes", "Assessment"],
        seldom: 0,
    },
    Words {
        code: "C1",
        met: &["Seen every three weeks, alone on all but one visit, with the reason for that one."],
        partly: &[
            "Visits are as often as planned. Seen alone is ticked, and the notes do not bear it out.",
            "One failed visit in June was followed up after sixteen days.",
        ],
        not_met: &["No record that the child was seen in nine weeks, and no failed visit noted."],
        put_right: "See the child alone this week, record it, and set the visits for the next quarter.",
        found: &["Visits", "Case notes"],
        seldom: 0,
    },
    Words {
        code: "C2",
        met: &[
            "The child drew the two houses, and contact was changed because of it.",
            "Own words used.",
        ],
        partly: &[
            "Views are recorded at each visit. What came of them is not.",
            "The behaviour of a child who does not speak is described and not read.",
        ],
        not_met: &[
            "The child's voice is a repeated sentence: “appeared happy and well presented”.",
        ],
        put_right: "Plan direct work with the child, and show in the plan what it changed.",
        found: &["Direct work", "Visits", "Plan"],
        seldom: 0,
    },
    Words {
        code: "K1",
        met: &["Named worker throughout; caseload discussed at allocation."],
        partly: &[
            "Newly qualified worker on a complex case, with support agreed and not yet in place.",
            "Third worker in five months; the handovers are thin.",
        ],
        not_met: &["The record stood without a named worker for five weeks."],
        put_right: "Allocate a worker whose experience fits, and tell the family who it is.",
        found: &["Allocation screen", "Supervision"],
        seldom: 0,
    },
    Words {
        code: "K2",
        met: &["Monthly, reflective, and it challenged the pace of the plan."],
        partly: &[
            "Held monthly. It lists tasks and does not ask whether anything is better.",
            "Two of the last four sessions have no note.",
        ],
        not_met: &["Nothing recorded since the spring."],
        put_right: "Hold and record supervision on this child, testing progress against the plan.",
        found: &["Supervision"],
        seldom: 0,
    },
    Words {
        code: "K3",
        met: &["The manager's decision is there with its reasons and what was weighed."],
        partly: &[
            "Decisions are signed and dated; the reasons have to be guessed from the notes.",
            "Good reasons for the step up, none for the step down.",
        ],
        not_met: &["The change of plan appears in the notes with no decision behind it."],
        put_right: "Enter the key decisions with who made them, when and why.",
        found: &["Management decisions", "Case notes"],
        seldom: 0,
    },
    Words {
        code: "K4",
        met: &["Both actions from the last audit are closed, with proof."],
        partly: &["One of two earlier actions is closed; the other was not escalated."],
        not_met: &["The action of last year's audit is still open and nobody mentions it."],
        put_right: "Close the earlier actions with proof, or escalate them.",
        found: &["Earlier audit", "Supervision"],
        seldom: 68,
    },
    Words {
        code: "L1",
        met: &[
            "In school every day since May, sleeping, and says so.",
            "Safer, and the family agrees.",
        ],
        partly: &[
            "Things are calmer at home. Whether that is our doing the record does not say.",
            "Health is better and attendance is worse; the plan looks at health only.",
        ],
        not_met: &["Eleven months of visits, and the worries are the ones of the referral."],
        put_right: "Review with the family what has changed and what has to be done otherwise.",
        found: &["Review minutes", "Plan", "School report"],
        seldom: 0,
    },
    Words {
        code: "L2",
        met: &["Transfer summary complete; the family met the new worker together with the old."],
        partly: &["There is a transfer summary, and the family heard of the change by letter."],
        not_met: &["Handed over between teams with an email and no summary."],
        put_right: "Write the transfer summary and go through it with the family.",
        found: &["Transfer summary", "Closing summary"],
        seldom: 66,
    },
];
