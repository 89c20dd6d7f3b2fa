//! How often somebody may try to sign in, so that guessing is hopeless and nobody is locked out by others.

use jiff::{SignedDuration, Timestamp};

/// So many wrong tries are looked at in [`WINDOW`], and no more.
pub const MOST: u32 = 10;

/// So many from one network address for all accounts together: a council's people share one.
pub const MOST_OF_NETWORK: u32 = 60;

/// The time in which wrong tries are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// How long a network address waits between two tries for an account that is being guessed at.
pub const APART: SignedDuration = SignedDuration::from_secs(15);

/// The wrong tries of the last five minutes, without the one that is asked about. What was refused
/// unseen is no wrong try.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    /// From this browser, where somebody has signed in to this account with it before.
    pub of_known_browser: Option<u32>,
    /// For this account from this network address, in browsers that it does not know.
    pub of_pair: u32,
    /// From this network address for any account, in browsers that those accounts do not know.
    pub of_network: u32,
    /// For this account from anywhere, in browsers that it does not know.
    pub of_account: u32,
    /// When this network address last asked for this account, looked at or not.
    pub last_of_pair: Option<Timestamp>,
}

/// What becomes of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// What was typed is looked at.
    LookAt,
    /// It is not: this long first.
    Wait(SignedDuration),
}

/// What becomes of a try at this moment.
///
/// A browser that the account knows is asked for its own wrong tries alone, so that whatever others do
/// elsewhere never stops its person. For the account as a whole nothing is ever refused: once it is
/// being guessed at, each network address waits a quarter of a minute between two tries.
pub fn verdict(tries: &Tries, at: Timestamp) -> Verdict {
    if let Some(wrong) = tries.of_known_browser {
        return if wrong < MOST { Verdict::LookAt } else { Verdict::Wait(WINDOW) };
    }
    if tries.of_pair >= MOST || tries.of_network >= MOST_OF_NETWORK {
        return Verdict::Wait(WINDOW);
    }
    let has_waited = tries.last_of_pair.is_some_and(|last| at.duration_since(last) >= APART);
    if tries.of_account >= MOST && !has_waited {
        return Verdict::Wait(APART);
    }
    Verdict::LookAt
}

/// What the person is told: the same for an account that there is and for one that there is not.
pub fn in_words(wait: SignedDuration) -> String {
    let how_long = match wait.as_secs() {
        seconds @ 0..=90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 59) / 60),
    };
    format!("There were too many tries to sign in. Wait {how_long}, then try again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn ago(seconds: i64) -> Option<Timestamp> {
        NOW.checked_sub(SignedDuration::from_secs(seconds)).ok()
    }

    #[test]
    fn ten_wrong_tries_are_looked_at_and_the_eleventh_waits() {
        let tries = |of_pair| Tries { of_pair, ..Tries::default() };
        assert_eq!(verdict(&tries(9), NOW), Verdict::LookAt);
        assert_eq!(verdict(&tries(10), NOW), Verdict::Wait(WINDOW));
        let known = |wrong| Tries { of_known_browser: Some(wrong), ..Tries::default() };
        assert_eq!(verdict(&known(9), NOW), Verdict::LookAt);
        assert_eq!(verdict(&known(10), NOW), Verdict::Wait(WINDOW));
        let network = |of_network| Tries { of_network, ..Tries::default() };
        assert_eq!(verdict(&network(59), NOW), Verdict::LookAt);
        assert_eq!(verdict(&network(60), NOW), Verdict::Wait(WINDOW));
    }

    #[test]
    fn whatever_others_do_a_known_browser_is_never_stopped() {
        let worst = Tries {
            of_known_browser: Some(0),
            of_pair: u32::MAX,
            of_network: u32::MAX,
            of_account: u32::MAX,
            last_of_pair: Some(NOW),
        };
        assert_eq!(verdict(&worst, NOW), Verdict::LookAt);
    }

    #[test]
    fn an_account_that_is_guessed_at_is_delayed_and_never_locked() {
        let tries = |last_of_pair| Tries { of_account: 5_000, last_of_pair, ..Tries::default() };
        assert_eq!(verdict(&tries(None), NOW), Verdict::Wait(APART));
        assert_eq!(verdict(&tries(ago(14)), NOW), Verdict::Wait(APART));
        assert_eq!(verdict(&tries(ago(15)), NOW), Verdict::LookAt);
    }

    #[test]
    fn waiting_is_said_in_words() {
        assert!(in_words(APART).contains("Wait 15 seconds"));
        assert!(in_words(WINDOW).contains("Wait 5 minutes"));
    }
}
