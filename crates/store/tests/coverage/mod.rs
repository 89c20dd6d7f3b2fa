//! Cells, claims and requests to the next draw.

mod size;

on_both_engines!(
    cells_add_up_to_the_open_records,
    a_list_taken_in_before_cells_were_counted_has_its_cells,
    an_audit_counts_in_the_cell_of_its_record_and_in_no_other,
    a_cell_opens_its_records_and_no_others,
    coverage_asks_as_many_times_for_many_records_as_for_few,
    claims_are_kept_and_the_latest_holds,
    a_form_sent_twice_claims_once,
    a_request_is_open_until_a_draw_takes_it_up,
    one_cell_has_one_open_request_and_it_can_be_withdrawn,
    counts_of_audits_equal_a_recount_by_hand,
    what_was_claimed_asked_and_counted_never_changes,
);

mod stories {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    use std::sync::atomic::Ordering;

    use jiff::civil::date;
    use quarterlight_domain::calendar::Quarter;
    use quarterlight_domain::case_list::{CaseLine, Reference};
    use quarterlight_domain::cell::{CellKind, CellPattern, Within};
    use quarterlight_domain::claim::{NewClaim, Standing};
    use quarterlight_domain::coverage::{CoverageState, by_cohort};
    use quarterlight_domain::id::PlaceId;
    use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
    use quarterlight_domain::text::Reason;
    use quarterlight_store::RecordFilter;

    use crate::world::{World, line, sql, stamp};

    fn quarter() -> Quarter {
        "2026-Q4".parse().unwrap()
    }

    /// Records of every kind, in teams of the service and in one that nobody knows.
    fn every_kind() -> Vec<CaseLine> {
        let teams = ["Team One", "Team Two", "A team that nobody knows"];
        let mut lines = Vec::new();
        for bits in 1..16_usize {
            let needs: Needs = Need::ALL
                .into_iter()
                .enumerate()
                .filter(|(place, _)| bits & (1 << place) != 0)
                .map(|(_, need)| need)
                .collect();
            for (number, disabled) in Known::ALL.into_iter().enumerate() {
                for (place, placement) in Placement::ALL.into_iter().enumerate() {
                    let number = bits * 12 + number * 4 + place;
                    lines.push(CaseLine {
                        needs: needs.clone(),
                        disabled,
                        placement,
                        unaccompanied: Known::ALL[number % 3],
                        route: LegalRoute::ALL[number % 6],
                        ..line(&format!("R-{number}"), None, teams[number % 3])
                    });
                }
            }
        }
        lines
    }

    fn service_of(world: &World, line: &CaseLine) -> Option<PlaceId> {
        let known = line.team.as_deref().is_some_and(|team| team.starts_with("Team"));
        known.then_some(world.service)
    }

    pub async fn cells_add_up_to_the_open_records(world: World) {
        let lines = every_kind();
        let mut wanted: BTreeMap<(Option<PlaceId>, CellKind), u32> = BTreeMap::new();
        for line in &lines {
            *wanted.entry((service_of(&world, line), CellKind::of(line))).or_default() += 1;
        }
        let open = u32::try_from(lines.len()).unwrap();
        world.import(lines, date(2026, 10, 1)).await;
        let cells = world.store.figures.coverage(quarter()).await.unwrap();
        let found: BTreeMap<_, _> =
            cells.iter().map(|cell| ((cell.service, cell.kind), cell.open)).collect();
        assert_eq!(found, wanted);
        assert_eq!(cells.iter().map(|cell| cell.open).sum::<u32>(), open);
        assert_eq!(by_cohort(&cells).iter().map(|line| line.open).sum::<u32>(), open);
        let lost = cells.iter().find(|cell| cell.service.is_none()).unwrap();
        assert_eq!(lost.state(), CoverageState::Unknown);
    }

    /// The step counts the lists that were there before it, in the words that taking in uses.
    pub async fn a_list_taken_in_before_cells_were_counted_has_its_cells(world: World) {
        world.import(every_kind(), date(2026, 10, 1)).await;
        let before = world.store.figures.coverage(quarter()).await.unwrap();
        let step = include_str!("../../migrations/0005_coverage.sql");
        let backfill = |table: &str| {
            let words = step.split(';').find(|it| it.contains(&format!("insert into {table}")));
            format!("insert{}", words.unwrap().split("insert").nth(1).unwrap())
        };
        let again = backfill("case_list_record");
        assert!(sql(&world, &again).await.is_err(), "it finds the cells that taking in found");
        sql(&world, &backfill("case_list_cell")).await.unwrap();
        let twice = world.store.figures.coverage(quarter()).await.unwrap();
        assert_eq!(before.len(), twice.len());
        for (once, twice) in before.iter().zip(&twice) {
            assert_eq!((once.kind, once.open * 2), (twice.kind, twice.open));
        }
    }

    pub async fn an_audit_counts_in_the_cell_of_its_record_and_in_no_other(world: World) {
        let audit = world.audit().await;
        let cells = world.store.figures.coverage(quarter()).await.unwrap();
        let planned: u32 = cells.iter().map(|cell| cell.planned).sum();
        assert_eq!((planned, cells[0].state()), (1, CoverageState::Planned));
        let submitted = "update audit set submitted_at = '2026-11-20T10:00:00Z', grade = 'good', \
             reasons = 'test' where id = ";
        sql(&world, &format!("{submitted}{audit}")).await.unwrap();
        let cells = world.store.figures.coverage(quarter()).await.unwrap();
        let counts: Vec<_> = cells.iter().map(|cell| (cell.audited, cell.planned)).collect();
        assert_eq!(counts, [(1, 0), (0, 0)]);
        let audits = world.store.figures.cell_audits(&cells[0].pattern()).await.unwrap();
        assert_eq!(audits.len(), 1);
        assert_eq!((audits[0].framework.as_str(), audits[0].submitted), ("Ours", 1));
        assert!(world.store.figures.cell_audits(&cells[1].pattern()).await.unwrap().is_empty());
    }

    pub async fn a_cell_opens_its_records_and_no_others(world: World) {
        let lines = every_kind();
        world.import(lines.clone(), date(2026, 10, 1)).await;
        let cells = world.store.figures.coverage(quarter()).await.unwrap();
        let out = CellPattern {
            disabled: Some(Known::Yes),
            placement: Some(Placement::OutOfArea),
            ..CellPattern::default()
        };
        let nowhere = CellPattern { within: Within::NoService, ..CellPattern::default() };
        let ones = cells.iter().step_by(9).map(quarterlight_domain::coverage::Cell::pattern);
        for pattern in ones.chain([out, nowhere, CellPattern::default()]) {
            let filter = RecordFilter { cells: pattern, ..RecordFilter::default() };
            let (found, matching) = world.store.records.list(&filter).await.unwrap();
            let mut wanted: Vec<&Reference> = lines
                .iter()
                .filter(|line| pattern.matches(line, service_of(&world, line)))
                .map(|line| &line.reference)
                .collect();
            wanted.sort();
            assert!(!wanted.is_empty());
            assert_eq!(matching as usize, wanted.len(), "{pattern}");
            let found: Vec<_> = found.iter().map(|line| &line.reference).collect();
            assert_eq!(found, wanted, "{pattern}");
        }
    }

    pub async fn coverage_asks_as_many_times_for_many_records_as_for_few(world: World) {
        let (store, count) = world.counted().await;
        world.import(vec![line("R-1", None, "Team One")], date(2026, 10, 1)).await;
        let statements = async || {
            let before = count.load(Ordering::Relaxed);
            store.figures.coverage(quarter()).await.unwrap();
            count.load(Ordering::Relaxed) - before
        };
        let few = statements().await;
        world.import(every_kind(), date(2026, 11, 1)).await;
        assert_eq!(statements().await, few);
        assert_eq!(few, 3);
    }

    fn claim(pattern: CellPattern, place: Option<PlaceId>, plan: &str) -> NewClaim {
        NewClaim {
            pattern,
            place,
            owner: None,
            framework: "Ours".to_owned(),
            plan: plan.to_owned(),
            from: date(2026, 10, 1),
        }
    }

    pub async fn claims_are_kept_and_the_latest_holds(world: World) {
        let claims = &world.store.claims;
        let all = CellPattern { within: Within::Service(world.service), ..CellPattern::default() };
        let kind = CellKind::of(&line("R-1", None, "Team One"));
        let mut owned = claim(all, Some(world.service), "Second.");
        owned.owner = Some(world.rosa);
        let stamp = stamp(world.lead);
        claims.make(&stamp, &claim(all, Some(world.service), "First."), "1").await.unwrap();
        claims.make(&stamp, &owned, "2").await.unwrap();
        let kept = claims.all().await.unwrap();
        assert_eq!(kept.len(), 2, "the first is history and still there");
        let standing = Standing::on(&kept, date(2026, 11, 23));
        let holding = standing.holding(kind, Some(world.service)).unwrap();
        assert_eq!(holding.plan, "Second.");
        assert_eq!(holding.owner_words().unwrap(), "Rosa Whitlow, for Children in Need");
        assert_eq!(holding.said_by.as_deref(), Some("Amara Osei"));
        assert!(standing.holding(kind, None).is_none());
        claims.make(&stamp, &claim(all, None, "No longer."), "3").await.unwrap();
        let kept = claims.all().await.unwrap();
        let standing = Standing::on(&kept, date(2026, 11, 23));
        assert!(standing.holding(kind, Some(world.service)).is_none(), "given up");
        assert_eq!(kept.len(), 3);
    }

    pub async fn a_form_sent_twice_claims_once(world: World) {
        let claims = &world.store.claims;
        let all = claim(CellPattern::default(), Some(world.service), "Two each quarter.");
        claims.make(&stamp(world.lead), &all, "one form").await.unwrap();
        let again = claims.make(&stamp(world.lead), &all, "one form").await;
        assert!(again.unwrap_err().is_duplicate());
        assert_eq!(claims.all().await.unwrap().len(), 1);
    }

    pub async fn a_request_is_open_until_a_draw_takes_it_up(world: World) {
        let requests = &world.store.draw_requests;
        let (stamp, because) = (stamp(world.lead), Reason::new("Nobody has seen one.").unwrap());
        let pattern = CellPattern { need: Some(Need::InCare), ..CellPattern::default() };
        let first = requests.ask(&stamp, (pattern, 3), &because, "1").await.unwrap().unwrap();
        let other = CellPattern::default();
        requests.ask(&stamp, (other, 1), &because, "2").await.unwrap();
        assert!(requests.ask(&stamp, (other, 1), &because, "2").await.unwrap_err().is_duplicate());
        let open = requests.open_requests().await.unwrap();
        assert_eq!(open.len(), 2);
        assert_eq!((open[0].pattern, open[0].at_least), (pattern, 3));
        assert_eq!(open[0].asked_by.as_deref(), Some("Amara Osei"));
        requests.take_up(&stamp, first, world.cycle).await.unwrap();
        let open = requests.open_requests().await.unwrap();
        assert_eq!((open.len(), open[0].pattern), (1, other));
        assert!(requests.take_up(&stamp, first, world.cycle).await.unwrap_err().is_duplicate());
    }

    pub async fn one_cell_has_one_open_request_and_it_can_be_withdrawn(world: World) {
        let requests = &world.store.draw_requests;
        let (stamp, because) = (stamp(world.lead), Reason::new("Nobody has seen one.").unwrap());
        let pattern = CellPattern { need: Some(Need::InCare), ..CellPattern::default() };
        let first = requests.ask(&stamp, (pattern, 3), &because, "1").await.unwrap().unwrap();
        assert_eq!(requests.ask(&stamp, (pattern, 5), &because, "2").await.unwrap(), None);
        let open = requests.open_requests().await.unwrap();
        assert_eq!((open.len(), open[0].at_least), (1, 3), "the first stands");
        let elsewhere = (CellPattern::default(), first);
        assert!(!requests.withdraw(&stamp, elsewhere, &because).await.unwrap(), "another cell’s");
        assert!(requests.withdraw(&stamp, (pattern, first), &because).await.unwrap());
        assert!(!requests.withdraw(&stamp, (pattern, first), &because).await.unwrap(), "once only");
        assert!(requests.open_requests().await.unwrap().is_empty());
        let again = requests.ask(&stamp, (pattern, 5), &because, "3").await.unwrap().unwrap();
        requests.take_up(&stamp, again, world.cycle).await.unwrap();
        assert!(!requests.withdraw(&stamp, (pattern, again), &because).await.unwrap(), "drawn");
        let third = requests.ask(&stamp, (pattern, 1), &because, "4").await.unwrap();
        assert!(third.is_some(), "a request that was taken up stands in nobody’s way");
        requests.withdraw(&stamp, (pattern, third.unwrap()), &because).await.unwrap();
        for change in ["delete from draw_request_withdrawn", "delete from case_list_record"] {
            assert!(sql(&world, change).await.is_err(), "{change}");
        }
    }

    /// Audits of five quarters in every stage, counted again from what was put in and from the rules
    /// of the domain, on a list that replaced another.
    pub async fn counts_of_audits_equal_a_recount_by_hand(world: World) {
        let lines = every_kind();
        let fewer = lines.iter().skip(40).cloned().collect();
        world.import(fewer, date(2026, 9, 1)).await;
        world.import(lines.clone(), date(2026, 10, 1)).await;
        let quarters = ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"];
        let lead = stamp(world.lead);
        for quarter in &quarters[..4] {
            let due = date(2026, 9, 11);
            world
                .store
                .cycles
                .open(&lead, quarter.parse().unwrap(), world.edition, due)
                .await
                .unwrap();
        }
        let mut wanted: BTreeMap<(Option<PlaceId>, CellKind), (u32, u32)> = BTreeMap::new();
        let mut audits = String::new();
        for (number, line) in lines.iter().enumerate() {
            let reference = line.reference.as_str();
            // Which quarters it has an audit in, and which of those are submitted.
            let (has, done) = (number * 7 % 32, number * 11 % 32);
            for (place, quarter) in quarters.iter().enumerate().filter(|(it, _)| has >> it & 1 == 1)
            {
                let submitted = if done >> place & 1 == 1 {
                    "'2026-09-20T10:00:00Z', 'good', 'test'"
                } else {
                    "null, null, null"
                };
                write!(
                    audits,
                    "insert into audit (cycle_id, record_id, line_id, edition_id, auditor_id, due, \
                     submitted_at, grade, reasons) select cycle.id, line.record_id, line.id, \
                     cycle.edition_id, {}, '2026-09-11', {submitted} from case_list_line line \
                     join cycle on cycle.quarter = '{quarter}' \
                     join case_list on case_list.id = line.case_list_id \
                     where line.reference = '{reference}' and case_list.as_at = '2026-10-01';",
                    world.priya
                )
                .unwrap();
            }
            let audited = has & done & 0b1_1110 != 0;
            let planned = !audited && has & !done & 0b1_0000 != 0;
            let counts = wanted.entry((service_of(&world, line), CellKind::of(line))).or_default();
            counts.0 += u32::from(audited);
            counts.1 += u32::from(planned);
        }
        sql(&world, &audits).await.unwrap();
        let cells = world.store.figures.coverage(quarter()).await.unwrap();
        let found: BTreeMap<_, _> = cells
            .iter()
            .map(|cell| ((cell.service, cell.kind), (cell.audited, cell.planned)))
            .collect();
        assert_eq!(found, wanted);
        let sum = |of: fn(&(u32, u32)) -> u32| wanted.values().map(of).sum::<u32>();
        assert!(sum(|counts| counts.0) > 20 && sum(|counts| counts.1) > 5, "{wanted:?}");
    }

    pub async fn what_was_claimed_asked_and_counted_never_changes(world: World) {
        world.import(every_kind(), date(2026, 10, 1)).await;
        let all = claim(CellPattern::default(), Some(world.service), "Two each quarter.");
        world.store.claims.make(&stamp(world.lead), &all, "1").await.unwrap();
        let because = Reason::new("Nobody has seen one.").unwrap();
        let request = (CellPattern::default(), 1);
        world.store.draw_requests.ask(&stamp(world.lead), request, &because, "1").await.unwrap();
        for table in ["case_list_cell", "coverage_claim", "draw_request"] {
            assert!(sql(&world, &format!("delete from {table}")).await.is_err(), "{table}");
        }
        for change in [
            "update case_list_cell set open = open + 1",
            "update coverage_claim set plan = 'other'",
            "update draw_request set at_least = 9",
        ] {
            assert!(sql(&world, change).await.is_err(), "{change}");
        }
    }
}
