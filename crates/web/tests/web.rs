//! The pages, asked for through the real router.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says what it measured"
)]

#[path = "web/access.rs"]
mod access;
#[path = "web/answers.rs"]
mod answers;
#[path = "web/api.rs"]
mod api;
#[path = "web/assurance.rs"]
mod assurance;
#[path = "web/audit_forms.rs"]
mod audit_forms;
#[path = "web/browser.rs"]
mod browser;
#[path = "web/case_lists.rs"]
mod case_lists;
#[path = "web/concerns.rs"]
mod concerns;
#[path = "web/copies.rs"]
mod copies;
#[path = "web/coverage.rs"]
mod coverage;
#[path = "web/doors.rs"]
mod doors;
#[path = "web/england.rs"]
mod england;
#[path = "web/exclusions.rs"]
mod exclusions;
#[path = "web/facts.rs"]
mod facts;
#[path = "web/filing.rs"]
mod filing;
#[path = "web/framework_files.rs"]
mod framework_files;
#[path = "web/frameworks.rs"]
mod frameworks;
#[path = "web/fuzzed.rs"]
mod fuzzed;
#[path = "web/hardening.rs"]
mod hardening;
#[path = "web/identity.rs"]
mod identity;
#[path = "web/identity_two.rs"]
mod identity_two;
#[path = "web/indicators.rs"]
mod indicators;
#[path = "web/keeping.rs"]
mod keeping;
#[path = "web/links.rs"]
mod links;
#[path = "../benches/england/list.rs"]
mod list;
#[path = "web/looks.rs"]
mod looks;
#[path = "web/marks.rs"]
mod marks;
#[path = "web/moderation.rs"]
mod moderation;
#[path = "web/nobody_else.rs"]
mod nobody_else;
#[path = "web/opening.rs"]
mod opening;
#[path = "web/permissions.rs"]
mod permissions;
#[path = "web/permissions_of_access.rs"]
mod permissions_of_access;
#[path = "web/permissions_of_audits.rs"]
mod permissions_of_audits;
#[path = "web/permissions_of_keeping.rs"]
mod permissions_of_keeping;
#[path = "web/permissions_of_operations.rs"]
mod permissions_of_operations;
#[path = "web/permissions_of_reports.rs"]
mod permissions_of_reports;
#[path = "web/permissions_of_sign_in.rs"]
mod permissions_of_sign_in;
#[path = "web/permissions_of_staffing.rs"]
mod permissions_of_staffing;
#[path = "web/programme.rs"]
mod programme;
#[path = "web/queries.rs"]
mod queries;
#[path = "web/register.rs"]
mod register;
#[path = "web/released_programmes.rs"]
mod released_programmes;
#[path = "web/releases.rs"]
mod releases;
#[path = "web/restricted.rs"]
mod restricted;
#[path = "web/safety.rs"]
mod safety;
#[path = "web/samples.rs"]
mod samples;
#[path = "web/saving.rs"]
mod saving;
#[path = "web/sign_in.rs"]
mod sign_in;
#[path = "web/sign_in_twice.rs"]
mod sign_in_twice;
#[path = "web/staffing.rs"]
mod staffing;
#[path = "../benches/england/steps.rs"]
mod steps;
#[path = "web/timescales.rs"]
mod timescales;
#[path = "web/voices.rs"]
mod voices;
#[path = "web/written.rs"]
mod written;
