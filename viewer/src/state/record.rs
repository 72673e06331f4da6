//! The document for the journal: what is on the screen, taken down at the moment it was asked for, and what has become of
//! it. What belongs in it is `chart_model::record`'s; how it is made and written is in `tasks`.

mod taken;

use std::rc::Rc;

use chart_model::PeriodChoice;
use chart_model::record::Record;

use super::{Fetch, Phase, Problem, State};
use crate::text::Lang;

/// Id of the field that the text stands in.
pub(crate) const TEXT_FIELD: &str = "record-text";

/// A document as it is previewed, and as it will be written: later changes of the screen do not change it.
#[derive(Debug)]
pub(crate) struct Draft {
    /// What stands in it.
    pub(crate) record: Record,
    /// Its period as chosen.
    pub(crate) choice: PeriodChoice,
    /// The language that it is written in.
    pub(crate) lang: Lang,
    /// The same for the same content.
    pub(crate) fingerprint: Rc<str>,
}

/// The same content in the same language is the same document.
impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && self.lang == other.lang
    }
}

/// What it can be made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text for pasting.
    Text,
    /// The charts as one picture.
    Picture,
    /// All of it, on paper.
    Pdf,
}

/// What the doctor asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RecordCommand {
    /// See what would be in it.
    Open,
    /// Put it away.
    Close,
    /// Make what is previewed.
    Preview(Rc<Draft>),
    /// Copy the text.
    Copy(Rc<str>),
    /// Have it as a file.
    Save(Format, Rc<Draft>),
    /// Write it to the journal.
    Write(Rc<Draft>),
    /// Print the view.
    Print,
}

/// What happens to it.
#[derive(Clone, Debug)]
pub(crate) enum RecordAction {
    /// The doctor asked for something.
    Asked(RecordCommand),
    /// The preview is made.
    Previewed(Preview),
    /// Something was done, or could not be.
    Said(Said),
    /// How the writing of a document stands, by its fingerprint.
    Stands(Rc<str>, Written),
}

/// What is shown before anything is done with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Preview {
    /// The text.
    pub(crate) text: Rc<str>,
    /// Address of the picture, where one could be made.
    pub(crate) picture: Option<Rc<str>>,
    /// The launch lets it be written to the journal.
    pub(crate) may_write: bool,
}

/// What was done last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Said {
    /// The text was copied.
    Copied,
    /// The text could only be selected.
    Selected,
    /// A file of this name was given to the browser; in a frame it may be refused without a word.
    Saved(Rc<str>, bool),
    /// It could not be made.
    NotMade,
}

/// How the writing to the journal stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Written {
    /// It has not been asked for.
    #[default]
    No,
    /// On its way.
    Running,
    /// It stands in the journal.
    There(There),
    /// It is not known whether it was written: no answer came.
    NotKnown,
    /// It was not written.
    Failed(Rc<Problem>),
}

/// A document in the journal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct There {
    /// When it was written, milliseconds since 1970 UTC; `None` where the journal does not say.
    pub(crate) at: Option<i64>,
    /// Somebody had written the same before.
    pub(crate) was_there: bool,
    /// What reading it back showed.
    pub(crate) check: Check,
}

/// What the journal has, by what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// What was sent.
    Same,
    /// Something else.
    Differs,
    /// It could not be read back.
    NotRead,
}

impl Written {
    /// The stable name used by hooks.
    pub(crate) const fn id(&self) -> &'static str {
        match self {
            Self::No => "idle",
            Self::Running => "writing",
            Self::There(_) => "written",
            Self::NotKnown => "unknown",
            Self::Failed(_) => "failed",
        }
    }
}

/// All about the document for the journal.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordDesk {
    /// The one that is open.
    pub(crate) draft: Option<Rc<Draft>>,
    /// What of it is shown, once it is made.
    pub(crate) preview: Option<Preview>,
    /// What was done last.
    pub(crate) said: Option<Said>,
    /// What became of those that were to be written in this launch.
    written: Vec<(Rc<str>, Written)>,
}

impl RecordDesk {
    /// What became of a document.
    pub(crate) fn written(&self, draft: &Draft) -> Written {
        let found = self.written.iter().find(|(print, _)| *print == draft.fingerprint);
        found.map(|(_, written)| written.clone()).unwrap_or_default()
    }
}

impl State {
    /// There is something on the screen that can be put into a document.
    pub(crate) fn may_record(&self) -> bool {
        matches!(self.phase, Phase::Ready) && self.period_fetch != Fetch::Waiting && self.order.is_some()
    }

    /// One step, decided by nothing but what is here.
    pub(super) fn at_record(&mut self, action: RecordAction) {
        if !matches!(self.phase, Phase::Loading | Phase::Ready | Phase::Expired) {
            return;
        }
        match action {
            RecordAction::Asked(RecordCommand::Open) if self.may_record() => {
                let draft = self.draft();
                self.record.draft = draft;
                self.record.preview = None;
                self.record.said = None;
            }
            RecordAction::Asked(RecordCommand::Close) => {
                self.record.draft = None;
                self.record.preview = None;
            }
            RecordAction::Asked(_) => {}
            RecordAction::Previewed(preview) => self.record.preview = Some(preview),
            RecordAction::Said(said) => self.record.said = Some(said),
            RecordAction::Stands(print, written) => {
                if let Written::Failed(problem) = &written {
                    self.heed(problem);
                }
                self.record.written.retain(|(other, _)| *other != print);
                self.record.written.push((print, written));
            }
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
