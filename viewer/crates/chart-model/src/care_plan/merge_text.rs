//! Two editors' changes to one text put together, word by word. Holds no plan.

use super::words::{Hunk, holds_no_word, hunks, tokens};

/// The text with both editors' changes, or `None` if they clash: a word that both touched in different
/// ways, or changes to words beside each other (a dose and its unit), where only a reader can tell what
/// the two mean together. What both changed in the same way counts once. Symmetric in the editors.
pub fn merge_text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let (base, mine, theirs) = (tokens(base), tokens(mine), tokens(theirs));
    let (my_hunks, their_hunks) = (hunks(&base, &mine), hunks(&base, &theirs));
    let mut merged = String::new();
    let mut at = 0;
    let (mut my, mut their) = (my_hunks.iter().peekable(), their_hunks.iter().peekable());
    loop {
        let (hunk, words) = match (my.peek().copied(), their.peek().copied()) {
            (None, None) => break,
            (Some(m), None) => (m, &mine),
            (None, Some(t)) => (t, &theirs),
            (Some(m), Some(t)) => {
                if m.old == t.old && mine.get(m.new.clone()) == theirs.get(t.new.clone()) {
                    their.next();
                    (m, &mine)
                } else if touch(&base, m, t) {
                    return None;
                } else if m.old.start < t.old.start {
                    (m, &mine)
                } else {
                    (t, &theirs)
                }
            }
        };
        let inserted = words.get(hunk.new.clone()).unwrap_or_default();
        let kept = base.get(at..hunk.old.start).unwrap_or_default();
        merged.extend(kept.iter().chain(inserted).copied());
        at = hunk.old.end;
        // Whose it was: the tokens tell, by address.
        if std::ptr::eq(words, &mine) {
            my.next();
        } else {
            their.next();
        }
    }
    merged.extend(base.get(at..).unwrap_or_default().iter().copied());
    Some(merged)
}

/// True if two changes overlap or have no word of the base text between them.
fn touch(base: &[&str], a: &Hunk, b: &Hunk) -> bool {
    let (first, second) = if a.old.start <= b.old.start {
        (a, b)
    } else {
        (b, a)
    };
    second.old.start <= first.old.end || holds_no_word(base, first.old.end..second.old.start)
}
