//! Loads the readings of an earlier period that a curve is compared with: only what is not there yet. What is
//! shown of them is decided elsewhere.

use chart_model::{Parameter, Period};

use super::session::Session;
use crate::state::{Action, Part};

impl Session {
    /// Has an earlier period there to compare with, or compares no more. Of several, the last one asked for counts.
    pub(super) async fn compare(&self, compared: Option<(Parameter, Period)>) {
        let round = self.round();
        self.collected.borrow_mut().compared.clone_from(&compared);
        self.dispatch.emit(Action::Compared(compared.clone()));
        let Some((_, period)) = compared else { return };
        let outcome = self.load_everywhere(round, period).await;
        if self.publish(round).await && self.collected.borrow().compared == compared {
            self.report(round, Part::Compared, outcome);
        }
    }
}
