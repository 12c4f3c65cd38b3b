//! The two lines every server function has in common: take the desk, map the answer.

use crate::desks::Desks;
use crate::error::{AppError, Refusal};
use crate::staff::desk::StaffDesks;
use crate::visitor::lang;
use axum::http::{HeaderName, HeaderValue};
use domain::Code;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::sync::Arc;

/// The desks of the request being served.
pub fn desks() -> Result<Arc<dyn Desks>, Refusal> {
    use_context::<Arc<dyn Desks>>().ok_or(Refusal::from(Code::Unavailable))
}

/// The staff desks of the request being served.
pub fn staff() -> Result<Arc<dyn StaffDesks>, Refusal> {
    use_context::<Arc<dyn StaffDesks>>().ok_or(Refusal::from(Code::Unavailable))
}

/// Turns a refusal into the reader's language and the fitting HTTP status.
pub async fn answer<T>(work: impl Future<Output = Result<T, Refusal>>) -> Result<T, AppError> {
    let lang = lang();
    let response = use_context::<ResponseOptions>();
    work.await.map_err(|refusal| {
        if let Some(response) = response {
            response.set_status(refusal.status());
            if let Some(seconds) = refusal.retry_after {
                response.insert_header(HeaderName::from_static("retry-after"), HeaderValue::from(seconds));
            }
        }
        refusal.in_language(lang)
    })
}
