//! A browser without a browser: asks the real router, keeps cookies, reads pages as a person would.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_borough::Cast;
use quarterlight_domain::sign_in::factors::SecondFactor;
use quarterlight_report::document::Document;
use quarterlight_report::print::{PrintFault, Printers};
use quarterlight_report::sheet::{SheetCell, Workbook};
use quarterlight_store::{Durability, LogKey, Settings, Store};
use quarterlight_testing::engines::{Engine, Fresh, Mould, OnEach};
use quarterlight_web::app::{App, Given, Public};
use quarterlight_web::outside::Outside;
use quarterlight_web::sign_in::SignIn;
use quarterlight_web::{password, router};
use scraper::{Html, Selector};
use tower::ServiceExt;

/// The day in every page test.
pub const TODAY: Date = date(2026, 11, 23);

/// The password of everybody in the borough.
pub const PASSWORD: &str = "borough of larkmoor";

/// Seconds by which a test has moved the clock.
static MOVED: AtomicI64 = AtomicI64::new(0);

/// The borough and its pages, with a clock that stands still.
pub struct World {
    pub store: Store,
    pub cast: Cast,
    pub router: Router,
    pub statements: Arc<AtomicUsize>,
    /// The address of its database.
    pub address: String,
    /// Held while the world is: the database goes with it.
    _fresh: Fresh,
}

fn clock() -> Timestamp {
    let noon: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    noon.saturating_add(jiff::SignedDuration::from_secs(MOVED.load(Ordering::SeqCst))).unwrap()
}

fn chance() -> [u8; 32] {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    static HIGH: AtomicU8 = AtomicU8::new(1);
    let low = NEXT.fetch_add(1, Ordering::SeqCst);
    if low == u8::MAX {
        HIGH.fetch_add(1, Ordering::SeqCst);
    }
    let mut bytes = [low; 32];
    bytes[0] = HIGH.load(Ordering::SeqCst);
    bytes
}

fn half_an_hour_later() -> Timestamp {
    clock().saturating_add(jiff::SignedDuration::from_mins(30)).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "it has the type of a printer")]
fn no_pdf(document: &Document) -> Result<Vec<u8>, PrintFault> {
    Ok(format!("%PDF-1.7\n{document:?}").into_bytes())
}

#[expect(clippy::unnecessary_wraps, reason = "it has the type of a printer")]
fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, PrintFault> {
    let mut written = rust_xlsxwriter::Workbook::new();
    for sheet in &workbook.sheets {
        let headings = sheet.headings.iter().map(|(heading, _)| heading.as_str().into()).collect();
        let page = written.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        for (row, cells) in (0_u32..).zip([&headings].into_iter().chain(&sheet.rows)) {
            for (column, cell) in (0_u16..).zip(cells) {
                if let SheetCell::Words(words) = cell {
                    page.write_string(row, column, words).unwrap();
                }
            }
        }
    }
    Ok(written.save_to_buffer().unwrap())
}

/// Several files one after another, each after its path: enough for a test to look into.
#[expect(clippy::unnecessary_wraps, reason = "it has the type of a printer")]
fn in_one(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, PrintFault> {
    let mut all = Vec::new();
    for (path, bytes) in files {
        all.extend_from_slice(format!("\n== {path}\n").as_bytes());
        all.extend_from_slice(bytes);
    }
    Ok(all)
}

fn settings(fresh: &Fresh) -> Settings {
    Settings { address: fresh.address.clone(), durability: Durability::Throwaway, chance }
}

fn app(store: &Store, everybody: bool, clock: fn() -> Timestamp) -> App {
    App::new(given(store, everybody, clock, SignIn::for_invented([7; 32])))
}

fn given(store: &Store, everybody: bool, clock: fn() -> Timestamp, sign_in: SignIn) -> Given {
    Given {
        store: store.clone(),
        clock,
        chance,
        printers: Printers { pdf: no_pdf, docx: no_pdf, xlsx: no_pdf, csv: no_pdf },
        xlsx,
        folder: in_one,
        log: LogKey::from_seed("larkmoor.example/journal", &[7; 32]).ok(),
        authority: "Larkmoor".to_owned(),
        demonstration: true,
        duty: String::new(),
        mails: false,
        public: Public { small_counts: 5, reports: everybody },
        sign_in,
        outside: Outside::default(),
        plain_http: true,
    }
}

impl World {
    /// A borough of one's own, on an engine: made once and copied, since making it takes seconds.
    pub async fn on(engine: Engine) -> Self {
        static MADE: OnEach<(Mould, Cast)> = OnEach::new();
        let (mould, cast) = MADE
            .of(engine, || tokio::runtime::Runtime::new().unwrap().block_on(Self::made(engine)));
        let fresh = mould.copy();
        let address = fresh.address.clone();
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&statements);
        let watcher = Arc::new(move |_: &str| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let store = Store::open_watched(&settings(&fresh), watcher).await.unwrap();
        let router = router::router(app(&store, true, clock));
        Self { store, cast: cast.clone(), router, statements, address, _fresh: fresh }
    }

    async fn made(engine: Engine) -> (Mould, Cast) {
        let fresh = Fresh::on(engine);
        let store = Store::open(&settings(&fresh)).await.unwrap();
        store.migrate().await.unwrap();
        let toml = quarterlight_import::framework::default_toml();
        let read = quarterlight_import::framework::from_toml_with_origins(toml).unwrap();
        let hash = password::hash(PASSWORD, [9; 32]).unwrap();
        let done = |_: u64, _: u64, _: &str| {};
        let file = quarterlight_import::timescales::england_toml();
        let rules = quarterlight_import::timescales::from_toml(file).unwrap();
        let holidays = quarterlight_import::bank_holidays::england().unwrap();
        let told = (&rules, &holidays);
        let framework = (&read.0, &read.1);
        let cast = quarterlight_borough::build(&store, framework, told, TODAY, &hash, &done)
            .await
            .unwrap();
        let stamp = quarterlight_domain::stamp::Stamp::console(clock(), "kept rules");
        let from = date(2020, 1, 1);
        store.timescales.keep(&stamp, &rules, file, from).await.unwrap();
        let file = quarterlight_import::indicators::default_toml();
        let set = quarterlight_import::indicators::from_toml(file).unwrap();
        store.indicators.keep(&stamp, &set, file, from).await.unwrap();
        store.close().await.unwrap();
        (fresh.as_mould(), cast)
    }

    /// The borough on SQLite.
    pub async fn new() -> Self {
        Self::on(Engine::Sqlite).await
    }

    /// A stranger's browser.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    /// A stranger's browser where the authority has switched public reports off.
    pub fn not_public(&self) -> Browser {
        Browser { router: router::router(app(&self.store, false, clock)), cookies: BTreeMap::new() }
    }

    /// Somebody who has just been added, signed in, once they have accepted what comes first.
    pub async fn newly_in(&self, who: &str) -> Browser {
        let mut browser = self.signed_in(who).await;
        let words = browser.get("/").await.hidden("words");
        let form = [("accept", "yes"), ("back", "/"), ("words", words.as_str())];
        let answer = browser.post("/confidentiality", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who} could not accept");
        browser
    }

    /// A stranger's browser where more than a password is asked of the weightiest roles.
    pub fn where_more_is_asked(&self) -> Browser {
        let sign_in =
            SignIn { second_factor: SecondFactor::Roles, ..SignIn::for_invented([7; 32]) };
        let app = App::new(given(&self.store, true, clock, sign_in));
        Browser { router: router::router(app), cookies: BTreeMap::new() }
    }

    /// A stranger's browser where other machines are as told.
    pub fn outside(&self, outside: Outside) -> Browser {
        let sign_in = SignIn::for_invented([7; 32]);
        let given = Given { outside, ..given(&self.store, true, clock, sign_in) };
        Browser { router: router::router(App::new(given)), cookies: BTreeMap::new() }
    }

    /// The same where more than one factor is asked of the weightiest roles.
    pub fn outside_where_more_is_asked(&self, outside: Outside) -> Browser {
        let sign_in =
            SignIn { second_factor: SecondFactor::Roles, ..SignIn::for_invented([7; 32]) };
        let given = Given { outside, ..given(&self.store, true, clock, sign_in) };
        Browser { router: router::router(App::new(given)), cookies: BTreeMap::new() }
    }

    /// Somebody signed in, by the first part of their address.
    pub async fn signed_in(&self, who: &str) -> Browser {
        let mut browser = self.browser();
        let email = format!("{who}@larkmoor.example");
        let answer = browser.post("/sign-in", &[("email", &email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{who} could not sign in");
        browser
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    /// Its cookies; the key of copies is for a page's script, and these browsers run none.
    pub cookies: BTreeMap<String, String>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Browser {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// What it carries.
    pub fn cookie(&self) -> String {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// Sends anything with a header of cookies of its own, whatever is in it.
    pub async fn send_with_header(
        &mut self,
        mut request: Request<Body>,
        cookie: axum::http::HeaderValue,
    ) -> Answer {
        request.headers_mut().insert(header::COOKIE, cookie);
        let mut other = Self { router: self.router.clone(), cookies: BTreeMap::new() };
        other.send(request).await
    }

    /// Sends anything with a cookie of its own.
    pub async fn send_with_cookie(&mut self, request: Request<Body>, cookie: &str) -> Answer {
        let pairs = cookie.split("; ").filter_map(|pair| pair.split_once('='));
        let own = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let kept = std::mem::replace(&mut self.cookies, own);
        let answer = self.send(request).await;
        self.cookies = kept;
        answer
    }

    /// Sends anything.
    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookie = self.cookie();
        let headers = request.headers_mut();
        headers.insert(header::HOST, "larkmoor.example".parse().unwrap());
        // As every browser does.
        if !headers.contains_key("sec-fetch-site") && !headers.contains_key("x-no-browser") {
            headers.entry(header::ORIGIN).or_insert("http://larkmoor.example".parse().unwrap());
        }
        if !self.cookies.is_empty() {
            headers.insert(header::COOKIE, cookie.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if name != "quarterlight-copy" {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, text, bytes: bytes.into() }
    }

    /// The same browser, half an hour later.
    pub fn half_an_hour_later(&self, world: &World) -> Self {
        let router = router::router(app(&world.store, true, half_an_hour_later));
        Self { router, cookies: self.cookies.clone() }
    }

    /// Forgets that somebody is signed in.
    pub fn forget(&mut self) {
        self.cookies.remove("quarterlight");
    }
}

impl Answer {
    /// The page without the number of its request, which is another one each time.
    pub fn without_number(&self) -> String {
        let Some((before, rest)) = self.text.split_once("report it: <strong>") else {
            return self.text.clone();
        };
        let after = rest.split_once("</strong>").map_or("", |(_, after)| after);
        format!("{before}{after}")
    }

    /// The words of the page, without markup and with single spaces.
    pub fn words(&self) -> String {
        let html = Html::parse_document(&self.text);
        let main = Selector::parse("main").unwrap();
        let text: String = html.select(&main).flat_map(|main| main.text()).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where the first link with these words leads.
    pub fn link(&self, words: &str) -> Option<String> {
        let html = Html::parse_document(&self.text);
        let links = Selector::parse("a[href]").unwrap();
        html.select(&links)
            .find(|link| link.text().collect::<String>().contains(words))
            .and_then(|link| link.value().attr("href").map(str::to_owned))
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let html = Html::parse_document(&self.text);
        let field = Selector::parse(&format!("input[type=hidden][name={name}]")).unwrap();
        let value = html.select(&field).next().and_then(|it| it.value().attr("value"));
        value.unwrap_or_default().to_owned()
    }

    /// The number of the request.
    pub fn number(&self) -> String {
        self.headers.get("x-request-id").unwrap().to_str().unwrap().to_owned()
    }

    /// Where the answer leads.
    pub fn leads_to(&self) -> String {
        let location = self.headers.get(header::LOCATION);
        location.map_or(String::new(), |it| it.to_str().unwrap().to_owned())
    }
}
