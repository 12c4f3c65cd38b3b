//! Requests to verify an identity come from nobody in particular: they have places of their own, few, and of those one
//! address has two.

use crate::house::House;
use server::http::{router, serve::serve};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A request from `127.0.0.<from>` whose file never comes: its connection, and the answer's status. 100 says that the file is
/// being waited for: that comes when the server first asks for the body (RFC 9110, section 10.1.1).
async fn slow(address: &str, from: u8) -> (TcpStream, u16) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, from], 0).into()).unwrap();
    let mut line = socket.connect(address.parse().unwrap()).await.unwrap();
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
async fn slow_strangers_take_the_places_there_are_for_strangers_and_one_of_them_two() {
    let house = House::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
    let mut held = Vec::new();
    for n in 0..8 {
        let (line, status) = slow(&address, 2 + n / 2).await;
        assert_eq!(status, 100, "{n}: it is being read");
        held.push(line);
        if n == 1 {
            assert_eq!(slow(&address, 2).await.1, 503, "one address keeps nobody out");
        }
    }
    assert_eq!(slow(&address, 9).await.1, 503, "the ninth is told to come back");
    // Whoever goes away makes room, as soon as the server has seen it.
    held.pop();
    let mut room = 503;
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(250)).await;
        room = slow(&address, 9).await.1;
        if room == 100 {
            break;
        }
    }
    assert_eq!(room, 100);
    // Nine more of the first address are counted, and then it takes no place and is told of none.
    for _ in 0..9 {
        assert_eq!(slow(&address, 2).await.1, 503);
    }
    assert_eq!(slow(&address, 2).await.1, 429);
}
