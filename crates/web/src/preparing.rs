//! Building a report, and giving it to members: the same for the pages and for the command line.

use quarterlight_domain::hex::hex;
use quarterlight_domain::id::{PersonId, PreparedId, ReportId};
use quarterlight_domain::names::Names;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::release::about::About;
use quarterlight_domain::release::passage::{Part, Passage};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_report::document::Document;
use quarterlight_report::part_one::{NotPublic, says_the_same};
use quarterlight_report::passages::{differences, edited, passages};
use quarterlight_store::{Built, NewPrepared, NewRelease, Store};
use sha2::{Digest, Sha256};

use crate::error::Failure;
use crate::reported::Reported;

/// A document as it is kept.
///
/// # Errors
/// Fails if the document cannot be written as text, which is a fault of ours.
pub fn kept(document: &Document) -> Result<String, Failure> {
    serde_json::to_string(document)
        .map_err(|fault| Failure::Failed(format!("write the document: {fault}")))
}

/// A document, read from what was kept.
///
/// # Errors
/// Fails if what was kept is not a document, which the journal's digest would show too.
pub fn opened(kept: &str) -> Result<Document, Failure> {
    serde_json::from_str(kept)
        .map_err(|fault| Failure::Failed(format!("read the released document: {fault}")))
}

/// Builds a report on the figures of this day, beside what is public already.
///
/// # Errors
/// Refuses a correction that does not say what changed. Where a public part would let what is hidden
/// be worked out, the private one is built alone, and what was refused is kept with it. There is no
/// such page for a quarter without a cycle, nor for a year that has no quarters.
pub async fn build(
    store: &Store,
    small_counts: u32,
    stamp: &Stamp,
    about: About,
    what_changed: Option<Reason>,
) -> Result<PreparedId, Failure> {
    let reported = Reported::of(store, about, stamp.day()).await?;
    let corrects = match (store.releases.latest(about).await?, what_changed) {
        (None, _) => None,
        (Some(report), Some(words)) => Some((report, words)),
        (Some(_), None) => {
            let released = match about {
                About::Quarter(..) => "A report of this quarter",
                About::Year(_) => "A programme of this year",
            };
            return Err(Refusal::because(format!(
                "{released} is released, so this one corrects it. Say what changed."
            ))
            .into());
        }
    };
    let private = reported.private()?;
    let ledgers = store.releases.ledgers().await?;
    let beside = ledgers.last().map(|it| it.report);
    let (part_one, public_waits) = if about.service().is_none() {
        let earlier: Vec<(About, String)> =
            ledgers.into_iter().map(|it| (it.about, it.text)).collect();
        let public = tokio::task::spawn_blocking(move || reported.public(small_counts, &earlier));
        let public = public.await.map_err(|_| Failure::Failed("attack the report".to_owned()))?;
        match public {
            Ok(public) => (Some((kept(&public.document)?, public.past.text())), None),
            Err(NotPublic::Refused(refusal)) => (None, Some(refusal.sentence().to_owned())),
            Err(other) => return Err(Failure::Failed(other.to_string())),
        }
    } else {
        (None, None)
    };
    let part_two = kept(&private)?;
    let public = part_one.as_ref().map_or("", |(text, _)| text.as_str());
    let digest = Sha256::digest(format!("{public}\n{part_two}").as_bytes());
    let digest = hex(&digest);
    let title = format!("{}: {}", private.cover.title, private.cover.subtitle);
    let new =
        NewPrepared { about, title, part_one, part_two, digest, corrects, public_waits, beside };
    let built = store.releases.build(stamp, &new).await?;
    built.ok_or_else(|| {
        Refusal::because("Another report about the same was released meanwhile. Build it again.")
            .into()
    })
}

/// A prepared report, opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// As it is kept.
    pub built: Built,
    /// Part I as the program wrote it; none of a single service.
    pub part_one: Option<Document>,
    /// Part II as the program wrote it.
    pub part_two: Document,
    /// The sentences of both.
    pub passages: Vec<Passage>,
}

impl Opened {
    /// Opens what was kept.
    ///
    /// # Errors
    /// Fails if what was kept is not a document.
    pub fn of(built: Built) -> Result<Self, Failure> {
        let part_one = built.part_one.as_deref().map(opened).transpose()?;
        let part_two = opened(&built.part_two)?;
        let mut all = part_one.as_ref().map_or(Vec::new(), |it| passages(it, Part::One));
        all.extend(passages(&part_two, Part::Two));
        Ok(Self { built, part_one, part_two, passages: all })
    }

    /// A part as it reads now, with what people have written; Part II is marked with its ground.
    pub fn part(&self, part: Part) -> Option<Document> {
        let prepared = &self.built.prepared;
        match part {
            Part::One => self.part_one.as_ref().map(|it| edited(it, part, prepared)),
            Part::Two => {
                let mut document = edited(&self.part_two, part, prepared);
                if let Some((ground, ..)) = prepared.ground() {
                    document.cover.marking = ground.marking();
                }
                Some(document)
            }
        }
    }

    /// What a program finds in Part I that a person should look at, each as a sentence with its
    /// place. It knows names and references; whether a sentence shows who a child is, it cannot know.
    pub fn leaks(&self, names: &Names) -> Vec<String> {
        let Some(document) = self.part(Part::One) else { return Vec::new() };
        let mut found = Vec::new();
        for passage in passages(&document, Part::One) {
            let place = passage.place.to_string();
            let place = place.trim_end_matches(',');
            if names.line_with_one(&passage.text).is_some() {
                found.push(format!("{place} has the name of somebody who works here."));
            }
            if passage.text.split_whitespace().any(is_reference) {
                found.push(format!("{place} has what looks like the reference of a record."));
            }
            let generated = self.passages.iter().find(|it| it.place == passage.place);
            if generated.is_some_and(|it| it.text != passage.text) {
                found.push(format!("{place} was written by a person. Read what it lets one know."));
            }
        }
        found
    }
}

/// Letters, a hyphen and digits, as references of records have them.
fn is_reference(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| ".,;:()“”".contains(letter));
    word.split_once('-').is_some_and(|(letters, digits)| {
        !letters.is_empty()
            && letters.chars().all(|it| it.is_ascii_uppercase())
            && digits.len() >= 3
            && digits.chars().all(|it| it.is_ascii_digit())
    })
}

/// The Part I about this that is public and that nothing public corrects.
async fn public_of(store: &Store, about: About) -> Result<Option<Document>, Failure> {
    let lines = store.releases.public().await?;
    let Some(line) = lines.iter().find(|it| it.about == about) else { return Ok(None) };
    let report = store.releases.part_one(line.id).await?;
    report.map(|it| opened(&it.part_one)).transpose()
}

/// Gives an approved report to members, both parts as they read now. A correction whose Part I says
/// what is public already is one of Part II alone.
///
/// # Errors
/// Refuses a report that is not approved, or was released or built anew, and one with a public part
/// that was built before another one was released.
pub async fn release(
    store: &Store,
    stamp: &Stamp,
    by: PersonId,
    report: &Opened,
) -> Result<ReportId, Failure> {
    let prepared = &report.built.prepared;
    prepared.release()?;
    let two = report.part(Part::Two).ok_or(Failure::NotFound)?;
    // What it corrects may have had no public part: then the public one before it counts.
    let public = match prepared.corrects {
        Some(_) => public_of(store, prepared.about).await?,
        None => None,
    };
    // Where Part I says what is public already, that one stays: the public is told nothing of what
    // was corrected in private.
    let one = report.part(Part::One);
    let one = one.filter(|now| !public.as_ref().is_some_and(|was| says_the_same(was, now)));
    let differs = match (&prepared.corrects, &one, &public) {
        (None, ..) | (_, Some(_), None) => Vec::new(),
        (Some(_), Some(now), Some(was)) => differences(was, now),
        (Some((corrected, _)), None, _) => match store.reports.get(*corrected).await? {
            Some(was) => differences(&opened(&was.document)?, &two),
            None => Vec::new(),
        },
    };
    let part_one = one.as_ref().map(kept).transpose()?;
    let whole = NewRelease { part_one, part_two: kept(&two)?, differs };
    let id = store.releases.release(stamp, by, prepared, &whole).await?.ok_or_else(|| {
        Refusal::because(
            "This report was released or built anew meanwhile, or another public report was \
             released since it was built, beside which its hidden numbers were not attacked. Open it \
             again; if it is not released, build it again.",
        )
    })?;
    store.journal.checkpoint(stamp).await?;
    Ok(id)
}
