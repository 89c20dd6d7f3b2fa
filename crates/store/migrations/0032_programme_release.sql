-- The programme of a year goes to members as reports do. What a report is about is a quarter or a
-- year; the migrator lets `cycle_id` be blank in both tables.
alter table report add column year bigint
    check ((cycle_id is null) <> (year is null) and (year is null or service_id is null));
alter table prepared_report add column year bigint
    check ((cycle_id is null) <> (year is null) and (year is null or service_id is null));

-- The last report with a public part when this one was built: what was released since, its figures
-- were not attacked beside.
alter table prepared_report add column beside_id bigint references report (id);
create index report_year on report (year);
create index prepared_report_year on prepared_report (year);
