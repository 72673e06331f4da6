//! English: the words of the plan while it is written, reviewed, merged and decided.

use std::borrow::Cow;

use chart_model::care_plan::{Bound, Lock};

use super::super::edit_msg::EditMsg;
use super::{count, number, whole};
use crate::state::plan::SaveProblemKind;

/// Every message of the editor in English.
pub(super) fn say(msg: EditMsg<'_>) -> Cow<'static, str> {
    match msg {
        EditMsg::Editing => "Edit the plan",
        EditMsg::Begin => "Write a plan",
        EditMsg::Review => "Review changes",
        EditMsg::GoOn => "Go on editing",
        EditMsg::Undo => "Undo",
        EditMsg::Redo => "Redo",
        EditMsg::Add => "Add",
        EditMsg::Remove => "Delete",
        EditMsg::Restore => "Put back",
        EditMsg::AllAreas => "Show all areas",
        EditMsg::Discard => "Discard the changes",
        EditMsg::DiscardAsked => "Discard all changes in the draft?",
        EditMsg::DiscardYes => "Yes, discard",
        EditMsg::Keep => "No, keep",
        EditMsg::AddTo(place) => return format!("Add to {place}").into(),
        EditMsg::Item(list, number) => return format!("{list}, number {number}").into(),
        EditMsg::FieldOf(item, field) => return format!("{item}: {field}").into(),
        EditMsg::ActionOn(action, item) => return format!("{action}: {item}").into(),
        EditMsg::Unsaved(number) => return format!("{} not saved", count(whole(number), "change", "changes")).into(),
        EditMsg::ToPutRight(number) => return format!("{} to put right first.", count(whole(number), "field", "fields")).into(),
        EditMsg::KeptAway => {
            "Unsaved text in the plan is kept for as long as this page is open. It is back once the same patient is open in the record."
        }
        EditMsg::KeptExpired => {
            "The session has ended. What you have written in the plan is still here and can be saved: you are then signed in again first."
        }
        EditMsg::CloseAsked => "What you have written in the plan is not saved. Close anyway?",
        EditMsg::CloseYes => "Yes, close without saving",
        EditMsg::Locked(Lock::Requested) => "Comes from a request for measurements, and is not changed here.",
        EditMsg::Locked(Lock::OlderForm) => "Kept in an older form that can only be read here.",
        EditMsg::Locked(Lock::NameOnly) => "The source sent only the name. It cannot be changed here.",
        EditMsg::Locked(Lock::NoRoom) => "Cannot be saved where the plan is kept.",
        EditMsg::OnlyZones => {
            "Where the plan is kept, only its title, its description and the texts of its zones can be saved: no goals, contacts, limits or notes."
        }

        EditMsg::WillBeSaved => "This will be saved",
        EditMsg::NothingChanged => "Nothing has changed.",
        EditMsg::Why => "Why is the plan changed?",
        EditMsg::WhyHint => "Shown in the change log.",
        EditMsg::Save => "Save",
        EditMsg::Suggest => "Suggest",
        EditMsg::SuggestHint => "A suggestion holds only once it is approved.",
        EditMsg::Saving => "Saving …",
        EditMsg::Reload => "Fetch the plan again",
        EditMsg::Suggested => "The suggestion is saved. It holds only once it is approved.",
        EditMsg::Differs => "The source has kept something else than what was sent. Check the plan.",
        EditMsg::ShowSaved => "Show the changes",
        EditMsg::SaveProblem(SaveProblemKind::NoVersion) => {
            "The source does not say which version is in force. Saving could overwrite somebody's text, so nothing was saved."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotSaved) => {
            "The plan was not saved. The draft is still here."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotRecorded) => {
            "The plan was saved, but not who changed it."
        }
        EditMsg::SaveProblem(SaveProblemKind::SessionOver) => {
            "The session has ended and the plan is not saved yet. The draft is still here."
        }
        EditMsg::SaveProblem(SaveProblemKind::NotKnown) => {
            "No answer came, so the plan may or may not be saved. Fetch it again before you save once more. The draft is still here."
        }
        EditMsg::SavedAs(version) => return format!("Saved as {version}.").into(),

        EditMsg::Overtaken => "Someone else changed the plan",
        EditMsg::MergedWith(who) => {
            return format!("Someone else changed the plan: {who}. The draft has been merged with it; review it again.").into();
        }
        EditMsg::Before => "Before",
        EditMsg::Mine => "Mine",
        EditMsg::Theirs => "Theirs",
        EditMsg::Own => "Own text",
        EditMsg::Removed => "Taken out",
        EditMsg::MergedByItself => "Merged by itself",
        EditMsg::MyChanges => "My changes",
        EditMsg::TheirChanges => "The other's changes",
        EditMsg::Clashes(number) => return format!("{} to decide", count(whole(number), "place", "places")).into(),
        EditMsg::Undecided(number) => return format!("{} not decided.", count(whole(number), "place", "places")).into(),
        EditMsg::ChoiceAt(place) => return format!("{place}: what is to stand?").into(),

        EditMsg::Accept => "Accept",
        EditMsg::Reject => "Reject",
        EditMsg::AcceptAll => "Accept all",
        EditMsg::RejectAll => "Reject all",
        EditMsg::Answer => "Comment to the one who suggested",
        EditMsg::Decide => "Save the decision",

        EditMsg::EditLimits => "Change limits",
        EditMsg::NotPlanned => "not planned",
        EditMsg::NoReadings => "No readings in the period to try the limits on.",
        EditMsg::FromNow => "Valid from now. Earlier readings keep their colours.",
        EditMsg::AsSent => "The source has limits that four fields cannot show. They are replaced when a field is changed.",
        EditMsg::ResetLimits => "Back to the current limits",
        EditMsg::LimitsOf(name) => return format!("Limits of {name}").into(),
        EditMsg::InUnit(unit) => return format!("Unit: {unit}").into(),
        EditMsg::CountedBy => {
            "From the limits in force now to the new ones. All readings of the period are counted by both."
        }
        EditMsg::ShownBefore(yellow, red) => {
            let yellow = count(whole(yellow), "yellow", "yellow");
            let red = count(whole(red), "red", "red");
            return format!("In the chart each reading has the colour of the limits that held at its time: {yellow}, {red}.").into();
        }
        EditMsg::Yellow(before, after) => {
            return format!("{} → {}", count(whole(before), "yellow", "yellow"), number(after)).into();
        }
        EditMsg::Red(before, after) => {
            return format!("{} → {}", count(whole(before), "red", "red"), number(after)).into();
        }

        EditMsg::NoPhoneNumber => "Enter a number that can be dialled.",
        EditMsg::NoDate => "Enter a date.",
        EditMsg::Nameless => "Enter a name or a role.",
        EditMsg::NotANumber => "Enter a number.",
        EditMsg::TooLong(most) => return format!("The text can have at most {}.", count(whole(most), "character", "characters")).into(),
        EditMsg::NotAbove(Bound::RedLow) => "Must be above red low.",
        EditMsg::NotAbove(Bound::YellowLow) => "Must be above yellow low.",
        EditMsg::NotAbove(Bound::YellowHigh) => "Must be above yellow high.",
        EditMsg::NotAbove(Bound::RedHigh) => "Must be above red high.",
        EditMsg::Implausible(low, high) => return format!("Must be from {low} to {high}.").into(),
        EditMsg::TooManyDecimals(0) => "Enter a whole number.",
        EditMsg::TooManyDecimals(most) => {
            return format!("Enter at most {}.", count(most.into(), "decimal", "decimals")).into();
        }
    }
    .into()
}
