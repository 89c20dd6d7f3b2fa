-- Answers saved as they are made, and words that are not an answer yet.

-- Which opened page saved the answer last, and which of its savings that was: a page whose own
-- saving was kept, but not heard of, does not stand against itself.
alter table audit_answer add column form_key text;
alter table audit_answer add column turn bigint;

-- What somebody has typed on the page of a standard and not saved as an answer: the whole form, as
-- typed. Nobody else reads it. It counts no longer once the same page has saved the answer, goes when
-- the audit is submitted, and is no part of it.
create table unfinished_answer (
    audit_id bigint not null references audit (id),
    standard text not null,
    person_id bigint not null references person (id),
    form text not null,
    -- The page that it was typed on: what that page has saved itself, it has seen.
    form_key text not null,
    turn bigint not null,
    kept_at {time} not null,
    primary key (audit_id, standard, person_id)
);
