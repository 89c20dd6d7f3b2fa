//! With what a session began, whether that was two factors, and for how long it counts as lately shown.

use jiff::{SignedDuration, Timestamp};

/// What weighs much is asked for again once somebody has not shown for so long who they are.
pub const LATELY: SignedDuration = SignedDuration::from_mins(10);

/// What somebody has shown in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// A password alone.
    Password,
    /// A password and a one-time code.
    Code,
    /// A password and a recovery code.
    Recovery,
    /// A passkey, whose device has verified its person.
    Passkey,
    /// The council's own sign-in, which did not say that it asked for two factors.
    Provider,
    /// The council's own sign-in, with two factors: its own, or ours as the second.
    ProviderTwo,
}

impl Proof {
    /// Everything that somebody can show.
    pub const ALL: [Self; 6] = [
        Self::Password,
        Self::Code,
        Self::Recovery,
        Self::Passkey,
        Self::Provider,
        Self::ProviderTwo,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
            Self::ProviderTwo => "provider-two",
        }
    }

    /// What this code says.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.code() == code)
    }

    /// What was shown, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Password => "With a password",
            Self::Code => "With a password and a one-time code",
            Self::Recovery => "With a password and a recovery code",
            Self::Passkey => "With a passkey",
            Self::Provider => "Through the council’s own sign-in",
            Self::ProviderTwo => "Through the council’s own sign-in, with two factors",
        }
    }

    /// True if that was two factors.
    pub const fn is_two(self) -> bool {
        !matches!(self, Self::Password | Self::Provider)
    }

    /// True if the council's own sign-in has shown it.
    pub const fn is_of_provider(self) -> bool {
        matches!(self, Self::Provider | Self::ProviderTwo)
    }

    /// The same with a one-time code beside it.
    #[must_use]
    pub const fn with_code(self) -> Self {
        if self.is_of_provider() { Self::ProviderTwo } else { Self::Code }
    }

    /// The same with a passkey beside it.
    #[must_use]
    pub const fn with_passkey(self) -> Self {
        if self.is_of_provider() { Self::ProviderTwo } else { Self::Passkey }
    }
}

/// True if what was shown then still counts now, within this time.
pub fn is_lately(shown: Timestamp, now: Timestamp, within: SignedDuration) -> bool {
    now.duration_since(shown) <= within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proof_has_its_own_code() {
        for proof in Proof::ALL {
            assert_eq!(Proof::from_code(proof.code()), Some(proof));
        }
        assert_eq!(Proof::from_code("anything"), None);
    }

    #[test]
    fn a_password_or_a_word_of_the_provider_alone_is_one_factor() {
        let two: Vec<Proof> = Proof::ALL.into_iter().filter(|proof| proof.is_two()).collect();
        assert_eq!(two, [Proof::Code, Proof::Recovery, Proof::Passkey, Proof::ProviderTwo]);
        assert!(Proof::ALL.into_iter().all(|proof| proof.with_code().is_two()));
        assert!(Proof::ALL.into_iter().all(|proof| proof.with_passkey().is_two()));
    }

    #[test]
    fn what_was_shown_counts_for_ten_minutes() {
        let now = Timestamp::UNIX_EPOCH;
        let ago = |seconds| now.checked_sub(SignedDuration::from_secs(seconds)).unwrap();
        assert!(is_lately(ago(0), now, LATELY) && is_lately(ago(600), now, LATELY));
        assert!(!is_lately(ago(601), now, LATELY));
    }
}
