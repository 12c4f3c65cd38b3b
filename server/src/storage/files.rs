//! Contents of files, sealed, in a folder or an S3 bucket.

use super::{DataKey, Place, Result, StorageError, Vault};
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The object store. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Files")
    }
}

fn failed(error: impl std::fmt::Display) -> StorageError {
    StorageError::Files(error.to_string())
}

impl Files {
    /// A folder, made if missing, or `s3://bucket` with the usual `AWS_…` variables for region,
    /// endpoint and credentials.
    pub fn open(place: &str) -> Result<Files> {
        if place.starts_with("s3://") {
            let bucket = AmazonS3Builder::from_env().with_url(place).build().map_err(failed)?;
            return Ok(Files(Arc::new(bucket)));
        }
        std::fs::create_dir_all(place).map_err(failed)?;
        // A file whose entry is committed must survive power loss like the entry does.
        let folder = LocalFileSystem::new_with_prefix(place).map_err(failed)?.with_fsync(true);
        Ok(Files(Arc::new(folder)))
    }

    /// Seals the content under the person's key and puts it away: its path. Call it between
    /// [`litter::expect`](super::litter::expect) and the transaction that enters the file and takes it out of the litter,
    /// or under an id that a row names already.
    pub async fn put(&self, vault: &Vault, key: &DataKey, id: &str, content: &[u8]) -> Result<String> {
        let path = path_of(id);
        let sealed = vault.seal(key, content_of(id), content)?;
        self.0.put(&path, sealed.into()).await.map_err(failed)?;
        Ok(path.to_string())
    }

    /// The content of the file with this id. `None`: there is no object.
    pub async fn get(&self, vault: &Vault, key: &DataKey, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let object = match self.0.get(&path_of(id)).await {
            Ok(object) => object,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let sealed = object.bytes().await.map_err(failed)?;
        let open = vault.open_sealed(key, content_of(id), &sealed);
        open.map(Some).map_err(|_| StorageError::bad("files", "content", id))
    }

    /// Deletes the object; one that is gone already is fine.
    pub async fn delete(&self, id: &str) -> Result<()> {
        match self.0.delete(&path_of(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }

    /// Copies every object as it is, sealed, into another store: how many, and their bytes together.
    pub async fn copy_to(&self, to: &Files) -> Result<(u64, u64)> {
        let (mut count, mut bytes) = (0, 0);
        let mut all = self.0.list(None);
        while let Some(object) = all.next().await {
            let path = object.map_err(failed)?.location;
            let content = match self.0.get(&path).await {
                Ok(object) => object.bytes().await.map_err(failed)?,
                // Deleted meanwhile: whoever deleted it had deleted its row first.
                Err(object_store::Error::NotFound { .. }) => continue,
                Err(error) => return Err(failed(error)),
            };
            (count, bytes) = (count + 1, bytes + content.len() as u64);
            to.0.put(&path, content.into()).await.map_err(failed)?;
        }
        Ok((count, bytes))
    }

    /// How many objects there are, and their bytes together.
    pub async fn size(&self) -> Result<(u64, u64)> {
        let sum =
            |(count, bytes), object: object_store::ObjectMeta| async move { Ok((count + 1, bytes + object.size)) };
        self.0.list(None).try_fold((0, 0), sum).await.map_err(failed)
    }

    /// Whether the store can be written: puts a probe and takes it away.
    pub async fn ready(&self) -> Result<()> {
        let probe = Path::from(format!("probe-{}", super::ids::inner_id()));
        self.0.put(&probe, Vec::new().into()).await.map_err(failed)?;
        self.0.delete(&probe).await.map_err(failed)
    }
}

const fn content_of(id: &str) -> Place<'_> {
    Place::new("files", "content", id)
}

/// Spread over folders by the first two characters: a million entries in one folder are slow to list.
fn path_of(id: &str) -> Path {
    Path::from(format!("{}/{id}", id.get(..2).unwrap_or("00")))
}
