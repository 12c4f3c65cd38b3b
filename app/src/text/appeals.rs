//! Wording of appeals, for their author and for the clerk.

use super::{Lang, wording};
use domain::appeals::Stage;

wording! {
    Appeals {
        title: "Апелляция", "Appeal";
        lead: "Напишите, с чем вы не согласны, и приложите то, что это подтверждает. Апелляцию рассмотрит не тот сотрудник, который отказал.", "Say what you disagree with and attach what shows it. A clerk other than the one who refused looks at it.";
        until: "Подайте до", "Send it by";
        why: "Почему отказали", "Why it was refused";
        evidence: "Доказательства", "Evidence";
        evidence_hint: "PDF или JPG. Добавьте их до отправки: вместе с апелляцией уйдут все документы заявки.", "PDF or JPG. Add them before sending: all documents of the application go along.";
        evidence_add: "Добавить документы", "Add documents";
        send: "Подать апелляцию", "Send the appeal";
        how_title: "Как это работает", "How it works";
        how_text: "На один отказ подают одну апелляцию. Если правы вы, заявку рассмотрят снова, заполнять её заново не нужно.", "A refusal is appealed once. If you are right, the application is considered again; you need not fill it in anew.";
        term: "Решаем за", "We decide in";
        either: "Апелляция не мешает подать новую заявку.", "An appeal does not keep you from making a new application.";
        back: "К заявке", "To the application";
        closed: "По этой заявке обжаловать нечего: отказа нет, или срок апелляции прошёл.", "There is nothing to appeal here: no refusal, or the time is over.";
        stage: "Как идёт апелляция", "How the appeal goes";
        decision: "Решение", "Decision";
        due: "Решим до", "We decide by";
        answer: "Сотрудник пишет", "The clerk writes";
        you_wrote: "Вы написали", "You wrote";
        withdraw: "Отозвать апелляцию", "Take the appeal back";
        button: "Обжаловать отказ", "Appeal the refusal";
        about: "Не согласны? Апелляцию рассмотрит другой сотрудник. Подать её можно до", "You disagree? Another clerk looks at an appeal. It can be sent until";
        open: "Открыть апелляцию", "Open the appeal";
    }
}

wording! {
    /// At the staff desk.
    Judging {
        queue: "Апелляции", "Appeals";
        waiting: "Ждут апелляции:", "Appeals waiting:";
        show: "Показать", "Show";
        badge: "апелляция", "appeal";
        title: "Апелляция", "Appeal";
        refused_by: "Отказал", "Refused by";
        by_house: "автоматическая проверка", "the automatic check";
        grounds: "Автор пишет", "The author writes";
        uphold: "Удовлетворить", "Uphold";
        dismiss: "Оставить отказ", "Dismiss";
        uphold_title: "Удовлетворить апелляцию?", "Uphold the appeal?";
        uphold_text: "Отказ будет отменён, заявка вернётся на рассмотрение и останется у вас.", "The refusal is withdrawn; the application is considered again and stays with you.";
        dismiss_title: "Оставить отказ в силе?", "Let the refusal stand?";
        dismiss_text: "Второй апелляции на этот отказ не будет.", "There is no second appeal against this refusal.";
        mine: "Отказ вынесли вы, решать апелляцию должен другой.", "You refused; somebody else decides the appeal.";
        upheld: "удовлетворена", "upheld";
        dismissed: "отклонена", "dismissed";
    }
}

pub fn stage(lang: Lang, stage: Stage) -> &'static str {
    let (ru, en) = match stage {
        Stage::Submitted => ("Подана", "Sent"),
        Stage::Taken => ("В работе", "In work"),
        Stage::Upheld => ("Удовлетворена", "Upheld"),
        Stage::Dismissed => ("Отклонена", "Dismissed"),
        Stage::Withdrawn => ("Отозвана", "Taken back"),
    };
    if matches!(lang, Lang::Ru) { ru } else { en }
}
