//! TLS by the program itself, and its certificate read again on a signal.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use quarterlight_web::app::App;
use quarterlight_web::router::router;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::Config;
use crate::serve::stopped;

/// How long requests under way have to be finished.
const GRACE: Duration = Duration::from_secs(20);

/// A certificate and its key.
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    first: ServerConfig,
}

impl Tls {
    /// The certificate that the settings name; none where they name none.
    ///
    /// # Errors
    /// Fails on files that are no certificate and its key.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        let it = &config.outside;
        if it.tls_cert.is_empty() {
            return Ok(None);
        }
        let (cert, key) = (PathBuf::from(&it.tls_cert), PathBuf::from(&it.tls_key));
        let first = read(&cert, &key)?;
        Ok(Some(Self { cert, key, first }))
    }

    /// Serves until the program is told to stop. On SIGHUP the certificate is read again; one that
    /// cannot be read leaves the one before in its place.
    pub async fn until_stopped(self, listener: TcpListener, app: App) -> anyhow::Result<()> {
        let config = RustlsConfig::from_config(std::sync::Arc::new(self.first));
        let again = tokio::spawn(read_again(config.clone(), self.cert, self.key));
        let handle = Handle::new();
        let stop = tokio::spawn({
            let handle = handle.clone();
            async move {
                stopped().await;
                handle.graceful_shutdown(Some(GRACE));
            }
        });
        let pages = router(app).into_make_service_with_connect_info::<SocketAddr>();
        let listener = listener.into_std()?;
        let served = axum_server::from_tcp_rustls(listener, config)?.handle(handle).serve(pages);
        let served = served.await;
        again.abort();
        stop.abort();
        Ok(served?)
    }
}

async fn read_again(config: RustlsConfig, cert: PathBuf, key: PathBuf) {
    let Ok(mut asked) = signal(SignalKind::hangup()) else { return };
    while asked.recv().await.is_some() {
        match read(&cert, &key) {
            Ok(new) => {
                config.reload_from_config(std::sync::Arc::new(new));
                tracing::warn!("the certificate was read again");
            }
            Err(error) => {
                tracing::error!("could not {error:#}; the certificate before stays in use");
            }
        }
    }
}

/// TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1.
fn read(cert: &std::path::Path, key: &std::path::Path) -> anyhow::Result<ServerConfig> {
    let what = |file: &std::path::Path| format!("read {}", file.display());
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(cert)
        .with_context(|| what(cert))?
        .collect::<Result<_, _>>()
        .with_context(|| what(cert))?;
    let key = PrivateKeyDer::from_pem_file(key).with_context(|| what(key))?;
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .context("use the certificate with this key")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
