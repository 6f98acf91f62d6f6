//! Trains the judge from corpora of pages with their gold text: see the documentation of `cleancopy::train`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use cleancopy::train::{Learned, TrainOptions, train};

const USAGE: &str = "Usage: cleancopy-train CORPORA [--python PYTHON] [--held-out DIR] [--text-figures]
                       [--kind-figures]

CORPORA holds news424, fundus, wcxb, snippets and inserts. PYTHON is one that has LightGBM (src/train/requirements.txt).
DIR gets the text that came out of the held-out pages. --text-figures tells the figures of text without markup
and writes no model; --kind-figures does so for the kinds of insert.";

fn main() -> ExitCode {
    let Some(options) = options() else { return fail(USAGE, 2) };
    match train(&options, &mut io::stdout()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("cleancopy-train: {error}"), 1),
    }
}

#[expect(clippy::print_stderr, reason = "this is the program")]
fn fail(message: &str, code: u8) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(code)
}

fn options() -> Option<TrainOptions> {
    let mut arguments = std::env::args_os().skip(1);
    let mut options = TrainOptions::new(PathBuf::from(arguments.next()?));
    while let Some(argument) = arguments.next() {
        match argument.to_str()? {
            "--python" => options.python = arguments.next()?.into(),
            "--held-out" => options.held_out = Some(arguments.next()?.into()),
            "--text-figures" => options.learned = Learned::TextFigures,
            "--kind-figures" => options.learned = Learned::KindFigures,
            _ => return None,
        }
    }
    Some(options)
}
