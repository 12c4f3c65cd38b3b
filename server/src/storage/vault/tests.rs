use super::*;

fn vault() -> (tempfile::TempDir, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open_or_create(&folder.path().join("keys/master.json")).unwrap();
    (folder, vault)
}

#[test]
fn opens_only_where_it_was_sealed() {
    let (_folder, vault) = vault();
    let (anna, boris) = (DataKey::generate(), DataKey::generate());
    let place = Place::new("accounts", "profile", "a1");
    let sealed = vault.seal(&anna, place, "Анна".as_bytes()).unwrap();
    assert_eq!(&vault.open_sealed(&anna, place, &sealed).unwrap()[..], "Анна".as_bytes());
    for elsewhere in [
        Place::new("accounts", "profile", "a2"),
        Place::new("accounts", "answers", "a1"),
        Place::new("applications", "profile", "a1"),
    ] {
        assert_eq!(vault.open_sealed(&anna, elsewhere, &sealed).unwrap_err(), VaultError::Sealed);
    }
    assert_eq!(vault.open_sealed(&boris, place, &sealed).unwrap_err(), VaultError::Sealed);
    for i in 0..sealed.len() {
        let mut bent = sealed.clone();
        bent[i] ^= 1;
        assert!(vault.open_sealed(&anna, place, &bent).is_err(), "byte {i}");
        assert!(vault.open_sealed(&anna, place, &sealed[..i]).is_err(), "cut at {i}");
    }
    assert_ne!(sealed, vault.seal(&anna, place, "Анна".as_bytes()).unwrap());
}

#[test]
fn indexes_depend_on_purpose_and_key() {
    let ((_f, vault), (_g, other)) = (vault(), vault());
    let phone = vault.blind_index(Purpose::Phone, "+79161234567");
    assert_eq!(phone, vault.blind_index(Purpose::Phone, "+79161234567"));
    assert_ne!(phone, vault.blind_index(Purpose::Inn, "+79161234567"));
    assert_ne!(phone, other.blind_index(Purpose::Phone, "+79161234567"));
    assert_ne!(vault.code_hash("ab", "c", "1"), vault.code_hash("a", "bc", "1"));
}

#[test]
fn rotation_keeps_old_keys_until_retired_and_reaches_a_running_server() {
    let (folder, vault) = vault();
    let path = folder.path().join("keys/master.json");
    let running = Vault::open(&path).unwrap();
    let key = DataKey::generate();
    let (old_id, old) = running.wrap("p1", &key).unwrap();
    let new_id = vault.rotate().unwrap();
    assert_ne!(old_id, new_id);
    // The running server wraps under the new key at once and still opens the old.
    let (used, new) = running.wrap("p1", &key).unwrap();
    assert_eq!(used, new_id);
    running.unwrap("p1", &old_id, &old).unwrap();
    let again = Vault::open(&path).unwrap();
    again.unwrap("p1", &new_id, &new).unwrap();
    again.unwrap("p2", &new_id, &new).expect_err("bound to the person");
    assert!(vault.retire(&new_id).is_err());
    vault.retire(&old_id).unwrap();
    assert_eq!(vault.unwrap("p1", &old_id, &old).unwrap_err(), VaultError::UnknownKey(old_id));
    // The indexes stay: they do not hang on master keys.
    assert_eq!(again.blind_index(Purpose::Snils, "1"), vault.blind_index(Purpose::Snils, "1"));
}

#[test]
fn first_starts_at_once_agree_on_the_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.json");
    let index = |path: &Path| Vault::open_or_create(path).unwrap().blind_index(Purpose::Inn, "7");
    let all: Vec<_> = std::thread::scope(|s| {
        let starts: Vec<_> = (0..8).map(|_| s.spawn(|| index(&path))).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing left over");
}

#[cfg(unix)]
#[test]
fn a_key_file_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _vault) = vault();
    let path = folder.path().join("keys/master.json");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(Vault::open(&path).is_err());
}

#[test]
fn debug_shows_nothing() {
    let (folder, vault) = vault();
    let text = std::fs::read_to_string(folder.path().join("keys/master.json")).unwrap();
    let shown = format!("{vault:?} {:?} {:?}", DataKey::generate(), Vault::from_text("{").unwrap_err());
    assert!(shown.len() < 120 && !text.split('"').any(|part| part.len() > 20 && shown.contains(part)));
}
