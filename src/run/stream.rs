//! The records of one output on their way there.

use super::frame::Frame;
use super::output::Output;
use super::plan::Count;
#[cfg(feature = "parquet")]
use super::table::Table;
use crate::error::Error;
use crate::options::OutputFormat;

/// An output and what its records become there.
#[derive(Debug)]
pub(super) struct Stream {
    output: Output,
    shape: Shape,
}

/// What the records become.
#[derive(Debug)]
enum Shape {
    /// They stand one behind the other.
    Framed(Frame),
    /// They are the rows of a table.
    #[cfg(feature = "parquet")]
    Table(Box<Table>),
}

impl Stream {
    /// The records of `format`, of which there are `count`, to `output`.
    pub(super) fn new(output: Output, format: OutputFormat, count: Count) -> Result<Stream, Error> {
        #[cfg(feature = "parquet")]
        if format == OutputFormat::Parquet {
            let table = Table::new().map_err(|error| Error::Output { target: "the table".to_owned(), error })?;
            return Ok(Stream { output, shape: Shape::Table(Box::new(table)) });
        }
        Ok(Stream { output, shape: Shape::Framed(Frame::new(format, count)) })
    }

    /// Where they go.
    pub(super) fn output(&self) -> &Output {
        &self.output
    }

    /// Takes a record.
    pub(super) fn write(&mut self, record: &[u8]) -> Result<(), Error> {
        let Stream { output, shape } = self;
        output.write(|out| match shape {
            Shape::Framed(frame) => frame.write(record, out),
            #[cfg(feature = "parquet")]
            Shape::Table(table) => table.write(record, out),
        })
    }

    /// Ends the output: a file gets its name.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        let shape = &mut self.shape;
        self.output.write(|out| match shape {
            Shape::Framed(frame) => frame.close(out),
            #[cfg(feature = "parquet")]
            Shape::Table(table) => table.close(out),
        })?;
        self.output.finish()
    }
}
