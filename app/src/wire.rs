//! How server functions travel: JSON by POST. Sending and reading are compiled once for all of them, not once each:
//! the wasm is a fifth smaller than with the ready-made protocol.

use crate::error::AppError;
use domain::Code;
use leptos::server_fn::client::Client;
use leptos::server_fn::codec::Json;
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::response::ClientRes;
use leptos::server_fn::server::Server;
use leptos::server_fn::{Http, Protocol};
use serde::{Serialize, de::DeserializeOwned};
use std::pin::Pin;

const JSON: &str = "application/json";

/// The protocol of every server function: `#[server(…, protocol = Wire)]`.
pub struct Wire;

impl<I, O, C, S> Protocol<I, O, C, S, AppError> for Wire
where
    I: Serialize + DeserializeOwned + Send,
    O: Serialize + DeserializeOwned + Send,
    C: Client<AppError> + 'static,
    S: Server<AppError>,
{
    const METHOD: http::Method = http::Method::POST;

    async fn run_server<F, Fut>(request: S::Request, server_fn: F) -> Result<S::Response, AppError>
    where
        F: Fn(I) -> Fut + Send,
        Fut: Future<Output = Result<O, AppError>> + Send,
    {
        <Http<Json, Json> as Protocol<I, O, C, S, AppError>>::run_server(request, server_fn).await
    }

    fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, AppError>> + Send {
        let answer =
            post::<C>(path.to_owned(), serde_json::to_string(&input).map_err(|_| AppError::noticed(Code::BadRequest)));
        async move { read(&answer.await?) }
    }
}

/// Reads JSON; what does not parse is a proxy's page or another version's answer.
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T, AppError> {
    serde_json::from_str(json).map_err(|_| AppError::noticed(Code::BadRequest))
}

type Answer = Pin<Box<dyn Future<Output = Result<String, AppError>> + Send>>;

/// Posts JSON and returns the JSON of the answer, or the refusal it held.
fn post<C: Client<AppError> + 'static>(path: String, body: Result<String, AppError>) -> Answer {
    Box::pin(async move {
        let response = C::send(C::Request::try_new_post(&path, JSON, JSON, body?)?).await?;
        let status = response.status();
        let answer = response.try_into_string().await?;
        if (400..=599).contains(&status) { Err(read::<AppError>(&answer).unwrap_or_else(|e| e)) } else { Ok(answer) }
    })
}
