//! Files on a page. Blobs, drops and workers speak JavaScript, so does the one file beside this.

use crate::error::AppError;
use crate::wire;
use domain::Code;
use leptos::wasm_bindgen::{self, prelude::*};
use serde::Deserialize;

#[wasm_bindgen(module = "/src/browser/papers.js")]
extern "C" {
    fn listen(form: &str, added: &Closure<dyn FnMut(String)>);
    fn unlisten();
    pub fn forget(key: u32);
    #[wasm_bindgen(catch)]
    async fn look(key: u32, canvas: &str, turn: u32, crop: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn develop(key: u32, turn: u32, crop: &str, limit: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn digest(key: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn put(url: &str, key: u32, offset: f64, length: f64) -> Result<JsValue, JsValue>;
}

/// A file the page holds, by its key.
#[derive(Clone, Deserialize)]
pub struct Chosen {
    pub key: u32,
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The bench can be tried on it.
    pub picture: bool,
}

/// How a photo is to be changed: quarters of a turn, and thousandths cut from left, top, right, bottom.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Edit {
    pub turn: u32,
    pub crop: [u32; 4],
}

/// How a photo looks to the bench.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Looks {
    pub width: u32,
    pub height: u32,
    pub blurred: bool,
    pub glaring: bool,
}

/// Hears of files chosen in, dropped on or pasted over a form, until [`stop`].
pub fn on_files(form: &str, mut added: impl FnMut(Vec<Chosen>) + 'static) {
    let heard = Closure::<dyn FnMut(String)>::new(move |json: String| {
        added(serde_json::from_str(&json).unwrap_or_default());
    });
    listen(form, &heard);
    // A late event may still hold it.
    heard.forget();
}

/// The page is left. Also called where the server takes a rendered page down.
pub fn stop() {
    if cfg!(feature = "hydrate") {
        unlisten();
    }
}

fn crop_of(edit: Edit) -> String {
    serde_json::to_string(&edit.crop).unwrap_or_default()
}

/// Draws a photo, changed, on a canvas, and says how it looks. The browser may not know its format.
pub async fn preview(key: u32, canvas: &str, edit: Edit) -> Result<Looks, Code> {
    let told = look(key, canvas, edit.turn, &crop_of(edit)).await.map_err(|_| Code::PictureNotJpeg)?;
    told.as_string().and_then(|json| serde_json::from_str(&json).ok()).ok_or(Code::PictureNotJpeg)
}

/// Makes a photo, changed, a JPG of at most `limit` bytes: its size.
pub async fn make_jpeg(key: u32, edit: Edit, limit: u64) -> Result<u64, Code> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    let size = develop(key, edit.turn, &crop_of(edit), limit).await.map_err(|_| Code::PictureNotJpeg)?;
    size.as_f64().map(|size| size as u64).ok_or(Code::PictureNotJpeg)
}

/// SHA-256 of what will be sent, in hex; nothing where the browser cannot tell.
pub async fn fingerprint(key: u32) -> String {
    digest(key).await.ok().and_then(|hex| hex.as_string()).unwrap_or_default()
}

/// Sends a part of a file: how much has arrived.
pub async fn send_part(upload: &str, key: u32, offset: u64, length: u64) -> Result<u64, AppError> {
    #[derive(Deserialize)]
    struct Arrived {
        received: u64,
    }
    let url = crate::routes::upload(upload, offset);
    let answer = put(&url, key, offset as f64, length as f64).await.map_err(|_| AppError::noticed(Code::Offline))?;
    let (status, body): (u16, String) = wire::read(&answer.as_string().unwrap_or_default())?;
    if status == 200 {
        return wire::read::<Arrived>(&body).map(|arrived| arrived.received);
    }
    Err(wire::read::<AppError>(&body).unwrap_or_else(|_| AppError::noticed(Code::Unavailable)))
}
