//! What a finished launch gives the viewer: a token, where it may go, and whom it is about. Does not renew
//! the token and does not fetch anything.

use crate::address::Address;
use crate::redacted::Redacted;
use crate::{GrantedScopes, Identity, PlanService, SearchConfig, Tokens};

/// One launch: one patient at one host. Everything the viewer shows is keyed by it.
#[derive(Debug, Clone)]
pub struct LaunchContext {
    /// The host's name for people, from the configuration.
    pub host_name: String,
    /// FHIR base address without trailing slash.
    pub fhir_base: String,
    /// Further FHIR bases, without trailing slash, that take the same token.
    pub associated_endpoints: Vec<String>,
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
    /// Where the plans are; `None` where they are among the resources at the FHIR base.
    pub plan_service: Option<PlanService>,
    /// How to search at this host.
    pub search: SearchConfig,
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

    /// Whether the token may be sent to `address`: same origin as the FHIR base, the plan service or an associated
    /// endpoint.
    /// Anything else (a `next` link to another host, a relative address) may not have it.
    pub fn may_receive_token(&self, address: &str) -> bool {
        let Some(address) = Address::parse(address) else {
            return false;
        };
        let plans = self.plan_service.as_ref().map(|service| &service.url);
        let trusted = std::iter::once(&self.fhir_base).chain(&self.associated_endpoints);
        trusted
            .chain(plans)
            .filter_map(|base| Address::parse(base))
            .any(|base| base.origin() == address.origin())
    }
}
