//! The committee: it meets before each quarter begins, asks, resolves and is promised, and hears replies.

use jiff::civil::Date;
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::register::{Kind, Meeting, NewItem, Stage};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::Store;

use crate::fault::Fault;
use crate::rounds::{Round, before, moment, working};

/// The committee's name.
const COMMITTEE: &str = "Corporate Parenting Board";

/// Working days that somebody has for a reply.
const DAYS_TO_REPLY: u16 = 20;

/// Those who keep the register and who reply.
#[derive(Debug, Clone, Copy)]
pub struct Officers {
    /// Enters what the committee said.
    pub clerk: PersonId,
    /// Replies for the service.
    pub director: PersonId,
    /// Replies for the audit.
    pub lead: PersonId,
}

/// What is said at a meeting: what it is, the words, who asked, and whether the director replies.
type Said = (Kind, &'static str, Option<&'static str>, bool);

/// What is said at the meeting before each quarter but the first.
const MEETINGS: [&[Said]; 4] = [
    &[
        (
            Kind::Question,
            "Who audits the records of disabled children who are placed outside the borough, and \
             how often?",
            Some("Councillor Sylvia Marchetti"),
            true,
        ),
        (
            Kind::Resolution,
            "That the report be noted, and that members be provided with the programme of audits.",
            None,
            false,
        ),
    ],
    &[
        (
            Kind::Question,
            "The chart of child protection and child in need records by the worker’s experience was \
             not clear. What does it show?",
            Some("Members"),
            false,
        ),
        (
            Kind::Promise,
            "A plan for the size of the asylum team, which has fewer records than eighteen months \
             ago and the same staff.",
            None,
            true,
        ),
    ],
    &[(
        Kind::Question,
        "When will every service keep one file for each child instead of an electronic and a paper \
         one?",
        Some("Councillor Sylvia Marchetti"),
        true,
    )],
    &[(
        Kind::Resolution,
        "That the next report say how many findings of earlier quarters were found again.",
        None,
        false,
    )],
];

/// What is replied to the items of each meeting, in their order; none where nobody has replied yet.
const REPLIES: [&[Option<&str>]; 4] = [
    &[
        Some(
            "The Disability Service has claimed these records. Its audits are part of the programme \
             from this quarter, and the coverage table of the report gives their number.",
        ),
        Some("The programme was sent to members, and is on the page of reports."),
    ],
    &[
        Some(
            "Each bar is one kind of need; its parts are the records held by workers of each \
             experience. The report now has the table beside it.",
        ),
        Some("The plan is being written."),
    ],
    &[None],
    &[None],
];

/// Enters the meeting before a quarter on its first morning, with what was replied since the last
/// one and what the committee said of it.
pub async fn meet(store: &Store, officers: Officers, round: &Round) -> Result<(), Fault> {
    let Some(place) = usize::try_from(round.number).ok().and_then(|it| it.checked_sub(1)) else {
        return Ok(());
    };
    let register = &store.register;
    let held_on = working(before(round.from, 9));
    let at = |minutes: u32| moment(round.opening(), 7 * 60 + minutes);
    if let Some(last) = place.checked_sub(1) {
        reply(store, officers, last, at(2)).await?;
    }
    let clerk = Stamp::person(officers.clerk, at(4), "entered a meeting");
    let id = register.meet(&clerk, COMMITTEE, held_on).await?;
    let meeting = Meeting { held_on, id, committee: COMMITTEE.to_owned() };
    let items = MEETINGS.get(place).copied().unwrap_or_default();
    let items: Vec<NewItem> =
        items.iter().map(|said| item(*said, officers, held_on)).collect::<Result<_, _>>()?;
    let clerk = Stamp::person(officers.clerk, at(7), "entered what a committee asked");
    register.enter(&clerk, id, &items, &format!("meeting {place}")).await?;
    settle(store, officers, &meeting, (round, at(10))).await
}

fn item(
    (kind, words, asked_by, is_director): Said,
    officers: Officers,
    held_on: Date,
) -> Result<NewItem, Fault> {
    Ok(NewItem {
        kind,
        words: Reason::new(words)?,
        asked_by: asked_by.map(ToOwned::to_owned),
        about: None,
        owner: if is_director { officers.director } else { officers.lead },
        due: working_days_after(held_on, DAYS_TO_REPLY),
    })
}

/// Those who owe the items of the meeting before reply to them.
async fn reply(
    store: &Store,
    officers: Officers,
    place: usize,
    at: jiff::Timestamp,
) -> Result<(), Fault> {
    let replies = REPLIES.get(place).copied().unwrap_or_default();
    let latest = store.register.meetings().await?.into_iter().next();
    let items = store.register.items().await?;
    let of_it = items.iter().filter(|it| latest.as_ref().is_some_and(|m| m.id == it.meeting.id));
    for (item, words) in of_it.zip(replies) {
        let Some(words) = words else { continue };
        let (owner, _) = item.owner();
        let by = if owner == officers.director { officers.director } else { officers.lead };
        let stamp = Stamp::person(by, at, "replied to a committee");
        store.register.step(&stamp, &item.reply_with(Reason::new(words)?)?).await?;
    }
    Ok(())
}

/// The meeting after the replies accepts them, but for the plan that is still being written.
async fn settle(
    store: &Store,
    officers: Officers,
    meeting: &Meeting,
    (round, at): (&Round, jiff::Timestamp),
) -> Result<(), Fault> {
    for item in store.register.items().await? {
        let is_before = item.meeting.id != meeting.id && item.stage() == Stage::Replied;
        let replied = item.reply().map(|it| quarterlight_domain::stamp::day_in_england(it.at));
        if !is_before || replied.is_none_or(|day| day > meeting.held_on) {
            continue;
        }
        let accepts = item.kind != Kind::Promise;
        let said =
            if accepts { "Noted with thanks." } else { "Members wish to see the plan itself." };
        let step = item.at_meeting(meeting, accepts, Reason::new(said)?, round.opening())?;
        let stamp = Stamp::person(officers.clerk, at, "noted what a committee said of a reply");
        store.register.step(&stamp, &step).await?;
    }
    Ok(())
}
