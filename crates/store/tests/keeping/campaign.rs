//! One random change behind the store's back at a time, and each must be found, the first wrong entry named.
//!
//! The long form is in `docs/testing.md`. A change that touches one row names its entry exactly; a
//! journal that was rebuilt whole names the two checkpoints from elsewhere between which it differs.

use quarterlight_store::{Against, Verdict};
use quarterlight_testing::engines::Engine;

use super::forged::Forger;
use crate::world::World;

/// How many entries the journal has, and after how many of them a checkpoint is kept elsewhere.
const ENTRIES: usize = 2_000;
const EVERY: usize = 100;

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harm {
    Flip,
    FlipKnowing,
    FlipPayload,
    Delete,
    Insert,
    Swap,
    BackDate,
    Tree,
    Rebuild,
    Resign,
    Older,
    Tail,
    LeafColumn,
}

const HARMS: [Harm; 13] = [
    Harm::Flip,
    Harm::FlipKnowing,
    Harm::FlipPayload,
    Harm::Delete,
    Harm::Insert,
    Harm::Swap,
    Harm::BackDate,
    Harm::Tree,
    Harm::Rebuild,
    Harm::Resign,
    Harm::Older,
    Harm::Tail,
    Harm::LeafColumn,
];

/// Numbers from a seed (SplitMix64): the same campaign each time.
struct Luck(u64);

impl Luck {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((word ^ (word >> 31)) % bound as u64).unwrap()
    }
}

fn long(name: &str, short: usize) -> usize {
    std::env::var_os(name).and_then(|it| it.into_string().ok()?.parse().ok()).unwrap_or(short)
}

/// What must be named: one entry, any entry from one on, or the gap between two checkpoints.
#[derive(Debug)]
enum Named {
    Exactly(usize),
    Between(usize),
    Nothing,
}

#[expect(clippy::too_many_lines, reason = "it is a table, one arm for each harm")]
async fn harm(forger: &Forger, harm: Harm, luck: &mut Luck) -> Named {
    let seq = luck.below(ENTRIES);
    let number = i64::try_from(seq).unwrap();
    let clean = &forger.lines;
    let bent = |bytes: &[u8], luck: &mut Luck| {
        let (mut bent, at) = (bytes.to_vec(), luck.below(bytes.len()));
        bent[at] ^= 1 << luck.below(8);
        bent
    };
    match harm {
        Harm::Flip => {
            let entry = bent(&clean[seq].entry, luck);
            let values = vec![entry.into(), number.into()];
            forger.run("update journal_entry set entry = $1 where seq = $2", values).await;
            Named::Exactly(seq)
        }
        Harm::FlipKnowing | Harm::BackDate => {
            let entry = if harm == Harm::BackDate {
                let text = String::from_utf8(clean[seq].entry.clone()).unwrap();
                text.replace("at 2026-11", "at 2025-11").into_bytes()
            } else {
                bent(&clean[seq].entry, luck)
            };
            let leaf = quarterlight_journal::Hash::leaf(&entry).as_bytes().to_vec();
            let values = vec![entry.into(), leaf.clone().into(), number.into()];
            forger
                .run("update journal_entry set entry = $1, leaf = $2 where seq = $3", values)
                .await;
            if luck.below(2) == 0 {
                // The stored leaf hash too, and the head's own: only what is built on it still differs.
                let index = quarterlight_journal::stored_count(seq as u64);
                let values = vec![leaf.clone().into(), i64::try_from(index).unwrap().into()];
                forger.run("update journal_node set hash = $1 where idx = $2", values).await;
                if seq + 1 == ENTRIES {
                    forger.run("update journal_head set last_leaf = $1", vec![leaf.into()]).await;
                    // Nothing follows the last entry, so nothing but a checkpoint tells.
                    return Named::Between(seq);
                }
            }
            Named::Exactly(seq)
        }
        Harm::FlipPayload => {
            let payload = clean[seq].payload.replace("Team", "Teem");
            let values = vec![payload.into(), number.into()];
            forger.run("update journal_payload set payload = $1 where seq = $2", values).await;
            Named::Exactly(seq)
        }
        Harm::LeafColumn => {
            let other = clean[(seq + 1) % ENTRIES].salt.clone();
            let values = vec![other.into(), number.into()];
            forger.run("update journal_entry set leaf = $1 where seq = $2", values).await;
            Named::Exactly(seq)
        }
        Harm::Delete => {
            forger.run("delete from journal_payload where seq = $1", vec![number.into()]).await;
            forger.run("delete from journal_entry where seq = $1", vec![number.into()]).await;
            // Of the last entry nothing follows: the head alone says that it is missing.
            if seq + 1 == ENTRIES { Named::Nothing } else { Named::Exactly(seq) }
        }
        Harm::Insert => {
            let (from, far) = (number, 1_000_000_i64);
            let payloads = "delete from journal_payload where seq >= $1";
            forger.run(payloads, vec![from.into()]).await;
            let away = "update journal_entry set seq = seq + $1 where seq >= $2";
            forger.run(away, vec![far.into(), from.into()]).await;
            let back = "update journal_entry set seq = seq - $1 where seq >= $2";
            forger.run(back, vec![(far - 1).into(), far.into()]).await;
            let entry = String::from_utf8(clean[seq].entry.clone()).unwrap();
            let entry = entry.replace("place.add", "place.end").into_bytes();
            let leaf = quarterlight_journal::Hash::leaf(&entry).as_bytes().to_vec();
            let values = vec![from.into(), entry.into(), leaf.into()];
            forger
                .run("insert into journal_entry (seq, entry, leaf) values ($1, $2, $3)", values)
                .await;
            forger.run("update journal_head set size = size + 1", Vec::new()).await;
            Named::Exactly(seq)
        }
        Harm::Swap => {
            let other = (seq + 1 + luck.below(ENTRIES - 1)) % ENTRIES;
            for (to, from) in [(seq, other), (other, seq)] {
                let leaf = quarterlight_journal::Hash::leaf(&clean[from].entry).as_bytes().to_vec();
                let entry = clean[from].entry.clone();
                let values = vec![entry.into(), leaf.into(), i64::try_from(to).unwrap().into()];
                forger
                    .run("update journal_entry set entry = $1, leaf = $2 where seq = $3", values)
                    .await;
            }
            Named::Exactly(seq.min(other))
        }
        Harm::Tree => {
            let rows = quarterlight_journal::stored_count(ENTRIES as u64);
            let index = luck.below(usize::try_from(rows).unwrap());
            let values = vec![clean[seq].salt.clone().into(), i64::try_from(index).unwrap().into()];
            forger.run("update journal_node set hash = $1 where idx = $2", values).await;
            Named::Nothing
        }
        Harm::Rebuild | Harm::Resign => {
            let mut lines = clean.clone();
            lines[seq].payload = lines[seq].payload.replace("Team", "Teem");
            let (on, marks) = (forger.on.clone(), forger.marks.clone());
            let mut forged = Forger { on, lines, marks };
            forged.rebuild(seq);
            if harm == Harm::Rebuild {
                // Without the key: the signed checkpoints after it are taken away.
                forged.marks.retain(|size| *size <= seq as u64);
            }
            forged.write().await;
            Named::Between(seq)
        }
        Harm::Older | Harm::Tail => {
            let (on, lines, mut marks) = (forger.on.clone(), clean.clone(), forger.marks.clone());
            marks.retain(|size| *size <= seq as u64);
            let mut forged = Forger { on, lines, marks };
            forged.lines.truncate(seq.max(1));
            forged.write().await;
            if harm == Harm::Tail {
                // What comes after is written anew, to the same length.
                let mut lines = clean.clone();
                for line in lines.iter_mut().skip(seq) {
                    line.payload = line.payload.replace("Team", "Crew");
                }
                let (on, marks) = (forger.on.clone(), forger.marks.clone());
                let mut forged = Forger { on, lines, marks };
                forged.rebuild(seq);
                forged.write().await;
            }
            Named::Between(seq)
        }
    }
}

async fn judge(world: &World, against: &Against) -> Verdict {
    world.store.journal.verify_against(against, &|_| ()).await.unwrap()
}

async fn run(world: &World, harms: usize, cleans: usize) {
    let forger = Forger::new(world, ENTRIES, EVERY).await;
    forger.remember().await;
    let others: Vec<_> = forger.marks.iter().map(|size| forger.other(*size)).collect();
    assert_eq!(others.len(), 20);
    let outside = Against { others, log: Some(super::signer().verifier()) };
    for _ in 0..cleans {
        forger.restore().await;
        let verdict = judge(world, &outside).await;
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
        assert_eq!(verdict.vouched, 2_000);
    }
    let mut luck = Luck(20_261_128);
    let (mut found, mut missed_without) = (0, 0);
    for turn in 0..harms {
        let kind = HARMS[turn % HARMS.len()];
        let named = harm(&forger, kind, &mut luck).await;
        let verdict = judge(world, &outside).await;
        assert!(!verdict.is_clean(), "{kind:?} {named:?} was not found");
        match named {
            Named::Exactly(seq) => {
                assert_eq!(verdict.first, Some(seq as u64), "{kind:?}: {:?}", verdict.wrong);
            }
            Named::Between(seq) => {
                let (from, seq) = (verdict.vouched, seq as u64);
                assert!(from <= seq && seq < from + EVERY as u64, "{kind:?} {seq}: {verdict:?}");
            }
            Named::Nothing => {}
        }
        found += 1;
        // The control: what somebody with the key did is not to be seen in the database alone.
        if matches!(kind, Harm::Resign | Harm::Tail) {
            let alone = Against { others: Vec::new(), log: outside.log.clone() };
            missed_without += usize::from(judge(world, &alone).await.is_clean());
        }
        forger.restore().await;
    }
    eprintln!(
        "{found} of {harms} changes were found; {cleans} of {cleans} clean ones were accepted"
    );
    let resigned = (0..harms).filter(|turn| matches!(HARMS[turn % 13], Harm::Resign | Harm::Tail));
    assert_eq!(missed_without, resigned.count(), "the control: without checkpoints from elsewhere");
}

#[tokio::test]
async fn on_sqlite() {
    let world = World::on(Engine::Sqlite).await;
    run(&world, long("QUARTERLIGHT_HARMS", 104), long("QUARTERLIGHT_CLEANS", 20)).await;
}

#[tokio::test]
async fn on_postgres() {
    let world = World::on(Engine::Postgres).await;
    run(&world, long("QUARTERLIGHT_HARMS_POSTGRES", 26), 3).await;
}
