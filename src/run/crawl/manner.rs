//! How a crawl's records are made: records of two kinds in one file would be found out late, if ever.

use crate::error::Error;
use crate::options::{CleanOptions, Explain, OutputOptions, PageParser, RecordMarkdown, Strictness};
use crate::state::State;

/// The options that decide what a record holds, as the command line has them; empty where all are the usual ones.
pub(in crate::run) fn manner(clean: &CleanOptions, output: &OutputOptions) -> String {
    let mut options = Vec::new();
    if clean.strictness.min_certainty() != Strictness::default().min_certainty() {
        options.push(format!("--strictness {}", clean.strictness.min_certainty().share()));
    }
    if !clean.include.is_empty() {
        let roles: Vec<&str> = clean.include.iter().map(|role| role.name()).collect();
        options.push(format!("--include {}", roles.join(",")));
    }
    if clean.parser == PageParser::Reference {
        options.push("--parser reference".to_owned());
    }
    if output.explain == Explain::Blocks {
        options.push("--explain".to_owned());
    }
    if output.markdown == RecordMarkdown::Included {
        options.push("--markdown".to_owned());
    }
    options.join(" ")
}

/// Refuses to put records beside those of a crawl whose records are made in another `manner`; `what` is the option that
/// asks for it and the crawl, `instead` what else may be done.
///
/// # Errors
/// [`Error::Usage`], [`Error::State`]
pub(super) fn refuse_other_manner(state: &State, manner: &str, what: &str, instead: &str) -> Result<(), Error> {
    let before = state.manner()?;
    if before == manner {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{what}: its records were made {}, those of this run would be made {}: give the same options, or {instead}",
        in_words(&before),
        in_words(manner)
    )))
}

fn in_words(manner: &str) -> String {
    if manner.is_empty() { "by the default options".to_owned() } else { format!("with {manner}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Certainty;
    use crate::verdict::Role;

    #[test]
    fn it_is_told_as_the_command_line_has_it() {
        assert_eq!(manner(&CleanOptions::default(), &OutputOptions::default()), "");
        let clean = CleanOptions {
            include: [Role::Caption, Role::Bio].into(),
            strictness: Strictness::Eager,
            parser: PageParser::Reference,
            ..CleanOptions::default()
        };
        let output =
            OutputOptions { explain: Explain::Blocks, markdown: RecordMarkdown::Included, ..OutputOptions::default() };
        let told = manner(&clean, &output);
        for option in ["--strictness 0.4", "--include ", "bio", "caption", "--parser reference", "--explain --markdown"]
        {
            assert!(told.contains(option), "{told}");
        }
    }

    #[test]
    fn a_certainty_is_the_same_by_its_name_and_by_its_number() {
        let of =
            |strictness| manner(&CleanOptions { strictness, ..CleanOptions::default() }, &OutputOptions::default());
        let six_in_ten = Certainty::new(0.6).map(Strictness::AtLeast).expect("in range");
        assert_eq!(of(six_in_ten), of(Strictness::Balanced));
    }
}
