//! Lower case of Latin letters, those of Norwegian, Sami and their neighbours among them; other scripts stay as they
//! are. The standard library's tables for all scripts are 4 kB of the app.

/// The text in lower case.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

fn lower(letter: char) -> char {
    let code = u32::from(letter);
    let further = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => 32,
        // Pairs of a capital and its small letter: even and odd, or the other way about.
        'Ā'..='į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' if code.is_multiple_of(2) => 1,
        'Ĺ'..='ň' | 'Ź'..='ž' if !code.is_multiple_of(2) => 1,
        'Ÿ' => return 'ÿ',
        _ => 0,
    };
    char::from_u32(code + further).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_are_as_in_the_standard_library() {
        // The Turkish capital I with a dot becomes two characters there.
        for letter in ('\0'..='\u{17f}').filter(|letter| *letter != 'İ') {
            assert_eq!(
                lowercase(&letter.to_string()),
                letter.to_lowercase().to_string(),
                "{letter}"
            );
        }
    }

    #[test]
    fn words_keep_what_has_no_case() {
        assert_eq!(lowercase("SpO₂ ÆØÅ ČĐŊŠŦŽ 38,5 °C"), "spo₂ æøå čđŋšŧž 38,5 °c");
    }
}
