//! The field `sources` of a host profile: further FHIR bases, and how each is entered. Everything else of a profile
//! is read beside it.

use super::fields::Fields;
use super::read::{SEARCH_FIELDS, base_address, search_of};
use super::{HostConfigError, SearchConfig};
use crate::discovery::endpoint;
use crate::source::{Entry, Registration, Source};
use oauth2::{ClientId, Scope};

const SOURCE_FIELDS: [&str; 10] = [
    "id",
    "name",
    "fhirBase",
    "token",
    "tokenEndpoint",
    "clientId",
    "scopes",
    "search",
    "kinds",
    "planHome",
];

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Launch,
    Exchange,
    Own,
}

/// `iss` and `client_id` are the host's own.
pub(super) fn sources(
    host: &Fields<'_>,
    iss: &str,
    client_id: &ClientId,
) -> Result<Vec<Source>, HostConfigError> {
    let mut sources: Vec<Source> = Vec::new();
    for fields in host.objects("sources", &SOURCE_FIELDS)? {
        let source = source(&fields, client_id)?;
        if sources.iter().any(|earlier| earlier.id == source.id) {
            return Err(fields.problem("id", "is another source's"));
        }
        if source.fhir_base == iss
            || sources
                .iter()
                .any(|earlier| earlier.fhir_base == source.fhir_base)
        {
            return Err(fields.problem("fhirBase", "is already configured"));
        }
        if source.plan_home && (host.has("planService") || sources.iter().any(|earlier| earlier.plan_home)) {
            return Err(fields.problem("planHome", "the plans are elsewhere already"));
        }
        sources.push(source);
    }
    Ok(sources)
}

fn source(fields: &Fields<'_>, client_id: &ClientId) -> Result<Source, HostConfigError> {
    let id = fields.text("id")?;
    if !id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
        return Err(fields.problem("id", "must be of letters, digits, - and _"));
    }
    let fhir_base = base_address(fields, "fhirBase")?;
    let kinds = fields.texts("kinds")?.unwrap_or_default();
    let is_kind = |kind: &String| kind.chars().all(|c| c.is_ascii_alphabetic());
    if !kinds.iter().all(is_kind) {
        return Err(fields.problem("kinds", "must be types of resources"));
    }
    Ok(Source {
        id: id.to_owned(),
        name: fields.text("name")?.to_owned(),
        entry: entry(fields, &fhir_base, client_id, &kinds)?,
        plan_home: fields.flag("planHome")?.unwrap_or(false),
        search: match fields.object("search", &SEARCH_FIELDS)? {
            Some(search) => search_of(&search)?,
            None => SearchConfig::default(),
        },
        fhir_base,
        kinds,
    })
}

fn entry(
    fields: &Fields<'_>,
    fhir_base: &str,
    client_id: &ClientId,
    kinds: &[String],
) -> Result<Entry, HostConfigError> {
    let words = [
        ("launch", Token::Launch),
        ("exchange", Token::Exchange),
        ("own", Token::Own),
    ];
    fields.text("token")?;
    let token = fields.choice("token", &words)?;
    let of_no_effect: &[&str] = match token {
        Token::Launch => &["tokenEndpoint", "clientId", "scopes"],
        Token::Exchange => &[],
        Token::Own => &["tokenEndpoint"],
    };
    if let Some(field) = of_no_effect.iter().find(|field| fields.has(field)) {
        return Err(fields.problem(field, "has no effect with this kind of token"));
    }
    let registration = Registration {
        client_id: match fields.optional_text("clientId")? {
            Some(own) => ClientId::new(own.to_owned()),
            None => client_id.clone(),
        },
        scopes: match fields.texts("scopes")? {
            Some(scopes) => scopes.into_iter().map(Scope::new).collect(),
            None => least_scopes(token, kinds),
        },
    };
    Ok(match token {
        Token::Launch => Entry::Launch,
        Token::Own => Entry::Own(registration),
        Token::Exchange => Entry::Exchange {
            token_endpoint: endpoint(fhir_base, fields.text("tokenEndpoint")?)
                .map_err(|why| fields.problem("tokenEndpoint", why))?
                .into(),
            registration,
        },
    })
}

/// To find the patient, and to read what the source is there for.
fn least_scopes(token: Token, kinds: &[String]) -> Vec<Scope> {
    let first: &[&str] = match token {
        Token::Own => &["launch/patient", "patient/Patient.rs"],
        Token::Launch | Token::Exchange => &["patient/Patient.rs"],
    };
    let kinds = kinds.iter().map(|kind| format!("patient/{kind}.rs"));
    let scopes = first.iter().map(|scope| (*scope).to_owned()).chain(kinds);
    scopes.map(Scope::new).collect()
}

#[cfg(test)]
mod tests;
