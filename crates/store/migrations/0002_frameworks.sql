-- Frameworks: drafts, consultations, comments, and how editions follow one another.
--
-- What an agreed edition says stays where 0001 put it. What else is kept of it for ever stands in
-- the tables named edition_… here; what a draft is and what is said of it stands in the others.

create table draft (
    id {id},
    name text not null,
    -- What it was copied from, in words; blank where it began from nothing.
    copied_from text not null,
    started_at {time} not null,
    -- Goes up by one at every change of the draft and of what is said about it. Each change takes
    -- this row first, so that nothing is agreed that nobody has checked.
    version bigint not null,
    edition_id bigint unique references edition (id),
    set_aside_on {day}
);

-- Who has written any of it: nobody agrees their own words alone.
create table draft_author (
    draft_id bigint not null references draft (id),
    person_id bigint not null references person (id),
    primary key (draft_id, person_id)
);

create table draft_section (
    draft_id bigint not null references draft (id),
    position bigint not null,
    letter text not null,
    title text not null,
    primary key (draft_id, letter)
);

create table draft_standard (
    draft_id bigint not null references draft (id),
    letter text not null,
    position bigint not null,
    code text not null,
    wording text not null,
    met_looks_like text not null,
    kind text not null,
    critical boolean not null,
    applies text not null,
    dip boolean not null,
    core boolean not null,
    source text not null,
    -- Nothing is deleted: what is taken out of a draft can be brought back.
    dropped boolean not null,
    -- Goes up by one at each change, so that nobody writes over what they have not seen.
    version bigint not null,
    primary key (draft_id, code),
    foreign key (draft_id, letter) references draft_section (draft_id, letter)
);

-- What becomes of each standard of the edition before, as a person has said. A blank next code is a
-- standard that is dropped; a link that was taken back is kept and not in use.
create table draft_link (
    draft_id bigint not null references draft (id),
    before_id bigint not null references edition (id),
    old_code text not null,
    new_code text not null,
    in_use boolean not null,
    primary key (draft_id, before_id, old_code, new_code)
);

create table consultation (
    id {id},
    draft_id bigint not null references draft (id),
    opened_by bigint references person (id),
    opened_on {day} not null,
    closes {day} not null,
    note text not null,
    at_once boolean not null,
    ended_on {day}
);
create index consultation_draft on consultation (draft_id);

create table consultee (
    consultation_id bigint not null references consultation (id),
    person_id bigint not null references person (id),
    -- The role for which they were asked; null where they were asked by name.
    asked_as text,
    no_comments_at {time},
    primary key (consultation_id, person_id)
);
create index consultee_person on consultee (person_id);

create table draft_comment (
    id {id},
    consultation_id bigint not null references consultation (id),
    person_id bigint not null references person (id),
    -- whole, section-B or standard-B1.
    about text not null,
    -- Blank where it was taken back.
    words text not null,
    written_at {time} not null,
    version bigint not null,
    outcome text,
    reason text,
    answered_by bigint references person (id),
    answered_at {time},
    unique (consultation_id, person_id, about),
    check ((outcome is null) = (reason is null) and (outcome is null) = (answered_at is null))
);

-- Where a standard of an agreed edition comes from. One without a row belongs to its framework.
create table edition_origin (
    edition_id bigint not null references edition (id),
    code text not null,
    core boolean not null,
    source text not null,
    primary key (edition_id, code)
);

-- How an edition came about.
create table edition_agreement (
    edition_id bigint primary key references edition (id),
    draft_id bigint not null unique references draft (id),
    before_id bigint references edition (id),
    agreed_at {time} not null
);

-- How the standards of an edition go on from those of the edition before. A blank old code is a
-- standard that is new; a blank new one, a standard that was dropped.
create table edition_link (
    edition_id bigint not null references edition (id),
    before_id bigint not null references edition (id),
    old_code text not null,
    new_code text not null,
    fate text not null,
    primary key (edition_id, old_code, new_code)
);

-- Who was asked for comments on an edition, and what they did.
create table edition_asked (
    edition_id bigint not null references edition (id),
    position bigint not null,
    person_id bigint not null references person (id),
    asked_on {day} not null,
    closes {day} not null,
    comments bigint not null,
    replied boolean not null,
    primary key (edition_id, position)
);
