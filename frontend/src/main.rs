//! The way to a sent application, and what anybody may see.

fn main() {
    app::start(app::pages::Part::FORMS);
}
