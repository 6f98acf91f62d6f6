//! Where options come from that are not typed.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigurationArgs {
    /// Read options from FILE; default: cleancopy.toml in this folder, else in
    /// the user's configuration folder. What is typed wins over the file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long)]
    pub(super) no_config: bool,

    /// Print the options that hold, file and arguments taken together, as a
    /// cleancopy.toml with comments, and end
    #[arg(long)]
    pub(super) dump_config: bool,
}
