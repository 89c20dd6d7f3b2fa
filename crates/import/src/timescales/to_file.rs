//! A rule as a file says it.

use quarterlight_domain::timescale::applies::Start;
use quarterlight_domain::timescale::asks::{Asks, WhenNone, Which};
use quarterlight_domain::timescale::limit::Limit;
use quarterlight_domain::timescale::rule::Rule;
use quarterlight_domain::timescale::working_days::FirstDay;

use super::{AuditorOfFile, EpisodeOfFile, Lasting, LatestOfFile, RuleOfFile, SaidOfFile, Younger};

/// The rule, in the words of the file.
pub(super) fn rule(rule: &Rule) -> RuleOfFile {
    let applies = &rule.applies;
    let codes = |codes: &mut dyn Iterator<Item = &'static str>| -> Vec<String> {
        codes.map(str::to_owned).collect()
    };
    let mut file = RuleOfFile {
        code: rule.code.to_string(),
        name: rule.name.clone(),
        source: rule.published.citation.clone(),
        link: rule.published.link.clone(),
        local_practice: rule.published.local_practice,
        confirm_locally: rule.confirm_locally,
        from: rule.from.map(|day| day.to_string()),
        until: rule.until.map(|day| day.to_string()),
        standards: rule.standards.iter().map(ToString::to_string).collect(),
        needs: codes(&mut applies.needs.iter().map(|need| need.code())),
        without: codes(&mut applies.without.iter().map(|need| need.code())),
        closed_too: applies.closed_too,
        not_assessment_only: applies.not_assessment_only,
        disabled: applies.disabled,
        unaccompanied: applies.unaccompanied,
        placement: applies.placement.map(|placement| placement.code().to_owned()),
        routes: codes(&mut applies.routes.iter().map(|route| route.code())),
        age_from: applies.age_from,
        age_under: applies.age_under,
        missing: applies.missing,
        first_day: (rule.counting.first_day == FirstDay::One).then(|| "one".to_owned()),
        bank_holidays_count: rule.counting.bank_holidays_count,
        open_over: lasting(applies.open_over),
        open_within: lasting(applies.open_within),
        ..RuleOfFile::default()
    };
    asks(&rule.asks, &mut file);
    file
}

fn lasting(lasting: Option<(Start, Limit)>) -> Option<Lasting> {
    let (since, limit) = lasting?;
    Some(Lasting { since: since.code().to_owned(), limit: limit.to_string() })
}

fn asks(asks: &Asks, file: &mut RuleOfFile) {
    let text = |limit: &Limit| limit.to_string();
    match asks {
        Asks::Episode { kind, which, limit } => {
            let words = match which {
                Which::Open => "open",
                Which::Ended { .. } => "ended",
                Which::OpenOrEnded { .. } => "both",
            };
            file.episode = Some(EpisodeOfFile {
                kind: kind.code().to_owned(),
                which: words.to_owned(),
                months: which.ended(),
                limit: text(limit),
            });
        }
        Asks::Latest { kind, since, from_before, limit, younger, when_none } => {
            let (word, first) = match when_none {
                WhenNone::CannotTell => ("cannot_tell", None),
                WhenNone::Late => ("late", None),
                WhenNone::LateAfter(first) => ("late", Some(text(first))),
            };
            file.latest = Some(LatestOfFile {
                kind: kind.code().to_owned(),
                since: since.code().to_owned(),
                from_before: *from_before,
                limit: limit.as_ref().map(text),
                when_none: word.to_owned(),
                first,
                younger: younger
                    .as_ref()
                    .map(|(under, limit)| Younger { under: *under, limit: text(limit) }),
            });
        }
        Asks::Said { matter, after } => {
            file.said = Some(SaidOfFile {
                matter: matter.code().to_owned(),
                since: after.map(|(since, _)| since.code().to_owned()),
                after: after.map(|(_, after)| after.to_string()),
            });
        }
        Asks::Auditor { limit, why } => {
            file.auditor = Some(AuditorOfFile { limit: limit.clone(), why: why.clone() });
        }
    }
}
