//! Nynorsk: the words of what is opened on demand.

use std::borrow::Cow;

use chart_model::events::EventKind;
use chart_model::follow_up::Standing;
use chart_model::notes::{NotANote, NoteKind};

use super::super::on_demand_msg::OnDemandMsg as Said;
use super::{count, whole};
use crate::state::Topic;

/// Every message of it in nynorsk.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::Name(Topic::Questionnaires) => "Skjema",
        Said::Name(Topic::Notes) => "Oppfølgingsnotat",
        Said::Name(Topic::FollowUp) => "Kven følgjer opp no",
        Said::Name(Topic::Admissions) => "Innleggingar",
        Said::Name(Topic::Medicines) => "Medisinar",
        Said::Name(Topic::Changes) => "Plan- og grenseendringar",
        Said::Name(Topic::Monitoring) => "Oppfølgingsperiodar",
        Said::NoneOf(Topic::Questionnaires) => "Ingen skjema er svara på.",
        Said::NoneOf(Topic::Notes) => "Ingen oppfølgingsnotat er skrivne.",
        Said::NoneOf(Topic::FollowUp) => "Det er ikkje oppgitt kven som følgjer opp.",
        Said::NoneOf(Topic::Admissions) => "Ingen innleggingar i perioden.",
        Said::NoneOf(Topic::Medicines) => "Ingen medisinar starta eller slutta i perioden.",
        Said::NoneOf(Topic::Changes) => "Ingen plan- eller grenseendringar i perioden.",
        Said::NoneOf(Topic::Monitoring) => "Ingen oppfølgingsperiodar i perioden.",
        Said::FailedOf(Topic::Questionnaires) => "Skjema kunne ikkje hentast.",
        Said::FailedOf(Topic::Notes) => "Oppfølgingsnotata kunne ikkje hentast.",
        Said::FailedOf(Topic::FollowUp) => "Kven som følgjer opp, kunne ikkje hentast.",
        Said::FailedOf(Topic::Admissions) => "Innleggingane kunne ikkje hentast.",
        Said::FailedOf(Topic::Medicines) => "Medisinane kunne ikkje hentast.",
        Said::FailedOf(Topic::Changes) => "Plan- og grenseendringane kunne ikkje hentast.",
        Said::FailedOf(Topic::Monitoring) => "Oppfølgingsperiodane kunne ikkje hentast.",
        Said::NotAllSources => "Ikkje alle kjeldene er spurde. Det kan finnast meir.",
        Said::Unread(number) => return count(whole(number), "kunne ikkje tolkast", "kunne ikkje tolkast"),

        Said::ShowAnswers => "Vis svar",
        Said::HideAnswers => "Gøym svar",
        Said::NamelessForm => "Skjema utan namn",
        Said::AnsweredBy(name) => return format!("svara på av {name}").into(),
        Said::RecordedBy(name) => return format!("ført av {name}").into(),
        Said::NoDay => "dag ikkje oppgitt",
        Said::NoScore => "utan skår",
        Said::OffScale => "utanfor skalaen, kontroller",
        Said::NotFinished => "ikkje fullført",
        Said::GivenUp => "avbrote",
        Said::ChangedLater => "endra etter at det vart levert",
        Said::OnlyScores => "Kjelda har berre sendt skåren, ikkje svara.",
        Said::ChangesSince(day) => return format!("Endringar er merkte mot svara frå {day}").into(),
        Said::Before(answer) => return format!("Endra, før: {answer}").into(),
        Said::NotAsked => "Svara på førre gong, ikkje no",
        Said::NotAnswered => "ikkje svara på",
        Said::Yes => "Ja",
        Said::No => "Nei",
        Said::File(name) => return format!("vedlegg: {name}").into(),
        Said::Unreadable(sent) => return format!("kunne ikkje tolkast: {sent}").into(),
        Said::LeftOut(number) => {
            return count(
                whole(number),
                "trekt, dobbelt eller utan verdi er utelate",
                "trekte, doble eller utan verdi er utelatne",
            );
        }

        Said::Kind(NoteKind::Note) => "Notat",
        Said::Kind(NoteKind::Measures) => "Tiltak ved varsel",
        Said::Kind(NoteKind::Remark) => "Merknad",
        Said::Kind(NoteKind::Comment) => "Kommentar til målinga",
        Said::About => "Om målinga",
        Said::NotAmongReadings => "ei måling som ikkje er henta",
        Said::ShowReading(reading) => return format!("Vis {reading} i kurva").into(),
        Said::Done => "Gjort",
        Said::HasNote => "har oppfølgingsnotat",
        Said::NoNotes(why, number) => {
            let number = whole(number);
            return match why {
                NotANote::Message => count(number, "melding blir ikkje vist", "meldingar blir ikkje viste"),
                NotANote::Warning => count(number, "varsel utan notat", "varsel utan notat"),
                NotANote::Retracted => count(
                    number,
                    "trekt eller ikkje ferdig notat",
                    "trekte eller ikkje ferdige notat",
                ),
                NotANote::PatientComment => count(
                    number,
                    "kommentar frå pasienten står ved målinga",
                    "kommentarar frå pasienten står ved målingane",
                ),
                NotANote::OtherDocument => {
                    count(number, "dokument av eit anna slag", "dokument av eit anna slag")
                }
            };
        }

        Said::Events => "Hendingar på tidsaksen",
        Said::EventsInPeriod => "Hendingar i perioden",
        Said::Event(EventKind::Admission) => "Innlagd",
        Said::Event(EventKind::MedicationStart) => "Starta",
        Said::Event(EventKind::MedicationStop) => "Slutta",
        Said::Event(EventKind::Monitoring) => "Digital oppfølging",
        Said::Event(EventKind::PlanChange) => "Plan endra",
        Said::Event(EventKind::LimitChange) => "Grense endra",
        Said::Lasts => "pågår",
        Said::HasEnded => "avslutta, dato ikkje oppgitt",
        Said::NamelessMedicine => "legemiddel utan namn",
        Said::Standing(Standing::Running) => "følgjer opp no",
        Said::Standing(Standing::Paused) => "oppfølginga er sett på pause",
        Said::Standing(Standing::Planned) => "skal følgje opp seinare",
        Said::Standing(Standing::Ended) => "følgde opp tidlegare",
        Said::Nobody => "Namnet er ikkje oppgitt",
        Said::Since => "Sidan",
        Said::Until => "Til",
        Said::Mail => "E-post",
        Said::Hours => "Opningstid",
        Said::InCharge => "Ansvarleg",
        Said::NotGiven => "ikkje oppgitt",
        Said::Weekday(day) => match day {
            0 => "mån.",
            1 => "tys.",
            2 => "ons.",
            3 => "tor.",
            4 => "fre.",
            5 => "laur.",
            _ => "sun.",
        },
        Said::EveryDay => "alle dagar",
        Said::RoundTheClock => "heile døgnet",
    }
    .into()
}
