//! A search of the server behind narrowed to the patient, and its page under this server's address, without what
//! the token must not see.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Reply, not_fhir};
use crate::auth::scopes::Op;
use crate::fhir::access::{Access, Reach};
use crate::fhir::bundle::{BundleText, PAGE};
use crate::fhir::index::{patient_of, split_reference};
use crate::fhir::local::Answer;
use crate::fhir::outcome::Refusal;
use crate::fhir::query::Params;

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(rename = "type")]
    kind: String,
    total: Option<u32>,
    #[serde(default)]
    link: Vec<Link>,
    #[serde(borrow, default)]
    entry: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Link {
    relation: String,
    url: String,
}

#[derive(Deserialize)]
struct PageEntry {
    resource: Option<Value>,
}

/// A search under patient scopes always names the patient.
pub(super) fn narrow(rtype: &str, reach: &Reach, params: &mut Params) -> Result<(), Refusal> {
    let Reach::Patient(own) = reach else { return Ok(()) };
    let by = if rtype == "Patient" { "_id" } else { "patient" };
    let mut named = false;
    for (name, value) in params.iter() {
        if name == by || name == "subject" {
            named = true;
            let asked: Vec<String> = value
                .split(',')
                .map(|one| split_reference(one).map_or_else(|| one.to_owned(), |(_, id)| id))
                .collect();
            Access::permit_patients(reach, &asked)?;
        }
    }
    if !named && !crate::fhir::types::may_be_without_patient(rtype) {
        params.push((by.to_owned(), own.clone()));
    }
    Ok(())
}

/// The page with this server's links and without entries that the token must not see.
pub(super) fn permitted_page(
    reply: Reply,
    base: &str,
    rtype: &str,
    reach: &Reach,
    access: &Access,
) -> Result<Answer, Refusal> {
    let page: Page<'_> = serde_json::from_str(&reply.text).map_err(|error| not_fhir(&error))?;
    let links: Vec<(&str, String)> = page
        .link
        .iter()
        .filter_map(|link| {
            let target = link.url.strip_prefix(base)?.trim_start_matches('/');
            let token = URL_SAFE_NO_PAD.encode(target);
            let url = if link.relation == "self" {
                link.url.clone()
            } else {
                format!("{base}/{rtype}?{PAGE}={token}")
            };
            Some((link.relation.as_str(), url))
        })
        .collect();
    let permitted: Vec<&&RawValue> = page
        .entry
        .iter()
        .filter(|entry| {
            let resource = serde_json::from_str::<PageEntry>(entry.get())
                .ok()
                .and_then(|entry| entry.resource);
            resource.is_none_or(|resource| {
                let rtype = resource
                    .get("resourceType")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                *reach == Reach::Everything
                    || rtype == "OperationOutcome"
                    || access
                        .permit(Op::Read, rtype, patient_of(rtype, &resource).as_deref())
                        .is_ok()
            })
        })
        .collect();
    // With entries left out the server's total would tell of them.
    let total = page.total.filter(|_| permitted.len() == page.entry.len());
    let mut bundle = BundleText::new(&page.kind, total, &links);
    permitted.iter().for_each(|entry| bundle.push(entry.get()));
    Ok(Answer {
        body: bundle.finish(),
        ..reply.into_answer()
    })
}
