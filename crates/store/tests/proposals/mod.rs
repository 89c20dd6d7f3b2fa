//! What rules proposed is kept with what the auditor said to it; drawn records stand beside today's list.

on_both_engines!(
    a_proposal_is_kept_with_what_the_auditor_said_to_it,
    nothing_is_ruled_after_submission_or_by_somebody_else,
    rules_are_counted_by_what_was_overruled_in_submitted_audits,
    a_drawn_record_stands_beside_the_current_list,
    the_last_audit_of_the_record_is_told_in_its_own_words,
);

mod stories {
    use jiff::civil::date;

    use quarterlight_domain::case_list::{KeyDate, Reference};

    use quarterlight_domain::id::AuditId;
    use quarterlight_domain::independence::Independent;
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::proposed::{Ruled, Ruling};
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::ties::Ties;
    use quarterlight_domain::timescale::beside::Later;
    use quarterlight_domain::timescale::rule::RuleCode;

    use crate::world::{World, code, line, lines, sql, stamp};

    fn ruled(standard: &str, ruling: Ruling) -> Ruled {
        let rules = ["visit", "care-review"].map(|it| RuleCode::new(it).unwrap()).to_vec();
        Ruled { standard: code(standard), proposed: Judgement::NotMet, rules, ruling }
    }

    fn overruled(words: &str) -> Ruling {
        Ruling::Overruled { because: Reason::new(words).ok() }
    }

    pub async fn a_proposal_is_kept_with_what_the_auditor_said_to_it(world: World) {
        let audit = world.audit().await;
        let (proposals, stamp) = (&world.store.proposals, stamp(world.priya));
        let said = [ruled("B1", Ruling::Confirmed), ruled("B2", overruled(""))];
        assert!(proposals.keep(&stamp, audit, &said).await.unwrap());
        let size = world.journal_size().await;
        assert!(proposals.keep(&stamp, audit, &said).await.unwrap());
        assert_eq!(world.journal_size().await, size, "the same again leaves no line");
        let kept = proposals.of_audit(audit).await.unwrap();
        assert!(kept[&code("B1")].confirmed && kept[&code("B2")].because.is_none());
        let because = ruled("B2", overruled("The visit is in the case notes."));
        assert!(proposals.keep(&stamp, audit, &[because]).await.unwrap());
        assert_eq!(world.journal_size().await, size + 1);
        let kept = &proposals.of_audit(audit).await.unwrap()[&code("B2")];
        let words = kept.because.as_ref().map(|it| it.words().to_owned());
        assert_eq!(words.as_deref(), Some("The visit is in the case notes."));
        assert_eq!(kept.rules.len(), 2);
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
        let contradiction = "update proposed_answer set confirmed = true where standard = 'B2'";
        assert!(sql(&world, contradiction).await.is_err(), "confirmed, and overruled because");
    }

    pub async fn nothing_is_ruled_after_submission_or_by_somebody_else(world: World) {
        let audit = world.audit().await;
        let said = [ruled("B1", Ruling::Confirmed)];
        let proposals = &world.store.proposals;
        assert!(!proposals.keep(&stamp(world.rosa), audit, &said).await.unwrap());
        world.submit(audit).await;
        assert!(!proposals.keep(&stamp(world.priya), audit, &said).await.unwrap());
        assert!(proposals.of_audit(audit).await.unwrap().is_empty());
    }

    pub async fn rules_are_counted_by_what_was_overruled_in_submitted_audits(world: World) {
        let audit = world.audit().await;
        let proposals = &world.store.proposals;
        let said = [ruled("B1", Ruling::Confirmed), ruled("B2", overruled("It is there."))];
        assert!(proposals.keep(&stamp(world.priya), audit, &said).await.unwrap());
        assert!(proposals.overruled(None).await.unwrap().is_empty(), "it is not submitted yet");
        world.submit(audit).await;
        let counted = proposals.overruled(Some(world.cycle)).await.unwrap();
        let tally = counted[&RuleCode::new("care-review").unwrap()];
        assert_eq!((tally.overruled(), tally.proposed()), (1, 2));
        assert_eq!(counted.len(), 2, "an answer on two rules counts for both");
        let other = quarterlight_domain::id::CycleId(999);
        assert!(proposals.overruled(Some(other)).await.unwrap().is_empty());
    }

    pub async fn a_drawn_record_stands_beside_the_current_list(world: World) {
        let audit = world.audit().await;
        let timescales = &world.store.timescales;
        let record = timescales.drawn_record(audit).await.unwrap().unwrap();
        assert_eq!((record.day, record.later), (date(2026, 10, 1), Later::SameList));
        let mut now = lines();
        now.truncate(2);
        now[0].dates.insert(KeyDate::LastSeen, date(2026, 9, 28));
        world.import(now, date(2026, 11, 2)).await;
        let record = timescales.drawn_record(audit).await.unwrap().unwrap();
        assert_eq!(record.line.dates[&KeyDate::LastSeen], date(2026, 9, 2), "as at the draw");
        let on_the_list = match &record.later {
            Later::Line(today, line) => Some((*today, line.dates[&KeyDate::LastSeen])),
            _ => None,
        };
        assert_eq!(on_the_list, Some((date(2026, 11, 2), date(2026, 9, 28))));
        let all = timescales.drawn_records(world.cycle).await.unwrap();
        let gone = all.iter().filter(|it| it.later == Later::Gone(date(2026, 11, 2))).count();
        assert_eq!((all.len(), gone), (4, 2));
        let (store, count) = world.counted().await;
        store.timescales.drawn_records(world.cycle).await.unwrap();
        assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 1);
    }

    pub async fn the_last_audit_of_the_record_is_told_in_its_own_words(world: World) {
        let first = world.audit().await;
        let before = world.store.audits.last_before(first, world.edition).await.unwrap();
        assert_eq!(before, None);
        world.submit(first).await;
        let second = next_audit(&world).await;
        let last = world.store.audits.last_before(second, world.edition).await.unwrap().unwrap();
        assert_eq!(last.quarter, "2026-Q4".parse().unwrap());
        let said = last.said_on(&code("B1")).unwrap();
        assert_eq!((said.judgement, said.seen.as_str()), (Judgement::NotMet, "No summary."));
        assert_eq!(last.said_on(&code("B9")), None, "a standard that was not asked then");
        let before = world.store.audits.last_before(first, world.edition).await.unwrap();
        assert_eq!(before, None, "what came after it is not before it");
    }

    /// Priya audits the same record in the next quarter.
    async fn next_audit(world: &World) -> AuditId {
        let stamp = stamp(world.lead);
        let quarter = "2027-Q1".parse().unwrap();
        let open = world.store.cycles.open(&stamp, quarter, world.edition, date(2027, 3, 11));
        let cycle = open.await.unwrap();
        world.import(vec![line("R-1", Some("Nia Pell"), "Team One")], date(2027, 1, 1)).await;
        let stratum = quarterlight_domain::frame::Stratum::new("all").unwrap();
        let reference = Reference::new("R-1").unwrap();
        let frame = [(stratum.clone(), reference.clone())];
        let file = quarterlight_domain::draw_file::DrawFile::drawn(
            quarter,
            quarterlight_domain::draw::Seed::new("dice 1 1 1 1").unwrap(),
            quarterlight_domain::frame::Frame::new(frame).unwrap(),
            [(stratum, 1)].into(),
        );
        world.store.draws.keep(&stamp, cycle, &file.unwrap()).await.unwrap();
        let record = world.store.records.by_reference(&reference).await.unwrap().unwrap();
        let priya = world.store.people.get(world.priya).await.unwrap().unwrap();
        let independent =
            Independent::of(&priya, &record, &Ties::default(), date(2027, 1, 4)).unwrap();
        world.store.audits.assign(&stamp, cycle, &independent, date(2027, 3, 11)).await.unwrap()
    }
}
