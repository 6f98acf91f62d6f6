//! Names of attributes as numbers.

use super::names::{NameTable, ends_name, ends_of_names, first_letters, letters};
use crate::block::sixteen::{first_of, is};

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

/// The letters of the name that every second attribute has which pages write.
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
        if bytes.get(start..).is_some_and(|rest| rest.starts_with(b"class=")) {
            return WrittenName { end: start + b"class".len(), letters: CLASS };
        }
        let Some(first) = bytes.get(start..).and_then(first_of) else {
            return WrittenName::long(bytes, start);
        };
        let ends = (ends_of_names(first) | is(first, b'=')).to_bitmask() & !1;
        if ends == 0 {
            return WrittenName::long(bytes, start);
        }
        let length = ends.trailing_zeros() as usize;
        WrittenName { end: start + length, letters: first_letters(first, length) }
    }

    /// Likewise where it is longer than sixteen bytes, or the page ends.
    #[inline(never)]
    fn long(bytes: &[u8], start: usize) -> Self {
        let behind = start + 1;
        let ends = |byte: &u8| ends_name(*byte) || *byte == b'=';
        let end = bytes[behind..].iter().position(ends).map_or(bytes.len(), |offset| behind + offset);
        WrittenName { end, letters: letters(&bytes[start..end]) }
    }

    /// The name, which begins at `start`, if it is read by anyone.
    #[inline]
    pub(super) fn known(self, bytes: &[u8], start: usize) -> Option<AttributeName> {
        TABLE.find(&bytes[start..self.end], self.letters).map(AttributeName)
    }
}
