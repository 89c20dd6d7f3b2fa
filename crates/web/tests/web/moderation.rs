//! Second readings, through the real router: blind, agreed, confirmed, returned and refused.

use axum::http::StatusCode;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::handover::Handover;
use quarterlight_domain::id::AuditId;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::moderation::pick::{Why, pick};
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_domain::text::Reason;
use quarterlight_store::InModeration;

use crate::browser::{Answer, Browser, World};

/// The audits of the quarter under way that were submitted at least once, with why each is picked.
async fn picked(world: &World) -> Vec<(Option<Why>, InModeration)> {
    let quarter = *world.cast.quarters.last().unwrap();
    let cycle = world.store.cycles.of_quarter(quarter).await.unwrap().unwrap().cycle.id;
    let rules = world.store.moderations.rules().await.unwrap();
    let rules: Vec<ModerationRule> = rules.into_iter().map(|kept| kept.rule).collect();
    let of_cycle = world.store.moderations.of_cycle(cycle).await.unwrap();
    let why = |kept: InModeration| {
        let rule = ModerationRule::in_force(&rules, day_in_england(kept.first.0));
        let picked = pick(&rule, &kept.seed, kept.audit.reference(), kept.first.1);
        (picked.map(|it| it.why), kept)
    };
    of_cycle.into_iter().map(why).collect()
}

/// An audit that waits to be read a second time for this reason, and is not Joseph's.
pub async fn waiting(world: &World, why: Why) -> AuditId {
    let of_quarter = picked(world).await;
    let is_it = |(picked, kept): &&(Option<Why>, InModeration)| {
        *picked == Some(why)
            && kept.moderation.is_none()
            && kept.audit.auditor_name != "Joseph Adeyemi"
    };
    of_quarter.iter().find(is_it).unwrap_or_else(|| panic!("nothing waits")).1.audit.id
}

/// An audit that is with its auditor again.
pub async fn returned(world: &World) -> AuditId {
    let of_quarter = picked(world).await;
    of_quarter.iter().find(|(_, kept)| !kept.audit.is_submitted()).unwrap().1.audit.id
}

/// Gives an audit under way to Joseph, who moderates too, and lets him submit it as Outstanding.
async fn made_by_joseph(world: &World, audit: AuditId) {
    let id = |name| world.cast.person(name).unwrap().id;
    let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap().audit;
    let because = Reason::new("Priya is ill.").unwrap();
    let (from, to) = (kept.auditor, id("joseph.adeyemi"));
    let handover = Handover { audit, from, to, because };
    let at = "2026-11-23T09:00:00Z".parse().unwrap();
    let stamp = Stamp::person(id("amara.osei"), at, "gave an audit");
    assert!(world.store.handovers.give(&stamp, &handover).await.unwrap());
    let mut joseph = world.signed_in("joseph.adeyemi").await;
    let edition = world.store.frameworks.edition(kept.edition).await.unwrap().unwrap();
    for standard in edition.contents().asked_of(&kept.line) {
        let path = format!("/audits/{audit}/standards/{}", standard.code);
        let version = joseph.get(&path).await.hidden("version");
        let form = [
            ("judgement", "met"),
            ("version", &version),
            ("overruled", "It is on paper."),
            ("proposed", "yes"),
        ];
        assert_eq!(joseph.post(&path, &form).await.status, StatusCode::SEE_OTHER);
    }
    let form = [("grade", "outstanding"), ("reasons", "Everything is there.")];
    let sent = joseph.post(&format!("/audits/{audit}/submit"), &form).await;
    assert_eq!(sent.leads_to(), format!("/audits/{audit}/read"));
}

/// The first standard of an audit that waits to be settled, from the page of its second reading.
async fn first(browser: &mut Browser, audit: AuditId) -> String {
    let page = browser.get(&format!("/moderation/{audit}")).await;
    let link = format!("/moderation/{audit}/standards/");
    let at = page.text.find(&link).unwrap();
    page.text[at..].split('"').next().unwrap().to_owned()
}

fn address(world: &World, name: &str) -> String {
    let person = world.cast.people.iter().find(|person| person.name == name).unwrap();
    person.email.split('@').next().unwrap().to_owned()
}

async fn agree_to_all(browser: &mut Browser, audit: AuditId) -> Answer {
    let mut at = first(browser, audit).await;
    for _ in 0..100 {
        let answer = browser.post(&at, &[("choice", "agree")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.words());
        at = answer.leads_to();
        if !at.contains("/standards/") {
            return browser.get(&at).await;
        }
    }
    panic!("it never ends");
}

#[tokio::test]
async fn a_blind_reading_is_not_sent_the_answer_before_its_own_is_kept() {
    let world = World::new().await;
    let audit = waiting(&world, Why::Blind).await;
    let mut farah = world.signed_in("farah.siddiqui").await;
    assert_eq!(farah.get(&format!("/audits/{audit}/read")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(farah.post(&format!("/moderation/{audit}/open"), &[]).await.status, 303);
    let answers = world.store.audits.in_hand(audit).await.unwrap().unwrap().answers;
    let spoken = |answer: &&quarterlight_domain::judgement::Answer| {
        answer.judgement == Judgement::Met && answer.seen.len() > 20
    };
    let answer = answers.iter().find(spoken).unwrap();
    let standard = format!("/moderation/{audit}/standards/{}", answer.standard);
    let says = |page: &Answer| page.words().contains(&answer.seen);
    let before = farah.get(&standard).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(!says(&before) && before.words().contains("read blind"));
    // Agreeing is refused, and shows nothing either.
    let agreed = farah.post(&standard, &[("choice", "agree")]).await;
    assert_eq!(agreed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!says(&agreed));
    for page in ["", "/confirm", "/return"] {
        let page = farah.get(&format!("/moderation/{audit}{page}")).await;
        assert!(!says(&page) && !page.words().contains("What weighs most"));
    }
    let form = [("judgement", "not-met"), ("words", "Nothing since May.")];
    let saved = farah.post(&standard, &form).await;
    assert!(saved.leads_to().starts_with(&standard), "they differ, and both are shown");
    let after = farah.get(&standard).await;
    assert!(says(&after), "the control: now it is there");
    let silent = farah.post(&standard, &[("choice", "agree")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "a difference needs a word");
    let settled = farah.post(&standard, &[("choice", "agree"), ("words", "I found it.")]).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_audit_is_agreed_and_confirmed_with_another_grade_and_both_are_seen() {
    let world = World::new().await;
    let audit = waiting(&world, Why::Grade(Grade::Outstanding)).await;
    let kept = world.store.moderations.of_audit(audit).await.unwrap().unwrap();
    let auditor = address(&world, &kept.audit.auditor_name);
    let mut farah = world.signed_in("farah.siddiqui").await;
    let queue = farah.get("/moderation").await;
    assert!(queue.words().contains(&format!("Read {} a second time", kept.audit.reference())));
    farah.post(&format!("/moderation/{audit}/open"), &[]).await;
    let confirm = format!("/moderation/{audit}/confirm");
    let early = farah.post(&confirm, &[("grade", "good")]).await;
    assert!(early.words().contains("Settle every standard before you confirm"));
    let overview = agree_to_all(&mut farah, audit).await;
    assert!(overview.words().contains("Confirm the audit"), "{}", overview.words());
    let silent = farah.post(&confirm, &[("grade", "inadequate")]).await;
    assert!(silent.words().contains("Say in a sentence why the grade changes."));
    let form = [("grade", "inadequate"), ("why", "The plan stood still for a year.")];
    assert_eq!(farah.post(&confirm, &form).await.status, StatusCode::SEE_OTHER);
    let mut reader = world.signed_in(&auditor).await;
    let read = reader.get(&format!("/audits/{audit}/read")).await.words();
    assert!(read.contains("The plan stood still for a year."), "{read}");
    assert!(read.contains("from Outstanding to Inadequate"), "{read}");
    assert!(farah.get("/moderation").await.words().contains("Confirmed"));
    assert_eq!(farah.post(&confirm, &form).await.status, StatusCode::NOT_FOUND, "it has ended");
}

#[tokio::test]
async fn a_returned_audit_is_submitted_again_once_its_notes_are_cleared() {
    let world = World::new().await;
    let audit = returned(&world).await;
    let kept = world.store.moderations.of_audit(audit).await.unwrap().unwrap();
    let mut auditor = world.signed_in(&address(&world, &kept.audit.auditor_name)).await;
    let notes = auditor.get("/").await.link("See to the moderator’s notes");
    assert_eq!(notes, Some(format!("/audits/{audit}/notes")), "their own work says so");
    let show = auditor.get(&format!("/audits/{audit}")).await;
    assert!(show.words().contains("A moderator returned this audit: 1 note is to be cleared."));
    let form = [("grade", kept.first.1.code()), ("reasons", "The plan is moving.")];
    let submit = format!("/audits/{audit}/submit");
    let refused = auditor.post(&submit, &form).await;
    assert!(refused.words().contains("Clear the moderator’s note before you submit: 1 is left."));
    let note = world.store.moderations.notes(audit).await.unwrap()[0].id;
    let clear = format!("/audits/{audit}/notes/{note}");
    let silent = auditor.post(&clear, &[("done", " ")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(auditor.post(&clear, &[("done", "The entry is right.")]).await.status, 303);
    let page = auditor.get(&format!("/audits/{audit}/notes")).await;
    assert!(page.words().contains("Cleared: The entry is right."));
    assert_eq!(auditor.post(&submit, &form).await.status, StatusCode::SEE_OTHER);
    let mut farah = world.signed_in("farah.siddiqui").await;
    assert!(farah.get("/moderation").await.words().contains("Submitted again"));
}

#[tokio::test]
async fn nobody_is_offered_their_own_audit_and_the_page_says_why() {
    let world = World::new().await;
    let audit = world.cast.underway;
    made_by_joseph(&world, audit).await;
    let mut joseph = world.signed_in("joseph.adeyemi").await;
    let sentence = "You cannot moderate this audit, because you made it.";
    assert!(joseph.get("/moderation").await.words().contains(sentence));
    let page = joseph.get(&format!("/moderation/{audit}")).await;
    assert!(page.words().contains(sentence) && !page.words().contains("Open the second reading"));
    let opened = joseph.post(&format!("/moderation/{audit}/open"), &[]).await;
    assert!(opened.words().contains(sentence), "{}", opened.words());
    assert!(world.store.moderations.of_audit(audit).await.unwrap().unwrap().moderation.is_none());
}

#[tokio::test]
async fn an_audit_is_taken_back_by_its_auditor_and_by_nobody_once_it_is_opened() {
    let world = World::new().await;
    let audit = waiting(&world, Why::Grade(Grade::Outstanding)).await;
    let kept = world.store.moderations.of_audit(audit).await.unwrap().unwrap();
    let mut auditor = world.signed_in(&address(&world, &kept.audit.auditor_name)).await;
    let take = format!("/audits/{audit}/take-back");
    assert_eq!(auditor.post(&take, &[("because", "")]).await.status, 422);
    let mut farah = world.signed_in("farah.siddiqui").await;
    farah.post(&format!("/moderation/{audit}/open"), &[]).await;
    let late = auditor.get(&take).await.words();
    assert!(
        late.contains("Farah Siddiqui has opened this audit. Ask them to return it."),
        "{late}"
    );
    let refused = auditor.post(&take, &[("because", "A visit is missing.")]).await;
    assert!(refused.words().contains("Ask them to return it."), "{}", refused.words());
    let other = waiting(&world, Why::Grade(Grade::RequiresImprovement));
    let other = other.await;
    let kept = world.store.moderations.of_audit(other).await.unwrap().unwrap();
    let mut auditor = world.signed_in(&address(&world, &kept.audit.auditor_name)).await;
    let take = format!("/audits/{other}/take-back");
    let taken = auditor.post(&take, &[("because", "A visit is missing.")]).await;
    assert_eq!(taken.leads_to(), format!("/audits/{other}"));
    assert!(auditor.get("/").await.words().contains(kept.audit.reference().as_str()));
}

#[tokio::test]
async fn agreement_is_shown_in_sentences_and_by_auditor_to_the_quality_lead_alone() {
    let world = World::new().await;
    let mut farah = world.signed_in("farah.siddiqui").await;
    let page = farah.get("/agreement").await;
    let words = page.words();
    assert!(words.contains("Auditor and moderator judged the same "), "{words}");
    assert!(words.contains("Read differently") && words.contains("Cannot be computed"));
    assert!(!page.text.contains("NaN") && !words.contains("Priya Anand"));
    assert_eq!(farah.get("/agreement/auditors").await.status, StatusCode::NOT_FOUND);
    let mut amara = world.signed_in("amara.osei").await;
    assert!(amara.get("/agreement/auditors").await.words().contains("Priya Anand"));
    let reword = page.link("Re-word B1").unwrap();
    let form = farah.get(&reword).await;
    let key = form.hidden("form_key");
    let wish = [("words", "Say how old a summary may be."), ("form_key", key.as_str())];
    assert_eq!(farah.post(&reword, &wish).await.status, StatusCode::SEE_OTHER);
    let draft = world.store.drafts.all().await.unwrap()[0].id;
    let draft = amara.get(&format!("/frameworks/drafts/{draft}")).await;
    assert!(draft.words().contains("Say how old a summary may be."), "it shows on the next draft");
}
