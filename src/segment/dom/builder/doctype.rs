//! Whether a page is to be read as pages of the nineties were (section 13.2.6.4.1): then a table may stand in a
//! paragraph.

/// Whether it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirks {
    Yes,
    No,
}

/// How the public identifiers of such pages begin.
const OLD: &[&str] = &[
    "+//silmaril//",
    "-//advasoft ltd//",
    "-//as//",
    "-//ietf//dtd html",
    "-//metrius//",
    "-//microsoft//dtd internet explorer",
    "-//netscape comm. corp.//",
    "-//o'reilly and associates//",
    "-//softquad",
    "-//spyglass//",
    "-//sq//",
    "-//sun microsystems corp.//",
    "-//w3c//dtd html 3",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental",
    "-//w3c//dtd w3 html",
    "-//w3o//dtd w3 html",
    "-//webtechs//",
    "-/w3c/dtd html 4.0 transitional/en",
];
/// Likewise, where no system identifier follows.
const OLD_ALONE: &[&str] = &["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];
/// The system identifier of such pages.
const OLD_SYSTEM: &str = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

/// What the doctype `written`, brackets and all, makes of the page.
pub(super) fn quirks(written: &str) -> Quirks {
    let inside = written.get("<!doctype".len()..).unwrap_or_default().trim_end_matches('>').to_ascii_lowercase();
    let inside = inside.trim_start();
    let name_end = inside.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_end);
    let rest = rest.trim_start();
    let (public, system) = match (rest.strip_prefix("public"), rest.strip_prefix("system")) {
        (Some(rest), _) => {
            let (public, rest) = quoted(rest);
            (public, quoted(rest).0)
        }
        (_, Some(rest)) => (None, quoted(rest).0),
        (None, None) => (None, None),
    };
    // Something else there, or nothing where an identifier should be, is a fault that counts as old.
    let broken = !rest.is_empty() && public.is_none() && system.is_none();
    let begins = |starts: &[&str]| public.is_some_and(|public| starts.iter().any(|start| public.starts_with(start)));
    let old =
        begins(OLD) || system.is_none() && begins(OLD_ALONE) || public == Some("html") || system == Some(OLD_SYSTEM);
    if name != "html" || broken || old { Quirks::Yes } else { Quirks::No }
}

/// The text in quotation marks that comes next, and what is behind it.
fn quoted(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start();
    let Some(mark) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return (None, text) };
    let inside = &text[1..];
    match inside.split_once(mark) {
        Some((inside, behind)) => (Some(inside), behind),
        None => (None, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{Quirks, quirks};

    #[test]
    fn pages_of_today_have_no_quirks() {
        for doctype in [
            "<!doctype html>",
            "<!DOCTYPE HTML >",
            "<!DOCTYPE html SYSTEM \"about:legacy-compat\">",
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" \"http://www.w3.org/TR/html4/loose.dtd\">",
            "<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
        ] {
            assert_eq!(quirks(doctype), Quirks::No, "{doctype}");
        }
    }

    #[test]
    fn old_pages_have() {
        for doctype in [
            "<!doctype>",
            "<!doctype page>",
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">",
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">",
            "<!DOCTYPE html PUBLIC \"-//IETF//DTD HTML//EN\" \"x\">",
            "<!doctype html public>",
            "<!doctype html and more>",
        ] {
            assert_eq!(quirks(doctype), Quirks::Yes, "{doctype}");
        }
    }
}
