//! Writes one of each document into a folder and tells how long it took:
//! `cargo run --release -p documents --example preview -- target/preview`

use std::path::PathBuf;
use std::time::{Duration, Instant};

use documents::{Lang, Office, Receipt, RegistrationCertificate, receipt, registration_certificate, warm_up};
use time::macros::date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/preview".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let started = Instant::now();
    warm_up();
    eprintln!("warm-up {:?}", started.elapsed());

    let office = Some(Office {
        index: "630099".to_owned(), name: "Новосибирск 99, Новосибирская область".to_owned()
    });
    let mut sample = Receipt {
        lang: Lang::Ru,
        number: "2026-7Q4K-93".to_owned(),
        service: "Регистрация в почтовой службе".to_owned(),
        submitted_at: "20.11.2026, 14:36 МСК".to_owned(),
        due_at: "22.11.2026, 14:36 МСК".to_owned(),
        applicant: "С. Анна П.".to_owned(),
        mailbox: "Комбинированный".to_owned(),
        office: office.clone(),
        verify_url: "https://otdelenie.example/verify/2026-7Q4K-93".to_owned(),
        issued_on: date!(2026 - 11 - 20),
    };
    std::fs::write(folder.join("receipt.pdf"), timed("first receipt", || receipt(&sample))?)?;
    let mut times: Vec<Duration> = Vec::new();
    for count in 0..50 {
        sample.number = format!("2026-7Q{:02}-{count:02}", 99 - count);
        sample.verify_url = format!("https://otdelenie.example/verify/{}", sample.number);
        let started = Instant::now();
        receipt(&sample)?;
        times.push(started.elapsed());
    }
    times.sort();
    eprintln!("50 later receipts: median {:?}, slowest {:?}", times[25], times[49]);

    sample.lang = Lang::En;
    "Registration with the postal service".clone_into(&mut sample.service);
    "Combined".clone_into(&mut sample.mailbox);
    std::fs::write(folder.join("receipt-en.pdf"), timed("English receipt", || receipt(&sample))?)?;

    let certificate = RegistrationCertificate {
        lang: Lang::Ru,
        registration_number: "ПС-54-0004821".to_owned(),
        application_number: "2026-7Q4K-93".to_owned(),
        applicant: "С. Анна П.".to_owned(),
        mailbox: "Комбинированный".to_owned(),
        office,
        approved_at: "20.11.2026, 14:41 МСК".to_owned(),
        verify_url: "https://otdelenie.example/verify/2026-7Q4K-93".to_owned(),
        issued_on: date!(2026 - 11 - 20),
    };
    std::fs::write(folder.join("certificate.pdf"), timed("certificate", || registration_certificate(&certificate))?)?;
    Ok(())
}

fn timed<T, E>(what: &str, make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let started = Instant::now();
    let made = make();
    eprintln!("{what} {:?}", started.elapsed());
    made
}
