//! English: the words of what is opened on demand.

use std::borrow::Cow;

use chart_model::events::EventKind;
use chart_model::follow_up::Standing;
use chart_model::notes::{NotANote, NoteKind};

use super::super::on_demand_msg::OnDemandMsg as Said;
use super::{count, whole};
use crate::state::Topic;

/// Every message of it in English.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::Name(Topic::Questionnaires) => "Questionnaires",
        Said::Name(Topic::Notes) => "Follow-up notes",
        Said::Name(Topic::FollowUp) => "Who follows up now",
        Said::Name(Topic::Admissions) => "Admissions",
        Said::Name(Topic::Medicines) => "Medicines",
        Said::Name(Topic::Changes) => "Changes of plan and limits",
        Said::Name(Topic::Monitoring) => "Follow-up periods",
        Said::NoneOf(Topic::Questionnaires) => "No questionnaire has been answered.",
        Said::NoneOf(Topic::Notes) => "No follow-up note has been written.",
        Said::NoneOf(Topic::FollowUp) => "Who follows up is not stated.",
        Said::NoneOf(Topic::Admissions) => "No admissions in the period.",
        Said::NoneOf(Topic::Medicines) => "No medicine was started or stopped in the period.",
        Said::NoneOf(Topic::Changes) => "No changes of plan or limits in the period.",
        Said::NoneOf(Topic::Monitoring) => "No follow-up periods in the period.",
        Said::FailedOf(Topic::Questionnaires) => "Questionnaires could not be fetched.",
        Said::FailedOf(Topic::Notes) => "The follow-up notes could not be fetched.",
        Said::FailedOf(Topic::FollowUp) => "Who follows up could not be fetched.",
        Said::FailedOf(Topic::Admissions) => "The admissions could not be fetched.",
        Said::FailedOf(Topic::Medicines) => "The medicines could not be fetched.",
        Said::FailedOf(Topic::Changes) => "The changes of plan and limits could not be fetched.",
        Said::FailedOf(Topic::Monitoring) => "The follow-up periods could not be fetched.",
        Said::NotAllSources => "Not all sources have been asked. There may be more.",
        Said::Unread(number) => return count(whole(number), "could not be read", "could not be read"),

        Said::ShowAnswers => "Show answers",
        Said::HideAnswers => "Hide answers",
        Said::NamelessForm => "Questionnaire without a name",
        Said::AnsweredBy(name) => return format!("answered by {name}").into(),
        Said::RecordedBy(name) => return format!("recorded by {name}").into(),
        Said::NoDay => "day not stated",
        Said::NoScore => "no score",
        Said::OffScale => "outside the scale, check it",
        Said::NotFinished => "not finished",
        Said::GivenUp => "given up",
        Said::ChangedLater => "changed after it was handed in",
        Said::OnlyScores => "The source has sent the score only, not the answers.",
        Said::ChangesSince(day) => return format!("Changes are marked against the answers of {day}").into(),
        Said::Before(answer) => return format!("Changed, before: {answer}").into(),
        Said::NotAsked => "Answered the time before, not now",
        Said::NotAnswered => "not answered",
        Said::Yes => "Yes",
        Said::No => "No",
        Said::File(name) => return format!("attached file: {name}").into(),
        Said::Unreadable(sent) => return format!("could not be read: {sent}").into(),
        Said::LeftOut(number) => {
            return count(
                whole(number),
                "retracted, repeated or without a value is left out",
                "retracted, repeated or without a value are left out",
            );
        }

        Said::Kind(NoteKind::Note) => "Note",
        Said::Kind(NoteKind::Measures) => "Measures at a warning",
        Said::Kind(NoteKind::Remark) => "Remark",
        Said::Kind(NoteKind::Comment) => "Comment on the reading",
        Said::About => "About the reading",
        Said::NotAmongReadings => "a reading that has not been fetched",
        Said::ShowReading(reading) => return format!("Show {reading} in the chart").into(),
        Said::Done => "Done",
        Said::HasNote => "has a follow-up note",
        Said::NoNotes(why, number) => {
            let number = whole(number);
            return match why {
                NotANote::Message => count(number, "message is not shown", "messages are not shown"),
                NotANote::Warning => count(number, "warning without a note", "warnings without a note"),
                NotANote::Retracted => count(
                    number,
                    "retracted or unfinished note",
                    "retracted or unfinished notes",
                ),
                NotANote::PatientComment => count(
                    number,
                    "comment of the patient stands with its reading",
                    "comments of the patient stand with their readings",
                ),
                NotANote::OtherDocument => {
                    count(number, "document of another kind", "documents of another kind")
                }
            };
        }

        Said::Events => "Events on the time axis",
        Said::EventsInPeriod => "Events in the period",
        Said::Event(EventKind::Admission) => "Admitted",
        Said::Event(EventKind::MedicationStart) => "Started",
        Said::Event(EventKind::MedicationStop) => "Stopped",
        Said::Event(EventKind::Monitoring) => "Digital follow-up",
        Said::Event(EventKind::PlanChange) => "Plan changed",
        Said::Event(EventKind::LimitChange) => "Limit changed",
        Said::Lasts => "ongoing",
        Said::HasEnded => "ended, date not given",
        Said::NamelessMedicine => "medicine without a name",
        Said::Standing(Standing::Running) => "follows up now",
        Said::Standing(Standing::Paused) => "the follow-up is paused",
        Said::Standing(Standing::Planned) => "will follow up later",
        Said::Standing(Standing::Ended) => "followed up earlier",
        Said::Nobody => "The name is not stated",
        Said::Since => "Since",
        Said::Until => "Until",
        Said::Mail => "E-mail",
        Said::Hours => "Opening hours",
        Said::InCharge => "In charge",
        Said::NotGiven => "not stated",
        Said::Weekday(day) => match day {
            0 => "Mon.",
            1 => "Tue.",
            2 => "Wed.",
            3 => "Thu.",
            4 => "Fri.",
            5 => "Sat.",
            _ => "Sun.",
        },
        Said::EveryDay => "every day",
        Said::RoundTheClock => "round the clock",
    }
    .into()
}
