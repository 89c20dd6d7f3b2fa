//! A form that was handed in is saved whole, as its answers would be one by one, or not at all.

on_both_engines!(
    a_form_is_saved_with_a_line_in_the_journal_for_each_answer,
    one_answer_that_was_saved_otherwise_meanwhile_keeps_all_of_them_out,
    a_form_that_comes_twice_leaves_no_line,
    nothing_is_taken_over_after_submission_or_by_somebody_else,
);

mod stories {
    use quarterlight_domain::audit::{Answered, Stage};
    use quarterlight_domain::id::AuditId;
    use quarterlight_domain::judgement::{Answer, Judgement};
    use quarterlight_domain::proposed::{Ruled, Ruling};
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::timescale::rule::RuleCode;
    use quarterlight_store::{Saved, TakenOver};

    use crate::world::{World, answer, code, stamp};

    fn answered(audit: AuditId, answers: &[Answer]) -> Vec<Answered> {
        let answered = |answer: &Answer| Answered { audit, answer: answer.clone(), first: false };
        answers.iter().map(answered).collect()
    }

    /// What a form says: B1 is there, and B2 is not.
    fn form() -> [Answer; 2] {
        [
            answer("B1", Judgement::Met, "Seen on 3 November.", 0),
            answer("B2", Judgement::NotMet, "Nothing there.", 0),
        ]
    }

    fn overruled() -> Ruled {
        let because = Reason::new("The visit is in the notes.").ok();
        let rules = vec![RuleCode::new("visit").unwrap()];
        let ruling = Ruling::Overruled { because };
        Ruled { standard: code("B2"), proposed: Judgement::Met, rules, ruling }
    }

    async fn take_over(world: &World, audit: AuditId, form: &[Answer]) -> TakenOver {
        let (answered, ruled) = (answered(audit, form), [overruled()]);
        let stamp = stamp(world.priya);
        world.store.answers.take_over(&stamp, audit, (&answered, &ruled)).await.unwrap()
    }

    async fn kept(world: &World, audit: AuditId) -> Vec<Answer> {
        world.another_server().await.audits.in_hand(audit).await.unwrap().unwrap().answers
    }

    pub async fn a_form_is_saved_with_a_line_in_the_journal_for_each_answer(world: World) {
        let audit = world.audit().await;
        let before = world.journal_size().await;
        assert_eq!(take_over(&world, audit, &form()).await, TakenOver::Yes(2));
        assert_eq!(world.journal_size().await, before + 3, "two answers, and one ruling");
        assert_eq!(kept(&world, audit).await, form().map(|it| Answer { version: 1, ..it }));
        let in_hand = world.store.audits.in_hand(audit).await.unwrap().unwrap();
        assert!(matches!(in_hand.audit.stage, Stage::Underway { .. }));
        let ruled = world.store.proposals.of_audit(audit).await.unwrap();
        assert!(!ruled[&code("B2")].confirmed);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
    }

    pub async fn one_answer_that_was_saved_otherwise_meanwhile_keeps_all_of_them_out(world: World) {
        let audit = world.audit().await;
        let theirs = answer("B2", Judgement::Met, "It is in volume two.", 0);
        let [saved] = answered(audit, std::slice::from_ref(&theirs)).try_into().unwrap();
        let by = stamp(world.priya);
        assert_eq!(world.store.answers.save(&by, &saved, None).await.unwrap(), Saved::Yes);
        let before = world.journal_size().await;
        let conflict = TakenOver::Conflict(code("B2"));
        assert_eq!(take_over(&world, audit, &form()).await, conflict);
        assert_eq!(kept(&world, audit).await, [Answer { version: 1, ..theirs }], "nor is B1 there");
        assert!(world.store.proposals.of_audit(audit).await.unwrap().is_empty());
        assert_eq!(world.journal_size().await, before);
        // The control: whoever has seen what is saved may save over it.
        let [first, second] = form();
        let seen = [first, Answer { version: 1, ..second }];
        assert_eq!(take_over(&world, audit, &seen).await, TakenOver::Yes(2));
    }

    pub async fn a_form_that_comes_twice_leaves_no_line(world: World) {
        let audit = world.audit().await;
        assert_eq!(take_over(&world, audit, &form()).await, TakenOver::Yes(2));
        let size = world.journal_size().await;
        assert_eq!(take_over(&world, audit, &form()).await, TakenOver::Yes(0));
        assert_eq!(world.journal_size().await, size);
    }

    pub async fn nothing_is_taken_over_after_submission_or_by_somebody_else(world: World) {
        let audit = world.audit().await;
        let form = answered(audit, &form());
        let rosa = stamp(world.rosa);
        let taken = world.store.answers.take_over(&rosa, audit, (&form, &[])).await.unwrap();
        assert_eq!(taken, TakenOver::Closed);
        world.submit(audit).await;
        let size = world.journal_size().await;
        let late = [answer("B1", Judgement::NotMet, "Late.", 1)];
        assert_eq!(take_over(&world, audit, &late).await, TakenOver::Closed);
        assert_eq!(world.journal_size().await, size);
    }
}
