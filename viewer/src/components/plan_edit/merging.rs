//! Somebody else has saved first: what clashes is decided place by place, what does not is shown.

use chart_model::care_plan::{CarePlan, Change, Choice, Clash, PieceKind, Value, diff};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::super::plan::{Signature, change, lines, place_id};
use super::sheet::Writing;
use crate::state::PlanCommand;
use crate::state::plan::Merging;
use crate::text::EditMsg;

impl Writing<'_> {
    /// The page.
    pub(super) fn merging(self, discarding: bool, on_discarding: &Callback<bool>) -> Html {
        let Some(merging) = &self.state.desk.merging else {
            return Html::default();
        };
        let lang = self.lang;
        let theirs = &merging.theirs;
        let signature = Signature {
            author: &theirs.version.author,
            time: theirs.version.time.as_ref(),
        };
        let undecided = merging.choices.iter().filter(|choice| choice.is_none()).count();
        let on_review = self.send.reform(|_| PlanCommand::Review);
        // What clashes stands as in theirs, so what differs from theirs went in by itself.
        let mine = diff(&theirs.plan, &merging.merged.plan);
        let clashes = |found: &Change| {
            merging
                .merged
                .clashes
                .iter()
                .any(|clash| clash.place == found.place)
        };
        let mut of_theirs = diff(self.base, &theirs.plan);
        of_theirs.retain(|found| !clashes(found));
        html! {
            <div class="edit">
                <div class="notice">
                    <p>{signature.in_full(lang, self.now)}</p>
                    <p role="status">{lang.edit(EditMsg::Undecided(undecided))}</p>
                </div>
                <h3>{lang.edit(EditMsg::Clashes(merging.merged.clashes.len()))}</h3>
                <ul class="changes">
                    {for merging.clashes().enumerate().map(|(at, (clash, choice))| self.clash(merging, at, clash, choice))}
                </ul>
                if !mine.is_empty() || !of_theirs.is_empty() {
                    <h3>{lang.edit(EditMsg::MergedByItself)}</h3>
                    <div class="edit-beside">
                        {self.merged(EditMsg::MyChanges, &mine, [&theirs.plan, &merging.merged.plan], None)}
                        {self.merged(EditMsg::TheirChanges, &of_theirs, [self.base, &theirs.plan], Some(&signature))}
                    </div>
                }
                <div class="edit-bar">
                    <button type="button" class="main" data-testid="plan-review" onclick={on_review}
                        aria-disabled={(undecided > 0).then_some("true")}>
                        {lang.edit(EditMsg::Review)}
                    </button>
                    {self.discard(discarding, on_discarding)}
                </div>
            </div>
        }
    }

    /// What went in without a question.
    fn merged(
        self,
        heading: EditMsg<'_>,
        changes: &[Change],
        plans: [&CarePlan; 2],
        by: Option<&Signature<'_>>,
    ) -> Html {
        if changes.is_empty() {
            return Html::default();
        }
        let signed: Vec<Signature<'_>> = by
            .map(|by| Signature {
                author: by.author,
                time: by.time,
            })
            .into_iter()
            .collect();
        let entry = |found: &Change| {
            html! {
                <li>
                    <h5>{self.lang.place(&found.place)}</h5>
                    {change(found, plans, &signed, self.lang, self.now)}
                </li>
            }
        };
        html! {
            <section>
                <h4>{self.lang.edit(heading)}</h4>
                <ul class="changes">{for changes.iter().map(entry)}</ul>
            </section>
        }
    }

    /// One place where both changed something: how it was, both texts, and the choice.
    fn clash(self, merging: &Merging, at: usize, clash: &Clash, choice: Option<&Choice>) -> Html {
        let lang = self.lang;
        let place = lang.place(&clash.place);
        let theirs = &merging.theirs;
        let signature = Signature {
            author: &theirs.version.author,
            time: theirs.version.time.as_ref(),
        };
        let radio = |label: EditMsg<'_>, checked: bool, chosen: Choice| {
            let on_change = self
                .send
                .reform(move |_: Event| PlanCommand::Choose(at, chosen.clone()));
            html! {
                <label class="edit-choice">
                    <input type="radio" name={format!("clash-{at}")} {checked} onchange={on_change} />
                    {lang.edit(label)}
                </label>
            }
        };
        let side = |label: EditMsg<'_>, checked: bool, chosen: Choice, content: Html| {
            html! { <div class="edit-side">{radio(label, checked, chosen)}{content}</div> }
        };
        let of = |after: &Option<Value>, plan: &CarePlan, signed: &[Signature<'_>]| {
            let found = Change {
                place: clash.place.clone(),
                before: clash.base.clone(),
                after: after.clone(),
                follows: None,
            };
            html! {
                <>
                    if after.is_none() {
                        <p class="quiet">{lang.edit(EditMsg::Removed)}</p>
                    }
                    {change(&found, [self.base, plan], signed, lang, self.now)}
                </>
            }
        };
        html! {
            <li data-testid="plan-clash" data-place={place_id(&clash.place)}>
                <fieldset>
                    <legend><h4>{lang.edit(EditMsg::ChoiceAt(&place))}</h4></legend>
                    <div class="edit-before">
                        <p class="quiet">{lang.edit(EditMsg::Before)}</p>
                        {self.unmarked(clash)}
                    </div>
                    <div class="edit-sides">
                        {side(EditMsg::Mine, choice == Some(&Choice::Mine), Choice::Mine, of(&clash.mine, self.plan, &[]))}
                        {side(
                            EditMsg::Theirs,
                            choice == Some(&Choice::Theirs),
                            Choice::Theirs,
                            of(&clash.theirs, &theirs.plan, &[signature]),
                        )}
                        {self.own(at, clash, choice, radio)}
                    </div>
                </fieldset>
            </li>
        }
    }

    /// How a place was before both, without marks.
    fn unmarked(self, clash: &Clash) -> Html {
        let whole = Change {
            place: clash.place.clone(),
            before: None,
            after: clash.base.clone(),
            follows: None,
        };
        let mut all = self.lang.change_lines(&whole, [self.base; 2]);
        for piece in all.iter_mut().flat_map(|line| &mut line.pieces) {
            piece.kind = PieceKind::Same;
        }
        lines(&all, self.lang)
    }

    /// A text written anew, where it is a text that clashes.
    fn own(
        self,
        at: usize,
        clash: &Clash,
        choice: Option<&Choice>,
        radio: impl Fn(EditMsg<'_>, bool, Choice) -> Html,
    ) -> Html {
        let text = |value: &Option<Value>| match value {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let Some(begun) = text(&clash.mine).or_else(|| text(&clash.theirs)) else {
            return Html::default();
        };
        let written = match choice {
            Some(Choice::Other(value)) => text(value),
            _ => None,
        };
        let on_input = self.send.reform(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            PlanCommand::Choose(at, Choice::Other(Some(Value::Text(text))))
        });
        html! {
            <div class="edit-side">
                {radio(EditMsg::Own, written.is_some(), Choice::Other(Some(Value::Text(begun.clone()))))}
                if let Some(written) = written {
                    <div class="edit-field">
                        <textarea rows="4" aria-label={self.lang.edit(EditMsg::Own)} value={written} oninput={on_input} />
                    </div>
                }
            </div>
        }
    }
}
