//! Links to findings, and to what is done about them.

use quarterlight_domain::id::{ActionId, AuditId, PlaceId};
use quarterlight_store::Narrowed;

/// The actions.
pub fn actions() -> String {
    "/actions".to_owned()
}

/// One action, and the form by which its owner says that it is addressed.
pub fn action(id: ActionId) -> String {
    format!("/actions/{id}")
}

/// Who is to do an action, and by when.
pub fn give(id: ActionId) -> String {
    format!("/actions/{id}/owner")
}

/// Somebody else's word on an action that is addressed.
pub fn verify(id: ActionId) -> String {
    format!("/actions/{id}/verify")
}

/// More time that the owner asks for.
pub fn ask_for_time(id: ActionId) -> String {
    format!("/actions/{id}/time")
}

/// Somebody else's word on that.
pub fn decide_time(id: ActionId) -> String {
    format!("/actions/{id}/time/decide")
}

/// A third's word on whether it held.
pub fn recheck(id: ActionId) -> String {
    format!("/actions/{id}/recheck")
}

/// Saying that nothing need be done.
pub fn close_action(id: ActionId) -> String {
    format!("/actions/{id}/close")
}

/// Taking a finding from under another action.
pub fn take_apart(id: ActionId) -> String {
    format!("/actions/{id}/apart")
}

/// The actions, narrowed to some of them.
pub fn register(to: &Narrowed) -> String {
    let parts = [
        to.standing.map(|it| format!("show={}", it.code())),
        to.age.map(|it| format!("age={}", it.code())),
        to.service.map(|id| format!("service={id}")),
        to.theme.map(|id| format!("theme={id}")),
        to.oldest_first.then(|| "sort=age".to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { actions() } else { format!("{}?{}", actions(), parts.join("&")) }
}

/// Which themes the finding of an action has.
pub fn action_themes(id: ActionId) -> String {
    format!("/actions/{id}/themes")
}

/// Findings that are alike, and actions that nobody sees to.
pub fn findings() -> String {
    "/findings".to_owned()
}

/// Joining findings that are alike.
pub fn join_findings() -> String {
    "/findings/join".to_owned()
}

/// Themes across findings, of one service or of all.
pub fn finding_themes(service: Option<PlaceId>) -> String {
    service.map_or_else(
        || "/findings/themes".to_owned(),
        |id| format!("/findings/themes?service={id}"),
    )
}

/// The strengths that audits saw.
pub fn practice() -> String {
    "/good-practice".to_owned()
}

/// Offering the strengths of an audit to others.
pub fn offer_practice(audit: AuditId) -> String {
    format!("/good-practice/{audit}")
}
