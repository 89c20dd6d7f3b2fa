-- Who has which role: given with a reason, confirmed by a second person where it has weight, ended,
-- and never changed. Records that are restricted, records opened by break-glass, and why somebody
-- looked.

-- What was said when a grant was given. A grant without a row here is older than this step.
create table grant_given (
    grant_id bigint primary key references person_grant (id),
    -- Null for the command line.
    by_id bigint references person (id),
    at {time} not null,
    why text not null,
    -- Whether it counts only once a second person has confirmed it.
    waits boolean not null
);

create table grant_confirmed (
    grant_id bigint primary key references grant_given (grant_id),
    by_id bigint not null references person (id),
    at {time} not null,
    why text not null
);

-- A grant may be ended on a later day, and then sooner: the earliest of these counts.
create table grant_ended (
    id {id},
    grant_id bigint not null references person_grant (id),
    last_day {day} not null,
    by_id bigint references person (id),
    at {time} not null,
    why text not null
);
create index grant_ended_grant on grant_ended (grant_id);

-- The grants that count, each with the days on which it does. Whoever asks what somebody may do
-- asks this, and never the table.
create view grant_standing as
select
    person_grant.id,
    person_grant.person_id,
    person_grant.role,
    person_grant.place_id,
    person_grant.from_day,
    case
        when ended.last_day is not null
            and (person_grant.until_day is null or ended.last_day < person_grant.until_day)
        then ended.last_day
        else person_grant.until_day
    end as until_day
from person_grant
left join (
    select grant_id, min(last_day) as last_day from grant_ended group by grant_id
) ended on ended.grant_id = person_grant.id
left join grant_given given on given.grant_id = person_grant.id
left join grant_confirmed confirmed on confirmed.grant_id = person_grant.id
where given.grant_id is null or not given.waits or confirmed.grant_id is not null;

create table record_restriction (
    id {id},
    record_id bigint not null references record (id),
    from_day {day} not null,
    until_day {day},
    why text not null,
    by_id bigint not null references person (id),
    at {time} not null
);
create index record_restriction_record on record_restriction (record_id);

create table record_restriction_lifted (
    restriction_id bigint primary key references record_restriction (id),
    by_id bigint not null references person (id),
    at {time} not null,
    why text not null
);

-- The restrictions that nobody has lifted; their days say when each of them counts.
create view restriction_standing as
select restriction.id, restriction.record_id, restriction.from_day, restriction.until_day
from record_restriction restriction
where not exists (
    select 1 from record_restriction_lifted lifted where lifted.restriction_id = restriction.id
);

-- Why somebody opens a restricted record, and until when it opens it to them.
create table look_reason (
    id {id},
    person_id bigint not null references person (id),
    record_id bigint not null references record (id),
    at {time} not null,
    until_at {time} not null,
    why text not null
);
create index look_reason_whose on look_reason (person_id, record_id);

-- Break-glass: one record, opened to one person who may not otherwise read it.
create table glass (
    id {id},
    form_key text not null unique,
    person_id bigint not null references person (id),
    record_id bigint not null references record (id),
    team_id bigint references place (id),
    at {time} not null,
    until_at {time} not null,
    why text not null
);
create index glass_person on glass (person_id, until_at);

-- Who was told of it, at once.
create table glass_notice (
    glass_id bigint not null references glass (id),
    person_id bigint not null references person (id),
    at {time} not null,
    primary key (glass_id, person_id)
);

-- What became of the emails that tell them; it changes, and that they were to be told does not.
create table glass_mail (
    glass_id bigint not null,
    person_id bigint not null,
    taken_at {time} not null,
    tried bigint not null,
    outcome text not null check (outcome in ('taken', 'sent', 'waiting', 'refused')),
    primary key (glass_id, person_id),
    foreign key (glass_id, person_id) references glass_notice (glass_id, person_id)
);

create table glass_review (
    glass_id bigint primary key references glass (id),
    by_id bigint not null references person (id),
    at {time} not null,
    justified boolean not null,
    words text not null
);

-- Which of these stood behind a look, and whether it was at a page or took a file.
alter table look add column reason_id bigint references look_reason (id);
alter table look add column glass_id bigint references glass (id);
create index look_at on look (at);

-- Looking through the looks, and taking them out as a file, is noted as well.
create table look_search (
    id {id},
    -- Null for the command line.
    person_id bigint references person (id),
    at {time} not null,
    -- What was asked for; the record by its id.
    record_id bigint,
    whose_id bigint,
    from_day {day},
    until_day {day},
    as_file boolean not null,
    found bigint not null
);
create index look_search_at on look_search (at);

-- What somebody found of looks that a rule had pointed at.
create table unusual_settled (
    id {id},
    rule text not null,
    day {day} not null,
    person_id bigint not null references person (id),
    -- 0 where it is about several records.
    record bigint not null,
    by_id bigint not null references person (id),
    at {time} not null,
    words text not null,
    unique (rule, day, person_id, record)
);
