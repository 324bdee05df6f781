//! What pages about the past are made of, kept as long as the history is the same.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Edition;
use crate::handbook::Handbook;
use crate::view::url::SitePath;

/// Values of any type, by the page that they are for.
#[derive(Default)]
pub(super) struct AllKept(Mutex<HashMap<SitePath, Arc<dyn Any + Send + Sync>>>);

impl AllKept {
    fn values(&self) -> MutexGuard<'_, HashMap<SitePath, Arc<dyn Any + Send + Sync>>> {
        // No holder of the lock can leave the map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for AllKept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.values().keys()).finish()
    }
}

impl Edition {
    /// What the next edition, that of `handbook`, may use again.
    pub(super) fn kept_for(&self, handbook: &Handbook) -> Arc<AllKept> {
        match (&self.handbook.versions, &handbook.versions) {
            (Some(before), Some(now)) if Arc::ptr_eq(&before.history, &now.history) => {
                Arc::clone(&self.kept)
            }
            _ => Arc::default(),
        }
    }

    /// The value that a page is made of, which `make` makes unless an earlier edition did and it `is_valid` for
    /// this one.
    pub(in crate::view) fn kept<V: Any + Send + Sync>(
        &self,
        page: &SitePath,
        is_valid: impl FnOnce(&V) -> bool,
        make: impl FnOnce() -> V,
    ) -> Arc<V> {
        let known = self.kept.values().get(page).cloned();
        let known = known.and_then(|value| value.downcast::<V>().ok());
        if let Some(value) = known.filter(|value| is_valid(value)) {
            return value;
        }
        // Made without the lock: the thread may be given other pages to make while it waits.
        let made = Arc::new(make());
        self.kept.values().insert(page.clone(), Arc::clone(&made) as _);
        made
    }
}
