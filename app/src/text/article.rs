//! What a reading page is made of. The texts are built on the server; the types cross the wire,
//! so that a page reached without a reload can fetch them and the wasm need not carry them.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Wording, borrowed on the server and owned once it has crossed the wire.
pub type Text = Cow<'static, str>;

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// A heading with what stands under it. The id is the HTML id, the same in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: Text,
    pub title: Text,
    pub blocks: Vec<Block>,
}

#[cfg(feature = "ssr")]
mod build {
    use super::*;

    pub(in crate::text) fn p(text: &'static str) -> Block {
        Block::Text(Cow::Borrowed(text))
    }

    pub(in crate::text) fn list(items: &[&'static str]) -> Block {
        Block::List(items.iter().copied().map(Cow::Borrowed).collect())
    }

    pub(in crate::text) fn steps(items: &[&'static str]) -> Block {
        Block::Steps(items.iter().copied().map(Cow::Borrowed).collect())
    }

    pub(in crate::text) fn link(href: &'static str, text: &'static str) -> Block {
        Block::Link {
            href: Cow::Borrowed(href),
            text: Cow::Borrowed(text),
        }
    }

    pub(in crate::text) fn section(
        id: &'static str,
        title: &'static str,
        blocks: Vec<Block>,
    ) -> Section {
        Section {
            id: Cow::Borrowed(id),
            title: Cow::Borrowed(title),
            blocks,
        }
    }

    impl Section {
        /// All its words, one block a line: what is searched and what is hashed.
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
}
#[cfg(feature = "ssr")]
pub(in crate::text) use build::{link, list, p, section, steps};
