//! What kind of refusal a code is.

use super::Code;

impl Code {
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
            Code::DepartmentCodeUnknown
                | Code::PassportSeriesAndDate
                | Code::KppRegionDiffers
                | Code::OgrnRegionDiffers
                | Code::PostcodeRegionNotInDirectory
        )
    }
}
