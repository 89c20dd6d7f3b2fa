//! Signed checkpoints, proofs and exports, and what is found when somebody changed the journal.

mod campaign;
mod forged;
mod script;

use quarterlight_journal::{
    Checkpoint, Folder, Frontier, Hash, ProofFile, Signer, Witness, check_archive,
};
use std::collections::BTreeMap;

use crate::world::{World, stamp};

on_both_engines!(
    a_signed_checkpoint_continues_the_one_before,
    a_log_never_signs_two_histories,
    every_entry_is_proved_by_a_few_rows,
    an_export_is_whole_and_each_change_to_it_is_found,
    two_servers_sign_one_history,
);

/// The log's key in these tests.
pub fn signer() -> Signer {
    Signer::from_seed("audit.larkmoor.example/journal", &[7; 32]).unwrap()
}

/// An exported journal in memory.
#[derive(Debug, Clone, Default)]
pub struct InMemory(pub BTreeMap<String, Vec<u8>>);

impl Folder for InMemory {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }

    fn checkpoints(&self) -> Vec<String> {
        let names = self.0.keys().filter_map(|path| path.strip_prefix("checkpoints/"));
        names.map(str::to_owned).collect()
    }
}

/// The journal's export, with every personal part.
pub async fn exported(world: &World) -> InMemory {
    let mut files = InMemory::default();
    let keep = |path: &str, bytes: &[u8]| {
        files.0.entry(path.to_owned()).or_default().extend_from_slice(bytes);
        Ok::<(), quarterlight_store::Fault>(())
    };
    let size = world.store.journal.export(&signer().verifier(), true, keep).await.unwrap();
    assert!(size.is_some());
    files
}

mod stories {
    use super::*;
    use crate::world::sql;

    async fn rename(world: &World, times: usize) {
        for n in 0..times {
            let place = quarterlight_domain::place::PlaceKind::Team;
            let name = format!("Team {n} of {times}");
            world.store.places.add(&stamp(world.lead), None, place, &name).await.unwrap();
        }
    }

    pub async fn a_signed_checkpoint_continues_the_one_before(world: World) {
        let journal = &world.store.journal;
        assert_eq!(journal.last_signed().await.unwrap(), None);
        let mut sizes = Vec::new();
        for times in [1, 3, 9] {
            rename(&world, times).await;
            let signed = journal.sign(&stamp(world.lead), &signer()).await.unwrap();
            let again = journal.sign(&stamp(world.lead), &signer()).await.unwrap();
            assert_eq!(signed, again, "nothing changed, so nothing new is signed");
            sizes.push(signed.size);
        }
        let root = async |size| journal.frontier_at(size).await.unwrap().root();
        for old in &sizes {
            for new in sizes.iter().filter(|new| *new >= old) {
                let proof = journal.consistency(*old, *new).await.unwrap().unwrap();
                proof.verify(root(*old).await, root(*new).await).unwrap();
            }
        }
        let witness = Witness::from_seed("witness.example", &[9; 32]).unwrap();
        let last = journal.last_signed().await.unwrap().unwrap();
        let said = Checkpoint::open(&last.note, &signer().verifier()).unwrap();
        let line = witness.cosign(&said, 1_800_000_000).unwrap();
        let lines = [line.clone(), line];
        journal.keep_cosignatures(&stamp(world.lead), last.size, &lines).await.unwrap();
        let kept = journal.last_signed().await.unwrap().unwrap();
        assert_eq!(witness.verifier().verify(&kept.note).unwrap(), 1_800_000_000);
        assert_eq!(journal.last_cosigned("witness.example").await.unwrap(), last.size);
        for table in ["journal_signed", "journal_cosigned", "journal_node", "journal_sent"] {
            if table != "journal_sent" {
                assert!(sql(&world, &format!("delete from {table}")).await.is_err(), "{table}");
            }
        }
    }

    pub async fn a_log_never_signs_two_histories(world: World) {
        let journal = &world.store.journal;
        rename(&world, 4).await;
        journal.sign(&stamp(world.lead), &signer()).await.unwrap();
        rename(&world, 1).await;
        forged::drop_triggers(&world).await;
        let forged =
            "update journal_node set hash = (select leaf from journal_entry where seq = 2)";
        sql(&world, forged).await.unwrap();
        let refused = journal.sign(&stamp(world.lead), &signer()).await;
        assert!(refused.unwrap_err().to_string().contains("not the one that was last signed"));
    }

    pub async fn every_entry_is_proved_by_a_few_rows(world: World) {
        rename(&world, 20).await;
        let signed = world.store.journal.sign(&stamp(world.lead), &signer()).await.unwrap();
        let (store, count) = world.counted().await;
        for entry in 0..signed.size {
            count.store(0, std::sync::atomic::Ordering::Relaxed);
            let proof = store.journal.inclusion(entry, signed.size).await.unwrap().unwrap();
            assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 1);
            assert!(proof.path.len() <= 6, "{}", proof.path.len());
            let file = ProofFile::new(proof, signed.note.clone()).to_string();
            let bytes = store.journal.entry(entry).await.unwrap().unwrap();
            let read: ProofFile = file.parse().unwrap();
            read.verify(&bytes, &signer().verifier(), &[]).unwrap();
            let other = store.journal.entry((entry + 1) % signed.size).await.unwrap().unwrap();
            assert!(read.verify(&other, &signer().verifier(), &[]).is_err());
        }
        assert_eq!(store.journal.inclusion(signed.size, signed.size).await.unwrap(), None);
    }

    pub async fn an_export_is_whole_and_each_change_to_it_is_found(world: World) {
        rename(&world, 3).await;
        world.store.journal.sign(&stamp(world.lead), &signer()).await.unwrap();
        rename(&world, 5).await;
        let signed = world.store.journal.sign(&stamp(world.lead), &signer()).await.unwrap();
        let folder = exported(&world).await;
        let log = signer().verifier();
        let checked = check_archive(&folder, &log, &[], &[]);
        assert_eq!(checked.wrong, Vec::new());
        assert_eq!((checked.size, checked.payloads as u64), (signed.size, signed.size));
        let thief = Signer::from_seed(log.name(), &[8; 32]).unwrap();
        assert!(!check_archive(&folder, &thief.verifier(), &[], &[]).wrong.is_empty());
        for (path, bytes) in &folder.0 {
            if path == "README.txt" || path == "key" {
                continue;
            }
            // The last bit of a base64 text may mean nothing, so a byte in the middle is changed.
            let mut bent = folder.clone();
            let at = bytes.len() / 2;
            bent.0.get_mut(path).unwrap()[at] ^= 1;
            let found = check_archive(&bent, &log, &[], &[]);
            assert!(!found.wrong.is_empty(), "{path} with one bit turned");
            let mut less = folder.clone();
            less.0.remove(path);
            let found = check_archive(&less, &log, &[], &[]);
            let may_be_left_out = path == "payloads" || path.starts_with("checkpoints/");
            assert_eq!(found.wrong.is_empty(), may_be_left_out, "{path} left out");
        }
    }

    pub async fn two_servers_sign_one_history(world: World) {
        rename(&world, 6).await;
        let other = world.another_server().await;
        let mut signing = Vec::new();
        for n in 0..24 {
            let store = if n % 2 == 0 { world.store.clone() } else { other.clone() };
            let stamp = stamp(world.lead);
            signing.push(tokio::spawn(async move {
                let name = format!("Another team {n}");
                let place = quarterlight_domain::place::PlaceKind::Team;
                store.places.add(&stamp, None, place, &name).await.unwrap();
                store.journal.sign(&stamp, &signer()).await.unwrap()
            }));
        }
        let mut signed = Vec::new();
        for one in signing {
            signed.push(one.await.unwrap());
        }
        signed.sort_by_key(|it| it.size);
        let journal = &world.store.journal;
        for pair in signed.windows(2) {
            let (old, new) = (pair[0].size, pair[1].size);
            let [old_root, new_root] =
                [&pair[0], &pair[1]].map(|it| it.note.text().parse::<Checkpoint>().unwrap().root());
            let proof = journal.consistency(old, new).await.unwrap().unwrap();
            proof.verify(old_root, new_root).unwrap();
        }
        let verdict = journal.verify(None, &|_| ()).await.unwrap();
        assert_eq!(verdict.wrong, Vec::<String>::new());
    }
}

/// The edge of a tree over these entries.
pub fn edge<E: AsRef<[u8]>>(entries: &[E]) -> Frontier {
    let mut frontier = Frontier::new();
    for entry in entries {
        frontier.push(Hash::leaf(entry.as_ref()));
    }
    frontier
}
