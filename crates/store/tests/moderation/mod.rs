//! Moderation: opened by one, blind or not, confirmed with both versions kept, returned and cleared.

on_both_engines!(
    a_second_reading_is_opened_by_one_of_two,
    an_audit_is_taken_back_until_a_moderator_opened_it,
    a_returned_audit_keeps_both_versions_and_waits_for_its_notes,
    what_is_settled_counts_and_what_was_given_stays,
    nothing_is_confirmed_on_outcomes_that_nobody_saw,
    agreement_is_counted_on_first_readings_alone,
    a_rule_is_kept_and_a_wish_for_a_draft,
    the_database_refuses_to_change_a_second_reading,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::audit::Answered;
    use quarterlight_domain::figures::{ModerationFigures, Share, Tally};
    use quarterlight_domain::grade::{Grade, Opinion};
    use quarterlight_domain::id::{AuditId, ModerationId, PersonId};
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::moderation::pick::Why;
    use quarterlight_domain::moderation::reading::Choice;
    use quarterlight_domain::moderation::rewording::NewRewording;
    use quarterlight_domain::moderation::rule::ModerationRule;
    use quarterlight_domain::moderation::second_reader::{SecondReader, ToRead};
    use quarterlight_domain::moderation::send_back::Note;
    use quarterlight_domain::moderation::take_back::TakenBack;
    use quarterlight_domain::person::{Grant, Person, Role};
    use quarterlight_domain::statistics::agreement::GradePair;
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::ties::Ties;
    use quarterlight_store::{
        ActionFilter, AgreementFilter, AuditInHand, InModeration, NewPerson, Saved,
    };

    use crate::world::{World, answer, at, code, contents, sql, stamp};

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    async fn moderator(world: &World, name: &str) -> Person {
        let authority = world.store.people.get(world.lead).await.unwrap().unwrap().grants[0].place;
        let (from, until) = (date(2026, 1, 1), None);
        let grant = Grant { role: Role::Moderator, place: authority, from, until };
        let email = format!("{}@larkmoor.example", name.to_lowercase().replace(' ', "."));
        let new = NewPerson { name: name.to_owned(), email, password: None, grants: vec![grant] };
        let id = world.store.people.add(&stamp(world.lead), &new).await.unwrap();
        world.store.people.get(id).await.unwrap().unwrap()
    }

    async fn hand(world: &World, audit: AuditId) -> AuditInHand {
        world.store.audits.in_hand(audit).await.unwrap().unwrap()
    }

    async fn kept(world: &World, audit: AuditId) -> InModeration {
        world.store.moderations.of_audit(audit).await.unwrap().unwrap()
    }

    async fn submit(world: &World, audit: AuditId, grade: Grade) -> bool {
        let kept = hand(world, audit).await;
        let opinion = Opinion::kept(grade, words("The plan is moving."));
        let submission = kept.audit.submit(&contents("Ours"), &kept.answers, opinion).unwrap();
        let after = (None, date(2026, 12, 7));
        let stamp = stamp(world.priya);
        world.store.answers.submit(&stamp, &submission, &kept.answers, after).await.unwrap()
    }

    async fn save(world: &World, audit: AuditId, judgement: Judgement, version: u32) -> Saved {
        let answer = answer("B1", judgement, "Half of it.", version);
        let answered = Answered { audit, answer, first: false };
        world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap()
    }

    /// A submitted audit: B1 is partly met, B2 met, and it is good on the whole.
    async fn submitted(world: &World) -> AuditId {
        let audit = world.audit().await;
        for (standard, judgement) in [("B1", Judgement::PartlyMet), ("B2", Judgement::Met)] {
            let answer = answer(standard, judgement, "Half of it.", 0);
            let answered = Answered { audit, answer, first: false };
            world.store.answers.save(&stamp(world.priya), &answered, None).await.unwrap();
        }
        assert!(submit(world, audit, Grade::Good).await);
        audit
    }

    async fn reader(world: &World, who: &Person, audit: AuditId, blind: bool) -> SecondReader {
        let kept = kept(world, audit).await;
        let (record, had_it) = (&kept.record, kept.had_it.as_slice());
        let to_read = ToRead { audit: &kept.audit, record, had_it, blind };
        SecondReader::of(who, &to_read, &Ties::default(), date(2026, 11, 23)).unwrap()
    }

    async fn open(world: &World, who: &Person, audit: AuditId, blind: bool) -> ModerationId {
        let reader = reader(world, who, audit, blind).await;
        let why = if blind { Why::Blind } else { Why::Share };
        world.store.moderations.open(&stamp(who.id), &reader, why).await.unwrap().unwrap()
    }

    async fn settle(world: &World, who: PersonId, audit: AuditId, standard: &str, choice: Choice) {
        let kept = kept(world, audit).await;
        let hand = hand(world, audit).await;
        let answer = hand.answer_to(&code(standard)).unwrap();
        let moderation = kept.current().unwrap();
        let why = Reason::new("It is out of date.").ok();
        let step = moderation.settle(None, answer, choice, why).unwrap();
        let ids = (moderation.id, audit);
        assert!(world.store.moderations.step(&stamp(who), ids, &step).await.unwrap());
    }

    pub async fn a_second_reading_is_opened_by_one_of_two(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        let joseph = moderator(&world, "Joseph Adeyemi").await;
        let before = kept(&world, audit).await;
        assert!(before.moderation.is_none());
        assert_eq!((before.first.1, before.seed.as_str()), (Grade::Good, "dice 4 2 6 1"));
        assert_eq!(before.record.worker.unwrap().name, "Nia Pell");
        let (one, two) = (
            reader(&world, &farah, audit, false).await,
            reader(&world, &joseph, audit, false).await,
        );
        let other = world.another_server().await;
        let (by_farah, by_joseph) = (stamp(farah.id), stamp(joseph.id));
        let (one, two) = tokio::join!(
            world.store.moderations.open(&by_farah, &one, Why::Share),
            other.moderations.open(&by_joseph, &two, Why::Share),
        );
        assert_eq!([one.unwrap(), two.unwrap()].iter().flatten().count(), 1);
        let of_cycle = world.store.moderations.of_cycle(world.cycle).await.unwrap();
        assert_eq!(of_cycle.len(), 1);
        assert_eq!(of_cycle[0].current().unwrap().why, Why::Share);
        // Whoever did not open it keeps nothing in it.
        let moderation = of_cycle[0].current().unwrap().clone();
        let stranger = if moderation.moderator == farah.id { joseph.id } else { farah.id };
        let kept = hand(&world, audit).await;
        let step = moderation.settle(None, &kept.answers[0], Choice::Agree, None).unwrap();
        let ids = (moderation.id, audit);
        assert!(!world.store.moderations.step(&stamp(stranger), ids, &step).await.unwrap());
    }

    pub async fn an_audit_is_taken_back_until_a_moderator_opened_it(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        let taken = TakenBack { audit, because: words("One visit is missing.") };
        let moderations = &world.store.moderations;
        assert!(!moderations.take_back(&stamp(world.rosa), &taken).await.unwrap(), "not hers");
        assert!(moderations.take_back(&stamp(world.priya), &taken).await.unwrap());
        assert!(!moderations.take_back(&stamp(world.priya), &taken).await.unwrap(), "twice");
        assert!(!hand(&world, audit).await.audit.is_submitted());
        assert_eq!(save(&world, audit, Judgement::Met, 1).await, Saved::Yes);
        assert!(submit(&world, audit, Grade::Outstanding).await);
        let earlier = moderations.earlier(audit).await.unwrap();
        assert_eq!((earlier.len(), earlier[0].grade, earlier[0].returned), (1, Grade::Good, false));
        assert_eq!(earlier[0].answers[0].judgement, Judgement::PartlyMet);
        assert_eq!(kept(&world, audit).await.first.1, Grade::Good, "the pick follows the first");
        open(&world, &farah, audit, false).await;
        assert!(!moderations.take_back(&stamp(world.priya), &taken).await.unwrap());
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }

    pub async fn a_returned_audit_keeps_both_versions_and_waits_for_its_notes(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        open(&world, &farah, audit, false).await;
        settle(&world, farah.id, audit, "B2", Choice::Agree).await;
        let moderations = &world.store.moderations;
        let first = kept(&world, audit).await;
        let note = Note { standard: Some(code("B1")), words: words("Say what is missing.") };
        let sent = first.current().unwrap().send_back(
            &contents("Ours"),
            &first.audit,
            vec![note],
            first.cycle_closed,
        );
        let sent = sent.unwrap();
        assert!(!moderations.send_back(&stamp(world.lead), &sent).await.unwrap(), "not hers");
        assert!(moderations.send_back(&stamp(farah.id), &sent).await.unwrap());
        assert!(!moderations.send_back(&stamp(farah.id), &sent).await.unwrap(), "twice");
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
        let back = kept(&world, audit).await;
        assert!(!back.audit.is_submitted() && !back.came_again);
        let to_do = world.store.audits.to_do(world.priya).await.unwrap();
        assert_eq!((to_do.len(), to_do[0].notes), (1, 1));
        assert_eq!(save(&world, audit, Judgement::NotMet, 1).await, Saved::Yes);
        assert!(!submit(&world, audit, Grade::RequiresImprovement).await, "a note is not cleared");
        let note = moderations.notes(audit).await.unwrap().remove(0);
        assert_eq!((note.note.standard.clone(), note.done), (Some(code("B1")), None));
        let (ids, done) = ((audit, note.id), words("The summary was missing."));
        assert!(!moderations.clear(&stamp(farah.id), ids, &done).await.unwrap(), "not hers");
        assert!(moderations.clear(&stamp(world.priya), ids, &done).await.unwrap());
        assert!(!moderations.clear(&stamp(world.priya), ids, &done).await.unwrap(), "twice");
        assert!(submit(&world, audit, Grade::RequiresImprovement).await);
        let again = kept(&world, audit).await;
        assert!(again.came_again && again.current().is_none());
        assert_eq!(again.settled, 1, "B2 did not change, and stays settled");
        open(&world, &farah, audit, false).await;
        assert_eq!(kept(&world, audit).await.current().unwrap().round, 2);
        let earlier = moderations.earlier(audit).await.unwrap();
        assert!(earlier[0].returned && earlier[0].answers[0].judgement == Judgement::PartlyMet);
        assert_eq!(hand(&world, audit).await.answers[0].judgement, Judgement::NotMet);
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }

    async fn tally(world: &World, standard: &str) -> (Tally, Vec<(Grade, u32)>) {
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let today = date(2026, 11, 23);
        let figures = world.store.figures.quarter(quarter, &edition, None, today).await.unwrap();
        let standards = figures.sections.iter().flat_map(|section| &section.standards);
        let tally = standards.filter(|it| it.code == standard).map(|it| it.tally).next().unwrap();
        let grades = figures.grades.into_iter().filter(|(_, times)| *times > 0).collect();
        (tally, grades)
    }

    /// What the report of the quarter says of second readings.
    async fn told(world: &World) -> ModerationFigures {
        let edition = world.store.frameworks.edition(world.edition).await.unwrap().unwrap();
        let (quarter, today) = ("2026-Q4".parse().unwrap(), date(2026, 11, 23));
        let figures = world.store.figures.quarter(quarter, &edition, None, today).await;
        figures.unwrap().further.moderation
    }

    pub async fn what_is_settled_counts_and_what_was_given_stays(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        open(&world, &farah, audit, false).await;
        settle(&world, farah.id, audit, "B1", Choice::Agree).await;
        settle(&world, farah.id, audit, "B2", Choice::Disagree(Judgement::NotMet)).await;
        assert_eq!(told(&world).await.read, Share::new(0, 1), "not to the end");
        let (before, _) = tally(&world, "B2").await;
        assert_eq!((before.met, before.not_met), (1, 0), "nothing counts before it is confirmed");
        let kept = kept(&world, audit).await;
        let answers = hand(&world, audit).await.answers;
        let outcomes = world.store.moderations.outcomes(audit).await.unwrap();
        let lower = (Grade::RequiresImprovement, Some(words("The child was not seen.")));
        let both = (&kept.audit, answers.as_slice());
        let moderation = kept.current().unwrap();
        let confirmed = moderation.confirm(&contents("Ours"), both, &outcomes, lower).unwrap();
        let after = (Some(world.rosa), date(2026, 12, 7));
        let by = stamp(farah.id);
        let moderations = &world.store.moderations;
        assert!(moderations.confirm(&by, &confirmed, outcomes.len(), after).await.unwrap());
        assert!(!moderations.confirm(&by, &confirmed, outcomes.len(), after).await.unwrap());
        let (after, grades) = tally(&world, "B2").await;
        assert_eq!((after.met, after.not_met), (0, 1));
        assert_eq!(grades, [(Grade::RequiresImprovement, 1)]);
        let told = told(&world).await;
        assert_eq!((told.read, told.returned), (Share::new(1, 1), 0));
        assert_eq!((told.grades_changed, told.judgements_changed), (1, 1));
        assert_eq!(told.pairs.iter().map(|pair| pair.times).sum::<u32>(), 2);
        let all = AgreementFilter::default();
        let pairs = world.store.figures.grade_agreement(all).await.unwrap();
        let (theirs, mine) = (Grade::Good, Grade::RequiresImprovement);
        assert_eq!(pairs, [GradePair { theirs, mine, times: 1 }]);
        let blind = AgreementFilter { blind: true, ..all };
        assert!(world.store.figures.grade_agreement(blind).await.unwrap().is_empty());
        assert_eq!(hand(&world, audit).await.answers, answers, "the auditor's stays as it was");
        let given = self::kept(&world, audit).await;
        assert_eq!(given.first.1, Grade::Good);
        let sentence = "The child was not seen.".to_owned();
        assert_eq!(given.changed, Some((Grade::RequiresImprovement, sentence)));
        let actions = world.store.actions.list(&ActionFilter::Audit(audit)).await.unwrap();
        let actions = actions.iter().filter(|action| action.standard == code("B2"));
        assert_eq!(actions.filter(|action| action.owner == Some(world.rosa)).count(), 1);
        assert!(world.store.journal.verify(None, &|_| {}).await.unwrap().is_clean());
    }

    pub async fn nothing_is_confirmed_on_outcomes_that_nobody_saw(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        open(&world, &farah, audit, false).await;
        settle(&world, farah.id, audit, "B1", Choice::Agree).await;
        settle(&world, farah.id, audit, "B2", Choice::Agree).await;
        let kept = kept(&world, audit).await;
        let answers = hand(&world, audit).await.answers;
        let outcomes = world.store.moderations.outcomes(audit).await.unwrap();
        let both = (&kept.audit, answers.as_slice());
        let good = (Grade::Good, None);
        let moderation = kept.current().unwrap();
        let confirmed = moderation.confirm(&contents("Ours"), both, &outcomes, good).unwrap();
        // On another page she changed her mind.
        let b2 = answers.iter().find(|answer| answer.standard == code("B2")).unwrap();
        let reading = world.store.moderations.readings(audit).await.unwrap();
        let reading = reading.iter().find(|it| it.standard == code("B2"));
        let why = Some(words("The child was not seen."));
        let not_met = Choice::Disagree(Judgement::NotMet);
        let step = moderation.settle(reading, b2, not_met, why).unwrap();
        let (by, ids) = (stamp(farah.id), (moderation.id, audit));
        assert!(world.store.moderations.step(&by, ids, &step).await.unwrap());
        let after = (None, date(2026, 12, 7));
        let confirm = world.store.moderations.confirm(&by, &confirmed, outcomes.len(), after);
        assert!(!confirm.await.unwrap());
        let latest = world.store.moderations.outcomes(audit).await.unwrap();
        assert_eq!(latest[0].judgement, Judgement::NotMet, "the latest word comes first");
    }

    pub async fn agreement_is_counted_on_first_readings_alone(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        let id = open(&world, &farah, audit, true).await;
        let moderation = kept(&world, audit).await.current().unwrap().clone();
        assert!(moderation.blind && moderation.id == id);
        let answers = hand(&world, audit).await.answers;
        let seen = "Nothing of it.".to_owned();
        let step = moderation.read_blind(None, &answers[0], Judgement::NotMet, seen).unwrap();
        let by = stamp(farah.id);
        assert!(world.store.moderations.step(&by, (id, audit), &step).await.unwrap());
        assert!(!world.store.moderations.step(&by, (id, audit), &step).await.unwrap(), "twice");
        let kept = step.reading.unwrap();
        let why = Some(words("She showed me where it stands."));
        let step = moderation.settle(Some(&kept), &answers[0], Choice::Agree, why).unwrap();
        assert!(world.store.moderations.step(&by, (id, audit), &step).await.unwrap());
        let figures = &world.store.figures;
        let lines = figures.agreement(AgreementFilter::default()).await.unwrap();
        assert_eq!(lines.len(), 1, "what was settled is no second pair");
        let line = &lines[0];
        assert_eq!((line.pair.theirs, line.pair.mine), (Judgement::PartlyMet, Judgement::NotMet));
        assert_eq!((line.pair.times, line.pair.blind), (1, true));
        assert_eq!((line.standard.as_str(), line.auditor), ("B1", world.priya));
        let later = AgreementFilter { from: "2027-Q1".parse().ok(), blind: false };
        assert!(figures.agreement(later).await.unwrap().is_empty());
        let blind = AgreementFilter { from: None, blind: true };
        assert_eq!(figures.agreement(blind).await.unwrap().len(), 1);
    }

    pub async fn a_rule_is_kept_and_a_wish_for_a_draft(world: World) {
        let today = date(2026, 11, 23);
        let grades = vec![Grade::Inadequate];
        let rule = ModerationRule::new(date(2027, 1, 1), grades, (10, 8), today).unwrap();
        let by = stamp(world.lead);
        let moderations = &world.store.moderations;
        moderations.set_rule(&by, &rule, &words("Too many were good.")).await.unwrap();
        let rules = moderations.rules().await.unwrap();
        assert_eq!((&rules[0].rule, rules[0].by.as_deref()), (&rule, Some("Amara Osei")));
        let of = contents("Ours");
        let new = NewRewording::of((world.edition, &of), code("B1"), words("What is current?"));
        let new = new.unwrap();
        assert!(world.store.rewordings.suggest(&by, &new, "one").await.unwrap());
        assert!(!world.store.rewordings.suggest(&by, &new, "one").await.unwrap(), "the form twice");
        let wishes = world.store.rewordings.of_edition(Some(world.edition)).await.unwrap();
        assert_eq!((wishes.len(), wishes[0].words.as_str()), (1, "What is current?"));
        assert_eq!(wishes[0].at, at("2026-11-23T10:42:07Z"));
    }

    pub async fn the_database_refuses_to_change_a_second_reading(world: World) {
        let audit = submitted(&world).await;
        let farah = moderator(&world, "Farah Siddiqui").await;
        open(&world, &farah, audit, false).await;
        settle(&world, farah.id, audit, "B1", Choice::Agree).await;
        for statement in [
            "update moderation set blind = true",
            "update moderation_reading set mine = 'met'",
            "delete from moderation_outcome",
            "delete from moderation",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
