//! The desk of the postal directory.

use crate::http::Visit;
use crate::reference::OfficeQuery;
use app::desks::OfficesDesk;
use app::error::Refusal;
use app::offices::view::{IndexAnswer, IssuingUnits, OfficeRow, PlaceOfIndex};
use async_trait::async_trait;
use domain::fields::{DepartmentCode, Postcode};
use domain::reference::PostalObject;

const SHOWN: usize = 30;

#[async_trait]
impl OfficesDesk for Visit {
    async fn postcode(&self, index: String) -> Result<IndexAnswer, Refusal> {
        let Ok(index) = Postcode::parse(&index) else {
            return Ok(IndexAnswer { place: None, covered: true });
        };
        let reference = &self.house.reference;
        let found = reference.postcode(index.as_str());
        Ok(IndexAnswer {
            place: found.map(|object| PlaceOfIndex { words: place(&object), object }),
            covered: reference.covers(index.as_str()),
        })
    }

    async fn issuing_units(&self, department_code: String) -> Result<IssuingUnits, Refusal> {
        let Ok(code) = DepartmentCode::parse(&department_code) else {
            return Ok(IssuingUnits::default());
        };
        let names = self.house.reference.units(code.as_str());
        Ok(IssuingUnits(names.into_iter().map(str::to_owned).collect()))
    }

    async fn find_offices(&self, query: String) -> Result<Vec<OfficeRow>, Refusal> {
        let text: String = query.chars().take(100).collect();
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let found = self.house.reference.offices(OfficeQuery { text: &text, region_code: None, limit: SHOWN });
        Ok(found
            .into_iter()
            .map(|o| OfficeRow { place: place(&o), index: o.index, name: o.name, kind: o.kind })
            .collect())
    }
}

/// «Новосибирск, Новосибирская область»; a federal city is its own region.
pub fn place(object: &PostalObject) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in [object.town.as_str(), object.area.as_str(), object.region.as_str()] {
        if !part.is_empty() && !parts.iter().any(|p| part.ends_with(p)) {
            parts.push(part);
        }
    }
    parts.join(", ")
}
