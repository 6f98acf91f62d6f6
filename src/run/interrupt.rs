//! Ctrl-C and a friendly kill.

use tokio::signal;

use crate::error::Error;

/// Listens for the signals that ask the program to end.
pub(super) struct Interrupt {
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
            let terminate = signal::unix::signal(signal::unix::SignalKind::terminate());
            let cannot =
                |error: std::io::Error| Error::Start { what: "listening for Ctrl-C", reason: error.to_string() };
            Ok(Interrupt { terminate: terminate.map_err(cannot)? })
        }
        #[cfg(not(unix))]
        Ok(Interrupt {})
    }

    /// Waits for the next one.
    pub(super) async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            pressed = signal::ctrl_c() => if pressed.is_err() { std::future::pending().await },
            signal = self.terminate.recv() => if signal.is_none() { std::future::pending().await },
        }
        #[cfg(not(unix))]
        if signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
