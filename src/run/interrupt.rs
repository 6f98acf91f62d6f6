//! Ctrl-C and a friendly kill.

use tokio::signal;

use crate::error::Error;

/// Listens for the signals that ask the program to end. One that comes while no one waits is kept for the next wait.
pub(super) struct Interrupt {
    #[cfg(unix)]
    interrupt: signal::unix::Signal,
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl Interrupt {
    /// From here on the signals end nothing by themselves.
    ///
    /// # Errors
    /// [`Error::Start`] where the system does not let them be listened for.
    pub(super) fn listen() -> Result<Interrupt, Error> {
        #[cfg(unix)]
        {
            let listen = |kind| {
                let cannot =
                    |error: std::io::Error| Error::Start { what: "listening for Ctrl-C", reason: error.to_string() };
                signal::unix::signal(kind).map_err(cannot)
            };
            let (interrupt, terminate) = (signal::unix::SignalKind::interrupt(), signal::unix::SignalKind::terminate());
            Ok(Interrupt { interrupt: listen(interrupt)?, terminate: listen(terminate)? })
        }
        #[cfg(not(unix))]
        Ok(Interrupt {})
    }

    /// Waits for the next one.
    pub(super) async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            signal = self.interrupt.recv() => if signal.is_none() { std::future::pending().await },
            signal = self.terminate.recv() => if signal.is_none() { std::future::pending().await },
        }
        #[cfg(not(unix))]
        if signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
