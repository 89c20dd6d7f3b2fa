//! What an audit comes to in words: strengths, key issues, themes, and what to read or learn.

use std::collections::BTreeSet;

use crate::id::ThemeId;
use crate::names::Names;
use crate::refusal::Refusal;

/// The most characters that a theme may have.
pub const LONGEST_THEME: usize = 60;

/// How many training links an audit may have.
pub const MOST_LINKS: usize = 3;

/// Something to read or to learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingLink {
    /// What it is.
    pub title: String,
    /// Where it is, over HTTPS.
    pub url: String,
}

impl TrainingLink {
    /// A link; none where both are blank.
    ///
    /// # Errors
    /// Refuses one without the other, an address that does not begin with `https://`, and one with
    /// a space, a name and password or anything else that is no address.
    pub fn new(title: &str, url: &str) -> Result<Option<Self>, Refusal> {
        let (title, url) = (title.trim(), url.trim());
        if title.is_empty() && url.is_empty() {
            return Ok(None);
        }
        if title.is_empty() || title.chars().count() > 120 || title.contains(char::is_control) {
            return Err(Refusal::because("Say what the link leads to, in 120 characters at most."));
        }
        let host = url
            .strip_prefix("https://")
            .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let is_host = |host: &str| {
            host.contains('.')
                && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:".contains(c))
        };
        let is_plain = url.len() <= 500
            && url.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c));
        if !host.is_some_and(is_host) || !is_plain {
            return Err(Refusal::because(
                "Enter an address that begins with https://, such as https://www.example.org/course.",
            ));
        }
        Ok(Some(Self { title: title.to_owned(), url: url.to_owned() }))
    }
}

/// What an audit comes to in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SummingUp {
    /// What is good in the work.
    pub strengths: String,
    /// What matters most of what is not.
    pub issues: String,
    /// The themes that it belongs to.
    pub themes: BTreeSet<ThemeId>,
    /// What to read or to learn from.
    pub training: Vec<TrainingLink>,
    /// How many times it has been saved; 0 for one that is not saved yet.
    pub version: u32,
}

impl SummingUp {
    /// True while nothing is written.
    pub fn is_empty(&self) -> bool {
        Self { version: 0, ..self.clone() } == Self::default()
    }
}

/// The name of a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThemeName(String);

impl ThemeName {
    /// Takes a name as it was typed, with single spaces.
    ///
    /// # Errors
    /// Refuses a blank one, one of more than [`LONGEST_THEME`] characters, and one in which
    /// somebody is named.
    pub fn new(text: &str, names: &Names) -> Result<Self, Refusal> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_THEME {
            return Err(Refusal::because(format!(
                "Give the theme a name of {LONGEST_THEME} characters at most."
            )));
        }
        names.are_not_in(&name)?;
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By which two names are the same.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Where a theme stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThemeStanding {
    /// An auditor proposed it, and the quality lead has not said anything yet.
    Proposed,
    /// It is on the list, and auditors can choose it.
    Listed,
    /// It is not, or no longer, on the list. Audits that have it keep it.
    SetAside,
}

impl ThemeStanding {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Listed, Self::SetAside];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Listed => "listed",
            Self::SetAside => "set-aside",
        }
    }

    /// The standing in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Listed => "On the list",
            Self::SetAside => "Set aside",
        }
    }

    /// The standing with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_training_link_has_a_title_and_goes_over_https() {
        assert_eq!(TrainingLink::new(" ", "").unwrap(), None);
        let link = TrainingLink::new("Life story work", "https://learn.example.org/life-story?x=1");
        assert_eq!(link.unwrap().unwrap().title, "Life story work");
        for url in [
            "",
            "http://learn.example.org",
            "javascript:alert(1)",
            "https://",
            "https://localhost/x",
            "https://name:password@example.org/",
            "https://example.org/ a",
            "https://example.org/\"onclick",
        ] {
            assert!(TrainingLink::new("Course", url).is_err(), "{url}");
        }
        assert!(TrainingLink::new("", "https://example.org").is_err());
    }

    #[test]
    fn a_theme_is_short_and_names_nobody() {
        let names = Names::of(["Nia Pell"]);
        let name = ThemeName::new("  Life  story work ", &names).unwrap();
        assert_eq!((name.as_str(), name.key().as_str()), ("Life story work", "life story work"));
        for wrong in ["", " ", "Pell’s visits"] {
            assert!(ThemeName::new(wrong, &names).is_err(), "{wrong}");
        }
        assert!(ThemeName::new(&"a".repeat(LONGEST_THEME + 1), &names).is_err());
    }

    #[test]
    fn every_standing_has_its_own_code() {
        for standing in ThemeStanding::ALL {
            assert_eq!(ThemeStanding::from_code(standing.code()), Some(standing));
        }
    }
}
