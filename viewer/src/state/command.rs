//! What the doctor asks for: the only thing that components send. What follows from it is decided by the
//! app, its tasks and the reducer.

use chart_model::{Parameter, Period, PeriodChoice};

use super::{Arrangement, Density, OnDemandCommand, Part, PlanCommand, RecordCommand};
use crate::text::Lang;

/// One wish.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Command {
    /// Have the journal close the module; asked back first where something is not saved.
    Close,
    /// Close it all the same, or do not.
    CloseUnsaved(bool),
    /// Open the window in which the journal asks who it is.
    SignIn,
    /// Fetch everything anew.
    Refresh,
    /// Fetch a part once more that failed.
    Retry(Part),
    /// Fetch one parameter once more that failed.
    RetryParameter(Parameter),
    /// Go to a source of readings once more; it may ask who is there.
    RetrySource(usize),
    /// Show another period.
    Period(PeriodChoice),
    /// Have an earlier period of a parameter to compare with, or compare no more.
    Compare(Option<(Parameter, Period)>),
    /// Open a row, or close it if it is open.
    Toggle(Parameter),
    /// A trend was touched: all that belongs on its time axis is wanted.
    Touched,
    /// Speak another language.
    Language(Lang),
    /// Open or close the picker of parameters.
    Picker(bool),
    /// Show these parameters in this order.
    Arrange(Arrangement),
    /// Leave so much room between lines.
    Density(Density),
    /// Take over the choices that a text from another browser holds.
    TakeChoices(String),
    /// Forget all choices of how the view looks.
    ForgetChoices,
    /// Show all parameters in the default order.
    ArrangeDefault,
    /// Something about the plan.
    Plan(PlanCommand),
    /// Something about what is opened on demand.
    OnDemand(OnDemandCommand),
    /// Something about the document for the journal.
    Record(RecordCommand),
    /// Show what opens beside trends and rows.
    Details,
    /// Fetch the chunks once more that did not come.
    FetchChunks,
}
