//! The virus scanner: its verdicts, and that no verdict is one.

use server::demo::StandIns;
use server::demo::switches::{Mode, System};
use server::integrations::scanner::{Clamd, Scanned, ScannerDown};
use std::time::Duration;

async fn scanner() -> (StandIns, Clamd) {
    let stand_ins = crate::stand_ins().await;
    let clamd = Clamd::new(&stand_ins.clamd.to_string()).unwrap().patient_for(Duration::from_millis(500));
    (stand_ins, clamd)
}

#[tokio::test]
async fn a_clean_document_passes_and_a_known_virus_does_not() {
    let (_stand_ins, clamd) = scanner().await;
    assert_eq!(clamd.scan(b"%PDF-1.7").await, Ok(Scanned::Clean));
    let large = vec![7; 5 * 1024 * 1024];
    assert_eq!(clamd.scan(&large).await, Ok(Scanned::Clean));
    // In two pieces, so that it is in no binary of ours.
    let virus = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    assert_eq!(clamd.scan(virus.as_bytes()).await, Ok(Scanned::Infected));
}

#[tokio::test]
async fn a_scanner_that_is_down_slow_or_mad_says_nothing() {
    let (stand_ins, clamd) = scanner().await;
    for mode in [Mode::Down, Mode::Slow, Mode::Garbage] {
        stand_ins.switches.set(System::Scanner, mode, 0);
        assert_eq!(clamd.scan(b"%PDF-1.7").await, Err(ScannerDown), "{mode:?}");
    }
    stand_ins.switches.set(System::Scanner, Mode::Ok, 0);
    assert_eq!(clamd.scan(b"%PDF-1.7").await, Ok(Scanned::Clean));
    let nobody = Clamd::new("unix:/nowhere/clamd.ctl").unwrap();
    assert_eq!(nobody.scan(b"%PDF-1.7").await, Err(ScannerDown));
}
