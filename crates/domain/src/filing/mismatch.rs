//! What a filing check found that somebody has to put right, by the place where that is done.

use super::check::NewCheck;
use super::outcome::Outcome;
use super::protocol::Held;
use crate::calendar::day_in_words;
use crate::filing::paper::Agrees;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Something is on the record in the wrong place.
    Misfiled,
    /// Something is not on the record.
    Missing,
    /// Something is on another child's record.
    AnotherRecord,
    /// There is paper that the electronic record does not mention.
    PaperNotMentioned,
    /// Paper and electronic record do not agree.
    PaperDiffers,
}

impl Matter {
    /// Every matter, in the order in which pages list them.
    pub const ALL: [Self; 5] = [
        Self::AnotherRecord,
        Self::Misfiled,
        Self::Missing,
        Self::PaperNotMentioned,
        Self::PaperDiffers,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Misfiled => "misfiled",
            Self::Missing => "missing",
            Self::AnotherRecord => "another-record",
            Self::PaperNotMentioned => "paper-not-mentioned",
            Self::PaperDiffers => "paper-differs",
        }
    }

    /// What is wrong, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Misfiled => "Misfiled",
            Self::Missing => "Missing",
            Self::AnotherRecord => "On another child’s record",
            Self::PaperNotMentioned => "Paper that the electronic record does not mention",
            Self::PaperDiffers => "Paper and electronic record do not agree",
        }
    }

    /// The matter with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|matter| matter.code() == code)
    }
}

/// Something to put right, that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMismatch {
    /// What is wrong.
    pub matter: Matter,
    /// Where somebody has to go to put it right.
    pub place: String,
    /// What it is about, and where that belongs.
    pub what: String,
}

/// What somebody has to put right after a check.
pub fn mismatches(check: &NewCheck, held: &[Held]) -> Vec<NewMismatch> {
    let mut found: Vec<NewMismatch> = check
        .items
        .iter()
        .filter_map(|item| {
            let seen = &item.seen;
            let matter = match seen.outcome {
                Outcome::Misfiled => Matter::Misfiled,
                Outcome::Missing => Matter::Missing,
                Outcome::AnotherRecord => Matter::AnotherRecord,
                Outcome::Filed | Outcome::Late => return None,
            };
            let protocol = held.iter().find(|it| it.id == item.protocol)?;
            let kind = protocol.protocol.kind(&seen.kind)?;
            let place = if matter == Matter::Missing { &kind.electronic } else { &seen.found };
            let day = day_in_words(seen.dated);
            let what = format!("{} of {day}. It belongs in {}.", kind.name, kind.places());
            Some(NewMismatch { matter, place: place.trim().to_owned(), what })
        })
        .collect();
    let paper = &check.paper;
    let place = || match paper.place.as_str() {
        "" => "Nobody knows where the paper is".to_owned(),
        place => place.to_owned(),
    };
    if paper.is_hidden() {
        let what = match paper.volumes {
            Some(1) => "1 volume. Enter it in the electronic record.".to_owned(),
            Some(volumes) => format!("{volumes} volumes. Enter them in the electronic record."),
            None => "Enter it in the electronic record.".to_owned(),
        };
        found.push(NewMismatch { matter: Matter::PaperNotMentioned, place: place(), what });
    }
    if paper.agrees == Some(Agrees::No) {
        let what = "Compare the two, and put right the one that is wrong.".to_owned();
        found.push(NewMismatch { matter: Matter::PaperDiffers, place: place(), what });
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::item::{Item, Seen};
    use super::super::paper::Paper;
    use super::super::sample::held;
    use super::*;
    use crate::filing::protocol::KindCode;
    use crate::id::RecordId;
    use crate::need::Known;
    use crate::timescale::examples::england;

    #[test]
    fn what_is_to_put_right_stands_where_somebody_has_to_go() {
        let protocols = [held(1, date(2026, 1, 1), 5)];
        let day = date(2026, 11, 23);
        let item = |outcome, found: &str| {
            let kind = KindCode::new("letter").unwrap();
            let found = found.to_owned();
            let dated = date(2026, 11, 3);
            let seen = Seen { kind, dated, entered: None, found, outcome, why: None };
            Item::judge(seen, &protocols, &england(), day).unwrap()
        };
        let check = NewCheck {
            record: RecordId(1),
            audit: None,
            checked_on: day,
            newest: None,
            items: vec![
                item(Outcome::Filed, ""),
                item(Outcome::Misfiled, " Section 9 "),
                item(Outcome::Missing, ""),
                item(Outcome::AnotherRecord, "R-2"),
            ],
            paper: Paper {
                exists: Known::Yes,
                mentioned: Known::No,
                agrees: Some(Agrees::No),
                volumes: Some(2),
                ..Paper::default()
            },
            form_key: "one".to_owned(),
        };
        let found = mismatches(&check, &protocols);
        let shown: Vec<_> = found.iter().map(|it| (it.matter, it.place.as_str())).collect();
        let nobody = "Nobody knows where the paper is";
        let expected = [
            (Matter::Misfiled, "Section 9"),
            (Matter::Missing, "Documents / letter"),
            (Matter::AnotherRecord, "R-2"),
            (Matter::PaperNotMentioned, nobody),
            (Matter::PaperDiffers, nobody),
        ];
        assert_eq!(shown, expected);
        let words =
            "Letter of 3 November 2026. It belongs in Documents / letter, or on paper Section 4.";
        assert_eq!(found.first().map(|it| it.what.as_str()), Some(words));
        for matter in Matter::ALL {
            assert_eq!(Matter::from_code(matter.code()), Some(matter));
        }
    }
}
