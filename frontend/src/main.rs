//! Takes over the page the server rendered, or fills the empty one of the installed app.

use app::{App, browser};

fn main() {
    console_error_panic_hook::set_once();
    if browser::is_offline_shell() {
        leptos::mount::mount_to_body(App);
    } else {
        leptos::mount::hydrate_body(App);
    }
    browser::mark_hydrated();
}
