//! Every distinct name of the directory once, and a folded twin of the same length to search in.

use std::collections::HashMap;

/// Number of a string in the pool; 0 is the empty string.
pub(super) type Name = u32;

pub(super) struct Pool {
    text: String,
    /// `text` after [`fold`]; offsets are the same.
    folded: String,
    /// Where each string begins; one more at the end. Strings are separated by a line end.
    starts: Vec<u32>,
}

/// What a string of the pool has of a query: a bit a word, and how the whole fits.
#[derive(Clone, Copy, Default)]
pub(super) struct Hit {
    /// Bit `i`: some word of the string begins with word `i` of the query.
    pub words: u16,
    /// The string begins with the whole query.
    pub begins: bool,
    /// The string is the whole query.
    pub equal: bool,
}

impl Pool {
    pub fn get(&self, name: Name) -> &str {
        &self.text[self.range(name)]
    }

    /// Compares every string with the query; the answer is indexed by [`Name`].
    pub fn hits(&self, words: &[&str], whole: &str) -> Vec<Hit> {
        let mut hits = vec![Hit::default(); self.starts.len() - 1];
        for (bit, word) in words.iter().enumerate() {
            self.word_starts(word, |name, _| hits[name].words |= 1 << bit);
        }
        self.word_starts(whole, |name, at| {
            let range = self.range(name as Name);
            if at == range.start {
                hits[name].begins = true;
                hits[name].equal = at + whole.len() == range.end;
            }
        });
        hits
    }

    fn range(&self, name: Name) -> std::ops::Range<usize> {
        let name = name as usize;
        self.starts[name] as usize..self.starts[name + 1] as usize - 1
    }

    /// Calls `found(string, offset)` where `needle` stands at the beginning of a word.
    fn word_starts(&self, needle: &str, mut found: impl FnMut(usize, usize)) {
        if needle.is_empty() {
            return;
        }
        let mut name = 0;
        for (at, _) in self.folded.match_indices(needle) {
            if at > 0 && !matches!(self.folded.as_bytes()[at - 1], b' ' | b'\n') {
                continue;
            }
            while self.starts[name + 1] as usize <= at {
                name += 1;
            }
            found(name, at);
        }
    }
}

/// Collects the strings of a table. Borrows from the table, so nothing is copied twice.
pub(super) struct PoolBuilder<'a> {
    pool: Pool,
    seen: HashMap<&'a str, Name>,
}

impl<'a> PoolBuilder<'a> {
    pub fn new() -> PoolBuilder<'a> {
        let pool = Pool { text: "\n".to_owned(), folded: "\n".to_owned(), starts: vec![0, 1] };
        PoolBuilder { pool, seen: HashMap::with_capacity(64 * 1024) }
    }

    pub fn add(&mut self, text: &'a str) -> Name {
        if text.is_empty() {
            return 0;
        }
        *self.seen.entry(text).or_insert_with(|| {
            let pool = &mut self.pool;
            let name = (pool.starts.len() - 1) as Name;
            let from = pool.text.len();
            pool.text.push_str(text);
            lower_particles(&mut pool.text, from);
            for c in pool.text[from..].chars() {
                pool.folded.push(fold(c));
            }
            pool.text.push('\n');
            pool.folded.push('\n');
            pool.starts.push(pool.text.len() as u32);
            name
        })
    }

    pub fn finish(mut self) -> Pool {
        self.pool.text.shrink_to_fit();
        self.pool.folded.shrink_to_fit();
        self.pool.starts.shrink_to_fit();
        self.pool
    }
}

/// The directory capitalises every word: «Ростов-На-Дону», «Серп И Молот».
fn lower_particles(text: &mut String, from: usize) {
    for (wrong, right) in
        [("-На-", "-на-"), (" На ", " на "), (" И ", " и "), (" Имени ", " имени "), (" Им ", " им ")]
    {
        while let Some(at) = text[from..].find(wrong) {
            text.replace_range(from + at..from + at + wrong.len(), right);
        }
    }
}

/// As people type: any case, «е» for «ё», a space for a hyphen. The folded character takes as many
/// bytes as the original, so that offsets agree.
pub(super) fn fold(c: char) -> char {
    match c {
        'ё' | 'Ё' => 'е',
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => ' ',
        c => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        }
    }
}
