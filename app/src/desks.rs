//! The desks of the house: what a page or an address of the API may ask for, for one visitor.
//!
//! The server implements them; the session, and with it whose objects are meant, is inside.

pub use crate::accounts::desk::AccountsDesk;
pub use crate::appeals::desk::AppealsDesk;
pub use crate::applications::desk::ApplicationsDesk;
pub use crate::content::desk::ContentDesk;
pub use crate::documents::desk::DocumentsDesk;
pub use crate::mailboxes::desk::MailboxesDesk;
pub use crate::notices::desk::NoticesDesk;
pub use crate::offices::desk::OfficesDesk;
pub use crate::receipts::desk::ReceiptsDesk;

macro_rules! all_desks {
    ($($desk:ident),* $(,)?) => {
        /// All desks, for the visitor of one request.
        pub trait Desks: $($desk +)* Send + Sync {}

        impl<T: $($desk +)* Send + Sync> Desks for T {}
    };
}
all_desks!(
    AccountsDesk,
    AppealsDesk,
    ApplicationsDesk,
    ContentDesk,
    DocumentsDesk,
    MailboxesDesk,
    NoticesDesk,
    OfficesDesk,
    ReceiptsDesk
);
