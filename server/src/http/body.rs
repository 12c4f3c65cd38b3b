//! Bodies of requests: small, and here in time.
//!
//! Each is read whole before anything acts on it, so one limit and one term hold for forms, server functions and
//! whatever comes later. A limit between two pieces would let a byte a second hold its connection for hours.

use super::guard::refuse;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use domain::Code;
use futures::StreamExt;
use std::time::Duration;

/// No form and no call of the API is larger; documents have a limit of their own.
pub(super) const LIMIT: usize = 64 * 1024;
/// From the head to the last byte: the largest body over a line of 30 kbit/s.
const TERM: Duration = Duration::from_secs(20);

/// Passes on the request with its body in memory, or refuses: 413 too large, 408 too slow, 400 cut off.
pub async fn whole(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(TERM, gather(body)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err((status, code))) => refuse(status, code),
        // The rest is not waited for: hyper closes a connection whose request was not read to its end.
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, Code::BadRequest),
    }
}

async fn gather(body: Body) -> Result<Bytes, (StatusCode, Code)> {
    const TOO_LARGE: (StatusCode, Code) = (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge);
    // Declared as larger: refused before a byte of it is read.
    if body.size_hint().lower() > LIMIT as u64 {
        return Err(TOO_LARGE);
    }
    let mut pieces = body.into_data_stream();
    let mut whole = BytesMut::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| (StatusCode::BAD_REQUEST, Code::BadRequest))?;
        if whole.len() + piece.len() > LIMIT {
            return Err(TOO_LARGE);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn status(pieces: Vec<Result<Vec<u8>, std::io::Error>>) -> Result<usize, StatusCode> {
        let body = Body::from_stream(futures::stream::iter(pieces));
        gather(body).await.map(|bytes| bytes.len()).map_err(|(status, _)| status)
    }

    #[tokio::test]
    async fn a_body_is_as_large_as_its_pieces_together() {
        assert_eq!(gather(Body::empty()).await.unwrap().len(), 0);
        assert_eq!(status(vec![Ok(vec![0; LIMIT / 2]), Ok(vec![0; LIMIT / 2])]).await, Ok(LIMIT));
        let over = vec![Ok(vec![0; LIMIT / 2]), Ok(vec![0; LIMIT / 2]), Ok(vec![0])];
        assert_eq!(status(over).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        assert!(gather(Body::from(vec![0; LIMIT + 1])).await.is_err_and(|(_, code)| code == Code::TooLarge));
    }

    #[tokio::test]
    async fn one_that_breaks_off_is_nobodys_form() {
        let cut = vec![Ok(vec![0; 10]), Err(std::io::ErrorKind::ConnectionReset.into())];
        assert_eq!(status(cut).await, Err(StatusCode::BAD_REQUEST));
    }
}
