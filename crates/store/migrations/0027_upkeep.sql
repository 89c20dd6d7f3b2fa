-- What was done to keep the database itself: backups, test restores, exports. Kept for ever, so that
-- it can be shown that backups were made, and that they were tried.
create table upkeep (
    id {id},
    kind text not null,
    at {time} not null,
    ok boolean not null,
    -- What came of it, in a sentence; never anything of a record.
    detail text not null
);
create index upkeep_kind on upkeep (kind, id);

-- Who does a job that only one of several servers may do, and until when it is theirs. It says
-- something of the moment only, so it is written over.
create table lease (
    name text primary key,
    holder text not null,
    until_at {time} not null
);
