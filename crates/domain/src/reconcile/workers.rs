//! Which workers are one and the same: by number where there is one, and by name within a team.
//!
//! The rules, in order. Two workers of two sources are one if
//!
//! 1. their numbers in the register of social workers are the same;
//! 2. their numbers in the case system are the same;
//! 3. their names are the same, whichever part comes first, and both sources name them in one team;
//! 4. a person has said so.
//!
//! The same name without a team in common is doubtful, and so is a name that one source gives to
//! two numbers: nobody is taken for somebody else because of a name alone.

use std::collections::{BTreeMap, BTreeSet};

use super::Decisions;
use super::trust::Ranked;
use super::worker_facts::{WorkerDoubt, WorkerFacts, WorkerRate, named_the_same, plain_name};
use crate::allocation::Experience;
use crate::need::Known;
use crate::source::{Holder, WorkerSighting};

/// One worker as one source knows them.
#[derive(Debug, Default)]
struct Node<'a> {
    rank: usize,
    holder: Option<&'a Holder>,
    name: Option<String>,
    teams: BTreeSet<String>,
    sightings: Vec<&'a WorkerSighting>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Number,
    Name,
    Person,
}

/// Every worker of every source, and who is who.
pub struct Workers<'a> {
    nodes: Vec<Node<'a>>,
    known: BTreeMap<(usize, HolderKey<'a>), usize>,
    /// For each node, the node that stands for all that are the same.
    root: Vec<usize>,
    by: BTreeMap<usize, By>,
    doubtful: BTreeSet<usize>,
    doubts: Vec<WorkerDoubt>,
    identities: BTreeMap<usize, Identity>,
    places: Vec<usize>,
}

/// What one worker is known by, over all sources.
#[derive(Debug, Default)]
struct Identity {
    shown: Option<String>,
    names: BTreeSet<String>,
    registrations: BTreeSet<String>,
    staff_numbers: BTreeSet<String>,
}

type HolderKey<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

fn key(holder: &Holder) -> HolderKey<'_> {
    (holder.name.as_deref(), holder.registration.as_deref(), holder.staff_number.as_deref())
}

impl<'a> Workers<'a> {
    /// Finds out who is who.
    pub fn of(ranked: &Ranked<'a>, decisions: &Decisions) -> Self {
        let mut workers = Self {
            nodes: Vec::new(),
            known: BTreeMap::new(),
            root: Vec::new(),
            by: BTreeMap::new(),
            doubtful: BTreeSet::new(),
            doubts: Vec::new(),
            identities: BTreeMap::new(),
            places: ranked.sources.iter().map(|it| it.place).collect(),
        };
        for (rank, in_hand) in ranked.sources.iter().enumerate() {
            for told in &in_hand.source.workers {
                let node = workers.node(rank, &told.worker, told.team.as_deref());
                if let Some(node) = node.and_then(|node| workers.nodes.get_mut(node)) {
                    node.sightings.push(told);
                }
            }
            for seen in &in_hand.source.sightings {
                workers.node(rank, &seen.holder, seen.team.as_deref());
            }
        }
        workers.root = (0..workers.nodes.len()).collect();
        workers.join_by_number();
        workers.join_by_name(decisions);
        workers.identify();
        workers
    }

    fn node(&mut self, rank: usize, holder: &'a Holder, team: Option<&str>) -> Option<usize> {
        if holder.is_nobody() {
            return None;
        }
        let next = self.nodes.len();
        let at = *self.known.entry((rank, key(holder))).or_insert(next);
        if at == next {
            let name = holder.name.as_deref().map(plain_name);
            self.nodes.push(Node { rank, holder: Some(holder), name, ..Node::default() });
        }
        if let (Some(node), Some(team)) = (self.nodes.get_mut(at), team)
            && !node.teams.contains(team)
        {
            node.teams.insert(team.to_owned());
        }
        Some(at)
    }

    fn find(&self, node: usize) -> usize {
        let mut at = node;
        while let Some(up) = self.root.get(at).copied().filter(|up| *up != at) {
            at = up;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.find(one), self.find(other));
        let (low, high) = (one.min(other), one.max(other));
        if let Some(root) = self.root.get_mut(high) {
            *root = low;
        }
    }

    /// Joins two nodes of different sources, and remembers by which rule each was matched.
    fn matched(&mut self, one: usize, other: usize, by: By) {
        let rank = |node: usize| self.nodes.get(node).map(|it| it.rank);
        if rank(one) != rank(other) {
            self.by.entry(one).or_insert(by);
            self.by.entry(other).or_insert(by);
        }
        self.join(one, other);
    }

    fn join_by_number(&mut self) {
        for number in
            [(|it: &Holder| it.registration.as_deref()) as fn(&Holder) -> Option<&str>, |it| {
                it.staff_number.as_deref()
            }]
        {
            let mut first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, node) in self.nodes.iter().enumerate() {
                if let Some(number) = node.holder.and_then(number) {
                    first.entry(number.to_ascii_uppercase()).or_default().push(at);
                }
            }
            let mut same: Vec<Vec<usize>> = first.into_values().collect();
            same.sort_unstable();
            for nodes in same {
                let Some((one, others)) = nodes.split_first() else { continue };
                for other in others {
                    self.matched(*one, *other, By::Number);
                }
            }
        }
    }

    fn join_by_name(&mut self, decisions: &Decisions) {
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(name) = &node.name {
                named.entry(name.clone()).or_default().push(at);
            }
        }
        for nodes in named.into_values() {
            for (at, one) in nodes.iter().enumerate() {
                for other in nodes.iter().skip(at + 1) {
                    self.compare((*one, *other), &nodes, decisions);
                }
            }
        }
    }

    /// Compares two of the nodes that have one name.
    fn compare(&mut self, (one, other): (usize, usize), all: &[usize], decisions: &Decisions) {
        if self.find(one) == self.find(other) {
            return;
        }
        let (Some(a), Some(b)) = (self.nodes.get(one), self.nodes.get(other)) else { return };
        // Without a number a source has nothing but the name to know its own workers by.
        let by_name_alone = |it: &Node<'_>| {
            it.holder.is_some_and(|it| it.registration.is_none() && it.staff_number.is_none())
        };
        if a.rank == b.rank && by_name_alone(a) && by_name_alone(b) {
            self.join(one, other);
            return;
        }
        let (key_a, key_b) = (decision_key(a), decision_key(b));
        let in_one_team =
            a.teams.iter().any(|team| b.teams.iter().any(|it| named_the_same(it, team)));
        // A name that belongs to two numbers says nothing of which is meant.
        let is_ambiguous = [one, other].into_iter().any(|it| self.has_rival(it, all));
        match decisions.of_workers(&key_a, &key_b) {
            Some(true) => self.matched(one, other, By::Person),
            Some(false) => {}
            None if numbers_clash(a, b) => {}
            None if in_one_team && !is_ambiguous => self.matched(one, other, By::Name),
            None => {
                let place = |rank: usize| self.places.get(rank).copied().unwrap_or(0);
                self.doubts.push(WorkerDoubt {
                    name: a.holder.and_then(|it| it.name.clone()).unwrap_or_default(),
                    one_teams: a.teams.iter().cloned().collect(),
                    other_teams: b.teams.iter().cloned().collect(),
                    one_on: place(a.rank),
                    other_on: place(b.rank),
                    one: key_a,
                    other: key_b,
                });
                self.doubtful.extend([one, other]);
            }
        }
    }

    /// True if the source of a node has another worker of the same name with another number.
    fn has_rival(&self, node: usize, all: &[usize]) -> bool {
        let Some(it) = self.nodes.get(node) else { return false };
        all.iter()
            .filter_map(|rival| self.nodes.get(*rival))
            .any(|rival| rival.rank == it.rank && numbers_clash(it, rival))
    }

    fn identify(&mut self) {
        for (at, node) in self.nodes.iter().enumerate() {
            let root = self.find(at);
            let identity = self.identities.entry(root).or_default();
            let Some(holder) = node.holder else { continue };
            if identity.shown.is_none() {
                identity.shown.clone_from(&holder.name);
            }
            identity.names.extend(node.name.clone());
            identity.registrations.extend(holder.registration.clone());
            identity.staff_numbers.extend(holder.staff_number.clone());
        }
    }

    fn identity(&self, rank: usize, holder: &Holder) -> Option<&Identity> {
        let node = self.known.get(&(rank, key(holder)))?;
        self.identities.get(&self.find(*node))
    }

    /// The name under which a holder goes on the case list: their name wherever one is known, and
    /// otherwise their number.
    pub fn name(&self, rank: usize, holder: &Holder) -> Option<String> {
        let known = self.identity(rank, holder).and_then(|identity| identity.shown.clone());
        let number = || holder.registration.clone().or_else(|| holder.staff_number.clone());
        known.or_else(|| holder.name.clone()).or_else(number)
    }

    /// True if two holders are two workers; false if they are one, or cannot be compared: a number
    /// that no source explains by a name says nothing against a name.
    pub fn differ(&self, one: (usize, &Holder), other: (usize, &Holder)) -> bool {
        let (Some(one), Some(other)) =
            (self.identity(one.0, one.1), self.identity(other.0, other.1))
        else {
            return false;
        };
        if one.names.is_empty() != other.names.is_empty() {
            return false;
        }
        let kinds = [
            (&one.names, &other.names),
            (&one.registrations, &other.registrations),
            (&one.staff_numbers, &other.staff_numbers),
        ];
        let comparable = || kinds.iter().filter(|(a, b)| !a.is_empty() && !b.is_empty());
        comparable().count() > 0 && comparable().all(|(a, b)| a.is_disjoint(b))
    }

    /// What is known of each worker of whom a source tells more than that they hold a record.
    pub fn facts(&self) -> Vec<WorkerFacts> {
        let mut told: BTreeMap<usize, Vec<&Node<'a>>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            if !node.sightings.is_empty() {
                told.entry(self.find(at)).or_default().push(node);
            }
        }
        let mut facts: Vec<WorkerFacts> =
            told.iter().map(|(root, nodes)| self.fact(*root, nodes)).collect();
        facts.sort_by(|a, b| (&a.name, &a.registration).cmp(&(&b.name, &b.registration)));
        facts
    }

    fn fact(&self, root: usize, nodes: &[&Node<'a>]) -> WorkerFacts {
        let identity = self.identities.get(&root);
        let all = || nodes.iter().flat_map(|node| node.sightings.iter());
        let mut told_by: Vec<usize> =
            nodes.iter().filter_map(|node| self.places.get(node.rank).copied()).collect();
        told_by.dedup();
        WorkerFacts {
            name: identity.and_then(|it| it.shown.clone()),
            registration: identity.and_then(|it| it.registrations.first().cloned()),
            staff_number: identity.and_then(|it| it.staff_numbers.first().cloned()),
            team: all().find_map(|it| it.team.clone()),
            experience: all()
                .map(|it| it.experience)
                .find(|it| *it != Experience::Unknown)
                .unwrap_or_default(),
            full_time_thousandths: all().find_map(|it| it.full_time_thousandths),
            agency: all().map(|it| it.agency).find(|it| *it != Known::Unknown).unwrap_or_default(),
            told_by,
        }
    }

    /// How the workers of each source were matched.
    pub fn rates(&self) -> Vec<WorkerRate> {
        let mut rates: Vec<WorkerRate> = self
            .places
            .iter()
            .map(|place| WorkerRate { source: *place, ..WorkerRate::default() })
            .collect();
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(rate) = rates.get_mut(node.rank) else { continue };
            rate.workers += 1;
            match self.by.get(&at) {
                Some(By::Number) => rate.by_number += 1,
                Some(By::Name) => rate.by_name += 1,
                Some(By::Person) => rate.confirmed += 1,
                None if self.doubtful.contains(&at) => rate.doubtful += 1,
                None => rate.alone += 1,
            }
        }
        rates
    }

    /// Workers who may be one and the same.
    pub fn doubts(&self) -> Vec<WorkerDoubt> {
        let mut doubts = self.doubts.clone();
        doubts.sort();
        doubts.dedup_by(|one, other| (&one.one, &one.other) == (&other.one, &other.other));
        doubts
    }
}

/// True if two nodes have numbers of one kind, and they differ.
fn numbers_clash(one: &Node<'_>, other: &Node<'_>) -> bool {
    let (Some(one), Some(other)) = (one.holder, other.holder) else { return false };
    let clash = |a: &Option<String>, b: &Option<String>| {
        a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| !a.eq_ignore_ascii_case(b))
    };
    clash(&one.registration, &other.registration) || clash(&one.staff_number, &other.staff_number)
}

/// By what a decision on a worker is remembered: a number, or the name where there is none.
fn decision_key(node: &Node<'_>) -> String {
    let number =
        node.holder.and_then(|it| it.registration.as_ref().or(it.staff_number.as_ref()).cloned());
    number.unwrap_or_else(|| format!("name {}", node.name.clone().unwrap_or_default()))
}
