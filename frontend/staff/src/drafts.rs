//! What is being written to citizens and not sent yet, by file. In memory only, because it is somebody's personal data;
//! it outlives the page and the end of a session, for whoever wrote it.

use domain::applications::CLARIFICATION_DAYS;
use domain::staff::Document;
use domain::{Code, Field};
use leptos::prelude::*;
use std::collections::HashMap;

/// What a clerk has written about one file.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Why something is asked, or an identity refused.
    pub reason: String,
    pub fields: Vec<Field>,
    pub documents: Vec<Document>,
    pub asked: String,
    pub days: String,
    pub reasons: Vec<Code>,
    pub refused: String,
    /// Words about an appeal or an identity.
    pub judged: String,
}

impl Draft {
    pub fn new(reason: Code) -> Draft {
        Draft {
            reason: reason.to_string(),
            fields: Vec::new(),
            documents: Vec::new(),
            asked: String::new(),
            days: CLARIFICATION_DAYS.to_string(),
            reasons: Vec::new(),
            refused: String::new(),
            judged: String::new(),
        }
    }
}

/// The drafts of one member of staff.
#[derive(Clone, Copy)]
pub struct Drafts {
    all: StoredValue<(String, HashMap<String, Draft>)>,
}

impl Drafts {
    pub fn new() -> Drafts {
        Drafts { all: StoredValue::new((String::new(), HashMap::new())) }
    }

    /// Whose they are from now on; another one's are forgotten. Whether they were theirs before.
    pub fn belong_to(self, login: &str) -> bool {
        let same = self.all.with_value(|(whose, _)| whose == login);
        if !same {
            self.all.set_value((login.to_owned(), Default::default()));
        }
        same
    }

    pub fn of(self, id: &str) -> Option<Draft> {
        self.all.with_value(|(_, all)| all.get(id).cloned())
    }

    pub fn keep(self, id: &str, draft: Draft) {
        self.all.update_value(|(_, all)| {
            all.insert(id.to_owned(), draft);
        });
    }

    /// Sent.
    pub fn forget(self, id: &str) {
        self.all.update_value(|(_, all)| {
            all.remove(id);
        });
    }
}
