//! Just enough of PDF (ISO 32000-1) to read back what typst writes: plain objects, Flate streams,
//! text in two-byte glyph codes with a ToUnicode table.

use std::collections::HashMap;
use std::io::Read;

pub struct Pdf {
    objects: HashMap<u32, Object>,
}

struct Object {
    dictionary: String,
    stream: Vec<u8>,
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Pdf {
        assert!(bytes.starts_with(b"%PDF-1.7"));
        let mut objects = HashMap::new();
        let mut at = 0;
        while let Some(found) = find(bytes, at, b" 0 obj") {
            let digits = bytes[..found].iter().rev().take_while(|b| b.is_ascii_digit()).count();
            let number = latin(&bytes[found - digits..found]).parse().unwrap();
            let start = found + b" 0 obj".len();
            let end = find(bytes, start, b"endobj").unwrap();
            let (object, next) = match find(bytes, start, b"stream\n").filter(|stream| *stream < end) {
                Some(body) => {
                    let dictionary = latin(&bytes[start..body]);
                    let from = body + b"stream\n".len();
                    let to = from + number_after(&dictionary, "/Length").unwrap();
                    let stream = inflate(&dictionary, &bytes[from..to]);
                    (Object { dictionary, stream }, to)
                }
                None => (Object { dictionary: latin(&bytes[start..end]), stream: Vec::new() }, end),
            };
            objects.insert(number, object);
            at = next;
        }
        Pdf { objects }
    }

    /// Whether `mark` stands in a dictionary or, unpacked, in a stream.
    pub fn has(&self, mark: &str) -> bool {
        self.objects
            .values()
            .any(|object| object.dictionary.contains(mark) || find(&object.stream, 0, mark.as_bytes()).is_some())
    }

    /// All visible text without white space, in the order it is drawn.
    pub fn text(&self) -> String {
        let mut pages: Vec<_> =
            self.objects.iter().filter(|(_, object)| object.dictionary.contains("/Type/Page/")).collect();
        pages.sort_by_key(|(number, _)| **number);
        let mut text = String::new();
        for (_, page) in pages {
            let fonts = self.fonts(&page.dictionary);
            let contents = number_after(&page.dictionary, "/Contents").unwrap();
            draw(&self.objects[&(contents as u32)].stream, &fonts, &mut text);
        }
        text.retain(|c| !c.is_whitespace());
        text
    }

    /// Glyph to text for each font name («f0») of a page.
    fn fonts(&self, page: &str) -> HashMap<String, HashMap<u16, String>> {
        let resources = number_after(page, "/Resources").unwrap();
        let resources = &self.objects[&(resources as u32)].dictionary;
        let names = resources.split("/Font<<").nth(1).unwrap().split(">>").next().unwrap();
        names
            .split('/')
            .filter_map(|entry| entry.split_once(' '))
            .map(|(name, reference)| {
                let font = &self.objects[&reference.split(' ').next().unwrap().parse().unwrap()];
                let table = number_after(&font.dictionary, "/ToUnicode").expect("every font can be read back");
                (name.to_owned(), glyphs(&latin(&self.objects[&(table as u32)].stream)))
            })
            .collect()
    }
}

/// Lines `<0001> <041E>` of a ToUnicode table.
fn glyphs(table: &str) -> HashMap<u16, String> {
    table
        .lines()
        .filter_map(|line| line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <"))
        .filter_map(|(glyph, units)| {
            let units: Option<Vec<u16>> =
                (0..units.len() / 4).map(|i| u16::from_str_radix(&units[i * 4..i * 4 + 4], 16).ok()).collect();
            Some((u16::from_str_radix(glyph, 16).ok()?, String::from_utf16(&units?).ok()?))
        })
        .collect()
}

fn draw(content: &[u8], fonts: &HashMap<String, HashMap<u16, String>>, text: &mut String) {
    let mut at = 0;
    while let Some(start) = find(content, at, b"BT") {
        let name: Vec<u8> = {
            let slash = find(content, start, b"/").unwrap();
            content[slash + 1..].iter().copied().take_while(|b| *b != b' ').collect()
        };
        let font = &fonts[&latin(&name)];
        at = start;
        while at < content.len() && !content[at..].starts_with(b"ET\n") {
            if content[at] != b'(' {
                at += 1;
                continue;
            }
            let (codes, after) = literal(content, at + 1);
            for pair in codes.chunks_exact(2) {
                text.push_str(font.get(&u16::from_be_bytes([pair[0], pair[1]])).map_or("", String::as_str));
            }
            at = after;
        }
    }
}

/// A literal string from just after its `(`: its bytes and the place after its `)`.
fn literal(content: &[u8], mut at: usize) -> (Vec<u8>, usize) {
    let mut out = Vec::new();
    let mut depth = 1;
    loop {
        match content[at] {
            b'\\' => {
                at += 1;
                let octal = content[at..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
                if octal > 0 {
                    out.push(u8::from_str_radix(&latin(&content[at..at + octal]), 8).unwrap());
                    at += octal - 1;
                } else {
                    out.push(match content[at] {
                        b'n' => b'\n',
                        b'r' => b'\r',
                        b't' => b'\t',
                        b'b' => 8,
                        b'f' => 12,
                        other => other,
                    });
                }
            }
            b'(' => {
                depth += 1;
                out.push(b'(');
            }
            b')' if depth == 1 => return (out, at + 1),
            b')' => {
                depth -= 1;
                out.push(b')');
            }
            byte => out.push(byte),
        }
        at += 1;
    }
}

fn inflate(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if dictionary.contains("FlateDecode") && flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut out).is_ok() {
        return out;
    }
    bytes.to_vec()
}

fn number_after(dictionary: &str, key: &str) -> Option<usize> {
    let rest = dictionary.split(key).nth(1)?.trim_start();
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    bytes[from..].windows(needle.len()).position(|window| window == needle).map(|at| from + at)
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
