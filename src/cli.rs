//! The command line: arguments become a [`Command`]. A group of flags is a file of its own.

mod cleaning;
mod config;
mod configuration;
mod crawl;
mod fetching;
mod input;
mod manual;
mod output;
mod running;
mod values;

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueHint, value_parser};
use clap_complete::Shell;

use self::cleaning::CleaningArgs;
use self::config::Settings;
use self::configuration::ConfigurationArgs;
use self::crawl::CrawlArgs;
use self::fetching::{FetchingArgs, MannersArgs};
use self::input::InputArgs;
use self::output::OutputArgs;
use self::running::RunningArgs;
use crate::options::{Explain, InputOptions, Options, OutputFormat, Reasons};

const EXIT_CODES: &str = "  0  every page was cleaned (a page without a story is no failure)
  1  the run ended early: the output cannot be written, the list not read
  2  wrong arguments, or a wrong configuration file
  3  some pages failed
  4  all pages failed
  130  interrupted (Ctrl-C): what was done is written";

const EXAMPLES: &str = "  cleancopy https://example.com/news/bridge-reopens
  cleancopy -t markdown --front-matter saved.html > story.md
  cleancopy -t explain saved.html | less
  cleancopy -i urls.txt -o stories.jsonl --stats
  cleancopy pages/ -t text -o stories/
  cleancopy -i urls.txt -o stories.jsonl --resume
  cleancopy -f jsonl -t jsonl crawl.jsonl.zst -o clean.jsonl.zst
  cleancopy crawl.warc.gz -o stories.jsonl
  curl -s https://example.com/story | cleancopy";

/// What the program is to do.
#[derive(Debug)]
pub enum Command {
    /// Clean pages.
    Clean(Box<Options>),
    /// Say how far a crawl is.
    Status {
        /// The crawl's state.
        state: PathBuf,
    },
    /// Write this to standard output, and no more: completions, the manual page, the configuration.
    Print(Vec<u8>),
}

/// Takes scraped news pages and gives back the stories: no menus, no ads, no
/// newsletter boxes, no related links.
#[derive(Debug, Parser)]
#[command(name = "cleancopy", version, max_term_width = 80)]
#[command(after_help = format!("Exit codes:\n{EXIT_CODES}\n\nExamples:\n{EXAMPLES}"))]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Cli {
    /// A URL, a file (HTML, text, JSON Lines, WARC; .gz, .zst), a folder, or -
    /// for standard input (which is read too when nothing is given); a file
    /// that has the name of a command is ./NAME
    #[arg(value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    sources: Vec<OsString>,

    #[command(flatten)]
    input: InputArgs,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten)]
    cleaning: CleaningArgs,

    #[command(flatten)]
    fetching: FetchingArgs,

    #[command(flatten)]
    manners: MannersArgs,

    #[command(flatten)]
    crawl: CrawlArgs,

    #[command(flatten)]
    running: RunningArgs,

    #[command(flatten)]
    configuration: ConfigurationArgs,

    #[command(subcommand)]
    task: Option<Task>,
}

/// What is done in place of cleaning.
#[derive(Debug, Subcommand)]
enum Task {
    /// Say how far a crawl is: pages by outcome and by host
    Status {
        /// The crawl's state: the file beside its output
        #[arg(value_name = "STATE")]
        state: PathBuf,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum, value_name = "SHELL")]
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

impl Cli {
    /// What the program's arguments and the configuration file ask for. Wrong ones end the program with exit code 2,
    /// `--help` and `--version` with 0, as clap does it.
    pub fn command_line() -> Command {
        let arguments: Vec<OsString> = env::args_os().collect();
        Cli::read(&arguments).unwrap_or_else(|error| error.exit())
    }

    /// What `arguments` mean, the program's name first.
    fn read(arguments: &[OsString]) -> Result<Command, clap::Error> {
        let mut grammar = grammar();
        let typed = grammar.try_get_matches_from_mut(arguments).map_err(|error| with_help(error, arguments))?;
        if let Some(task) = Cli::from_arg_matches(&typed)?.task {
            return task.command();
        }
        let asked = ConfigurationArgs::from_arg_matches(&typed)?;
        let settings = match config::find(&asked)? {
            Some((path, text)) => Settings::parse(&path, &text, &mut grammar)?,
            None => Settings::default(),
        };
        let matches = config::merge(arguments, &typed, &settings, &mut grammar)?;
        if asked.dump_config {
            return Ok(Command::Print(config::dump(&matches, &settings, &grammar)?.into_bytes()));
        }
        let mut options = Cli::from_arg_matches(&matches)?.into_options();
        options.fetch.hosts = settings.hosts;
        Ok(Command::Clean(Box::new(options)))
    }

    fn into_options(self) -> Options {
        let output = self.output.options();
        let shows_reasons = output.explain == Explain::Blocks || output.format == Some(OutputFormat::Explain);
        let reasons = if shows_reasons { Reasons::Full } else { Reasons::Brief };
        Options {
            output,
            run: self.running.options(),
            clean: self.cleaning.options(reasons),
            input: InputOptions { sources: self.sources, ..self.input.options() },
            crawl: self.crawl.options(),
            fetch: self.fetching.options(&self.manners),
        }
    }
}

impl Task {
    fn command(self) -> Result<Command, clap::Error> {
        Ok(match self {
            Task::Status { state } => Command::Status { state },
            Task::Completions { shell } => Command::Print(completions(shell)),
            Task::Man => Command::Print(manual::page(Cli::command())?),
        })
    }
}

/// What ends the program in place of a cleaning. Help says nothing at each flag of how it is unset; it is written where
/// it is asked for alone, as that takes longer than all else ahead of the first page.
fn with_help(error: clap::Error, arguments: &[OsString]) -> clap::Error {
    if error.kind() != ErrorKind::DisplayHelp {
        return error;
    }
    let help = Cli::command().render_help();
    grammar().override_help(help).try_get_matches_from(arguments).err().unwrap_or(error)
}

/// The definition of the command line where a flag may be unset too, as in `--resume=false`: a file may have set it.
fn grammar() -> clap::Command {
    Cli::command().mut_args(|arg| match arg.get_action() {
        ArgAction::SetTrue => arg
            .action(ArgAction::Set)
            .value_parser(value_parser!(bool))
            .value_name("true|false")
            .num_args(0..=1)
            .require_equals(true)
            .default_value("false")
            .default_missing_value("true"),
        _ => arg,
    })
}

fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "cleancopy", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Target;

    fn options(arguments: &[&str]) -> Options {
        Cli::try_parse_from([&["cleancopy"], arguments].concat()).unwrap().into_options()
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let mut typed = options(&[]);
        assert_eq!(typed.clean.reasons, Reasons::Brief, "text shows no reasons");
        typed.clean.reasons = Reasons::default();
        assert_eq!(format!("{typed:?}"), format!("{:?}", Options::default()));
    }

    #[test]
    fn a_dash_is_standard_output() {
        assert_eq!(options(&["-o", "-"]).output.target, Target::Stdout);
    }

    #[test]
    fn help_says_nothing_of_how_a_flag_is_unset() {
        for flag in ["-h", "--help"] {
            let help = Cli::read(&["cleancopy", flag].map(OsString::from)).err().map(|help| help.to_string());
            let help = help.unwrap_or_default();
            assert!(help.contains("--resume") && !help.contains("true|false"), "{help}");
        }
    }

    #[test]
    fn help_fits_eighty_columns() {
        let help = Cli::command().render_long_help().to_string();
        for line in help.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
