//! Agreeing a draft: what stands in the way, a sentence each, and what is kept for ever once nothing does.

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::draft::{Asked, Draft, DraftState};
use crate::edition::{Answered, Origins};
use crate::framework::{AgreedEdition, Contents};
use crate::id::{DraftId, EditionId};
use crate::mapping::{Links, Mapping};
use crate::person::{Person, Role};
use crate::refusal::Refusal;

/// A draft that may become an edition. Nothing but [`agree`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    draft: DraftId,
    version: u32,
    contents: Contents,
    origins: Origins,
    from: Date,
    follows: Option<(EditionId, Mapping, Links)>,
    asked: Vec<Asked>,
}

impl Agreement {
    /// The draft.
    pub fn draft(&self) -> DraftId {
        self.draft
    }

    /// The draft's version when it was checked; if it has another now, it must be checked again.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// What the edition says.
    pub fn contents(&self) -> &Contents {
        &self.contents
    }

    /// Where its standards come from.
    pub fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The day from which it is in force.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The edition before, and how its standards go on.
    pub fn follows(&self) -> Option<(EditionId, &Mapping, &Links)> {
        self.follows.as_ref().map(|(edition, mapping, links)| (*edition, mapping, links))
    }

    /// Who was asked for comments, and what they did.
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }
}

/// Everything that stands in the way of this person's agreeing this draft today, a sentence each.
/// `before` is the latest edition of the same framework.
pub fn obstacles(
    draft: &Draft,
    by: &Person,
    before: Option<&AgreedEdition>,
    today: Date,
) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut say = |sentence: String| found.push(Refusal::because(sentence));
    match draft.state(today) {
        DraftState::Agreed => say("This draft was agreed already.".to_owned()),
        DraftState::SetAside => say("This draft was set aside.".to_owned()),
        DraftState::Draft { .. }
        | DraftState::OutForComment { .. }
        | DraftState::CommentsClosed { .. } => {}
    }
    if let Err(refusal) = draft.contents() {
        say(refusal.sentence().to_owned());
    }
    if !by.is(Role::SeniorManager, today) {
        say("Only a senior manager can agree a framework.".to_owned());
    }
    if draft.authors.contains_key(&by.id) {
        say("You wrote part of this draft, and nobody agrees their own words alone. Another senior manager must agree it.".to_owned());
    }
    if draft.consultations.is_empty() {
        say("Nobody has been asked for comments on this draft yet.".to_owned());
    }
    if let Some(open) = draft.consultation().filter(|it| it.is_open(today)) {
        let waiting = waiting(draft);
        if !waiting.is_empty() {
            say(format!(
                "Comments are open until {}, and there is no reply yet from {}.",
                day_in_words(open.closes),
                waiting.join(", ")
            ));
        }
    }
    match draft.unanswered() {
        (0, _) => {}
        (1, of) => say(format!("1 of {of} comments has not been answered yet.")),
        (count, of) => say(format!("{count} of {of} comments have not been answered yet.")),
    }
    if let (Some(before), Ok(contents)) = (before, draft.contents())
        && let Err(refusal) = Mapping::of(before.contents(), &contents, &draft.links)
    {
        say(format!("The mapping from {} is not complete. {refusal}", before.title()));
    }
    found
}

/// Those asked in the consultation under way who have not replied, by name.
fn waiting(draft: &Draft) -> Vec<String> {
    let Some(open) = draft.consultation() else { return Vec::new() };
    let asked = draft.everybody_asked().into_iter();
    let of_this = asked.rev().take(open.consultees.len());
    let mut names: Vec<String> =
        of_this.filter(|it| it.answered == Answered::Nothing).map(|it| it.name).collect();
    names.reverse();
    names
}

/// Agrees the draft, in force from a day.
///
/// # Errors
/// Refuses with the first thing that stands in the way, and a day that is past or is not after the
/// day from which the edition before is in force.
pub fn agree(
    draft: &Draft,
    by: &Person,
    from: Date,
    before: Option<&AgreedEdition>,
    today: Date,
) -> Result<Agreement, Refusal> {
    if let Some(first) = obstacles(draft, by, before, today).into_iter().next() {
        return Err(first);
    }
    check_day(from, before, today)?;
    let contents = draft.contents()?;
    let follows = match before {
        Some(before) => {
            let mapping = Mapping::of(before.contents(), &contents, &draft.links)?;
            Some((before.id, mapping, draft.links.clone()))
        }
        None => None,
    };
    Ok(Agreement {
        draft: draft.id,
        version: draft.version,
        origins: draft.origins(),
        asked: draft.everybody_asked(),
        contents,
        from,
        follows,
    })
}

/// Checks the day from which an edition is to be in force.
///
/// # Errors
/// Refuses a day that is past, and one on which the edition before is not in force yet.
pub fn check_day(from: Date, before: Option<&AgreedEdition>, today: Date) -> Result<Date, Refusal> {
    if from < today {
        return Err(Refusal::because("Enter today or a later day."));
    }
    if let Some(before) = before.filter(|before| from <= before.in_force_from) {
        return Err(Refusal::because(format!(
            "Enter a day after {}, from which {} is in force.",
            day_in_words(before.in_force_from),
            before.title()
        )));
    }
    Ok(from)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;
    use crate::comment::{Outcome, Reply};
    use crate::draft::sample::{code, comment, consultation, contents, draft};
    use crate::id::{PersonId, PlaceId};
    use crate::mapping::Fate;
    use crate::person::Grant;
    use crate::proposal::propose;

    const TODAY: Date = date(2026, 11, 25);
    const FROM: Date = date(2027, 1, 1);

    fn senior(id: i64) -> Person {
        let from = date(2026, 1, 1);
        let grant = Grant { role: Role::SeniorManager, place: PlaceId(1), from, until: None };
        Person { id: PersonId(id), name: "Catherine Bello".to_owned(), grants: vec![grant] }
    }

    /// Asked of two: one had no comments, and the other's was answered.
    fn ready() -> Draft {
        let mut draft = draft(&["B1", "B2"]);
        draft.consultations.push(consultation());
        draft.consultations[0].consultees[0].no_comments = true;
        let mut comment = comment();
        comment.reply = Some(Reply::new(Outcome::Accepted, "").unwrap());
        draft.comments.push(comment);
        draft
    }

    fn said(draft: &Draft, by: &Person, today: Date) -> Vec<String> {
        let found = obstacles(draft, by, None, today);
        found.iter().map(|refusal| refusal.sentence().to_owned()).collect()
    }

    #[test]
    fn nothing_stands_in_the_way_of_a_draft_that_is_ready() {
        let agreement = agree(&ready(), &senior(2), FROM, None, TODAY).unwrap();
        assert_eq!(agreement.contents(), &contents(&["B1", "B2"]));
        assert_eq!(agreement.asked().len(), 2);
        assert!(agreement.asked().iter().all(|asked| asked.answered.is_reply()));
    }

    #[test]
    fn each_obstacle_has_its_sentence() {
        let mut unanswered = ready();
        unanswered.comments[0].reply = None;
        assert_eq!(
            said(&unanswered, &senior(2), TODAY),
            ["1 of 1 comments has not been answered yet."]
        );
        let mut waiting = ready();
        waiting.consultations[0].consultees[0].no_comments = false;
        let sentence = &said(&waiting, &senior(2), TODAY)[0];
        assert!(sentence.ends_with("no reply yet from Catherine Bello."), "{sentence}");
        let mut alone = ready();
        alone.consultations.clear();
        alone.comments.clear();
        assert!(said(&alone, &senior(2), TODAY)[0].starts_with("Nobody has been asked"));
        assert!(said(&ready(), &senior(1), TODAY)[0].starts_with("You wrote part"));
        let nobody = Person { grants: Vec::new(), ..senior(2) };
        assert!(said(&ready(), &nobody, TODAY)[0].starts_with("Only a senior manager"));
    }

    #[test]
    fn those_who_never_reply_hold_nothing_up_after_the_closing_date() {
        let mut draft = ready();
        draft.consultations[0].consultees[0].no_comments = false;
        assert!(agree(&draft, &senior(2), FROM, None, date(2026, 12, 7)).is_err());
        let agreement = agree(&draft, &senior(2), FROM, None, date(2026, 12, 8)).unwrap();
        assert_eq!(agreement.asked()[0].answered, Answered::Nothing, "and it is on record");
    }

    #[test]
    fn the_mapping_from_the_edition_before_must_be_complete() {
        let before = contents(&["B1", "B2", "B3"]);
        let before = AgreedEdition::new(EditionId(1), 1, None, date(2026, 1, 1), before);
        let mut draft = ready();
        let refused = agree(&draft, &senior(2), FROM, Some(&before), TODAY).unwrap_err();
        assert!(refused.sentence().starts_with("The mapping from Ours, edition 1"), "{refused}");
        draft.links = propose(before.contents(), &draft.contents().unwrap());
        draft.links.insert(code("B3"), BTreeSet::new());
        let agreement = agree(&draft, &senior(2), FROM, Some(&before), TODAY).unwrap();
        let (edition, mapping, _) = agreement.follows().unwrap();
        assert_eq!((edition, mapping.count(Fate::Same)), (EditionId(1), 2));
        assert_eq!(mapping.count(Fate::Dropped), 1);
    }

    #[test]
    fn an_edition_comes_into_force_after_the_one_before_and_never_in_the_past() {
        let before = AgreedEdition::new(EditionId(1), 1, None, FROM, contents(&["B1", "B2"]));
        assert!(check_day(date(2026, 11, 24), None, TODAY).is_err());
        assert!(check_day(TODAY, None, TODAY).is_ok());
        assert!(check_day(FROM, Some(&before), TODAY).is_err());
        assert!(check_day(date(2027, 1, 2), Some(&before), TODAY).is_ok());
    }
}
