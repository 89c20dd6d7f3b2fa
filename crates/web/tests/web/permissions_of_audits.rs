//! The rows of the table of permissions that are about an audit, and what comes of one.

use crate::browser::World;
use crate::permissions::{Things, managers, relations};
use jiff::Timestamp;
use quarterlight_domain::action::ActionStage;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{AuditId, PersonId, RecordId, ReplyId};
use quarterlight_domain::moderation::pick::Why;
use quarterlight_domain::register::Stage;
use quarterlight_domain::reply::{Meant, NewReply};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_store::ActionFilter;

/// A submitted audit of a record whose worker signs in.
pub async fn held_by_somebody(world: &World) -> AuditId {
    for quarter in &world.cast.quarters {
        let cycle = world.store.cycles.of_quarter(*quarter).await.unwrap().unwrap().cycle.id;
        for pick in world.store.draws.picks(cycle).await.unwrap() {
            let Some(id) = pick.audit.filter(|_| pick.submitted) else { continue };
            let kept = world.store.audits.in_hand(id).await.unwrap().unwrap();
            let is_open = world.store.records.get(kept.audit.record).await.unwrap().is_some();
            if kept.audit.holder.is_some() && is_open {
                return id;
            }
        }
    }
    panic!("no submitted audit is of a record whose worker signs in");
}

pub async fn audit(world: &World, state: &str, id: AuditId) -> Things {
    let kept = world.store.audits.in_hand(id).await.unwrap().unwrap();
    let edition = world.store.frameworks.edition(kept.audit.edition).await.unwrap().unwrap();
    let code = edition.contents().asked_of(&kept.audit.line)[0].code.clone();
    let RecordId(record) = kept.audit.record;
    let managers = managers(world, &kept.audit.whereabouts).await;
    let holder = kept.audit.holder;
    let columns = relations(
        world,
        &[
            ("its auditor", vec![kept.audit.auditor]),
            ("its worker", holder.into_iter().collect()),
            ("its manager", managers),
        ],
    );
    let mut rows = vec![
        ("GET /audits/{}", format!("/audits/{id}")),
        ("GET /audits/{}/standards/{}", format!("/audits/{id}/standards/{code}")),
        ("POST /audits/{}/standards/{}", format!("/audits/{id}/standards/{code}")),
        ("POST /audits/{}/standards/{}/keep", format!("/audits/{id}/standards/{code}/keep")),
        ("POST /audits/{}/standards/{}/let-go", format!("/audits/{id}/standards/{code}/let-go")),
        ("GET /audits/{}/form", format!("/audits/{id}/form")),
        ("POST /audits/{}/copy", format!("/audits/{id}/copy")),
        ("GET /audits/{}/spreadsheet", format!("/audits/{id}/spreadsheet")),
        ("POST /audits/{}/spreadsheet", format!("/audits/{id}/spreadsheet")),
        ("GET /audits/{}/spreadsheet/file", format!("/audits/{id}/spreadsheet/file")),
        ("POST /audits/{}/spreadsheet/answers", format!("/audits/{id}/spreadsheet/answers")),
        ("GET /audits/{}/submit", format!("/audits/{id}/submit")),
        ("POST /audits/{}/submit", format!("/audits/{id}/submit")),
        ("GET /audits/{}/voices/{}", format!("/audits/{id}/voices/child")),
        ("POST /audits/{}/voices/{}", format!("/audits/{id}/voices/child")),
        ("GET /audits/{}/summing-up", format!("/audits/{id}/summing-up")),
        ("POST /audits/{}/summing-up", format!("/audits/{id}/summing-up")),
        ("GET /audits/{}/notice", format!("/audits/{id}/notice")),
        ("GET /audits/{}/replies", format!("/audits/{id}/replies")),
        ("POST /audits/{}/replies", format!("/audits/{id}/replies")),
        ("GET /audits/{}/read", format!("/audits/{id}/read")),
        ("GET /audits/{}/allocation", format!("/audits/{id}/allocation")),
        ("POST /audits/{}/auditor", format!("/audits/{id}/auditor")),
        ("POST /audits/{}/due", format!("/audits/{id}/due")),
        ("GET /audits/{}/concern", format!("/audits/{id}/concern")),
        ("POST /audits/{}/concern", format!("/audits/{id}/concern")),
        ("GET /filing/audits/{}", format!("/filing/audits/{id}")),
        ("POST /filing/audits/{}", format!("/filing/audits/{id}")),
        ("GET /filing/records/{}", format!("/filing/records/{record}")),
        ("POST /filing/records/{}", format!("/filing/records/{record}")),
        ("GET /records/{}", format!("/records/{record}")),
        ("GET /records/{}/concern", format!("/records/{record}/concern")),
        ("POST /records/{}/concern", format!("/records/{record}/concern")),
        ("GET /records/{}/looks", format!("/records/{record}/looks")),
        ("GET /records/{}/readers", format!("/records/{record}/readers")),
        ("POST /records/{}/why", format!("/records/{record}/why")),
    ];
    if let Some(holder) = holder.filter(|_| kept.audit.is_submitted()) {
        let reply = challenged(world, (id, holder), code).await;
        rows.push(("GET /challenges/{}", format!("/challenges/{reply}")));
        rows.push(("POST /challenges/{}", format!("/challenges/{reply}")));
    }
    Things { heading: format!("An audit that is {state}, and its record"), columns, rows }
}

/// A concern that nobody has acknowledged, raised in an audit that is under way.
pub async fn concern(world: &World) -> Things {
    let mut auditor = world.signed_in("priya.anand").await;
    let form = [("seen", "Not seen."), ("reached", "no"), ("form_key", "table")];
    let id = world.cast.underway;
    let raised = auditor.post(&format!("/audits/{id}/concern"), &form).await.leads_to();
    let audit = world.store.audits.in_hand(id).await.unwrap().unwrap().audit;
    let managers = managers(world, &audit.whereabouts).await;
    let columns =
        relations(world, &[("who raised it", vec![audit.auditor]), ("its manager", managers)]);
    let rows = vec![
        ("GET /concerns/{}", raised.clone()),
        ("POST /concerns/{}/acknowledge", format!("{raised}/acknowledge")),
        ("POST /concerns/{}/close", format!("{raised}/close")),
        ("POST /concerns/{}/withdraw", format!("{raised}/withdraw")),
    ];
    Things { heading: "A concern that waits".to_owned(), columns, rows }
}

/// An item of the committee's register to which a reply is owed.
pub async fn registered(world: &World) -> Things {
    let items = world.store.register.items().await.unwrap();
    let item = items.iter().find(|it| it.stage() == Stage::Open).unwrap();
    let columns = relations(world, &[("who owes the reply", vec![item.owner().0])]);
    let path = format!("/register/{}", item.id);
    let rows = vec![
        ("GET /register/{}", path.clone()),
        ("POST /register/{}/reply", format!("{path}/reply")),
        ("POST /register/{}/committee", format!("{path}/committee")),
        ("POST /register/{}/due", format!("{path}/due")),
        ("POST /register/{}/owner", format!("{path}/owner")),
    ];
    Things { heading: "An item of the register to which a reply is owed".to_owned(), columns, rows }
}

/// What the worker who holds a record challenges in its audit.
pub async fn challenged(
    world: &World,
    (audit, holder): (AuditId, PersonId),
    standard: StandardCode,
) -> ReplyId {
    let stamp = Stamp::person(holder, Timestamp::UNIX_EPOCH, "replied to an audit");
    let words = Reason::new("It is on the record.").unwrap();
    let new = NewReply { standard, meant: Meant::Challenge, words };
    // In the borough the same may be challenged already; then that one waits.
    world.store.replies.say(&stamp, audit, &new, "permissions").await.unwrap();
    let replies = world.store.replies.of_audit(audit).await.unwrap();
    replies.iter().find(|reply| reply.waits()).unwrap().id
}

/// A check that the records officer made, of a record whose team we know.
pub async fn filing_check(world: &World) -> Things {
    let checks = world.store.filing.checks(None).await.unwrap();
    let line = checks.iter().find(|line| !line.whereabouts.places().is_empty()).unwrap();
    let managers = managers(world, &line.whereabouts).await;
    let columns = relations(world, &[("who made it", vec![line.by]), ("its manager", managers)]);
    let rows = vec![
        ("GET /filing/checks/{}", format!("/filing/checks/{}", line.id)),
        ("POST /filing/checks/{}/withdraw", format!("/filing/checks/{}/withdraw", line.id)),
    ];
    Things { heading: "A filing check".to_owned(), columns, rows }
}

/// An audit of the quarter under way that waits to be read a second time.
pub async fn second_reading(world: &World) -> Things {
    let id = crate::moderation::waiting(world, Why::Grade(Grade::RequiresImprovement)).await;
    let audit = world.store.audits.in_hand(id).await.unwrap().unwrap().audit;
    let edition = world.store.frameworks.edition(audit.edition).await.unwrap().unwrap();
    let code = edition.contents().asked_of(&audit.line)[0].code.clone();
    let managers = managers(world, &audit.whereabouts).await;
    // Farah opens it; Joseph, who audits and moderates, comes after her.
    let farah = world.cast.person("farah.siddiqui").unwrap().id;
    let near = [
        ("its moderator", vec![farah]),
        ("its auditor", vec![audit.auditor]),
        ("its manager", managers),
    ];
    let columns = relations(world, &near);
    let rows = vec![
        ("GET /audits/{}/take-back", format!("/audits/{id}/take-back")),
        ("POST /audits/{}/take-back", format!("/audits/{id}/take-back")),
        ("GET /moderation/{}", format!("/moderation/{id}")),
        ("POST /moderation/{}/open", format!("/moderation/{id}/open")),
        ("GET /moderation/{}/standards/{}", format!("/moderation/{id}/standards/{code}")),
        ("POST /moderation/{}/standards/{}", format!("/moderation/{id}/standards/{code}")),
        ("GET /moderation/{}/confirm", format!("/moderation/{id}/confirm")),
        ("POST /moderation/{}/confirm", format!("/moderation/{id}/confirm")),
        ("GET /moderation/{}/return", format!("/moderation/{id}/return")),
        ("POST /moderation/{}/return", format!("/moderation/{id}/return")),
    ];
    Things { heading: "An audit that is read a second time".to_owned(), columns, rows }
}

/// An audit that a moderator has returned.
pub async fn returned(world: &World) -> Things {
    let id = crate::moderation::returned(world).await;
    let audit = world.store.audits.in_hand(id).await.unwrap().unwrap().audit;
    let note = world.store.moderations.notes(id).await.unwrap()[0].id;
    let managers = managers(world, &audit.whereabouts).await;
    let columns =
        relations(world, &[("its auditor", vec![audit.auditor]), ("its manager", managers)]);
    let rows = vec![
        ("GET /audits/{}/notes", format!("/audits/{id}/notes")),
        ("POST /audits/{}/notes/{}", format!("/audits/{id}/notes/{note}")),
    ];
    Things { heading: "An audit that was returned".to_owned(), columns, rows }
}

pub async fn action(world: &World, state: &str) -> Things {
    let actions = world.store.actions.list(&ActionFilter::Every).await.unwrap();
    let action = actions
        .into_iter()
        .find(|action| {
            let is_in_state = match action.stage {
                ActionStage::Open => state == "open",
                ActionStage::Addressed { .. } => state == "addressed",
                ActionStage::Verified(_) => state == "verified",
                ActionStage::Held { .. } | ActionStage::NotNeeded { .. } => false,
            };
            is_in_state && action.owner.is_some()
        })
        .unwrap();
    let managers = managers(world, &action.whereabouts).await;
    let owner = action.owner.unwrap();
    let managers = managers.into_iter().filter(|id| *id != owner).collect();
    let columns = relations(world, &[("its owner", vec![owner]), ("its manager", managers)]);
    let id = action.id;
    let rows = vec![
        ("GET /actions/{}", format!("/actions/{id}")),
        ("POST /actions/{}", format!("/actions/{id}")),
        ("POST /actions/{}/owner", format!("/actions/{id}/owner")),
        ("POST /actions/{}/verify", format!("/actions/{id}/verify")),
        ("POST /actions/{}/time", format!("/actions/{id}/time")),
        ("POST /actions/{}/time/decide", format!("/actions/{id}/time/decide")),
        ("POST /actions/{}/recheck", format!("/actions/{id}/recheck")),
        ("POST /actions/{}/close", format!("/actions/{id}/close")),
        ("POST /actions/{}/apart", format!("/actions/{id}/apart")),
        ("POST /actions/{}/themes", format!("/actions/{id}/themes")),
    ];
    Things { heading: format!("An action that is {state}"), columns, rows }
}
