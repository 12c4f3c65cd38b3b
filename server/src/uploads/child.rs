//! Inspecting in a process of its own: what a hostile file does to it, it does to nobody else.
//!
//! The child is this same program, started as `server inspect`: it limits itself, reads the file from its standard
//! input, writes one line of JSON and, for a picture, the cleaned content.

use super::{Inspected, inspect};
use domain::Code;
use domain::documents::{FILE_BYTES, Media};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

/// Bytes of address space. The program itself maps some 150 MB of it.
const MEMORY: u64 = 768 * 1024 * 1024;
/// Of it, what may be mapped when the limit is set: anything more was reserved by somebody, and what is left may not do.
const AT_START: u64 = MEMORY / 2;
/// Our allocator reserves a gigabyte in advance, past any limit that follows, and then one file in a hundred found no memory.
const NO_RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "0");
/// How it ends when it could not begin (EX_SOFTWARE of sysexits.h): the file is none the worse for it.
const NOT_BEGUN: u8 = 70;
/// Seconds of processor.
const PROCESSOR: u64 = 5;
/// By the clock on the wall, when the machine is busy.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a file waits for its turn.
const TURN: Duration = Duration::from_secs(20);

/// The child's one line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// `kept`: the content is as it came and is not sent back.
    Taken {
        media: Media,
        pages: u32,
        kept: bool,
    },
    Refused(Code),
}

/// `server inspect`: the child's whole life.
pub fn run() -> ExitCode {
    if mapped().is_none_or(|bytes| bytes > AT_START) {
        return ExitCode::from(NOT_BEGUN);
    }
    let limited = [(Resource::As, MEMORY), (Resource::Cpu, PROCESSOR), (Resource::Fsize, 0), (Resource::Core, 0)];
    for (what, most) in limited {
        if setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) }).is_err() {
            return ExitCode::from(NOT_BEGUN);
        }
    }
    let mut bytes = Vec::new();
    // One byte more than fits tells that it does not.
    if std::io::stdin().lock().take(FILE_BYTES + 1).read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let (verdict, content) = match inspect(&bytes) {
        Ok(found) => {
            let kept = found.content == bytes;
            (
                Verdict::Taken { media: found.media, pages: found.pages, kept },
                if kept { Vec::new() } else { found.content },
            )
        }
        Err(code) => (Verdict::Refused(code), Vec::new()),
    };
    let Ok(line) = serde_json::to_string(&verdict) else {
        return ExitCode::FAILURE;
    };
    let mut out = std::io::stdout().lock();
    let written =
        out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.write_all(&content));
    if written.and_then(|()| out.flush()).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Bytes of address space in use (proc(5), `statm`).
fn mapped() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').next()?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

/// Starts children, a few at a time.
pub struct Inspector {
    program: PathBuf,
    turns: Semaphore,
}

impl Inspector {
    /// Children of the running program. Linux still finds it there after an upgrade has replaced the file.
    pub fn new(at_once: usize) -> Inspector {
        let own = PathBuf::from("/proc/self/exe");
        let program = if own.exists() { own } else { std::env::current_exe().unwrap_or(own) };
        Inspector::with(program, at_once)
    }

    /// Children of another program, for tests.
    pub fn with(program: PathBuf, at_once: usize) -> Inspector {
        Inspector { program, turns: Semaphore::new(at_once.max(1)) }
    }

    /// Judges a file. A child that had to be stopped means that the file is not taken.
    pub async fn inspect(&self, content: Vec<u8>) -> Result<Inspected, Code> {
        let media = super::sniff::media(&content)?;
        let _turn = match tokio::time::timeout(TURN, self.turns.acquire()).await {
            Ok(Ok(turn)) => turn,
            _ => return Err(Code::Unavailable),
        };
        match tokio::time::timeout(PATIENCE, self.ask(&content)).await {
            Ok(Ok(Some((Verdict::Taken { media, pages, kept }, cleaned)))) => {
                Ok(Inspected { media, pages, content: if kept { content } else { cleaned } })
            }
            Ok(Ok(Some((Verdict::Refused(code), _)))) => Err(code),
            Ok(Err(error)) => {
                tracing::error!(%error, "the inspection did not start");
                Err(Code::Unavailable)
            }
            // Out of memory, out of time, or crashed.
            Ok(Ok(None)) | Err(_) => {
                tracing::warn!(media = media.name(), "an inspection had to be stopped");
                Err(match media {
                    Media::Pdf => Code::PdfUnpacksTooLarge,
                    Media::Jpeg => Code::PictureBroken,
                })
            }
        }
    }

    /// The child's verdict and content; `None` when it ended without one.
    async fn ask(&self, content: &[u8]) -> std::io::Result<Option<(Verdict, Vec<u8>)>> {
        let mut child = Command::new(&self.program)
            .arg("inspect")
            .env_clear()
            .env(NO_RESERVE.0, NO_RESERVE.1)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Ok(None);
        };
        let mut answer = Vec::new();
        let send = async move {
            // A child that dies early stops reading; its end says why.
            let _ = input.write_all(content).await;
        };
        let (_, read) = tokio::join!(send, output.read_to_end(&mut answer));
        read?;
        let ended = child.wait().await?;
        if ended.code() == Some(i32::from(NOT_BEGUN)) {
            return Err(std::io::Error::other("too much memory is mapped at its start, or it has no limits"));
        }
        if !ended.success() {
            return Ok(None);
        }
        let Some(end) = answer.iter().position(|b| *b == b'\n') else {
            return Ok(None);
        };
        let verdict = serde_json::from_slice(&answer[..end]).ok();
        Ok(verdict.map(|v| (v, answer.split_off(end + 1))))
    }
}
