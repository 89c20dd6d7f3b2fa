-- Outside: who is whom at the council's identity provider, and what other programs show to be let in.

-- An account of the provider and the person that it is. One person has one account of one provider.
create table identity_bound (
    issuer text not null,
    subject text not null,
    person_id bigint not null references person (id),
    bound_at {time} not null,
    primary key (issuer, subject),
    unique (issuer, person_id)
);

-- Which grants came from a group there. They end on the day on which the group is no longer given;
-- what has no row here was granted by hand, and stays.
create table grant_from_group (
    grant_id bigint primary key references person_grant (id),
    issuer text not null,
    seen_at {time} not null
);

create table api_token (
    id {id},
    name text not null,
    -- SHA-256 of the token, so that a stolen database opens no door.
    digest {bytes} not null unique,
    -- Codes of scopes, with spaces between.
    scopes text not null,
    -- The service that it is kept to; null for the whole authority.
    place_id bigint references place (id),
    ends_on {day} not null,
    made_by bigint references person (id),
    made_at {time} not null
);

create table api_token_ended (
    token_id bigint primary key references api_token (id),
    ended_by bigint references person (id),
    ended_at {time} not null,
    why text not null
);

-- How often a token was shown in the minute in which it was last shown.
create table api_pace (
    token_id bigint primary key references api_token (id),
    minute bigint not null,
    calls bigint not null
);

-- Each call that was let in, noted before it was answered: the route, and never what was asked of it.
create table api_call (
    id {id},
    token_id bigint not null references api_token (id),
    route text not null,
    request text not null,
    at {time} not null
);
create index api_call_token on api_call (token_id, at);
