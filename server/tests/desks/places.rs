//! Requests to verify an identity come from nobody in particular: they have places of their own, and few.

use crate::house::House;
use server::http::{router, serve::serve};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request whose file never comes: its connection, and the answer's status. 100 says that the file is being waited for: that
/// comes when the server first asks for the body (RFC 9110, section 10.1.1).
async fn slow(address: &str) -> (TcpStream, u16) {
    let mut line = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /recover/identity/new HTTP/1.1\r\nHost: {address}\r\nOrigin: http://127.0.0.1\r\nExpect: 100-continue\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"
    );
    line.write_all(head.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    let patience = Duration::from_secs(20);
    let read = tokio::time::timeout(patience, line.read(&mut answer)).await.expect("an answer").unwrap();
    let text = String::from_utf8_lossy(&answer[..read]).into_owned();
    (line, text.split(' ').nth(1).unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_slow_strangers_take_all_the_places_there_are_for_strangers() {
    let house = House::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
    let mut held = Vec::new();
    for n in 0..8 {
        let (line, status) = slow(&address).await;
        assert_eq!(status, 100, "{n}: it is being read");
        held.push(line);
    }
    assert_eq!(slow(&address).await.1, 503, "the ninth is told to come back");
    // Three more are counted, and then none of this address takes a place or is told of places.
    for _ in 0..3 {
        assert_eq!(slow(&address).await.1, 503);
    }
    assert_eq!(slow(&address).await.1, 429);
}
