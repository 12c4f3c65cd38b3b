//! The document bench (M4): a photo is turned, cropped, made smaller, looked at and written as JPG, on the device.
//!
//! Runs in a worker of its own, away from the page. The browser decodes (it knows HEIC where the system does), so
//! what leaves here was made of pixels alone: no place, no camera, no hidden preview.

mod looks;
mod picture;

pub use looks::Looks;
pub use picture::Picture;

use wasm_bindgen::prelude::*;

/// A photo on the bench.
#[wasm_bindgen]
pub struct Bench(Picture);

#[wasm_bindgen]
impl Bench {
    /// From a canvas: four bytes a pixel. What is transparent becomes white, as paper is.
    #[wasm_bindgen(constructor)]
    pub fn new(rgba: &[u8], width: u32, height: u32) -> Bench {
        Bench(Picture::from_rgba(rgba, width, height))
    }
    /// Quarters of a turn, clockwise.
    pub fn turn(&mut self, quarters: u32) {
        self.0 = self.0.turned(quarters);
    }
    /// Cuts away so many thousandths of each side.
    pub fn crop(&mut self, left: u32, top: u32, right: u32, bottom: u32) {
        self.0 = self.0.cropped(left, top, right, bottom);
    }
    pub fn width(&self) -> u32 {
        self.0.width()
    }
    pub fn height(&self) -> u32 {
        self.0.height()
    }
    /// Whether its text is likely too blurred to be read.
    pub fn blurred(&self) -> bool {
        Looks::of(&self.0).is_blurred()
    }
    /// Whether light hides a part of it.
    pub fn glaring(&self) -> bool {
        Looks::of(&self.0).is_glaring()
    }
    /// A small copy for the page: four bytes a pixel, no side longer than `side`.
    pub fn preview(&self, side: u32) -> Preview {
        Preview(self.0.within(side))
    }
    /// As JPG of at most `limit` bytes: in good quality where it fits, smaller where it does not.
    pub fn jpeg(&self, limit: u32) -> Vec<u8> {
        self.0.jpeg(usize::try_from(limit).unwrap_or(usize::MAX))
    }
}

/// A small copy.
#[wasm_bindgen]
pub struct Preview(Picture);

#[wasm_bindgen]
impl Preview {
    pub fn width(&self) -> u32 {
        self.0.width()
    }
    pub fn height(&self) -> u32 {
        self.0.height()
    }
    pub fn rgba(&self) -> Vec<u8> {
        self.0.rgba()
    }
}
