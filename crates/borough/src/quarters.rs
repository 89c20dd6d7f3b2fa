//! The five quarters, lived through in the order in which everything happened.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{EditionId, PersonId, WorkerId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_store::Store;

use crate::agenda::{Agenda, Desk, World};
use crate::audits::{Far, Plan};
use crate::cast::CastMember;
use crate::claims;
use crate::closing;
use crate::committee::{self, Officers};
use crate::drafting::{Drafting, mornings};
use crate::draws;
use crate::fault::Fault;
use crate::filing;
use crate::filing_protocol;
use crate::lists;
use crate::moderating;
use crate::owners::Owners;
use crate::places::Places;
use crate::programme;
use crate::records::Records;
use crate::rounds::{Round, moment};
use crate::side_by_side;
use crate::staffing;
use crate::targets;
use crate::tidying;
use crate::voices;
use crate::workers;

/// How many parts of the work are told for each quarter.
const PARTS: u64 = 100;

/// What the quarters are lived with.
pub struct Borough<'a> {
    /// The store.
    pub store: &'a Store,
    /// Those who keep the committee's register and reply to it.
    pub officers: Officers,
    /// What the edition says.
    pub contents: &'a Contents,
    /// Where its standards come from.
    pub origins: &'a Origins,
    /// The edition of every audit.
    pub edition: EditionId,
    /// The rules about time, with the bank holidays by which they count.
    pub rules: (&'a RuleSet, &'a BankHolidays),
    /// Runs the audit.
    pub lead: PersonId,
    /// Decides challenges.
    pub moderator: PersonId,
    /// Looks after workers.
    pub administrator: PersonId,
    /// Has audits at every stage.
    pub priya: PersonId,
    /// Has missed an audit.
    pub graham: PersonId,
    /// Who owns actions.
    pub owners: Owners,
    /// The parts of the council.
    pub places: &'a Places,
    /// Everybody.
    pub people: &'a [CastMember],
}

impl Borough<'_> {
    /// Lives through the five quarters, and gives every audit as it stands this morning.
    pub async fn live(
        &self,
        rounds: &[Round],
        today: Date,
        progress: &(dyn Fn(u64, u64, &str) + Sync),
    ) -> Result<Vec<Desk>, Fault> {
        let all = u64::try_from(rounds.len()).unwrap_or(0) * PARTS;
        let (store, contents, rules) = (self.store, self.contents, self.rules);
        let mut world = World { store, contents, rules, desks: Vec::new() };
        let (mut records, mut agenda) = (Records::none(), Agenda::default());
        let mut described = BTreeSet::new();
        for (index, round) in rounds.iter().enumerate() {
            committee::meet(self.store, self.officers, round).await?;
            self.open(round, &mut records, &mut described).await?;
            programme::plan(self.store, self.lead, rounds, index).await?;
            self.begin(round, &mut world, &mut agenda).await?;
            let end = rounds.get(index + 1).map_or(today, Round::opening);
            let words = round.quarter.words();
            let tell = |done: usize, of: usize| {
                let part = u64::try_from(done * 100 / of.max(1)).unwrap_or(0);
                progress(u64::from(round.number) * PARTS + part, all, &words);
            };
            if round.is_under_way {
                self.write_up(round, &records, &mut world, &mut agenda).await?;
                self.consult(today, &mut world, &mut agenda).await?;
            }
            agenda.run_until(moment(end, 0), &mut world, &tell).await?;
        }
        progress(all, all, "");
        Ok(world.desks)
    }

    /// The draft of the next edition, on mornings between the days of everybody else.
    async fn consult(
        &self,
        today: Date,
        world: &mut World<'_>,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let drafting = Drafting {
            store: self.store,
            contents: self.contents,
            origins: self.origins,
            people: self.people,
            lead: self.lead,
        };
        let [written, commented, answered] = mornings(today);
        agenda.run_until(moment(written, 0), world, &|_, _| ()).await?;
        let draft = drafting.write_and_send(written, today).await?;
        agenda.run_until(moment(commented, 0), world, &|_, _| ()).await?;
        drafting.comments(draft, commented).await?;
        agenda.run_until(moment(answered, 0), world, &|_, _| ()).await?;
        drafting.answer(draft, answered).await?;
        let morning = moment(answered, 8 * 60 + 31);
        side_by_side::morning(self.store, self.lead, morning).await
    }

    /// The case list of a quarter, and what is known of its workers.
    async fn open(
        &self,
        round: &Round,
        records: &mut Records,
        described: &mut BTreeSet<WorkerId>,
    ) -> Result<(), Fault> {
        let before = records.lines();
        let mut lines = records.pass(round)?;
        let closed = closing::between(&before, &lines, round);
        if round.is_under_way {
            lines = tidying::behind(lines, round);
        }
        lists::take_in(self.store, self.lead, round, (lines, closed)).await?;
        let at = moment(round.opening(), 8 * 60 + 17);
        let stamp = Stamp::person(self.administrator, at, "described a worker");
        workers::describe(self.store, &stamp, self.people, described).await?;
        let by = (self.lead, self.administrator);
        staffing::morning(self.store, by, self.places, self.people, round).await
    }

    /// A second list in the middle of a quarter, by which some of what was missing at the draw was
    /// written up after it.
    async fn write_up(
        &self,
        round: &Round,
        records: &Records,
        world: &mut World<'_>,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let day = round.second_list();
        agenda.run_until(moment(day, 0), world, &|_, _| ()).await?;
        let lines = tidying::written_up(records.lines(), round);
        lists::take_in_again(self.store, self.lead, (round, day), lines).await
    }

    /// The cycle of a quarter, its draw, its assignments, and how each audit is to go.
    async fn begin(
        &self,
        round: &Round,
        world: &mut World<'_>,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        filing_protocol::supersede(self.store, self.lead, round).await?;
        targets::set(self.store, self.lead, round).await?;
        let at = moment(round.opening(), 8 * 60 + 24);
        let stamp = Stamp::person(self.lead, at, "opened a cycle");
        let open = self.store.cycles.open(&stamp, round.quarter, self.edition, round.due);
        let cycle = open.await?;
        if round.number == 0 {
            voices::list_themes(self.store, self.lead, at).await?;
        }
        if round.is_under_way {
            moderating::decide(self.store, self.lead, round, at).await?;
        }
        let said_by = (self.lead, self.contents.name());
        claims::make(self.store, round, said_by, self.people, self.places).await?;
        filing::enter(self.store, round, self.people, agenda).await?;
        // Nobody is at work before half past eight, so what happens then stands between the days.
        agenda.run_until(draws::at(round), world, &|_, _| ()).await?;
        draws::draw(self.store, self.lead, round, cycle).await?;
        agenda.run_until(moment(round.assigning(), 0), world, &|_, _| ()).await?;
        draws::swap(self.store, self.lead, round, cycle).await?;
        let audits = draws::assign(self.store, self.lead, round, cycle).await?;
        let mut told = Told::default();
        for audit in audits {
            let far = self.far(round, &audit, &mut told);
            let desk = world.desks.len();
            let (contents, owners) = (self.contents, &self.owners);
            let (moderator, rules) = (self.moderator, self.rules);
            let of = &audit;
            let plan = Plan { desk, audit: of, contents, round, far, owners, moderator, rules };
            plan.enter(agenda)?;
            world.desks.push(Desk { audit, answers: Vec::new() });
        }
        Ok(())
    }

    /// Past audits are all submitted, but for one that Graham has missed. Those of the quarter under
    /// way stand at every stage; and records of children whose placement is not known, which are
    /// drawn for the first time, are only planned yet.
    fn far(&self, round: &Round, audit: &Audit, told: &mut Told) -> Far {
        if !round.is_under_way {
            let misses = round.number == 3 && audit.auditor == self.graham && !told.missed;
            told.missed |= misses;
            return if misses { Far::Sections(4) } else { Far::Submitted };
        }
        if Cohort::of(&audit.line) == Cohort::PlacedUnknown {
            return Far::Sections(0);
        }
        if audit.auditor == self.priya {
            told.of_priya += 1;
            return match told.of_priya {
                1 => Far::Sections(5),
                2 => Far::Sections(0),
                _ => Far::Submitted,
            };
        }
        // The worker of one of them signs in, and is told that the audit has started.
        if audit.holder.is_some() && !told.of_holder {
            told.of_holder = true;
            return Far::Sections(5);
        }
        told.of_others += 1;
        match told.of_others % 4 {
            1 => Far::Sections(6),
            3 => Far::Sections(0),
            _ => Far::Submitted,
        }
    }
}

/// What of a quarter's story has been told already.
#[derive(Debug, Default)]
struct Told {
    missed: bool,
    of_priya: u32,
    of_others: u32,
    of_holder: bool,
}
