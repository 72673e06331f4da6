//! Bokmål: the words of what is opened on demand.

use std::borrow::Cow;

use chart_model::events::EventKind;
use chart_model::follow_up::Standing;
use chart_model::notes::{NotANote, NoteKind};

use super::super::on_demand_msg::OnDemandMsg as Said;
use super::{count, whole};
use crate::state::Topic;

/// Every message of it in bokmål.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::Name(Topic::Questionnaires) => "Skjema",
        Said::Name(Topic::Notes) => "Oppfølgingsnotater",
        Said::Name(Topic::FollowUp) => "Hvem følger opp nå",
        Said::Name(Topic::Admissions) => "Innleggelser",
        Said::Name(Topic::Medicines) => "Medisiner",
        Said::Name(Topic::Changes) => "Plan- og grenseendringer",
        Said::Name(Topic::Monitoring) => "Oppfølgingsperioder",
        Said::NoneOf(Topic::Questionnaires) => "Ingen skjema er besvart.",
        Said::NoneOf(Topic::Notes) => "Ingen oppfølgingsnotater er skrevet.",
        Said::NoneOf(Topic::FollowUp) => "Det er ikke oppgitt hvem som følger opp.",
        Said::NoneOf(Topic::Admissions) => "Ingen innleggelser i perioden.",
        Said::NoneOf(Topic::Medicines) => "Ingen medisiner startet eller sluttet i perioden.",
        Said::NoneOf(Topic::Changes) => "Ingen plan- eller grenseendringer i perioden.",
        Said::NoneOf(Topic::Monitoring) => "Ingen oppfølgingsperioder i perioden.",
        Said::FailedOf(Topic::Questionnaires) => "Skjema kunne ikke hentes.",
        Said::FailedOf(Topic::Notes) => "Oppfølgingsnotatene kunne ikke hentes.",
        Said::FailedOf(Topic::FollowUp) => "Hvem som følger opp, kunne ikke hentes.",
        Said::FailedOf(Topic::Admissions) => "Innleggelsene kunne ikke hentes.",
        Said::FailedOf(Topic::Medicines) => "Medisinene kunne ikke hentes.",
        Said::FailedOf(Topic::Changes) => "Plan- og grenseendringene kunne ikke hentes.",
        Said::FailedOf(Topic::Monitoring) => "Oppfølgingsperiodene kunne ikke hentes.",
        Said::NotAllSources => "Ikke alle kildene er spurt. Det kan finnes mer.",
        Said::Unread(number) => return count(whole(number), "kunne ikke tolkes", "kunne ikke tolkes"),

        Said::ShowAnswers => "Vis svar",
        Said::HideAnswers => "Skjul svar",
        Said::NamelessForm => "Skjema uten navn",
        Said::AnsweredBy(name) => return format!("besvart av {name}").into(),
        Said::RecordedBy(name) => return format!("ført av {name}").into(),
        Said::NoDay => "dag ikke oppgitt",
        Said::NoScore => "uten skår",
        Said::OffScale => "utenfor skalaen, kontroller",
        Said::NotFinished => "ikke fullført",
        Said::GivenUp => "avbrutt",
        Said::ChangedLater => "endret etter at det ble levert",
        Said::OnlyScores => "Kilden har bare sendt skåren, ikke svarene.",
        Said::ChangesSince(day) => return format!("Endringer er markert mot svarene fra {day}").into(),
        Said::Before(answer) => return format!("Endret, før: {answer}").into(),
        Said::NotAsked => "Besvart forrige gang, ikke nå",
        Said::NotAnswered => "ikke besvart",
        Said::Yes => "Ja",
        Said::No => "Nei",
        Said::File(name) => return format!("vedlegg: {name}").into(),
        Said::Unreadable(sent) => return format!("kunne ikke tolkes: {sent}").into(),
        Said::LeftOut(number) => {
            return count(
                whole(number),
                "trukket, dobbelt eller uten verdi er utelatt",
                "trukne, doble eller uten verdi er utelatt",
            );
        }

        Said::Kind(NoteKind::Note) => "Notat",
        Said::Kind(NoteKind::Measures) => "Tiltak ved varsel",
        Said::Kind(NoteKind::Remark) => "Merknad",
        Said::Kind(NoteKind::Comment) => "Kommentar til målingen",
        Said::About => "Om målingen",
        Said::NotAmongReadings => "en måling som ikke er hentet",
        Said::ShowReading(reading) => return format!("Vis {reading} i kurven").into(),
        Said::Done => "Gjort",
        Said::HasNote => "har oppfølgingsnotat",
        Said::NoNotes(why, number) => {
            let number = whole(number);
            return match why {
                NotANote::Message => count(number, "melding vises ikke", "meldinger vises ikke"),
                NotANote::Warning => count(number, "varsel uten notat", "varsler uten notat"),
                NotANote::Retracted => count(
                    number,
                    "trukket eller ikke ferdig notat",
                    "trukne eller ikke ferdige notater",
                ),
                NotANote::PatientComment => count(
                    number,
                    "kommentar fra pasienten vises ved målingen",
                    "kommentarer fra pasienten vises ved målingene",
                ),
                NotANote::OtherDocument => {
                    count(number, "dokument av et annet slag", "dokumenter av et annet slag")
                }
            };
        }

        Said::Events => "Hendelser på tidsaksen",
        Said::EventsInPeriod => "Hendelser i perioden",
        Said::Event(EventKind::Admission) => "Innlagt",
        Said::Event(EventKind::MedicationStart) => "Startet",
        Said::Event(EventKind::MedicationStop) => "Sluttet",
        Said::Event(EventKind::Monitoring) => "Digital oppfølging",
        Said::Event(EventKind::PlanChange) => "Plan endret",
        Said::Event(EventKind::LimitChange) => "Grense endret",
        Said::Lasts => "pågår",
        Said::HasEnded => "avsluttet, dato ikke oppgitt",
        Said::NamelessMedicine => "legemiddel uten navn",
        Said::Standing(Standing::Running) => "følger opp nå",
        Said::Standing(Standing::Paused) => "oppfølgingen er satt på pause",
        Said::Standing(Standing::Planned) => "skal følge opp senere",
        Said::Standing(Standing::Ended) => "fulgte opp tidligere",
        Said::Nobody => "Navnet er ikke oppgitt",
        Said::Since => "Siden",
        Said::Until => "Til",
        Said::Mail => "E-post",
        Said::Hours => "Åpningstid",
        Said::InCharge => "Ansvarlig",
        Said::NotGiven => "ikke oppgitt",
        Said::Weekday(day) => match day {
            0 => "man.",
            1 => "tir.",
            2 => "ons.",
            3 => "tor.",
            4 => "fre.",
            5 => "lør.",
            _ => "søn.",
        },
        Said::EveryDay => "alle dager",
        Said::RoundTheClock => "hele døgnet",
    }
    .into()
}
