//! The HTML of the journal. Everything from outside goes through `escape`.

use jiff::civil::Date;

use super::module::{self, View};
use super::panel;
use super::record::{Chart, Patient, norwegian_date};
use crate::auth::users::{Frame, USERS, User};

/// A journal with somebody signed in.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub(super) frame: Frame,
    pub(super) user: &'static User,
    pub(super) patients: &'a [Patient],
    pub(super) today: Date,
    /// The journal's own banner is there; else the module must say who the patient is.
    pub(super) shows_patient: bool,
    pub(super) view: View,
    /// Origins of the journal: another site than the viewer, and the same.
    pub(super) journal: &'a str,
    pub(super) same_site: &'a str,
}

/// A patient opened in the journal.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) patient: Patient,
    pub(super) chart: Chart,
    /// The items of the list, as HTML.
    pub(super) documents: String,
    pub(super) launch_url: String,
    /// By which messages of the module are known.
    pub(super) handle: String,
    pub(super) forced: bool,
}

impl Page<'_> {
    pub(super) fn without_patient(&self) -> String {
        self.whole(None, "<p class=\"hint\">Velg en pasient i listen.</p>")
    }

    pub(super) fn patient_not_found(&self, id: &str) -> String {
        let content = format!(
            "<section class=\"message\" role=\"alert\"><h1>Fant ikke pasienten</h1>\
             <p>Det finnes ingen pasient med id «{id}» i journalen. Velg en annen i listen.</p>\
             <p><a href=\"{address}&amp;force=1\">Åpne egenmåling for «{id}» likevel</a> \
             (for å prøve en åpning uten pasient)</p></section>",
            id = escape(id),
            address = self.address(Some(id)),
        );
        self.whole(None, &content)
    }

    pub(super) fn with_patient(&self, opened: &Opened) -> String {
        let banner = if self.shows_patient {
            self.banner(opened)
        } else {
            String::new()
        };
        let content = format!("{banner}{}", self.tabs(opened));
        self.whole(Some(&opened.patient.id), &content)
    }

    fn path(&self) -> &'static str {
        match self.frame {
            Frame::Hospital => "/hospital",
            Frame::Gp => "/gp",
        }
    }

    /// Safe inside an attribute.
    fn address(&self, patient: Option<&str>) -> String {
        self.address_in(self.view, patient)
    }

    pub(super) fn address_in(&self, view: View, patient: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(patient) = patient {
            query.append_pair("patient", patient);
        }
        query.append_pair("user", self.user.id);
        query.extend_pairs(view.pairs());
        escape(&format!("{}?{}", self.path(), query.finish()))
    }

    fn whole(&self, selected: Option<&str>, content: &str) -> String {
        let (class, title) = match self.frame {
            Frame::Hospital => ("hospital", "Fjordbyen sykehus · Journal"),
            Frame::Gp => ("gp", "Bryggen legesenter · Journal"),
        };
        let body = format!(
            "<header class=\"top\"><a class=\"product\" href=\"{home}\">{title}</a>{user}</header>\
             <div class=\"columns\"><nav aria-label=\"Pasientliste\"><h2>Pasienter</h2><ul>{list}</ul></nav>\
             <main>{content}{panel}</main></div><script type=\"module\" src=\"/panel.js\"></script>",
            home = self.address(None),
            user = self.user_menu(selected),
            list = self.patient_list(selected),
            panel = panel::panel(
                self.user,
                &escape(selected.unwrap_or_default()),
                &selected.map_or_else(String::new, |id| module::frames(self, id))
            ),
        );
        document(title, class, &body)
    }

    fn user_menu(&self, selected: Option<&str>) -> String {
        let options: String = USERS
            .iter()
            .filter(|user| user.frame == self.frame || user.id == self.user.id)
            .map(|user| {
                let chosen = if user.id == self.user.id { " selected" } else { "" };
                format!(
                    "<option value=\"{}\"{chosen}>{}, {}</option>",
                    user.id,
                    user.name(),
                    user.role
                )
            })
            .collect();
        let kept: String = selected
            .map(|id| ("patient", id))
            .into_iter()
            .chain(self.view.pairs())
            .map(|(name, value)| {
                format!(
                    "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
                    escape(value)
                )
            })
            .collect();
        format!(
            "<form class=\"user\" action=\"{path}\"><span class=\"workplace\">{workplace}</span>{kept}\
             <label>Innlogget som <select name=\"user\">{options}</select></label>\
             <button>Bytt</button></form>",
            path = self.path(),
            workplace = self.user.workplace,
        )
    }

    fn patient_list(&self, selected: Option<&str>) -> String {
        if self.patients.is_empty() {
            return "<li class=\"hint\">Ingen pasienter</li>".to_owned();
        }
        let item = |patient: &Patient| {
            let current = if selected == Some(patient.id.as_str()) {
                " aria-current=\"page\""
            } else {
                ""
            };
            let born = patient
                .birth_date
                .map_or_else(String::new, |day| format!("f. {}", norwegian_date(day)));
            format!(
                "<li><a href=\"{}\"{current}><span class=\"name\">{}</span> <span class=\"born\">{born}</span> \
                 <span class=\"about\">{}</span></a></li>",
                self.address(Some(&patient.id)),
                escape(&patient.name),
                escape(&patient.description),
            )
        };
        self.patients.iter().map(item).collect()
    }

    fn banner(&self, opened: &Opened) -> String {
        let patient = &opened.patient;
        let mut facts = Vec::new();
        if let Some(born) = patient.birth_date {
            let age = patient
                .age(self.today)
                .map_or_else(String::new, |age| format!(" ({age} år)"));
            facts.push(("Født", format!("{}{age}", norwegian_date(born))));
        }
        if let Some(gender) = patient.gender {
            facts.push(("Kjønn", gender.to_owned()));
        }
        if let Some(number) = &patient.national_id {
            let spaced = match (number.get(..6), number.get(6..)) {
                (Some(day), Some(rest)) => format!("{day} {rest}"),
                _ => number.clone(),
            };
            facts.push(("Fødselsnummer", spaced));
        }
        let facts: String = facts
            .iter()
            .map(|(label, value)| format!("<div><dt>{label}</dt><dd>{}</dd></div>", escape(value)))
            .collect();
        let forced = if opened.forced {
            "<p class=\"hint\">Åpnet uten at pasienten er funnet i journalen.</p>"
        } else {
            ""
        };
        format!(
            "<section class=\"banner\" aria-label=\"Pasient\"><h1>{}</h1><dl>{facts}</dl>{forced}</section>",
            escape(&patient.name)
        )
    }

    fn tabs(&self, opened: &Opened) -> String {
        let chart = &opened.chart;
        let overview = format!(
            "{}{}{}",
            list("Diagnoser og forløp", &chart.diagnoses),
            list("Legemidler", &chart.medicines),
            list("Behandlingsteam", &chart.follow_up)
        );
        let panels = [
            ("overview", "Oversikt", overview),
            ("notes", "Notater", list("Notater", &chart.notes)),
            ("documents", "Dokumenter", documents(opened)),
            ("results", "Prøvesvar", list("Prøvesvar", &[])),
            ("home", "Egenmåling", module::module(self, opened)),
        ];
        let mut tabs = String::new();
        let mut contents = String::new();
        for (id, name, content) in panels {
            let chosen = id == "home";
            let (focus, hidden) = if chosen { ("0", "") } else { ("-1", " hidden") };
            tabs.push_str(&format!(
                "<button role=\"tab\" id=\"tab-{id}\" aria-controls=\"panel-{id}\" aria-selected=\"{chosen}\" \
                 tabindex=\"{focus}\">{name}</button>"
            ));
            contents.push_str(&format!(
                "<section role=\"tabpanel\" id=\"panel-{id}\" aria-labelledby=\"tab-{id}\"{hidden}>{content}\
                 </section>"
            ));
        }
        format!("<div class=\"tabs\" role=\"tablist\" aria-label=\"Journalens deler\">{tabs}</div>{contents}")
    }
}

/// Where one chooses a journal.
pub(super) fn start() -> String {
    document(
        "Simulert journal",
        "start",
        "<main class=\"start\"><h1>Simulert journal</h1>\
         <p>Velg en journal. Alle pasienter og klinikere er oppdiktet.</p>\
         <ul><li><a href=\"/hospital\">Sykehusjournal</a></li><li><a href=\"/gp\">Fastlegejournal</a></li></ul></main>",
    )
}

pub(super) fn message(title: &str, words: &str) -> String {
    let body = format!(
        "<main class=\"start\"><section class=\"message\" role=\"alert\"><h1>{}</h1><p>{}</p></section>\
         <p><a href=\"/\">Til forsiden</a></p></main>",
        escape(title),
        escape(words)
    );
    document(title, "start", &body)
}

/// Filled again when its tab is opened: the module may have written one.
fn documents(opened: &Opened) -> String {
    format!(
        "<h2>Dokumenter</h2><ul id=\"documents\" data-patient=\"{}\">{}</ul>",
        escape(&opened.patient.id),
        opened.documents
    )
}

fn list(title: &str, lines: &[String]) -> String {
    let items: String = lines
        .iter()
        .map(|line| format!("<li>{}</li>", escape(line)))
        .collect();
    if items.is_empty() {
        format!("<h2>{title}</h2><p class=\"hint\">Ingen registrert</p>")
    } else {
        format!("<h2>{title}</h2><ul>{items}</ul>")
    }
}

pub(super) fn document(title: &str, class: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"nb\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title>\
         <link rel=\"icon\" href=\"/favicon.svg\"><link rel=\"stylesheet\" href=\"/journal.css\">\
         <script src=\"/journal.js\" defer></script></head><body class=\"{class}\">{body}</body></html>",
        escape(title)
    )
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
