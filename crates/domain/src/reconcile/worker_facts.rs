//! What is known of workers once sources are compared, and how names are compared.

use crate::allocation::Experience;
use crate::need::Known;

/// What is known of one worker, from every source that tells of workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerFacts {
    /// The name under which case lists know them; none where only a number is known.
    pub name: Option<String>,
    /// Their number in the register of social workers.
    pub registration: Option<String>,
    /// Their number in the case system.
    pub staff_number: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// How experienced they are.
    pub experience: Experience,
    /// Hours as a share of full time, in thousandths.
    pub full_time_thousandths: Option<u32>,
    /// Whether an agency employs them.
    pub agency: Known,
    /// The sources that tell of them, by their place as given.
    pub told_by: Vec<usize>,
}

/// How the workers of one source were matched with those of other sources.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WorkerRate {
    /// The source, by its place as given.
    pub source: usize,
    /// Its workers.
    pub workers: usize,
    /// Matched by a number.
    pub by_number: usize,
    /// Matched by name within a team.
    pub by_name: usize,
    /// Said by a person to be the same.
    pub confirmed: usize,
    /// Doubtful: not matched until a person says so.
    pub doubtful: usize,
    /// On no other source.
    pub alone: usize,
}

/// Two workers who may be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerDoubt {
    /// The key by which a decision on the one is remembered.
    pub one: String,
    /// The key of the other.
    pub other: String,
    /// The name that both have.
    pub name: String,
    /// The teams of the one.
    pub one_teams: Vec<String>,
    /// The teams of the other.
    pub other_teams: Vec<String>,
    /// The source of the one, by its place as given.
    pub one_on: usize,
    /// The source of the other.
    pub other_on: usize,
}

/// A name in small letters, without marks, its parts in alphabetical order: *Oakes, Ada* and *Ada
/// Oakes* are one name.
pub fn plain_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut parts: Vec<String> = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort();
    parts.join(" ")
}

/// True if two names of teams are one but for capitals, marks and spaces.
pub fn named_the_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    one == other || plain(one) == plain(other)
}
