//! One at a time: what several tasks want to do, and only one is to be doing. Knows nothing of what it is.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// One at a time, in no particular order.
#[derive(Debug, Default)]
pub(super) struct Turn {
    taken: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Turn {
    /// One's turn, once those who have it have let it go.
    pub(super) async fn take(&self) -> Taken<'_> {
        poll_fn(|context| {
            if self.taken.replace(true) {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(Taken(self))
        })
        .await
    }
}

/// Held while it is one's turn.
pub(super) struct Taken<'a>(&'a Turn);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.taken.set(false);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use futures_util::future::join;
    use gloo_timers::future::TimeoutFuture;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn s10_of_all_who_wait_for_a_token_one_asks_at_a_time() {
        let turn = Turn::default();
        let (inside, most) = (Cell::new(0), Cell::new(0));
        let work = || async {
            let _turn = turn.take().await;
            inside.set(inside.get() + 1);
            most.set(most.get().max(inside.get()));
            TimeoutFuture::new(5).await;
            inside.set(inside.get() - 1);
        };
        join(join(work(), work()), join(work(), work())).await;
        assert_eq!((inside.get(), most.get()), (0, 1));
    }
}
