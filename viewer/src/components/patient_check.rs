//! Whose data this is: the check line, and the full banner where the journal shows none itself.

use chart_model::{age_in_years, oslo};
use fhir_read::{NationalId, PatientRecord};
use yew::prelude::*;

use crate::state::{Fetch, State};
use crate::text::{Lang, Msg, grouped};

/// Name and date of birth; with the banner also age and national number.
pub(super) fn patient_check(state: &State, now: i64, lang: Lang) -> Html {
    let banner = state.patient.as_deref().filter(|_| state.need_banner);
    html! {
        <div class="patient-check" role="group" aria-label={lang.say(Msg::PatientCheck)}
            data-testid="patient-check">
            {match (&state.patient, banner) {
                (Some(patient), Some(_)) => banner_of(patient, now, lang),
                (Some(patient), None) => line(patient, lang),
                (None, _) if matches!(state.patient_fetch, Fetch::Failed(_)) => {
                    without_name(state.need_banner, html! { {lang.say(Msg::NameFailed)} })
                }
                (None, _) => without_name(state.need_banner, html! { <span class="skeleton skeleton-text" /> }),
            }}
        </div>
    }
}

/// Something in the place of the name, as high as what comes there.
fn without_name(banner: bool, instead: Html) -> Html {
    html! {
        <>
            <p>{instead}</p>
            if banner {
                <p class="patient-facts waiting" />
            }
        </>
    }
}

fn line(patient: &PatientRecord, lang: Lang) -> Html {
    let born = patient
        .birth
        .as_ref()
        .map(|date| format!(" · {}", lang.date(date)));
    html! { <p><strong>{name(patient, lang)}</strong>{born}</p> }
}

fn banner_of(patient: &PatientRecord, now: i64, lang: Lang) -> Html {
    let born = patient.birth.as_ref().map(|birth| {
        let age = age_in_years(birth, oslo::date_of(now));
        let age = age.map(|years| format!(" ({})", lang.say(Msg::AgeInYears(years))));
        lang.say(Msg::Born(&lang.date(birth))).into_owned() + &age.unwrap_or_default()
    });
    html! {
        <div class="patient-banner" data-testid="patient-banner">
            <p><strong>{name(patient, lang)}</strong></p>
            <p class="patient-facts">
                if let Some(born) = born {
                    <span>{born}</span>
                }
                {for patient.national_ids.iter().map(|id| number(id, lang))}
            </p>
        </div>
    }
}

fn name(patient: &PatientRecord, lang: Lang) -> String {
    let name = patient.name.clone();
    name.unwrap_or_else(|| lang.say(Msg::Nameless).into_owned())
}

/// `Fødselsnummer 120353 12345`; a number that cannot be right says so.
fn number(id: &NationalId, lang: Lang) -> Html {
    html! {
        <span>
            <span class="quiet">{lang.say(Msg::NationalId(id.kind))}{" "}</span>
            {grouped(&id.number)}
            if !id.checks {
                {" – "}<strong>{lang.say(Msg::CheckNumber)}</strong>
            }
        </span>
    }
}
