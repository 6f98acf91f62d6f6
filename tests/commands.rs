//! What the program does beside cleaning, as its user meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use program::Folder;

#[test]
fn completions_know_each_flag() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!(ran.ends(0).gives("host-request-interval").gives("save-warc").stderr(), "", "{shell}");
    }
    folder.run(&["completions", "tcsh"]).ends(2).says("possible values: bash, elvish, fish, powershell, zsh");
    folder.run(&["completions"]).ends(2).says("<SHELL>");
}

#[test]
fn the_manual_page_is_a_page_of_section_one() {
    let folder = Folder::new();
    let ran = folder.run(&["man"]);
    let page = ran.ends(0).gives(".TH cleancopy 1").gives("\\-\\-host\\-request\\-interval").stdout();
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "MANNERS", "CRAWL", "EXIT STATUS", "EXAMPLES", "COMMANDS"] {
        let heading = [format!(".SH {section}\n"), format!(".SH \"{section}\"\n")];
        assert!(heading.iter().any(|heading| page.contains(heading)), "no {section} in {page}");
    }
}

#[test]
fn a_state_is_asked_for_by_name() {
    let folder = Folder::new();
    folder.run(&["status"]).ends(2).says("<STATE>");
    folder.run(&["status", "one", "two"]).ends(2).says("unexpected argument 'two'");
    folder.run(&["status", "missing.state"]).says("missing.state");
}

#[test]
fn a_source_may_have_the_name_of_a_command() {
    let folder = Folder::new();
    let page = "<title>The bridge reopens</title><article><h1>The bridge reopens</h1>\
        <p>The old bridge over the river Warrow reopened on Monday, two years after a flood had taken its arch.</p>\
        <p>Engineers said that the work had taken two years, and that nobody had believed in its end before spring.</p>\
        <p>\u{201c}We have waited long enough for this day,\u{201d} said the mayor, who was the first to cross it.</p>\
        </article>";
    for name in ["status", "completions", "man"] {
        folder.file(name, page);
        for arguments in [&[&*format!("./{name}")][..], &["--", name], &["-t", "text", name]] {
            folder.run(arguments).ends(0).gives("Warrow");
        }
    }
    assert_eq!(folder.run(&["./man", "status"]).ends(0).records().len(), 2);
    folder.file("help", page).run(&["help"]).ends(0).gives("Warrow");
}
