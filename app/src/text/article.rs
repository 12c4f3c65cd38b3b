//! What a reading page is made of. Built on the server only; a page sends it as blocks of its own.

use crate::content::view;
use std::borrow::Cow;

/// Wording: borrowed, or put together with a name.
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
    pub id: &'static str,
    pub title: &'static str,
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

    /// As the blocks of a page: the heading, then the rest, neighbouring links as one list.
    pub fn view(self) -> Vec<view::Block> {
        let owned = |items: Vec<Text>| items.into_iter().map(Cow::into_owned).collect();
        let mut blocks = vec![view::Block::Heading(self.title.to_owned())];
        for block in self.blocks {
            let next = match block {
                Block::Text(text) => view::Block::Text(text.into_owned()),
                Block::List(items) => view::Block::List(owned(items)),
                Block::Steps(items) => view::Block::Steps(owned(items)),
                Block::Link { href, text } => {
                    let link = view::Link {
                        to: href.into_owned(),
                        text: text.into_owned(),
                    };
                    if let Some(view::Block::Links(links)) = blocks.last_mut() {
                        links.push(link);
                        continue;
                    }
                    view::Block::Links(vec![link])
                }
            };
            blocks.push(next);
        }
        blocks
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
    Block::Link {
        href: Cow::Borrowed(href),
        text: Cow::Borrowed(text),
    }
}

pub(super) fn section(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title, blocks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_links_make_one_list() {
        let shown = section("a", "А", vec![p("б"), link("/1", "в"), link("/2", "г"), p("д")]).view();
        let kinds: Vec<&str> = shown
            .iter()
            .map(|block| match block {
                view::Block::Heading(_) => "heading",
                view::Block::Text(_) => "text",
                view::Block::Links(links) if links.len() == 2 => "two links",
                _ => "other",
            })
            .collect();
        assert_eq!(kinds, ["heading", "text", "two links", "text"]);
    }
}
