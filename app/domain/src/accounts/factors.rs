//! The second half of a login: what may stand beside a password, and when a way in hangs on one phone (E14).

use super::one_time_code;
use crate::code::Code;
use crate::form::{Field, FieldErrors, Values};

/// Authenticator apps an account may have: one lost telephone must not be the end.
pub const APPS: usize = 2;
/// Passkeys an account may have.
pub const PASSKEYS: usize = 5;
/// Backup codes given at a time.
pub const BACKUP_CODES: usize = 10;
/// Signs of a backup code, written as two groups of five; 44 bits.
pub const BACKUP_SIGNS: usize = 10;
/// A trusted device is not asked for the second half of the login this long.
pub const TRUST_DAYS: i64 = 30;
/// A known device is remembered this long after its last login.
pub const DEVICE_DAYS: i64 = 400;
/// Changes of security ask for the password again this long after it was typed.
pub const PROOF_MINUTES: i64 = 10;
/// «Это не я» in a letter works this long (E13).
pub const ALARM_DAYS: i64 = 10;
/// Fewest backup codes before the page reminds to make new ones.
const FEW_CODES: usize = 3;

pub const SECOND: &[Field] = &[Field::Code, Field::BackupCode, Field::TrustDevice];
pub const NEW_APP: &[Field] = &[Field::AppName, Field::TotpCode];
pub const PROOF: &[Field] = &[Field::Password];

/// What was typed at the second half of a login.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// Six digits, of an app or of a message.
    Digits(String),
    /// A backup code without its hyphen, in capitals.
    Backup(String),
}

/// Reads the second half of a login: a backup code when there is one, else six digits.
///
/// # Errors
/// Of `Field::Code` as [`one_time_code`]; `BackupCodeLength` of `Field::BackupCode`.
pub fn second_code(values: &Values) -> Result<Typed, FieldErrors> {
    if values.get(Field::BackupCode).trim().is_empty() {
        return one_time_code(values).map(Typed::Digits);
    }
    let mut errors = FieldErrors::default();
    errors.keep(Field::BackupCode, backup_code(values.get(Field::BackupCode))).map(Typed::Backup).ok_or(errors)
}

/// A backup code as it is kept: ten signs, in capitals.
pub fn backup_code(text: &str) -> Result<String, Code> {
    let signs: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .take(BACKUP_SIGNS + 1)
        .collect();
    if signs.len() == BACKUP_SIGNS { Ok(signs) } else { Err(Code::BackupCodeLength) }
}

/// A new app: what it is called and the code it shows.
///
/// # Errors
/// What is empty, too long, or no six digits.
pub fn new_app(values: &Values) -> Result<(String, String), FieldErrors> {
    let mut errors = FieldErrors::default();
    let name = errors.keep(Field::AppName, name(values.get(Field::AppName)));
    let code = errors.keep(
        Field::TotpCode,
        match values.get(Field::TotpCode).trim() {
            "" => Err(Code::Empty),
            typed => crate::fields::check_field(Field::TotpCode, typed),
        },
    );
    name.zip(code).ok_or(errors)
}

/// What its owner calls a factor: one line of 1 to 40 signs.
pub fn name(text: &str) -> Result<String, Code> {
    crate::fields::check_field(Field::AppName, text)
}

/// The password typed once more before a change of security.
pub fn proof(values: &Values) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if values.get(Field::Password).is_empty() {
        errors.push(Field::Password, Code::Empty);
    }
    errors
}

/// The ways an account can be entered by, besides the code in a text message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    pub apps: usize,
    pub passkeys: usize,
    /// Not used yet.
    pub backup_codes: usize,
}

/// What would make an account safer, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The telephone is the only way in: whoever loses it, or the number, is shut out.
    OnlyPhone,
    /// Nothing to enter with when every device is lost.
    NoBackupCodes,
    FewBackupCodes,
    Fine,
}

impl Ways {
    /// Whether a login may ask for something else than a text message.
    pub const fn beside_phone(self) -> bool {
        self.apps + self.passkeys > 0
    }

    pub const fn advice(self) -> Advice {
        match (self.beside_phone(), self.backup_codes) {
            // Codes on paper open the account too, so the telephone is not the only way any more.
            (false, 0) => Advice::OnlyPhone,
            (true, 0) => Advice::NoBackupCodes,
            (_, 1..=FEW_CODES) => Advice::FewBackupCodes,
            _ => Advice::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: Field, text: &str) -> Values {
        [(field, text.to_owned())].into_iter().collect()
    }

    #[test]
    fn a_backup_code_is_read_however_it_is_written() {
        for text in ["ACDEF-34679", "acdef 34679", " acdef34679 "] {
            assert!(second_code(&typed(Field::BackupCode, text)) == Ok(Typed::Backup("ACDEF34679".into())), "{text}");
        }
        for text in ["ACDEF", "ACDEF-346791", "ЖЖЖ"] {
            let errors = second_code(&typed(Field::BackupCode, text)).err().unwrap();
            assert_eq!(errors.of(Field::BackupCode).map(|e| e.code), Some(Code::BackupCodeLength), "{text}");
        }
        assert!(second_code(&typed(Field::Code, "12 34-56")) == Ok(Typed::Digits("123456".into())));
        assert_eq!(second_code(&Values::default()).err().unwrap().of(Field::Code).map(|e| e.code), Some(Code::Empty));
    }

    #[test]
    fn one_telephone_is_never_called_enough() {
        let ways = |apps, passkeys, backup_codes| Ways { apps, passkeys, backup_codes }.advice();
        assert_eq!(ways(0, 0, 0), Advice::OnlyPhone);
        assert_eq!(ways(1, 0, 0), Advice::NoBackupCodes);
        assert_eq!(ways(0, 1, 0), Advice::NoBackupCodes);
        assert_eq!(ways(0, 0, 2), Advice::FewBackupCodes);
        assert_eq!(ways(0, 0, 10), Advice::Fine);
        assert_eq!(ways(2, 1, 4), Advice::Fine);
    }

    #[test]
    fn an_app_needs_a_name_and_six_digits() {
        let mut values = typed(Field::AppName, "  Телефон  ");
        values.set(Field::TotpCode, "123 456");
        assert_eq!(new_app(&values).ok(), Some(("Телефон".into(), "123456".into())));
        values.set(Field::AppName, "я".repeat(41));
        assert_eq!(new_app(&values).err().unwrap().of(Field::AppName).map(|e| e.code), Some(Code::TooLong));
        let errors = new_app(&Values::default()).err().unwrap();
        assert_eq!(errors.0.iter().map(|e| e.code).collect::<Vec<_>>(), [Code::Empty, Code::Empty]);
    }
}
