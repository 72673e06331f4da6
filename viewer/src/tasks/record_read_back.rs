//! A document in the journal, looked for and read back: whether what stands there is what was sent. Writes nothing; what
//! an answer means is `fhir_read`'s.

use std::rc::Rc;

use fhir_read::{NewDocument, StoredDocument, file_content, next_link, read_documents};
use smart_launch::Access;

use super::session::Session;
use crate::browser::crypto;
use crate::state::Problem;
use crate::state::record::{Check, Draft};

impl Session {
    /// The same content among what the journal has; `None` where it may not be searched too: `If-None-Exist` is what
    /// there is then.
    pub(super) async fn find(&self, draft: &Draft) -> Result<Option<StoredDocument>, Rc<Problem>> {
        let context = self.client.context();
        if !context.granted.allows("DocumentReference", Access::Search) {
            return Ok(None);
        }
        let search = fhir_read::document_search(&context.fhir_base, &context.patient_id, &draft.fingerprint);
        let page = self.client.search(&search).await?;
        let found = read_documents(&page, &context.patient_id).map_err(|error| self.unread(&error))?;
        // A server that does not know the parameter sends others too.
        Ok(found
            .into_iter()
            .find(|there| *there.fingerprint == *draft.fingerprint))
    }

    /// The document that was just written: by its id, where the server has said it and lets it be read, else as it is
    /// found. Nothing where neither is possible.
    pub(super) async fn read_back(&self, draft: &Draft, id: Option<String>) -> Option<StoredDocument> {
        let context = self.client.context();
        if let Some(id) = id.filter(|_| context.granted.allows("DocumentReference", Access::Read)) {
            let address = format!("{}/DocumentReference/{id}", context.fhir_base);
            let read = self.client.get(&address).await.ok();
            let read = read.and_then(|read| read_documents(&read, &context.patient_id).ok());
            if let Some(there) = read.and_then(|read| read.into_iter().next()) {
                return Some(there);
            }
        }
        self.find(draft).await.ok().flatten()
    }

    /// Whether the journal has what was sent, as far as it lets that be seen. What it keeps beside the document is read
    /// there, if that is on the same server: the token goes to no other.
    pub(super) async fn checked(&self, there: &StoredDocument, document: &NewDocument<'_>) -> Check {
        let base = &self.client.context().fhir_base;
        let beside = match next_link(base, &there.pdf_url) {
            Ok(address) if there.pdf.is_none() => self.client.file(&address).await.ok(),
            _ => None,
        };
        let beside = beside.map(file_content);
        let sha1 = if there.pdf_sha1.is_empty() {
            None
        } else {
            crypto::sha1(document.pdf).await
        };
        match there.is(document, beside.as_deref(), &sha1.unwrap_or_default()) {
            Some(true) => Check::Same,
            Some(false) => Check::Differs,
            None => Check::NotRead,
        }
    }
}
