//! Logging in and the account.

use super::entries;

entries! {
    LoginFailed:
        "Logging in did not work",
        "Login and password did not match. To be safe we do not say which. The code may have gone to an old phone.",
        "Check the layout and Caps Lock, enter the phone with +7 or the whole e-mail. Turn autofill off: the browser may have put in an old password. If your number has changed, recover access.";
    CodeWrong:
        "The code did not match",
        "The code is from an earlier message or mistyped. Only the latest code counts.",
        "Open the newest message and enter its digits. If there are several, delete the others.";
    CodeExpired:
        "The code is out of date",
        "A code lasts 10 minutes.",
        "Press “Send the code again” and enter the new one.";
    CodeTriesSpent:
        "No tries left",
        "The code was entered wrongly too many times and no longer counts. This protects you from guessing.",
        "Request a new code. If it was not you who asked for codes, change your password.";
    CodeTooSoon:
        "A new code cannot be requested yet",
        "A code can be requested once in 60 seconds: the message may still be on its way.",
        "Wait a minute and look at your messages, in e-mail also at the spam folder. Then request a code again.";
    LinkUsedOrExpired:
        "The link does not work",
        "A link from a letter works once and for a time. Sometimes the mail program opens it before you do.",
        "If your e-mail is already confirmed, just log in. Otherwise request a new letter and open the link in the latest one.";
    TooManyRequests:
        "Too many tries",
        "There were many tries in a short time from your address or for your account.",
        "Wait for the time shown. There is no need to refresh the page: it does not shorten the wait.";
    SessionExpired:
        "The session has ended",
        "The page was idle for long, so the login was closed to keep strangers out.",
        "Refresh the page and log in again. The draft returns to the same place. If something is missing, enter it again.";
    NoSession:
        "You need to log in",
        "This page is for those logged in. Cookies may be off or cleared.",
        "Log in. If the login is not remembered, allow cookies for this site and turn off extensions that block them.";
    AccessLimited:
        "Access is limited",
        "The account is blocked or has no right to do this.",
        "Check the account's status and the “Citizen” profile in the cabinet. If all is well there, turn to support with the code and application number.";
    AccountNotConfirmed:
        "The account is not confirmed",
        "Phone or e-mail is not confirmed yet, and without it we do not know that it is you.",
        "Enter the code from the text message and open the link in the letter. If they did not come, request them again and look in the spam folder.";
    ConsentWithdrawn:
        "Consent is withdrawn",
        "You withdrew your consent to the processing of personal data, so services are closed.",
        "Open the consents in the cabinet and give your consent again. Access opens at once.";
    ForeignOrigin:
        "The request came from another site",
        "The form was not sent from a page of ours. This happens with an old tab, a saved copy of a page or a browser extension.",
        "Open the site in a new window and try again. Turn off extensions that change requests.";
    NoticeNeeded:
        "Nobody would be told",
        "A decision and a question about an application have to reach you in at least one way: terms run from that day.",
        "Tick mail or SMS in the rows «Decisions» and «Questions» and save.";
    PushAddress:
        "The browser does not fit for notices",
        "Notices reach a device through its browser's service. This browser named a service that is not on the portal's list.",
        "Connect notices in another browser, or choose e-mail and SMS.";
    PushFull:
        "Too many devices are connected",
        "Notices reach at most 10 devices.",
        "Disconnect a device you do not use, and try again.";
    QuietHours:
        "The hours of quiet are not chosen",
        "Quiet begins and ends at different hours, from 0 to 23.",
        "Choose beginning and end, or clear the tick so that SMS come at once.";
    BackupCodeLength:
        "The backup code is not whole",
        "A backup code has 10 letters and digits; the hyphen may be left out.",
        "Compare it with your list and enter all signs. Look-alikes such as O and 0 are not used.";
    BackupCodeWrong:
        "The backup code did not fit",
        "Each backup code works once. When new ones were made, the earlier ones stopped working.",
        "Take the next code of the newest list. If none is left, log in with a text message and make new ones.";
    AppsFull:
        "There are two apps already",
        "An account may have two authenticator apps: one in use and one in reserve.",
        "Remove the one you do not use, then add the new one.";
    ProofNeeded:
        "Your password is needed",
        "Before ways to log in are changed we make sure that it is you. You logged in more than 10 minutes ago.",
        "Enter your password. It is not asked for again for 10 minutes.";
    ProofWrong:
        "The password did not fit",
        "This is not the password you logged in with.",
        "Check the keyboard layout and Caps Lock. If you forgot it, recover access from the login page.";
    FactorGone:
        "This way to log in is gone",
        "It was removed in another window or on another device.",
        "Reload the security page and look at the list. If it was not you, press “It was not me” in our letter about it.";
    PasswordSame:
        "This is the old password",
        "The new password is the one being replaced.",
        "Choose another. Three or four words that do not belong together are easy to remember.";
    PasswordBreached:
        "The password is on lists of stolen ones",
        "This password has leaked from other sites. It is tried first.",
        "Choose another, and replace this one wherever else you use it.";
    PasswordGuessable:
        "The password is too easy to guess",
        "It is made of common words, dates, names or rows of keys, and a program guesses it soon.",
        "Add a word or two that nobody expects. Length helps more than digits for letters.";
    PasskeyWrong:
        "The passkey did not fit",
        "It does not belong to this account, was removed, or took longer than five minutes.",
        "Try again. If it fails, log in with your password and add the passkey anew on the security page.";
    PasskeysFull:
        "There are five passkeys already",
        "An account may have five passkeys.",
        "Remove one you do not use.";
    VerificationGone:
        "There is no such request",
        "A request lives for a day; one that was confirmed can be used for an hour, once.",
        "Send a new request on the page “Proving who you are”.";
    VerificationDecided:
        "The request has been decided",
        "Another member of support decided it before, or the account's owner cancelled it.",
        "Load the list again and take the next request.";
    IdentityUnreadable:
        "The picture of the document cannot be read",
        "Series, number or name cannot be seen: there is glare, a shadow or an edge cut off.",
        "Put the document on a dark table, photograph it from above without flash, and send a new request.";
    IdentityDiffers:
        "The data do not match",
        "Name, passport or INN of the pictures are not those of the account with this phone or e-mail.",
        "Check that phone or e-mail are typed right. If the passport was replaced, say so in an answer to the refusal.";
    IdentityPaperInvalid:
        "The passport you sent is not valid",
        "The passport of the picture has expired or was replaced by another.",
        "Send a new request with the passport that is valid.";
    IdentityPaperWrong:
        "It is another document",
        "Instead of the passport's photo pages or the INN something else was sent.",
        "Send a new request: the photo pages and the INN certificate, one file each.";
    IdentityNothingHeld:
        "There is nothing to compare the papers with",
        "The account holds neither a passport number nor an INN: it was opened by e-mail or on the phone. A name fits every namesake.",
        "For staff: refuse, the reason is “the data do not match”. The owner logs in with a code or comes to a post office.";
    ContactSame:
        "The account has this contact",
        "The new phone or e-mail is the one in the account.",
        "Enter another number or address. If there is nothing to change, go back to the cabinet.";
    ChangeGone:
        "The change of a contact is over",
        "A code lives for 10 minutes, a link for a day, and each new attempt cancels the one before.",
        "Open Security, Phone and e-mail, and begin again.";
    LoginPaused:
        "Login is closed for a while",
        "There were too many logins in a short time: from many addresses, into many accounts, or from places nobody travels between so fast.",
        "Come back after the time that is said. A device you used before is let in. If it was not you, change your password.";
}
