//! The rooms behind the login, which the way to an application does not carry.

fn main() {
    app::start(app::pages::Part::ROOMS);
}
