//! How the program ends: an exit code that a script can tell apart, and words for the person.

use std::process::ExitCode;

use quarterlight_domain::refusal::Refusal;

/// Something was found wrong, or the rules said no. Nothing was changed.
#[derive(Debug)]
pub struct Wrong(pub String);

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

/// Ends with a sentence and exit code 1.
pub fn wrong<T>(sentence: impl Into<String>) -> anyhow::Result<T> {
    Err(Wrong(sentence.into()).into())
}

/// How the program ends when it does not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Exit code 1.
    Wrong,
    /// Exit code 3.
    Failed,
}

impl Ending {
    /// The ending that an error means.
    pub fn of(error: &anyhow::Error) -> Self {
        if error.is::<Wrong>() || error.is::<Refusal>() { Self::Wrong } else { Self::Failed }
    }

    /// Says it, and gives the code.
    pub fn say(self, error: &anyhow::Error) -> ExitCode {
        match self {
            Self::Wrong => {
                eprintln!("{error}");
                ExitCode::from(1)
            }
            Self::Failed => {
                let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
                eprintln!("Could not {}.", chain.join(": "));
                ExitCode::from(3)
            }
        }
    }
}
