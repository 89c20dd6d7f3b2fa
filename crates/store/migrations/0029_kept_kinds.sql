-- From which day which looking is called unusual, as the authority set it. What ships stands in the
-- program; of two from the same day the later word holds.
create table looking_threshold (
    id {id},
    from_day {day} not null,
    -- The hours between which work is done.
    opens bigint not null check (opens >= 0 and opens <= 23),
    closes bigint not null check (closes > opens and closes <= 24),
    records_in_an_hour bigint not null check (records_in_an_hour > 1),
    days_at_one_record bigint not null check (days_at_one_record > 1),
    -- Within so many days.
    period bigint not null check (period >= days_at_one_record),
    because text not null,
    -- Null for the server's own command line.
    by_id bigint references person (id),
    at {time} not null
);
