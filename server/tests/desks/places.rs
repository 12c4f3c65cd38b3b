//! Requests to verify an identity come from nobody in particular: they have places of their own, and few.

use crate::house::House;
use server::http::{router, serve::serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A request whose file never comes: its connection.
async fn slow(address: &str) -> TcpStream {
    let mut line = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /recover/identity/new HTTP/1.1\r\nHost: {address}\r\nOrigin: http://127.0.0.1\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n\
         --x\r\nContent-Disposition: form-data; name=\"passport_scan\"; filename=\"a.jpg\"\r\n\r\n"
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line
}

async fn status(line: &mut TcpStream) -> Option<u16> {
    let mut answer = vec![0; 64];
    let read = tokio::time::timeout(std::time::Duration::from_millis(1500), line.read(&mut answer)).await.ok()?;
    let text = String::from_utf8_lossy(&answer[..read.unwrap()]).into_owned();
    text.split(' ').nth(1)?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_slow_strangers_take_all_the_places_there_are_for_strangers() {
    let house = House::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
    let mut held = Vec::new();
    for n in 0..8 {
        let mut line = slow(&address).await;
        assert_eq!(status(&mut line).await, None, "{n}: it is being read");
        held.push(line);
    }
    assert_eq!(status(&mut slow(&address).await).await, Some(503), "the ninth is told to come back");
    // Three more are counted, and then none of this address takes a place or is told of places.
    for _ in 0..3 {
        slow(&address).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(status(&mut slow(&address).await).await, Some(429));
}
