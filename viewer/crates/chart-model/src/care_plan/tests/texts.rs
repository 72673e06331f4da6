//! Texts compared and merged, each rule as a row.

use super::*;

/// `[-out-]` and `{+in+}` around what changed.
#[track_caller]
fn check_diff(old: &str, new: &str, expected: &str) {
    let shown: String = pieces(old, new)
        .into_iter()
        .map(|piece| match piece.kind {
            PieceKind::Same => piece.text.to_owned(),
            PieceKind::Deleted => format!("[-{}-]", piece.text),
            PieceKind::Inserted => format!("{{+{}+}}", piece.text),
        })
        .collect();
    assert_eq!(shown, expected, "{old} -> {new}");
}

#[test]
fn texts_differ_by_words() {
    check_diff("Ta 2 tabletter", "Ta 3 tabletter", "Ta [-2-]{+3+} tabletter");
    check_diff("Ring legen.", "Ring legen i dag.", "Ring legen{+ i dag+}.");
    check_diff("a b c", "x y z", "[-a b c-]{+x y z+}");
    check_diff("", "Hvil", "{+Hvil+}");
    check_diff("Hvil", "", "[-Hvil-]");
    check_diff("5 mg", "5,5 mg", "5{+,5+} mg");
    check_diff(
        "<b>Ring</b>\n113",
        "<b>Ring</b>\n116117",
        "<b>Ring</b>\n[-113-]{+116117+}",
    );
    check_diff("blåbær", "blåbærsyltetøy", "[-blåbær-]{+blåbærsyltetøy+}");
}

#[test]
fn long_texts_are_compared_in_no_time() {
    let long = |word: &str| format!("{word} ").repeat(10_000 / (word.len() + 1));
    let start = std::time::Instant::now();
    assert!(!pieces(&long("medisin"), &long("kosthold")).is_empty());
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[track_caller]
fn check_merge(base: &str, mine: &str, theirs: &str, merged: Option<&str>) {
    assert_eq!(merge_text(base, mine, theirs).as_deref(), merged, "{base}");
    assert_eq!(
        merge_text(base, theirs, mine).as_deref(),
        merged,
        "{base}, other side"
    );
}

#[test]
fn words_apart_merge_and_words_beside_each_other_clash() {
    let base = "Ta 2 tabletter om morgenen og ring legen.";
    check_merge(
        base,
        "Ta 3 tabletter om morgenen og ring legen.",
        "Ta 2 tabletter om morgenen og ring sykepleieren.",
        Some("Ta 3 tabletter om morgenen og ring sykepleieren."),
    );
    // A dose and its unit belong together.
    check_merge(
        base,
        "Ta 3 tabletter om morgenen og ring legen.",
        "Ta 2 kapsler om morgenen og ring legen.",
        None,
    );
    check_merge(
        base,
        "Ta 3 tabletter om morgenen og ring legen.",
        "Ta 4 tabletter om morgenen og ring legen.",
        None,
    );
    check_merge("a b", "a x b", "a y b", None);
    check_merge("a b", "a x b", "a x b", Some("a x b"));
    check_merge("a b c d", "b c d", "a b c", Some("b c"));
    check_merge("a b", "", "a b c", None);
}

#[test]
fn both_adding_at_the_end_clash() {
    check_merge("Hvil.", "Hvil. Drikk.", "Hvil. Ring.", None);
}

#[test]
fn control_characters_go_and_markup_stays() {
    assert_eq!(
        clean_text("a\u{0}b\r\nc\rd\te\u{7f}\u{85}<script>"),
        "ab\nc\nd\te<script>"
    );
}

#[test]
fn a_draft_takes_typing_as_one_step_and_a_pause_as_two() {
    let mut draft = Draft::new(plan(&[(Place::Title, "a")]));
    for (text_then, now) in [("ab", 0), ("abc", 1000), ("abcd", 2500), ("abcde", 4001)] {
        draft.set(Place::Title, text(text_then), now);
    }
    let mut seen = vec![draft.current().text(&Place::Title).to_owned()];
    while draft.undo().is_some() {
        seen.push(draft.current().text(&Place::Title).to_owned());
    }
    assert_eq!(seen, ["abcde", "abcd", "a"]);
    draft.redo();
    draft.set(Place::Title, text("x"), 4100);
    assert!(!draft.can_redo() && draft.can_undo());
    draft.undo();
    assert_eq!(draft.current().text(&Place::Title), "abcd");
}
