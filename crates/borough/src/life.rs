//! What befalls an action besides being addressed and verified: more time, looking again, and what need not be done.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use quarterlight_domain::action::{Action, ActionStep};
use quarterlight_domain::audit::Audit;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_store::Store;

use crate::agenda::{Agenda, Event};
use crate::fault::Fault;
use crate::luck::Luck;
use crate::rounds::{after, moment, working};

/// Something that befalls an action.
#[derive(Debug, Clone, Copy)]
pub enum Befalls {
    /// The owner asks for more time.
    Asks,
    /// Somebody else agrees to it, or does not.
    Decides(bool),
    /// A third looks again, and it held or did not.
    LooksAgain(bool),
    /// The quality lead says that nothing need be done.
    Closes,
}

/// What befalls which action, by whom.
#[derive(Debug)]
pub struct Step {
    /// The audit.
    pub desk: usize,
    /// The finding's standard.
    pub standard: StandardCode,
    /// Who.
    pub by: PersonId,
    /// What.
    pub what: Befalls,
}

/// Those who have to do with an action.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// Does it.
    pub owner: PersonId,
    /// Confirms it.
    pub verifier: PersonId,
    /// Runs the audit.
    pub lead: PersonId,
    /// Looks again.
    pub third: PersonId,
}

/// Puts on the agenda what befalls an action. What its state then does not allow does not happen.
pub fn plan(
    (desk, audit): (usize, &Audit),
    standard: &StandardCode,
    hands: Hands,
    found_on: Date,
    agenda: &mut Agenda,
) {
    let luck = &mut Luck::of(&format!("life {} {standard}", audit.id));
    let mut add = |days: u32, by: PersonId, what: Befalls, luck: &mut Luck| {
        let at = moment(working(after(found_on, days)), luck.between(9 * 60, 17 * 60));
        agenda.add(at, Event::Befalls(Step { desk, standard: standard.clone(), by, what }));
    };
    if luck.percent(16) {
        let days = luck.between(2, 12);
        add(days, hands.owner, Befalls::Asks, luck);
        let agrees = luck.percent(80);
        if luck.percent(85) {
            let wait = luck.between(1, 5);
            add(days + wait, hands.verifier, Befalls::Decides(agrees), luck);
        }
    }
    if luck.percent(25) {
        add(75, hands.lead, Befalls::Closes, luck);
    }
    if luck.percent(70) {
        let (days, held) = (luck.between(128, 160), luck.percent(88));
        add(days, hands.third, Befalls::LooksAgain(held), luck);
    }
}

/// Lets it happen, if the action's state allows it.
pub async fn happen(
    store: &Store,
    at: Timestamp,
    action: &Action,
    step: &Step,
) -> Result<(), Fault> {
    let stamp = Stamp::person(step.by, at, "went on with an action");
    // What the state of the action does not allow is no fault of the borough's: it does not happen.
    if let Ok(step) = taken(action, step, stamp.day()) {
        store.actions.step(&stamp, &step).await?;
    }
    Ok(())
}

fn taken(action: &Action, step: &Step, today: Date) -> Result<ActionStep, Refusal> {
    let (by, words) = (step.by, |text: &str| Reason::new(text));
    match step.what {
        Befalls::Asks => {
            let until = action.due.saturating_add(21.days());
            action.ask_for_time(by, until, words("The school is closed until then.")?, today)
        }
        Befalls::Decides(true) => action.decide_time(by, None),
        Befalls::Decides(false) => {
            action.decide_time(by, Some(words("It has waited long enough, and needs an hour.")?))
        }
        Befalls::LooksAgain(true) => {
            action.held(by, words("Looked at the record as it is now: still done.")?, today)
        }
        Befalls::LooksAgain(false) => {
            let due = today.saturating_add(28.days());
            action.not_held(by, words("Since then nothing was entered again.")?, today, due)
        }
        Befalls::Closes => action.close(
            by,
            words("The record was closed, and nothing is left to put right.")?,
            today,
        ),
    }
}
