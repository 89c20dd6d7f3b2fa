-- Frameworks: drafts, consultations, comments, and how editions follow one another.

select 1;
