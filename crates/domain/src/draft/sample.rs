//! A draft, its consultation and a comment, for the tests of this crate.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{Draft, DraftSection, DraftStandard};
use crate::comment::{About, Comment};
use crate::consultation::{Consultation, Consultee};
use crate::edition::Origin;
use crate::framework::{Contents, Section};
use crate::id::{CommentId, ConsultationId, DraftId, PersonId};
use crate::mapping::Links;
use crate::standard::{Applies, Standard, StandardCode, StandardKind};

/// A code, for the tests of this crate.
pub(crate) fn code(text: &str) -> StandardCode {
    StandardCode::new(text).unwrap()
}

/// A standard in words of its own.
pub(crate) fn standard(text: &str) -> Standard {
    Standard {
        code: code(text),
        wording: format!("What {text} asks"),
        met_looks_like: format!("An auditor sees {text} on the record."),
        kind: StandardKind::Compliance,
        critical: false,
        applies: [Applies::All].into(),
        dip: false,
    }
}

/// One section of these standards.
pub(crate) fn of(standards: Vec<Standard>) -> Contents {
    let (letter, title) = ("B".to_owned(), "The file".to_owned());
    Contents::new("Ours", vec![Section { letter, title, standards }]).unwrap()
}

/// One section of standards with these codes.
pub(crate) fn contents(codes: &[&str]) -> Contents {
    of(codes.iter().map(|it| standard(it)).collect())
}

/// A draft of these standards, written by person 1, with nothing said about it.
pub(crate) fn draft(codes: &[&str]) -> Draft {
    let standards = codes.iter().map(|it| DraftStandard {
        standard: standard(it),
        origin: Origin::default(),
        version: 1,
        dropped: false,
    });
    Draft {
        id: DraftId(1),
        name: "Ours".to_owned(),
        copied_from: String::new(),
        version: 1,
        authors: BTreeMap::from([(PersonId(1), "Amara Osei".to_owned())]),
        sections: vec![DraftSection {
            letter: "B".to_owned(),
            title: "The file".to_owned(),
            standards: standards.collect(),
        }],
        consultations: Vec::new(),
        comments: Vec::new(),
        links: Links::new(),
        agreed: None,
        set_aside_on: None,
    }
}

/// A consultation of persons 2 and 3, open from 23 November to 7 December.
pub(crate) fn consultation() -> Consultation {
    let consultee = |id, name: &str| Consultee {
        person: PersonId(id),
        name: name.to_owned(),
        asked_as: None,
        no_comments: false,
    };
    Consultation {
        id: ConsultationId(1),
        opened_on: date(2026, 11, 23),
        closes: date(2026, 12, 7),
        note: String::new(),
        at_once: false,
        ended_on: None,
        consultees: vec![consultee(2, "Catherine Bello"), consultee(3, "Lorna MacAllister")],
    }
}

/// A comment of person 3.
pub(crate) fn comment() -> Comment {
    Comment {
        id: CommentId(1),
        consultation: ConsultationId(1),
        person: PersonId(3),
        name: "Lorna MacAllister".to_owned(),
        about: About::Standard(code("B1")),
        words: "Say by when.".to_owned(),
        on: date(2026, 11, 24),
        version: 1,
        reply: None,
    }
}
