//! Pages ask the database a constant number of times, and saving an answer at most eight.

use std::sync::atomic::Ordering;

use crate::browser::World;
use crate::case_lists::{sample, send};

#[tokio::test]
async fn saving_an_answer_takes_at_most_eight_statements() {
    let world = World::new().await;
    let mut priya = world.signed_in("priya.anand").await;
    let audit = priya.get("/").await.link("left ·").unwrap();
    let standard = priya.get(&format!("{audit}/submit")).await.link("Change").unwrap();
    let page = priya.get(&standard).await;
    let version = page.hidden("version");
    world.statements.store(0, Ordering::SeqCst);
    let form = [("judgement", "partly-met"), ("seen", "Half of it."), ("version", &version)];
    let answer = priya.post(&standard, &form).await;
    assert_eq!(answer.status, 303);
    let statements = world.statements.load(Ordering::SeqCst);
    assert!(statements <= 8, "{statements} statements");
    assert!(statements >= 5, "{statements} statements: is anything counted?");
}

#[tokio::test]
async fn the_pages_of_a_case_list_ask_no_more_for_a_longer_list() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let pages = [
        "",
        "/lists",
        "/conflicts?matter=placement",
        "/changes?what=new",
        "/doubts",
        "/apart?standing=closed",
        "/apart?list=0&without=1",
    ];
    let mut counted = Vec::new();
    for files in [
        vec![sample("ssd/ssd_person.csv"), sample("ssd/ssd_cin_episodes.csv")],
        vec![
            sample("annex_a.xlsx"),
            sample("csww.xml"),
            sample("ssd/ssd_person.csv"),
            sample("ssd/ssd_cin_episodes.csv"),
        ],
    ] {
        let sent = send(&mut amara, &files).await;
        let list = sent.leads_to();
        let mut of_list = Vec::new();
        for page in pages {
            world.statements.store(0, Ordering::SeqCst);
            let shown = amara.get(&format!("{list}{page}")).await;
            assert_eq!(shown.status, 200, "{page}");
            of_list.push((page, world.statements.load(Ordering::SeqCst)));
        }
        counted.push(of_list);
    }
    assert_eq!(counted[0], counted[1]);
    assert!(counted[0].iter().all(|(_, statements)| (3..=20).contains(statements)), "{counted:?}");
}

/// The pages of second readings ask as often for a quarter with many as for one with none.
#[tokio::test]
async fn the_pages_of_second_readings_ask_a_constant_number_of_times() {
    use quarterlight_domain::moderation::pick::Why;

    let world = World::new().await;
    let mut farah = world.signed_in("farah.siddiqui").await;
    let audit = crate::moderation::waiting(&world, Why::Blind).await;
    farah.post(&format!("/moderation/{audit}/open"), &[]).await;
    let quarters = &world.cast.quarters;
    let paths = [
        (format!("/moderation?quarter={}", quarters[0]), 14),
        (format!("/moderation?quarter={}", quarters[4]), 14),
        (format!("/moderation/{audit}"), 16),
        ("/agreement".to_owned(), 8),
    ];
    let mut counted = Vec::new();
    for (path, most) in &paths {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(farah.get(path).await.status, 200, "{path}");
        let statements = world.statements.load(Ordering::SeqCst);
        assert!((2..=*most).contains(&statements), "{path}: {statements} statements");
        counted.push(statements);
    }
    assert_eq!(counted[0], counted[1], "however many are read");
}

/// The pages of actions and findings ask as often for all of them as for a few.
#[tokio::test]
async fn the_pages_of_actions_and_findings_ask_a_constant_number_of_times() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let paths = [
        ("/actions", 10),
        ("/actions?show=held", 10),
        ("/actions?show=overdue&age=older&sort=age", 10),
        ("/findings", 10),
        ("/findings/themes", 10),
        ("/good-practice", 10),
        ("/good-practice?show=offered", 10),
    ];
    let mut counted = Vec::new();
    for (path, most) in paths {
        world.statements.store(0, Ordering::SeqCst);
        assert_eq!(amara.get(path).await.status, 200, "{path}");
        let statements = world.statements.load(Ordering::SeqCst);
        assert!((2..=most).contains(&statements), "{path}: {statements} statements");
        counted.push(statements);
    }
    assert_eq!(counted[0], counted[1], "however many are listed");
    assert_eq!(counted[0], counted[2], "however many are listed");
}
