//! What an audit is, what may happen next, and how results are counted.
//!
//! The ground that everything stands on: no I/O, no clock, no randomness, no serialisation.
//! The files are in the order of the product's sentence: *a framework is agreed; a programme
//! is planned; records are drawn and audited; findings lead to actions; the committee is told.*

// What everything stands on.
pub mod access;
pub mod calendar;
pub mod groups;
pub mod hex;
pub mod id;
pub mod permission;
pub mod person;
pub mod place;
pub mod refusal;
pub mod sign_in;
pub mod stamp;
pub mod text;

// Agree.
pub mod agreement;
pub mod changes;
pub mod comment;
pub mod consultation;
pub mod draft;
pub mod edition;
pub mod framework;
pub mod lineage;
pub mod mapping;
pub mod proposal;
pub mod standard;

// Plan.
pub mod case_list;
pub mod cell;
pub mod claim;
pub mod cohort;
pub mod conflict;
pub mod coverage;
pub mod cycle;
pub mod draw;
pub mod draw_event;
pub mod draw_file;
pub mod draw_request;
pub mod eligible;
pub mod frame;
pub mod history;
pub mod independence;
pub mod need;
pub mod programme;
pub mod reconcile;
pub mod sample;
pub mod size_rule;
pub mod source;
pub mod statistics;
pub mod strata;
pub mod suggestion;
pub mod ties;
pub mod timescale;

// Look.
pub mod audit;
pub mod audit_form;
pub mod concern;
pub mod filing;
pub mod grade;
pub mod handover;
pub mod judgement;
pub mod missed;
pub mod moderation;
pub mod names;
pub mod progress;
pub mod proposed;
pub mod record;
pub mod reminder;
pub mod reply;
pub mod retention;
pub mod summing_up;
pub mod voice;

// Act.
pub mod action;
pub mod finding;

// Tell.
pub mod allocation;
pub mod figures;
pub mod indicator;
pub mod register;
pub mod release;
pub mod staffing;
