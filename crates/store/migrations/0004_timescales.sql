-- Timescales: the rules about time, as an authority keeps them.

select 1;
