-- When records were closed, as each list tells: what the trend counts between two lists. It stays
-- when what lists said of records goes, as days of opening do.
create table case_list_closing (
    case_list_id bigint not null references case_list (id),
    reference text not null,
    position bigint not null,
    -- True of a record that the list has as open again.
    is_open boolean not null,
    -- By the name that the list has for it: of a record that is open, its line says so.
    team_name text,
    -- Both null where the list has the record as closed and does not say when.
    from_day {day},
    until_day {day},
    primary key (case_list_id, reference, position),
    check ((from_day is null) = (until_day is null) and (until_day is not null or not is_open))
);
