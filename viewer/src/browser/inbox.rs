//! A queue between listeners, which put, and the one task that waits. Knows nothing of what is in it.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// The queue.
#[derive(Debug)]
pub(crate) struct Inbox<T> {
    waiting: RefCell<VecDeque<T>>,
    waker: RefCell<Option<Waker>>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self {
            waiting: RefCell::default(),
            waker: RefCell::default(),
        }
    }
}

impl<T> Inbox<T> {
    pub(crate) fn put(&self, item: T) {
        self.waiting.borrow_mut().push_back(item);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// The next in turn; waits until there is one.
    pub(crate) async fn next(&self) -> T {
        poll_fn(|context| match self.waiting.borrow_mut().pop_front() {
            Some(item) => Poll::Ready(item),
            None => {
                self.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }
}
