//! Wording of the documents' pages.

use super::{Lang, plural_ru, wording};
use domain::applications::Status;
use domain::documents::Kind;

wording! {
    Papers {
        title: "Документы заявки", "Documents of the application";
        mine_title: "Мои документы", "My documents";
        mine_about: "Файлы всех ваших заявок: посмотреть, скачать, добавить", "Files of all your applications: look, download, add";
        mine_empty_title: "Здесь будут ваши документы", "Your documents will be here";
        mine_empty_text: "Документы добавляют к заявке. Для электронного ящика они не нужны.", "Documents are added to an application. An electronic mailbox needs none.";
        lead: "Добавьте снимки или сканы. Порядок страниц можно поменять.", "Add photos or scans. You can change the order of the pages.";
        limits_title: "Что подойдёт", "What will do";
        limit_type: "PDF или JPG", "PDF or JPG";
        limit_size: "до 5 МБ каждый файл, до 20 файлов и 50 МБ в заявке", "up to 5 MB a file, up to 20 files and 50 MB in one application";
        limit_pages: "в одном PDF до 30 страниц, без пароля", "up to 30 pages in a PDF, no password";
        limit_photo: "весь документ в кадре, текст читается, без бликов", "the whole document in the frame, readable, no glare";
        limit_photos: "PNG, WebP и HEIC превратим в JPG и уменьшим прямо на устройстве; дату, место съёмки и данные камеры уберём", "We turn PNG, WebP and HEIC into JPG and make them smaller on your device; date, place and camera data are removed";
        add_title: "Добавить", "Add";
        add: "Добавить документы", "Add documents";
        choose_kind: "Выберите", "Choose";
        list_title: "Добавлены", "Added";
        list_empty: "Пока ничего не добавлено.", "Nothing has been added yet.";
        needed: "Нужен документ", "A document is needed";
        needed_text: "Без него заявку не одобрят: ящик в отделении открывают по подтверждённому адресу.", "The application cannot be approved without it: a box in an office needs a proven address.";
        not_needed: "Для вашего ящика документы не обязательны. Их можно приложить, если данные недавно менялись.", "Your mailbox needs no documents. Attach some if your data changed recently.";
        until: "Добавьте до", "Add by";
        closed: "К этой заявке документы больше не добавить.", "Documents can no longer be added to this application.";
        full: "Больше файлов не поместится. Удалите лишние, чтобы добавить новые.", "No more files fit. Remove some to add others.";
        remove: "Удалить", "Remove";
        up: "Выше", "Up";
        down: "Ниже", "Down";
        download: "Скачать", "Download";
        checking: "Проверяем антивирусом", "Being scanned for viruses";
        infected: "Остановлен антивирусом, файл удалён", "Stopped by the virus scanner, the file is gone";
        back_review: "К проверке заявки", "To the review";
        back_card: "К заявке", "To the application";
        back_appeal: "К апелляции", "To the appeal";
        needed_other: "Его назвал сотрудник: без него ответ не отправить.", "The clerk named it: the answer cannot be sent without it.";
        open: "Документы", "Documents";
        add_more: "Добавить или изменить", "Add or change";
        who_sees: "Файлы хранятся зашифрованными и удаляются через 29 дней после решения по заявке. Каждый просмотр записывается в ваш журнал.", "Files are stored encrypted and deleted 29 days after the decision. Each look is written to your journal.";
        draft: "Черновик", "Draft";
        application: "Заявка", "Application";
        awaited_title: "Приложите документ", "Attach the document";
        awaited_text: "Проверка остановлена и продолжится сама, как только документ придёт.", "The check is on hold and goes on by itself as soon as the document arrives.";
        awaited_button: "Загрузить документ", "Upload the document";
        camera: "Снять камерой", "Take a photo";
        drop: "Файлы можно перетащить сюда или вставить из буфера.", "You can drop files here or paste them.";
        preview: "Снимок, каким он уйдёт", "The photo as it will be sent";
        turn_left: "Повернуть влево", "Turn left";
        turn_right: "Повернуть вправо", "Turn right";
        crop: "Обрезать края", "Crop the edges";
        crop_left: "Слева", "Left";
        crop_top: "Сверху", "Top";
        crop_right: "Справа", "Right";
        crop_bottom: "Снизу", "Bottom";
        blurred: "Снимок, похоже, нерезкий: мелкий текст может не читаться. Лучше снять ещё раз.", "The photo looks blurred: small print may not be readable. Better take it again.";
        glaring: "На снимке блик. Если он закрывает текст, снимите под другим углом.", "There is glare on the photo. If it hides text, take it from another angle.";
        preparing: "Готовим снимок на устройстве", "Preparing the photo on your device";
        sending: "Загружаем", "Uploading";
        judging: "Проверяем файл", "Checking the file";
        cut: "Связь прервалась. Загруженное сохранено.", "The line broke. What arrived is kept.";
        go_on: "Продолжить", "Continue";
        resumed: "Начало этого файла уже было на сервере, загружаем остаток.", "The beginning of this file was on the server already; we upload the rest.";
        unfinished: "Загрузка не закончена", "An upload is not finished";
        unfinished_how: "Выберите тот же файл ещё раз: продолжим с того места, где остановились. Начатое хранится сутки.", "Choose the same file again: we go on from where it stopped. What was begun is kept for a day.";
        cancel: "Отменить", "Cancel";
        uploaded: "Загружено файлов:", "Files uploaded:";
    }
}

/// What a document is of.
pub fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (ru, en) = match kind {
        Kind::Passport => ("Паспорт", "Passport"),
        Kind::Snils => ("СНИЛС", "SNILS"),
        Kind::Inn => ("Свидетельство ИНН", "INN certificate"),
        Kind::AddressProof => ("Подтверждение адреса", "Proof of address"),
        Kind::Other => ("Другой документ", "Another document"),
    };
    if matches!(lang, Lang::Ru) { ru } else { en }
}

/// What serves as such a document.
pub fn kind_about(lang: Lang, kind: Kind) -> &'static str {
    let (ru, en) = match kind {
        Kind::Passport => {
            ("разворот с фото и страница с регистрацией", "the page with the photo and the one with the registration")
        }
        Kind::Snils => ("зелёная карточка или выписка", "the green card or an extract"),
        Kind::Inn => ("свидетельство или выписка налоговой", "the certificate or an extract"),
        Kind::AddressProof => (
            "справка о месте жительства, страница паспорта с регистрацией или договор найма",
            "a certificate of residence, the passport page with the registration, or a rental contract",
        ),
        Kind::Other => ("всё, о чём вас попросили", "whatever you were asked for"),
    };
    if matches!(lang, Lang::Ru) { ru } else { en }
}

/// «JPG, 1,2 МБ», «PDF, 3 страницы, 340 КБ».
pub fn about_file(lang: Lang, pdf: bool, pages: u32, bytes: u64) -> String {
    let size = size(lang, bytes);
    match (pdf, lang) {
        (false, _) => format!("JPG, {size}"),
        (true, Lang::Ru) => {
            let word = plural_ru(u64::from(pages), "страница", "страницы", "страниц");
            format!("PDF, {pages} {word}, {size}")
        }
        (true, Lang::En) => format!("PDF, {pages} {}, {size}", if pages == 1 { "page" } else { "pages" }),
    }
}

/// «1,2 МБ», «340 КБ».
pub fn size(lang: Lang, bytes: u64) -> String {
    let (kb, mb, point) = match lang {
        Lang::Ru => ("КБ", "МБ", ','),
        Lang::En => ("KB", "MB", '.'),
    };
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1000 {
        return format!("{kilobytes} {kb}");
    }
    let tenths = (bytes * 10 + 512 * 1024) / (1024 * 1024);
    format!("{}{point}{} {mb}", tenths / 10, tenths % 10)
}

/// Where one stands: a draft is still being filled in.
pub fn status_or_draft(lang: Lang, status: Option<Status>) -> &'static str {
    match status {
        Some(status) => super::filing::status(lang, status),
        None => Papers::of(lang).draft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(size(Lang::Ru, 1), "1 КБ");
        assert_eq!(size(Lang::Ru, 348_160), "340 КБ");
        assert_eq!(size(Lang::Ru, 5 * 1024 * 1024), "5,0 МБ");
        assert_eq!(size(Lang::En, 1_258_291), "1.2 MB");
        assert_eq!(about_file(Lang::Ru, true, 3, 1024), "PDF, 3 страницы, 1 КБ");
        assert_eq!(about_file(Lang::En, false, 1, 2048), "JPG, 2 KB");
    }
}
