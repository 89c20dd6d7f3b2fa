-- Coverage: who has claimed a cell, and what was asked of the next draw.

-- A case list counted by cell and team once it is taken in. Its lines never change after that, so
-- these counts never do; the coverage page reads a few hundred of them and not every line.
create table case_list_cell (
    id {id},
    case_list_id bigint not null references case_list (id),
    team_id bigint references place (id),
    cohort text not null,
    -- The principal need: see the domain's Need::principal.
    need text not null,
    disabled text not null,
    placement text not null,
    route text not null,
    open bigint not null check (open > 0)
);
-- By the list alone for the counts, and by all of it to find the cell of a line.
create index case_list_cell_list on case_list_cell
    (case_list_id, cohort, need, disabled, placement, route, team_id);

insert into case_list_cell
    (case_list_id, team_id, cohort, need, disabled, placement, route, open)
select line.case_list_id, line.team_id, line.cohort,
    case when line.needs like '%CP%' then 'CP' when line.needs like '%CLA%' then 'CLA'
        when line.needs like '%CL' then 'CL' else 'CIN' end,
    line.disabled, line.placement, line.route, count(*)
from case_list_line line
join case_list on case_list.id = line.case_list_id
where case_list.taken_in_at is not null
group by line.case_list_id, line.team_id, line.cohort,
    case when line.needs like '%CP%' then 'CP' when line.needs like '%CLA%' then 'CLA'
        when line.needs like '%CL' then 'CL' else 'CIN' end,
    line.disabled, line.placement, line.route;

-- The cell in which each record of the list stands. Coverage starts from the audits of four cycles,
-- and would otherwise read a whole line and work out its cell for each of them.
create table case_list_record (
    case_list_id bigint not null references case_list (id),
    record_id bigint not null references record (id),
    cell_id bigint not null references case_list_cell (id),
    -- A record stands in one cell of a list. The cell is in the key so that the key alone answers,
    -- and the record comes first so that no engine is tempted to go through the whole list.
    primary key (record_id, case_list_id, cell_id)
);

insert into case_list_record (case_list_id, record_id, cell_id)
select line.case_list_id, line.record_id, cell.id
from case_list_line line
join case_list_cell cell on cell.case_list_id = line.case_list_id and cell.cohort = line.cohort
    and cell.need = case when line.needs like '%CP%' then 'CP' when line.needs like '%CLA%' then 'CLA'
        when line.needs like '%CL' then 'CL' else 'CIN' end
    and cell.disabled = line.disabled and cell.placement = line.placement
    and cell.route = line.route and cell.team_id is not distinct from line.team_id;

-- Which audits of a cycle are done, told without reading what they found.
create index audit_done on audit (cycle_id, record_id, submitted_at);

-- Somebody's word that they audit the records of a cell. A later word is another row.
create table coverage_claim (
    id {id},
    -- The cells, by the code of their pattern.
    pattern text not null,
    -- Null where an earlier claim is given up.
    place_id bigint references place (id),
    -- Null where whoever manages the place answers for it.
    owner_id bigint references person (id),
    framework text not null,
    plan text not null,
    from_day {day} not null,
    -- Null for the server's own command line.
    said_by bigint references person (id),
    said_on {day} not null,
    -- Made once when the form is shown, so that a form posted twice makes one claim.
    form_key text not null unique,
    check (place_id is not null or owner_id is null)
);

-- What the next cycle's draw is asked to take up.
create table draw_request (
    id {id},
    pattern text not null,
    at_least bigint not null check (at_least > 0),
    reason text not null,
    asked_by bigint references person (id),
    asked_on {day} not null,
    form_key text not null unique
);

-- The cycle whose draw took a request up. A request without a row here or in the next table is open,
-- and of those there is at most one for each pattern.
create table draw_request_taken (
    request_id bigint primary key references draw_request (id),
    cycle_id bigint not null references cycle (id)
);

-- Why a request was taken back before a draw took it up.
create table draw_request_withdrawn (
    request_id bigint primary key references draw_request (id),
    reason text not null,
    withdrawn_by bigint references person (id),
    withdrawn_on {day} not null
);
