//! A set of indicators from a TOML file, checked whole.
//!
//! ```toml
//! name = "Indicators, to start from"
//! dated = "2026-11-23"
//!
//! [[indicator]]
//! code = "care-visits"
//! name = "Visits to children in care in time"
//! definition = "…"
//! numerator = "records of children in care that are in time"
//! denominator = "records of children in care of which that can be told"
//! source = "Case list: visits and placements"
//! in_time = ["placement-visit"]  # or judged = ["C1"], graded = true, known = "team",
//!                                # or held_by = "nobody" with need = "CP" or without
//! better = "higher"              # or "lower"
//! target = 100                   # in per cent; left out: none
//! target_by = "the committee, 3 June 2026"
//! standards = ["G1"]             # the standards that it bears on
//! ```

use quarterlight_domain::indicator::measure::{Field, Holding};
use quarterlight_domain::indicator::set::IndicatorSet;
use quarterlight_domain::indicator::{Better, Indicator, IndicatorCode, Measure, Target};
use quarterlight_domain::need::Need;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::timescale::rule::RuleCode;
use serde::Deserialize;

use crate::toml_text;

/// The indicators that a new authority starts from, as TOML.
pub fn default_toml() -> &'static str {
    include_str!("../data/indicators.toml")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    dated: String,
    #[serde(rename = "indicator")]
    indicators: Vec<IndicatorOfFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorOfFile {
    code: String,
    name: String,
    definition: String,
    numerator: String,
    denominator: String,
    source: String,
    #[serde(default)]
    in_time: Vec<String>,
    #[serde(default)]
    judged: Vec<String>,
    #[serde(default)]
    graded: bool,
    known: Option<String>,
    held_by: Option<String>,
    need: Option<String>,
    better: String,
    target: Option<u8>,
    target_by: Option<String>,
    #[serde(default)]
    standards: Vec<String>,
}

/// Reads a set of indicators from TOML.
///
/// # Errors
/// Refuses what is no TOML of this shape, saying where, and a set that does not hold together,
/// saying which indicator is at fault.
pub fn from_toml(text: &str) -> Result<IndicatorSet, Refusal> {
    let file: File = toml_text::read("The set of indicators", text)?;
    let dated = file.dated.parse().map_err(|_| {
        Refusal::because(format!("“{}” is not a day such as 2026-04-01.", file.dated))
    })?;
    let indicators = file.indicators.into_iter().map(|it| {
        let code = it.code.clone();
        indicator(it).map_err(|refusal| Refusal::because(format!("“{code}”: {refusal}")))
    });
    IndicatorSet::new(&file.name, dated, indicators.collect::<Result<_, Refusal>>()?)
}

fn indicator(it: IndicatorOfFile) -> Result<Indicator, Refusal> {
    let measure = measure(&it)?;
    let target = match (it.target, it.target_by) {
        (None, None) => None,
        (Some(percent), Some(by)) => Some(Target { percent, by: by.trim().to_owned() }),
        _ => return Err(Refusal::because("Give a target and who set it, or neither.")),
    };
    let plain = |text: String| text.trim().to_owned();
    Ok(Indicator {
        code: IndicatorCode::new(&it.code)?,
        name: plain(it.name),
        definition: plain(it.definition),
        numerator: plain(it.numerator),
        denominator: plain(it.denominator),
        source: plain(it.source),
        measure,
        better: Better::from_code(&it.better)
            .ok_or_else(|| Refusal::because("“better” is “higher” or “lower”."))?,
        target,
        standards: standards(&it.standards)?.into_iter().collect(),
    })
}

fn measure(it: &IndicatorOfFile) -> Result<Measure, Refusal> {
    let mut ways = Vec::new();
    if !it.in_time.is_empty() {
        let rules = it.in_time.iter().map(|code| RuleCode::new(code));
        ways.push(Measure::InTime(rules.collect::<Result<_, _>>()?));
    }
    if !it.judged.is_empty() {
        ways.push(Measure::Judged(standards(&it.judged)?));
    }
    if it.graded {
        ways.push(Measure::Graded);
    }
    if let Some(field) = &it.known {
        let field = Field::from_code(field);
        ways.push(Measure::Known(
            field.ok_or_else(|| {
                Refusal::because("“known” is “disability”, “team” or “last-seen”.")
            })?,
        ));
    }
    let need = match &it.need {
        None => None,
        Some(code) => Some(
            Need::from_code(code)
                .ok_or_else(|| Refusal::because("“need” is “CIN”, “CP”, “CLA” or “CL”."))?,
        ),
    };
    if let Some(held_by) = &it.held_by {
        let holding = Holding::from_code(held_by).ok_or_else(|| {
            Refusal::because("“held_by” is “nobody” or an experience, such as “newly-qualified”.")
        })?;
        ways.push(Measure::Held(need, holding));
    } else if need.is_some() {
        return Err(Refusal::because("“need” goes with “held_by”."));
    }
    let [way] = ways.as_slice() else {
        return Err(Refusal::because(
            "Say in one way how it is counted: in_time, judged, graded, known or held_by.",
        ));
    };
    Ok(way.clone())
}

fn standards(codes: &[String]) -> Result<Vec<StandardCode>, Refusal> {
    codes.iter().map(|code| StandardCode::new(code)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{framework, timescales};

    #[test]
    fn what_ships_is_read_and_names_only_rules_and_standards_that_ship() {
        let set = from_toml(default_toml()).unwrap();
        let rules = timescales::from_toml(timescales::england_toml()).unwrap();
        let standards = framework::default_toml();
        for it in set.indicators() {
            if let Measure::InTime(codes) = &it.measure {
                assert!(codes.iter().all(|code| rules.rule(code).is_some()), "{}", it.code);
            }
            for code in &it.standards {
                assert!(standards.contains(&format!("code = \"{code}\"")), "{code}");
            }
        }
        assert!(set.indicators().len() >= 10);
    }

    #[test]
    fn what_is_counted_in_no_way_or_in_two_is_refused_with_its_code() {
        let text = default_toml().replacen("graded = true", "graded = true\nknown = \"team\"", 1);
        assert!(from_toml(&text).unwrap_err().sentence().contains("“good-audits”"));
        let text = default_toml().replacen("graded = true\n", "", 1);
        assert!(from_toml(&text).unwrap_err().sentence().contains("in one way"));
    }
}
