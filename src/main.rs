//! The program.

use std::io::{self, Write};
use std::process::ExitCode;

use cleancopy::cli::Cli;
use cleancopy::error::Error;
use cleancopy::run::{log_to_stderr, run};

fn main() -> ExitCode {
    let options = Cli::options();
    log_to_stderr(options.run.messages);
    match run(options) {
        Ok(summary) => ExitCode::from(summary.exit_code()),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed the exit code says it alone.
            let _ = writeln!(io::stderr(), "cleancopy: {error:#}");
            ExitCode::from(if matches!(error, Error::Usage(_)) { 2 } else { 1 })
        }
    }
}
