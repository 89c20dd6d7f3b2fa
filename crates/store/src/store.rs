//! An open store: one field for each noun.

use std::sync::Arc;

use crate::engine::{Engine, Settings, Watcher};
use crate::fault::Fault;
use crate::{
    Actions, Answers, Auditors, Audits, CaseLists, Claims, Concerns, Conflicts, Consultations,
    Copies, Cycles, Drafts, DrawRequests, Draws, Exclusions, Figures, Filing, Findings, Frameworks,
    Handovers, Indicators, Journal, Leases, Looks, Mappings, MissedAudits, Moderations, People,
    Places, Programmes, Proposals, Records, Register, Releases, Reminders, Replies, Reports,
    Retention, Rewordings, Sessions, Sources, Staffing, Subjects, Themes, Timescales, Unfinished,
    Upkeep, Voices, Whole, Workers, migrator,
};

/// Everything that is kept.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Arc<Engine>,
    /// What is done about findings.
    pub actions: Actions,
    /// The answers of audits, and their submission.
    pub answers: Answers,
    /// What is known of the auditors: how much they can do, and whether they hold records.
    pub auditors: Auditors,
    /// One auditor's reading of one record.
    pub audits: Audits,
    /// The records open on a date.
    pub case_lists: CaseLists,
    /// Children who may be unsafe now.
    pub concerns: Concerns,
    /// What keeps auditors from records.
    pub conflicts: Conflicts,
    /// Who says that they audit which records.
    pub claims: Claims,
    /// One quarter each.
    pub cycles: Cycles,
    /// What the next draw is asked to take up.
    pub draw_requests: DrawRequests,
    /// Records that are excluded by name from draws.
    pub exclusions: Exclusions,
    /// Asking for comments on drafts.
    pub consultations: Consultations,
    /// What browsers keep sealed for places without a network.
    pub copies: Copies,
    /// Editions before they are agreed.
    pub drafts: Drafts,
    /// Samples that were drawn.
    pub draws: Draws,
    /// Counts for reports and coverage.
    pub figures: Figures,
    /// Where correspondence goes, and whether it is there.
    pub filing: Filing,
    /// Findings beside one another.
    pub findings: Findings,
    /// Agreed editions.
    pub frameworks: Frameworks,
    /// Audits given to somebody else, and days that moved.
    pub handovers: Handovers,
    /// What is counted of what, quarter by quarter.
    pub indicators: Indicators,
    /// The history of every change.
    pub journal: Journal,
    /// Jobs that only one of several servers may do at a time.
    pub leases: Leases,
    /// Who looked at which record.
    pub looks: Looks,
    /// Closed cycles, and the audits that were not made in them.
    pub missed: MissedAudits,
    /// Second readings, and what came of them.
    pub moderations: Moderations,
    /// How the columns of an authority's own lists are read.
    pub mappings: Mappings,
    /// Who may sign in.
    pub people: People,
    /// The parts of the authority.
    pub places: Places,
    /// What is to be audited over a year.
    pub programmes: Programmes,
    /// What rules about time proposed for answers, and what auditors said to it.
    pub proposals: Proposals,
    /// The files kept on children.
    pub records: Records,
    /// What a committee asked, resolved and was promised.
    pub register: Register,
    /// Reports on their way to members, and what of them is public.
    pub releases: Releases,
    /// Who was reminded of what.
    pub reminders: Reminders,
    /// What workers say to audits, and what moderators decide.
    pub replies: Replies,
    /// What committees read.
    pub reports: Reports,
    /// How long things are kept, what is held, and what went.
    pub retention: Retention,
    /// Wishes that a standard be worded anew.
    pub rewordings: Rewordings,
    /// Who is signed in.
    pub sessions: Sessions,
    /// What each file said.
    pub sources: Sources,
    /// Teams, staff and who is advised to hold which records.
    pub staffing: Staffing,
    /// Everything that is held about a record.
    pub subjects: Subjects,
    /// What auditors choose from to say what audits have in common.
    pub themes: Themes,
    /// Rules about time.
    pub timescales: Timescales,
    /// Words that somebody has typed and not saved as an answer.
    pub unfinished: Unfinished,
    /// What was done to keep the database itself.
    pub upkeep: Upkeep,
    /// Who was asked in an audit, and what it comes to in words.
    pub voices: Voices,
    /// Everything at once: copies, exports, and what comes of them.
    pub whole: Whole,
    /// Who holds records.
    pub workers: Workers,
}

impl Store {
    /// Opens the database as it is.
    ///
    /// # Errors
    /// Fails on an address that is none, a database that cannot be reached, settings by which an
    /// answer that was acknowledged could be lost, and a schema newer than this program.
    pub async fn open(settings: &Settings) -> Result<Self, Fault> {
        Ok(Self::over(Engine::open(settings, None).await?))
    }

    /// Opens the database and calls the watcher with the SQL of each statement, for counting them.
    ///
    /// # Errors
    /// Fails as [`Store::open`] does.
    pub async fn open_watched(settings: &Settings, watcher: Watcher) -> Result<Self, Fault> {
        Ok(Self::over(Engine::open(settings, Some(watcher)).await?))
    }

    /// Brings the schema up to date, and says how many steps that took.
    ///
    /// # Errors
    /// Fails if a step does; what the step had done is undone.
    pub async fn migrate(&self) -> Result<usize, Fault> {
        migrator::migrate(&self.engine).await
    }

    /// Brings the schema to what it was after so many of this program's steps: for trying upgrades.
    ///
    /// # Errors
    /// Fails as [`Store::migrate`] does.
    pub async fn migrate_to(&self, steps: usize) -> Result<usize, Fault> {
        migrator::migrate_to(&self.engine, steps).await
    }

    /// How many steps the schema is behind this program.
    ///
    /// # Errors
    /// Fails if the database cannot be asked.
    pub async fn steps_behind(&self) -> Result<usize, Fault> {
        migrator::missing(&self.engine.write).await
    }

    /// The names of the steps that the schema has taken.
    ///
    /// # Errors
    /// Fails if the database cannot be asked, and on a schema newer than this program.
    pub async fn steps(&self) -> Result<Vec<String>, Fault> {
        migrator::applied(&self.engine.write).await
    }

    /// Closes every connection. What was saved is in the file alone, without its write-ahead log.
    ///
    /// # Errors
    /// Fails if a connection cannot be closed.
    pub async fn close(self) -> Result<(), Fault> {
        self.engine.read.clone().close().await?;
        Ok(self.engine.write.clone().close().await?)
    }

    fn over(engine: Engine) -> Self {
        let engine = Arc::new(engine);
        let on = || Arc::clone(&engine);
        Self {
            actions: Actions(on()),
            answers: Answers(on()),
            auditors: Auditors(on()),
            audits: Audits(on()),
            case_lists: CaseLists(on()),
            concerns: Concerns(on()),
            conflicts: Conflicts(on()),
            claims: Claims(on()),
            cycles: Cycles(on()),
            draw_requests: DrawRequests(on()),
            exclusions: Exclusions(on()),
            consultations: Consultations(on()),
            copies: Copies(on()),
            drafts: Drafts(on()),
            draws: Draws(on()),
            figures: Figures(on()),
            filing: Filing(on()),
            findings: Findings(on()),
            frameworks: Frameworks::new(on()),
            handovers: Handovers(on()),
            indicators: Indicators(on()),
            journal: Journal(on()),
            leases: Leases(on()),
            looks: Looks(on()),
            missed: MissedAudits(on()),
            moderations: Moderations(on()),
            mappings: Mappings(on()),
            people: People(on()),
            places: Places(on()),
            programmes: Programmes(on()),
            proposals: Proposals(on()),
            records: Records(on()),
            releases: Releases(on()),
            reminders: Reminders(on()),
            replies: Replies(on()),
            reports: Reports(on()),
            retention: Retention(on()),
            rewordings: Rewordings(on()),
            sessions: Sessions(on()),
            sources: Sources(on()),
            staffing: Staffing(on()),
            register: Register(on()),
            subjects: Subjects(on()),
            themes: Themes(on()),
            timescales: Timescales(on()),
            unfinished: Unfinished(on()),
            upkeep: Upkeep(on()),
            voices: Voices(on()),
            whole: Whole(on()),
            workers: Workers(on()),
            engine,
        }
    }
}
