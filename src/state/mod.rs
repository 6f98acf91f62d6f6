//! What a crawl has done, in a database beside its output: `SQLite` in WAL mode.
//!
//! The database is the truth: a page is done when its row is committed, and the output is as long as the committed
//! row of `crawl` says. What stands behind that length was written by a run that was killed, and is cut off.
//!
//! | table | a row for | columns |
//! |---|---|---|
//! | `pages` | each page that is done | `id` (63 bits of the hash of `name`), `name` (the address without fragment, or the source), `outcome` (the verdict, or the kind of the error), `attempts`, `error` (its message), `offset` (of its record in the output), `etag`, `modified` (`Last-Modified`) |
//! | `crawl` | the crawl | `output` and `warc` (their lengths in bytes), `finished` (0 or 1), `manner` (the options that decide what a record holds) |
//!
//! - `key`: how a page is known
//! - `overflow`: queues on the disk for what finds no room in memory
//! - `tally`: counts by outcome and host

mod key;
mod overflow;
mod tally;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, ToSql, params};

use crate::error::Error;

pub use key::PageKey;
pub use overflow::Overflow;
pub use tally::{HostTally, Tally};

/// The version of the tables, kept as `SQLite`'s `user_version`.
const VERSION: i64 = 2;

const TABLES: &str = "
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, outcome TEXT NOT NULL, attempts INTEGER NOT NULL,
        error TEXT, offset INTEGER, etag TEXT, modified TEXT
    );
    CREATE TABLE crawl (
        output INTEGER NOT NULL, warc INTEGER NOT NULL, finished INTEGER NOT NULL, manner TEXT NOT NULL
    );
    INSERT INTO crawl VALUES (0, 0, 0, '');
";

/// Pages of the database's memory, in KiB: the same however long the list is.
const CACHE_KIB: i64 = 8 * 1024;

/// An open state.
#[derive(Debug)]
pub struct State {
    path: PathBuf,
    connection: Connection,
}

/// A page that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonePage {
    /// How it is known.
    pub key: PageKey,
    /// The verdict, or the kind of the error.
    pub outcome: String,
    /// The requests it took, redirects not counted.
    pub attempts: u32,
    /// The message of its error.
    pub error: Option<String>,
    /// Where its record begins in the output, in bytes.
    pub offset: Option<u64>,
    /// What the server calls this version of it.
    pub validators: Stamps,
}

/// What a server calls a version of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamps {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified`.
    pub modified: Option<String>,
}

/// A page as it was got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its verdict.
    pub outcome: String,
    /// What the server calls it.
    pub stamps: Stamps,
    /// Where its record begins in the output, in bytes.
    pub offset: u64,
}

/// The lengths in bytes up to which files are committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lengths {
    /// Of the output.
    pub output: u64,
    /// Of the WARC file.
    pub warc: u64,
}

/// How far a crawl is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not all of its list is done.
    Underway,
    /// All of its list is done.
    Finished,
}

impl State {
    /// Makes a new state at `path`, where an old one is removed.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn create(path: &Path) -> Result<State, Error> {
        for end in ["", "-wal", "-shm"] {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            match std::fs::remove_file(&name) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::State { path: path.to_owned(), reason: error.to_string() });
                }
                _ => {}
            }
        }
        State::connect(path, OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_READ_WRITE, |connection| {
            // All at once: who is killed here leaves an empty database and no half one.
            connection.execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT"))
        })
    }

    /// Whether there is a state at `path`: one that was killed while it was made is none.
    ///
    /// # Errors
    /// [`Error::State`] where what is there is no database.
    pub fn exists(path: &Path) -> Result<bool, Error> {
        if !path.exists() {
            return Ok(false);
        }
        let state = State::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, |_| Ok(()))?;
        state.query("SELECT count(*) FROM sqlite_master", |row| row.get::<_, i64>(0)).map(|tables| tables > 0)
    }

    /// Opens the state at `path` to go on with it.
    ///
    /// # Errors
    /// [`Error::State`] where there is none or it is of another version.
    pub fn open(path: &Path) -> Result<State, Error> {
        let state = State::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, |_| Ok(()))?;
        let version = state.query("PRAGMA user_version", |row| row.get::<_, i64>(0))?;
        if version == VERSION {
            return Ok(state);
        }
        let reason = format!(
            "it is of version {version}, and this program reads version {VERSION}: go on with the program that made it, or \
             remove it to start afresh"
        );
        Err(Error::State { path: path.to_owned(), reason })
    }

    fn connect(
        path: &Path,
        flags: OpenFlags,
        prepare: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<State, Error> {
        let connect = || {
            let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // A commit is on the disk when it returns: a power cut takes nothing back.
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
            prepare(&connection)?;
            Ok(connection)
        };
        match connect() {
            Ok(connection) => Ok(State { path: path.to_owned(), connection }),
            Err(error) => Err(failure(path, &error)),
        }
    }

    /// Whether a page is done.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn is_done(&self, key: &PageKey) -> Result<bool, Error> {
        Ok(self.find(key, "SELECT name FROM pages WHERE id = ?1", |_| Ok(()))?.is_some())
    }

    /// Whether each of these is done. Looked up together they cost a fraction of what each by itself does.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn are_done<'k>(&self, keys: impl IntoIterator<Item = &'k PageKey>) -> Result<Vec<bool>, Error> {
        // It only reads, so that it ends without a commit is right.
        let _together = self.connection.unchecked_transaction().map_err(|error| failure(&self.path, &error))?;
        keys.into_iter().map(|key| self.is_done(key)).collect()
    }

    /// The version of a page that was got: `None` for one that was not, failed, or has no record of its own.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn version(&self, key: &PageKey) -> Result<Option<Version>, Error> {
        let sql = "SELECT name, outcome, etag, modified, offset FROM pages WHERE id = ?1 AND error IS NULL";
        let found = self.find(key, sql, |row| {
            let stamps = Stamps { etag: row.get(2)?, modified: row.get(3)? };
            let offset = row.get::<_, Option<i64>>(4)?.map(i64::cast_unsigned);
            offset.map(|offset| row.get(1).map(|outcome| Version { outcome, stamps, offset })).transpose()
        })?;
        Ok(found.flatten())
    }

    /// The row of a page: `sql` selects by id, with the name first. Names whose hashes are the same stand at the next
    /// free ids.
    fn find<T>(
        &self,
        key: &PageKey,
        sql: &str,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let find = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            for id in key.ids() {
                let row = statement.query_row([id], |row| {
                    let is_it = row.get_ref(0)?.as_str()? == key.name();
                    Ok(if is_it { Some(read(row)?) } else { None })
                });
                match row.optional()? {
                    Some(Some(found)) => return Ok(Some(found)),
                    Some(None) => {}
                    None => return Ok(None),
                }
            }
            Ok(None)
        };
        find().map_err(|error| failure(&self.path, &error))
    }

    /// Commits pages together with the lengths that the files have with their records.
    ///
    /// # Errors
    /// [`Error::State`]; then nothing is committed.
    pub fn commit(&mut self, pages: &[DonePage], lengths: Lengths) -> Result<(), Error> {
        self.write(pages, lengths).map_err(|error| failure(&self.path, &error))
    }

    fn write(&mut self, pages: &[DonePage], lengths: Lengths) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT OR IGNORE INTO pages VALUES (?1,?2,?3,?4,?5,?6,?7,?8)")?;
            for page in pages {
                for id in page.key.ids() {
                    let changed = insert.execute(params![
                        id,
                        page.key.name(),
                        page.outcome,
                        page.attempts,
                        page.error,
                        page.offset.map(u64::cast_signed),
                        page.validators.etag,
                        page.validators.modified,
                    ])?;
                    if changed == 1 {
                        break;
                    }
                }
            }
            let mut update = transaction.prepare_cached("UPDATE crawl SET output = ?1, warc = ?2")?;
            update.execute(params![lengths.output.cast_signed(), lengths.warc.cast_signed()])?;
        }
        transaction.commit()
    }

    /// Pages that are done.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn count(&self) -> Result<u64, Error> {
        self.query("SELECT count(*) FROM pages", |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    }

    /// The committed lengths.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn lengths(&self) -> Result<Lengths, Error> {
        self.query("SELECT output, warc FROM crawl", |row| {
            Ok(Lengths { output: row.get::<_, i64>(0)?.cast_unsigned(), warc: row.get::<_, i64>(1)?.cast_unsigned() })
        })
    }

    /// How far the crawl is.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn phase(&self) -> Result<Phase, Error> {
        let finished = self.query("SELECT finished FROM crawl", |row| row.get::<_, i64>(0))?;
        Ok(if finished == 0 { Phase::Underway } else { Phase::Finished })
    }

    /// Says how far the crawl is.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn set_phase(&self, phase: Phase) -> Result<(), Error> {
        self.update("UPDATE crawl SET finished = ?1", i64::from(phase == Phase::Finished))
    }

    /// How the records are made: the options that decide what one holds, as the command line has them; empty where all are
    /// the usual ones, and of a new state.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn manner(&self) -> Result<String, Error> {
        self.query("SELECT manner FROM crawl", |row| row.get(0))
    }

    /// Says how the records are made.
    ///
    /// # Errors
    /// [`Error::State`]
    pub fn set_manner(&self, manner: &str) -> Result<(), Error> {
        self.update("UPDATE crawl SET manner = ?1", manner)
    }

    fn update(&self, sql: &str, value: impl ToSql) -> Result<(), Error> {
        self.connection.execute(sql, [value]).map(drop).map_err(|error| failure(&self.path, &error))
    }

    fn query<T>(&self, sql: &str, read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>) -> Result<T, Error> {
        self.connection.query_row(sql, [], read).map_err(|error| failure(&self.path, &error))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn failure(path: &Path, error: &rusqlite::Error) -> Error {
    Error::State { path: path.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests;
