//! A draft is written, asked about, answered and agreed, and nothing is written over unseen.

on_both_engines!(
    a_draft_copies_an_edition_whole,
    a_standard_is_never_written_over_what_was_not_seen,
    a_draft_in_consultation_stands_still_and_its_comments_are_kept,
    comments_are_kept_whole_or_not_at_all,
    nobody_comments_late_or_unasked,
    a_draft_becomes_an_edition_and_what_led_to_it_is_kept,
    a_change_after_the_check_stops_the_agreement,
    a_draft_is_read_in_eight_statements,
);

pub mod stories {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::atomic::Ordering;

    use jiff::civil::{Date, date};
    use quarterlight_domain::agreement::{Agreement, agree};
    use quarterlight_domain::comment::{About, Outcome, Reply};
    use quarterlight_domain::consultation::Asking;
    use quarterlight_domain::draft::{Draft, DraftState};
    use quarterlight_domain::edition::{Answered, Origin, Origins};
    use quarterlight_domain::id::{DraftId, EditionId, PersonId};
    use quarterlight_domain::mapping::Fate;
    use quarterlight_domain::person::{Grant, Role};
    use quarterlight_domain::proposal::propose;
    use quarterlight_store::{Commented, DraftKept, NewPerson};

    use crate::world::{World, code, contents, sql, stamp};

    pub const TODAY: Date = date(2026, 11, 23);

    /// Somebody who may agree.
    pub async fn director(world: &World) -> PersonId {
        let from = date(2026, 1, 1);
        let grant = Grant { role: Role::SeniorManager, place: world.service, from, until: None };
        let new = NewPerson {
            name: "Catherine Bello".to_owned(),
            email: "catherine.bello@larkmoor.example".to_owned(),
            password: None,
            grants: vec![grant],
        };
        world.store.people.add(&stamp(world.lead), &new).await.unwrap()
    }

    /// A draft copied from the world's edition, by the lead.
    async fn copied(world: &World) -> DraftId {
        let drafts = &world.store.drafts;
        let (ours, origins) = (contents("Ours"), Origins::new());
        let copy = Some((&ours, &origins));
        drafts.start(&stamp(world.lead), "Ours", "Ours, edition 1", copy).await.unwrap()
    }

    pub async fn draft(world: &World, id: DraftId) -> Draft {
        world.store.drafts.get(id).await.unwrap().unwrap()
    }

    /// Asks these people until 7 December.
    pub async fn ask(world: &World, id: DraftId, people: &[PersonId]) {
        let invited: BTreeMap<_, _> = people.iter().map(|id| (*id, None)).collect();
        let asking =
            Asking::new(invited, date(2026, 12, 7), ("Please read it.", false), TODAY).unwrap();
        let version = draft(world, id).await.version;
        let consultations = &world.store.consultations;
        assert!(consultations.open(&stamp(world.lead), (id, version), &asking).await.unwrap());
    }

    async fn comment(
        world: &World,
        id: DraftId,
        who: PersonId,
        said: &[(&str, &str, u32)],
    ) -> Commented {
        let consultation = draft(world, id).await.consultations.last().unwrap().id;
        let said: Vec<_> = said
            .iter()
            .map(|(about, words, version)| {
                (About::from_code(about).unwrap(), (*words).to_owned(), *version)
            })
            .collect();
        let (key, stamp) = ((id, consultation), stamp(who));
        world.store.consultations.comment(&stamp, key, who, &said).await.unwrap()
    }

    /// The mapping that is proposed, taken as it is.
    pub async fn map(world: &World, id: DraftId) {
        let draft = draft(world, id).await;
        let before = world.store.frameworks.latest(&draft.name).await.unwrap().unwrap();
        let links = propose(before.contents(), &draft.contents().unwrap());
        let (key, stamp) = ((id, draft.version), stamp(world.lead));
        assert!(world.store.drafts.map(&stamp, key, before.id, &links).await.unwrap());
    }

    /// What the director may agree, in force from a day.
    pub async fn agreement(world: &World, id: DraftId, by: PersonId, from: Date) -> Agreement {
        let draft = draft(world, id).await;
        let before = world.store.frameworks.latest(&draft.name).await.unwrap();
        let by = world.store.people.get(by).await.unwrap().unwrap();
        agree(&draft, &by, from, before.as_deref(), TODAY).unwrap()
    }

    /// Everything from asking to agreeing, for a draft that is written.
    pub async fn agreed(world: &World, id: DraftId, by: PersonId, from: Date) -> EditionId {
        ask(world, id, &[by]).await;
        let consultation = draft(world, id).await.consultations.last().unwrap().id;
        let consultations = &world.store.consultations;
        assert!(consultations.no_comments(&stamp(by), (id, consultation), by).await.unwrap());
        map(world, id).await;
        let agreement = agreement(world, id, by, from).await;
        world.store.drafts.agree(&stamp(by), by, &agreement).await.unwrap().unwrap()
    }

    pub async fn a_draft_copies_an_edition_whole(world: World) {
        let id = copied(&world).await;
        let draft = draft(&world, id).await;
        assert_eq!(draft.contents().unwrap(), contents("Ours"));
        assert_eq!(draft.authors.keys().copied().collect::<Vec<_>>(), [world.lead]);
        assert_eq!(draft.state(TODAY), DraftState::Draft { number: 1 });
        let line = world.store.drafts.all().await.unwrap().remove(0);
        assert_eq!((line.id, line.state(TODAY)), (id, DraftState::Draft { number: 1 }));
        let nothing = world.store.drafts.start(&stamp(world.lead), "New", "", None).await.unwrap();
        let empty = world.store.drafts.get(nothing).await.unwrap().unwrap();
        assert!(empty.contents().is_err(), "it has no standard yet");
    }

    pub async fn a_standard_is_never_written_over_what_was_not_seen(world: World) {
        let id = copied(&world).await;
        let drafts = &world.store.drafts;
        let mut mine = draft(&world, id).await.sections[0].standards[0].clone();
        let mut theirs = mine.clone();
        "A summary that a stranger could act on".clone_into(&mut mine.standard.wording);
        mine.origin = Origin { core: true, source: "Working together".to_owned() };
        let lead = stamp(world.lead);
        assert_eq!(drafts.write(&lead, id, &mine).await.unwrap(), DraftKept::Yes);
        assert_eq!(drafts.write(&lead, id, &mine).await.unwrap(), DraftKept::Already);
        "A summary".clone_into(&mut theirs.standard.wording);
        let DraftKept::Conflict(kept) = drafts.write(&lead, id, &theirs).await.unwrap() else {
            unreachable!("written over unseen")
        };
        assert_eq!((kept.version, &kept.standard), (2, &mine.standard));
        theirs.version = kept.version;
        assert_eq!(drafts.write(&lead, id, &theirs).await.unwrap(), DraftKept::Yes);
        let (standard, origin) = (mine.standard.clone(), Origin::default());
        let again = drafts.add(&lead, id, ("B", "The file"), (&standard, &origin)).await;
        assert!(again.unwrap_err().is_duplicate());
        assert!(drafts.retitle(&lead, id, "B", ("The file", "Its file")).await.unwrap());
        assert!(!drafts.retitle(&lead, id, "B", ("The file", "Our file")).await.unwrap());
        assert_eq!(draft(&world, id).await.sections[0].title, "Its file");
    }

    pub async fn a_draft_in_consultation_stands_still_and_its_comments_are_kept(world: World) {
        let id = copied(&world).await;
        let before = draft(&world, id).await.sections[0].standards[0].clone();
        ask(&world, id, &[world.rosa]).await;
        let mut written = before.clone();
        "Written meanwhile".clone_into(&mut written.standard.wording);
        let drafts = &world.store.drafts;
        let lead = stamp(world.lead);
        assert_eq!(drafts.write(&lead, id, &written).await.unwrap(), DraftKept::Closed);
        assert!(!drafts.set_aside(&lead, id).await.unwrap());
        let said = [("standard-B1", "Say by when.", 0)];
        assert_eq!(comment(&world, id, world.rosa, &said).await, Commented::Yes);
        assert!(world.store.consultations.end(&lead, id).await.unwrap());
        assert!(!world.store.consultations.end(&lead, id).await.unwrap(), "only once");
        assert_eq!(drafts.write(&lead, id, &written).await.unwrap(), DraftKept::Yes);
        let draft = draft(&world, id).await;
        assert_eq!(draft.state(TODAY), DraftState::Draft { number: 2 });
        assert_eq!(draft.comments[0].words, "Say by when.");
        assert!(drafts.set_aside(&lead, id).await.unwrap());
        assert_eq!(drafts.write(&lead, id, &before).await.unwrap(), DraftKept::Closed);
    }

    pub async fn comments_are_kept_whole_or_not_at_all(world: World) {
        let id = copied(&world).await;
        ask(&world, id, &[world.rosa]).await;
        let first = [("whole", "Good.", 0), ("standard-B1", "Say by when.", 0)];
        assert_eq!(comment(&world, id, world.rosa, &first).await, Commented::Yes);
        assert_eq!(comment(&world, id, world.rosa, &first).await, Commented::Yes, "twice");
        assert_eq!(draft(&world, id).await.comments.len(), 2);
        let unseen = [("section-B", "Too long.", 0), ("whole", "Bad.", 0)];
        let refused = comment(&world, id, world.rosa, &unseen).await;
        assert_eq!(refused, Commented::Conflict(vec![About::Whole]));
        assert_eq!(draft(&world, id).await.comments.len(), 2, "the other was not kept either");
        let seen = [("whole", "Bad.", 1), ("standard-B1", "", 1)];
        assert_eq!(comment(&world, id, world.rosa, &seen).await, Commented::Yes);
        let kept = draft(&world, id).await;
        assert_eq!((kept.comments[0].words.as_str(), kept.unanswered()), ("Bad.", (1, 1)));

        let reply = Reply::new(Outcome::NotAccepted, "The law asks for it.").unwrap();
        let answer = |version| {
            let (world, key, reply) = (&world, (kept.comments[0].id, version), &reply);
            async move {
                let consultations = &world.store.consultations;
                consultations.answer(&stamp(world.lead), id, key, reply).await.unwrap()
            }
        };
        assert!(!answer(1).await, "another version than the one that was seen");
        assert!(answer(2).await);
        let answered = draft(&world, id).await;
        assert_eq!(answered.comments[0].reply, Some(reply.clone()));
        assert_eq!(answered.unanswered(), (0, 1));
        let late = [("whole", "Worse.", 3)];
        let late = comment(&world, id, world.rosa, &late).await;
        assert_eq!(late, Commented::Conflict(vec![About::Whole]), "it is answered");
    }

    pub async fn nobody_comments_late_or_unasked(world: World) {
        let id = copied(&world).await;
        ask(&world, id, &[world.rosa]).await;
        let said = [("whole", "Good.", 0)];
        assert_eq!(comment(&world, id, world.priya, &said).await, Commented::Closed);
        sql(&world, "update consultation set closes = '2026-11-22'").await.unwrap();
        assert_eq!(comment(&world, id, world.rosa, &said).await, Commented::Closed);
        let asked = world.store.consultations.of_person(world.rosa).await.unwrap();
        assert!(asked[0].is_current && !asked[0].replied);
        sql(&world, "update consultation set closes = '2026-11-23'").await.unwrap();
        assert_eq!(comment(&world, id, world.rosa, &said).await, Commented::Yes);
        let asked = world.store.consultations.of_person(world.rosa).await.unwrap();
        assert!(asked[0].replied);
        assert!(world.store.consultations.of_person(world.priya).await.unwrap().is_empty());
    }

    pub async fn a_draft_becomes_an_edition_and_what_led_to_it_is_kept(world: World) {
        let director = director(&world).await;
        let id = copied(&world).await;
        let mut critical = draft(&world, id).await.sections[0].standards[0].clone();
        critical.standard.critical = true;
        critical.origin = Origin { core: true, source: "Working together".to_owned() };
        let kept = world.store.drafts.write(&stamp(world.lead), id, &critical).await.unwrap();
        assert_eq!(kept, DraftKept::Yes);
        let from = date(2027, 1, 1);
        let edition = agreed(&world, id, director, from).await;

        let other = world.another_server().await;
        let read = other.frameworks.edition(edition).await.unwrap().unwrap();
        assert_eq!((read.title(), read.agreed_by), ("Ours, edition 2".to_owned(), Some(director)));
        assert!(read.contents().find(&code("B1")).unwrap().1.critical);
        assert!(read.origins[&code("B1")].core);
        let history = other.frameworks.history(edition).await.unwrap().unwrap();
        assert_eq!(history.asked.len(), 1);
        assert_eq!(history.asked[0].answered, Answered::NoComments);
        let (before, links) = history.follows.unwrap();
        assert_eq!(before, world.edition);
        assert_eq!(links[&code("B2")], BTreeSet::from([code("B2")]));
        assert_eq!(draft(&world, id).await.state(TODAY), DraftState::Agreed);
        assert!(other.frameworks.history(world.edition).await.unwrap().is_none());

        let successor = |day| other.frameworks.successor(world.edition, day);
        assert_eq!(successor(date(2026, 12, 31)).await.unwrap(), None);
        assert_eq!(successor(from).await.unwrap(), Some((2, from)));
        for statement in [
            "update edition_link set fate = 'same'",
            "delete from edition_asked",
            "update edition_origin set core = false",
            "delete from edition_agreement",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
        assert!(!world.store.consultations.end(&stamp(world.lead), id).await.unwrap());
        assert_eq!(Fate::from_code("same"), Some(Fate::Same));
    }

    pub async fn a_change_after_the_check_stops_the_agreement(world: World) {
        let director = director(&world).await;
        let id = copied(&world).await;
        ask(&world, id, &[director, world.rosa]).await;
        assert_eq!(comment(&world, id, director, &[("whole", "Good.", 0)]).await, Commented::Yes);
        let consultation = draft(&world, id).await.consultations[0].id;
        let consultations = &world.store.consultations;
        let rosa = stamp(world.rosa);
        assert!(consultations.no_comments(&rosa, (id, consultation), world.rosa).await.unwrap());
        let first = draft(&world, id).await.comments[0].clone();
        let reply = Reply::new(Outcome::Accepted, "").unwrap();
        let key = (first.id, first.version);
        assert!(consultations.answer(&stamp(world.lead), id, key, &reply).await.unwrap());
        map(&world, id).await;
        let checked = agreement(&world, id, director, date(2027, 1, 1)).await;
        let late = [("whole", "Wait.", 0)];
        assert_eq!(comment(&world, id, world.rosa, &late).await, Commented::Yes);
        let stamp = stamp(director);
        let agreed = world.store.drafts.agree(&stamp, director, &checked).await.unwrap();
        assert_eq!(agreed, None, "a comment came in that nobody has answered");
        assert_eq!(world.store.frameworks.all().await.unwrap().len(), 1);
    }

    pub async fn a_draft_is_read_in_eight_statements(world: World) {
        let id = copied(&world).await;
        ask(&world, id, &[world.rosa, world.priya]).await;
        let said = [("whole", "Good.", 0), ("standard-B1", "By when?", 0)];
        assert_eq!(comment(&world, id, world.rosa, &said).await, Commented::Yes);
        let (store, count) = world.counted().await;
        store.drafts.get(id).await.unwrap().unwrap();
        assert_eq!(count.load(Ordering::Relaxed), 8);
    }
}
