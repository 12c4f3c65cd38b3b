//! Phone, e-mail, addresses and offices.

use super::entries;

entries! {
    PhoneIncomplete:
        "The phone number is not complete",
        "Ten digits must follow +7: three of the operator and seven of the number.",
        "Complete the number. You may start with 8, with +7 or with 9 at once; spaces and brackets do not matter.";
    PhoneTooLong:
        "The phone number has extra digits",
        "More than ten digits follow +7. Often both 8 and 7 stay at the beginning.",
        "Leave +7 and ten digits. An extension is not needed.";
    PhoneNotMobile:
        "A mobile number is needed",
        "A landline does not receive text messages, and the phone is confirmed by a code from one.",
        "Enter a mobile number: after +7 it has a 9.";
    PhoneForeign:
        "A number of another country",
        "The code is sent to numbers of Russian operators. Numbers +7 6… and +7 7… belong to Kazakhstan.",
        "Enter a Russian operator's number, after +7 it has a 9.";
    EmailNoAt:
        "The e-mail address has no @ sign",
        "An e-mail address is a name, the @ sign and the server's address.",
        "Add @ and what follows it. On the English layout it is Shift and 2.";
    EmailNoDomainDot:
        "The e-mail address is not complete",
        "After @ comes the server's address with a dot, for example example.ru.",
        "Complete the address.";
    EmailDoubleDot:
        "Two dots in a row",
        "An e-mail address never has two dots in a row.",
        "Remove one dot. Compare the address with your mail settings.";
    EmailCyrillic:
        "Russian letters in the e-mail address",
        "One or more letters were typed with the Russian layout. Russian а, е, о, р, с, х look like Latin ones.",
        "Switch the layout and type the whole address again.";
    EmailFormat:
        "The e-mail address is written differently",
        "The address holds a space, a second @ or a sign servers do not take.",
        "Check the address: it looks like anna@example.ru. If you copied it, remove the angle brackets and the name.";
    EmailTooLong:
        "The e-mail address is too long",
        "Mail servers do not take addresses longer than 254 characters.",
        "See whether the address was pasted twice. Otherwise give another address.";

    PostcodeLength:
        "The postcode is not six digits",
        "A Russian postcode has six digits.",
        "Enter six digits. You can find an office's postcode by its town in “Post offices and postcodes”.";
    PostcodeUnknown:
        "There is no such postcode",
        "The postal directory has no office with this postcode: a typing error, or the office is closed.",
        "Check the postcode in “Post offices and postcodes” and enter a current one.";
    PostcodeNotAnAddress:
        "No homes have this postcode",
        "The postcode belongs to a parcel locker, a sorting centre or another internal object. Letters are not delivered to homes by it.",
        "Enter the postcode of the office that serves your building. “Post offices and postcodes” will tell you.";
    PostcodeRegionDiffers:
        "Postcode and region differ",
        "The first three digits of a postcode stand for the region. The address names another.",
        "Compare postcode and region. If the postcode is right, correct the address; if the address is right, find the postcode in “Post offices and postcodes”.";
    PostcodeTownDiffers:
        "Postcode and town differ",
        "In the postal directory this postcode belongs to another town.",
        "Check the postcode in “Post offices and postcodes”. Write the town without abbreviations.";
    AddressTooShort:
        "The address is too short",
        "The address is compared with the postal directory and must be complete for that.",
        "Write the town, street, building, block and flat, if there are any.";
    AddressNoHouse:
        "The address has no building number",
        "Without a building number the address cannot be found in the postal directory.",
        "Add the building number. If buildings have no numbers, write «дом б/н».";
    AddressAbbreviation:
        "An abbreviation in the address",
        "The abbreviation can be read in several ways, and the address will not be found.",
        "Write the word in full: «Большая», «имени», «Санкт-Петербург». The usual «ул.» and «д.» are understood.";
    OfficeUnknown:
        "No office has this postcode",
        "The list of offices does not have this postcode. The list may not have loaded completely.",
        "Refresh the page. If the office is still missing, enter its postcode by hand: it is on the receipt and on the office's door.";
    OfficeNotForVisits:
        "The office does not receive visitors",
        "It is a sorting centre, a parcel locker, a mobile office or temporarily closed.",
        "Choose another office. Find it by its town in “Post offices and postcodes”.";
    PostcodeRegionNotInDirectory:
        "No data for the region",
        "The postal directory has no postcodes of this region, so there is nothing to check with. This is a warning and does not stop the application.",
        "Compare the postcode with a letter you received and go on.";
}
