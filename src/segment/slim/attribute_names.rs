//! Names of attributes as numbers.

use super::names::{NameTable, ends_name, ends_of_names, first_letters, letters};
use crate::block::sixteen::{Sixteen, WIDTH, first_of, is};

/// The name of an attribute that is read by anyone, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AttributeName(u8);

macro_rules! known_attributes {
    ($($constant:ident $name:literal,)*) => {
        #[allow(clippy::upper_case_acronyms, reason = "the names of the constants, numbered")]
        #[expect(non_camel_case_types, reason = "likewise")]
        enum Number { $($constant,)* }

        #[allow(dead_code, reason = "some are read together with others of their kind")]
        impl AttributeName {
            $(pub(crate) const $constant: AttributeName = AttributeName(Number::$constant as u8);)*
        }

        /// The attributes that segment or metadata reads, shortest first.
        pub(crate) const ATTRIBUTE_NAMES: &[&str] = &[$(text($name),)*];
    };
}

known_attributes! {
    ID b"id", ALT b"alt", REL b"rel", SRC b"src", HREF b"href", LANG b"lang", NAME b"name", OPEN b"open", ROLE b"role",
    TYPE b"type", CLASS b"class", START b"start", STYLE b"style", TITLE b"title", HIDDEN b"hidden", CONTENT b"content",
    PUBDATE b"pubdate", DATA_QA b"data-qa", DATA_SRC b"data-src", DATETIME b"datetime", ITEMPROP b"itemprop",
    ITEMTYPE b"itemtype", PROPERTY b"property", DATA_DATE b"data-date", DATA_TIME b"data-time", HTTP_EQUIV b"http-equiv",
    DATA_MODULE b"data-module", DATA_TESTID b"data-testid", DATA_TEST_ID b"data-test-id",
    DATA_COMPONENT b"data-component", DATA_PUBLISHED b"data-published", DATA_COMPONENT_NAME b"data-component-name",
}

const fn text(name: &[u8]) -> &str {
    match std::str::from_utf8(name) {
        Ok(name) => name,
        Err(_) => "",
    }
}

impl AttributeName {
    /// The name, in lower case.
    pub(crate) fn as_str(self) -> &'static str {
        ATTRIBUTE_NAMES[usize::from(self.0)]
    }

    /// The name that is written so, if it is read.
    pub(crate) fn of(written: &[u8]) -> Option<Self> {
        TABLE.find(written, letters(written)).map(AttributeName)
    }
}

/// A set of names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct AttributeNames(u64);

const _: () = assert!(ATTRIBUTE_NAMES.len() <= u64::BITS as usize);

impl AttributeNames {
    /// The set of these names.
    pub(crate) const fn of(names: &[AttributeName]) -> Self {
        let mut set = AttributeNames(0);
        let mut at = 0;
        while at < names.len() {
            set = set.with(names[at]);
            at += 1;
        }
        set
    }

    /// The set with one more name.
    #[inline]
    pub(crate) const fn with(self, name: AttributeName) -> Self {
        AttributeNames(self.0 | 1 << name.0)
    }

    /// Whether any name is in both.
    #[inline]
    pub(crate) const fn has_any(self, other: AttributeNames) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a name is in it.
    #[inline]
    pub(crate) const fn has(self, name: AttributeName) -> bool {
        self.0 >> name.0 & 1 != 0
    }
}

/// The names by their letters.
static TABLE: NameTable<{ ATTRIBUTE_NAMES.len() }> = NameTable::of(ATTRIBUTE_NAMES);

/// The letters of `class`, the name of every second attribute of a page.
const CLASS: u64 = letters(b"class");

/// The name of an attribute as it stands in a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrittenName {
    /// The place behind it.
    pub(super) end: usize,
    letters: u64,
}

impl WrittenName {
    /// The name that begins at `start`. It goes to the next space, `/`, `>` or `=`; an `=` in front is part of it.
    #[inline]
    pub(super) fn at(bytes: &[u8], start: usize) -> Self {
        if bytes[start..].starts_with(b"class=") {
            return WrittenName { end: start + b"class".len(), letters: CLASS };
        }
        let Some(first) = bytes.get(start..).and_then(first_of) else {
            return WrittenName::up_to_end(bytes, start, start + 1);
        };
        let ends = ends(first) & !1;
        if ends == 0 {
            return WrittenName::long(bytes, start);
        }
        let length = ends.trailing_zeros() as usize;
        WrittenName { end: start + length, letters: first_letters(first, length) }
    }

    /// Likewise where none of the first sixteen bytes ends it.
    #[inline(never)]
    fn long(bytes: &[u8], start: usize) -> Self {
        let mut end = start + WIDTH;
        while let Some(sixteen) = bytes.get(end..).and_then(first_of) {
            let ends = ends(sixteen);
            if ends != 0 {
                end += ends.trailing_zeros() as usize;
                return WrittenName { end, letters: letters(&bytes[start..end]) };
            }
            end += WIDTH;
        }
        WrittenName::up_to_end(bytes, start, end)
    }

    /// Likewise where less than sixteen bytes of the page are left from `from` on, up to which the name goes at the least.
    #[inline(never)]
    fn up_to_end(bytes: &[u8], start: usize, from: usize) -> Self {
        let ends = |byte: &u8| ends_name(*byte) || *byte == b'=';
        let end = bytes[from..].iter().position(ends).map_or(bytes.len(), |offset| from + offset);
        WrittenName { end, letters: letters(&bytes[start..end]) }
    }

    /// The name, which begins at `start`, if it is read by anyone.
    #[inline]
    pub(super) fn known(self, bytes: &[u8], start: usize) -> Option<AttributeName> {
        TABLE.find(&bytes[start..self.end], self.letters).map(AttributeName)
    }
}

/// A bit for each byte that ends a name.
#[inline]
fn ends(bytes: Sixteen) -> u32 {
    (ends_of_names(bytes) | is(bytes, b'=')).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_at_its_sign_however_long_it_is_and_wherever_the_page_ends() {
        for length in 1..60 {
            let name: String = "Data-Component-name_2".chars().cycle().take(length).collect();
            for behind in [
                "",
                "=",
                ">",
                "/>",
                " b",
                "\n",
                "=\"the value of a component\" class=\"c\">",
                " an-attribute-without-value>",
            ] {
                let page = format!("={name}{behind}");
                let written = WrittenName::at(page.as_bytes(), 1);
                assert_eq!((written.end, written.letters), (1 + length, letters(name.as_bytes())), "{page}");
                assert_eq!(WrittenName::at(page.as_bytes(), 0).end, 1 + length, "{page}");
            }
        }
    }
}
