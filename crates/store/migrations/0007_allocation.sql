-- Allocation: declared conflicts, audits given to somebody else, and reminders.

select 1;
