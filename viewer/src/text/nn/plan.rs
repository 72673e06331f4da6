//! Nynorsk: the words of the plan as it is read and compared.

use std::borrow::Cow;

use chart_model::care_plan::{Area, Bound, PlanZone};

use super::super::plan_msg::PlanMsg;
use super::{count, whole};

/// Every message of the plan in nynorsk.
pub(super) fn say(msg: PlanMsg<'_>) -> Cow<'static, str> {
    match msg {
        PlanMsg::Zone(PlanZone::Green) => "Grøn sone",
        PlanMsg::Zone(PlanZone::Yellow) => "Gul sone",
        PlanMsg::Zone(PlanZone::Red) => "Raud sone",
        PlanMsg::ZoneWord(PlanZone::Green) => "Grøn",
        PlanMsg::ZoneWord(PlanZone::Yellow) => "Gul",
        PlanMsg::ZoneWord(PlanZone::Red) => "Raud",
        PlanMsg::Zones => "Sone",
        PlanMsg::AnyZone => "Uansett sone",
        PlanMsg::Area(Area::Medication) => "Medisinar",
        PlanMsg::Area(Area::PhysicalActivity) => "Aktivitet",
        PlanMsg::Area(Area::Diet) => "Kosthald",
        PlanMsg::Area(Area::Measurements) => "Målingar",
        PlanMsg::Area(Area::MentalHealth) => "Psykisk helse",
        PlanMsg::Area(Area::Lifestyle) => "Livsstil",
        PlanMsg::Area(Area::Other) => "Anna",
        PlanMsg::Condition => "Kjenneteikn",
        PlanMsg::Nothing => "Ikkje skildra",
        PlanMsg::Title => "Tittel",
        PlanMsg::Description => "Om planen",
        PlanMsg::Goals => "Kva er viktig for meg",
        PlanMsg::Contacts => "Kontaktpersonar",
        PlanMsg::FollowUp => "Følgjer opp no",
        PlanMsg::Until(day) => return format!("til {day}").into(),
        PlanMsg::UntilDay => "Til og med",
        PlanMsg::Name => "Namn",
        PlanMsg::RoleName => "Rolle",
        PlanMsg::Phone => "Telefon",
        PlanMsg::Organisation => "Arbeidsstad",
        PlanMsg::Notes => "Merknader",
        PlanMsg::Measured => "Skal målast",
        PlanMsg::HowOften => "kor ofte",
        PlanMsg::TimesADay(1) => "kvar dag",
        PlanMsg::TimesADay(times) => return format!("{} per dag", count(times, "gong", "gonger")).into(),
        PlanMsg::EveryHours(hours) => return format!("kvar {hours}. time").into(),
        PlanMsg::EveryDays(days) => return format!("kvar {days}. dag").into(),
        PlanMsg::EveryWeeks(1) => "kvar veke",
        PlanMsg::EveryWeeks(weeks) => return format!("kvar {weeks}. veke").into(),
        PlanMsg::LimitsPlace => "grenser",
        PlanMsg::Bound(Bound::RedLow) => "Raud låg",
        PlanMsg::Bound(Bound::YellowLow) => "Gul låg",
        PlanMsg::Bound(Bound::YellowHigh) => "Gul høg",
        PlanMsg::Bound(Bound::RedHigh) => "Raud høg",
        PlanMsg::Order => "rekkjefølgje",

        PlanMsg::WholePlan => "Vis heile planen",
        PlanMsg::Back => "Tilbake",
        PlanMsg::ChangeLog => "Endringslogg",
        PlanMsg::Edit => "Rediger",
        PlanMsg::Suggest => "Føreslå endring",
        PlanMsg::Changes(changes) => return count(whole(changes), "endring", "endringar"),
        PlanMsg::NoChanges => "Ingen endringar.",
        PlanMsg::LatestVersion => "Siste versjon",
        PlanMsg::SinceSeen => "Sidan du sist såg planen",
        PlanMsg::NothingSinceSeen => "Ingen endringar sidan du sist såg planen.",
        PlanMsg::TwoVersions => "Vel to versjonar",
        PlanMsg::OlderVersion => "Frå",
        PlanMsg::NewerVersion => "Til",
        PlanMsg::FromVersionTo(older, newer) => return format!("Frå {older} til {newer}").into(),
        PlanMsg::Versions => "Versjonar",
        PlanMsg::ShowChangesOf(version) => return format!("Vis endringane i {version}").into(),
        PlanMsg::FirstVersion => "Første versjon",
        PlanMsg::VersionsMissing(versions) => {
            return format!("{versions} finst ikkje lenger hos kjelda.").into();
        }
        PlanMsg::OldestGiven => "Eldste versjon som kjelda gir",
        PlanMsg::VersionNumber(number) => return format!("v{number}").into(),
        PlanMsg::VersionOf(time) => return format!("versjonen frå {time}").into(),
        PlanMsg::InPeriod => "Endra i perioden:",
        PlanMsg::Mark(version) => return format!("Plan endra: {version}").into(),
        PlanMsg::VersionUnnamed => "versjon utan nummer",
        PlanMsg::Unnumbered => "Plan",
        PlanMsg::Layout => "Vising",
        PlanMsg::Tracked => "I teksten",
        PlanMsg::SideBySide => "Side om side",
        PlanMsg::Inserted => "sett inn:",
        PlanMsg::Deleted => "stroke:",
        PlanMsg::NoAuthor => "Forfattar er ikkje oppgitt",
        PlanMsg::AuthorOfPlan => "ifølgje planen sjølv",
        PlanMsg::NoTime => "tidspunkt er ikkje oppgitt",
        PlanMsg::Comment(comment) => return format!("Kommentar: {comment}").into(),
        PlanMsg::HistoryCutShort => "Kjelda gir ikkje alle versjonane.",
        PlanMsg::HistoryNotGiven => "Kjelda gir ingen endringslogg. Det som gjeld no, er alt som kan visast.",
        PlanMsg::HistoryAwaited => "Hentar endringsloggen …",
        PlanMsg::HistoryFailed => "Endringsloggen kom ikkje.",

        PlanMsg::Suggestion => "Framlegg til endring",
        PlanMsg::SuggestionsWait(number) => {
            return count(whole(number), "framlegg ventar", "framlegg ventar");
        }
        PlanMsg::ShowSuggestion => "Sjå framlegget",
        PlanMsg::ChangedSince => "Planen er endra her etter at framlegget vart skrive.",
        PlanMsg::AlreadyInPlan => "Alt i framlegget står alt i planen.",
    }
    .into()
}
