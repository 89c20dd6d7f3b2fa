//! A draft of an edition: written standard by standard, put out for comment, and then agreed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::comment::Comment;
use crate::consultation::Consultation;
use crate::edition::{Answered, Origin, Origins};
use crate::framework::{Contents, Section};
use crate::id::{DraftId, EditionId, PersonId};
use crate::mapping::Links;
use crate::refusal::Refusal;
use crate::standard::{Standard, StandardCode};

#[cfg(test)]
pub(crate) mod sample;

/// The longest wording of a standard, in characters: it stands on one or two lines.
pub const LONGEST_WORDING: usize = 300;

/// The longest account of what met looks like, in characters.
pub const LONGEST_MET: usize = 2_000;

/// A standard of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftStandard {
    /// What it says.
    pub standard: Standard,
    /// Where it comes from.
    pub origin: Origin,
    /// Goes up by one at each change, so that nobody writes over what they have not seen.
    pub version: u32,
    /// True if it was taken out. It can be brought back.
    pub dropped: bool,
}

/// A section of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSection {
    /// Its letter.
    pub letter: String,
    /// What it is about.
    pub title: String,
    /// Its standards, those that were taken out included.
    pub standards: Vec<DraftStandard>,
}

/// How far a draft has come, told by the dates of its consultations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    /// Being written.
    Draft {
        /// 1, and one more each time that it came back from consultation.
        number: usize,
    },
    /// Out for comment.
    OutForComment {
        /// The last day for comments.
        until: Date,
    },
    /// The last day for comments is past, and nobody has taken the draft back or agreed it yet.
    CommentsClosed {
        /// The last day for comments.
        on: Date,
    },
    /// It became an edition.
    Agreed,
    /// Given up.
    SetAside,
}

impl DraftState {
    /// The state on a day of a draft that was agreed or not, came back from so many consultations,
    /// and is in one with this closing date, if in any; or was set aside on the other day.
    pub fn told(
        is_agreed: bool,
        ended: usize,
        (closes, set_aside_on): (Option<Date>, Option<Date>),
        today: Date,
    ) -> Self {
        match closes {
            _ if is_agreed => Self::Agreed,
            _ if set_aside_on.is_some() => Self::SetAside,
            Some(until) if today <= until => Self::OutForComment { until },
            Some(on) => Self::CommentsClosed { on },
            None => Self::Draft { number: ended + 1 },
        }
    }

    /// The state as a tag says it.
    pub fn words(self) -> String {
        match self {
            Self::Draft { number } => format!("Draft {number}"),
            Self::OutForComment { until } => {
                format!("Out for comment until {}", day_in_words(until))
            }
            Self::CommentsClosed { on } => format!("Comments closed on {}", day_in_words(on)),
            Self::Agreed => "Agreed".to_owned(),
            Self::SetAside => "Set aside".to_owned(),
        }
    }
}

/// Somebody who was asked for comments, and what they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The day on which they were asked.
    pub on: Date,
    /// The last day for comments.
    pub closes: Date,
    /// What they did.
    pub answered: Answered,
}

/// A draft of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The framework's name.
    pub name: String,
    /// What it was copied from, in words; blank where it began from nothing.
    pub copied_from: String,
    /// Goes up by one at every change of the draft or of what is said about it.
    pub version: u32,
    /// Who has written any of it.
    pub authors: BTreeMap<PersonId, String>,
    /// Its sections, in order.
    pub sections: Vec<DraftSection>,
    /// Every consultation, the first one first.
    pub consultations: Vec<Consultation>,
    /// Every comment, in the order of the framework.
    pub comments: Vec<Comment>,
    /// How the standards of the edition before go on, as far as a person has said.
    pub links: Links,
    /// The edition that it became.
    pub agreed: Option<EditionId>,
    /// The day on which it was given up.
    pub set_aside_on: Option<Date>,
}

impl Draft {
    /// How far it has come.
    pub fn state(&self, today: Date) -> DraftState {
        let ended = self.consultations.iter().filter(|it| it.ended_on.is_some()).count();
        let dates = (self.consultation().map(|it| it.closes), self.set_aside_on);
        DraftState::told(self.agreed.is_some(), ended, dates, today)
    }

    /// The consultation that it is in, open or closed, until it is taken back or agreed.
    pub fn consultation(&self) -> Option<&Consultation> {
        self.consultations.last().filter(|it| it.ended_on.is_none() && self.agreed.is_none())
    }

    /// Whether it can be written.
    ///
    /// # Errors
    /// Refuses a draft that is in consultation, agreed or set aside.
    pub fn may_be_written(&self, today: Date) -> Result<(), Refusal> {
        match self.state(today) {
            DraftState::Draft { .. } => Ok(()),
            DraftState::OutForComment { .. } | DraftState::CommentsClosed { .. } => {
                Err(Refusal::because(
                    "This draft is in consultation, so its words stand still. Take it back before you change it.",
                ))
            }
            DraftState::Agreed => Err(Refusal::because(
                "This draft was agreed, and an agreed edition never changes. Start a new draft from it.",
            )),
            DraftState::SetAside => {
                Err(Refusal::because("This draft was set aside. Start a new one."))
            }
        }
    }

    /// What it says now, without what was taken out.
    ///
    /// # Errors
    /// Refuses a draft without a standard.
    pub fn contents(&self) -> Result<Contents, Refusal> {
        let sections = self.sections.iter().map(|section| {
            let standards = section.standards.iter().filter(|it| !it.dropped);
            Section {
                letter: section.letter.clone(),
                title: section.title.clone(),
                standards: standards.map(|it| it.standard.clone()).collect(),
            }
        });
        let sections: Vec<Section> = sections.filter(|it| !it.standards.is_empty()).collect();
        if sections.is_empty() {
            return Err(Refusal::because("This draft has no standard yet. Add one first."));
        }
        Contents::new(&self.name, sections)
    }

    /// Where each of its standards comes from.
    pub fn origins(&self) -> Origins {
        let all = self.sections.iter().flat_map(|section| &section.standards);
        let kept = all.filter(|it| !it.dropped && it.origin != Origin::default());
        kept.map(|it| (it.standard.code.clone(), it.origin.clone())).collect()
    }

    /// The standard with this code and its section, those taken out included.
    pub fn find(&self, code: &StandardCode) -> Option<(&DraftSection, &DraftStandard)> {
        self.sections.iter().find_map(|section| {
            let standard = section.standards.iter().find(|it| it.standard.code == *code)?;
            Some((section, standard))
        })
    }

    /// Comments that nobody has answered, and all that were made.
    pub fn unanswered(&self) -> (usize, usize) {
        let made = self.comments.iter().filter(|it| !it.words.is_empty());
        let unanswered = made.clone().filter(|it| it.is_unanswered());
        (unanswered.count(), made.count())
    }

    /// True if this person was asked in any consultation.
    pub fn asked(&self, person: PersonId) -> bool {
        self.consultations.iter().any(|consultation| consultation.asked(person))
    }

    /// Everybody who was asked in any consultation, and what they did.
    pub fn everybody_asked(&self) -> Vec<Asked> {
        let of = |consultation: &Consultation| {
            let asked = |it: &crate::consultation::Consultee| Asked {
                person: it.person,
                name: it.name.clone(),
                on: consultation.opened_on,
                closes: consultation.closes,
                answered: self.answered(consultation, it.person, it.no_comments),
            };
            consultation.consultees.iter().map(asked).collect::<Vec<_>>()
        };
        self.consultations.iter().flat_map(of).collect()
    }

    fn answered(&self, of: &Consultation, person: PersonId, no_comments: bool) -> Answered {
        let theirs = self
            .comments
            .iter()
            .filter(|it| it.consultation == of.id && it.person == person && !it.words.is_empty());
        match u32::try_from(theirs.count()).unwrap_or(u32::MAX) {
            0 if no_comments => Answered::NoComments,
            0 => Answered::Nothing,
            count => Answered::Comments(count),
        }
    }

    /// Whether this person may comment now.
    ///
    /// # Errors
    /// Refuses anybody who was not asked, and everybody after the closing date.
    pub fn may_be_commented_by(
        &self,
        person: PersonId,
        today: Date,
    ) -> Result<&Consultation, Refusal> {
        let closed = || {
            let on = self.consultations.last().map(|it| it.ended_on.unwrap_or(it.closes));
            Refusal::because(match on {
                Some(on) => format!("This draft took comments until {}.", day_in_words(on)),
                None => "Nobody has been asked for comments on this draft yet.".to_owned(),
            })
        };
        let open = self.consultation().filter(|it| it.is_open(today)).ok_or_else(closed)?;
        if open.asked(person) {
            Ok(open)
        } else {
            Err(Refusal::because("Only those who were asked can comment on this draft."))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::sample::{code, comment, consultation, draft};
    use super::*;

    #[test]
    fn dates_alone_tell_how_far_a_draft_has_come() {
        let today = date(2026, 11, 23);
        let mut draft = draft(&["B1"]);
        assert_eq!(draft.state(today), DraftState::Draft { number: 1 });
        draft.consultations.push(consultation());
        assert_eq!(draft.state(today).words(), "Out for comment until 7 December 2026");
        assert_eq!(draft.state(date(2026, 12, 8)).words(), "Comments closed on 7 December 2026");
        draft.consultations[0].ended_on = Some(today);
        assert_eq!(draft.state(today), DraftState::Draft { number: 2 });
        draft.agreed = Some(EditionId(2));
        assert_eq!(draft.state(today), DraftState::Agreed);
    }

    #[test]
    fn a_draft_in_consultation_stands_still() {
        let today = date(2026, 11, 23);
        let mut draft = draft(&["B1"]);
        assert!(draft.may_be_written(today).is_ok());
        draft.consultations.push(consultation());
        assert!(draft.may_be_written(today).is_err());
        assert!(draft.may_be_written(date(2026, 12, 8)).is_err(), "closed, and not taken back");
        draft.consultations[0].ended_on = Some(today);
        assert!(draft.may_be_written(today).is_ok());
    }

    #[test]
    fn only_those_asked_comment_and_only_in_time() {
        let today = date(2026, 11, 23);
        let mut draft = draft(&["B1"]);
        assert!(draft.may_be_commented_by(PersonId(2), today).is_err(), "nobody was asked yet");
        draft.consultations.push(consultation());
        assert!(draft.may_be_commented_by(PersonId(2), today).is_ok());
        assert!(draft.may_be_commented_by(PersonId(1), today).is_err());
        assert!(draft.may_be_commented_by(PersonId(2), date(2026, 12, 8)).is_err());
    }

    #[test]
    fn what_was_taken_out_is_not_in_the_contents() {
        let mut draft = draft(&["B1", "B2"]);
        draft.sections[0].standards[0].dropped = true;
        let contents = draft.contents().unwrap();
        assert!(contents.find(&code("B1")).is_none() && contents.find(&code("B2")).is_some());
        draft.sections[0].standards[1].dropped = true;
        assert!(draft.contents().is_err(), "nothing is left");
    }

    #[test]
    fn a_comment_that_was_taken_back_is_no_reply() {
        let mut draft = draft(&["B1"]);
        draft.consultations.push(consultation());
        draft.comments.push(comment());
        let answered = |draft: &Draft| draft.everybody_asked()[1].answered;
        assert_eq!(answered(&draft), Answered::Comments(1));
        assert_eq!(draft.unanswered(), (1, 1));
        draft.comments[0].words.clear();
        assert_eq!(answered(&draft), Answered::Nothing);
        assert_eq!(draft.unanswered(), (0, 0));
        draft.consultations[0].consultees[1].no_comments = true;
        assert_eq!(answered(&draft), Answered::NoComments);
    }
}
