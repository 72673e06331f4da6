//! Who is logged in: the id_token's claims and signature checked before anything in it is believed. A small
//! state machine of its own, run beside the first fetches: a name is never worth waiting for, and a failure
//! costs the name and nothing else. Fetches no keys and verifies no signature itself.

mod claims;
mod keys;

use crate::authorize::Nonce;
use crate::redacted::Redacted;
use claims::Signed;
use oauth2::ClientId;
use std::fmt;

/// The state of one verification.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Nothing has happened.
    Unverified(Box<Unverified>),
    /// The claims fit; waits for the server's keys.
    LoadingKeys(Box<Signed>),
    /// Waits for the verdict on the signature.
    Verifying(Box<User>),
    /// Has said who, or why not.
    Done,
}

/// An id_token as the server sent it, and what it must say.
#[derive(Debug, Clone)]
pub struct Unverified {
    token: Redacted<String>,
    expected: Expected,
    jwks: Option<String>,
}

/// What an id_token of this launch must say.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    /// Issuer of the token: the server's own name for itself, else the FHIR base.
    pub(crate) issuer: String,
    pub(crate) client_id: ClientId,
    pub(crate) nonce: Nonce,
    /// FHIR base without trailing slash.
    pub(crate) fhir_base: String,
}

/// A verified user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The user's id at the issuer.
    pub subject: String,
    /// The user's own resource: `Practitioner/123` at this launch's FHIR base, an absolute address elsewhere.
    pub fhir_user: Option<String>,
    /// Name for people.
    pub name: Option<String>,
}

/// What happened.
#[derive(Debug)]
pub enum IdentityEvent {
    /// Begin; the time in milliseconds since 1970.
    Started {
        /// Now.
        now_ms: f64,
    },
    /// The keys were answered, with whatever status.
    KeysAnswered {
        /// HTTP status.
        status: u16,
        /// Content as it came.
        body: Vec<u8>,
    },
    /// The keys did not come.
    KeysUnreachable,
    /// The signature fits, or does not; `None` where the browser could not tell.
    Verified(Option<bool>),
}

/// What the caller must do.
#[derive(Debug)]
pub enum IdentityEffect {
    /// GET the server's keys (JWKS), without a token.
    GetKeys {
        /// Absolute.
        address: String,
    },
    /// Verify a signature.
    Verify(Verification),
    /// It is this user.
    Known(User),
    /// No user is shown.
    Unknown(IdentityProblem),
}

/// A signature to verify.
#[derive(Debug)]
pub struct Verification {
    /// How.
    pub algorithm: Algorithm,
    /// The public key as JWK text.
    pub key: String,
    /// What was signed.
    pub input: Vec<u8>,
    /// The signature as in the JWS: for ES256 and ES384 the two numbers one after the other.
    pub signature: Vec<u8>,
}

/// The signature algorithms that are accepted: asymmetric ones only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
}

/// Why no user is shown, for support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityProblem {
    /// Not three parts of base64url with JSON in the first two.
    Malformed,
    /// `none`, a shared-secret algorithm, or one that is not known.
    AlgorithmRefused,
    /// A claim that is missing or does not fit this launch, by name.
    Claim(&'static str),
    /// The server names no keys, they did not come, or none of them fits.
    NoKey,
    /// The signature does not fit.
    SignatureRefused,
    /// The browser cannot verify signatures.
    CannotVerify,
}

impl fmt::Display for IdentityProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(claim) => write!(f, "id_token: {claim} does not fit"),
            other => write!(f, "id_token: {other:?}"),
        }
    }
}

/// A state and what to do in it.
type Next = (Identity, Option<IdentityEffect>);

impl Identity {
    /// `jwks` is the address of the server's keys, where it names one.
    pub(crate) fn new(token: Redacted<String>, expected: Expected, jwks: Option<String>) -> Self {
        Self::Unverified(Box::new(Unverified {
            token,
            expected,
            jwks,
        }))
    }

    /// A claim of a token that has not been checked yet.
    pub(crate) fn claimed(&self, claim: &str) -> Option<String> {
        match self {
            Self::Unverified(unverified) => claims::unchecked(&unverified.token.0, claim),
            _ => None,
        }
    }

    /// The next state and the effect to carry out, whose outcome is the next event. An event that the state
    /// does not wait for changes nothing.
    #[must_use]
    pub fn step(self, event: IdentityEvent) -> Next {
        match (self, event) {
            (Self::Unverified(unverified), IdentityEvent::Started { now_ms }) => {
                let Unverified {
                    token,
                    expected,
                    jwks,
                } = *unverified;
                match (claims::read(&token.0, &expected, now_ms), jwks) {
                    (Ok(signed), Some(address)) => (
                        Self::LoadingKeys(Box::new(signed)),
                        Some(IdentityEffect::GetKeys { address }),
                    ),
                    (Ok(_), None) => unknown(IdentityProblem::NoKey),
                    (Err(problem), _) => unknown(problem),
                }
            }
            (Self::LoadingKeys(signed), IdentityEvent::KeysAnswered { status, body }) => {
                let key = (200..=299)
                    .contains(&status)
                    .then(|| keys::find(&body, &signed.header));
                match key.flatten() {
                    Some(key) => {
                        let Signed {
                            header,
                            user,
                            input,
                            signature,
                        } = *signed;
                        let verification = Verification {
                            algorithm: header.algorithm,
                            key,
                            input,
                            signature,
                        };
                        (
                            Self::Verifying(Box::new(user)),
                            Some(IdentityEffect::Verify(verification)),
                        )
                    }
                    None => unknown(IdentityProblem::NoKey),
                }
            }
            (Self::LoadingKeys(_), IdentityEvent::KeysUnreachable) => unknown(IdentityProblem::NoKey),
            (Self::Verifying(user), IdentityEvent::Verified(verdict)) => match verdict {
                Some(true) => (Self::Done, Some(IdentityEffect::Known(*user))),
                Some(false) => unknown(IdentityProblem::SignatureRefused),
                None => unknown(IdentityProblem::CannotVerify),
            },
            (state, _) => (state, None),
        }
    }
}

fn unknown(problem: IdentityProblem) -> Next {
    (Identity::Done, Some(IdentityEffect::Unknown(problem)))
}

#[cfg(test)]
mod tests;
