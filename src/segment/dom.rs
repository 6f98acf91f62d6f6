//! The parsed page. The only file that names the parser.
