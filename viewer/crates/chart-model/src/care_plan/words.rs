//! Two texts compared word by word. Holds no plan.
//!
//! A text is cut into words, white space and single marks; what stands between two changes without a
//! word in it belongs to them, so that a rewritten phrase is one change and not one per word.

use std::ops::Range;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// A stretch of a compared text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What became of it.
    pub kind: PieceKind,
    /// The words, with the spaces in and around them.
    pub text: &'a str,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// In both texts.
    Same,
    /// Only in the older.
    Deleted,
    /// Only in the newer.
    Inserted,
}

/// A stretch of the older text that is another in the newer, in tokens; either may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Cuts a text; put together again the tokens are the text.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Class {
        Word,
        Space,
        Mark,
    }
    let class = |c: char| match c {
        c if c.is_alphanumeric() => Class::Word,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Mark,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before: Option<Class> = None;
    for (at, character) in text.char_indices() {
        let here = class(character);
        let goes_on = here != Class::Mark && before.as_ref() == Some(&here);
        if at > start && !goes_on {
            tokens.extend(text.get(start..at));
            start = at;
        }
        before = Some(here);
    }
    tokens.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    tokens
}

/// True for a token that is neither white space nor a mark.
pub(super) fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(char::is_alphanumeric)
}

/// True if nothing but spaces and marks stands in these tokens.
pub(super) fn holds_no_word(tokens: &[&str], between: Range<usize>) -> bool {
    tokens
        .get(between)
        .is_none_or(|between| !between.iter().any(|token| is_word(token)))
}

/// What `similar`'s `capture_diff_slices` gives, which brings along all of its algorithms.
fn differences(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut found = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff_deadline_raw(&mut found, old, 0..old.len(), new, 0..new.len(), None);
    found.into_inner().into_inner().into_ops()
}

/// What differs, in the order of the text.
pub(super) fn hunks(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in differences(old, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let hunk = Hunk {
            old: op.old_range(),
            new: op.new_range(),
        };
        match hunks.last_mut() {
            Some(last) if holds_no_word(old, last.old.end..hunk.old.start) => {
                last.old.end = hunk.old.end;
                last.new.end = hunk.new.end;
            }
            _ => hunks.push(hunk),
        }
    }
    hunks
}

/// The tracked changes from one text to another, to be shown one after the other.
pub fn pieces<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let (old_tokens, new_tokens) = (tokens(old), tokens(new));
    let (old_ends, new_ends) = (ends(&old_tokens), ends(&new_tokens));
    let slice = |text: &'a str, ends: &[usize], range: Range<usize>| -> &'a str {
        let end_of = |tokens: usize| ends.get(tokens).copied().unwrap_or(text.len());
        text.get(end_of(range.start)..end_of(range.end))
            .unwrap_or_default()
    };
    let mut pieces = Vec::new();
    let mut push = |kind, text: &'a str| {
        if !text.is_empty() {
            pieces.push(Piece { kind, text });
        }
    };
    let mut at = 0;
    for hunk in hunks(&old_tokens, &new_tokens) {
        push(PieceKind::Same, slice(old, &old_ends, at..hunk.old.start));
        push(PieceKind::Deleted, slice(old, &old_ends, hunk.old.clone()));
        push(PieceKind::Inserted, slice(new, &new_ends, hunk.new));
        at = hunk.old.end;
    }
    push(PieceKind::Same, slice(old, &old_ends, at..old_tokens.len()));
    pieces
}

/// Byte offsets at which each token starts, and the end.
fn ends(tokens: &[&str]) -> Vec<usize> {
    let mut end = 0;
    let mut ends = vec![0];
    for token in tokens {
        end += token.len();
        ends.push(end);
    }
    ends
}

/// How much of two texts is the same: words in common of all words, 0 to 1; 2 for the same text.
pub(super) fn similarity(a: &str, b: &str) -> f64 {
    if a == b {
        return 2.0;
    }
    let words = |text| {
        tokens(text)
            .into_iter()
            .filter(|token| is_word(token))
            .collect::<Vec<_>>()
    };
    let (a, b) = (words(a), words(b));
    let changed: usize = differences(&a, &b)
        .into_iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }))
        .map(|op| op.old_range().len() + op.new_range().len())
        .sum();
    let all = a.len() + b.len();
    if all == 0 {
        return 0.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "a text has no 2^52 words")]
    let share = (all - changed) as f64 / all as f64;
    share
}
