//! Bokmål: the words of the document for the journal.

use std::borrow::Cow;

use chart_model::record::Beside;

use super::super::record_msg::RecordMsg as Said;
use super::{count, whole};

/// Every message of it in bokmål.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::ToRecord => "Til journal",
        Said::Holds(names) => return format!("Med: {names}").into(),
        Said::NotShown(names) => return format!("Har målinger, men vises ikke og er ikke med: {names}").into(),
        Said::NotWithIt(parts) => return format!("Ikke med: {parts}").into(),
        Said::Beside(Beside::Plan) => "teksten i egenbehandlingsplanen",
        Said::Beside(Beside::Questionnaires) => "skjema",
        Said::Beside(Beside::Notes) => "oppfølgingsnotater",
        Said::Beside(Beside::Events) => "hendelser på tidsaksen",
        Said::Beside(Beside::FollowUp) => "hvem som følger opp",
        Said::Incomplete(names) => return format!("Ikke fullstendig hentet: {names}").into(),
        Said::Making => "Lager dokumentet …",
        Said::NotMade => "Dokumentet kunne ikke lages.",
        Said::Text => "Teksten",
        Said::Picture => "Bilde av kurvene",
        Said::CopyText => "Kopier tekst",
        Said::SavePicture => "Last ned bilde",
        Said::SavePdf => "Last ned PDF",
        Said::Print => "Skriv ut",
        Said::Write => "Skriv til journalen",
        Said::WriteAgain => "Se etter, og skriv hvis det mangler",
        Said::Copied => "Teksten er kopiert.",
        Said::Selected => "Teksten er merket. Kopier med Ctrl og C.",
        Said::Saved(name) => return format!("Lastet ned: {name}").into(),
        Said::SavedInFrame => {
            "Kommer ikke filen, hindrer journalen nedlasting herfra: kopier teksten, eller åpne visningen i eget vindu."
        }
        Said::Writing => "Skriver til journalen …",
        Said::Written(moment) => return format!("Skrevet til journalen {moment}.").into(),
        Said::WasThere(moment) => return format!("Står allerede i journalen, skrevet {moment}.").into(),
        Said::WasThereSome => "Står allerede i journalen.",
        Said::ReadBack => "Lest tilbake og uendret.",
        Said::Differs => "Journalen har lagret noe annet enn det som ble sendt. Åpne dokumentet i journalen og kontroller.",
        Said::NotReadBack => "Det kunne ikke leses tilbake.",
        Said::NotKnown => "Svaret kom ikke. Det er ikke kjent om dokumentet ble skrevet.",
        Said::NotWritten => "Dokumentet ble ikke skrevet.",

        Said::Readings => "Målinger",
        Said::Count(readings) => return count(whole(readings), "måling", "målinger"),
        Said::LeftOut(what) => return format!("utelatt: {what}").into(),
        Said::NoPlan => "ingen kjent plan",
        Said::Made => "Laget",
        Said::By(moment, name) => return format!("{moment} av {name}").into(),
        Said::Fetched(name, moment) => return format!("{name}, hentet {moment}").into(),
        Said::NotFetched(name) => return format!("{name}, ikke fullstendig hentet").into(),
        Said::Page => "Side",
        Said::OfPages => "av",
        Said::Limits => "Grenser",
        Said::LimitsFrom(day, limits) => return format!("fra {day}: {limits}").into(),
        Said::NotIn => "Ikke med i dokumentet",
        Said::Unprintable => "Tegn som skriften mangler, står som kode i hakeparentes.",
        Said::Gap => "Opphold i målingene",
        Said::LimitChange => "Grense endret",
        Said::PlanChange => "Ny versjon av planen",
        Said::Day => "Dag",
        Said::Spread => "Lavest–høyest",
        Said::Shares => "Soner",
        Said::CountAndMean => "Antall og snitt",
        Said::MeanIs(mean) => return format!("snitt {mean}").into(),
        Said::RowADay => "Tabellen har én rad per dag.",
        Said::Thinned => "Kurven viser laveste og høyeste måling i hvert tidsrom.",
        Said::Implausible(readings) => return count(whole(readings), "usannsynlig", "usannsynlige"),
    }
    .into()
}
