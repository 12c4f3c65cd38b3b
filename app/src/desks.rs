//! The desks of the house: what a page or an address of the API may ask for, for one visitor.
//!
//! The server implements them; the session, and with it whose objects are meant, is inside.

pub use crate::accounts::desk::AccountsDesk;
pub use crate::applications::desk::ApplicationsDesk;
pub use crate::content::desk::ContentDesk;
pub use crate::documents::desk::DocumentsDesk;
pub use crate::notices::desk::NoticesDesk;
pub use crate::offices::desk::OfficesDesk;
pub use crate::receipts::desk::ReceiptsDesk;

/// All desks, for the visitor of one request.
pub trait Desks:
    AccountsDesk + ApplicationsDesk + ContentDesk + DocumentsDesk + NoticesDesk + OfficesDesk + ReceiptsDesk + Send + Sync
{
}

impl<
    T: AccountsDesk
        + ApplicationsDesk
        + ContentDesk
        + DocumentsDesk
        + NoticesDesk
        + OfficesDesk
        + ReceiptsDesk
        + Send
        + Sync,
> Desks for T
{
}
