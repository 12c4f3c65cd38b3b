//! Wording of mailboxes and their members.

use super::{Lang, wording};
use domain::mailboxes::Role;

wording! {
    Mailboxes {
        title: "Мои ящики", "My mailboxes";
        empty_title: "Здесь будут ваши ящики", "Your mailboxes will be here";
        empty_text: "Ящик появится, когда заявку одобрят.", "A mailbox appears once the application is approved.";
        open_one: "Подать заявку", "Apply";
        role: "Роль", "Role";
        opened: "Открыт", "Opened";
        invited: "Вас приглашают в ящик", "You are invited to mailbox";
        invited_until: "Ответьте до", "Answer by";
        accept: "Принять", "Accept";
        decline: "Отказаться", "Decline";
        members: "Участники", "Members";
        alone: "Пока ящиком пользуетесь только вы.", "So far only you use the mailbox.";
        since: "участник с", "member since";
        waits_until: "ждём ответа до", "waiting for an answer until";
        hand_over: "Сделать владельцем", "Make the owner";
        remove: "Убрать", "Remove";
        full: "Больше участников не поместится. Уберите кого-нибудь, чтобы пригласить нового.", "No more members fit. Remove some to invite others.";
        invite_title: "Пригласить участника", "Invite a member";
        invite_text: "Пришлём приглашение. Принять его сможет тот, в чьей подтверждённой учётной записи указан этот телефон или адрес.", "We send an invitation. It can be accepted by whoever has this phone or address in a confirmed account.";
        invite: "Пригласить", "Invite";
        leave: "Выйти из ящика", "Leave the mailbox";
    }
}

pub fn role(lang: Lang, role: Role) -> &'static str {
    let (ru, en) = match role {
        Role::Owner => ("владелец", "owner"),
        Role::Sender => ("чтение и отправка писем", "reading and sending letters"),
        Role::Reader => ("только чтение писем", "only reading letters"),
    };
    if matches!(lang, Lang::Ru) { ru } else { en }
}
