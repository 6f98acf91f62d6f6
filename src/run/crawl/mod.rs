//! A list of addresses, worked off: politely, and so that a kill at any instant loses nothing.
//!
//! - `claim`: its files before anything in them changes
//! - `losses`: what a run would destroy by mistake
//! - `manner`: how its records are made
//! - `plan`: what the options mean for it
//! - `work`: the loop that asks, and all that goes on at once
//! - `frontier`: the addresses that wait, by host
//! - `errands`: one page, from its address to its outcome
//! - `recorder`: records, WARC and state, on a thread of their own
//! - `archive`: the WARC file
//! - `earlier`: what an earlier crawl knows
//! - `rehearsal`: what would be fetched
//! - `watch`: how far it is
//!
//! Records come in the order in which pages are done. Each page of the list has one record, however often it stands
//! there.

mod archive;
mod claim;
mod earlier;
mod errands;
mod frontier;
mod losses;
mod manner;
mod plan;
mod recorder;
mod rehearsal;
mod watch;
mod work;

pub(super) use claim::{Claim, state_path};
pub(super) use losses::{FailedFile, refuse_output_of_crawl};
pub(super) use manner::manner;
pub(super) use plan::{Network, Resumed, Showing, is_crawl, write_failed};
pub(super) use rehearsal::rehearse;
pub(super) use watch::{LONG_WAIT, grouped, in_words};
pub(super) use work::{Narrate, crawl};
