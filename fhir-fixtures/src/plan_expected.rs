//! What a right reading of a case's plan gives, as the author of the case says it. Looks at no resource.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The plan in `expected.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanExpected {
    /// Id of the CarePlan that is current.
    pub id: String,
    /// Its newest version.
    pub version: String,
    pub title: String,
    /// How the patient knows that he is in a zone (`green`, `yellow`, `red`).
    pub conditions: BTreeMap<String, String>,
    /// What the patient does, in the plan's order.
    pub actions: Vec<ActionExpected>,
    /// Goals in words.
    pub goals: Vec<String>,
    /// Four bounds by parameter, the lowest first: red below, yellow below, yellow above, red above.
    pub limits: BTreeMap<String, [Option<String>; 4]>,
    /// Limits that four bounds cannot say, kept as they were sent, by parameter. What no range covers is not green.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub limits_as_sent: BTreeMap<String, Vec<RangeExpected>>,
    pub contacts: Vec<ContactExpected>,
    /// Who follows up now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub follow_up: Option<FollowUpExpected>,
    /// Newest first; of a plan without versions the one that there is.
    pub versions: Vec<VersionExpected>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub proposals: Vec<ProposalExpected>,
    /// What is to be said beside the plan, by the kinds of findings.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findings: Vec<String>,
}

/// One range of limits, its bounds included. An open one is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangeExpected {
    /// `yellow` or `red`.
    pub severity: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub low: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub high: Option<String>,
}

/// One thing that the patient does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionExpected {
    /// Empty for what is done in every zone.
    pub zone: String,
    /// In the words of the source; empty where it says none.
    pub area: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactExpected {
    pub role: String,
    pub name: String,
    pub phone: String,
    pub organisation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpExpected {
    pub name: String,
    /// `YYYY-MM-DD`, the last day.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
}

/// One entry of the change log. What is not known is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionExpected {
    pub version: String,
    pub time: String,
    pub author: String,
    pub role: String,
    pub organisation: String,
    pub reason: String,
    /// What differs from the version before: `title`, `condition/yellow`, `green/kosthold`, `goal`, `limits/spo2`,
    /// `interval/weight`, `contact`, `follow-up`; one for each thing that differs.
    pub changed: Vec<String>,
}

/// A suggestion that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalExpected {
    pub id: String,
    pub author: String,
    pub time: String,
    pub reason: String,
    /// The version that it was made from.
    pub made_from: String,
    /// What it suggests, named as in `VersionExpected`.
    pub changed: Vec<String>,
    /// Those of them that the plan has changed otherwise since.
    pub clashes: Vec<String>,
}
