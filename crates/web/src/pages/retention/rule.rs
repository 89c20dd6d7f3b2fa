//! Changing for how long a kind is kept, from today on.

use quarterlight_domain::retention::{Kind, RuleChange};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::hold::HoldForm;
use super::list;
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::permit::{DecideRetention, Through};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    /// The kind's code.
    #[serde(rename = "of-kind")]
    pub kind: String,
    /// For how many months.
    pub months: String,
    /// On whose authority.
    #[serde(rename = "so")]
    pub because: String,
}

/// Keeps the change.
///
/// # Errors
/// There is no such page for those who do not decide about retention.
pub async fn post(
    app: App,
    visitor: Through<DecideRetention>,
    Filled(form): Filled<RuleForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let kind = Kind::from_code(&form.kind);
    if kind.is_none() {
        errors.say("of-kind", "Select the kind");
    }
    let months: Option<u32> = form.months.trim().parse().ok();
    if months.is_none() {
        errors.say("months", "Enter the number of months, such as 72");
    }
    let because = errors.keep("so", Reason::new(&form.because));
    let change = match (kind, months, because) {
        (Some(kind), Some(months), Some(because)) => {
            let today = visitor.today;
            errors.keep("months", RuleChange::new(kind, months, today, because, today))
        }
        _ => None,
    };
    let Some(change) = change else {
        return list::again(&app, &visitor, (HoldForm::default(), form), &errors).await;
    };
    let stamp = visitor.stamp("changed how long something is kept");
    app.store.retention.change(&stamp, &change).await?;
    page::see_other(links::retention())
}
