//! The way to a source of plans: bytes there and back. What they mean is for the repositories.

use std::rc::Rc;

use fhir_read::care_plan::Request;
use futures_util::future::LocalBoxFuture;

use crate::browser::http::HttpRequest;
use crate::state::{Problem, ProblemKind};
use crate::tasks::fhir_client::FhirClient;

/// What comes later.
pub(crate) type Later<'a, T> = LocalBoxFuture<'a, T>;

/// An answer to a request that writes, whatever its status.
pub(super) struct Answered {
    /// HTTP status.
    pub(super) status: u16,
    /// Its content.
    pub(super) body: Vec<u8>,
    /// Where the new resource is, if the server lets other origins see it.
    pub(super) location: Option<String>,
}

/// Requests with the launch's token.
pub(super) trait Wire {
    /// The body of a read.
    fn read<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>>;

    /// The body of a search's first page.
    fn search<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>>;

    /// Writes, once. An error is that there is no answer ([`ProblemKind::Network`]): it may have been done or
    /// not; or that the token is no longer accepted: it has not been done.
    fn write<'a>(
        &'a self,
        base: &'a str,
        content_type: &'static str,
        request: &'a Request,
    ) -> Later<'a, Result<Answered, Rc<Problem>>>;

    /// A problem with this source.
    fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem>;
}

impl Wire for FhirClient {
    fn read<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(self.get(address))
    }

    fn search<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(FhirClient::search(self, address))
    }

    fn write<'a>(
        &'a self,
        base: &'a str,
        content_type: &'static str,
        request: &'a Request,
    ) -> Later<'a, Result<Answered, Rc<Problem>>> {
        Box::pin(async move {
            let address = match &*request.path {
                "" => base.to_owned(),
                path => format!("{base}/{path}"),
            };
            let http = || {
                let body = request.body.clone();
                let http = HttpRequest::with_body(request.method, &address, content_type, body);
                match &request.if_match {
                    Some(version) => http.header("If-Match", version),
                    None => http,
                }
            };
            let answer = self.write_once(&http, &address).await?;
            Ok(Answered {
                status: answer.status,
                body: answer.body,
                location: answer.location,
            })
        })
    }

    fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        FhirClient::problem(self, kind, detail)
    }
}
