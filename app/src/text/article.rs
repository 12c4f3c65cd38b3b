//! What a reading page is made of. Built on the server only; a page sends it as blocks of its own.

use std::borrow::Cow;

/// Wording: mostly borrowed, sometimes put together with a name or a code.
pub type Text = Cow<'static, str>;

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Text(Text),
    /// In no order.
    List(Vec<Text>),
    /// In this order.
    Steps(Vec<Text>),
    /// A page of ours.
    Link {
        href: Text,
        text: Text,
    },
}

/// A heading with what stands under it. The id is the same in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: Text,
    pub title: Text,
    pub blocks: Vec<Block>,
}

impl Section {
    /// All its words, one block a line: what is hashed.
    pub fn plain(&self) -> String {
        let mut text = self.title.to_string();
        for block in &self.blocks {
            match block {
                Block::Text(line) | Block::Link { text: line, .. } => {
                    text.push('\n');
                    text.push_str(line);
                }
                Block::List(items) | Block::Steps(items) => {
                    for item in items {
                        text.push_str("\n— ");
                        text.push_str(item);
                    }
                }
            }
        }
        text
    }
}

pub(super) fn p(text: &'static str) -> Block {
    Block::Text(Cow::Borrowed(text))
}

pub(super) fn list(items: &[&'static str]) -> Block {
    Block::List(items.iter().copied().map(Cow::Borrowed).collect())
}

pub(super) fn steps(items: &[&'static str]) -> Block {
    Block::Steps(items.iter().copied().map(Cow::Borrowed).collect())
}

pub(super) fn link(href: &'static str, text: &'static str) -> Block {
    Block::Link { href: Cow::Borrowed(href), text: Cow::Borrowed(text) }
}

pub(super) fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Section {
    Section { id: Cow::Borrowed(id), title: Cow::Borrowed(title), blocks }
}
