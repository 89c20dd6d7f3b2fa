-- The doors: when somebody last showed who they are, and who ended somebody's second factor.

-- With what the session's person last showed who they are: null where that was when it began.
alter table session add column proved_at {time};

-- An administrator ended what somebody signs in with besides a password.
create table second_factor_ended (
    id {id},
    person_id bigint not null references person (id),
    -- Null where it was done at the server's own command line.
    by_id bigint references person (id),
    at {time} not null,
    why text not null
);
create index second_factor_ended_person on second_factor_ended (person_id, at);

-- Its person was told of it by email.
create table second_factor_told (
    ended_id bigint primary key references second_factor_ended (id),
    at {time} not null
);
