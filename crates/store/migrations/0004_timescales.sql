-- Timescales: the rules about time, as an authority keeps them.

create table rule_set (
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

-- What the authority changed about a rule. A change is never written over: another follows it, so
-- that the rule of any day can be asked for.
create table rule_variation (
    id {id},
    rule text not null,
    from_day {day} not null,
    varied text not null check (varied in ('limit', 'off', 'as_published')),
    -- The limit in words, such as 20 working days.
    limit_words text,
    varied_by bigint not null references person (id),
    varied_at {time} not null,
    why text not null,
    -- Made once when the form is shown, so that a form posted twice varies a rule once.
    form_key text not null unique,
    check ((varied = 'limit') = (limit_words is not null))
);
