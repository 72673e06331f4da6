//! The document for the journal as a DocumentReference: written and found again; how it is read back is in `stored`. What
//! stands in it is `chart_model::record`'s; nothing is sent here.
//!
//! Exactly once: the document carries an identifier made from its content, and is created with `If-None-Exist` on it. Where
//! an answer is lost, or a server may not know that header, it is searched for by the identifier before it is sent again.

mod stored;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chart_model::{Period, oslo};

use crate::care_plan::Signer;
use crate::error::outcome_text;
use crate::json::Json;
use crate::query::encode;

pub use stored::{StoredDocument, file_content, located, read_documents};

/// System of the identifiers of documents that the viewer writes.
pub const DOCUMENT_SYSTEM: &str = "https://dho-viewer.example/fhir/NamingSystem/document";
/// LOINC code of a note that sums up an episode, as VKP's notes are coded.
const TYPE: (&str, &str, &str) = ("http://loinc.org", "34133-9", "Summary of episode note");

/// A document to be written.
#[derive(Clone, Debug)]
pub struct NewDocument<'a> {
    /// [`chart_model::record::Record::fingerprint`]: the same content is the same document.
    pub fingerprint: &'a str,
    /// Id of the patient at the server that it is written to.
    pub patient: &'a str,
    /// Title, shown in lists of the journal.
    pub title: &'a str,
    /// What kind of document it is, in words.
    pub kind: &'a str,
    /// Who writes it.
    pub by: &'a Signer,
    /// When it is made, milliseconds since 1970 UTC.
    pub made: i64,
    /// Of which period the readings are.
    pub period: Period,
    /// The plan in force: `CarePlan/7`, and its version (may be empty); `None` if there is none at that server.
    pub plan: Option<(&'a str, &'a str)>,
    /// `Encounter/7`, where the launch names one.
    pub encounter: Option<&'a str>,
    /// `Organization/7` that keeps it, where it is known.
    pub custodian: Option<&'a str>,
    /// Language of the document, BCP 47.
    pub lang: &'a str,
    /// The PDF.
    pub pdf: &'a [u8],
    /// The same as plain text; may be empty.
    pub text: &'a str,
}

/// The request that creates a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRequest {
    /// Relative to the FHIR base, by `POST`.
    pub path: &'static str,
    /// For the header `If-None-Exist`.
    pub if_none_exist: String,
    /// JSON.
    pub body: String,
}

/// What became of a document that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// The server has it (it is new, or was there already); its id, where the answer says it.
    There(Option<String>),
    /// Whether it was written is not known: look for it by [`document_search`] before it is sent again.
    NotKnown,
    /// Refused, with the server's own words (empty if it gave none).
    Refused {
        /// HTTP status.
        status: u16,
        /// `details.text`, else `diagnostics`.
        words: String,
    },
}

/// The request that creates a document.
pub fn write_document(document: &NewDocument<'_>) -> DocumentRequest {
    DocumentRequest {
        path: "DocumentReference",
        if_none_exist: search_for(document.patient, document.fingerprint),
        body: resource(document).to_string(),
    }
}

/// The address at which a document is found that was written: it, or nothing.
pub fn document_search(base: &str, patient: &str, fingerprint: &str) -> String {
    let base = base.trim_end_matches('/');
    format!("{base}/DocumentReference?{}", search_for(patient, fingerprint))
}

fn search_for(patient: &str, fingerprint: &str) -> String {
    let identifier = format!("{DOCUMENT_SYSTEM}|{fingerprint}");
    format!(
        "patient=Patient/{}&identifier={}",
        encode(patient, ""),
        encode(&identifier, ":/")
    )
}

/// What the answer to the request means. `status` is `None` where there was no answer.
pub fn written(status: Option<u16>, body: &[u8]) -> Written {
    match status {
        Some(200..=299) => {
            let id = Json::parse(body)
                .filter(|json| json.text("resourceType") == "DocumentReference")
                .map(|json| json.text("id").to_owned())
                .filter(|id| !id.is_empty());
            Written::There(id)
        }
        // More than one is there already.
        Some(412) => Written::There(None),
        None | Some(408 | 409 | 429 | 500..=599) => Written::NotKnown,
        Some(status) => Written::Refused {
            status,
            words: outcome_text(body).unwrap_or_default(),
        },
    }
}

fn resource(document: &NewDocument<'_>) -> Json {
    let identifier = || {
        Json::object([
            ("system", DOCUMENT_SYSTEM.into()),
            ("value", document.fingerprint.into()),
        ])
    };
    let reference = |to: String| Json::object([("reference", Json::Text(to))]);
    let made = oslo::to_fhir(document.made);
    let (system, code, display) = TYPE;
    let coding = Json::object([
        ("system", system.into()),
        ("code", code.into()),
        ("display", display.into()),
    ]);
    let mut kind = Json::object([("coding", Json::list_of(coding))]);
    kind.set("text", document.kind);
    let mut json = Json::object([
        ("resourceType", "DocumentReference".into()),
        ("language", document.lang.into()),
        ("masterIdentifier", identifier()),
        ("identifier", Json::list_of(identifier())),
        ("status", "current".into()),
        ("docStatus", "final".into()),
        ("type", kind),
    ]);
    let mut category = Json::Object(Vec::new());
    category.set("text", document.kind);
    json.set("category", Json::list_of(category));
    json.set("subject", reference(format!("Patient/{}", document.patient)));
    json.set("date", made.as_str());
    let mut author = Json::Object(Vec::new());
    author.set("reference", document.by.reference.as_str());
    author.set("display", document.by.author.name.as_str());
    if author.fields().is_some_and(|fields| !fields.is_empty()) {
        json.set("author", Json::list_of(author));
    }
    if let Some(custodian) = document.custodian {
        json.set("custodian", reference(custodian.to_owned()));
    }
    json.set("description", document.title);
    let mut contents = vec![content(document, "application/pdf", document.pdf, &made)];
    if !document.text.is_empty() {
        contents.push(content(
            document,
            "text/plain;charset=utf-8",
            document.text.as_bytes(),
            &made,
        ));
    }
    json.set("content", Json::List(contents));
    json.set("context", context(document));
    json
}

fn content(document: &NewDocument<'_>, kind: &str, bytes: &[u8], made: &str) -> Json {
    let mut attachment = Json::object([("contentType", kind.into())]);
    attachment.set("language", document.lang);
    attachment.set("data", Json::Text(STANDARD.encode(bytes)));
    attachment.put("size", Json::Atom(bytes.len().to_string().into()));
    attachment.set("title", document.title);
    attachment.set("creation", made);
    Json::object([("attachment", attachment)])
}

fn context(document: &NewDocument<'_>) -> Json {
    let mut context = Json::Object(Vec::new());
    let reference = |to: String| Json::list_of(Json::object([("reference", Json::Text(to))]));
    if let Some(encounter) = document.encounter {
        context.set("encounter", reference(encounter.to_owned()));
    }
    let period = [("start", document.period.from), ("end", document.period.to)];
    context.set(
        "period",
        Json::object(period.map(|(field, at)| (field, Json::Text(oslo::to_fhir(at))))),
    );
    if let Some((plan, version)) = document.plan {
        let versioned = if version.is_empty() {
            plan.to_owned()
        } else {
            format!("{plan}/_history/{version}")
        };
        context.set("related", reference(versioned));
    }
    context
}

#[cfg(test)]
mod tests;
