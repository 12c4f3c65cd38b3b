//! Components every feature shares. Markup and class names are those of `style/README.md`.

pub mod field;
pub mod form;
pub mod frame;
pub mod later;
pub mod load;
pub mod pieces;
pub mod reasons;
pub mod summary;
