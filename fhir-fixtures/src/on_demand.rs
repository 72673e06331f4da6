//! What a right reading gives of the parts that are opened on demand, as the author of a case says it: questionnaires,
//! notes, events, who follows up. Looks at no resource.

use serde::{Deserialize, Serialize};

/// Those parts in `expected.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnDemandExpected {
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub questionnaires: Vec<InstrumentExpected>,
    /// Newest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<NoteExpected>,
    /// Texts that must stand nowhere.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub never_shown: Vec<String>,
    /// Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub events: Vec<EventExpected>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub follow_up: Option<ResponsibleExpected>,
}

/// One questionnaire and how it was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentExpected {
    pub name: String,
    /// Newest first, without what was entered in error.
    pub fillings: Vec<FillingExpected>,
    /// Ids of responses that are counted and not shown.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub set_aside: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillingExpected {
    /// Id of the QuestionnaireResponse.
    pub id: String,
    pub time: String,
    /// Of the response: `completed`, `amended`.
    pub status: String,
    pub scores: Vec<ScoreExpected>,
    /// In the questionnaire's order, nested ones where they stand.
    pub answers: Vec<AnswerExpected>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreExpected {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerExpected {
    /// The question in the questionnaire's own words (bokmål).
    pub question: String,
    pub answer: String,
    /// Another answer than at the filling before.
    pub changed: bool,
}

/// A follow-up note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteExpected {
    /// Type and id of the resource that it stands in.
    pub place: String,
    pub time: String,
    pub author: String,
    /// What it says, part by part.
    pub texts: Vec<String>,
    /// What was done.
    pub done: Vec<String>,
    /// Ids of the readings that it is about.
    pub readings: Vec<String>,
}

/// Something on the time axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventExpected {
    pub kind: EventKind,
    pub text: String,
    /// As the source wrote it.
    pub from: String,
    /// For what lasts and is over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    Admission,
    /// From its start to its stop, where it has been stopped.
    Medication,
    /// A period of home monitoring.
    Monitoring,
}

/// Who follows the patient up now. What is not known is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponsibleExpected {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// As the source has them: days and clock times.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hours: Option<String>,
    /// Who did before, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub before: Vec<String>,
}
