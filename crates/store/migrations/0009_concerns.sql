-- Concerns: a child who may be unsafe now, what followed, and who was told.

create table concern (
    id {id},
    -- Tells one form from another, so that one that comes twice raises one concern.
    form_key text not null unique,
    record_id bigint not null references record (id),
    -- Null if it was seen outside an audit.
    audit_id bigint references audit (id),
    -- Whether that audit was submitted before: then its grade stays as it was given.
    after_submission boolean not null,
    -- The team when it was raised: those who must see it do so wherever the record goes next.
    team_id bigint references place (id),
    raised_by bigint not null references person (id),
    raised_at {time} not null,
    seen text not null,
    -- Null while nobody is reached.
    spoken_to text,
    spoken_at {time},
    why_before text,
    -- The clock, as it was set by the rules of that day.
    due_at {time} not null,
    senior_at {time} not null,
    authority_at {time} not null,
    check ((spoken_to is null) = (spoken_at is null))
);
create index concern_record on concern (record_id);
create index concern_audit on concern (audit_id);

-- What followed. The key lets only one of two people take a step.
create table concern_step (
    concern_id bigint not null references concern (id),
    place bigint not null,
    kind text not null,
    by_id bigint not null references person (id),
    at {time} not null,
    words text not null,
    primary key (concern_id, place),
    check (place = 1 and kind in ('acknowledged', 'withdrawn') or place = 2 and kind = 'closed')
);

-- Who was told, when it was due and when it went out. Nobody is told twice at one level.
create table concern_notice (
    concern_id bigint not null references concern (id),
    level text not null,
    person_id bigint not null references person (id),
    due_at {time} not null,
    at {time} not null,
    primary key (concern_id, level, person_id)
);
create index concern_notice_person on concern_notice (person_id);
