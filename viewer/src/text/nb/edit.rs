//! Bokmål: the words of the plan while it is written, reviewed, merged and decided.

use std::borrow::Cow;

use chart_model::care_plan::{Bound, Lock};

use super::super::edit_msg::EditMsg;
use super::{count, number, whole};
use crate::state::plan::SaveProblemKind;

/// Every message of the editor in bokmål.
pub(super) fn say(msg: EditMsg<'_>) -> Cow<'static, str> {
    match msg {
        EditMsg::Editing => "Rediger planen",
        EditMsg::Begin => "Lag en plan",
        EditMsg::Review => "Se over endringer",
        EditMsg::GoOn => "Rediger videre",
        EditMsg::Undo => "Angre",
        EditMsg::Redo => "Gjør om",
        EditMsg::Add => "Legg til",
        EditMsg::Remove => "Slett",
        EditMsg::Restore => "Sett inn igjen",
        EditMsg::AllAreas => "Vis alle områder",
        EditMsg::Discard => "Forkast endringene",
        EditMsg::DiscardAsked => "Skal alle endringer i utkastet forkastes?",
        EditMsg::DiscardYes => "Ja, forkast",
        EditMsg::Keep => "Nei, behold",
        EditMsg::AddTo(place) => return format!("Legg til i {place}").into(),
        EditMsg::Item(list, number) => return format!("{list}, nummer {number}").into(),
        EditMsg::FieldOf(item, field) => return format!("{item}: {field}").into(),
        EditMsg::ActionOn(action, item) => return format!("{action}: {item}").into(),
        EditMsg::Unsaved(number) => return format!("{} er ikke lagret", count(whole(number), "endring", "endringer")).into(),
        EditMsg::ToPutRight(number) => return format!("{} må rettes først.", count(whole(number), "felt", "felt")).into(),
        EditMsg::KeptAway => {
            "Ulagret tekst i planen er beholdt så lenge denne siden er åpen. Den er her igjen når samme pasient er åpen i journalen."
        }
        EditMsg::KeptExpired => {
            "Økten er utløpt. Det du har skrevet i planen, er her fortsatt og kan lagres: da logges det på igjen først."
        }
        EditMsg::CloseAsked => "Det du har skrevet i planen, er ikke lagret. Lukke likevel?",
        EditMsg::CloseYes => "Ja, lukk uten å lagre",
        EditMsg::Locked(Lock::Requested) => "Kommer fra en bestilling av målinger, og endres ikke her.",
        EditMsg::Locked(Lock::OlderForm) => "Lagret i en eldre form, som bare kan leses her.",
        EditMsg::Locked(Lock::NameOnly) => "Kilden sendte bare navnet. Det kan ikke endres her.",
        EditMsg::Locked(Lock::NoRoom) => "Kan ikke lagres der planen ligger.",
        EditMsg::OnlyZones => {
            "Der planen ligger, kan bare tittel, omtale og sonenes tekster lagres: ikke mål, kontaktpersoner, grenser eller merknader."
        }

        EditMsg::WillBeSaved => "Dette blir lagret",
        EditMsg::NothingChanged => "Ingenting er endret.",
        EditMsg::Why => "Hvorfor endres planen?",
        EditMsg::WhyHint => "Står i endringsloggen.",
        EditMsg::Save => "Lagre",
        EditMsg::Suggest => "Foreslå",
        EditMsg::SuggestHint => "Et forslag gjelder først når det er godkjent.",
        EditMsg::Saving => "Lagrer …",
        EditMsg::Reload => "Hent planen på nytt",
        EditMsg::Suggested => "Forslaget er lagret. Det gjelder først når det er godkjent.",
        EditMsg::Differs => "Kilden har lagret noe annet enn det som ble sendt. Kontroller planen.",
        EditMsg::ShowSaved => "Vis endringene",
        EditMsg::SaveProblem(SaveProblemKind::NoVersion) => {
            "Kilden oppgir ikke hvilken versjon som gjelder. En lagring kunne overskrevet andres tekst, og ingenting er lagret."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotSaved) => {
            "Planen ble ikke lagret. Utkastet er her fortsatt."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotRecorded) => {
            "Planen er lagret, men ikke hvem som endret den."
        }
        EditMsg::SaveProblem(SaveProblemKind::SessionOver) => {
            "Økten er utløpt, og planen er ikke lagret ennå. Utkastet er her fortsatt."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotKnown) => {
            "Det kom ikke noe svar, så planen kan være lagret eller ikke. Hent den på nytt før du lagrer igjen. Utkastet er her fortsatt."
        }
        EditMsg::SavedAs(version) => return format!("Lagret som {version}.").into(),

        EditMsg::Overtaken => "Noen andre har endret planen",
        EditMsg::MergedWith(who) => {
            return format!("Noen andre har endret planen: {who}. Utkastet er slått sammen med den, og kan ses over på nytt.").into();
        }
        EditMsg::Before => "Før",
        EditMsg::Mine => "Mitt",
        EditMsg::Theirs => "Deres",
        EditMsg::Own => "Egen tekst",
        EditMsg::Removed => "Tatt ut",
        EditMsg::MergedByItself => "Gått sammen av seg selv",
        EditMsg::MyChanges => "Mine endringer",
        EditMsg::TheirChanges => "Den andres endringer",
        EditMsg::Clashes(number) => return format!("{} må avgjøres", count(whole(number), "sted", "steder")).into(),
        EditMsg::Undecided(number) => return format!("{} er ikke avgjort.", count(whole(number), "sted", "steder")).into(),
        EditMsg::ChoiceAt(place) => return format!("{place}: hva skal stå?").into(),

        EditMsg::Accept => "Godta",
        EditMsg::Reject => "Avvis",
        EditMsg::AcceptAll => "Godta alle",
        EditMsg::RejectAll => "Avvis alle",
        EditMsg::Answer => "Kommentar til den som foreslo",
        EditMsg::Decide => "Lagre avgjørelsen",

        EditMsg::EditLimits => "Endre grenser",
        EditMsg::NotPlanned => "ikke planlagt",
        EditMsg::NoReadings => "Ingen målinger i perioden å prøve grensene på.",
        EditMsg::FromNow => "Gjelder fra nå. Tidligere målinger beholder fargene.",
        EditMsg::AsSent => "Kilden har grenser som fire felt ikke kan vise. De erstattes når et felt endres.",
        EditMsg::ResetLimits => "Tilbake til dagens grenser",
        EditMsg::LimitsOf(name) => return format!("Grenser for {name}").into(),
        EditMsg::InUnit(unit) => return format!("Enhet: {unit}").into(),
        EditMsg::CountedBy => {
            "Fra grensene som gjelder nå, til de nye. Alle målinger i perioden er talt med begge."
        }
        EditMsg::ShownBefore(yellow, red) => {
            let yellow = count(whole(yellow), "gul", "gule");
            let red = count(whole(red), "rød", "røde");
            return format!("I kurven har hver måling fargen fra grensene som gjaldt da: {yellow}, {red}.").into();
        }
        EditMsg::Yellow(before, after) => {
            return format!("{} → {}", count(whole(before), "gul", "gule"), number(after)).into();
        }
        EditMsg::Red(before, after) => {
            return format!("{} → {}", count(whole(before), "rød", "røde"), number(after)).into();
        }

        EditMsg::NoPhoneNumber => "Skriv et nummer som kan ringes.",
        EditMsg::NoDate => "Skriv en dato.",
        EditMsg::Nameless => "Skriv et navn eller en rolle.",
        EditMsg::NotANumber => "Skriv et tall.",
        EditMsg::TooLong(most) => return format!("Teksten kan ha høyst {}.", count(whole(most), "tegn", "tegn")).into(),
        EditMsg::NotAbove(Bound::RedLow) => "Må være over rød lav.",
        EditMsg::NotAbove(Bound::YellowLow) => "Må være over gul lav.",
        EditMsg::NotAbove(Bound::YellowHigh) => "Må være over gul høy.",
        EditMsg::NotAbove(Bound::RedHigh) => "Må være over rød høy.",
        EditMsg::Implausible(low, high) => return format!("Må være fra {low} til {high}.").into(),
        EditMsg::TooManyDecimals(0) => "Skriv et helt tall.",
        EditMsg::TooManyDecimals(most) => {
            return format!("Skriv høyst {}.", count(most.into(), "desimal", "desimaler")).into();
        }
    }
    .into()
}
