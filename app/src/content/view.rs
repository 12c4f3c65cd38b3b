//! The few shapes a page of words is made of.

use serde::{Deserialize, Serialize};

/// One page of words.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    pub title: String,
    pub lead: String,
    /// Path and name of the pages above, outermost first.
    pub trail: Vec<Link>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub to: String,
    pub text: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Heading(String),
    Text(String),
    List(Vec<String>),
    Steps(Vec<String>),
    Facts(Vec<(String, String)>),
    /// Cards that lead somewhere: link, about, and a mark (as «Откроется позже») or nothing.
    Tiles(Vec<(Link, String, String)>),
    Links(Vec<Link>),
    /// The one main button.
    Start(Link),
    /// A quieter way besides.
    Also(Link),
    Note(String),
    /// A question and its answer, folded.
    Fold(String, Vec<String>),
    /// Name, word of state, `ok` | `wait` | `bad`.
    State(String, String, String),
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchPage {
    pub query: String,
    /// What the query itself is, when it is a track number, an index, an application or an error code.
    pub recognised: Option<(Link, String)>,
    pub hits: Vec<(Link, String)>,
}
