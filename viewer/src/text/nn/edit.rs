//! Nynorsk: the words of the plan while it is written, reviewed, merged and decided.

use std::borrow::Cow;

use chart_model::care_plan::{Bound, Lock};

use super::super::edit_msg::EditMsg;
use super::{count, number, whole};
use crate::state::plan::SaveProblemKind;

/// Every message of the editor in nynorsk.
pub(super) fn say(msg: EditMsg<'_>) -> Cow<'static, str> {
    match msg {
        EditMsg::Editing => "Rediger planen",
        EditMsg::Begin => "Lag ein plan",
        EditMsg::Review => "Sjå over endringar",
        EditMsg::GoOn => "Rediger vidare",
        EditMsg::Undo => "Angre",
        EditMsg::Redo => "Gjer om",
        EditMsg::Add => "Legg til",
        EditMsg::Remove => "Slett",
        EditMsg::Restore => "Set inn igjen",
        EditMsg::AllAreas => "Vis alle område",
        EditMsg::Discard => "Forkast endringane",
        EditMsg::DiscardAsked => "Skal alle endringar i utkastet forkastast?",
        EditMsg::DiscardYes => "Ja, forkast",
        EditMsg::Keep => "Nei, behald",
        EditMsg::AddTo(place) => return format!("Legg til i {place}").into(),
        EditMsg::Item(list, number) => return format!("{list}, nummer {number}").into(),
        EditMsg::FieldOf(item, field) => return format!("{item}: {field}").into(),
        EditMsg::ActionOn(action, item) => return format!("{action}: {item}").into(),
        EditMsg::Unsaved(number) => return format!("{} er ikkje lagra", count(whole(number), "endring", "endringar")).into(),
        EditMsg::ToPutRight(number) => return format!("{} må rettast først.", count(whole(number), "felt", "felt")).into(),
        EditMsg::KeptAway => {
            "Ulagra tekst i planen er teken vare på så lenge denne sida er open. Han er her igjen når same pasient er open i journalen."
        }
        EditMsg::KeptExpired => {
            "Økta har gått ut. Det du har skrive i planen, er her framleis og kan lagrast: då blir det logga på igjen først."
        }
        EditMsg::CloseAsked => "Det du har skrive i planen, er ikkje lagra. Lukke likevel?",
        EditMsg::CloseYes => "Ja, lukk utan å lagre",
        EditMsg::Locked(Lock::Requested) => "Kjem frå ei bestilling av målingar, og blir ikkje endra her.",
        EditMsg::Locked(Lock::OlderForm) => "Lagra i ei eldre form, som berre kan lesast her.",
        EditMsg::Locked(Lock::NameOnly) => "Kjelda sende berre namnet. Det kan ikkje endrast her.",
        EditMsg::Locked(Lock::NoRoom) => "Kan ikkje lagrast der planen ligg.",
        EditMsg::OnlyZones => {
            "Der planen ligg, kan berre tittel, omtale og tekstane til sonene lagrast: ikkje mål, kontaktpersonar, grenser eller merknader."
        }

        EditMsg::WillBeSaved => "Dette blir lagra",
        EditMsg::NothingChanged => "Ingenting er endra.",
        EditMsg::Why => "Kvifor blir planen endra?",
        EditMsg::WhyHint => "Står i endringsloggen.",
        EditMsg::Save => "Lagre",
        EditMsg::Suggest => "Føreslå",
        EditMsg::SuggestHint => "Eit framlegg gjeld først når det er godkjent.",
        EditMsg::Saving => "Lagrar …",
        EditMsg::Reload => "Hent planen på nytt",
        EditMsg::Suggested => "Framlegget er lagra. Det gjeld først når det er godkjent.",
        EditMsg::Differs => "Kjelda har lagra noko anna enn det som vart sendt. Kontroller planen.",
        EditMsg::ShowSaved => "Vis endringane",
        EditMsg::SaveProblem(SaveProblemKind::NoVersion) => {
            "Kjelda oppgir ikkje kva versjon som gjeld. Ei lagring kunne ha overskrive teksten til andre, og ingenting er lagra."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotSaved) => {
            "Planen vart ikkje lagra. Utkastet er her framleis."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotRecorded) => {
            "Planen er lagra, men ikkje kven som endra han."
        }
        EditMsg::SaveProblem(SaveProblemKind::SessionOver) => {
            "Økta er utgått, og planen er ikkje lagra enno. Utkastet er her framleis."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotKnown) => {
            "Det kom ikkje noko svar, så planen kan vere lagra eller ikkje. Hent han på nytt før du lagrar igjen. Utkastet er her framleis."
        }
        EditMsg::SavedAs(version) => return format!("Lagra som {version}.").into(),

        EditMsg::Overtaken => "Nokon andre har endra planen",
        EditMsg::MergedWith(who) => {
            return format!("Nokon andre har endra planen: {who}. Utkastet er slått saman med han, og kan sjåast over på nytt.").into();
        }
        EditMsg::Before => "Før",
        EditMsg::Mine => "Mitt",
        EditMsg::Theirs => "Deira",
        EditMsg::Own => "Eigen tekst",
        EditMsg::Removed => "Teken ut",
        EditMsg::MergedByItself => "Gått saman av seg sjølv",
        EditMsg::MyChanges => "Mine endringar",
        EditMsg::TheirChanges => "Endringane til den andre",
        EditMsg::Clashes(number) => return format!("{} må avgjerast", count(whole(number), "stad", "stader")).into(),
        EditMsg::Undecided(number) => return format!("{} er ikkje avgjort.", count(whole(number), "stad", "stader")).into(),
        EditMsg::ChoiceAt(place) => return format!("{place}: kva skal stå?").into(),

        EditMsg::Accept => "Godta",
        EditMsg::Reject => "Avvis",
        EditMsg::AcceptAll => "Godta alle",
        EditMsg::RejectAll => "Avvis alle",
        EditMsg::Answer => "Kommentar til den som føreslo",
        EditMsg::Decide => "Lagre avgjerda",

        EditMsg::EditLimits => "Endre grenser",
        EditMsg::NotPlanned => "ikkje planlagt",
        EditMsg::NoReadings => "Ingen målingar i perioden å prøve grensene på.",
        EditMsg::FromNow => "Gjeld frå no. Tidlegare målingar beheld fargane.",
        EditMsg::AsSent => "Kjelda har grenser som fire felt ikkje kan vise. Dei blir erstatta når eit felt blir endra.",
        EditMsg::ResetLimits => "Tilbake til dagens grenser",
        EditMsg::LimitsOf(name) => return format!("Grenser for {name}").into(),
        EditMsg::InUnit(unit) => return format!("Eining: {unit}").into(),
        EditMsg::CountedBy => {
            "Frå grensene som gjeld no, til dei nye. Alle målingar i perioden er talde med begge."
        }
        EditMsg::ShownBefore(yellow, red) => {
            let yellow = count(whole(yellow), "gul", "gule");
            let red = count(whole(red), "raud", "raude");
            return format!("I kurva har kvar måling fargen frå grensene som galdt då: {yellow}, {red}.").into();
        }
        EditMsg::Yellow(before, after) => {
            return format!("{} → {}", count(whole(before), "gul", "gule"), number(after)).into();
        }
        EditMsg::Red(before, after) => {
            return format!("{} → {}", count(whole(before), "raud", "raude"), number(after)).into();
        }

        EditMsg::NoPhoneNumber => "Skriv eit nummer som kan ringast.",
        EditMsg::NoDate => "Skriv ein dato.",
        EditMsg::Nameless => "Skriv eit namn eller ei rolle.",
        EditMsg::NotANumber => "Skriv eit tal.",
        EditMsg::TooLong(most) => return format!("Teksten kan ha høgst {}.", count(whole(most), "teikn", "teikn")).into(),
        EditMsg::NotAbove(Bound::RedLow) => "Må vere over raud låg.",
        EditMsg::NotAbove(Bound::YellowLow) => "Må vere over gul låg.",
        EditMsg::NotAbove(Bound::YellowHigh) => "Må vere over gul høg.",
        EditMsg::NotAbove(Bound::RedHigh) => "Må vere over raud høg.",
        EditMsg::Implausible(low, high) => return format!("Må vere frå {low} til {high}.").into(),
        EditMsg::TooManyDecimals(0) => "Skriv eit heilt tal.",
        EditMsg::TooManyDecimals(most) => {
            return format!("Skriv høgst {}.", count(most.into(), "desimal", "desimalar")).into();
        }
    }
    .into()
}
