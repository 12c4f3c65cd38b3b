//! Questions to the registries: what they say, and that their silence is never a refusal.

use crate::{connect, hasty, nobody, silent, stand_ins};
use domain::{Code, Field};
use secrecy::SecretString;
use server::demo::switches::{Mode, System};
use server::integrations::registries::{
    AddressOf, AddressQuery, Answer, Holder, InnQuery, PassportQuery, Person, Query, Registry, RegistryError,
    RegistryKind, SnilsQuery,
};
use std::time::Duration;

fn citizen(last_name: &str) -> Person {
    Person {
        last_name: last_name.into(),
        first_name: "Мария".into(),
        middle_name: Some("Ивановна".into()),
        birth_date: "1990-05-15".into(),
    }
}

fn passport(number: &str, last_name: &str) -> Query {
    Query::Passport(PassportQuery {
        series: "4510".into(),
        number: number.into(),
        issue_date: "2010-06-20".into(),
        department_code: "770-001".into(),
        person: citizen(last_name),
    })
}

fn snils(snils: &str, last_name: &str) -> Query {
    Query::Snils(SnilsQuery { snils: snils.into(), person: citizen(last_name) })
}

fn inn(inn: &str) -> Query {
    Query::Inn(InnQuery { inn: inn.into(), holder: Holder::Person(citizen("Белова")) })
}

fn address(postcode: &str, address: &str) -> Query {
    Query::Address(AddressQuery { of: AddressOf::Registration, postcode: postcode.into(), address: address.into() })
}

fn differs(reason: Code, fields: &[Field]) -> Result<Answer, RegistryError> {
    Ok(Answer::Differs { reason, fields: fields.to_vec() })
}

/// Asks until the registry is heard again; the breaker may still be holding calls back.
async fn ask_until_answered(registry: &dyn Registry, query: &Query) -> Answer {
    for _ in 0..100 {
        if let Ok(answer) = registry.ask(query).await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the registry never came back");
}

#[tokio::test]
async fn a_citizen_whose_data_are_right_agrees_everywhere() {
    let stand_ins = stand_ins().await;
    let registry = connect(stand_ins.settings()).registry;
    for query in [
        passport("123456", "Белова"),
        snils("11223344595", "Белова"),
        inn("616991917091"),
        address("101000", "г. Москва, ул. Мясницкая, д. 26"),
    ] {
        assert_eq!(registry.ask(&query).await, Ok(Answer::Agrees), "{query:?}");
        assert_eq!(registry.ask(&query).await, Ok(Answer::Agrees), "again");
    }
}

#[tokio::test]
async fn someone_elses_number_differs_and_names_the_fields() {
    let stand_ins = stand_ins().await;
    let registry = connect(stand_ins.settings()).registry;
    let ask = async |query: Query| registry.ask(&query).await;

    assert_eq!(ask(snils("11223344595", "Белова")).await, Ok(Answer::Agrees));
    assert_eq!(ask(snils("11223344595", "Чернова")).await, differs(Code::RegistrySnilsMismatch, &[Field::Snils]));
    assert_eq!(
        ask(passport("900101", "Белова")).await,
        differs(Code::RegistryPassportInvalid, &[Field::PassportSeries, Field::PassportNumber])
    );
    assert_eq!(
        ask(passport("900102", "Белова")).await,
        differs(Code::RegistryPassportMismatch, &[Field::PassportIssueDate, Field::PassportDepartmentCode])
    );
    assert_eq!(ask(inn("770900101037")).await, differs(Code::RegistryInnMismatch, &[Field::Inn]));
    assert_eq!(
        ask(address("101000", "г. Казань, ул. Баумана, д. 1")).await,
        differs(Code::RegistryAddressMismatch, &[Field::RegistrationPostcode, Field::RegistrationAddress])
    );
    assert_eq!(ask(passport("900105", "Белова")).await, Ok(Answer::Unknown));
    assert_eq!(ask(address("283000", "г. Донецк, ул. Артёма, д. 1")).await, Ok(Answer::Unknown));
}

#[tokio::test]
async fn a_registry_that_fails_is_down_and_never_refuses() {
    let stand_ins = stand_ins().await;
    let query = passport("123456", "Белова");
    for mode in [Mode::Down, Mode::Slow] {
        stand_ins.switches.set(System::Passport, mode, 0);
        let registry = connect(hasty(&stand_ins)).registry;
        let answer = registry.ask(&query).await;
        assert!(matches!(answer, Err(RegistryError::Down { .. })), "{mode:?}: {answer:?}");
    }
    stand_ins.switches.set(System::Passport, Mode::Garbage, 0);
    let registry = connect(hasty(&stand_ins)).registry;
    assert_eq!(registry.ask(&query).await, Err(RegistryError::BadAnswer));

    for address in [nobody().await, silent().await] {
        let mut settings = hasty(&stand_ins);
        settings.registries.url = format!("http://{address}/");
        let answer = connect(settings).registry.ask(&query).await;
        assert!(matches!(answer, Err(RegistryError::Down { .. })));
    }

    let mut settings = hasty(&stand_ins);
    settings.registries.token = SecretString::from("someone else's");
    let answer = connect(settings).registry.ask(&query).await;
    assert!(matches!(answer, Err(RegistryError::Down { .. })));
}

#[tokio::test]
async fn a_registry_says_when_to_come_back() {
    let stand_ins = stand_ins().await;
    stand_ins.switches.set(System::Snils, Mode::Down, 0);
    let registry = connect(hasty(&stand_ins)).registry;
    assert_eq!(
        registry.ask(&snils("11223344595", "Белова")).await,
        Err(RegistryError::Down { retry_after: Duration::from_secs(5) })
    );
}

#[tokio::test]
async fn the_breaker_holds_calls_back_and_lets_them_through_again() {
    let stand_ins = stand_ins().await;
    let registry = connect(hasty(&stand_ins)).registry;
    let query = passport("123456", "Белова");
    let other = snils("11223344595", "Белова");

    stand_ins.switches.set(System::Passport, Mode::Down, 0);
    for _ in 0..2 {
        assert!(registry.ask(&query).await.is_err());
    }
    assert_eq!(registry.health()[0], (RegistryKind::Passport, false));
    stand_ins.switches.set(System::Passport, Mode::Ok, 0);
    match registry.ask(&query).await {
        Err(RegistryError::Down { retry_after }) => {
            assert!(retry_after <= Duration::from_millis(1500), "held back");
        }
        answered => panic!("asked although the breaker is open: {answered:?}"),
    }
    assert_eq!(registry.ask(&other).await, Ok(Answer::Agrees), "the other registries are asked meanwhile");

    assert_eq!(ask_until_answered(registry.as_ref(), &query).await, Answer::Agrees);
    assert_eq!(registry.health()[0], (RegistryKind::Passport, true));
}

#[tokio::test]
async fn one_bad_moment_is_repeated_away() {
    let stand_ins = stand_ins().await;
    let mut settings = hasty(&stand_ins);
    settings.registries.timing.pause = Duration::from_millis(200);
    let registry = connect(settings).registry;
    stand_ins.switches.set(System::Inn, Mode::Down, 0);
    let switches = stand_ins.switches.clone();
    let mended = async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        switches.set(System::Inn, Mode::Ok, 0);
    };
    let query = inn("616991917091");
    let (answer, ()) = tokio::join!(registry.ask(&query), mended);
    assert_eq!(answer, Ok(Answer::Agrees));
}
