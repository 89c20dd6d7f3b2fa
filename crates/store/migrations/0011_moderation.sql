-- Moderation: second readings, what was settled, what went back, and what was given before.

-- Which audits are read a second time, from a day on. The rule that ships stands in the program.
create table moderation_rule (
    id {id},
    from_day {day} not null,
    grades text not null,
    share bigint not null,
    blind bigint not null,
    why text not null,
    by_id bigint references person (id),
    at {time} not null,
    check (share between 0 and 100 and blind between 0 and 100)
);

-- A second reading of one submission of an audit, from when it is opened.
create table moderation (
    id {id},
    audit_id bigint not null references audit (id),
    round bigint not null,
    why text not null,
    blind boolean not null,
    moderator_id bigint not null references person (id),
    opened_at {time} not null,
    unique (audit_id, round)
);

-- What the moderator judged at first, beside what the auditor had judged then.
create table moderation_reading (
    moderation_id bigint not null references moderation (id),
    standard text not null,
    theirs text not null,
    mine text not null,
    words text not null,
    version bigint not null,
    at {time} not null,
    primary key (moderation_id, standard)
);

-- What stands for a standard; of several, the last one.
create table moderation_outcome (
    id {id},
    moderation_id bigint not null references moderation (id),
    standard text not null,
    stands text not null check (stands in ('both', 'auditor', 'moderator')),
    judgement text not null,
    why text,
    version bigint not null,
    at {time} not null,
    check ((why is null) = (stands = 'both'))
);
create index moderation_outcome_moderation on moderation_outcome (moderation_id);

-- The key lets only one of two endings happen.
create table moderation_ended (
    moderation_id bigint primary key references moderation (id),
    how text not null check (how in ('confirmed', 'returned')),
    by_id bigint not null references person (id),
    at {time} not null
);

-- What an auditor has to see to before a returned audit is submitted again.
create table moderation_note (
    id {id},
    moderation_id bigint not null references moderation (id),
    standard text,
    words text not null
);
create index moderation_note_moderation on moderation_note (moderation_id);

create table moderation_note_done (
    note_id bigint primary key references moderation_note (id),
    words text not null,
    by_id bigint not null references person (id),
    at {time} not null
);

-- A submission that was taken back or returned, whole: the audit itself holds the next one.
create table audit_earlier (
    id {id},
    audit_id bigint not null references audit (id),
    round bigint not null,
    submitted_at {time} not null,
    grade text not null,
    reasons text not null,
    ended text not null check (ended in ('taken-back', 'returned')),
    because text not null,
    by_id bigint not null references person (id),
    at {time} not null,
    unique (audit_id, round)
);

create table audit_earlier_answer (
    earlier_id bigint not null references audit_earlier (id),
    standard text not null,
    judgement text not null,
    seen text not null,
    found text not null,
    version bigint not null,
    primary key (earlier_id, standard)
);

-- What stands in place of the auditor's judgement or grade; theirs stays where it is.
create table audit_correction (
    audit_id bigint not null references audit (id),
    standard text not null,
    moderation_id bigint not null references moderation (id),
    judgement_before text not null,
    judgement text not null,
    why text not null,
    primary key (audit_id, standard)
);

create table audit_grade_change (
    audit_id bigint primary key references audit (id),
    moderation_id bigint not null references moderation (id),
    grade_before text not null,
    grade text not null,
    why text not null
);

-- A wish that a standard be worded anew: it shows on the framework's next draft.
create table rewording (
    id {id},
    edition_id bigint not null references edition (id),
    standard text not null,
    words text not null,
    by_id bigint not null references person (id),
    at {time} not null,
    -- Tells one form from another, so that one that comes twice is one wish.
    form_key text not null unique
);
create index rewording_edition on rewording (edition_id);

-- What the figures count: the auditor's judgement, or the one that stands in its place.
create view settled_answer as
select
    audit_answer.audit_id,
    audit_answer.standard,
    coalesce(audit_correction.judgement, audit_answer.judgement) as judgement
from audit_answer
left join audit_correction
    on audit_correction.audit_id = audit_answer.audit_id
    and audit_correction.standard = audit_answer.standard;

create view settled_grade as
select
    audit.id as audit_id,
    coalesce(audit_grade_change.grade, audit.grade) as grade
from audit
left join audit_grade_change on audit_grade_change.audit_id = audit.id;
