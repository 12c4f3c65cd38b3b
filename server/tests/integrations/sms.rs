//! Text messages through sms.ru's protocol.

use crate::{connect, hasty, nobody, stand_ins};
use secrecy::SecretString;
use server::demo::switches::{Mode, System};
use server::integrations::SendError;
use server::integrations::notices::{Language, Notice};
use server::integrations::sms::Sms;
use uuid::Uuid;

fn code_for(phone: &str) -> Sms {
    let notice = Notice::SignUpCode { code: "482913".into(), minutes: 10 };
    Sms { id: Uuid::new_v4(), to: phone.into(), text: notice.sms(Language::Ru).unwrap().text, useful_minutes: Some(10) }
}

#[tokio::test]
async fn a_code_arrives_with_its_words() {
    let stand_ins = stand_ins().await;
    let gateway = connect(stand_ins.settings()).sms;
    let sms = code_for("+79161234567");
    let id = gateway.send(&sms).await.unwrap();
    assert!(id.0.starts_with("000000-"), "{id:?}");
    let messages = stand_ins.outbox.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].to, "+79161234567");
    assert_eq!(messages[0].text, sms.text);
    assert_eq!(messages[0].code.as_deref(), Some("482913"));
    assert_eq!(messages[0].link, None);
}

#[tokio::test]
async fn a_repeat_is_not_a_second_message() {
    let stand_ins = stand_ins().await;
    let gateway = connect(hasty(&stand_ins)).sms;
    let sms = code_for("+79161234567");
    // The gateway takes the message, but the answer comes after we have given up.
    stand_ins.switches.set(System::Sms, Mode::Ok, 1600);
    assert!(matches!(gateway.send(&sms).await, Err(SendError::Temporary { .. })));
    assert_eq!(stand_ins.outbox.messages().len(), 1);
    stand_ins.switches.set(System::Sms, Mode::Ok, 0);
    let first = gateway.send(&sms).await.unwrap();
    let second = gateway.send(&sms).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(stand_ins.outbox.messages().len(), 1);

    gateway.send(&code_for("+79161234567")).await.unwrap();
    assert_eq!(stand_ins.outbox.messages().len(), 2, "another code is another message");
}

#[tokio::test]
async fn trouble_of_theirs_or_ours_waits_and_a_wrong_number_does_not() {
    let stand_ins = stand_ins().await;
    let sms = code_for("+79161234567");
    let temporary = |result| matches!(result, Err(SendError::Temporary { .. }));
    for mode in [Mode::Down, Mode::Slow, Mode::Garbage] {
        stand_ins.switches.set(System::Sms, mode, 0);
        let gateway = connect(hasty(&stand_ins)).sms;
        assert!(temporary(gateway.send(&sms).await), "{mode:?}");
    }
    stand_ins.switches.set(System::Sms, Mode::Ok, 0);

    let mut settings = hasty(&stand_ins);
    settings.sms.url = format!("http://{}/", nobody().await);
    assert!(temporary(connect(settings).sms.send(&sms).await));

    let mut settings = hasty(&stand_ins);
    settings.sms.api_id = SecretString::from("wrong");
    assert_eq!(
        connect(settings).sms.send(&sms).await,
        Err(SendError::Temporary { provider_code: Some(200), retry_after: SendError::RETRY_AFTER })
    );

    let gateway = connect(hasty(&stand_ins)).sms;
    assert_eq!(gateway.send(&code_for("+7916")).await, Err(SendError::Permanent { provider_code: Some(202) }));
    // The slow gateway took the message before we gave up; nobody else did.
    assert_eq!(stand_ins.outbox.messages().len(), 1);
}

#[tokio::test]
async fn a_gateway_that_keeps_failing_is_left_alone_for_a_while() {
    let stand_ins = stand_ins().await;
    stand_ins.switches.set(System::Sms, Mode::Down, 0);
    let gateway = connect(hasty(&stand_ins)).sms;
    for _ in 0..5 {
        assert!(gateway.send(&code_for("+79161234567")).await.is_err());
    }
    assert!(!gateway.is_up());
    stand_ins.switches.set(System::Sms, Mode::Ok, 0);
    assert!(gateway.send(&code_for("+79161234567")).await.is_err());
    assert!(stand_ins.outbox.messages().is_empty(), "nothing was sent");
}
