//! How an application stands, where its reasons do not say it. Built on the server only, so that none of it is in the wasm.

use super::{Frame, Lang};
use domain::applications::Status;
use domain::clock::Timestamp;

/// Why it is closed, though nobody refused it; nothing for all others.
pub const fn closed(lang: Lang, status: Status) -> &'static str {
    match (lang, status) {
        (Lang::Ru, Status::Expired) => "Мы ждали ответа и не дождались, поэтому заявка закрылась сама.",
        (Lang::En, Status::Expired) => "We waited for an answer and none came, so the application closed by itself.",
        (Lang::Ru, Status::Withdrawn) => "Вы отозвали эту заявку.",
        (Lang::En, Status::Withdrawn) => "You withdrew this application.",
        _ => "",
    }
}

/// The term that was promised has passed.
pub fn missed(lang: Lang, promised: Timestamp) -> String {
    let moment = format!("{} {}", promised.portal_date_time(), Frame::of(lang).zone);
    match lang {
        Lang::Ru => {
            format!("Мы обещали ответить до {moment} и не успели. Это наша задержка, отказа из-за неё не будет.")
        }
        Lang::En => {
            format!("We promised an answer by {moment} and were late. The delay is ours and no reason to refuse.")
        }
    }
}
