//! One SMTP conversation.

use super::Server;
use crate::demo::outbox::{Channel, Received};
use crate::demo::switches::{Mode, System};
use mail_parser::MessageParser;
use std::io;
use time::OffsetDateTime;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

pub(super) struct Session {
    server: Server,
    stream: BufReader<TcpStream>,
    greeted: bool,
    /// The envelope under way: whether MAIL was given, and to whom.
    mail: bool,
    to: Vec<String>,
}

enum Next {
    Go,
    Close,
}

/// RFC 5321, 4.5.3.1.6: a text line has at most 1000 octets; longer ones are no SMTP.
const LONGEST_LINE: u64 = 1000;

impl Session {
    pub(super) fn new(server: Server, stream: TcpStream) -> Self {
        Session { server, stream: BufReader::new(stream), greeted: false, mail: false, to: Vec::new() }
    }

    pub(super) async fn run(mut self) -> io::Result<()> {
        if self.fault().await? {
            return Ok(());
        }
        self.say("220 otdelenie.example ESMTP").await?;
        while let Some(line) = self.line().await? {
            let line = String::from_utf8_lossy(&line).into_owned();
            if let Next::Close = self.command(&line).await? {
                break;
            }
        }
        Ok(())
    }

    async fn command(&mut self, line: &str) -> io::Result<Next> {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.greeted = true;
                self.reset();
                let size = self.server.limits.letter;
                self.say(&format!(
                    "250-otdelenie.example\r\n250-SIZE {size}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING"
                ))
                .await?;
            }
            "HELO" => {
                self.greeted = true;
                self.reset();
                self.say("250 otdelenie.example").await?;
            }
            "MAIL" => return self.mail_from(rest).await,
            "RCPT" => self.rcpt_to(rest).await?,
            "DATA" if self.to.is_empty() => self.say("503 No recipients").await?,
            "DATA" => self.data().await?,
            "RSET" => {
                self.reset();
                self.say("250 OK").await?;
            }
            "NOOP" => self.say("250 OK").await?,
            "VRFY" => self.say("252 Cannot verify").await?,
            "QUIT" => {
                self.say("221 Bye").await?;
                return Ok(Next::Close);
            }
            _ => self.say("500 Unknown command").await?,
        }
        Ok(Next::Go)
    }

    async fn mail_from(&mut self, rest: &str) -> io::Result<Next> {
        // Clients keep connections; a fault switched on meanwhile shows at the next letter.
        if self.fault().await? {
            return Ok(Next::Close);
        }
        let limit = self.server.limits.letter;
        match path(rest, "FROM:") {
            _ if !self.greeted || self.mail => self.say("503 Wrong order").await?,
            None => self.say("501 MAIL FROM:<address>").await?,
            Some((_, parameters)) if size(parameters).is_some_and(|size| size > limit) => {
                self.say("552 Too large").await?;
            }
            Some(_) => {
                self.mail = true;
                self.say("250 OK").await?;
            }
        }
        Ok(Next::Go)
    }

    async fn rcpt_to(&mut self, rest: &str) -> io::Result<()> {
        match path(rest, "TO:") {
            _ if !self.mail => self.say("503 Wrong order").await,
            Some((address, _)) if address.contains('@') => {
                if self.to.len() == self.server.limits.recipients {
                    return self.say("452 Too many recipients").await;
                }
                self.to.push(address.to_owned());
                self.say("250 OK").await
            }
            _ => self.say("501 RCPT TO:<address>").await,
        }
    }

    async fn data(&mut self) -> io::Result<()> {
        self.say("354 End with a line of one dot").await?;
        let mut letter = Vec::new();
        let mut fits = true;
        loop {
            let Some(line) = self.line().await? else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
            if line == b"." {
                break;
            }
            // Dot-stuffing (RFC 5321, 4.5.2): a leading dot was doubled on the way.
            let line = line.strip_prefix(b".").unwrap_or(&line);
            fits = fits && letter.len() + line.len() + 2 <= self.server.limits.letter;
            if fits {
                letter.extend_from_slice(line);
                letter.extend_from_slice(b"\r\n");
            }
        }
        let answer = match fits {
            false => "552 Too large",
            true if self.deliver(&letter) => "250 OK",
            true => "554 Not a message",
        };
        self.reset();
        sleep(self.server.switches.get(System::Mail).delay()).await;
        self.say(answer).await
    }

    fn deliver(&self, letter: &[u8]) -> bool {
        let Some(message) = MessageParser::default().parse(letter) else {
            return false;
        };
        let text = message.body_text(0).unwrap_or_default();
        for to in &self.to {
            let received = Received {
                channel: Channel::Email,
                to: to.clone(),
                subject: message.subject().map(str::to_owned),
                text: text.replace("\r\n", "\n").trim_end().to_owned(),
                key: message.message_id().map(str::to_owned),
            };
            #[expect(clippy::disallowed_methods, reason = "an outside system has a clock of its own")]
            self.server.outbox.put(received, OffsetDateTime::now_utc());
        }
        true
    }

    fn reset(&mut self) {
        self.mail = false;
        self.to.clear();
    }

    /// Plays a switched fault; `true` when the conversation is over.
    async fn fault(&mut self) -> io::Result<bool> {
        match self.server.switches.get(System::Mail).mode {
            Mode::Ok | Mode::Slow => return Ok(false),
            Mode::Down => self.say("421 Service not available").await?,
            Mode::Garbage => self.say("HTTP/1.1 200 OK").await?,
        }
        Ok(true)
    }

    /// One line without its end; `None` when the peer has closed. Only CR LF ends a line: taking
    /// a bare LF would let a letter smuggle in a second one.
    async fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_LINE);
        let reading = limited.read_until(b'\n', &mut line);
        if timeout(self.server.limits.idle, reading).await?? == 0 {
            return Ok(None);
        }
        if line.ends_with(b"\r\n") {
            line.truncate(line.len() - 2);
            return Ok(Some(line));
        }
        self.say("500 A line ends in CR LF and has 1000 octets at most").await?;
        Err(io::ErrorKind::InvalidData.into())
    }

    async fn say(&mut self, answer: &str) -> io::Result<()> {
        let answer = format!("{answer}\r\n");
        timeout(self.server.limits.idle, self.stream.write_all(answer.as_bytes())).await?
    }
}

/// `FROM:<address> PARAMETERS` into address and parameters.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let start = rest.get(..keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    rest[keyword.len()..].trim_start().strip_prefix('<')?.split_once('>')
}

fn size(parameters: &str) -> Option<usize> {
    parameters.split_whitespace().find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("SIZE").then(|| value.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_sizes() {
        assert_eq!(path("from:<a@b.example> SIZE=12", "FROM:"), Some(("a@b.example", " SIZE=12")));
        assert_eq!(path("TO: <>", "TO:"), Some(("", "")));
        assert_eq!(path("TO:a@b.example", "TO:"), None);
        assert_eq!(path("Кому:<a>", "TO:"), None);
        assert_eq!(size("BODY=8BITMIME size=12"), Some(12));
        assert_eq!(size(""), None);
    }
}
