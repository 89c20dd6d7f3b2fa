//! `serve`: the pages.

use std::net::SocketAddr;

use anyhow::Context;
use quarterlight_report::print::Printers;
use quarterlight_store::{LogKey, Store};
use quarterlight_web::app::{App, Given, Public};
use quarterlight_web::outside::Outside;
use quarterlight_web::router::router;
use quarterlight_web::sign_in::SignIn;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::ending::wrong;
use crate::mail::Post;
use crate::tls::Tls;
use crate::{
    backup, concerns, database, elsewhere, journal, metrics, outside, safe, sign_in, system,
};

/// The doors that a document leaves by.
pub const PRINTERS: Printers = Printers {
    pdf: quarterlight_export::pdf::pdf,
    docx: quarterlight_export::docx::docx,
    xlsx: quarterlight_export::report_xlsx::report_xlsx,
    csv: quarterlight_export::csv::csv,
};

/// Runs the command until it is told to stop.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let unsafe_settings = safe::findings(config);
    if !unsafe_settings.is_empty() {
        return wrong(unsafe_settings.join("\n"));
    }
    let store = database::open(config).await?;
    let tls = Tls::of(config)?;
    let listener = listen(&config.listen).await?;
    let post = Post::of(config)?;
    let keeper = elsewhere::Keeper::of(config)?;
    let door = Door {
        demonstration: false,
        plain_http: config.plain_http,
        duty: config.duty.clone(),
        mails: post.is_some(),
        public: Public { small_counts: config.small_counts, reports: config.public_reports },
        log: journal::signer(config)?,
        sign_in: sign_in::settings(config)?,
        outside: outside::of(config, &store).await?,
    };
    let times = door.sign_in.times;
    let app = app(&store, door).await?;
    let counted = metrics::serve(config, store.clone()).await?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    eprintln!("Quarterlight is at {scheme}://{}", listener.local_addr()?);
    let sweep = tokio::spawn(sign_in::watch(store.clone(), Post::of(config)?, times));
    let watch = tokio::spawn(concerns::watch(store.clone(), post));
    let backups = tokio::spawn(backup::watch(store.clone(), config.clone()));
    let keep = keeper.map(|keeper| tokio::spawn(elsewhere::watch(store.clone(), keeper)));
    match tls {
        Some(tls) => tls.until_stopped(listener, app).await?,
        None => until_stopped(listener, app).await?,
    }
    for task in [Some(watch), Some(backups), Some(sweep), keep, counted].into_iter().flatten() {
        task.abort();
    }
    Ok(store.close().await?)
}

/// What the pages are told of how they are served.
#[derive(Debug, Clone)]
pub struct Door {
    /// The fictional borough.
    pub demonstration: bool,
    /// Cookies may go over plain HTTP.
    pub plain_http: bool,
    /// Whom to ring about a child who may be unsafe, in a sentence.
    pub duty: String,
    /// Whether people are told by email too.
    pub mails: bool,
    /// What the public may know.
    pub public: Public,
    /// The key that signs the journal's checkpoints, where one is set.
    pub log: Option<LogKey>,
    /// How people sign in.
    pub sign_in: SignIn,
    /// What there is to know of machines elsewhere.
    pub outside: Outside,
}

/// The pages over a store.
pub async fn app(store: &Store, door: Door) -> anyhow::Result<App> {
    Ok(App::new(Given {
        store: store.clone(),
        clock: system::clock,
        chance: system::chance,
        printers: PRINTERS,
        xlsx: quarterlight_export::xlsx::xlsx,
        folder: quarterlight_export::folder::folder,
        log: door.log,
        authority: database::authority(store).await?,
        duty: door.duty,
        mails: door.mails,
        public: door.public,
        sign_in: door.sign_in,
        outside: door.outside,
        demonstration: door.demonstration,
        plain_http: door.plain_http,
    }))
}

/// Takes the address to listen at.
pub async fn listen(address: &str) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("listen at {address}; give another with --listen"))
}

/// Serves until Ctrl+C or the system's word to stop; requests under way are finished.
pub async fn until_stopped(listener: TcpListener, app: App) -> anyhow::Result<()> {
    let pages = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, pages).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

/// Serves something small until Ctrl+C or the system's word to stop.
pub async fn until_told(listener: TcpListener, router: axum::Router) -> anyhow::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stopped()).await?;
    Ok(())
}

/// Waits for Ctrl+C or the system's word to stop.
pub async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};

    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
