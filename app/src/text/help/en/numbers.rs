//! Numbers given by the state, track numbers and cards.

use super::entries;

entries! {
    SnilsLength:
        "The SNILS is not 11 digits",
        "A SNILS has 11 digits: three groups of three and two check digits, for example 112-233-445 95.",
        "Enter all 11 digits. The number is at the top of the card or the ADI-REG notice, above the last name.";
    SnilsChecksum:
        "The check digits of the SNILS do not fit",
        "The last two digits are computed from the first nine. Here they differ, so one of the digits is mistyped.",
        "Compare three digits at a time: the number is at the top of the card or the ADI-REG notice, above the last name. Then the last two, after the space. Most often two neighbouring digits have changed places.";
    SnilsZero:
        "A SNILS of zeros",
        "No number of nine zeros was ever issued.",
        "Enter the number from the card or the ADI-REG notice.";
    InnLength:
        "The INN has another number of digits",
        "A citizen's INN has 12 digits, an organisation's has 10.",
        "Enter the whole INN. A citizen can find it in the tax service's personal cabinet.";
    InnChecksum:
        "The check digits of the INN do not fit",
        "The last digits of an INN (two for a citizen, one for an organisation) are computed from the others. Here they differ, so the number has a typing error.",
        "Compare the number with the certificate three digits at a time from the left. If the INN is not at hand, a citizen may leave the field empty.";
    InnRegionZero:
        "The INN starts with 00",
        "The first two digits of an INN are the region's code. There is no region 00.",
        "Compare the beginning with the certificate: zeros usually appear when only part of the number was pasted.";
    InnPersonNeeds12:
        "This is an organisation's INN",
        "A citizen's INN has 12 digits, 10 were entered. Ten digits belong to organisations.",
        "Enter your own INN of 12 digits or leave the field empty. If you apply for an organisation, choose so in the first step.";
    InnOrganisationNeeds10:
        "This is a citizen's INN",
        "An organisation's INN has 10 digits, more were entered. Twelve digits belong to a citizen.",
        "Enter the organisation's INN from the register extract. If you apply for yourself, choose “Citizen” in the first step.";
    OgrnLength:
        "The OGRN has another number of digits",
        "An organisation's OGRN has 13 digits, a sole trader's OGRNIP has 15.",
        "Enter the whole number from the record sheet or extract. The tax service issues extracts free of charge.";
    OgrnChecksum:
        "The check digit of the OGRN does not fit",
        "The last digit is computed from the others. Here it differs, so the number has a typing error.",
        "Compare the number with the register extract from the left.";
    OgrnFirstDigit:
        "No OGRN starts with this digit",
        "An organisation's OGRN starts with 1 or 5, an OGRNIP with 3. Other digits start the numbers of single register entries.",
        "Find the line “ОГРН” or “ОГРНИП” in the extract: the number of an entry about changes (ГРН) does not fit.";
    KppLength:
        "The KPP is not nine characters",
        "A KPP has nine characters.",
        "Enter the whole KPP. It is next to the INN in the certificate and the extract.";
    KppFormat:
        "The KPP is written differently",
        "A KPP has four digits of the tax office, two characters of the reason and three digits of the order. Letters can stand only fifth and sixth, as Latin capitals.",
        "Copy the KPP from the certificate, for example 770701001.";
    KppRegionDiffers:
        "KPP and INN are of different tax offices",
        "The first four digits of KPP and INN are the tax office's code. After an organisation moves they rightly differ. This is a warning and does not stop the application.",
        "Compare both numbers with the extract. If it says so, go on.";

    TrackLength:
        "The tracking number is not complete",
        "A domestic number has 14 digits, an international one 13 characters.",
        "Enter the whole number from the receipt. It is printed below the barcode.";
    TrackChecksum:
        "The check digit of the tracking number does not fit",
        "The last digit is computed from the others. Here it differs, so the number has a typing error.",
        "Compare the number with the receipt. Look at similar digits: 1 and 7, 3 and 8, 0 and 6.";
    TrackCountry:
        "The number does not end in a country code",
        "An international number ends in two letters of the country of dispatch, such as RU or CN. No country has these letters.",
        "Compare the last two letters with the receipt or the shop's message.";
    TrackFormat:
        "This does not look like a tracking number",
        "A postal number is 14 digits, or two Latin letters, nine digits and two letters of the country. Shops and couriers have numbers of their own.",
        "Find a number of that kind in the shop's message or on the receipt. An order number does not fit.";
    CardLength:
        "The card number is not complete",
        "A card number usually has 16 digits, sometimes up to 19.",
        "Enter all the digits on the card. Spaces do not matter.";
    CardChecksum:
        "The card number has a typing error",
        "The last digit is computed from the others. Here it differs.",
        "Compare the number with the card four digits at a time.";
    CardSystem:
        "A card of another system",
        "By its first digits this is neither Mir nor Visa nor Mastercard.",
        "Take a Mir, Visa or Mastercard card, or choose another way to pay.";
}
