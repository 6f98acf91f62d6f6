//! Text that was scraped long ago, as the user of the program meets it: files, folders, standard input, JSON Lines.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use std::fs;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use serde_json::{Value, json};

use program::{Folder, gzip};

const FIRST: &str = "The old bridge over the river Warrow reopened on Monday, two years after a flood.";
const SECOND: &str = "Engineers said that the work had taken two years, and four million crowns.";
const INSERT: &str = "Subscribe to our newsletter";

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::encode_all(bytes.as_ref(), 0).unwrap()
}

// --- text -----------------------------------------------------------------------------------------------------------

#[test]
fn an_insert_goes_and_the_lines_stay_as_they_were() {
    let folder = Folder::new();
    for (text, story) in [
        (format!("{FIRST}\n\n{INSERT}\n\n{SECOND}\n"), format!("{FIRST}\n\n{SECOND}\n")),
        (format!("{FIRST}\r\n{INSERT}\r\n{SECOND}\r\n"), format!("{FIRST}\r\n{SECOND}\r\n")),
        (format!("{FIRST}\n{INSERT}{SECOND}"), format!("{FIRST}\n{SECOND}\n")),
        (format!("{FIRST}{INSERT}{SECOND}\n"), format!("{FIRST} {SECOND}\n")),
        (format!("{FIRST}Advertisement{SECOND}\n"), format!("{FIRST}{SECOND}\n")),
        (format!("  {FIRST}\u{2028}{INSERT}\u{2028}  {SECOND}"), format!("  {FIRST}\u{2028}  {SECOND}\n")),
        (format!("{FIRST}\0\n{INSERT}\n{SECOND}\0\n"), format!("{FIRST}\0\n{SECOND}\0\n")),
        (format!("\u{feff}{FIRST}\n{INSERT}\n"), format!("\u{feff}{FIRST}\n")),
    ] {
        folder.file("story.txt", &text);
        assert_eq!(folder.run(&["story.txt", "-f", "text"]).ends(0).stdout(), story);
        assert_eq!(folder.run_with_stdin(&["-f", "text"], &text).ends(0).stdout(), story);
    }
}

#[test]
fn a_text_without_inserts_comes_out_byte_for_byte() {
    let folder = Folder::new();
    for text in [
        format!("\u{feff}{FIRST}\r\n\r\n\t{SECOND}  \r\n"),
        format!("\n \n{FIRST}\u{2028}{SECOND}\n\n\n"),
        format!("{FIRST} {SECOND}\0\u{c}\n"),
    ] {
        assert_eq!(folder.run_with_stdin(&["-f", "text"], &text).ends(0).stdout(), text);
    }
    let marked = folder.run_with_stdin(&["-f", "text", "-t", "jsonl"], format!("\u{feff}{FIRST}\n"));
    assert_eq!(marked.ends(0).records()[0]["text"], format!("{FIRST}\n"), "a mark is no part of the text");
}

#[test]
fn what_stands_around_a_line_says_what_it_is() {
    let folder = Folder::new();
    let more = "Mayor Ada Brook cut the ribbon at noon, and the first to cross it was a boy on his bicycle, she said.";
    for (lines, left) in [
        (&[FIRST, "Bitcoin tops $40,000", SECOND, more][..], &[FIRST, SECOND, more][..]),
        (&[FIRST, "A bridge of $40,000", SECOND, more], &[FIRST, "A bridge of $40,000", SECOND, more]),
        (
            &[FIRST, "RELATED", "Bitcoin tops $40,000", "Minister resigns", "The ten best beaches", SECOND, more],
            &[FIRST, SECOND, more],
        ),
        (&[FIRST, "Minister resigns", SECOND, more], &[FIRST, "Minister resigns", SECOND, more]),
        (&[FIRST, INSERT, "You're all signed up!", SECOND, more], &[FIRST, SECOND, more]),
        (&[FIRST, "You're all signed up!", SECOND, more], &[FIRST, "You're all signed up!", SECOND, more]),
    ] {
        folder.file("story.txt", lines.join("\n\n"));
        assert_eq!(folder.run(&["story.txt", "-f", "text"]).ends(0).stdout(), left.join("\n\n") + "\n");
    }
}

#[test]
fn inserts_go_and_stories_stay_in_the_languages_of_the_news() {
    let folder = Folder::new();
    for (first, insert, second) in [
        (
            "El puente viejo sobre el río Guara volvió a abrirse el lunes, dos años después de la crecida que se llevó un pilar.",
            "Suscríbete a nuestra newsletter",
            "La alcaldesa dijo que las obras habían costado cuatro millones y que nadie las había visto empezar.",
        ),
        (
            "A ponte velha sobre o rio Alvar reabriu na segunda-feira, dois anos depois da cheia que levou um dos pilares.",
            "Assine a nossa newsletter",
            "A presidente da câmara disse que as obras custaram quatro milhões e que ninguém as viu começar.",
        ),
        (
            "Il vecchio ponte sul fiume Varra ha riaperto lunedì, due anni dopo la piena che si era portata via un pilone.",
            "Iscriviti alla nostra newsletter",
            "La sindaca ha detto che i lavori sono costati quattro milioni e che nessuno li ha visti cominciare.",
        ),
        (
            "Den gamla bron över ån Varre öppnade igen på måndagen, två år efter floden som tog med sig en av pelarna.",
            "Prenumerera på vårt nyhetsbrev",
            "Borgmästaren sade att arbetet hade kostat fyra miljoner och att ingen hade sett det börja.",
        ),
        (
            "Den gamle broen over elva Varre åpnet igjen mandag, to år etter flommen som tok med seg en av pilarene.",
            "Meld deg på nyhetsbrevet vårt",
            "Ordføreren sa at arbeidet hadde kostet fire millioner og at ingen hadde sett det begynne.",
        ),
        (
            "Stary most na rzece Warze otwarto ponownie w poniedziałek, dwa lata po powodzi, która zabrała jeden z filarów.",
            "Zapisz się na newsletter",
            "Burmistrzyni powiedziała, że prace kosztowały cztery miliony i że nikt nie widział ich początku.",
        ),
        (
            "Vara nehri üzerindeki eski köprü, ayaklarından birini götüren selden iki yıl sonra pazartesi günü yeniden açıldı.",
            "Bültenimize abone olun",
            "Belediye başkanı, çalışmaların dört milyona mal olduğunu ve kimsenin başladığını görmediğini söyledi.",
        ),
        (
            "瓦拉河上的老桥在洪水冲走一个桥墩两年之后，于星期一重新开放，镇上的居民纷纷前来观看。",
            "扫描二维码关注我们的微信公众号",
            "镇长说，这项工程耗资四百万元，没有人看见它是什么时候开始的，但所有人都看见了它的结束。",
        ),
    ] {
        folder.file("story.txt", format!("{first}\n{insert}\n{second}\n"));
        assert_eq!(folder.run(&["story.txt", "-f", "text"]).ends(0).stdout(), format!("{first}\n{second}\n"));
    }
}

#[test]
fn clean_text_comes_out_byte_for_byte() {
    let folder = Folder::new();
    for text in [
        format!("\n\n \t{FIRST}\r\n\r\n\n{SECOND}  \n\n\n"),
        format!("{FIRST}\r{SECOND}\u{2029}\u{a0}x\n"),
        "«\u{2028}»\n".repeat(3) + "a\n",
    ] {
        folder.file("story.txt", &text);
        assert_eq!(folder.run(&["story.txt", "-f", "text"]).ends(0).stdout(), text);
    }
}

#[test]
fn a_folder_of_texts_gives_a_file_each() {
    let folder = Folder::new();
    folder.file("in/a.txt", format!("{FIRST}\n{INSERT}\n")).file("in/b.txt.gz", gzip(SECOND));
    folder.file("in/c.txt.zst", zstd(FIRST));
    folder.run(&["in", "-f", "text", "-t", "text", "-o", "out/"]).ends(0);
    assert_eq!(folder.names("out"), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(folder.read("out/a.txt"), format!("{FIRST}\n"));
    assert_eq!(folder.read("out/b.txt"), format!("{SECOND}\n"));
    assert_eq!(folder.read("out/c.txt"), format!("{FIRST}\n"));
}

#[test]
fn what_went_is_shown_with_the_reason() {
    let folder = Folder::new();
    folder.file("story.txt", format!("{FIRST}\n{INSERT}\n{SECOND}"));
    let ran = folder.run(&["-f", "text", "-t", "explain", "story.txt"]);
    ran.ends(0).gives("- Subscribe to our newsletter").gives("newsletter: says").gives("+ Engineers said");
}

#[test]
fn strictness_says_how_sure_one_must_be() {
    let folder = Folder::new();
    let text = format!("{FIRST}\n{INSERT}\n{SECOND}\n");
    for (strictness, is_kept) in [("strict", false), ("balanced", false), ("eager", false), ("0.5", false), ("1", true)]
    {
        let ran = folder.run_with_stdin(&["-f", "text", "--strictness", strictness], &text);
        assert_eq!(ran.ends(0).stdout() == text, is_kept, "{strictness}");
    }
    folder.run(&["--strictness", "lax", "x"]).ends(2).says("strict, balanced, eager or a number from 0 to 1");
}

// --- JSON Lines -----------------------------------------------------------------------------------------------------

/// A line whose other fields no reader of JSON would write again as they are.
fn odd_line(id: u32, text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "{{ \"id\" : {id}.0, \"big\":123456789012345678901234567890, \"e\":1E400, \"caf\\u00e9\":\"\\/\\ud83d\", \
         \"text\" :  {text} ,\"z\":[ 1,{{\"b\":1, \"a\":2}} ],\"id\":null}}"
    )
}

#[test]
fn all_but_the_text_passes_through_byte_for_byte() {
    let folder = Folder::new();
    let dirty = format!("{FIRST}\n{INSERT}\n{SECOND}");
    let clean = format!("{FIRST}\n{SECOND}");
    let came = format!("{}\n{}\n", odd_line(1, &dirty), odd_line(2, &clean));
    let went = format!("{}\n{}\n", odd_line(1, &clean), odd_line(2, &clean));
    folder.file("day.jsonl", &came);
    assert_eq!(folder.run(&["day.jsonl"]).ends(0).stdout(), went);
    assert_eq!(folder.run_with_stdin(&["-f", "jsonl"], &came).ends(0).stdout(), went);
    assert_eq!(folder.run_with_stdin(&["-f", "jsonl", "-"], gzip(&came)).ends(0).stdout(), went);
    assert_eq!(folder.run_with_stdin(&["-f", "jsonl"], came.replace('\n', "\r\n")).ends(0).stdout(), went);
    assert_eq!(folder.run_with_stdin(&["-f", "jsonl"], format!("\u{feff}{came}")).ends(0).stdout(), went);
    assert_eq!(folder.run(&["day.jsonl", "-t", "text"]).ends(0).stdout(), format!("{clean}\n\n---\n\n{clean}\n"));
}

#[test]
fn clean_records_are_lines_that_went_through() {
    let folder = Folder::new();
    for text in ["", " \n", "\u{feff}x", "a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0", "\u{2028}", "x\r\n", "\u{1b}$B"] {
        let line = odd_line(1, text) + "\n";
        assert_eq!(folder.run_with_stdin(&["-f", "jsonl"], &line).ends(0).stdout(), line, "{text:?}");
    }
}

#[test]
fn what_went_is_told_on_request() {
    let folder = Folder::new();
    let line = json!({"cleancopy": "old", "text": format!("{FIRST}\n{INSERT}\n{SECOND}"), "id": 7}).to_string();
    let ran = folder.run_with_stdin(&["-f", "jsonl", "-t", "jsonl", "--explain"], line);
    let record = &ran.ends(0).records()[0];
    assert_eq!(record.as_object().unwrap().keys().collect::<Vec<_>>(), ["text", "id", "cleancopy"]);
    let cleaning = &record["cleancopy"];
    assert_eq!(cleaning["dropped_words"], 4);
    assert!((0.0..=1.0).contains(&cleaning["confidence"].as_f64().unwrap()));
    let dropped = cleaning["dropped"].as_array().unwrap();
    assert_eq!(dropped.len(), 1);
    assert_eq!((&dropped[0]["text"], &dropped[0]["kind"]), (&INSERT.into(), &"newsletter".into()));
    let reason = dropped[0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("newsletter: says \"subscribe to … newsletter\""), "{reason}");
}

#[test]
fn another_field_holds_the_text() {
    let folder = Folder::new();
    let dirty = format!("{FIRST}\n{INSERT}\n{SECOND}");
    let line = json!({"text": dirty, "content": dirty}).to_string();
    let ran = folder.run_with_stdin(&["-f", "jsonl", "--field", "content"], line);
    assert_eq!(ran.ends(0).records()[0], json!({"text": dirty, "content": format!("{FIRST}\n{SECOND}")}));
}

#[test]
fn a_broken_line_is_a_record_and_the_run_goes_on() {
    let folder = Folder::new();
    let good = |id: u32| json!({"id": id, "text": FIRST}).to_string();
    let broken = ["{\"text\": \"x\"", "[]", "{\"id\": 3}", "{\"text\": 5}", "{\"text\": null}", "nonsense"];
    let lines = format!("{}\n\n{}\n{}\n", good(1), broken.join("\n"), good(2));
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(60_000));
    folder.file("day.jsonl", lines.clone() + &long + &good(3));
    let ran = folder.run(&["day.jsonl", "--max-size", "50k"]);
    let records = ran.ends(3).says("7 of 10 pages failed").records();
    assert_eq!((&records[0]["id"], &records[7]["id"], &records[9]["id"]), (&1.into(), &2.into(), &3.into()));
    for (index, record) in records[1..7].iter().enumerate() {
        let line = index + 3;
        let is_object = broken[index].starts_with('{') && broken[index].ends_with('}');
        let source = if is_object { Value::Null } else { format!("day.jsonl:{line}").into() };
        assert_eq!(record["source"], source);
        assert_eq!(record["error"]["kind"], "record");
        let message = record["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("line {line}: ")), "{message}");
    }
    assert_eq!(records[8]["error"]["kind"], "too-large");
    let ran = folder.run_with_stdin(&["-f", "jsonl", "--field", "body"], good(1));
    ran.ends(4).gives("line 1: the record has no `body` that is a string (--field)");
    let bytes = [good(1).as_bytes(), b"\n{\"text\": \"\xff\"}\n", good(2).as_bytes()].concat();
    let records = folder.run_with_stdin(&["-f", "jsonl"], bytes).ends(3).records();
    assert_eq!((records.len(), &records[1]["error"]["kind"]), (3, &Value::from("record")));
}

#[test]
fn a_record_without_a_page_keeps_what_it_has() {
    let folder = Folder::new();
    let lines = ["{\"id\": 7.0, \"text\": null, \"z\": [1]}", "{ \"id\": 3 }", "{\"text\": 5,\"error\": 1}"];
    let ran = folder.run_with_stdin(&["-f", "jsonl"], lines.join("\n"));
    let out = ran.ends(4).stdout();
    for ((line, came), left) in
        out.lines().zip(lines).zip(["7.0, \"text\": null, \"z\": [1]", "{ \"id\": 3", "{\"text\": 5"])
    {
        assert!(line.contains(left) && line.contains("\"error\":{\"kind\":\"record\""), "{came}: {line}");
    }
    assert_eq!(out.lines().count(), 3);
}

#[test]
fn records_are_compressed_as_the_names_say() {
    let folder = Folder::new();
    let lines: Vec<String> = (0..50).map(|id| json!({"id": id, "text": FIRST}).to_string() + "\n").collect();
    let (first, second) = (lines[..20].concat(), lines[20..].concat());
    // Several members and frames, as tools that append leave them.
    folder.file("day.jsonl.gz", [gzip(&first), gzip(&second)].concat());
    folder.file("day.jsonl.zst", [zstd(&first), zstd(&second)].concat());
    folder.file("unnamed", zstd(lines.concat()));
    for (arguments, output) in [
        (&["day.jsonl.gz", "-o", "out.jsonl"][..], "out.jsonl"),
        (&["day.jsonl.zst", "-o", "out.jsonl.gz"], "out.jsonl.gz"),
        (&["day.jsonl.gz", "-o", "out.jsonl.zst"], "out.jsonl.zst"),
        (&["-f", "jsonl", "unnamed", "-o", "out.ZST"], "out.ZST"),
    ] {
        folder.run(arguments).ends(0);
        let bytes = fs::read(folder.path(output)).unwrap();
        let text = if output.ends_with("gz") {
            let mut text = String::new();
            MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
            text
        } else if output.to_ascii_lowercase().ends_with("zst") {
            String::from_utf8(zstd::decode_all(bytes.as_slice()).unwrap()).unwrap()
        } else {
            String::from_utf8(bytes).unwrap()
        };
        assert!(text == lines.concat(), "{output}");
    }
    assert_eq!(
        folder.names("."),
        ["day.jsonl.gz", "day.jsonl.zst", "out.ZST", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "unnamed"]
    );
}

#[test]
fn a_stream_that_breaks_off_gives_its_lines_and_an_error() {
    let folder = Folder::new();
    // Lines that compress badly, so that half of the bytes hold some of them whole.
    let noise = |id: u64| {
        (0..400_u64)
            .fold(String::new(), |text, n| text + &format!("{:x} ", (id * 401 + n).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    };
    let lines: Vec<String> = (0..200).map(|id| json!({"id": id, "text": noise(id)}).to_string() + "\n").collect();
    for (name, bytes) in [("day.jsonl.gz", gzip(lines.concat())), ("day.jsonl.zst", zstd(lines.concat()))] {
        folder.file(name, &bytes[..bytes.len() / 2]);
        let records = folder.run(&[name]).ends(3).records();
        let (error, whole) = records.split_last().unwrap();
        assert_eq!(error["error"]["kind"], "read", "{name}: {error}");
        assert!(!whole.is_empty() && whole.iter().enumerate().all(|(id, record)| record["id"] == id), "{name}");
    }
}

#[test]
fn json_records_make_an_array() {
    let folder = Folder::new();
    let line = json!({"id": 1, "text": FIRST}).to_string();
    let ran = folder.run_with_stdin(&["-f", "jsonl", "-t", "json"], format!("{line}\n{line}"));
    let records: Value = serde_json::from_str(ran.ends(0).stdout()).unwrap();
    assert_eq!(records, json!([{"id": 1, "text": FIRST}, {"id": 1, "text": FIRST}]));
}
