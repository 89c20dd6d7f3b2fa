//! Findings beside one another: themes, what a second reading took back, and good practice.

on_both_engines!(
    a_finding_has_themes_and_they_are_counted_out_of_all,
    what_a_second_reading_took_back_is_listed_while_it_is_open,
    good_practice_is_listed_and_offered_and_the_last_word_counts,
    the_key_issue_of_an_audit_becomes_a_finding_once,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::figures::Share;
    use quarterlight_domain::id::AuditId;
    use quarterlight_domain::names::Names;
    use quarterlight_domain::summing_up::{SummingUp, ThemeName};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{ActionFilter, Narrowed, PracticeFilter};

    use crate::world::{World, sql, stamp, submit, submitted};

    pub async fn a_finding_has_themes_and_they_are_counted_out_of_all(world: World) {
        let audit = submitted(&world).await;
        let (store, stamp) = (&world.store, stamp(world.lead));
        let all = store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        let finding = all[0].finding;
        let name = ThemeName::new("Seen alone", &Names::default()).unwrap();
        let theme = store.themes.list(&stamp, &name).await.unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        assert!(store.figures.themes(quarter, None).await.unwrap().is_empty());
        let size = world.journal_size().await;
        assert!(store.findings.set_themes(&stamp, finding, &[theme].into()).await.unwrap());
        assert!(!store.findings.set_themes(&stamp, finding, &[theme].into()).await.unwrap());
        assert_eq!(world.journal_size().await, size + 1, "a form posted twice is kept once");
        assert_eq!(store.findings.themes().await.unwrap()[&finding], [theme]);
        let counts = store.figures.themes(quarter, Some(world.service)).await.unwrap();
        assert_eq!(counts[0].findings[&quarter], Share::new(1, 1));
        let today = date(2026, 11, 23);
        let narrowed = Narrowed { theme: Some(theme), ..Narrowed::default() };
        let every = &ActionFilter::Every;
        assert_eq!(store.actions.register(every, &narrowed, today).await.unwrap().len(), 1);
        assert!(store.findings.set_themes(&stamp, finding, &[].into()).await.unwrap());
        assert!(store.findings.themes().await.unwrap().is_empty());
        assert!(store.actions.register(every, &narrowed, today).await.unwrap().is_empty());
    }

    pub async fn what_a_second_reading_took_back_is_listed_while_it_is_open(world: World) {
        let audit = submitted(&world).await;
        let findings = &world.store.findings;
        assert!(findings.withdrawn().await.unwrap().is_empty());
        let settle = format!(
            "insert into moderation (audit_id, round, why, blind, moderator_id, opened_at) \
             select id, 1, 'share', false, {}, submitted_at from audit where id = {audit}; \
             insert into audit_correction \
             (audit_id, standard, moderation_id, judgement_before, judgement, why) \
             select {audit}, 'B2', max(id), 'not-met', 'met', 'It is there.' from moderation",
            world.lead
        );
        sql(&world, &settle).await.unwrap();
        assert_eq!(findings.withdrawn().await.unwrap().len(), 1);
        let action = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap().remove(0);
        let because = Reason::new("It is there.").unwrap();
        let closed = action.close(world.lead, because, date(2026, 11, 23)).unwrap();
        assert!(world.store.actions.step(&stamp(world.lead), &closed).await.unwrap());
        assert!(findings.withdrawn().await.unwrap().is_empty(), "it is closed");
    }

    fn summed(strengths: &str, issues: &str) -> SummingUp {
        let (strengths, issues) = (strengths.to_owned(), issues.to_owned());
        SummingUp { strengths, issues, ..SummingUp::default() }
    }

    async fn summed_up(world: &World, words: &SummingUp) -> AuditId {
        let audit = world.audit().await;
        let stamp = stamp(world.priya);
        world.store.voices.sum_up(&stamp, audit, words, None).await.unwrap();
        submit(world, audit, Some(world.rosa)).await;
        audit
    }

    pub async fn good_practice_is_listed_and_offered_and_the_last_word_counts(world: World) {
        let audit = summed_up(&world, &summed("The child speaks on every page.", "")).await;
        let (findings, stamp) = (&world.store.findings, stamp(world.lead));
        let all = PracticeFilter::default();
        let offered = PracticeFilter { offered: true, ..all };
        let lines = findings.practice(&all).await.unwrap();
        assert_eq!((lines.len(), lines[0].is_offered), (1, false));
        assert!(findings.practice(&offered).await.unwrap().is_empty());
        assert!(findings.offer(&stamp, audit, true).await.unwrap());
        assert!(!findings.offer(&stamp, audit, true).await.unwrap(), "a form posted twice");
        assert!(findings.practice(&offered).await.unwrap()[0].is_offered);
        assert!(findings.offer(&stamp, audit, false).await.unwrap());
        assert!(findings.practice(&offered).await.unwrap().is_empty());
        let elsewhere = PracticeFilter { quarter: Some("2026-Q1".parse().unwrap()), ..all };
        assert!(findings.practice(&elsewhere).await.unwrap().is_empty());
        let fault = sql(&world, "delete from practice_offer").await.unwrap_err().to_string();
        assert!(fault.contains("is kept for ever"), "{fault}");
    }

    pub async fn the_key_issue_of_an_audit_becomes_a_finding_once(world: World) {
        let audit = summed_up(&world, &summed("", "Visits are not written up.")).await;
        let all = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        let issues: Vec<&str> =
            all.iter().filter(|it| it.is_key_issue()).map(|it| it.what.as_str()).collect();
        assert_eq!(issues, ["Visits are not written up."]);
        assert_eq!(all.len(), 2, "and the standard that is not met");
    }
}
