//! What can be said of what is opened on demand. Holds no words: those stand in `on_demand` of each language. What is put
//! together of several is in `on_demand`.

use chart_model::events::EventKind;
use chart_model::follow_up::Standing;
use chart_model::notes::{NotANote, NoteKind};

use crate::state::Topic;

/// One thing to say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum OnDemandMsg<'a> {
    /// What a topic is called.
    Name(Topic),
    /// There is nothing of it.
    NoneOf(Topic),
    /// It could not be fetched.
    FailedOf(Topic),
    /// A source was not asked.
    NotAllSources,
    /// So many things could not be read.
    Unread(usize),

    /// Show the answers of a filling.
    ShowAnswers,
    /// Hide them.
    HideAnswers,
    /// A questionnaire that nothing names.
    NamelessForm,
    /// Who answered.
    AnsweredBy(&'a str),
    /// Who wrote the answers down.
    RecordedBy(&'a str),
    /// When it was filled in is not known.
    NoDay,
    /// It has no score.
    NoScore,
    /// A score that its scale cannot give.
    OffScale,
    /// Not finished yet.
    NotFinished,
    /// Given up half-way.
    GivenUp,
    /// Changed after it was completed.
    ChangedLater,
    /// The source has sent scores and no answers.
    OnlyScores,
    /// Changes are marked against the filling of a day.
    ChangesSince(&'a str),
    /// What the answer was the time before.
    Before(&'a str),
    /// Answered the time before and not asked now: heading.
    NotAsked,
    /// A question without an answer.
    NotAnswered,
    /// An answer.
    Yes,
    /// An answer.
    No,
    /// A file, by its name or kind.
    File(&'a str),
    /// A value that could not be read, as it was sent.
    Unreadable(&'a str),
    /// So many fillings and scores are left out.
    LeftOut(usize),

    /// What a note is.
    Kind(NoteKind),
    /// Which reading it is about follows.
    About,
    /// A reading that is not among those that were fetched.
    NotAmongReadings,
    /// Lead to a reading in its chart.
    ShowReading(&'a str),
    /// What was done: heading.
    Done,
    /// There is a note about a reading.
    HasNote,
    /// So many things were sent along and are no notes.
    NoNotes(NotANote, usize),

    /// Choice of what stands on the time axis.
    Events,
    /// What happened in the period: heading.
    EventsInPeriod,
    /// What kind of thing happened.
    Event(EventKind),
    /// It lasts.
    Lasts,
    /// A medicine that nothing names.
    NamelessMedicine,
    /// It has ended, nobody says when.
    HasEnded,
    /// Whether a service follows now.
    Standing(Standing),
    /// Nobody is named.
    Nobody,
    /// Since when, as a field.
    Since,
    /// Until when, as a field.
    Until,
    /// E-mail address, as a field.
    Mail,
    /// Opening hours, as a field.
    Hours,
    /// Whoever is in charge, as a field.
    InCharge,
    /// A field that the source does not fill in.
    NotGiven,
    /// Short name of a day of the week, 0 for Monday.
    Weekday(u8),
    /// On every day.
    EveryDay,
    /// At every hour.
    RoundTheClock,
}
