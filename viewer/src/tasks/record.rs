//! The document for the journal: previewed, copied, saved as a file, written to the journal exactly once and read back. How
//! it is made is in `record_maker`; what its requests and their answers mean is `fhir_read`'s.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use fhir_read::{NewDocument, StoredDocument};
use futures_util::future::LocalBoxFuture;
use gloo_timers::future::TimeoutFuture;
use smart_launch::Access;

use super::record_document::{document, file_name};
use super::record_maker::make;
use super::session::Session;
use crate::browser::http::HttpRequest;
use crate::browser::saving::ObjectUrl;
use crate::browser::{clipboard, clock, page};
use crate::state::record::{
    Check, Draft, Format, Preview, RecordAction, RecordCommand, Said, TEXT_FIELD, There, Written,
};
use crate::state::{Action, Problem, ProblemKind};
use crate::text::Msg;

/// How long a browser may take to begin a download, milliseconds.
const DOWNLOAD_MS: u32 = 20_000;

/// What is under way about documents.
#[derive(Debug, Default)]
pub(super) struct RecordWork {
    is_writing: Cell<bool>,
    /// The picture that is previewed.
    picture: RefCell<Option<ObjectUrl>>,
}

impl RecordWork {
    /// Nothing that was made stays.
    pub(super) fn clear(&self) {
        self.picture.take();
    }
}

/// See [`RecordChunk::serve`](crate::chunks::RecordChunk).
pub(crate) fn serve_record(session: Session, command: RecordCommand) -> LocalBoxFuture<'static, ()> {
    Box::pin(async move { session.serve_record(command).await })
}

impl Session {
    /// Does what the doctor asks for about the document.
    async fn serve_record(&self, command: RecordCommand) {
        match command {
            RecordCommand::Preview(draft) => self.preview(&draft).await,
            RecordCommand::Copy(text) => {
                let is_copied = clipboard::copy(&text, TEXT_FIELD).await;
                self.say_of_record(if is_copied { Said::Copied } else { Said::Selected });
            }
            RecordCommand::Save(format, draft) => self.save(format, &draft).await,
            RecordCommand::Write(draft) => self.write_record(&draft).await,
            RecordCommand::Print => page::print(),
            RecordCommand::Close => self.record.clear(),
            RecordCommand::Open => {}
        }
    }

    async fn preview(&self, draft: &Draft) {
        let document = document(draft);
        let Some(text) = make(Format::Text, &document).await else {
            return self.say_of_record(Said::NotMade);
        };
        let picture = make(Format::Picture, &document).await;
        let picture = picture.and_then(|bytes| ObjectUrl::new(&bytes, "image/png"));
        let address = picture.as_ref().map(|picture| picture.address().into());
        self.record.picture.replace(picture);
        let granted = &self.client.context().granted;
        self.tell_record(RecordAction::Previewed(Preview {
            text: String::from_utf8_lossy(&text).into(),
            picture: address,
            may_write: granted.allows("DocumentReference", Access::Create),
        }));
    }

    async fn save(&self, format: Format, draft: &Draft) {
        let (ending, kind) = match format {
            Format::Text => ("txt", "text/plain"),
            Format::Picture => ("png", "image/png"),
            Format::Pdf => ("pdf", "application/pdf"),
        };
        let bytes = make(format, &document(draft)).await;
        let Some(address) = bytes.and_then(|bytes| ObjectUrl::new(&bytes, kind)) else {
            return self.say_of_record(Said::NotMade);
        };
        let name = file_name(draft, ending);
        address.download(&name);
        self.say_of_record(Said::Saved(name.into(), page::is_framed()));
        TimeoutFuture::new(DOWNLOAD_MS).await;
    }

    /// Writes once at a time, and nothing that is there already. Where the session has ended it is begun anew.
    async fn write_record(&self, draft: &Draft) {
        if self.record.is_writing.replace(true) {
            return;
        }
        let stands = |written: Written| self.stands(draft, written);
        stands(Written::Running);
        let mut written = self.written(draft).await;
        let is_over = |written: &Written| matches!(written, Written::Failed(problem) if problem.kind == ProblemKind::Unauthorized);
        if is_over(&written) && self.sign_in_again().await {
            written = self.written(draft).await;
        }
        self.record.is_writing.set(false);
        stands(written);
    }

    async fn written(&self, draft: &Draft) -> Written {
        let context = self.client.context();
        // Another may have written it, or this program before its answer was lost.
        match self.find(draft).await {
            Ok(Some(there)) => return stood(&there),
            Ok(None) => {}
            Err(problem) => return Written::Failed(problem),
        }
        let Some(signer) = self.signer().await else {
            let detail = "the launch does not say who is logged in";
            return Written::Failed(self.client.problem(ProblemKind::Forbidden, detail));
        };
        let paper = document(draft);
        let (Some(pdf), Some(text)) = (make(Format::Pdf, &paper).await, make(Format::Text, &paper).await)
        else {
            return Written::Failed(self.client.problem(ProblemKind::Server, "no PDF could be made"));
        };
        let text = String::from_utf8_lossy(&text);
        let plan = self.plan_of(draft);
        let encounter = context.encounter_id.as_ref().map(|id| format!("Encounter/{id}"));
        let kind = draft.lang.say(Msg::ModuleTitle);
        let stamp = &draft.record.stamp;
        let document = NewDocument {
            fingerprint: &draft.fingerprint,
            patient: &context.patient_id,
            title: &paper.title,
            kind: &kind,
            by: &signer,
            made: stamp.made,
            period: stamp.period,
            plan: plan.as_ref().map(|(plan, version)| (&**plan, &**version)),
            encounter: encounter.as_deref(),
            custodian: None,
            lang: draft.lang.tag(),
            pdf: &pdf,
            text: &text,
        };
        self.send(draft, &document).await
    }

    async fn send(&self, draft: &Draft, document: &NewDocument<'_>) -> Written {
        let request = fhir_read::write_document(document);
        let address = format!("{}/{}", self.client.context().fhir_base, request.path);
        let http = || {
            HttpRequest::with_body("POST", &address, "application/fhir+json", request.body.clone())
                .header("If-None-Exist", &*request.if_none_exist)
        };
        let answer = self.client.write_once(&http, &address).await;
        let (status, body) = match &answer {
            Ok(answer) => (Some(answer.status), &*answer.body),
            Err(problem) if problem.kind == ProblemKind::Network => (None, &b""[..]),
            Err(problem) => return Written::Failed(Rc::clone(problem)),
        };
        let is_new = status == Some(201);
        match fhir_read::written(status, body) {
            fhir_read::Written::Refused { status, words } => Written::Failed(self.refused(status, &words)),
            fhir_read::Written::There(id) => {
                let location = answer.ok().and_then(|answer| answer.location);
                let id = id.or_else(|| fhir_read::located(&location?));
                match self.read_back(draft, id).await {
                    Some(there) if !is_new => stood(&there),
                    Some(there) => now(self.checked(&there, document).await),
                    None => now(Check::NotRead),
                }
            }
            fhir_read::Written::NotKnown => match self.find(draft).await {
                Ok(Some(there)) => now(self.checked(&there, document).await),
                // Found nowhere yet: it may still be on its way.
                _ => Written::NotKnown,
            },
        }
    }

    /// The plan in force, where it is among the resources of the journal.
    fn plan_of(&self, draft: &Draft) -> Option<(String, String)> {
        let plan = draft.record.stamp.plan.as_ref()?;
        let is_here = self.sources.plan_home().is_none() && !self.has_foreign_plan();
        is_here.then(|| (format!("CarePlan/{}", plan.id), plan.version.to_string()))
    }

    fn refused(&self, status: u16, words: &str) -> Rc<Problem> {
        let kind = match status {
            403 => ProblemKind::Forbidden,
            _ => ProblemKind::Server,
        };
        let detail = format!("HTTP {status} {words}");
        self.client.problem(kind, detail.trim_end())
    }

    fn stands(&self, draft: &Draft, written: Written) {
        self.tell_record(RecordAction::Stands(Rc::clone(&draft.fingerprint), written));
    }

    fn say_of_record(&self, said: Said) {
        self.tell_record(RecordAction::Said(said));
    }

    /// Nothing is told of a patient whom the journal has turned away from.
    fn tell_record(&self, action: RecordAction) {
        if !self.collected.borrow().over {
            self.dispatch.emit(Action::Record(action));
        }
    }
}

/// It was written before.
fn stood(there: &StoredDocument) -> Written {
    Written::There(There {
        at: there.date.as_ref().map(|date| date.start_ms()),
        was_there: true,
        check: Check::Same,
    })
}

/// It was written now.
fn now(check: Check) -> Written {
    Written::There(There {
        at: Some(clock::now()),
        was_there: false,
        check,
    })
}
