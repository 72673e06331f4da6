//! A document as a server has it, and whether that is what was sent. Fetches nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chart_model::ClinicalTime;

use super::{DOCUMENT_SYSTEM, NewDocument};
use crate::care_plan::parts::target;
use crate::error::PageError;
use crate::gather::{Gathered, first_filled, number};
use crate::json::Json;

/// Length of an attachment's `hash`.
pub(super) const SHA1_BYTES: usize = 20;

/// A document as a server has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// Logical id.
    pub id: String,
    /// [`NewDocument::fingerprint`]; empty for a document of somebody else.
    pub fingerprint: String,
    /// Its title.
    pub title: String,
    /// When it was made, as the server has it.
    pub date: Option<ClinicalTime>,
    /// The PDF; `None` if it is kept elsewhere (`pdf_url`) or is none.
    pub pdf: Option<Vec<u8>>,
    /// Where the server keeps the PDF, if not in the resource; may be relative. Pass it through [`crate::next_link`].
    pub pdf_url: String,
    /// How long the PDF is, as the server says.
    pub pdf_size: Option<usize>,
    /// Its SHA-1, as the server says; empty if it does not.
    pub pdf_sha1: Vec<u8>,
    /// The plain text; empty if there is none.
    pub text: String,
}

/// Reads documents: the answer to a search, or one that was read back.
///
/// # Errors
/// [`PageError`] if the answer is neither a Bundle nor a resource.
pub fn read_documents(page: &[u8], patient: &str) -> Result<Vec<StoredDocument>, PageError> {
    let all = Gathered::read(&[page], patient)?;
    let stands = |json: &&Json| json.text("status") != "entered-in-error";
    Ok(all.of("DocumentReference").filter(stands).map(stored).collect())
}

fn stored(json: &Json) -> StoredDocument {
    let master = json.get("masterIdentifier");
    let mut identifiers = std::iter::once(master).chain(json.get("identifier").items());
    let ours = identifiers.find(|identifier| identifier.text("system") == DOCUMENT_SYSTEM);
    let attachment = |kind: &str| {
        let attachments = json
            .get("content")
            .items()
            .iter()
            .map(|content| content.get("attachment"));
        let mut of_kind = attachments.filter(|attachment| attachment.text("contentType").starts_with(kind));
        of_kind.next()
    };
    let bytes = |attachment: &Json| {
        STANDARD
            .decode(attachment.text("data"))
            .ok()
            .filter(|bytes| !bytes.is_empty())
    };
    let pdf = attachment("application/pdf");
    let text = attachment("text/plain").and_then(bytes);
    StoredDocument {
        id: json.text("id").to_owned(),
        fingerprint: ours.map_or("", |ours| ours.text("value")).to_owned(),
        title: first_filled([json.text("description"), pdf.map_or("", |pdf| pdf.text("title"))]).to_owned(),
        date: ClinicalTime::parse(json.text("date")).ok(),
        pdf: pdf.and_then(bytes),
        pdf_url: pdf.map_or("", |pdf| pdf.text("url")).to_owned(),
        pdf_size: pdf
            .and_then(|pdf| number(pdf.get("size")))
            .and_then(|size| size.to_string().parse().ok()),
        // Some write it as hexadecimal digits, which are no hash of this length.
        pdf_sha1: pdf
            .and_then(|pdf| STANDARD.decode(pdf.text("hash")).ok())
            .filter(|hash| hash.len() == SHA1_BYTES)
            .unwrap_or_default(),
        text: text
            .and_then(|text| String::from_utf8(text).ok())
            .unwrap_or_default(),
    }
}

impl StoredDocument {
    /// Whether it is the document that was sent, with the same PDF; `None` if the server does not let that be seen.
    /// `beside` is what stands at [`StoredDocument::pdf_url`], where it could be read ([`file_content`]); `sha1` that of
    /// the PDF that was sent (empty if it is not known).
    pub fn is(&self, document: &NewDocument<'_>, beside: Option<&[u8]>, sha1: &[u8]) -> Option<bool> {
        if self.fingerprint != document.fingerprint {
            return Some(false);
        }
        if let Some(pdf) = self.pdf.as_deref().or(beside) {
            return Some(pdf == document.pdf);
        }
        if self.pdf_size.is_some_and(|size| size != document.pdf.len()) {
            return Some(false);
        }
        let is_known = !self.pdf_sha1.is_empty() && !sha1.is_empty();
        is_known.then(|| self.pdf_sha1 == sha1)
    }
}

/// The content of a file that a server keeps beside its resources: a Binary in FHIR's JSON, or the file itself.
pub fn file_content(answer: Vec<u8>) -> Vec<u8> {
    let binary = Json::parse(&answer).filter(|json| json.text("resourceType") == "Binary");
    let content = binary.and_then(|binary| STANDARD.decode(binary.text("data")).ok());
    content.unwrap_or(answer)
}

/// The id in the address that a server gives a new resource (`Location`).
pub fn located(location: &str) -> Option<String> {
    let (kind, id) = target(location);
    (kind == "DocumentReference" && !id.is_empty()).then(|| id.to_owned())
}
