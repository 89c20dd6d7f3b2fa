//! Of a restricted record nobody reads a fact or a word who has not said why, on whatever page, in
//! whatever file and by whatever search.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_domain::need::{Need, Placement};
use scraper::{ElementRef, Html, Selector};

use crate::browser::World;
use crate::marks::{EVERY_ROLE, column, in_neither, kind, marks, plant, walk};
use crate::nobody_else::sql;
use crate::permissions::everything;

/// Records about which something is written or said.
pub const ABOUT: &str = "select distinct cast(id as text) from record where id in ( \
     select record_id from audit union select record_id from filing_check \
     union select record_id from concern union select record_id from record_exclusion \
     union select record_id from conflict union select record_id from allocation_reason \
     union select record_id from draw_pick \
     union select record.id from record join case_list_conflict it \
         on it.reference = record.reference \
     union select record.id from record join case_list_apart it on it.reference = record.reference \
     union select record.id from record join case_list_closing it \
         on it.reference = record.reference \
     union select record.id from record join case_list_doubt it \
         on it.one = record.reference or it.other = record.reference)";

/// What the lists say of a record, in the words in which pages say it.
async fn facts(world: &World, records: &[i64]) -> BTreeMap<String, BTreeSet<String>> {
    let query = "select record.reference || '|' || line.needs || '|' || line.placement || '|' \
         || coalesce(worker.name, '') || '|' || coalesce(place.name, '') || '|' || record.id \
         from record join case_list_line line on line.record_id = record.id \
         left join worker on worker.id = line.worker_id \
         left join place on place.id = line.team_id";
    let mut facts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in column(world, query).await {
        let parts: Vec<&str> = line.split('|').collect();
        if !records.contains(&parts[5].parse().unwrap()) {
            continue;
        }
        let of = facts.entry(parts[0].to_owned()).or_default();
        of.extend(parts[1].split(',').filter_map(Need::from_code).map(|it| it.words().to_owned()));
        of.extend(Placement::from_code(parts[2]).map(|it| it.words().to_owned()));
        of.extend([parts[3], parts[4]].map(str::to_owned));
    }
    for of in facts.values_mut() {
        of.remove("");
    }
    facts
}

/// What stands on a page in one line with a reference.
fn lines(text: &str) -> Vec<String> {
    if !text.contains("<html") {
        return text.lines().map(str::to_owned).collect();
    }
    let html = Html::parse_document(text);
    let all = Selector::parse(
        "main tr, main li, main p, main dd, main .govuk-summary-list__row, \
         main .govuk-checkboxes__item, main .govuk-radios__item, main .govuk-form-group, main option, \
         main details, main h1, main .govuk-inset-text, main .govuk-summary-card",
    );
    let words = |element: ElementRef<'_>| {
        let words: Vec<&str> = element.text().collect();
        words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    html.select(&all.unwrap()).map(words).collect()
}

/// Facts that stand in one line with the reference of their record.
fn facts_shown(text: &str, facts: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for line in lines(text) {
        for reference in crate::nobody_else::references(&line) {
            let Some(of) = facts.get(&reference) else { continue };
            for fact in of.iter().filter(|fact| line.contains(fact.as_str())) {
                let start: String = line.chars().take(200).collect();
                shown.insert(format!("{fact} of {reference} in “{start}”"));
            }
        }
    }
    shown
}

/// Where everybody starts: their own page, the pages of the table of permissions, and searches.
pub async fn starts(world: &World, references: &[String]) -> Vec<String> {
    let mut starts = vec!["/".to_owned()];
    for things in everything(world).await {
        for (route, path) in things.rows {
            if route.starts_with("GET ") {
                starts.push(path);
            }
        }
    }
    for reference in references.iter().take(20) {
        for search in ["records", "filing/find", "looks", "looks/workbook"] {
            starts.push(format!("/{search}?reference={reference}"));
        }
    }
    for matter in quarterlight_domain::reconcile::Matter::ALL {
        for list in column(world, "select cast(id as text) from case_list").await {
            starts.push(format!("/case-lists/{list}/conflicts?matter={}", matter.code()));
            for rest in ["changes?what=new", "changes?what=changed", "changes?what=gone"] {
                starts.push(format!("/case-lists/{list}/{rest}"));
            }
            for standing in ["closed", "open_on_an_older_list", "unknown"] {
                starts.push(format!("/case-lists/{list}/apart?standing={standing}"));
            }
        }
    }
    starts
}

#[tokio::test]
async fn nothing_of_a_restricted_record_is_read_without_a_reason_by_anybody_anywhere() {
    let world = World::new().await;
    assert_eq!(in_neither(&world).await, Vec::<String>::new(), "columns that nobody thought of");
    let records: Vec<i64> =
        column(&world, ABOUT).await.iter().map(|it| it.parse().unwrap()).collect();
    let facts = facts(&world, &records).await;
    let references: Vec<String> = facts.keys().cloned().collect();
    let starts = starts(&world, &references).await;
    let marked = plant(&world, &records).await;
    println!("{} records, marks in {} tables: {marked:?}", records.len(), marked.len());
    let named: Vec<String> = records.iter().map(ToString::to_string).collect();
    let restrict = format!(
        "insert into record_restriction (record_id, from_day, until_day, why, by_id, at) \
         select id, '2020-01-01', null, 'A test.', (select min(id) from person), \
         '2020-01-01T00:00:00Z' from record where id in ({})",
        named.join(", ")
    );
    assert_eq!(sql(&world, &restrict).await, u64::try_from(records.len()).unwrap());
    let mut wrong: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut opened = 0;
    for who in EVERY_ROLE {
        let mut browser = world.signed_in(who).await;
        let pages = walk(&mut browser, &starts).await;
        opened += pages.len();
        for (path, text) in &pages {
            let sightings = marks(text)
                .into_iter()
                .map(|(record, column)| format!("{column} of {record}: {path}"));
            // There a worker is named who looked, and not who holds the record.
            let is_of_looks = kind(path).starts_with("/looks");
            let shown = if is_of_looks { BTreeSet::new() } else { facts_shown(text, &facts) };
            let all: BTreeSet<String> = sightings.chain(shown).collect();
            if !all.is_empty() {
                let few = all.into_iter().take(3);
                wrong.entry(kind(path)).or_default().extend(few.map(|it| format!("{who}: {it}")));
            }
        }
    }
    let told: Vec<String> = wrong
        .iter()
        .map(|(kind, what)| format!("{kind}: {:#?}", what.iter().take(4).collect::<Vec<_>>()))
        .collect();
    assert!(wrong.is_empty(), "{} kinds of pages\n{}", wrong.len(), told.join("\n"));
    // The control: where nothing is restricted, the same walk finds marks and facts.
    sql(&world, "delete from record_restriction where why = 'A test.'").await;
    let mut amara = world.signed_in("amara.osei").await;
    let mut found = BTreeSet::new();
    for (path, text) in walk(&mut amara, &starts).await {
        if !marks(&text).is_empty() || !facts_shown(&text, &facts).is_empty() {
            found.insert(kind(&path));
        }
    }
    println!("{opened} pages and files; without the restriction these kinds show some: {found:?}");
    assert!(found.len() >= 20, "{found:?}");
}
