//! The JSON object that a page came in as one of many lines, as it was written: what is not the page goes out again
//! byte for byte, numbers and escapes as they were.

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A record of JSON Lines and where its page stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    json: String,
    members: Vec<Member>,
    place: Place,
}

/// A name and its value in the object.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    name: String,
    /// What stands ahead of the value: the comma, the name, the colon.
    lead: Range<usize>,
    value: Range<usize>,
}

/// Where the page stands, and so where its story goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Place {
    /// Nowhere yet: the story is added as `text`.
    #[default]
    Added,
    /// The story takes the place of this member's value.
    Value(usize),
    /// The page is this member's value; it goes, and the story takes the place of `text`.
    Html(usize),
}

/// What is written where the page stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story<'a> {
    /// What stood there: nothing was dropped.
    Unchanged,
    /// This text.
    Text(&'a str),
    /// `null`: there is none.
    Missing,
}

impl Envelope {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// Where `json` is none.
    pub fn parse(json: String) -> serde_json::Result<Envelope> {
        let mut deserializer = serde_json::Deserializer::from_str(&json);
        let values = deserializer.deserialize_map(Object)?;
        deserializer.end()?;
        let mut end = json.find('{').map_or(0, |brace| brace + 1);
        let members = values.into_iter().map(|(name, value)| {
            let start = value.get().as_ptr().addr() - json.as_ptr().addr();
            let lead = end..start;
            end = start + value.get().len();
            Member { name, lead, value: start..end }
        });
        let members = members.collect();
        Ok(Envelope { json, members, place: Place::default() })
    }

    /// The value of the member `name` where that is a string; of several the last one's, as most readers have it. Halves of
    /// characters (`\ud83d` alone), which other writers let through, become U+FFFD.
    pub fn string(&self, name: &str) -> Option<String> {
        let member = &self.members[self.position(name)?];
        let json = &self.json[member.value.clone()];
        serde_json::from_str(json).ok().or_else(|| string_of_halves(json))
    }

    /// Has the story take the place of the value of `name`.
    #[must_use]
    pub fn with_text_in(self, name: &str) -> Envelope {
        let place = self.position(name).map_or(Place::Added, Place::Value);
        Envelope { place, ..self }
    }

    /// Has the story take the place of the value of `text`, and the HTML that is the value of `name` go.
    #[must_use]
    pub fn with_html_in(self, name: &str) -> Envelope {
        let place = self.position(name).map_or(Place::Added, Place::Html);
        Envelope { place, ..self }
    }

    /// Whether it is known where its page stands.
    pub fn holds_page(&self) -> bool {
        self.place != Place::Added
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.members.iter().rposition(|member| member.name == name)
    }

    /// The object without its page: without the members that the story takes the place of.
    pub fn around_page(&self) -> String {
        let gone = match self.place {
            Place::Added => [None, None],
            Place::Value(index) => [Some(index), None],
            Place::Html(index) => [self.position("text"), Some(index)],
        };
        let stay = self.members.iter().enumerate().filter(|(index, _)| !gone.contains(&Some(*index)));
        let mut json = String::from("{");
        for (_, member) in stay {
            let lead = self.json[member.lead.clone()].trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace());
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(lead);
            json.push_str(&self.json[member.value.clone()]);
        }
        json.push('}');
        json
    }

    /// Writes the object with the story in its page's place. What is `added`, a name and its JSON, goes to the end and
    /// replaces members of that name.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn write(&self, story: Story<'_>, added: Option<(&str, &str)>, out: &mut dyn Write) -> io::Result<()> {
        let head = self.members.first().map_or_else(|| self.json.find('{').map_or(0, |at| at + 1), |m| m.lead.start);
        let tail = self.members.last().map_or(head, |member| member.value.end);
        let (story_at, html_at) = match self.place {
            Place::Added => (None, None),
            Place::Value(index) => (Some(index), None),
            Place::Html(index) => (self.position("text"), Some(index)),
        };
        out.write_all(&self.json.as_bytes()[..head])?;
        let mut comma = Comma::None;
        for (index, member) in self.members.iter().enumerate() {
            if html_at == Some(index) || added.is_some_and(|(name, _)| name == member.name) {
                continue;
            }
            let lead = &self.json[member.lead.clone()];
            out.write_all(comma.ahead_of(lead).as_bytes())?;
            match story {
                Story::Text(text) if story_at == Some(index) => serde_json::to_writer(&mut *out, text)?,
                Story::Missing if story_at == Some(index) => out.write_all(b"null")?,
                _ => out.write_all(&self.json.as_bytes()[member.value.clone()])?,
            }
            comma = Comma::Due;
        }
        if story_at.is_none() && story != Story::Unchanged {
            write!(out, "{}\"text\":", comma.sign())?;
            serde_json::to_writer(&mut *out, &if let Story::Text(text) = story { Some(text) } else { None })?;
            comma = Comma::Due;
        }
        if let Some((name, json)) = added {
            out.write_all(comma.sign().as_bytes())?;
            serde_json::to_writer(&mut *out, name)?;
            write!(out, ":{json}")?;
        }
        out.write_all(&self.json.as_bytes()[tail..])
    }
}

/// Whether a member stands ahead.
#[derive(Debug, Clone, Copy)]
enum Comma {
    None,
    Due,
}

impl Comma {
    fn sign(self) -> &'static str {
        match self {
            Comma::None => "",
            Comma::Due => ",",
        }
    }

    /// The lead of a member that may not have been the first one.
    fn ahead_of(self, lead: &str) -> &str {
        match self {
            Comma::None => lead.trim_start().strip_prefix(',').unwrap_or(lead),
            Comma::Due => lead,
        }
    }
}

/// Reads an object's members in order, twice the same name among them.
struct Object;

/// A JSON string that is no UTF-8 text.
fn string_of_halves(json: &str) -> Option<String> {
    let bytes = serde_json::Deserializer::from_str(json).deserialize_bytes(Bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The bytes of a string.
struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }
}

impl<'de> Visitor<'de> for Object {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(json: &str) -> Envelope {
        Envelope::parse(json.to_owned()).unwrap()
    }

    fn written(envelope: &Envelope, story: Story<'_>, added: Option<(&str, &str)>) -> String {
        let mut out = Vec::new();
        envelope.write(story, added, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const ODD: &str = "{ \"n\" : 1e400,\"big\":12345678901234567890123, \"f\":1.10, \"e\":\"caf\\u00e9\\/\\ud800\", \
                       \"k\\u0065y\": [ 1,  {} ] ,\"text\" :\"a\\u2028\", \"n\": null }";

    #[test]
    fn what_is_not_the_page_stays_byte_for_byte() {
        let envelope = envelope(ODD).with_text_in("text");
        assert_eq!(written(&envelope, Story::Unchanged, None), ODD);
        assert_eq!(written(&envelope, Story::Text("\"b\""), None), ODD.replace("\"a\\u2028\"", "\"\\\"b\\\"\""));
        assert_eq!(written(&envelope, Story::Missing, None), ODD.replace("\"a\\u2028\"", "null"));
        assert_eq!(envelope.string("text").as_deref(), Some("a\u{2028}"));
        assert_eq!(envelope.string("f"), None);
        assert_eq!(envelope.string("none"), None);
    }

    #[test]
    fn html_goes_and_the_story_comes() {
        for (json, expected) in [
            ("{\"html\":\"<p>\",\"id\":1}", "{\"id\":1,\"text\":\"x\"}"),
            ("{\"id\":1, \"html\":\"<p>\"}", "{\"id\":1,\"text\":\"x\"}"),
            ("{\"text\":null, \"html\":\"<p>\", \"id\":1}", "{\"text\":\"x\", \"id\":1}"),
            ("{\"html\":\"<p>\"}", "{\"text\":\"x\"}"),
        ] {
            assert_eq!(written(&envelope(json).with_html_in("html"), Story::Text("x"), None), expected);
        }
    }

    #[test]
    fn what_is_added_replaces_what_has_its_name() {
        let added = Some(("error", "{}"));
        for (json, expected) in [
            ("{\"error\":\"old\", \"text\":\"\"}", "{ \"text\":\"\",\"error\":{}}"),
            ("{\"text\":\"\",\"error\":1,\"z\":2,\"error\":3}", "{\"text\":\"\",\"z\":2,\"error\":{}}"),
        ] {
            assert_eq!(written(&envelope(json).with_text_in("text"), Story::Unchanged, added), expected);
        }
        assert_eq!(written(&envelope(" { } "), Story::Unchanged, added), " {\"error\":{} } ");
    }

    #[test]
    fn the_fields_around_the_page_are_an_object() {
        let around = |envelope: Envelope| envelope.around_page();
        assert_eq!(
            around(envelope(ODD).with_text_in("text")),
            "{\"n\" : 1e400,\"big\":12345678901234567890123,\"f\":1.10,\"e\":\"caf\\u00e9\\/\\ud800\",\
             \"k\\u0065y\": [ 1,  {} ],\"n\": null}"
        );
        for (json, expected) in
            [("{ \"html\" : \"<p>\" , \"text\": null, \"id\":1 }", "{\"id\":1}"), ("{\"html\":\"<p>\"}", "{}")]
        {
            assert_eq!(around(envelope(json).with_html_in("html")), expected);
        }
        assert_eq!(around(envelope(" {} ")), "{}");
        assert_eq!(around(envelope("{\"id\":1}")), "{\"id\":1}");
    }

    #[test]
    fn only_objects_are_records() {
        for json in ["[1]", "1", "{\"a\":}", "{} {}", "", "{\"a\":1"] {
            assert!(Envelope::parse(json.to_owned()).is_err(), "{json}");
        }
    }
}
