//! What one is told, by which channel, at which hour, and what became of it.

use crate::house::{HOUR, House};
use crate::routes::Door;
use app::desks::NoticesDesk;
use app::notices::view::{Sent, Way};
use domain::Code;
use domain::applications::Review;
use domain::notices::{Channel, Choices, Kind, Quiet};
use server::demo::switches::{Mode, System};
use server::jobs::{self, Job};
use std::collections::BTreeSet;

fn on(pairs: &[(Kind, Channel)]) -> BTreeSet<(Kind, Channel)> {
    pairs.iter().copied().collect()
}

async fn ask_provider(house: &House) {
    let mut tx = house.house.db.write().await.unwrap();
    jobs::enqueue_once(&mut tx, "ask_deliveries", &Job::AskDeliveries, None).await.unwrap();
    tx.commit().await.unwrap();
    house.work().await;
}

fn of(sent: &[Sent], template: &str, channel: Channel) -> Option<Way> {
    sent.iter().find(|n| n.template == template && n.channel == channel).map(|n| n.state)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_was_chosen_is_told_and_a_decision_always() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    let refused = anna.visit().await.choose_notices(on(&[(Kind::Reminder, Channel::Email)]), None).await;
    assert_eq!(refused.err().map(|r| r.code), Some(Code::NoticeNeeded));
    let chosen = on(&[(Kind::Decision, Channel::Email), (Kind::Question, Channel::Sms)]);
    anna.visit().await.choose_notices(chosen.clone(), None).await.unwrap();
    anna.apply(&[]).await;
    house.work().await;
    assert_eq!((house.told("received").await, house.told("approved").await), (0, 1));
    let page = anna.visit().await.notices().await.unwrap();
    assert_eq!(page.chosen.on.iter().copied().collect::<BTreeSet<_>>(), chosen);
    assert_eq!(page.sent.len(), 1);
    assert_eq!(of(&page.sent, "approved", Channel::Email), Some(Way::Sent), "a letter's arrival nobody tells");
    assert!(page.sent[0].number.is_some());
    let boris = house.citizen("+79137654322").await;
    assert!(boris.visit().await.notices().await.unwrap().sent.is_empty(), "one's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn sms_wait_for_the_end_of_the_quiet_hours_and_letters_do_not() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    // It is noon in Moscow.
    let all = Kind::ALL.iter().flat_map(|k| Channel::ALL.iter().map(move |c| (*k, *c))).collect();
    anna.visit().await.choose_notices(all, Some(Quiet::new(11, 14).unwrap())).await.unwrap();
    anna.apply(&[]).await;
    house.work().await;
    let sent = anna.visit().await.notices().await.unwrap().sent;
    assert_eq!(of(&sent, "approved", Channel::Email), Some(Way::Sent));
    assert_eq!(of(&sent, "approved", Channel::Sms), Some(Way::Queued));
    let waits = sent.iter().find(|n| n.channel == Channel::Sms).unwrap();
    assert_eq!(waits.after.map(|t| t.0), Some(house.house.now().0 + 2 * HOUR));
    house.at(2 * HOUR - 1).await;
    assert_eq!(of(&anna.visit().await.notices().await.unwrap().sent, "approved", Channel::Sms), Some(Way::Queued));
    house.at(2 * HOUR).await;
    assert_eq!(of(&anna.visit().await.notices().await.unwrap().sent, "approved", Channel::Sms), Some(Way::Sent));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_provider_tells_is_shown() {
    let house = House::with(Review::Always).await;
    let anna = house.citizen("+79137654321").await;
    anna.apply(&[]).await;
    let boris = house.citizen("+79137650404").await;
    let off = [
        (domain::Field::Phone, "+79137650404"),
        (domain::Field::Snils, "001-001-998 00"),
        (domain::Field::PassportNumber, "654322"),
    ];
    boris.apply(&off).await;
    let switches = &house.house.stand_ins.as_ref().unwrap().switches;
    house.work().await;
    let state = async |citizen: &crate::house::Citizen<'_>| {
        of(&citizen.visit().await.notices().await.unwrap().sent, "received", Channel::Sms)
    };
    assert_eq!(state(&anna).await, Some(Way::Sent));
    switches.set(System::Sms, Mode::Down, 0);
    ask_provider(&house).await;
    assert_eq!(state(&anna).await, Some(Way::Sent), "who does not answer has told nothing");
    switches.set(System::Sms, Mode::Ok, 0);
    house.at(31_000).await;
    assert_eq!((state(&anna).await, state(&boris).await), (Some(Way::Delivered), Some(Way::Lost)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_works_as_plain_html() {
    let house = House::open().await;
    let anna = house.citizen("+79137654321").await;
    anna.visit().await;
    let door = Door::open(&house).await;
    let form = "application/x-www-form-urlencoded";
    let post = async |body: &str| door.send("POST", "/cabinet/notifications", &anna.cookie(), form, body.into()).await;
    let page = door.get("/cabinet/notifications", &anna.cookie()).await;
    for kind in Kind::ALL {
        for channel in Channel::ALL {
            let (kind, channel) = (kind.name(), channel.name());
            let ticked =
                format!("id=\"{kind}-{channel}\" name=\"{kind}\" type=\"checkbox\" value=\"{channel}\" checked");
            assert!(page.body.contains(&ticked), "{ticked}");
        }
    }
    let saved = post("decision=email&question=email&question=sms&progress=sms&quiet_from=22&quiet_to=8").await;
    assert_eq!((saved.status, saved.location.as_str()), (303, "/cabinet/notifications?saved=1"));
    let shown = anna.visit().await.notices().await.unwrap();
    let expected = on(&[
        (Kind::Decision, Channel::Email),
        (Kind::Question, Channel::Email),
        (Kind::Question, Channel::Sms),
        (Kind::Progress, Channel::Sms),
    ]);
    assert_eq!(shown.chosen.on.iter().copied().collect::<BTreeSet<_>>(), expected);
    assert_eq!(shown.chosen.quiet(), Ok(Quiet::new(22, 8).ok()));
    for (body, code) in [
        ("question=sms&quiet_from=&quiet_to=", "OTD-3701"),
        ("decision=sms&question=sms&quiet_from=8&quiet_to=8", "OTD-3702"),
        ("decision=sms&question=sms&quiet_from=8&quiet_to=", "OTD-3702"),
    ] {
        let refused = post(body).await;
        assert!(refused.status == 422 && refused.body.contains(code), "{body}: {}", refused.status);
        // Ticked is what was sent, not what is in force.
        let ticked = |id: &str| {
            let (_, rest) = refused.body.split_once(&format!("id=\"{id}\"")).unwrap();
            rest.split('>').next().unwrap().contains(" checked")
        };
        assert_eq!(ticked("decision-sms"), body.contains("decision=sms"), "{body}");
        assert!(ticked("question-sms") && !ticked("question-email") && !ticked("progress-sms"), "{body}");
    }
    let half = post("decision=sms&question=sms&quiet_from=9&quiet_to=").await.body;
    assert!(half.contains("<option value=\"9\" selected"), "the hour that was chosen stays");
    let kept = anna.visit().await.notices().await.unwrap();
    assert_eq!(kept.chosen.quiet(), Ok(Quiet::new(22, 8).ok()), "what is refused changes nothing");
    assert_ne!(Choices::default().quiet, kept.chosen.quiet().unwrap());
}
