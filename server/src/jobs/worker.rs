//! Which job does what. Every job may run twice: each looks at what is there before it acts.

use super::{
    Handler, Job, JobError, appeals, ask_deliveries, check_application, expire, issue_receipt, partners, purge,
    scan_document, send_notice, term,
};
use crate::house::House;
use futures::FutureExt;
use std::sync::Arc;

/// The handler of this house.
pub fn handler(house: Arc<House>) -> Handler {
    Arc::new(move |job| {
        let house = house.clone();
        async move { run(&house, job).await }.boxed()
    })
}

async fn run(house: &House, job: Job) -> Result<(), JobError> {
    match job {
        Job::CheckApplication { id } => check_application::run(house, &id).await,
        Job::IssueReceipt { id } => issue_receipt::run(house, &id).await,
        Job::SendNotice { id } => send_notice::run(house, &id).await,
        Job::ExpireClarification { id } => expire::run(house, &id).await,
        Job::ScanDocument { id } => scan_document::run(house, &id).await,
        Job::RemindClarification { id, until_ms } => expire::remind(house, &id, until_ms).await,
        Job::RemindAppeal { id, until_ms } => appeals::remind(house, &id, until_ms).await,
        Job::MissAppeal { id, until_ms } => appeals::missed(house, &id, until_ms).await,
        Job::MissTerm { id, due_ms } => term::missed(house, &id, due_ms).await,
        Job::AskDeliveries => ask_deliveries::run(house).await,
        Job::TellPartner { id } => partners::run(house, &id).await,
        Job::Purge => purge::run(house).await,
    }
}
