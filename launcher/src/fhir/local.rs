//! Calls of the FHIR API answered from the store, each through the gate of `access`.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;

use super::access::Access;
use super::bundle::{BundleText, PAGE, PageToken, with_elements};
use super::call::Call;
use super::capability;
use super::dates::http_date;
use super::outcome::{FHIR_JSON, Refusal};
use super::query::{Filter, Operation, Params, Query};
use super::store::{self, Store, Stored};
use super::{history, search, transaction, writing};
use crate::auth::scopes::Op;
use crate::random;

/// What goes back to the client when nothing was refused.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn ok(body: String) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body,
        }
    }

    fn resource(stored: Stored) -> Self {
        let mut headers = HeaderMap::new();
        let mut set = |name, text: &str| {
            if let Ok(value) = HeaderValue::from_str(text) {
                headers.insert(name, value);
            }
        };
        set(header::ETAG, &stored.etag());
        set(header::LAST_MODIFIED, &http_date(stored.updated));
        Self {
            status: StatusCode::OK,
            headers,
            body: stored.json,
        }
    }

    fn written(base: &str, stored: Stored, status: StatusCode) -> Self {
        let place = format!(
            "{base}/{}/{}/_history/{}",
            stored.rtype, stored.id, stored.version
        );
        let mut answer = Self {
            status,
            ..Self::resource(stored)
        };
        if let Ok(place) = HeaderValue::from_str(&place) {
            answer.headers.insert(header::CONTENT_LOCATION, place.clone());
            if status == StatusCode::CREATED {
                answer.headers.insert(header::LOCATION, place);
            }
        }
        answer
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        (
            self.status,
            [(header::CONTENT_TYPE, FHIR_JSON)],
            self.headers,
            self.body,
        )
            .into_response()
    }
}

pub(crate) fn answer(store: &Store, base: &str, access: &Access, call: &Call) -> Result<Answer, Refusal> {
    match call {
        Call::Capabilities => Ok(Answer::ok(capability::statement(base))),
        Call::Search { rtype, params } => {
            find(&store.connection(), base, access, rtype, params).map(Answer::ok)
        }
        Call::LastN { params } => newest(&store.connection(), base, access, params).map(Answer::ok),
        Call::Read { rtype, id } => read(&store.connection(), access, rtype, id).map(Answer::resource),
        Call::VRead { rtype, id, version } => {
            history::version(&store.connection(), access, (rtype, id), version).map(Answer::resource)
        }
        Call::History { rtype, id, params } => {
            history::list(&store.connection(), base, access, (rtype, id), params).map(Answer::ok)
        }
        Call::Create {
            rtype,
            body,
            if_none_exist,
        } => store.atomically(|db| {
            if let Some(search) = if_none_exist
                && let Some(there) = writing::existing(db, access, rtype, search)?
            {
                return Ok(Answer::written(base, there, StatusCode::OK));
            }
            let stored = writing::create(db, access, rtype, &random::uuid(), body)?;
            writing::check_references(db, base, rtype, body)?;
            Ok(Answer::written(base, stored, StatusCode::CREATED))
        }),
        Call::Update {
            rtype,
            id,
            body,
            if_match,
        } => store.atomically(|db| {
            let stored = writing::update(db, access, rtype, id, body, if_match.as_deref())?;
            writing::check_references(db, base, rtype, body)?;
            Ok(Answer::written(base, stored, StatusCode::OK))
        }),
        Call::Bundle { body } => transaction::run(store, base, access, body).map(Answer::ok),
    }
}

pub(crate) fn read(conn: &Connection, access: &Access, rtype: &str, id: &str) -> Result<Stored, Refusal> {
    let reach = access.reach(Op::Read, rtype)?;
    match store::read(conn, rtype, id)? {
        Some(stored) => {
            access.permit(Op::Read, rtype, stored.patient.as_deref())?;
            Ok(stored)
        }
        None => {
            // Another patient's id is refused whether or not there is one.
            if rtype == "Patient" {
                Access::permit_patients(&reach, &[id.to_owned()])?;
            }
            Err(Refusal::not_found(format!("there is no {rtype}/{id}")))
        }
    }
}

pub(crate) fn find(
    conn: &Connection,
    base: &str,
    access: &Access,
    rtype: &str,
    params: &Params,
) -> Result<String, Refusal> {
    let reach = access.reach(Op::Search, rtype)?;
    let token = params
        .iter()
        .find(|(name, _)| name == PAGE)
        .map(|(_, text)| PageToken::parse(text));
    let (params, after, total) = match token.transpose()? {
        Some(token) => (&token.params.clone(), Some(token.after), Some(token.total)),
        None => (params, None, None),
    };
    let query = Query::parse(rtype, params, Operation::Search)?;
    for filter in &query.filters {
        if let Filter::Patient(ids) = filter {
            Access::permit_patients(&reach, ids)?;
        }
    }
    let total = total.map_or_else(|| search::total(conn, rtype, &query, &reach), Ok)?;
    let encoded = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(params)
        .finish();
    let mut links = vec![("self", format!("{base}/{rtype}?{encoded}"))];
    if query.count_only || query.count == 0 {
        return Ok(BundleText::new("searchset", Some(total), &links).finish());
    }
    let page = search::page(conn, rtype, &query, &reach, after)?;
    if let Some(after) = page.next {
        let token = PageToken {
            params: params.clone(),
            after,
            total,
        }
        .to_text();
        links.push(("next", format!("{base}/{rtype}?{PAGE}={token}")));
    }
    let mut bundle = BundleText::new("searchset", Some(total), &links);
    for stored in &page.matches {
        add(&mut bundle, base, stored, &query, "match")?;
    }
    for stored in search::included(conn, &query.includes, &page.matches)? {
        let patient = stored.patient.as_deref();
        if access.permit(Op::Read, &stored.rtype, patient).is_ok() {
            add(&mut bundle, base, &stored, &query, "include")?;
        }
    }
    Ok(bundle.finish())
}

fn newest(conn: &Connection, base: &str, access: &Access, params: &Params) -> Result<String, Refusal> {
    let reach = access.reach(Op::Search, "Observation")?;
    let query = Query::parse("Observation", params, Operation::LastN)?;
    let asked = query.filters.iter().find_map(|filter| match filter {
        Filter::Patient(ids) => Some(ids.as_slice()),
        _ => None,
    });
    let Some([patient]) = asked else {
        return Err(Refusal::invalid("$lastn needs exactly one patient"));
    };
    Access::permit_patients(&reach, std::slice::from_ref(patient))?;
    let found = search::newest_per_code(conn, patient, &query, &reach)?;
    let encoded = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(params)
        .finish();
    let link = [("self", format!("{base}/Observation/$lastn?{encoded}"))];
    let mut bundle = BundleText::new("searchset", u32::try_from(found.len()).ok(), &link);
    for stored in &found {
        add(&mut bundle, base, stored, &query, "match")?;
    }
    Ok(bundle.finish())
}

fn add(
    bundle: &mut BundleText,
    base: &str,
    stored: &Stored,
    query: &Query,
    mode: &str,
) -> Result<(), Refusal> {
    let more = format!(r#""search":{{"mode":"{mode}"}}"#);
    match &query.elements {
        Some(elements) => {
            let cut = with_elements(&stored.rtype, &stored.json, elements)?;
            bundle.entry(base, &stored.rtype, &stored.id, &cut, &more);
        }
        None => bundle.entry(base, &stored.rtype, &stored.id, &stored.json, &more),
    }
    Ok(())
}
