//! The virus scanner: clamd, asked over its socket by `INSTREAM` (clamd(8)).
//!
//! A scanner that does not answer delays: what it has not seen is kept closed and asked about again.

use super::SettingsError;
use std::io;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// For the whole conversation. A document of 5 MB takes clamd a second or two.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes in one piece of the stream.
const PIECE: usize = 64 * 1024;
/// No answer of clamd is longer.
const ANSWER: u64 = 1024;

/// Where clamd listens.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Socket {
    Unix(PathBuf),
    Tcp(String),
}

/// A client of clamd. Makes a connection for each document.
#[derive(Clone, Debug)]
pub struct Clamd {
    socket: Socket,
    patience: Duration,
}

/// What the scanner said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanned {
    Clean,
    Infected,
}

/// The scanner did not answer, or not sensibly. Ask again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the virus scanner does not answer")]
pub struct ScannerDown;

impl Clamd {
    /// `unix:/run/clamav/clamd.ctl`, or `host:port` on this machine or a network of ours: documents go there in the clear.
    pub fn new(address: &str) -> Result<Clamd, SettingsError> {
        let socket = match address.strip_prefix("unix:") {
            Some(path) if path.starts_with('/') => Socket::Unix(path.into()),
            None if address.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) => {
                Socket::Tcp(address.to_owned())
            }
            _ => return Err(SettingsError("clamav")),
        };
        Ok(Clamd { socket, patience: PATIENCE })
    }

    /// The same with another patience, for tests.
    pub fn patient_for(self, patience: Duration) -> Clamd {
        Clamd { patience, ..self }
    }

    /// Asks about a whole document.
    pub async fn scan(&self, content: &[u8]) -> Result<Scanned, ScannerDown> {
        let talk = async {
            match &self.socket {
                Socket::Unix(path) => converse(UnixStream::connect(path).await?, content).await,
                Socket::Tcp(address) => converse(TcpStream::connect(address).await?, content).await,
            }
        };
        let answer = tokio::time::timeout(self.patience, talk).await;
        let said = match &answer {
            Ok(Ok(text)) => verdict(text),
            _ => None,
        };
        let result = match said {
            Some(Scanned::Clean) => "clean",
            Some(Scanned::Infected) => "infected",
            None => "down",
        };
        metrics::counter!("scans_total", "result" => result).increment(1);
        said.ok_or(ScannerDown)
    }
}

async fn converse(mut stream: impl AsyncRead + AsyncWrite + Unpin, content: &[u8]) -> io::Result<String> {
    stream.write_all(b"zINSTREAM\0").await?;
    for piece in content.chunks(PIECE) {
        let length = u32::try_from(piece.len()).unwrap_or(0);
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(piece).await?;
    }
    stream.write_all(&0u32.to_be_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// `stream: OK`, `stream: <name> FOUND`; anything else is no verdict.
fn verdict(answer: &str) -> Option<Scanned> {
    let said = answer.trim_end_matches(['\0', '\n']).strip_prefix("stream: ")?;
    if said == "OK" {
        Some(Scanned::Clean)
    } else if let Some(name) = said.strip_suffix(" FOUND") {
        tracing::warn!(signature = name, "the virus scanner stopped a document");
        Some(Scanned::Infected)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_a_verdict() {
        assert_eq!(verdict("stream: OK\0"), Some(Scanned::Clean));
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND\0"), Some(Scanned::Infected));
        for nothing in
            ["", "OK", "stream: OK FOUN", "INSTREAM size limit exceeded. ERROR\0", "stream: \0", "HTTP/1.1 400"]
        {
            assert_eq!(verdict(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn an_address_is_a_path_or_a_port() {
        assert!(Clamd::new("unix:/run/clamav/clamd.ctl").is_ok());
        assert!(Clamd::new("127.0.0.1:3310").is_ok());
        for wrong in ["", "clamd", "unix:clamd.ctl", "127.0.0.1:", "127.0.0.1:99999"] {
            assert!(Clamd::new(wrong).is_err(), "{wrong}");
        }
    }
}
