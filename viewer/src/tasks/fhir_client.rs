//! FHIR requests with the launch's token, which goes to the launch's servers and nowhere else.
//! Knows no resource.

use std::rc::Rc;

use smart_launch::LaunchContext;

use crate::browser::http::{self, HttpRequest};
use crate::state::{Problem, ProblemKind};

/// One launch's way to its FHIR server. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct FhirClient {
    context: Rc<LaunchContext>,
}

impl FhirClient {
    pub(crate) fn new(context: LaunchContext) -> Self {
        Self {
            context: Rc::new(context),
        }
    }

    /// The launch that it speaks for.
    pub(crate) fn context(&self) -> &LaunchContext {
        &self.context
    }

    /// The body of a successful answer.
    ///
    /// # Errors
    /// A [`Problem`] that names the host: foreign address, no connection, or the server's refusal.
    pub(crate) async fn get(&self, address: &str) -> Result<Vec<u8>, Rc<Problem>> {
        if !self.context.may_receive_token(address) {
            return Err(self.problem(
                ProblemKind::ForeignLink,
                "address outside the FHIR server of this launch",
            ));
        }
        let request = HttpRequest::get(address)
            .header("Accept", "application/fhir+json")
            .header(
                "Authorization",
                format!("Bearer {}", self.context.access_token.secret()),
            );
        let answer = http::send(request)
            .await
            .map_err(|error| self.problem(ProblemKind::Network, &error.detail))?;
        let kind = match answer.status {
            200..=299 => return Ok(answer.body),
            401 => ProblemKind::Unauthorized,
            403 => ProblemKind::Forbidden,
            404 | 410 => ProblemKind::NotFound,
            _ => ProblemKind::Server,
        };
        let said = fhir_read::outcome_text(&answer.body).unwrap_or_default();
        Err(self.problem(kind, format!("HTTP {} {said}", answer.status).trim_end()))
    }

    /// A problem with this launch's server.
    pub(crate) fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        Rc::new(Problem {
            kind,
            host: self.context.host(),
            detail: detail.to_owned(),
        })
    }
}
