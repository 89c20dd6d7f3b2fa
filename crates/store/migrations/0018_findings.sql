-- Findings until they hold: each step in the life of an action, re-checks, more time, findings
-- joined under one action, and the themes of findings.

-- How many steps were taken, so that nobody takes one from a state that they have not seen.
alter table action add column version bigint not null default 0;
-- Who confirms it; null where that is for whoever manages the place.
alter table action add column confirmer_id bigint references person (id)
    check (confirmer_id is null or owner_id is null or confirmer_id <> owner_id);
-- What will be done and how it will be proved.
alter table action add column plan text not null default '';
-- The day by which it was to be done at first, once it was moved; null while it never was.
alter table action add column first_due {day};
-- From which day on what was verified is looked at again; null for what was verified before this.
alter table action add column recheck_on {day};
alter table action add column held_on {day} check (held_on is null or verified_on is not null);
alter table action add column held_by bigint references person (id)
    check (held_by is null or (held_by <> verified_by and held_by <> addressed_by));
-- Closed without action: by whom, and why nothing need be done.
alter table action add column closed_on {day} check (closed_on is null or addressed_on is null);
alter table action add column closed_by bigint references person (id);
alter table action add column closed_because text;
-- More time that the owner asks for, until somebody decides.
alter table action add column asked_on {day};
alter table action add column asked_until {day};
alter table action add column asked_because text;
-- The action under which the finding of this one is seen to; null where that is its own.
alter table action add column joined_to bigint references action (id)
    check (joined_to is null or joined_to <> id);
create index action_joined_to on action (joined_to);

-- Every step, as it was taken. The row of the action says only where it stands now.
create table action_step (
    id {id},
    action_id bigint not null references action (id),
    kind text not null,
    -- Null for the server's own command line.
    by_id bigint references person (id),
    on_day {day} not null,
    -- What was done and where the proof is, or why.
    words text not null,
    owner_before bigint references person (id),
    owner_after bigint references person (id),
    due_before {day} not null,
    due_after {day} not null,
    -- The day that was asked for, or that of the re-check.
    day {day},
    -- The other action, where two were joined or taken apart.
    other_id bigint references action (id)
);
create index action_step_action on action_step (action_id);

-- What was done before steps were kept, as far as the rows still say it.
insert into action_step
    (action_id, kind, by_id, on_day, words, owner_before, owner_after, due_before, due_after)
select id, 'addressed', addressed_by, addressed_on, proof, owner_id, owner_id, due, due
from action where addressed_on is not null order by id;
insert into action_step
    (action_id, kind, by_id, on_day, words, owner_before, owner_after, due_before, due_after)
select id, 'verified', verified_by, verified_on, '', owner_id, owner_id, due, due
from action where verified_on is not null order by id;
insert into action_step
    (action_id, kind, by_id, on_day, words, owner_before, owner_after, due_before, due_after)
select id, 'sent-back', null, sent_back_on, sent_back_because, owner_id, owner_id, due, due
from action where sent_back_on is not null order by id;

-- Each finding with the action under which it is seen to.
create view finding_action as
select own.id as own_id, own.finding_id, coalesce(own.joined_to, own.id) as action_id
from action own;

-- A theme that was taken away from a finding stays as a row that is not chosen.
create table finding_theme (
    finding_id bigint not null references finding (id),
    theme_id bigint not null references theme (id),
    chosen boolean not null,
    primary key (finding_id, theme_id)
);
create index finding_theme_theme on finding_theme (theme_id);

-- A finding with one that was found before it and put right, of the same record or team, on the
-- same standard: of its own edition, or the one that it continues of the edition before.
create index finding_standard on finding (standard);
create view finding_again as
select later.id as finding_id, earlier.id as before_id, before_cycle.quarter as before_quarter
from finding later
join audit on audit.id = later.audit_id
join cycle on cycle.id = audit.cycle_id
join case_list_line line on line.id = audit.line_id
join (
    select edition.id as edition_id, standard.code as new_code,
        edition.id as before_id, standard.code as old_code
    from edition join edition_standard standard on standard.edition_id = edition.id
    union all
    select edition_id, new_code, before_id, old_code from edition_link
    where fate in ('same', 're-worded')
) link on link.edition_id = audit.edition_id and link.new_code = later.standard
join finding earlier on earlier.standard = link.old_code and earlier.id <> later.id
join audit before_audit
    on before_audit.id = earlier.audit_id and before_audit.edition_id = link.before_id
join cycle before_cycle
    on before_cycle.id = before_audit.cycle_id and before_cycle.quarter < cycle.quarter
join case_list_line before_line on before_line.id = before_audit.line_id
join action own on own.finding_id = earlier.id
join action on action.id = coalesce(own.joined_to, own.id)
where action.verified_on is not null
    and (before_audit.record_id = audit.record_id or before_line.team_id = line.team_id);

-- Whether the strengths of an audit are offered to others to learn from: the last word counts.
create table practice_offer (
    id {id},
    audit_id bigint not null references audit (id),
    offered boolean not null,
    by_id bigint references person (id),
    on_day {day} not null
);
create index practice_offer_audit on practice_offer (audit_id);
