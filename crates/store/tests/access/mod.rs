//! Grants, restrictions, break-glass and looks, as they are kept.

mod thresholds;

on_both_engines!(
    a_grant_of_weight_counts_once_a_second_person_confirms_it,
    a_grant_is_ended_and_never_changed,
    a_grant_that_is_ended_is_gone_from_the_session_at_once,
    a_restricted_record_notes_no_look_without_a_reason,
    a_reason_opens_one_record_to_one_person_for_half_an_hour,
    a_form_is_taken_as_long_as_a_session_lasts,
    a_restriction_that_is_lifted_or_over_asks_nobody,
    the_glass_is_broken_once_and_told_before_anything_is_shown,
    the_glass_opens_nothing_after_half_an_hour,
    nobody_reviews_what_they_opened,
    what_is_kept_of_access_never_changes,
    looks_are_searched_by_record_person_day_and_kind,
    unusual_looks_are_found_with_what_the_rules_ask,
    what_people_did_is_read_from_the_journal_and_the_looks,
);

mod stories {
    use jiff::Timestamp;
    use jiff::civil::{Date, date};
    use quarterlight_domain::access::glass::NewOpening;
    use quarterlight_domain::access::grant::{NewGrant, Standing};
    use quarterlight_domain::access::restriction::{NewRestriction, opens_until};
    use quarterlight_domain::access::thresholds::SHIPPED;
    use quarterlight_domain::access::unusual::{LookingRule, unusual};
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::conflict::{Declaration, Subject};
    use quarterlight_domain::id::{GlassId, GrantId, PersonId, RecordId};
    use quarterlight_domain::person::{Grant, Role};
    use quarterlight_domain::stamp::Stamp;
    use quarterlight_domain::text::Reason;
    use quarterlight_store::{LookFilter, LookKind, NewPerson, Noted};

    use crate::world::{World, at, lines, sql, stamp};

    const DAY: Date = date(2026, 11, 23);

    fn why(words: &str) -> Reason {
        Reason::new(words).unwrap()
    }

    fn by(who: PersonId, moment: &str) -> Stamp {
        Stamp::person(who, at(moment), "test")
    }

    async fn somebody(world: &World, name: &str) -> PersonId {
        let new = NewPerson {
            name: name.to_owned(),
            email: format!("{}@larkmoor.example", name.to_lowercase().replace(' ', ".")),
            password: None,
            grants: Vec::new(),
        };
        world.store.people.add(&stamp(world.lead), &new).await.unwrap()
    }

    async fn give(world: &World, to: PersonId, role: Role) -> Option<GrantId> {
        let grant = Grant { role, place: world.service, from: DAY, until: None };
        let new = NewGrant::by(world.lead, to, grant, why("She joins."), DAY).unwrap();
        world.store.grants.give(&stamp(world.lead), &new).await.unwrap()
    }

    async fn holds(world: &World, who: PersonId, role: Role) -> bool {
        world.store.people.get(who).await.unwrap().unwrap().is(role, DAY)
    }

    pub async fn a_grant_of_weight_counts_once_a_second_person_confirms_it(world: World) {
        let hana = somebody(&world, "Hana Novak").await;
        let raj = somebody(&world, "Raj Bedi").await;
        let light = give(&world, hana, Role::Auditor).await;
        assert!(light.is_some() && holds(&world, hana, Role::Auditor).await);
        let id = give(&world, hana, Role::QualityLead).await.unwrap();
        assert!(!holds(&world, hana, Role::QualityLead).await, "nobody has confirmed it");
        assert_eq!(give(&world, hana, Role::QualityLead).await, None, "the form came twice");
        let confirm = |who| {
            let (grants, words) = (&world.store.grants, why("I know her."));
            async move { grants.confirm(&stamp(who), id, &words).await.unwrap() }
        };
        assert!(!confirm(world.lead).await, "who gave it");
        assert!(!confirm(hana).await, "whose it is");
        assert!(!holds(&world, hana, Role::QualityLead).await);
        assert!(confirm(raj).await);
        assert!(!confirm(raj).await, "once");
        assert!(holds(&world, hana, Role::QualityLead).await);
        let kept = world.store.grants.get(id).await.unwrap().unwrap();
        assert_eq!(kept.confirmed.unwrap().name.as_deref(), Some("Raj Bedi"));
        world.journal_size().await;
    }

    pub async fn a_grant_is_ended_and_never_changed(world: World) {
        let hana = somebody(&world, "Hana Novak").await;
        let id = give(&world, hana, Role::Auditor).await.unwrap();
        let end = |last: Date| {
            let (grants, words) = (&world.store.grants, why("She leaves."));
            async move { grants.end(&stamp(world.lead), id, last, &words).await.unwrap() }
        };
        assert!(end(date(2026, 12, 31)).await);
        assert!(!end(date(2027, 1, 31)).await, "later than it ends");
        assert!(holds(&world, hana, Role::Auditor).await);
        assert!(end(date(2026, 11, 22)).await, "sooner");
        assert!(!end(date(2026, 11, 22)).await, "the form came twice");
        assert!(!holds(&world, hana, Role::Auditor).await);
        let kept = world.store.grants.get(id).await.unwrap().unwrap();
        assert_eq!(kept.standing(DAY), Standing::Over);
        assert_eq!(kept.ended.unwrap().why, "She leaves.");
        for statement in
            ["update person_grant set role = 'administrator'", "delete from person_grant"]
        {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn a_grant_that_is_ended_is_gone_from_the_session_at_once(world: World) {
        let token = [7_u8; 32];
        let stamped = stamp(world.priya);
        world.store.sessions.start(&stamped, &token, world.priya).await.unwrap();
        let is_auditor = || async {
            let session = world.store.sessions.find(&token, DAY).await.unwrap().unwrap();
            session.person.is(Role::Auditor, DAY)
        };
        assert!(is_auditor().await);
        let grant = world.store.grants.of(world.priya).await.unwrap()[0].clone();
        let last = grant.end(DAY, None).unwrap();
        let words = why("She moves to another council.");
        assert!(world.store.grants.end(&stamp(world.lead), grant.id, last, &words).await.unwrap());
        assert!(!is_auditor().await, "the next request finds it gone");
    }

    async fn record(world: &World, reference: &str) -> RecordId {
        let reference = Reference::new(reference).unwrap();
        world.store.records.by_reference(&reference).await.unwrap().unwrap().id
    }

    async fn restricted(world: &World) -> RecordId {
        world.import(lines(), date(2026, 10, 1)).await;
        let record = record(world, "R-1").await;
        let new = NewRestriction::new(record, DAY, None, why("A colleague's family.")).unwrap();
        let kept = world.store.restrictions.restrict(&stamp(world.lead), &new).await.unwrap();
        assert!(kept.is_some());
        let again = world.store.restrictions.restrict(&stamp(world.lead), &new).await.unwrap();
        assert!(again.is_none(), "the form came twice");
        record
    }

    async fn look(world: &World, who: PersonId, record: RecordId, moment: &str) -> Noted {
        world.store.looks.note(who, record, "/records/1", at(moment)).await.unwrap()
    }

    async fn says_why(world: &World, who: PersonId, record: RecordId, moment: &str) {
        let until = opens_until(at(moment), false);
        let words = why("The manager asked me to look.");
        let stamp = by(who, moment);
        world.store.restrictions.say_why(&stamp, (who, record), until, &words).await.unwrap();
    }

    pub async fn a_restricted_record_notes_no_look_without_a_reason(world: World) {
        let first = restricted(&world).await;
        let other = record(&world, "R-2").await;
        let moment = "2026-11-23T12:00:00Z";
        assert_eq!(look(&world, world.priya, first, moment).await, Noted::AskWhy);
        assert!(world.store.looks.at_record(first).await.unwrap().is_empty(), "nothing is noted");
        assert!(!world.store.looks.may_send(world.priya, first, at(moment)).await.unwrap());
        assert_eq!(look(&world, world.priya, other, moment).await, Noted::Yes, "another record");
        assert_eq!(world.store.restrictions.on(DAY).await.unwrap(), [first].into());
        assert!(world.store.restrictions.on(date(2026, 11, 22)).await.unwrap().is_empty());
        assert_eq!(look(&world, world.priya, first, "2026-11-22T12:00:00Z").await, Noted::Yes);
        let size = world.journal_size().await;
        says_why(&world, world.priya, other, moment).await;
        assert_eq!(world.journal_size().await, size, "nothing is kept where nothing is asked");
    }

    pub async fn a_reason_opens_one_record_to_one_person_for_half_an_hour(world: World) {
        let record = restricted(&world).await;
        says_why(&world, world.priya, record, "2026-11-23T12:00:00Z").await;
        let opens = |who, moment| look(&world, who, record, moment);
        assert_eq!(
            opens(world.rosa, "2026-11-23T12:01:00Z").await,
            Noted::AskWhy,
            "another person"
        );
        assert_eq!(opens(world.priya, "2026-11-23T12:29:59Z").await, Noted::Yes);
        assert_eq!(opens(world.priya, "2026-11-23T12:30:00Z").await, Noted::AskWhy, "too late");
        let looks = world.store.looks.at_record(record).await.unwrap();
        assert_eq!(looks.len(), 1);
        assert_eq!(looks[0].why.as_deref(), Some("The manager asked me to look."));
    }

    pub async fn a_form_is_taken_as_long_as_a_session_lasts(world: World) {
        let record = restricted(&world).await;
        says_why(&world, world.priya, record, "2026-11-23T08:00:00Z").await;
        let may = |moment| world.store.looks.may_send(world.priya, record, at(moment));
        assert!(may("2026-11-23T12:00:00Z").await.unwrap());
        assert!(may("2026-11-23T19:59:59Z").await.unwrap());
        assert!(!may("2026-11-23T20:00:00Z").await.unwrap());
    }

    pub async fn a_restriction_that_is_lifted_or_over_asks_nobody(world: World) {
        let record = restricted(&world).await;
        let moment = "2026-11-23T12:00:00Z";
        let kept = world.store.restrictions.all().await.unwrap().remove(0);
        assert!(kept.counts_on(DAY));
        let words = why("They moved away.");
        let lead = stamp(world.lead);
        let lift = || world.store.restrictions.lift(&lead, kept.id, &words);
        assert!(lift().await.unwrap());
        assert!(!lift().await.unwrap(), "once");
        assert_eq!(look(&world, world.priya, record, moment).await, Noted::Yes);
        let until = Some(date(2026, 11, 24));
        let new = NewRestriction::new(record, DAY, until, why("For two days.")).unwrap();
        world.store.restrictions.restrict(&stamp(world.lead), &new).await.unwrap().unwrap();
        assert_eq!(look(&world, world.priya, record, moment).await, Noted::AskWhy);
        assert_eq!(look(&world, world.priya, record, "2026-11-25T00:00:00Z").await, Noted::Yes);
    }

    async fn opened(world: &World, record: RecordId) -> GlassId {
        let why = why("The hospital rang about bruising.");
        let new = NewOpening { person: world.rosa, record, why };
        let stamp = by(world.rosa, "2026-11-23T12:00:00Z");
        let told = [world.lead, world.priya];
        let open = world.store.openings.open(&stamp, &new, "form", &told).await.unwrap();
        let again = world.store.openings.open(&stamp, &new, "form", &told).await.unwrap();
        assert!(again.is_none(), "the form came twice");
        open.unwrap()
    }

    pub async fn the_glass_is_broken_once_and_told_before_anything_is_shown(world: World) {
        let record = restricted(&world).await;
        let id = opened(&world, record).await;
        assert_eq!(world.store.openings.told(id).await.unwrap(), ["Amara Osei", "Priya Anand"]);
        assert_eq!(look(&world, world.rosa, record, "2026-11-23T12:01:00Z").await, Noted::Yes);
        let looks = world.store.looks.at_record(record).await.unwrap();
        assert!(looks[0].by_glass, "and the restriction asks no second time");
        assert_eq!(looks[0].why.as_deref(), Some("The hospital rang about bruising."));
        let now = at("2026-11-23T12:00:05Z");
        let letters = world.store.openings.to_tell(now).await.unwrap();
        assert_eq!(letters.len(), 2);
        let stamp = by(world.lead, "2026-11-23T12:00:05Z");
        assert!(world.store.openings.take_mail(&stamp, &letters[0]).await.unwrap());
        assert!(!world.store.openings.take_mail(&stamp, &letters[0]).await.unwrap(), "in hand");
        let sent = quarterlight_store::Mailed::Sent;
        world.store.openings.settle_mail(&stamp, &letters[0], sent).await.unwrap();
        assert_eq!(world.store.openings.to_tell(now).await.unwrap().len(), 1);
        world.journal_size().await;
    }

    pub async fn the_glass_opens_nothing_after_half_an_hour(world: World) {
        let record = restricted(&world).await;
        opened(&world, record).await;
        let open = |moment: &'static str| async {
            let moment: Timestamp = at(moment);
            world.store.openings.open_to(world.rosa, moment).await.unwrap().len()
        };
        assert_eq!(open("2026-11-23T12:29:59Z").await, 1);
        assert_eq!(open("2026-11-23T12:30:00Z").await, 0);
        assert_eq!(look(&world, world.rosa, record, "2026-11-23T12:30:00Z").await, Noted::AskWhy);
        let priya = world.store.openings.open_to(world.priya, at("2026-11-23T12:01:00Z")).await;
        assert!(priya.unwrap().is_empty(), "to nobody else");
    }

    pub async fn nobody_reviews_what_they_opened(world: World) {
        let record = restricted(&world).await;
        let id = opened(&world, record).await;
        assert_eq!(world.store.openings.waiting().await.unwrap().len(), 1);
        let review = |who| {
            let (openings, words) = (&world.store.openings, why("The duty log says the same."));
            async move { openings.review(&stamp(who), id, true, &words).await.unwrap() }
        };
        assert!(!review(world.rosa).await);
        assert!(review(world.lead).await);
        assert!(!review(world.priya).await, "once");
        let kept = world.store.openings.get(id).await.unwrap().unwrap();
        assert_eq!(kept.review.unwrap().by, world.lead);
        assert!(world.store.openings.waiting().await.unwrap().is_empty());
        let month = (at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
        assert_eq!(world.store.openings.between(month.0, month.1).await.unwrap().len(), 1);
    }

    pub async fn what_is_kept_of_access_never_changes(world: World) {
        let record = restricted(&world).await;
        says_why(&world, world.priya, record, "2026-11-23T12:00:00Z").await;
        let id = opened(&world, record).await;
        let words = why("The duty log says the same.");
        world.store.openings.review(&stamp(world.lead), id, true, &words).await.unwrap();
        assert_eq!(look(&world, world.priya, record, "2026-11-23T12:01:00Z").await, Noted::Yes);
        for table in [
            "person_grant",
            "record_restriction",
            "look_reason",
            "glass",
            "glass_notice",
            "glass_review",
            "look",
        ] {
            let gone = sql(&world, &format!("delete from {table}")).await;
            assert!(gone.is_err(), "{table}");
        }
        for changed in [
            "update glass set until_at = '2030-01-01 00:00:00+00:00'",
            "update look_reason set until_at = '2030-01-01 00:00:00+00:00'",
            "update look set reason_id = null",
        ] {
            assert!(sql(&world, changed).await.is_err(), "{changed}");
        }
    }

    pub async fn looks_are_searched_by_record_person_day_and_kind(world: World) {
        let first = restricted(&world).await;
        let other = record(&world, "R-2").await;
        let note = |who, record, page: &'static str, moment| {
            let looks = &world.store.looks;
            async move { looks.note(who, record, page, at(moment)).await.unwrap() }
        };
        assert_eq!(
            note(world.priya, other, "/records/2", "2026-11-20T10:00:00Z").await,
            Noted::Yes
        );
        let file = "/audits/1/spreadsheet/file";
        assert_eq!(note(world.rosa, other, file, "2026-11-21T23:59:59Z").await, Noted::Yes);
        says_why(&world, world.priya, first, "2026-11-23T12:00:00Z").await;
        assert_eq!(look(&world, world.priya, first, "2026-11-23T12:01:00Z").await, Noted::Yes);
        let found = |filter: LookFilter| {
            let looks = &world.store.looks;
            async move { looks.search(&filter, 200).await.unwrap().1 }
        };
        let all = LookFilter::default();
        assert_eq!(found(all.clone()).await, 3);
        assert_eq!(found(LookFilter { record: Some(other), ..all.clone() }).await, 2);
        assert_eq!(found(LookFilter { person: Some(world.rosa), ..all.clone() }).await, 1);
        let day = Some(date(2026, 11, 21));
        assert_eq!(found(LookFilter { from: day, until: day, ..all.clone() }).await, 1);
        for (kind, count) in LookKind::ALL.into_iter().zip([2, 1, 1, 0]) {
            assert_eq!(
                found(LookFilter { kind: Some(kind), ..all.clone() }).await,
                count,
                "{kind:?}"
            );
        }
        let looks = &world.store.looks;
        assert_eq!(looks.search(&all, 1).await.unwrap().0[0].reference, "R-1", "the latest first");
        assert_eq!(looks.record_called("R-2").await.unwrap(), Some(other));
        looks
            .note_search(Some(world.lead), at("2026-11-23T13:00:00Z"), &all, (3, true))
            .await
            .unwrap();
        let searches = looks.searches().await.unwrap();
        assert_eq!((searches[0].0.as_str(), searches[0].2, searches[0].3), ("Amara Osei", 3, true));
    }

    pub async fn unusual_looks_are_found_with_what_the_rules_ask(world: World) {
        world.audit().await;
        let audited = record(&world, "R-1").await;
        let other = record(&world, "R-2").await;
        let far = record(&world, "R-4").await;
        let subject = Subject::Record(other);
        let declared = Declaration::new(world.priya, subject, (DAY, None), None).unwrap();
        world.store.conflicts.declare(&stamp(world.priya), &declared).await.unwrap();
        for (who, record) in
            [(world.priya, audited), (world.priya, other), (world.rosa, other), (world.rosa, far)]
        {
            assert_eq!(look(&world, who, record, "2026-11-23T10:00:00Z").await, Noted::Yes);
        }
        let seen = world.store.looks.seen(DAY, DAY).await.unwrap();
        let pointed = unusual(&seen, &SHIPPED);
        let found: Vec<_> = pointed.iter().map(|it| (it.rule, it.person, it.record)).collect();
        // Rosa manages the team of R-2; nobody audits it, and Priya has declared a conflict.
        let expected = [
            (LookingRule::Conflict, world.priya, Some(other)),
            (LookingRule::NoTask, world.priya, Some(other)),
            (LookingRule::NoTask, world.rosa, Some(far)),
        ];
        assert_eq!(found, expected);
        let words = why("She had to see why she could not audit it.");
        let own = stamp(world.priya);
        assert!(!world.store.looks.settle(&own, &pointed[0], &words).await.unwrap(), "their own");
        let lead = stamp(world.lead);
        assert!(world.store.looks.settle(&lead, &pointed[0], &words).await.unwrap());
        assert!(!world.store.looks.settle(&lead, &pointed[0], &words).await.unwrap(), "once");
        let settled = world.store.looks.settled(DAY, DAY).await.unwrap();
        assert_eq!((settled[0].rule, settled[0].record), (LookingRule::Conflict, Some(other)));
    }

    pub async fn what_people_did_is_read_from_the_journal_and_the_looks(world: World) {
        let audit = world.audit().await;
        world.submit(audit).await;
        let record = record(&world, "R-1").await;
        assert_eq!(look(&world, world.rosa, record, "2026-11-23T11:00:00Z").await, Noted::Yes);
        let did = world.store.grants.activity(at("2026-11-01T00:00:00Z")).await.unwrap();
        assert!(did[&world.priya].did.contains_key("audit"));
        assert_eq!(did[&world.rosa].seen, Some(at("2026-11-23T11:00:00Z")));
        assert!(did[&world.rosa].did.is_empty());
        let later = world.store.grants.activity(at("2026-12-01T00:00:00Z")).await.unwrap();
        assert!(later.is_empty(), "{later:?}");
    }
}
