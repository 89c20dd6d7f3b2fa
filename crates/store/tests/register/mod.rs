//! The committee's register is entered once, numbered without a gap, and never changes.

on_both_engines!(
    a_meeting_and_its_items_are_entered_once,
    what_becomes_of_an_item_is_told_by_its_steps,
    of_two_steps_at_once_one_is_kept,
    nothing_in_the_register_can_be_changed,
    the_register_takes_as_many_statements_for_more_items,
);

mod stories {
    use std::sync::atomic::Ordering;

    use jiff::civil::{Date, date};
    use quarterlight_domain::id::MeetingId;
    use quarterlight_domain::register::step::What;
    use quarterlight_domain::register::{Item, Kind, Meeting, NewItem, Stage};
    use quarterlight_domain::text::Reason;

    use crate::world::{World, sql, stamp};

    const HELD: Date = date(2026, 10, 14);

    fn words(text: &str) -> Reason {
        Reason::new(text).unwrap()
    }

    fn question(world: &World, text: &str) -> NewItem {
        NewItem {
            kind: Kind::Question,
            words: words(text),
            asked_by: Some("Councillor Marchetti".to_owned()),
            about: None,
            owner: world.priya,
            due: date(2026, 11, 6),
        }
    }

    async fn meet(world: &World, held_on: Date) -> Meeting {
        let (register, stamp) = (&world.store.register, stamp(world.rosa));
        let id = register.meet(&stamp, "Corporate Parenting Board", held_on).await.unwrap();
        let meetings = register.meetings().await.unwrap();
        meetings.into_iter().find(|it| it.id == id).unwrap()
    }

    async fn entered(world: &World) -> Item {
        let meeting = meet(world, HELD).await;
        let items = [question(world, "Who audits the records of disabled children?")];
        let stamp = stamp(world.rosa);
        assert!(world.store.register.enter(&stamp, meeting.id, &items, "form").await.unwrap());
        world.store.register.items().await.unwrap().remove(0)
    }

    pub async fn a_meeting_and_its_items_are_entered_once(world: World) {
        let meeting = meet(&world, HELD).await;
        let size = world.journal_size().await;
        assert_eq!(meet(&world, HELD).await, meeting);
        assert_eq!(world.journal_size().await, size, "entered again, it leaves no line");
        let (register, stamp) = (&world.store.register, stamp(world.rosa));
        let items = ["One?", "Two?"].map(|it| question(&world, it));
        assert!(register.enter(&stamp, meeting.id, &items, "first").await.unwrap());
        assert!(!register.enter(&stamp, meeting.id, &items, "first").await.unwrap());
        assert!(register.enter(&stamp, meeting.id, &items[..1], "second").await.unwrap());
        assert_eq!(world.journal_size().await, size + 2);
        let kept = register.items().await.unwrap();
        let numbers: Vec<_> = kept.iter().map(|it| (it.number, it.words.words())).collect();
        assert_eq!(numbers, [(1, "One?"), (2, "Two?"), (3, "One?")]);
        assert_eq!(kept[1].reference(), "14 October 2026, item 2");
        assert!(register.enter(&stamp, MeetingId(999), &items, "third").await.is_err());
        assert_eq!(register.items().await.unwrap().len(), 3, "nothing is half entered");
        let verdict = world.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
    }

    pub async fn what_becomes_of_an_item_is_told_by_its_steps(world: World) {
        let (register, clerk) = (&world.store.register, stamp(world.rosa));
        let item = entered(&world).await;
        let today = clerk.day();
        let later = today.saturating_add(jiff::Span::new().days(30));
        let moved = item.move_due(later, words("The list comes next week."), today).unwrap();
        assert!(register.step(&clerk, &moved).await.unwrap());
        let item = register.item(item.id).await.unwrap().unwrap();
        assert_eq!((item.first_due, item.due()), (date(2026, 11, 6), later));
        let given = item.give_to((world.rosa, "Rosa".to_owned()), words("It is hers.")).unwrap();
        assert!(register.step(&clerk, &given).await.unwrap());
        let item = register.item(item.id).await.unwrap().unwrap();
        assert_eq!(item.owner().0, world.rosa);
        let reply = item.reply_with(words("The independent reviewing service does.")).unwrap();
        assert!(register.step(&clerk, &reply).await.unwrap());
        let item = register.item(item.id).await.unwrap().unwrap();
        assert_eq!(item.stage(), Stage::Replied);
        let next = meet(&world, today).await;
        let taken = item.at_meeting(&next, true, words("Accepted."), today).unwrap();
        assert!(register.step(&clerk, &taken).await.unwrap());
        let item = register.item(item.id).await.unwrap().unwrap();
        assert_eq!(item.stage(), Stage::Accepted);
        assert_eq!(item.steps.last().unwrap().what, What::Accepted(next.id));
        assert_eq!(register.items().await.unwrap(), [item]);
    }

    pub async fn of_two_steps_at_once_one_is_kept(world: World) {
        let register = &world.store.register;
        let item = entered(&world).await;
        let one = item.reply_with(words("The reviewing service.")).unwrap();
        let other = item.reply_with(words("Nobody.")).unwrap();
        assert!(register.step(&stamp(world.priya), &one).await.unwrap());
        let size = world.journal_size().await;
        assert!(!register.step(&stamp(world.priya), &other).await.unwrap());
        assert_eq!(world.journal_size().await, size);
        let item = register.item(item.id).await.unwrap().unwrap();
        assert_eq!(item.reply().unwrap().words.words(), "The reviewing service.");
    }

    pub async fn nothing_in_the_register_can_be_changed(world: World) {
        let item = entered(&world).await;
        let reply = item.reply_with(words("The reviewing service.")).unwrap();
        assert!(world.store.register.step(&stamp(world.priya), &reply).await.unwrap());
        for statement in [
            "update register_item set words = 'Nobody asked'",
            "delete from register_item",
            "update register_step set words = 'Nobody replied'",
            "delete from register_step",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }

    pub async fn the_register_takes_as_many_statements_for_more_items(world: World) {
        let meeting = meet(&world, HELD).await;
        let (store, statements) = world.counted().await;
        let mut counted = Vec::new();
        for size in [1, 20] {
            let items: Vec<_> = (0..size).map(|_| question(&world, "Who?")).collect();
            let form = format!("form {size}");
            let stamp = stamp(world.rosa);
            assert!(store.register.enter(&stamp, meeting.id, &items, &form).await.unwrap());
            statements.store(0, Ordering::SeqCst);
            store.register.items().await.unwrap();
            counted.push(statements.load(Ordering::SeqCst));
        }
        assert_eq!(counted, [2, 2]);
    }
}
