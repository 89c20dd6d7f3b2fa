//! Asking the identity provider over HTTP: within a time, within a size, and never anybody else.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::url::{Host, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use quarterlight_domain::refusal::Refusal;

/// How long the provider may take for one answer.
const PATIENCE: Duration = Duration::from_secs(8);

/// How much it may say: its keys and its description are a few kilobytes.
const MOST: usize = 1024 * 1024;

/// Asks the provider.
pub struct Asker(reqwest::Client);

/// Why it could not be asked.
#[derive(Debug)]
pub struct Unanswered(String);

impl std::fmt::Display for Unanswered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unanswered {}

impl Asker {
    /// Makes it.
    ///
    /// # Errors
    /// Refuses where the machine has no certificates of authorities that it trusts.
    pub fn new() -> Result<Self, Refusal> {
        // The first to ask decides which cryptography the whole program has; it is always this one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(PATIENCE)
            // Who follows where it is sent can be sent anywhere.
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        client.map(Self).map_err(|_| {
            Refusal::because("The identity provider cannot be asked: this machine has no list of certificate authorities. On Debian, install ca-certificates.")
        })
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        let unanswered = |error: reqwest::Error| Unanswered(error.without_url().to_string());
        let (parts, body) = request.into_parts();
        let url: Url = parts
            .uri
            .to_string()
            .parse()
            .map_err(|_| Unanswered("it gave an address that is none".to_owned()))?;
        if !is_private(&url) {
            return Err(Unanswered("it gave an address that others could listen in on".to_owned()));
        }
        let asked = self.0.request(parts.method, url).headers(parts.headers).body(body);
        let mut answer = asked.send().await.map_err(unanswered)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut said = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(unanswered)? {
            if said.len() + part.len() > MOST {
                return Err(Unanswered("it said more than one megabyte".to_owned()));
            }
            said.extend_from_slice(&part);
        }
        let mut response = HttpResponse::new(said);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Asker {
    type Error = Unanswered;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// True of an address on the way to which nobody listens in: by TLS, or on this very machine.
pub fn is_private(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || url.scheme() == "http" && is_here
}

/// An error with everything that led to it.
pub fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words = format!("{words}: {error}");
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_listens_in() {
        for (address, is_so) in [
            ("https://login.council.example/x", true),
            ("http://localhost:8080", true),
            ("http://127.0.0.1:3000/", true),
            ("http://[::1]/", true),
            ("http://login.council.example", false),
            ("http://localhost.evil.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("ftp://localhost", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_private(&address.parse().unwrap()), is_so, "{address}");
        }
    }
}
