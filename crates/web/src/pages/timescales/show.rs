//! One rule about time: what it asks of whom, by whose authority, and everything that was changed about it.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::timescale::applies::AppliesTo;
use quarterlight_domain::timescale::asks::Asks;
use quarterlight_domain::timescale::rule::{InForce, RuleCode};
use quarterlight_domain::timescale::variation::Variation;
use quarterlight_report::words;

use super::vary::{VaryForm, VaryPart, form_key};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{Column, Content, ErrorSummary, HOSTILE, SummaryList, SummaryRow, Table};
use crate::layout::Frame;
use crate::permit::{ReadFramework, Through};
use crate::timescales::{RulesInForce, local_in_words, varied_in_words};
use crate::{links, page};

/// One rule.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/timescales/show.html")]
pub struct RulePage {
    frame: Frame,
    errors: ErrorSummary,
    facts: SummaryList,
    changes: Table,
    /// The form to change the rule; none for those who may not.
    vary: Option<VaryPart>,
}

/// Shows the rule, and to the quality lead the form to change it.
///
/// # Errors
/// There is no such page for those who have nothing to do with audits, and for a rule that is not
/// in force.
pub async fn get(
    app: App,
    visitor: Through<ReadFramework>,
    axum::extract::Path(code): axum::extract::Path<String>,
) -> page::Result {
    let (rules, held) = find(&app, &visitor, &code).await?;
    let may_vary = permits(&visitor.person, Deed::VaryRules, visitor.today);
    let form = may_vary.then(|| VaryForm { form_key: form_key(&app), ..VaryForm::default() });
    let frame = frame(&app, &visitor, &held);
    page::show(&RulePage::new(frame, &rules, &held, form.as_ref(), &Errors::default()))
}

/// The rule with this code, as it holds today.
pub(super) async fn find(
    app: &App,
    visitor: &crate::session::SignedIn,
    code: &str,
) -> Result<(RulesInForce, InForce), Failure> {
    let code = RuleCode::new(code).map_err(|_| Failure::NotFound)?;
    let rules = RulesInForce::on(app, visitor.today).await?.ok_or(Failure::NotFound)?;
    let held = rules.rules.iter().find(|held| held.rule.code == code).cloned();
    Ok((rules, held.ok_or(Failure::NotFound)?))
}

/// The frame of the rule's page.
pub(super) fn frame(app: &App, visitor: &crate::session::SignedIn, held: &InForce) -> Frame {
    let breadcrumbs = vec![("Timescales".to_owned(), links::timescales())];
    Frame { breadcrumbs, ..visitor.frame(app, held.rule.name.clone(), "Timescales") }
}

impl RulePage {
    /// The page, with a form as it was filled in and what is wrong with it.
    pub(super) fn new(
        frame: Frame,
        rules: &RulesInForce,
        held: &InForce,
        form: Option<&VaryForm>,
        errors: &Errors,
    ) -> Self {
        let of_rule = rules.variations.iter().filter(|it| it.rule == held.rule.code);
        let vary = form.map(|form| VaryPart::new(held, form, errors));
        let summary = vary.as_ref().map_or_else(ErrorSummary::new, VaryPart::errors);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            facts: SummaryList::new(facts(rules, held)),
            changes: changes(of_rule),
            vary,
        }
    }

    /// A rule to read, one to change, and one with hostile words and a form that was wrong.
    pub fn samples() -> Vec<Self> {
        let frame = |words: &str| Frame::new(words);
        let mut samples = Vec::new();
        let blank = VaryForm::default();
        for (words, form, position) in
            [("Core group", None, 2), ("Visit", Some(&blank), 1), (HOSTILE, Some(&blank), 0)]
        {
            let Some(rules) = RulesInForce::sample(words) else { continue };
            let Some(held) = rules.rules.get(position) else { continue };
            let mut errors = Errors::default();
            if words == HOSTILE {
                for field in VaryForm::FIELDS {
                    errors.say(field, HOSTILE);
                }
            }
            samples.push(Self::new(frame(words), &rules, held, form, &errors));
        }
        samples
    }
}

fn facts(rules: &RulesInForce, held: &InForce) -> Vec<SummaryRow> {
    let rule = &held.rule;
    let published = rules.set.rule(&rule.code).unwrap_or(rule);
    let limit = words::sentence_case(&rule.asks.limit_in_words());
    let mut facts = vec![
        SummaryRow::new("Limit", if held.off { "Switched off".to_owned() } else { limit }),
        SummaryRow::new("Asked of", asked_of(&rule.applies)),
        SummaryRow::new("Counting", rule.counting_in_words()),
        SummaryRow::new("As published", words::sentence_case(&published.asks.limit_in_words())),
        SummaryRow::new("Source", source(held)),
    ];
    if let Some(local) = local_in_words(held) {
        facts.insert(1, SummaryRow::new("Here", local));
    }
    if rule.confirm_locally {
        let sentence = "To be confirmed locally: the figure was not checked against its source.";
        facts.push(SummaryRow::new("Certainty", sentence));
    }
    if let Asks::Auditor { why, .. } = &rule.asks {
        facts.push(SummaryRow::new("Why it cannot be checked", why.clone()));
    }
    if let Some(words) = in_force(held) {
        facts.push(SummaryRow::new("In force", words));
    }
    let standards: Vec<String> = rule.standards.iter().map(ToString::to_string).collect();
    if !standards.is_empty() {
        facts.push(SummaryRow::new("A fact for standards", standards.join(", ")));
    }
    facts
}

fn source(held: &InForce) -> Content {
    let published = &held.rule.published;
    let practice =
        if published.local_practice { " (a practice of others, and no law)" } else { "" };
    let words = format!("{}{practice}", published.citation);
    match published.link.as_deref().filter(|link| link.starts_with("https://")) {
        Some(link) => Content::link(words, link),
        None => Content::text(words),
    }
}

fn in_force(held: &InForce) -> Option<String> {
    match (held.rule.from.map(day_in_words), held.rule.until.map(day_in_words)) {
        (None, None) => None,
        (Some(from), None) => Some(format!("From {from}")),
        (None, Some(until)) => Some(format!("Until {until}")),
        (Some(from), Some(until)) => Some(format!("From {from} until {until}")),
    }
}

/// Which records a rule is asked of, in words.
fn asked_of(applies: &AppliesTo) -> String {
    let needs = |needs: &std::collections::BTreeSet<_>| {
        let words: Vec<String> = needs
            .iter()
            .map(|need: &quarterlight_domain::need::Need| need.words().to_lowercase())
            .collect();
        words.join(" or ")
    };
    let mut parts = vec![if applies.needs.is_empty() {
        "Every open record".to_owned()
    } else {
        format!("Open records: {}", needs(&applies.needs))
    }];
    if !applies.without.is_empty() {
        parts.push(format!("and not {}", needs(&applies.without)));
    }
    if applies.closed_too {
        parts.push("and closed records".to_owned());
    }
    if applies.not_assessment_only {
        parts.push("not where only an assessment is open".to_owned());
    }
    if applies.disabled {
        parts.push("disabled children".to_owned());
    }
    if applies.unaccompanied {
        parts.push("unaccompanied children".to_owned());
    }
    parts.extend(applies.placement.map(|placement| placement.words().to_lowercase()));
    if !applies.routes.is_empty() {
        let routes: Vec<&str> = applies.routes.iter().map(|route| route.code()).collect();
        parts.push(format!("by the route {}", routes.join(" or ").replace('_', " ")));
    }
    parts.extend(applies.age_from.map(|age| format!("aged {age} or over")));
    parts.extend(applies.age_under.map(|age| format!("under {age}")));
    let lasting = |words: &str, it: Option<(quarterlight_domain::timescale::applies::Start, _)>| {
        it.map(|(start, limit): (_, quarterlight_domain::timescale::limit::Limit)| {
            format!("{words} {limit} after {}", start.words())
        })
    };
    parts.extend(lasting("more than", applies.open_over));
    parts.extend(lasting("up to", applies.open_within));
    if applies.missing {
        parts.push("missing in the last twelve months".to_owned());
    }
    parts.join(", ")
}

fn changes<'v>(variations: impl Iterator<Item = &'v Variation>) -> Table {
    let columns = vec![
        Column::words("From"),
        Column::words("Change"),
        Column::words("Who said so"),
        Column::words("Why"),
    ];
    let row = |variation: &Variation| {
        vec![
            Content::text(day_in_words(variation.from)),
            Content::text(varied_in_words(variation.varied)),
            Content::text(variation.by.clone()),
            Content::written(variation.why.words()),
        ]
    };
    Table::new("changes", "Changes by this authority", columns)
        .rows(variations.map(row).collect())
        .empty("This authority has not changed the rule: it holds as it was published.")
}
