//! What can be said while the plan is written, reviewed, merged and decided. Holds no words: those stand in `edit`
//! of each language. What is put together of several is in `edit`.

use chart_model::Decimal;
use chart_model::care_plan::{Bound, Lock};

use crate::state::plan::SaveProblemKind;

/// One thing to say.
#[derive(Clone, Copy, Debug)]
pub(crate) enum EditMsg<'a> {
    /// Heading of the editor.
    Editing,
    /// Write the patient's first plan.
    Begin,
    /// Heading of what will be saved, and the way there.
    Review,
    /// Back to the editor.
    GoOn,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Put in a new item.
    Add,
    /// Put one into a list, by the list's name.
    AddTo(&'a str),
    /// Take an item out.
    Remove,
    /// Put an item that was taken out back in.
    Restore,
    /// An item of a list: the list's name and its number there.
    Item(&'a str, usize),
    /// A field of an item: the item's name and the field's.
    FieldOf(&'a str, &'a str),
    /// A button about an item: what it does, and the item's name.
    ActionOn(&'a str, &'a str),
    /// Show the areas that nothing is written of too.
    AllAreas,
    /// So many changes are not saved.
    Unsaved(usize),
    /// Throw the draft away.
    Discard,
    /// Whether it is meant.
    DiscardAsked,
    /// It is.
    DiscardYes,
    /// It is not.
    Keep,
    /// So many fields have to be put right first.
    ToPutRight(usize),
    /// The patient is not shown any more, and what was written is kept.
    KeptAway,
    /// The session is over, and what was written is kept.
    KeptExpired,
    /// Whether to close although something is not saved.
    CloseAsked,
    /// It is meant.
    CloseYes,
    /// Why a place can only be read.
    Locked(Lock),
    /// Why there are no fields for goals, contacts and limits.
    OnlyZones,

    /// What will be saved.
    WillBeSaved,
    /// There is nothing to save.
    NothingChanged,
    /// Label of the comment.
    Why,
    /// Where the comment is read.
    WhyHint,
    /// Save as the next version.
    Save,
    /// Save as a suggestion.
    Suggest,
    /// What a suggestion is.
    SuggestHint,
    /// It is being saved.
    Saving,
    /// It was not saved, or not all of it.
    SaveProblem(SaveProblemKind),
    /// Fetch the plan anew.
    Reload,
    /// Saved as this version.
    SavedAs(&'a str),
    /// Kept as a suggestion.
    Suggested,
    /// The source keeps something else.
    Differs,
    /// Show what the newest version changed.
    ShowSaved,

    /// Somebody else has saved first.
    Overtaken,
    /// Somebody else, by name and time, has saved first, and the draft holds it now.
    MergedWith(&'a str),
    /// So many places clash.
    Clashes(usize),
    /// How it was before both.
    Before,
    /// The doctor's own.
    Mine,
    /// That of the other.
    Theirs,
    /// Neither: written anew.
    Own,
    /// Name of the choice at a place.
    ChoiceAt(&'a str),
    /// Nothing stands there.
    Removed,
    /// So many clashes are not decided.
    Undecided(usize),
    /// What clashed with nothing.
    MergedByItself,
    /// The doctor's own changes.
    MyChanges,
    /// Those of the other.
    TheirChanges,

    /// Let a suggested change be.
    Accept,
    /// Refuse it.
    Reject,
    /// Accept all of them.
    AcceptAll,
    /// Refuse all of them.
    RejectAll,
    /// Label of the words to the one who suggested.
    Answer,
    /// Save what was decided.
    Decide,

    /// Open the editor of limits.
    EditLimits,
    /// How often something is measured is not planned.
    NotPlanned,
    /// Limits of a parameter, as a heading.
    LimitsOf(&'a str),
    /// The unit of the fields.
    InUnit(&'a str),
    /// Yellow readings before and after.
    Yellow(usize, usize),
    /// Red ones.
    Red(usize, usize),
    /// What the two numbers of a preview are counted by.
    CountedBy,
    /// How many readings are shown yellow and red.
    ShownBefore(usize, usize),
    /// There is nothing to try the limits on.
    NoReadings,
    /// From when new limits hold.
    FromNow,
    /// The source's limits are more than four fields can say.
    AsSent,
    /// Limits as they were before editing.
    ResetLimits,

    /// More characters than so many.
    TooLong(usize),
    /// Nothing that can be dialled.
    NoPhoneNumber,
    /// No date.
    NoDate,
    /// A contact that is neither named nor has a role.
    Nameless,
    /// A limit has to lie above another.
    NotAbove(Bound),
    /// A limit outside of what can be, lowest and highest.
    Implausible(&'a str, &'a str),
    /// What was typed is no number.
    NotANumber,
    /// More decimals than so many.
    TooManyDecimals(u8),
}

/// A number as it was typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// Nothing.
    Empty,
    /// A number.
    Number(Decimal),
    /// Something else.
    Unreadable,
}
