//! The parts of an id_token, and whether its claims fit the launch. Does not look at the signature.

use super::{Algorithm, Expected, IdentityProblem, User};
use crate::discovery::{json_object, text};
use crate::hosts::without_trailing_slash;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lenient_json::Json;

/// How far the server's clock may be behind, in milliseconds.
const LEEWAY_MS: f64 = 60_000.0;

/// An id_token whose claims fit: who it says, and what its signature must prove.
#[derive(Debug, Clone)]
pub struct Signed {
    pub(super) header: Header,
    pub(super) user: User,
    pub(super) input: Vec<u8>,
    pub(super) signature: Vec<u8>,
}

/// What the header says of the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) algorithm: Algorithm,
    /// The key's id, if it has one.
    pub(super) key_id: Option<String>,
}

pub(super) fn read(token: &str, expected: &Expected, now_ms: f64) -> Result<Signed, IdentityProblem> {
    let malformed = IdentityProblem::Malformed;
    let mut parts = token.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed);
    };
    let signature_bytes = decode(signature).ok_or(malformed)?;
    let header = read_header(&object(header).ok_or(malformed)?)?;
    let user = user(&object(claims).ok_or(malformed)?, expected, now_ms)?;
    let signed_length = token.len() - signature.len() - 1;
    Ok(Signed {
        header,
        user,
        input: token.as_bytes().get(..signed_length).ok_or(malformed)?.to_vec(),
        signature: signature_bytes,
    })
}

/// One claim, with nothing checked.
pub(super) fn unchecked(token: &str, claim: &str) -> Option<String> {
    let claims = object(token.split('.').nth(1)?)?;
    text(&claims, claim).map(str::to_owned)
}

fn read_header(header: &Json) -> Result<Header, IdentityProblem> {
    let algorithm = match text(header, "alg") {
        Some("RS256") => Algorithm::Rs256,
        Some("RS384") => Algorithm::Rs384,
        Some("ES256") => Algorithm::Es256,
        Some("ES384") => Algorithm::Es384,
        _ => return Err(IdentityProblem::AlgorithmRefused),
    };
    // Extensions that must be understood (RFC 7515, 4.1.11): none is.
    if header.field("crit").is_some() {
        return Err(IdentityProblem::Malformed);
    }
    Ok(Header {
        algorithm,
        key_id: text(header, "kid").map(str::to_owned),
    })
}

fn user(claims: &Json, expected: &Expected, now_ms: f64) -> Result<User, IdentityProblem> {
    let check = |claim: &'static str, fits: bool| match fits {
        true => Ok(()),
        false => Err(IdentityProblem::Claim(claim)),
    };
    let says = |claim: &str, value: &str| text(claims, claim) == Some(value);
    let issuer = text(claims, "iss").map(without_trailing_slash);
    check("iss", issuer == Some(without_trailing_slash(&expected.issuer)))?;
    let audience = claims.get("aud");
    check("aud", is_for(audience, &expected.client_id))?;
    let several = audience.list().is_some_and(|audiences| audiences.len() > 1);
    if several || claims.field("azp").is_some() {
        check("azp", says("azp", &expected.client_id))?;
    }
    let expires_s = claims.get("exp").number();
    check(
        "exp",
        expires_s.is_some_and(|seconds| seconds * 1000.0 + LEEWAY_MS > now_ms),
    )?;
    check("nonce", says("nonce", &expected.nonce.0))?;
    let subject = text(claims, "sub").ok_or(IdentityProblem::Claim("sub"))?;
    Ok(User {
        subject: subject.to_owned(),
        fhir_user: text(claims, "fhirUser").and_then(|user| fhir_user(user, &expected.fhir_base)),
        name: text(claims, "name").map(str::to_owned),
    })
}

/// The audience is the client: alone, or one of a list.
fn is_for(audience: &Json, client_id: &str) -> bool {
    let is = |audience: &Json| audience.as_str() == Some(client_id);
    is(audience) || audience.list().is_some_and(|audiences| audiences.iter().any(is))
}

/// `Practitioner/123`, where it is relative or at this launch's FHIR base; another absolute address whole.
fn fhir_user(reference: &str, fhir_base: &str) -> Option<String> {
    let base = format!("{fhir_base}/");
    let relative = reference.strip_prefix(&base).unwrap_or(reference);
    if relative.contains("://") {
        return Some(relative.to_owned());
    }
    let mut segments = relative.split('/');
    let (kind, id) = (segments.next()?, segments.next()?);
    let is_user = [
        "Practitioner",
        "PractitionerRole",
        "Patient",
        "RelatedPerson",
        "Person",
    ]
    .contains(&kind);
    (is_user && !id.is_empty()).then(|| format!("{kind}/{id}"))
}

fn object(part: &str) -> Option<Json> {
    json_object(&decode(part)?).ok()
}

fn decode(part: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(part).ok()
}
