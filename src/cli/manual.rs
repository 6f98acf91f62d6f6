//! The manual page.

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::{EXAMPLES, EXIT_CODES};

/// The manual page of the program that `grammar` defines, as roff.
pub(super) fn page(grammar: Command) -> io::Result<Vec<u8>> {
    let commands = commands(&grammar);
    let man = Man::new(grammar);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    synopsis().to_writer(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    commands.to_writer(&mut page)?;
    files().to_writer(&mut page)?;
    verbatim("EXIT STATUS", EXIT_CODES).to_writer(&mut page)?;
    verbatim("EXAMPLES", EXAMPLES).to_writer(&mut page)?;
    Ok(page)
}

fn synopsis() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold("cleancopy"), roman(" ["), italic("OPTION"), roman("]... ["), italic("SOURCE"), roman("]...")]);
    roff.control("br", []);
    roff.text([bold("cleancopy status"), roman(" "), italic("STATE")]);
    roff.control("br", []);
    roff.text([bold("cleancopy completions"), roman(" "), italic("SHELL")]);
    roff.control("br", []);
    roff.text([bold("cleancopy man")]);
    roff
}

/// Each command and what it does.
fn commands(grammar: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in grammar.get_subcommands() {
        roff.control("TP", []);
        roff.text([bold(command.get_name())]);
        roff.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    }
    roff
}

fn files() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["FILES"]);
    for (path, what) in [
        ("cleancopy.toml", "Options, read from the current folder; --dump-config prints one."),
        (
            "$XDG_CONFIG_HOME/cleancopy/cleancopy.toml",
            "Read where the current folder has none; $XDG_CONFIG_HOME is ~/.config by default.",
        ),
    ] {
        roff.control("TP", []);
        roff.text([italic(path)]);
        roff.text([roman(what)]);
    }
    roff
}

/// A section that keeps its lines.
fn verbatim(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line.trim_start())]);
    }
    roff.control("fi", []);
    roff
}
