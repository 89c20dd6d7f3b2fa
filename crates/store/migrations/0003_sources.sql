-- Sources: what each file said, before several were put together into one case list.

-- What a list could be asked. Thousands of records share a few such sets.
create table fact_set (
    id {id},
    facts text not null unique
);

-- One file, or the files of one return. It is kept as it was read and never edited.
create table source (
    id {id},
    kind text not null,
    name text not null,
    as_at {day} not null,
    read_at {time} not null,
    -- Where every row went, as the check page shows it.
    account text not null
);

create table source_file (
    source_id bigint not null references source (id),
    position bigint not null,
    name text not null,
    -- SHA-256. The file itself is never kept: it holds more than we need.
    digest text not null,
    bytes bigint not null,
    primary key (source_id, position)
);

create table source_list (
    source_id bigint not null references source (id),
    position bigint not null,
    name text not null,
    fact_set_id bigint not null references fact_set (id),
    rows_used bigint not null,
    primary key (source_id, position)
);

-- What the source says of records and of workers, many to a row: it is only ever read as a whole,
-- to be put together with other sources, and a row for each would take ten times the room.
create table source_part (
    source_id bigint not null references source (id),
    position bigint not null,
    of_workers boolean not null,
    said text not null,
    primary key (source_id, position)
);

create table source_problem (
    id {id},
    source_id bigint not null references source (id),
    list text not null,
    sheet_row bigint,
    sheet_column text,
    heading text,
    sentence text not null,
    -- True where the row could not be used; false for a warning.
    stops_the_row boolean not null
);
create index source_problem_source on source_problem (source_id);

alter table case_list add column rates text not null default '';
-- The list that was put together before a person settled what was doubtful.
alter table case_list add column instead_of bigint references case_list (id);

alter table case_list_line add column history text not null default '';
alter table case_list_line add column fact_set_id bigint references fact_set (id);
-- The numbers of the lists that the record stands on, each between commas.
alter table case_list_line add column lists text not null default '';

-- What a case list was put together from: sources, or a list from before there were any.
create table case_list_source (
    case_list_id bigint not null references case_list (id),
    position bigint not null,
    source_id bigint references source (id),
    earlier_list_id bigint references case_list (id),
    is_new boolean not null,
    primary key (case_list_id, position),
    check ((source_id is null) <> (earlier_list_id is null))
);

create table case_list_list (
    case_list_id bigint not null references case_list (id),
    number bigint not null,
    position bigint not null,
    name text not null,
    records bigint not null,
    -- How many of them are on each other source, as position=count.
    on_source text not null,
    primary key (case_list_id, number)
);

create table case_list_apart (
    case_list_id bigint not null references case_list (id),
    reference text not null,
    standing text not null,
    disabled text not null,
    placement text,
    -- What happened on it: rules about time look back at closed records.
    history text not null,
    fact_set_id bigint not null references fact_set (id),
    lists text not null,
    primary key (case_list_id, reference)
);

create table case_list_conflict (
    case_list_id bigint not null references case_list (id),
    matter text not null,
    reference text not null,
    -- What each list says, the list that is followed first.
    says text not null,
    primary key (case_list_id, matter, reference, says)
);

create table case_list_doubt (
    case_list_id bigint not null references case_list (id),
    position bigint not null,
    of_workers boolean not null,
    one text not null,
    other text not null,
    why text not null,
    one_on text not null,
    other_on text not null,
    primary key (case_list_id, position)
);

create table case_list_worker (
    case_list_id bigint not null references case_list (id),
    position bigint not null,
    name text,
    registration text,
    staff_number text,
    team_name text,
    experience text not null,
    full_time_thousandths bigint,
    agency text not null,
    primary key (case_list_id, position)
);

-- What people said of doubtful matches. The latest word on a pair holds.
create table same_as (
    id {id},
    of_workers boolean not null,
    one text not null,
    other text not null,
    same boolean not null,
    said_by bigint references person (id),
    said_at {time} not null
);

-- How the columns of an authority's own lists are read. The latest mapping of a name holds.
create table column_mapping (
    id {id},
    name text not null,
    mapping text not null,
    kept_at {time} not null
);

alter table worker add column registration text;
alter table worker add column staff_number text;
alter table worker add column team_name text;
alter table worker add column full_time_thousandths bigint;
alter table worker add column agency text not null default 'unknown';
-- True where a person said how experienced the worker is: no list writes over that.
alter table worker add column experience_by_hand boolean not null default false;
update worker set experience_by_hand = true where experience <> 'unknown';
