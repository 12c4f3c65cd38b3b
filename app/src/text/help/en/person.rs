//! The person and the passport.

use super::entries;

entries! {
    NameNotCyrillic:
        "The name is not in Russian letters",
        "A Russian passport has the names in Russian. Latin a, c, e, o, p, x look the same but are other letters.",
        "Switch the layout and type the name again. Do not copy the Latin line at the bottom of the passport page here.";
    NameNotCapitalised:
        "The name starts with a small letter",
        "Last name, first name and patronymic start with a capital letter.",
        "Make the first letter a capital and the rest small, as in Соколова, Анна-Мария.";
    NameAbbreviated:
        "The name is abbreviated",
        "Initials or an abbreviation with a dot were entered. The registry is asked for the full name.",
        "Write it in full as in the passport. If the passport has no patronymic, leave that field empty.";
    NameSpacing:
        "Extra spaces or hyphens",
        "Two spaces in a row, a leading hyphen or a space beside a hyphen keep the name from being found in the registry.",
        "Leave one space or one hyphen between the parts, as in the passport.";
    NameEndsOpen:
        "The name breaks off at a hyphen or apostrophe",
        "Nothing follows the hyphen or apostrophe: the second part of the name seems to be missing.",
        "Add the second part or remove the last character.";
    BirthDateInFuture:
        "The date of birth has not come yet",
        "The year of birth is later than this year.",
        "Compare the year with the passport. Most often its last two digits have changed places.";
    YoungerThan14:
        "Under the age of 14",
        "Under the passport regulation (government decree No. 2267 of 23.12.2023) passports are issued from the age of 14, and we register by passport.",
        "Check the year of birth. If you are not yet 14, you can register once you have a passport.";
    BirthDateTooEarly:
        "The date of birth is too long ago",
        "By the year entered the applicant is over 120 years old.",
        "Compare the year with the passport, its third digit above all.";
    BirthPlaceTooShort:
        "The place of birth is too short",
        "The place of birth is needed in full, as in the passport: a clerk compares it.",
        "Copy the line “Место рождения” from the passport in full, for example «гор. Тверь».";

    PassportSeriesLength:
        "The passport series is not four digits",
        "The series has exactly four digits: the first four of the ten red digits at the side of the page.",
        "Enter the four digits of the series. The other six are the number and have a field of their own.";
    PassportNumberLength:
        "The passport number is not six digits",
        "The number has exactly six digits: the last six of the ten red digits at the side of the page.",
        "Enter the six digits of the number. Leading zeros count too.";
    PassportSeriesRegion:
        "The series starts with a code that does not exist",
        "The first two digits of the series are the code of the region of issue. No region has this code.",
        "Compare the first two red digits with the passport. The series of a travel passport does not fit: the internal one is needed.";
    PassportSeriesYear:
        "The year in the series does not fit",
        "The last two digits of the series are the year the blank was printed. Blanks have been printed since 1997.",
        "Compare the third and fourth red digits with the passport.";
    PassportNumberZero:
        "There is no such number",
        "A passport number does not consist of zeros alone.",
        "Enter the six red digits that follow the series.";
    PassportIssuedInFuture:
        "The date of issue has not come yet",
        "The date entered is later than today.",
        "Compare the date of issue with the passport. It stands below the line «Паспорт выдан».";
    PassportIssuedBefore14:
        "The passport was issued before the age of 14",
        "There are fewer than 14 years between birth and issue, and passports are not issued earlier.",
        "Compare both dates with the passport: one has a typing error, or they have changed places.";
    PassportExpiredAt20:
        "The passport is not valid after the age of 20",
        "Passports are replaced at 20. The old one holds until the new one is received, but no longer than 90 days after the birthday (passport regulation, government decree No. 2267 of 23.12.2023).",
        "If you have replaced it, enter the new passport. If not, apply for replacement to the Ministry of Internal Affairs through Gosuslugi or an MFC and come back with the new one: the draft is kept. Check the date of birth too.";
    PassportExpiredAt45:
        "The passport is not valid after the age of 45",
        "Passports are replaced at 45. The old one holds until the new one is received, but no longer than 90 days after the birthday (passport regulation, government decree No. 2267 of 23.12.2023).",
        "If you have replaced it, enter the new passport. If not, apply for replacement to the Ministry of Internal Affairs through Gosuslugi or an MFC and come back with the new one: the draft is kept. Check the date of birth too.";
    PassportIssuedTooEarly:
        "The passport predates such passports",
        "Passports of a citizen of Russia have been issued since 1 October 1997.",
        "Compare the year of issue. A USSR passport cannot be used to register.";
    DepartmentCodeLength:
        "The department code is not six digits",
        "The department code is six digits, written as 770-001.",
        "Enter six digits. The code is on the same line as the date of issue, to its right.";
    DepartmentCodeFormat:
        "The department code is written differently",
        "The code is three digits, a hyphen and three digits, with no spaces or other signs.",
        "Enter the six digits in a row, we add the hyphen ourselves.";
    PassportIssuerTooShort:
        "“Issued by” is too short",
        "The department's name is needed in full, as in the passport: a clerk compares it.",
        "Copy the lines «Паспорт выдан» in full, with district and town.";
    PassportSeriesAndDate:
        "Series and date of issue are far apart",
        "The blank's year, digits three and four of the series, is usually not after the year of issue and not more than three years before it. This is a warning and does not stop the application.",
        "Compare series and date of issue with the passport. If all of it matches, go on.";
}
