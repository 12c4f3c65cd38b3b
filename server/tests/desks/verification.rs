//! Somebody without phone, e-mail and codes gets back in by documents; a stranger does not, and learns nothing.

use crate::house::{Citizen, House, MINUTE, code, code_to, typed};
use crate::staff_entry::Clerk;
use app::desks::ContentDesk;
use app::error::Refusal;
use app::staff::desk::IdentitiesDesk;
use app::text::Lang;
use axum::http::{HeaderMap, Request, header};
use domain::accounts::verification::Scan;
use domain::staff::Role;
use domain::{Code, Field};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use server::desks::Sent;
use server::http::Visit;
use server::storage::{Purpose, accounts, factors, journal};

const PHONE: &str = "+79137654321";
const NEW: &str = "+79135550101";

fn photo() -> Vec<u8> {
    let mut photo = Vec::new();
    JpegEncoder::new(&mut photo).write_image(&[7; 64], 8, 8, ExtendedColorType::L8).unwrap();
    photo
}

fn scans() -> Vec<Sent> {
    Scan::ALL.iter().map(|kind| Sent { kind: *kind, name: "scan.jpg".into(), content: photo() }).collect()
}

/// A browser that is not signed in: it keeps its cookies.
pub struct Browser<'h> {
    house: &'h House,
    pub cookies: Vec<(String, String)>,
}

impl<'h> Browser<'h> {
    pub fn new(house: &'h House) -> Browser<'h> {
        Browser { house, cookies: Vec::new() }
    }

    pub async fn visit(&self) -> Visit {
        let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = Request::builder().uri("/").header("cookie", jar.join("; "));
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Visit::open(&self.house.house, &parts).await
    }

    /// Takes over what an answer sets.
    pub fn keep(&mut self, visit: &Visit) {
        let mut set = HeaderMap::new();
        visit.dress(&mut set);
        for line in set.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(n, _)| n != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    pub async fn ask(&mut self, login: &str) -> Result<String, Refusal> {
        let visit = self.visit().await;
        let next = visit.ask_verification(typed(&[(Field::Login, login)]), scans()).await?;
        self.keep(&visit);
        Ok(next.to)
    }

    /// Recovery up to its last page: the code to that phone or e-mail was right.
    pub async fn recover(&mut self, login: &str) {
        let visit = self.visit().await;
        visit.recover(typed(&[(Field::Login, login)])).await.unwrap();
        self.keep(&visit);
        let visit = self.visit().await;
        visit.recover_code(typed(&[(Field::Code, &code_to(self.house, login).await)])).await.unwrap();
        self.keep(&visit);
    }

    /// The page as its reader sees it.
    async fn page(&self) -> String {
        let mut visit = self.visit().await;
        visit.lang = Lang::Ru;
        serde_json::to_string(&visit.page("/recover/identity".into()).await.unwrap()).unwrap()
    }
}

/// Somebody asks for the identity of an account to be verified.
pub async fn request(house: &House) {
    Browser::new(house).ask(PHONE).await.unwrap();
}

/// Support takes the request whose answer is due first and confirms it.
pub async fn confirm(support: &Clerk<'_>) {
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    support.visit().await.take_identity(id.clone()).await.unwrap();
    support.visit().await.decide_identity(id, None, String::new()).await.unwrap();
}

/// Whoever was confirmed sets this password, and perhaps a phone: where they are led.
pub async fn renew(browser: &mut Browser<'_>, password: &str, phone: &str) -> String {
    let visit = browser.visit().await;
    visit.enter_verified().await.unwrap();
    browser.keep(&visit);
    let visit = browser.visit().await;
    let chosen = typed(&[(Field::Password, password), (Field::PasswordAgain, password), (Field::NewPhone, phone)]);
    let next = visit.recover_password(chosen).await.unwrap();
    browser.keep(&visit);
    next.to
}

/// The newest messages: to whom, and what.
pub async fn messages(house: &House) -> Vec<(String, String)> {
    house.messages().await.into_iter().map(|m| (m.to, m.text)).collect()
}

/// The token of the link to that path in a message.
pub fn token(text: &str, path: &str) -> String {
    text.split(path).nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// The token of the newest letter that asks this address to prove itself.
pub async fn new_email(house: &House, email: &str) -> String {
    let text = messages(house).await.into_iter().find(|(to, _)| to == email).unwrap().1;
    token(&text, "/new-email/")
}

/// What «Это не я» of the message about `what` leads to.
pub async fn link(house: &House, what: &str) -> String {
    let text = messages(house).await.into_iter().find(|(_, text)| text.contains(what)).unwrap().1;
    token(&text, "/not-me/")
}

/// With an authenticator app that was lost.
async fn with_app(house: &House, citizen: &Citizen<'_>) -> String {
    let account = citizen.visit().await.citizen.unwrap().account_id;
    let (db, vault) = (&house.house.db, &house.house.vault);
    let mut tx = db.write().await.unwrap();
    assert!(factors::begin(&mut tx, vault, &account, "app", b"lost", house.house.now().0).await.unwrap());
    assert!(factors::confirm(&mut tx, vault, &account, "app", "Старый", 1, house.house.now().0).await.unwrap());
    tx.commit().await.unwrap();
    account
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_everything_gets_back_in_by_documents() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let account = with_app(&house, &citizen).await;
    let mut browser = Browser::new(&house);
    assert_eq!(browser.ask("8 913 765-43-21").await.unwrap(), "/recover/identity");
    assert!(browser.page().await.contains("Запрос проверяет поддержка"));
    assert!(citizen.visit().await.citizen.is_some(), "asking alone changes nothing");
    assert_eq!(code(browser.visit().await.enter_verified().await), Some(Code::VerificationGone));

    let support = Clerk::here(&house, "support", Role::Support, "region:77").await;
    let rows = support.visit().await.identities().await.unwrap();
    assert_eq!((rows.len(), rows[0].due_at.0 - rows[0].asked_at.0), (1, 10 * MINUTE));
    let id = rows[0].id.clone();
    let early = support.visit().await.decide_identity(id.clone(), None, String::new()).await;
    assert_eq!(code(early), Some(Code::NotTaken), "nobody decides what they have not opened");
    let file = support.visit().await.take_identity(id.clone()).await.unwrap();
    assert_eq!((file.held.get(Field::LastName), file.scans.len()), ("Кузьмина", 2));
    let other = Clerk::here(&house, "other", Role::Support, "everywhere").await;
    assert_eq!(code(other.visit().await.take_identity(id.clone()).await), Some(Code::HeldByAnother));
    assert_eq!(code(other.visit().await.identity_scan(&file.scans[0].id).await), Some(Code::NotTaken));
    assert_eq!(support.visit().await.identity_scan(&file.scans[0].id).await.unwrap().media_type, "image/jpeg");
    let reviewer = Clerk::here(&house, "reviewer", Role::Reviewer, "everywhere").await;
    assert_eq!(code(reviewer.visit().await.identities().await), Some(Code::NoPower));
    support.visit().await.decide_identity(id.clone(), None, String::new()).await.unwrap();
    let twice = support.visit().await.decide_identity(id, Some(Code::IdentityDiffers), String::new()).await;
    assert_eq!(code(twice), Some(Code::VerificationDecided));

    assert!(browser.page().await.contains("Личность подтверждена"));
    // The confirmation is this browser's alone.
    assert_eq!(code(Browser::new(&house).visit().await.enter_verified().await), Some(Code::VerificationGone));
    let visit = browser.visit().await;
    assert_eq!(visit.enter_verified().await.unwrap().to, "/recover/password");
    browser.keep(&visit);
    let stale = Browser { house: &house, cookies: browser.cookies.clone() };
    let chosen = [
        (Field::Password, "Совсем-новый-7-тополь!"),
        (Field::PasswordAgain, "Совсем-новый-7-тополь!"),
        (Field::LostFactors, "yes"),
        (Field::NewPhone, NEW),
    ];
    let visit = browser.visit().await;
    assert_eq!(visit.recover_password(typed(&chosen)).await.unwrap().to, "/recover/identity/phone");
    browser.keep(&visit);
    assert_eq!(code(stale.visit().await.recover_password(typed(&chosen)).await), Some(Code::NoSession), "once");
    assert_eq!(code(browser.visit().await.enter_verified().await), Some(Code::VerificationGone), "used up");
    assert!(citizen.visit().await.citizen.is_none(), "all sessions have ended");
    let wrong = browser.visit().await.verified_phone(typed(&[(Field::Code, "000000")])).await;
    assert_eq!(code(wrong), Some(Code::CodeWrong));
    let right = code_to(&house, NEW).await;
    browser.visit().await.verified_phone(typed(&[(Field::Code, &right)])).await.unwrap();

    let (db, vault) = (&house.house.db, &house.house.vault);
    let mut tx = db.read().await.unwrap();
    let by_new = accounts::credentials(&mut tx, &vault.blind_index(Purpose::Phone, NEW)).await.unwrap();
    assert_eq!(by_new.map(|c| c.id), Some(account.clone()));
    assert!(accounts::credentials(&mut tx, &vault.blind_index(Purpose::Phone, PHONE)).await.unwrap().is_none());
    assert_eq!(factors::count(&mut tx, &account).await.unwrap(), 0);
    let acts: Vec<String> =
        journal::list_owned(&mut tx, &account, 50).await.unwrap().into_iter().map(|r| r.act).collect();
    drop(tx);
    for act in [
        "identity_asked",
        "identity_read",
        "identity_scan_opened",
        "identity_confirmed",
        "factors_reset",
        "phone_changed",
    ] {
        assert!(acts.iter().any(|a| a == act), "{act} is not in the journal: {acts:?}");
    }
    // The phone there was is told of each step, and takes all of it back.
    for what in ["запрошено восстановление", "доступ восстановлен", "изменён телефон"]
    {
        assert!(messages(&house).await.iter().any(|(to, text)| to == PHONE && text.contains(what)), "{what}");
    }
    // One letter is enough, the first one too: somebody has got in by what it told of.
    let token = link(&house, "запрошено восстановление").await;
    assert!(Browser::new(&house).visit().await.not_me(&token).await.unwrap().to.ends_with("/done"));
    let mut tx = db.read().await.unwrap();
    let back = accounts::credentials(&mut tx, &vault.blind_index(Purpose::Phone, PHONE)).await.unwrap().unwrap();
    assert_eq!((back.id.as_str(), back.blocked_ms.is_some()), (account.as_str(), true), "frozen, and hers again");
    assert_eq!(factors::count(&mut tx, &account).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_stops_a_request_and_stays_signed_in() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let mut thief = Browser::new(&house);
    thief.ask(PHONE).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    support.visit().await.take_identity(id.clone()).await.unwrap();
    support.visit().await.decide_identity(id, None, String::new()).await.unwrap();
    let token = link(&house, "запрошено восстановление").await;
    assert!(Browser::new(&house).visit().await.not_me(&token).await.unwrap().to.ends_with("/stopped"));
    assert_eq!(code(thief.visit().await.enter_verified().await), Some(Code::VerificationGone));
    assert!(thief.page().await.contains("Запрос отменён"));
    assert!(citizen.visit().await.citizen.is_some(), "nobody had got in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_nobody_looks_alike_and_opens_nothing() {
    let house = House::open().await;
    house.citizen(PHONE).await;
    let (mut known, mut unknown) = (Browser::new(&house), Browser::new(&house));
    let answers = (known.ask(PHONE).await.unwrap(), unknown.ask("+79130000000").await.unwrap());
    assert_eq!(answers.0, answers.1);
    let names = |b: &Browser<'_>| b.cookies.iter().map(|(n, v)| (n.clone(), v.len())).collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
    // But for its number the page is the same.
    let plain = |text: String| -> String {
        let from = text.find("Номер обращения").unwrap() + "Номер обращения\",\"".len();
        format!("{}{}", &text[..from], &text[from + 8..])
    };
    assert_eq!(plain(known.page().await), plain(unknown.page().await));
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    for row in support.visit().await.identities().await.unwrap() {
        let file = support.visit().await.take_identity(row.id.clone()).await.unwrap();
        if !file.account {
            assert!(file.scans.is_empty(), "a stranger's passport is nobody's to look at");
            let confirmed = support.visit().await.decide_identity(row.id.clone(), None, String::new()).await;
            assert_eq!(code(confirmed), Some(Code::NotTaken));
        }
        let reason = Some(Code::IdentityDiffers);
        support.visit().await.decide_identity(row.id, reason, "Проверьте номер".into()).await.unwrap();
    }
    let page = known.page().await;
    assert!(page.contains("Проверьте номер") && page.contains("отделение") && page.contains("objection-form"));
    assert_eq!(plain(page), plain(unknown.page().await));
    assert_eq!(house.told("alarm").await, 2, "only the owner of an account is told, by SMS and letter");

    // REC-4: an answer under the same number, for somebody else.
    let words = typed(&[(Field::Grounds, "Паспорт менялся в мае, старый номер на последней странице.")]);
    known.visit().await.object_to_refusal(words.clone()).await.unwrap();
    assert_eq!(code(known.visit().await.object_to_refusal(words).await), Some(Code::VerificationGone));
    let row = support.visit().await.identities().await.unwrap().remove(0);
    assert!(row.again);
    assert_eq!(code(support.visit().await.take_identity(row.id.clone()).await), Some(Code::OwnRefusal));
    let other = Clerk::here(&house, "other", Role::Support, "everywhere").await;
    assert!(other.visit().await.take_identity(row.id).await.unwrap().objection.contains("менялся в мае"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_document_is_named_beside_its_control_and_tries_are_counted() {
    let house = House::open().await;
    let stranger = Browser::new(&house);
    let ask = async |scans| stranger.visit().await.ask_verification(typed(&[(Field::Login, PHONE)]), scans).await;
    let none = ask(Vec::new()).await.err().unwrap();
    assert_eq!(none.fields.0.iter().map(|e| e.field).collect::<Vec<_>>(), [Field::PassportScan, Field::InnScan]);
    let mut odd = scans();
    odd[1].content = b"MZ this is a program".to_vec();
    let refused = ask(odd).await.err().unwrap();
    assert_eq!(refused.fields.0[0].field, Field::InnScan);
    for _ in 0..2 {
        ask(scans()).await.unwrap();
    }
    assert_eq!(code(ask(scans()).await), Some(Code::TooManyRequests), "three an hour for one name");
    for _ in 0..12 {
        stranger.visit().await.may_verify().await.unwrap();
    }
    assert_eq!(code(stranger.visit().await.may_verify().await), Some(Code::TooManyRequests));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_is_worth_an_hour() {
    let house = House::open().await;
    house.citizen(PHONE).await;
    let mut browser = Browser::new(&house);
    browser.ask(PHONE).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    support.visit().await.take_identity(id.clone()).await.unwrap();
    support.visit().await.decide_identity(id, None, String::new()).await.unwrap();
    house.at(60 * MINUTE).await;
    assert_eq!(code(browser.visit().await.enter_verified().await), Some(Code::VerificationGone));
    assert!(browser.page().await.contains("Час прошёл"));
    house.at(24 * 60 * MINUTE).await;
    assert!(browser.page().await.contains("identity-form"), "a day later the browser follows nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_alone_confirms_nobody() {
    let house = House::open().await;
    let citizen = house.citizen(PHONE).await;
    let fields = [Field::PassportSeries, Field::PassportNumber];
    citizen.rewrite(|profile| fields.into_iter().for_each(|field| profile.set(field, ""))).await;
    let mut namesake = Browser::new(&house);
    namesake.ask(PHONE).await.unwrap();
    let support = Clerk::here(&house, "support", Role::Support, "everywhere").await;
    let id = support.visit().await.identities().await.unwrap().remove(0).id;
    let file = support.visit().await.take_identity(id.clone()).await.unwrap();
    assert!(file.account && !file.comparable, "no button for it");
    let confirmed = support.visit().await.decide_identity(id.clone(), None, String::new()).await;
    assert_eq!(code(confirmed), Some(Code::IdentityNothingHeld));
    support.visit().await.decide_identity(id, Some(Code::IdentityDiffers), String::new()).await.unwrap();
    assert_eq!(code(namesake.visit().await.enter_verified().await), Some(Code::VerificationGone));
}
