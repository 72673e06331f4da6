//! Loads the readings of an earlier period that a curve is compared with: only what is not there yet. What is
//! shown of them is decided elsewhere.

use chart_model::{Parameter, Period};

use super::session::Session;
use crate::state::{Action, Part};

impl Session {
    /// Has an earlier period there to compare with, or compares no more. Of several, the last one asked for counts.
    pub(super) async fn compare(&self, compared: Option<(Parameter, Period)>) {
        let round = self.round();
        let missing = {
            let mut collected = self.collected.borrow_mut();
            collected.compared.clone_from(&compared);
            let period = compared.as_ref().map(|(_, period)| *period);
            period.map(|period| collected.loaded.missing(period))
        };
        self.dispatch.emit(Action::Compared(compared.clone()));
        let Some(missing) = missing else { return };
        let outcome = self.load_slices(round, &missing).await;
        if self.publish(round).await && self.collected.borrow().compared == compared {
            self.report(round, Part::Compared, outcome);
        }
    }
}
