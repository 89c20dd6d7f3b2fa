-- Filing: which correspondence goes where and by when, what checks found, and what was put right.

create table filing_protocol (
    id {id},
    name text not null,
    -- The first day on which it holds; two protocols never begin on one day.
    from_day {day} not null unique,
    -- Null where it was kept at the server's own command line.
    kept_by bigint references person (id),
    kept_at {time} not null,
    why text not null
);

create table filing_protocol_kind (
    protocol_id bigint not null references filing_protocol (id),
    place bigint not null,
    code text not null,
    name text not null,
    electronic text not null,
    -- Null where this kind is not kept on paper.
    paper text,
    -- Within how many working days of its date it is to be there.
    within_days bigint not null,
    primary key (protocol_id, code)
);

create table filing_check (
    id {id},
    -- Tells one form from another, so that one that comes twice makes one check.
    form_key text not null unique,
    record_id bigint not null references record (id),
    -- Null if it was made alone.
    audit_id bigint references audit (id),
    -- The team when it was checked: what was found is that team's wherever the record goes next.
    team_id bigint references place (id),
    checked_by bigint not null references person (id),
    checked_on {day} not null,
    -- The quarter of that day, by which checks are counted.
    quarter text not null,
    -- The date of the newest entry in the electronic record; null where nobody said.
    newest {day},
    kept_at {time} not null
);
create index filing_check_record on filing_check (record_id);
create index filing_check_audit on filing_check (audit_id);
create index filing_check_quarter on filing_check (quarter);

create table filing_item (
    check_id bigint not null references filing_check (id),
    place bigint not null,
    protocol_id bigint not null references filing_protocol (id),
    kind text not null,
    dated {day} not null,
    -- Null where nobody knows, or where it is missing.
    entered_on {day},
    entered_at text,
    found text not null,
    outcome text not null
        check (outcome in ('filed', 'late', 'misfiled', 'missing', 'another-record')),
    -- Working days that it took or has waited, and how many there are; null where that is not known.
    days bigint,
    days_limit bigint,
    late text not null check (late in ('yes', 'no', 'unknown')),
    hours text check (hours in ('working', 'evening', 'weekend', 'weekday')),
    overruled boolean not null,
    why text,
    primary key (check_id, place)
);

-- What was found of the paper; without a row nothing was said of it.
create table filing_paper (
    check_id bigint primary key references filing_check (id),
    paper_exists text not null check (paper_exists in ('yes', 'no', 'unknown')),
    mentioned text not null check (mentioned in ('yes', 'no', 'unknown')),
    place text not null,
    volumes bigint,
    last_item {day},
    -- Null where nobody said.
    agrees text check (agrees in ('yes', 'no', 'cannot-tell'))
);

-- A check that was made in error, said by whoever made it. It stays, and counts no more.
create table filing_check_withdrawn (
    check_id bigint primary key references filing_check (id),
    withdrawn_by bigint not null references person (id),
    at {time} not null,
    words text not null
);

-- What a check found that somebody has to put right.
create table filing_mismatch (
    id {id},
    check_id bigint not null references filing_check (id),
    matter text not null,
    place text not null,
    what text not null,
    since {day} not null
);
create index filing_mismatch_check on filing_mismatch (check_id);

-- Somebody put it right. The key lets only one of two people say so.
create table filing_mismatch_cleared (
    mismatch_id bigint primary key references filing_mismatch (id),
    cleared_by bigint not null references person (id),
    at {time} not null,
    words text not null
);
