-- Staffing: what became of teams, how many staff they had, and who is advised to hold which records.

-- What a place was until a day, and what it has been since. Places themselves say what they are now.
create table place_event (
    id {id},
    place_id bigint not null references place (id),
    from_day {day} not null,
    happened text not null check (happened in ('renamed', 'moved', 'merged')),
    -- The name until then, or the name of the service until then: it may be no place any more.
    before_name text,
    after_name text,
    -- The service that a team moved to, or the team that it is part of.
    into_id bigint references place (id),
    why text not null,
    kept_by bigint references person (id),
    kept_at {time} not null,
    unique (place_id, from_day)
);

-- One giving of numbers of staff, by hand or from a file. The latest word on a month holds.
create table staff_given (
    id {id},
    form_key text not null unique,
    why text not null,
    kept_by bigint references person (id),
    kept_at {time} not null
);

create table staff_month (
    given_id bigint not null references staff_given (id),
    team_id bigint not null references place (id),
    -- The first day of the month.
    month {day} not null,
    -- Full-time equivalents in hundredths; null where it was said that they are not known after all.
    full_time bigint check (full_time >= 0),
    source text not null,
    primary key (team_id, month, given_id)
);

create table allocation_protocol (
    id {id},
    name text not null,
    from_day {day} not null unique,
    kept_by bigint references person (id),
    kept_at {time} not null,
    why text not null,
    -- All in hundredths.
    weight_need bigint not null,
    weight_protection bigint not null,
    weight_care bigint not null,
    weight_leaver bigint not null,
    caseload_newly_qualified bigint,
    caseload_early_career bigint,
    caseload_experienced bigint,
    records_per_worker bigint not null
);

create table allocation_advice (
    protocol_id bigint not null references allocation_protocol (id),
    place bigint not null,
    code text not null,
    -- Of advice about records without a worker.
    days bigint,
    primary key (protocol_id, code)
);

-- Why a record is held otherwise than is advised, in terms of the child. The latest word holds.
create table allocation_reason (
    id {id},
    form_key text not null unique,
    record_id bigint not null references record (id),
    advice text not null,
    reason text not null,
    review_on {day} not null,
    kept_by bigint references person (id),
    kept_at {time} not null
);
create index allocation_reason_record on allocation_reason (record_id, advice);
