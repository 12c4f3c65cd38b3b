//! Appeals, mailboxes and their members, organisations.

use super::entries;

entries! {
    AppealClosed:
        "No appeal possible",
        "There is no refusal of this application, or it has been appealed: a refusal is appealed once.",
        "Open the application: it shows how the appeal goes and how it ended.";
    AppealLate:
        "Too late to appeal",
        "A refusal can be appealed for 20 days: the data of a refused application is kept no longer.",
        "Make a new application and attach the documents that show you are right.";
    AppealGroundsShort:
        "Too short",
        "From a word or two another clerk cannot tell what to look at again.",
        "Name the field or the document and say why the refusal seems wrong to you.";
    OwnRefusal:
        "Nobody judges their own refusal",
        "An appeal is decided by a clerk other than the one who refused.",
        "Take the next appeal: a colleague will see and decide this one.";
    DocumentsAwaited:
        "The named documents are missing",
        "The clerk asked for documents along with the correction, and none has come since the question.",
        "Open “Documents of the application”, add what was named and return to sending. The answers are kept.";

    MailboxNotFound:
        "No such mailbox",
        "There is no mailbox at this address, you are not in it, or only its owner may do this.",
        "Open your account: it lists your mailboxes and the invitations to others.";
    MemberExists:
        "In the mailbox already",
        "This phone or address was invited before, or the person is a member.",
        "Find them in the list of members. To change the role remove them and invite again.";
    InvitationGone:
        "The invitation is over",
        "It was accepted, taken back, or 14 days have passed.",
        "Ask the owner of the mailbox to invite the phone or e-mail of your account again.";
    MembersFull:
        "Too many members",
        "A mailbox has at most 20 members and invitations together.",
        "Remove those who no longer use it, and take old invitations back.";
    OwnerStays:
        "A mailbox needs an owner",
        "It can be handed only to a member who has accepted the invitation.",
        "Invite the new owner, wait until they accept, and hand the mailbox over.";

    OgrnOfSoleTrader:
        "A sole trader's number",
        "Corporate mailboxes are for legal entities, and 15 digits beginning with 3 are a sole trader's OGRNIP.",
        "Enter the 13 digits of the OGRN from the extract. A sole trader applies as a citizen.";
    OgrnRegionDiffers:
        "OGRN and INN name different regions",
        "Usually both are given in one region. Not always: the INN may be older than a move.",
        "Compare the digits with the extract. If it says so too, go on: the registry checks it.";
}
