//! Everything that the way to a sent application does not carry: the rooms behind the login, home, words, offices.

fn main() {
    app::start(app::pages::Part::ROOMS);
}
