//! Opening the database that the settings name.

use std::path::Path;

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Durability, Settings, Store};

use crate::config::Config;
use crate::ending::wrong;
use crate::system;

/// Opens the database, whatever its schema.
pub async fn open_as_it_is(config: &Config) -> anyhow::Result<Store> {
    if let Some(why) = on_another_machine(&config.database) {
        return wrong(why);
    }
    let settings = Settings {
        address: config.database.clone(),
        durability: Durability::Full,
        chance: system::chance,
    };
    Ok(Store::open(&settings).await?)
}

/// File systems of other machines: what SQLite asks of a disk they do not all keep, and a lock there
/// is not always one.
const OF_OTHER_MACHINES: [&str; 13] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "ceph",
    "fuse.ceph",
    "afs",
    "lustre",
    "gfs2",
    "fuse.sshfs",
    "fuse.glusterfs",
];

/// Why a SQLite file on a network drive is refused, where the system says what is mounted.
pub fn on_another_machine(address: &str) -> Option<String> {
    let folder = folder(file(address)?).canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let kind = kind_of_disk(&mounts, &folder).filter(|kind| OF_OTHER_MACHINES.contains(kind))?;
    Some(format!(
        "The database is on a network drive ({kind}), which cannot be trusted to keep what was saved. \
         Put it on a disk of this machine, or use PostgreSQL."
    ))
}

/// The file of a SQLite database; none where it is on a server.
pub fn file(address: &str) -> Option<&Path> {
    let file = address.strip_prefix("sqlite:")?.trim_start_matches("//");
    file.split('?').next().map(Path::new)
}

/// The folder that a file is in.
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What kind of file system a folder is on.
fn kind_of_disk<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.replace("\\040", " "), words.next()?))
    });
    let around = mounts.filter(|(at, _)| folder.starts_with(at));
    // The last of the longest: a later one hides an earlier one at the same place.
    around.max_by_key(|(at, _)| at.len()).map(|(_, kind)| kind)
}

/// Opens the database, whose schema must be this program's.
pub async fn open(config: &Config) -> anyhow::Result<Store> {
    let store = open_as_it_is(config).await?;
    match store.steps_behind().await? {
        0 => Ok(store),
        _ => wrong("The database’s schema is not up to date. Run `quarterlight migrate` first."),
    }
}

/// The stamp of something done at this command line.
pub fn stamp(why: &str) -> Stamp {
    Stamp::console(system::clock(), why)
}

/// The authority's name, as the pages show it.
pub async fn authority(store: &Store) -> anyhow::Result<String> {
    let places = store.places.all().await?;
    let authority = places.iter().find(|place| place.kind == PlaceKind::Authority);
    Ok(authority.map_or_else(String::new, |place| place.name.clone()))
}

/// The place of this name, which must be the only one; without a name, the authority.
pub fn place(places: &[Place], name: Option<&str>) -> anyhow::Result<PlaceId> {
    let named: Vec<&Place> = places
        .iter()
        .filter(|place| match name {
            Some(name) => place.name.eq_ignore_ascii_case(name),
            None => place.kind == PlaceKind::Authority,
        })
        .collect();
    match (named.as_slice(), name) {
        ([one], _) => Ok(one.id),
        ([], Some(name)) => {
            wrong(format!("There is no place “{name}”. `quarterlight place list` lists them."))
        }
        ([], None) => {
            wrong("Add the authority first: quarterlight place add --kind authority --name NAME")
        }
        (_, name) => {
            wrong(format!("More than one place is called “{}”.", name.unwrap_or_default()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::kind_of_disk;

    #[test]
    fn a_network_drive_is_seen() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/all /srv/data nfs4 rw 0 0\n\
            //server/share /mnt/with\\040space cifs rw 0 0\n/dev/sdb1 /srv/data/own ext4 rw 0 0\n";
        let kind = |folder| kind_of_disk(mounts, Path::new(folder));
        assert_eq!(kind("/srv/data/quarterlight"), Some("nfs4"));
        assert_eq!(kind("/srv/data/own/quarterlight"), Some("ext4"));
        assert_eq!(kind("/mnt/with space"), Some("cifs"));
        assert_eq!(kind("/srv/database"), Some("ext4"));
    }
}
