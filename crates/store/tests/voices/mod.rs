//! Voices, what an audit comes to in words, themes, replies, and challenges that are decided once.

on_both_engines!(
    a_voice_is_kept_and_never_written_over_what_was_not_seen,
    what_an_audit_comes_to_keeps_its_themes,
    a_theme_is_proposed_once_and_stands_where_the_lead_says,
    a_reply_is_kept_once_and_a_challenge_waits_for_one_decision,
    nothing_is_heard_after_submission_or_by_somebody_else,
    the_holder_is_told_of_what_has_started,
    names_of_people_and_workers_are_known,
    what_was_said_and_decided_never_changes,
);

mod stories {
    use jiff::civil::date;

    use quarterlight_domain::id::PersonId;

    use quarterlight_domain::names::Names;
    use quarterlight_domain::need::Known;
    use quarterlight_domain::reminder::Reminder;
    use quarterlight_domain::reply::{Meant, NewReply, Outcome};
    use quarterlight_domain::summing_up::{SummingUp, ThemeName, ThemeStanding, TrainingLink};
    use quarterlight_domain::text::Reason;
    use quarterlight_domain::voice::{Asked, Heard, Whose};
    use quarterlight_store::Kept;

    use crate::world::{World, code, sql, stamp};

    fn heard(said: &str, version: u32) -> Heard {
        Heard {
            whose: Whose::Child,
            asked: Asked::Yes(date(2026, 11, 20), "At school, in person".to_owned()),
            said: said.to_owned(),
            changed: Known::Yes,
            change: "Contact is on Sundays now".to_owned(),
            version,
        }
    }

    pub async fn a_voice_is_kept_and_never_written_over_what_was_not_seen(world: World) {
        let audit = world.audit().await;
        let (voices, stamp) = (&world.store.voices, stamp(world.priya));
        let first = heard("I want to see my brother", 0);
        assert_eq!(voices.hear(&stamp, audit, &first).await.unwrap(), Kept::Yes);
        let size = world.journal_size().await;
        assert_eq!(voices.hear(&stamp, audit, &first).await.unwrap(), Kept::Yes, "twice");
        assert_eq!(world.journal_size().await, size);
        let late = heard("Something else", 0);
        let kept = Heard { version: 1, ..first };
        assert_eq!(voices.hear(&stamp, audit, &late).await.unwrap(), Kept::Conflict(kept));
        let seen = heard("Something else", 1);
        assert_eq!(voices.hear(&stamp, audit, &seen).await.unwrap(), Kept::Yes);
        let not_asked = Heard {
            whose: Whose::Carer,
            asked: Asked::No("There is none".to_owned()),
            said: String::new(),
            changed: Known::Unknown,
            change: String::new(),
            version: 0,
        };
        assert_eq!(voices.hear(&stamp, audit, &not_asked).await.unwrap(), Kept::Yes);
        let all = voices.of_audit(audit).await.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].said.as_str(), all[0].version), ("Something else", 2));
        assert_eq!(all[1], Heard { version: 1, ..not_asked });
    }

    fn theme(name: &str) -> ThemeName {
        ThemeName::new(name, &Names::default()).unwrap()
    }

    pub async fn what_an_audit_comes_to_keeps_its_themes(world: World) {
        let audit = world.audit().await;
        let (voices, stamp) = (&world.store.voices, stamp(world.priya));
        assert!(voices.summing_up(audit).await.unwrap().is_empty());
        let lead = crate::world::stamp(world.lead);
        let listed = world.store.themes.list(&lead, &theme("Life story work")).await.unwrap();
        let link = TrainingLink::new("Course", "https://learn.example.org/a?b=c").unwrap();
        let written = SummingUp {
            strengths: "The child draws their own plan.".to_owned(),
            issues: "Supervision\nis late.".to_owned(),
            themes: [listed].into(),
            training: link.into_iter().collect(),
            version: 0,
        };
        let new = theme("Supervision that leads somewhere");
        let kept = voices.sum_up(&stamp, audit, &written, Some(&new)).await.unwrap();
        assert_eq!(kept, Kept::Yes);
        let now = voices.summing_up(audit).await.unwrap();
        assert_eq!((now.themes.len(), now.version), (2, 1));
        assert_eq!((&now.issues, &now.training), (&written.issues, &written.training));
        let size = world.journal_size().await;
        assert_eq!(voices.sum_up(&stamp, audit, &now, None).await.unwrap(), Kept::Yes);
        assert_eq!(world.journal_size().await, size, "the same again leaves no line");
        let late = SummingUp { strengths: "Late".to_owned(), version: 0, ..now.clone() };
        let conflict = voices.sum_up(&stamp, audit, &late, None).await.unwrap();
        assert_eq!(conflict, Kept::Conflict(now.clone()));
        let less = SummingUp { themes: [listed].into(), ..now };
        assert_eq!(voices.sum_up(&stamp, audit, &less, None).await.unwrap(), Kept::Yes);
        let themes = world.store.themes.of_audit(audit).await.unwrap();
        let names: Vec<&str> = themes.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Life story work"]);
    }

    pub async fn a_theme_is_proposed_once_and_stands_where_the_lead_says(world: World) {
        let audit = world.audit().await;
        let (themes, lead) = (&world.store.themes, stamp(world.lead));
        let new = theme("Late visits");
        let empty = SummingUp::default();
        let priya = stamp(world.priya);
        world.store.voices.sum_up(&priya, audit, &empty, Some(&new)).await.unwrap();
        let all = themes.all().await.unwrap();
        let proposed = (all[0].standing, all[0].by.as_deref());
        assert_eq!(proposed, (ThemeStanding::Proposed, Some("Priya Anand")));
        let id = themes.list(&lead, &theme("late VISITS")).await.unwrap();
        assert_eq!(id, all[0].id, "it is one theme, however it is written");
        assert_eq!(themes.all().await.unwrap()[0].standing, ThemeStanding::Listed);
        assert!(!themes.stand(&lead, id, ThemeStanding::Listed).await.unwrap());
        assert!(themes.stand(&lead, id, ThemeStanding::SetAside).await.unwrap());
        assert_eq!(themes.of_audit(audit).await.unwrap().len(), 1, "the audit keeps it");
    }

    fn reply(meant: Meant) -> NewReply {
        let words = Reason::new("The summary is in the other file.").unwrap();
        NewReply { standard: code("B1"), meant, words }
    }

    pub async fn a_reply_is_kept_once_and_a_challenge_waits_for_one_decision(world: World) {
        let audit = world.audit().await;
        let (replies, worker) = (&world.store.replies, stamp(world.rosa));
        let challenge = reply(Meant::Challenge);
        assert!(!replies.say(&worker, audit, &challenge, "a").await.unwrap(), "not submitted yet");
        world.submit(audit).await;
        assert!(replies.say(&worker, audit, &challenge, "a").await.unwrap());
        assert!(!replies.say(&worker, audit, &challenge, "a").await.unwrap(), "the form again");
        assert!(!replies.say(&worker, audit, &challenge, "b").await.unwrap(), "it waits");
        assert!(replies.say(&worker, audit, &reply(Meant::Comment), "c").await.unwrap());
        let said = replies.of_audit(audit).await.unwrap();
        assert_eq!(said.len(), 2);
        let id = said[0].id;
        assert_eq!(replies.audit_of(id).await.unwrap(), Some(audit));
        let reason = Reason::new("It is there, dated 3 May.").unwrap();
        let lead = stamp(world.lead);
        assert!(replies.decide(&lead, id, (Outcome::Upheld, &reason)).await.unwrap());
        assert!(!replies.decide(&lead, id, (Outcome::NotUpheld, &reason)).await.unwrap());
        let decided = replies.of_audit(audit).await.unwrap()[0].decided.clone().unwrap();
        assert_eq!((decided.outcome, decided.by.as_str()), (Outcome::Upheld, "Amara Osei"));
        for (who, told) in [(world.rosa, 1), (world.priya, 1), (world.lead, 0)] {
            assert_eq!(replies.decided(who, lead.at).await.unwrap().len(), told, "{who}");
            let later = lead.at.saturating_add(jiff::SignedDuration::from_secs(1)).unwrap();
            assert!(replies.decided(who, later).await.unwrap().is_empty(), "long ago");
        }
        assert!(replies.say(&worker, audit, &challenge, "d").await.unwrap(), "again, once decided");
        let all = replies.challenges().await.unwrap();
        let waits: Vec<bool> = all.iter().map(|it| it.outcome.is_none()).collect();
        assert_eq!(waits, [true, false], "what waits comes first");
        world.journal_size().await;
    }

    pub async fn nothing_is_heard_after_submission_or_by_somebody_else(world: World) {
        let audit = world.audit().await;
        let voices = &world.store.voices;
        let (it, up) = (heard("No", 0), SummingUp::default());
        let new = theme("Late visits");
        let other = stamp(world.rosa);
        assert_eq!(voices.hear(&other, audit, &it).await.unwrap(), Kept::Closed);
        world.submit(audit).await;
        let stamp = stamp(world.priya);
        assert_eq!(voices.hear(&stamp, audit, &it).await.unwrap(), Kept::Closed);
        let kept = voices.sum_up(&stamp, audit, &up, Some(&new)).await.unwrap();
        assert_eq!(kept, Kept::Closed);
        assert!(world.store.themes.all().await.unwrap().is_empty(), "nothing of it is kept");
    }

    pub async fn the_holder_is_told_of_what_has_started(world: World) {
        let audit = world.audit().await;
        let workers = world.store.workers.all().await.unwrap();
        let nia = workers.iter().find(|it| it.name == "Nia Pell").unwrap();
        let holder = format!("update worker set person_id = {} where id = {}", world.rosa, nia.id);
        sql(&world, &holder).await.unwrap();
        let replies = &world.store.replies;
        assert!(replies.started(None).await.unwrap().is_empty(), "nothing has started");
        let stamp = stamp(world.priya);
        world.store.voices.hear(&stamp, audit, &heard("Hello", 0)).await.unwrap();
        let started = replies.started(Some(world.rosa)).await.unwrap();
        assert_eq!((started.len(), started[0].audit), (1, audit));
        assert!(replies.started(Some(PersonId(999))).await.unwrap().is_empty());
        let told = Reminder::of_start(world.rosa, audit, started[0].due);
        assert!(world.store.reminders.queue(&stamp, &told).await.unwrap());
        assert!(!world.store.reminders.queue(&stamp, &told).await.unwrap(), "they are told once");
        let waiting = world.store.reminders.waiting().await.unwrap();
        assert_eq!((waiting.len(), waiting[0].reminder.audits), (1, 1));
        world.submit(audit).await;
        let waiting = world.store.reminders.waiting().await.unwrap();
        assert_eq!(waiting[0].reminder.audits, 0, "it is submitted: there is nothing to say");
        assert!(replies.started(None).await.unwrap().is_empty());
    }

    pub async fn names_of_people_and_workers_are_known(world: World) {
        world.audit().await;
        let names = world.store.voices.names().await.unwrap();
        for named in ["Ask Nia.", "Amara Osei runs it", "hadley, kit"] {
            assert_eq!(names.line_with_one(named), Some(1), "{named}");
        }
        assert_eq!(names.line_with_one("The worker asked Marguerite"), None);
    }

    pub async fn what_was_said_and_decided_never_changes(world: World) {
        let audit = world.audit().await;
        world.submit(audit).await;
        let replies = &world.store.replies;
        assert!(
            replies.say(&stamp(world.rosa), audit, &reply(Meant::Challenge), "a").await.unwrap()
        );
        let id = replies.of_audit(audit).await.unwrap()[0].id;
        let reason = Reason::new("It is not there.").unwrap();
        replies.decide(&stamp(world.lead), id, (Outcome::NotUpheld, &reason)).await.unwrap();
        for statement in [
            "update audit_reply set words = 'Something else'",
            "delete from audit_reply",
            "update challenge_decided set outcome = 'upheld'",
            "delete from challenge_decided",
        ] {
            assert!(sql(&world, statement).await.is_err(), "{statement}");
        }
    }
}
