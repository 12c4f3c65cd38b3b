//! What every target asserts: a valid value is stored in a form that reads back as itself, and
//! what people are shown reads back as what is stored.

use domain::Field;
use domain::fields::{check_field, format_field};

pub fn check(field: Field, text: &str) {
    let stored = check_field(field, text);
    let shown = format_field(field, text);
    assert_eq!(stored.is_ok(), shown.is_some());
    if let (Ok(stored), Some(shown)) = (stored, shown) {
        assert_eq!(check_field(field, &shown).as_ref(), Ok(&stored));
    }
}
