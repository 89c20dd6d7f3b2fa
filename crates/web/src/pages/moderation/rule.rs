//! Which audits are read a second time, for the quality lead to decide.

use askama::Template;
use jiff::ToSpan;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;
use quarterlight_store::KeptRule;
use serde::Deserialize;

use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, DateInput, ErrorSummary, Field, InputWidth, TextInput,
    Textarea,
};
use crate::layout::Frame;
use crate::permit::{SetModerationRule, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    grades: Vec<String>,
    share: String,
    blind: String,
    #[serde(rename = "from-day")]
    from_day: String,
    #[serde(rename = "from-month")]
    from_month: String,
    #[serde(rename = "from-year")]
    from_year: String,
    why: String,
}

impl RuleForm {
    fn from(&self) -> TypedDate {
        let (day, month, year) =
            (self.from_day.clone(), self.from_month.clone(), self.from_year.clone());
        TypedDate { day, month, year }
    }
}

/// The rule, and those before it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/rule.html")]
pub struct RulePage {
    frame: Frame,
    errors: ErrorSummary,
    now: String,
    action: String,
    grades: Checkboxes,
    share: TextInput,
    blind: TextInput,
    from: DateInput,
    why: Textarea,
    save: Button,
    /// The rules that were decided here, the latest first: the sentence, why, and who decided.
    before: Vec<[String; 3]>,
}

/// Shows the rule of today, filled in for the next one.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn get(app: App, visitor: Through<SetModerationRule>) -> page::Result {
    let kept = app.store.moderations.rules().await?;
    let frame = frame(&app, &visitor);
    let now = in_force(&kept, visitor.today);
    let next = TypedDate::of(visitor.today.saturating_add(1.day()));
    let form = RuleForm {
        grades: now.grades.iter().map(|grade| grade.code().to_owned()).collect(),
        share: now.share.to_string(),
        blind: now.blind.to_string(),
        from_day: next.day,
        from_month: next.month,
        from_year: next.year,
        why: String::new(),
    };
    page::show(&RulePage::new(frame, (&now, &kept), &form, &Errors::default()))
}

/// Keeps another rule from a later day on.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(
    app: App,
    visitor: Through<SetModerationRule>,
    Filled(form): Filled<RuleForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let number = |text: &str| {
        let number = text.trim().parse::<u32>().ok().filter(|number| *number <= 100);
        number.ok_or_else(|| Refusal::because("Enter a whole number from 0 to 100."))
    };
    let share = errors.keep("share", number(&form.share));
    let blind = errors.keep("blind", number(&form.blind));
    let from = errors.keep("from", form.from().read());
    let why = errors.keep("why", Reason::new(&form.why));
    let grades = Grade::ALL.into_iter().filter(|it| form.grades.iter().any(|g| g == it.code()));
    let grades: Vec<Grade> = grades.collect();
    if let (Some(share), Some(blind), Some(from), Some(why)) = (share, blind, from, why) {
        let rule = ModerationRule::new(from, grades, (share, blind), visitor.today);
        if let Some(rule) = errors.keep("from", rule) {
            let stamp = visitor.stamp("decided which audits are moderated");
            app.store.moderations.set_rule(&stamp, &rule, &why).await?;
            return page::see_other(links::moderation_rule());
        }
    }
    let kept = app.store.moderations.rules().await?;
    let now = in_force(&kept, visitor.today);
    page::again(&RulePage::new(frame(&app, &visitor), (&now, &kept), &form, &errors))
}

fn in_force(kept: &[KeptRule], day: jiff::civil::Date) -> ModerationRule {
    let rules: Vec<ModerationRule> = kept.iter().map(|kept| kept.rule.clone()).collect();
    ModerationRule::in_force(&rules, day)
}

fn frame(app: &App, visitor: &Through<SetModerationRule>) -> Frame {
    let breadcrumbs = vec![("Moderation".to_owned(), links::moderation(None))];
    let frame = visitor.frame(app, "Which audits are read a second time", "Moderation");
    Frame { breadcrumbs, ..frame }
}

impl RulePage {
    fn new(
        frame: Frame,
        (now, kept): (&ModerationRule, &[KeptRule]),
        form: &RuleForm,
        errors: &Errors,
    ) -> Self {
        let grades = Field::new("grades", "Read every audit graded");
        let percent = |name: &'static str, label: &str| {
            Field::new(name, label).hint("Out of 100.").error(errors.at(name))
        };
        let share = percent("share", "Of the others, read how many");
        let blind = percent("blind", "Of all audits, read how many blind");
        let from = Field::new("from", "From")
            .hint("For audits submitted on this day or later.")
            .error(errors.at("from"));
        let from = form.from().shown_in(DateInput::new(from));
        let why = Field::new("why", "Why").error(errors.at("why"));
        let item = |grade: Grade| CheckboxItem::new(grade.code(), grade.words());
        let summary = ErrorSummary::new().field(&share).field(&blind).date(&from).field(&why);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            now: now.sentence(),
            action: links::moderation_rule(),
            grades: Checkboxes::new(grades, Grade::ALL.map(item).to_vec())
                .values(form.grades.clone()),
            share: TextInput::new(share).value(form.share.clone()).width(InputWidth::Characters3),
            blind: TextInput::new(blind).value(form.blind.clone()).width(InputWidth::Characters3),
            from,
            why: Textarea::new(why).value(form.why.clone()).rows(3),
            save: Button::submit("Keep this rule"),
            before: kept.iter().rev().map(before).collect(),
        }
    }

    /// The rule that ships, and a form with everything wrong after a rule with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for field in ["share", "blind", "from", "why"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let kept = KeptRule {
            rule: ModerationRule::shipped(),
            why: HOSTILE.to_owned(),
            by: Some(HOSTILE.to_owned()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let now = ModerationRule::shipped();
        let hostile = RuleForm { why: HOSTILE.to_owned(), ..RuleForm::default() };
        let frame = || Frame::new("Which audits are read a second time");
        vec![
            Self::new(frame(), (&now, &[]), &RuleForm::default(), &Errors::default()),
            Self::new(frame(), (&now, &[kept]), &hostile, &errors),
        ]
    }
}

fn before(kept: &KeptRule) -> [String; 3] {
    let by = kept.by.as_deref().unwrap_or("The server’s own command line");
    let on = day_in_words(day_in_england(kept.at));
    [kept.rule.sentence(), kept.why.clone(), format!("{by}, {on}")]
}
