//! The shape of a type as JSON, asked of the type itself: its own `Deserialize` is run against a reader that hands out a
//! little of everything and notes what was wanted. So the document cannot differ from what the server reads and writes.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use std::collections::BTreeSet;
use std::fmt;

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Null,
    Bool,
    Integer,
    Number,
    Text,
    /// One of these words.
    Words(&'static [&'static str]),
    List(Box<Shape>),
    /// So many values in this order.
    Row(Vec<Shape>),
    Maybe(Box<Shape>),
    Object {
        name: &'static str,
        fields: Vec<Part>,
    },
    /// An enum told apart by a field: its parts are not known before that field is read. Described by hand.
    Tagged(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// Texts that some type or other accepts where not every text is good.
const TEXTS: &[&str] = &["x", "everywhere", "OTD-3102", "630099"];
/// And JSON for the enums told apart by a field.
const TAGGED: &[&str] = &[r#"{"act":"approve"}"#, r#"{"outcome":"agrees"}"#];

/// # Errors
/// A type that takes none of the texts: give [`TEXTS`] one that it takes.
pub fn of<T: DeserializeOwned>() -> Result<Shape, String> {
    let mut hints = Hints::default();
    let mut shape = whole::<T>(&mut hints)?;
    require::<T>(&mut shape, &hints, "");
    Ok(shape)
}

/// What has been learnt on the way: which text is good where, and which field is left out this time.
#[derive(Default, Clone)]
struct Hints {
    texts: Vec<(String, usize)>,
    last: Option<String>,
    left_out: BTreeSet<String>,
}

fn whole<T: DeserializeOwned>(hints: &mut Hints) -> Result<Shape, String> {
    loop {
        let mut shape = Shape::Null;
        hints.last = None;
        match T::deserialize(Reader { shape: &mut shape, hints, path: String::new() }) {
            Ok(_) => return Ok(shape),
            Err(Wanted(error)) => {
                let Some(path) = hints.last.take() else { return Err(error) };
                let at = hints.texts.iter().position(|(p, _)| *p == path).unwrap_or_else(|| {
                    hints.texts.push((path.clone(), 0));
                    hints.texts.len() - 1
                });
                hints.texts[at].1 += 1;
                if hints.texts[at].1 >= TEXTS.len().max(TAGGED.len()) {
                    return Err(format!("{path}: {error}"));
                }
            }
        }
    }
}

/// A field is required when the type cannot be read without it.
fn require<T: DeserializeOwned>(shape: &mut Shape, hints: &Hints, path: &str) {
    match shape {
        Shape::Object { fields, .. } => {
            for part in fields {
                let path = format!("{path}.{}", part.name);
                let mut without = hints.clone();
                without.left_out.insert(path.clone());
                part.required = whole::<T>(&mut without).is_err();
                require::<T>(&mut part.shape, hints, &path);
            }
        }
        Shape::List(inner) => require::<T>(inner, hints, &format!("{path}[]")),
        Shape::Maybe(inner) => require::<T>(inner, hints, path),
        Shape::Row(all) => {
            for (i, one) in all.iter_mut().enumerate() {
                require::<T>(one, hints, &format!("{path}[{i}]"));
            }
        }
        _ => {}
    }
}

#[derive(Debug)]
struct Wanted(String);

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wanted {}

impl de::Error for Wanted {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Wanted(message.to_string())
    }
}

struct Reader<'a> {
    shape: &'a mut Shape,
    hints: &'a mut Hints,
    path: String,
}

impl Reader<'_> {
    fn chosen(&mut self) -> usize {
        self.hints.last = Some(self.path.clone());
        self.hints.texts.iter().find(|(path, _)| *path == self.path).map_or(0, |(_, n)| *n)
    }
}

struct Expecting<'a, V>(&'a V);

impl<'de, V: Visitor<'de>> fmt::Display for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! plain {
    ($($method:ident => $shape:ident, $visit:ident($($value:expr)?);)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
            *self.shape = Shape::$shape;
            visitor.$visit($($value)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Wanted;

    plain! {
        deserialize_bool => Bool, visit_bool(false);
        deserialize_i8 => Integer, visit_u64(0);
        deserialize_i16 => Integer, visit_u64(0);
        deserialize_i32 => Integer, visit_u64(0);
        deserialize_i64 => Integer, visit_u64(0);
        deserialize_u8 => Integer, visit_u64(0);
        deserialize_u16 => Integer, visit_u64(0);
        deserialize_u32 => Integer, visit_u64(0);
        deserialize_u64 => Integer, visit_u64(0);
        deserialize_f32 => Number, visit_f64(0.0);
        deserialize_f64 => Number, visit_f64(0.0);
        deserialize_char => Text, visit_char('x');
        deserialize_unit => Null, visit_unit();
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Wanted> {
        *self.shape = Shape::Text;
        let chosen = self.chosen();
        visitor.visit_str(TEXTS.get(chosen).copied().unwrap_or_default())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
        self.deserialize_str(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Wanted> {
        let name = Expecting(&visitor).to_string();
        *self.shape = Shape::Tagged(name.rsplit(' ').next().unwrap_or_default().to_owned());
        let chosen = self.chosen();
        let json: serde_json::Value =
            serde_json::from_str(TAGGED.get(chosen).copied().unwrap_or("null")).map_err(de::Error::custom)?;
        json.deserialize_any(visitor).map_err(de::Error::custom)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
        let mut inner = Shape::Null;
        let value = visitor.visit_some(Reader { shape: &mut inner, hints: self.hints, path: self.path });
        *self.shape = Shape::Maybe(Box::new(inner));
        value
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wanted> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wanted> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
        let mut found = Vec::new();
        let list = Listed { found: &mut found, hints: self.hints, path: self.path, left: 1, numbered: false };
        let value = visitor.visit_seq(list);
        *self.shape = Shape::List(Box::new(found.pop().unwrap_or(Shape::Null)));
        value
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Wanted> {
        let mut found = Vec::new();
        let list = Listed { found: &mut found, hints: self.hints, path: self.path, left: len, numbered: true };
        let value = visitor.visit_seq(list);
        *self.shape = Shape::Row(found);
        value
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Wanted> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wanted> {
        let mut parts = Vec::new();
        let named = Named { parts: &mut parts, hints: self.hints, path: self.path, left: fields, field: "" };
        let value = visitor.visit_map(named);
        *self.shape = Shape::Object { name, fields: parts };
        value
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wanted> {
        *self.shape = Shape::Words(variants);
        visitor.visit_enum(Word(variants.first().copied().unwrap_or_default()))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wanted> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { bytes byte_buf map }
}

struct Listed<'a> {
    found: &'a mut Vec<Shape>,
    hints: &'a mut Hints,
    path: String,
    left: usize,
    numbered: bool,
}

impl<'de> SeqAccess<'de> for Listed<'_> {
    type Error = Wanted;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wanted> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let place = if self.numbered { self.found.len().to_string() } else { String::new() };
        let mut shape = Shape::Null;
        let path = format!("{}[{place}]", self.path);
        let value = seed.deserialize(Reader { shape: &mut shape, hints: self.hints, path });
        self.found.push(shape);
        value.map(Some)
    }
}

struct Named<'a> {
    parts: &'a mut Vec<Part>,
    hints: &'a mut Hints,
    path: String,
    left: &'static [&'static str],
    field: &'static str,
}

impl<'de> MapAccess<'de> for Named<'_> {
    type Error = Wanted;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wanted> {
        while let Some((field, rest)) = self.left.split_first() {
            self.left = rest;
            if !self.hints.left_out.contains(&format!("{}.{field}", self.path)) {
                self.field = field;
                return seed.deserialize(StrDeserializer::<Wanted>::new(field)).map(Some);
            }
        }
        // What fails from here on is a field that is missing, not a text that is no good.
        self.hints.last = None;
        Ok(None)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wanted> {
        let mut shape = Shape::Null;
        let path = format!("{}.{}", self.path, self.field);
        let value = seed.deserialize(Reader { shape: &mut shape, hints: self.hints, path });
        self.parts.push(Part { name: self.field, shape, required: true });
        value
    }
}

struct Word(&'static str);

impl<'de> EnumAccess<'de> for Word {
    type Error = Wanted;
    type Variant = Word;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Word), Wanted> {
        seed.deserialize(StrDeserializer::<Wanted>::new(self.0)).map(|value| (value, self))
    }
}

impl<'de> VariantAccess<'de> for Word {
    type Error = Wanted;
    fn unit_variant(self) -> Result<(), Wanted> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Wanted> {
        Err(de::Error::custom("an enum that is more than words has to be told apart by a field"))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Wanted> {
        Err(de::Error::custom("an enum that is more than words has to be told apart by a field"))
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Wanted> {
        Err(de::Error::custom("an enum that is more than words has to be told apart by a field"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::staff::view::{File, QueueFilter};

    fn part<'a>(shape: &'a Shape, name: &str) -> &'a Part {
        let Shape::Object { fields, .. } = shape else { panic!("no object") };
        fields.iter().find(|p| p.name == name).unwrap()
    }

    #[test]
    fn a_type_tells_its_own_shape() {
        let filter = of::<QueueFilter>().unwrap();
        assert_eq!(part(&filter, "scope").shape, Shape::Maybe(Box::new(Shape::Text)));
        assert!(!part(&filter, "term").required && !part(&filter, "scope").required);
        let Shape::Words(terms) = &part(&filter, "term").shape else { panic!("no words") };
        assert_eq!(terms, &["any", "overdue", "today"]);
        let pair = Shape::Row(vec![Shape::Integer, Shape::Text]);
        assert_eq!(part(&filter, "after").shape, Shape::Maybe(Box::new(pair)));

        let file = of::<File>().unwrap();
        assert!(part(&file, "id").required && !part(&file, "holder").required);
        let Shape::List(checks) = &part(&file, "checks").shape else { panic!("no list") };
        let finding = Shape::Maybe(Box::new(Shape::Tagged("Finding".into())));
        assert_eq!(part(checks, "finding").shape, finding);
    }
}
