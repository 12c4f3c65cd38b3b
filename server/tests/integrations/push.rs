//! Notices to browsers through the protocols of push services: RFC 8030, 8291, 8292.

use crate::{connect, nobody, stand_ins};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use domain::clock::Timestamp;
use serde_json::{Value, json};
use server::demo::push::Subscription;
use server::demo::switches::{Mode, System};
use server::integrations::SendError;
use server::integrations::push::{Browser, Push, Sent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const NOW: Timestamp = Timestamp(1_795_338_000_000);
const ID: &str = "0192f0c4-aa10-7000-8000-000000000001";

fn browser(push: &Push, s: &Subscription) -> Browser {
    push.browser(&s.endpoint, &s.keys.p256dh, &s.keys.auth).unwrap()
}

fn text(id: &str, words: &str) -> Vec<u8> {
    json!({"id": id, "title": "Заявка 2026-7Q4K-93 принята", "text": words, "to": "/applications/7Q4K"})
        .to_string()
        .into()
}

#[tokio::test]
async fn only_the_browser_it_is_for_can_open_it_and_its_service_knows_who_sent_it() {
    let stand_ins = stand_ins().await;
    let push = connect(stand_ins.settings()).push;
    let (mine, other) = (stand_ins.browsers.subscribe(), stand_ins.browsers.subscribe());
    let words = "Заявка принята. ".repeat(100);
    assert_eq!(push.send(&browser(&push, &mine), ID, &text(ID, &words), NOW).await, Ok(Sent::Taken));
    let messages = stand_ins.outbox.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].subject.as_deref(), Some("Заявка 2026-7Q4K-93 принята"));
    assert!(messages[0].text.contains(&words) && messages[0].text.ends_with("/applications/7Q4K"));
    // Encrypted for somebody else: the browser at this endpoint cannot open it.
    let crossed = push.browser(&mine.endpoint, &other.keys.p256dh, &other.keys.auth).unwrap();
    assert!(matches!(push.send(&crossed, ID, &text(ID, "x"), NOW).await, Err(SendError::Permanent { .. })));
    // Nobody else sends in our name.
    let body = reqwest::Client::builder()
        .build()
        .unwrap()
        .post(&mine.endpoint)
        .header("ttl", "60")
        .header("content-encoding", "aes128gcm");
    let forged = body.header("authorization", "vapid t=e30.e30.AAAA, k=BAAA").body("x").send().await.unwrap();
    assert_eq!(forged.status(), 403);
    assert_eq!(stand_ins.outbox.messages().len(), 1);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_told_apart_from_a_service_that_is_down() {
    let stand_ins = stand_ins().await;
    let push = connect(stand_ins.settings()).push;
    let subscription = stand_ins.browsers.subscribe();
    let to = browser(&push, &subscription);
    stand_ins.switches.set(System::Push, Mode::Down, 0);
    let later = push.send(&to, ID, &text(ID, "x"), NOW).await;
    assert_eq!(
        later,
        Err(SendError::Temporary { provider_code: Some(503), retry_after: std::time::Duration::from_secs(5) })
    );
    stand_ins.switches.set(System::Push, Mode::Ok, 0);
    assert_eq!(push.send(&to, ID, &text(ID, "x"), NOW).await, Ok(Sent::Taken));
    stand_ins.browsers.withdraw(&subscription.endpoint);
    assert_eq!(push.send(&to, ID, &text(ID, "x"), NOW).await, Ok(Sent::Gone));
    let nowhere = format!("http://{}/push/x", nobody().await);
    let to = push.browser(&nowhere, &subscription.keys.p256dh, &subscription.keys.auth).unwrap();
    assert!(matches!(push.send(&to, ID, b"{}", NOW).await, Err(SendError::Temporary { .. })));
}

/// What goes over the wire, as a service sees it.
#[tokio::test]
async fn the_proof_is_for_this_service_and_for_half_a_day() {
    let stand_ins = stand_ins().await;
    let push = connect(stand_ins.settings()).push;
    let keys = stand_ins.browsers.subscribe().keys;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut read = vec![0; 16 * 1024];
        let n = stream.read(&mut read).await.unwrap();
        stream.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        String::from_utf8_lossy(&read[..n]).into_owned()
    });
    let to = push.browser(&format!("{origin}/x"), &keys.p256dh, &keys.auth).unwrap();
    push.send(&to, ID, &text(ID, "Регистрационный номер"), NOW).await.unwrap();
    let heard = heard.await.unwrap();
    let header = |name: &str| {
        let line = heard.lines().find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)));
        line.map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    assert_eq!((header("ttl").as_str(), header("content-encoding").as_str()), ("259200", "aes128gcm"));
    assert_eq!(header("topic"), "0192f0c4aa1070008000000000000001");
    let authorization = header("authorization");
    let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(key, push.public_key());
    let claims: Value = serde_json::from_slice(&B64.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap();
    assert_eq!((claims["aud"].as_str(), claims["exp"].as_i64()), (Some(origin.as_str()), Some(NOW.0 / 1000 + 43_200)));
    assert!(!heard.contains("2026-7Q4K-93") && !heard.contains("Регистрационный"), "nothing readable on the way");
}
