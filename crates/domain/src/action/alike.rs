//! Findings that are alike: one action may see to several, and each finding keeps its own line.

use std::collections::BTreeMap;

use super::{Action, ActionStep, StepKind};
use crate::id::{FindingId, ThemeId};
use crate::refusal::Refusal;

/// How findings are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same standard, in one service, found in one quarter.
    Standard,
    /// One theme, in one service.
    Theme,
    /// The same standard, service and owner, and none is done: most likely one thing twice.
    Doubled,
}

impl Likeness {
    /// Every likeness, those first that most likely are one thing.
    pub const ALL: [Self; 3] = [Self::Doubled, Self::Standard, Self::Theme];
}

/// Open actions that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike<'a> {
    /// How.
    pub likeness: Likeness,
    /// The theme that they share, where that is how.
    pub theme: Option<ThemeId>,
    /// The actions, the one that is due first before the others.
    pub actions: Vec<&'a Action>,
}

/// The groups of open actions that are alike; an action that is joined is in none, and neither is a
/// group that another names already, action for action.
pub fn alike<'a>(open: &'a [Action], themes: &BTreeMap<FindingId, Vec<ThemeId>>) -> Vec<Alike<'a>> {
    let mut groups: BTreeMap<(Likeness, String), Alike<'a>> = BTreeMap::new();
    let mut add = |likeness, key: String, theme, action: &'a Action| {
        let new = || Alike { likeness, theme, actions: Vec::new() };
        groups.entry((likeness, key)).or_insert_with(new).actions.push(action);
    };
    for action in open.iter().filter(|it| it.is_open() && it.joined_to.is_none()) {
        let Some(service) = action.found.service else { continue };
        let standard = format!("{service} {}", action.standard);
        // Two key issues are alike only by what they say.
        if !action.is_key_issue() {
            if let Some(owner) = action.owner {
                add(Likeness::Doubled, format!("{standard} {owner}"), None, action);
            }
            let quarter = action.found.quarter;
            add(Likeness::Standard, format!("{standard} {quarter}"), None, action);
        }
        for theme in themes.get(&action.finding).into_iter().flatten() {
            add(Likeness::Theme, format!("{service} {theme}"), Some(*theme), action);
        }
    }
    let mut alike: Vec<Alike<'a>> = Vec::new();
    for likeness in Likeness::ALL {
        let of_likeness = groups.iter().filter(|((it, _), _)| *it == likeness);
        for mut group in of_likeness.map(|(_, group)| group.clone()) {
            group.actions.sort_by_key(|it| (it.due, it.id));
            let is_new = alike.iter().all(|it| it.actions != group.actions);
            if group.actions.len() > 1 && is_new {
                alike.push(group);
            }
        }
    }
    alike
}

impl Action {
    /// This action's finding goes on under another action.
    ///
    /// # Errors
    /// Refuses an action with itself, one that is not open, one that sees to another finding
    /// already, and one of another service: whoever answers for a service sees its own.
    pub fn join(&self, to: &Self, carries_others: bool) -> Result<ActionStep, Refusal> {
        if self.id == to.id {
            return Err(Refusal::because("An action cannot be joined with itself."));
        }
        self.must_be_open("so it cannot be joined")?;
        to.must_be_open("so nothing can be joined with it")?;
        if carries_others {
            return Err(Refusal::because(
                "Other findings go on under this action. Join the others with it instead.",
            ));
        }
        if self.found.service != to.found.service {
            return Err(Refusal::because("These findings are of two services."));
        }
        let after = Self { joined_to: Some(to.id), more_time: None, ..self.clone() };
        Ok(ActionStep { other: Some(to.id), ..self.step(StepKind::Joined, None, after) })
    }

    /// This action's finding goes on under its own again, as it stood before.
    ///
    /// # Errors
    /// Refuses an action that is joined with none.
    pub fn take_apart(&self) -> Result<ActionStep, Refusal> {
        let Some(other) = self.joined_to else {
            return Err(Refusal::because("This action is not joined with another."));
        };
        let after = Self { joined_to: None, ..self.clone() };
        Ok(ActionStep { other: Some(other), ..self.step(StepKind::Apart, None, after) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::ActionStage;
    use crate::action::sample::action;
    use crate::id::{ActionId, PersonId, PlaceId};

    #[test]
    fn findings_are_alike_by_standard_by_theme_or_because_they_are_one_thing_twice() {
        let it = |id: i64, owner: i64| {
            let mut it = action(ActionStage::Open);
            (it.id, it.finding, it.owner) = (ActionId(id), FindingId(id), Some(PersonId(owner)));
            it
        };
        let mut elsewhere = it(4, 1);
        elsewhere.found.service = Some(PlaceId(9));
        let open = [it(1, 1), it(2, 1), it(3, 2), elsewhere];
        let themes = [(FindingId(2), vec![ThemeId(7)]), (FindingId(3), vec![ThemeId(7)])].into();
        let groups = alike(&open, &themes);
        let said: Vec<(Likeness, Vec<i64>)> = groups
            .iter()
            .map(|group| (group.likeness, group.actions.iter().map(|it| it.id.0).collect()))
            .collect();
        assert_eq!(
            said,
            [
                (Likeness::Doubled, vec![1, 2]),
                (Likeness::Standard, vec![1, 2, 3]),
                (Likeness::Theme, vec![2, 3]),
            ]
        );
        let joined = Action { joined_to: Some(ActionId(1)), ..open[1].clone() };
        let rest = [open[0].clone(), joined];
        assert!(alike(&rest, &BTreeMap::new()).is_empty(), "what is joined is alike no more");
    }
}
