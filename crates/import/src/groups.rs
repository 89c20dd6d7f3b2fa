//! Which group of the council's identity provider holds which role: a TOML file that somebody writes.

use quarterlight_domain::person::Role;
use quarterlight_domain::refusal::Refusal;
use serde::Deserialize;

use crate::toml_text;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    group: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    role: String,
    place: Option<String>,
}

/// One line of such a file: the group, the role of its members, and the name of the place that they
/// hold it over; the whole authority where none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// The group, as the identity provider names it.
    pub group: String,
    /// The role.
    pub role: Role,
    /// The place, by its name.
    pub place: Option<String>,
}

/// Reads such a file.
///
/// # Errors
/// Refuses what is no TOML of this shape, a role that there is not, a group without a name, and a
/// file that names no group at all: with it, nobody could sign in.
pub fn from_toml(text: &str) -> Result<Vec<GroupLine>, Refusal> {
    let file: File = toml_text::read("The file of groups", text)?;
    if file.group.is_empty() {
        return Err(Refusal::because(
            "The file of groups names none. Give at least one, as [[group]] with its name and role.",
        ));
    }
    let line = |line: Line| {
        let codes = || Role::ALL.map(Role::code).join(", ");
        let role = Role::from_code(&line.role).ok_or_else(|| {
            Refusal::because(format!(
                "The group “{}” has the role “{}”. Give one of {}.",
                line.name,
                line.role,
                codes()
            ))
        })?;
        if line.name.trim().is_empty() {
            return Err(Refusal::because(
                "A group in the file of groups has no name. Give it one.",
            ));
        }
        Ok(GroupLine { group: line.name, role, place: line.place })
    };
    file.group.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_with_their_roles_and_places() {
        let text = "[[group]]\nname = \"ql-auditors\"\nrole = \"auditor\"\n\n\
                    [[group]]\nname = \"7f3a\"\nrole = \"service-manager\"\nplace = \"Disability Service\"\n";
        let lines = from_toml(text).unwrap();
        assert_eq!(lines[0].role, Role::Auditor);
        assert_eq!(
            (lines[0].place.as_deref(), lines[1].place.as_deref()),
            (None, Some("Disability Service"))
        );
    }

    #[test]
    fn a_file_that_lets_in_nobody_or_anybody_is_refused() {
        for text in [
            "",
            "[[group]]\nname = \"\"\nrole = \"auditor\"",
            "[[group]]\nname = \"a\"\nrole = \"root\"",
            "[[group]]\nname = \"a\"\nrole = \"auditor\"\nplaces = \"everywhere\"",
            "group = 1",
        ] {
            assert!(from_toml(text).is_err(), "{text}");
        }
    }
}
