//! What there is to assign in a cycle: the records without an auditor, and who may make which audit.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_domain::id::{PersonId, PlaceId, RecordId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::place::Place;
use quarterlight_domain::record::Record;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::suggestion::{Candidate, Wanted, is_outside, suggest};
use quarterlight_domain::ties::Ties;
use quarterlight_store::PickLine;

use super::share::Choice;
use super::{InHand, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::restricted::{HIDDEN, Restricted};

/// What was chosen: a field for each record, with the id of a person or nothing.
pub type AssignForm = BTreeMap<String, String>;

/// What was wrong with a choice, by record.
pub type Errors = BTreeMap<RecordId, String>;

/// The records without an auditor, the auditors, and how many audits each has in this cycle.
#[derive(Debug, Clone, Default)]
pub struct Work {
    records: BTreeMap<RecordId, Record>,
    /// A choice for each of the records.
    pub choices: Vec<Choice>,
    /// Everybody who is an auditor today, by name.
    pub auditors: Vec<Person>,
    /// Audits of this cycle that each has.
    pub loads: BTreeMap<PersonId, u32>,
    capacities: BTreeMap<PersonId, Option<u32>>,
    places: Vec<Place>,
    ties: Ties,
    restricted: Restricted,
    /// True once the sample is drawn.
    pub is_drawn: bool,
}

/// What is said of those who cannot audit a restricted record.
const UNSAID: &str = "Others cannot audit it. Why is not shown, because it is restricted.";

/// The field of a record.
pub fn field_name(record: RecordId) -> String {
    format!("record-{record}")
}

impl Work {
    /// Finds out what there is to assign.
    pub async fn load(app: &App, cycle: &InHand) -> Result<Self, Failure> {
        let id = cycle.cycle().id;
        let today = cycle.visitor.today;
        let people = app.store.people.all().await?.into_iter().map(|line| line.person);
        let auditors: Vec<Person> =
            people.filter(|person| person.is(Role::Auditor, today)).collect();
        let mut work = Self { auditors, ..Self::default() };
        work.loads = app.store.audits.loads(id).await?.into_iter().collect();
        let known = app.store.auditors.all().await?;
        work.capacities = known.into_iter().map(|line| (line.person, line.capacity)).collect();
        work.places = app.store.places.all().await?;
        work.ties = app.store.conflicts.ties().await?;
        work.restricted = Restricted::today(app, &cycle.visitor).await?;
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

    /// Who may audit a drawn record, and why others may not.
    pub fn choice(&self, pick: &PickLine, record: Option<&Record>, cycle: &InHand) -> Choice {
        let mut choice = Choice {
            record: pick.record,
            reference: pick.reference.clone(),
            stratum: stratum_in_words(&pick.stratum),
            independent: Vec::new(),
            outside: BTreeSet::new(),
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
            match Independent::of(auditor, record, &self.ties, cycle.visitor.today) {
                Ok(_) => {
                    choice.independent.push((auditor.id, auditor.name.clone()));
                    // A record whose service nobody knows has no line to be outside of.
                    let service = record.whereabouts.places().get(1);
                    let today = cycle.visitor.today;
                    let is_out =
                        |service: &PlaceId| is_outside(auditor, *service, &self.places, today);
                    if service.is_some_and(is_out) {
                        choice.outside.insert(auditor.id);
                    }
                }
                Err(refusal) => choice.blocked.push(refusal.sentence().to_owned()),
            }
        }
        // Why somebody cannot audit it says who holds it, and where.
        if self.restricted.hides(&pick.reference) {
            HIDDEN.clone_into(&mut choice.stratum);
            if !choice.blocked.is_empty() {
                choice.blocked = vec![UNSAID.to_owned()];
            }
        }
        choice
    }

    /// What was chosen, found independent once more; or what is wrong, by record.
    pub fn chosen(&self, cycle: &InHand, form: &AssignForm) -> Result<Vec<Independent>, Errors> {
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
            match independent
                .and_then(|(auditor, record)| Independent::of(auditor, record, &self.ties, today))
            {
                Ok(independent) => chosen.push(independent),
                Err(refusal) => {
                    let hides = self.restricted.hides(&choice.reference);
                    let why = if hides { UNSAID } else { refusal.sentence() };
                    errors.insert(choice.record, why.to_owned());
                }
            }
        }
        if errors.is_empty() { Ok(chosen) } else { Err(errors) }
    }

    /// Invented work, of which the page makes its samples.
    pub fn sample(choices: Vec<Choice>, auditors: Vec<Person>) -> Self {
        Self { choices, auditors, is_drawn: true, ..Self::default() }
    }

    /// How many audits somebody said they can do in a cycle.
    pub fn capacity(&self, person: PersonId) -> Option<u32> {
        self.capacities.get(&person).copied().flatten()
    }

    /// A suggestion for as many of the records as can have one.
    pub fn suggested(&self) -> AssignForm {
        let given = self.given();
        given.into_iter().map(|(record, who)| (field_name(record), who.to_string())).collect()
    }

    fn given(&self) -> BTreeMap<RecordId, PersonId> {
        let candidate = |auditor: &Person| Candidate {
            person: auditor.id,
            held: self.loads.get(&auditor.id).copied().unwrap_or(0),
            capacity: self.capacity(auditor.id),
        };
        let candidates: Vec<Candidate> = self.auditors.iter().map(candidate).collect();
        let wanted: Vec<Wanted> = self.choices.iter().map(Choice::wanted).collect();
        suggest(&candidates, &wanted)
    }

    /// Of the audits for which somebody is chosen, how many are by somebody outside the line.
    pub fn outside(&self, form: &AssignForm) -> (u64, u64) {
        let chosen = self.choices.iter().filter_map(|choice| {
            let who: PersonId = form.get(&field_name(choice.record))?.parse().ok()?;
            Some(choice.outside.contains(&who))
        });
        chosen.fold((0, 0), |(outside, of), is_out| (outside + u64::from(is_out), of + 1))
    }

    /// What there is to say of a record's choice, in a sentence.
    pub fn explained(&self, choice: &Choice) -> String {
        let can = choice.independent.len();
        let out = choice.outside.len();
        let is_full = |(id, _): &&(PersonId, String)| {
            let held = self.loads.get(id).copied().unwrap_or(0);
            self.capacity(*id).is_some_and(|most| held >= most)
        };
        let full = choice.independent.iter().filter(is_full).count();
        let of = self.auditors.len();
        let mut words =
            format!("{can} of {of} auditors may audit it, {out} of them from outside its service.");
        if full > 0 && full == can {
            words.push_str(" Each of them has as many audits as they said they can do.");
        }
        words
    }
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

    use askama::Template;

    use super::super::assign::AssignPage;
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
        assert_eq!(work.suggested(), form("3"));
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

    #[test]
    fn whoever_is_away_is_not_suggested_and_the_page_says_so() {
        let (cycle, mut work) = work();
        work.capacities.insert(PersonId(3), Some(0));
        assert!(work.suggested().is_empty());
        let page = AssignPage::new(&cycle, &work, &work.suggested(), &Errors::new());
        let html = page.render().unwrap();
        assert!(html.contains("Away") && html.contains("as many audits as they said they can do"));
        assert_eq!(work.chosen(&cycle, &form("3")).unwrap().len(), 1, "but can be chosen");
    }

    #[test]
    fn a_declared_conflict_is_not_offered_and_its_reason_is_not_told() {
        use quarterlight_domain::conflict::{Conflict, Declaration, Subject};
        use quarterlight_domain::text::Reason;

        let (cycle, mut work) = work();
        let why = Reason::new("A friend of the family.").ok();
        let subject = Subject::Record(RecordId(7));
        let declared =
            Declaration::new(PersonId(3), subject, (date(2026, 1, 1), None), why).unwrap();
        let id = quarterlight_domain::id::ConflictId(1);
        work.ties.conflicts.push(Conflict { id, declared });
        let pick = PickLine { record: RecordId(7), ..sample::picks(false).remove(2) };
        let record = work.records[&RecordId(7)].clone();
        work.choices = vec![work.choice(&pick, Some(&record), &cycle)];
        assert!(work.choices[0].independent.is_empty());
        assert!(work.chosen(&cycle, &form("3")).is_err(), "even when the form names them");
        let page = AssignPage::new(&cycle, &work, &AssignForm::new(), &Errors::new());
        let html = page.render().unwrap();
        assert!(html.contains("have declared a conflict with this record"), "{html}");
        assert!(!html.contains("friend of the family"));
    }
}
