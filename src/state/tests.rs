use tempfile::TempDir;
use url::Url;

use super::*;

fn page(url: &str, error: Option<&str>) -> DonePage {
    DonePage {
        key: PageKey::of_url(&Url::parse(url).unwrap()),
        outcome: if error.is_some() { "timeout" } else { "article" }.to_owned(),
        attempts: 1,
        error: error.map(str::to_owned),
        offset: Some(7),
        validators: Stamps { etag: Some("\"a\"".to_owned()), modified: None },
    }
}

fn key(url: &str) -> PageKey {
    PageKey::of_url(&Url::parse(url).unwrap())
}

#[test]
fn what_is_committed_is_there_for_the_next_run() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("out.jsonl.state");
    let mut state = State::create(&path).unwrap();
    let lengths = Lengths { output: 120, warc: 3 };
    assert_eq!(state.manner().unwrap(), "");
    state.set_manner("--include bio").unwrap();
    state.commit(&[page("http://a.example/1", None), page("http://b.example/2", Some("slow"))], lengths).unwrap();
    drop(state);
    let state = State::open(&path).unwrap();
    assert_eq!(state.lengths().unwrap(), lengths);
    assert_eq!(state.manner().unwrap(), "--include bio");
    assert!(state.is_done(&key("http://me:secret@a.example/1#part")).unwrap());
    let keys = [key("http://a.example/2"), key("http://b.example/2"), key("http://a.example/1")];
    assert_eq!(state.are_done(&keys).unwrap(), [false, true, true]);
    let version = state.version(&key("http://a.example/1")).unwrap().unwrap();
    assert_eq!(
        (version.outcome.as_str(), version.stamps.etag.as_deref(), version.offset),
        ("article", Some("\"a\""), 7)
    );
    assert_eq!(state.version(&key("http://b.example/2")).unwrap(), None, "it failed");
    assert_eq!(state.phase().unwrap(), Phase::Underway);
    state.set_phase(Phase::Finished).unwrap();
    assert_eq!(state.phase().unwrap(), Phase::Finished);
}

#[test]
fn names_with_one_hash_do_not_stand_for_each_other() {
    let folder = TempDir::new().unwrap();
    let mut state = State::create(&folder.path().join("s")).unwrap();
    let mut second = page("http://a.example/2", None);
    second.key = second.key.with_hash_of(&key("http://a.example/1"));
    state.commit(&[page("http://a.example/1", None)], Lengths::default()).unwrap();
    assert!(!state.is_done(&second.key).unwrap());
    state.commit(std::slice::from_ref(&second), Lengths::default()).unwrap();
    assert!(state.is_done(&second.key).unwrap() && state.is_done(&key("http://a.example/1")).unwrap());
    assert_eq!(state.tally(10).unwrap().pages, 2);
}

#[test]
fn the_tally_counts_by_outcome_and_host() {
    let folder = TempDir::new().unwrap();
    let mut state = State::create(&folder.path().join("s")).unwrap();
    let pages = [
        page("http://a.example/1", None),
        page("https://b.example:8080/2", Some("slow")),
        page("http://[::1]/3", None),
        page("http://a.example/4?x", None),
    ];
    state.commit(&pages, Lengths::default()).unwrap();
    let tally = state.tally(2).unwrap();
    assert_eq!((tally.pages, tally.failed, tally.host_count), (4, 1, 3));
    assert_eq!((tally.outcomes["article"], tally.outcomes["timeout"]), (3, 1));
    let hosts: Vec<_> = tally.hosts.iter().map(|host| (host.host.as_str(), host.pages, host.failed)).collect();
    assert_eq!(hosts, [("b.example", 1, 1), ("a.example", 2, 0)]);
    let mut failed = Vec::new();
    state.each_failure(|name| failed.push(name.to_owned())).unwrap();
    assert_eq!(failed, ["https://b.example:8080/2"]);
}

#[test]
fn what_is_no_state_says_so() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "not a database, but long enough to be looked at as one").unwrap();
    let error = State::open(&path).unwrap_err().to_string();
    assert!(error.contains("notes.txt") && error.contains("not a database"), "{error}");
    assert!(State::open(&folder.path().join("none")).unwrap_err().to_string().contains("none"));
}

#[test]
fn a_state_of_another_version_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("out.jsonl.state");
    State::create(&path).unwrap().connection.pragma_update(None, "user_version", VERSION - 1).unwrap();
    let error = State::open(&path).unwrap_err().to_string();
    assert!(
        error.contains("out.jsonl.state: it is of version 1") && error.contains("remove it to start afresh"),
        "{error}"
    );
}

#[test]
fn a_state_that_was_killed_while_it_was_made_is_none() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("out.jsonl.state");
    assert!(!State::exists(&path).unwrap());
    std::fs::write(&path, "").unwrap();
    assert!(!State::exists(&path).unwrap());
    drop(State::create(&path).unwrap());
    assert!(State::exists(&path).unwrap());
    std::fs::write(&path, "not a database, but long enough to be looked at as one").unwrap();
    assert!(State::exists(&path).is_err());
}
