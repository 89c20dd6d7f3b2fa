-- Records excluded by name from a cycle's draw, and requests of a draw that are settled.

-- A record that is not to be drawn in a cycle, said before its draw.
create table record_exclusion (
    id {id},
    cycle_id bigint not null references cycle (id),
    record_id bigint not null references record (id),
    -- Why, by a code that is published with the draw, and in words that are not.
    reason text not null,
    words text not null,
    excluded_by bigint references person (id),
    excluded_on {day} not null
);
create index record_exclusion_cycle on record_exclusion (cycle_id);

-- An exclusion was taken back before the draw: the record can be drawn again.
create table record_exclusion_ended (
    exclusion_id bigint primary key references record_exclusion (id),
    words text not null,
    ended_by bigint references person (id),
    ended_on {day} not null
);

-- A request of a draw was taken up or withdrawn: one of the two, whoever comes first.
create table draw_request_settled (
    request_id bigint primary key references draw_request (id)
);
insert into draw_request_settled (request_id)
    select request_id from draw_request_taken
    union select request_id from draw_request_withdrawn;
