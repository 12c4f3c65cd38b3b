//! Devices that are told, as the archive names them.

use super::archive::At;
use crate::storage::push::Device;
use serde::Serialize;

/// A browser that shows notices. Its keys are left out, and so is its address but for the service: whoever has them can
/// write to the device.
#[derive(Serialize)]
pub struct ToldDevice {
    id: String,
    pub(super) device: String,
    pub(super) service: String,
    pub(super) added_at: At,
    reached_at: At,
}

impl From<Device> for ToldDevice {
    fn from(device: Device) -> ToldDevice {
        ToldDevice {
            id: device.id,
            service: device.address.endpoint.split('/').nth(2).unwrap_or_default().to_owned(),
            device: device.address.label,
            added_at: At(device.created_ms),
            reached_at: At(device.reached_ms),
        }
    }
}
