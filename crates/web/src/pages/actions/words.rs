//! How an action stands, and who is to do what next, in words.

use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::calendar::day_in_words;

use super::InHand;
use super::give::can_give;
use super::recheck::{can_recheck, may_recheck};
use super::show::{can_address, can_verify};

/// *Addressed on 2 June by the owner. Not yet verified.*
pub fn stage(
    action: &InHand,
    name: impl Fn(quarterlight_domain::id::PersonId) -> String,
) -> String {
    let it = &action.action;
    let due = day_in_words(it.due);
    match &it.stage {
        _ if it.joined_to.is_some() => "This finding goes on under another action.".to_owned(),
        ActionStage::Open if it.is_overdue(action.visitor.today) => {
            format!("Overdue: it was due on {due} and is not addressed yet.")
        }
        ActionStage::Open => format!("Due on {due}. Not addressed yet."),
        ActionStage::Addressed { on, .. } => {
            format!("Addressed on {} by the owner. Not yet verified.", day_in_words(*on))
        }
        ActionStage::Verified(verified) => {
            let again = match verified.recheck {
                Some(day) => format!("It is to be looked at again from {}.", day_in_words(day)),
                None => "It was not looked at again.".to_owned(),
            };
            format!("Verified on {} by {}. {again}", day_in_words(verified.on), name(verified.by))
        }
        ActionStage::Held { by, on, .. } => {
            format!("Held: looked at again on {} by {}.", day_in_words(*on), name(*by))
        }
        ActionStage::NotNeeded { by, on, .. } => {
            format!("Closed without action on {} by {}.", day_in_words(*on), name(*by))
        }
    }
}

/// Who is to do what next, where it is not this person.
pub fn next(action: &InHand) -> Option<String> {
    let it = &action.action;
    let words = match &it.stage {
        _ if it.joined_to.is_some() => return None,
        ActionStage::Open if can_address(action) => return None,
        ActionStage::Open if it.owner.is_none() && can_give(action) => return None,
        ActionStage::Open if it.owner.is_none() => {
            "Nobody is to do this yet. The quality lead is shown that it has no owner."
        }
        ActionStage::Open => "The owner is to say what was done.",
        ActionStage::Addressed { .. } if can_verify(action) => return None,
        ActionStage::Addressed { .. } if it.owner == Some(action.visitor.id()) => {
            "Somebody else will look whether it is done. You cannot verify it yourself."
        }
        ActionStage::Addressed { .. } if it.confirmer.is_some() => {
            "Whoever confirms it is to look whether it is done."
        }
        ActionStage::Addressed { .. } => {
            "The manager of the team or the quality lead is to look whether it is done."
        }
        ActionStage::Verified(_) if can_recheck(action) => return None,
        ActionStage::Verified(_) if may_recheck(action) => {
            "You can say whether it held once that day has come."
        }
        ActionStage::Verified(_) => {
            "Somebody who had no part in it, and does not manage the team or service, is to look \
             again."
        }
        ActionStage::Held { .. } | ActionStage::NotNeeded { .. } => return None,
    };
    Some(words.to_owned())
}

/// *4 December 2026; at first it was 20 November 2026*.
pub fn due(action: &Action) -> String {
    let due = day_in_words(action.due);
    if action.due == action.first_due {
        due
    } else {
        format!("{due}. At first it was due on {}", day_in_words(action.first_due))
    }
}
