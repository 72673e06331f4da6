//! Long work in slices, so that the page answers at any moment. What is worked on is the caller's.

/// How long the browser waits for its turn, in milliseconds: well under the 50 that a person notices, on
/// machines several times slower too.
const SLICE_MS: f64 = 8.0;

/// Calls `step` until it gives something. Whenever a slice of time is used up, by the clock `now`, there is a
/// `pause` before the next step: meanwhile anything may have happened, which is for `step` to notice.
pub(super) async fn in_slices<T>(
    now: impl Fn() -> f64,
    pause: impl AsyncFn(),
    mut step: impl FnMut() -> Option<T>,
) -> T {
    let mut end = now() + SLICE_MS;
    loop {
        if let Some(done) = step() {
            return done;
        }
        if now() >= end {
            pause().await;
            end = now() + SLICE_MS;
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::cell::{Cell, RefCell};

    use futures_util::FutureExt;

    use super::*;

    /// Runs steps of so many milliseconds each; what was done by each pause, and in all.
    fn run(steps: &[f64]) -> (Vec<usize>, usize) {
        let (clock, done) = (Cell::new(0.0), Cell::new(0));
        let pauses = RefCell::new(Vec::new());
        let worked = in_slices(
            || clock.get(),
            async || {
                pauses.borrow_mut().push(done.get());
                // Whatever else happens takes its time too.
                clock.set(clock.get() + 100.0);
            },
            || {
                let step = steps.get(done.get())?;
                clock.set(clock.get() + step);
                done.set(done.get() + 1);
                (done.get() == steps.len()).then_some(())
            },
        );
        worked.now_or_never().expect("a pause ends at once");
        (pauses.into_inner(), done.get())
    }

    #[test]
    fn a_slice_ends_with_the_step_that_uses_it_up() {
        assert_eq!(run(&[1.0; 7]), (vec![], 7));
        assert_eq!(run(&[3.0; 7]), (vec![3, 6], 7));
        assert_eq!(run(&[20.0, 1.0, 1.0]), (vec![1], 3));
    }
}
