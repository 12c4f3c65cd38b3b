//! Files on their way: looked at and mended on the device, sent in parts, gone on with after a cut.

use super::api;
use crate::browser::papers::{self, Chosen, Edit, Looks};
use crate::error::AppError;
use domain::Code;
use domain::documents::{FILE_BYTES, Kind};
use leptos::prelude::*;

/// Bytes of one part: a second or two on a slow line, and what is lost at most when it breaks.
const PART: u64 = 256 * 1024;
/// How often a part is tried again by itself.
const TRIES: u32 = 3;
const PAUSE_MS: u32 = 1500;

/// Where a file stands.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// Chosen; may be changed.
    Waiting,
    /// Being made a JPG.
    Preparing,
    Sending {
        sent: u64,
        total: u64,
    },
    /// The line broke; what arrived is kept.
    Cut,
    Refused(AppError),
    Done,
}

/// One file. Cheap to copy; its parts live as long as the page.
#[derive(Clone, Copy)]
pub struct Item {
    pub key: u32,
    pub name: StoredValue<String>,
    pub size: u64,
    pub picture: bool,
    pub step: RwSignal<Step>,
    pub edit: RwSignal<Edit>,
    pub looks: RwSignal<Option<Looks>>,
    /// A part of it was on the server already.
    pub found: RwSignal<bool>,
    upload: StoredValue<Option<(String, u64)>>,
    cancelled: StoredValue<bool>,
}

impl Item {
    pub fn canvas(&self) -> String {
        format!("preview-{}", self.key)
    }

    fn new(chosen: Chosen) -> Item {
        Item {
            key: chosen.key,
            name: StoredValue::new(chosen.name),
            size: chosen.size,
            picture: chosen.picture,
            step: RwSignal::new(Step::Waiting),
            edit: RwSignal::new(Edit::default()),
            looks: RwSignal::new(None),
            found: RwSignal::new(false),
            upload: StoredValue::new(None),
            cancelled: StoredValue::new(false),
        }
    }

    pub fn is_waiting(&self) -> bool {
        self.step.with_untracked(|s| matches!(s, Step::Waiting | Step::Cut))
    }

    /// Shows the photo as it will be sent. One that the browser cannot decode is refused here, with the way out.
    pub fn draw(self) {
        if !self.picture {
            return;
        }
        leptos::task::spawn_local(async move {
            let edit = self.edit.get_untracked();
            match papers::preview(self.key, &self.canvas(), edit).await {
                Ok(looks) => {
                    self.looks.try_set(Some(looks));
                }
                // A JPG the bench could not open is sent as it is: the server judges it.
                Err(_) if self.is_jpeg() => {}
                Err(code) => {
                    self.step.try_set(Step::Refused(AppError::local(code)));
                }
            }
        });
    }

    fn is_jpeg(&self) -> bool {
        self.name.try_with_value(|n| domain::documents::Media::of_name(n).is_some()).unwrap_or(false)
    }

    /// Makes ready what has to be, then sends it: whether it arrived, and was not taken back. `more`: others follow.
    async fn send(self, application: &str, kind: Kind, more: bool) -> Result<bool, AppError> {
        if self.upload.try_get_value().flatten().is_none() {
            let (name, size) = self.prepare().await?;
            let fingerprint = papers::fingerprint(self.key).await;
            let begun = api::begin(application.to_owned(), kind, name, size, fingerprint).await?;
            self.found.try_set(begun.received > 0);
            self.upload.try_set_value(Some((begun.id, size)));
        }
        let Some((upload, total)) = self.upload.try_get_value().flatten() else {
            return Ok(false);
        };
        let mut sent = api::progress(upload.clone()).await?.received;
        while sent < total {
            if self.cancelled.try_get_value().unwrap_or(true) {
                return api::cancel(upload).await.map(|()| false);
            }
            self.step.try_set(Step::Sending { sent, total });
            sent = self.part(&upload, sent, total).await?;
        }
        self.step.try_set(Step::Sending { sent, total });
        api::finish(upload, more).await?;
        papers::forget(self.key);
        self.step.try_set(Step::Done);
        Ok(true)
    }

    /// The name and size of what is sent: a photo as JPG, anything else as it is.
    async fn prepare(self) -> Result<(String, u64), AppError> {
        let name = self.name.try_get_value().unwrap_or_default();
        if !self.picture {
            return domain::documents::check_size(self.size).map(|()| (name, self.size)).map_err(AppError::local);
        }
        self.step.try_set(Step::Preparing);
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        match papers::make_jpeg(self.key, self.edit.get_untracked(), FILE_BYTES).await {
            Ok(size) => Ok((format!("{stem}.jpg"), size)),
            Err(_) if self.is_jpeg() => {
                domain::documents::check_size(self.size).map(|()| (name, self.size)).map_err(AppError::local)
            }
            Err(code) => Err(AppError::local(code)),
        }
    }

    /// One part, tried again by itself a few times. After a part that arrived without its answer, the server says where to go on.
    async fn part(self, upload: &str, sent: u64, total: u64) -> Result<u64, AppError> {
        let mut tries = 0;
        loop {
            let error = match papers::send_part(upload, self.key, sent, PART.min(total - sent)).await {
                Ok(received) => return Ok(received),
                Err(error) => error,
            };
            if error.code == Code::UploadOutOfStep {
                return api::progress(upload.to_owned()).await.map(|p| p.received);
            }
            tries += 1;
            if !matches!(error.code, Code::Offline | Code::Unavailable) || tries >= TRIES {
                return Err(error);
            }
            crate::browser::pause(PAUSE_MS).await;
        }
    }
}

/// The files of the page.
#[derive(Clone, Copy)]
pub struct Queue {
    pub items: RwSignal<Vec<Item>>,
    pub busy: RwSignal<bool>,
    /// Files that arrived since the page was opened.
    pub arrived: RwSignal<u32>,
}

impl Queue {
    pub fn new() -> Queue {
        Queue { items: RwSignal::new(Vec::new()), busy: RwSignal::new(false), arrived: RwSignal::new(0) }
    }

    pub fn add(self, chosen: Vec<Chosen>) {
        let items: Vec<Item> = chosen.into_iter().map(Item::new).collect();
        self.items.update(|all| all.extend(items));
    }

    /// Takes a file back; what is on its way stops.
    pub fn drop_item(self, item: Item) {
        item.cancelled.try_set_value(true);
        if let Some((upload, _)) = item.upload.try_get_value().flatten() {
            leptos::task::spawn_local(async move {
                let _ = api::cancel(upload).await;
            });
        }
        papers::forget(item.key);
        self.items.update(|all| all.retain(|i| i.key != item.key));
    }

    /// Sends all that waits, one after the other; `sent` after each.
    pub fn send_all(self, application: String, kind: Kind, sent: impl Fn() + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let waiting: Vec<Item> = self.items.get_untracked().into_iter().filter(Item::is_waiting).collect();
            let last = waiting.len();
            for (n, item) in waiting.into_iter().enumerate() {
                match item.send(&application, kind, n + 1 < last).await {
                    Ok(arrived) => {
                        self.arrived.try_update(|n| *n += u32::from(arrived));
                    }
                    Err(error) if matches!(error.code, Code::Offline | Code::Unavailable) => {
                        item.step.try_set(Step::Cut);
                        break;
                    }
                    Err(error) => {
                        item.step.try_set(Step::Refused(error));
                        item.upload.try_set_value(None);
                    }
                }
                sent();
            }
            self.items.try_update(|all| all.retain(|i| i.step.with_untracked(|s| *s != Step::Done)));
            self.busy.try_set(false);
        });
    }
}
