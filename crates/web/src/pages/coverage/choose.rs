//! Choosing cells by what they have in common: one form, which leads to the page of those cells.

use axum::extract::RawQuery;
use quarterlight_domain::cell::{CellPattern, Within};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::coverage::Cell;
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use serde::Deserialize;

use crate::govuk::{Field, LabelSize, Select, SelectItem};
use crate::permit::{SeeCoverage, Through};
use crate::{links, page};

/// What was chosen; nothing for any.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChooseForm {
    service: String,
    cohort: String,
    need: String,
    disabled: String,
    placement: String,
    route: String,
}

/// Leads to the page of the cells that were chosen.
///
/// # Errors
/// There is no such page for those who may not see coverage.
pub async fn get(_: Through<SeeCoverage>, RawQuery(query): RawQuery) -> page::Result {
    let form = query.and_then(|query| serde_urlencoded::from_str::<ChooseForm>(&query).ok());
    page::see_other(links::cell(&form.unwrap_or_default().pattern()))
}

impl ChooseForm {
    /// What stands for nothing narrows nothing.
    fn pattern(&self) -> CellPattern {
        CellPattern {
            within: match self.service.as_str() {
                "none" => Within::NoService,
                id => id.parse().map_or(Within::Anywhere, Within::Service),
            },
            cohort: Cohort::from_code(&self.cohort),
            need: Need::from_code(&self.need),
            disabled: Known::from_code(&self.disabled),
            placement: Placement::from_code(&self.placement),
            route: LegalRoute::from_code(&self.route),
        }
    }
}

/// The questions of the form, for the services that have open records.
pub fn questions(cells: &[Cell]) -> Vec<Select> {
    let mut services: Vec<SelectItem> = cells
        .iter()
        .map(|cell| {
            let id = cell.service.map_or("none".to_owned(), |id| id.to_string());
            SelectItem::new(id, cell.service_name.clone())
        })
        .collect();
    services.dedup_by(|a, b| a.value == b.value);
    let question = |name: &str, label: &str, any: &str, items: Vec<SelectItem>| {
        let items = std::iter::once(SelectItem::new("", any)).chain(items).collect();
        Select::new(Field::new(name, label).size(LabelSize::Small), items)
    };
    let item = |(code, words): (&str, &str)| SelectItem::new(code, words);
    let of = |pairs: &[(&str, &str)]| pairs.iter().copied().map(item).collect();
    let cohorts = Cohort::ALL.map(|it| (it.code(), it.words()));
    let needs = Need::ALL.map(|it| (it.code(), it.words()));
    let placements = Placement::ALL.map(|it| (it.code(), it.words()));
    let routes = LegalRoute::ALL.map(|it| (it.code(), it.words()));
    let disabled = [("yes", "Disabled"), ("no", "Not disabled"), ("unknown", "Not known")];
    vec![
        question("service", "Service", "Any service", services),
        question("cohort", "Cohort", "Any cohort", of(&cohorts)),
        question("need", "Principal need", "Any need", of(&needs)),
        question("disabled", "Disability", "Disabled or not", of(&disabled)),
        question("placement", "Placement", "Placed or not", of(&placements)),
        question("route", "Legal route", "Any route", of(&routes)),
    ]
}
