//! Appeals, and whose application is a clerk's own: what the database decides, on both databases.

use crate::house::{DAY, House, MINUTE, NOON, answers, join, submission};
use crate::staff::member;
use domain::Field;
use domain::appeals::Stage;
use domain::clock::Timestamp;
use domain::staff::{Grant, Place, Role, Scope, StaffMember};
use server::jobs::purge::{Kept, pass};
use server::storage::appeals::{self, NewAppeal, Step};
use server::storage::applications::{Move, Submitted};
use server::storage::identities::Kind;
use server::storage::queue::{Filter, HoldFilter};
use server::storage::{Purpose, StorageError, applications, assignments, board, identities, ids, queue};

on_both!(
    a_refusal_is_appealed_once,
    one_of_many_moves_an_appeal,
    nobody_judges_their_own_refusal_whatever_the_program_says,
    grounds_and_answers_are_sealed,
    appeals_wait_within_reach_and_never_for_who_refused,
    a_term_is_replaced_once_and_only_while_it_runs,
    an_open_appeal_keeps_what_it_is_about,
    a_clerks_own_application_is_known_by_number_and_by_account,
);

const NOW: Timestamp = Timestamp(NOON);
const GROUNDS: &str = "Паспорт действует, прилагаю снимок.";

/// A refused application: its id, its account and the row of the refusal.
async fn refused(house: &House, at: &Place) -> (String, String, i64) {
    let anna = house.citizen(&format!("+7916{}", ids::digits(7))).await;
    let (id, key) = house.draft(&anna).await;
    let (number, given) = (ids::spoken(10), answers(&[(Field::LastName, "Константинопольская")]));
    let mut tx = house.db.write().await.unwrap();
    let mut new = submission(&id, &anna, &key, &number, &given);
    new.place = at;
    let submitted = applications::submit(&mut tx, &house.vault, &new).await.unwrap();
    let Submitted::Now { version, .. } = submitted else { panic!("not submitted") };
    let refusal = Move {
        id: &id,
        version,
        actor: "staff:anna",
        status: "rejected",
        stage: "document_check",
        reasons: &[],
        due_ms: None,
        registration_number: None,
        submit_key: None,
        now_ms: NOON + MINUTE,
    };
    let seq = applications::advance(&mut tx, &refusal).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    (id, anna, seq)
}

async fn filed(house: &House, (id, account, seq): &(String, String, i64), by: Option<&str>) -> bool {
    let mut tx = house.db.write().await.unwrap();
    let new = NewAppeal {
        id: &ids::inner_id(),
        application_id: id,
        account_id: account,
        refusal_seq: *seq,
        refused_by: by,
        grounds: GROUNDS,
        filed_ms: NOON + 2 * MINUTE,
        due_ms: NOON + 10 * DAY,
    };
    let filed = appeals::file(&mut tx, &house.vault, &new).await.unwrap();
    tx.commit().await.unwrap();
    filed
}

async fn moved(house: &House, appeal: &appeals::Appeal, to: Stage, clerk: &str) -> Result<Option<i64>, StorageError> {
    let mut tx = house.db.write().await.unwrap();
    let actor = format!("staff:{clerk}");
    let step = Step {
        to, actor: &actor, clerk: Some(clerk), answer: Some("Проверено заново."), now_ms: NOON + DAY
    };
    let version = appeals::advance(&mut tx, &house.vault, appeal, &step).await?;
    tx.commit().await?;
    Ok(version)
}

async fn newest(house: &House, id: &str) -> appeals::Appeal {
    let mut tx = house.db.read().await.unwrap();
    appeals::newest(&mut tx, &house.vault, id).await.unwrap().unwrap()
}

async fn a_refusal_is_appealed_once(house: &House) {
    let refused = refused(house, &Place::default()).await;
    let sent = join(10, |_| filed(house, &refused, None)).await;
    assert_eq!(sent.into_iter().filter(|s| *s).count(), 1);
    assert_eq!(house.number("SELECT COUNT(*) FROM appeal_moves").await, 1);
    // Another refusal of the same application is another matter.
    assert!(filed(house, &(refused.0.clone(), refused.1.clone(), refused.2 + 5), None).await);
    assert_eq!(newest(house, &refused.0).await.refusal_seq, refused.2 + 5);
    let mut tx = house.db.read().await.unwrap();
    let mine = appeals::list_owned(&mut tx, &house.vault, &newest(house, &refused.0).await.account_id).await.unwrap();
    assert_eq!(mine.len(), 2);
}

async fn one_of_many_moves_an_appeal(house: &House) {
    let refused = refused(house, &Place::default()).await;
    filed(house, &refused, None).await;
    let appeal = newest(house, &refused.0).await;
    let ends = [Stage::Upheld, Stage::Dismissed, Stage::Withdrawn];
    let moved = join(9, |n| moved(house, &appeal, ends[n % 3], "boris")).await;
    assert_eq!(moved.into_iter().filter(|m| matches!(m, Ok(Some(_)))).count(), 1);
    let end = newest(house, &refused.0).await;
    assert_eq!((end.version, end.stage.is_open()), (2, false));
    let mut tx = house.db.read().await.unwrap();
    let moves = appeals::moves(&mut tx, &end.id).await.unwrap();
    assert_eq!(moves.iter().map(|m| m.stage).collect::<Vec<_>>(), [Stage::Submitted, end.stage]);
    drop(tx);
    // What is over stays so.
    assert!(matches!(self::moved(house, &end, Stage::Taken, "vera").await, Ok(None)));
}

async fn nobody_judges_their_own_refusal_whatever_the_program_says(house: &House) {
    let refused = refused(house, &Place::default()).await;
    filed(house, &refused, Some("anna")).await;
    let appeal = newest(house, &refused.0).await;
    assert!(moved(house, &appeal, Stage::Taken, "anna").await.is_err(), "the database refuses it");
    assert!(matches!(moved(house, &appeal, Stage::Taken, "boris").await, Ok(Some(2))));
    let appeal = newest(house, &refused.0).await;
    assert!(moved(house, &appeal, Stage::Upheld, "anna").await.is_err());
    moved(house, &appeal, Stage::Upheld, "boris").await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    assert!(appeals::overruled(&mut tx, &refused.0, "anna").await.unwrap());
    assert!(!appeals::overruled(&mut tx, &refused.0, "boris").await.unwrap());
}

async fn grounds_and_answers_are_sealed(house: &House) {
    let refused = refused(house, &Place::default()).await;
    filed(house, &refused, None).await;
    let appeal = newest(house, &refused.0).await;
    moved(house, &appeal, Stage::Dismissed, "boris").await.unwrap();
    let appeal = newest(house, &refused.0).await;
    assert_eq!((appeal.grounds.as_str(), appeal.answer.as_deref()), (GROUNDS, Some("Проверено заново.")));
    assert!(!format!("{appeal:?}").contains("Паспорт"));
    let stored = house.everything_stored().await;
    for secret in ["прилагаю снимок", "Проверено заново"] {
        assert!(!stored.contains(secret), "{secret}");
    }
}

async fn appeals_wait_within_reach_and_never_for_who_refused(house: &House) {
    let place = |region: &str, office: &str| Place { region: Some(region.into()), office_index: Some(office.into()) };
    let near = refused(house, &place("54", "630099")).await;
    let far = refused(house, &place("77", "101000")).await;
    let (anna, boris) = (member(house, "anna").await, member(house, "boris").await);
    filed(house, &near, Some(&anna)).await;
    filed(house, &far, None).await;
    let listed = async |clerk: &str, scope: &str, hold| {
        let mut tx = house.db.read().await.unwrap();
        let filter = Filter { hold, ..Filter::default() };
        let scopes = [Scope::from_name(scope).unwrap()];
        let rows = queue::appeals(&mut tx, &scopes, &filter, clerk, 10, NOW).await.unwrap();
        rows.into_iter().map(|r| r.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(&anna, "everywhere", HoldFilter::Any).await, std::slice::from_ref(&far.0));
    assert_eq!(listed(&boris, "region:54", HoldFilter::Any).await, std::slice::from_ref(&near.0));
    assert_eq!(listed(&boris, "office:101000", HoldFilter::Any).await, std::slice::from_ref(&far.0));
    assert_eq!(listed(&boris, "everywhere", HoldFilter::Any).await.len(), 2);
    let grants = vec![Grant { role: Role::Reviewer, scope: Scope::Everywhere }];
    let working = StaffMember::recognised(anna.clone(), grants).working().unwrap();
    let mut tx = house.db.write().await.unwrap();
    assignments::take(&mut tx, &working, &far.0, NOW).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let open = HoldFilter::OpenTo(boris.clone());
    assert_eq!(listed(&boris, "everywhere", open).await, std::slice::from_ref(&near.0), "the other is held");
    assert_eq!(listed(&anna, "everywhere", HoldFilter::By(anna.clone())).await, std::slice::from_ref(&far.0));
    let appeal = newest(house, &near.0).await;
    moved(house, &appeal, Stage::Dismissed, &boris).await.unwrap();
    assert_eq!(listed(&boris, "everywhere", HoldFilter::Any).await, [far.0], "decided is decided");
}

async fn a_term_is_replaced_once_and_only_while_it_runs(house: &House) {
    let refused = refused(house, &Place::default()).await;
    filed(house, &refused, None).await;
    let appeal = newest(house, &refused.0).await;
    let later = appeal.due_ms + 3 * DAY;
    let extended = async |appeal: &appeals::Appeal| {
        let mut tx = house.db.write().await.unwrap();
        let done = appeals::extend(&mut tx, appeal, later).await.unwrap();
        tx.commit().await.unwrap();
        done
    };
    let twice = join(6, |_| extended(&appeal)).await;
    assert_eq!(twice.into_iter().filter(|d| *d).count(), 1, "a job that runs twice promises one date");
    let terms = async || appeals::terms(&mut house.db.read().await.unwrap()).await.unwrap();
    assert_eq!(terms().await, [(refused.0.clone(), later)]);
    let late = newest(house, &refused.0).await;
    assert_eq!((late.due_ms, late.promised_ms, late.term_ms()), (appeal.due_ms, Some(later), later));
    assert_eq!(late.version, appeal.version, "who is judging it is not disturbed");
    let board = async |now: i64| {
        let mut tx = house.db.read().await.unwrap();
        board::appeals(&mut tx, &Scope::Everywhere, Timestamp(now)).await.unwrap()
    };
    let of = |b: board::Appeals| (b.overdue, b.due, b.later, b.fresh, b.week, b.old);
    assert_eq!(of(board(NOON + DAY).await), (0, 0, 1, 1, 0, 0));
    assert_eq!(of(board(appeal.due_ms - DAY).await), (0, 1, 0, 0, 0, 1));
    assert_eq!(of(board(appeal.due_ms + 1).await), (1, 0, 0, 0, 0, 1), "late is late, whatever was promised since");
    assert_eq!(of(board(NOON + 5 * DAY).await), (0, 0, 1, 0, 1, 0));
    moved(house, &late, Stage::Dismissed, "boris").await.unwrap();
    assert!(!extended(&newest(house, &refused.0).await).await, "it is decided");
    assert!(terms().await.is_empty());
    assert_eq!(of(board(NOON + DAY).await), (0, 0, 0, 0, 0, 0));
}

async fn an_open_appeal_keeps_what_it_is_about(house: &House) {
    let refused = refused(house, &Place::default()).await;
    filed(house, &refused, None).await;
    let purged = async |days: i64| {
        let passed = pass(&house.db, &house.vault, &house.files, Timestamp(NOON + days * DAY)).await.unwrap();
        passed.rows.into_iter().find(|(kept, _)| *kept == Kept::Closed).unwrap().1
    };
    assert_eq!(purged(100).await, 0, "somebody has to decide about it");
    let appeal = newest(house, &refused.0).await;
    moved(house, &appeal, Stage::Dismissed, "boris").await.unwrap();
    assert_eq!(purged(29).await, 0, "29 days from the decision, not from the refusal");
    assert_eq!(purged(31).await, 1);
    assert_eq!(house.number("SELECT COUNT(*) FROM appeals").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM appeal_moves").await, 0);
}

async fn a_clerks_own_application_is_known_by_number_and_by_account(house: &House) {
    let phone = "+79161111111";
    let anna = house.citizen(phone).await;
    let (id, _) = house.application(&anna).await;
    let (organisation, second) = (house.application(&anna).await.0, house.application(&anna).await.0);
    let (clerk, other) = (member(house, "clerk").await, member(house, "other").await);
    let snils = house.vault.blind_index(Purpose::Snils, "11223344595");
    let mut tx = house.db.write().await.unwrap();
    identities::set(&mut tx, &id, &[(Kind::Snils, snils)]).await.unwrap();
    assert!(!identities::own(&mut tx, &id, &clerk).await.unwrap());
    identities::set_of_staff(&mut tx, &clerk, &[(Kind::Snils, snils)]).await.unwrap();
    assert!(identities::own(&mut tx, &id, &clerk).await.unwrap());
    assert!(!identities::own(&mut tx, &id, &other).await.unwrap());
    let index = house.vault.blind_index(Purpose::Phone, phone);
    identities::set_of_staff(&mut tx, &other, &[(Kind::Phone, index)]).await.unwrap();
    assert!(identities::own(&mut tx, &id, &other).await.unwrap(), "by the account's phone");
    // Filed for an organisation by who has this number: theirs, and no duplicate of another such.
    for one in [&organisation, &second] {
        identities::set(&mut tx, one, &[(Kind::FilerSnils, snils)]).await.unwrap();
        identities::register(&mut tx, one).await.unwrap();
        assert!(identities::own(&mut tx, one, &clerk).await.unwrap());
    }
    assert!(identities::others(&mut tx, &organisation).await.unwrap().is_empty());
    // Said anew, it counts anew.
    let elsewhere = house.vault.blind_index(Purpose::Phone, "+79169999999");
    identities::set_of_staff(&mut tx, &other, &[(Kind::Phone, elsewhere)]).await.unwrap();
    assert!(!identities::own(&mut tx, &id, &other).await.unwrap());
    assert_eq!(identities::staff_known(&mut tx).await.unwrap().len(), 2);
}
