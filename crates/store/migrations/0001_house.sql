-- The house: what one quarter needs, from the authority's places to its journal.
--
-- Four words stand for types that the engines name differently, and the migrator puts the name in:
-- {id} a key that the database numbers, {bytes}, {day} a date, {time} a moment.

create table place (
    id {id},
    parent_id bigint references place (id),
    kind text not null check (kind in ('authority', 'directorate', 'service', 'team')),
    name text not null,
    -- A team is known by its name on the case list, so two of one kind cannot share one.
    unique (kind, name)
);

create table person (
    id {id},
    name text not null,
    email text not null unique,
    -- Argon2id in its own text form; null for somebody who cannot sign in by password.
    password text
);

create table person_grant (
    id {id},
    person_id bigint not null references person (id),
    role text not null,
    place_id bigint not null references place (id),
    from_day {day} not null,
    until_day {day}
);
create index person_grant_person on person_grant (person_id);

create table session (
    -- SHA-256 of the token in the cookie, so that a stolen database opens no session.
    token {bytes} primary key,
    person_id bigint not null references person (id),
    started_at {time} not null,
    seen_at {time} not null
);

create table edition (
    id {id},
    name text not null,
    number bigint not null,
    agreed_by bigint references person (id),
    in_force_from {day} not null,
    -- SHA-256 of the whole edition as text, which the journal has too.
    digest text not null,
    unique (name, number)
);

create table edition_section (
    edition_id bigint not null references edition (id),
    position bigint not null,
    letter text not null,
    title text not null,
    primary key (edition_id, position)
);

create table edition_standard (
    edition_id bigint not null references edition (id),
    section bigint not null,
    position bigint not null,
    code text not null,
    wording text not null,
    met_looks_like text not null,
    kind text not null,
    critical boolean not null,
    applies text not null,
    dip boolean not null,
    primary key (edition_id, code)
);

create table worker (
    id {id},
    name text not null unique,
    experience text not null,
    person_id bigint references person (id)
);

create table record (
    id {id},
    reference text not null unique
);

create table case_list (
    id {id},
    source text not null,
    -- SHA-256 of the file. The file itself is never kept: it holds more than we need.
    file_digest text not null,
    as_at {day} not null,
    read_at {time} not null,
    -- How the file was read: an account of every row, as the check page shows it.
    account text not null,
    -- Null until somebody has looked at the check page and confirmed.
    taken_in_at {time}
);

create table case_list_line (
    id {id},
    case_list_id bigint not null references case_list (id),
    reference text not null,
    -- Null until the list is taken in.
    record_id bigint references record (id),
    needs text not null,
    assessment_open boolean not null,
    disabled text not null,
    unaccompanied text not null,
    placement text not null,
    route text not null,
    -- Kept beside the line, so that coverage can be counted without reading every line.
    cohort text not null,
    worker_name text,
    team_name text,
    worker_id bigint references worker (id),
    team_id bigint references place (id),
    dates text not null,
    unique (case_list_id, reference)
);
create index case_list_line_record on case_list_line (record_id, case_list_id);

create table case_list_problem (
    id {id},
    case_list_id bigint not null references case_list (id),
    list text not null,
    sheet_row bigint,
    sheet_column text,
    heading text,
    sentence text not null,
    -- True where the row could not be used; false for a warning.
    stops_the_row boolean not null
);
create index case_list_problem_list on case_list_problem (case_list_id);

create table cycle (
    id {id},
    quarter text not null unique,
    edition_id bigint not null references edition (id),
    due {day} not null
);

create table draw (
    id {id},
    cycle_id bigint not null unique references cycle (id),
    case_list_id bigint not null references case_list (id),
    seed text not null,
    method text not null,
    frame_digest text not null,
    drawn_on {day} not null,
    -- The whole draw as published, from which anybody can repeat it.
    file text not null
);

create table draw_pick (
    draw_id bigint not null references draw (id),
    record_id bigint not null references record (id),
    -- What the case list said on the day of the draw. Lines are never edited, so this is a snapshot.
    line_id bigint not null references case_list_line (id),
    stratum text not null,
    rank bigint not null,
    reserve boolean not null,
    primary key (draw_id, record_id)
);

create table audit (
    id {id},
    cycle_id bigint not null references cycle (id),
    record_id bigint not null references record (id),
    line_id bigint not null references case_list_line (id),
    edition_id bigint not null references edition (id),
    auditor_id bigint not null references person (id),
    due {day} not null,
    -- The stage is told by these and by nothing else, so no status can contradict its dates.
    started_at {time},
    submitted_at {time},
    grade text,
    reasons text,
    unique (cycle_id, record_id),
    check ((submitted_at is null) = (grade is null) and (grade is null) = (reasons is null))
);
create index audit_auditor on audit (auditor_id);
create index audit_record on audit (record_id);

create table audit_answer (
    audit_id bigint not null references audit (id),
    standard text not null,
    judgement text not null,
    seen text not null,
    found text not null,
    -- Goes up by one at each save, so that nobody writes over what they have not seen.
    version bigint not null,
    saved_at {time} not null,
    primary key (audit_id, standard)
);

create table finding (
    id {id},
    audit_id bigint not null references audit (id),
    standard text not null,
    what text not null,
    -- Made once when the form is shown, so that a form posted twice raises one finding.
    form_key text not null unique,
    raised_at {time} not null
);
create index finding_audit on finding (audit_id);

create table action (
    id {id},
    finding_id bigint not null references finding (id),
    -- Null while nobody is known: shown to the quality lead, never hidden.
    owner_id bigint references person (id),
    due {day} not null,
    addressed_on {day},
    addressed_by bigint references person (id),
    proof text,
    verified_on {day},
    verified_by bigint references person (id),
    -- Why an open action was not done when somebody looked; gone once it is addressed again.
    sent_back_on {day},
    sent_back_because text,
    check ((sent_back_on is null) = (sent_back_because is null)),
    check (sent_back_on is null or addressed_on is null),
    check (verified_by is null or verified_by <> addressed_by),
    check (verified_on is null or addressed_on is not null)
);
create index action_finding on action (finding_id);
create index action_owner on action (owner_id);

create table report (
    id {id},
    cycle_id bigint not null references cycle (id),
    -- Null for the report of all services.
    service_id bigint references place (id),
    title text not null,
    released_on {day} not null,
    released_by bigint not null references person (id),
    -- The document as it was released, whole. It never changes.
    document text not null
);

-- Who looked at which record. Written before the page is shown.
create table look (
    id {id},
    person_id bigint not null references person (id),
    record_id bigint not null references record (id),
    page text not null,
    at {time} not null
);
create index look_record on look (record_id);
create index look_person on look (person_id);

-- One row. Adding to the journal begins by locking it, so that entries are numbered without a gap.
create table journal_head (
    id bigint primary key check (id = 1),
    size bigint not null,
    -- The leaf hash of the last entry, which a trigger sets; the next entry says that it follows it.
    last_leaf {bytes} not null
);
insert into journal_head (id, size, last_leaf) values (1, 0, '');

create table journal_entry (
    seq bigint primary key,
    -- The very bytes that were hashed. They hold no name and no free text.
    entry {bytes} not null,
    leaf {bytes} not null
);

-- The personal part of an entry, which the entry binds by a salted digest. Retention may delete a
-- row here; the journal still verifies, and the salt keeps anybody from guessing what it said.
create table journal_payload (
    seq bigint primary key references journal_entry (seq),
    salt {bytes} not null,
    payload text not null
);

create table journal_checkpoint (
    size bigint primary key,
    root {bytes} not null,
    made_at {time} not null
);

-- A team and everything around it, so that a query can say where a record stands.
create view team_path as
select
    team.id as team_id,
    team.name as team_name,
    service.id as service_id,
    service.name as service_name,
    directorate.id as directorate_id,
    authority.id as authority_id
from place team
left join place service on service.id = team.parent_id
left join place directorate on directorate.id = service.parent_id
left join place authority on authority.id = directorate.parent_id
where team.kind = 'team';
