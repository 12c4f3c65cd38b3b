//! Requests to verify an identity come from nobody in particular: they have places of their own, few, and of those one
//! address has two.

use crate::house::House;
use server::http::{router, serve::serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// A request whose file never comes, from `127.0.0.<from>`: its connection.
async fn slow(address: &str, from: u8) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, from], 0).into()).unwrap();
    let mut line = socket.connect(address.parse().unwrap()).await.unwrap();
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
async fn slow_strangers_take_the_places_there_are_for_strangers_and_one_of_them_two() {
    let house = House::open().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
    let mut held = Vec::new();
    for n in 0..8 {
        let mut line = slow(&address, 2 + n / 2).await;
        assert_eq!(status(&mut line).await, None, "{n}: it is being read");
        held.push(line);
        if n == 1 {
            assert_eq!(status(&mut slow(&address, 2).await).await, Some(503), "one address keeps nobody out");
        }
    }
    assert_eq!(status(&mut slow(&address, 9).await).await, Some(503), "the ninth is told to come back");
    // Whoever goes away makes room.
    held.pop();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(status(&mut slow(&address, 9).await).await, None);
    // Nine more of the first address are counted, and then it takes no place and is told of none.
    for _ in 0..9 {
        slow(&address, 2).await;
    }
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(status(&mut slow(&address, 2).await).await, Some(429));
}
