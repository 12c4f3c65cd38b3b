//! Backup codes of citizens and of staff: made, shown once, kept as keyed hashes (AUTH-2).

use crate::storage::{Vault, ids};
use domain::accounts::factors::{BACKUP_CODES, BACKUP_SIGNS};

/// What the codes of whom are kept for: a code of one is none of the other.
pub(in crate::desks) const OF_CITIZENS: &str = "backup";
pub(in crate::desks) const OF_STAFF: &str = "staff_backup";

/// Ten new codes and what is stored of them.
pub(in crate::desks) fn new(vault: &Vault, owner: &str, of: &str) -> (Vec<String>, Vec<[u8; 32]>) {
    let codes: Vec<String> = (0..BACKUP_CODES).map(|_| ids::spoken(BACKUP_SIGNS)).collect();
    let hashes = codes.iter().map(|code| vault.code_hash(owner, of, code)).collect();
    (codes, hashes)
}

/// As a person copies it: two groups of five.
pub(in crate::desks) fn grouped(code: &str) -> Option<String> {
    code.split_at_checked(BACKUP_SIGNS / 2).map(|(a, b)| format!("{a}-{b}"))
}
