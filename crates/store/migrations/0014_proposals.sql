-- What the rules about time proposed for an answer, and what its auditor said to it.

create table proposed_answer (
    audit_id bigint not null references audit (id),
    standard text not null,
    proposed text not null check (proposed in ('met', 'not-met')),
    -- The codes of the rules on which it stood, with commas between them.
    rules text not null,
    -- Whether the auditor's own judgement was the same.
    confirmed boolean not null,
    -- Why it was overruled; null where it was confirmed, and while the auditor owes it.
    because text,
    ruled_at {time} not null,
    primary key (audit_id, standard),
    check (not confirmed or because is null)
);
