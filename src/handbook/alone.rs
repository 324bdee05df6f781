//! A document without the others.

use std::sync::Arc;

use super::{Handbook, Parts, Resolution};
use crate::canvas::Document;

impl Handbook {
    /// A handbook of a document alone, with the settings of this one. What is wrong with it is nobody's concern.
    #[must_use]
    pub fn alone(&self, document: Document) -> Self {
        let parts = Parts {
            config: Arc::clone(&self.config),
            kinds: Arc::clone(&self.kinds),
            documents: vec![Arc::new(document)],
            drafts: Vec::new(),
            files: &[],
            today: self.today,
            history: None,
        };
        Resolution::of(parts, None).handbook
    }
}
