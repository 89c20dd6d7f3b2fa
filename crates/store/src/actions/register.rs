//! The register of actions: those that somebody sees, narrowed by how they stand, age and service.

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::action::Action;
use quarterlight_domain::action::ageing::Age;
use quarterlight_domain::id::{PlaceId, ThemeId};
use sea_orm::Value;

use super::{ActionFilter, Actions, action, condition, select};
use crate::fault::Fault;
use crate::sql;

/// How the actions stand that the register is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has said that they are done.
    Open,
    /// Open, and past their day.
    Overdue,
    /// Open, and nobody owns them.
    WithoutOwner,
    /// The owner asks for more time.
    MoreTime,
    /// Somebody else is to look.
    Addressed,
    /// The day of the re-check has come.
    ToRecheck,
    /// Verified, and not looked at again.
    Verified,
    /// Looked at again, and they held.
    Held,
    /// Closed without action.
    NotNeeded,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 9] = [
        Self::Open,
        Self::Overdue,
        Self::WithoutOwner,
        Self::MoreTime,
        Self::Addressed,
        Self::ToRecheck,
        Self::Verified,
        Self::Held,
        Self::NotNeeded,
    ];

    /// A code that stays the same whatever the words become.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::WithoutOwner => "without-owner",
            Self::MoreTime => "more-time",
            Self::Addressed => "addressed",
            Self::ToRecheck => "to-recheck",
            Self::Verified => "verified",
            Self::Held => "held",
            Self::NotNeeded => "not-needed",
        }
    }

    /// The standing with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    const fn condition(self) -> &'static str {
        match self {
            Self::Open => "action.addressed_on is null and action.closed_on is null",
            Self::Overdue => {
                "action.addressed_on is null and action.closed_on is null and action.due < $2"
            }
            Self::WithoutOwner => {
                "action.addressed_on is null and action.closed_on is null \
                 and action.owner_id is null"
            }
            Self::MoreTime => "action.asked_on is not null and action.addressed_on is null",
            Self::Addressed => "action.addressed_on is not null and action.verified_on is null",
            Self::ToRecheck => {
                "action.verified_on is not null and action.held_on is null \
                 and (action.recheck_on is null or action.recheck_on <= $2)"
            }
            Self::Verified => "action.verified_on is not null and action.held_on is null",
            Self::Held => "action.held_on is not null",
            Self::NotNeeded => "action.closed_on is not null",
        }
    }
}

/// What the register is narrowed to; all of it by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// How they stand.
    pub standing: Option<Standing>,
    /// How long ago their issues were found; only open ones have an age.
    pub age: Option<Age>,
    /// The service.
    pub service: Option<PlaceId>,
    /// The theme of their findings.
    pub theme: Option<ThemeId>,
    /// Whether the oldest come first, instead of those that are due first.
    pub oldest_first: bool,
}

impl Actions {
    /// The actions that pass the filter and what it is narrowed to; those whose findings go on under
    /// another are not listed. Open ones first; five hundred at most. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn register(
        &self,
        filter: &ActionFilter,
        narrowed: &Narrowed,
        today: Date,
    ) -> Result<Vec<Action>, Fault> {
        let (condition, id) = condition(filter);
        let (oldest, youngest) = found_between(narrowed.age, today);
        let standing = narrowed.standing.map_or("true", Standing::condition);
        let age = narrowed
            .age
            .map_or("true", |_| "action.addressed_on is null and action.closed_on is null");
        let order = if narrowed.oldest_first { "finding.raised_at" } else { "action.due" };
        let query = format!(
            "{} where {condition} and action.joined_to is null and {standing} and {age} \
             and cast($2 as {{day}}) is not null \
             and (cast($3 as {{time}}) is null or finding.raised_at >= $3) \
             and (cast($4 as {{time}}) is null or finding.raised_at < $4) \
             and (cast($5 as bigint) is null or path.service_id = $5) \
             and (cast($6 as bigint) is null or exists (select 1 from finding_theme \
                 where finding_theme.finding_id = finding.id and finding_theme.chosen \
                 and finding_theme.theme_id = $6)) \
             order by case when action.verified_on is null and action.closed_on is null \
                 then 0 else 1 end, {order}, action.id limit 500",
            select()
        );
        let query = sql::with_types(&self.0.read, &query);
        let values: [Value; 6] = [
            id.into(),
            sql::day(today),
            sql::maybe_time(oldest),
            sql::maybe_time(youngest),
            narrowed.service.map(|id| id.0).into(),
            narrowed.theme.map(|id| id.0).into(),
        ];
        sql::all(&self.0.read, &query, values).await?.iter().map(action).collect()
    }
}

/// The moments between which an issue of this age was found: from the first, and before the second.
pub fn found_between(
    age: Option<Age>,
    today: Date,
) -> (Option<jiff::Timestamp>, Option<jiff::Timestamp>) {
    let Some((first, last)) = age.map(Age::days) else { return (None, None) };
    let begins = |days: i32| {
        let day = today.saturating_sub(days.days());
        day.in_tz("Europe/London").ok().map(|midnight| midnight.timestamp())
    };
    (last.and_then(begins), begins(first - 1))
}
