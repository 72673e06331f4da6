//! Bokmål: the words of the plan as it is read and compared.

use std::borrow::Cow;

use chart_model::care_plan::{Area, Bound, PlanZone};

use super::super::plan_msg::PlanMsg;
use super::{count, whole};

/// Every message of the plan in bokmål.
pub(super) fn say(msg: PlanMsg<'_>) -> Cow<'static, str> {
    match msg {
        PlanMsg::Zone(PlanZone::Green) => "Grønn sone",
        PlanMsg::Zone(PlanZone::Yellow) => "Gul sone",
        PlanMsg::Zone(PlanZone::Red) => "Rød sone",
        PlanMsg::ZoneWord(PlanZone::Green) => "Grønn",
        PlanMsg::ZoneWord(PlanZone::Yellow) => "Gul",
        PlanMsg::ZoneWord(PlanZone::Red) => "Rød",
        PlanMsg::Zones => "Sone",
        PlanMsg::AnyZone => "Uansett sone",
        PlanMsg::Area(Area::Medication) => "Medisiner",
        PlanMsg::Area(Area::PhysicalActivity) => "Aktivitet",
        PlanMsg::Area(Area::Diet) => "Kosthold",
        PlanMsg::Area(Area::Measurements) => "Målinger",
        PlanMsg::Area(Area::MentalHealth) => "Psykisk helse",
        PlanMsg::Area(Area::Lifestyle) => "Livsstil",
        PlanMsg::Area(Area::Other) => "Annet",
        PlanMsg::Condition => "Kjennetegn",
        PlanMsg::Nothing => "Ikke beskrevet",
        PlanMsg::Title => "Tittel",
        PlanMsg::Description => "Om planen",
        PlanMsg::Goals => "Hva er viktig for meg",
        PlanMsg::Contacts => "Kontaktpersoner",
        PlanMsg::FollowUp => "Følger opp nå",
        PlanMsg::Until(day) => return format!("til {day}").into(),
        PlanMsg::UntilDay => "Til og med",
        PlanMsg::Name => "Navn",
        PlanMsg::RoleName => "Rolle",
        PlanMsg::Phone => "Telefon",
        PlanMsg::Organisation => "Arbeidssted",
        PlanMsg::Notes => "Merknader",
        PlanMsg::Measured => "Måles",
        PlanMsg::HowOften => "hvor ofte",
        PlanMsg::TimesADay(1) => "hver dag",
        PlanMsg::TimesADay(times) => return format!("{} per dag", count(times, "gang", "ganger")).into(),
        PlanMsg::EveryHours(hours) => return format!("hver {hours}. time").into(),
        PlanMsg::EveryDays(days) => return format!("hver {days}. dag").into(),
        PlanMsg::EveryWeeks(1) => "hver uke",
        PlanMsg::EveryWeeks(weeks) => return format!("hver {weeks}. uke").into(),
        PlanMsg::LimitsPlace => "grenser",
        PlanMsg::Bound(Bound::RedLow) => "Rød lav",
        PlanMsg::Bound(Bound::YellowLow) => "Gul lav",
        PlanMsg::Bound(Bound::YellowHigh) => "Gul høy",
        PlanMsg::Bound(Bound::RedHigh) => "Rød høy",
        PlanMsg::Order => "rekkefølge",

        PlanMsg::WholePlan => "Vis hele planen",
        PlanMsg::Back => "Tilbake",
        PlanMsg::ChangeLog => "Endringslogg",
        PlanMsg::Edit => "Rediger",
        PlanMsg::Suggest => "Foreslå endring",
        PlanMsg::Changes(changes) => return count(whole(changes), "endring", "endringer"),
        PlanMsg::NoChanges => "Ingen endringer.",
        PlanMsg::LatestVersion => "Siste versjon",
        PlanMsg::SinceSeen => "Siden du sist så planen",
        PlanMsg::NothingSinceSeen => "Ingen endringer siden du sist så planen.",
        PlanMsg::TwoVersions => "Velg to versjoner",
        PlanMsg::OlderVersion => "Fra",
        PlanMsg::NewerVersion => "Til",
        PlanMsg::FromVersionTo(older, newer) => return format!("Fra {older} til {newer}").into(),
        PlanMsg::Versions => "Versjoner",
        PlanMsg::ShowChangesOf(version) => return format!("Vis endringene i {version}").into(),
        PlanMsg::FirstVersion => "Første versjon",
        PlanMsg::VersionsMissing(versions) => {
            return format!("{versions} finnes ikke lenger hos kilden.").into();
        }
        PlanMsg::OldestGiven => "Eldste versjon som kilden gir",
        PlanMsg::VersionNumber(number) => return format!("v{number}").into(),
        PlanMsg::VersionOf(time) => return format!("versjonen fra {time}").into(),
        PlanMsg::InPeriod => "Endret i perioden:",
        PlanMsg::Mark(version) => return format!("Plan endret: {version}").into(),
        PlanMsg::VersionUnnamed => "versjon uten nummer",
        PlanMsg::Unnumbered => "Plan",
        PlanMsg::Layout => "Visning",
        PlanMsg::Tracked => "I teksten",
        PlanMsg::SideBySide => "Side om side",
        PlanMsg::Inserted => "satt inn:",
        PlanMsg::Deleted => "strøket:",
        PlanMsg::NoAuthor => "Forfatter er ikke oppgitt",
        PlanMsg::AuthorOfPlan => "ifølge planen selv",
        PlanMsg::NoTime => "tidspunkt er ikke oppgitt",
        PlanMsg::Comment(comment) => return format!("Kommentar: {comment}").into(),
        PlanMsg::HistoryCutShort => "Kilden gir ikke alle versjonene.",
        PlanMsg::HistoryNotGiven => {
            "Kilden gir ingen endringslogg. Det som gjelder nå, er alt som kan vises."
        }
        PlanMsg::HistoryAwaited => "Henter endringsloggen …",
        PlanMsg::HistoryFailed => "Endringsloggen kunne ikke hentes.",

        PlanMsg::Suggestion => "Forslag til endring",
        PlanMsg::SuggestionsWait(number) => return count(whole(number), "forslag venter", "forslag venter"),
        PlanMsg::ShowSuggestion => "Se forslaget",
        PlanMsg::ChangedSince => "Planen er endret her siden forslaget ble skrevet.",
        PlanMsg::AlreadyInPlan => "Alt i forslaget står allerede i planen.",
    }
    .into()
}
