//! The test vectors and the postal directory, for the tests, the scorer and the fuzzing seeds.

use domain::Code;
use domain::fields::{
    CardNumber, DepartmentCode, Email, Inn, Kpp, Ogrn, Passport, PersonName, Phone, Postcode, Snils, TrackNumber, dates,
};
use domain::reference::PostalObject;
use std::collections::HashMap;
use std::io::Read;

/// One line of a vectors file.
#[derive(Clone)]
pub struct Vector {
    pub kind: String,
    pub input: String,
    pub valid: bool,
    pub normalised: String,
    pub source: String,
}

/// All scored files.
pub const FILES: &[&str] = &[
    include_str!("../vectors/card.csv"),
    include_str!("../vectors/date.csv"),
    include_str!("../vectors/dept_code.csv"),
    include_str!("../vectors/email.csv"),
    include_str!("../vectors/inn.csv"),
    include_str!("../vectors/kpp.csv"),
    include_str!("../vectors/name.csv"),
    include_str!("../vectors/ogrn.csv"),
    include_str!("../vectors/passport.csv"),
    include_str!("../vectors/phone.csv"),
    include_str!("../vectors/postal_index.csv"),
    include_str!("../vectors/snils.csv"),
    include_str!("../vectors/tracking.csv"),
];

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for file in FILES {
        for record in csv::Reader::from_reader(file.as_bytes()).records() {
            let record = record.expect("a vectors file is RFC 4180");
            all.push(Vector {
                kind: record[0].into(),
                input: record[1].into(),
                valid: &record[2] == "1",
                normalised: record[3].into(),
                source: record[4].into(),
            });
        }
    }
    all
}

pub fn hostile_strings() -> Vec<String> {
    serde_json::from_str(include_str!("../vectors/blns.json")).expect("a list of strings")
}

/// 200 generated applicants, as JSON.
pub fn applicants() -> Vec<serde_json::Value> {
    unpack(include_bytes!("../vectors/applicants_200.jsonl.gz"))
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

/// Every object of the postal directory by its index.
pub struct Directory(HashMap<String, PostalObject>);

impl Directory {
    pub fn load() -> Self {
        let rows =
            unpack(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/reference/post_offices.tsv.gz")));
        let row = |row: &str| {
            let columns: Vec<&str> = row.split('\t').collect();
            let column = |nth: usize| columns.get(nth).copied().unwrap_or_default().to_owned();
            // index name type kind parent region_code region autonom area city …
            let object = PostalObject {
                index: column(0),
                name: column(1),
                kind: serde_json::from_value(column(3).into()).ok()?,
                region_code: column(5),
                region: [column(6), column(7)].concat(),
                area: column(8),
                town: column(9),
            };
            Some((column(0), object))
        };
        Directory(rows.lines().filter_map(row).collect())
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub fn objects(&self) -> impl Iterator<Item = &PostalObject> {
        self.0.values()
    }

    pub fn get(&self, index: &str) -> Option<&PostalObject> {
        self.0.get(index)
    }

    fn check(&self, postcode: Postcode) -> Result<String, Code> {
        match self.get(postcode.as_str()) {
            None => Err(Code::PostcodeUnknown),
            Some(object) if object.kind.valid_in_address() => Ok(postcode.into()),
            Some(_) => Err(Code::PostcodeNotAnAddress),
        }
    }
}

/// What the product makes of one input of the vectors: its stored form or the refusal.
pub fn read(kind: &str, input: &str, directory: &Directory) -> Result<String, Code> {
    match kind {
        "card" => CardNumber::parse(input).map(String::from),
        "date" => dates::parse_date(input).map(dates::iso),
        "dept_code" => DepartmentCode::parse(input).map(String::from),
        "email" => Email::parse(input).map(String::from),
        "inn" => Inn::parse(input).map(String::from),
        "kpp" => Kpp::parse(input).map(String::from),
        "name" => PersonName::parse(input).map(String::from),
        "ogrn" => Ogrn::parse(input).map(String::from),
        "passport" => Passport::parse(input).map(String::from),
        "phone" => Phone::parse(input).map(String::from),
        "postal_index" => Postcode::parse(input).and_then(|postcode| directory.check(postcode)),
        "snils" => Snils::parse(input).map(String::from),
        "tracking" => TrackNumber::parse(input).map(String::from),
        _ => Err(Code::UnknownChoice),
    }
}

fn unpack(gz: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(gz).read_to_string(&mut text).expect("gzip of UTF-8");
    text
}
