//! The machine's own clock, chance and log. Nothing else in Quarterlight reaches for them.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use quarterlight_domain::hex::hex;
use quarterlight_domain::stamp::day_in_england;
use rand::TryRng;
use rand::rngs::SysRng;
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Seconds by which the demonstration is away from the present.
static AWAY: AtomicI64 = AtomicI64::new(0);

/// The time now; in a demonstration of another day, the same time on that day.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub fn clock() -> Timestamp {
    let now = Timestamp::now();
    now.checked_add(SignedDuration::from_secs(AWAY.load(Ordering::Relaxed))).unwrap_or(now)
}

/// Moves the demonstration to another day.
pub fn pretend(today: Date) {
    let days = today.duration_since(day_in_england(clock()));
    AWAY.fetch_add(days.as_secs(), Ordering::Relaxed);
}

/// Random bytes from the system.
///
/// # Panics
/// Stops the program when the system has no randomness: a session that can be guessed is worse.
#[expect(clippy::expect_used, reason = "there is nothing safe to do without randomness")]
pub fn chance() -> [u8; 32] {
    let mut bytes = [0; 32];
    SysRng.try_fill_bytes(&mut bytes).expect("the system's randomness");
    bytes
}

/// Random bytes as text.
pub fn word() -> String {
    hex(chance().get(..16).unwrap_or_default())
}

/// Begins writing log lines to standard error.
pub fn log(config: &Config) -> anyhow::Result<()> {
    let mut filter = EnvFilter::try_new(&config.log_level)?;
    // At their finest these would write what was sent: headers, tokens, statements.
    for quiet in ["h2", "hyper", "hyper_util", "reqwest", "rustls", "sqlx", "sea_orm", "tower_http"]
    {
        filter = filter.add_directive(format!("{quiet}=warn").parse()?);
    }
    // Whoever read the lines may be gone; a line that cannot be written must not stop a request.
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    if config.log == "json" {
        lines.json().init();
    } else {
        lines.with_target(false).init();
    }
    Ok(())
}
