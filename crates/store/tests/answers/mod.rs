//! Answers are saved as they are made, once, and never over what somebody has not seen.

on_both_engines!(
    an_answer_is_kept_as_it_was_given,
    a_form_that_comes_twice_is_kept_once,
    somebody_elses_answer_is_never_written_over,
    a_page_may_save_over_what_it_saved_itself_and_no_other_page,
    words_that_are_no_answer_are_kept_for_one_person_until_they_are,
    nothing_is_saved_after_submission,
    a_submission_raises_what_was_not_raised,
    a_submission_checked_against_other_answers_is_not_taken,
    saving_takes_a_constant_number_of_statements,
);

mod stories {
    use std::sync::atomic::Ordering;

    use jiff::civil::date;
    use quarterlight_domain::audit::{Answered, Stage, Submission};
    use quarterlight_domain::finding::Raised;
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::id::AuditId;
    use quarterlight_domain::judgement::{Answer, Judgement};
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{ActionFilter, Page, Saved};

    use crate::world::{World, answer, code, contents, stamp};

    fn answered(audit: AuditId, answer: Answer) -> Answered {
        Answered { audit, answer, first: false }
    }

    async fn save(world: &World, audit: AuditId, answer: Answer) -> Saved {
        let stamp = stamp(world.priya);
        world.store.answers.save(&stamp, &answered(audit, answer), None).await.unwrap()
    }

    pub async fn an_answer_is_kept_as_it_was_given(world: World) {
        let audit = world.audit().await;
        let given = answer("B1", Judgement::PartlyMet, "Last written in May.\nNo plan.", 0);
        assert_eq!(save(&world, audit, given.clone()).await, Saved::Yes);
        let kept = world.another_server().await.audits.in_hand(audit).await.unwrap().unwrap();
        assert_eq!(kept.answers, [Answer { version: 1, ..given }]);
        assert!(matches!(kept.audit.stage, Stage::Underway { .. }));
    }

    pub async fn a_form_that_comes_twice_is_kept_once(world: World) {
        let audit = world.audit().await;
        let raised = Raised {
            standard: code("B1"),
            what: Reason::new("Write the summary.").unwrap(),
            owner: Some(world.rosa),
            due: date(2026, 12, 7),
        };
        let form = answered(audit, answer("B1", Judgement::NotMet, "No summary.", 0));
        let stamp = stamp(world.priya);
        let finding = Some((&raised, "form-1"));
        let first = world.store.answers.save(&stamp, &form, finding).await.unwrap();
        let size = world.journal_size().await;
        let second = world.store.answers.save(&stamp, &form, finding).await.unwrap();
        assert_eq!((first, second), (Saved::Yes, Saved::Already));
        let actions = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        assert_eq!(actions.len(), 1);
        assert_eq!(actions[0].owner, Some(world.rosa));
        assert_eq!(world.journal_size().await, size, "the second form left a line in the journal");
    }

    pub async fn somebody_elses_answer_is_never_written_over(world: World) {
        let audit = world.audit().await;
        let theirs = answer("B1", Judgement::Met, "Seen on 3 November.", 0);
        assert_eq!(save(&world, audit, theirs.clone()).await, Saved::Yes);
        let late = answer("B1", Judgement::NotMet, "Nothing there.", 0);
        let kept = Answer { version: 1, ..theirs };
        assert_eq!(save(&world, audit, late).await, Saved::Conflict(kept));
        let seen_theirs = answer("B1", Judgement::NotMet, "Nothing there.", 1);
        assert_eq!(save(&world, audit, seen_theirs).await, Saved::Yes);
    }

    async fn submit(world: &World, audit: AuditId, checked: &[Answer]) -> bool {
        let reasons = Reason::new("The plan is not moving.").unwrap();
        let opinion = Opinion::kept(Grade::RequiresImprovement, reasons);
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        let submission = kept.audit.submit(&contents("Ours"), checked, opinion).unwrap();
        let Submission { .. } = submission;
        let after = (Some(world.rosa), date(2026, 12, 7));
        let stamp = stamp(world.priya);
        world.store.answers.submit(&stamp, &submission, checked, after).await.unwrap()
    }

    async fn answers(world: &World, audit: AuditId) -> Vec<Answer> {
        for given in [
            answer("B1", Judgement::Met, "", 0),
            answer("B2", Judgement::NotMet, "Not seen alone.", 0),
        ] {
            assert_eq!(save(world, audit, given).await, Saved::Yes);
        }
        world.store.audits.in_hand(audit).await.unwrap().unwrap().answers
    }

    pub async fn a_page_may_save_over_what_it_saved_itself_and_no_other_page(world: World) {
        let audit = world.audit().await;
        let from = async |key: &str, turn: u32, seen: &str, version: u32| {
            let form = answered(audit, answer("B1", Judgement::PartlyMet, seen, version));
            let page = Page { key, turn };
            world.store.answers.save_from(&stamp(world.priya), &form, None, page).await.unwrap()
        };
        assert_eq!(from("one", 1, "Last", 0).await, Saved::Yes);
        // Nobody told the page that this was kept: it still says what it saw when it was opened.
        assert_eq!(from("one", 2, "Last written in May", 0).await, Saved::Yes);
        // What was overtaken on the way does not come back.
        assert!(matches!(from("one", 1, "Last", 0).await, Saved::Conflict(_)));
        assert_eq!(from("one", 2, "Last written in May", 0).await, Saved::Already);
        assert!(matches!(from("two", 9, "Another window", 0).await, Saved::Conflict(_)));
        assert!(matches!(from("", 9, "No page", 0).await, Saved::Conflict(_)));
        assert_eq!(from("two", 1, "Another window", 2).await, Saved::Yes);
        assert!(matches!(from("one", 3, "Last written in June", 0).await, Saved::Conflict(_)));
    }

    pub async fn words_that_are_no_answer_are_kept_for_one_person_until_they_are(world: World) {
        let audit = world.audit().await;
        let (b1, unfinished) = (code("B1"), &world.store.unfinished);
        let before = world.journal_size().await;
        let turn = std::cell::Cell::new(0);
        let keep = async |person, form: &str, time: &str| {
            turn.set(turn.get() + 1);
            let page = Page { key: "one", turn: turn.get() };
            let at = format!("2026-11-24T10:{time}Z").parse().unwrap();
            unfinished.keep((audit, &b1, person), (form, page), at).await.unwrap()
        };
        assert!(keep(world.priya, "seen=Last", "00:00").await);
        assert!(keep(world.priya, "seen=Last+written", "00:02").await);
        assert!(!keep(world.priya, "seen=La", "00:01").await, "overtaken on the way");
        assert!(!keep(world.rosa, "seen=Mine", "00:03").await, "it is not her audit");
        assert_eq!(world.journal_size().await, before);
        let left = world.another_server().await.unfinished.of(audit, world.priya).await.unwrap();
        assert_eq!(left[&b1].form, "seen=Last+written");
        assert!(unfinished.of(audit, world.rosa).await.unwrap().is_empty());
        let form = answered(audit, answer("B1", Judgement::PartlyMet, "Last written in May", 0));
        let (page, by) = (Page { key: "one", turn: 7 }, stamp(world.priya));
        turn.set(7);
        let later = "2026-11-24T10:00:03Z".parse().unwrap();
        let by = Stamp { at: later, ..by };
        world.store.answers.save_from(&by, &form, None, page).await.unwrap();
        assert!(unfinished.of(audit, world.priya).await.unwrap().is_empty());
        assert!(keep(world.priya, "seen=More", "00:05").await);
        assert_eq!(unfinished.of(audit, world.priya).await.unwrap()[&b1].version, Some(1));
        // Another saving from the page on which they are typed: it knows of that.
        let form = answered(audit, answer("B1", Judgement::Met, "Written", 1));
        let page = Page { key: "one", turn: 9 };
        turn.set(9);
        let by = Stamp { at: "2026-11-24T10:00:06Z".parse().unwrap(), ..stamp(world.priya) };
        world.store.answers.save_from(&by, &form, None, page).await.unwrap();
        assert!(keep(world.priya, "seen=More", "00:07").await);
        assert_eq!(unfinished.of(audit, world.priya).await.unwrap()[&b1].version, Some(2));
        unfinished.let_go(audit, &b1, world.priya).await.unwrap();
        assert!(unfinished.of(audit, world.priya).await.unwrap().is_empty());
    }

    pub async fn nothing_is_saved_after_submission(world: World) {
        let audit = world.audit().await;
        let checked = answers(&world, audit).await;
        assert!(submit(&world, audit, &checked).await);
        let late = answer("B1", Judgement::NotMet, "Changed my mind.", 1);
        assert_eq!(save(&world, audit, late).await, Saved::Closed);
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        assert_eq!(kept.answers, checked);
        assert!(kept.audit.is_submitted());
    }

    pub async fn a_submission_raises_what_was_not_raised(world: World) {
        let audit = world.audit().await;
        let checked = answers(&world, audit).await;
        assert!(submit(&world, audit, &checked).await);
        let actions = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        assert_eq!(actions.len(), 1, "B2 is not met, and B1 is met");
        assert_eq!(
            (actions[0].standard.as_str(), actions[0].what.as_str()),
            ("B2", "Not seen alone.")
        );
    }

    pub async fn a_submission_checked_against_other_answers_is_not_taken(world: World) {
        let audit = world.audit().await;
        let checked = answers(&world, audit).await;
        let changed = answer("B1", Judgement::PartlyMet, "Half of it.", 1);
        assert_eq!(save(&world, audit, changed).await, Saved::Yes);
        assert!(!submit(&world, audit, &checked).await);
        let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        assert!(!kept.audit.is_submitted());
    }

    pub async fn saving_takes_a_constant_number_of_statements(world: World) {
        let audit = world.audit().await;
        let (store, count) = world.counted().await;
        let mut statements = Vec::new();
        for (version, seen) in ["one", "two", "three"].into_iter().enumerate() {
            let version = u32::try_from(version).unwrap();
            let form = answered(audit, answer("B1", Judgement::PartlyMet, seen, version));
            count.store(0, Ordering::Relaxed);
            let saved = store.answers.save(&stamp(world.priya), &form, None).await.unwrap();
            assert_eq!(saved, Saved::Yes);
            statements.push(count.load(Ordering::Relaxed));
        }
        assert_eq!(statements, [5, 5, 5]);
    }
}
