//! The application, its checks and receipts.

use super::entries;

entries! {
    ApplicationNotFound:
        "The application was not found",
        "There is no application at this address, or it was filed from another account.",
        "Open “My applications” and find it by number. See which phone you logged in with.";
    IllegalMove:
        "This cannot be done now",
        "The application's status changed while the page was open.",
        "Refresh the page: it shows the new status and what can be done.";
    AlreadySubmitted:
        "The application is already sent",
        "We have accepted this application: pressing again does not create a second one.",
        "Find its number and receipt in “My applications”.";
    DraftIncomplete:
        "The application is not complete",
        "A field in one of the steps is empty or marked.",
        "Open the list above the form: each line leads to its field. Correct them and send again.";
    WrongApplicantKind:
        "An applicant of the other kind",
        "A citizen applies in the section for organisations, or an organisation in the section for citizens.",
        "Go back to the first step and choose who applies. Common data are kept.";
    MailboxForOrganisationsOnly:
        "A mailbox for organisations only",
        "Corporate mailboxes are for legal entities only.",
        "Choose an ordinary, electronic or combined mailbox. If you apply for an organisation, say so in the first step.";
    DraftChangedElsewhere:
        "The draft was changed in another window",
        "This application was opened in one more window or on another device and saved there.",
        "Keep a copy of what you typed, refresh the page and compare the fields. Then go on in one window.";

    RegistryPassportMismatch:
        "The data differ from the passport registry",
        "Name, date of birth or passport data differ from the registry's record. Most often it is a typing error, the letter «ё» or a recently replaced passport.",
        "Open the application, compare the marked fields with the passport letter by letter and send again. If all matches, attach a photo of the passport or appeal.";
    RegistryPassportInvalid:
        "The passport is not valid",
        "In the registry the passport is replaced, lost or out of date.",
        "Enter the new passport. If yours is valid, turn to the Ministry of Internal Affairs: they correct the record, then apply again.";
    RegistrySnilsMismatch:
        "The SNILS differs from the registry",
        "The number is recorded under another name or date of birth. After a change of name the record may not be updated yet.",
        "Compare the number with the card. If your name changed, update the data at the Social Fund or an MFC and send the application again.";
    RegistryInnMismatch:
        "The INN differs from the registry",
        "The number is recorded under another person or organisation.",
        "Compare the number with the certificate or the tax service's cabinet. A citizen may leave the field empty.";
    RegistryAddressMismatch:
        "The postal directory has no such address",
        "Street, building or postcode were not found. This happens with abbreviations, renamed streets and new buildings.",
        "Write the address without abbreviations and check the postcode. If the building is new, attach a document with the address.";
    DuplicateRegistration:
        "You are already registered",
        "The postal service already has a registration with these data. A second one is not created.",
        "Log in to your earlier cabinet. If you forgot the password, recover access. If it was not you who registered, tell support at once.";
    AccountRestricted:
        "The account is restricted",
        "The account has an unpaid debt or a restriction for an earlier violation.",
        "Ask support for the reason, giving the application number. Once the restriction is lifted, file a new application. If you disagree, appeal.";
    AddressProofNeeded:
        "A document with the address is needed",
        "A mailbox at an office needs a proven address, and the application has no document or an unreadable one.",
        "Upload a certificate of residence, the passport page with the registration or a rental contract: PDF or JPG, up to 5 MB, no glare, no cut edges.";
    RegistryNoRecord:
        "A registry has no record",
        "The registry does not know such a record. That happens with documents issued lately: it is no contradiction.",
        "Wait for the decision: a clerk will look at the application. If a document is needed, they ask in the application.";
    DocumentsIncomplete:
        "Documents are missing",
        "This mailbox or kind of applicant needs documents that the application does not have.",
        "Open the application: the clerk's message lists the documents. Upload them before the day named there.";
    DocumentUnreadable:
        "The document cannot be read",
        "There is glare or shadow on the picture, an edge is cut off or the text is too small.",
        "Take the whole document in daylight on a dark table. See that every letter can be read and upload it again.";
    DataUnclear:
        "Something is unclear",
        "The clerk cannot decide by the answers in the application.",
        "Read the clerk's message in the application, correct the marked fields and send it again before the day named there.";
    TechnicalFailure:
        "A failure during the review",
        "A part of the application did not open or was lost on our side. Your data is not the cause.",
        "Open the application, look at what is marked and send it once more. The other answers are kept.";

    ReceiptNotFound:
        "The receipt was not found",
        "We issued no receipt with this number, or the number has a typing error.",
        "Compare the number with the receipt or point the camera at the QR code. The number has no letters that look like digits.";
}
