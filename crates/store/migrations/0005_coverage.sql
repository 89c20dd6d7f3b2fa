-- Coverage: who has claimed a cell, and what was asked of the next draw.

select 1;
