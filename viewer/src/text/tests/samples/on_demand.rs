//! Every message about what is opened on demand.

use chart_model::events::EventKind;
use chart_model::follow_up::Standing;
use chart_model::notes::{NotANote, NoteKind};

use crate::state::Topic;
use crate::text::OnDemandMsg;

pub(super) fn on_demand_messages() -> Vec<OnDemandMsg<'static>> {
    every![OnDemandMsg:
        Name in Topic::ALL,
        NoneOf in Topic::ALL,
        FailedOf in Topic::ALL,
        NotAllSources,
        Unread => (0) (1) (2) (1000),
        ShowAnswers,
        HideAnswers,
        NamelessForm,
        AnsweredBy => ("AB"),
        RecordedBy => ("AB"),
        NoDay,
        NoScore,
        OffScale,
        NotFinished,
        GivenUp,
        ChangedLater,
        OnlyScores,
        ChangesSince => ("AB"),
        Before => ("AB"),
        NotAsked,
        NotAnswered,
        Yes,
        No,
        File => ("AB"),
        Unreadable => ("AB"),
        LeftOut => (0) (1) (2) (1000),
        Kind in note_kinds(),
        About,
        NotAmongReadings,
        ShowReading => ("AB"),
        Done,
        HasNote,
        NoNotes => (NotANote::Message, 1) (NotANote::Warning, 2) (NotANote::Retracted, 1) (NotANote::PatientComment, 2) (NotANote::OtherDocument, 1000),
        Events,
        EventsInPeriod,
        Event in EventKind::ALL,
        Lasts,
        HasEnded,
        NamelessMedicine,
        Standing in standings(),
        Nobody,
        Since,
        Until,
        Mail,
        Hours,
        InCharge,
        NotGiven,
        Weekday => (0) (1) (2) (3) (4) (5) (6),
        EveryDay,
        RoundTheClock,
    ]
}

fn note_kinds() -> Vec<NoteKind> {
    every![NoteKind: Note, Measures, Remark, Comment]
}

fn standings() -> Vec<Standing> {
    every![Standing: Running, Paused, Planned, Ended]
}
