//! What is true of the borough, on either engine.

on_both_engines!(
    the_journal_verifies_and_its_times_never_go_back,
    every_role_has_a_person_and_every_cast_member_a_purpose,
    the_workers_who_sign_in_are_those_on_the_lists,
    every_state_of_coverage_appears_and_the_gap_is_the_disability_services,
    nobody_claims_disabled_children_placed_out_until_a_councillor_has_asked,
    nobody_audits_a_record_that_they_hold_or_manage,
    every_draw_can_be_repeated_from_its_file,
    no_reference_looks_like_a_name,
    unaccompanied_children_become_fewer_every_quarter,
    priya_has_an_audit_at_each_stage,
    past_audits_are_submitted_whole_but_for_one,
    actions_stand_at_every_stage,
    past_quarters_are_moderated_by_the_rule_and_moderators_differ_now_and_then,
    what_auditors_write_names_nobody,
    filing_is_checked_every_quarter_and_partly_put_right,
);

mod told {
    use std::collections::BTreeSet;

    use quarterlight_domain::audit::{Audit, Stage};
    use quarterlight_domain::claim::Standing;
    use quarterlight_domain::cohort::Cohort;
    use quarterlight_domain::coverage::{Cell, CoverageState, StratumLine, by_stratum};
    use quarterlight_domain::draw_file::DrawFile;
    use quarterlight_domain::filing::figures::ItemCounts;
    use quarterlight_domain::grade::GradeLimit;
    use quarterlight_domain::id::AuditId;
    use quarterlight_domain::independence::{Independent, manages};
    use quarterlight_domain::moderation::pick::{Why, pick};
    use quarterlight_domain::moderation::rule::ModerationRule;
    use quarterlight_domain::person::{Person, Role};
    use quarterlight_domain::record::{Record, Worker};
    use quarterlight_domain::stamp::day_in_england;
    use quarterlight_domain::statistics::agreement::Agreement;
    use quarterlight_domain::ties::Ties;
    use quarterlight_store::{ActionFilter, AgreementFilter, AuditInHand, Which};

    use crate::made::{TODAY, Visit};

    pub async fn the_journal_verifies_and_its_times_never_go_back(visit: Visit) {
        let verdict = visit.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
        let at = |entry: &String| {
            entry.lines().find_map(|line| line.strip_prefix("at ").map(str::to_owned)).unwrap()
        };
        let mut times: Vec<String> = visit.made.journal().await.iter().map(at).collect();
        assert!(times.is_sorted());
        assert!(times.last().unwrap().as_str() < "2026-11-23T00:00", "nothing is of today");
        times.swap(3, 2_000);
        assert!(!times.is_sorted(), "the test sees a time that goes back");
    }

    pub async fn every_role_has_a_person_and_every_cast_member_a_purpose(visit: Visit) {
        let people = visit.store.people.all().await.unwrap();
        let cast = &visit.made.cast;
        for role in Role::ALL {
            assert!(people.iter().any(|line| line.person.is(role, TODAY)), "{}", role.words());
        }
        assert_eq!(people.len(), cast.people.len());
        for line in &people {
            let member = cast.people.iter().find(|member| member.id == line.person.id).unwrap();
            assert_eq!((&member.name, &member.email), (&line.person.name, &line.email));
            assert!(member.email.ends_with("@larkmoor.example") && member.purpose.ends_with('.'));
            assert!(!member.roles.is_empty());
        }
        let both =
            |person: &Person, role| person.is(Role::Auditor, TODAY) && person.is(role, TODAY);
        let managing = people.iter().filter(|line| both(&line.person, Role::ServiceManager));
        assert!(managing.count() >= 5, "team managers audit, so that independence matters");
        assert!(people.iter().any(|line| both(&line.person, Role::Worker)));
        assert_eq!(cast.person("priya.anand").unwrap().name, "Priya Anand");
        assert!(cast.person("nobody").is_none());
    }

    pub async fn the_workers_who_sign_in_are_those_on_the_lists(visit: Visit) {
        let workers = visit.store.workers.all().await.unwrap();
        let people = visit.store.people.all().await.unwrap();
        let signing_in: Vec<_> = workers.iter().filter(|worker| worker.person.is_some()).collect();
        assert_eq!(signing_in.len(), 5);
        for worker in signing_in {
            let line = people.iter().find(|line| Some(line.person.id) == worker.person).unwrap();
            assert_eq!(line.person.name, worker.name);
            assert!(line.person.is(Role::Worker, TODAY));
        }
        let unknown = workers.iter().filter(|worker| worker.experience.code() == "unknown");
        assert_eq!(unknown.count(), 3);
    }

    pub async fn every_state_of_coverage_appears_and_the_gap_is_the_disability_services(
        visit: Visit,
    ) {
        let cast = &visit.made.cast;
        let quarter = *cast.quarters.last().unwrap();
        let cells = visit.store.figures.coverage(quarter).await.unwrap();
        let open: u32 = cells.iter().map(|cell| cell.open).sum();
        let states: BTreeSet<_> = cells.iter().map(Cell::state).collect();
        assert_eq!(states.len(), 4, "{states:?}");
        let cells = by_stratum(&cells);
        assert_eq!(cells.iter().map(|line| line.open).sum::<u32>(), open);
        let states: BTreeSet<_> = cells.iter().map(StratumLine::state).collect();
        assert_eq!(states.len(), 4, "{states:?}");
        let not_audited: Vec<_> =
            cells.iter().filter(|cell| cell.state() == CoverageState::NotAudited).collect();
        assert_eq!(not_audited.len(), 1);
        let mut gap = not_audited[0].clone();
        assert_eq!(gap.service, Some(cast.places.disability));
        assert_eq!(gap.cohort, Cohort::DisabledPlacedOut);
        assert!(gap.open > 8);
        gap.audited = 1;
        assert_ne!(gap.state(), CoverageState::NotAudited, "one audit would close the gap");
        let in_care = cells.iter().find(|cell| {
            cell.service == Some(cast.places.children_in_care)
                && cell.cohort == Cohort::DisabledPlacedOut
        });
        assert_eq!(in_care.unwrap().state(), CoverageState::Audited);
    }

    /// What the minutes tell: nobody had said who audits these children's records, a councillor
    /// asked, and then somebody did. A claim alone audits nothing.
    pub async fn nobody_claims_disabled_children_placed_out_until_a_councillor_has_asked(
        visit: Visit,
    ) {
        let cast = &visit.made.cast;
        let (claims, last) = (visit.store.claims.all().await.unwrap(), cast.quarters.len() - 1);
        let cells = visit.store.figures.coverage(cast.quarters[last]).await.unwrap();
        let is_asked_about = |cell: &&Cell| {
            cell.service == Some(cast.places.disability)
                && cell.kind.cohort == Cohort::DisabledPlacedOut
        };
        let asked_about: Vec<_> = cells.iter().filter(is_asked_about).collect();
        assert!(asked_about.len() > 1);
        let before = Standing::on(&claims, cast.quarters[last - 1].first_day());
        let now = Standing::on(&claims, TODAY);
        for cell in asked_about {
            assert!(before.holding(cell.kind, cell.service).is_none());
            let claim = now.holding(cell.kind, cell.service).unwrap();
            assert_eq!(claim.place.as_ref().unwrap().1, "Education");
            assert_ne!(cell.state(), CoverageState::Audited);
        }
        let unclaimed = cells.iter().filter(|cell| now.holding(cell.kind, cell.service).is_none());
        assert!(unclaimed.count() > 0, "some cells are still nobody's");
        let contradicted = cells.iter().any(|cell| {
            let mut upon = now.upon(cell.kind, cell.service);
            let first = upon.next();
            first.is_some_and(|first| upon.any(|other| first.contradicts(other)))
        });
        assert!(contradicted, "and two claims contradict each other");
    }

    pub async fn nobody_audits_a_record_that_they_hold_or_manage(visit: Visit) {
        let workers = visit.store.workers.all().await.unwrap();
        let people = visit.store.people.all().await.unwrap();
        let mut refused = 0;
        for hand in audits(&visit).await {
            let audit = &hand.audit;
            let record = as_drawn(audit, &workers);
            for line in &people {
                let person = &line.person;
                let independent = Independent::of(person, &record, &Ties::default(), TODAY).is_ok();
                assert!(independent || person.id != audit.auditor, "audit {}", audit.id);
                let auditor = person.is(Role::Auditor, TODAY);
                let close =
                    audit.holder == Some(person.id) || manages(person, &audit.whereabouts, TODAY);
                refused += u32::from(auditor && close && !independent);
            }
        }
        assert!(refused > 20, "the rule stood between an auditor and a record {refused} times");
    }

    pub async fn every_draw_can_be_repeated_from_its_file(visit: Visit) {
        for quarter in &visit.made.cast.quarters {
            let draw = visit.store.draws.of_quarter(*quarter).await.unwrap().unwrap();
            let mut file = DrawFile::read(&draw.file).unwrap();
            file.verify().unwrap();
            assert!(draw.seed.starts_with("dice ") && draw.seed.contains("the committee on"));
            for pick in &file.picks {
                let stratum = pick.stratum.as_str();
                assert_ne!(stratum, "disability-service/disabled-placed-out");
            }
            file.picks.swap(0, 1);
            file.verify().unwrap_err();
        }
    }

    pub async fn no_reference_looks_like_a_name(visit: Visit) {
        let is_number = |text: &str| {
            text.strip_prefix("LK-").is_some_and(|number| {
                number.len() == 5 && number.chars().all(|c| c.is_ascii_digit())
            })
        };
        let references = visit.made.texts("select reference from record").await;
        assert!(references.len() > 400);
        assert!(references.iter().all(|reference| is_number(reference)));
        assert!(!is_number("LK-Priya") && !is_number("20431"));
    }

    pub async fn unaccompanied_children_become_fewer_every_quarter(visit: Visit) {
        let query = "select cast(count(*) as text) from case_list_line \
             where cohort = 'unaccompanied' group by case_list_id order by case_list_id";
        let counts: Vec<i64> =
            visit.made.texts(query).await.iter().map(|text| text.parse().unwrap()).collect();
        // The last quarter has a second list, three weeks after the first.
        assert_eq!((counts.len(), counts[5]), (6, counts[4]));
        assert!(counts[..5].windows(2).all(|pair| pair[1] < pair[0]), "{counts:?}");
        for list in visit.store.case_lists.all().await.unwrap() {
            assert!((310..360).contains(&list.records), "{}", list.records);
            assert!(list.taken_in_at.is_some());
        }
    }

    pub async fn priya_has_an_audit_at_each_stage(visit: Visit) {
        let cast = &visit.made.cast;
        let priya = cast.person("priya.anand").unwrap().id;
        let hand = |id: AuditId| {
            let store = visit.store.clone();
            async move { store.audits.in_hand(id).await.unwrap().unwrap() }
        };
        let (underway, not_started, submitted) =
            (hand(cast.underway).await, hand(cast.not_started).await, hand(cast.submitted).await);
        for audit in [&underway.audit, &not_started.audit, &submitted.audit] {
            assert_eq!(audit.auditor, priya);
            assert_eq!(audit.quarter, *cast.quarters.last().unwrap());
        }
        assert!(matches!(underway.audit.stage, Stage::Underway { .. }));
        let sections = visit.made.contents.sections().iter().filter(|section| {
            let asked = section.standards.iter().filter(|it| it.applies_to(&underway.audit.line));
            let mut asked = asked.peekable();
            asked.peek().is_some() && asked.all(|it| underway.answer_to(&it.code).is_some())
        });
        let done = sections.count();
        assert!((3..8).contains(&done), "{done} sections are done");
        assert_eq!(not_started.audit.stage, Stage::Assigned);
        assert!(submitted.audit.is_submitted());
    }

    pub async fn past_audits_are_submitted_whole_but_for_one(visit: Visit) {
        let contents = &visit.made.contents;
        let current = *visit.made.cast.quarters.last().unwrap();
        let mut open = 0;
        for AuditInHand { audit, answers, .. } in audits(&visit).await {
            let Stage::Submitted { opinion, .. } = &audit.stage else {
                open += u32::from(audit.quarter != current);
                continue;
            };
            let progress = audit.progress(contents, &answers);
            assert_eq!((progress.answered, progress.without_words), (progress.asked, 0));
            let best =
                GradeLimit::of(contents, &answers, audit.is_unsafe).map(|limit| limit.best());
            assert!(best.is_none_or(|best| opinion.grade() >= best));
        }
        assert_eq!(open, 1);
        let made = &visit.made;
        assert_eq!(
            made.texts("select distinct grade from audit where grade is not null").await.len(),
            4
        );
        assert_eq!(made.texts("select distinct judgement from audit_answer").await.len(), 5);
        let seen = made.texts("select distinct seen from audit_answer").await;
        assert!(seen.len() > 150, "{} different things were seen", seen.len());
    }

    pub async fn past_quarters_are_moderated_by_the_rule_and_moderators_differ_now_and_then(
        visit: Visit,
    ) {
        let current = *visit.made.cast.quarters.last().unwrap();
        let (mut picks, mut waiting, mut returned, mut changed) = (Vec::new(), 0, 0, 0);
        let rules = visit.store.moderations.rules().await.unwrap();
        let rules: Vec<ModerationRule> = rules.into_iter().map(|kept| kept.rule).collect();
        for progress in visit.store.cycles.all().await.unwrap() {
            for kept in visit.store.moderations.of_cycle(progress.cycle.id).await.unwrap() {
                let rule = ModerationRule::in_force(&rules, day_in_england(kept.first.0));
                let (seed, reference) = (&kept.seed, kept.audit.reference());
                let picked = pick(&rule, seed, reference, kept.first.1);
                assert!(picked.is_some() || kept.moderation.is_none(), "nobody else was picked");
                let Some(picked) = picked else { continue };
                picks.push(picked.why);
                changed += u32::from(kept.changed.is_some());
                returned += u32::from(!kept.audit.is_submitted());
                let ended = kept.moderation.is_some_and(|it| {
                    assert_ne!(it.moderator, kept.audit.auditor);
                    it.ended.is_some()
                });
                assert!(ended || progress.cycle.quarter == current, "audit {}", kept.audit.id);
                waiting += u32::from(!ended);
            }
        }
        assert!(picks.len() > 15 && picks.contains(&Why::Blind), "{picks:?}");
        assert!(waiting > 0 && returned == 1 && changed > 0, "{waiting} {returned} {changed}");
        let lines = visit.store.figures.agreement(AgreementFilter::default()).await.unwrap();
        let pairs: Vec<_> = lines.iter().map(|line| line.pair).collect();
        let all = Agreement::of(&pairs);
        assert!(all.same.percent().is_some_and(|it| (82..97).contains(&it)), "{:?}", all.same);
        let low = visit.made.contents.standards().filter(|standard| {
            let of_it = lines.iter().filter(|line| line.standard == standard.code);
            Agreement::of(&of_it.map(|line| line.pair).collect::<Vec<_>>()).is_low()
        });
        let low: Vec<&str> = low.map(|standard| standard.code.as_str()).collect();
        assert!((1..=6).contains(&low.len()), "standards that people read differently: {low:?}");
    }

    pub async fn actions_stand_at_every_stage(visit: Visit) {
        let actions = visit.store.actions.list(&ActionFilter::Every).await.unwrap();
        let made = &visit.made;
        assert!(actions.iter().any(|action| action.is_overdue(TODAY)));
        assert!(actions.iter().any(|action| !action.is_overdue(TODAY) && action.due >= TODAY));
        assert!(actions.iter().any(|action| action.owner.is_none()));
        let waiting =
            made.count("from action where addressed_on is not null and verified_on is null").await;
        let verified = made.count("from action where verified_on is not null").await;
        assert!(waiting > 5 && verified > waiting);
        let by_the_doer = "from action where verified_by = addressed_by or verified_by = owner_id";
        assert_eq!(made.count(by_the_doer).await, 0);
        assert_eq!(made.count("from action where addressed_by <> owner_id").await, 0);
        let back = "from journal_payload where payload like '%sent an action back%'";
        assert!(made.count(back).await > 0, "somebody was told: not yet");
        for kind in [
            "asked-for-time",
            "time-agreed",
            "time-refused",
            "held",
            "not-held",
            "not-needed",
            "joined",
        ] {
            let steps = format!("from action_step where kind = '{kind}'");
            assert!(made.count(&steps).await > 0, "{kind}");
        }
        assert_eq!(made.count("from action where held_by = verified_by").await, 0);
        assert!(made.count("from finding_again").await > 0, "something was found again");
    }

    pub async fn what_auditors_write_names_nobody(visit: Visit) {
        let made = &visit.made;
        let mut names = made.texts("select name from person union select name from worker").await;
        names = names.iter().flat_map(|name| name.split(' ').map(str::to_owned)).collect();
        let names_somebody = |text: &str| {
            let mut words = text.split(|c: char| !c.is_alphabetic());
            words.any(|word| names.iter().any(|name| name == word))
        };
        let written = made
            .texts(
                "select seen || ' ' || found from audit_answer \
                 union select what from finding union select proof from action \
                     where proof is not null \
                 union select words from moderation_reading where words <> '' \
                 union select why from moderation_outcome where why is not null \
                 union select reasons from audit where reasons is not null",
            )
            .await;
        assert!(written.len() > 300);
        for text in &written {
            assert!(!names_somebody(text), "{text}");
        }
        assert!(names_somebody("Seen by Priya."), "the test sees a name");
    }

    /// Every audit of the borough.
    async fn audits(visit: &Visit) -> Vec<AuditInHand> {
        let ids = visit.made.texts("select cast(id as text) from audit").await;
        let mut audits = Vec::new();
        for id in ids {
            audits.extend(visit.store.audits.in_hand(id.parse().unwrap()).await.unwrap());
        }
        assert!(audits.len() >= 60);
        audits
    }

    /// The record as it stood when it was drawn.
    fn as_drawn(audit: &Audit, workers: &[Worker]) -> Record {
        let holder = audit.line.worker.as_ref();
        Record {
            id: audit.record,
            line: audit.line.clone(),
            as_at: TODAY,
            worker: workers.iter().find(|worker| Some(&worker.name) == holder).cloned(),
            whereabouts: audit.whereabouts.clone(),
            service: None,
        }
    }

    pub async fn filing_is_checked_every_quarter_and_partly_put_right(visit: Visit) {
        let filing = &visit.store.filing;
        let protocols = filing.protocols().await.unwrap();
        assert_eq!(protocols.len(), 2, "the second supersedes the first");
        let items = visit.store.figures.filing_items().await.unwrap();
        let checked: BTreeSet<_> = items.iter().map(|it| it.quarter).collect();
        let quarters: BTreeSet<_> = visit.made.cast.quarters.iter().copied().collect();
        assert_eq!(checked, quarters);
        let of = |quarter, count: fn(&ItemCounts) -> u32| -> u32 {
            items.iter().filter(|it| it.quarter == quarter).map(|it| count(&it.counts)).sum()
        };
        for quarter in quarters {
            assert!(of(quarter, |it| it.late) > 0 && of(quarter, |it| it.missing) > 0);
            assert!(of(quarter, |it| it.timed) < of(quarter, ItemCounts::entered), "not all known");
        }
        let (open, cleared) = (Which::Open, Which::Cleared);
        let open = filing.mismatches(open).await.unwrap();
        let cleared = filing.mismatches(cleared).await.unwrap();
        assert!(open.len() >= 5 && cleared.len() >= 10, "{} and {}", open.len(), cleared.len());
        let paper = visit.store.figures.filing_paper().await.unwrap();
        assert!(paper.iter().any(|it| it.not_mentioned > 0 && it.unknown() > 0));
    }
}
