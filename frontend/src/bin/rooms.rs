//! Everything that the way to a sent application does not carry: home, words, offices, the card, what lies behind the login.

fn main() {
    app::start(app::pages::Part::ROOMS);
}
