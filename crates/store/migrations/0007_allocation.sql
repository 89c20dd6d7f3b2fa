-- Allocation: what keeps auditors from records, audits given to somebody else, days that moved,
-- closed cycles with what was missed in them, and reminders.

create table conflict (
    id {id},
    person_id bigint not null references person (id),
    -- One of the three, and never two.
    record_id bigint references record (id),
    worker_id bigint references worker (id),
    place_id bigint references place (id),
    from_day {day} not null,
    until_day {day},
    -- Null for a private reason.
    why text,
    check ((case when record_id is null then 0 else 1 end)
         + (case when worker_id is null then 0 else 1 end)
         + (case when place_id is null then 0 else 1 end) = 1)
);
create index conflict_person on conflict (person_id);

-- Somebody supervises a worker, whatever their grants say.
create table supervision (
    id {id},
    supervisor_id bigint not null references person (id),
    worker_id bigint not null references worker (id),
    from_day {day} not null,
    until_day {day}
);
create index supervision_worker on supervision (worker_id);

-- What is known of an auditor. Without a row, nothing is.
create table auditor (
    person_id bigint primary key references person (id),
    -- Audits in a cycle; zero while they are away, null while they have not said.
    capacity bigint check (capacity >= 0),
    -- True once somebody has said that they hold no records, and so are no worker.
    holds_none boolean not null
);

-- An audit went from one auditor to another. How many answers it had then.
create table audit_given (
    id {id},
    audit_id bigint not null references audit (id),
    from_id bigint not null references person (id),
    to_id bigint not null references person (id),
    answers bigint not null,
    because text not null,
    by_id bigint references person (id),
    at {time} not null
);
create index audit_given_audit on audit_given (audit_id);

create table audit_moved (
    id {id},
    audit_id bigint not null references audit (id),
    from_day {day} not null,
    to_day {day} not null,
    because text not null,
    by_id bigint references person (id),
    at {time} not null
);
create index audit_moved_audit on audit_moved (audit_id);

-- The day on which the cycle was closed without this audit. On the audit's own row, so that nobody
-- can submit it in the same moment.
alter table audit add column missed_on {day};

create table cycle_closed (
    cycle_id bigint primary key references cycle (id),
    closed_on {day} not null,
    closed_by bigint references person (id)
);

-- A drawn record whose audit was not made. The audit is null where nobody had it.
create table audit_missed (
    cycle_id bigint not null references cycle_closed (cycle_id),
    record_id bigint not null references record (id),
    audit_id bigint unique references audit (id),
    why text not null,
    words text,
    primary key (cycle_id, record_id)
);

create table reminder (
    id {id},
    -- Whom, for which day and on which occasion: what can be there once cannot be sent twice.
    key text not null unique,
    person_id bigint not null references person (id),
    due {day} not null,
    audits bigint not null,
    occasion text not null,
    queued_at {time} not null,
    -- Null for one that the rules asked for.
    queued_by bigint references person (id),
    way text not null check (way in ('email')),
    -- Set by the server that takes it in hand; given back when it surely was not sent.
    taken_at {time},
    tried bigint not null,
    -- queued, sent, refused (the mail server says never), unknown (it was not heard what became of
    -- it), needless (the audits were made, or a later reminder says the same)
    outcome text not null check (outcome in ('queued', 'sent', 'refused', 'unknown', 'needless')),
    -- What was wrong the last time, in words of ours.
    trouble text,
    settled_at {time}
);
create index reminder_person on reminder (person_id);
