//! Tells the host that somebody has looked, where the host keeps such a log (AuditEvent). Once a launch; a log that
//! cannot be reached keeps nobody from looking, and is the host's to notice.

use chart_model::care_plan::Author;
use fhir_read::care_plan::Signer;
use fhir_read::view_opened;
use smart_launch::{Access, User};

use super::session::Session;
use crate::browser::clock;
use crate::browser::http::HttpRequest;

impl Session {
    /// In the name of the user who is logged in.
    pub(super) async fn log_access(&self, user: &User) {
        let context = self.client.context();
        if !context.audit || !context.granted.allows("AuditEvent", Access::Create) {
            return;
        }
        let signer = Signer {
            reference: user.fhir_user.clone().unwrap_or_default(),
            author: Author {
                name: user.name.clone().unwrap_or_default(),
                ..Author::default()
            },
        };
        let event = view_opened(&context.patient_id, &signer, clock::now(), "Egenmåling");
        let address = format!("{}/AuditEvent", context.fhir_base);
        let request = || HttpRequest::with_body("POST", &address, "application/fhir+json", event.clone());
        // There is nobody to tell.
        let _ = self.client.write_once(&request, &address).await;
    }
}
