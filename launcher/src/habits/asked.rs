//! What becomes of a request at a server with habits: it is understood in the server's own way, or refused.

use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Habit, Habits};
use crate::auth::scopes::Level;
use crate::fhir::access::Access;
use crate::fhir::bundle::PAGE;
use crate::fhir::call::{Call, Request};
use crate::fhir::outcome::Refusal;
use crate::fhir::parameters::{IDENTIFIER, Kind, search_params};
use crate::fhir::query::Params;

/// The parameter of an opaque cursor, and that of the number of entries before a page.
pub(super) const CURSOR: &str = "_getpages";
pub(super) const OFFSET: &str = "_offset";

/// What of a search concerns the answer.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Asked {
    /// Parameters that were not understood.
    pub(super) ignored: Vec<String>,
    /// Entries on the pages before.
    pub(super) before: usize,
    /// A transaction or batch.
    pub(super) is_bundle: bool,
}

/// What a server makes of a parameter.
enum Taken {
    AsItIs,
    /// Under the name and with the value that the store knows.
    As(String, String),
    /// Silently without effect.
    Ignored,
    Unknown,
}

impl Habits {
    /// A cursor under the base becomes the search that it stands for.
    pub(crate) fn follow_cursor(&self, request: &mut Request) {
        let Some(cursor) = request
            .query
            .strip_prefix(CURSOR)
            .and_then(|rest| rest.strip_prefix('='))
        else {
            return;
        };
        let target = URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((path, query)) = target.as_deref().and_then(|target| target.split_once('?'))
            && request.path.is_empty()
            && self.has(Habit::OpaqueNext)
        {
            (request.path, request.query) = (path.to_owned(), query.to_owned());
        }
    }

    /// A server that limits by type only takes the patient scopes for user scopes.
    pub(crate) fn widened(&self, mut access: Access) -> Access {
        if self.has(Habit::SeesEveryone) {
            access.scopes.lift(Level::Patient, Level::User);
        }
        access
    }

    pub(crate) fn ask(&self, method: &Method, call: &mut Call) -> Result<Asked, Refusal> {
        let rtype = call.resource_type();
        let is_served = match rtype {
            Some(rtype) if self.has(Habit::ReadingsOnly) => {
                matches!(rtype, "Patient" | "Observation" | "Practitioner")
            }
            Some(rtype) if self.has(Habit::FewTypes) => {
                matches!(
                    rtype,
                    "Patient" | "Observation" | "CarePlan" | "Goal" | "Practitioner" | "DocumentReference"
                )
            }
            _ => true,
        };
        if !is_served {
            let rtype = rtype.unwrap_or_default();
            return Err(Refusal::not_found(format!("{rtype} is not served here")));
        }
        match call {
            Call::History { .. } if self.has(Habit::NoHistory) || self.keeps_no_old_versions() => {
                Err(Refusal::not_found("there is no _history here"))
            }
            Call::VRead { .. } if self.keeps_no_old_versions() => {
                Err(Refusal::not_found("old versions are not read here"))
            }
            Call::VRead { rtype, id, version } if self.is_vanished(version) => Err(Refusal::gone(format!(
                "version {version} of {rtype}/{id} is deleted"
            ))),
            Call::History { params, .. } => {
                self.history(params);
                Ok(Asked::default())
            }
            Call::LastN { .. } if self.has(Habit::NoLastn) => {
                Err(Refusal::not_found("there is no operation $lastn here"))
            }
            Call::Bundle { .. } if self.has(Habit::NoTransaction) => {
                Err(Refusal::forbidden("transactions are not open to patient scopes"))
            }
            Call::Bundle { body } => {
                self.save_all(body);
                Ok(Asked {
                    is_bundle: true,
                    ..Asked::default()
                })
            }
            Call::Create {
                body, if_none_exist, ..
            } => {
                self.save(body);
                if self.has(Habit::IgnoreIfNoneExist) {
                    *if_none_exist = None;
                }
                Ok(Asked::default())
            }
            Call::Update { body, if_match, .. } => {
                self.save(body);
                if self.has(Habit::IgnoreIfMatch) {
                    *if_match = None;
                }
                Ok(Asked::default())
            }
            Call::Search { rtype, params } => self.search(method, rtype, params),
            Call::LastN { params } => self.understand("Observation", params),
            _ => Ok(Asked::default()),
        }
    }

    fn search(&self, method: &Method, rtype: &str, params: &mut Params) -> Result<Asked, Refusal> {
        if let Some(place) = params.iter().position(|(name, _)| name == OFFSET) {
            let (_, before) = params.remove(place);
            return self.next_page(before.parse().unwrap_or_default());
        }
        if params.iter().any(|(name, _)| name == PAGE) {
            return Ok(Asked::default());
        }
        if self.has(Habit::PostSearch) && method == Method::GET {
            return Err(Refusal::method("searches are posted to _search", "POST"));
        }
        let asked = self.understand(rtype, params)?;
        if let Some(most) = self.cap_count() {
            cap(params, most);
        }
        Ok(asked)
    }

    /// Leaves the parameters as the store knows them.
    fn understand(&self, rtype: &str, params: &mut Params) -> Result<Asked, Refusal> {
        if let Some((name, _)) = params.iter().find(|(name, _)| !self.is_taken(rtype, name)) {
            return Err(Refusal::unknown_parameter(format!("{name} is not supported")));
        }
        let mut ignored = Vec::new();
        let mut understood = Params::new();
        for (name, value) in params.drain(..) {
            match self.own(rtype, &name, &value) {
                Taken::AsItIs => understood.push((name, value)),
                Taken::As(name, value) => understood.push((name, value)),
                Taken::Ignored => {}
                Taken::Unknown if self.has(Habit::UnknownParameter422) => {
                    return Err(Refusal::unprocessable(format!("unknown search parameter {name}")));
                }
                Taken::Unknown if self.has(Habit::UnknownParameter400) => {
                    return Err(Refusal::unknown_parameter(format!(
                        "unknown search parameter {name}"
                    )));
                }
                Taken::Unknown => ignored.push(name),
            }
        }
        *params = understood;
        Ok(Asked {
            ignored,
            ..Asked::default()
        })
    }

    fn next_page(&self, before: usize) -> Result<Asked, Refusal> {
        match self.page_limit() {
            Some(most) if before >= most => Err(Refusal::invalid(format!("pages end after {most} entries"))),
            _ => Ok(Asked {
                before,
                ..Asked::default()
            }),
        }
    }

    /// Strict sources take nothing else, whatever they do with what they do not know.
    fn is_taken(&self, rtype: &str, name: &str) -> bool {
        !self.has(Habit::CodeAndDateOnly)
            || matches!(name, "patient" | "code" | "date" | "_count")
            || (rtype, name) == ("Patient", "identifier")
    }

    /// How this server takes a parameter.
    fn own(&self, rtype: &str, name: &str, value: &str) -> Taken {
        let is_renamed = self.has(Habit::EffectiveDateTime) && rtype == "Observation";
        let known_date = if is_renamed { "effectivedatetime" } else { "date" };
        let as_date = |name: &str, value: &str| Taken::As(name.to_owned(), value.to_owned());
        match name {
            "_sort" if self.has(Habit::IgnoreSort) => Taken::Ignored,
            "_elements" if self.has(Habit::NoElements) => Taken::Unknown,
            "_include" | "_include:iterate" | "_revinclude" if self.has(Habit::NoInclude) => Taken::Unknown,
            _ if name.ends_with(":missing") && self.has(Habit::NoMissing) => Taken::Unknown,
            "_sort" if is_renamed => match value {
                "effectivedatetime" => as_date("_sort", "date"),
                "-effectivedatetime" => as_date("_sort", "-date"),
                "date" | "-date" => Taken::Unknown,
                _ => Taken::AsItIs,
            },
            "date" | "date:missing" if is_renamed => Taken::Unknown,
            _ if name == known_date => as_date("date", value),
            _ if name.strip_suffix(":missing") == Some(known_date) => as_date("date:missing", value),
            _ if is_known(rtype, name) || !self.is_lenient() => Taken::AsItIs,
            _ => Taken::Unknown,
        }
    }

    /// Whether what is unknown is answered otherwise than by the store's own refusal.
    fn is_lenient(&self) -> bool {
        self.has(Habit::UnknownParameter422) || self.has(Habit::UnknownParameterOutcome)
    }
}

fn is_known(rtype: &str, name: &str) -> bool {
    let base = name.strip_suffix(":missing").unwrap_or(name);
    matches!(
        name,
        "_id" | "_lastUpdated" | "_elements" | "_summary" | "_format" | "_pretty" | "_total" | "_count"
    ) || matches!(
        name,
        "_sort" | "_include" | "_include:iterate" | "_revinclude" | "patient" | "max"
    ) || search_params(rtype)
        .iter()
        .chain([&IDENTIFIER])
        .any(|param| param.name == name || param.name == base && param.kind == Kind::Date)
}

/// Lowers `_count`; a server that caps also has a smaller default.
fn cap(params: &mut Params, most: usize) {
    match params.iter_mut().find(|(name, _)| name == "_count") {
        Some((_, count)) => {
            if count.parse::<usize>().is_ok_and(|asked| asked > most) {
                *count = most.to_string();
            }
        }
        None => params.push(("_count".to_owned(), most.min(20).to_string())),
    }
}
