//! The staff desk.

use super::entries;

entries! {
    HeldByAnother:
        "Another clerk has the file",
        "Another clerk took this file before. It becomes free by itself 15 minutes after their last act.",
        "Press N to take the next file. A reviewer or an administrator can hand a file over.";
    NotTaken:
        "The file is not taken",
        "Only who holds a file decides about it, and your hold has ended or the file is free.",
        "Press T to take the file and repeat the act. What you wrote stays on the page.";
    NoPower:
        "No right to do this",
        "Your role or its scope does not allow this act.",
        "Ask an administrator to propose the role. A second administrator confirms it.";
    SecondPersonNeeded:
        "A second person is needed",
        "Rights are given by two: neither who proposed nor who receives them confirms.",
        "Ask another administrator to open “Staff” and confirm the proposal.";
    ActTextMissing:
        "No words to the citizen",
        "A question or a refusal without an explanation cannot be understood, so we do not send it.",
        "Write what is wrong and what to do. One clear sentence is enough.";
    NothingAsked:
        "Nothing is marked",
        "Only marked fields and documents open for the citizen, and nothing is marked here.",
        "Mark at least one field or document and send the question again.";
    ReasonNotInCatalogue:
        "The reason is not in the list",
        "Questions and refusals have different reasons, and this one does not fit the decision.",
        "Choose a reason from the list under the decision. The citizen sees its code.";
    DeadlineOutOfRange:
        "The term is out of range",
        "An answer is given no less than one and no more than thirty days.",
        "Enter a number of days from 1 to 30. The usual term is 7 days.";
    TotpUsed:
        "The code was used",
        "A code of the app works once, even while the screen still shows it.",
        "Wait up to 30 seconds and enter the new code from the app.";
    StaffLoginTaken:
        "The login is taken",
        "Somebody of the staff has this login already, perhaps disabled.",
        "Add a digit or a department to the login and save again.";
    GrantExists:
        "The right exists",
        "This role with this scope was given or proposed before.",
        "Find it in the row of the member of staff: what is proposed waits for a second administrator.";
    PurposeMissing:
        "No purpose given",
        "A citizen's data opens only for a purpose that is named: it goes to their journal.",
        "Choose a purpose from the list and open the file again.";
    OwnApplication:
        "Your own application",
        "The number or the phone in it is yours, and nobody handles or decides their own application.",
        "Press N to take the next one. A colleague will look at this one.";
    StaffLoginFormat:
        "A login looks different",
        "A staff login is made of Latin letters, digits, dots, hyphens and underscores.",
        "Enter 3 to 32 characters, a letter first, for example orlova.n.";
    PartnerAddress:
        "The partner's address does not fit",
        "Events go by https:// and to addresses of the internet only: an address of an inner network would open a way into it.",
        "Check the address with the partner and enter it whole, for example https://partner.example/events.";
    PartnerIncomplete:
        "The partner is not described fully",
        "Without a name it cannot be told from others, without an event there is nothing to tell it.",
        "Enter a name and tick the events to tell about.";
    FirstPassword:
        "The first password still stands",
        "Two people know the password an administrator gave out. It opens the page for changing it and nothing else.",
        "Log in with it again and think of your own.";
    PasswordNotNew:
        "The password is the same",
        "The new password is the one you were given, and you are not the only one who knows it.",
        "Think of another password.";
}
