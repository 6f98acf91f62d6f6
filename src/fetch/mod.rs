//! Pages over HTTP.

use url::Url;

use crate::error::{Error, PageError};
use crate::options::FetchOptions;
use crate::page::RawPage;

/// Gets pages by URL. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetcher {}

impl Fetcher {
    /// A fetcher.
    ///
    /// # Errors
    /// [`Error::Start`] where the HTTP client cannot be built from the options.
    pub fn new(_options: &FetchOptions) -> Result<Self, Error> {
        Ok(Fetcher {})
    }

    /// The page at `url`.
    ///
    /// # Errors
    /// What the network or the server did.
    pub async fn get(&self, url: Url) -> Result<RawPage, PageError> {
        Err(PageError::new(url, crate::error::PageErrorKind::BadSource("not yet".to_owned())))
    }
}
