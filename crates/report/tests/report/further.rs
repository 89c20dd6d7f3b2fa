//! What the crowded quarter holds beyond its judgements.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::{
    FilingFigures, Further, InWords, ModerationFigures, ServiceResult, Share, Tally, ThemeCounts,
};
use quarterlight_domain::filing::figures::{ItemCounts, PaperCounts};
use quarterlight_domain::id::ThemeId;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::statistics::agreement::Pair;

/// Services with and without standards not met, themes, words, filing and second readings.
pub fn crowded() -> Further {
    Further {
        by_service: by_service(),
        themes: themes(),
        in_words: in_words(),
        filing: filing(),
        moderation: moderation(),
    }
}

fn by_service() -> Vec<ServiceResult> {
    let result = |(service, code, met, not_met): (&str, &str, u32, u32)| ServiceResult {
        service: service.to_owned(),
        code: code.to_owned(),
        tally: Tally { met, not_met, ..Tally::default() },
    };
    [
        ("Asylum and Unaccompanied Children", "B1", 1, 2),
        ("Asylum and Unaccompanied Children", "C1", 3, 0),
        ("Assessment and Early Help", "A1", 2, 2),
        ("Assessment and Early Help", "B2", 1, 3),
        ("Assessment and Early Help", "D1", 1, 3),
        ("Assessment and Early Help", "D3", 1, 3),
        ("Children in Care", "A1", 5, 0),
        ("Children in Care", "C1", 5, 0),
    ]
    .map(result)
    .into()
}

fn themes() -> Vec<ThemeCounts> {
    let quarter = Quarter::new(2026, 3).unwrap();
    let theme = |(id, name, now, before, strengths): (i64, &str, u32, u32, u32)| ThemeCounts {
        theme: ThemeId(id),
        name: name.to_owned(),
        findings: [(quarter, Share::new(now, 31)), (quarter.before(), Share::new(before, 28))]
            .into(),
        strengths: Share::new(strengths, 112),
    };
    [
        (1, "Chronologies", 9, 4, 0),
        (2, "Direct work with the child", 2, 3, 17),
        (3, "Supervision", 0, 0, 0),
        (4, "Visits", 6, 6, 2),
    ]
    .map(theme)
    .into()
}

fn in_words() -> Vec<InWords> {
    let words = |(service, strengths, issues): (&str, &str, &str)| InWords {
        service: service.to_owned(),
        strengths: strengths.to_owned(),
        issues: issues.to_owned(),
        withheld: false,
    };
    [
        (
            "Asylum and Unaccompanied Children",
            "An interpreter came to every visit,\nand what was said is on the record.",
            "The age assessment is not on the record.",
        ),
        ("Assessment and Early Help", "", "The chronology ends before the child moved."),
        ("Children in Care", "The child’s own words open each review.", ""),
    ]
    .map(words)
    .into()
}

fn filing() -> FilingFigures {
    let paper = |(service, records, paper, differing): (&str, u32, u32, u32)| PaperCounts {
        quarter: Quarter::new(2026, 3).unwrap(),
        service: Some(service.to_owned()),
        whereabouts: Whereabouts::new(Vec::new()),
        records,
        paper,
        no_paper: records - paper,
        mentioned: paper,
        not_mentioned: 0,
        agreeing: paper - differing,
        differing,
    };
    FilingFigures {
        records: 14,
        items: ItemCounts {
            items: 120,
            missing: 9,
            misfiled: 4,
            another_record: 1,
            timed: 80,
            late: 22,
            ..ItemCounts::default()
        },
        paper: [("Assessment and Early Help", 8, 3, 1), ("Children in Care", 6, 0, 0)]
            .map(paper)
            .into(),
        cleared: Share::new(3, 5),
    }
}

fn moderation() -> ModerationFigures {
    let pair = |(theirs, mine, times): (Judgement, Judgement, u32)| Pair {
        theirs,
        mine,
        blind: false,
        times,
    };
    ModerationFigures {
        read: Share::new(7, 27),
        returned: 1,
        grades_changed: 1,
        judgements_changed: 4,
        pairs: [
            (Judgement::Met, Judgement::Met, 61),
            (Judgement::Met, Judgement::PartlyMet, 5),
            (Judgement::NotMet, Judgement::NotMet, 12),
        ]
        .map(pair)
        .into(),
    }
}
