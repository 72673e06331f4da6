//! Nynorsk: the words of the document for the journal.

use std::borrow::Cow;

use chart_model::record::Beside;

use super::super::record_msg::RecordMsg as Said;
use super::{count, whole};

/// Every message of it in nynorsk.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::ToRecord => "Til journal",
        Said::Holds(names) => return format!("Med: {names}").into(),
        Said::NotShown(names) => return format!("Har målingar, men blir ikkje viste og er ikkje med: {names}").into(),
        Said::NotWithIt(parts) => return format!("Ikkje med: {parts}").into(),
        Said::Beside(Beside::Plan) => "teksten i eigenbehandlingsplanen",
        Said::Beside(Beside::Questionnaires) => "skjema",
        Said::Beside(Beside::Notes) => "oppfølgingsnotat",
        Said::Beside(Beside::Events) => "hendingar på tidsaksen",
        Said::Beside(Beside::FollowUp) => "kven som følgjer opp",
        Said::Incomplete(names) => return format!("Ikkje fullstendig henta: {names}").into(),
        Said::Making => "Lagar dokumentet …",
        Said::NotMade => "Dokumentet kunne ikkje lagast.",
        Said::Text => "Teksten",
        Said::Picture => "Bilete av kurvene",
        Said::CopyText => "Kopier tekst",
        Said::SavePicture => "Last ned bilete",
        Said::SavePdf => "Last ned PDF-en",
        Said::Print => "Skriv ut",
        Said::Write => "Skriv til journalen",
        Said::WriteAgain => "Sjå etter, og skriv om det manglar",
        Said::Copied => "Teksten er kopiert.",
        Said::Selected => "Teksten er merkt. Kopier med Ctrl og C.",
        Said::Saved(name) => return format!("Lasta ned: {name}").into(),
        Said::SavedInFrame => {
            "Kjem ikkje fila, hindrar journalen nedlasting herifrå: kopier teksten, eller opne visinga i eige vindauge."
        }
        Said::Writing => "Skriv til journalen …",
        Said::Written(moment) => return format!("Skrive til journalen {moment}.").into(),
        Said::WasThere(moment) => return format!("Står alt i journalen, skrive {moment}.").into(),
        Said::WasThereSome => "Står alt i journalen.",
        Said::ReadBack => "Lese tilbake og uendra.",
        Said::Differs => "Journalen har lagra noko anna enn det som vart sendt. Opne dokumentet i journalen og kontroller.",
        Said::NotReadBack => "Det kunne ikkje lesast tilbake.",
        Said::NotKnown => "Svaret kom ikkje. Det er ikkje kjent om dokumentet vart skrive.",
        Said::NotWritten => "Dokumentet vart ikkje skrive.",

        Said::Readings => "Målingar",
        Said::Count(readings) => return count(whole(readings), "måling", "målingar"),
        Said::LeftOut(what) => return format!("utelate: {what}").into(),
        Said::NoPlan => "ingen kjend plan",
        Said::Made => "Laga",
        Said::By(moment, name) => return format!("{moment} av {name}").into(),
        Said::Fetched(name, moment) => return format!("{name}, henta {moment}").into(),
        Said::NotFetched(name) => return format!("{name}, ikkje fullstendig henta").into(),
        Said::Page => "Side",
        Said::OfPages => "av",
        Said::Limits => "Grenser",
        Said::LimitsFrom(day, limits) => return format!("frå {day}: {limits}").into(),
        Said::NotIn => "Ikkje med i dokumentet",
        Said::Unprintable => "Teikn som skrifta manglar, står som kode i hakeparentes.",
        Said::Gap => "Opphald i målingane",
        Said::LimitChange => "Grense endra",
        Said::PlanChange => "Ny versjon av planen",
        Said::Day => "Dag",
        Said::Spread => "Lågast–høgast",
        Said::Shares => "Soner",
        Said::CountAndMean => "Tal og snitt",
        Said::MeanIs(mean) => return format!("snitt {mean}").into(),
        Said::RowADay => "Tabellen har éi rad per dag.",
        Said::Thinned => "Kurva viser lågaste og høgaste måling i kvart tidsrom.",
        Said::Implausible(readings) => return count(whole(readings), "usannsynleg", "usannsynlege"),
    }
    .into()
}
