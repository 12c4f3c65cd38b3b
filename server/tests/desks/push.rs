//! Notices on devices: connected, told, shown, gone.

use crate::house::{Citizen, DAY, HOUR, House};
use crate::routes::Door;
use app::desks::NoticesDesk;
use app::notices::view::Way;
use domain::applications::Review;
use domain::notices::{Channel, Kind, Quiet};
use domain::{Code, Field};
use server::demo::outbox::Channel as Shown;
use server::demo::push::Subscription;
use server::demo::switches::{Mode, System};
use server::desks::Subscribed;

fn given(subscription: &Subscription) -> Subscribed {
    serde_json::from_value(serde_json::to_value(subscription).unwrap()).unwrap()
}

/// A browser of this citizen, connected.
async fn connected(house: &House, citizen: &Citizen<'_>) -> Subscription {
    let subscription = house.house.stand_ins.as_ref().unwrap().browsers.subscribe();
    citizen.visit().await.push_subscribe(given(&subscription)).await.unwrap();
    subscription
}

/// What browsers were told: title and text.
fn told(house: &House) -> Vec<(String, String)> {
    let all = house.house.stand_ins.as_ref().unwrap().outbox.messages();
    let pushed = all.iter().filter(|m| m.channel == Shown::Push);
    pushed.map(|m| (m.subject.clone().unwrap_or_default(), m.text.clone())).collect()
}

async fn ways(citizen: &Citizen<'_>, template: &str) -> Vec<Way> {
    let sent = citizen.visit().await.notices().await.unwrap().sent;
    sent.iter().filter(|n| n.channel == Channel::Push && n.template == template).map(|n| n.state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_connected_device_is_told_with_the_number_and_says_that_it_showed_it() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let boris = house.citizen("+79137654322").await;
    for _ in 0..2 {
        connected(&house, &anna).await;
    }
    connected(&house, &boris).await;
    let id = anna.apply(&[]).await;
    house.work().await;
    let sent = told(&house);
    assert_eq!(sent.len(), 4, "received and approved, on both of one's own devices: {sent:?}");
    let page = anna.visit().await.notices().await.unwrap();
    let number = page.sent[0].number.clone().unwrap();
    assert!(sent.iter().all(|(title, text)| title.contains(&number) && text.contains(&number)), "{sent:?}");
    assert!(sent.iter().all(|(_, text)| text.ends_with(&format!("/applications/{id}"))));
    for personal in ["Кузьмина", "112-233", "654321", "+7913"] {
        assert!(sent.iter().all(|(_, text)| !text.contains(personal)), "{personal}");
    }
    assert_eq!(page.devices.len(), 2);
    assert!(page.devices.iter().all(|d| d.reached_at.is_none()), "the clock has not moved since");
    assert_eq!(ways(&anna, "approved").await, [Way::Sent, Way::Sent]);
    // A device says so; its word counts once and about itself alone.
    let door = Door::open(&house).await;
    let notice = house.text("SELECT id FROM notices WHERE channel = 'push' AND template = 'approved' LIMIT 1").await;
    let letter = house.text("SELECT id FROM notices WHERE channel = 'email' AND template = 'approved' LIMIT 1").await;
    for id in [&notice, &notice, &letter, &"nobody".to_owned()] {
        let body = format!("{{\"id\":\"{id}\"}}");
        assert_eq!(door.send("POST", "/push/shown", "", "application/json", body).await.status, 200);
    }
    let mut states = ways(&anna, "approved").await;
    states.sort_by_key(|s| s.name());
    assert_eq!(states, [Way::Delivered, Way::Sent]);
    assert_eq!(house.text("SELECT state FROM notices WHERE channel = 'email' AND template = 'approved'").await, "sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_somebody_else_connects_tells_its_former_owner_so() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let shared = connected(&house, &anna).await;
    boris.visit().await.push_subscribe(given(&shared)).await.unwrap();
    boris.visit().await.push_subscribe(given(&shared)).await.unwrap();
    let rows = async |citizen: &Citizen<'_>| {
        let journal = citizen.journal().await;
        journal.iter().map(|r| (r.act.clone(), r.actor.clone())).filter(|(act, _)| act.starts_with("push")).collect()
    };
    let (hers, his): (Vec<_>, Vec<_>) = (rows(&anna).await, rows(&boris).await);
    let row = |act: &str, actor: &str| (act.to_owned(), actor.to_owned());
    assert_eq!(hers, [row("push_gone", "system"), row("push_added", "citizen")]);
    assert_eq!(
        his,
        [row("push_added", "citizen"), row("push_added", "citizen")],
        "his own again takes nothing from him"
    );
    assert!(anna.visit().await.notices().await.unwrap().devices.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_gone_is_forgotten_and_a_service_that_is_down_is_tried_again() {
    let house = House::with(Review::Always).await;
    let anna = house.citizen("+79137654321").await;
    let (gone, there) = (connected(&house, &anna).await, connected(&house, &anna).await);
    let stand_ins = house.house.stand_ins.as_ref().unwrap();
    stand_ins.switches.set(System::Push, Mode::Down, 0);
    anna.apply(&[]).await;
    house.work().await;
    assert_eq!(ways(&anna, "received").await, [Way::Queued, Way::Queued]);
    assert!(told(&house).is_empty());
    stand_ins.browsers.withdraw(&gone.endpoint);
    stand_ins.switches.set(System::Push, Mode::Ok, 0);
    house.at(HOUR).await;
    let mut states = ways(&anna, "received").await;
    states.sort_by_key(|s| s.name());
    assert_eq!(states, [Way::Refused, Way::Sent]);
    let page = anna.visit().await.notices().await.unwrap();
    assert_eq!(page.devices.len(), 1);
    assert!(page.devices[0].reached_at.is_some());
    let journal = anna.journal().await;
    assert!(journal.iter().any(|r| r.act == "push_gone" && r.actor == "system"));
    // What waited for days is not worth a ring any more.
    stand_ins.switches.set(System::Push, Mode::Down, 0);
    let boris = house.citizen("+79137654322").await;
    connected(&house, &boris).await;
    boris.apply(&[(Field::Snils, "001-001-998 00"), (Field::PassportNumber, "654322")]).await;
    house.at(4 * DAY).await;
    stand_ins.switches.set(System::Push, Mode::Ok, 0);
    house.at(5 * DAY).await;
    assert_eq!(ways(&boris, "received").await, [Way::Refused]);
    drop(there);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_chosen_and_the_quiet_hours_hold_for_devices_too() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    connected(&house, &anna).await;
    let on = [(Kind::Decision, Channel::Email), (Kind::Question, Channel::Email), (Kind::Decision, Channel::Push)];
    // It is noon in Moscow.
    let quiet = Some(Quiet::new(11, 14).unwrap());
    anna.visit().await.choose_notices(on.into_iter().collect(), quiet).await.unwrap();
    anna.apply(&[]).await;
    house.work().await;
    assert!(told(&house).is_empty(), "it is quiet");
    house.at(2 * HOUR).await;
    let sent = told(&house);
    assert_eq!(sent.len(), 1, "the decision alone: {sent:?}");
    assert!(sent[0].0.contains("одобрена"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_tells_one_person_ten_of_a_person_are_told_and_strangers_change_nothing() {
    let house = House::open().await;
    let (anna, boris) = (house.citizen("+79137654321").await, house.citizen("+79137654322").await);
    let shared = connected(&house, &anna).await;
    boris.visit().await.push_subscribe(given(&shared)).await.unwrap();
    let devices = async |of: &Citizen<'_>| of.visit().await.notices().await.unwrap().devices;
    assert!(devices(&anna).await.is_empty(), "whoever uses the browser now is told, and nobody before");
    let id = devices(&boris).await[0].id.clone();
    let foreign = anna.visit().await.forget_push(&id).await;
    assert_eq!(foreign.err().map(|r| r.code), Some(Code::NotFound));
    boris.visit().await.forget_push(&id).await.unwrap();
    assert!(devices(&boris).await.is_empty());

    for _ in 0..10 {
        connected(&house, &anna).await;
    }
    let browsers = &house.house.stand_ins.as_ref().unwrap().browsers;
    let more = browsers.subscribe();
    let refused = anna.visit().await.push_subscribe(given(&more)).await;
    assert_eq!(refused.err().map(|r| r.code), Some(Code::PushFull));
    // Addresses that lead elsewhere are refused at the door.
    for endpoint in ["http://10.0.0.1/x", "http://169.254.169.254/latest", "https://evil.example/x", "ftp://127.0.0.1/"]
    {
        let bad = Subscription { endpoint: endpoint.into(), ..browsers.subscribe() };
        let refused = boris.visit().await.push_subscribe(given(&bad)).await;
        assert_eq!(refused.err().map(|r| r.code), Some(Code::PushAddress), "{endpoint}");
    }
    let door = Door::open(&house).await;
    let body = serde_json::to_string(&more).unwrap();
    let nobody = door.send("POST", "/push/subscribe", "", "application/json", body).await;
    assert_eq!(nobody.status, 401);
    assert_eq!(door.send("POST", "/push/subscribe", "", "application/json", "{}".into()).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_archive_names_devices_without_their_keys() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let subscription = connected(&house, &anna).await;
    let door = Door::open(&house).await;
    let archive = door.get("/cabinet/data/archive.json", &anna.cookie()).await.body;
    let archive: serde_json::Value = serde_json::from_str(&archive).unwrap();
    let service = archive["told_devices"][0]["service"].as_str().unwrap();
    assert!(subscription.endpoint.contains(service) && service.starts_with("127.0.0.1:"));
    let archive = archive.to_string();
    for secret in [&subscription.endpoint, &subscription.keys.p256dh, &subscription.keys.auth] {
        assert!(!archive.contains(secret.as_str()));
    }
    let sealed = house.text("SELECT hex(address) FROM push_subscriptions").await;
    assert!(!sealed.contains(&subscription.endpoint.bytes().map(|b| format!("{b:02X}")).collect::<String>()));
}
