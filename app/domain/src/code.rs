//! Every refusal the product can give, each with its number `OTD-NNNN`.
//!
//! The number is what a person reads out to support and what `/help/errors/{code}` explains (ERR-2).
//! A number is never reused. Wording lives in `app/src/text`; only the meaning is decided here.

mod kinds;
mod written;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal,)*) => {
        /// A refusal. The discriminant is the number in `OTD-NNNN`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u16)]
        pub enum Code { $($(#[$doc])* $name = $number,)* }

        impl Code {
            /// All codes, in the order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
        }
        impl TryFrom<u16> for Code {
            type Error = &'static str;
            fn try_from(number: u16) -> Result<Self, Self::Error> {
                match number { $($number => Ok(Code::$name),)* _ => Err("unknown error code") }
            }
        }
    };
}

codes! {
    // 10xx: any field
    /// A mandatory field is empty (VAL-11, ERR-1 «Отсутствует обязательное поле»).
    Empty = 1001,
    /// A character that cannot occur in this field.
    WrongCharacter = 1002,
    /// Longer than the field allows.
    TooLong = 1003,
    /// A choice that is not on the list.
    UnknownChoice = 1004,

    // 11xx: person
    NameNotCyrillic = 1101,
    NameNotCapitalised = 1102,
    NameAbbreviated = 1103,
    NameSpacing = 1104,
    BirthDateInFuture = 1105,
    /// Passports are issued from 14 years of age (Положение о паспорте, п. 1).
    YoungerThan14 = 1106,
    BirthDateTooEarly = 1107,
    BirthPlaceTooShort = 1108,
    /// A hyphen or an apostrophe with nothing after it.
    NameEndsOpen = 1109,

    // 12xx: dates
    DateIncomplete = 1201,
    DateFormat = 1202,
    DateNoSuchDay = 1203,
    DateYearOutOfRange = 1204,

    // 13xx: passport
    PassportSeriesLength = 1301,
    PassportNumberLength = 1302,
    PassportSeriesRegion = 1303,
    PassportSeriesYear = 1304,
    PassportNumberZero = 1305,
    PassportIssuedInFuture = 1306,
    PassportIssuedBefore14 = 1307,
    /// Issued before 20 and the holder is past 20 and 90 days: it is no longer valid.
    PassportExpiredAt20 = 1308,
    PassportExpiredAt45 = 1309,
    PassportIssuedTooEarly = 1310,
    DepartmentCodeLength = 1311,
    DepartmentCodeFormat = 1312,
    PassportIssuerTooShort = 1314,
    /// Warning only: the series' blank year is after the issue date or more than three years
    /// before it, which observation says, not law.
    PassportSeriesAndDate = 1315,

    // 14xx: numbers of the state
    SnilsLength = 1401,
    SnilsChecksum = 1402,
    SnilsZero = 1403,
    InnLength = 1411,
    InnChecksum = 1412,
    InnRegionZero = 1413,
    InnPersonNeeds12 = 1414,
    InnOrganisationNeeds10 = 1415,
    OgrnLength = 1421,
    OgrnChecksum = 1422,
    OgrnFirstDigit = 1423,
    KppLength = 1431,
    KppFormat = 1432,
    /// The first four digits of ИНН and КПП name different tax offices: a warning.
    KppRegionDiffers = 1433,

    // 15xx: contacts
    PhoneIncomplete = 1501,
    PhoneTooLong = 1502,
    PhoneNotMobile = 1503,
    PhoneForeign = 1504,
    EmailNoAt = 1511,
    /// No dot in the domain yet, or nothing after its last dot or hyphen.
    EmailNoDomainDot = 1512,
    EmailDoubleDot = 1513,
    EmailCyrillic = 1514,
    /// A character that cannot stand where it stands, a second @, a gap in the domain.
    EmailFormat = 1515,
    EmailTooLong = 1516,

    // 16xx: addresses
    PostcodeLength = 1601,
    PostcodeUnknown = 1602,
    /// A locker or an internal object: not valid in an address.
    PostcodeNotAnAddress = 1603,
    PostcodeRegionDiffers = 1604,
    PostcodeTownDiffers = 1605,
    AddressTooShort = 1606,
    AddressNoHouse = 1607,
    AddressAbbreviation = 1608,
    OfficeUnknown = 1609,
    OfficeNotForVisits = 1610,
    /// Warning: the postal directory has no data for the region, so nothing can be checked.
    PostcodeRegionNotInDirectory = 1611,

    // 17xx: post
    TrackLength = 1701,
    TrackChecksum = 1702,
    TrackCountry = 1703,
    TrackFormat = 1704,
    CardLength = 1711,
    CardChecksum = 1712,
    CardSystem = 1713,

    // 18xx: account fields
    PasswordTooShort = 1801,
    PasswordNoLower = 1802,
    PasswordNoUpper = 1803,
    PasswordNoDigit = 1804,
    PasswordNoSpecial = 1805,
    PasswordCommon = 1806,
    PasswordsDiffer = 1807,
    PasswordTooLong = 1808,
    CodeLength = 1811,
    ConsentMissing = 1821,

    // 20xx: account
    LoginFailed = 2001,
    CodeWrong = 2002,
    CodeExpired = 2003,
    CodeTriesSpent = 2004,
    CodeTooSoon = 2005,
    LinkUsedOrExpired = 2006,
    TooManyRequests = 2007,
    SessionExpired = 2008,
    NoSession = 2009,
    AccessLimited = 2010,
    AccountNotConfirmed = 2011,
    ConsentWithdrawn = 2012,
    ForeignOrigin = 2013,

    // 21xx: second factors, recovery, devices
    BackupCodeLength = 2101,
    /// No such backup code, or it was used.
    BackupCodeWrong = 2102,
    /// Two authenticator apps are all an account has.
    AppsFull = 2103,
    /// A change of security asks for the password first.
    ProofNeeded = 2104,
    /// The password typed for a change of security is another one.
    ProofWrong = 2105,
    /// The app, passkey or device was removed meanwhile.
    FactorGone = 2106,
    /// The new password is the one there was (REC-2).
    PasswordSame = 2107,
    /// On the list of passwords that were stolen elsewhere and are tried first.
    PasswordBreached = 2108,
    /// No list has it, but it is guessed soon.
    PasswordGuessable = 2109,
    /// The browser's passkey does not fit, or its question is too old.
    PasskeyWrong = 2110,
    PasskeysFull = 2111,

    // 30xx: application
    ApplicationNotFound = 3001,
    IllegalMove = 3002,
    AlreadySubmitted = 3004,
    DraftIncomplete = 3005,
    WrongApplicantKind = 3006,
    MailboxForOrganisationsOnly = 3007,
    DraftChangedElsewhere = 3009,

    // 31xx: reasons of the automatic checks (VAL-12, RSB-4)
    RegistryPassportMismatch = 3101,
    RegistryPassportInvalid = 3102,
    RegistrySnilsMismatch = 3103,
    RegistryInnMismatch = 3104,
    RegistryAddressMismatch = 3105,
    DuplicateRegistration = 3106,
    AccountRestricted = 3107,
    AddressProofNeeded = 3109,

    /// No record in a registry: nothing the person did, so a clerk looks.
    RegistryNoRecord = 3150,
    // Reasons a clerk names (RSB-4, «неполный комплект документов», «технический сбой»).
    DocumentsIncomplete = 3151,
    DocumentUnreadable = 3152,
    DataUnclear = 3153,
    TechnicalFailure = 3154,

    // 32xx: receipts
    ReceiptNotFound = 3201,

    // 33xx: documents
    FileEmpty = 3301,
    /// The ending of the name says one type, the content another.
    FileNameDiffers = 3302,
    /// A picture, but no JPG: PNG, WebP, HEIC.
    PictureNotJpeg = 3303,
    PictureBroken = 3304,
    /// More pixels than are decoded.
    PictureTooManyPixels = 3305,
    /// Something is hidden before or behind the document in the same file.
    FileHidesMore = 3306,
    PdfBroken = 3307,
    PdfEncrypted = 3308,
    /// Scripts, actions that start something, files inside, forms of the kind XFA.
    PdfActive = 3309,
    PdfTooManyPages = 3310,
    /// Small on disk, huge when unpacked.
    PdfUnpacksTooLarge = 3311,
    /// The virus scanner named something.
    FileInfected = 3312,
    DocumentsFull = 3313,
    DocumentNotFound = 3314,
    DocumentsClosed = 3315,
    /// Sent with the application: it can no longer be taken back.
    DocumentStays = 3316,
    /// A part of a file that does not follow what has arrived.
    UploadOutOfStep = 3317,
    /// The upload is over: finished, cancelled, or too old.
    UploadGone = 3318,

    // 335x: other doors
    /// No such provider is configured here.
    DoorClosed = 3350,
    /// The provider does not answer, or not sensibly.
    DoorUnreachable = 3351,
    /// At the provider the person said no.
    DoorDenied = 3352,
    /// What came back cannot be trusted: signature, issuer, audience, nonce, term.
    DoorAnswerWrong = 3353,
    /// The way back was not begun in this browser, was used, or took too long.
    DoorAttemptGone = 3354,
    /// The proved phone has an account: it is entered first, and linked then.
    DoorPhoneTaken = 3355,
    /// The provider's person is linked to another account.
    DoorTaken = 3356,
    /// The account has somebody of this provider already.
    DoorExists = 3357,
    /// There is nothing (any more) to link or to unlink.
    DoorGone = 3359,

    // 336x: the account of the post
    /// The post knows no such account: it is created there first (LNK-2).
    PostAccountUnknown = 3360,
    PostPasswordWrong = 3361,
    /// The code was awaited too long, or guessed too often.
    PostAttemptGone = 3362,
    PostUnreachable = 3363,
    /// Another citizen has linked it, or this one has linked another.
    PostAccountTaken = 3364,

    // 337x: accounts that staff open
    /// The phone has an account: nobody gets a second one.
    PersonExists = 3370,
    /// The password that staff gave was not used in time.
    FirstPasswordOld = 3371,
    /// What one clerk alone has reset at a counter opens nothing yet.
    FirstPasswordEarly = 3372,
    /// No account fits what lies on the counter; nobody is told what of it does not.
    ResetNothingFound = 3373,
    /// Several accounts of this person fit: the login tells which.
    ResetSeveral = 3374,
    /// Its owner has frozen the account: no counter opens it.
    ResetFrozen = 3375,
    /// Nobody resets their own account.
    ResetOwn = 3376,
    /// The clerk has not said that the person and the original passport were before them.
    OriginalNotSeen = 3377,
    /// Whoever has reset is not the second clerk.
    ResetSecondNeeded = 3378,

    // 34xx: appeals and answers
    /// There is no refusal to appeal, or it has been appealed.
    AppealClosed = 3401,
    AppealLate = 3402,
    AppealGroundsShort = 3403,
    /// Whoever refused decides neither the appeal nor, after it, the application.
    OwnRefusal = 3404,
    /// Documents that were named with a question have not come since.
    DocumentsAwaited = 3405,

    // 3406…3449: who one is, phone and e-mail, logins that stand out
    /// No such request to verify an identity, or it is over.
    VerificationGone = 3406,
    /// Somebody has decided it meanwhile.
    VerificationDecided = 3407,
    // Reasons support names when it refuses (REC-3).
    IdentityUnreadable = 3411,
    IdentityDiffers = 3412,
    IdentityPaperInvalid = 3413,
    IdentityPaperWrong = 3414,
    /// The account holds neither passport nor ИНН: there is nothing scans could be compared with.
    IdentityNothingHeld = 3440,
    /// The phone or e-mail is the one there is.
    ContactSame = 3421,
    /// The change of a phone or e-mail has run out, or was replaced by another.
    ChangeGone = 3422,
    /// Too much about the logins stands out: none is taken for a time.
    LoginPaused = 3431,

    // 35xx: mailboxes and their members
    MailboxNotFound = 3501,
    MemberExists = 3502,
    InvitationGone = 3503,
    MembersFull = 3504,
    /// A mailbox always has an owner, and only a member can become one.
    OwnerStays = 3505,
    /// What a browser gave as its address for notices is none that we send to.
    PushAddress = 3506,
    /// As many devices are told as one person may have.
    PushFull = 3507,

    // 36xx: organisations
    /// ОГРНИП, where an organisation's number is needed (MBX-5: legal entities only).
    OgrnOfSoleTrader = 3601,
    /// Warning: ИНН and ОГРН name different regions; both are given once and kept, but not always in the same year.
    OgrnRegionDiffers = 3602,

    // 37xx: notices
    /// Something the law asks to be told would be told by no channel.
    NoticeNeeded = 3701,
    QuietHours = 3702,

    // 50xx: us
    Internal = 5001,
    Unavailable = 5002,
    NotFound = 5003,
    TooLarge = 5004,
    WrongContentType = 5005,
    BadRequest = 5006,
    Offline = 5007,

    // 60xx: the staff desk
    /// Another clerk works on the file.
    HeldByAnother = 6001,
    /// An act on a file that its clerk has not taken.
    NotTaken = 6002,
    /// The role or its office does not reach that far (PD-1).
    NoPower = 6003,
    /// Four eyes: whoever proposed a grant, or gets it, cannot confirm it.
    SecondPersonNeeded = 6004,
    /// An act without the words the citizen would read.
    ActTextMissing = 6005,
    /// A question that names neither a field nor a document.
    NothingAsked = 6006,
    /// A reason code that is not in the catalogue for this act (RSB-4).
    ReasonNotInCatalogue = 6007,
    DeadlineOutOfRange = 6008,
    /// A code of the authenticator app that was used before (RFC 6238, 5.2).
    TotpUsed = 6009,
    StaffLoginTaken = 6010,
    GrantExists = 6011,
    /// Personal data was asked for without saying why.
    PurposeMissing = 6012,
    StaffLoginFormat = 6013,
    /// The application is the clerk's own: security row 5.
    OwnApplication = 6014,
    /// A partner's address that is not `https://`, or leads into a private network.
    PartnerAddress = 6020,
    /// A partner without a name or without an event.
    PartnerIncomplete = 6021,
    /// The first password stands: the session cannot open yet.
    FirstPassword = 6022,
    /// The password chosen is the first one again.
    PasswordNotNew = 6023,
}

impl Code {
    /// The digits of `OTD-NNNN`.
    pub const fn number(self) -> u16 {
        self as u16
    }
}
