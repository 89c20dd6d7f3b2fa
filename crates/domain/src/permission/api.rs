//! What a token of the API may do: the scopes that it was given, and nothing else.

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::id::{ApiTokenId, PlaceId};
use crate::refusal::Refusal;

/// One narrow thing that a token may be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Send a case list's files, to be read and checked.
    CaseListsWrite,
    /// Take a case list in that was read and checked.
    CaseListsTakeIn,
    /// Read the counts of a quarter.
    FiguresRead,
    /// Read the public part of released reports.
    ReleasedRead,
    /// Read what the committee is owed.
    RegisterRead,
    /// Read the journal's size, root and entries, without what they say.
    JournalRead,
    /// Read whether all is well.
    HealthRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 7] = [
        Self::CaseListsWrite,
        Self::CaseListsTakeIn,
        Self::FiguresRead,
        Self::ReleasedRead,
        Self::RegisterRead,
        Self::JournalRead,
        Self::HealthRead,
    ];

    /// The scope as tokens and the API's description name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CaseListsWrite => "case-lists:write",
            Self::CaseListsTakeIn => "case-lists:take-in",
            Self::FiguresRead => "figures:read",
            Self::ReleasedRead => "released:read",
            Self::RegisterRead => "register:read",
            Self::JournalRead => "journal:read",
            Self::HealthRead => "health:read",
        }
    }

    /// The scope in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::CaseListsWrite => "Send a case list to be checked",
            Self::CaseListsTakeIn => "Take a checked case list in",
            Self::FiguresRead => "Read the counts of a quarter",
            Self::ReleasedRead => "Read the public part of released reports",
            Self::RegisterRead => "Read what the committee is owed",
            Self::JournalRead => "Read the journal’s checkpoint and entries, without what they say",
            Self::HealthRead => "Read whether all is well",
        }
    }

    /// The scope with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }
}

/// Whoever shows a token, as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Which token.
    pub token: ApiTokenId,
    /// What it was made for.
    pub scopes: Vec<Scope>,
    /// The one service that it is kept to; none for the whole authority.
    pub place: Option<PlaceId>,
    /// The last day on which it is good.
    pub ends_on: Date,
    /// True once somebody has ended it before that day.
    pub is_ended: bool,
}

/// Something that whoever shows a token asks to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiDeed {
    /// Send a case list.
    SendCaseList,
    /// Take one in.
    TakeInCaseList,
    /// Read a quarter's counts: of one service, or of all.
    ReadFigures(Option<PlaceId>),
    /// Read released reports.
    ReadReleased,
    /// Read what is owed.
    ReadRegister,
    /// Read the journal.
    ReadJournal,
    /// Read whether all is well.
    ReadHealth,
}

impl Bearer {
    /// True while the token is good at all.
    pub fn is_good(&self, day: Date) -> bool {
        !self.is_ended && day <= self.ends_on
    }

    /// Whether the token may do this on this day. A token that is kept to a service reads that
    /// service's counts and what everybody may read, and has nothing to do with the authority's
    /// lists, register and journal.
    pub fn may(&self, deed: ApiDeed, day: Date) -> bool {
        let (scope, is_of_the_whole) = match deed {
            ApiDeed::SendCaseList => (Scope::CaseListsWrite, true),
            ApiDeed::TakeInCaseList => (Scope::CaseListsTakeIn, true),
            ApiDeed::ReadFigures(of) => (Scope::FiguresRead, of != self.place),
            ApiDeed::ReadReleased => (Scope::ReleasedRead, false),
            ApiDeed::ReadRegister => (Scope::RegisterRead, true),
            ApiDeed::ReadJournal => (Scope::JournalRead, true),
            ApiDeed::ReadHealth => (Scope::HealthRead, false),
        };
        self.is_good(day)
            && self.scopes.contains(&scope)
            && !(is_of_the_whole && self.place.is_some())
    }
}

/// The last day of a new token.
///
/// # Errors
/// Refuses a day that is past, and one more than a year away: a token that nobody has to think of
/// again is one that nobody remembers.
pub fn ends_on(day: Date, today: Date) -> Result<Date, Refusal> {
    let latest = today.saturating_add(jiff::Span::new().years(1));
    if day < today {
        return Err(Refusal::because("Enter today’s date or a later one."));
    }
    if day > latest {
        return Err(Refusal::because(format!(
            "Enter a day within a year, {} at the latest.",
            day_in_words(latest)
        )));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    const DEEDS: [ApiDeed; 8] = [
        ApiDeed::SendCaseList,
        ApiDeed::TakeInCaseList,
        ApiDeed::ReadFigures(None),
        ApiDeed::ReadFigures(Some(PlaceId(2))),
        ApiDeed::ReadReleased,
        ApiDeed::ReadRegister,
        ApiDeed::ReadJournal,
        ApiDeed::ReadHealth,
    ];

    fn bearer(scopes: &[Scope], place: Option<i64>) -> Bearer {
        Bearer {
            token: ApiTokenId(1),
            scopes: scopes.to_vec(),
            place: place.map(PlaceId),
            ends_on: TODAY,
            is_ended: false,
        }
    }

    #[test]
    fn a_scope_opens_one_door_and_none_opens_nothing() {
        for scope in Scope::ALL {
            assert_eq!(Scope::from_code(scope.code()), Some(scope));
            let open =
                DEEDS.iter().filter(|deed| bearer(&[scope], None).may(**deed, TODAY)).count();
            let figures_of_all_or_one = if scope == Scope::FiguresRead { 2 } else { 1 };
            assert_eq!(open, figures_of_all_or_one, "{}", scope.code());
        }
        assert!(!DEEDS.iter().any(|deed| bearer(&[], None).may(*deed, TODAY)));
    }

    #[test]
    fn a_token_of_one_service_reads_that_service_alone() {
        let of_one = bearer(&Scope::ALL, Some(2));
        let may: Vec<ApiDeed> = DEEDS.into_iter().filter(|deed| of_one.may(*deed, TODAY)).collect();
        assert_eq!(
            may,
            [ApiDeed::ReadFigures(Some(PlaceId(2))), ApiDeed::ReadReleased, ApiDeed::ReadHealth]
        );
    }

    #[test]
    fn a_token_that_is_over_does_nothing() {
        let all = bearer(&Scope::ALL, None);
        let tomorrow = TODAY.tomorrow().unwrap();
        assert!(!DEEDS.iter().any(|deed| all.may(*deed, tomorrow)));
        let ended = Bearer { is_ended: true, ..all };
        assert!(!DEEDS.iter().any(|deed| ended.may(*deed, TODAY)));
    }

    #[test]
    fn a_token_ends_within_a_year() {
        assert!(ends_on(date(2026, 11, 22), TODAY).is_err());
        assert!(ends_on(TODAY, TODAY).is_ok());
        assert!(ends_on(date(2027, 11, 23), TODAY).is_ok());
        assert!(ends_on(date(2027, 11, 24), TODAY).is_err());
    }
}
