//! Wording of the personal journal. On the server only.

use super::{Lang, wording};
use domain::journal::Kind;

wording! {
    Journal {
        lead: "Всё, что происходило с вашей учётной записью и данными: когда, что и кто. Записи нельзя изменить или удалить.", "Everything that happened to your account and data: when, what and who. Rows cannot be changed or deleted.";
        all: "Все записи", "All rows";
        none_of_kind: "Таких записей пока нет.", "There are no such rows yet.";
        older: "Более ранние", "Earlier";
        export: "Скачать журнал (CSV)", "Download the journal (CSV)";
    }
}

/// What a kind of acts is called.
pub const fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    let (ru, en) = match kind {
        Kind::Logins => ("Входы и выходы", "Logins"),
        Kind::Security => ("Безопасность", "Security"),
        Kind::Data => ("Данные и согласия", "Data and consents"),
        Kind::Applications => ("Заявки", "Applications"),
        Kind::Documents => ("Документы", "Documents"),
        Kind::Staff => ("Просмотры сотрудниками", "Looks by staff"),
        Kind::Other => ("Остальное", "Other"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
