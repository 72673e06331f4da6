//! What a finished launch gives the viewer: a token, where it may go, and whom it is about. Does not renew
//! the token and does not fetch anything.

use crate::address::Address;
use crate::redacted::Redacted;
use crate::source::{Entry, is_below};
use crate::{GrantedScopes, Identity, PlanService, SearchConfig, Source, SourceGrant, Tokens};

/// One launch: one patient at one host. Everything the viewer shows is keyed by it.
#[derive(Debug, Clone)]
pub struct LaunchContext {
    /// The host's name for people, from the configuration.
    pub host_name: String,
    /// FHIR base address without trailing slash.
    pub fhir_base: String,
    /// Further FHIR bases, without trailing slash, that take the same token.
    pub associated_endpoints: Vec<String>,
    /// Further FHIR bases that resources are read from, some with tokens of their own.
    pub sources: Vec<Source>,
    /// FHIR base without trailing slash at which apps keep their settings (SMART App State), with the same token.
    pub app_state: Option<String>,
    /// The token for FHIR requests, and how it is renewed.
    pub tokens: Tokens,
    /// Sent with every request below the FHIR base, and with none to anywhere else.
    pub headers: Vec<(String, String)>,
    /// What the token allows.
    pub granted: GrantedScopes,
    /// Logical id of the patient, safe as one segment of an address.
    pub patient_id: String,
    /// Logical id of the encounter.
    pub encounter_id: Option<String>,
    /// What the user wants to do, in the host's words.
    pub intent: Option<String>,
    /// Other resources in context, such as a care plan.
    pub fhir_context: Vec<FhirContextItem>,
    /// The host shows no patient banner itself.
    pub need_patient_banner: bool,
    /// Address of the host's style description.
    pub smart_style_url: Option<String>,
    /// The organisation within the host.
    pub tenant: Option<String>,
    /// The language that the host asks for (BCP 47): the token answer's, else the one that the id_token claims.
    pub locale: Option<String>,
    /// Who is logged in, still to be verified; `None` where the host did not say.
    pub identity: Option<Identity>,
    /// Messages to and from the journal, where it offers them.
    pub messaging: Option<MessagingOffer>,
    /// The hub that tells which patient the journal shows, where it offers one.
    pub hub: Option<HubOffer>,
    /// The versions of a resource can be asked for.
    pub history: bool,
    /// The host logs who has looked (AuditEvent).
    pub audit: bool,
    /// Where the plans are; `None` where they are among the resources at the FHIR base.
    pub plan_service: Option<PlanService>,
    /// How to search at this host.
    pub search: SearchConfig,
    /// The launch as it is at a source: the token goes below the FHIR base and nowhere else.
    pub(crate) is_at_source: bool,
    /// The query of the page that was launched, where the journal launched it.
    pub again: Option<Redacted<String>>,
}

/// SMART Web Messaging as the launch offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagingOffer {
    /// Proves to the journal whose messages they are.
    pub handle: Redacted<String>,
    /// The journal's origin: the only one that is written to and listened to.
    pub origin: String,
}

/// A FHIRcast hub as the launch offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubOffer {
    /// Where to subscribe.
    pub url: String,
    /// The session with this journal.
    pub topic: Redacted<String>,
}

/// One entry of the launch's `fhirContext`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FhirContextItem {
    /// `CarePlan/123`.
    pub reference: String,
    /// Resource type, where given apart from the reference.
    pub resource_type: Option<String>,
    /// The part it plays, an absolute URI; `launch` when left out.
    pub role: Option<String>,
}

impl LaunchContext {
    /// The same launch at a source, where the patient is called `patient_id`: nothing of the issuer's comes along but
    /// what the user wants to do and, where the source takes it, the token. `None` without a token for that source.
    pub fn at_source(
        &self,
        source: &Source,
        grant: Option<&SourceGrant>,
        patient_id: String,
    ) -> Option<Self> {
        let (tokens, granted) = match (&source.entry, grant) {
            (Entry::Launch, _) => (&self.tokens, &self.granted),
            (_, Some(grant)) if grant.fhir_base == source.fhir_base => (&grant.tokens, &grant.granted),
            (_, _) => return None,
        };
        Some(Self {
            host_name: source.name.clone(),
            fhir_base: source.fhir_base.clone(),
            associated_endpoints: Vec::new(),
            sources: Vec::new(),
            app_state: None,
            tokens: tokens.clone(),
            headers: Vec::new(),
            granted: granted.clone(),
            patient_id,
            encounter_id: None,
            intent: self.intent.clone(),
            fhir_context: Vec::new(),
            need_patient_banner: self.need_patient_banner,
            smart_style_url: None,
            tenant: None,
            locale: self.locale.clone(),
            identity: None,
            messaging: None,
            hub: None,
            history: true,
            audit: false,
            plan_service: None,
            search: source.search.clone(),
            is_at_source: true,
            again: None,
        })
    }

    /// Who the issuer says is logged in, by its own id. Not verified: good for no more than a hint to a source that asks
    /// for its own proof.
    pub fn login_hint(&self) -> Option<String> {
        self.identity.as_ref()?.claimed("sub")
    }

    /// Host name of the FHIR server, with its port where it has one: for messages.
    pub fn host(&self) -> String {
        crate::error::host_of(&self.fhir_base)
    }

    /// The headers of the host's own for `address`: those of the profile, for what lies below the FHIR base.
    pub fn headers_for(&self, address: &str) -> &[(String, String)] {
        match address.strip_prefix(self.fhir_base.as_str()) {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '?']) => &self.headers,
            _ => &[],
        }
    }

    /// Whether the token may be sent to `address`: same origin as the FHIR base, the plan service, an associated
    /// endpoint or a source that takes it, and not at a source with a token of its own.
    /// Anything else (a `next` link to another host, a relative address) may not have it.
    pub fn may_receive_token(&self, address: &str) -> bool {
        if self.is_at_source {
            return is_below(&self.fhir_base, address);
        }
        let (takes_it, others): (Vec<_>, Vec<_>) = self
            .sources
            .iter()
            .partition(|source| source.entry == Entry::Launch);
        if others.iter().any(|source| source.holds(address)) {
            return false;
        }
        let Some(address) = Address::parse(address) else {
            return false;
        };
        let plans = self.plan_service.as_ref().map(|service| &service.url);
        let trusted = std::iter::once(&self.fhir_base).chain(&self.associated_endpoints);
        trusted
            .chain(plans)
            .chain(takes_it.iter().map(|source| &source.fhir_base))
            .filter_map(|base| Address::parse(base))
            .any(|base| base.origin() == address.origin())
    }
}

/// An id that can stand as one segment of an address without changing it. Wider than FHIR's own rule, as
/// real servers are.
pub(crate) fn is_one_segment(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
    id.chars().all(plain) && id != "." && id != ".."
}
