//! Documents of an application (DOC-1 … DOC-3): what they are, what fits, and when they may change.
//!
//! What is inside a file is judged on the server, `server/src/uploads`.

mod kind;
mod limits;
mod media;
mod name;
mod rules;

pub use kind::{Kind, missing, needed};
pub use limits::{
    FILE_BYTES, FILES, FILES_AT_ONCE, Held, PAGES_PER_FILE, PIXELS, SIDE, TOTAL_BYTES, check_size, room_for,
};
pub use media::Media;
pub use name::{NAME_LENGTH, shown_name};
pub use rules::{may_add, may_remove, unanswered};
