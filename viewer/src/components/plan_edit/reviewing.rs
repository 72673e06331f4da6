//! What will be saved, place by place; why; and the saving.

use chart_model::care_plan::{Change, Place};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::super::error_view::notice;
use super::super::plan::{Signature, change};
use super::saving::{is_saving, saving};
use super::sheet::Writing;
use crate::state::plan::PlanPage;
use crate::state::{PlanCommand, Role};
use crate::text::EditMsg;

impl Writing<'_> {
    /// The page.
    pub(super) fn reviewing(self, discarding: bool, on_discarding: &Callback<bool>) -> Html {
        let lang = self.lang;
        let desk = &self.state.desk;
        let sets_limits = |change: &Change| matches!(change.place, Place::Limits(..));
        let refused = self.changes.is_empty() || !self.issues.is_empty() || is_saving(desk);
        let save = |hook: &'static str, class: Option<&'static str>, msg: EditMsg<'_>, suggesting: bool| {
            let send = self.send.clone();
            let on_click = move |_| {
                if !refused {
                    send.emit(PlanCommand::Suggesting(suggesting));
                    send.emit(PlanCommand::Save);
                }
            };
            html! {
                <button type="button" {class} data-testid={hook} onclick={on_click}
                    aria-disabled={refused.then_some("true")}>
                    {lang.edit(msg)}
                </button>
            }
        };
        let may_save = self.state.role == Role::Editor;
        let may_suggest = !desk.no_suggestions;
        html! {
            <div class="edit">
                {self.overtaken()}
                <h3>{lang.edit(EditMsg::WillBeSaved)}</h3>
                if self.changes.is_empty() {
                    <p role="status">{lang.edit(EditMsg::NothingChanged)}</p>
                }
                <ul class="changes">{for self.changes.iter().map(|found| self.entry(found))}</ul>
                if self.changes.iter().any(sets_limits) {
                    <p class="quiet">{lang.edit(EditMsg::FromNow)}</p>
                }
                {self.why()}
                if !self.issues.is_empty() {
                    <p class="problem" role="alert">{lang.edit(EditMsg::ToPutRight(self.issues.len()))}</p>
                }
                {saving(desk, lang, self.commands)}
                <div class="edit-bar">
                    if may_save {
                        {save("plan-save", Some("main"), EditMsg::Save, false)}
                    }
                    if may_suggest {
                        {save("plan-suggest", (!may_save).then_some("main"), EditMsg::Suggest, true)}
                    }
                    <button type="button" data-testid="plan-go-on"
                        onclick={self.send.reform(|_| PlanCommand::Edit)}>
                        {lang.edit(EditMsg::GoOn)}
                    </button>
                    {self.discard(discarding, on_discarding)}
                    if may_suggest {
                        <p class="quiet">{lang.edit(EditMsg::SuggestHint)}</p>
                    }
                </div>
            </div>
        }
    }

    /// One change, and where it is.
    pub(super) fn entry(self, found: &Change) -> Html {
        let known = !self.me.name.is_empty();
        let signed = known.then_some(Signature {
            author: self.me,
            time: None,
        });
        let issues = self.issues.iter().filter(|issue| issue.place == found.place);
        html! {
            <li>
                <h4>{self.lang.place(&found.place)}</h4>
                {change(found, [self.base, self.plan], signed.as_slice(), self.lang, self.now)}
                {for issues.map(|issue| html! { <p class="problem">{self.lang.issue(&issue.problem)}</p> })}
            </li>
        }
    }

    /// That somebody else has saved in the meantime, and the way to what that was.
    fn overtaken(self) -> Html {
        let Some(theirs) = &self.state.desk.overtaken else {
            return Html::default();
        };
        let signature = Signature {
            author: &theirs.version.author,
            time: theirs.version.time.as_ref(),
        };
        let who = signature.in_full(self.lang, self.now);
        let on_click = self.send.reform(|_| PlanCommand::Open(PlanPage::LATEST));
        let show = html! {
            <button type="button" class="link" onclick={on_click}>{self.lang.edit(EditMsg::ShowSaved)}</button>
        };
        html! {
            <div role="status">
                {notice(Some("plan-overtaken"), &self.lang.edit(EditMsg::MergedWith(&who)), show)}
            </div>
        }
    }

    fn why(self) -> Html {
        let lang = self.lang;
        let on_input = self.send.reform(|event: InputEvent| {
            PlanCommand::Comment(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        html! {
            <div class="edit-field edit-why">
                <label for="plan-comment">{lang.edit(EditMsg::Why)}</label>
                <textarea id="plan-comment" data-testid="plan-comment" rows="2" oninput={on_input}
                    value={self.state.desk.comment.clone()} aria-describedby="plan-comment-hint" />
                <p id="plan-comment-hint" class="quiet">{lang.edit(EditMsg::WhyHint)}</p>
            </div>
        }
    }
}
