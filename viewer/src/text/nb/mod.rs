//! Bokmål: the words of the screen. Names of clinical things are in `terms`, errors in `errors`.

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

/// How bokmål writes numbers.
pub(super) const MARKS: Marks = Marks {
    decimal: ',',
    thousands: SPACE,
    percent_apart: true,
};

/// Every message in bokmål.
pub(super) fn say(msg: Msg<'_>) -> Cow<'static, str> {
    match msg {
        Msg::ModuleTitle => "Egenmåling".into(),
        Msg::PatientCheck => "Pasient".into(),
        Msg::Nameless => "Navn mangler".into(),
        Msg::NamelessScore => "Skår uten navn".into(),
        Msg::AgeInYears(years) => format!("{years} år").into(),
        Msg::Born(date) => format!("født {date}").into(),
        Msg::NationalId(kind) => terms::national_id(kind).into(),
        Msg::CheckNumber => "kontroller nummeret".into(),
        Msg::Fetched(clock) => format!("Hentet {clock}").into(),
        Msg::Fetching => "Henter …".into(),
        Msg::Close => "Lukk".into(),
        Msg::LoggedIn(name) => format!("Innlogget: {name}").into(),
        Msg::SignInNeeded => "Journalen må spørre hvem du er i et eget vindu.".into(),
        Msg::SignIn => "Åpne innloggingen".into(),
        Msg::Refresh => "Hent på nytt".into(),
        Msg::StillFetching => "Henter fortsatt …".into(),
        Msg::Slow => "Tjenesten svarer tregt".into(),
        Msg::Offline => "Frakoblet".into(),
        Msg::OfflineFetched(clock) => format!("Frakoblet, hentet {clock}").into(),
        Msg::Language => "Språk".into(),
        Msg::Retry => "Prøv igjen".into(),
        Msg::ChunkMissing => "Denne delen av visningen kunne ikke hentes.".into(),
        Msg::ViewerReplaced => "Visningen er blitt fornyet siden den ble åpnet. Åpne på nytt fra journalen for å komme videre.".into(),
        Msg::Show => "Vis".into(),
        Msg::Hide => "Skjul".into(),
        Msg::Cancel => "Avbryt".into(),
        Msg::Done => "Ferdig".into(),

        Msg::LatestValues => "Siste målinger".into(),
        Msg::Trend => "Utvikling".into(),
        Msg::TrendOf(name) => format!("Utvikling {name}").into(),
        Msg::Period => "Periode".into(),
        Msg::Days(365) => "1 år".into(),
        Msg::Days(days) => count(days, "dag", "dager"),
        Msg::LastDays(365) => "Siste 12 måneder".into(),
        Msg::LastDays(days) => format!("Siste {}", count(days, "dag", "dager")).into(),
        Msg::FromTo(from, to) => format!("{from}–{to}").into(),
        Msg::ChoosePeriod => "Velg periode".into(),
        Msg::PeriodFrom => "Fra".into(),
        Msg::PeriodTo => "Til".into(),
        Msg::PeriodRefused(PeriodError::Reversed) => "Fra-datoen er etter til-datoen.".into(),
        Msg::PeriodRefused(PeriodError::NotBegun) => "Perioden har ikke begynt ennå.".into(),
        Msg::NotADate => "Skriv en dato.".into(),
        Msg::ShowTable => "Vis som tabell".into(),
        Msg::ShowChart => "Vis som kurve".into(),
        Msg::ShowMore(left) => format!("Vis flere ({} igjen)", number(left)).into(),
        Msg::ChartKeys => "Piltaster leser målingene. Pluss og minus zoomer, Skift og piltaster flytter utsnittet, 0 viser hele perioden.".into(),
        Msg::EmptyPeriod(last) => {
            // An abbreviated month brings the full stop along.
            format!(
                "Ingen målinger i perioden. Siste: {}.",
                last.trim_end_matches('.')
            )
            .into()
        }
        Msg::NoneInPeriod => "ingen i perioden".into(),
        Msg::NotFetched => "kunne ikke hentes".into(),
        Msg::EmptyForever => "Ingen målinger i perioden.".into(),
        Msg::TrendIncomplete => "Målinger i perioden kunne ikke hentes. Kurven er ikke fullstendig.".into(),
        Msg::NewerImplausible(reading) => {
            format!("Nyere måling er usannsynlig, kontroller: {reading}").into()
        }
        Msg::ParameterFailed(name) => format!("{name} kunne ikke hentes.").into(),

        Msg::ChooseParameters => "Velg parametre".into(),
        Msg::SearchParameters => "Søk etter parameter".into(),
        Msg::SearchHint => "Navn, for eksempel puls".into(),
        Msg::NoMatch(typed) => format!("Ingen parameter passer til «{typed}».").into(),
        Msg::OrderHint => "Dra, eller bruk pilene, for å endre rekkefølgen.".into(),
        Msg::MoveUp(name) => format!("Flytt {name} opp").into(),
        Msg::MoveDown(name) => format!("Flytt {name} ned").into(),
        Msg::Moved(name, place, of) => format!("{name} er nå nummer {place} av {of}.").into(),
        Msg::NowShown(name) => format!("{name} vises nå.").into(),
        Msg::NowHidden(name) => format!("{name} er nå skjult.").into(),
        Msg::HasLimits => "har grenser".into(),
        Msg::HasNoReadings => "ingen målinger".into(),
        Msg::ShownOf(shown, all) => format!("{shown} av {all} vises").into(),
        Msg::HiddenCount(hidden) => count(whole(hidden), "parameter er skjult", "parametre er skjult"),
        Msg::ResetArrangement => "Tilbake til standard".into(),

        Msg::ColumnTime => "Tid".into(),
        Msg::ColumnValue => "Verdi".into(),
        Msg::ColumnZone => "Sone".into(),
        Msg::ColumnSource => "Kilde".into(),

        Msg::Parameter(known) => terms::parameter(known).into(),
        Msg::Systolic => "systolisk".into(),
        Msg::Diastolic => "diastolisk".into(),
        Msg::Unit(ucum) => terms::unit(ucum),
        Msg::Zone(zone) => terms::zone(zone).into(),
        Msg::ZoneName(zone) => terms::zone_name(zone).into(),
        Msg::Method(method) => terms::method(method).into(),
        Msg::Status(status) => terms::status(status).into(),
        Msg::Implausible => "Usannsynlig, kontroller".into(),
        Msg::Under(bound) => format!("under {bound}").into(),
        Msg::Over(bound) => format!("over {bound}").into(),
        Msg::Limits(Source::Reading) => "grense sendt med målingen".into(),
        Msg::Limits(Source::Plan) => "grense fra planen".into(),
        Msg::Limits(Source::Standard) => "bare standardgrense".into(),
        Msg::Limits(Source::NotKnown) => "hvilken grense som gjaldt da, er ikke kjent".into(),
        Msg::SourceSays(zone) => format!("kilden sier {}", lowercase(terms::zone(zone))).into(),
        Msg::SourceAgrees => "kilden sier det samme".into(),
        Msg::SourceWrote(text) => format!("sendt som {text}").into(),
        Msg::Note(note) => format!("merknad: {note}").into(),
        Msg::NoLimit => "Ingen grense".into(),
        Msg::LimitNotKnown => "Ukjent grense".into(),
        Msg::UnitNotKnown => "Ukjent enhet".into(),
        Msg::UnusableLimits => "Uklar grense".into(),
        Msg::LimitsAre(limits) => format!("grense {limits}").into(),
        Msg::AtLeast(low) => format!("fra {low}").into(),
        Msg::AtMost(high) => format!("opp til {high}").into(),
        Msg::Between(low, high) => format!("{low} til {high}").into(),
        Msg::StandardLimits => "Standardgrense".into(),
        Msg::LimitsChanged(day) => format!("grense endret {day}").into(),
        Msg::LimitsChangedOften(times, day) => {
            format!("Grensen er endret {} ganger, sist {}.", number(times), day.trim_end_matches('.')).into()
        }
        Msg::LimitsSince(day) => format!("siden {day}").into(),
        Msg::LimitsSetBy(name) => format!("satt av {name}").into(),
        Msg::PersonalLimits => "Pasientens grenser".into(),
        Msg::StandardLimitsName => "Standardgrenser".into(),
        Msg::BrushName => "Utsnitt av perioden".into(),
        Msg::WholePeriod => "Hele perioden".into(),
        Msg::Showing(part) => format!("Viser {part}").into(),
        Msg::Statistics => "Statistikk".into(),
        Msg::Compare => "Sammenlign".into(),
        Msg::CompareNothing => "Ingen sammenligning".into(),
        Msg::PeriodBefore => "Perioden før".into(),
        Msg::ThisPeriod => "Denne perioden".into(),
        Msg::BeforeAndAfter(day) => format!("Før og etter {day}").into(),
        Msg::Before => "Før".into(),
        Msg::After => "Etter".into(),
        Msg::DayNumber(day) => format!("Dag {day}").into(),
        Msg::Count => "Målinger".into(),
        Msg::Mean => "Gjennomsnitt".into(),
        Msg::SevenDayMean => "Snitt siste 7 dager".into(),
        Msg::MeanOf(mean, readings) => format!("{mean} ({})", count(whole(readings), "måling", "målinger")).into(),
        Msg::Lowest => "Laveste".into(),
        Msg::Highest => "Høyeste".into(),
        Msg::LeftOut => "Utelatt".into(),
        Msg::LeftOutAs(kind, readings) => {
            let (one, many) = terms::excluded(kind);
            count(whole(readings), one, many)
        }
        Msg::LeftOutForUnit(readings) => format!("{} med ukjent enhet", number(readings)).into(),
        Msg::LeftOutAsBound(readings) => format!("{} oppgitt som < eller >", number(readings)).into(),
        Msg::Share(readings, share) => format!("{} ({share}\u{a0}%)", number(readings)).into(),

        Msg::Overdue(days) => format!("Ingen måling i {}", count(days, "dag", "dager")).into(),
        Msg::Up(by) => format!("opp {by}").into(),
        Msg::Down(by) => format!("ned {by}").into(),
        Msg::Unchanged => "uendret".into(),
        Msg::Since(change, when) => format!("{change} siden {when}").into(),

        Msg::YellowCount(readings) => count(whole(readings), "gul", "gule"),
        Msg::RedCount(readings) => count(whole(readings), "rød", "røde"),
        Msg::NoZoneCount(readings) => format!("{} uten sone", number(readings)).into(),
        Msg::Newest(value) => format!("siste {value}").into(),
        Msg::Coverage(readings, days, of) => format!(
            "{} på {} av {}",
            count(whole(readings), "måling", "målinger"),
            number(days),
            count(of, "dag", "dager")
        )
        .into(),
        Msg::Gaps(1, length) => format!("ett opphold på {length}").into(),
        Msg::Gaps(breaks, longest) => format!("{} opphold, det lengste på {longest}", number(breaks)).into(),
        Msg::Hours(hours) => count(hours, "time", "timer"),
        Msg::ImplausibleCount(readings) => count(
            whole(readings),
            "usannsynlig måling er utelatt",
            "usannsynlige målinger er utelatt",
        ),
        Msg::ExcludedCount(readings) => count(
            whole(readings),
            "trukket eller dobbelt måling er utelatt",
            "trukne eller doble målinger er utelatt",
        ),

        Msg::Plan => "Egenbehandlingsplan".into(),
        Msg::PlanVersion(version) => format!("Plan v{version}").into(),
        Msg::PlanChanged(day) => format!("endret {day}").into(),
        Msg::PlanAuthor(author) => format!("av {author}").into(),
        Msg::OfPlan(msg) => plan::say(msg),
        Msg::OfEdit(msg) => edit::say(msg),
        Msg::OfOnDemand(msg) => on_demand::say(msg),
        Msg::OfRecord(msg) => record::say(msg),
        Msg::PlanFailed => "Planen kunne ikke hentes.".into(),
        Msg::NoPlan => "Ingen aktiv plan.".into(),
        Msg::PlanNotGranted => "Planen vises ikke: denne innloggingen gir ikke tilgang til den.".into(),

        Msg::Settings => "Innstillinger".into(),
        Msg::DensityLabel => "Linjeavstand".into(),
        Msg::Dense => "Tett".into(),
        Msg::Roomy => "Romslig".into(),
        Msg::KeptAtServer => "Valgene dine lagres i journalens server.".into(),
        Msg::KeptInBrowser => "Valgene dine lagres i denne nettleseren.".into(),
        Msg::KeptInPage => "Valgene dine varer til siden lukkes.".into(),
        Msg::TakeAlong => "Valgene som tekst: kopier den, eller lim inn den du har fra en annen nettleser".into(),
        Msg::TakeChoices => "Ta i bruk teksten".into(),
        Msg::NoChoices => "Teksten inneholder ingen valg.".into(),
        Msg::ForgetChoices => "Glem valgene".into(),
        Msg::Sources => "Kilder".into(),
        Msg::SourceFetched(name, clock) => format!("{name}: hentet {clock}").into(),
        Msg::NewestReading(moment) => format!("nyeste måling {moment}").into(),
        Msg::SourceAwaited(name) => format!("{name}: hentes").into(),
        Msg::SourceFailed(name) => format!("Målinger fra {name} kunne ikke hentes.").into(),
        Msg::SourceNotEntered(name) => format!("{name} kunne ikke åpnes.").into(),
        Msg::SourcePatientNotFound(name) => format!("Pasienten kunne ikke slås opp hos {name}.").into(),
        Msg::SourceNotAsked(name) => {
            format!("{name} er ikke spurt, fordi pasientens opplysninger ikke kunne hentes.").into()
        }
        Msg::SourceReadingsMissing => "Målinger derfra mangler.".into(),
        Msg::SourceAsks(name) => format!("{name} vil vite hvem du er før målingene vises.").into(),
        Msg::OpenSource(name) => format!("Åpne {name}").into(),
        Msg::SourceWithoutPatient(name) => format!("{name} kjenner ikke pasienten.").into(),
        Msg::SourceWithoutReadings(name) => format!("{name}: uten målinger").into(),
        Msg::Meanwhile(value, origin) => format!("samtidig {value} fra {origin}").into(),
        Msg::PlanFrom(name) => format!("Planen er hentet fra {name}.").into(),
        Msg::PlanAlsoAt(name) => format!("{name} har også en plan. Den vises ikke her.").into(),

        Msg::NotEnrolled => "Pasienten følges ikke opp digitalt".into(),
        Msg::NeverMeasured => "Ingen målinger er registrert på pasienten.".into(),
        Msg::Expired => "Økten er utløpt. Åpne på nytt fra journalen.".into(),
        Msg::PatientChanged => "Pasienten er byttet. Åpne på nytt.".into(),
        Msg::PatientMissing => "Pasienten ble ikke funnet.".into(),
        Msg::Unreadable(entries) => count(
            whole(entries),
            "måling kunne ikke tolkes",
            "målinger kunne ikke tolkes",
        ),
        Msg::Remarks(remarks) => count(whole(remarks), "merknad til dataene", "merknader til dataene"),
        Msg::RemarksHeading => "Vises, men med merknad".into(),
        Msg::AndMore(left) => format!("… og {} til", number(left)).into(),
        Msg::Finding(kind) => terms::finding(kind).into(),

        Msg::LaunchFailed => "Egenmåling kunne ikke åpnes".into(),
        Msg::LaunchError(kind) => errors::launch(kind),
        Msg::PatientFailed => "Pasientens navn og fødselsdato kunne ikke hentes.".into(),
        Msg::NameFailed => "Navnet ble ikke hentet".into(),
        Msg::ReadingsFailed => "Målingene kunne ikke hentes.".into(),
        Msg::PeriodFailed => "Målingene i perioden kunne ikke hentes.".into(),
        Msg::Problem(kind) => errors::problem(kind).into(),
        Msg::ForSupport(detail) => format!("Til brukerstøtte: {detail}").into(),

        Msg::Today => "i dag".into(),
        Msg::Yesterday => "i går".into(),
        Msg::DaysAgo(days) => format!("{} siden", count(days, "dag", "dager")).into(),
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
    let number = super::Lang::Bokmal.digits(&number.to_string());
    format!("{number} {noun}").into()
}

/// A number alone.
fn number(number: usize) -> String {
    super::Lang::Bokmal.digits(&number.to_string())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
