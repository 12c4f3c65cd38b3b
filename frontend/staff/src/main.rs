//! The staff desk. Everything it shows comes from `/staff/api`; the page it starts in knows nobody.
#![recursion_limit = "256"]

mod audit;
mod board;
mod browser;
mod confirm;
mod counter;
mod drafts;
mod entry;
mod file;
mod forms;
mod frame;
mod identities;
mod keys;
mod list;
mod newcomers;
mod partners;
mod people;
mod queue;
mod search;
mod session;
mod shell;
mod table;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(shell::App);
    app::browser::mark_hydrated();
}
