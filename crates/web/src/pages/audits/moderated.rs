//! What came of an audit's second reading, for those who may read the audit: both versions are seen.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::moderation::Ending;
use quarterlight_domain::moderation::confirm::Correction;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_store::{Earlier, InModeration};

use super::{InHand, if_there};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, Table};

/// What came of a second reading.
#[derive(Debug, Clone, Default)]
pub struct Moderated {
    /// What happened, in the order in which it did.
    pub sentences: Vec<String>,
    /// The judgements that stand in place of the auditor's; none where there are none.
    pub corrections: Option<Table>,
}

impl Moderated {
    /// What came of an audit's second reading: five statements at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let (id, moderations) = (audit.audit.id, &app.store.moderations);
        let kept = moderations.of_audit(id).await?;
        let there = audit.attached.moderation;
        let corrections = if_there(there, moderations.corrections(id)).await?;
        let earlier = if_there(there, moderations.earlier(id)).await?;
        Ok(Self::new(audit, kept.as_ref(), &corrections, &earlier))
    }

    fn new(
        audit: &InHand,
        kept: Option<&InModeration>,
        corrections: &[Correction],
        earlier: &[Earlier],
    ) -> Self {
        let mut sentences: Vec<String> = earlier.iter().map(before).collect();
        sentences.extend(kept.and_then(now));
        let rows: Vec<Vec<Content>> = corrections.iter().map(|it| row(audit, it)).collect();
        let columns = ["Standard", "Auditor", "What stands", "Why"].map(Column::words).to_vec();
        let table = Table::new("corrections", "What the moderator settled otherwise", columns);
        Self { sentences, corrections: (!rows.is_empty()).then(|| table.rows(rows)) }
    }

    /// An invented one, with hostile words.
    pub fn sample(audit: &InHand) -> Self {
        use quarterlight_domain::judgement::Judgement;
        use quarterlight_domain::text::Reason;

        use crate::govuk::HOSTILE;

        let standard = audit.contents().standards().next().map(|it| it.code.clone());
        let correction = standard.zip(Reason::new(HOSTILE).ok()).map(|(standard, why)| {
            let (from, to) = (Judgement::Met, Judgement::NotMet);
            Correction { standard, from, to, why }
        });
        let mut sample = Self::new(audit, None, correction.as_slice(), &[]);
        sample.sentences.push(HOSTILE.to_owned());
        sample
    }
}

/// *It was submitted before, on 3 May 2026, as Good, and returned by a moderator.*
fn before(earlier: &Earlier) -> String {
    let how =
        if earlier.returned { "returned by a moderator" } else { "taken back by its auditor" };
    format!(
        "It was submitted before, on {}, as {}, and {how}.",
        day_in_words(day_in_england(earlier.submitted_at)),
        earlier.grade.words()
    )
}

fn now(kept: &InModeration) -> Option<String> {
    let moderation = kept.current()?;
    let who = &moderation.moderator_name;
    let Some(ended) = moderation.ended else {
        return Some(format!("{who} is reading this audit a second time."));
    };
    let on = day_in_words(day_in_england(ended.at));
    Some(match (ended.how, &kept.changed, &kept.audit.stage) {
        (Ending::Returned, ..) => format!("{who} returned it to its auditor on {on}."),
        (
            Ending::Confirmed,
            Some((grade, why)),
            quarterlight_domain::audit::Stage::Submitted { opinion, .. },
        ) => format!(
            "{who} confirmed it on {on}, and changed the grade from {} to {}: {why}",
            opinion.grade().words(),
            grade.words()
        ),
        (Ending::Confirmed, ..) => format!("{who} confirmed it on {on}, with its grade."),
    })
}

fn row(audit: &InHand, it: &Correction) -> Vec<Content> {
    let found = audit.contents().find(&it.standard);
    let wording = found.map_or("", |(_, standard)| standard.wording.as_str());
    vec![
        Content::text(format!("{}. {wording}", it.standard)),
        Content::text(it.from.words()),
        Content::text(it.to.words()),
        Content::written(it.why.words()),
    ]
}
