//! Any field, dates, password and codes.

use super::entries;

entries! {
    Empty:
        "Not filled in",
        "A mandatory field was left empty. Sometimes the browser's autofill clears it.",
        "Enter a value. The hint below the field's name says where it is in the document. If the field clears itself, turn autofill off in the browser's settings.";
    WrongCharacter:
        "An extra character in the field",
        "The field holds a character such a value never has: a Latin letter instead of a Russian one, the letter O instead of zero, a quotation mark.",
        "Delete the character and type it again with the right layout. If you pasted from another document, type it by hand.";
    TooLong:
        "The value is too long",
        "More characters were entered than the field holds. Often a value is pasted twice.",
        "Look for a repetition and remove the excess. Spaces and hyphens do not count.";
    UnknownChoice:
        "The choice is not on the list",
        "The option chosen is not there now: the list may have been updated while the page was open.",
        "Refresh the page and choose from the list. What you typed in other fields stays.";

    DateIncomplete:
        "The date is not complete",
        "The day, the month or some digits of the year are missing.",
        "Enter the whole date: two digits for the day, two for the month, four for the year, for example 05.09.1998.";
    DateFormat:
        "The date is written differently",
        "The date must be in digits in the order day, month, year. Month names and the reverse order are not recognised.",
        "Enter DD.MM.YYYY, for example 21.03.2019. We add the dots ourselves.";
    DateNoSuchDay:
        "The calendar has no such day",
        "The day or month is larger than possible, such as 31 April, or 29 February in a common year.",
        "Compare day and month with the document. See whether they have changed places.";
    DateYearOutOfRange:
        "The year does not fit",
        "The year has two digits or starts with neither 19 nor 20.",
        "Enter the year with four digits as in the document.";

    PasswordTooShort:
        "The password is short",
        "A password of seven characters or fewer is guessed within minutes.",
        "Add characters up to eight or more. A short phrase with a digit and a sign is handy.";
    PasswordNoLower:
        "No lower-case letter in the password",
        "Both small and capital letters are needed: that makes guessing much harder.",
        "Add at least one small letter. See whether Caps Lock is on.";
    PasswordNoUpper:
        "No capital letter in the password",
        "Both small and capital letters are needed: that makes guessing much harder.",
        "Add at least one capital letter.";
    PasswordNoDigit:
        "No digit in the password",
        "At least one digit is needed.",
        "Add a digit, preferably not your year of birth and not 123.";
    PasswordNoSpecial:
        "No sign in the password",
        "At least one sign that is neither letter nor digit is needed.",
        "Add a sign, for example ? # or a hyphen.";
    PasswordCommon:
        "The password is a common one",
        "This password is on the lists that guessing starts with.",
        "Choose a password you use nowhere else. A password manager will remember it for you.";
    PasswordsDiffer:
        "The passwords differ",
        "The second field holds another password, usually because of a typing error or the keyboard layout.",
        "Enter the password in the second field again. Show the password to see what is typed.";
    PasswordTooLong:
        "The password is too long",
        "The length is limited so that logging in stays fast.",
        "Shorten the password. Eight to twenty characters are enough.";
    CodeLength:
        "The code is not complete",
        "The code in the message has more digits than were entered.",
        "Enter all the digits from the latest message. Spaces do not matter.";
    ConsentMissing:
        "No consent to data processing",
        "Under the personal data law (152-FZ) we may not process the application without consent.",
        "Read the consent and tick the box. You can withdraw it any day in the cabinet.";
}
