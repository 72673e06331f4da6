//! A FHIR narrative (XHTML) reduced to plain text: no mark-up of anybody else ever reaches the screen as mark-up.

/// Elements whose text is no text to read.
const HIDDEN: [&str; 3] = ["script", "style", "head"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "dt",
    "dd",
    "hr",
    "thead",
];

/// The text of a narrative's `div`: blocks on lines of their own, cells apart, entities resolved. What is no mark-up
/// after all (`SpO2 < 88`) stays as it is.
pub(crate) fn plain_text(div: &str) -> String {
    let mut text = Text::default();
    let mut rest = div;
    let mut hidden: Option<&str> = None;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        if hidden.is_none() {
            text.words(before);
        }
        let Some((tag, after)) = tag(markup) else {
            if hidden.is_none() {
                text.words("<");
            }
            rest = markup.get(1..).unwrap_or_default();
            continue;
        };
        let is_end = tag.starts_with('/');
        let name = name(tag);
        match hidden {
            Some(inside) if is_end && name.eq_ignore_ascii_case(inside) => hidden = None,
            Some(_) => {}
            None => {
                let is =
                    |names: &[&'static str]| names.iter().copied().find(|one| name.eq_ignore_ascii_case(one));
                if let Some(element) = is(&HIDDEN).filter(|_| !is_end && !tag.ends_with('/')) {
                    hidden = Some(element);
                } else if is(&BLOCKS).is_some() {
                    text.line();
                } else if is(&["td", "th"]).is_some() {
                    text.words(" ");
                }
            }
        }
        rest = after;
    }
    if hidden.is_none() {
        text.words(rest);
    }
    text.finish()
}

/// What stands between `<` and `>`, if that is mark-up, and what comes after.
fn tag(markup: &str) -> Option<(&str, &str)> {
    if let Some(comment) = markup.strip_prefix("<!--") {
        let (_, after) = comment.split_once("-->").unwrap_or((comment, ""));
        return Some(("", after));
    }
    let (tag, after) = markup.get(1..)?.split_once('>')?;
    let first = tag.trim_start_matches('/').chars().next()?;
    (first.is_ascii_alphabetic() || matches!(first, '!' | '?')).then_some((tag, after))
}

fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    tag.get(..end.unwrap_or(tag.len())).unwrap_or_default()
}

#[derive(Default)]
struct Text {
    text: String,
    /// White space, or a line break, that comes before the next word.
    gap: Option<char>,
}

impl Text {
    fn words(&mut self, source: &str) {
        for character in unescaped(source).chars() {
            if character.is_whitespace() {
                self.gap = self.gap.or(Some(' '));
            } else if !character.is_control() {
                if let Some(gap) = self.gap.take().filter(|_| !self.text.is_empty()) {
                    self.text.push(gap);
                }
                self.text.push(character);
            }
        }
    }

    fn line(&mut self) {
        self.gap = Some('\n');
    }

    fn finish(self) -> String {
        self.text
    }
}

/// Character references as the characters that they mean; one that means none stays as written.
fn unescaped(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        text.push_str(before);
        let named = reference.get(1..).and_then(|named| named.split_once(';'));
        match named.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                text.push(character);
                rest = after;
            }
            None => {
                text.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    text
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "aring" => 'å',
        "Aring" => 'Å',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "ndash" => '–',
        "le" => '≤',
        "ge" => '≥',
        "deg" => '°',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mark_up_becomes_lines_and_words() {
        for (div, text) in [
            (
                r#"<div xmlns="http://www.w3.org/1999/xhtml">Ringte pasienten.</div>"#,
                "Ringte pasienten.",
            ),
            (
                "<div><p>Ringte.</p><p>Ny måling  i\n morgen</p></div>",
                "Ringte.\nNy måling i morgen",
            ),
            (
                "<div>Tok<br/>Prednisolon <b>20</b> mg</div>",
                "Tok\nPrednisolon 20 mg",
            ),
            ("<ul><li>en</li><li>to</li></ul>", "en\nto"),
            (
                "<table><tr><td>SpO2</td><td>86 %</td></tr><tr><td>Puls</td></tr></table>",
                "SpO2 86 %\nPuls",
            ),
            (
                "SpO2 &lt; 88 &amp; puls &#8805; 100, bl&aring;",
                "SpO2 < 88 & puls ≥ 100, blå",
            ),
            ("SpO2 < 88 og puls > 100", "SpO2 < 88 og puls > 100"),
            ("a<script>alert('<b>')</script>b<style>p{}</style>c", "abc"),
            ("a<script/>b", "ab"),
            ("a<!-- <b>skjult</b> -->b", "ab"),
            (
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "<script>alert(1)</script>",
            ),
            ("&unknown; &#xZZ; & &", "&unknown; &#xZZ; & &"),
            ("ren tekst", "ren tekst"),
            ("<div>cut off", "cut off"),
            ("<div", "<div"),
            ("<div></div>", ""),
            ("", ""),
        ] {
            assert_eq!(plain_text(div), text, "{div}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_reduced_without_panic(div in "[<>&;#/a-zæ!\\- \n\"0-9]{0,60}") {
            let text = plain_text(&div);
            prop_assert!(text.len() <= div.len());
        }

        #[test]
        fn escaped_text_comes_back_word_for_word(words in prop::collection::vec("[a-zæøå<>&\"';#]{1,8}", 0..8)) {
            let escape = |word: &String| word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let div = format!("<div>{}</div>", words.iter().map(escape).collect::<Vec<_>>().join(" "));
            prop_assert_eq!(plain_text(&div), words.join(" "));
        }
    }
}
