//! Assigning a cycle's audits: a suggestion for each, who cannot and why, and one form to confirm.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::record::Record;
use quarterlight_domain::refusal::Refusal;
use quarterlight_report::words::{self, AUDIT, RECORD};
use quarterlight_store::PickLine;

use super::share::{Choice, share};
use super::{InHand, ToRun, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{
    Button, Column, Content, Details, ErrorSummary, Field, LabelSize, Select, SelectItem, Table,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was chosen: a field for each record, with the id of a person or nothing.
type AssignForm = BTreeMap<String, String>;

/// What was wrong with a choice, by record.
type Errors = BTreeMap<RecordId, String>;

/// One record of the page.
#[derive(Debug, Clone)]
pub struct Line {
    stratum: String,
    /// None where nobody can audit it.
    auditor: Option<Select>,
    nobody: Option<String>,
    /// Who cannot audit it, and why.
    blocked: Option<Details>,
}

/// The page for assigning.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/assign.html")]
pub struct AssignPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    cycle: String,
    action: String,
    lines: Vec<Line>,
    loads: Table,
    assign: Option<Button>,
}

/// The records without an auditor, the auditors, and how many audits each has in this cycle.
#[derive(Debug, Clone, Default)]
pub struct Work {
    records: BTreeMap<RecordId, Record>,
    choices: Vec<Choice>,
    auditors: Vec<Person>,
    loads: BTreeMap<PersonId, u32>,
    is_drawn: bool,
}

/// Shows a suggestion for each record.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun) -> page::Result {
    let work = Work::load(&app, &cycle).await?;
    let form = suggested(&work);
    page::show(&AssignPage::new(&cycle, &work, &form, &Errors::new()))
}

/// Assigns what was chosen. A record that has its auditor already is passed over.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<AssignForm>) -> page::Result {
    let work = Work::load(&app, &cycle).await?;
    let chosen = match work.chosen(&cycle, &form) {
        Ok(chosen) => chosen,
        Err(errors) => return page::again(&AssignPage::new(&cycle, &work, &form, &errors)),
    };
    let stamp = cycle.visitor.stamp("assigned audits");
    let (id, due) = (cycle.cycle().id, cycle.cycle().due);
    let mut assigned = 0_u32;
    for independent in &chosen {
        match app.store.audits.assign(&stamp, id, independent, due).await {
            Ok(_) => assigned += 1,
            // The same form came twice, or somebody else was quicker.
            Err(fault) if fault.is_duplicate() => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    let this = links::cycle(id);
    page::see_other(if assigned > 0 { format!("{this}?assigned={assigned}") } else { this })
}

fn field_name(record: RecordId) -> String {
    format!("record-{record}")
}

fn suggested(work: &Work) -> AssignForm {
    let given = share(&work.choices, &work.loads);
    given.into_iter().map(|(record, person)| (field_name(record), person.to_string())).collect()
}

impl Work {
    async fn load(app: &App, cycle: &InHand) -> Result<Self, Failure> {
        let id = cycle.cycle().id;
        let today = cycle.visitor.today;
        let people = app.store.people.all().await?.into_iter().map(|line| line.person);
        let auditors: Vec<Person> =
            people.filter(|person| person.is(Role::Auditor, today)).collect();
        let mut work = Self { auditors, ..Self::default() };
        work.loads = app.store.audits.loads(id).await?.into_iter().collect();
        let records = app.store.records.to_assign(id).await?;
        work.records = records.into_iter().map(|record| (record.id, record)).collect();
        for pick in app.store.draws.picks(id).await? {
            work.is_drawn = true;
            if !pick.reserve && pick.audit.is_none() {
                let record = work.records.get(&pick.record);
                work.choices.push(work.choice(&pick, record, cycle));
            }
        }
        Ok(work)
    }

    fn choice(&self, pick: &PickLine, record: Option<&Record>, cycle: &InHand) -> Choice {
        let mut choice = Choice {
            record: pick.record,
            reference: pick.reference.clone(),
            stratum: stratum_in_words(&pick.stratum),
            independent: Vec::new(),
            blocked: Vec::new(),
        };
        let Some(record) = record else {
            choice.blocked.push(format!(
                "{} is not on the current case list any more, so nobody can be found independent of it.",
                pick.reference
            ));
            return choice;
        };
        for auditor in &self.auditors {
            match Independent::of(auditor, record, cycle.visitor.today) {
                Ok(_) => choice.independent.push((auditor.id, auditor.name.clone())),
                Err(refusal) => choice.blocked.push(refusal.sentence().to_owned()),
            }
        }
        choice
    }

    /// What was chosen, found independent once more; or what is wrong, by record.
    fn chosen(&self, cycle: &InHand, form: &AssignForm) -> Result<Vec<Independent>, Errors> {
        let mut chosen = Vec::new();
        let mut errors = Errors::new();
        for choice in &self.choices {
            let typed = form.get(&field_name(choice.record)).map_or("", String::as_str);
            if typed.is_empty() {
                continue;
            }
            let auditor = typed
                .parse()
                .ok()
                .and_then(|id: PersonId| self.auditors.iter().find(|auditor| auditor.id == id));
            let record = self.records.get(&choice.record);
            let independent = auditor.zip(record).ok_or_else(|| {
                let reference = &choice.reference;
                Refusal::because(format!("Select an auditor for {reference} from the list"))
            });
            let today = cycle.visitor.today;
            match independent.and_then(|(auditor, record)| Independent::of(auditor, record, today))
            {
                Ok(independent) => chosen.push(independent),
                Err(refusal) => {
                    errors.insert(choice.record, refusal.sentence().to_owned());
                }
            }
        }
        if errors.is_empty() { Ok(chosen) } else { Err(errors) }
    }
}

impl AssignPage {
    fn new(cycle: &InHand, work: &Work, form: &AssignForm, errors: &Errors) -> Self {
        let lines: Vec<Line> =
            work.choices.iter().map(|choice| line(choice, form, errors)).collect();
        let fields = lines.iter().filter_map(|line| line.auditor.as_ref());
        let summary =
            fields.fold(ErrorSummary::new(), |summary, select| summary.field(&select.field));
        let can_assign = lines.iter().any(|line| line.auditor.is_some());
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..cycle.inner_frame("Assign the audits")
            },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            sentence: sentence(cycle, work),
            cycle: links::cycle(cycle.cycle().id),
            action: links::assign(cycle.cycle().id),
            lines,
            loads: loads(work, form),
            assign: can_assign.then(|| Button::submit("Assign these audits")),
        }
    }

    /// Nothing left to assign, an ordinary share, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let cycles = super::sample::cycles();
        let work = |hostile| Work {
            choices: super::sample::choices(hostile),
            auditors: super::sample::auditors(hostile),
            is_drawn: true,
            ..Work::default()
        };
        let errors = Errors::from([(RecordId(7), HOSTILE.to_owned())]);
        let works =
            [(Work::default(), Errors::new()), (work(false), Errors::new()), (work(true), errors)];
        cycles
            .iter()
            .zip(&works)
            .map(|(cycle, (work, errors))| Self::new(cycle, work, &suggested(work), errors))
            .collect()
    }
}

fn sentence(cycle: &InHand, work: &Work) -> String {
    let count = u64::try_from(work.choices.len()).unwrap_or(u64::MAX);
    match count {
        0 if work.is_drawn => "Every drawn record has its auditor.".to_owned(),
        0 => "No sample has been drawn yet, so there is nothing to assign.".to_owned(),
        _ => format!(
            "{} {} no auditor yet. Whoever holds a record, or manages the team that holds it, is not offered. Audits are due on {}.",
            words::sentence_case(&words::count(count, &RECORD)),
            words::agree(count, "has", "have"),
            day_in_words(cycle.cycle().due)
        ),
    }
}

fn line(choice: &Choice, form: &AssignForm, errors: &Errors) -> Line {
    let name = field_name(choice.record);
    let value = form.get(&name).cloned().unwrap_or_default();
    let field = Field::new(name, format!("Auditor for {}", choice.reference))
        .size(LabelSize::Small)
        .hint(choice.stratum.clone())
        .error(errors.get(&choice.record).cloned());
    let nobody = SelectItem::new("", "Leave for now");
    let people = choice.independent.iter();
    let people = people.map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
    let can = !choice.independent.is_empty();
    let blocked = choice.blocked.join("\n");
    Line {
        stratum: choice.stratum.clone(),
        auditor: can.then(|| {
            Select::new(field, std::iter::once(nobody).chain(people).collect()).value(value)
        }),
        nobody: (!can).then(|| {
            let why = if blocked.is_empty() { "Nobody is an auditor." } else { &blocked };
            format!("Nobody can audit {}.\n{why}", choice.reference)
        }),
        blocked: (can && !choice.blocked.is_empty()).then(|| {
            let summary = format!("Who cannot audit {}, and why", choice.reference);
            Details::new(summary, Content::written(blocked.clone()))
        }),
    }
}

/// The work of each auditor: what they have, and what they would have.
fn loads(work: &Work, form: &AssignForm) -> Table {
    let columns =
        vec![Column::words("Auditor"), Column::numbers("Has"), Column::numbers("Would have")];
    let row = |auditor: &Person| {
        let has = work.loads.get(&auditor.id).copied().unwrap_or(0);
        let id = auditor.id.to_string();
        let more = u64::try_from(form.values().filter(|value| **value == id).count());
        let would_have = u64::from(has) + more.unwrap_or(0);
        vec![
            Content::text(auditor.name.clone()),
            words::whole(has.into()).into(),
            words::whole(would_have).into(),
        ]
    };
    Table::new("loads", format!("{} in this cycle", words::sentence_case(&AUDIT.many)), columns)
        .rows(work.auditors.iter().map(row).collect())
        .empty("Nobody is an auditor yet.")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_domain::allocation::Experience;
    use quarterlight_domain::case_list::{CaseLine, Reference};
    use quarterlight_domain::history::History;
    use quarterlight_domain::id::{PlaceId, WorkerId};
    use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
    use quarterlight_domain::person::Grant;
    use quarterlight_domain::place::Whereabouts;
    use quarterlight_domain::record::Worker;

    use super::super::sample;
    use super::*;

    /// A record, and two auditors, of whom the first holds it.
    fn held_by_the_first() -> (Record, Vec<Person>) {
        let mut auditors = sample::auditors(false);
        for auditor in &mut auditors {
            let from = date(2020, 1, 1);
            let grant = Grant { role: Role::Auditor, place: PlaceId(1), from, until: None };
            auditor.grants.push(grant);
        }
        let worker = Worker {
            id: WorkerId(1),
            name: "Priya Anand".to_owned(),
            experience: Experience::Experienced,
            person: Some(PersonId(2)),
        };
        let line = CaseLine {
            reference: Reference::new("R-2043").unwrap(),
            needs: [Need::InCare].into(),
            assessment_open: false,
            disabled: Known::No,
            unaccompanied: Known::No,
            placement: Placement::InArea,
            route: LegalRoute::InCare,
            worker: Some(worker.name.clone()),
            team: None,
            dates: BTreeMap::new(),
            history: History::default(),
        };
        let record = Record {
            id: RecordId(7),
            line,
            as_at: date(2026, 10, 1),
            worker: Some(worker),
            whereabouts: Whereabouts::default(),
            service: None,
        };
        (record, auditors)
    }

    /// A cycle, and one record that auditor 2 holds and auditor 3 does not.
    fn work() -> (InHand, Work) {
        let cycle = sample::cycles().remove(1);
        let (record, auditors) = held_by_the_first();
        let pick = PickLine { record: record.id, ..sample::picks(false).remove(2) };
        let mut work = Work { auditors, is_drawn: true, ..Work::default() };
        work.choices.push(work.choice(&pick, Some(&record), &cycle));
        work.records.insert(record.id, record);
        (cycle, work)
    }

    fn form(who: &str) -> AssignForm {
        AssignForm::from([("record-7".to_owned(), who.to_owned())])
    }

    #[test]
    fn whoever_holds_the_record_is_not_offered_and_the_page_says_why() {
        let (_, work) = work();
        let offered: Vec<PersonId> =
            work.choices.iter().flat_map(|it| &it.independent).map(|(id, _)| *id).collect();
        assert_eq!(offered, [PersonId(3)]);
        let why = "Priya Anand cannot audit R-2043, because they hold the record.";
        assert_eq!(work.choices[0].blocked, [why]);
        assert_eq!(suggested(&work), form("3"));
    }

    #[test]
    fn whoever_is_not_offered_is_refused_even_when_the_form_names_them() {
        let (cycle, work) = work();
        assert_eq!(work.chosen(&cycle, &form("3")).unwrap().len(), 1);
        assert!(work.chosen(&cycle, &form("")).unwrap().is_empty(), "left for now");
        let errors = work.chosen(&cycle, &form("2")).unwrap_err();
        assert!(errors[&RecordId(7)].contains("because they hold the record"));
        for nobody in ["99", "x", "-1", "3; drop table"] {
            assert!(work.chosen(&cycle, &form(nobody)).is_err(), "{nobody}");
        }
    }

    #[test]
    fn nobody_is_found_independent_of_a_record_that_has_left_the_list() {
        let (cycle, mut work) = work();
        let pick = sample::picks(false).remove(2);
        work.records.clear();
        work.choices = vec![work.choice(&pick, None, &cycle)];
        assert!(work.choices[0].independent.is_empty());
        assert!(work.chosen(&cycle, &form("3")).is_err());
        let page = AssignPage::new(&cycle, &work, &AssignForm::new(), &Errors::new());
        assert!(page.render().unwrap().contains("is not on the current case list any more"));
    }
}
