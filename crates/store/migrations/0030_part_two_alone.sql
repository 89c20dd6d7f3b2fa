-- Why a report of all services was built without its public part: a refusal names places and never
-- what stands in them. Null where there is a public part, or where none is meant to be.
alter table prepared_report add column public_waits text;
