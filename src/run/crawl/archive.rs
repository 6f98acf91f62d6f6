//! The WARC file of a crawl.

use std::mem;
use std::path::Path;

use crate::clock::unix_time;
use crate::error::Error;
use crate::exchange::Exchange;
use crate::options::{FetchOptions, Robots};
use crate::run::growing::{Beginning, Growing, Locked};
use crate::run::output::cannot_write;
use crate::warc::{RobotsPolicy, WarcInfo, WarcWriter};

/// A WARC file that grows.
pub(super) struct Archive {
    file: Growing,
    /// Records on their way to the file.
    writer: WarcWriter<Vec<u8>>,
}

impl Archive {
    /// Locks the file.
    ///
    /// # Errors
    /// [`Error::Usage`] where its name does not say that it is compressed, [`Error::Output`].
    pub(super) fn lock(path: &Path) -> Result<Locked, Error> {
        if !path.to_string_lossy().ends_with(".warc.gz") {
            let message = format!("--save-warc {}: give it a name that ends with .warc.gz", path.display());
            return Err(Error::Usage(message));
        }
        Locked::open_unpacked(path)
    }

    /// Lets the file grow; a new one begins with a record that says what it is.
    ///
    /// # Errors
    /// [`Error::Output`]
    pub(super) fn begin(file: Locked, beginning: Beginning, options: &FetchOptions) -> Result<Archive, Error> {
        let file = file.grow(beginning)?;
        let mut archive = Archive { writer: WarcWriter::new(Vec::new(), file.length()), file };
        if archive.writer.bytes() == 0 {
            let info = WarcInfo {
                software: concat!("cleancopy/", env!("CARGO_PKG_VERSION")),
                robots: match options.robots {
                    Robots::Obeyed => RobotsPolicy::Obeyed,
                    Robots::Ignored => RobotsPolicy::Ignored,
                },
                user_agent: &options.user_agent,
            };
            archive.writer.write_info(&info, unix_time()).map_err(|error| cannot_write(archive.file.path(), error))?;
            archive.pass_on()?;
        }
        Ok(archive)
    }

    /// Adds requests and their answers.
    pub(super) fn add(&mut self, exchanges: &[Exchange]) -> Result<(), Error> {
        for exchange in exchanges {
            self.writer.write_exchange(exchange).map_err(|error| cannot_write(self.file.path(), error))?;
        }
        self.pass_on()
    }

    fn pass_on(&mut self) -> Result<(), Error> {
        let records = mem::take(self.writer.get_mut());
        self.file.add(&records).map(drop)
    }

    /// Has all records on the disk, and says how long the file is then.
    pub(super) fn commit(&mut self) -> Result<u64, Error> {
        self.file.commit()
    }
}
