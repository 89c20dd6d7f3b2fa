-- Voices: who was asked in an audit, what it comes to in words, and what its worker says to it.

create table audit_voice (
    audit_id bigint not null references audit (id),
    whose text not null check (whose in ('worker', 'child', 'parent', 'carer')),
    asked boolean not null,
    -- The day on which they were asked; null where they were not.
    asked_on {day},
    -- How they were asked, or why they were not.
    how text not null,
    said text not null,
    changed text not null,
    change_words text not null,
    version bigint not null,
    saved_at {time} not null,
    primary key (audit_id, whose),
    check (asked = (asked_on is not null))
);

create table audit_summing_up (
    audit_id bigint primary key references audit (id),
    strengths text not null,
    issues text not null,
    -- One link in each line: its title, a tab, and its address.
    training text not null,
    version bigint not null,
    saved_at {time} not null
);

create table theme (
    id {id},
    name text not null,
    -- The name in small letters: a theme is proposed once, however it is written.
    key text not null unique,
    standing text not null check (standing in ('proposed', 'listed', 'set-aside')),
    -- Null for the server's own command line.
    proposed_by bigint references person (id),
    proposed_at {time} not null
);

-- A theme that was taken away from an audit stays as a row that is not chosen.
create table audit_theme (
    audit_id bigint not null references audit (id),
    theme_id bigint not null references theme (id),
    chosen boolean not null,
    primary key (audit_id, theme_id)
);
create index audit_theme_theme on audit_theme (theme_id);

create table audit_reply (
    id {id},
    audit_id bigint not null references audit (id),
    standard text not null,
    meant text not null check (meant in ('comment', 'challenge')),
    words text not null,
    by_id bigint not null references person (id),
    at {time} not null,
    -- Made once when the form is shown, so that a form posted twice is one reply.
    form_key text not null unique
);
create index audit_reply_audit on audit_reply (audit_id);

-- What was decided about a challenge: once, and never changed.
create table challenge_decided (
    reply_id bigint primary key references audit_reply (id),
    outcome text not null check (outcome in ('upheld', 'partly', 'not-upheld')),
    reason text not null,
    by_id bigint not null references person (id),
    at {time} not null
);
