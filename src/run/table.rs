//! Records as a table in the Parquet format, column by column. A group of rows is held in memory until it is large
//! enough to be written.

mod columns;

use std::fmt;
use std::io::{self, Write};
use std::mem;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;

use self::columns::{Rows, STORIES, schema};

/// Rows of a group, at most.
const MAX_ROWS: usize = 10_000;

/// Bytes of text of a group; the row that reaches them is its last.
const FULL_BYTES: usize = 16 * 1024 * 1024;

/// zstd's own default.
const ZSTD_LEVEL: i32 = 3;

/// A table that is being written.
pub(super) struct Table {
    /// It writes to memory, from where each group goes on to the output.
    writer: SerializedFileWriter<Vec<u8>>,
    rows: Rows,
}

impl Table {
    /// A table without rows.
    pub(super) fn new() -> io::Result<Table> {
        let level = ZstdLevel::try_new(ZSTD_LEVEL).map_err(failed)?;
        let mut properties = WriterProperties::builder().set_compression(Compression::ZSTD(level));
        for name in STORIES {
            // No story is told twice: a dictionary of them would be given up, after it has taken its time.
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(*name), false);
        }
        let schema = schema().map_err(failed)?;
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).map_err(failed)?;
        Ok(Table { writer, rows: Rows::new() })
    }

    /// Adds a record, a row in JSON. A group that is full with it goes to `out`.
    pub(super) fn write(&mut self, record: &[u8], out: &mut dyn Write) -> io::Result<()> {
        self.rows.push(record)?;
        if self.rows.count() >= MAX_ROWS || self.rows.bytes() >= FULL_BYTES {
            self.end_group(out)?;
        }
        Ok(())
    }

    /// Writes what is left, and what a reader needs to find its way.
    pub(super) fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.count() > 0 {
            self.end_group(out)?;
        }
        self.writer.finish().map_err(failed)?;
        self.hand_on(out)
    }

    fn end_group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let rows = mem::replace(&mut self.rows, Rows::new());
        let mut group = self.writer.next_row_group().map_err(failed)?;
        rows.write(&mut group).map_err(failed)?;
        group.close().map_err(failed)?;
        self.hand_on(out)
    }

    /// The writer counts the bytes that went through it: it does not miss those that are taken from it.
    fn hand_on(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.writer.flush()?;
        let bytes = mem::take(self.writer.inner_mut());
        out.write_all(&bytes)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table").field("rows", &self.rows.count()).finish_non_exhaustive()
    }
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Seek;

    use parquet::file::metadata::RowGroupMetaData;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;

    fn written(records: impl Iterator<Item = String>) -> SerializedFileReader<File> {
        let mut file = tempfile::tempfile().unwrap();
        let mut table = Table::new().unwrap();
        for record in records {
            table.write(record.as_bytes(), &mut file).unwrap();
        }
        table.close(&mut file).unwrap();
        file.rewind().unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    #[test]
    fn groups_are_written_when_they_are_full() {
        let reader = written((0..25_000).map(|number| format!("{{\"source\":\"{number}\",\"text\":\"x\"}}\n")));
        let rows: Vec<i64> = reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        assert_eq!(rows, [10_000, 10_000, 5_000]);
        let sources = reader.get_row_iter(None).unwrap().map(|row| row.unwrap().get_string(0).unwrap().clone());
        assert!(sources.eq((0..25_000).map(|number| number.to_string())));

        let long = "x".repeat(FULL_BYTES / 2);
        let reader = written((0..3).map(|_| format!("{{\"text\":\"{long}\"}}")));
        assert_eq!(reader.metadata().num_row_groups(), 2);
    }

    #[test]
    fn a_table_without_rows_is_a_table() {
        let reader = written(std::iter::empty());
        assert_eq!((reader.metadata().num_row_groups(), reader.get_row_iter(None).unwrap().count()), (0, 0));
    }

    #[test]
    fn what_is_no_row_is_an_error() {
        let mut table = Table::new().unwrap();
        for wrong in ["", "[]", "{\"words\": \"many\"}", "{\"text\": 1}"] {
            assert!(table.write(wrong.as_bytes(), &mut Vec::new()).is_err(), "{wrong}");
        }
    }
}
