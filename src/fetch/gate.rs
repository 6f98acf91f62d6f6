//! What each request has to pass before it is sent.

use url::Url;

use crate::error::PageErrorKind;

/// What each request, those to targets of redirects too, has to pass before it is sent: pacing, robots.txt.
pub trait Gate {
    /// The leave to ask. It is held from before the request is sent until the body of its answer is read or given up.
    type Pass;

    /// Waits until `url` may be asked for. The wait does not count as time of the page. `url` comes without user name,
    /// password and fragment.
    ///
    /// # Errors
    /// Why it may not be asked for; the visit ends with that.
    fn admit(&self, url: &Url) -> impl Future<Output = Result<Self::Pass, PageErrorKind>>;
}

/// A gate that lets all through at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenGate;

impl Gate for OpenGate {
    type Pass = ();

    fn admit(&self, _url: &Url) -> impl Future<Output = Result<(), PageErrorKind>> {
        std::future::ready(Ok(()))
    }
}
