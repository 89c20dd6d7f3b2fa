-- Keeping: the journal's stored tree, its signed checkpoints and where they were sent.

-- How many entries the stored tree has. Adding to it begins by locking this row.
create table journal_tree (
    id bigint primary key check (id = 1),
    size bigint not null
);
insert into journal_tree (id, size) values (1, 0);

-- The hashes of the tree, in the order in which they become known. Adding an entry changes none.
create table journal_node (
    idx bigint primary key,
    hash {bytes} not null
);

-- A checkpoint as the log's key signed it: a note, whole.
create table journal_signed (
    size bigint primary key references journal_checkpoint (size),
    note text not null,
    made_at {time} not null
);

-- A witness's line beneath a signed checkpoint.
create table journal_cosigned (
    size bigint not null references journal_signed (size),
    witness text not null,
    line text not null,
    kept_at {time} not null,
    primary key (size, witness)
);

-- A signed checkpoint that was sent elsewhere, or was to be, and how that went.
create table journal_sent (
    id {id},
    size bigint not null references journal_signed (size),
    way text not null,
    went boolean not null,
    words text not null,
    at {time} not null
);
create index journal_sent_size on journal_sent (size);

-- What the authority changed about how long a kind is kept. The rules that ship stand in the program.
create table retention_change (
    id {id},
    kind text not null,
    months bigint not null check (months > 0),
    from_day {day} not null,
    because text not null,
    -- Null for the server's own command line.
    by_id bigint references person (id),
    at {time} not null
);

-- What keeps something from going: everything, a kind, a record or a cycle.
create table retention_hold (
    id {id},
    over text not null check (over in ('everything', 'kind', 'record', 'cycle')),
    kind text,
    record_id bigint references record (id),
    cycle_id bigint references cycle (id),
    because text not null,
    by_id bigint references person (id),
    at {time} not null,
    check ((over = 'kind') = (kind is not null)),
    check ((over = 'record') = (record_id is not null)),
    check ((over = 'cycle') = (cycle_id is not null))
);

create table retention_hold_lifted (
    hold_id bigint primary key references retention_hold (id),
    because text not null,
    by_id bigint references person (id),
    at {time} not null
);

-- A disposal that somebody proposed, with what it was to be on that day.
create table disposal (
    id {id},
    as_at {day} not null,
    proposed_by bigint references person (id),
    proposed_at {time} not null
);

create table disposal_line (
    disposal_id bigint not null references disposal (id),
    kind text not null,
    months bigint not null,
    source text not null,
    -- What started on this day or before it goes.
    cutoff {day} not null,
    going bigint not null,
    held bigint not null,
    primary key (disposal_id, kind)
);

-- The key lets only one of two endings happen.
-- That everything of a confirmed disposal has gone. Until it is here, a server that stopped half-way
-- has left something, and somebody carries on.
create table disposal_done (
    disposal_id bigint primary key references disposal (id),
    at {time} not null
);

create table disposal_ended (
    disposal_id bigint primary key references disposal (id),
    how text not null check (how in ('confirmed', 'withdrawn')),
    because text not null,
    by_id bigint references person (id),
    at {time} not null
);

-- What went in one transaction, and the entry of the journal that says so.
create table disposal_batch (
    id {id},
    disposal_id bigint not null references disposal (id),
    kind text not null,
    things bigint not null,
    first_start {day} not null,
    last_start {day} not null,
    -- SHA-256 of what went; of what stays about the same things; and of the numbers of the personal
    -- parts that went. The entry has them too.
    gone_digest text not null,
    stays_digest text not null,
    parts bigint not null,
    parts_digest text not null,
    at {time} not null
);
create index disposal_batch_disposal on disposal_batch (disposal_id);

-- What went, by its number: so that it goes once, and that what is not there is told from what was lost.
create table disposed_thing (
    kind text not null,
    thing_id bigint not null,
    batch_id bigint not null references disposal_batch (id),
    primary key (kind, thing_id)
);
create index disposed_thing_batch on disposed_thing (batch_id);

-- The personal parts of entries that went.
create table disposed_part (
    seq bigint primary key references journal_entry (seq),
    batch_id bigint not null references disposal_batch (id)
);
create index disposed_part_batch on disposed_part (batch_id);

-- One row: open only inside the transaction of a batch, so that nothing else can pass.
create table disposal_permit (
    id bigint primary key check (id = 1),
    open boolean not null
);
insert into disposal_permit (id, open) values (1, false);
