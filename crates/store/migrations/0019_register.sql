-- The committee's register: meetings, items, and what became of each item.

create table meeting (
    id {id},
    committee text not null,
    held_on {day} not null,
    entered_by bigint references person (id),
    entered_at {time} not null,
    unique (committee, held_on)
);

create table register_item (
    id {id},
    meeting_id bigint not null references meeting (id),
    -- Its number among the items of the meeting, from 1.
    number bigint not null,
    kind text not null check (kind in ('question', 'resolution', 'promise')),
    words text not null,
    asked_by text,
    -- The released report that it is about, and where in it: both or neither.
    report_id bigint references report (id),
    cited text,
    owner_id bigint not null references person (id),
    due {day} not null,
    -- Made once when the form is shown, with the item's place in it: a form posted twice enters once.
    form_key text not null unique,
    entered_by bigint references person (id),
    entered_at {time} not null,
    unique (meeting_id, number),
    check ((report_id is null) = (cited is null))
);

-- The stage, the owner and the day of an item are told by these and by nothing else.
create table register_step (
    item_id bigint not null references register_item (id),
    -- The steps before it: of two taken at once, one is not kept.
    turn bigint not null,
    kind text not null
        check (kind in ('replied', 'accepted', 'not-accepted', 'moved', 'given')),
    -- The reply, or why.
    words text not null,
    meeting_id bigint references meeting (id),
    from_day {day},
    to_day {day},
    from_id bigint references person (id),
    to_id bigint references person (id),
    by_id bigint references person (id),
    at {time} not null,
    primary key (item_id, turn),
    check ((kind in ('accepted', 'not-accepted')) = (meeting_id is not null)),
    check ((kind = 'moved') = (from_day is not null) and (kind = 'moved') = (to_day is not null)),
    check ((kind = 'given') = (from_id is not null) and (kind = 'given') = (to_id is not null))
);
