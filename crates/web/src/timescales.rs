//! The rules about time that hold on a day, for the pages that show them or what they find.

use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::timescale::rule::{InForce, Rule};
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::variation::{Variation, Varied};
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_import::{bank_holidays, timescales};

use crate::app::App;
use crate::error::Failure;

/// The rules that hold on a day, and how they came to.
#[derive(Debug, Clone)]
pub struct RulesInForce {
    /// The day.
    pub day: Date,
    /// The set.
    pub set: RuleSet,
    /// Who kept the set, by name; none for the server's own command line.
    pub kept_by: Option<String>,
    /// Everything that the authority changed about its rules, the first made first.
    pub variations: Vec<Variation>,
    /// The rules that hold, with their local changes.
    pub rules: Vec<InForce>,
    /// The bank holidays by which working days are counted.
    pub holidays: BankHolidays,
}

impl RulesInForce {
    /// The rules that hold on a day, in one statement; none if no set was kept by then.
    ///
    /// # Errors
    /// Fails if the database cannot be read, or holds a set that this program cannot.
    pub async fn on(app: &App, day: Date) -> Result<Option<Self>, Failure> {
        let held = app.store.timescales.in_force_as_varied(day).await?;
        let Some((kept, variations)) = held else { return Ok(None) };
        let set = timescales::from_toml(&kept.file).map_err(Failure::Refused)?;
        let holidays = bank_holidays::england().map_err(Failure::Refused)?;
        Ok(Some(Self { kept_by: kept.by, ..Self::of(set, variations, day, holidays) }))
    }

    /// The rules of a set that hold on a day.
    pub fn of(set: RuleSet, variations: Vec<Variation>, day: Date, holidays: BankHolidays) -> Self {
        let rules = set.in_force(&variations, day);
        Self { day, set, kept_by: None, variations, rules, holidays }
    }

    /// Two rules of the set that comes with the program, one of them changed by this authority, for
    /// the samples of pages. These words stand wherever a person's own words do.
    pub fn sample(words: &str) -> Option<Self> {
        use quarterlight_domain::text::Reason;
        use quarterlight_domain::timescale::limit::Limit;

        let day = jiff::civil::date(2026, 11, 23);
        let set = timescales::from_toml(timescales::england_toml()).ok()?;
        let take = |code: &str| set.rules().iter().find(|rule| rule.code.as_str() == code).cloned();
        let mut rules: Vec<Rule> = ["protection-visit", "in-need-visit", "core-group"]
            .into_iter()
            .filter_map(take)
            .collect();
        for rule in &mut rules {
            words.clone_into(&mut rule.name);
            words.clone_into(&mut rule.published.citation);
        }
        let variation = |varied, from| {
            Some(Variation {
                rule: rules.first()?.code.clone(),
                from,
                varied,
                by: words.to_owned(),
                why: Reason::new(words).ok()?,
            })
        };
        let limit = Limit::parse("15 working days").ok()?;
        let variations = vec![
            variation(Varied::Off, jiff::civil::date(2026, 3, 1))?,
            variation(Varied::Limit(limit), jiff::civil::date(2026, 4, 1))?,
        ];
        let set = RuleSet::new(words, day, rules).ok()?;
        Some(Self::of(set, variations, day, bank_holidays::england().ok()?))
    }
}

/// What a change does, in words: *the limit is 15 working days*.
pub fn varied_in_words(varied: Varied) -> String {
    match varied {
        Varied::Limit(limit) => format!("The limit is {limit}"),
        Varied::Off => "Switched off".to_owned(),
        Varied::AsPublished => "As published again".to_owned(),
    }
}

/// What holds here and nowhere else; none where the rule holds as it was published.
pub fn local_in_words(held: &InForce) -> Option<String> {
    let local = held.local.as_ref()?;
    Some(format!("{}, from {}", varied_in_words(local.varied), day_in_words(local.from)))
}
