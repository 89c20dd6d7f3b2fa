-- Emails about concerns. That somebody is to be told is in concern_notice and stays; what became of
-- the email that tells them is here, and changes.

create table concern_mail (
    concern_id bigint not null,
    level text not null,
    person_id bigint not null,
    -- When a server last took it in hand, and how often one has.
    taken_at {time} not null,
    tried bigint not null,
    -- taken (a server has it in hand), sent, waiting (to be tried again), refused (the mail server
    -- says never)
    outcome text not null check (outcome in ('taken', 'sent', 'waiting', 'refused')),
    -- What was wrong the last time, in words of ours.
    trouble text,
    settled_at {time},
    primary key (concern_id, level, person_id),
    foreign key (concern_id, level, person_id)
        references concern_notice (concern_id, level, person_id)
);
