//! Which writer a format has.
use crate::options::{OutputFormat, OutputOptions};
use crate::write::{Format, Record};
use std::io;

struct Plain(OutputFormat);
impl Format for Plain {
    fn write(&self, record: &Record<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match (self.0, record.outcome) {
            (OutputFormat::Json | OutputFormat::Jsonl, Ok(a)) => {
                let mut f = serde_json::Map::new();
                f.insert("source".into(), record.source.into());
                f.extend(record.fields.clone());
                f.insert("text".into(), a.text().into());
                writeln!(out, "{}", serde_json::Value::Object(f))
            }
            (OutputFormat::Json | OutputFormat::Jsonl, Err(e)) => {
                writeln!(out, "{}", serde_json::json!({"source": record.source, "error": e}))
            }
            (_, Ok(a)) => writeln!(out, "{}", a.text()),
            _ => Ok(()),
        }
    }
}

pub(super) fn writer(format: OutputFormat, _options: &OutputOptions) -> Box<dyn Format> {
    Box::new(Plain(format))
}
