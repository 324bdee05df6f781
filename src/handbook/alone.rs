//! Some documents without the others.

use std::sync::Arc;

use super::{Handbook, Parts, Resolution};
use crate::canvas::Document;

impl Handbook {
    /// A handbook of some documents alone, sorted by path, with the settings of this one. What is wrong with it
    /// is nobody's concern.
    #[must_use]
    pub fn alone(&self, documents: Vec<Arc<Document>>) -> Self {
        let parts = Parts {
            config: Arc::clone(&self.config),
            kinds: Arc::clone(&self.kinds),
            documents,
            drafts: Vec::new(),
            files: &[],
            today: self.today,
            history: None,
        };
        Resolution::of(parts, None).handbook
    }
}
