//! The least HTTP client that measures: one kept connection, one request at a time. The processors are the server's.

use std::io;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
    /// The body of the last answer, put together.
    whole: Vec<u8>,
}

#[derive(Default)]
pub struct Answer {
    pub status: u16,
    pub location: String,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream: BufReader::with_capacity(64 * 1024, stream),
            line: String::new(),
            body: Vec::new(),
            whole: Vec::new(),
        })
    }

    /// The same, with the body of the answer.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<(u16, &[u8])> {
        let answer = self.send(request).await?;
        Ok((answer.status, &self.whole))
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> io::Result<Answer> {
        self.stream.get_mut().write_all(request).await?;
        let mut answer = Answer::default();
        self.whole.clear();
        self.read_line().await?;
        answer.status = self.line.get(9..12).and_then(|s| s.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
        let (mut length, mut chunked) = (0, false);
        loop {
            self.read_line().await?;
            let Some((name, value)) = self.line.split_once(':') else {
                break;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().map_err(|_| io::ErrorKind::InvalidData)?,
                "transfer-encoding" => chunked = true,
                "location" => value.clone_into(&mut answer.location),
                _ => {}
            }
        }
        if !chunked {
            self.read_body(length).await?;
            self.whole.extend_from_slice(&self.body);
            return Ok(answer);
        }
        loop {
            self.read_line().await?;
            let size = usize::from_str_radix(self.line.trim(), 16).map_err(|_| io::ErrorKind::InvalidData)?;
            self.read_body(size + 2).await?;
            self.whole.extend_from_slice(&self.body[..size]);
            if size == 0 {
                return Ok(answer);
            }
        }
    }

    async fn read_line(&mut self) -> io::Result<()> {
        self.line.clear();
        if self.stream.read_line(&mut self.line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    async fn read_body(&mut self, length: usize) -> io::Result<()> {
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await.map(drop)
    }
}

pub fn get(host: SocketAddr, path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: */*\r\naccept-encoding: br\r\naccept-language: ru\r\n\r\n")
        .into_bytes()
}

/// A page of a signed-in citizen.
pub fn page(host: SocketAddr, path: &str, cookie: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\naccept: text/html\r\naccept-language: ru\r\n\r\n"
    )
    .into_bytes()
}

/// A form of a signed-in citizen, as a browser without scripts sends it.
pub fn form(host: SocketAddr, path: &str, cookie: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\naccept: text/html\r\n\
         accept-language: ru\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A call of the staff's API.
pub fn staff_call(host: SocketAddr, verb: &str, token: &str, body: &str) -> Vec<u8> {
    format!(
        "POST /staff/api/{verb} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: __Secure-staff={token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
