//! How long somebody stays signed in.

use jiff::SignedDuration;

use crate::refusal::Refusal;

/// How long somebody may be away, and how long a session lasts at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    idle: SignedDuration,
    longest: SignedDuration,
}

impl Default for Times {
    fn default() -> Self {
        Self { idle: SignedDuration::from_mins(60), longest: SignedDuration::from_hours(12) }
    }
}

impl Times {
    /// These times, in minutes.
    ///
    /// # Errors
    /// Refuses times that would sign people out while they read, or leave an unattended machine open.
    pub fn new(idle: u32, longest: u32) -> Result<Self, Refusal> {
        if !(10..=120).contains(&idle) {
            return Err(Refusal::because(format!(
                "Set idle_minutes to 10 to 120, not to {idle}. Less signs people out while they read paper; more leaves an unattended machine open."
            )));
        }
        if !(60..=720).contains(&longest) || longest < idle {
            return Err(Refusal::because(format!(
                "Set session_minutes to 60 to 720 and not below idle_minutes, not to {longest}. A session that lasts for days is there for whoever finds the machine."
            )));
        }
        Ok(Self {
            idle: SignedDuration::from_mins(idle.into()),
            longest: SignedDuration::from_mins(longest.into()),
        })
    }

    /// How long somebody may be away.
    pub fn idle(self) -> SignedDuration {
        self.idle
    }

    /// How long a session lasts at most.
    pub fn longest(self) -> SignedDuration {
        self.longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_floor_and_a_ceiling() {
        assert_eq!(Times::new(60, 720), Ok(Times::default()));
        for (idle, longest) in [(9, 720), (121, 720), (60, 59), (60, 721), (120, 90)] {
            assert!(Times::new(idle, longest).is_err(), "{idle} {longest}");
        }
        assert!(Times::new(10, 60).is_ok() && Times::new(120, 720).is_ok());
    }
}
