//! Records as a Parquet table, read back as any reader would.

#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod program;

use std::fs::{self, File};
use std::path::Path;

use parquet::basic::{Compression, LogicalType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

use program::Folder;

fn open(path: &Path) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(path).unwrap()).unwrap()
}

/// The rows as JSON objects.
fn rows(path: &Path) -> Vec<Value> {
    let reader = open(path);
    let rows = reader.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().into_columns().iter().map(|(name, field)| (name.clone(), json_of(field))).collect())
        .collect()
}

fn json_of(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(flag) => json!(flag),
        Field::Long(count) => json!(count),
        Field::Double(share) => json!(share),
        Field::Str(text) => json!(text),
        Field::ListInternal(list) => list.elements().iter().map(json_of).collect(),
        other => panic!("no column has {other:?}"),
    }
}

#[test]
fn pages_are_rows_and_so_are_failures() {
    let folder = Folder::new();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for name in ["newsletter-box-between-paragraphs", "german"] {
        fs::copy(fixtures.join(name).join("page.html"), folder.path(&format!("{name}.html"))).unwrap();
    }
    folder.file("broken.html", b"%PDF-1.7\n");
    let sources = ["newsletter-box-between-paragraphs.html", "german.html", "broken.html"];
    let ran = folder.run(&[&sources[..], &["-o", "out.parquet"]].concat());
    assert_eq!(ran.ends(3).stdout(), "");
    let records = folder.run(&[&sources[..], &["-t", "jsonl"]].concat()).ends(3).records();

    let rows = rows(&folder.path("out.parquet"));
    assert_eq!(rows.len(), 3);
    for (row, record) in rows.iter().zip(&records).take(2) {
        for (name, value) in record.as_object().unwrap() {
            assert_eq!(&row[name], value, "{name}");
        }
        for name in ["markdown", "error_kind", "error_message", "retryable", "fields"] {
            assert_eq!(row[name], Value::Null, "{name}");
        }
    }
    assert_eq!(rows[2]["source"], "broken.html");
    assert_eq!(rows[2]["error_kind"], records[2]["error"]["kind"]);
    assert_eq!(rows[2]["error_message"], records[2]["error"]["message"]);
    assert_eq!(
        (&rows[2]["retryable"], &rows[2]["text"], &rows[2]["authors"]),
        (&json!(false), &json!(null), &json!(null))
    );
}

#[test]
fn columns_have_types_and_are_compressed() {
    let folder = Folder::new();
    folder.file("empty.html", "").run(&["empty.html", "-o", "out.PARQUET"]).ends(0);
    let reader = open(&folder.path("out.PARQUET"));
    let schema = reader.metadata().file_metadata().schema_descr();
    let names: Vec<String> = schema.columns().iter().map(|column| column.path().string()).collect();
    assert_eq!(
        names.join(" "),
        "source url canonical_url verdict title authors.list.element date modified site lang description image section \
         tags.list.element text markdown dropped_words words confidence error_kind error_message retryable fields"
    );
    assert_eq!(schema.column(0).logical_type_ref(), Some(&LogicalType::String));
    let group = reader.metadata().row_group(0);
    assert!(group.columns().iter().all(|column| matches!(column.compression(), Compression::ZSTD(_))));
}

#[test]
fn lines_keep_their_fields_and_the_story_has_markdown_where_it_is_asked_for() {
    let folder = Folder::new();
    let line = "{\"id\": 7.0, \"text\": \"One line.\\n\\nAnd one more.\", \"title\": \"é\", \"tags\": [1, null]}";
    folder.file("day.jsonl", format!("{line}\n{{\"id\": 8}}\n"));
    folder.run(&["day.jsonl", "-t", "parquet", "--markdown", "-o", "out.dat"]).ends(3);
    let rows = rows(&folder.path("out.dat"));
    assert_eq!((&rows[0]["source"], &rows[0]["text"]), (&json!("day.jsonl:1"), &json!("One line.\n\nAnd one more.")));
    assert_eq!(rows[0]["fields"], "{\"id\": 7.0,\"title\": \"é\",\"tags\": [1, null]}");
    assert!(rows[0]["markdown"].is_string());
    assert_eq!((&rows[1]["error_kind"], &rows[1]["fields"]), (&json!("record"), &json!("{\"id\": 8}")));
}

#[test]
fn a_table_goes_wherever_records_go() {
    let folder = Folder::new();
    folder.file("p/a.html", "<p>One.").file("p/b.html", "<p>Two.");
    folder.run(&["p", "-t", "parquet", "-o", "out/"]).ends(0);
    assert_eq!(folder.names("out"), ["a.parquet", "b.parquet"]);
    assert_eq!(rows(&folder.path("out/b.parquet"))[0]["source"], "p/b.html");

    let piped = folder.run(&["p", "-t", "parquet"]);
    fs::write(folder.path("piped.parquet"), &piped.ends(0).0.stdout).unwrap();
    assert_eq!(rows(&folder.path("piped.parquet")).len(), 2);

    // What is asked for by name wins over the name of the file.
    folder.run(&["p", "-t", "jsonl", "-o", "lines.parquet"]).ends(0);
    assert_eq!(program::records(&folder.read("lines.parquet")).len(), 2);
    folder.run(&["p", "-o", "out.parquet", "--explain"]).ends(2).says("--explain goes with");
    folder.run(&["p", "-o", "out.parquet", "--front-matter"]).ends(2).says("--front-matter goes with");
}

#[test]
fn a_table_appears_when_it_is_complete() {
    let folder = Folder::new();
    let list = program::gzip("missing.html\n".repeat(5000));
    folder.file("list.gz", &list[..list.len() / 2]).file("out/all.parquet", "old");
    folder.run(&["-i", "list.gz", "-o", "out/all.parquet"]).ends(1).says("cannot read the list list.gz");
    assert_eq!((folder.read("out/all.parquet").as_str(), folder.names("out")), ("old", vec!["all.parquet".to_owned()]));
}
