//! The catalogue of services says what is so: what is open is there, and what opens later is nowhere yet.

use crate::doors::Browser;
use crate::house::House;

use app::text::services::SERVICES;

#[tokio::test(flavor = "multi_thread")]
async fn every_open_service_is_served_and_no_closed_one_works() {
    let house = House::open().await;
    let (_, mut citizen) = Browser::of(&house, "+79137654321").await;
    for service in SERVICES {
        // What will be reached from an office's own page begins with the same registration.
        if service.slug == "access" {
            continue;
        }
        let answer = citizen.get(service.target).await;
        assert_eq!(answer.status == 200 || answer.status == 303, service.open, "{}: {}", service.slug, answer.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tracking_number_is_asked_for_and_checked() {
    let house = House::open().await;
    let mut visitor = Browser::open(&house).await;
    let page = visitor.get("/tracking").await.body;
    assert!(page.contains(r#"name="track_number""#) && !page.contains("Перейти к услуге"));
    let asked = visitor.get("/tracking?track_number=+ra+123456785+ru").await;
    assert_eq!((asked.status, asked.to.as_str()), (303, "/tracking/ra123456785ru"));
    assert!(visitor.get(&asked.to).await.body.contains("контрольная цифра сходится"));
    let wrong = visitor.get("/tracking?track_number=%D0%A0%D0%90%2F..%2F").await;
    assert_eq!(wrong.to, "/tracking/******");
    let told = visitor.get(&wrong.to).await;
    assert!(told.body.contains(r#"value="******""#) && told.body.contains("OTD-"));
    assert_eq!(visitor.get("/tracking?track_number=").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn help_says_where_to_write() {
    let house = House::open().await;
    let mut visitor = Browser::open(&house).await;
    for path in ["/help", "/help/errors/OTD-3107"] {
        assert!(visitor.get(path).await.body.contains("consent@example.ru"), "{path}");
    }
}
