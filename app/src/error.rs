//! The one error of the API, as pages read it: `{"code","message","fields":[…]}`.

use domain::{Code, Field};
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// A message beside a field, already in the reader's language.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldMessage {
    pub field: Field,
    pub code: Code,
    pub message: String,
}

/// A refusal in the reader's language. Carries nothing a person typed but what a message must name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    pub code: Code,
    pub message: String,
    #[serde(default)]
    pub fields: Vec<FieldMessage>,
}

impl core::fmt::Debug for AppError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.code.to_string())
    }
}

impl core::fmt::Display for AppError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.message)
    }
}

impl AppError {
    /// An error a page finds itself.
    pub fn local(code: Code) -> AppError {
        let message = crate::text::codes::message(crate::visitor::lang(), code).to_owned();
        AppError { code, message, fields: Vec::new() }
    }

    /// An error on the way to the server and back.
    pub fn noticed(code: Code) -> AppError {
        let message = crate::text::codes::noticed(crate::visitor::lang(), code).to_owned();
        AppError { code, message, fields: Vec::new() }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;
    /// What reaches here is the transport: no network, a proxy's page, a body that does not parse.
    /// Its text may quote what was sent, so it is dropped.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let code = match error {
            ServerFnErrorErr::Request(_) => Code::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Code::BadRequest
            }
            _ => Code::Internal,
        };
        AppError::noticed(code)
    }
}

#[cfg(feature = "ssr")]
pub use server_side::Refusal;

#[cfg(feature = "ssr")]
mod server_side {
    use super::{AppError, FieldMessage};
    use crate::text::{Lang, codes};
    use axum::http::StatusCode;
    use domain::{Code, FieldErrors};

    /// A refusal before it has a language: what desks return.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Refusal {
        pub code: Code,
        pub fields: FieldErrors,
        /// Seconds to wait before trying again.
        pub retry_after: Option<u32>,
    }

    impl From<Code> for Refusal {
        fn from(code: Code) -> Self {
            Refusal { code, fields: FieldErrors::default(), retry_after: None }
        }
    }

    impl From<FieldErrors> for Refusal {
        /// The form's code is that of its first field.
        fn from(fields: FieldErrors) -> Self {
            let code = fields.0.first().map_or(Code::BadRequest, |e| e.code);
            Refusal { code, fields, retry_after: None }
        }
    }

    impl Refusal {
        pub fn too_many(retry_after: u32) -> Self {
            Refusal { code: Code::TooManyRequests, fields: FieldErrors::default(), retry_after: Some(retry_after) }
        }

        pub fn on(field: domain::Field, code: Code) -> Self {
            FieldErrors(vec![domain::FieldError::new(field, code)]).into()
        }

        pub fn in_language(&self, lang: Lang) -> AppError {
            AppError {
                code: self.code,
                message: match self.retry_after {
                    Some(seconds) => codes::render_code(lang, self.code, Some(&codes::wait(lang, u64::from(seconds)))),
                    None => codes::message(lang, self.code).to_owned(),
                },
                fields: self
                    .fields
                    .0
                    .iter()
                    .map(|e| FieldMessage { field: e.field, code: e.code, message: codes::render(lang, e) })
                    .collect(),
            }
        }

        /// The fitting HTTP status, by the contract's table.
        pub fn status(&self) -> StatusCode {
            use Code::*;
            match self.code {
                NoSession | SessionExpired => StatusCode::UNAUTHORIZED,
                OwnRefusal | OwnApplication | AccessLimited | AccountNotConfirmed | ConsentWithdrawn
                | ForeignOrigin | NoPower | ProofNeeded | SecondPersonNeeded | FirstPassword | ResetOwn
                | ResetSecondNeeded => StatusCode::FORBIDDEN,
                code if code.is_absent() => StatusCode::NOT_FOUND,
                AlreadySubmitted
                | AppealClosed
                | AppealLate
                | MemberExists
                | MembersFull
                | PushFull
                | OwnerStays
                | IllegalMove
                | DraftChangedElsewhere
                | DocumentsClosed
                | DocumentStays
                | DoorExists
                | DoorTaken
                | PostAccountTaken
                | PersonExists
                | ResetSeveral
                | ResetFrozen
                | DoorGone
                | UploadOutOfStep
                | HeldByAnother
                | NotTaken
                | StaffLoginTaken
                | GrantExists
                | AppsFull
                | PasskeysFull
                | VerificationDecided
                | ChangeGone
                | FactorGone => StatusCode::CONFLICT,
                TooManyRequests | LoginPaused | CodeTooSoon | CodeTriesSpent => StatusCode::TOO_MANY_REQUESTS,
                TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                WrongContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                DoorClosed => StatusCode::NOT_FOUND,
                Unavailable | DoorUnreachable | PostUnreachable => StatusCode::SERVICE_UNAVAILABLE,
                Internal => StatusCode::INTERNAL_SERVER_ERROR,
                BadRequest => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            }
        }
    }
}
