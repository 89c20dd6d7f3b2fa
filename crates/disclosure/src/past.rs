//! What an earlier release printed and hid, as data, so that the next is protected beside it.
//!
//! Two releases of the same quarter can be subtracted from each other: where they differ by one
//! record, every figure that both print shows it. So the difference is a count like any other.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_domain::refusal::Refusal;

use crate::ledger::{Cell, CellId, Percent, Release, Standing, Sum};
use crate::pattern::Pattern;
use crate::rule::Rule;

/// An earlier release with everything that it printed and hid. It holds what was hidden, so it is
/// kept where the private part is kept, and goes nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Past {
    release: Release,
}

/// A test's output or a log must not tell what is hidden.
impl std::fmt::Debug for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past").field("cells", &self.release.size()).finish_non_exhaustive()
    }
}

/// How the place of a figure is told from that of the same figure now.
const BEFORE: &str = ", as it went out before";

impl Past {
    /// What a release prints and hides under a pattern. What it took from earlier releases is left
    /// out: they are kept themselves.
    pub fn of(release: &Release, pattern: &Pattern, rule: &Rule) -> Self {
        let own = |id: &CellId| id.0 < release.own();
        let cells = release.ids().filter(own).zip(&release.cells).map(|(id, cell)| {
            let standing = match cell.standing {
                Standing::Aside | Standing::Unprinted => cell.standing,
                _ if pattern.prints(release, id) => Standing::Out,
                _ => Standing::HiddenBefore,
            };
            Cell { standing, ..cell.clone() }
        });
        let is_own = |sum: &&Sum| own(&sum.total) && sum.parts.iter().all(own);
        let shown = |each: &&Percent| {
            own(&each.count) && own(&each.base) && pattern.shows_percent(release, rule, each)
        };
        let out = |each: &Percent| Percent { is_out: true, ..*each };
        Self {
            release: Release {
                cells: cells.collect(),
                sums: release.sums.iter().filter(is_own).cloned().collect(),
                percents: release.percents.iter().filter(shown).map(out).collect(),
                own: None,
            },
        }
    }

    /// The count that went out under this name; none where it was hidden or was not there.
    pub fn printed(&self, at: &str) -> Option<u64> {
        let cells = self.release.cells.iter();
        let mut out = cells.filter(|cell| cell.at == at && cell.standing == Standing::Out);
        out.next().and_then(|cell| u64::try_from(cell.value).ok())
    }

    /// What of it hangs together with a figure whose name these know: everything that can be reached
    /// from there by sums and per cents. Figures that are not `shared` are told from those of the
    /// same name in another release by what is set before their own. None where nothing does.
    fn reached(
        &self,
        known: &BTreeSet<String>,
        shared: impl Fn(&str) -> bool,
        before: &str,
    ) -> Option<Self> {
        let all = &self.release;
        let joins = |cell: &Cell| shared(&cell.at) && known.contains(&cell.at);
        let mut keeps: Vec<bool> = all.cells.iter().map(joins).collect();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for sum in &all.sums {
            let parts = sum.parts.iter().map(|part| part.0);
            groups.push(std::iter::once(sum.total.0).chain(parts).collect());
        }
        groups.extend(all.percents.iter().map(|it| vec![it.count.0, it.base.0]));
        loop {
            let size = groups.len();
            groups.retain(|group| {
                let is_reached = group.iter().any(|at| keeps.get(*at) == Some(&true));
                for at in group.iter().filter(|_| is_reached) {
                    if let Some(keep) = keeps.get_mut(*at) {
                        *keep = true;
                    }
                }
                !is_reached
            });
            if groups.len() == size {
                break;
            }
        }
        if !keeps.contains(&true) {
            return None;
        }
        let mut release = Release::new();
        let mut now: Vec<Option<CellId>> = Vec::with_capacity(all.cells.len());
        for (cell, keep) in all.cells.iter().zip(&keeps) {
            let at =
                if shared(&cell.at) { cell.at.clone() } else { format!("{before}{}", cell.at) };
            now.push(keep.then(|| {
                release.cells.push(Cell { at, ..cell.clone() });
                CellId(release.cells.len() - 1)
            }));
        }
        let at = |cell: CellId| now.get(cell.0).copied().flatten();
        for sum in &all.sums {
            let parts: Option<Vec<CellId>> = sum.parts.iter().map(|part| at(*part)).collect();
            if let Some((total, parts)) = at(sum.total).zip(parts) {
                release.adds_up(total, parts);
            }
        }
        for percent in &all.percents {
            if let Some((count, base)) = at(percent.count).zip(at(percent.base)) {
                release.percent_out(count, base, percent.decimals);
            }
        }
        Some(Self { release })
    }

    /// As text: a line for each cell, each sum and each per cent, with a tab between its parts.
    pub fn text(&self) -> String {
        let cell = |cell: &Cell| {
            format!("cell\t{}\t{}\t{}", code(cell.standing), cell.value, cell.at.replace('\t', " "))
        };
        let sum = |sum: &Sum| {
            let parts: Vec<String> = sum.parts.iter().map(|part| part.0.to_string()).collect();
            format!("sum\t{}\t{}", sum.total.0, parts.join("\t"))
        };
        let percent =
            |it: &Percent| format!("percent\t{}\t{}\t{}", it.count.0, it.base.0, it.decimals);
        let release = &self.release;
        let lines = release.cells.iter().map(cell).chain(release.sums.iter().map(sum));
        lines.chain(release.percents.iter().map(percent)).collect::<Vec<_>>().join("\n")
    }

    /// Reads what [`Past::text`] wrote.
    ///
    /// # Errors
    /// Refuses what is no such text: without what went out before, nothing may be released.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut release = Release::new();
        for line in text.lines() {
            read_line(&mut release, line).ok_or_else(|| {
                Refusal::because(
                    "What an earlier release printed cannot be read any more, so nobody can say \
                     what a new one would give away beside it.",
                )
            })?;
        }
        Ok(Self { release })
    }
}

fn read_line(release: &mut Release, line: &str) -> Option<()> {
    let parts: Vec<&str> = line.split('\t').collect();
    let size = release.size();
    let cell = |text: &str| text.parse().ok().filter(|at| *at < size).map(CellId);
    match parts.as_slice() {
        ["cell", standing, value, at] => {
            let standing = standing_of(standing)?;
            let value = value.parse().ok()?;
            release.cells.push(Cell { at: (*at).to_owned(), value, standing });
        }
        ["sum", total, parts @ ..] => {
            let parts: Option<Vec<CellId>> = parts.iter().map(|part| cell(part)).collect();
            release.adds_up(cell(total)?, parts?).then_some(())?;
        }
        ["percent", count, base, decimals] => {
            release.percent_out(cell(count)?, cell(base)?, decimals.parse().ok()?);
        }
        _ => return None,
    }
    Some(())
}

const CODES: [(Standing, &str); 4] = [
    (Standing::Out, "shown"),
    (Standing::HiddenBefore, "hidden"),
    (Standing::Unprinted, "unprinted"),
    (Standing::Aside, "aside"),
];

fn code(standing: Standing) -> &'static str {
    CODES.iter().find(|(each, _)| *each == standing).map_or("unprinted", |(_, code)| code)
}

fn standing_of(code: &str) -> Option<Standing> {
    CODES.iter().find(|(_, each)| *each == code).map(|(standing, _)| *standing)
}

impl Release {
    /// Takes up what went out before: from here on it is protected and attacked together with it.
    ///
    /// A figure that says the same in both is one figure, because readers are told what changed and
    /// can take the rest for unchanged. Where it differs, the difference is a count of records, which
    /// nobody may work out where it is small.
    pub fn beside(&mut self, past: &Past) {
        let own = self.own();
        self.own = Some(own);
        let mut known: BTreeMap<String, Vec<CellId>> = BTreeMap::new();
        for id in self.ids() {
            let at = self.at(id);
            let at = at.strip_suffix(BEFORE).unwrap_or(at).to_owned();
            known.entry(at).or_default().push(id);
        }
        let mut now: Vec<CellId> = Vec::with_capacity(past.release.size());
        for cell in &past.release.cells {
            let others = known.get(&cell.at).map_or(&[][..], Vec::as_slice);
            now.push(match others.iter().find(|id| self.value(**id) == cell.value) {
                Some(id) => {
                    self.known_already(*id, cell.standing);
                    *id
                }
                None => self.as_it_was(cell, others),
            });
        }
        let at = |cell: CellId| now.get(cell.0).copied();
        for sum in &past.release.sums {
            let parts: Option<Vec<CellId>> = sum.parts.iter().map(|part| at(*part)).collect();
            if let Some((total, parts)) = at(sum.total).zip(parts)
                && !self.sums.iter().any(|it| it.total == total && it.parts == parts)
            {
                self.adds_up(total, parts);
            }
        }
        for percent in &past.release.percents {
            if let Some((count, base)) = at(percent.count).zip(at(percent.base)) {
                self.percent_out(count, base, percent.decimals);
            }
        }
    }

    /// Takes up what of a release about something else hangs together with this one: what speaks of
    /// the same figure, by a name for which `shared` says so, and everything that is tied to that.
    /// `before` is set before the names of the rest. False where the two have nothing in common.
    pub fn beside_another(
        &mut self,
        past: &Past,
        shared: impl Fn(&str) -> bool,
        before: &str,
    ) -> bool {
        let own = self.cells.iter().take(self.own());
        let known = own.map(|cell| cell.at.clone()).filter(|at| shared(at)).collect();
        match past.reached(&known, shared, before) {
            Some(part) => {
                self.beside(&part);
                true
            }
            None => false,
        }
    }

    /// A figure that went out with the same count: printed then, it cannot be hidden now; hidden
    /// then, it stays so, unless another release has printed it.
    fn known_already(&mut self, id: CellId, then: Standing) {
        let Some(cell) = self.cells.get_mut(id.0) else { return };
        cell.standing = match (cell.standing, then) {
            (Standing::Out, _) | (_, Standing::Out) => Standing::Out,
            (_, Standing::HiddenBefore) => Standing::HiddenBefore,
            (now, _) => now,
        };
    }

    /// A figure that was another then, with how far it was from what it was at other times.
    fn as_it_was(&mut self, cell: &Cell, others: &[CellId]) -> CellId {
        self.cells.push(Cell { at: format!("{}{BEFORE}", cell.at), ..cell.clone() });
        let then = CellId(self.cells.len() - 1);
        if cell.standing == Standing::Aside {
            return then;
        }
        for other in others {
            let (value, before) = (self.value(*other), cell.value);
            let at = format!("{}, beside what went out before", cell.at);
            let value_apart = (value - before).abs();
            self.cells.push(Cell { at, value: value_apart, standing: Standing::Unprinted });
            let difference = CellId(self.cells.len() - 1);
            let (more, less) = if value > before { (*other, then) } else { (then, *other) };
            self.adds_up(more, [less, difference]);
        }
        then
    }
}
