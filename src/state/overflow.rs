//! Room on the disk for what waits: first in, first out, by queue.

use rusqlite::{Connection, params};

use crate::error::Error;

/// Queues of texts in a database without a name, which the operating system removes with the process.
#[derive(Debug)]
pub struct Overflow {
    connection: Connection,
    last: i64,
}

impl Overflow {
    /// Empty queues.
    ///
    /// # Errors
    /// [`Error::Start`]
    pub fn new() -> Result<Overflow, Error> {
        let open = || {
            let connection = Connection::open("")?;
            // Nothing of it outlives the process, so nothing has to reach the disk.
            connection.pragma_update(None, "journal_mode", "OFF")?;
            connection.pragma_update(None, "synchronous", "OFF")?;
            connection.execute_batch(
                "CREATE TABLE waiting (queue INTEGER, number INTEGER, item TEXT, PRIMARY KEY (queue, number)) WITHOUT ROWID",
            )?;
            Ok(connection)
        };
        let connection = open().map_err(|error| failure(&error))?;
        Ok(Overflow { connection, last: 0 })
    }

    /// Puts an item at the end of a queue.
    ///
    /// # Errors
    /// [`Error::Start`] where the disk is full.
    pub fn push(&mut self, queue: u64, item: &str) -> Result<(), Error> {
        self.last += 1;
        let insert = || {
            let mut insert = self.connection.prepare_cached("INSERT INTO waiting VALUES (?1, ?2, ?3)")?;
            insert.execute(params![queue.cast_signed(), self.last, item])
        };
        insert().map(drop).map_err(|error| failure(&error))
    }

    /// Takes at most `count` items from the front of a queue.
    ///
    /// # Errors
    /// [`Error::Start`]
    pub fn take(&mut self, queue: u64, count: usize) -> Result<Vec<String>, Error> {
        let take = || {
            let sql = "SELECT number, item FROM waiting WHERE queue = ?1 ORDER BY number LIMIT ?2";
            let mut select = self.connection.prepare_cached(sql)?;
            let rows = select.query_map(params![queue.cast_signed(), (count as u64).cast_signed()], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
            let items = rows.collect::<rusqlite::Result<Vec<_>>>()?;
            if let Some((last, _)) = items.last() {
                let sql = "DELETE FROM waiting WHERE queue = ?1 AND number <= ?2";
                self.connection.prepare_cached(sql)?.execute(params![queue.cast_signed(), last])?;
            }
            Ok(items.into_iter().map(|(_, item)| item).collect())
        };
        take().map_err(|error| failure(&error))
    }
}

fn failure(error: &rusqlite::Error) -> Error {
    Error::Start {
        what: "the queue of addresses on the disk (is the temporary folder full?)",
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_queue_gives_back_its_items_in_order() {
        let mut overflow = Overflow::new().unwrap();
        for (queue, item) in [(1, "a"), (2, "x"), (1, "b"), (1, "c"), (2, "y")] {
            overflow.push(queue, item).unwrap();
        }
        assert_eq!(overflow.take(1, 2).unwrap(), ["a", "b"]);
        overflow.push(1, "d").unwrap();
        assert_eq!(overflow.take(1, 9).unwrap(), ["c", "d"]);
        assert_eq!(overflow.take(2, 9).unwrap(), ["x", "y"]);
        assert!(overflow.take(2, 9).unwrap().is_empty());
    }
}
