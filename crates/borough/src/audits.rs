//! How one audit goes: three sittings, the answers of each, the opinion, and what follows from it.

use jiff::civil::Date;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::finding::{KEY_ISSUE, Raised};
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::proposed::Proposed;
use quarterlight_domain::standard::{Standard, StandardCode};
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::facts::facts_for_standard;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::working_days::BankHolidays;

use crate::agenda::{Agenda, Event};
use crate::fault::Fault;
use crate::judging::{self, Work};
use crate::life::{self, Hands};
use crate::luck::Luck;
use crate::moderating;
use crate::owners::Owners;
use crate::rounds::{Round, after, moment, working};
use crate::voices;
use crate::words::{self, BECAUSE_NOT_YET, PROOFS};

/// Working days that somebody has for an action.
const DAYS_TO_ACT: u16 = 20;

/// How far an audit comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Far {
    /// Submitted.
    Submitted,
    /// So many of its sections are answered.
    Sections(usize),
}

/// An audit that is to be made.
#[derive(Debug)]
pub struct Plan<'a> {
    /// Its place among the audits of the borough.
    pub desk: usize,
    /// The audit.
    pub audit: &'a Audit,
    /// The edition.
    pub contents: &'a Contents,
    /// The quarter.
    pub round: &'a Round,
    /// How far it comes.
    pub far: Far,
    /// Who owns actions.
    pub owners: &'a Owners,
    /// Who decides challenges.
    pub moderator: PersonId,
    /// The rules about time, with the bank holidays by which they count.
    pub rules: (&'a RuleSet, &'a BankHolidays),
}

impl Plan<'_> {
    /// Puts everything that happens in this audit on the agenda.
    pub fn enter(&self, agenda: &mut Agenda) -> Result<(), Fault> {
        let reference = self.audit.reference();
        let luck = &mut Luck::of(&format!("audit {} {reference}", self.round.quarter));
        let work = Work::of(luck);
        let wanted = match self.far {
            Far::Submitted => usize::MAX,
            Far::Sections(count) => count,
        };
        let asked = self.asked(wanted);
        if asked.is_empty() {
            return Ok(());
        }
        let at_once = asked.len().div_ceil(3);
        let mut clock = (self.first_day(luck), 0);
        for standards in asked.chunks(at_once) {
            clock = self.sitting(clock, (work, standards), luck, agenda)?;
        }
        if self.far == Far::Submitted {
            let (day, minutes) = clock;
            let at = moment(day, minutes + luck.between(8, 25));
            let owner = self.owners.manager(self.audit);
            let due = working_days_after(day, DAYS_TO_ACT);
            agenda.add(at, Event::Submit { desk: self.desk, owner, due });
            // Its key issue becomes a finding too, which is seen to like the others.
            let issue = StandardCode::new(KEY_ISSUE)?;
            let luck = &mut Luck::of(&format!("key issue {} {reference}", self.round.quarter));
            self.act(&issue, owner, day, luck, agenda)?;
            self.owners.read(self.desk, self.audit, day, agenda);
            voices::enter((self.desk, self.audit), self.moderator, day, agenda);
            let ends = self.contents.asked_of(&self.audit.line);
            moderating::plan((self.desk, self.audit), &ends, day, (owner, self.round), agenda);
        }
        Ok(())
    }

    /// The standards that are asked of the record, in the first so many sections.
    fn asked(&self, sections: usize) -> Vec<&Standard> {
        let sections = self.contents.sections().iter().take(sections);
        let standards = sections.flat_map(|section| &section.standards);
        standards.filter(|standard| standard.applies_to(&self.audit.line)).collect()
    }

    fn first_day(&self, luck: &mut Luck) -> Date {
        // One in nine is taken up so late that it may be submitted after its day.
        let last = if luck.percent(11) { 80 } else { 62 };
        self.round.day(luck.between(8, self.round.length().saturating_sub(9).min(last)))
    }

    /// One sitting of an hour or so; one in five is in the evening. Gives the day and minute of its end.
    fn sitting(
        &self,
        (day, end): (Date, u32),
        (work, standards): (Work, &[&Standard]),
        luck: &mut Luck,
        agenda: &mut Agenda,
    ) -> Result<(Date, u32), Fault> {
        let gap = if end == 0 { 0 } else { luck.between(0, 2) };
        let on = if luck.percent(92) { working(after(day, gap)) } else { after(day, gap) };
        let begins = match luck.below(10) {
            0..5 => luck.between(9 * 60, 11 * 60),
            5..8 => luck.between(13 * 60 + 20, 15 * 60 + 50),
            _ => luck.between(19 * 60 + 30, 21 * 60 + 30),
        };
        let mut minutes = if on == day { begins.max(end + 15) } else { begins };
        let page = format!("/audits/{}", self.audit.id);
        let look = Event::Look { who: self.audit.auditor, record: self.audit.record, page };
        agenda.add(moment(on, minutes), look);
        for standard in standards {
            minutes += luck.between(1, 6);
            self.answer(standard, (on, minutes), work, luck, agenda)?;
        }
        Ok((on, minutes))
    }

    fn answer(
        &self,
        standard: &Standard,
        (day, minutes): (Date, u32),
        work: Work,
        luck: &mut Luck,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let judgement = judging::judge(standard, self.audit, (work, self.round), luck);
        let judgement = self.seen_on_the_list(standard).unwrap_or(judgement);
        let written = words::write(standard, judgement, luck);
        let answer = Answer {
            standard: standard.code.clone(),
            judgement,
            seen: written.seen.clone(),
            found: written.found,
            version: 0,
        };
        let shortfall = judgement.raises_a_finding();
        let finding = shortfall || judgement == Judgement::PartlyMet && luck.percent(15);
        let mut raised = None;
        if finding {
            let owner = self.owners.of(self.audit, luck);
            let what = Reason::new(&written.put_right)?;
            let due = working_days_after(day, DAYS_TO_ACT);
            raised = Some(Raised { standard: standard.code.clone(), what, owner, due });
            if self.far == Far::Submitted {
                self.act(&standard.code, owner, day, luck, agenda)?;
            }
        }
        let event = Event::Answer { desk: self.desk, answer, raised };
        agenda.add(moment(day, minutes), event);
        if standard.critical && judgement == Judgement::NotMet && self.far == Far::Submitted {
            self.raise(standard, (day, minutes), &written.seen, agenda)?;
        }
        Ok(())
    }

    /// Of some records on which a critical standard is not met, the auditor says at once that the
    /// child may be unsafe; what follows is another's to do.
    fn raise(
        &self,
        standard: &Standard,
        (day, minutes): (Date, u32),
        seen: &str,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let audit = self.audit;
        let luck = &mut Luck::of(&format!("concern {} {}", self.round.quarter, audit.reference()));
        let Some(manager) = self.owners.manager(audit) else { return Ok(()) };
        // The first critical standard decides, so that no audit has two.
        let first = self.contents.asked_of(&audit.line).into_iter().find(|it| it.critical);
        if first.is_none_or(|it| it.code != standard.code) || !luck.percent(60) {
            return Ok(());
        }
        let (desk, seen) = (self.desk, Reason::new(seen)?);
        agenda.add(moment(day, minutes + 1), Event::Raise { desk, seen, manager });
        let wait = luck.between(12, 200);
        let doing =
            Reason::new("The worker and their manager visit today. I have spoken to both.")?;
        let event = Event::Acknowledge { desk, by: manager, doing };
        agenda.add(moment(day, minutes + 1 + wait), event);
        let closed = moment(working(after(day, luck.between(2, 6))), luck.between(9 * 60, 17 * 60));
        let outcome =
            "The child was seen at home and is safe. The visit and the plan are on the record.";
        let outcome = Reason::new(outcome)?;
        agenda.add(closed, Event::Close { desk, by: self.owners.senior, outcome });
        Ok(())
    }

    /// What the case list proposes, where the auditor follows it: mostly, since it is mostly right.
    fn seen_on_the_list(&self, standard: &Standard) -> Option<Judgement> {
        let (set, holidays) = self.rules;
        let (line, day) = (&self.audit.line, self.round.from);
        let rules = set.in_force(&[], day);
        let facts = facts_for_standard(&standard.code, &rules, line, day, holidays);
        let proposed = Proposed::of(standard, &facts)?;
        let matter = format!("follows {} {} {}", self.round.quarter, line.reference, standard.code);
        Luck::of(&matter).percent(78).then_some(proposed.judgement)
    }

    /// What the owner does about a finding, and what somebody else says to it.
    fn act(
        &self,
        code: &StandardCode,
        owner: Option<PersonId>,
        found_on: Date,
        luck: &mut Luck,
        agenda: &mut Agenda,
    ) -> Result<(), Fault> {
        let Some(owner) = owner else { return Ok(()) };
        let verifier = self.owners.verifier(self.audit, owner);
        // The moderator manages nothing, and has confirmed nothing.
        let (lead, third) = (self.owners.lead, self.moderator);
        let hands = Hands { owner, verifier, lead, third };
        life::plan((self.desk, self.audit), code, hands, found_on, agenda);
        if luck.percent(12) {
            return Ok(());
        }
        let when = |day: &mut Date, days: u32, luck: &mut Luck| {
            *day = working(after(*day, days));
            moment(*day, luck.between(8 * 60 + 45, 18 * 60 + 20))
        };
        let desk = self.desk;
        let mut day = after(found_on, 6);
        let days = luck.between(3, 26);
        let address = |luck: &mut Luck| -> Result<Event, Fault> {
            let proof = Reason::new(luck.pick(&PROOFS).copied().unwrap_or_default())?;
            Ok(Event::Address { desk, standard: code.clone(), by: owner, proof })
        };
        agenda.add(when(&mut day, days, luck), address(luck)?);
        if luck.percent(8) {
            let because = luck.pick(&BECAUSE_NOT_YET).copied().unwrap_or_default();
            let because = Reason::new(because)?;
            let days = luck.between(2, 8);
            let event = Event::NotYet { desk, standard: code.clone(), by: verifier, because };
            agenda.add(when(&mut day, days, luck), event);
            let days = luck.between(3, 9);
            agenda.add(when(&mut day, days, luck), address(luck)?);
        }
        if luck.percent(86) {
            let days = luck.between(2, 20);
            let event = Event::Verify { desk, standard: code.clone(), by: verifier };
            agenda.add(when(&mut day, days, luck), event);
        }
        Ok(())
    }
}
