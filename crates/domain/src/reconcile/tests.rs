//! The rules of putting sources together, each with the case that would break it.

use jiff::civil::{Date, date};

use super::*;
use crate::allocation::Experience;
use crate::case_list::KeyDate;
use crate::history::{Fact, History};
use crate::need::{Known, LegalRoute, Need, Needs, Placement};
use crate::source::{Holder, Sighting, Source, SourceKind, SourceList, WorkerSighting};

const DAY: Date = date(2026, 3, 31);

fn seen(reference: &str, need: Need) -> Sighting {
    Sighting {
        list: 0,
        row: Some(2),
        reference: Reference::new(reference).unwrap(),
        open: Known::Yes,
        needs: [need].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::Unknown,
        placement: None,
        route: None,
        holder: Holder::default(),
        team: None,
        history: History::default(),
    }
}

fn born(mut it: Sighting, day: Date) -> Sighting {
    it.history.born = Some(day);
    it
}

fn held(mut it: Sighting, name: &str, team: &str) -> Sighting {
    it.holder.name = Some(name.to_owned());
    it.team = Some(team.to_owned());
    it
}

fn source(kind: SourceKind, lists: &[&str], sightings: Vec<Sighting>) -> Source {
    let list = |name: &&str| SourceList {
        name: (*name).to_owned(),
        tells: [Fact::Born].into(),
        rows: sightings.len(),
    };
    Source {
        kind,
        name: kind.words().to_owned(),
        as_at: DAY,
        lists: lists.iter().map(list).collect(),
        sightings,
        workers: Vec::new(),
    }
}

fn annex_a(sightings: Vec<Sighting>) -> Source {
    source(SourceKind::AnnexA, &["List 6", "List 8"], sightings)
}

fn dataset(sightings: Vec<Sighting>) -> Source {
    source(SourceKind::SafeguardingDataset, &["ssd_person"], sightings)
}

fn send(sightings: Vec<Sighting>) -> Source {
    let silent = |it: Sighting| Sighting { open: Known::Unknown, needs: Needs::new(), ..it };
    source(SourceKind::LocalList, &["SEND list"], sightings.into_iter().map(silent).collect())
}

fn together(sources: &[Source]) -> Together {
    let decisions = Decisions::default();
    put_together(Parts { sources, known: &[], decisions: &decisions })
}

fn matters(together: &Together) -> Vec<Matter> {
    together.conflicts.iter().map(|it| it.matter).collect()
}

#[test]
fn the_same_text_is_one_record_and_a_blank_is_filled_from_another_list() {
    let mut known = seen("A1", Need::ChildInNeed);
    known.disabled = Known::Yes;
    let all = together(&[dataset(vec![known]), annex_a(vec![seen("A1", Need::ChildInNeed)])]);
    assert_eq!(all.lines.len(), 1);
    assert_eq!(all.lines[0].0.disabled, Known::Yes);
    assert_eq!(all.rates[1].exact, 1);
    assert_eq!(all.conflicts, []);
    assert_eq!(all.as_at, Some(DAY));
}

#[test]
fn a_number_that_lost_its_zeros_is_the_same_record_only_with_the_same_birth_date() {
    let day = date(2013, 1, 29);
    let ours = born(seen("00123", Need::InCare), day);
    let theirs = |reference: &str, day| born(seen(reference, Need::InCare), day);
    let sure = together(&[annex_a(vec![ours.clone()]), dataset(vec![theirs("123", day)])]);
    assert_eq!((sure.lines.len(), sure.doubts.len()), (1, 0));
    assert_eq!(sure.lines[0].0.reference.as_str(), "00123");
    assert_eq!(sure.rates[1].written_differently, 1);
    let differs =
        together(&[annex_a(vec![ours.clone()]), dataset(vec![theirs("123.0", date(2013, 1, 30))])]);
    assert_eq!(differs.lines.len(), 2);
    assert_eq!(differs.doubts[0].why, Why::BirthDateDiffers);
    assert_eq!(differs.rates[1].doubtful, 1);
    let unknown = together(&[annex_a(vec![ours]), dataset(vec![seen("123", Need::InCare)])]);
    assert_eq!(unknown.doubts[0].why, Why::BirthDateNotKnown);
}

#[test]
fn what_a_person_said_of_two_references_is_followed() {
    let sources =
        [annex_a(vec![seen("00123", Need::InCare)]), dataset(vec![seen("123", Need::InCare)])];
    for (same, records) in [(true, 1), (false, 2)] {
        let mut decisions = Decisions::default();
        decisions.record("123", "00123", same);
        let all = put_together(Parts { sources: &sources, known: &[], decisions: &decisions });
        assert_eq!((all.lines.len(), all.doubts.len()), (records, 0));
        assert_eq!(all.rates[1].confirmed, usize::from(same));
    }
}

#[test]
fn two_writings_on_one_list_are_two_records_until_somebody_says_otherwise() {
    let both = vec![seen("00123", Need::InCare), seen("123", Need::InCare)];
    let all = together(&[annex_a(both)]);
    assert_eq!(all.lines.len(), 2);
    assert_eq!(all.doubts[0].why, Why::OnOneList);
    let (one, other) = (date(2013, 1, 29), date(2011, 5, 3));
    let apart =
        vec![born(seen("00123", Need::InCare), one), born(seen("123", Need::InCare), other)];
    assert_eq!(together(&[annex_a(apart)]).doubts, []);
}

#[test]
fn a_record_keeps_the_reference_that_it_had_on_the_list_in_use() {
    let day = date(2013, 1, 29);
    let known = [(Reference::new("00123").unwrap(), Some(day))];
    let sources = [annex_a(vec![born(seen("123", Need::InCare), day)])];
    let decisions = Decisions::default();
    let all = put_together(Parts { sources: &sources, known: &known, decisions: &decisions });
    assert_eq!(all.lines[0].0.reference.as_str(), "00123");
    let fresh = together(&sources);
    assert_eq!(fresh.lines[0].0.reference.as_str(), "123");
}

#[test]
fn every_difference_is_kept_and_the_more_trusted_list_is_followed() {
    let mut ours = held(born(seen("A1", Need::InCare), date(2013, 1, 29)), "Ada Oakes", "North");
    ours.disabled = Known::No;
    ours.placement = Some(Placement::InArea);
    let mut theirs = held(born(seen("A1", Need::InCare), date(2013, 2, 28)), "Kit Lund", "South");
    theirs.disabled = Known::Yes;
    theirs.placement = Some(Placement::OutOfArea);
    let all = together(&[dataset(vec![theirs]), annex_a(vec![ours.clone()])]);
    assert_eq!(
        matters(&all),
        [Matter::BirthDate, Matter::Disability, Matter::Placement, Matter::Worker, Matter::Team]
    );
    let line = &all.lines[0].0;
    assert_eq!((line.disabled, line.placement), (Known::No, Placement::InArea));
    assert_eq!(line.worker.as_deref(), Some("Ada Oakes"));
    assert_eq!(line.history.born, Some(date(2013, 1, 29)));
    assert_eq!(all.conflicts[0].says[1].what, "2013-02-28");
    // The control: the same said twice is no difference.
    assert_eq!(matters(&together(&[dataset(vec![ours.clone()]), annex_a(vec![ours])])), []);
}

#[test]
fn a_list_that_does_not_say_whether_records_are_open_opens_none() {
    let mut placed_away = seen("S9", Need::ChildInNeed);
    placed_away.disabled = Known::Yes;
    placed_away.placement = Some(Placement::OutOfArea);
    let all = together(&[annex_a(vec![seen("A1", Need::ChildInNeed)]), send(vec![placed_away])]);
    assert_eq!(all.lines.len(), 1);
    assert_eq!(all.apart.len(), 1);
    assert_eq!(all.apart[0].standing, Standing::Unknown);
    assert_eq!(all.apart[0].disabled, Known::Yes);
    assert_eq!(all.apart[0].placement, Some(Placement::OutOfArea));
    assert_eq!(all.rates[1].alone, 1);
}

#[test]
fn an_older_list_opens_nothing_and_says_nothing_of_today() {
    let mut older = dataset(vec![
        held(seen("A1", Need::InCare), "Kit Lund", "South"),
        seen("A2", Need::InCare),
    ]);
    older.as_at = date(2025, 3, 31);
    older.sightings[0].disabled = Known::Yes;
    let all = together(&[older.clone(), annex_a(vec![seen("A1", Need::ChildInNeed)])]);
    assert_eq!(all.lines.len(), 1);
    assert_eq!(all.lines[0].0.worker, None);
    assert_eq!(all.lines[0].0.needs, [Need::ChildInNeed].into());
    assert_eq!(all.lines[0].0.disabled, Known::Yes);
    assert_eq!(all.apart[0].standing, Standing::OpenOnAnOlderList);
    // The control: of the same day, it opens the record and names the worker.
    older.as_at = DAY;
    let all = together(&[older, annex_a(vec![seen("A1", Need::ChildInNeed)])]);
    assert_eq!(all.lines.len(), 2);
    assert_eq!(all.lines[0].0.worker.as_deref(), Some("Kit Lund"));
}

#[test]
fn a_need_is_added_only_by_a_list_that_alone_could_know_it() {
    let census = |need| source(SourceKind::InNeedCensus, &["Children"], vec![seen("A1", need)]);
    let returned =
        source(SourceKind::LookedAfterReturn, &["Episodes"], vec![seen("A1", Need::InCare)]);
    let both = together(&[census(Need::ChildProtection), returned.clone()]);
    assert_eq!(both.lines[0].0.needs, [Need::ChildProtection, Need::InCare].into());
    let in_need = together(&[census(Need::ChildInNeed), returned.clone()]);
    assert_eq!(in_need.lines[0].0.needs, [Need::InCare].into());
    let ours = annex_a(vec![seen("A1", Need::ChildInNeed), seen("A2", Need::InCare)]);
    let differ = together(&[ours, returned]);
    assert_eq!(differ.lines[0].0.needs, [Need::ChildInNeed].into());
    assert_eq!(matters(&differ), [Matter::Need]);
}

#[test]
fn an_assessment_is_a_need_only_where_there_is_no_other() {
    let mut assessed = seen("A1", Need::ChildInNeed);
    (assessed.needs, assessed.assessment_open) = (Needs::new(), true);
    let alone = together(&[annex_a(vec![assessed.clone()])]);
    assert_eq!(alone.lines[0].0.needs, [Need::ChildInNeed].into());
    assert!(alone.lines[0].0.assessment_open);
    // Another source that has the child in need says nothing else.
    let both =
        together(&[annex_a(vec![assessed.clone()]), dataset(vec![seen("A1", Need::ChildInNeed)])]);
    assert!(both.lines[0].0.assessment_open);
    assert_eq!(both.conflicts, []);
    let in_care = Sighting { list: 1, ..seen("A1", Need::InCare) };
    let both = together(&[annex_a(vec![assessed, in_care])]);
    assert_eq!(both.lines[0].0.needs, [Need::InCare].into());
    assert!(!both.lines[0].0.assessment_open);
    assert_eq!(both.lines[0].0.route, LegalRoute::InCare);
    assert_eq!(both.lines[0].0.placement, Placement::Unknown);
}

#[test]
fn a_visit_is_the_latest_of_all_lists_and_a_beginning_is_the_trusted_one() {
    let with = |mut it: Sighting, kind, day| {
        it.history.dates.entry(kind).or_default().insert(day);
        it
    };
    let ours = with(seen("A1", Need::InCare), KeyDate::CareVisit, date(2026, 2, 1));
    let ours = with(ours, KeyDate::CareStarted, date(2024, 2, 1));
    let theirs = with(seen("A1", Need::InCare), KeyDate::CareVisit, date(2026, 3, 1));
    let theirs = with(theirs, KeyDate::CareStarted, date(2024, 5, 5));
    let all = together(&[annex_a(vec![ours]), dataset(vec![theirs])]);
    let dates = &all.lines[0].0.dates;
    assert_eq!(dates[&KeyDate::CareVisit], date(2026, 3, 1));
    assert_eq!(dates[&KeyDate::CareStarted], date(2024, 2, 1));
}

fn told(name: Option<&str>, number: Option<&str>, team: Option<&str>) -> WorkerSighting {
    WorkerSighting {
        worker: Holder {
            name: name.map(str::to_owned),
            registration: number.map(str::to_owned),
            staff_number: None,
        },
        team: team.map(str::to_owned),
        experience: Experience::Unknown,
        full_time_thousandths: None,
        agency: Known::Unknown,
    }
}

#[test]
fn experience_comes_from_the_census_by_way_of_the_number_and_the_name_in_the_team() {
    let record = held(seen("A1", Need::InCare), "Oakes, Ada", "North");
    let mut census = source(SourceKind::WorkforceCensus, &["Workers"], Vec::new());
    census.workers.push(WorkerSighting {
        experience: Experience::NewlyQualified,
        ..told(None, Some("SW1"), None)
    });
    let mut local = source(SourceKind::LocalList, &["Staff"], Vec::new());
    local.workers.push(told(Some("Ada Oakes"), Some("sw1"), Some("North")));
    let all = together(&[annex_a(vec![record.clone()]), census.clone(), local.clone()]);
    assert_eq!(all.workers.len(), 1);
    assert_eq!(all.workers[0].name.as_deref(), Some("Oakes, Ada"));
    assert_eq!(all.workers[0].experience, Experience::NewlyQualified);
    assert_eq!(all.worker_doubts, []);
    // In another team the name alone is not enough, until a person says so.
    local.workers[0].team = Some("South".to_owned());
    let sources = [annex_a(vec![record]), census, local];
    let asked = together(&sources);
    assert_eq!(asked.worker_doubts.len(), 1);
    assert_eq!(asked.workers[0].name.as_deref(), Some("Ada Oakes"));
    let doubt = &asked.worker_doubts[0];
    let mut decisions = Decisions::default();
    decisions.worker(&doubt.one, &doubt.other, true);
    let said = put_together(Parts { sources: &sources, known: &[], decisions: &decisions });
    assert_eq!(said.workers[0].name.as_deref(), Some("Oakes, Ada"));
    assert_eq!(said.worker_rates[0].confirmed, 1);
}

#[test]
fn a_name_with_two_numbers_is_nobody_in_particular() {
    let record = held(seen("A1", Need::InCare), "Ada Oakes", "North");
    let mut local = source(SourceKind::LocalList, &["Staff"], Vec::new());
    local.workers.push(told(Some("Ada Oakes"), Some("SW1"), Some("North")));
    local.workers.push(told(Some("Ada Oakes"), Some("SW2"), Some("North")));
    let all = together(&[annex_a(vec![record]), local]);
    assert_eq!(all.worker_doubts.len(), 2);
    assert_eq!(all.workers.len(), 2);
}

#[test]
fn nobody_is_an_answer_of_the_list_that_is_followed() {
    let mut ours = seen("A1", Need::InCare);
    ours.history.asked.insert(Fact::Worker);
    let theirs = held(seen("A1", Need::InCare), "Kit Lund", "South");
    let all = together(&[annex_a(vec![ours.clone()]), dataset(vec![theirs.clone()])]);
    assert_eq!(all.lines[0].0.worker, None);
    let said: Vec<&str> = all.conflicts[0].says.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(said, ["nobody", "Kit Lund"]);
    // Another list of the same source that names somebody is the source's answer, and so is the
    // other source's where the first has no column for workers.
    let named = held(Sighting { list: 1, ..seen("A1", Need::InCare) }, "Kit Lund", "South");
    let all = together(&[annex_a(vec![ours.clone(), named]), dataset(vec![theirs.clone()])]);
    assert_eq!((all.lines[0].0.worker.as_deref(), all.conflicts.len()), (Some("Kit Lund"), 0));
    ours.history.asked.clear();
    let all = together(&[annex_a(vec![ours]), dataset(vec![theirs])]);
    assert_eq!((all.lines[0].0.worker.as_deref(), all.conflicts.len()), (Some("Kit Lund"), 0));
}

#[test]
fn a_number_that_nobody_explains_is_no_difference() {
    let ours = held(seen("A1", Need::InCare), "Ada Oakes", "North");
    let mut theirs = seen("A1", Need::InCare);
    theirs.holder.registration = Some("SW100012".to_owned());
    let returned = source(SourceKind::LookedAfterReturn, &["SWEpisodes"], vec![theirs]);
    let all = together(&[annex_a(vec![ours]), returned.clone()]);
    assert_eq!(all.conflicts, []);
    assert_eq!(all.worker_rates[1].alone, 1);
    let alone = together(&[returned]);
    assert_eq!(alone.lines[0].0.worker.as_deref(), Some("SW100012"));
}

#[test]
fn lists_say_how_many_of_their_records_are_on_other_sources() {
    let all = together(&[
        annex_a(vec![seen("A1", Need::InCare), seen("A2", Need::InCare)]),
        send(vec![seen("A2", Need::InCare), seen("S9", Need::InCare)]),
    ]);
    assert_eq!(all.lists.len(), 3);
    assert_eq!(all.lists[0].records, 2);
    assert_eq!(all.lists[0].on_source[&1], 1);
    assert_eq!(all.lists[2].on_source[&0], 1);
    assert_eq!(all.lines[1].1, [0, 2]);
}

#[test]
fn what_no_list_tells_is_said_with_what_it_switches_off() {
    let sources = [annex_a(Vec::new())];
    let silent: Vec<Fact> = silences(&sources).iter().map(|it| it.fact).collect();
    assert!(!silent.contains(&Fact::Born));
    assert!(silent.contains(&Fact::Disability));
}

#[test]
fn every_code_leads_back_to_its_value() {
    for matter in Matter::ALL {
        assert_eq!(Matter::from_code(matter.code()), Some(matter));
    }
    for why in Why::ALL {
        assert_eq!(Why::from_code(why.code()), Some(why));
    }
    for standing in Standing::ALL {
        assert_eq!(Standing::from_code(standing.code()), Some(standing));
    }
}
