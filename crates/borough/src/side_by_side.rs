//! A morning on which the quality lead lays findings beside one another: themes, what is alike, and good practice.

use std::collections::BTreeMap;

use jiff::Timestamp;
use quarterlight_domain::action::alike::{Likeness, alike};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::summing_up::ThemeStanding;
use quarterlight_store::{ActionFilter, PracticeFilter, Store};

use crate::fault::Fault;
use crate::luck::Luck;

/// How many groups of findings that are alike the lead has joined; the others wait.
const JOINED: usize = 2;

/// How many strengths are offered to others.
const OFFERED: usize = 4;

/// Gives findings themes, joins some that are alike, and offers some strengths.
pub async fn morning(store: &Store, lead: PersonId, at: Timestamp) -> Result<(), Fault> {
    let stamp = Stamp::person(lead, at, "laid findings side by side");
    let themes = store.themes.all().await?;
    let listed: Vec<_> =
        themes.iter().filter(|it| it.standing == ThemeStanding::Listed).map(|it| it.id).collect();
    for action in store.actions.list(&ActionFilter::Every).await? {
        let luck = &mut Luck::of(&format!("theme of finding {}", action.finding));
        if luck.percent(30)
            && let Some(theme) = luck.pick(&listed)
        {
            store.findings.set_themes(&stamp, action.finding, &[*theme].into()).await?;
        }
    }
    let open = store.actions.open().await?;
    let groups = alike(&open, &BTreeMap::new());
    let of_standard = groups.iter().filter(|group| group.likeness == Likeness::Standard);
    for group in of_standard.take(JOINED) {
        let Some((carrier, rest)) = group.actions.split_first() else { continue };
        for it in rest {
            if let Ok(step) = it.join(carrier, false) {
                store.actions.step(&stamp, &step).await?;
            }
        }
    }
    let practice = store.findings.practice(&PracticeFilter::default()).await?;
    for line in practice.iter().step_by(3).take(OFFERED) {
        store.findings.offer(&stamp, line.audit, true).await?;
    }
    Ok(())
}
