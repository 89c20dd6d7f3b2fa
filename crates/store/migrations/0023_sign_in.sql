-- Signing in: what somebody signs in with besides a password, the browsers that an account knows, wrong
-- tries, what happened, and who accepted the confidentiality page.

-- Where a session is, for the person whose it is, and with what it began.
alter table session add column network text not null default '';
alter table session add column browser text not null default '';
alter table session add column factor text not null default 'password';
create index session_person on session (person_id);
create index session_seen on session (seen_at);

-- One row for each address that was typed lately: held while a try for it is kept, so that of many tries
-- at once, at any server, each is kept after the one before it.
create table sign_in_account (
    account {bytes} primary key,
    tries bigint not null
);

-- A try to sign in. It is let go of after a day; what happened stays in sign_in_event.
create table sign_in_try (
    id {id},
    -- A keyed digest of the address that was typed, whether somebody has it or not.
    account {bytes} not null,
    network text not null,
    -- The browser, where the account knows it.
    browser {bytes},
    at {time} not null,
    -- Null while it is looked at, which counts as wrong: many at once are no way round the limit.
    outcome text check (outcome in ('wrong', 'right', 'unseen'))
);
create index sign_in_try_account on sign_in_try (account, at);
create index sign_in_try_network on sign_in_try (network, at);
create index sign_in_try_at on sign_in_try (at);

-- A browser in which somebody has signed in to an account.
create table known_browser (
    -- SHA-256 of the cookie.
    token {bytes} not null,
    account {bytes} not null,
    person_id bigint not null references person (id),
    made_at {time} not null,
    seen_at {time} not null,
    primary key (token, account)
);
create index known_browser_person on known_browser (person_id);

-- The right password was given, and a code is waited for; or a passkey was asked for. It opens nothing.
create table sign_in_pending (
    -- SHA-256 of the cookie.
    token {bytes} primary key,
    person_id bigint references person (id),
    kind text not null check (kind in ('code', 'passkey', 'new-passkey')),
    -- What the question was, for a passkey.
    question text not null,
    tries bigint not null,
    made_at {time} not null
);
create index sign_in_pending_made on sign_in_pending (made_at);

-- What makes somebody's one-time codes.
create table one_time_code (
    id {id},
    person_id bigint not null references person (id),
    -- Sealed with a key that is not in the database.
    secret {bytes} not null,
    made_at {time} not null,
    confirmed_at {time},
    ended_at {time},
    -- Codes of this half minute and of those before are used up.
    last_step bigint not null
);
create index one_time_code_person on one_time_code (person_id);

create table recovery_code (
    -- SHA-256 of the code, which has 120 random bits.
    digest {bytes} primary key,
    person_id bigint not null references person (id),
    made_at {time} not null,
    used_at {time},
    ended_at {time}
);
create index recovery_code_person on recovery_code (person_id);

create table passkey (
    id {id},
    person_id bigint not null references person (id),
    name text not null,
    credential text not null unique,
    -- The public key with what was said when it was made, as JSON.
    passkey text not null,
    counter bigint not null,
    made_at {time} not null,
    used_at {time},
    ended_at {time}
);
create index passkey_person on passkey (person_id);

-- A code that an administrator made, by which somebody chooses a new password within the hour.
create table sign_in_reset (
    -- SHA-256 of the code.
    digest {bytes} primary key,
    person_id bigint not null references person (id),
    made_by bigint references person (id),
    made_at {time} not null,
    used_at {time},
    -- When the person was told by email that it was made; the code itself never goes by email.
    told_at {time}
);
create index sign_in_reset_person on sign_in_reset (person_id);

create table sign_in_event (
    id {id},
    at {time} not null,
    kind text not null,
    -- Whose account it is, where somebody has it.
    person_id bigint references person (id),
    -- A keyed digest of the address that was typed, where nobody has it.
    account {bytes},
    -- Who did it, where that was somebody else.
    by_person bigint references person (id),
    network text not null,
    browser text not null,
    -- Which passkey, how many sessions. Never anything that somebody signs in with.
    detail text not null
);
create index sign_in_event_at on sign_in_event (at, id);
create index sign_in_event_person on sign_in_event (person_id, at);

create table confidentiality_text (
    id {id},
    from_day {day} not null,
    words text not null
);

create table confidentiality_accepted (
    person_id bigint not null references person (id),
    text_id bigint not null references confidentiality_text (id),
    at {time} not null
);
create index confidentiality_accepted_person on confidentiality_accepted (person_id, text_id, at);
