//! Other doors: bank and Gosuslugi, the postal account, accounts opened by staff.

use super::entries;

entries! {
    DoorClosed:
        "This login is not set up",
        "The portal has no agreement with this service, or has switched it off for now.",
        "Log in with your phone and password. If you have no account, sign up.";
    DoorUnreachable:
        "The login service does not answer",
        "Your bank or Gosuslugi cannot be reached now. Your account is fine.",
        "Try again in a minute, or log in with your phone and password.";
    DoorDenied:
        "The login was cancelled",
        "At your bank or Gosuslugi the login was cancelled, or the data were not released.",
        "Start again and allow it, or log in with your phone and password.";
    DoorAnswerWrong:
        "The answer could not be trusted",
        "Its signature, term or addressee does not fit. That happens when the clock of the service is wrong, and when somebody tampers.",
        "Start again from the login page. If it repeats, log in with your password and tell support.";
    DoorAttemptGone:
        "The attempt is over",
        "It was begun in another browser, was finished already, or took longer than 10 minutes.",
        "Start again from the login page in this same browser.";
    DoorPhoneTaken:
        "The phone has an account already",
        "Somebody signed up with this phone, and this login is not linked to that account yet. We never link it by ourselves.",
        "Log in with your password and we will offer to link it. If you forgot it, recover access.";
    DoorTaken:
        "Linked to another account",
        "One person at a bank or Gosuslugi opens one account.",
        "Log in to that account through the service and unlink it on the security page.";
    DoorExists:
        "There is a login of this service already",
        "Another person of the same service is linked to the account.",
        "Unlink the earlier one on the security page and link the new one.";
    DoorGone:
        "The link is no longer there",
        "It was unlinked in another window, or more than 30 minutes passed between the service and the linking.",
        "Open the security page and see what is linked now.";
    PostAccountUnknown:
        "No such Russian Post account",
        "Russian Post knows no account with this phone or e-mail. There is nothing to link without one.",
        "Check the login. If there is no account, create it on the site or in the app of Russian Post, then link it.";
    PostPasswordWrong:
        "The Russian Post password does not fit",
        "This is the password of the Russian Post account, not of the portal.",
        "Check the keyboard layout and Caps Lock. If you forgot it, recover it on the site of Russian Post.";
    PostAttemptGone:
        "The code is no longer valid",
        "More than 10 minutes passed since the password, or the code was mistyped several times.",
        "Enter login and password again: Russian Post sends a new code.";
    PostUnreachable:
        "Russian Post does not answer",
        "Its service of accounts is down for now. Your data are fine.",
        "Try again in a few minutes.";
    PostAccountTaken:
        "The account is linked already",
        "The Russian Post account is linked to another account here, or yours has another one linked.",
        "Unlink it where it is linked now and try again.";
    PersonExists:
        "The citizen has signed up before",
        "The citizen signed up before. The same phone gets no second account.",
        "Ask them to log in, or to recover access on the login page.";
    FirstPasswordOld:
        "The password you were given is no longer valid",
        "A password from staff works for 7 days, and was not used in time.",
        "If the account was opened on the phone, call support; if at a counter, come to a post office with your passport: you get a new password.";
    FirstPasswordEarly:
        "The slip from the post office does not work yet",
        "One clerk has reset the access. The password on the slip starts to work a day later: so long the account's owner can say “It was not me”. The slip names no time if the account was reset within a month, if its name or passport were corrected lately, or if there is nowhere to tell of the reset: then it works only once it is confirmed.",
        "Wait until the time printed on the slip (Moscow time), or come back with your passport: a second clerk confirms, and the slip works at once.";
    ResetNothingFound:
        "No account found",
        "No account has all of these data together: names, passport and, where it holds them, birth date and SNILS.",
        "Compare each field with the passport. If the passport was replaced, enter the number of the one before: it is printed at the end of the new one. If nothing is found even so, open a new account for the citizen. When you confirm a colleague's reset: it may have been confirmed already, taken back by “It was not me”, or be older than 7 days.";
    ResetSeveral:
        "There are several accounts",
        "More than one account has these data.",
        "Ask which phone or e-mail the account was opened with, and enter it as “Phone or e-mail of the account, if there are several”.";
    ResetFrozen:
        "The owner has closed the account",
        "It was closed by the link “It was not me” of a letter or SMS: its owner thinks a stranger uses it.",
        "Only the owner opens it: by phone or e-mail at “Recover access”, or by proving who they are.";
    ResetOwn:
        "This account is your own",
        "Nobody of the staff resets their own account, or confirms it.",
        "Ask a colleague.";
    OriginalNotSeen:
        "It is not ticked that you see the person and the passport",
        "Access is given back only to whoever stands before you with the original passport.",
        "Compare the face with the photo, check the passport, and tick the box.";
    ResetSecondNeeded:
        "Another clerk is needed",
        "A second clerk confirms, who sees the person and the passport themselves.",
        "Call a colleague and let them log in as themselves.";
}
