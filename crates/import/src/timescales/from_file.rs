//! A rule as a file says it, made into a rule or refused by its code.

use jiff::civil::Date;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::Episode;
use quarterlight_domain::need::{LegalRoute, Need, Placement};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::timescale::applies::{AppliesTo, Start};
use quarterlight_domain::timescale::asks::{Asks, Matter, WhenNone, Which};
use quarterlight_domain::timescale::limit::{Limit, Unit};
use quarterlight_domain::timescale::rule::{Published, Rule, RuleCode};
use quarterlight_domain::timescale::working_days::{Counting, FirstDay};

use super::{EpisodeOfFile, Lasting, LatestOfFile, RuleOfFile, SaidOfFile};

/// The rule.
pub(super) fn rule(file: RuleOfFile) -> Result<Rule, Refusal> {
    let code = RuleCode::new(&file.code)?;
    let named = Named(&code);
    let day =
        |text: &Option<String>| text.as_deref().map(|text| day(&named.words(), text)).transpose();
    let standards = file.standards.iter().map(|text| StandardCode::new(text));
    let (from, until) = (day(&file.from)?, day(&file.until)?);
    let standards = standards.collect::<Result<_, _>>()?;
    let (applies, counting) = (named.applies(&file)?, named.counting(&file)?);
    let asks = named.asks(file.episode, file.latest, file.said, file.auditor)?;
    Ok(Rule {
        name: file.name,
        published: Published {
            citation: file.source,
            link: file.link,
            local_practice: file.local_practice,
        },
        from,
        until,
        applies,
        asks,
        counting,
        confirm_locally: file.confirm_locally,
        standards,
        code,
    })
}

/// A day of the file.
pub(super) fn day(whose: &str, text: &str) -> Result<Date, Refusal> {
    text.parse().map_err(|_| {
        Refusal::because(format!("{whose} gives the day “{text}”. Write it as 2026-04-01."))
    })
}

/// The rule that a refusal names.
struct Named<'r>(&'r RuleCode);

impl Named<'_> {
    fn words(&self) -> String {
        format!("Rule {}", self.0)
    }

    /// A word of the file as what it stands for.
    fn word<T>(
        &self,
        what: &str,
        text: &str,
        from: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Refusal> {
        from(text).ok_or_else(|| {
            Refusal::because(format!("Rule {} says “{text}” for {what}, which is none.", self.0))
        })
    }

    fn words_of<T, C: FromIterator<T>>(
        &self,
        what: &str,
        texts: &[String],
        from: impl Fn(&str) -> Option<T>,
    ) -> Result<C, Refusal> {
        texts.iter().map(|text| self.word(what, text, &from)).collect()
    }

    fn limit(&self, text: &str) -> Result<Limit, Refusal> {
        Limit::parse(text)
            .map_err(|why| Refusal::because(format!("Rule {}: {}", self.0, why.sentence())))
    }

    fn applies(&self, file: &RuleOfFile) -> Result<AppliesTo, Refusal> {
        let placement = file.placement.as_deref();
        Ok(AppliesTo {
            needs: self.words_of("a need", &file.needs, Need::from_code)?,
            without: self.words_of("a need", &file.without, Need::from_code)?,
            closed_too: file.closed_too,
            not_assessment_only: file.not_assessment_only,
            disabled: file.disabled,
            unaccompanied: file.unaccompanied,
            placement: placement
                .map(|text| self.word("the placement", text, Placement::from_code))
                .transpose()?,
            routes: self.words_of("a legal route", &file.routes, LegalRoute::from_code)?,
            age_from: file.age_from,
            age_under: file.age_under,
            open_over: self.lasting(file.open_over.as_ref())?,
            open_within: self.lasting(file.open_within.as_ref())?,
            missing: file.missing,
        })
    }

    fn lasting(&self, lasting: Option<&Lasting>) -> Result<Option<(Start, Limit)>, Refusal> {
        let Some(lasting) = lasting else { return Ok(None) };
        let limit = self.limit(&lasting.limit)?;
        if limit.unit == Unit::WorkingDays {
            return Err(Refusal::because(format!(
                "Rule {} says how long something has gone on in working days. Give it in days, \
                 weeks or months.",
                self.0
            )));
        }
        Ok(Some((self.start(&lasting.since)?, limit)))
    }

    fn start(&self, text: &str) -> Result<Start, Refusal> {
        self.word("a start", text, Start::from_code)
    }

    fn counting(&self, file: &RuleOfFile) -> Result<Counting, Refusal> {
        let first_day = match file.first_day.as_deref() {
            None | Some("zero") => FirstDay::Zero,
            Some("one") => FirstDay::One,
            Some(text) => self.word("the first day", text, |_| None)?,
        };
        Ok(Counting { first_day, bank_holidays_count: file.bank_holidays_count })
    }

    fn asks(
        &self,
        episode: Option<EpisodeOfFile>,
        latest: Option<LatestOfFile>,
        said: Option<SaidOfFile>,
        auditor: Option<super::AuditorOfFile>,
    ) -> Result<Asks, Refusal> {
        match (episode, latest, said, auditor) {
            (Some(episode), None, None, None) => self.episode(&episode),
            (None, Some(latest), None, None) => self.latest(&latest),
            (None, None, Some(said), None) => self.said(&said),
            (None, None, None, Some(file)) => {
                Ok(Asks::Auditor { limit: file.limit, why: file.why })
            }
            _ => Err(Refusal::because(format!(
                "Rule {} must ask one thing: give one of episode, latest, said and auditor.",
                self.0
            ))),
        }
    }

    fn episode(&self, file: &EpisodeOfFile) -> Result<Asks, Refusal> {
        let which = match (file.which.as_str(), file.months) {
            ("open", None) => Which::Open,
            ("ended", Some(months)) => Which::Ended { months },
            ("both", Some(months)) => Which::OpenOrEnded { months },
            _ => {
                return Err(Refusal::because(format!(
                    "Rule {} must say open, or ended or both with a number of months.",
                    self.0
                )));
            }
        };
        let kind = self.word("an episode", &file.kind, Episode::from_code)?;
        Ok(Asks::Episode { kind, which, limit: self.limit(&file.limit)? })
    }

    fn latest(&self, file: &LatestOfFile) -> Result<Asks, Refusal> {
        let limit = |text: &Option<String>| text.as_deref().map(|it| self.limit(it)).transpose();
        let when_none = match (file.when_none.as_str(), limit(&file.first)?) {
            ("cannot_tell", None) => WhenNone::CannotTell,
            ("late", None) => WhenNone::Late,
            ("late", Some(first)) => WhenNone::LateAfter(first),
            _ => {
                return Err(Refusal::because(format!(
                    "Rule {} must say for when_none late, with or without first, or cannot_tell.",
                    self.0
                )));
            }
        };
        let younger = file.younger.as_ref();
        let younger = younger.map(|it| Ok::<_, Refusal>((it.under, self.limit(&it.limit)?)));
        let limit = limit(&file.limit)?;
        if limit.is_none() && when_none == WhenNone::CannotTell {
            return Err(Refusal::because(format!("Rule {} asks nothing.", self.0)));
        }
        Ok(Asks::Latest {
            kind: self.word("a date", &file.kind, KeyDate::from_code)?,
            since: self.start(&file.since)?,
            from_before: file.from_before,
            limit,
            younger: younger.transpose()?,
            when_none,
        })
    }

    fn said(&self, file: &SaidOfFile) -> Result<Asks, Refusal> {
        let after = match (&file.since, &file.after) {
            (None, None) => None,
            (Some(since), Some(after)) => Some((self.start(since)?, self.limit(after)?)),
            _ => {
                return Err(Refusal::because(format!(
                    "Rule {} must give since and after together, or neither.",
                    self.0
                )));
            }
        };
        Ok(Asks::Said { matter: self.word("a matter", &file.matter, Matter::from_code)?, after })
    }
}
