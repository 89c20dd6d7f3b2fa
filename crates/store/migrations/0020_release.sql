-- Reports on their way to members: as they were built, what was done to them, and what was released.

create table prepared_report (
    id {id},
    cycle_id bigint not null references cycle (id),
    -- Null for the report of all services.
    service_id bigint references place (id),
    title text not null,
    -- Both parts as the program wrote them. There is no public part of a single service.
    part_one text,
    part_two text not null,
    -- What Part I prints and hides, which the next Part I of the quarter is protected beside. As
    -- private as Part II.
    ledger text,
    -- SHA-256 over both parts.
    digest text not null,
    -- The released report that it corrects, and what changed, in words: both or neither.
    corrects_id bigint references report (id),
    what_changed text,
    built_by bigint references person (id),
    built_at {time} not null,
    check ((part_one is null) = (ledger is null)),
    check ((corrects_id is null) = (what_changed is null))
);
create index prepared_report_cycle on prepared_report (cycle_id);

-- The state of a prepared report is told by these, by a later one, and by its release.
create table prepared_step (
    prepared_id bigint not null references prepared_report (id),
    -- The steps before it: of two taken at once, one is not kept.
    turn bigint not null,
    kind text not null check (kind in ('accepted', 'edited', 'cleared', 'grounded', 'approved')),
    -- Which sentence: accepted and edited alone.
    place text,
    -- What it said before: edited alone.
    was text,
    -- The code of the ground: grounded alone.
    ground text,
    -- What it says now, what was found, or why.
    words text,
    by_id bigint references person (id),
    at {time} not null,
    primary key (prepared_id, turn),
    check ((kind in ('accepted', 'edited')) = (place is not null)),
    check ((kind = 'edited') = (was is not null)),
    check ((kind = 'grounded') = (ground is not null)),
    check ((kind in ('edited', 'cleared', 'grounded')) = (words is not null))
);

-- What a released report is beside its private part, which stands in report.document.
create table report_release (
    report_id bigint primary key references report (id),
    prepared_id bigint not null unique references prepared_report (id),
    -- The public part, byte for byte.
    part_one text,
    ledger text,
    -- A report is corrected once; the correction may be corrected in its turn.
    corrects_id bigint unique references report (id),
    what_changed text,
    -- Where the two differ, one place to a line.
    differs text not null,
    check ((part_one is null) = (ledger is null)),
    check ((corrects_id is null) = (what_changed is null))
);

-- Who has read a private part. Written before the page is shown.
create table report_look (
    id {id},
    person_id bigint not null references person (id),
    report_id bigint references report (id),
    prepared_id bigint references prepared_report (id),
    page text not null,
    at {time} not null,
    check ((report_id is null) <> (prepared_id is null))
);
create index report_look_report on report_look (report_id);
create index report_look_prepared on report_look (prepared_id);
