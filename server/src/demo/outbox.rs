//! What the demonstration would have sent to phones and mailboxes.

use serde::Serialize;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use time::{OffsetDateTime, UtcOffset};

/// The newest [`Outbox::SIZE`] messages. Clones share one store.
#[derive(Clone, Default)]
pub struct Outbox(Arc<Mutex<Store>>);

#[derive(Default)]
struct Store {
    /// Newest first.
    messages: VecDeque<Arc<Message>>,
    count: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Sms,
    Email,
    Push,
}

/// A message as `GET /demo/outbox.json` shows it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    pub id: String,
    /// ISO 8601, UTC.
    pub at: String,
    pub channel: Channel,
    /// E.164 or an e-mail address.
    pub to: String,
    pub subject: Option<String>,
    pub text: String,
    /// The six digits after «Код:» or "Code:", where the message holds them.
    pub code: Option<String>,
    /// The first http(s) link.
    pub link: Option<String>,
    /// The sender's own id, by which a repeat is known.
    #[serde(skip)]
    key: Option<String>,
    /// The same, of a notice to a device: by it the device says that it has shown it.
    #[serde(rename = "key", skip_serializing_if = "Option::is_none")]
    shown_key: Option<String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({} {:?})", self.id, self.channel)
    }
}

/// What a stand-in received.
pub struct Received {
    pub channel: Channel,
    pub to: String,
    pub subject: Option<String>,
    pub text: String,
    /// The sender's id of the message, if it gave one: the same twice is one message.
    pub key: Option<String>,
}

impl Outbox {
    pub const SIZE: usize = 1000;

    /// Keeps a message, unless it is a repeat of one it has; returns its id either way.
    pub fn put(&self, received: Received, at: OffsetDateTime) -> String {
        let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = store
            .messages
            .iter()
            .find(|m| m.key.is_some() && m.key == received.key && m.channel == received.channel && m.to == received.to);
        if let Some(known) = known {
            return known.id.clone();
        }
        store.count += 1;
        let id = store.count.to_string();
        store.messages.truncate(Self::SIZE - 1);
        store.messages.push_front(Arc::new(Message {
            id: id.clone(),
            at: iso(at),
            channel: received.channel,
            to: received.to,
            subject: received.subject,
            code: code(&received.text),
            link: link(&received.text),
            text: received.text,
            shown_key: received.key.clone().filter(|_| received.channel == Channel::Push),
            key: received.key,
        }));
        id
    }

    /// Newest first.
    pub fn messages(&self) -> Vec<Arc<Message>> {
        let store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        store.messages.iter().cloned().collect()
    }
}

fn iso(at: OffsetDateTime) -> String {
    let at = at.to_offset(UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// Six digits alone would also be a postcode: a code is announced by its word.
fn code(text: &str) -> Option<String> {
    text.match_indices(':').find_map(|(colon, _)| {
        let word = text[..colon].rsplit(|c: char| !c.is_alphabetic()).next()?;
        if !matches!(word.to_lowercase().as_str(), "код" | "code") {
            return None;
        }
        let digits = text[colon + 1..].trim_start();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        (end == 6).then(|| digits[..end].to_owned())
    })
}

fn link(text: &str) -> Option<String> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let link = text[start..].split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»')).next()?;
    Some(link.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sms(text: &str, key: Option<&str>) -> Received {
        Received {
            channel: Channel::Sms,
            to: "+79160000000".into(),
            subject: None,
            text: text.into(),
            key: key.map(Into::into),
        }
    }

    #[test]
    fn finds_codes_and_links() {
        assert_eq!(code("Код: 482913. Никому не сообщайте код."), Some("482913".into()));
        assert_eq!(code("Your code: 000123"), Some("000123".into()));
        assert_eq!(code("Отделение 101000, Москва. Номер ошибки: OTD-3103"), None);
        assert_eq!(code("Код: 4829131"), None);
        assert_eq!(code("Код: 4829"), None);
        assert_eq!(link("Откройте https://a.example/x?y=1. Затем"), Some("https://a.example/x?y=1".into()));
        assert_eq!(link("(http://127.0.0.1:3000/a)"), Some("http://127.0.0.1:3000/a".into()));
        assert_eq!(link("нет ссылки"), None);
    }

    #[test]
    fn keeps_the_newest_first_and_no_more_than_its_size() {
        let outbox = Outbox::default();
        for n in 0..=Outbox::SIZE {
            outbox.put(sms(&n.to_string(), None), OffsetDateTime::UNIX_EPOCH);
        }
        let messages = outbox.messages();
        assert_eq!(messages.len(), Outbox::SIZE);
        assert_eq!(messages[0].text, "1000");
        assert_eq!(messages[0].id, "1001");
        assert_eq!(messages[Outbox::SIZE - 1].text, "1");
    }

    #[test]
    fn a_repeat_is_one_message() {
        let outbox = Outbox::default();
        let first = outbox.put(sms("раз", Some("k")), OffsetDateTime::UNIX_EPOCH);
        assert_eq!(outbox.put(sms("раз", Some("k")), OffsetDateTime::UNIX_EPOCH), first);
        outbox.put(sms("два", Some("l")), OffsetDateTime::UNIX_EPOCH);
        assert_eq!(outbox.messages().len(), 2);
    }

    #[test]
    fn is_json_as_the_contract_says() {
        let outbox = Outbox::default();
        let at = OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap();
        outbox.put(sms("Код: 482913.", None), at);
        assert_eq!(
            serde_json::to_value(outbox.messages()[0].as_ref()).unwrap(),
            serde_json::json!({"id": "1", "at": "2026-11-18T11:06:40.000Z", "channel": "sms",
                "to": "+79160000000", "subject": null, "text": "Код: 482913.",
                "code": "482913", "link": null})
        );
        assert_eq!(format!("{:?}", outbox.messages()[0]), "Message(1 Sms)");
    }
}
