//! What auditors take with them, over HTTP.

use crate::house::{House, answers};
use crate::routes::Door;
use crate::staff_entry::Clerk;
use app::desks::ApplicationsDesk;
use app::staff::desk::{FilesDesk, HouseDesk};
use domain::applications::Review;
use domain::staff::{Act, Role};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_takes_numbers_and_nobodys_data_and_it_is_noted() {
    let house = House::with(Review::Always).await;
    let citizen = house.citizen("+79137654321").await;
    let id = citizen.apply(&[]).await;
    house.work().await;
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    let file = clerk.visit().await.take(id.clone()).await.unwrap();
    clerk.visit().await.act(id.clone(), file.version, Act::Approve).await.unwrap();
    let number = citizen.visit().await.card(id).await.unwrap().number;
    let door = Door::open(&house).await;
    let auditor = Clerk::here(&house, "auditor", Role::Auditor, "everywhere").await;
    let cookie = auditor.cookie();

    let csv = door.get("/staff/export/applications.csv?from=2026-11-22&to=2026-11-22", &cookie).await;
    let lines: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "number;mailbox;region;office;status;stage;submitted;due;referred");
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].starts_with(&format!("{number};electronic;54;630099;approved;issue;2026-11-22T09:00:00Z;")),
        "{}",
        lines[1]
    );
    let json: Value = serde_json::from_str(&door.get("/staff/export/acts.json", &cookie).await.body).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(
        (json[0]["number"].as_str(), json[0]["act"].as_str(), json[0]["login"].as_str()),
        (Some(&*number), Some("approve"), Some("clerk"))
    );
    let staff: Value = serde_json::from_str(&door.get("/staff/export/staff.json", &cookie).await.body).unwrap();
    let acts: Vec<_> = staff.as_array().unwrap().iter().map(|r| r["act"].as_str().unwrap().to_owned()).collect();
    assert_eq!(acts.iter().filter(|a| *a == "staff_export").count(), 3, "each export, this one too, is noted first");
    assert!(acts.contains(&"application_read".to_owned()));
    let none: Value =
        serde_json::from_str(&door.get("/staff/export/applications.json?to=2026-01-01", &cookie).await.body).unwrap();
    assert_eq!(none.as_array().map(Vec::len), Some(0));
    for file in ["applications", "acts", "staff"] {
        for ending in ["csv", "json"] {
            let answer = door.get(&format!("/staff/export/{file}.{ending}"), &cookie).await;
            assert_eq!(answer.status, 200);
            for (_, value) in
                answers().iter().filter(|(_, v)| v.chars().count() > 3 && *v != "630099" && *v != "electronic")
            {
                assert!(!answer.body.contains(value), "{file}.{ending} holds {value}");
            }
        }
    }
    for (path, status) in [
        ("/staff/export/people.csv", 404),
        ("/staff/export/acts.xls", 404),
        ("/staff/export/acts", 404),
        ("/staff/export/acts.csv?from=yesterday", 400),
    ] {
        assert_eq!(door.get(path, &cookie).await.status, status, "{path}");
    }
    assert_eq!(door.get("/staff/export/acts.csv", &clerk.cookie()).await.status, 403);
    assert_eq!(auditor.visit().await.audit("auditor".into()).await.unwrap().len(), 10);

    // One region's auditor takes that region.
    let far = Clerk::here(&house, "far", Role::Auditor, "region:77").await;
    for file in ["applications", "acts"] {
        let far: Value =
            serde_json::from_str(&door.get(&format!("/staff/export/{file}.json"), &far.cookie()).await.body).unwrap();
        assert_eq!(far.as_array().map(Vec::len), Some(0), "{file}");
    }
    // Of the staff it is what they did, without what they did it to elsewhere.
    let staff = door.get("/staff/export/staff.json", &far.cookie()).await.body;
    assert!(staff.contains("application_read") && !staff.contains(&*number), "{staff}");
    let audited = far.visit().await.audit("clerk".into()).await.unwrap();
    assert!(audited.iter().any(|r| r.act == "application_read") && audited.iter().all(|r| r.object != *number));
    let near = Clerk::here(&house, "near", Role::Auditor, "office:630099").await;
    assert!(near.visit().await.audit("clerk".into()).await.unwrap().iter().any(|r| r.object == *number));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_export_comes_whole() {
    let house = House::open().await;
    let mut tx = house.house.db.write().await.unwrap();
    for n in 0..2_345 {
        let detail = format!("={n}");
        let row = server::storage::journal::NewEntry {
            account_id: None,
            // Many at one moment: the page ends among them.
            at_ms: crate::house::NOON - 1_000 * (n % 3),
            actor: "staff:nobody",
            act: "staff_search",
            object: "",
            detail: &detail,
        };
        server::storage::journal::append(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let door = Door::open(&house).await;
    let auditor = Clerk::here(&house, "auditor", Role::Auditor, "everywhere").await;
    let csv = door.get("/staff/export/staff.csv", &auditor.cookie()).await.body;
    let details: std::collections::BTreeSet<&str> =
        csv.lines().filter(|l| l.contains(";staff_search;")).filter_map(|l| l.rsplit(';').next()).collect();
    assert_eq!(details.len(), 2_345);
    assert!(details.iter().all(|d| d.starts_with("'=")), "no formula reaches a spreadsheet");
    let json: Value =
        serde_json::from_str(&door.get("/staff/export/staff.json", &auditor.cookie()).await.body).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2_345 + 2);
}
