//! A stranger, a visitor without a name, and staff without the power or out of place try every route there is, over
//! HTTP. The list of routes is the program's own: a new one without a row in `routes_table.rs` fails here.

use crate::house::{Citizen, House};
use crate::routes_found as found;
use crate::routes_table::{FORMS, FUNCTIONS, Foreign, MACHINES, Needs, PAGES, VERBS};
use crate::staff_entry::Clerk;
use app::desks::{ApplicationsDesk, DocumentsDesk};
use domain::Field;
use domain::applications::Review;
use domain::documents::Kind;
use domain::staff::{Power, Role};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use reqwest::{Client, Method, redirect::Policy};
use serde_json::Value;
use server::desks::Incoming;
use server::http::{router, serve::serve};
use std::collections::BTreeSet;
use tokio::net::TcpListener;

/// A name nobody else in the house has.
const SECRET: &str = "Вознесенская";
/// An id that is nobody's.
const ABSENT: &str = "zzzzzzzzzzzzzzzzzzzzzzzzzz";

/// The server on a port of its own.
pub struct Door {
    client: Client,
    address: String,
}

pub struct Answer {
    pub status: u16,
    pub body: String,
    pub location: String,
}

impl Door {
    pub async fn open(house: &House) -> Door {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, router(house.house.clone()), std::future::pending()));
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Door { client, address }
    }

    pub async fn send(&self, method: &str, path: &str, cookie: &str, kind: &str, body: String) -> Answer {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.address)).header("cookie", cookie);
        if !kind.is_empty() {
            request = request.header("content-type", kind).body(body);
        }
        let mut answer = request.send().await.unwrap();
        let (status, header) = (answer.status().as_u16(), answer.headers().clone());
        let text = |name: &str| header.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let mut body = Vec::new();
        // A stream of news has no end: its first piece is enough.
        let endless = text("content-type").starts_with("text/event-stream");
        while let Some(piece) = answer.chunk().await.unwrap() {
            body.extend_from_slice(&piece);
            if endless {
                break;
            }
        }
        Answer { status, body: String::from_utf8_lossy(&body).into_owned(), location: text("location") }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send("GET", path, cookie, "", String::new()).await
    }

    pub async fn call(&self, path: &str, cookie: &str, body: &Value) -> Answer {
        self.send("POST", path, cookie, "application/json", body.to_string()).await
    }

    pub async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        self.send("POST", path, cookie, "application/x-www-form-urlencoded", body.to_owned()).await
    }
}

/// All that belongs to Anna, and what of it must never be seen by others.
struct Anna<'h> {
    citizen: Citizen<'h>,
    /// Application, draft, document, upload, receipt.
    ids: Vec<String>,
    document: String,
    number: String,
}

impl Anna<'_> {
    async fn of(house: &House) -> Anna<'_> {
        let citizen = house.citizen("+79137654321").await;
        let application = citizen.apply(&[(Field::LastName, SECRET)]).await;
        house.work().await;
        let card = citizen.visit().await.card(application.clone()).await.unwrap();
        let visit = citizen.visit().await;
        let draft = visit.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
        let mut photo = Vec::new();
        JpegEncoder::new(&mut photo).write_image(&[7; 64], 8, 8, ExtendedColorType::L8).unwrap();
        let paper = Incoming { kind: Kind::Other, name: format!("{SECRET}.jpg"), content: photo };
        visit.take_document(&draft, paper, false).await.unwrap();
        let document = visit.documents(draft.clone()).await.unwrap().rows.remove(0).id;
        let upload =
            visit.begin_upload(draft.clone(), Kind::Other, format!("{SECRET}.pdf"), 9, String::new()).await.unwrap().id;
        visit.add_part(&upload, 0, b"%PDF-").await.unwrap();
        let ids = vec![application, draft, document.clone(), upload, card.receipt.unwrap()];
        Anna { citizen, ids, document, number: card.number }
    }

    /// All of it as its owner sees it.
    async fn state(&self) -> String {
        let visit = self.citizen.visit().await;
        let card = visit.card(self.ids[0].clone()).await.unwrap();
        let draft = visit.edit(self.ids[1].clone()).await.unwrap();
        let upload = visit.upload_progress(self.ids[3].clone()).await.unwrap();
        let journal = self.citizen.journal().await;
        let reads = journal.iter().filter(|row| row.act == "application_read").count();
        serde_json::json!([card, draft, upload, visit.documents(self.ids[1].clone()).await.unwrap(), reads]).to_string()
    }

    /// Nothing of hers is in an answer to another, and the server has not failed.
    fn unseen(&self, wrong: &mut Wrong, what: &str, answer: &Answer) {
        for secret in [SECRET, &self.number] {
            wrong.unless(!answer.body.contains(secret), || format!("{what} shows {secret}"));
        }
        wrong.unless(answer.status < 500, || format!("{what}: {}", answer.status));
    }
}

/// All that is not as the table says, told together.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn unless(&mut self, right: bool, what: impl FnOnce() -> String) {
        if !right {
            self.0.push(what());
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{} wrong:\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn compare(what: &str, there: BTreeSet<String>, rows: impl Iterator<Item = &'static str>) {
    let rows: BTreeSet<String> = rows.map(str::to_owned).collect();
    let forgotten: Vec<_> = there.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&there).collect();
    assert!(forgotten.is_empty() && gone.is_empty(), "{what}: without a row {forgotten:?}; no longer there {gone:?}");
}

#[test]
fn every_route_has_its_row() {
    compare("functions", found::functions("/api/"), FUNCTIONS.iter().map(|f| f.name));
    compare("forms", found::forms(), FORMS.iter().map(|f| f.arm));
    compare("pages", found::pages(), PAGES.iter().map(|p| p.0));
    compare("routes", found::routes(), MACHINES.iter().map(|m| m.route));
    compare("verbs", found::functions("/staff/api/"), VERBS.iter().map(|v| v.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_session_nothing_of_anybody_opens() {
    let house = House::with(Review::Always).await;
    let anna = Anna::of(&house).await;
    let door = Door::open(&house).await;
    let (before, mut wrong) = (anna.state().await, Wrong::default());
    // The cookie of the staff is nothing to the citizens' pages.
    let clerk = Clerk::here(&house, "clerk", Role::Reviewer, "everywhere").await;
    for cookie in [String::new(), clerk.cookie()] {
        for id in &anna.ids {
            for f in FUNCTIONS {
                let what = format!("{} by nobody", f.name);
                let answer = door.call(&format!("/api/{}", f.name), &cookie, &(f.body)(id)).await;
                anna.unseen(&mut wrong, &what, &answer);
                wrong.unless([f.anonymous, 429].contains(&answer.status), || format!("{what}: {}", answer.status));
            }
            for f in FORMS {
                let path = (f.path)(id, &anna.document);
                let answer = door.post(&path, &cookie, f.body).await;
                anna.unseen(&mut wrong, &path, &answer);
                wrong.unless([f.anonymous, 429].contains(&answer.status), || {
                    format!("{path} by nobody: {}", answer.status)
                });
                if f.foreign == Foreign::Absent {
                    wrong
                        .unless(answer.location.starts_with("/login?next="), || format!("{path}: {}", answer.location));
                }
            }
            for (pattern, status, foreign) in PAGES {
                let path = page(pattern, id);
                let answer = door.get(&path, &cookie).await;
                anna.unseen(&mut wrong, &path, &answer);
                wrong.unless(answer.status == *status, || format!("{path} by nobody: {}", answer.status));
                if *foreign == Foreign::Absent {
                    wrong
                        .unless(answer.location.starts_with("/login?next="), || format!("{path}: {}", answer.location));
                }
            }
        }
    }
    for id in &anna.ids {
        for m in MACHINES {
            let path = (m.path)(id);
            let answer = door.send(m.method, &path, "", "multipart/form-data; boundary=x", "--x--\r\n".into()).await;
            anna.unseen(&mut wrong, &path, &answer);
            wrong.unless(answer.status == m.anonymous, || format!("{} {path} by nobody: {}", m.method, answer.status));
        }
    }
    wrong.none();
    assert_eq!(anna.state().await, before);
}

/// A path of the pattern: `:id` is somebody's, a step is the first, anything else is what it may be.
fn page(pattern: &str, id: &str) -> String {
    let of =
        [(":id", id), (":step", "applicant"), (":index", "630099"), (":receipt", "2026-3333-3333"), (":token", "A")];
    of.iter().fold(pattern.to_owned(), |path, (name, value)| path.replace(name, value))
}

#[tokio::test(flavor = "multi_thread")]
async fn to_a_stranger_anothers_object_is_not_there() {
    let house = House::with(Review::Always).await;
    let anna = Anna::of(&house).await;
    let boris = house.citizen("+79137654322").await;
    let draft = boris.visit().await.create(None).await.unwrap().to.split('/').nth(2).unwrap().to_owned();
    let door = Door::open(&house).await;
    let (before, mut wrong) = (anna.state().await, Wrong::default());
    let cookie = boris.cookie();
    boris.visit().await;
    // Every object of hers, of whichever kind, and her document in an application of one's own.
    let tried: Vec<(&str, &str)> = anna
        .ids
        .iter()
        .map(|id| (id.as_str(), anna.document.as_str()))
        .chain([(draft.as_str(), &*anna.document)])
        .collect();
    for (id, other) in tried {
        // In one's own application it is only the document that is hers.
        let functions = if id == draft { &[] } else { FUNCTIONS };
        for f in functions {
            let (path, what) = (format!("/api/{}", f.name), format!("{} {id}", f.name));
            let answer = door.call(&path, &cookie, &(f.body)(id)).await;
            anna.unseen(&mut wrong, &what, &answer);
            let absent = door.call(&path, &cookie, &(f.body)(ABSENT)).await;
            let expected = match f.foreign {
                Foreign::Absent => 404,
                Foreign::Quiet => 200,
                Foreign::None => continue,
            };
            let right = (answer.status, &answer.body) == (expected, &absent.body);
            wrong.unless(right, || format!("{what}: {} {}", answer.status, answer.body));
        }
        for f in FORMS.iter().filter(|f| f.foreign != Foreign::None) {
            if id == draft && !f.arm.contains("documents") {
                continue;
            }
            let path = (f.path)(id, other);
            let answer = door.post(&path, &cookie, f.body).await;
            anna.unseen(&mut wrong, &path, &answer);
            wrong.unless(answer.status == 404, || format!("{path}: {}", answer.status));
        }
        for (pattern, _, foreign) in PAGES.iter().filter(|_| id != draft) {
            let path = page(pattern, id);
            let answer = door.get(&path, &cookie).await;
            anna.unseen(&mut wrong, &path, &answer);
            let right = *foreign == Foreign::None || answer.status == 404;
            wrong.unless(right, || format!("{path}: {}", answer.status));
        }
        for m in MACHINES.iter().filter(|_| id != draft) {
            let path = (m.path)(id);
            let answer = door.send(m.method, &path, &cookie, "multipart/form-data; boundary=x", UPLOAD.into()).await;
            anna.unseen(&mut wrong, &path, &answer);
            let right = m.foreign == Foreign::None || answer.status == 404;
            wrong.unless(right, || format!("{} {path}: {}", m.method, answer.status));
        }
    }
    wrong.none();
    assert_eq!(anna.state().await, before, "and nothing of hers has changed");
}

/// A form with one file.
const UPLOAD: &str = "--x\r\ncontent-disposition: form-data; name=\"document_kind\"\r\n\r\nother\r\n\
    --x\r\ncontent-disposition: form-data; name=\"document\"; filename=\"a.jpg\"\r\n\r\nabc\r\n--x--\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_staffs_doors_open_to_the_power_and_the_place_they_need() {
    let house = House::with(Review::Always).await;
    let anna = Anna::of(&house).await;
    let door = Door::open(&house).await;
    let (before, mut wrong) = (anna.state().await, Wrong::default());
    let file = &anna.ids[0];
    anna.citizen.visit().await;
    // A citizen is nobody here.
    for cookie in
        [String::new(), anna.citizen.cookie(), anna.citizen.cookie().replace("__Host-session", "__Secure-staff")]
    {
        for (verb, needs, body) in VERBS {
            let answer = door.call(&format!("/staff/api/{verb}"), &cookie, &body(file)).await;
            let expected = if let Needs::Entry(status, _) = needs { *status } else { 401 };
            wrong.unless(answer.status == expected, || format!("{verb} by nobody: {}", answer.status));
        }
        for path in found::staff_pages() {
            let status = door.get(&path.replace(":id", file), &cookie).await.status;
            wrong.unless(status == 401, || format!("{path} by nobody: {status}"));
        }
    }
    for role in Role::ALL {
        // Anna's file lies in region 54.
        let clerk = Clerk::here(&house, role.name(), *role, "region:77").await;
        let cookie = clerk.cookie();
        for (path, power) in app::staff::pages() {
            let expected = if power.is_none_or(|p| role.may(p)) { 200 } else { 403 };
            let status = door.get(&path.replace(":id", file), &cookie).await.status;
            wrong.unless(status == expected, || format!("{path} by {role:?}: {status}"));
        }
        assert_eq!(door.get("/staff/nowhere", &cookie).await.status, 404);
        for (verb, needs, body) in VERBS {
            let answer = door.call(&format!("/staff/api/{verb}"), &cookie, &body(file)).await;
            let what = format!("{verb} by {role:?}: {} {}", answer.status, answer.body);
            anna.unseen(&mut wrong, &what, &answer);
            let may = |power: &Power| role.may(*power);
            let right = match needs {
                Needs::Entry(_, status) => answer.status == *status,
                Needs::Anybody => answer.status == 200,
                Needs::Of(power) if may(power) => ![401, 403].contains(&answer.status),
                Needs::At(power) if may(power) => {
                    // Out of reach is as if it were not there.
                    let absent = door.call(&format!("/staff/api/{verb}"), &cookie, &body(ABSENT)).await;
                    answer.status == 404 && answer.body == absent.body
                }
                Needs::Of(_) | Needs::At(_) => answer.status == 403,
            };
            wrong.unless(right, || what);
        }
    }
    wrong.none();
    assert_eq!(anna.state().await, before);
}
