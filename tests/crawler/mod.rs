//! Runs the program on sites of this machine, and watches it.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::process::{Output, Stdio};
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{interval, timeout};

use crate::program::{Folder, Ran};

/// What no run takes, however busy the machine is.
const FOREVER: Duration = Duration::from_secs(240);

/// A run of the program that goes on.
pub struct Running(pub Child);

/// The program for these hosts, which are on this machine.
pub fn command(folder: &Folder, hosts: &[String], arguments: &[&str]) -> std::process::Command {
    let mut command = folder.command(&["--allow-private"]);
    for proxy in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    for host in hosts {
        command.args(["--resolve", &format!("{host}=127.0.0.1")]);
    }
    command.args(arguments);
    command
}

/// Starts the program for these hosts.
pub fn start(folder: &Folder, hosts: &[String], arguments: &[&str]) -> Running {
    let mut command = Command::from(command(folder, hosts, arguments));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Running(command.kill_on_drop(true).spawn().unwrap())
}

/// Runs the program to its end.
pub async fn run(folder: &Folder, hosts: &[String], arguments: &[&str]) -> Ran {
    start(folder, hosts, arguments).end().await
}

impl Running {
    /// Waits for its end.
    pub async fn end(self) -> Ran {
        self.end_with_peak().await.0
    }

    /// Waits for its end, and says how much memory it had at its peak, in KiB.
    pub async fn end_with_peak(mut self) -> (Ran, u64) {
        drop(self.0.stdin.take());
        let pid = self.0.id().unwrap();
        let mut output = std::pin::pin!(timeout(FOREVER, self.0.wait_with_output()));
        let mut looks = interval(Duration::from_millis(50));
        let mut peak = 0;
        loop {
            tokio::select! {
                output = &mut output => return (Ran(output.expect("the program ends").unwrap()), peak),
                _ = looks.tick() => peak = peak.max(peak_memory(pid).unwrap_or_default()),
            }
        }
    }

    /// Waits until it says this on standard error; gives back what it said up to there.
    pub async fn wait_until_it_says(&mut self, message: &str) -> String {
        let stderr = self.0.stderr.as_mut().unwrap();
        let mut said = Vec::new();
        let wait = async {
            while !String::from_utf8_lossy(&said).contains(message) {
                assert_ne!(stderr.read_buf(&mut said).await.unwrap(), 0, "it ended without {message:?}");
            }
        };
        timeout(FOREVER, wait).await.expect("the program says it");
        String::from_utf8(said).unwrap()
    }

    /// Kills it, at once and without warning.
    pub async fn kill(mut self) -> Output {
        self.0.start_kill().unwrap();
        timeout(FOREVER, self.0.wait_with_output()).await.expect("a killed program ends").unwrap()
    }

    /// Sends it a signal by name: `INT`.
    pub async fn signal(&self, name: &str) {
        let pid = self.0.id().unwrap().to_string();
        let status = Command::new("kill").args(["-s", name, &pid]).status().await.unwrap();
        assert!(status.success(), "kill -s {name} {pid}");
    }
}

/// The most memory that a process had so far, in KiB.
fn peak_memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
