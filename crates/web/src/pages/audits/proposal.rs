//! What the case list proposes as an answer: shown beside the question, confirmed or overruled.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::proposed::{Proposed, Ruled, Ruling, ruled};
use quarterlight_domain::standard::{Standard, StandardCode};
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::beside::{DrawnRecord, FactBeside};
use quarterlight_store::KeptProposal;

use super::{InHand, if_there};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Column, Content, Field, Table, Textarea};
use crate::timescales::RulesInForce;

/// What is proposed is worked out from: the record as at its draw, and the rules of that day.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// The record, as at its draw and since.
    pub record: Option<DrawnRecord>,
    /// The rules that held on the day of the list from which it was drawn.
    pub rules: Option<RulesInForce>,
    /// What the auditor said to it so far.
    pub kept: BTreeMap<StandardCode, KeptProposal>,
}

impl Grounds {
    /// What the audit's proposals are worked out from: three statements at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let record = app.store.timescales.drawn_record(audit.audit.id).await?;
        let rules = match &record {
            Some(record) => RulesInForce::on(app, record.day).await?,
            None => None,
        };
        let kept = app.store.proposals.of_audit(audit.audit.id);
        let kept = if_there(audit.attached.proposals, kept).await?;
        Ok(Self { record, rules, kept })
    }

    /// The facts beside a standard.
    pub fn facts(&self, code: &StandardCode) -> Vec<FactBeside<'_>> {
        match (&self.record, &self.rules) {
            (Some(record), Some(rules)) => record.beside(code, &rules.rules, &rules.holidays),
            _ => Vec::new(),
        }
    }

    /// What is proposed for a standard.
    pub fn proposed(&self, standard: &Standard) -> Option<Proposed> {
        let facts = self.facts(&standard.code);
        let then: Vec<_> = facts.into_iter().map(|fact| fact.then).collect();
        Proposed::of(standard, &then)
    }

    /// What the auditor's answers say to everything that is proposed.
    pub fn ruled(&self, audit: &InHand) -> Vec<Ruled> {
        let asked = audit.contents().asked_of(&audit.audit.line);
        let proposed: Vec<Proposed> = asked.iter().filter_map(|it| self.proposed(it)).collect();
        ruled(&proposed, &audit.answers, |code| self.reason(code))
    }

    /// Why the auditor overruled what is proposed for a standard, as far as that was said.
    pub fn reason(&self, code: &StandardCode) -> Option<Reason> {
        self.kept.get(code).and_then(|kept| kept.because.clone())
    }
}

/// Keeps what an answer says to what is proposed for its standard, if anything is. The reason is
/// owed until the audit is submitted, as other words are, and does not hold up the saving.
///
/// # Errors
/// Fails if the database cannot be written.
pub async fn keep(
    app: &App,
    audit: &InHand,
    code: &StandardCode,
    (judgement, because): (Judgement, &str),
) -> Result<(), Failure> {
    let grounds = Grounds::of(app, audit).await?;
    let found = audit.contents().find(code);
    if let Some(proposed) = found.and_then(|(_, standard)| grounds.proposed(standard)) {
        let said = proposed.ruled(judgement, Reason::new(because).ok());
        let stamp = audit.visitor.stamp("confirmed or overruled what the case list proposes");
        app.store.proposals.keep(&stamp, audit.audit.id, &[said]).await?;
    }
    Ok(())
}

/// The part of the form about what is proposed.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/proposal.html")]
pub struct ProposalPart {
    judgement: String,
    because: Vec<String>,
    /// What was said to it so far.
    said: Option<String>,
    /// Why it is overruled.
    pub reason: Textarea,
}

impl HtmlSafe for ProposalPart {}

impl ProposalPart {
    /// The part; none where nothing is proposed for the standard.
    pub fn of(
        grounds: &Grounds,
        standard: &Standard,
        reason: &str,
        errors: &Errors,
    ) -> Option<Self> {
        let proposed = grounds.proposed(standard)?;
        let field = Field::new("overruled", "Why you overrule it")
            .hint(
                "Only if your answer is another one. What shows it otherwise, and where? Do not \
                 use a child’s or a worker’s name.",
            )
            .error(errors.at("overruled"));
        let kept = grounds.kept.get(&standard.code);
        Some(Self {
            judgement: proposed.judgement.words().to_owned(),
            because: proposed.because,
            said: kept.map(|kept| said(kept).to_owned()),
            reason: Textarea::new(field).value(reason).rows(3),
        })
    }
}

fn said(kept: &KeptProposal) -> &'static str {
    match (kept.confirmed, &kept.because) {
        (true, _) => "You have confirmed this.",
        (false, Some(_)) => "You have overruled this.",
        (false, None) => "You have overruled this, and not said why yet.",
    }
}

/// What was proposed in an audit and what its auditor said, for those who read it.
pub fn table(kept: &BTreeMap<StandardCode, KeptProposal>) -> Option<Table> {
    let columns = vec![
        Column::words("Standard"),
        Column::words("The case list proposed"),
        Column::words("The auditor"),
    ];
    let row = |(code, kept): (&StandardCode, &KeptProposal)| {
        let said = match (&kept.because, kept.confirmed) {
            (_, true) => Content::text("Confirmed it"),
            (Some(because), _) => Content::written(format!("Overruled it: {}", because.words())),
            (None, _) => Content::text("Overruled it, without a reason yet"),
        };
        vec![Content::text(code.as_str()), Content::text(kept.proposed.words()), said]
    };
    let caption = "What the case list proposed as at the draw";
    (!kept.is_empty())
        .then(|| Table::new("proposed", caption, columns).rows(kept.iter().map(row).collect()))
}

/// What an auditor's answer says to what was proposed, in one line for checking; nothing to say
/// where it was confirmed.
pub fn line(ruled: &[Ruled], code: &StandardCode) -> Option<String> {
    let it = ruled.iter().find(|it| it.standard == *code)?;
    let proposed = it.proposed.words();
    match &it.ruling {
        Ruling::Confirmed => None,
        Ruling::Overruled { because: Some(because) } => {
            Some(format!("Overrules the case list ({proposed}): {}", because.words()))
        }
        Ruling::Overruled { because: None } => {
            Some(format!("Overrules the case list ({proposed}): you have not said why yet."))
        }
    }
}

/// Rulings on the standards of the invented audits, with these words for a reason.
pub fn samples(words: &str) -> Vec<Ruled> {
    let ruled = |code: &str, because| {
        let ruling = Ruling::Overruled { because };
        let standard = StandardCode::new(code).ok()?;
        Some(Ruled { standard, proposed: Judgement::Met, rules: Vec::new(), ruling })
    };
    [ruled("B1", Reason::new(words).ok()), ruled("C1", None)].into_iter().flatten().collect()
}
