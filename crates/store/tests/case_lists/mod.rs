//! A case list is kept when it is read, and taken in when somebody has looked at it.

on_both_engines!(
    a_list_changes_nothing_until_it_is_taken_in,
    what_changed_since_the_last_list_is_counted,
    an_older_list_never_takes_the_place_of_a_newer_one,
    a_record_reads_back_as_the_list_said,
    a_large_list_is_kept_whole,
);

mod stories {
    use jiff::civil::date;
    use quarterlight_domain::case_list::Reference;
    use quarterlight_domain::cohort::Cohort;
    use quarterlight_domain::need::{Known, Placement};
    use quarterlight_store::{RecordFilter, TakenIn};

    use crate::world::{World, line, lines, stamp};

    pub async fn a_list_changes_nothing_until_it_is_taken_in(world: World) {
        let id = world.keep(lines(), date(2026, 10, 1)).await;
        assert!(world.store.case_lists.current().await.unwrap().is_none());
        assert!(world.store.records.frame(None).await.unwrap().is_empty());
        let taken = world.store.case_lists.take_in(&stamp(world.lead), id).await.unwrap();
        assert_eq!(taken, Some(TakenIn { records: 4, new: 4, changed: 0, gone: 0 }));
        assert_eq!(world.store.records.frame(None).await.unwrap().len(), 4);
        let again = world.store.case_lists.take_in(&stamp(world.lead), id).await.unwrap();
        assert_eq!(again, None);
    }

    pub async fn what_changed_since_the_last_list_is_counted(world: World) {
        world.import(lines(), date(2026, 10, 1)).await;
        let mut next = lines();
        next.remove(0);
        next[0].worker = Some("Bea Gallow".to_owned());
        next.push(line("R-9", None, "Team Two"));
        let id = world.keep(next, date(2026, 11, 1)).await;
        let taken = world.store.case_lists.take_in(&stamp(world.lead), id).await.unwrap();
        assert_eq!(taken, Some(TakenIn { records: 4, new: 1, changed: 1, gone: 1 }));
        let gone = world.store.records.by_reference(&Reference::new("R-1").unwrap()).await;
        assert!(gone.unwrap().is_none());
    }

    pub async fn an_older_list_never_takes_the_place_of_a_newer_one(world: World) {
        let newer = world.import(lines(), date(2026, 11, 1)).await;
        let older = world.keep(lines(), date(2026, 10, 1)).await;
        let taken = world.store.case_lists.take_in(&stamp(world.lead), older).await.unwrap();
        assert_eq!(taken, None);
        assert_eq!(world.store.case_lists.current().await.unwrap().unwrap().id, newer);
    }

    pub async fn a_record_reads_back_as_the_list_said(world: World) {
        let mut list = lines();
        list[0].disabled = Known::Yes;
        list[0].placement = Placement::OutOfArea;
        world.import(list.clone(), date(2026, 10, 1)).await;
        let record = world.store.records.by_reference(&list[0].reference).await.unwrap().unwrap();
        assert_eq!(record.line, list[0]);
        assert_eq!(record.service.as_deref(), Some("Children in Need"));
        assert!(record.whereabouts.is_within(world.service));
        let filter =
            RecordFilter { cohort: Some(Cohort::DisabledPlacedOut), ..RecordFilter::default() };
        let (found, matching) = world.store.records.list(&filter).await.unwrap();
        assert_eq!((found.len(), matching), (1, 1));
        let unknown = Reference::new("R-4").unwrap();
        let record = world.store.records.by_reference(&unknown).await.unwrap().unwrap();
        assert_eq!((record.service, record.whereabouts.places().len()), (None, 0));
    }

    pub async fn a_large_list_is_kept_whole(world: World) {
        let many: Vec<_> =
            (0..2_500).map(|n| line(&format!("L-{n}"), Some("Nia Pell"), "Team One")).collect();
        world.import(many, date(2026, 10, 1)).await;
        assert_eq!(world.store.records.frame(None).await.unwrap().len(), 2_500);
        let (page, matching) = world.store.records.list(&RecordFilter::default()).await.unwrap();
        assert_eq!((page.len(), matching), (200, 2_500));
    }
}
