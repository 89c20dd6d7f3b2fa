//! Allocation: conflicts, audits given to somebody else, closed cycles and reminders.

on_both_engines!(
    a_conflict_is_declared_once_and_ends,
    a_line_of_supervision_ends_and_stays_known,
    an_auditor_says_how_much_they_can_do,
    an_audit_goes_to_somebody_else_with_its_answers,
    a_former_auditor_writes_nothing_more,
    a_day_moves_and_both_days_stay,
    a_cycle_is_closed_with_a_reason_for_each_missed_audit,
    progress_is_counted_by_team,
    a_reminder_is_sent_once_by_however_many_servers,
    a_reminder_that_failed_is_tried_again,
);

mod stories {
    use jiff::civil::{Date, date};
    use quarterlight_domain::audit::{Answered, Stage};
    use quarterlight_domain::conflict::{Declaration, Subject};
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::handover::{Handover, NewDue};
    use quarterlight_domain::id::{AuditId, PersonId, RecordId};
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::missed::{Closing, Missed, MissedBecause};
    use quarterlight_domain::record::Record;
    use quarterlight_domain::reminder::Reminder;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{AuditInHand, AuditorLine, Outcome, Saved, Store};

    use crate::world::{World, answer, contents, sql, stamp};

    const DAY: Date = date(2026, 11, 23);

    fn because(words: &str) -> Reason {
        Reason::new(words).unwrap()
    }

    async fn record(world: &World, reference: &str) -> Record {
        let reference = quarterlight_domain::case_list::Reference::new(reference).unwrap();
        world.store.records.by_reference(&reference).await.unwrap().unwrap()
    }

    async fn hand(world: &World, audit: AuditId) -> AuditInHand {
        world.store.audits.in_hand(audit).await.unwrap().unwrap()
    }

    /// Finds somebody independent of a record, by what the store knows.
    async fn independent(
        world: &World,
        who: PersonId,
        reference: &str,
    ) -> Result<Independent, String> {
        let person = world.store.people.get(who).await.unwrap().unwrap();
        let ties = world.store.conflicts.ties().await.unwrap();
        let found = Independent::of(&person, &record(world, reference).await, &ties, DAY);
        found.map_err(|refusal| refusal.sentence().to_owned())
    }

    async fn save(store: &Store, who: PersonId, audit: AuditId, standard: &str) -> Saved {
        let answer = answer(standard, Judgement::Met, "Seen.", 0);
        let answered = Answered { audit, answer, first: false };
        store.answers.save(&stamp(who), &answered, None).await.unwrap()
    }

    pub async fn a_conflict_is_declared_once_and_ends(world: World) {
        world.audit().await;
        let conflicts = &world.store.conflicts;
        let of = |subject| {
            let why = Reason::new("A friend of the family.").ok();
            Declaration::new(world.priya, subject, (date(2026, 11, 1), None), why).unwrap()
        };
        let id = record(&world, "R-3").await.id;
        assert!(independent(&world, world.priya, "R-3").await.is_ok());
        let by = stamp(world.priya);
        let kept = conflicts.declare(&by, &of(Subject::Record(id))).await.unwrap().unwrap();
        assert_eq!(conflicts.declare(&by, &of(Subject::Record(id))).await.unwrap(), None, "twice");
        let refusal = independent(&world, world.priya, "R-3").await.unwrap_err();
        assert!(refusal.ends_with("they have declared a conflict with this record."), "{refusal}");
        assert!(independent(&world, world.priya, "R-4").await.is_ok());
        let worker = record(&world, "R-4").await.worker.unwrap().id;
        conflicts.declare(&by, &of(Subject::Worker(worker))).await.unwrap().unwrap();
        conflicts.declare(&by, &of(Subject::Place(world.service))).await.unwrap().unwrap();
        assert!(
            independent(&world, world.priya, "R-4").await.unwrap_err().contains("the worker who")
        );
        assert!(
            independent(&world, world.priya, "R-1")
                .await
                .unwrap_err()
                .contains("the team or service")
        );
        assert_eq!(conflicts.list(Some(world.priya)).await.unwrap().len(), 3);
        assert_eq!(conflicts.list(Some(world.rosa)).await.unwrap().len(), 0);
        let line = conflicts.get(kept).await.unwrap().unwrap();
        assert_eq!((line.person.as_str(), line.subject.as_str()), ("Priya Anand", "R-3"));
        assert_eq!(line.conflict.declared, of(Subject::Record(id)));
        let until = date(2026, 11, 22);
        assert!(conflicts.end(&by, kept, until, &because("They moved away.")).await.unwrap());
        assert!(!conflicts.end(&by, kept, until, &because("They moved away.")).await.unwrap());
        assert!(
            independent(&world, world.priya, "R-3").await.unwrap_err().contains("team or service")
        );
    }

    pub async fn a_line_of_supervision_ends_and_stays_known(world: World) {
        world.audit().await;
        let workers = &world.store.workers;
        let worker = record(&world, "R-4").await.worker.unwrap().id;
        let by = stamp(world.lead);
        assert!(workers.supervise(&by, worker, Some(world.priya)).await.unwrap());
        assert!(
            !workers.supervise(&by, worker, Some(world.priya)).await.unwrap(),
            "the form twice"
        );
        assert!(
            independent(&world, world.priya, "R-4").await.unwrap_err().contains("supervise the")
        );
        assert!(workers.supervise(&by, worker, Some(world.rosa)).await.unwrap());
        assert!(
            independent(&world, world.rosa, "R-4").await.unwrap_err().contains("supervise the")
        );
        let lines = workers.lines().await.unwrap();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.iter().filter(|line| line.until == Some(date(2026, 11, 22))).count(), 1);
        assert!(workers.supervise(&by, worker, None).await.unwrap());
        assert!(!workers.supervise(&by, worker, None).await.unwrap(), "nobody is, already");
    }

    pub async fn an_auditor_says_how_much_they_can_do(world: World) {
        let auditors = &world.store.auditors;
        assert!(auditors.all().await.unwrap().is_empty());
        let line = |capacity, holds_none| AuditorLine { person: world.priya, capacity, holds_none };
        auditors.describe(&stamp(world.priya), &line(Some(8), false)).await.unwrap();
        auditors.describe(&stamp(world.lead), &line(Some(0), true)).await.unwrap();
        assert_eq!(auditors.all().await.unwrap(), [line(Some(0), true)]);
    }

    async fn to_rosa(world: &World, audit: AuditId) -> Handover {
        // Rosa manages Team One; with that, she could not be found independent of R-1.
        let end = "insert into grant_ended (grant_id, last_day, at, why) \
             select id, '2024-01-01', '2024-01-02 08:00:00+00:00', 'test' \
             from person_grant where role = 'service-manager'";
        sql(world, end).await.unwrap();
        let rosa = independent(world, world.rosa, "R-1").await.unwrap();
        Handover::of(&hand(world, audit).await.audit, &rosa, because("Priya is ill.")).unwrap()
    }

    pub async fn an_audit_goes_to_somebody_else_with_its_answers(world: World) {
        let audit = world.audit().await;
        assert!(
            independent(&world, world.rosa, "R-1").await.unwrap_err().contains("manage the team")
        );
        save(&world.store, world.priya, audit, "B1").await;
        let handover = to_rosa(&world, audit).await;
        assert!(world.store.handovers.give(&stamp(world.lead), &handover).await.unwrap());
        assert!(!world.store.handovers.give(&stamp(world.lead), &handover).await.unwrap(), "twice");
        let kept = hand(&world, audit).await;
        assert_eq!((kept.audit.auditor, kept.answers.len()), (world.rosa, 1));
        let passage = world.store.handovers.of_audit(audit).await.unwrap();
        let given = &passage.given[0];
        assert_eq!((given.from.as_str(), given.to.as_str()), ("Priya Anand", "Rosa Whitlow"));
        assert_eq!((given.answers, given.because.as_str()), (1, "Priya is ill."));
        assert_eq!(given.by.as_deref(), Some("Amara Osei"));
        assert!(world.store.audits.to_do(world.priya).await.unwrap().is_empty());
        assert_eq!(world.store.audits.to_do(world.rosa).await.unwrap()[0].answered, 1);
        for statement in ["update audit_given set because = 'x'", "delete from audit_given"] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        let back = independent(&world, world.priya, "R-1").await.unwrap();
        assert!(Handover::of(&kept.audit, &back, because("She is well.")).is_ok());
        let same = independent(&world, world.rosa, "R-1").await.unwrap();
        assert!(Handover::of(&kept.audit, &same, because("Again.")).is_err());
        let other = independent(&world, world.priya, "R-2").await.unwrap();
        assert!(Handover::of(&kept.audit, &other, because("Another record.")).is_err());
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().wrong.is_empty());
    }

    pub async fn a_former_auditor_writes_nothing_more(world: World) {
        let audit = world.audit().await;
        for standard in ["B1", "B2"] {
            assert_eq!(save(&world.store, world.priya, audit, standard).await, Saved::Yes);
        }
        let before = hand(&world, audit).await;
        let handover = to_rosa(&world, audit).await;
        assert!(world.store.handovers.give(&stamp(world.lead), &handover).await.unwrap());
        // The former auditor had the page open, on another server: nothing of it is taken.
        let elsewhere = world.another_server().await;
        let again = answer("B1", Judgement::NotMet, "Late.", 1);
        let late = Answered { audit, answer: again, first: false };
        let saved = elsewhere.answers.save(&stamp(world.priya), &late, None).await.unwrap();
        assert_eq!(saved, Saved::Closed);
        let opinion = Opinion::kept(Grade::Good, because("All is well."));
        let submission = before.audit.submit(&contents("Ours"), &before.answers, opinion).unwrap();
        let after = (None, date(2026, 12, 7));
        let submit = |who| elsewhere.answers.submit(who, &submission, &before.answers, after);
        let (former, rosa) = (stamp(world.priya), stamp(world.rosa));
        assert!(!submit(&former).await.unwrap());
        assert!(submit(&rosa).await.unwrap(), "the answers are hers to submit");
    }

    pub async fn a_day_moves_and_both_days_stay(world: World) {
        let audit = world.audit().await;
        let before = hand(&world, audit).await.audit;
        let to = date(2026, 12, 18);
        let new = NewDue::of(&before, to, because("The record was with the court."), DAY).unwrap();
        assert!(world.store.handovers.move_due(&stamp(world.lead), &new).await.unwrap());
        assert!(!world.store.handovers.move_due(&stamp(world.lead), &new).await.unwrap(), "twice");
        let after = hand(&world, audit).await.audit;
        assert_eq!(after.due, to);
        let passage = world.store.handovers.of_audit(audit).await.unwrap();
        assert_eq!((passage.moved[0].from, passage.moved[0].to), (date(2026, 12, 11), to));
        assert!(NewDue::of(&after, to, because("Again."), DAY).is_err(), "the same day");
        assert!(NewDue::of(&after, date(2026, 11, 22), because("Past."), DAY).is_err());
    }

    fn away(record: RecordId) -> Missed {
        Missed::new(record, MissedBecause::AuditorAway, None).unwrap()
    }

    pub async fn a_cycle_is_closed_with_a_reason_for_each_missed_audit(world: World) {
        let audit = world.audit().await;
        for standard in ["B1", "B2"] {
            save(&world.store, world.priya, audit, standard).await;
        }
        let before = hand(&world, audit).await;
        let after_all = date(2026, 12, 14);
        let undone = world.store.missed.undone(world.cycle).await.unwrap();
        assert_eq!(undone.len(), 4, "one is under way, and three nobody has");
        assert_eq!(undone.iter().filter(|it| it.auditor.is_some()).count(), 1);
        let ids: Vec<RecordId> = undone.iter().map(|it| it.record).collect();
        let some = Closing { missed: vec![away(ids[0])] };
        assert!(!world.store.missed.close(&stamp(world.lead), world.cycle, &some).await.unwrap());
        assert_eq!(
            world.store.missed.closed(world.cycle).await.unwrap(),
            None,
            "nothing half-done"
        );
        assert!(matches!(hand(&world, audit).await.audit.stage, Stage::Underway { .. }));
        let all = ids.iter().map(|id| away(*id)).collect();
        let closing = Closing::of(date(2026, 12, 11), &ids, all, after_all).unwrap();
        assert!(world.store.missed.close(&stamp(world.lead), world.cycle, &closing).await.unwrap());
        assert!(
            !world.store.missed.close(&stamp(world.lead), world.cycle, &closing).await.unwrap()
        );
        let closed = world.store.missed.closed(world.cycle).await.unwrap().unwrap();
        assert_eq!((closed.on, closed.missed.len()), (DAY, 4));
        assert_eq!(hand(&world, audit).await.audit.stage, Stage::Missed { on: DAY });
        assert_eq!(save(&world.store, world.priya, audit, "B1").await, Saved::Closed);
        let opinion = Opinion::kept(Grade::Good, because("All is well."));
        let submission = before.audit.submit(&contents("Ours"), &before.answers, opinion).unwrap();
        let after = (None, date(2026, 12, 7));
        let by = stamp(world.priya);
        assert!(
            !world.store.answers.submit(&by, &submission, &before.answers, after).await.unwrap()
        );
        let late = independent(&world, world.priya, "R-3").await.unwrap();
        let assigned = world.store.audits.assign(&by, world.cycle, &late, DAY).await;
        assert!(assigned.is_err(), "the cycle is closed");
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let of = async |service| {
            world.store.figures.quarter(quarter, &edition, service, DAY).await.unwrap().missed
        };
        assert_eq!(of(None).await, [(MissedBecause::AuditorAway, 4)]);
        assert_eq!(of(Some(world.service)).await, [(MissedBecause::AuditorAway, 3)]);
        assert!(sql(&world, "update audit_missed set why = 'other'").await.is_err());
    }

    pub async fn progress_is_counted_by_team(world: World) {
        let audit = world.audit().await;
        save(&world.store, world.priya, audit, "B1").await;
        let late = date(2026, 12, 12);
        let teams = world.store.figures.progress(world.cycle, late).await.unwrap();
        let of =
            |team: Option<&str>| teams.iter().find(|it| it.team.as_deref() == team).unwrap().counts;
        let one = of(Some("Team One"));
        assert_eq!((one.drawn, one.allocated, one.started, one.submitted), (2, 1, 1, 0));
        assert_eq!((one.late, one.missed), (1, 0));
        assert_eq!((one.outside_service, one.outside_directorate), (1, 1), "Priya has no line");
        assert_eq!((of(Some("Team Two")).drawn, of(Some("Team Two")).allocated), (1, 0));
        assert_eq!(of(None).drawn, 1, "a team that nobody knows");
        let on_the_day =
            world.store.figures.progress(world.cycle, date(2026, 12, 11)).await.unwrap();
        assert!(on_the_day.iter().all(|team| team.counts.late == 0));
        // Somebody of the service itself is not from outside it.
        sql(&world, &format!("update audit set auditor_id = {}", world.rosa)).await.unwrap();
        let teams = world.store.figures.progress(world.cycle, late).await.unwrap();
        assert!(teams.iter().all(|team| team.counts.outside_service == 0));
        assert!(teams.iter().all(|team| team.counts.outside_directorate == 0));
    }

    async fn reminder(world: &World) -> Reminder {
        let due = world.store.reminders.due(Some(world.cycle)).await.unwrap();
        let (person, day, audits) = due[0];
        assert_eq!((person, day, audits), (world.priya, date(2026, 12, 11), 1));
        Reminder::on(day, person, day, audits).unwrap()
    }

    pub async fn a_reminder_is_sent_once_by_however_many_servers(world: World) {
        let audit = world.audit().await;
        let other = world.another_server().await;
        let reminder = reminder(&world).await;
        let by = stamp(world.lead);
        let queued = tokio::join!(
            world.store.reminders.queue(&by, &reminder),
            other.reminders.queue(&by, &reminder)
        );
        let queued = [queued.0.unwrap(), queued.1.unwrap()];
        assert_eq!(queued.iter().filter(|it| **it).count(), 1, "{queued:?}");
        let waiting = other.reminders.waiting().await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].email, "priya.anand@larkmoor.example");
        let id = waiting[0].id;
        let taken =
            tokio::join!(world.store.reminders.take(&by, id), other.reminders.take(&by, id));
        assert_ne!(taken.0.unwrap(), taken.1.unwrap(), "one of the two has it");
        assert!(world.store.reminders.waiting().await.unwrap().is_empty(), "it is in hand");
        let log = world.store.reminders.of_cycle(world.cycle).await.unwrap();
        assert_eq!(log[0].outcome, Outcome::Unknown, "nothing was heard of it yet");
        world.store.reminders.settle(&by, id, Outcome::Sent, None).await.unwrap();
        assert!(!world.store.reminders.queue(&by, &reminder).await.unwrap(), "it is in the log");
        let log = world.store.reminders.of_cycle(world.cycle).await.unwrap();
        assert_eq!((log[0].outcome, log[0].tried), (Outcome::Sent, 1));
        assert_eq!((log[0].name.as_str(), &log[0].reminder), ("Priya Anand", &reminder));
        let _ = audit;
    }

    pub async fn a_reminder_that_failed_is_tried_again(world: World) {
        world.audit().await;
        let reminder = reminder(&world).await;
        let by = stamp(world.lead);
        assert!(world.store.reminders.queue(&by, &reminder).await.unwrap());
        for times in 1..=2 {
            let waiting = world.store.reminders.waiting().await.unwrap();
            let id = waiting[0].id;
            assert!(world.store.reminders.take(&by, id).await.unwrap());
            let trouble = Some("the mail server could not be reached");
            world.store.reminders.settle(&by, id, Outcome::Queued, trouble).await.unwrap();
            let log = world.store.reminders.of_cycle(world.cycle).await.unwrap();
            assert_eq!((log[0].outcome, log[0].tried), (Outcome::Queued, times));
            assert_eq!(log[0].trouble.as_deref(), trouble);
        }
    }
}
