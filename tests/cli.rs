//! The program as its user meets it. No test reaches the network.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::process::Stdio;

use serde_json::Value;

use program::{Folder, Ran, gzip, records};

/// A page whose story is plain to see; `topic` tells one page from the others.
fn page(topic: &str) -> String {
    let story = story(topic);
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>The {topic} reopens</title>\
         <meta property=og:type content=article></head><body>\
         <nav><ul><li><a href=/>Home</a><li><a href=/s>Sports</a></ul></nav>\
         <main><article><h1>The {topic} reopens</h1><p>{story}</p>\
         <p>Engineers said that the work had taken two years, and that nobody had believed in its end before spring.</p>\
         <p>\u{201c}We have waited long enough for this day,\u{201d} said the mayor, who was the first to cross it.</p>\
         </article></main><footer><p>All rights reserved.</p></footer></body></html>"
    )
}

/// A sentence that stands in the page of `topic` alone.
fn story(topic: &str) -> String {
    format!("The old {topic} over the river Warrow reopened on Monday, two years after a flood had taken its arch.")
}

/// A text of the same kind without markup.
fn text(topic: &str) -> String {
    format!("{}\n\nEngineers said that the work had taken two years, and four million crowns.\n", story(topic))
}

fn field<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name].as_str().unwrap_or_else(|| panic!("no string {name} in {record}"))
}

fn sources(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| field(record, "source")).collect()
}

// --- what is read ---------------------------------------------------------------------------------------------------

#[test]
fn a_file_is_text_on_standard_output() {
    let folder = Folder::new();
    let ran = folder.file("a.html", page("bridge")).run(&["a.html"]);
    assert_eq!(ran.ends(0).gives(&story("bridge")).stderr(), "");
}

#[test]
fn standard_input_is_a_page_with_and_without_a_dash() {
    let folder = Folder::new();
    for arguments in [&[][..], &["-"]] {
        folder.run_with_stdin(arguments, page("bridge")).ends(0).gives(&story("bridge"));
    }
    folder.run_with_stdin(&[], gzip(page("bridge"))).ends(0).gives(&story("bridge"));
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new();
    folder.run(&["-", "-"]).ends(2).says("read only once");
    folder.run(&["-i", "-", "-"]).ends(2).says("read only once");
}

#[test]
fn a_record_holds_markdown_where_it_is_asked_for() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    let records = folder.run(&["-t", "jsonl", "--markdown", "a.html"]).ends(0).records();
    assert!(field(&records[0], "markdown").contains("The old bridge over the river"));
    let plain = folder.run(&["-t", "jsonl", "a.html"]).ends(0).records();
    assert!(plain[0].get("markdown").is_none(), "{}", plain[0]);
    folder.run(&["--markdown", "a.html"]).ends(2).says("--markdown goes with --to json, jsonl or parquet");
}

#[test]
fn several_files_are_json_lines_in_their_order() {
    let folder = Folder::new();
    folder.file("b.html", page("bridge")).file("a.html", page("tower"));
    let records = folder.run(&["b.html", "a.html"]).ends(0).records();
    assert_eq!(sources(&records), ["b.html", "a.html"]);
    assert!(field(&records[0], "text").contains(&story("bridge")));
    assert!(field(&records[1], "text").contains(&story("tower")));
}

#[test]
fn a_folder_is_walked_in_order_and_its_hidden_and_other_files_skipped() {
    let folder = Folder::new();
    for name in ["p/b.html", "p/a/z.htm", "p/c.HTML", "p/.hidden.html", "p/.git/x.html", "p/x.css", "p/x.png"] {
        folder.file(name, page("bridge"));
    }
    folder.file("p/d.html.gz", gzip(page("bridge"))).file("p/e.txt", text("bridge"));
    let records = folder.run(&["p"]).ends(0).records();
    assert_eq!(sources(&records), ["p/a/z.htm", "p/b.html", "p/c.HTML", "p/d.html.gz", "p/e.txt"]);
    folder.file("p/f.jsonl", "{\"text\": \"x\", \"id\": 1}\n");
    assert_eq!(folder.run(&["p"]).ends(0).records().len(), 6);
}

#[test]
fn an_empty_folder_is_nothing_to_clean() {
    let folder = Folder::new();
    fs::create_dir(folder.path("p")).unwrap();
    assert_eq!(folder.run(&["p"]).ends(0).says("nothing to clean").stdout(), "");
    assert_eq!(folder.run(&["p", "-t", "json"]).ends(0).stdout(), "[]\n");
}

#[test]
fn a_list_names_its_bad_lines_and_goes_on() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge")).file("b.html", page("tower"));
    let list = b"\xef\xbb\xbf# stories\r\n\r\n  a.html  \r\nmissing.html\nftp://example.com/x\n\xff\xfe\n-\nb.html";
    folder.file("list.txt", list);
    let records = folder.run(&["-i", "list.txt"]).ends(3).says("4 of 6 pages failed").records();
    assert_eq!(
        sources(&records),
        ["a.html", "missing.html", "ftp://example.com/x", "line 6 of list.txt", "-", "b.html"]
    );
    let messages: Vec<&str> = records[1..5].iter().map(|record| field(&record["error"], "message")).collect();
    assert!(messages[0].starts_with("line 4 of list.txt: no such file"), "{messages:?}");
    assert!(messages[1].starts_with("line 5 of list.txt: cannot fetch ftp://"), "{messages:?}");
    assert_eq!(messages[2], "the line is not UTF-8");
    assert!(messages[3].starts_with("line 7 of list.txt: standard input"), "{messages:?}");
    assert_eq!(records[1]["error"]["retryable"], false);
}

#[test]
fn a_list_comes_from_standard_input_and_behind_the_arguments() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge")).file("b.html", page("tower"));
    let ran = folder.run_with_stdin(&["-i", "-", "b.html"], "a.html\n");
    assert_eq!(sources(&ran.ends(0).records()), ["b.html", "a.html"]);
}

#[test]
fn compressed_files_are_read_by_name_and_by_their_first_bytes() {
    let folder = Folder::new();
    let page = page("bridge");
    let compressed = gzip(&page);
    let two_members = [gzip(&page[..100]), gzip(&page[100..])].concat();
    folder.file("a.html.gz", &compressed).file("b", &compressed).file("c.html.gz", two_members);
    for name in ["a.html.gz", "b", "c.html.gz"] {
        folder.run(&[name]).ends(0).gives(&story("bridge"));
    }
    folder.file("broken.html.gz", &compressed[..compressed.len() / 2]);
    folder.run(&["broken.html.gz"]).ends(4).says("cleancopy: broken.html.gz: cannot read it");
}

#[test]
fn the_limit_counts_after_decompression() {
    let folder = Folder::new();
    let large = format!("<p>{}</p>", "word ".repeat(1_000_000));
    let compressed = gzip(&large);
    assert!(compressed.len() < 100_000);
    folder.file("bomb.html.gz", compressed).file("large.html", large);
    for name in ["bomb.html.gz", "large.html"] {
        let ran = folder.run(&["--max-size", "1MiB", "-t", "jsonl", name]);
        assert_eq!(ran.ends(4).records()[0]["error"]["kind"], "too-large", "{name}");
    }
    folder.file("edge.html", "<p>12345");
    folder.run(&["--max-size", "8", "edge.html"]).ends(0);
    folder.run(&["--max-size", "7", "edge.html"]).ends(4).says("larger than 7 bytes");
}

#[test]
fn unknown_names_are_told_by_their_first_bytes() {
    let folder = Folder::new();
    folder.file("saved", page("bridge")).file("notes", text("tower")).file("report.html", "%PDF-1.7\n%\u{e9}");
    folder.file("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0");
    assert!(!folder.run(&["saved"]).ends(0).gives(&story("bridge")).stdout().contains("<p>"));
    folder.run(&["notes"]).ends(0);
    for name in ["report.html", "program"] {
        let ran = folder.run(&["-t", "json", name]);
        let record: Value = serde_json::from_str(ran.ends(4).stdout()).unwrap();
        assert_eq!(record["error"]["kind"], "content-type", "{name}");
    }
}

#[test]
fn json_lines_keep_their_fields() {
    let folder = Folder::new();
    let html = serde_json::to_string(&page("bridge")).unwrap();
    let text = serde_json::to_string(&text("tower")).unwrap();
    let first = format!("{{\"id\": 7, \"text\": {text}, \"url\": \"https://example.com/a\", \"tags\": [1, null]}}");
    folder
        .file("day.jsonl", format!("{first}\n\n{{\"text\": \n{{\"html\": {html}, \"id\": 9}}\n[1]\n{{\"id\": 10}}\n"));
    let records = folder.run(&["day.jsonl"]).ends(3).says("3 of 5 pages failed").records();
    assert_eq!(records.len(), 5);
    assert_eq!((&records[0]["id"], &records[0]["url"]), (&Value::from(7), &Value::from("https://example.com/a")));
    assert_eq!(records[0]["tags"], serde_json::json!([1, null]));
    let names: Vec<&String> = records[0].as_object().unwrap().keys().collect();
    assert_eq!(names[..4], ["id", "text", "url", "tags"]);
    assert!(records[0]["text"].is_string());
    assert_eq!((&records[2]["id"], &records[4]["id"]), (&Value::from(9), &Value::from(10)));
    assert_eq!((field(&records[1], "source"), field(&records[3], "source")), ("day.jsonl:3", "day.jsonl:5"));
    assert!(field(&records[2], "text").contains(&story("bridge")));
    for (record, line) in [(1, 3), (3, 5), (4, 6)] {
        assert_eq!(records[record]["error"]["kind"], "record");
        assert!(field(&records[record]["error"], "message").starts_with(&format!("line {line}: ")));
    }
}

#[test]
fn json_lines_come_from_standard_input_and_compressed_and_within_the_limit() {
    let folder = Folder::new();
    let line = format!("{{\"html\": {}}}\n", serde_json::to_string(&page("bridge")).unwrap());
    let ran = folder.run_with_stdin(&["--from", "jsonl"], line.repeat(2));
    assert_eq!(ran.ends(0).records().len(), 2);
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(100_000));
    folder.file("day.jsonl.gz", gzip(format!("{line}{long}{line}")));
    let records = folder.run(&["day.jsonl.gz", "--max-size", "50k"]).ends(3).records();
    assert_eq!(records[1]["error"]["kind"], "too-large");
    assert!(field(&records[2], "text").contains(&story("bridge")));
}

#[test]
fn paths_that_are_not_utf_8_are_read() {
    let folder = Folder::new();
    let name = OsStr::from_bytes(b"caf\xe9.html");
    fs::write(folder.0.path().join(name), page("bridge")).unwrap();
    Ran(folder.command(&[]).arg(name).output().unwrap()).ends(0).gives(&story("bridge"));
}

// --- what is written ------------------------------------------------------------------------------------------------

#[test]
fn each_format_is_written() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    for format in ["text", "markdown", "json", "jsonl", "html", "explain"] {
        let ran = folder.run(&["-t", format, "a.html"]);
        assert!(ran.ends(0).gives("Warrow").stdout().ends_with('\n'), "{format}");
    }
    let json: Value = serde_json::from_str(folder.run(&["-t", "json", "a.html"]).stdout()).unwrap();
    assert!(field(&json, "text").contains(&story("bridge")));
    folder.run(&["-t", "html", "a.html"]).gives("<p>");
}

#[test]
fn the_name_of_the_output_tells_the_format_of_one_page() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge")).file("b.html", page("tower"));
    for (name, begins) in [
        ("s.txt", "The"),
        ("s.md", "The"),
        ("s.json", "{\n"),
        ("s.jsonl", "{\"source"),
        ("s.html", "<article"),
        ("s.JSON", "{\n"),
    ] {
        folder.run(&["a.html", "-o", name]).ends(0);
        assert!(folder.read(name).starts_with(begins), "{name}: {}", folder.read(name));
    }
    let ran = folder.run(&["a.html", "b.html", "-o", "s.txt"]);
    ran.ends(0).says("s.txt gets JSON Lines, as several pages do: --to tells otherwise");
    assert!(folder.read("s.txt").starts_with("{\"source"), "of several pages each is a record");
    for (name, format) in [("s.jsonl", "jsonl"), ("s.json", "jsonl"), ("s.out", "jsonl")] {
        let ran = folder.run(&["a.html", "b.html", "-t", format, "-o", name]);
        assert_eq!(ran.ends(0).stderr(), "");
    }
    folder.run(&["a.html", "-t", "text", "-o", "s.json"]).ends(0);
    assert!(folder.read("s.json").starts_with("The"), "who asks for a format gets it");
}

#[test]
fn several_stories_are_kept_apart() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge")).file("b.html", page("tower"));
    let text = folder.run(&["-t", "text", "a.html", "missing.html", "b.html"]);
    text.ends(3).says("cleancopy: missing.html: no such file");
    let parts: Vec<&str> = text.stdout().split("\n\n---\n\n").collect();
    assert_eq!(parts.len(), 2);
    assert!(parts[0].contains(&story("bridge")) && parts[1].contains(&story("tower")));

    let json: Value = serde_json::from_str(folder.run(&["-t", "json", "a.html", "b.html"]).stdout()).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
}

#[test]
fn metadata_and_reasons_are_there_when_asked_for() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    assert!(folder.run(&["-t", "markdown", "--front-matter", "a.html"]).ends(0).stdout().starts_with("---\n"));
    let explained = folder.run(&["--explain", "-t", "json", "a.html"]);
    let record: Value = serde_json::from_str(explained.ends(0).stdout()).unwrap();
    assert!(record["blocks"].is_array());
    assert!(folder.run(&["--explain", "a.html"]).ends(0).stdout() == folder.run(&["-t", "explain", "a.html"]).stdout());
    folder.run(&["--explain", "-t", "text", "a.html"]).ends(2).says("--explain goes with");
    folder.run(&["--front-matter", "-t", "json", "a.html"]).ends(2).says("--front-matter goes with");
    folder.run(&["--include", "captions,byline", "a.html"]).ends(0);
}

#[test]
fn a_file_appears_complete_and_nothing_else() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge")).file("out/story.txt", "old");
    let ran = folder.run(&["a.html", "missing.html", "-t", "text", "-o", "out/story.txt"]);
    assert_eq!(ran.ends(3).stdout(), "");
    assert!(folder.read("out/story.txt").contains(&story("bridge")));
    assert_eq!(folder.names("out"), ["story.txt"]);
    folder.run(&["a.html", "-o", "none/story.txt"]).ends(1).says("cannot write none/story.txt");
}

#[test]
fn a_run_that_ends_early_leaves_the_old_file() {
    let folder = Folder::new();
    let lines: Vec<String> = (0..5000).map(|number| format!("missing-{}.html", number * 7919 % 10007)).collect();
    let list = gzip(lines.join("\n"));
    folder.file("list.gz", &list[..list.len() / 2]).file("out/all.json", "old");
    folder.run(&["-i", "list.gz", "-t", "json", "-o", "out/all.json"]).ends(1).says("cannot read the list list.gz");
    assert_eq!(folder.read("out/all.json"), "old");
    assert_eq!(folder.names("out"), ["all.json"]);
}

#[test]
fn a_list_of_which_the_end_is_missing_can_be_gone_on_with() {
    let folder = Folder::new();
    let lines: Vec<String> = (0..5000).map(|number| format!("missing-{}.html", number * 7919 % 10007)).collect();
    let list = gzip(lines.join("\n"));
    folder.file("list.gz", &list[..list.len() / 2]);
    folder.run(&["-i", "list.gz", "-o", "all.jsonl"]).ends(1).says("cannot read the list list.gz");
    let done = records(&folder.read("all.jsonl")).len();
    assert!(done > 0 && done < 5000, "{done}");
    folder.file("list.gz", &list);
    folder.run(&["-i", "list.gz", "-o", "all.jsonl"]).ends(2).says("--resume");
    folder.run(&["-i", "list.gz", "-o", "all.jsonl", "--resume"]).ends(4).says("pages are done");
    assert_eq!(records(&folder.read("all.jsonl")).len(), 5000);
}

#[test]
fn without_order_each_record_comes_all_the_same() {
    let folder = Folder::new();
    for name in ["bridge", "gate", "tower"] {
        folder.file(&format!("p/{name}.html"), page(name));
    }
    let ran = folder.run(&["p", "--unordered", "--threads", "2"]);
    let mut sources: Vec<String> =
        records(ran.ends(0).stdout()).iter().map(|record| record["source"].as_str().unwrap().to_owned()).collect();
    sources.sort();
    assert_eq!(sources, ["p/bridge.html", "p/gate.html", "p/tower.html"]);
}

#[test]
fn a_folder_gets_a_file_a_source() {
    let folder = Folder::new();
    folder.file("p/a.html", page("bridge")).file("p/b.html", page("gate")).file("p/q/a.html", page("tower"));
    folder.file("p/day.jsonl", "{\"text\": \"x\", \"id\": 1}\n{\"text\": \"y\", \"id\": 2}\n");
    for _ in 0..2 {
        folder.run(&["p", "-t", "jsonl", "-o", "out/"]).ends(0);
        let names = folder.names("out");
        assert_eq!([&names[1], &names[2], &names[3]], ["a.jsonl", "b.jsonl", "day.jsonl"]);
        assert!(names[0].starts_with("a-") && names.len() == 4, "{names:?}");
        assert!(folder.read("out/a.jsonl").contains(&story("bridge")));
        assert!(folder.read(&format!("out/{}", names[0])).contains(&story("tower")));
        assert_eq!(records(&folder.read("out/day.jsonl")).len(), 2);
    }
    folder.run(&["p/a.html", "-o", "p/b.html/"]).ends(1).says("cannot write p/b.html/");
}

#[test]
fn a_device_is_written_straight() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    folder.run(&["a.html", "-o", "/dev/null"]).ends(0);
    folder.run(&["a.html", "-o", "/dev/stdout"]).ends(0).gives("Warrow");
    folder.run(&["a.html", "-o", "-"]).ends(0).gives("Warrow");
    folder.run(&["a.html", "-o", "/dev/full"]).ends(1).says("cannot write /dev/full");
}

#[test]
fn a_source_is_never_overwritten() {
    let folder = Folder::new();
    folder.file("p/a.html", page("bridge")).file("p/b.txt", text("tower"));
    std::os::unix::fs::symlink("p/a.html", folder.path("link")).unwrap();
    for arguments in [
        &["p/a.html", "-t", "html", "-o", "p/a.html"][..],
        &["p/a.html", "-t", "html", "-o", "link"],
        &["link", "-t", "html", "-o", "p/a.html"],
        &["p", "-o", "p/a.html"],
        &["p", "-o", "p/"],
        &["p/b.txt", "-t", "text", "-o", "p"],
    ] {
        let ran = folder.run(arguments);
        assert!(ran.ends(2).stderr().contains("is a source and"), "{arguments:?}: {}", ran.stderr());
        assert_eq!(folder.read("p/a.html"), page("bridge"));
        assert_eq!(folder.names("p"), ["a.html", "b.txt"]);
    }
    folder.run(&["p/a.html", "-o", "p/"]).ends(0);
    assert_eq!(folder.names("p"), ["a.html", "a.txt", "b.txt"]);
}

#[test]
fn the_output_folder_is_not_walked() {
    let folder = Folder::new();
    folder.file("p/a.html", page("bridge"));
    for _ in 0..2 {
        folder.run(&["p", "-t", "text", "-o", "p/out/"]).ends(0);
        assert_eq!(folder.names("p/out"), ["a.txt"]);
    }
}

#[test]
fn threads_change_nothing() {
    let folder = Folder::new();
    for number in 0..60 {
        folder.file(&format!("p/{number:02}.html"), page(&format!("bridge {number}")).repeat(1 + number % 7));
    }
    let one = folder.run(&["p", "--threads", "1"]);
    let eight = folder.run(&["p", "--threads", "8", "--max-concurrency", "1"]);
    assert_eq!(one.ends(0).records().len(), 60);
    assert!(one.stdout() == eight.ends(0).stdout());
}

// --- what is said ---------------------------------------------------------------------------------------------------

#[test]
fn exit_codes_tell_none_some_and_all_failed() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    for (arguments, code) in [
        (&["a.html"][..], 0),
        (&["a.html", "missing.html"], 3),
        (&["missing.html"], 4),
        (&["missing.html", "missing.txt"], 4),
        (&["-i", "missing.txt"], 1),
        (&["--no-such-thing"], 2),
    ] {
        folder.run(arguments).ends(code);
    }
}

#[test]
fn a_page_without_a_story_is_no_failure() {
    let folder = Folder::new();
    folder.file("empty.html", "").file("bare.html", "<html><body></body></html>");
    for name in ["empty.html", "bare.html"] {
        let ran = folder.run(&[name]);
        assert_eq!(ran.ends(0).says(&format!("cleancopy: {name}: no story found")).stdout(), "");
        assert_eq!(folder.run(&["-t", "jsonl", name]).ends(0).stderr(), "");
    }
}

#[test]
fn quiet_says_nothing_and_keeps_the_exit_code() {
    let folder = Folder::new();
    folder.file("empty.html", "");
    assert_eq!(folder.run(&["-q", "missing.html"]).ends(4).stderr(), "");
    assert_eq!(folder.run(&["-q", "empty.html"]).ends(0).stderr(), "");
    folder.run(&["-q", "-i", "missing.txt"]).ends(1).says("cannot read the list missing.txt");
    folder.run(&["-v", "empty.html"]).ends(0).says("cleaned");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    let mut command = folder.command(&["-i", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all("a.html\n".repeat(3).as_bytes());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn wrong_arguments_say_what_would_be_right() {
    let folder = Folder::new();
    for (arguments, message) in [
        (&["--include", "cookies", "x"][..], "there are story, headline, byline"),
        (&["--to", "pdf", "x"], "possible values: text, markdown, json, jsonl, html, explain, parquet"),
        (&["--max-size", "much", "x"], "--max-size <SIZE>"),
        (&["--timeout", "0", "x"], "more than nothing"),
        (&["--threads", "0", "x"], "from 1 to"),
        (&["-H", "no colon", "x"], "Name: value"),
        (&["-q", "-v", "x"], "cannot be used with"),
    ] {
        folder.run(arguments).ends(2).says(message);
    }
}

#[test]
fn wrong_sources_say_what_would_be_right() {
    let folder = Folder::new();
    for (source, message) in [
        ("www.example.com/story", "a URL needs its scheme: https://www.example.com/story"),
        ("ftp://example.com/story", "only http:// and https://"),
        ("http://", "not a URL: empty host"),
        ("missing.html", "no such file"),
    ] {
        folder.run(&[source]).ends(4).says(&format!("cleancopy: {source}: ")).says(message);
    }
    folder
        .run(&["--from", "jsonl", "-t", "text", "https://example.com/x"])
        .ends(4)
        .says("for --from jsonl give a file");
}

#[test]
fn help_names_the_exit_codes_and_fits_eighty_columns() {
    let folder = Folder::new();
    let ran = folder.run(&["--help"]);
    let help = ran.ends(0).gives("Exit codes:\n  0  every").gives("Examples:\n  cleancopy https").stdout();
    for line in help.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn stats_are_one_line_of_json() {
    let folder = Folder::new();
    folder.file("a.html", page("bridge"));
    let ran = folder.run(&["--stats", "-q", "a.html", "missing.html"]);
    let stats: Value = serde_json::from_str(ran.ends(3).stderr()).unwrap();
    assert_eq!((&stats["pages"], &stats["failed"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(stats["bytes"], page("bridge").len());
    for stage in ["fetch", "read", "decode", "segment", "judge", "write"] {
        assert!(stats["seconds"][stage].as_f64().unwrap() >= 0.0, "{stage}");
    }
    assert!(stats["seconds"]["wall"].as_f64().unwrap() > 0.0);
}
