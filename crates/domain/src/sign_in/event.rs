//! What is noted of signing in: each thing that can happen, with a code that stays the same.

/// Something that happened about signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInEvent {
    /// They signed in.
    SignedIn,
    /// The address or the password was wrong.
    Wrong,
    /// There were too many tries, and what was typed was not looked at.
    Limited,
    /// The password was right and the code was wrong.
    SecondWrong,
    /// A code was given a second time.
    CodeReused,
    /// A recovery code was used in place of a one-time code.
    RecoveryUsed,
    /// New recovery codes were made; the ones before hold no more.
    RecoveryMade,
    /// One-time codes were switched on.
    CodesOn,
    /// One-time codes were switched off.
    CodesOff,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A passkey was refused, as one that may have been copied is.
    PasskeyRefused,
    /// The password was changed.
    PasswordChanged,
    /// An administrator made a code by which a new password is chosen.
    ResetMade,
    /// A new password was chosen with an administrator’s code.
    ResetUsed,
    /// They signed out.
    SignedOut,
    /// They ended a session from another one.
    EndedBySelf,
    /// A session ended because of what was changed about signing in.
    EndedByChange,
    /// A session ended because nobody was there.
    EndedIdle,
    /// A session ended because it had lasted as long as one may.
    EndedLongest,
    /// A session ended because its person holds no role any more.
    EndedGone,
    /// They accepted the confidentiality page.
    Accepted,
    /// They showed again who they are, before something weighty.
    Shown,
    /// An administrator ended what they sign in with besides a password.
    FactorsEnded,
    /// An administrator ended a session.
    EndedByAdministrator,
    /// A session ended because somebody signed in anew in the same browser.
    EndedAnew,
}

impl SignInEvent {
    /// Everything that can happen.
    pub const ALL: [Self; 26] = [
        Self::SignedIn,
        Self::Wrong,
        Self::Limited,
        Self::SecondWrong,
        Self::CodeReused,
        Self::RecoveryUsed,
        Self::RecoveryMade,
        Self::CodesOn,
        Self::CodesOff,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::PasskeyRefused,
        Self::PasswordChanged,
        Self::ResetMade,
        Self::ResetUsed,
        Self::SignedOut,
        Self::EndedBySelf,
        Self::EndedByChange,
        Self::EndedIdle,
        Self::EndedLongest,
        Self::EndedGone,
        Self::Accepted,
        Self::Shown,
        Self::FactorsEnded,
        Self::EndedByAdministrator,
        Self::EndedAnew,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::Wrong => "wrong",
            Self::Limited => "limited",
            Self::SecondWrong => "second-wrong",
            Self::CodeReused => "code-reused",
            Self::RecoveryUsed => "recovery-used",
            Self::RecoveryMade => "recovery-made",
            Self::CodesOn => "codes-on",
            Self::CodesOff => "codes-off",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyRefused => "passkey-refused",
            Self::PasswordChanged => "password-changed",
            Self::ResetMade => "reset-made",
            Self::ResetUsed => "reset-used",
            Self::SignedOut => "signed-out",
            Self::EndedBySelf => "ended-self",
            Self::EndedByChange => "ended-change",
            Self::EndedIdle => "ended-idle",
            Self::EndedLongest => "ended-longest",
            Self::EndedGone => "ended-gone",
            Self::Accepted => "accepted",
            Self::Shown => "shown",
            Self::FactorsEnded => "factors-ended",
            Self::EndedByAdministrator => "ended-administrator",
            Self::EndedAnew => "ended-anew",
        }
    }

    /// What happened, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SignedIn => "Signed in",
            Self::Wrong => "Wrong address or password",
            Self::Limited => "Refused: too many tries",
            Self::SecondWrong => "Right password, wrong code",
            Self::CodeReused => "A code was used again",
            Self::RecoveryUsed => "Recovery code used",
            Self::RecoveryMade => "Recovery codes made",
            Self::CodesOn => "One-time codes switched on",
            Self::CodesOff => "One-time codes switched off",
            Self::PasskeyAdded => "Passkey added",
            Self::PasskeyRemoved => "Passkey removed",
            Self::PasskeyRefused => "Passkey refused",
            Self::PasswordChanged => "Password changed",
            Self::ResetMade => "Reset by an administrator",
            Self::ResetUsed => "Password chosen after a reset",
            Self::SignedOut => "Signed out",
            Self::EndedBySelf => "Session ended from another",
            Self::EndedByChange => "Session ended by a change",
            Self::EndedIdle => "Session ended: away too long",
            Self::EndedLongest => "Session ended: its longest time",
            Self::EndedGone => "Session ended: no role left",
            Self::Accepted => "Confidentiality accepted",
            Self::Shown => "Showed again who they are",
            Self::FactorsEnded => "Second factor ended by an administrator",
            Self::EndedByAdministrator => "Session ended by an administrator",
            Self::EndedAnew => "Session ended: signed in anew",
        }
    }

    /// True for what somebody should look at who did not do it themselves.
    pub const fn is_refusal(self) -> bool {
        matches!(
            self,
            Self::Wrong
                | Self::Limited
                | Self::SecondWrong
                | Self::CodeReused
                | Self::PasskeyRefused
        )
    }

    /// What this code says.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_happens_has_its_own_code() {
        for event in SignInEvent::ALL {
            assert_eq!(SignInEvent::from_code(event.code()), Some(event));
        }
    }
}
