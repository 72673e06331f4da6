//! English: the words of the plan as it is read and compared.

use std::borrow::Cow;

use chart_model::care_plan::{Area, Bound, PlanZone};

use super::super::plan_msg::PlanMsg;
use super::{count, whole};

/// Every message of the plan in English.
pub(super) fn say(msg: PlanMsg<'_>) -> Cow<'static, str> {
    match msg {
        PlanMsg::Zone(PlanZone::Green) => "Green zone",
        PlanMsg::Zone(PlanZone::Yellow) => "Yellow zone",
        PlanMsg::Zone(PlanZone::Red) => "Red zone",
        PlanMsg::ZoneWord(PlanZone::Green) => "Green",
        PlanMsg::ZoneWord(PlanZone::Yellow) => "Yellow",
        PlanMsg::ZoneWord(PlanZone::Red) => "Red",
        PlanMsg::Zones => "Zone",
        PlanMsg::AnyZone => "In every zone",
        PlanMsg::Area(Area::Medication) => "Medicines",
        PlanMsg::Area(Area::PhysicalActivity) => "Activity",
        PlanMsg::Area(Area::Diet) => "Diet",
        PlanMsg::Area(Area::Measurements) => "Readings",
        PlanMsg::Area(Area::MentalHealth) => "Mental health",
        PlanMsg::Area(Area::Lifestyle) => "Lifestyle",
        PlanMsg::Area(Area::Other) => "Other",
        PlanMsg::Condition => "Signs",
        PlanMsg::Nothing => "Not described",
        PlanMsg::Title => "Title",
        PlanMsg::Description => "About the plan",
        PlanMsg::Goals => "What matters to me",
        PlanMsg::Contacts => "Contacts",
        PlanMsg::FollowUp => "Follows up now",
        PlanMsg::Until(day) => return format!("until {day}").into(),
        PlanMsg::UntilDay => "Last day",
        PlanMsg::Name => "Name",
        PlanMsg::RoleName => "Role",
        PlanMsg::Phone => "Phone",
        PlanMsg::Organisation => "Workplace",
        PlanMsg::Notes => "Remarks",
        PlanMsg::Measured => "To be measured",
        PlanMsg::HowOften => "how often",
        PlanMsg::TimesADay(1) => "every day",
        PlanMsg::TimesADay(times) => return format!("{} a day", count(times, "time", "times")).into(),
        PlanMsg::EveryHours(hours) => return format!("every {}", count(hours, "hour", "hours")).into(),
        PlanMsg::EveryDays(days) => return format!("every {}", count(days, "day", "days")).into(),
        PlanMsg::EveryWeeks(1) => "every week",
        PlanMsg::EveryWeeks(weeks) => return format!("every {}", count(weeks, "week", "weeks")).into(),
        PlanMsg::LimitsPlace => "limits",
        PlanMsg::Bound(Bound::RedLow) => "Red low",
        PlanMsg::Bound(Bound::YellowLow) => "Yellow low",
        PlanMsg::Bound(Bound::YellowHigh) => "Yellow high",
        PlanMsg::Bound(Bound::RedHigh) => "Red high",
        PlanMsg::Order => "order",

        PlanMsg::WholePlan => "Show the whole plan",
        PlanMsg::Back => "Back",
        PlanMsg::ChangeLog => "Change log",
        PlanMsg::Edit => "Edit",
        PlanMsg::Suggest => "Suggest a change",
        PlanMsg::Changes(changes) => return count(whole(changes), "change", "changes"),
        PlanMsg::NoChanges => "No changes.",
        PlanMsg::LatestVersion => "Latest version",
        PlanMsg::SinceSeen => "Since you last looked",
        PlanMsg::NothingSinceSeen => "No changes since you last looked.",
        PlanMsg::TwoVersions => "Choose two versions",
        PlanMsg::OlderVersion => "From",
        PlanMsg::NewerVersion => "To",
        PlanMsg::FromVersionTo(older, newer) => return format!("From {older} to {newer}").into(),
        PlanMsg::Versions => "Versions",
        PlanMsg::ShowChangesOf(version) => return format!("Show the changes of {version}").into(),
        PlanMsg::FirstVersion => "First version",
        PlanMsg::VersionsMissing(versions) => return format!("The source no longer has {versions}.").into(),
        PlanMsg::OldestGiven => "Oldest version that the source gives",
        PlanMsg::VersionNumber(number) => return format!("version {number}").into(),
        PlanMsg::VersionOf(time) => return format!("the version of {time}").into(),
        PlanMsg::InPeriod => "Changed in the period:",
        PlanMsg::Mark(version) => return format!("Plan changed: {version}").into(),
        PlanMsg::VersionUnnamed => "version without a number",
        PlanMsg::Unnumbered => "Plan",
        PlanMsg::Layout => "View",
        PlanMsg::Tracked => "In the text",
        PlanMsg::SideBySide => "Side by side",
        PlanMsg::Inserted => "inserted:",
        PlanMsg::Deleted => "deleted:",
        PlanMsg::NoAuthor => "The author is not stated",
        PlanMsg::AuthorOfPlan => "according to the plan itself",
        PlanMsg::NoTime => "the time is not stated",
        PlanMsg::Comment(comment) => return format!("Comment: {comment}").into(),
        PlanMsg::HistoryCutShort => "The source does not give all versions.",
        PlanMsg::HistoryNotGiven => {
            "The source gives no change log. What holds now is all that can be shown."
        }
        PlanMsg::HistoryAwaited => "Fetching the change log …",
        PlanMsg::HistoryFailed => "The change log could not be fetched.",

        PlanMsg::Suggestion => "Suggested change",
        PlanMsg::SuggestionsWait(number) => {
            return count(whole(number), "suggestion waits", "suggestions wait");
        }
        PlanMsg::ShowSuggestion => "See the suggestion",
        PlanMsg::ChangedSince => "The plan has changed here since the suggestion was written.",
        PlanMsg::AlreadyInPlan => "All of the suggestion is in the plan already.",
    }
    .into()
}
