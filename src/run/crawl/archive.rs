//! The WARC file of a crawl.
