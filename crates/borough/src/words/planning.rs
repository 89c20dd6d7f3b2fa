//! Words about need and risk, plans and protection: sections D to F.

use super::Words;

/// One entry for each standard.
pub const WORDS: &[Words] = &[
    Words {
        code: "D1",
        met: &["Completed in 38 working days and signed off the same day."],
        partly: &[
            "Done in time. The manager's signature came three weeks later.",
            "Ran to 52 working days, with the delay explained by a hospital stay.",
        ],
        not_met: &["Took 74 working days, and no reason is given."],
        put_right: "Record why the assessment was late, and check the others of the same month.",
        found: &["Assessment", "Workflow"],
        seldom: 0,
    },
    Words {
        code: "D2",
        met: &["Renewed in the spring after the move.", "Less than a year old, and still true."],
        partly: &[
            "Thirteen months old; an update was begun and not finished.",
            "Within the year, but from before the new baby came home.",
        ],
        not_met: &["The latest assessment is from two years ago and a different address."],
        put_right: "Renew the assessment and say what has changed since the last.",
        found: &["Assessment"],
        seldom: 0,
    },
    Words {
        code: "D3",
        met: &[
            "Weighs the history squarely and comes to a view one can test.",
            "Thoughtful analysis.",
        ],
        partly: &[
            "A full account of facts; the conclusion does not follow from them.",
            "Strengths are well seen. The earlier injuries are mentioned and not weighed.",
        ],
        not_met: &["There is no analysis: the section repeats the referral."],
        put_right: "Rework the analysis in supervision: what does it mean for this child?",
        found: &["Assessment, analysis"],
        seldom: 0,
    },
    Words {
        code: "D4",
        met: &["Father seen twice although he lives in another city.", "All adults included."],
        partly: &[
            "The partner is named and was not spoken to.",
            "Grandparents are described well. The father is “not involved”, without a source.",
        ],
        not_met: &["Assessed as if the child had one parent."],
        put_right: "Include the parent who is not at home, or record why that is not safe.",
        found: &["Assessment", "Case notes"],
        seldom: 0,
    },
    Words {
        code: "D5",
        met: &["School, health visitor and police each quoted, with dates.", "Good joint work."],
        partly: &[
            "School asked and answered. Health was asked and not chased.",
            "Partners' answers are attached but the analysis makes no use of them.",
        ],
        not_met: &["Nobody outside the team was asked."],
        put_right: "Ask the agencies that know the child, and bring their answers into the analysis.",
        found: &["Assessment", "Agency checks"],
        seldom: 0,
    },
    Words {
        code: "E1",
        met: &["Right plan, dated and shared.", "Current plan, in words that the family uses."],
        partly: &[
            "The plan is the right one and went to everybody but the father.",
            "Two plans are open at once and differ on contact.",
        ],
        not_met: &["The only plan on file is of the kind that ended last year."],
        put_right: "Put the plan in place that the child's status calls for, and share it.",
        found: &["Plan"],
        seldom: 0,
    },
    Words {
        code: "E2",
        met: &["Each step has a person, a day and a sign that it worked."],
        partly: &[
            "Says who does what. “Ongoing” stands for every date.",
            "Aims are clear, but nothing says what happens if they are not reached.",
        ],
        not_met: &["“Parents to engage with services” is the whole of the plan."],
        put_right: "Rewrite the plan so that each step says who, what, by when, and how one will know.",
        found: &["Plan"],
        seldom: 0,
    },
    Words {
        code: "E3",
        met: &["Reviews in time, minutes out within the week."],
        partly: &[
            "Held in time; decisions reached the plan two months afterwards.",
            "One of three reviews was nine days late, with an explanation.",
        ],
        not_met: &["The review due in the summer was not held."],
        put_right: "Hold the review, send out its decisions and carry them into the plan.",
        found: &["Review minutes", "Workflow"],
        seldom: 0,
    },
    Words {
        code: "E4",
        met: &["Actions ticked off one by one, the late ones chased."],
        partly: &[
            "The school actions moved. Housing has stood still since March without a word.",
            "Some drift, seen by the manager and not yet acted on.",
        ],
        not_met: &["The same five actions stand in three plans running."],
        put_right: "Go through each action with its owner, and record what is done, dropped or chased.",
        found: &["Plan", "Supervision"],
        seldom: 0,
    },
    Words {
        code: "E5",
        met: &["The mother's own version of the plan is attached.", "Family helped to prepare."],
        partly: &[
            "Parents attended. Nothing shows that the child was asked.",
            "Copies were given; the interpreter was booked for the meeting and not for the plan.",
        ],
        not_met: &["No sign that the family saw the plan before it was agreed."],
        put_right: "Go through the plan with child and carers, and note what they say to it.",
        found: &["Meeting minutes", "Plan"],
        seldom: 0,
    },
    Words {
        code: "F1",
        met: &["Decided within the day, with reasons one can follow."],
        partly: &["Decided in time; the reasons were added a week afterwards."],
        not_met: &["Four working days passed between referral and decision."],
        put_right: "Review with the front door how the decision was delayed, and record the reasons.",
        found: &["Referral", "Management decisions"],
        seldom: 14,
    },
    Words {
        code: "F2",
        met: &["Police, health and school took part; actions have owners."],
        partly: &[
            "Police and social care only. The school was told afterwards.",
            "Properly held, and the reason for a single-agency enquiry is thin.",
        ],
        not_met: &["The minutes name no agency besides our own."],
        put_right: "Hold the discussion again with the agencies needed, and record their part.",
        found: &["Strategy discussion"],
        seldom: 52,
    },
    Words {
        code: "F3",
        met: &["Conference on day 13, core groups every four weeks."],
        partly: &["In time, and reports reached the parents on the morning itself."],
        not_met: &["Two core groups running were cancelled and not rearranged."],
        put_right: "Hold the core group, and share reports with the family two days before.",
        found: &["Conference minutes", "Core groups"],
        seldom: 0,
    },
    Words {
        code: "F4",
        met: &["Return interviews offered each time, within two days."],
        partly: &[
            "Interviews were offered; what was learned stayed in the interview form.",
            "The screening for exploitation was done once and not after the second episode.",
        ],
        not_met: &["Missing overnight twice, and no return interview was offered."],
        put_right: "Offer the return interview, screen again for exploitation and change the plan.",
        found: &["Missing episodes", "Return interviews", "Plan"],
        seldom: 58,
    },
];
