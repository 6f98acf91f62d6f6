//! The columns of a table and the rows that wait in them.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::{SerializedColumnWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;
use serde_json::value::RawValue;

/// What a column holds. Any may be null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Texts,
    Count,
    Share,
    Flag,
    /// JSON as it is written.
    Json,
}

/// The columns: the names are those of the records in JSON.
const COLUMNS: &[(&str, Kind)] = &[
    ("source", Kind::Text),
    ("url", Kind::Text),
    ("canonical_url", Kind::Text),
    ("verdict", Kind::Text),
    ("title", Kind::Text),
    ("authors", Kind::Texts),
    ("date", Kind::Text),
    ("modified", Kind::Text),
    ("site", Kind::Text),
    ("lang", Kind::Text),
    ("description", Kind::Text),
    ("image", Kind::Text),
    ("section", Kind::Text),
    ("tags", Kind::Texts),
    ("text", Kind::Text),
    ("markdown", Kind::Text),
    ("dropped_words", Kind::Count),
    ("words", Kind::Count),
    ("confidence", Kind::Share),
    ("error_kind", Kind::Text),
    ("error_message", Kind::Text),
    ("retryable", Kind::Flag),
    ("fields", Kind::Json),
];

/// The columns whose values are long and never the same.
pub(super) const STORIES: &[&str] = &["text", "markdown", "fields"];

/// The schema of the columns.
pub(super) fn schema() -> Result<Arc<Type>> {
    let columns = COLUMNS.iter().map(|(name, kind)| match kind {
        Kind::Text | Kind::Json => format!("optional binary {name} (STRING);"),
        Kind::Texts => {
            format!("optional group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}")
        }
        Kind::Count => format!("optional int64 {name};"),
        Kind::Share => format!("optional double {name};"),
        Kind::Flag => format!("optional boolean {name};"),
    });
    let columns: String = columns.collect();
    parse_message_type(&format!("message record {{ {columns} }}")).map(Arc::new)
}

/// Rows that wait, by column.
pub(super) struct Rows {
    columns: Vec<Column>,
    count: usize,
    bytes: usize,
}

impl Rows {
    /// No rows.
    pub(super) fn new() -> Rows {
        let columns = COLUMNS.iter().map(|(_, kind)| Column::new(*kind)).collect();
        Rows { columns, count: 0, bytes: 0 }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Bytes of their records.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a record. What it says beside the columns is no part of the table.
    pub(super) fn push(&mut self, record: &[u8]) -> io::Result<()> {
        let fields: HashMap<&str, &RawValue> = serde_json::from_slice(record)?;
        for ((name, _), column) in COLUMNS.iter().zip(&mut self.columns) {
            column.push(fields.get(name).map_or("null", |value| value.get()))?;
        }
        self.count += 1;
        self.bytes += record.len();
        Ok(())
    }

    /// Writes the rows as a group.
    pub(super) fn write(&self, group: &mut SerializedRowGroupWriter<'_, impl Write + Send>) -> Result<()> {
        for column in &self.columns {
            let Some(mut writer) = group.next_column()? else { break };
            column.write(&mut writer)?;
            writer.close()?;
        }
        Ok(())
    }
}

/// The values of a column that are there, and for each row whether there is one.
struct Column {
    cells: Cells,
    /// 0: null; 1: a value, of lists one without elements; 2: an element of a list.
    definitions: Vec<i16>,
    /// Of lists, 0: the first of a row; 1: a further one.
    repetitions: Vec<i16>,
}

enum Cells {
    Texts(Vec<ByteArray>),
    Lists(Vec<ByteArray>),
    Counts(Vec<i64>),
    Shares(Vec<f64>),
    Flags(Vec<bool>),
    Json(Vec<ByteArray>),
}

impl Column {
    fn new(kind: Kind) -> Column {
        let cells = match kind {
            Kind::Text => Cells::Texts(Vec::new()),
            Kind::Texts => Cells::Lists(Vec::new()),
            Kind::Count => Cells::Counts(Vec::new()),
            Kind::Share => Cells::Shares(Vec::new()),
            Kind::Flag => Cells::Flags(Vec::new()),
            Kind::Json => Cells::Json(Vec::new()),
        };
        Column { cells, definitions: Vec::new(), repetitions: Vec::new() }
    }

    fn push(&mut self, json: &str) -> serde_json::Result<()> {
        if let Cells::Lists(elements) = &mut self.cells {
            let list: Option<Vec<String>> = serde_json::from_str(json)?;
            match list.as_deref() {
                None => self.definitions.push(0),
                Some([]) => self.definitions.push(1),
                Some(list) => self.definitions.extend(list.iter().map(|_| 2)),
            }
            let list = list.unwrap_or_default();
            self.repetitions.push(0);
            self.repetitions.extend(list.iter().skip(1).map(|_| 1));
            elements.extend(list.into_iter().map(bytes));
            return Ok(());
        }
        let is_there = match &mut self.cells {
            Cells::Texts(texts) => add(texts, serde_json::from_str::<Option<String>>(json)?.map(bytes)),
            Cells::Json(texts) => add(texts, (json != "null").then(|| bytes(json.to_owned()))),
            Cells::Counts(counts) => add(counts, serde_json::from_str(json)?),
            Cells::Shares(shares) => add(shares, serde_json::from_str(json)?),
            Cells::Flags(flags) => add(flags, serde_json::from_str(json)?),
            Cells::Lists(_) => 0,
        };
        self.definitions.push(is_there);
        Ok(())
    }

    fn write(&self, writer: &mut SerializedColumnWriter<'_>) -> Result<usize> {
        let definitions = Some(self.definitions.as_slice());
        match &self.cells {
            Cells::Texts(texts) | Cells::Json(texts) => {
                writer.typed::<ByteArrayType>().write_batch(texts, definitions, None)
            }
            Cells::Lists(elements) => {
                writer.typed::<ByteArrayType>().write_batch(elements, definitions, Some(&self.repetitions))
            }
            Cells::Counts(counts) => writer.typed::<Int64Type>().write_batch(counts, definitions, None),
            Cells::Shares(shares) => writer.typed::<DoubleType>().write_batch(shares, definitions, None),
            Cells::Flags(flags) => writer.typed::<BoolType>().write_batch(flags, definitions, None),
        }
    }
}

fn bytes(text: String) -> ByteArray {
    ByteArray::from(text.into_bytes())
}

/// Adds a value where there is one, and gives its definition level.
fn add<T>(values: &mut Vec<T>, value: Option<T>) -> i16 {
    let is_there = value.is_some();
    values.extend(value);
    i16::from(is_there)
}
