//! One typst engine for the life of the process: fonts, library and parsed templates are built once.
//!
//! A template sees three files: itself, `base.typ` and the two made for this one document, its data
//! (`receipt.json`) and `qr.svg`. It can reach neither the disk nor the network nor a clock.

use std::sync::LazyLock;

use serde::Serialize;
use time::Date;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Coverage, Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{DocumentError, Office};

/// A template and the name of the data file it reads.
#[derive(Clone, Copy)]
pub(crate) struct Template {
    path: &'static str,
    data: &'static str,
    text: &'static str,
}

pub(crate) const RECEIPT: Template =
    Template { path: "receipt.typ", data: "receipt.json", text: include_str!("../templates/receipt.typ") };
pub(crate) const CERTIFICATE: Template =
    Template { path: "certificate.typ", data: "certificate.json", text: include_str!("../templates/certificate.typ") };
pub(crate) const RECORD: Template =
    Template { path: "record.typ", data: "record.json", text: include_str!("../templates/record.typ") };
const BASE: Template = Template { path: "base.typ", data: "", text: include_str!("../templates/base.typ") };

const FONTS: [&[u8]; 2] =
    [include_bytes!("../fonts/GolosText-Regular.ttf"), include_bytes!("../fonts/GolosText-SemiBold.ttf")];

/// No value is longer on paper; a hostile one must not become a book.
const LONGEST_VALUE: usize = 300;

pub(crate) struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
    coverage: Coverage,
    standards: Option<PdfStandards>,
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

pub(crate) fn engine() -> &'static Engine {
    &ENGINE
}

impl Engine {
    fn new() -> Engine {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        let sources = [BASE, RECEIPT, CERTIFICATE, RECORD]
            .iter()
            .filter_map(|template| Some(Source::new(file_id(template.path)?, template.text.to_owned())))
            .collect();
        Engine {
            // The extras name the head of each table row to a screen reader.
            library: LazyHash::new(
                Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            coverage: fonts.first().map_or_else(|| Coverage::from_vec(Vec::new()), |font| font.info().coverage.clone()),
            fonts,
            sources,
            standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).ok(),
        }
    }
}

fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// What typst may ask for while it makes one document.
struct Sheet {
    engine: &'static Engine,
    main: FileId,
    made: [(Option<FileId>, Bytes); 2],
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.engine.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.made
            .iter()
            .find(|(made, _)| *made == Some(id))
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    /// Dates come with the data; a document made twice is the same document.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// `data` through `template` to PDF bytes.
pub(crate) fn render<T: Serialize>(template: Template, data: &T, qr: String) -> Result<Vec<u8>, DocumentError> {
    let json = serde_json::to_vec(data).map_err(|_| DocumentError::Data)?;
    let broken = DocumentError::Template { template: template.path, line: 0 };
    let engine = engine();
    let world = Sheet {
        engine,
        main: file_id(template.path).ok_or(broken)?,
        made: [(file_id(template.data), Bytes::new(json)), (file_id("qr.svg"), Bytes::new(qr.into_bytes()))],
    };
    let options = PdfOptions {
        standards: engine.standards.clone().ok_or(broken)?,
        creator: Smart::Custom(None),
        ..PdfOptions::default()
    };
    let made = typst::compile(&world)
        .output
        .map_err(|errors| DocumentError::Template { template: template.path, line: line(&world, &errors) })
        .and_then(|document| {
            typst_pdf::pdf(&document, &options)
                .map_err(|errors| DocumentError::Standard { template: template.path, line: line(&world, &errors) })
        });
    // The memory of typst would otherwise keep what past documents said.
    typst::comemo::evict(1);
    made
}

/// Where the first error is. Its message may quote the data, so it goes nowhere.
fn line(world: &Sheet, errors: &EcoVec<SourceDiagnostic>) -> usize {
    let place = errors.first().and_then(|error| world.range(error.span));
    let text = world.source(world.main).ok();
    match (place, text) {
        (Some(range), Some(source)) => source.text().get(..range.start).map_or(0, |before| before.lines().count()),
        _ => 0,
    }
}

pub(crate) fn ymd(date: Date) -> [i32; 3] {
    [date.year(), i32::from(u8::from(date.month())), i32::from(date.day())]
}

/// PDF/A refuses a character the embedded font lacks, so such a character becomes «?». Invisible and
/// direction-changing ones are dropped: on an issued document nothing may look other than it reads.
pub(crate) fn printable(value: &str) -> String {
    let coverage = &engine().coverage;
    let mut out = String::with_capacity(value.len());
    for (count, character) in value.chars().enumerate() {
        if count == LONGEST_VALUE {
            out.push('…');
            break;
        }
        match character {
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{2009}' | '\u{202f}' | '\u{2007}' => out.push('\u{a0}'),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
            c if c.is_control() => {}
            c if coverage.contains(u32::from(c)) => out.push(c),
            _ => out.push('?'),
        }
    }
    out
}

pub(crate) fn printable_office(office: &Office) -> Office {
    Office { index: printable(&office.index), name: printable(&office.name) }
}
