//! The HTML of the panel "Feil" below the module, by which faults and the launch's settings are chosen. What it
//! does is in `assets/panel.js`; until that has run it stays hidden.

use crate::auth::users::User;
use crate::sources::SPECS;

const FAULTS: [(&str, &[(&str, &str)]); 3] = [
    (
        "Alle forespørsler",
        &[
            ("delay", "Forsinkelse"),
            ("drop", "Brutt forbindelse"),
            ("lost-answer", "Utført, men svaret går tapt"),
            ("401", "401 Ikke innlogget"),
            ("403", "403 Ingen tilgang"),
            ("429", "429 For mange forespørsler"),
            ("503", "503 Utilgjengelig"),
            ("html", "Nettside i stedet for JSON"),
            ("truncated", "Avkortet svar"),
        ],
    ),
    (
        "Data",
        &[
            ("foreign-next", "Neste side hos fremmed server"),
            ("other-patient", "En annen pasients ressurs"),
        ],
    ),
    (
        "Pålogging",
        &[
            ("wrong-state", "Feil state"),
            ("no-state", "Uten state"),
            ("login-required", "Innlogging kreves (login_required)"),
            ("wrong-iss", "Feil iss"),
            ("expired-code", "Utløpt kode"),
            ("alg-none", "id_token uten signatur (alg=none)"),
            ("bad-signature", "id_token med feil signatur"),
            ("wrong-nonce", "id_token med feil nonce"),
            ("expired-id-token", "Utløpt id_token"),
        ],
    ),
];

const KINDS: [(&str, &str); 18] = [
    ("any", "Alle"),
    ("Observation", "Observation"),
    ("CarePlan", "CarePlan"),
    ("Goal", "Goal"),
    ("Patient", "Patient"),
    ("EpisodeOfCare", "EpisodeOfCare"),
    ("Provenance", "Provenance"),
    ("QuestionnaireResponse", "QuestionnaireResponse"),
    ("DocumentReference", "DocumentReference"),
    ("AuditEvent", "AuditEvent"),
    ("Basic", "Basic (innstillinger)"),
    ("transaction", "Transaksjon"),
    ("plans", "Plantjenesten (NHN)"),
    ("authorize", "Pålogging (authorize)"),
    ("token", "Token"),
    ("jwks", "Nøkler (jwks)"),
    ("discovery", "smart-configuration"),
    ("metadata", "CapabilityStatement"),
];

const ALGORITHMS: [(&str, &str); 4] = [
    ("ES256", "ES256"),
    ("ES384", "ES384"),
    ("RS256", "RS256"),
    ("RS384", "RS384"),
];

const EVENTS: [(&str, &str); 4] = [
    ("Patient-open", "Pasient åpnet"),
    ("Patient-close", "Pasient lukket"),
    ("UserLogout", "Bruker logget ut"),
    ("SyncError", "Ute av takt (SyncError)"),
];

const LOCALES: [(&str, &str); 4] = [
    ("", "ikke oppgitt"),
    ("nb-NO", "bokmål"),
    ("nn-NO", "nynorsk"),
    ("en-GB", "engelsk"),
];

/// All texts are of this program but `patient`, an id made safe, and `frames`, which is a list of links.
pub(super) fn panel(user: &User, patient: &str, frames: &str) -> String {
    let groups: String = FAULTS
        .iter()
        .map(|(name, faults)| format!("<optgroup label=\"{name}\">{}</optgroup>", options(faults)))
        .collect();
    let number = |name: &str, label: &str| {
        format!(
            "<label>{label} <input name=\"{name}\" type=\"number\" min=\"1\" inputmode=\"numeric\"></label>"
        )
    };
    let check = |name: &str, label: &str| {
        format!("<label class=\"check\"><input name=\"{name}\" type=\"checkbox\"> {label}</label>")
    };
    format!(
        "<details class=\"faults\" id=\"faults\" data-user=\"{user}\" hidden><summary>Feil</summary>\
         <form id=\"fault-new\"><fieldset><legend>Ny feil</legend>\
         <label>Tjeneste <select name=\"source\"><option value=\"\">Journalen</option>{sources}</select></label>\
         <label>Forespørsel <select name=\"on\">{kinds}</select></label>\
         <label>Feil <select name=\"fault\">{groups}</select></label>{ms}{retry}{times}\
         <label>Adressen inneholder <input name=\"match\"></label>\
         <button>Legg til</button></fieldset></form>\
         <ul id=\"fault-list\" aria-label=\"Feil som er på\"></ul>\
         <form id=\"fault-launch\"><fieldset><legend>Neste åpning</legend>\
         {seconds}{rotate}{refresh}{banner}{style}{messaging}{fhircast}\
         <label>Signatur <select name=\"algorithm\">{algorithms}</select></label>\
         <label>Språk <select name=\"locale\">{locales}</select></label>\
         <button>Bruk</button></fieldset></form>\
         <p><button id=\"fault-clear\">Fjern alt</button> <span role=\"status\" id=\"fault-status\"></span></p>\
         <form id=\"journal-event\"><fieldset><legend>Hendelse i journalen (FHIRcast)</legend>\
         <label>Hendelse <select name=\"event\">{events}</select></label>\
         <label>Pasientens id <input name=\"patient\"></label><button>Send</button></fieldset></form>\
         <ol id=\"journal-events\" aria-label=\"Sendte hendelser\"></ol>\
         <ol id=\"audit\" data-patient=\"{patient}\" aria-label=\"Loggførte innsyn\"></ol>\
         <ol id=\"messages\" aria-label=\"Meldinger fra modulen\"></ol>\
         <ul class=\"frames\" aria-label=\"Slik kan modulen åpnes\">{frames}</ul>\
         </details>",
        kinds = options(&KINDS),
        sources = SPECS
            .iter()
            .map(|spec| format!("<option value=\"{}\">{}</option>", spec.id, spec.name))
            .collect::<String>(),
        ms = number("ms", "Millisekunder"),
        retry = number("retryAfter", "Retry-After (s)"),
        times = number("times", "Antall ganger"),
        seconds = number("seconds", "Token varer (s)"),
        rotate = check("rotate", "Fornyelsestoken byttes"),
        refresh = check("refresh", "Fornyelse gis"),
        banner = check("needPatientBanner", "Modulen viser pasienten"),
        style = check("style", "Journalens stil"),
        messaging = check("messaging", "Meldinger (SMART Web Messaging)"),
        fhircast = check("fhircast", "Hendelser (FHIRcast)"),
        algorithms = options(&ALGORITHMS),
        locales = options(&LOCALES),
        events = options(&EVENTS),
        user = user.id,
    )
}

fn options(options: &[(&str, &str)]) -> String {
    options
        .iter()
        .map(|(value, label)| format!("<option value=\"{value}\">{label}</option>"))
        .collect()
}
