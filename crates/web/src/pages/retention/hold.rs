//! Placing a hold, and lifting it.

use axum::extract::Path;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::HoldId;
use quarterlight_domain::retention::{Kind, Over};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::list;
use super::rule::RuleForm;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::permit::{DecideRetention, Through};
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct HoldForm {
    /// Over what.
    pub over: String,
    /// The record's reference.
    pub record: String,
    /// The cycle's id.
    pub cycle: String,
    /// The kind's code.
    pub kind: String,
    /// Why.
    pub because: String,
}

/// Why a hold is lifted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LiftForm {
    because: String,
}

/// Places a hold.
///
/// # Errors
/// There is no such page for those who do not decide about retention.
pub async fn post(
    app: App,
    visitor: Through<DecideRetention>,
    Filled(form): Filled<HoldForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let over = over(&app, &form, &mut errors).await?;
    let because = errors.keep("because", Reason::new(&form.because));
    let (Some(over), Some(because)) = (over, because) else {
        return list::again(&app, &visitor, (form, RuleForm::default()), &errors).await;
    };
    app.store.retention.hold(&visitor.stamp("placed a hold"), over, &because).await?;
    page::see_other(links::retention())
}

async fn over(app: &App, form: &HoldForm, errors: &mut Errors) -> Result<Option<Over>, Failure> {
    Ok(match form.over.as_str() {
        "everything" => Some(Over::Everything),
        "kind" => {
            let kind = Kind::from_code(&form.kind);
            if kind.is_none() {
                errors.say("kind", "Select the kind");
            }
            kind.map(Over::Kind)
        }
        "cycle" => {
            let cycles = app.store.cycles.all().await?;
            let id = form.cycle.parse().ok();
            let found = cycles.iter().find(|it| Some(it.cycle.id) == id);
            if found.is_none() {
                errors.say("cycle", "Select the cycle");
            }
            found.map(|it| Over::Cycle(it.cycle.id))
        }
        "record" => {
            let found = match Reference::new(&form.record) {
                Ok(reference) => app.store.subjects.find(&reference).await?,
                Err(_) => None,
            };
            if found.is_none() {
                errors.say("record", "Enter the reference of a record that was ever on a list");
            }
            found.map(Over::Record)
        }
        _ => {
            errors.say("over", "Select what is to be held");
            None
        }
    })
}

/// Lifts a hold. Posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for those who do not decide about retention.
pub async fn lift(
    app: App,
    visitor: Through<DecideRetention>,
    Path(id): Path<String>,
    Filled(form): Filled<LiftForm>,
) -> page::Result {
    let id: HoldId = id.parse().map_err(|_| Failure::NotFound)?;
    let holds = app.store.retention.holds().await?;
    holds.iter().find(|it| it.hold.id == id).ok_or(Failure::NotFound)?;
    let mut errors = Errors::default();
    let Some(because) = errors.keep("lift", Reason::new(&form.because)) else {
        let forms = (HoldForm::default(), RuleForm::default());
        return list::again(&app, &visitor, forms, &errors).await;
    };
    app.store.retention.lift(&visitor.stamp("lifted a hold"), id, &because).await?;
    page::see_other(links::retention())
}
