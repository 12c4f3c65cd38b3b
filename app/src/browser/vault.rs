//! The device's sealed store. The browser's key store and database speak JavaScript, so does this one file beside it.

use leptos::wasm_bindgen::{self, prelude::*};

#[wasm_bindgen(module = "/src/browser/vault.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub async fn keep(name: &str, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn recall(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn forget(name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn names() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn tidy(person: &str, since: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn wipe() -> Result<(), JsValue>;
}
