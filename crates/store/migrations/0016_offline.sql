-- The keys of what browsers keep sealed for a place without a network. A key is given to the session
-- that made it, and to a later session of the same person; it goes when that session is ended.
create table copy_key (
    -- Random; it stands beside what is sealed, so that the key can be asked for again.
    id text primary key,
    person_id bigint not null references person (id),
    -- The session that has it now, known as in its own table. A session that ran out leaves its key.
    session_token {bytes} not null,
    secret {bytes} not null,
    made_at {time} not null
);

create index copy_key_session on copy_key (session_token);
