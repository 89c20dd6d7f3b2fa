-- Indicators: the sets that were kept, and what the authority changed about them. What was counted
-- is not kept: it is counted on case lists and audits, which are.

create table indicator_set (
    id {id},
    name text not null,
    -- The day on which the set was written down.
    dated {day} not null,
    in_force_from {day} not null,
    -- The set whole, as its file says it, and the SHA-256 of that, which the journal has too.
    file text not null,
    digest text not null,
    -- Null where it was kept at the server's own command line.
    kept_by bigint references person (id),
    kept_at {time} not null,
    why text not null,
    unique (name, dated)
);

-- Never written over: another follows, so that the indicator of any day can be asked for.
create table indicator_change (
    id {id},
    indicator text not null,
    from_day {day} not null,
    changed text not null check (changed in ('target', 'no_target', 'off', 'as_published')),
    -- In whole per cent.
    target bigint check (target between 0 and 100),
    changed_by bigint not null references person (id),
    changed_at {time} not null,
    why text not null,
    -- Made once when the form is shown: a form posted twice changes an indicator once.
    form_key text not null unique,
    check ((changed = 'target') = (target is not null))
);
