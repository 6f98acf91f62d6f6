//! A file read at once, into memory that is at hand.

use std::fs::File;
use std::io::{self, Read};

/// Bytes of a page of memory.
const MEMORY_PAGE: usize = 4096;
/// Where in a page of memory the bytes of a file should not begin: they lie at the start of one in the system's cache,
/// and AMD's processors since Zen 3 copy to a place so little behind (`rep movsb`, of which their "fast short" form is slow
/// there) at a fifth of the speed. The standard allocator of Linux gives long stretches 16 bytes behind the start of a
/// page. See <https://xuanwo.io/2023/04-rust-std-fs-slower-than-python/>.
const SLOW: std::ops::Range<usize> = 1..32;

/// All bytes of a file of `size` bytes, and up to `limit` of one that grew since. They are written to `room`, in place of
/// what is there, where that is long enough.
pub(super) fn read_whole(file: File, mut room: Vec<u8>, size: usize, limit: u64) -> io::Result<Vec<u8>> {
    // One more than there are: the end is met without asking for more room.
    let wanted = SLOW.end + size + 1;
    if room.capacity() < wanted {
        room = new_room(wanted);
    }
    let start = start_in(&room);
    room.clear();
    room.resize(start, 0);
    fill(&file, &mut room);
    let read = (room.len() - start) as u64;
    file.take(limit.saturating_sub(read)).read_to_end(&mut room)?;
    room.drain(..start);
    // A large room takes in more of a file that grew than is asked for.
    room.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(room)
}

/// Room for so many bytes, at a place that is copied to quickly where the allocator has one.
fn new_room(bytes: usize) -> Vec<u8> {
    let room = Vec::with_capacity(bytes);
    if start_in(&room) == 0 {
        return room;
    }
    // What is given back teaches the allocator of glibc that such lengths come and go: the next is of its heap, whose
    // pieces begin anywhere.
    drop(room);
    Vec::with_capacity(bytes)
}

/// Where in `room` bytes are copied to quickly.
fn start_in(room: &[u8]) -> usize {
    let place = room.as_ptr().addr() % MEMORY_PAGE;
    if SLOW.contains(&place) { SLOW.end - place } else { 0 }
}

/// Reads into what is free of `room`, most often all there is: the standard library reads piece by piece, or into room
/// that was written to before for that alone.
#[cfg(target_os = "linux")]
fn fill(file: &File, room: &mut Vec<u8>) {
    // Who reads on meets the fault, if there is one.
    let _ = rustix::io::read(file, rustix::buffer::spare_capacity(room));
}

/// Does nothing: on this system the standard library reads it all.
#[cfg(not(target_os = "linux"))]
fn fill(_file: &File, _room: &mut Vec<u8>) {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(bytes: &[u8], room: Vec<u8>, size: usize, limit: u64) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        fs::write(&path, bytes).unwrap();
        read_whole(File::open(path).unwrap(), room, size, limit).unwrap()
    }

    #[test]
    fn what_was_in_the_room_goes() {
        for room in [Vec::new(), vec![b'x'; 9], vec![b'x'; 10_000], Vec::with_capacity(10_000)] {
            assert_eq!(read(b"A ferry.", room, 8, 100), b"A ferry.");
        }
    }

    #[test]
    fn a_file_is_read_whole_that_grew_or_shrank_since_it_was_measured() {
        for (size, limit, read_bytes) in [(8, 100, 8), (0, 100, 8), (3, 100, 8), (3, 5, 5), (20, 100, 8)] {
            assert_eq!(read(b"A ferry.", Vec::new(), size, limit), b"A ferry."[..read_bytes]);
        }
    }

    #[test]
    fn bytes_begin_where_copying_is_quick() {
        let room = vec![0; 3 * MEMORY_PAGE];
        let first_page = room.as_ptr().addr().next_multiple_of(MEMORY_PAGE) - room.as_ptr().addr();
        for (behind, start) in [(0, 0), (1, 31), (16, 16), (31, 1), (32, 0), (4095, 0)] {
            assert_eq!(start_in(&room[first_page + behind..]), start);
        }
    }
}
