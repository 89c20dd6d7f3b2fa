//! What a worker is told of an audit of a record of theirs: that it has started, and what happens next.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::voice::{Heard, Whose};

use super::{InHand, ToHear, voice};
use crate::app::App;
use crate::layout::Frame;
use crate::{links, page};

/// The notice.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/notice.html")]
pub struct NoticePage {
    frame: Frame,
    caption: String,
    auditor: String,
    due: String,
    /// What the auditor noted of the conversation with them.
    conversation: Vec<String>,
    /// Where it is read and replied to, once it is submitted.
    submitted: Option<(String, String)>,
}

/// Shows the notice. Of the answers nothing is seen before the audit is submitted.
///
/// # Errors
/// There is no such page for anybody but the worker who held the record, and before the audit has
/// started.
pub async fn get(app: App, audit: ToHear) -> page::Result {
    let heard = app.store.voices.of_audit(audit.audit.id).await?;
    page::show(&NoticePage::new(&audit, &heard))
}

impl NoticePage {
    fn new(audit: &InHand, heard: &[Heard]) -> Self {
        let id = audit.audit.id;
        let of_worker = heard.iter().find(|it| it.whose == Whose::Worker);
        Self {
            frame: audit.frame(format!("An audit of {} has started", audit.audit.reference())),
            caption: audit.caption(),
            auditor: audit.audit.auditor_name.clone(),
            due: day_in_words(audit.audit.due),
            conversation: of_worker.map_or_else(Vec::new, voice::in_words),
            submitted: audit
                .audit
                .is_submitted()
                .then(|| (links::read_audit(id), links::replies(id))),
        }
    }

    /// Before the conversation, and after it with hostile words.
    pub fn samples() -> Vec<Self> {
        use quarterlight_domain::need::Known;
        use quarterlight_domain::voice::Asked;

        let words = || crate::govuk::HOSTILE.to_owned();
        let heard = Heard {
            whose: Whose::Worker,
            asked: Asked::Yes(jiff::civil::date(2026, 11, 3), words()),
            said: words(),
            changed: Known::Yes,
            change: words(),
            version: 1,
        };
        let audits = super::sample::audits();
        let heard = [Vec::new(), Vec::new(), vec![heard]];
        audits.iter().zip(&heard).map(|(audit, heard)| Self::new(audit, heard)).collect()
    }
}
