//! SMART scopes, v1 and v2: read, narrowed to what a role allows, and asked whether they permit something.

use std::fmt;

/// What may be done, as the letters of SMART v2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    Create,
    Read,
    Update,
    Search,
}

/// A set of the letters `c r u d s`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Letters(u8);

const ALL: &str = "cruds";

impl Letters {
    /// `None` unless the letters are known, at least one, and none twice. Any order, as apps write them.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut bits = 0u8;
        for letter in text.chars() {
            let bit = 1 << ALL.find(letter)?;
            if bits & bit != 0 {
                return None;
            }
            bits |= bit;
        }
        (bits > 0).then_some(Self(bits))
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, op: Op) -> bool {
        let letter = match op {
            Op::Create => 'c',
            Op::Read => 'r',
            Op::Update => 'u',
            Op::Search => 's',
        };
        ALL.find(letter).is_some_and(|place| self.0 & (1 << place) != 0)
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Letters {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        ALL.chars()
            .enumerate()
            .filter(|(place, _)| self.0 & (1 << place) != 0)
            .try_for_each(|(_, c)| write!(out, "{c}"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Level {
    Patient,
    User,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ResourceScope {
    pub(crate) level: Level,
    /// `*` for all.
    pub(crate) rtype: String,
    pub(crate) letters: Letters,
}

/// What a token was granted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scopes {
    /// As written in the token response.
    pub(crate) text: String,
    resources: Vec<ResourceScope>,
}

/// `launch`, `openid` and the like, that are granted to everyone who asks.
const PLAIN: [&str; 7] = [
    "launch",
    "openid",
    "profile",
    "fhirUser",
    "offline_access",
    "online_access",
    "launch/patient",
];

pub(crate) const SUPPORTED: [&str; 15] = [
    "launch",
    "openid",
    "profile",
    "fhirUser",
    "offline_access",
    "online_access",
    "patient/*.rs",
    "patient/*.read",
    "patient/CarePlan.cruds",
    "patient/Goal.cruds",
    "patient/CareTeam.cruds",
    "patient/Provenance.c",
    "patient/DocumentReference.crs",
    "patient/AuditEvent.c",
    "user/*.rs",
];

impl ResourceScope {
    fn parse(text: &str) -> Option<(Self, bool)> {
        let (level, rest) = text.split_once('/')?;
        let level = match level {
            "patient" => Level::Patient,
            "user" => Level::User,
            _ => return None,
        };
        let (rtype, rights) = rest.split_once('.')?;
        let v1 = match rights {
            "read" => Letters::parse("rs"),
            "write" => Letters::parse("cud"),
            "*" => Letters::parse(ALL),
            _ => None,
        };
        let letters = v1.or_else(|| Letters::parse(rights))?;
        Some((
            Self {
                level,
                rtype: rtype.to_owned(),
                letters,
            },
            v1.is_some(),
        ))
    }

    fn text(&self, as_v1: bool) -> String {
        let level = match self.level {
            Level::Patient => "patient",
            Level::User => "user",
        };
        let letters = self.letters.to_string();
        let rights = match letters.as_str() {
            "rs" if as_v1 => "read",
            "cud" if as_v1 => "write",
            ALL if as_v1 => "*",
            v2 => v2,
        };
        format!("{level}/{}.{rights}", self.rtype)
    }
}

impl Scopes {
    /// What was asked, cut down to what `allowed` permits. Unknown scopes are left out.
    pub(crate) fn grant(asked: &str, allowed: &[ResourceScope]) -> Self {
        let mut granted = Self::default();
        let mut words: Vec<String> = Vec::new();
        for word in asked.split_ascii_whitespace() {
            if PLAIN.contains(&word) {
                words.push(word.to_owned());
            }
            let Some((scope, v1)) = ResourceScope::parse(word) else {
                continue;
            };
            for scope in narrowed(&scope, allowed) {
                words.push(scope.text(v1));
                granted.resources.push(scope);
            }
        }
        words.dedup();
        granted.text = words.join(" ");
        granted
    }

    /// Makes every scope of one level one of another.
    pub(crate) fn lift(&mut self, from: Level, to: Level) {
        for scope in self.resources.iter_mut().filter(|scope| scope.level == from) {
            scope.level = to;
        }
    }

    /// Takes back plain scopes, such as `online_access`.
    pub(crate) fn withdraw(&mut self, words: &[&str]) {
        let left: Vec<&str> = self
            .text
            .split(' ')
            .filter(|word| !words.contains(word))
            .collect();
        self.text = left.join(" ");
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.text.split(' ').any(|granted| granted == word)
    }

    pub(crate) fn permit(&self, level: Level, op: Op, rtype: &str) -> bool {
        self.resources.iter().any(|scope| {
            scope.level == level && (scope.rtype == "*" || scope.rtype == rtype) && scope.letters.has(op)
        })
    }
}

/// For one type: what is allowed for it or for all. For `*`: what is allowed for all, and beside it each type
/// that is allowed more.
fn narrowed(asked: &ResourceScope, allowed: &[ResourceScope]) -> Vec<ResourceScope> {
    let of_level = || allowed.iter().filter(|scope| scope.level == asked.level);
    let allowed_for = |rtype: &str| {
        of_level()
            .filter(|scope| scope.rtype == rtype || scope.rtype == "*")
            .fold(Letters::default(), |sum, scope| sum.or(scope.letters))
    };
    let cut = |rtype: &str| ResourceScope {
        level: asked.level,
        rtype: rtype.to_owned(),
        letters: allowed_for(rtype).and(asked.letters),
    };
    let mut granted = vec![cut(&asked.rtype)];
    if asked.rtype == "*" {
        let for_all = allowed_for("*").and(asked.letters);
        let more = of_level()
            .filter(|scope| scope.rtype != "*")
            .map(|scope| cut(&scope.rtype));
        granted.extend(more.filter(|scope| scope.letters != for_all));
    }
    granted.retain(|scope| !scope.letters.is_empty());
    granted
}

/// Parses the scopes that a role allows; they are written in this crate, so unknown ones do not occur.
pub(crate) fn allowed(text: &str) -> Vec<ResourceScope> {
    text.split_ascii_whitespace()
        .filter_map(|word| Some(ResourceScope::parse(word)?.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECIALIST: &str = "patient/*.rs patient/CarePlan.rsu patient/Goal.cu user/Practitioner.r";

    fn check(asked: &str, granted: &str) {
        assert_eq!(
            Scopes::grant(asked, &allowed(SPECIALIST)).text,
            granted,
            "{asked}"
        );
    }

    #[test]
    fn granted_is_what_was_asked_and_is_allowed() {
        check("launch openid fhirUser", "launch openid fhirUser");
        check(
            "patient/Observation.rs patient/Patient.r",
            "patient/Observation.rs patient/Patient.r",
        );
        check("patient/CarePlan.cruds", "patient/CarePlan.rus");
        check("patient/Observation.cu", "");
        check(
            "patient/CarePlan.read patient/CarePlan.write",
            "patient/CarePlan.read patient/CarePlan.u",
        );
        check(
            "patient/*.cruds",
            "patient/*.rs patient/CarePlan.rus patient/Goal.crus",
        );
        check("user/Observation.rs user/Practitioner.rs", "user/Practitioner.r");
        check("patient/CarePlan.rsu", "patient/CarePlan.rus");
        check(
            "patient/Observation.rr patient/Observation. patient/Observation nonsense/X.r system/*.rs",
            "",
        );
    }

    #[test]
    fn a_scope_permits_its_level_type_and_letters_only() {
        let scopes = Scopes::grant("patient/Observation.r user/Practitioner.r", &allowed(SPECIALIST));
        for (level, op, rtype, permitted) in [
            (Level::Patient, Op::Read, "Observation", true),
            (Level::Patient, Op::Search, "Observation", false),
            (Level::Patient, Op::Read, "CarePlan", false),
            (Level::User, Op::Read, "Observation", false),
            (Level::User, Op::Read, "Practitioner", true),
            (Level::Patient, Op::Update, "Observation", false),
            (Level::Patient, Op::Create, "Observation", false),
        ] {
            assert_eq!(
                scopes.permit(level, op, rtype),
                permitted,
                "{level:?} {op:?} {rtype}"
            );
        }
    }
}
