//! Bokmål: the words of the screen. Names of clinical things are in `terms`, errors in `errors`.

mod errors;
mod terms;

use std::borrow::Cow;

use super::msg::{Msg, Source};

/// Every message in bokmål.
pub(super) fn say(msg: Msg<'_>) -> Cow<'static, str> {
    match msg {
        Msg::ModuleTitle => "Egenmåling".into(),
        Msg::PatientCheck => "Pasient".into(),
        Msg::Nameless => "Navn mangler".into(),
        Msg::Fetched(clock) => format!("Hentet {clock}").into(),
        Msg::Fetching => "Henter …".into(),
        Msg::Refresh => "Hent på nytt".into(),
        Msg::Slow => "Tjenesten svarer tregt".into(),
        Msg::Retry => "Prøv igjen".into(),
        Msg::Show => "Vis".into(),
        Msg::Hide => "Skjul".into(),

        Msg::LatestValues => "Siste målinger".into(),
        Msg::Trend => "Utvikling".into(),
        Msg::TrendOf(name) => format!("Utvikling {name}").into(),
        Msg::Period => "Periode".into(),
        Msg::Days(365) => "1 år".into(),
        Msg::Days(days) => count(days, "dag", "dager"),
        Msg::ShowTable => "Vis som tabell".into(),
        Msg::ShowChart => "Vis som kurve".into(),
        Msg::ShowMore(left) => format!("Vis flere ({left} igjen)").into(),
        Msg::ChartKeys => "Piltaster leser målingene".into(),
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

        Msg::ColumnTime => "Tid".into(),
        Msg::ColumnValue => "Verdi".into(),
        Msg::ColumnZone => "Sone".into(),
        Msg::ColumnSource => "Kilde".into(),

        Msg::Parameter(known) => terms::parameter(known).into(),
        Msg::Systolic => "systolisk".into(),
        Msg::Diastolic => "diastolisk".into(),
        Msg::Unit(ucum) => terms::unit(ucum),
        Msg::Zone(zone) => terms::zone(zone).into(),
        Msg::Method(method) => terms::method(method).into(),
        Msg::Status(status) => terms::status(status).into(),
        Msg::Implausible => "Usannsynlig, kontroller".into(),
        Msg::Under(bound) => format!("under {bound}").into(),
        Msg::Over(bound) => format!("over {bound}").into(),
        Msg::Limits(Source::Reading) => "grense sendt med målingen".into(),
        Msg::Limits(Source::Plan) => "grense fra planen".into(),
        Msg::SourceSays(zone) => format!("kilden sier {}", terms::zone(zone).to_lowercase()).into(),
        Msg::SourceWrote(text) => format!("sendt som {text}").into(),
        Msg::Note(note) => format!("merknad: {note}").into(),
        Msg::NoLimit => "Ingen grense".into(),
        Msg::UnusableLimits => "Uklar grense".into(),
        Msg::LimitsAre(limits) => format!("grense {limits}").into(),
        Msg::StandardLimits => "Standardgrense".into(),
        Msg::LimitsChanged(day) => format!("grense endret {day}").into(),
        Msg::PersonalLimits => "Pasientens grenser".into(),

        Msg::YellowCount(readings) => count(whole(readings), "gul", "gule"),
        Msg::RedCount(readings) => count(whole(readings), "rød", "røde"),
        Msg::NoZoneCount(readings) => format!("{readings} uten sone").into(),
        Msg::Newest(value) => format!("siste {value}").into(),
        Msg::Coverage(readings, days, of) => format!(
            "{} på {days} av {of} dager",
            count(whole(readings), "måling", "målinger")
        )
        .into(),
        Msg::Gaps(1, length) => format!("ett opphold på {length}").into(),
        Msg::Gaps(breaks, longest) => format!("{breaks} opphold, det lengste på {longest}").into(),
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
        Msg::PlanFailed => "Planen kunne ikke hentes.".into(),

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
        Msg::AndMore(left) => format!("… og {left} til").into(),
        Msg::Finding(kind) => terms::finding(kind).into(),

        Msg::LaunchFailed => "Egenmåling kunne ikke åpnes".into(),
        Msg::LaunchError(kind) => errors::launch(kind),
        Msg::PatientFailed => "Pasientens navn og fødselsdato kunne ikke hentes.".into(),
        Msg::ReadingsFailed => "Målingene kunne ikke hentes.".into(),
        Msg::PeriodFailed => "Målingene i perioden kunne ikke hentes.".into(),
        Msg::Problem(kind) => errors::problem(kind).into(),
        Msg::ForSupport(detail) => format!("Til brukerstøtte: {detail}").into(),

        Msg::Today => "i dag".into(),
        Msg::Yesterday => "i går".into(),
        Msg::DaysAgo(days) => format!("{} siden", count(days, "dag", "dager")).into(),
        Msg::DayOfMonth(day, month) => format!("{day}.\u{a0}{}", terms::month(month)).into(),
        Msg::Month(month) => terms::month(month).into(),
        Msg::AtClock(day, clock) => format!("{day} kl.\u{a0}{clock}").into(),
    }
}

/// A number with its noun in the right form.
fn count(number: i64, one: &str, many: &str) -> Cow<'static, str> {
    let noun = if number == 1 { one } else { many };
    let number = super::Lang::Bokmal.digits(&number.to_string());
    format!("{number} {noun}").into()
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
