//! What is done with the draft as a whole: steps back and forth, on to what will be saved, or away with it.

use yew::prelude::*;

use super::keys::review;
use super::sheet::Writing;
use crate::state::PlanCommand;
use crate::text::EditMsg;

impl Writing<'_> {
    /// The bar below the editor.
    pub(super) fn bar(
        self,
        can_undo: bool,
        can_redo: bool,
        discarding: bool,
        on_discarding: &Callback<bool>,
    ) -> Html {
        let lang = self.lang;
        // It keeps the focus also when there is no further step.
        let step = |hook: &'static str, msg: EditMsg<'_>, can: bool, command: PlanCommand| {
            let on_click = self.send.reform(move |_| command.clone());
            html! {
                <button type="button" data-testid={hook} onclick={on_click}
                    aria-disabled={(!can).then_some("true")}>
                    {lang.edit(msg)}
                </button>
            }
        };
        let on_review = {
            let commands = self.commands.clone();
            move |_| review(&commands)
        };
        html! {
            <div class="edit-bar">
                {step("undo", EditMsg::Undo, can_undo, PlanCommand::Undo)}
                {step("redo", EditMsg::Redo, can_redo, PlanCommand::Redo)}
                <p class="quiet" role="status">
                    {lang.edit(match self.changes.len() {
                        0 => EditMsg::NothingChanged,
                        changes => EditMsg::Unsaved(changes),
                    })}
                    if !self.issues.is_empty() {
                        {" · "}{lang.edit(EditMsg::ToPutRight(self.issues.len()))}
                    }
                </p>
                <button type="button" class="main" data-testid="plan-review" onclick={on_review}>
                    {lang.edit(EditMsg::Review)}
                </button>
                {self.discard(discarding, on_discarding)}
            </div>
        }
    }

    /// Throws the draft away, once it is said again that this is meant.
    pub(super) fn discard(self, asked: bool, on_asked: &Callback<bool>) -> Html {
        let lang = self.lang;
        // Each gives way to the other, and the focus with it.
        let ask = |[hook, next]: [&'static str; 2], msg: EditMsg<'_>, asks: bool| {
            let (focus, on_asked) = (self.focus.clone(), on_asked.clone());
            let on_click = move |_| {
                *focus.borrow_mut() = Some(next.to_owned());
                on_asked.emit(asks);
            };
            html! {
                <button type="button" class="link" id={hook} data-testid={hook} onclick={on_click}>
                    {lang.edit(msg)}
                </button>
            }
        };
        if !asked {
            return ask(["plan-discard", "plan-keep"], EditMsg::Discard, true);
        }
        let on_discard = {
            let (send, on_asked) = (self.send.clone(), on_asked.clone());
            move |_| {
                on_asked.emit(false);
                send.emit(PlanCommand::Discard);
            }
        };
        html! {
            <span class="edit-asked" role="group" aria-label={lang.edit(EditMsg::DiscardAsked)}>
                <span role="alert">{lang.edit(EditMsg::DiscardAsked)}</span>
                <button type="button" data-testid="plan-discard-yes" onclick={on_discard}>
                    {lang.edit(EditMsg::DiscardYes)}
                </button>
                {ask(["plan-keep", "plan-discard"], EditMsg::Keep, false)}
            </span>
        }
    }
}
