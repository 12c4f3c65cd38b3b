//! Which refusals are alike in what becomes of them.

use super::Code;

impl Code {
    /// Whether more typing may still mend the value: such a refusal waits for blur and never
    /// interrupts (VAL-10); any other is shown as soon as it is certain.
    pub const fn mended_by_typing(self) -> bool {
        use Code::*;
        matches!(
            self,
            Empty
                | NameEndsOpen
                | BirthPlaceTooShort
                | DateIncomplete
                | PassportSeriesLength
                | PassportNumberLength
                | DepartmentCodeLength
                | PassportIssuerTooShort
                | SnilsLength
                | InnLength
                | InnPersonNeeds12
                | OgrnLength
                | KppLength
                | PhoneIncomplete
                | EmailNoAt
                | EmailNoDomainDot
                | PostcodeLength
                | AddressTooShort
                | AddressNoHouse
                | TrackLength
                | CardLength
                // Sixteen digits of Мир and Visa may go on to nineteen.
                | CardChecksum
                | PasswordTooShort
                | PasswordNoLower
                | PasswordNoUpper
                | PasswordNoDigit
                | PasswordNoSpecial
                | PasswordCommon
                | PasswordsDiffer
                | CodeLength
                | BackupCodeLength
                | ConsentMissing
                | AppealGroundsShort
        )
    }

    /// What was asked for is not there, or not the asker's: nobody is told which.
    pub const fn is_absent(self) -> bool {
        use Code::*;
        matches!(
            self,
            ApplicationNotFound
                | ReceiptNotFound
                | DocumentNotFound
                | UploadGone
                | MailboxNotFound
                | InvitationGone
                | VerificationGone
                | NotFound
        )
    }

    /// Shown, but does not stop the form: our reference data may be the one that is wrong.
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Code::PassportSeriesAndDate
                | Code::KppRegionDiffers
                | Code::OgrnRegionDiffers
                | Code::PostcodeRegionNotInDirectory
        )
    }
}
