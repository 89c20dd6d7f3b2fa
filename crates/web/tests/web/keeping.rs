//! The history is proved on a page; what is held, proposed and confirmed is; and a bundle is whole.

use quarterlight_domain::case_list::Reference;
use quarterlight_store::Noted;

use crate::browser::World;

#[tokio::test]
async fn one_button_proves_the_history_and_a_changed_entry_is_named() {
    let world = World::new().await;
    let mut lorna = world.signed_in("lorna.macallister").await;
    let whole = lorna.post("/history/proof", &[]).await;
    assert!(whole.words().contains("The history is whole: all"), "{}", whole.words());
    assert!(whole.words().contains("Nothing from elsewhere was compared"));
    let export = lorna.get("/history/export").await;
    assert_eq!(export.status, 200);
    for path in ["verify_journal.py", "journal/checkpoint", "journal/tile/entries/000"] {
        assert!(export.text.contains(&format!("== {path}")), "{path}");
    }
    assert!(!export.text.contains("== journal/payloads"), "no personal part leaves by this door");
    let (_, signed) = world.store.journal.standing().await.unwrap();
    let printed = signed.unwrap().to_string();
    let again = lorna.post("/history/proof", &[("checkpoints", &printed)]).await;
    assert!(again.words().contains("that the checkpoint from elsewhere vouches for"));
    let wrong = lorna.post("/history/proof", &[("checkpoints", "41:0f")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("Enter each checkpoint as the number of entries"));
    let on = sea_orm::Database::connect(&world.address).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(
        &on,
        "drop trigger journal_entry_no_update; \
         update journal_entry set leaf = entry where seq = 7",
    )
    .await
    .unwrap();
    let found = lorna.post("/history/proof", &[]).await;
    assert!(
        found
            .words()
            .contains("The history was changed. The first entry that is wrong is number 7.")
    );
}

#[tokio::test]
async fn one_proposes_and_another_confirms_and_a_hold_is_respected() {
    let world = World::new().await;
    let mut hana = world.signed_in("hana.novak").await;
    let nothing = hana.post("/retention/holds", &[("over", "record"), ("record", "nobody")]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.words().contains("Enter the reference of a record"));
    // A look is kept for a month from now on, and there is one that is older.
    let rule = [("of-kind", "looks"), ("months", "1"), ("so", "Decided by the committee.")];
    assert_eq!(hana.post("/retention/rules", &rule).await.status, 303);
    let audit = world.store.audits.in_hand(world.cast.underway).await.unwrap().unwrap();
    let lead = hana_id(&world).await;
    let long_ago = "2026-01-05T10:00:00Z".parse().unwrap();
    let noted = world.store.looks.note(lead, audit.audit.record, "/records/1", long_ago).await;
    assert_eq!(noted.unwrap(), Noted::Yes);
    let before = world.store.looks.at_record(audit.audit.record).await.unwrap().len();
    let proposed = hana.post("/retention/disposals", &[]).await.leads_to();
    let own = hana.post(&format!("{proposed}/confirm"), &[]).await;
    assert!(own.words().contains("Somebody else has to confirm it"), "{}", own.words());
    assert!(hana.get(&proposed).await.words().contains("Waits to be confirmed by somebody else"));
    let mut amara = world.signed_in("amara.osei").await;
    assert!(amara.get(&proposed).await.words().contains("What goes cannot be brought back"));
    assert_eq!(amara.post(&format!("{proposed}/confirm"), &[]).await.status, 303);
    let done = hana.get(&proposed).await;
    assert!(done.words().contains("Carried out"), "{}", done.words());
    assert_eq!(hana.get(&format!("{proposed}/file/pdf")).await.status, 200);
    let after = world.store.looks.at_record(audit.audit.record).await.unwrap().len();
    assert!(after < before, "{after} of {before}");
    assert!(world.store.journal.verify(None, &|_| ()).await.unwrap().is_clean());
}

async fn hana_id(world: &World) -> quarterlight_domain::id::PersonId {
    let people = world.store.people.all().await.unwrap();
    people.iter().find(|line| line.person.name == "Hana Novak").unwrap().person.id
}

#[tokio::test]
async fn a_bundle_is_given_once_the_look_and_the_choice_are_noted() {
    let world = World::new().await;
    let mut hana = world.signed_in("hana.novak").await;
    let audit = world.store.audits.in_hand(world.cast.underway).await.unwrap().unwrap();
    let reference: Reference = audit.audit.line.reference.clone();
    let form = [("reference", reference.as_str()), ("exemption", ""), ("because", "SAR 17")];
    let asked = hana.post("/subject-access", &form).await;
    assert_eq!(asked.status, 422);
    assert!(asked.words().contains("Select what may be withheld"));
    let form = [("reference", reference.as_str()), ("exemption", "none"), ("because", "SAR 17")];
    let given = hana.post("/subject-access", &form).await;
    assert_eq!(given.status, 200);
    for file in ["held.json", "journal.json", "held.pdf", "README.txt"] {
        assert!(given.text.contains(&format!("== {file}")), "{file}");
    }
    let answer = audit.answers.iter().find(|answer| !answer.seen.is_empty()).unwrap();
    let first: String = answer.seen.chars().take_while(char::is_ascii).collect();
    assert!(given.text.contains(first.lines().next().unwrap()), "{first}");
    let looks = world.store.looks.at_record(audit.audit.record).await.unwrap();
    assert_eq!((looks[0].name.as_str(), looks[0].page.as_str()), ("Hana Novak", "/subject-access"));
    assert!(given.text.contains("record.bundle"), "the bundle says that it was taken out");
}
