//! Nynorsk: the words of the screen. Names of clinical things are in `terms`, errors in `errors`.

mod edit;
mod errors;
mod on_demand;
mod plan;
mod record;
mod terms;

use std::borrow::Cow;

use chart_model::{PeriodError, lowercase};

use super::msg::{Msg, Source};
use super::numbers::{Marks, SPACE};

/// How nynorsk writes numbers.
pub(super) const MARKS: Marks = Marks {
    decimal: ',',
    thousands: SPACE,
    percent_apart: true,
};

/// Every message in nynorsk.
pub(crate) fn say(msg: Msg<'_>) -> Cow<'static, str> {
    match msg {
        Msg::ModuleTitle => "Eigenmåling".into(),
        Msg::PatientCheck => "Pasient".into(),
        Msg::Nameless => "Namn manglar".into(),
        Msg::NamelessScore => "Skår utan namn".into(),
        Msg::AgeInYears(years) => format!("{years} år").into(),
        Msg::Born(date) => format!("fødd {date}").into(),
        Msg::NationalId(kind) => terms::national_id(kind).into(),
        Msg::CheckNumber => "kontroller nummeret".into(),
        Msg::Fetched(clock) => format!("Henta {clock}").into(),
        Msg::Fetching => "Hentar …".into(),
        Msg::Close => "Lukk".into(),
        Msg::LoggedIn(name) => format!("Innlogga: {name}").into(),
        Msg::SignInNeeded => "Journalen må spørje kven du er i eit eige vindauge.".into(),
        Msg::SignIn => "Opne innlogginga".into(),
        Msg::Refresh => "Hent på nytt".into(),
        Msg::StillFetching => "Hentar framleis …".into(),
        Msg::Slow => "Tenesta svarar tregt".into(),
        Msg::Offline => "Fråkopla".into(),
        Msg::OfflineFetched(clock) => format!("Fråkopla, henta {clock}").into(),
        Msg::Language => "Språk".into(),
        Msg::Retry => "Prøv igjen".into(),
        Msg::ChunkMissing => "Denne delen av visinga kunne ikkje hentast.".into(),
        Msg::ViewerReplaced => "Visinga er blitt fornya sidan ho vart opna. Opne på nytt frå journalen for å kome vidare.".into(),
        Msg::Show => "Vis".into(),
        Msg::Hide => "Gøym".into(),
        Msg::Cancel => "Avbryt".into(),
        Msg::Done => "Ferdig".into(),

        Msg::LatestValues => "Siste målingar".into(),
        Msg::Trend => "Utvikling".into(),
        Msg::TrendOf(name) => format!("Utvikling {name}").into(),
        Msg::Period => "Periode".into(),
        Msg::Days(365) => "1 år".into(),
        Msg::Days(days) => count(days, "dag", "dagar"),
        Msg::LastDays(365) => "Siste 12 månader".into(),
        Msg::LastDays(days) => format!("Siste {}", count(days, "dag", "dagar")).into(),
        Msg::FromTo(from, to) => format!("{from}–{to}").into(),
        Msg::ChoosePeriod => "Vel periode".into(),
        Msg::PeriodFrom => "Frå".into(),
        Msg::PeriodTo => "Til".into(),
        Msg::PeriodRefused(PeriodError::Reversed) => "Frå-datoen er etter til-datoen.".into(),
        Msg::PeriodRefused(PeriodError::NotBegun) => "Perioden har ikkje byrja enno.".into(),
        Msg::NotADate => "Skriv ein dato.".into(),
        Msg::ShowTable => "Vis som tabell".into(),
        Msg::ShowChart => "Vis som kurve".into(),
        Msg::ShowMore(left) => format!("Vis fleire ({} att)", number(left)).into(),
        Msg::ChartKeys => "Piltastar les målingane. Pluss og minus zoomar, Skift og piltastar flyttar utsnittet, 0 viser heile perioden.".into(),
        Msg::EmptyPeriod(last) => {
            // An abbreviated month brings the full stop along.
            format!(
                "Ingen målingar i perioden. Siste: {}.",
                last.trim_end_matches('.')
            )
            .into()
        }
        Msg::NoneInPeriod => "ingen i perioden".into(),
        Msg::NotFetched => "kunne ikkje hentast".into(),
        Msg::EmptyForever => "Ingen målingar i perioden.".into(),
        Msg::TrendIncomplete => "Målingar i perioden kunne ikkje hentast. Kurva er ikkje fullstendig.".into(),
        Msg::NewerImplausible(reading) => {
            format!("Nyare måling er usannsynleg, kontroller: {reading}").into()
        }
        Msg::ParameterFailed(name) => format!("{name} kunne ikkje hentast.").into(),

        Msg::ChooseParameters => "Vel parametrar".into(),
        Msg::SearchParameters => "Søk etter parameter".into(),
        Msg::SearchHint => "Namn, til dømes puls".into(),
        Msg::NoMatch(typed) => format!("Ingen parameter passar til «{typed}».").into(),
        Msg::OrderHint => "Dra, eller bruk pilene, for å endre rekkjefølgja.".into(),
        Msg::MoveUp(name) => format!("Flytt {name} opp").into(),
        Msg::MoveDown(name) => format!("Flytt {name} ned").into(),
        Msg::Moved(name, place, of) => format!("{name} er no nummer {place} av {of}.").into(),
        Msg::NowShown(name) => format!("{name} blir no vist.").into(),
        Msg::NowHidden(name) => format!("{name} er no gøymd.").into(),
        Msg::HasLimits => "har grenser".into(),
        Msg::HasNoReadings => "ingen målingar".into(),
        Msg::ShownOf(shown, all) => format!("{shown} av {all} er viste").into(),
        Msg::HiddenCount(hidden) => count(whole(hidden), "parameter er gøymd", "parametrar er gøymde"),
        Msg::ResetArrangement => "Tilbake til standard".into(),

        Msg::ColumnTime => "Tid".into(),
        Msg::ColumnValue => "Verdi".into(),
        Msg::ColumnZone => "Sone".into(),
        Msg::ColumnSource => "Kjelde".into(),

        Msg::Parameter(known) => terms::parameter(known).into(),
        Msg::Systolic => "systolisk".into(),
        Msg::Diastolic => "diastolisk".into(),
        Msg::Unit(ucum) => terms::unit(ucum),
        Msg::Zone(zone) => terms::zone(zone).into(),
        Msg::ZoneName(zone) => terms::zone_name(zone).into(),
        Msg::Method(method) => terms::method(method).into(),
        Msg::Status(status) => terms::status(status).into(),
        Msg::Implausible => "Usannsynleg, kontroller".into(),
        Msg::Under(bound) => format!("under {bound}").into(),
        Msg::Over(bound) => format!("over {bound}").into(),
        Msg::Limits(Source::Reading) => "grense send med målinga".into(),
        Msg::Limits(Source::Plan) => "grense frå planen".into(),
        Msg::Limits(Source::Standard) => "berre standardgrense".into(),
        Msg::Limits(Source::NotKnown) => "kva grense som gjaldt då, er ikkje kjent".into(),
        Msg::SourceSays(zone) => format!("kjelda seier {}", lowercase(terms::zone(zone))).into(),
        Msg::SourceAgrees => "kjelda seier det same".into(),
        Msg::SourceWrote(text) => format!("send som {text}").into(),
        Msg::Note(note) => format!("merknad: {note}").into(),
        Msg::NoLimit => "Inga grense".into(),
        Msg::LimitNotKnown => "Ukjend grense".into(),
        Msg::UnitNotKnown => "Ukjend eining".into(),
        Msg::UnusableLimits => "Uklar grense".into(),
        Msg::LimitsAre(limits) => format!("grense {limits}").into(),
        Msg::AtLeast(low) => format!("frå {low}").into(),
        Msg::AtMost(high) => format!("opp til {high}").into(),
        Msg::Between(low, high) => format!("{low} til {high}").into(),
        Msg::StandardLimits => "Standardgrense".into(),
        Msg::LimitsChanged(day) => format!("grense endra {day}").into(),
        Msg::LimitsChangedOften(times, day) => {
            format!("Grensa er endra {} gonger, sist {}.", number(times), day.trim_end_matches('.')).into()
        }
        Msg::LimitsSince(day) => format!("sidan {day}").into(),
        Msg::LimitsSetBy(name) => format!("sett av {name}").into(),
        Msg::PersonalLimits => "Grensene til pasienten".into(),
        Msg::StandardLimitsName => "Standardgrenser".into(),
        Msg::BrushName => "Utsnitt av perioden".into(),
        Msg::WholePeriod => "Heile perioden".into(),
        Msg::Showing(part) => format!("Viser {part}").into(),
        Msg::Statistics => "Statistikk".into(),
        Msg::Compare => "Samanlikn".into(),
        Msg::CompareNothing => "Inga samanlikning".into(),
        Msg::PeriodBefore => "Perioden før".into(),
        Msg::ThisPeriod => "Denne perioden".into(),
        Msg::BeforeAndAfter(day) => format!("Før og etter {day}").into(),
        Msg::Before => "Før".into(),
        Msg::After => "Etter".into(),
        Msg::DayNumber(day) => format!("Dag {day}").into(),
        Msg::Count => "Målingar".into(),
        Msg::Mean => "Gjennomsnitt".into(),
        Msg::SevenDayMean => "Snitt siste 7 dagar".into(),
        Msg::MeanOf(mean, readings) => format!("{mean} ({})", count(whole(readings), "måling", "målingar")).into(),
        Msg::Lowest => "Lågaste".into(),
        Msg::Highest => "Høgaste".into(),
        Msg::LeftOut => "Utelatne".into(),
        Msg::LeftOutAs(kind, readings) => {
            let (one, many) = terms::excluded(kind);
            count(whole(readings), one, many)
        }
        Msg::LeftOutForUnit(readings) => format!("{} med ukjend eining", number(readings)).into(),
        Msg::LeftOutAsBound(readings) => format!("{} oppgitt som < eller >", number(readings)).into(),
        Msg::Share(readings, share) => format!("{} ({share}\u{a0}%)", number(readings)).into(),

        Msg::Overdue(days) => format!("Inga måling på {}", count(days, "dag", "dagar")).into(),
        Msg::Up(by) => format!("opp {by}").into(),
        Msg::Down(by) => format!("ned {by}").into(),
        Msg::Unchanged => "uendra".into(),
        Msg::Since(change, when) => format!("{change} sidan {when}").into(),

        Msg::YellowCount(readings) => count(whole(readings), "gul", "gule"),
        Msg::RedCount(readings) => count(whole(readings), "raud", "raude"),
        Msg::NoZoneCount(readings) => format!("{} utan sone", number(readings)).into(),
        Msg::Newest(value) => format!("siste {value}").into(),
        Msg::Coverage(readings, days, of) => format!(
            "{} på {} av {}",
            count(whole(readings), "måling", "målingar"),
            number(days),
            count(of, "dag", "dagar")
        )
        .into(),
        Msg::Gaps(1, length) => format!("eitt opphald på {length}").into(),
        Msg::Gaps(breaks, longest) => format!("{} opphald, det lengste på {longest}", number(breaks)).into(),
        Msg::Hours(hours) => count(hours, "time", "timar"),
        Msg::ImplausibleCount(readings) => count(
            whole(readings),
            "usannsynleg måling er utelaten",
            "usannsynlege målingar er utelatne",
        ),
        Msg::ExcludedCount(readings) => count(
            whole(readings),
            "tilbaketrekt eller dobbel måling er utelaten",
            "tilbaketrekte eller doble målingar er utelatne",
        ),

        Msg::Plan => "Eigenbehandlingsplan".into(),
        Msg::PlanVersion(version) => format!("Plan v{version}").into(),
        Msg::PlanChanged(day) => format!("endra {day}").into(),
        Msg::PlanAuthor(author) => format!("av {author}").into(),
        Msg::OfPlan(msg) => plan::say(msg),
        Msg::OfEdit(msg) => edit::say(msg),
        Msg::OfOnDemand(msg) => on_demand::say(msg),
        Msg::OfRecord(msg) => record::say(msg),
        Msg::PlanFailed => "Planen kunne ikkje hentast.".into(),
        Msg::NoPlan => "Ingen aktiv plan.".into(),
        Msg::PlanNotGranted => "Planen blir ikkje vist: denne innlogginga gir ikkje tilgang til han.".into(),

        Msg::Settings => "Innstillingar".into(),
        Msg::DensityLabel => "Linjeavstand".into(),
        Msg::Dense => "Tett".into(),
        Msg::Roomy => "Romsleg".into(),
        Msg::KeptAtServer => "Vala dine blir lagra i tenaren til journalen.".into(),
        Msg::KeptInBrowser => "Vala dine blir lagra i denne nettlesaren.".into(),
        Msg::KeptInPage => "Vala dine varer til sida blir lukka.".into(),
        Msg::TakeAlong => "Vala som tekst: kopier han, eller lim inn den du har frå ein annan nettlesar".into(),
        Msg::TakeChoices => "Ta i bruk teksten".into(),
        Msg::NoChoices => "Teksten inneheld ingen val.".into(),
        Msg::ForgetChoices => "Gløym vala".into(),
        Msg::Sources => "Kjelder".into(),
        Msg::SourceFetched(name, clock) => format!("{name}: henta {clock}").into(),
        Msg::NewestReading(moment) => format!("nyaste måling {moment}").into(),
        Msg::SourceAwaited(name) => format!("{name}: blir henta").into(),
        Msg::SourceFailed(name) => format!("Målingar frå {name} kunne ikkje hentast.").into(),
        Msg::SourceNotEntered(name) => format!("{name} kunne ikkje opnast.").into(),
        Msg::SourcePatientNotFound(name) => format!("Pasienten kunne ikkje slåast opp hos {name}.").into(),
        Msg::SourceNotAsked(name) => {
            format!("{name} er ikkje spurt, fordi opplysningane om pasienten ikkje kunne hentast.").into()
        }
        Msg::SourceReadingsMissing => "Målingar derifrå manglar.".into(),
        Msg::SourceAsks(name) => format!("{name} vil vite kven du er før målingane blir viste.").into(),
        Msg::OpenSource(name) => format!("Opne {name}").into(),
        Msg::SourceWithoutPatient(name) => format!("{name} kjenner ikkje pasienten.").into(),
        Msg::SourceWithoutReadings(name) => format!("{name}: utan målingar").into(),
        Msg::Meanwhile(value, origin) => format!("samstundes {value} frå {origin}").into(),
        Msg::PlanFrom(name) => format!("Planen er henta frå {name}.").into(),
        Msg::PlanAlsoAt(name) => format!("{name} har òg ein plan. Han blir ikkje vist her.").into(),

        Msg::NotEnrolled => "Pasienten blir ikkje følgd opp digitalt".into(),
        Msg::NeverMeasured => "Ingen målingar er registrerte på pasienten.".into(),
        Msg::Expired => "Økta har gått ut. Opne på nytt frå journalen.".into(),
        Msg::PatientChanged => "Pasienten er bytt. Opne på nytt.".into(),
        Msg::PatientMissing => "Pasienten vart ikkje funnen.".into(),
        Msg::Unreadable(entries) => count(
            whole(entries),
            "måling kunne ikkje tolkast",
            "målingar kunne ikkje tolkast",
        ),
        Msg::Remarks(remarks) => count(whole(remarks), "merknad til dataa", "merknader til dataa"),
        Msg::RemarksHeading => "Blir vist, men med merknad".into(),
        Msg::AndMore(left) => format!("… og {} til", number(left)).into(),
        Msg::Finding(kind) => terms::finding(kind).into(),

        Msg::LaunchFailed => "Eigenmåling kunne ikkje opnast".into(),
        Msg::LaunchError(kind) => errors::launch(kind),
        Msg::PatientFailed => "Namnet og fødselsdatoen til pasienten kunne ikkje hentast.".into(),
        Msg::NameFailed => "Namnet vart ikkje henta".into(),
        Msg::ReadingsFailed => "Målingane kunne ikkje hentast.".into(),
        Msg::PeriodFailed => "Målingane i perioden kunne ikkje hentast.".into(),
        Msg::Problem(kind) => errors::problem(kind).into(),
        Msg::ForSupport(detail) => format!("Til brukarstøtte: {detail}").into(),

        Msg::Today => "i dag".into(),
        Msg::Yesterday => "i går".into(),
        Msg::DaysAgo(days) => format!("for {} sidan", count(days, "dag", "dagar")).into(),
        Msg::Clock(hour, minute) => format!("{hour:02}.{minute:02}").into(),
        Msg::FullDate(date) => format!("{:02}.{:02}.{:04}", date.day, date.month, date.year).into(),
        Msg::DayOfMonth(day, month) => format!("{day}.\u{a0}{}", terms::month(month)).into(),
        Msg::Month(month) => terms::month(month).into(),
        Msg::AtClock(day, clock) => format!("{day} kl.\u{a0}{clock}").into(),
    }
}

/// A number with its noun in the right form.
fn count(number: i64, one: &str, many: &str) -> Cow<'static, str> {
    let noun = if number.unsigned_abs() == 1 { one } else { many };
    let number = super::Lang::Nynorsk.digits(&number.to_string());
    format!("{number} {noun}").into()
}

/// A number alone.
fn number(number: usize) -> String {
    super::Lang::Nynorsk.digits(&number.to_string())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
