//! Which scopes the host granted, and what they allow. Does not decide which scopes to ask for.

use oauth2::Scope;

/// What a scope may allow on a resource type (SMART v2 letters `c`, `r`, `u`, `s`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Make a new resource.
    Create,
    /// Read one resource, its versions and history.
    Read,
    /// Save a new version of a resource.
    Update,
    /// Search for resources.
    Search,
}

impl Access {
    fn v2_letter(self) -> char {
        match self {
            Access::Create => 'c',
            Access::Read => 'r',
            Access::Update => 'u',
            Access::Search => 's',
        }
    }

    fn v1_word(self) -> &'static str {
        match self {
            Access::Read | Access::Search => "read",
            Access::Create | Access::Update => "write",
        }
    }
}

/// The scopes of a token as the server granted them, v1 (`patient/Observation.read`) and v2
/// (`patient/Observation.rs`) side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedScopes(Vec<Scope>);

impl GrantedScopes {
    pub(crate) fn new(scopes: Vec<Scope>) -> Self {
        Self(scopes)
    }

    /// Scopes separated by white space, as in the token answer's `scope`.
    pub(crate) fn parse(text: &str) -> Self {
        Self(
            text.split_whitespace()
                .map(|scope| Scope::new(scope.to_owned()))
                .collect(),
        )
    }

    /// Whether some granted scope of the patient or user level allows `access` on `resource_type`.
    /// A v2 scope narrowed by a query (`patient/Observation.rs?category=…`) counts: the server enforces it.
    pub fn allows(&self, resource_type: &str, access: Access) -> bool {
        self.0
            .iter()
            .any(|scope| scope_allows(scope, resource_type, access))
    }

    /// The scopes as granted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|scope| scope.as_str())
    }
}

fn scope_allows(scope: &str, resource_type: &str, access: Access) -> bool {
    let Some(clinical) = scope
        .strip_prefix("patient/")
        .or_else(|| scope.strip_prefix("user/"))
    else {
        return false;
    };
    let Some((granted_type, rights)) = clinical.split_once('.') else {
        return false;
    };
    let rights = rights.split_once('?').map_or(rights, |(rights, _query)| rights);
    let type_fits = granted_type == "*" || granted_type == resource_type;
    let v2 = rights.chars().all(|letter| "cruds".contains(letter));
    type_fits && (rights == "*" || rights == access.v1_word() || (v2 && rights.contains(access.v2_letter())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scopes: &str, resource_type: &str, access: Access, allowed: bool) {
        assert_eq!(
            GrantedScopes::parse(scopes).allows(resource_type, access),
            allowed,
            "{scopes}"
        );
    }

    #[test]
    fn granted_scopes_decide_what_is_allowed() {
        use Access::{Create, Read, Search, Update};
        check("patient/Observation.rs", "Observation", Read, true);
        check("patient/Observation.rs", "Observation", Search, true);
        check("patient/Observation.rs", "Observation", Update, false);
        check("patient/Observation.rs", "Goal", Read, false);
        check("patient/Observation.r", "Observation", Search, false);
        check("launch patient/CarePlan.rsu openid", "CarePlan", Update, true);
        check("user/CarePlan.cruds", "CarePlan", Create, true);
        check("patient/*.rs", "Goal", Search, true);
        check("patient/*.read", "Goal", Search, true);
        check("patient/*.read", "Goal", Update, false);
        check("patient/*.write", "Goal", Update, true);
        check("patient/*.write", "Goal", Read, false);
        check("patient/Goal.*", "Goal", Update, true);
        check(
            "patient/Observation.rs?category=vital-signs",
            "Observation",
            Search,
            true,
        );
        check("system/*.rs", "Goal", Read, false);
        check("patient/Observation", "Observation", Read, false);
        check("openid launch", "Observation", Read, false);
        check("", "Observation", Read, false);
    }

    #[test]
    fn a_word_that_holds_the_letter_is_not_a_v2_right() {
        check("patient/Goal.search-only", "Goal", Access::Search, false);
    }
}
