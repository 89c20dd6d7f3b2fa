-- The programme: what is to be audited over a year, and what became of a drawn sample.

select 1;
