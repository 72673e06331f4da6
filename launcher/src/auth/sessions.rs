//! Everything short-lived: launches, authorization codes, access and refresh tokens, each with its end. In
//! memory only; the values never appear in Debug output or logs.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::scopes::Scopes;
use super::users::User;
use crate::faults::document::Tokens;
use crate::fhir::access::Access;
use crate::fhir::dates::now;
use crate::random;

/// Milliseconds that each kind of value lives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetimes {
    pub(crate) launch: i64,
    pub(crate) code: i64,
    pub(crate) access: i64,
    pub(crate) refresh: i64,
}

impl Default for Lifetimes {
    fn default() -> Self {
        let minute = 60_000;
        Self {
            launch: 10 * minute,
            code: minute,
            access: 60 * minute,
            refresh: 12 * 60 * minute,
        }
    }
}

/// What the journal had open when it started the app.
#[derive(Clone, Debug)]
pub(crate) struct Launch {
    pub(crate) user: &'static User,
    pub(crate) patient: String,
    /// The origin of the page that the app is started from.
    pub(crate) origin: String,
    /// By which that page knows the messages of the app.
    pub(crate) handle: String,
}

impl Launch {
    pub(crate) fn new(user: &'static User, patient: &str, origin: &str) -> Self {
        Self {
            user,
            patient: patient.to_owned(),
            origin: origin.to_owned(),
            handle: random::opaque(),
        }
    }
}

/// What the authorize endpoint settled, for the token endpoint.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) client: &'static str,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scopes: Scopes,
    pub(crate) launch: Launch,
}

impl fmt::Debug for Grant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Grant({} for {})", self.scopes.text, self.client)
    }
}

/// Tokens of one code belong together and are revoked together.
type Family = u64;

struct Code {
    grant: Grant,
    family: Family,
    used: bool,
    until: i64,
}

struct Token {
    grant: Grant,
    family: Family,
    refresh: bool,
    spent: bool,
    until: i64,
}

#[derive(Default)]
struct Inner {
    launches: HashMap<String, (Launch, i64)>,
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    families: Family,
}

pub(crate) struct Sessions {
    lifetimes: Lifetimes,
    inner: Mutex<Inner>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sessions({:?})", self.lifetimes)
    }
}

/// Fresh tokens for a client.
pub(crate) struct Issued {
    pub(crate) access: String,
    pub(crate) expires_in: i64,
    pub(crate) refresh: Option<String>,
    pub(crate) grant: Grant,
}

impl fmt::Debug for Issued {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Issued({:?})", self.grant)
    }
}

impl Sessions {
    pub(crate) fn new(lifetimes: Lifetimes) -> Self {
        Self {
            lifetimes,
            inner: Mutex::default(),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now();
        inner.launches.retain(|_, (_, until)| *until > now);
        inner.tokens.retain(|_, token| token.until > now);
        inner
    }

    /// A fresh value for the `launch` parameter.
    pub(crate) fn start_launch(&self, launch: Launch) -> String {
        let value = random::opaque();
        self.inner()
            .launches
            .insert(value.clone(), (launch, now() + self.lifetimes.launch));
        value
    }

    pub(crate) fn launch(&self, value: &str) -> Option<Launch> {
        self.inner().launches.get(value).map(|(launch, _)| launch.clone())
    }

    pub(crate) fn issue_code(&self, grant: Grant) -> String {
        let value = random::opaque();
        let mut inner = self.inner();
        inner.families += 1;
        let code = Code {
            grant,
            family: inner.families,
            used: false,
            until: now() + self.lifetimes.code,
        };
        inner.codes.insert(value.clone(), code);
        value
    }

    /// The grant behind a code, if `check` finds the request good. A code works once; its second use revokes
    /// what it gave.
    pub(crate) fn redeem_code(
        &self,
        value: &str,
        tokens: &Tokens,
        check: impl FnOnce(&Grant) -> Result<(), &'static str>,
    ) -> Result<Issued, &'static str> {
        let mut inner = self.inner();
        let code = inner.codes.get_mut(value).ok_or("the code is unknown")?;
        if code.used {
            let family = code.family;
            inner.tokens.retain(|_, token| token.family != family);
            return Err("the code was used before; its tokens are revoked");
        }
        code.used = true;
        if code.until <= now() {
            return Err("the code has expired");
        }
        check(&code.grant)?;
        let (grant, family) = (code.grant.clone(), code.family);
        Ok(self.issue(&mut inner, grant, family, tokens, true))
    }

    /// New tokens for a refresh token. Where they rotate it is spent by that, and its second use revokes the family.
    pub(crate) fn refresh(&self, value: &str, tokens: &Tokens, client: &str) -> Result<Issued, &'static str> {
        let mut inner = self.inner();
        let token = inner.tokens.get_mut(value).filter(|token| token.refresh);
        let token = token.ok_or("the refresh token is unknown or has expired")?;
        if token.grant.client != client {
            return Err("the refresh token belongs to another client");
        }
        let (grant, family) = (token.grant.clone(), token.family);
        if token.spent {
            inner.tokens.retain(|_, token| token.family != family);
            return Err("the refresh token was used before; its tokens are revoked");
        }
        token.spent = tokens.rotate;
        Ok(self.issue(&mut inner, grant, family, tokens, tokens.rotate))
    }

    /// An access token without a code, for one that was granted otherwise.
    pub(crate) fn give(&self, grant: Grant, tokens: &Tokens) -> Issued {
        let mut inner = self.inner();
        inner.families += 1;
        let family = inner.families;
        self.issue(&mut inner, grant, family, tokens, false)
    }

    /// What a valid access token was given for.
    pub(crate) fn grant(&self, token: &str) -> Option<Grant> {
        let inner = self.inner();
        let token = inner.tokens.get(token).filter(|token| !token.refresh)?;
        Some(token.grant.clone())
    }

    /// Whether a clinician has an app open.
    pub(crate) fn is_present(&self, user: &User) -> bool {
        let inner = self.inner();
        inner
            .tokens
            .values()
            .any(|token| token.grant.launch.user.id == user.id)
    }

    fn issue(
        &self,
        inner: &mut Inner,
        grant: Grant,
        family: Family,
        tokens: &Tokens,
        with_refresh: bool,
    ) -> Issued {
        let access = tokens
            .seconds
            .map_or(self.lifetimes.access, |seconds| i64::from(seconds) * 1000);
        let mut add = |refresh: bool, life: i64| {
            let value = random::opaque();
            let token = Token {
                grant: grant.clone(),
                family,
                refresh,
                spent: false,
                until: now() + life,
            };
            inner.tokens.insert(value.clone(), token);
            value
        };
        let lasting = grant.scopes.has("offline_access") || grant.scopes.has("online_access");
        Issued {
            access: add(false, access),
            expires_in: access / 1000,
            refresh: (lasting && with_refresh).then(|| add(true, self.lifetimes.refresh)),
            grant,
        }
    }

    /// For whom a valid access token was given.
    pub(crate) fn user(&self, token: &str) -> Option<&'static User> {
        Some(self.grant(token)?.launch.user)
    }

    /// What a valid access token may do.
    pub(crate) fn access(&self, token: &str) -> Option<Access> {
        let grant = self.grant(token)?;
        Some(Access {
            patient: grant.launch.patient,
            scopes: grant.scopes,
        })
    }
}
