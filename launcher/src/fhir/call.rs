//! An HTTP request on the FHIR base read as one call of the FHIR API, or refused. Touches no data.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, Method, header};

use super::outcome::Refusal;
use super::query::{Params, is_json};
use super::store::is_id;
use super::types::is_resource_type;

/// FHIR's own header, for creating a thing once.
pub(crate) const IF_NONE_EXIST: HeaderName = HeaderName::from_static("if-none-exist");

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Below the FHIR base, without a slash at either end.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

#[derive(Debug)]
pub(crate) enum Call {
    Capabilities,
    Search {
        rtype: String,
        params: Params,
    },
    LastN {
        params: Params,
    },
    Read {
        rtype: String,
        id: String,
    },
    VRead {
        rtype: String,
        id: String,
        version: String,
    },
    History {
        rtype: String,
        id: String,
        params: Params,
    },
    Create {
        rtype: String,
        body: String,
        /// Parameters of a search: what it finds is answered, and nothing made.
        if_none_exist: Option<String>,
    },
    Update {
        rtype: String,
        id: String,
        body: String,
        if_match: Option<String>,
    },
    /// A transaction or batch.
    Bundle {
        body: String,
    },
}

impl Call {
    /// The type that the call is about, if it is about one.
    pub(crate) fn resource_type(&self) -> Option<&str> {
        match self {
            Self::Search { rtype, .. }
            | Self::Read { rtype, .. }
            | Self::VRead { rtype, .. }
            | Self::History { rtype, .. }
            | Self::Create { rtype, .. }
            | Self::Update { rtype, .. } => Some(rtype),
            Self::LastN { .. } => Some("Observation"),
            Self::Capabilities | Self::Bundle { .. } => None,
        }
    }

    pub(crate) fn parse(request: &Request) -> Result<Self, Refusal> {
        check_accept(&request.headers)?;
        let params = || {
            form_urlencoded::parse(request.query.as_bytes())
                .into_owned()
                .collect::<Params>()
        };
        let segments: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let (get, post, put) = (
            request.method == Method::GET,
            request.method == Method::POST,
            request.method == Method::PUT,
        );
        match *segments.as_slice() {
            ["metadata"] if get => Ok(Self::Capabilities),
            ["metadata"] => Err(Refusal::method("metadata is only read", "GET")),
            [] if post => Ok(Self::Bundle {
                body: json_body(request)?,
            }),
            [] => Err(Refusal::method("the base takes transactions and batches", "POST")),
            [rtype, ..] if !is_resource_type(rtype) => {
                Err(Refusal::not_found(format!("there is no resource type {rtype}")))
            }
            [rtype] if get => Ok(Self::Search {
                rtype: rtype.to_owned(),
                params: params(),
            }),
            [rtype] if post => Ok(Self::Create {
                rtype: rtype.to_owned(),
                body: json_body(request)?,
                if_none_exist: header_text(&request.headers, IF_NONE_EXIST).map(str::to_owned),
            }),
            [_] => Err(Refusal::method(
                "a resource type is searched or added to",
                "GET, POST",
            )),
            [rtype, "_search"] if post => {
                let mut params = params();
                params.extend(form_body(request)?);
                Ok(Self::Search {
                    rtype: rtype.to_owned(),
                    params,
                })
            }
            [_, "_search"] => Err(Refusal::method("_search is posted", "POST")),
            ["Observation", "$lastn"] if get => Ok(Self::LastN { params: params() }),
            ["Observation", "$lastn"] => Err(Refusal::method("$lastn is read", "GET")),
            [_, operation] if operation.starts_with('$') => Err(Refusal::not_found(format!(
                "there is no operation {operation} here"
            ))),
            [_, id, ..] if !is_id(id) => Err(Refusal::not_found(format!("{id} is not an id"))),
            [rtype, id] if get => Ok(Self::Read {
                rtype: rtype.to_owned(),
                id: id.to_owned(),
            }),
            [rtype, id] if put => Ok(Self::Update {
                rtype: rtype.to_owned(),
                id: id.to_owned(),
                body: json_body(request)?,
                if_match: header_text(&request.headers, header::IF_MATCH).map(str::to_owned),
            }),
            [_, _] => Err(Refusal::method("a resource is read or updated", "GET, PUT")),
            [rtype, id, "_history"] if get => Ok(Self::History {
                rtype: rtype.to_owned(),
                id: id.to_owned(),
                params: params(),
            }),
            [rtype, id, "_history", version] if get => Ok(Self::VRead {
                rtype: rtype.to_owned(),
                id: id.to_owned(),
                version: version.to_owned(),
            }),
            [_, _, "_history", ..] => Err(Refusal::method("history is only read", "GET")),
            _ => Err(Refusal::not_found(format!(
                "there is nothing at {}",
                request.path
            ))),
        }
    }
}

pub(crate) fn header_text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn media_types(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(|part| part.split(';').next().unwrap_or_default().trim())
}

fn check_accept(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(accept) = header_text(headers, header::ACCEPT) else {
        return Ok(());
    };
    if media_types(accept).any(|kind| matches!(kind, "*/*" | "application/*" | "text/json") || is_json(kind))
    {
        Ok(())
    } else {
        Err(Refusal::not_acceptable(format!(
            "only application/fhir+json is served, not {accept}"
        )))
    }
}

fn text_body(request: &Request, accepted: impl Fn(&str) -> bool, wanted: &str) -> Result<String, Refusal> {
    let kind = header_text(&request.headers, header::CONTENT_TYPE).unwrap_or_default();
    if !media_types(kind).any(accepted) {
        return Err(Refusal::media_type(format!(
            "the body must be {wanted}, not {kind:?}"
        )));
    }
    String::from_utf8(request.body.to_vec()).map_err(|_| Refusal::invalid("the body is not UTF-8"))
}

fn json_body(request: &Request) -> Result<String, Refusal> {
    text_body(request, is_json, "application/fhir+json")
}

fn form_body(request: &Request) -> Result<Params, Refusal> {
    let kind = "application/x-www-form-urlencoded";
    if request.body.is_empty() {
        return Ok(Params::new());
    }
    let body = text_body(request, |given| given == kind, kind)?;
    Ok(form_urlencoded::parse(body.as_bytes()).into_owned().collect())
}

/// The version named by an `If-Match` header: `W/"3"` or `"3"`.
pub(crate) fn version_of_etag(etag: &str) -> Result<&str, Refusal> {
    let quoted = etag.trim().strip_prefix("W/").unwrap_or(etag.trim());
    quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(|| Refusal::invalid(format!("If-Match must be like W/\"3\", not {etag}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_weak_and_strong_etags_only() {
        assert_eq!(version_of_etag("W/\"3\"").unwrap(), "3");
        assert_eq!(version_of_etag("\"a-b\"").unwrap(), "a-b");
        for wrong in ["3", "W/3", "\"", "*", ""] {
            assert!(version_of_etag(wrong).is_err(), "{wrong}");
        }
    }
}
