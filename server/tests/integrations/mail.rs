//! Letters over SMTP, through our client and by hand.

use crate::{connect, hasty, nobody, silent, stand_ins};
use secrecy::SecretString;
use server::demo::StandIns;
use server::demo::switches::{Mode, System};
use server::integrations::SendError;
use server::integrations::mail::Letter;
use server::integrations::notices::{Language, Notice};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use uuid::Uuid;

fn letter() -> Letter {
    let notice = Notice::EmailLink { link: "https://otdelenie.example/register/email/AbC-123_x".into(), hours: 24 };
    let written = notice.letter(Language::Ru).unwrap();
    Letter { id: Uuid::new_v4(), to: "maria@example.org".into(), subject: written.subject, text: written.text }
}

#[tokio::test]
async fn a_letter_arrives_with_its_words_intact() {
    let stand_ins = stand_ins().await;
    let mailer = connect(stand_ins.settings()).mail;
    let letter = letter();
    mailer.send(&letter).await.unwrap();
    let messages = stand_ins.outbox.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].to, "maria@example.org");
    assert_eq!(messages[0].subject.as_deref(), Some("Подтвердите адрес почты"));
    assert_eq!(messages[0].text, letter.text.trim_end());
    assert_eq!(messages[0].link.as_deref(), Some("https://otdelenie.example/register/email/AbC-123_x"));
    assert_eq!(messages[0].code, None);
}

#[tokio::test]
async fn dots_empty_lines_and_long_lines_survive_the_way() {
    let stand_ins = stand_ins().await;
    let mailer = connect(stand_ins.settings()).mail;
    let texts = [
        ".\n..\n. a dot first\n\nlast".to_owned(),
        format!("{}\n.{}", "Съешь ещё этих булок ".repeat(60).trim_end(), "x".repeat(900)),
    ];
    for text in texts {
        let subject = "Очень длинная тема письма: ".repeat(8) + "конец";
        let letter = Letter { text: text.clone(), subject: subject.clone(), ..letter() };
        mailer.send(&letter).await.unwrap();
        let newest = &stand_ins.outbox.messages()[0];
        assert_eq!(newest.text, text);
        assert_eq!(newest.subject.as_deref(), Some(subject.as_str()));
    }
}

#[tokio::test]
async fn a_repeated_letter_keeps_its_id_and_is_one_letter() {
    let stand_ins = stand_ins().await;
    let mailer = connect(stand_ins.settings()).mail;
    let letter = letter();
    mailer.send(&letter).await.unwrap();
    mailer.send(&letter).await.unwrap();
    assert_eq!(stand_ins.outbox.messages().len(), 1);
}

#[tokio::test]
async fn a_relay_in_trouble_waits_and_a_wrong_address_does_not() {
    let stand_ins = stand_ins().await;
    let temporary = |result| matches!(result, Err(SendError::Temporary { .. }));
    for mode in [Mode::Down, Mode::Slow, Mode::Garbage] {
        stand_ins.switches.set(System::Mail, mode, 0);
        let mailer = connect(hasty(&stand_ins)).mail;
        assert!(temporary(mailer.send(&letter()).await), "{mode:?}");
    }
    for address in [nobody().await, silent().await] {
        let mut settings = hasty(&stand_ins);
        settings.mail.url = SecretString::from(format!("smtp://{address}"));
        assert!(temporary(connect(settings).mail.send(&letter()).await));
    }
    stand_ins.switches.set(System::Mail, Mode::Ok, 0);
    let wrong = Letter { to: "maria at example".into(), ..letter() };
    assert!(matches!(connect(hasty(&stand_ins)).mail.send(&wrong).await, Err(SendError::Permanent { .. })));
}

#[tokio::test]
async fn a_fault_switched_on_between_two_letters_shows_at_the_second() {
    let stand_ins = stand_ins().await;
    let mailer = connect(hasty(&stand_ins)).mail;
    mailer.send(&letter()).await.unwrap();
    stand_ins.switches.set(System::Mail, Mode::Down, 0);
    assert!(mailer.send(&letter()).await.is_err());
    stand_ins.switches.set(System::Mail, Mode::Ok, 0);
    mailer.send(&letter()).await.unwrap();
    assert_eq!(stand_ins.outbox.messages().len(), 2);
}

#[tokio::test]
async fn a_letter_given_up_half_way_neither_doubles_nor_confuses_the_next() {
    let stand_ins = stand_ins().await;
    let mailer = connect(hasty(&stand_ins)).mail;
    let (first, second) = (letter(), letter());
    // The relay takes the letter, but its answer comes after we have given up.
    stand_ins.switches.set(System::Mail, Mode::Ok, 1600);
    assert!(matches!(mailer.send(&first).await, Err(SendError::Temporary { .. })));
    stand_ins.switches.set(System::Mail, Mode::Ok, 0);
    let wrong = Letter { to: "nobody".into(), ..letter() };
    assert!(mailer.send(&wrong).await.is_err());
    mailer.send(&second).await.unwrap();
    mailer.send(&first).await.unwrap();
    assert_eq!(stand_ins.outbox.messages().len(), 2);
}

/// Sends everything at once and gives back all answers.
async fn converse(stand_ins: &StandIns, said: &str) -> Vec<String> {
    let stream = TcpStream::connect(stand_ins.smtp).await.unwrap();
    let mut stream = BufReader::new(stream);
    let mut greeting = String::new();
    stream.read_line(&mut greeting).await.unwrap();
    assert!(greeting.starts_with("220 "));
    stream.write_all(said.as_bytes()).await.unwrap();
    let mut answers = Vec::new();
    // A peer that is cut off may see a reset after the last answer.
    let _ = stream.read_to_end(&mut answers).await;
    let answers = String::from_utf8(answers).unwrap();
    answers.lines().map(|l| l[..3].to_owned()).collect()
}

#[tokio::test]
async fn speaks_smtp_with_a_peer_that_sends_everything_at_once() {
    let stand_ins = stand_ins().await;
    let answers = converse(
        &stand_ins,
        "EHLO peer\r\nmail from:<a@example.org> SIZE=40\r\nRCPT TO:<b@example.org>\r\n\
         RCPT TO:<c@example.org>\r\nDATA\r\nSubject: Hi\r\n\r\n..one\r\ntwo\r\n.\r\nNOOP\r\nQUIT\r\n",
    )
    .await;
    assert_eq!(answers[4..], ["250", "250", "250", "250", "354", "250", "250", "221"].map(str::to_owned));
    let messages = stand_ins.outbox.messages();
    assert_eq!(messages.len(), 2, "one for each recipient");
    assert_eq!(messages[0].text, ".one\ntwo");
    assert_eq!(messages[0].subject.as_deref(), Some("Hi"));
}

#[tokio::test]
async fn refuses_what_is_out_of_order_too_large_or_not_smtp() {
    let stand_ins = stand_ins().await;
    let answers = converse(
        &stand_ins,
        "MAIL FROM:<a@example.org>\r\nHELO peer\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\
         MAIL FROM:<a@example.org> SIZE=99999999\r\nMAIL FROM:<a@example.org>\r\nRSET\r\n\
         RCPT TO:<b@example.org>\r\nTURN\r\nQUIT\r\n",
    )
    .await;
    assert_eq!(answers, ["503", "250", "503", "503", "552", "250", "250", "503", "500", "221"].map(str::to_owned));

    let big = "x".repeat(900) + "\r\n";
    let answers = converse(
        &stand_ins,
        &format!(
            "HELO peer\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\r\n{}.\r\nQUIT\r\n",
            big.repeat(1200)
        ),
    )
    .await;
    assert_eq!(answers, ["250", "250", "250", "354", "552", "221"].map(str::to_owned));

    let smuggled = "HELO peer\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\
                    one\n.\nMAIL FROM:<x@example.org>\r\n.\r\n";
    let answers = converse(&stand_ins, smuggled).await;
    assert_eq!(answers, ["250", "250", "250", "354", "500"].map(str::to_owned));
    let endless = format!("HELO {}", "x".repeat(5000));
    assert_eq!(converse(&stand_ins, &endless).await, ["500"].map(str::to_owned));
    assert!(stand_ins.outbox.messages().is_empty());
}
