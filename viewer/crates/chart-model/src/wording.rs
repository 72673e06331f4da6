//! A text that a source gives in one or several languages. Translates nothing itself.

/// A text, with its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// As it was shown to whoever answered or wrote; may be empty.
    text: Box<str>,
    /// Its language as a BCP 47 tag (`nb`, `nn-NO`); empty if the source does not say.
    lang: Box<str>,
    /// Tags and texts.
    others: Vec<(Box<str>, Box<str>)>,
}

impl Wording {
    /// A text in a language, which may be unknown (empty).
    pub fn new(text: &str, lang: &str) -> Self {
        Self {
            text: text.into(),
            lang: lang.into(),
            others: Vec::new(),
        }
    }

    /// Adds a text in another language; the first of a language counts, empty ones do not. The first text of all is
    /// what is shown where no language fits.
    pub fn add(&mut self, text: &str, lang: &str) {
        if text.is_empty() {
            return;
        }
        if self.text.is_empty() {
            (self.text, self.lang) = (text.into(), lang.into());
        } else if text == &*self.text && self.lang.is_empty() {
            // Now it is known which language that was.
            self.lang = lang.into();
        } else if !lang.is_empty()
            && lang != &*self.lang
            && !self.others.iter().any(|(there, _)| **there == *lang)
        {
            self.others.push((lang.into(), text.into()));
        }
    }

    /// The text for a reader of the language `lang`: in that language, else in the other written Norwegian unless the text
    /// that was shown may be in any, else that.
    pub fn in_language(&self, lang: &str) -> &str {
        let norwegian = |tag: &str| matches!(tag, "nb" | "nn" | "no");
        let lang = primary(lang);
        let is_exact = |tag: &str| primary(tag).eq_ignore_ascii_case(lang);
        let is_near = |tag: &str| norwegian(primary(tag)) && norwegian(lang) && !self.lang.is_empty();
        if is_exact(&self.lang) {
            return &self.text;
        }
        let other = |fits: &dyn Fn(&str) -> bool| self.others.iter().find(|(tag, _)| fits(tag));
        let found = match other(&is_exact) {
            None if is_near(&self.lang) => None,
            None => other(&is_near),
            found => found,
        };
        found.map_or(&self.text, |(_, text)| text)
    }

    /// The text as it was shown to whoever answered.
    pub fn as_sent(&self) -> &str {
        &self.text
    }

    /// True if there is no text in any language.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// True if the two share a text, in whatever language.
    pub fn agrees_with(&self, other: &Self) -> bool {
        let texts = |of: &Self| -> Vec<Box<str>> {
            let others = of.others.iter().map(|(_, text)| text.clone());
            std::iter::once(of.text.clone()).chain(others).collect()
        };
        let theirs = texts(other);
        texts(self).iter().any(|text| theirs.contains(text))
    }
}

/// The language of a tag, without its region.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(texts: &[(&str, &str)]) -> Wording {
        let mut wording = Wording::default();
        texts.iter().for_each(|(lang, text)| wording.add(text, lang));
        wording
    }

    #[test]
    fn a_text_is_shown_in_the_readers_language_or_as_it_was_sent() {
        let hoste = [("nb-NO", "Hoste"), ("en", "Cough"), ("de", "Husten")];
        for (texts, lang, shown) in [
            (&hoste[..], "en", "Cough"),
            (&hoste, "en-GB", "Cough"),
            (&hoste, "nb", "Hoste"),
            (&hoste, "nn", "Hoste"),
            (&hoste, "pl", "Hoste"),
            (&[("", "Hoste"), ("nn", "Hosting")], "nb", "Hoste"),
            (&[("", "Hoste"), ("nn", "Hosting")], "nn", "Hosting"),
            (&[("en", "Cough"), ("nn", "Hosting")], "nb", "Hosting"),
            (&[("", "Hoste"), ("nb", "Hoste"), ("en", "Cough")], "nb", "Hoste"),
            (&[("", "Hoste"), ("en", "Cough")], "nb", "Hoste"),
            (&[("", "Hoste"), ("", "Noe annet")], "nb", "Hoste"),
            (&[("en", ""), ("", "Hoste")], "en", "Hoste"),
            (&[], "nb", ""),
        ] {
            assert_eq!(wording(texts).in_language(lang), shown, "{texts:?} {lang}");
        }
    }

    #[test]
    fn two_texts_agree_in_any_language_that_they_share() {
        let both = wording(&[("nb", "Hoste"), ("en", "Cough")]);
        assert!(both.agrees_with(&wording(&[("en", "Cough")])));
        assert!(!both.agrees_with(&wording(&[("en", "Sleep")])));
    }
}
