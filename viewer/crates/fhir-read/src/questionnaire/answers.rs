//! The items of a QuestionnaireResponse as lines: questions with their answers, and headings. Every answer that was sent
//! comes out, if need be as it was sent.

use chart_model::questionnaire::Answer;
use chart_model::reading::Comparator;
use chart_model::{ClinicalTime, Wording};

use super::Line;
use super::form::{Form, add};
use crate::error::shortened;
use crate::gather::{Gathered, first_filled, number};
use crate::json::Json;
use crate::who::named;

/// The lines of a filling, in the order of the form.
pub(super) fn lines(all: &Gathered, response: &Json, form: &Form<'_>) -> Vec<Line> {
    let mut reader = Lines {
        all,
        response,
        form,
        lines: Vec::new(),
    };
    reader.items(response, 0);
    reader.lines
}

struct Lines<'a> {
    all: &'a Gathered,
    response: &'a Json,
    form: &'a Form<'a>,
    lines: Vec<Line>,
}

impl Lines<'_> {
    /// As deep as JSON that can be read is nested, and no deeper.
    fn items(&mut self, holder: &Json, depth: u8) {
        for item in holder.get("item").items() {
            self.item(item, depth);
        }
    }

    fn item(&mut self, item: &Json, depth: u8) {
        let answers = item.get("answer").items();
        let has_items = |holder: &Json| !holder.get("item").items().is_empty();
        let link = item.text("linkId");
        let text = self.text(item);
        let line = |answers: Vec<Answer>, is_heading| Line {
            depth,
            link: link.into(),
            text: text.clone(),
            answers,
            is_heading,
        };
        if answers.iter().any(has_items) {
            // Each answer with the questions under it.
            for answer in answers {
                let value = self.answer(link, answer).into_iter().collect();
                self.lines.push(line(value, false));
                self.items(answer, depth.saturating_add(1));
            }
        } else {
            let values: Vec<Answer> = answers
                .iter()
                .filter_map(|answer| self.answer(link, answer))
                .collect();
            let forms = self.form.items(link);
            let asks = |kind: &str| !matches!(kind, "group" | "display");
            let asks = forms.first().map(|(form, _)| asks(form.text("type")));
            let is_heading = values.is_empty() && !asks.unwrap_or(!has_items(item));
            self.lines.push(line(values, is_heading));
        }
        self.items(item, depth.saturating_add(1));
    }

    /// The question's own text: as the patient saw it, else as the questionnaire has it.
    fn text(&self, item: &Json) -> Wording {
        let mut text = Wording::default();
        add(&mut text, item, "text", self.response.text("language"));
        for (form, lang) in self.form.items(item.text("linkId")) {
            add(&mut text, form, "text", lang);
        }
        text.add(item.text("linkId"), "");
        text
    }

    /// `None` for an answer that holds nothing at all, or only why it does not.
    fn answer(&self, link: &str, answer: &Json) -> Option<Answer> {
        let fields = answer.fields().unwrap_or_default().iter();
        let sent = fields.filter(|(name, _)| !matches!(name.as_str(), "id" | "item"));
        if says_why_there_is_none(answer) {
            return None;
        }
        let mut values = sent.clone().filter(|(name, _)| name.starts_with("value"));
        let Some((name, value)) = values.next() else {
            let mut rest = sent.map(|(name, value)| format!("{name} {value}"));
            return rest.next().map(|rest| Answer::Unread(shortened(&rest).into()));
        };
        let unread = || Answer::Unread(shortened(&value.to_string()).into());
        let text = || Some(value.as_text()).filter(|text| !text.is_empty());
        let read = match name.as_str() {
            "valueBoolean" => value.flag().map(Answer::Flag),
            "valueInteger" | "valueDecimal" => number(value).map(|value| Answer::Number {
                value,
                comparator: None,
                unit: "".into(),
            }),
            "valueQuantity" => quantity(value),
            "valueDate" | "valueDateTime" => text().map(|text| {
                ClinicalTime::parse(text).map_or_else(|_| Answer::Text(text.into()), Answer::Time)
            }),
            "valueString" | "valueTime" | "valueUri" => text().map(|text| Answer::Text(text.into())),
            "valueCoding" => self.choice(link, value),
            "valueAttachment" => {
                let file = value.text("url").rsplit('/').next().unwrap_or_default();
                let name = first_filled([value.text("title"), file, value.text("contentType")]);
                value.fields().map(|_| Answer::File(name.into()))
            }
            "valueReference" => {
                let named = named(self.all, value, self.response);
                let name = first_filled([
                    &named,
                    value.text("reference"),
                    value.get("identifier").text("value"),
                ]);
                Some(name)
                    .filter(|name| !name.is_empty())
                    .map(|name| Answer::Text(name.into()))
            }
            _ => None,
        };
        Some(read.unwrap_or_else(unread))
    }

    fn choice(&self, link: &str, coding: &Json) -> Option<Answer> {
        let mut text = Wording::default();
        add(&mut text, coding, "display", self.response.text("language"));
        self.form.add_option(&mut text, self.all, link, coding);
        let code = coding.text("code");
        text.add(code, "");
        let code = if code.is_empty() {
            String::new()
        } else {
            format!("{}|{code}", coding.text("system"))
        };
        (!text.is_empty()).then(|| Answer::Choice {
            code: code.into(),
            text,
        })
    }
}

/// An answer that holds nothing but the reason why it was not given.
fn says_why_there_is_none(answer: &Json) -> bool {
    let is_reason =
        |one: &Json| one.text("url") == "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    let mut fields = answer.fields().unwrap_or_default().iter();
    fields.all(|(name, value)| match name.as_str() {
        "extension" => value.items().iter().all(is_reason),
        "id" | "item" => true,
        name => name.starts_with("_value") && value.get("extension").items().iter().any(is_reason),
    })
}

fn quantity(value: &Json) -> Option<Answer> {
    let comparator = match value.text("comparator") {
        "" => None,
        "<" => Some(Comparator::Less),
        "<=" => Some(Comparator::LessOrEqual),
        ">" => Some(Comparator::Greater),
        ">=" => Some(Comparator::GreaterOrEqual),
        _ => return None,
    };
    Some(Answer::Number {
        value: number(value.get("value"))?,
        comparator,
        unit: first_filled([value.text("unit"), value.text("code")]).into(),
    })
}
