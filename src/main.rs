//! The program.

use std::io::{self, Write};
use std::process::ExitCode;

use cleancopy::cli::{Cli, Command};
use cleancopy::error::Error;
use cleancopy::run::{log_to_stderr, print_status, run};

fn main() -> ExitCode {
    match start(Cli::command_line()) {
        Ok(code) => code,
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed the exit code says it alone.
            let _ = writeln!(io::stderr(), "cleancopy: {error:#}");
            ExitCode::from(if matches!(error, Error::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn start(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Clean(options) => {
            log_to_stderr(options.run.messages);
            run(*options).map(|summary| ExitCode::from(summary.exit_code()))
        }
        Command::Status { state } => print_status(&state).map(|()| ExitCode::SUCCESS),
        Command::Print(text) => print(&text).map(|()| ExitCode::SUCCESS),
    }
}

fn print(text: &[u8]) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text).and_then(|()| stdout.flush());
    written.map_err(|error| Error::Output { target: "standard output".to_owned(), error })
}
