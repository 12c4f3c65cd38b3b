//! The way to a sent application.

fn main() {
    app::start(app::pages::Part::FORMS);
}
