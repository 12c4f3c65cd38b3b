//! The postal directory, as pages ask it.

use super::view::{IndexAnswer, IssuingUnits, OfficeRow};
use crate::error::Refusal;
use async_trait::async_trait;

#[async_trait]
pub trait OfficesDesk {
    /// What an index belongs to.
    async fn postcode(&self, index: String) -> Result<IndexAnswer, Refusal>;
    /// Who issued passports under a department code.
    async fn issuing_units(&self, department_code: String) -> Result<IssuingUnits, Refusal>;
    /// Offices by town, name or the beginning of an index.
    async fn find_offices(&self, query: String) -> Result<Vec<OfficeRow>, Refusal>;
}
