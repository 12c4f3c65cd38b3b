//! Letters by e-mail.

pub mod smtp;

use super::SendError;
use std::fmt;
use uuid::Uuid;

/// Someone who delivers letters.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one letter over. Repeating with the same [`Letter::id`] keeps its Message-ID, by which
    /// mailboxes recognise a doubled letter.
    async fn send(&self, letter: &Letter) -> Result<(), SendError>;

    /// `false` while the provider keeps failing and calls are held back.
    fn is_up(&self) -> bool;
}

/// One letter, plain text: every mail program shows it, and nothing in it can track a reader.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Ours, the same for every attempt.
    pub id: Uuid,
    /// An address, `name@example.org`.
    pub to: String,
    pub subject: String,
    /// Lines end in `\n`.
    pub text: String,
}

/// Neither the address nor the words may be printed: the text can hold a live link.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({})", self.id)
    }
}
