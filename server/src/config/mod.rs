//! Settings: a command line option, else the environment, else a line of the TOML file, else the default.

mod doors;
mod operator;

pub use doors::{Doors, Provider};
pub use operator::{Operator, OperatorError};

use crate::integrations::push;
use clap::Args;
use domain::accounts::{IDLE_MINUTES, SESSION_HOURS};
use domain::appeals::TERM_DAYS;
use domain::applications::Review;
use secrecy::SecretString;
use serde::Deserialize;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

/// Options of every command that touches the data. Each is also `OTDELENIE_<NAME>` and a line of `--config`.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// A TOML file with any of these settings
    #[arg(long, env = "OTDELENIE_CONFIG")]
    pub config: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "OTDELENIE_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Address for /metrics; none by default
    #[arg(long, env = "OTDELENIE_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// sqlite:<file> or postgres://…  [default: sqlite:<data dir>/otdelenie.db]
    #[arg(long, env = "OTDELENIE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder for keys, files and the SQLite database [default: ./data]
    #[arg(long, env = "OTDELENIE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Where documents are kept: a folder or s3://bucket [default: <data dir>/files]
    #[arg(long, env = "OTDELENIE_FILES_URL", hide_env_values = true)]
    pub files_url: Option<String>,
    /// Folder with the built frontend [default: ./dist]
    #[arg(long, env = "OTDELENIE_SITE_DIR")]
    pub site_dir: Option<PathBuf>,
    /// The address people see, as in https://post.example [default: http://<listen>]
    #[arg(long, env = "OTDELENIE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Wire every outside system to a built-in stand-in and show what would have been sent
    #[arg(long, env = "OTDELENIE_DEMO", num_args = 0..=1, default_missing_value = "true", value_parser = clap::value_parser!(bool))]
    pub demo: Option<bool>,
    /// A proxy of ours stands in front and sets X-Forwarded-For
    #[arg(long, env = "OTDELENIE_TRUST_FORWARDED_FOR", num_args = 0..=1, default_missing_value = "true", value_parser = clap::value_parser!(bool))]
    pub trust_forwarded_for: Option<bool>,
    /// What the house decides by itself: automatic, or nothing (always) [default: automatic]
    #[arg(long, env = "OTDELENIE_REVIEW", value_parser = review)]
    pub review: Option<Review>,
    /// Days in which an appeal is decided, 1 to 15 [default: 10]
    #[arg(long, env = "OTDELENIE_APPEAL_DAYS", value_parser = clap::value_parser!(u32).range(1..=15))]
    pub appeal_days: Option<u32>,
    /// A session ends after so many seconds in which its person did nothing [default: 900]
    #[arg(long, env = "OTDELENIE_SESSION_IDLE_SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    pub session_idle_seconds: Option<u32>,
    /// A session ends after so many seconds in any case [default: 43200]
    #[arg(long, env = "OTDELENIE_SESSION_SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    pub session_seconds: Option<u32>,
    /// The text of the master key file, instead of <data dir>/keys/master.json
    #[arg(long, env = "OTDELENIE_MASTER_KEYS", hide_env_values = true)]
    pub master_keys: Option<String>,
    /// clamd, which scans documents: unix:/run/clamav/clamd.ctl or host:port; none by default
    #[arg(long, env = "OTDELENIE_CLAMAV")]
    pub clamav: Option<String>,
    /// Partners may be told inside a private network too, and by plain HTTP [default: false; true with --demo]
    #[arg(long, env = "OTDELENIE_PARTNERS_INNER", num_args = 0..=1, default_missing_value = "true", value_parser = clap::value_parser!(bool))]
    pub partners_inner: Option<bool>,
    /// Push services that notices to browsers may go to, by commas; a dot before a name stands for all below it
    /// [default: those of Google, Mozilla, Apple and Microsoft]
    #[arg(long, env = "OTDELENIE_PUSH_HOSTS", value_delimiter = ',')]
    pub push_hosts: Option<Vec<String>>,
    #[command(flatten)]
    pub operator: operator::Given,
}

fn review(name: &str) -> Result<Review, &'static str> {
    Review::from_name(name).ok_or("automatic or always")
}

/// The same settings in a file, and the outside systems, which only a file or the environment holds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    listen: Option<SocketAddr>,
    metrics_listen: Option<SocketAddr>,
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    files_url: Option<String>,
    site_dir: Option<PathBuf>,
    public_url: Option<String>,
    demo: Option<bool>,
    trust_forwarded_for: Option<bool>,
    review: Option<Review>,
    appeal_days: Option<NonZeroU32>,
    session_idle_seconds: Option<NonZeroU32>,
    session_seconds: Option<NonZeroU32>,
    operator: operator::Given,
    registries: Option<Registries>,
    sms: Option<Sms>,
    mail: Option<Mail>,
    postal: Option<Postal>,
    clamav: Option<Clamav>,
    doors: Doors,
    partners_inner: Option<bool>,
    push_hosts: Option<Vec<String>>,
}

/// The gateway to the registries.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registries {
    pub url: String,
    pub token: SecretString,
}

/// The SMS provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    pub url: String,
    pub api_id: SecretString,
    pub from: Option<String>,
}

/// The mail server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub url: SecretString,
    pub from: String,
}

/// The gateway to the accounts of the post itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postal {
    pub url: String,
    pub token: SecretString,
}

/// The virus scanner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clamav {
    /// `unix:/run/clamav/clamd.ctl` or `host:port`.
    pub address: String,
}

/// Settings as they are in force.
#[derive(Clone)]
pub struct Config {
    pub listen: SocketAddr,
    pub metrics_listen: Option<SocketAddr>,
    pub database_url: String,
    pub data_dir: PathBuf,
    pub files_url: String,
    pub site_dir: PathBuf,
    pub public_url: String,
    pub demo: bool,
    pub trust_forwarded_for: bool,
    pub review: Review,
    /// Days in which an appeal is decided.
    pub appeal_days: i64,
    /// Milliseconds in which the person did nothing.
    pub session_idle_ms: i64,
    /// Milliseconds in any case.
    pub session_ms: i64,
    pub master_keys: Option<SecretString>,
    /// Who runs the portal; looked at where it is needed, for a key can be made before an operator is known.
    pub operator: Result<Operator, OperatorError>,
    pub registries: Option<Registries>,
    pub sms: Option<Sms>,
    pub mail: Option<Mail>,
    pub postal: Option<Postal>,
    pub clamav: Option<Clamav>,
    /// Providers of identities.
    pub doors: Doors,
    /// Whether partners may be told inside a private network.
    pub partners_inner: bool,
    /// Push services that may be told.
    pub push_hosts: Vec<String>,
    /// The program that judges uploads when it is not this one, as in tests.
    pub inspector: Option<PathBuf>,
}

/// URLs may hold passwords, so settings never print themselves.
impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Config").field("listen", &self.listen).field("demo", &self.demo).finish_non_exhaustive()
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    // The parser's own text quotes the line, and lines hold passwords.
    #[error("{0} is not a settings file we understand (line {1})")]
    Parse(PathBuf, usize),
}

impl Options {
    /// Settles every setting.
    pub fn settle(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None => File::default(),
        };
        let listen = self.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let data_dir = self.data_dir.or(file.data_dir).unwrap_or_else(|| PathBuf::from("data"));
        let in_data = |name: &str| data_dir.join(name).to_string_lossy().into_owned();
        let public_url = self.public_url.or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let ms = |option: Option<u32>, file: Option<NonZeroU32>, default: i64| {
            option.or(file.map(NonZeroU32::get)).map_or(default, i64::from) * 1000
        };
        let demo = self.demo.or(file.demo).unwrap_or(false);
        Ok(Config {
            operator: self.operator.or(file.operator).settle(demo),
            session_idle_ms: ms(self.session_idle_seconds, file.session_idle_seconds, IDLE_MINUTES * 60),
            session_ms: ms(self.session_seconds, file.session_seconds, SESSION_HOURS * 3600),
            listen,
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
            database_url: self
                .database_url
                .or(file.database_url)
                .unwrap_or_else(|| format!("sqlite:{}", in_data("otdelenie.db"))),
            files_url: self.files_url.or(file.files_url).unwrap_or_else(|| in_data("files")),
            site_dir: self.site_dir.or(file.site_dir).unwrap_or_else(|| PathBuf::from("dist")),
            public_url: public_url.trim_end_matches('/').to_owned(),
            demo,
            trust_forwarded_for: self.trust_forwarded_for.or(file.trust_forwarded_for).unwrap_or(false),
            // A file promises no more than the law allows either: 15 working days are never fewer.
            appeal_days: self
                .appeal_days
                .or(file.appeal_days.map(NonZeroU32::get))
                .map_or(TERM_DAYS, |days| i64::from(days.min(15))),
            review: self.review.or(file.review).unwrap_or(Review::Automatic),
            master_keys: self.master_keys.map(SecretString::from),
            registries: file.registries,
            sms: file.sms,
            mail: file.mail,
            postal: file.postal,
            doors: file.doors,
            partners_inner: self.partners_inner.or(file.partners_inner).unwrap_or(demo),
            push_hosts: self
                .push_hosts
                .or(file.push_hosts)
                .unwrap_or_else(|| push::HOSTS.iter().map(|host| (*host).to_owned()).collect()),
            inspector: None,
            clamav: self.clamav.map(|address| Clamav { address }).or(file.clamav),
            data_dir,
        })
    }
}

fn read(path: &Path) -> Result<File, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|e| ConfigError::Read(path.to_owned(), e))?;
    toml::from_str(&text).map_err(|e| {
        let line = e.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
        ConfigError::Parse(path.to_owned(), line)
    })
}

impl Config {
    /// Scheme, host and port of [`Config::public_url`]: what a browser sends as `Origin`.
    pub fn public_origin(&self) -> String {
        let after_scheme = self.public_url.find("://").map_or(0, |i| i + 3);
        let end = self.public_url[after_scheme..].find('/').map_or(self.public_url.len(), |i| after_scheme + i);
        self.public_url[..end].to_owned()
    }

    /// The host of the public address, without a port: whose passkeys these are (WebAuthn, «RP ID»).
    pub fn host(&self) -> &str {
        let after_scheme = self.public_url.find("://").map_or(0, |i| i + 3);
        let rest = &self.public_url[after_scheme..];
        &rest[..rest.find([':', '/']).unwrap_or(rest.len())]
    }

    /// A whole address of a path of ours, for letters and receipts.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    pub fn key_file(&self) -> PathBuf {
        self.data_dir.join("keys").join("master.json")
    }
}
