//! The document for the journal: the button that asks for it, and the dialog in which it is previewed, copied, saved,
//! printed and written. What is in it, and what is not, is said before anything is done with it.

use std::rc::Rc;

use gloo::events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::hooks::{Surroundings, use_surroundings};
use super::shared::Shared;
use crate::state::record::{Check, Draft, Format, Preview, RecordCommand, Said, TEXT_FIELD, There, Written};
use crate::state::{Command, State};
use crate::text::{Lang, Msg, RecordMsg};

/// What a printed page says of itself: of which period it is, when it was fetched, the version of the plan, who printed.
pub(super) fn on_paper(state: &State, lang: Lang) -> Html {
    let period = state
        .period
        .map(|period| lang.stamped_period(period, state.choice));
    let fetched = state.fetched_at.map(|at| lang.full_moment(at));
    let fetched = fetched.map(|moment| lang.say(Msg::Fetched(&moment)).into_owned());
    let plan = state.plan.as_deref();
    let plan = plan.and_then(|plan| lang.numbered_plan(&plan.version));
    let user = match &state.user {
        Some(Ok(user)) => user.name.as_deref(),
        _ => None,
    };
    let user = user.map(|name| lang.say(Msg::LoggedIn(name)).into_owned());
    let said: Vec<String> = [period, fetched, plan, user].into_iter().flatten().collect();
    html! { <p class="on-paper">{said.join(" · ")}</p> }
}

/// What leads to the document.
pub(super) fn to_record(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let may = state.may_record();
    let on_click = {
        let commands = commands.clone();
        move |_| {
            if may {
                commands.emit(Command::Record(RecordCommand::Open));
            }
        }
    };
    html! {
        <p class="to-record">
            <button type="button" data-testid="to-record" aria-haspopup="dialog"
                aria-disabled={(!may).then_some("true")} onclick={on_click}>
                {lang.record(RecordMsg::ToRecord)}
            </button>
        </p>
    }
}

/// See [`RecordChunk::dialog`](crate::chunks::RecordChunk).
pub(crate) fn record_dialog(state: &Shared<State>) -> Html {
    match &state.record.draft {
        Some(draft) => html! { <Dialog {state} {draft} /> },
        None => Html::default(),
    }
}

/// See [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
struct DialogProps {
    state: Shared<State>,
    draft: Rc<Draft>,
}

/// A component for the sake of its element: only the browser itself makes a dialog modal.
#[component]
fn Dialog(DialogProps { state, draft }: &DialogProps) -> Html {
    let Surroundings { lang, commands, .. } = use_surroundings();
    let dialog = use_node_ref();
    use_effect_with(Rc::clone(draft), {
        let (dialog, commands) = (dialog.clone(), commands.clone());
        move |draft: &Rc<Draft>| {
            commands.emit(Command::Record(RecordCommand::Preview(Rc::clone(draft))));
            let dialog = dialog.cast::<HtmlDialogElement>();
            let listener = dialog.map(|dialog| {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
                EventListener::new(&dialog, "close", move |_| {
                    commands.emit(Command::Record(RecordCommand::Close));
                })
            });
            move || drop(listener)
        }
    });
    // Closed by the browser, which then gives the focus back to where it was.
    let close = {
        let dialog = dialog.clone();
        move |_| {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let preview = state.record.preview.as_ref();
    let stamp = &draft.record.stamp;
    let names = draft.record.sections.iter();
    let names = names.map(|section| &section.series.parameter);
    html! {
        <dialog ref={dialog} class="record" data-testid="record-dialog" aria-labelledby="record-heading">
            <div class="record-head">
                <h2 id="record-heading">{lang.record(RecordMsg::ToRecord)}</h2>
                <button type="button" class="link" data-testid="record-close" onclick={close}>
                    {lang.say(Msg::Close)}
                </button>
            </div>
            <div class="record-body" tabindex="0">
                <p>{lang.stamped_period(stamp.period, draft.choice)}</p>
                <p>{lang.record(RecordMsg::Holds(&lang.parameters(names)))}</p>
                {for lang.not_in_record(stamp).into_iter().map(|note| html! { <p class="incomplete">{note}</p> })}
                {previewed(preview, lang)}
            </div>
            <div class="record-foot">
                {written(state, draft, lang)}
                <p role="status" data-testid="record-said">{state.record.said.as_ref().map(|said| in_words(said, lang))}</p>
                {actions(state, draft, lang, &commands)}
            </div>
        </dialog>
    }
}

fn previewed(preview: Option<&Preview>, lang: Lang) -> Html {
    let Some(Preview { text, picture, .. }) = preview else {
        return html! { <p class="quiet">{lang.record(RecordMsg::Making)}</p> };
    };
    html! {
        <div class="record-preview">
            <label>
                {lang.record(RecordMsg::Text)}
                <textarea id={TEXT_FIELD} readonly=true rows="12" data-testid="record-text" value={text.to_string()} />
            </label>
            if let Some(picture) = picture {
                <img data-testid="record-picture" src={picture.to_string()} alt={lang.record(RecordMsg::Picture)} />
            }
        </div>
    }
}

/// What can be done with it. Writing is offered where the launch allows it, until the document stands in the journal.
fn actions(state: &State, draft: &Rc<Draft>, lang: Lang, commands: &Callback<Command>) -> Html {
    let button = |hook: &'static str, said: RecordMsg<'static>, command: RecordCommand| {
        let on_click = commands.reform(move |_| Command::Record(command.clone()));
        html! { <button type="button" data-testid={hook} onclick={on_click}>{lang.record(said)}</button> }
    };
    let save = |format| RecordCommand::Save(format, Rc::clone(draft));
    let preview = state.record.preview.as_ref();
    let written = state.record.written(draft);
    let writes = match &written {
        _ if preview.is_none_or(|preview| !preview.may_write) => None,
        Written::There(_) => None,
        Written::NotKnown => Some(RecordMsg::WriteAgain),
        Written::No | Written::Running | Written::Failed(_) => Some(RecordMsg::Write),
    };
    let is_busy = written == Written::Running;
    let write = {
        let (commands, draft) = (commands.clone(), Rc::clone(draft));
        move |_| {
            if !is_busy {
                commands.emit(Command::Record(RecordCommand::Write(Rc::clone(&draft))));
            }
        }
    };
    html! {
        <div class="record-actions">
            if let Some(preview) = preview {
                {button("record-copy", RecordMsg::CopyText, RecordCommand::Copy(Rc::clone(&preview.text)))}
            }
            {button("record-png", RecordMsg::SavePicture, save(Format::Picture))}
            {button("record-pdf", RecordMsg::SavePdf, save(Format::Pdf))}
            {button("record-print", RecordMsg::Print, RecordCommand::Print)}
            if let Some(said) = writes {
                <button type="button" class="main" data-testid="record-write"
                    aria-disabled={is_busy.then_some("true")} onclick={write}>
                    {lang.record(said)}
                </button>
            }
        </div>
    }
}

/// How the writing stands.
fn written(state: &State, draft: &Draft, lang: Lang) -> Html {
    let written = state.record.written(draft);
    let said = match &written {
        Written::No => Html::default(),
        Written::Running => lang.record(RecordMsg::Writing).into(),
        Written::There(there) => there_in_words(there, lang).into(),
        Written::NotKnown => lang.record(RecordMsg::NotKnown).into(),
        Written::Failed(problem) => html! {
            <>
                {lang.record(RecordMsg::NotWritten)}{" "}{lang.say(Msg::Problem(problem.kind))}{" "}
                <span class="support">{lang.say(Msg::ForSupport(&problem.detail))}</span>
            </>
        },
    };
    html! { <p role="status" data-testid="record-state" data-state={written.id()}>{said}</p> }
}

fn there_in_words(there: &There, lang: Lang) -> String {
    let moment = there.at.map(|at| lang.full_moment(at));
    let when = lang.record(match (&moment, there.was_there) {
        (Some(moment), true) => RecordMsg::WasThere(moment),
        (Some(moment), false) => RecordMsg::Written(moment),
        (None, _) => RecordMsg::WasThereSome,
    });
    let check = match there.check {
        Check::Same if there.was_there => return when,
        Check::Same => RecordMsg::ReadBack,
        Check::Differs => RecordMsg::Differs,
        Check::NotRead => RecordMsg::NotReadBack,
    };
    format!("{when} {}", lang.record(check))
}

fn in_words(said: &Said, lang: Lang) -> String {
    match said {
        Said::Copied => lang.record(RecordMsg::Copied),
        Said::Selected => lang.record(RecordMsg::Selected),
        Said::NotMade => lang.record(RecordMsg::NotMade),
        Said::Saved(name, false) => lang.record(RecordMsg::Saved(name)),
        Said::Saved(name, true) => {
            let saved = lang.record(RecordMsg::Saved(name));
            format!("{saved}. {}", lang.record(RecordMsg::SavedInFrame))
        }
    }
}
