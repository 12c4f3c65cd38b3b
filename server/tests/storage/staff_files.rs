//! Files in the hands of staff: the queue, holds, opening with a row in the journal, acts, search, counts.

use crate::house::{DAY, House, MINUTE, NOON, answers, join, submission};
use crate::staff::member;
use domain::clock::Timestamp;
use domain::staff::{
    Act, Ask, Document, Grant, Holding, Place, Purpose, Reading, Role, Scope, StaffMember, Working, last_name_key,
};
use domain::{Code, Field};
use server::storage::applications::Submitted;
use server::storage::identities::Kind;
use server::storage::queue::{Filter, HoldFilter};
use server::storage::{
    Purpose as Index, Tx, acts, applications, assignments, board, cases, identities, ids, journal, queue,
};

on_both!(
    one_file_has_one_holder,
    a_hold_ends_by_itself_and_can_be_handed_over,
    the_queue_reaches_as_far_as_the_rights,
    no_row_in_the_journal_no_data,
    an_act_keeps_its_words_sealed,
    a_file_is_found_by_name_and_number_within_reach,
    the_board_counts_what_waits_and_who_works,
    a_name_makes_nobody_a_duplicate,
);

const NOW: Timestamp = Timestamp(NOON);

fn reviewer(id: &str, scope: &str) -> StaffMember {
    let scope = Scope::from_name(scope).unwrap();
    StaffMember::recognised(id.to_owned(), vec![Grant { role: Role::Reviewer, scope }])
}

fn working(id: &str, scope: &str) -> Working {
    reviewer(id, scope).working().unwrap()
}

fn reading(id: &str, scope: &str) -> Reading {
    reviewer(id, scope).reading().unwrap()
}

fn place(region: &str, office: &str) -> Place {
    Place { region: Some(region.into()), office_index: Some(office.into()) }
}

/// A file that waits for a clerk, due after so many hours: application and account.
async fn waiting(house: &House, at: &Place, hours: i64) -> (String, String) {
    let anna = house.citizen(&format!("+7916{}", ids::digits(7))).await;
    let (id, key) = house.draft(&anna).await;
    let (number, given) = (ids::spoken(10), answers(&[(Field::LastName, "Константинопольская")]));
    let mut tx = house.db.write().await.unwrap();
    let mut new = submission(&id, &anna, &key, &number, &given);
    new.place = at;
    new.due_ms = Some(NOON + hours * 60 * MINUTE);
    let submitted = applications::submit(&mut tx, &house.vault, &new).await.unwrap();
    let Submitted::Now { version, .. } = submitted else { panic!("not submitted") };
    assert!(!applications::refer(&mut tx, &id, version + 1, NOON).await.unwrap(), "of another version");
    assert!(applications::refer(&mut tx, &id, version, NOON).await.unwrap());
    tx.commit().await.unwrap();
    (id, anna)
}

async fn listed(tx: &mut Tx, scopes: &[&str], filter: &Filter) -> Vec<String> {
    let scopes: Vec<_> = scopes.iter().map(|s| Scope::from_name(s).unwrap()).collect();
    queue::list(tx, &scopes, filter, 10, NOW).await.unwrap().into_iter().map(|w| w.id).collect()
}

async fn one_file_has_one_holder(house: &House) {
    let (id, _) = waiting(house, &place("54", "630099"), 48).await;
    let mut clerks = Vec::new();
    for n in 0..10 {
        clerks.push(member(house, &format!("clerk{n}")).await);
    }
    let took = join(10, |n| {
        let (clerk, id) = (&clerks[n], &id);
        async move {
            let mut tx = house.db.write().await.unwrap();
            let hold = assignments::take(&mut tx, &working(clerk, "everywhere"), id, NOW).await.unwrap();
            tx.commit().await.unwrap();
            hold
        }
    });
    let holds: Vec<_> = took.await.into_iter().flatten().collect();
    assert_eq!(holds.len(), 1);
    let mut tx = house.db.write().await.unwrap();
    assert_eq!(assignments::find(&mut tx, &id).await.unwrap().as_ref(), holds.first());
}

async fn a_hold_ends_by_itself_and_can_be_handed_over(house: &House) {
    let (id, _) = waiting(house, &place("54", "630099"), 48).await;
    let (anna, boris) = (member(house, "anna").await, member(house, "boris").await);
    let mut tx = house.db.write().await.unwrap();
    let first = assignments::take(&mut tx, &working(&anna, "everywhere"), &id, NOW).await.unwrap().unwrap();
    let later = NOW.plus_minutes(10);
    // Going on moves the end, not the beginning.
    let on = assignments::take(&mut tx, &working(&anna, "everywhere"), &id, later).await.unwrap().unwrap();
    assert_eq!((on.taken, on.until), (first.taken, later.plus_minutes(15)));
    assert!(assignments::take(&mut tx, &working(&boris, "everywhere"), &id, later).await.unwrap().is_none());
    let ended = on.until;
    let next = assignments::take(&mut tx, &working(&boris, "everywhere"), &id, ended).await.unwrap().unwrap();
    assert_eq!((next.holder.as_str(), next.taken), (boris.as_str(), ended));
    assert!(!assignments::release(&mut tx, &working(&anna, "everywhere"), &id, ended).await.unwrap(), "not hers");
    let distributing = reviewer(&anna, "everywhere").distributing().unwrap();
    assignments::reassign(&mut tx, &distributing, &id, &anna, ended).await.unwrap();
    let hold = assignments::find(&mut tx, &id).await.unwrap();
    assert!(matches!(Holding::of(hold, &anna, ended), Holding::Mine(_)));
    assert!(assignments::release(&mut tx, &working(&anna, "everywhere"), &id, ended).await.unwrap());
    let hold = assignments::find(&mut tx, &id).await.unwrap();
    assert_eq!(hold.as_ref().map(|h| h.holder.as_str()), Some(anna.as_str()), "who knows the file stays known");
    assert_eq!(Holding::of(hold, &boris, ended), Holding::Free);
}

async fn the_queue_reaches_as_far_as_the_rights(house: &House) {
    let (novosibirsk, _) = waiting(house, &place("54", "630099"), 48).await;
    let (village, _) = waiting(house, &place("54", "630001"), 5).await;
    let (moscow, _) = waiting(house, &place("77", "101000"), 24).await;
    let (nowhere, _) = waiting(house, &Place::default(), 30).await;
    let anna = member(house, "anna").await;
    let mut tx = house.db.write().await.unwrap();
    let any = Filter::default();
    assert_eq!(listed(&mut tx, &["everywhere"], &any).await, [&*village, &*moscow, &*nowhere, &*novosibirsk]);
    assert_eq!(listed(&mut tx, &["region:54"], &any).await, [&*village, &*novosibirsk]);
    assert_eq!(
        listed(&mut tx, &["region:54", "office:630099", "region:77"], &any).await,
        [&*village, &*moscow, &*novosibirsk]
    );
    let soon = Filter { due_before_ms: Some(NOON + 6 * 60 * MINUTE), ..Filter::default() };
    assert_eq!(listed(&mut tx, &["everywhere"], &soon).await, [&*village]);
    let other_kind = Filter { kind: "electronic".into(), ..Filter::default() };
    assert!(listed(&mut tx, &["everywhere"], &other_kind).await.is_empty());
    let after = Filter { after: Some((NOON + 24 * 60 * MINUTE, moscow.clone())), ..Filter::default() };
    assert_eq!(listed(&mut tx, &["everywhere"], &after).await, [&*nowhere, &*novosibirsk]);
    assignments::take(&mut tx, &working(&anna, "everywhere"), &moscow, NOW).await.unwrap().unwrap();
    let hold = |hold| Filter { hold, ..Filter::default() };
    assert_eq!(listed(&mut tx, &["everywhere"], &hold(HoldFilter::By(anna.clone()))).await, [&*moscow]);
    let boris = hold(HoldFilter::OpenTo("boris".into()));
    assert_eq!(listed(&mut tx, &["everywhere"], &boris).await, [&*village, &*nowhere, &*novosibirsk]);
    assignments::release(&mut tx, &working(&anna, "everywhere"), &moscow, NOW).await.unwrap();
    assert_eq!(listed(&mut tx, &["everywhere"], &hold(HoldFilter::LetGo(anna.clone()))).await, [&*moscow]);
    let fresh = hold(HoldFilter::Fresh(anna.clone()));
    assert_eq!(listed(&mut tx, &["everywhere"], &fresh).await, [&*village, &*nowhere, &*novosibirsk]);
    let returned = hold(HoldFilter::Returned(anna));
    assert!(listed(&mut tx, &["everywhere"], &returned).await.is_empty(), "given back is no answer");
    let offices = queue::offices(&mut tx, &Scope::Region("54".into())).await.unwrap();
    assert_eq!(offices, [("630001".to_owned(), 1), ("630099".to_owned(), 1)]);
}

async fn no_row_in_the_journal_no_data(house: &House) {
    let (id, citizen) = waiting(house, &place("54", "630099"), 48).await;
    let anna = member(house, "anna").await;
    let open = async |scope: &str, now: Timestamp| {
        cases::open(&house.db, &house.vault, &reading(&anna, scope), &id, Purpose::Complaint, now).await
    };
    let rows = async || {
        let mut tx = house.db.read().await.unwrap();
        journal::list_owned(&mut tx, &citizen, 10).await.unwrap()
    };
    assert!(open("region:77", NOW).await.unwrap().is_none(), "out of reach is not there");
    assert!(rows().await.is_empty());
    let found = open("region:54", NOW).await.unwrap().unwrap();
    assert_eq!(found.answers.get(Field::LastName), "Константинопольская");
    let told = rows().await;
    assert_eq!(told.len(), 1);
    let row = &told[0];
    assert_eq!((row.act.as_str(), row.actor.clone()), ("application_read", format!("staff:{anna}")));
    assert_eq!((row.detail.as_str(), row.at_ms), ("reviewer/complaint", NOON));
    // Looking again at once is the same look; a quarter of an hour later it is another.
    open("region:54", NOW.plus_minutes(5)).await.unwrap().unwrap();
    assert_eq!(rows().await.len(), 1);
    open("region:54", NOW.plus_minutes(16)).await.unwrap().unwrap();
    assert_eq!(rows().await.len(), 2);
    // When the journal cannot be written nothing is opened.
    house.raw("ALTER TABLE journal RENAME TO journal_gone").await.unwrap();
    open("region:54", NOW.plus_hours(1)).await.expect_err("no journal, no data");
}

async fn an_act_keeps_its_words_sealed(house: &House) {
    let (id, citizen) = waiting(house, &place("54", "630099"), 48).await;
    let (v, whose) = (&house.vault, (id.as_str(), citizen.as_str()));
    let ask = Act::Ask(Ask {
        reason: Code::DataUnclear,
        fields: vec![Field::Snils],
        documents: vec![Document::Snils],
        text: " Уважаемая Евлампия, пришлите карточку. ".into(),
        days: 7,
    });
    let mut tx = house.db.write().await.unwrap();
    assert!(!acts::any(&mut tx, &id).await.unwrap());
    assert!(acts::answers_before(&mut tx, v, &id, &citizen).await.unwrap().is_none());
    acts::append(&mut tx, v, whose, 3, "anna", &ask, NOON).await.unwrap();
    acts::keep_answers(&mut tx, v, whose, 3, &answers(&[(Field::Snils, "112-233-445 95")])).await.unwrap();
    acts::append(&mut tx, v, whose, 7, "boris", &Act::Approve, NOON + 1).await.unwrap();
    acts::keep_answers(&mut tx, v, whose, 5, &answers(&[(Field::Snils, "001-001-998 00")])).await.unwrap();
    assert!(acts::any(&mut tx, &id).await.unwrap());
    let last = acts::last(&mut tx, v, &id, &citizen).await.unwrap().unwrap();
    assert_eq!((last.seq, last.staff_id.as_str(), last.text.as_str()), (7, "boris", ""));
    let before = acts::answers_before(&mut tx, v, &id, &citizen).await.unwrap().unwrap();
    assert_eq!(before.get(Field::Snils), "001-001-998 00");
    acts::append(&mut tx, v, whose, 9, "anna", &ask, NOON + 2).await.unwrap();
    let last = acts::last(&mut tx, v, &id, &citizen).await.unwrap().unwrap();
    assert_eq!(
        (last.text.as_str(), last.documents.as_slice()),
        ("Уважаемая Евлампия, пришлите карточку.", &[Document::Snils][..])
    );
    assert!(!format!("{last:?}").contains("Евлампия"));
    tx.commit().await.unwrap();
    assert!(!house.everything_stored().await.contains("Евлампия"));
}

async fn a_file_is_found_by_name_and_number_within_reach(house: &House) {
    let (id, _) = waiting(house, &place("54", "630099"), 48).await;
    let key = house.vault.blind_index(Index::LastName, &last_name_key("Константинопольская"));
    let mut tx = house.db.write().await.unwrap();
    identities::set(&mut tx, &id, &[(Kind::LastName, key)]).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = house.db.read().await.unwrap();
    let near = reading("anna", "region:54");
    let far = reading("boris", "region:77");
    let number = cases::find(&mut tx, &id).await.unwrap().unwrap().number;
    assert_eq!(cases::by_number(&mut tx, near.scopes(), &number).await.unwrap().len(), 1);
    assert!(cases::by_number(&mut tx, far.scopes(), &number).await.unwrap().is_empty());
    let typed = house.vault.blind_index(Index::LastName, &last_name_key(" КОНСТАНТИНОПОЛЬСКАЯ"));
    assert_eq!(cases::by_identity(&mut tx, near.scopes(), Kind::LastName, &typed, None, 10).await.unwrap()[0].id, id);
    assert!(cases::by_identity(&mut tx, far.scopes(), Kind::LastName, &typed, None, 10).await.unwrap().is_empty());
    assert!(cases::by_identity(&mut tx, near.scopes(), Kind::Snils, &typed, None, 10).await.unwrap().is_empty());
}

async fn the_board_counts_what_waits_and_who_works(house: &House) {
    let here = place("54", "630099");
    let (overdue, citizen) = waiting(house, &here, -1).await;
    for hours in [3, 12, 40, 47] {
        waiting(house, &here, hours).await;
    }
    let anna = member(house, "anna").await;
    let mut tx = house.db.write().await.unwrap();
    assignments::take(&mut tx, &working(&anna, "everywhere"), &overdue, NOW).await.unwrap().unwrap();
    let whose = (overdue.as_str(), citizen.as_str());
    acts::append(&mut tx, &house.vault, whose, 3, &anna, &Act::Approve, NOON - DAY).await.unwrap();
    acts::append(&mut tx, &house.vault, whose, 5, &anna, &Act::Approve, NOON).await.unwrap();
    for (scope, count) in [("everywhere", 1), ("region:54", 1), ("office:630099", 1), ("region:77", 0)] {
        let scope = Scope::from_name(scope).unwrap();
        let found = board::waiting(&mut tx, &scope, NOW).await.unwrap();
        assert_eq!(
            (found.overdue, found.soon, found.today, found.later),
            (count, count, count, 2 * count),
            "{scope:?}"
        );
        assert_eq!(board::held(&mut tx, &scope, NOW).await.unwrap().len() as i64, count);
        let acts = board::acts(&mut tx, &scope, NOW).await.unwrap();
        assert_eq!(acts.iter().map(|a| a.count).sum::<i64>(), count, "only since then");
        let days = board::days(&mut tx, &scope, NOW.plus_days(-2)).await.unwrap();
        assert_eq!(days.len() as i64, 2 * count);
    }
    assert!(board::held(&mut tx, &Scope::Everywhere, NOW.plus_hours(1)).await.unwrap().is_empty(), "holds end");
}

async fn a_name_makes_nobody_a_duplicate(house: &House) {
    let here = place("54", "630099");
    let (one, _) = waiting(house, &here, 48).await;
    let (two, _) = waiting(house, &here, 48).await;
    let name = house.vault.blind_index(Index::LastName, "иванова");
    for (n, id) in [(1, &one), (2, &two)] {
        let snils = house.vault.blind_index(Index::Snils, &n.to_string());
        let mut tx = house.db.write().await.unwrap();
        identities::set(&mut tx, id, &[(Kind::LastName, name), (Kind::Snils, snils)]).await.unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = house.db.write().await.unwrap();
    assert!(identities::others(&mut tx, &one).await.unwrap().is_empty());
    identities::register(&mut tx, &one).await.unwrap();
    identities::register(&mut tx, &two).await.unwrap();
}
