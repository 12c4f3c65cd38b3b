//! Every distinct name of the directory once, and a folded twin of the same length to search in.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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

/// Collects the strings of a table.
pub(super) struct PoolBuilder {
    pool: Pool,
    /// Hash of a string to its number. Two strings of one hash take neighbouring places.
    seen: HashMap<u64, Name, BuildHasherDefault<AsIs>>,
}

impl PoolBuilder {
    /// Room for `bytes` of text in `strings` strings, so that nothing moves while it grows.
    pub fn with_capacity(strings: usize, bytes: usize) -> PoolBuilder {
        let mut pool = Pool {
            text: String::with_capacity(bytes),
            folded: String::with_capacity(bytes),
            starts: Vec::with_capacity(strings),
        };
        pool.text.push('\n');
        pool.folded.push('\n');
        pool.starts.extend([0, 1]);
        PoolBuilder { pool, seen: HashMap::with_capacity_and_hasher(strings, BuildHasherDefault::default()) }
    }

    /// `None` if the bytes are not UTF-8.
    pub fn add(&mut self, bytes: &[u8]) -> Option<Name> {
        if bytes.is_empty() {
            return Some(0);
        }
        let mut hash = fnv(bytes);
        while let Some(name) = self.seen.get(&hash) {
            if self.pool.get(*name).as_bytes() == bytes {
                return Some(*name);
            }
            hash = hash.wrapping_add(1);
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let name = Name::try_from(self.pool.starts.len() - 1).ok()?;
        self.seen.insert(hash, name);
        self.pool.text.push_str(text);
        self.pool.folded.extend(text.chars().map(fold));
        self.pool.text.push('\n');
        self.pool.folded.push('\n');
        self.pool.starts.push(u32::try_from(self.pool.text.len()).ok()?);
        Some(name)
    }

    pub fn finish(mut self) -> Pool {
        self.pool.text.shrink_to_fit();
        self.pool.folded.shrink_to_fit();
        self.pool.starts.shrink_to_fit();
        self.pool
    }
}

/// FNV-1a. The table is ours, nobody can choose colliding names; equality is checked anyway.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The key is a hash already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv(bytes);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// The directory capitalises every word: «Ростов-На-Дону», «Серп И Молот».
pub(super) fn lower_particles(name: &str) -> String {
    let mut name = name.to_owned();
    for (wrong, right) in [("-На-", "-на-"), (" На ", " на "), (" И ", " и "), (" Имени ", " имени "), (" Им ", " им ")]
    {
        if name.contains(wrong) {
            name = name.replace(wrong, right);
        }
    }
    name
}

/// As people type: any case, «е» for «ё», a space for a hyphen. The folded character takes as many
/// bytes as the original, so that offsets agree.
pub(super) fn fold(c: char) -> char {
    match c {
        'ё' | 'Ё' => 'е',
        'а'..='я' => c,
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
