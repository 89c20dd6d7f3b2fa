//! Email by SMTP: how many audits and by when, and a link to sign in. Never a word about a child.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use quarterlight_store::Mailed;

use crate::config::Config;
use crate::ending::wrong;
use crate::safe::is_this_host;

/// How long the mail server has to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way to the mail server that the settings name.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Where people sign in.
    site: String,
}

/// A letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Their name.
    pub to: String,
    /// Where it goes.
    pub email: String,
    /// What it is about.
    pub subject: String,
    /// What it says, in one sentence: never anything of a child.
    pub sentence: String,
    /// Where to see more.
    pub link: String,
    /// By which two copies of it are told to be the same.
    pub id: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Went {
    /// The mail server took it.
    Sent,
    /// It surely was not sent, and can be tried again.
    Later(String),
    /// The mail server will never take it.
    Never(String),
    /// The connection ended before the mail server said whether it took it.
    Unknown,
}

impl Went {
    /// What is kept of it, and what went wrong. Where nobody knows, it is tried again: of a child who
    /// may be unsafe, or a record that was opened, two emails are better than none.
    pub fn settled(self) -> (Mailed, Option<String>) {
        match self {
            Self::Sent => (Mailed::Sent, None),
            Self::Never(why) => (Mailed::Refused, Some(why)),
            Self::Later(why) => (Mailed::Waiting, Some(why)),
            Self::Unknown => {
                let why = "the mail server did not say whether it took it".to_owned();
                (Mailed::Waiting, Some(why))
            }
        }
    }
}

impl Post {
    /// The way to the mail server; none where no server is set.
    ///
    /// # Errors
    /// Refuses settings by which a password or a session could be read on the way, and half of a
    /// pair of settings.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        let host = config.smtp_host.trim();
        if host.is_empty() {
            return Ok(None);
        }
        let has_password = !config.smtp_user.is_empty() || !config.smtp_password.is_empty();
        if has_password && (config.smtp_user.is_empty() || config.smtp_password.is_empty()) {
            return wrong("Set smtp_user and smtp_password together, or neither.");
        }
        let is_local = is_this_host(host);
        let (tls, port) = match config.smtp_tls.as_str() {
            "tls" => (Tls::Wrapper(TlsParameters::new(host.to_owned())?), 465),
            "starttls" => (Tls::Required(TlsParameters::new(host.to_owned())?), 587),
            "none" if has_password && !is_local => {
                return wrong(
                    "The mail server’s password would go over the network in plain text. Set smtp_tls to tls or starttls.",
                );
            }
            "none" => (Tls::None, 25),
            other => {
                return wrong(format!("Set smtp_tls to tls, starttls or none, not “{other}”."));
            }
        };
        let Ok(from) = config.mail_from.parse::<Mailbox>() else {
            return wrong(
                "Set mail_from to the address that reminders come from, such as Quarterlight <audit@council.example>.",
            );
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(if config.smtp_port == 0 { port } else { config.smtp_port })
            .tls(tls)
            .timeout(Some(PATIENCE));
        if has_password {
            let (user, password) = (config.smtp_user.clone(), config.smtp_password.clone());
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Some(Self { transport: builder.build(), from, site: site(config)? }))
    }

    /// Whether the mail server can be reached.
    pub async fn is_reached(&self) -> bool {
        self.transport.test_connection().await.unwrap_or(false)
    }

    /// Where people sign in.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Sends a letter.
    pub async fn send(&self, letter: &Letter) -> Went {
        let Some(message) = self.message(letter) else {
            return Went::Never("the address is not one that can be written to".to_owned());
        };
        match self.transport.send(message).await {
            Ok(_) => Went::Sent,
            Err(error) => {
                let code = error.status().map_or(String::new(), |code| format!(" ({code})"));
                if error.is_permanent() {
                    Went::Never(format!("the mail server refused it{code}"))
                } else if error.is_transient() {
                    Went::Later(format!("the mail server put it off{code}"))
                } else if error.is_client() {
                    Went::Later("the mail server does not take our way of signing in".to_owned())
                } else {
                    Went::Unknown
                }
            }
        }
    }

    /// The message. All that it says is here.
    fn message(&self, letter: &Letter) -> Option<Message> {
        let address = letter.email.parse().ok()?;
        // The name is left out where it cannot stand in a header.
        let name = Some(letter.to.clone()).filter(|name| !name.contains(['\r', '\n']));
        let host = self.from.email.domain();
        let body = format!(
            "{}\r\n\r\n{}\r\n\r\nQuarterlight sends this. It never names a child in an email.\r\n",
            letter.sentence, letter.link
        );
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{host}>", letter.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .ok()
    }
}

/// Where people sign in: never over plain HTTP, but on one's own machine.
fn site(config: &Config) -> anyhow::Result<String> {
    let site = config.site.trim_end_matches('/');
    let host = site.strip_prefix("http://").map(|rest| {
        rest.split('/').next().unwrap_or_default().rsplit_once(':').map_or(rest, |(host, _)| host)
    });
    if site.starts_with("https://") || host.is_some_and(is_this_host) {
        Ok(format!("{site}/sign-in"))
    } else {
        wrong(
            "Set site to the address at which people sign in, such as https://audit.council.example.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(host: &str, tls: &str, password: &str, site: &str) -> Config {
        let mut config = Config::default();
        config.smtp_host = host.to_owned();
        config.smtp_tls = tls.to_owned();
        config.smtp_user = password.to_owned();
        config.smtp_password = password.to_owned();
        config.mail_from = "Quarterlight <audit@larkmoor.example>".to_owned();
        config.site = site.to_owned();
        config
    }

    const SITE: &str = "https://audit.larkmoor.example";

    #[test]
    fn a_password_goes_over_plain_text_only_to_this_machine() {
        let far = config("mail.larkmoor.example", "none", "s3cret", SITE);
        let said = Post::of(&far).err().unwrap().to_string();
        assert!(said.contains("plain text") && !said.contains("s3cret"), "{said}");
        for safe in [
            config("localhost", "none", "s3cret", SITE),
            config("mail.larkmoor.example", "starttls", "s3cret", SITE),
            config("mail.larkmoor.example", "tls", "s3cret", SITE),
            config("mail.larkmoor.example", "none", "", SITE),
        ] {
            assert!(Post::of(&safe).unwrap().is_some());
        }
        assert!(Post::of(&config("", "none", "s3cret", SITE)).unwrap().is_none());
    }

    #[test]
    fn people_are_sent_to_sign_in_only_where_nobody_listens_in() {
        for (site, is_safe) in [
            (SITE, true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost", true),
            ("http://audit.larkmoor.example", false),
            ("http://localhost.evil.example", false),
            ("", false),
        ] {
            let config = config("localhost", "none", "", site);
            assert_eq!(Post::of(&config).is_ok(), is_safe, "{site}");
        }
    }

    #[test]
    fn half_a_pair_and_unknown_words_are_refused() {
        let mut half = config("localhost", "none", "", SITE);
        half.smtp_user = "audit".to_owned();
        assert!(Post::of(&half).is_err());
        assert!(Post::of(&config("localhost", "ssl3", "", SITE)).is_err());
        let mut nobody = config("localhost", "none", "", SITE);
        nobody.mail_from = "nobody".to_owned();
        assert!(Post::of(&nobody).is_err());
    }
}
