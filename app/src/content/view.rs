//! The few shapes a page of words is made of.

use domain::{Field, Values};
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
    /// A way out of the pages: the browser follows it, not the router.
    Away(Link),
    Note(String),
    /// A question and its answer, folded.
    Fold(String, Vec<String>),
    /// Things one by one, each with what can be done about it.
    Items(Vec<Item>),
    /// The form that invites a member.
    Invite(Invite),
    /// Name, word of state, `ok` | `wait` | `bad`.
    State(String, String, String),
    /// A notice with a heading: `ok` | `wait` | `bad`, heading, text.
    Notice(String, String, String),
    Form(Form),
    /// One field whose value the address carries: nothing is written.
    Ask(Ask),
    /// Forms of one button each, side by side.
    Buttons(Vec<Button>),
    /// One thing of several: its name, what is known of it, what may be done with it.
    Card(String, Vec<(String, String)>, Vec<Button>),
    /// Headings and rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// A QR code: side in modules, path of the dark ones, what it is for.
    Qr(usize, String, String),
    /// Codes to be written down.
    Codes(Vec<String>),
    /// Where a passkey is added: the label of its name, the words of the button. Shown once the script is here.
    Passkey(String, String),
    /// A file to take along.
    Download(Link),
}

/// A form that only asks, by GET.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    pub action: String,
    pub field: Field,
    /// What was asked before.
    pub value: String,
    pub label: String,
    pub hint: String,
    pub button: String,
}

/// A form that is posted as plain HTML, with or without wasm.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    pub id: String,
    /// Where it is posted to; empty: to the page's own address.
    pub action: String,
    pub fields: Vec<Field>,
    #[serde(default)]
    pub values: Values,
    pub button: String,
    /// `primary` or `danger`.
    pub kind: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    pub action: String,
    pub text: String,
    /// `primary`, `danger`, `quiet` or empty.
    pub kind: String,
}

/// One thing of several: a mailbox, a member, an invitation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it is, for tests and styles.
    pub mark: String,
    pub title: String,
    /// Where its title leads; may be empty.
    pub to: String,
    pub lines: Vec<String>,
    pub buttons: Vec<Button>,
}

/// Where the form posts to, and its words; `roles` stand in the order of `Role::GIVEN`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Invite {
    pub action: String,
    pub title: String,
    pub lead: String,
    pub roles: Vec<String>,
    pub submit: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SearchPage {
    pub query: String,
    /// What the query itself is, when it is a track number, an index, an application or an error code.
    pub recognised: Option<(Link, String)>,
    pub hits: Vec<(Link, String)>,
}
