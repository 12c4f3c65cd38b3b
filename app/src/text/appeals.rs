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
        late: "Мы не успели решить апелляцию к сроку:", "We did not decide the appeal by the promised time:";
        late_ours: "Это наша задержка, от вас ничего не нужно.", "The delay is ours; you need not do anything.";
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
        urgent: "Апелляций, по которым срок подходит или прошёл:", "Appeals whose term is near or over:";
        told: "Срок пропущен. Автору назвали новую дату", "The term was missed. The author was told a new date";
        board: "Апелляции", "Appeals";
        board_overdue: "срок вышел", "overdue";
        board_due: "меньше двух суток", "less than two days";
        board_later: "больше двух суток", "more than two days";
        board_ages: "Сколько уже ждут", "How long they wait";
        board_fresh: "меньше 3 дней", "less than 3 days";
        board_week: "от 3 до 7 дней", "3 to 7 days";
        board_old: "больше 7 дней", "more than 7 days";
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
