//! The Questionnaire behind a filling, in all versions by language that were sent: its title, its items' texts, the words
//! of the answers that it offers. Reads no answers.

use chart_model::Wording;

use crate::gather::{Gathered, first_filled};
use crate::json::Json;

const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

/// The Questionnaire that a filling names.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    /// As the filling names it; empty if it names none.
    pub(crate) address: String,
    /// Those that were sent; several where each is in a language.
    versions: Vec<&'a Json>,
}

impl<'a> Form<'a> {
    pub(crate) fn of(all: &'a Gathered, response: &'a Json) -> Self {
        // Before R4 it was a Reference.
        let named = response.get("questionnaire");
        let address = first_filled([named.as_text(), named.text("reference")]);
        Self {
            address: address.to_owned(),
            versions: versions(all, response, address),
        }
    }

    /// True if one is named that was not sent.
    pub(crate) fn is_missing(&self) -> bool {
        self.versions.is_empty() && !self.address.is_empty() && !self.address.starts_with('#')
    }

    /// Its address, where that says which questionnaire it is anywhere, and not only on this server or in this resource;
    /// else empty.
    pub(crate) fn canonical(&self) -> &str {
        if self.address.contains(':') {
            &self.address
        } else {
            ""
        }
    }

    pub(crate) fn title(&self) -> Wording {
        let mut title = Wording::default();
        for form in &self.versions {
            let field = if form.text("title").is_empty() {
                "name"
            } else {
                "title"
            };
            add(&mut title, form, field, form.text("language"));
        }
        title
    }

    /// The items of a `linkId`, each with the language of its version.
    pub(crate) fn items(&self, link: &str) -> Vec<(&'a Json, &'a str)> {
        let versions = self.versions.iter();
        versions
            .filter_map(|form| Some((item(form, link)?, form.text("language"))))
            .collect()
    }

    /// The words of one of the answers that an item offers, by its Coding.
    pub(crate) fn add_option(&self, text: &mut Wording, all: &Gathered, link: &str, coding: &Json) {
        for form in &self.versions {
            let Some(item) = item(form, link) else { continue };
            let lang = form.text("language");
            for option in item.get("answerOption").items() {
                let offered = option.get("valueCoding");
                if is_same(offered, coding) {
                    add(text, offered, "display", lang);
                }
            }
            let set = item.text("answerValueSet");
            let contained = form.get("contained").items().iter();
            let sent = all
                .of("ValueSet")
                .filter(|sent| sent.text("url") == canonical(set));
            let contained = contained.filter(|there| set.strip_prefix('#') == Some(there.text("id")));
            if !set.is_empty() {
                contained
                    .chain(sent)
                    .for_each(|set| add_concept(text, set, coding));
            }
        }
    }
}

fn versions<'a>(all: &'a Gathered, response: &'a Json, address: &str) -> Vec<&'a Json> {
    if address.is_empty() {
        return Vec::new();
    }
    if address.starts_with('#') {
        let reference = Json::object([("reference", address.into())]);
        return all.resolve(&reference, response).into_iter().collect();
    }
    let (url, version) = address.split_once('|').unwrap_or((address, ""));
    let of_url: Vec<&Json> = all
        .of("Questionnaire")
        .filter(|form| form.text("url") == url)
        .collect();
    let exact = of_url.iter().filter(|form| form.text("version") == version);
    let exact: Vec<&Json> = exact.copied().collect();
    if !exact.is_empty() {
        return exact;
    }
    if !of_url.is_empty() {
        return of_url;
    }
    // On this server, or by an address that the resource does not repeat.
    let reference = Json::object([("reference", url.into())]);
    let found = all.resolve(&reference, response);
    let found = found.filter(|form| {
        form.text("resourceType") == "Questionnaire" && (!url.contains(':') || form.text("url").is_empty())
    });
    found.into_iter().collect()
}

/// The item of a `linkId`, at any depth.
fn item<'a>(holder: &'a Json, link: &str) -> Option<&'a Json> {
    let mut items = holder.get("item").items().iter();
    items.find_map(|there| {
        if !link.is_empty() && there.text("linkId") == link {
            Some(there)
        } else {
            item(there, link)
        }
    })
}

/// Adds a text with the translations that stand beside it.
pub(crate) fn add(wording: &mut Wording, holder: &Json, field: &str, lang: &str) {
    wording.add(holder.text(field), lang);
    for extension in holder.get(&format!("_{field}")).get("extension").items() {
        if extension.text("url") != TRANSLATION {
            continue;
        }
        let part = |name: &str| {
            let mut parts = extension.get("extension").items().iter();
            parts.find(|part| part.text("url") == name)
        };
        if let (Some(lang), Some(content)) = (part("lang"), part("content")) {
            let text = first_filled([content.text("valueString"), content.text("valueMarkdown")]);
            wording.add(
                text,
                first_filled([lang.text("valueCode"), lang.text("valueString")]),
            );
        }
    }
}

fn add_concept(text: &mut Wording, set: &Json, coding: &Json) {
    let lang = set.text("language");
    let included = set.get("compose").get("include").items().iter();
    let composed = included.flat_map(|include| {
        let concepts = include.get("concept").items().iter();
        concepts.map(move |concept| (include.text("system"), concept))
    });
    let expanded = set.get("expansion").get("contains").items().iter();
    for (system, concept) in composed.chain(expanded.map(|concept| (concept.text("system"), concept))) {
        if concept.text("code") != coding.text("code") || !may_be(system, coding.text("system")) {
            continue;
        }
        add(text, concept, "display", lang);
        for designation in concept.get("designation").items() {
            text.add(designation.text("value"), designation.text("language"));
        }
    }
}

fn is_same(offered: &Json, coding: &Json) -> bool {
    !offered.text("code").is_empty()
        && offered.text("code") == coding.text("code")
        && may_be(offered.text("system"), coding.text("system"))
}

/// One system, or not said of one of them.
fn may_be(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one == other
}

fn canonical(address: &str) -> &str {
    address.split('|').next().unwrap_or(address)
}
