//! What is closed says what is missing and how to get it (ERR-4).

use crate::house::House;
use crate::routes::Door;
use app::desks::{AccountsDesk, ApplicationsDesk, ContentDesk};
use app::text::Lang;
use domain::Code;
use server::storage::accounts;

const PHONE: &str = "+79137654321";

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_room_says_what_is_missing_and_where_to_get_it() {
    let house = House::open().await;
    let anna = house.citizen(PHONE).await;
    let to = anna.visit().await.create(None).await.unwrap().to;
    anna.visit().await.set_consent(false).await.unwrap();
    let door = Door::open(&house).await;
    let page = door.get(&to, &anna.cookie()).await.body;
    for said in ["Доступ ограничен", "Дайте согласие снова", "href=\"/cabinet/access\"", "/help/errors/OTD-2012"]
    {
        assert!(page.contains(said), "{said} is not in the page");
    }
    assert!(!page.contains("На нашей стороне сбой"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_access_lists_levels_and_roles_with_the_way_to_each() {
    let house = House::open().await;
    let anna = house.citizen(PHONE).await;
    let shown = async || {
        let mut visit = anna.visit().await;
        visit.lang = Lang::Ru;
        serde_json::to_string(&visit.page("/cabinet/access".into()).await.unwrap()).unwrap()
    };
    let row = |role: &str, mine: &str| format!("[\"{role}\",\"{mine}\",");
    assert!(shown().await.contains(&row("Гражданин", "есть")));
    assert!(shown().await.contains(&row("Владелец ящика", "нет")));
    anna.apply(&[]).await;
    house.work().await;
    let page = shown().await;
    assert!(page.contains(&row("Владелец ящика", "есть")), "approved, the mailbox is theirs");
    for role in
        ["Представитель организации", "Участник: отправляет письма", "Участник: читает письма", "Сотрудник почты"]
    {
        assert!(page.contains(&row(role, "нет")), "{role}");
    }
    // Without a proved e-mail: one level less, and what it closes.
    let account = anna.visit().await.citizen.unwrap().account_id;
    let mut tx = house.house.db.write().await.unwrap();
    accounts::change_email(&mut tx, &account, None, None).await.unwrap();
    tx.commit().await.unwrap();
    let page = shown().await;
    assert!(page.contains(&row("Гражданин", "нет")) && page.contains("/cabinet/resend-email"));
    let refused = anna.visit().await.add_app().await.err().unwrap();
    assert_eq!(refused.code, Code::AccountNotConfirmed);
    assert!(refused.in_language(Lang::Ru).message.contains("«Подтверждена»"), "the level is named");
}
