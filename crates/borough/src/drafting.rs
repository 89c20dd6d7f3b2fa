//! The draft of the next edition: written and put out for comment in the quarter under way.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::comment::{About, Outcome, Reply};
use quarterlight_domain::consultation::{Asking, invited};
use quarterlight_domain::draft::{Draft, DraftStandard};
use quarterlight_domain::edition::{Origin, Origins};
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{DraftId, PersonId};
use quarterlight_domain::person::Role;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::{Standard, StandardCode};
use quarterlight_store::Store;

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::rounds::{after, before, moment};

/// How many days from today comments can still be made.
const DAYS_LEFT: u32 = 11;

/// The three mornings on which the draft moves, before anybody else is at work: it is written and
/// sent, comments come in, and one is answered.
pub fn mornings(today: Date) -> [Date; 3] {
    [8, 5, 3].map(|days| weekday(before(today, days)))
}

/// The same day, or the Friday before a weekend: nothing of this may fall on today.
fn weekday(day: Date) -> Date {
    match day.weekday().to_monday_one_offset() {
        6 => before(day, 1),
        7 => before(day, 2),
        _ => day,
    }
}

/// What the draft is made with.
pub struct Drafting<'a> {
    /// The store.
    pub store: &'a Store,
    /// What the edition in force says.
    pub contents: &'a Contents,
    /// Where its standards come from.
    pub origins: &'a Origins,
    /// Everybody.
    pub people: &'a [CastMember],
    /// Writes it.
    pub lead: PersonId,
}

impl Drafting<'_> {
    /// The quality lead writes the draft and asks for comments.
    pub async fn write_and_send(&self, day: Date, today: Date) -> Result<DraftId, Fault> {
        let at = |minutes| Stamp::person(self.lead, moment(day, minutes), "wrote a draft");
        let drafts = &self.store.drafts;
        let name = self.contents.name();
        let copy = Some((self.contents, self.origins));
        let from = format!("{name}, edition 1");
        let id = drafts.start(&at(450), name, &from, copy).await?;
        let draft = self.draft(id).await?;
        let mut summary = standard(&draft, "B1")?;
        let met = "Updated within two months, or since the last big change; a stranger could act \
                   on it, and it says what happens next";
        met.clone_into(&mut summary.standard.met_looks_like);
        summary.origin.core = true;
        let mut filing = standard(&draft, "B4")?;
        filing.standard.critical = true;
        filing.origin = Origin { core: true, source: "the committee of last March".to_owned() };
        for (minutes, written) in [(454, &summary), (457, &filing)] {
            drafts.write(&at(minutes), id, written).await?;
        }
        let met = "Every entry shows the day of the event and the day on which it was written; one \
                   written late says why";
        let new = Standard {
            code: StandardCode::new("B7")?,
            wording: "Entries say when they were made".to_owned(),
            met_looks_like: met.to_owned(),
            critical: false,
            ..filing.standard.clone()
        };
        let title = draft.find(&filing.standard.code).map(|(section, _)| section.title.clone());
        let section = ("B", title.unwrap_or_default());
        let section = (section.0, section.1.as_str());
        drafts.add(&at(461), id, section, (&new, &Origin::default())).await?;
        let people: Vec<_> =
            self.store.people.all().await?.into_iter().map(|line| line.person).collect();
        let roles = BTreeSet::from([Role::SeniorManager, Role::AuditServices]);
        let named = BTreeSet::from([self.id("Helen Oyelaran")?]);
        let asked = invited(&people, &named, &roles, day);
        let note = "Three changes after the first year: the summary, filing, and entries made late. \
                    Please say if they can be kept in your teams.";
        let asking = Asking::new(asked, after(today, DAYS_LEFT), (note, true), day)?;
        let version = self.draft(id).await?.version;
        let stamp = Stamp::person(self.lead, moment(day, 470), "asked for comments on a draft");
        self.store.consultations.open(&stamp, (id, version), &asking).await?;
        Ok(id)
    }

    /// Audit Services and the director comment; a service manager has no comments.
    pub async fn comments(&self, id: DraftId, day: Date) -> Result<(), Fault> {
        let said: BTreeMap<u32, (&str, &str, &str)> = BTreeMap::from([
            (
                475,
                (
                    "Lorna MacAllister",
                    "standard-B7",
                    "How is an auditor to see when an entry was written? Say where the system shows it.",
                ),
            ),
            (
                479,
                (
                    "Lorna MacAllister",
                    "section-B",
                    "B3 and B7 overlap. One of them should say what the other does not.",
                ),
            ),
            (
                483,
                (
                    "Catherine Bello",
                    "standard-B1",
                    "Two months is right for protection plans. Is it right for every record?",
                ),
            ),
        ]);
        for (minutes, (who, about, words)) in said {
            let person = self.id(who)?;
            let stamp = Stamp::person(person, moment(day, minutes), "commented on a draft");
            let about =
                About::from_code(about).ok_or_else(|| Refusal::because("No such place."))?;
            let comment = [(about, words.to_owned(), 0)];
            let key = self.key(id).await?;
            self.store.consultations.comment(&stamp, key, person, &comment).await?;
        }
        let helen = self.id("Helen Oyelaran")?;
        let stamp = Stamp::person(helen, moment(day, 487), "had no comments on a draft");
        let key = self.key(id).await?;
        self.store.consultations.no_comments(&stamp, key, helen).await?;
        Ok(())
    }

    /// The quality lead answers the first comment; the others wait.
    pub async fn answer(&self, id: DraftId, day: Date) -> Result<(), Fault> {
        let draft = self.draft(id).await?;
        let section = About::Section("B".to_owned());
        let Some(comment) = draft.comments.iter().find(|it| it.about == section) else {
            return Ok(());
        };
        let reason =
            "B3 asks if entries are in time, B7 if one can see that they are. B7 will say so.";
        let reply = Reply::new(Outcome::Partly, reason)?;
        let stamp = Stamp::person(self.lead, moment(day, 495), "answered a comment");
        let key = (comment.id, comment.version);
        self.store.consultations.answer(&stamp, id, key, &reply).await?;
        Ok(())
    }

    async fn draft(&self, id: DraftId) -> Result<Draft, Fault> {
        let draft = self.store.drafts.get(id).await?;
        Ok(draft.ok_or_else(|| Refusal::because("The draft is not there."))?)
    }

    async fn key(
        &self,
        id: DraftId,
    ) -> Result<(DraftId, quarterlight_domain::id::ConsultationId), Fault> {
        let draft = self.draft(id).await?;
        let open = draft.consultations.last();
        let open = open.ok_or_else(|| Refusal::because("Nobody was asked."))?;
        Ok((id, open.id))
    }

    fn id(&self, name: &str) -> Result<PersonId, Fault> {
        let person = self.people.iter().find(|person| person.name == name);
        Ok(person
            .map(|person| person.id)
            .ok_or_else(|| Refusal::because("Somebody is missing."))?)
    }
}

fn standard(draft: &Draft, code: &str) -> Result<DraftStandard, Fault> {
    let found = draft.find(&StandardCode::new(code)?).map(|(_, standard)| standard.clone());
    Ok(found.ok_or_else(|| Refusal::because("The framework has no such standard."))?)
}
