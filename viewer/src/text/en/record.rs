//! English: the words of the document for the journal.

use std::borrow::Cow;

use chart_model::record::Beside;

use super::super::record_msg::RecordMsg as Said;
use super::{count, whole};

/// Every message of it in English.
pub(super) fn say(msg: Said<'_>) -> Cow<'static, str> {
    match msg {
        Said::ToRecord => "To record",
        Said::Holds(names) => return format!("Included: {names}").into(),
        Said::NotShown(names) => return format!("Have readings, but are not shown and not included: {names}").into(),
        Said::NotWithIt(parts) => return format!("Not included: {parts}").into(),
        Said::Beside(Beside::Plan) => "the text of the self-treatment plan",
        Said::Beside(Beside::Questionnaires) => "questionnaires",
        Said::Beside(Beside::Notes) => "follow-up notes",
        Said::Beside(Beside::Events) => "events on the time axis",
        Said::Beside(Beside::FollowUp) => "who follows up",
        Said::Incomplete(names) => return format!("Not completely fetched: {names}").into(),
        Said::Making => "Making the document …",
        Said::NotMade => "The document could not be made.",
        Said::Text => "The text",
        Said::Picture => "Picture of the curves",
        Said::CopyText => "Copy text",
        Said::SavePicture => "Download picture",
        Said::SavePdf => "Download PDF",
        Said::Print => "Print",
        Said::Write => "Write to the record",
        Said::WriteAgain => "Check, and write it if it is missing",
        Said::Copied => "The text is copied.",
        Said::Selected => "The text is selected. Copy it with Ctrl and C.",
        Said::Saved(name) => return format!("Downloaded: {name}").into(),
        Said::SavedInFrame => {
            "If the file does not come, the journal prevents downloads from here: copy the text, or open the view in its own window."
        }
        Said::Writing => "Writing to the record …",
        Said::Written(moment) => return format!("Written to the record {moment}.").into(),
        Said::WasThere(moment) => return format!("Already in the record, written {moment}.").into(),
        Said::WasThereSome => "Already in the record.",
        Said::ReadBack => "Read back and unchanged.",
        Said::Differs => "The journal has stored something else than what was sent. Open the document there and check it.",
        Said::NotReadBack => "It could not be read back.",
        Said::NotKnown => "No answer came. It is not known whether the document was written.",
        Said::NotWritten => "The document was not written.",

        Said::Readings => "Readings",
        Said::Count(readings) => return count(whole(readings), "reading", "readings"),
        Said::LeftOut(what) => return format!("left out: {what}").into(),
        Said::NoPlan => "no known plan",
        Said::Made => "Made",
        Said::By(moment, name) => return format!("{moment} by {name}").into(),
        Said::Fetched(name, moment) => return format!("{name}, fetched {moment}").into(),
        Said::NotFetched(name) => return format!("{name}, not completely fetched").into(),
        Said::Page => "Page",
        Said::OfPages => "of",
        Said::Limits => "Limits",
        Said::LimitsFrom(day, limits) => return format!("from {day}: {limits}").into(),
        Said::NotIn => "Not in the document",
        Said::Unprintable => "Characters that the font lacks stand as a code in brackets.",
        Said::Gap => "Gap in the readings",
        Said::LimitChange => "Limit changed",
        Said::PlanChange => "New version of the plan",
        Said::Day => "Day",
        Said::Spread => "Lowest–highest",
        Said::Shares => "Zones",
        Said::CountAndMean => "Number and mean",
        Said::MeanIs(mean) => return format!("mean {mean}").into(),
        Said::RowADay => "The table has one row for each day.",
        Said::Thinned => "The curve shows the lowest and the highest reading of each stretch of time.",
        Said::Implausible(readings) => return count(whole(readings), "implausible", "implausible"),
    }
    .into()
}
