use domain::reference::PostalObject;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaceOfIndex {
    pub object: PostalObject,
    /// «Новосибирск, Новосибирская область»
    pub words: String,
}

/// What the directory says of an index.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexAnswer {
    pub place: Option<PlaceOfIndex>,
    /// False where the directory has no data for the region: then nothing can be refused.
    pub covered: bool,
}

/// Names in the form of the passport's stamp, most common first.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct IssuingUnits(pub Vec<String>);

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeRow {
    pub index: String,
    pub name: String,
    pub place: String,
    pub kind: domain::reference::PostalKind,
}
