-- The programme: what is to be audited over a year, and what became of a drawn sample.

-- One version of a year's programme. Versions are kept; a change is a new one.
create table programme (
    id {id},
    year bigint not null,
    version bigint not null,
    made_on {day} not null,
    made_by bigint references person (id),
    why text not null,
    unique (year, version)
);

create table programme_quarter (
    programme_id bigint not null references programme (id),
    quarter text not null,
    -- The size rule: the largest of a number, a share in per cent, and one for each worker.
    size_number bigint,
    size_percent bigint,
    one_per_worker boolean not null,
    at_least bigint not null,
    -- Records audited in this quarter or so many before it, itself counted, are left out.
    left_out bigint not null,
    themes text not null,
    primary key (programme_id, quarter)
);

-- The cohorts that can be drawn in a quarter.
create table programme_cohort (
    programme_id bigint not null references programme (id),
    quarter text not null,
    cohort text not null,
    primary key (programme_id, quarter, cohort)
);

-- The services that are audited by a framework of their own.
create table programme_framework (
    programme_id bigint not null references programme (id),
    service_id bigint not null references place (id),
    framework text not null,
    primary key (programme_id, service_id)
);

-- The programme as members were given it, whole.
create table programme_release (
    id {id},
    year bigint not null,
    title text not null,
    released_on {day} not null,
    released_by bigint not null references person (id),
    document text not null
);

-- The edition that a service's audits are made on in a cycle, where it is not the cycle's own.
create table cycle_edition (
    cycle_id bigint not null references cycle (id),
    service_id bigint not null references place (id),
    edition_id bigint not null references edition (id),
    primary key (cycle_id, service_id)
);

-- How many open records could not be drawn, by reason.
create table draw_exclusion (
    draw_id bigint not null references draw (id),
    reason text not null,
    records bigint not null,
    primary key (draw_id, reason)
);

-- What became of a sample after its draw, which itself never changes.
create table draw_event (
    draw_id bigint not null references draw (id),
    position bigint not null,
    kind text not null check (kind in ('swap', 'top-up')),
    on_day {day} not null,
    by_person bigint references person (id),
    -- Of a swap: the record that left, and a code for why.
    out_record_id bigint references record (id),
    reason text,
    words text not null,
    check ((kind = 'swap') = (out_record_id is not null)),
    check ((out_record_id is null) = (reason is null)),
    primary key (draw_id, position),
    -- A record leaves a sample once.
    unique (draw_id, out_record_id)
);

-- The records that came by an event: always the next of their stratum.
create table draw_addition (
    draw_id bigint not null,
    position bigint not null,
    record_id bigint not null references record (id),
    line_id bigint not null references case_list_line (id),
    stratum text not null,
    rank bigint not null,
    primary key (draw_id, record_id),
    -- Two people who take the next record at once do not both have it.
    unique (draw_id, stratum, rank),
    foreign key (draw_id, position) references draw_event (draw_id, position)
);

-- The sample as it stands: what was drawn, less what was swapped out, with what came instead.
create view sampled as
select draw.cycle_id, picked.draw_id, picked.record_id, picked.line_id, picked.stratum, picked.rank
from (
    select draw_id, record_id, line_id, stratum, rank from draw_pick where not reserve
    union all
    select draw_id, record_id, line_id, stratum, rank from draw_addition
) picked
join draw on draw.id = picked.draw_id
where not exists (
    select 1 from draw_event
    where draw_event.draw_id = picked.draw_id and draw_event.out_record_id = picked.record_id
);
