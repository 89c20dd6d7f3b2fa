//! The tokens of other programs, a form to make one, and the one time that a token is shown.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::{ApiTokenId, PlaceId};
use quarterlight_domain::permission::api::{Bearer, Scope, ends_on};
use quarterlight_domain::permission::{Deed, OutsideDeed, permits};
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{ApiTokenLine, NewApiToken};
use serde::Deserialize;

use crate::api::caller::new_token;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, DateInput, ErrorSummary, Field, HOSTILE, Select, SelectItem,
    SummaryList, SummaryRow, TextInput, WarningText,
};
use crate::layout::Frame;
use crate::permit::{KeepTokens, SeeTokens, Through};
use crate::session::SignedIn;
use crate::{links, page};

const TITLE: &str = "API tokens";

/// The most characters of a token's name.
const LONGEST_NAME: usize = 80;

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    name: String,
    #[serde(rename = "scope")]
    scopes: Vec<String>,
    place: String,
    #[serde(rename = "ends-day")]
    ends_day: String,
    #[serde(rename = "ends-month")]
    ends_month: String,
    #[serde(rename = "ends-year")]
    ends_year: String,
}

/// Why a token ends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    because: String,
}

/// What the page is made from.
#[derive(Debug, Clone, Default)]
struct Around {
    lines: Vec<ApiTokenLine>,
    services: Vec<(PlaceId, String)>,
    /// True for those who may make tokens and end them.
    keeps: bool,
    /// The token that was made just now, which is never shown again.
    made: Option<String>,
    /// The one that was to end without a reason.
    ending: Option<ApiTokenId>,
}

/// Ending a token.
#[derive(Debug, Clone)]
struct Ending {
    summary: String,
    action: String,
    is_wrong: bool,
    because: TextInput,
    button: Button,
}

/// One token.
#[derive(Debug, Clone)]
struct Line {
    facts: SummaryList,
    end: Option<Ending>,
}

/// The form to make one.
#[derive(Debug, Clone)]
struct Making {
    action: String,
    name: TextInput,
    scopes: Checkboxes,
    place: Select,
    ends: DateInput,
    button: Button,
}

/// The tokens.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/api_tokens/list.html")]
pub struct TokensPage {
    frame: Frame,
    errors: ErrorSummary,
    made: Option<(WarningText, String)>,
    lines: Vec<Line>,
    making: Option<Making>,
    description: &'static str,
}

/// Shows the tokens.
///
/// # Errors
/// There is no such page for those who neither keep tokens nor answer for access.
pub async fn get(app: App, visitor: Through<SeeTokens>) -> page::Result {
    let around = Around::load(&app, &visitor).await?;
    let frame = visitor.frame(&app, TITLE, TITLE);
    page::show(&TokensPage::new(
        frame,
        &visitor,
        &around,
        &TokenForm::default(),
        &Errors::default(),
    ))
}

/// Makes a token, and shows it once.
///
/// # Errors
/// There is no such page for those who do not keep tokens.
pub async fn post(
    app: App,
    visitor: Through<KeepTokens>,
    Filled(form): Filled<TokenForm>,
) -> page::Result {
    let mut around = Around::load(&app, &visitor).await?;
    let mut errors = Errors::default();
    let frame = visitor.frame(&app, TITLE, TITLE);
    let (token, digest) = new_token(&app);
    let Some(new) = form.read(&visitor, &around, digest, &mut errors) else {
        return page::again(&TokensPage::new(frame, &visitor, &around, &form, &errors));
    };
    app.store.api_tokens.make(&visitor.stamp("made an API token"), &new).await?;
    around = Around { made: Some(token), ..Around::load(&app, &visitor).await? };
    page::show(&TokensPage::new(frame, &visitor, &around, &TokenForm::default(), &errors))
}

/// Ends a token now. Posted twice, it ends once.
///
/// # Errors
/// There is no such page for those who do not keep tokens.
pub async fn end(
    app: App,
    visitor: Through<KeepTokens>,
    Path(id): Path<String>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let id: ApiTokenId = id.parse().map_err(|_| Failure::NotFound)?;
    let mut around = Around::load(&app, &visitor).await?;
    if around.lines.iter().all(|line| line.bearer.token != id) {
        return Err(Failure::NotFound);
    }
    let mut errors = Errors::default();
    let ask = "Say why this token ends";
    let Some(because) = errors.reason("because", &form.because, ask) else {
        around.ending = Some(id);
        let frame = visitor.frame(&app, TITLE, TITLE);
        let page = TokensPage::new(frame, &visitor, &around, &TokenForm::default(), &errors);
        return page::again(&page);
    };
    app.store.api_tokens.end(&visitor.stamp("ended an API token"), id, &because).await?;
    page::see_other(links::api_tokens())
}

impl Around {
    async fn load(app: &App, visitor: &SignedIn) -> Result<Self, Failure> {
        let deed = Deed::Outside(OutsideDeed::KeepTokens);
        Ok(Self {
            lines: app.store.api_tokens.all().await?,
            services: app.store.figures.services().await?,
            keeps: permits(&visitor.person, deed, visitor.today),
            made: None,
            ending: None,
        })
    }
}

impl TokenForm {
    fn ends(&self) -> TypedDate {
        let (day, month) = (self.ends_day.clone(), self.ends_month.clone());
        TypedDate { day, month, year: self.ends_year.clone() }
    }

    fn read(
        &self,
        visitor: &SignedIn,
        around: &Around,
        digest: Vec<u8>,
        errors: &mut Errors,
    ) -> Option<NewApiToken> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_named = (1..=LONGEST_NAME).contains(&name.chars().count());
        if !is_named {
            errors.say("name", "Enter the program’s name, in 80 characters or fewer");
        }
        let scopes: Option<Vec<Scope>> =
            self.scopes.iter().map(|code| Scope::from_code(code)).collect();
        let scopes = scopes.filter(|scopes| !scopes.is_empty());
        if scopes.is_none() {
            errors.say("scope", "Select what the program may do");
        }
        let id: Option<PlaceId> = self.place.parse().ok();
        let place = around.services.iter().map(|(place, _)| *place).find(|it| Some(*it) == id);
        if place.is_none() && !self.place.is_empty() {
            errors.say("place", "Select a service, or the whole authority");
        }
        let ends =
            errors.keep("ends", self.ends().read().and_then(|day| ends_on(day, visitor.today)));
        if !errors.is_empty() {
            return None;
        }
        Some(NewApiToken { name, digest, scopes: scopes?, place, ends_on: ends? })
    }
}

impl TokensPage {
    fn new(
        frame: Frame,
        visitor: &SignedIn,
        around: &Around,
        form: &TokenForm,
        errors: &Errors,
    ) -> Self {
        let lines = around.lines.iter().map(|line| shown(line, visitor, (around, errors)));
        let lines: Vec<Line> = lines.collect();
        let making = around.keeps.then(|| Making::new(around, form, errors));
        let mut summary = ErrorSummary::new();
        for ending in lines.iter().filter_map(|line| line.end.as_ref()) {
            summary = summary.field(&ending.because.field);
        }
        if let Some(making) = &making {
            summary = summary
                .field(&making.name.field)
                .field(&making.scopes.field)
                .field(&making.place.field)
                .date(&making.ends);
        }
        let once = "Copy this token now. It is not shown again, and nobody can look it up.";
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            made: around.made.clone().map(|token| (WarningText::new(once), token)),
            lines,
            making,
            description: "/api/v1/openapi.json",
        }
    }

    /// None yet, some to look at alone, and some to end with hostile words.
    pub fn samples() -> Vec<Self> {
        let visitor = crate::invented::nobody();
        let line = |id, is_ended| ApiTokenLine {
            bearer: Bearer {
                token: ApiTokenId(id),
                scopes: Scope::ALL.to_vec(),
                place: None,
                ends_on: visitor.today,
                is_ended,
            },
            name: HOSTILE.to_owned(),
            place: is_ended.then(|| HOSTILE.to_owned()),
            made_by: Some(HOSTILE.to_owned()),
            made_at: visitor.at,
            ended_at: is_ended.then_some(visitor.at),
            last_used: is_ended.then_some(visitor.at),
        };
        let some = |keeps| Around {
            lines: vec![line(1, false), line(2, true)],
            services: vec![(PlaceId(2), HOSTILE.to_owned())],
            keeps,
            made: keeps.then(|| format!("qlt_{}", "0f".repeat(32))),
            ending: keeps.then_some(ApiTokenId(1)),
        };
        let mut errors = Errors::default();
        errors.say("because", "Say why this token ends");
        errors.say("name", "Enter the program’s name, in 80 characters or fewer");
        [
            (Around::default(), Errors::default()),
            (some(false), Errors::default()),
            (Around { keeps: true, ..Around::default() }, Errors::default()),
            (some(true), errors),
        ]
        .iter()
        .map(|(around, errors)| {
            Self::new(Frame::new(TITLE), &visitor, around, &TokenForm::default(), errors)
        })
        .collect()
    }
}

impl Making {
    fn new(around: &Around, form: &TokenForm, errors: &Errors) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let scope = |it: Scope| CheckboxItem::new(it.code(), it.words()).hint(it.code());
        let services = around.services.iter();
        let services = services.map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
        let all = std::iter::once(SelectItem::new("", "The whole authority"));
        let place = field("place", "Whose figures").hint(
            "A token that is kept to one service reads that service’s figures, and neither sends case lists nor reads the register or the journal.",
        );
        let ends = field("ends", "Last day").hint("Within a year.");
        Self {
            action: links::api_tokens(),
            name: TextInput::new(field("name", "Which program is it for?"))
                .value(form.name.clone()),
            scopes: Checkboxes::new(
                field("scope", "What may it do?").hint("Select as little as it needs."),
                Scope::ALL.map(scope).to_vec(),
            )
            .values(form.scopes.clone()),
            place: Select::new(place, all.chain(services).collect()).value(form.place.clone()),
            ends: form.ends().shown_in(DateInput::new(ends)),
            button: Button::submit("Make this token"),
        }
    }
}

fn shown(line: &ApiTokenLine, visitor: &SignedIn, (around, errors): (&Around, &Errors)) -> Line {
    let bearer = &line.bearer;
    let scopes: Vec<&str> = bearer.scopes.iter().map(|it| it.code()).collect();
    let standing = match line.ended_at {
        Some(at) => format!("Ended on {}", moment_in_words(at)),
        None if bearer.is_good(visitor.today) => {
            format!("Good until the end of {}", day_in_words(bearer.ends_on))
        }
        None => format!("Over since {}", day_in_words(bearer.ends_on)),
    };
    let by = line.made_by.clone().unwrap_or_else(|| "Somebody at the command line".to_owned());
    let rows = vec![
        SummaryRow::new("May do", scopes.join(", ")),
        SummaryRow::new("For", line.place.clone().unwrap_or("The whole authority".to_owned())),
        SummaryRow::new("Standing", standing),
        SummaryRow::new("Made", format!("{}, by {by}", moment_in_words(line.made_at))),
        SummaryRow::new(
            "Last used",
            line.last_used.map_or_else(|| "Never".to_owned(), moment_in_words),
        ),
    ];
    let id = bearer.token;
    let is_wrong = around.ending == Some(id);
    let because = Field::new("because", "Why it ends").id(format!("because-{id}"));
    let because = because.error(if is_wrong { errors.at("because") } else { None });
    let ends = around.keeps && bearer.is_good(visitor.today);
    Line {
        facts: SummaryList::new(rows).titled(line.name.clone()),
        end: ends.then(|| Ending {
            summary: format!("End the token of {}", line.name),
            action: links::end_api_token(id),
            is_wrong,
            because: TextInput::new(because),
            button: Button::submit("End it now").warning(),
        }),
    }
}
