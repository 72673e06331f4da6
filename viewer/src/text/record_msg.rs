//! What can be said of the document for the journal, and in it. Holds no words: those stand in `record` of each language.
//! What is put together of several is in `record`.

use chart_model::record::Beside;

/// One thing to say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RecordMsg<'a> {
    /// What leads to it, and its heading.
    ToRecord,
    /// Which parameters are in it.
    Holds(&'a str),
    /// Which have readings in the period and are not in it, because they are not on the screen.
    NotShown(&'a str),
    /// What else is on the screen and not in it, already in words.
    NotWithIt(&'a str),
    /// A part of the screen that is never in it.
    Beside(Beside),
    /// Of which not all readings could be fetched.
    Incomplete(&'a str),
    /// It is being made.
    Making,
    /// It could not be made.
    NotMade,
    /// Label of its text.
    Text,
    /// What the picture shows.
    Picture,
    /// Copy the text.
    CopyText,
    /// Have the charts as a picture.
    SavePicture,
    /// Have all of it as a PDF.
    SavePdf,
    /// Print the view.
    Print,
    /// Write it to the journal.
    Write,
    /// Look whether it is there, and write it if it is not.
    WriteAgain,
    /// The text was copied.
    Copied,
    /// The text is only selected.
    Selected,
    /// A file of this name was given to the browser.
    Saved(&'a str),
    /// What to do where the file does not come.
    SavedInFrame,
    /// It is being written.
    Writing,
    /// It was written at this moment.
    Written(&'a str),
    /// The same was written before, at this moment.
    WasThere(&'a str),
    /// The same was written before, nobody knows when.
    WasThereSome,
    /// It was read back, and is what was sent.
    ReadBack,
    /// The journal has something else than what was sent.
    Differs,
    /// It could not be read back.
    NotReadBack,
    /// It is not known whether it was written.
    NotKnown,
    /// It was not written.
    NotWritten,

    /// In it: readings, before their number.
    Readings,
    /// So many of them.
    Count(usize),
    /// What was left out of them, already in words.
    LeftOut(&'a str),
    /// No plan is known.
    NoPlan,
    /// When it was made.
    Made,
    /// A moment, and who did something then.
    By(&'a str, &'a str),
    /// A source and when it was fetched.
    Fetched(&'a str, &'a str),
    /// A source that did not give all that it has.
    NotFetched(&'a str),
    /// Before a page's number.
    Page,
    /// Between a page's number and the number of pages.
    OfPages,
    /// Before the limits of a parameter.
    Limits,
    /// Limits that hold from a day on.
    LimitsFrom(&'a str, &'a str),
    /// Heading of what is not in it.
    NotIn,
    /// Characters that the font lacks are written as codes.
    Unprintable,
    /// What a hatched field means.
    Gap,
    /// What the sign of changed limits means.
    LimitChange,
    /// What the sign of a version of the plan means.
    PlanChange,
    /// Column of days.
    Day,
    /// Column of the lowest and the highest value.
    Spread,
    /// Column of the shares of the zones.
    Shares,
    /// Column of the number of readings and their mean.
    CountAndMean,
    /// A mean, after the number of readings.
    MeanIs(&'a str),
    /// The table has a row for each day.
    RowADay,
    /// The chart shows the lowest and the highest readings only.
    Thinned,
    /// So many implausible ones.
    Implausible(usize),
}
