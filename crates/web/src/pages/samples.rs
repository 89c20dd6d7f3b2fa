//! Every page, filled with its samples: one test shows them all and looks at what comes out.

use askama::Template;

use super::{
    actions, auditors, audits, case_lists, conflicts, coverage, cycles, frameworks, home,
    moderation, programme, records, reports, sessions, timescales, workers,
};
use crate::error::ErrorPage;

/// A page's name, and its samples as HTML.
pub type Sample = (&'static str, Vec<Result<String, askama::Error>>);

fn rendered<T: Template>(name: &'static str, samples: Vec<T>) -> Sample {
    (name, samples.iter().map(Template::render).collect())
}

/// Every page with its samples.
pub fn all() -> Vec<Sample> {
    vec![
        rendered("error", ErrorPage::samples()),
        rendered("actions/list", actions::list::ActionsPage::samples()),
        rendered("actions/show", actions::show::ActionPage::samples()),
        rendered("auditors/describe", auditors::describe::AuditorPage::samples()),
        rendered("auditors/list", auditors::list::AuditorsPage::samples()),
        rendered("audits/allocate", audits::allocate::AllocatePage::samples()),
        rendered("audits/answer", audits::answer::AnswerPage::samples()),
        rendered("audits/read", audits::read::ReadPage::samples()),
        rendered("audits/show", audits::show::AuditPage::samples()),
        rendered("audits/notes", audits::notes::NotesPage::samples()),
        rendered("audits/take_back", audits::take_back::TakeBackPage::samples()),
        rendered("audits/submit", audits::submit::SubmitPage::samples()),
        rendered("case_lists/check", case_lists::check::CheckPage::samples()),
        rendered("case_lists/columns", case_lists::columns::ColumnsPage::samples()),
        rendered("case_lists/doubts", case_lists::doubts::DoubtsPage::samples()),
        rendered("case_lists/tables", case_lists::tables::TablesPage::samples()),
        rendered("case_lists/list", case_lists::list::CaseListsPage::samples()),
        rendered("conflicts/list", conflicts::list::ConflictsPage::samples()),
        rendered("coverage/cell", coverage::cell::CellPage::samples()),
        rendered("coverage/show", coverage::show::CoveragePage::samples()),
        rendered("cycles/assign", cycles::assign::AssignPage::samples()),
        rendered("cycles/changes", cycles::changes::ChangesPage::samples()),
        rendered("cycles/close", cycles::close::ClosePage::samples()),
        rendered("cycles/draw", cycles::draw::DrawPage::samples()),
        rendered("cycles/exclusions", cycles::exclusions::ExclusionsPage::samples()),
        rendered("cycles/list", cycles::list::CyclesPage::samples()),
        rendered("cycles/method", cycles::method::MethodPage::samples()),
        rendered("cycles/progress", cycles::progress::ProgressPage::samples()),
        rendered("cycles/swap", cycles::swap::SwapPage::samples()),
        rendered("cycles/top_up", cycles::top_up::TopUpPage::samples()),
        rendered("programme/frameworks", programme::frameworks::FrameworksPage::samples()),
        rendered("programme/plan", programme::plan::PlanPage::samples()),
        rendered("programme/show", programme::show::ProgrammePage::samples()),
        rendered("cycles/show", cycles::show::CyclePage::samples()),
        rendered("frameworks/add", frameworks::add::AddPage::samples()),
        rendered("frameworks/agree", frameworks::agree::AgreePage::samples()),
        rendered("frameworks/answer", frameworks::answer::AnswerPage::samples()),
        rendered("frameworks/ask", frameworks::ask::AskPage::samples()),
        rendered("frameworks/changes", frameworks::changes::ChangesPage::samples()),
        rendered("frameworks/comment", frameworks::comment::CommentPage::samples()),
        rendered("frameworks/draft", frameworks::draft::DraftPage::samples()),
        rendered("frameworks/edition", frameworks::edition::EditionPage::samples()),
        rendered("frameworks/file", frameworks::file::FilePage::samples()),
        rendered("frameworks/form", frameworks::form::FormPage::samples()),
        rendered("frameworks/list", frameworks::list::FrameworksPage::samples()),
        rendered("frameworks/mapping", frameworks::mapping::MappingPage::samples()),
        rendered("frameworks/section", frameworks::section::SectionPage::samples()),
        rendered("frameworks/standard", frameworks::standard::StandardPage::samples()),
        rendered("frameworks/start", frameworks::start::StartPage::samples()),
        rendered("home/show", home::show::HomePage::samples()),
        rendered("moderation/list", moderation::list::QueuePage::samples()),
        rendered("moderation/rule", moderation::rule::RulePage::samples()),
        rendered("moderation/show", moderation::show::ModerationPage::samples()),
        rendered("moderation/standard", moderation::standard::StandardPage::samples()),
        rendered("moderation/confirm", moderation::confirm::ConfirmPage::samples()),
        rendered("moderation/send_back", moderation::send_back::ReturnPage::samples()),
        rendered("moderation/agreement", moderation::agreement::AgreementPage::samples()),
        rendered("moderation/auditors", moderation::auditors::AuditorsPage::samples()),
        rendered("moderation/reword", moderation::reword::RewordPage::samples()),
        rendered("records/list", records::list::RecordsPage::samples()),
        rendered("records/looks", records::looks::LooksPage::samples()),
        rendered("records/show", records::show::RecordPage::samples()),
        rendered("reports/list", reports::list::ReportsPage::samples()),
        rendered("reports/report", reports::report::ReportPage::samples()),
        rendered("sessions/kept", sessions::kept::KeptPage::samples()),
        rendered("sessions/sign_in", sessions::sign_in::SignInPage::samples()),
        rendered("workers/describe", workers::describe::WorkerPage::samples()),
        rendered("workers/list", workers::list::WorkersPage::samples()),
        rendered("timescales/list", timescales::list::TimescalesPage::samples()),
        rendered("timescales/show", timescales::show::RulePage::samples()),
    ]
}
