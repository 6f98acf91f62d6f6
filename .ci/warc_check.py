#!/usr/bin/env python3
"""Reads a WARC file with warcio, a reader that no one here wrote, and prints what it holds.

usage: warc_check.py FILE [TYPE=COUNT ...]

Ends with an error at the first digest that is wrong, at a record that is no gzip member of its own, at a request
without its response, and where the file holds another number of records of a type than is said.
"""

import collections
import sys

from warcio.archiveiterator import ArchiveIterator


def read(path):
    """Counts of the types of records, and the ids that each record names and has."""
    counts, ids, named, payload_bytes = collections.Counter(), set(), set(), 0
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            payload_bytes += len(record.content_stream().read())
            counts[record.rec_type] += 1
            record_id = record.rec_headers.get_header("WARC-Record-ID")
            if record_id in ids:
                sys.exit(f"{path}: two records have the id {record_id}")
            ids.add(record_id)
            if record.rec_type == "request":
                named.add(record.rec_headers.get_header("WARC-Concurrent-To"))
    if named - ids:
        sys.exit(f"{path}: requests name responses that are not there: {sorted(named - ids)}")
    return counts, payload_bytes


def main():
    path, *expected = sys.argv[1:]
    counts, payload_bytes = read(path)
    for name, count in sorted(counts.items()):
        print(f"{name} {count}")
    print(f"payload bytes {payload_bytes}")
    for claim in expected:
        name, _, count = claim.partition("=")
        if counts[name] != int(count):
            sys.exit(f"{path}: {counts[name]} records are {name}, not {count}")


if __name__ == "__main__":
    main()
