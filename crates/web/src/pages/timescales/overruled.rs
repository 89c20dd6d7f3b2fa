//! How often auditors overruled what each rule proposed: of all submitted audits, or of one cycle's.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::id::CycleId;
use quarterlight_domain::timescale::rule::RuleCode;
use quarterlight_domain::timescale::tally::OverruledTally;
use quarterlight_report::words;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;
use crate::permit::{SeeCycles, Through};
use crate::timescales::RulesInForce;
use crate::{links, page};

/// Something that the case list proposed.
const PROPOSAL: words::Noun = words::Noun::new("answer", "answers");

/// Which audits are counted.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    cycle: Option<i64>,
}

/// How often the rules were overruled.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/timescales/overruled.html")]
pub struct OverruledPage {
    frame: Frame,
    /// Which audits were counted.
    counted: String,
    rules: Table,
    /// Where all of them are counted; none where that is here.
    all: Option<String>,
}

/// Shows how often auditors overruled each rule.
///
/// # Errors
/// There is no such page for those who do not see cycles, and for a cycle that is none.
pub async fn get(
    app: App,
    visitor: Through<SeeCycles>,
    Query(asked): Query<Asked>,
) -> page::Result {
    let cycle = match asked.cycle {
        Some(id) => {
            let all = app.store.cycles.all().await?;
            let found = all.into_iter().find(|it| it.cycle.id == CycleId(id));
            Some(found.ok_or(Failure::NotFound)?.cycle)
        }
        None => None,
    };
    let tallies = app.store.proposals.overruled(cycle.as_ref().map(|it| it.id)).await?;
    let rules = RulesInForce::on(&app, visitor.today).await?;
    let names = rules.map(|it| it.set.rules().to_vec()).unwrap_or_default();
    let names = names.into_iter().map(|rule| (rule.code, rule.name)).collect();
    let frame = visitor.frame(&app, "How often rules were overruled", "Timescales");
    let quarter = cycle.map(|cycle| cycle.quarter.words());
    page::show(&OverruledPage::new(frame, quarter, &tallies, &names))
}

impl OverruledPage {
    fn new(
        mut frame: Frame,
        quarter: Option<String>,
        tallies: &BTreeMap<RuleCode, OverruledTally>,
        names: &BTreeMap<RuleCode, String>,
    ) -> Self {
        frame.breadcrumbs = vec![("Timescales".to_owned(), links::timescales())];
        Self {
            frame,
            counted: match &quarter {
                Some(quarter) => format!("Submitted audits of {quarter}."),
                None => "Every submitted audit.".to_owned(),
            },
            rules: table(tallies, names),
            all: quarter.is_some().then(|| links::overruled(None)),
        }
    }

    /// Nothing proposed yet, and rules with hostile names.
    pub fn samples() -> Vec<Self> {
        let codes = ["care-visit", "core-group", "worker"].map(RuleCode::new);
        let codes: Vec<RuleCode> = codes.into_iter().flatten().collect();
        let tally = OverruledTally {
            not_met_confirmed: 27,
            not_met_overruled: 3,
            met_confirmed: 140,
            met_overruled: 1,
        };
        let tallies = codes.iter().cloned().map(|code| (code, tally)).collect();
        let names = codes.iter().take(2).cloned().map(|code| (code, HOSTILE.to_owned()));
        let frame = || Frame::new("How often rules were overruled");
        vec![
            Self::new(frame(), None, &BTreeMap::new(), &BTreeMap::new()),
            Self::new(
                frame(),
                Some("July to September 2026".to_owned()),
                &tallies,
                &names.collect(),
            ),
        ]
    }
}

fn table(
    tallies: &BTreeMap<RuleCode, OverruledTally>,
    names: &BTreeMap<RuleCode, String>,
) -> Table {
    let columns = vec![
        Column::words("Rule"),
        Column::words("Overruled"),
        Column::words("Where it proposed Not met"),
        Column::words("Where it proposed Met"),
    ];
    let of = |part: u32, whole: u32| match whole {
        0 => Content::text("It proposed none"),
        _ => Content::text(words::part_of(part.into(), whole.into(), &PROPOSAL)),
    };
    let row = |(code, it): (&RuleCode, &OverruledTally)| {
        let name = names.get(code).cloned();
        vec![
            match name {
                Some(name) => Content::link(name, links::timescale(code)),
                None => Content::text(code.as_str()),
            },
            of(it.overruled(), it.proposed()),
            of(it.not_met_overruled, it.not_met_overruled + it.not_met_confirmed),
            of(it.met_overruled, it.met_overruled + it.met_confirmed),
        ]
    };
    Table::new("overruled", "Overruled, by rule", columns)
        .rows(tallies.iter().map(row).collect())
        .empty("No rule has proposed anything in these audits.")
}
