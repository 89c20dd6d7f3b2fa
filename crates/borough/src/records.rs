//! The open records of the borough, and how they change from quarter to quarter.

use std::collections::BTreeSet;

use jiff::civil::Date;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::history::History;

use crate::dates;
use crate::fault::Fault;
use crate::groups::{GROUPS, Group};
use crate::luck::Luck;
use crate::places::{Part, TEAM_NOBODY_KNOWS};
use crate::rounds::{Round, before, days_between};
use crate::workers;

/// The number before the first record's.
const FIRST: u32 = 20_100;

/// Every record that is open, quarter by quarter.
#[derive(Debug)]
pub struct Records {
    luck: Luck,
    next: u32,
    open: Vec<File>,
}

/// A record that is open.
#[derive(Debug)]
struct File {
    group: &'static Group,
    line: CaseLine,
}

impl Records {
    /// No record yet.
    pub fn none() -> Self {
        Self { luck: Luck::of("records"), next: FIRST, open: Vec::new() }
    }

    /// Lets a quarter pass: records close, others change hands, new ones are opened.
    pub fn pass(&mut self, round: &Round) -> Result<Vec<CaseLine>, Fault> {
        let luck = &mut self.luck;
        self.open.retain(|file| !luck.percent(file.group.close));
        for file in &mut self.open {
            if luck.percent(6) {
                file.line.worker = holder(file.group, luck);
            }
        }
        for group in &GROUPS {
            self.fit(group, round)?;
        }
        for file in &mut self.open {
            file.line.assessment_open = is_being_assessed(file, round.from);
            dates::refresh(&mut file.line, round.from, &mut self.luck);
        }
        Ok(self.lines())
    }

    /// Every record as it stands.
    pub fn lines(&self) -> Vec<CaseLine> {
        let mut lines: Vec<_> = self.open.iter().map(|file| file.line.clone()).collect();
        lines.sort_by(|a, b| a.reference.cmp(&b.reference));
        lines
    }

    /// Opens or closes records until the group has as many as this quarter.
    fn fit(&mut self, group: &'static Group, round: &Round) -> Result<(), Fault> {
        let wanted = usize::try_from(round.number).ok().and_then(|number| group.open.get(number));
        let wanted = wanted.copied().unwrap_or(0);
        let is_ours = |file: &File| std::ptr::eq(file.group, group);
        let mut open = self.open.iter().filter(|file| is_ours(file)).count();
        self.open.retain(|file| {
            let closes = is_ours(file) && open > wanted;
            open -= usize::from(closes);
            !closes
        });
        for _ in open..wanted {
            let file = self.opened(group, round)?;
            self.open.push(file);
        }
        Ok(())
    }

    fn opened(&mut self, group: &'static Group, round: &Round) -> Result<File, Fault> {
        self.next += self.luck.between(1, 9);
        // Before the first quarter there were others, so the first records are of any age.
        let oldest = if round.number > 0 { 85 } else { dates::longest_open(group.needs) };
        let opened = before(round.from, self.luck.between(3, oldest));
        let line = CaseLine {
            reference: Reference::new(&format!("LK-{}", self.next))?,
            needs: group.needs.iter().copied().collect::<BTreeSet<_>>(),
            assessment_open: false,
            disabled: group.disabled,
            unaccompanied: group.unaccompanied,
            placement: group.placement,
            route: group.route,
            worker: holder(group, &mut self.luck),
            team: Some(group.team.map_or(TEAM_NOBODY_KNOWS, Part::name).to_owned()),
            dates: dates::opened(group, opened),
            history: History::default(),
        };
        Ok(File { group, line })
    }
}

/// Somebody of the team; nobody yet, now and then, and most often where referrals come in.
fn holder(group: &Group, luck: &mut Luck) -> Option<String> {
    let unallocated = if group.team == Some(Part::Assessment) { 7 } else { 2 };
    if luck.percent(unallocated) {
        return None;
    }
    luck.pick(&workers::of_team(group.team)).map(|name| (*name).to_owned())
}

/// In its first weeks a record of the Assessment Team is an open assessment and nothing else.
fn is_being_assessed(file: &File, day: Date) -> bool {
    let opened = file.line.dates.get(&quarterlight_domain::case_list::KeyDate::Opened);
    file.group.team == Some(Part::Assessment)
        && opened.is_some_and(|opened| days_between(*opened, day) < 45)
}
