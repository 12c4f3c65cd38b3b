//! A stand-in for clamd: speaks `INSTREAM`, and knows one virus, the harmless EICAR test file.

use super::switches::{Mode, Switches, System};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// As clamd's own default for a stream.
const LONGEST: usize = 25 * 1024 * 1024;
/// The middle of the test file; the whole of it in our binary would alarm scanners.
const EICAR: &[u8] = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE";
const PATIENCE: Duration = Duration::from_secs(60);

/// Serves until dropped; its conversations end with it.
pub(super) async fn run(listener: TcpListener, switches: Switches) {
    let mut talks = JoinSet::new();
    loop {
        while talks.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let switches = switches.clone();
        talks.spawn(async move {
            // A peer that breaks off is no news.
            let _ = tokio::time::timeout(PATIENCE, talk(stream, &switches)).await;
        });
    }
}

async fn talk(mut stream: TcpStream, switches: &Switches) -> io::Result<()> {
    let setting = switches.get(System::Scanner);
    if setting.mode == Mode::Down {
        return Ok(());
    }
    let mut command = [0; 10];
    stream.read_exact(&mut command).await?;
    let mut content = Vec::new();
    loop {
        let length = usize::try_from(stream.read_u32().await?).unwrap_or(usize::MAX);
        if length == 0 {
            break;
        }
        if content.len().saturating_add(length) > LONGEST {
            return stream.write_all(b"INSTREAM size limit exceeded. ERROR\0").await;
        }
        let from = content.len();
        content.resize(from + length, 0);
        stream.read_exact(&mut content[from..]).await?;
    }
    tokio::time::sleep(setting.delay()).await;
    let answer: &[u8] = match setting.mode {
        Mode::Garbage => b"<html>",
        _ if &command != b"zINSTREAM\0" => b"UNKNOWN COMMAND\0",
        _ if content.windows(EICAR.len()).any(|w| w == EICAR) => b"stream: Eicar-Test-Signature FOUND\0",
        _ => b"stream: OK\0",
    };
    stream.write_all(answer).await?;
    stream.shutdown().await
}
