//! Documents and their files.

use super::entries;

entries! {
    FileEmpty:
        "An empty file",
        "The file has no bytes. That happens when it was not fetched from the cloud or copying was cut short.",
        "Open the file on your device and see that the document is there. Then choose it again.";
    FileNameDiffers:
        "The type is not what the name says",
        "The name ends in .pdf or .jpg, but the content is of another kind. Usually the file was only renamed.",
        "Open it in the program it was made with and use “Save as” for PDF or JPG. Renaming is not enough.";
    PictureNotJpeg:
        "A picture of another kind",
        "It is PNG, WebP or HEIC. The clerk's place shows PDF and JPG only.",
        "On an iPhone choose “Settings”, “Camera”, “Formats”, “Most compatible” and take the photo again. Or save the picture as JPG; in a modern browser the page does it for you.";
    PictureBroken:
        "The photo does not open",
        "The file is cut off or damaged, so the picture cannot be read.",
        "Open the photo on your device: if it is whole there, save a copy and upload that. Otherwise take it again.";
    PictureTooManyPixels:
        "Too detailed a photo",
        "The picture has more than 40 million pixels, or a side longer than 12,000. Four million are enough to read a document.",
        "Make the photo smaller in the gallery, or take it in the ordinary mode, without “high resolution”.";
    FileHidesMore:
        "There is more in the file",
        "Before or after the document the same file holds something else: an archive, a program, a page. Malware hides that way.",
        "Open the document and save it anew: a PDF by printing, a photo by exporting. The rest is dropped.";
    PdfBroken:
        "The PDF cannot be read",
        "The structure of the file is damaged, or it has no page at all.",
        "Open the document in a viewer and save it by “Print”, “Save as PDF”.";
    PdfEncrypted:
        "A protected PDF",
        "The file has a password or forbids changes. Neither we nor the clerk can check it.",
        "Open the file with your password and save it without protection by “Print”, “Save as PDF”. Tell the password to nobody.";
    PdfActive:
        "The PDF can act",
        "Scripts, programs to start, attached files, video or an XFA form were found. A document needs none of them, and they can do harm.",
        "Open the document and save it by “Print”, “Save as PDF”: only the pages remain.";
    PdfTooManyPages:
        "Too many pages",
        "One file has more than 30 pages.",
        "Keep the pages the application needs, or split the document into several files.";
    PdfUnpacksTooLarge:
        "The PDF is too large inside",
        "The file is small, but takes hundreds of megabytes when opened. Traps are made that way, and scans of excessive resolution.",
        "Save the document again at 200–300 dots per inch.";
    FileInfected:
        "Stopped by the virus scanner",
        "The scanner found known malware in the file. The file was not kept.",
        "Check your device for viruses and take the document again. If somebody sent you the file, tell them.";
    DocumentsFull:
        "No more room",
        "One application holds up to 20 files and 50 MB in all.",
        "Remove repeats and failed shots, or put the pages into one PDF.";
    DocumentNotFound:
        "Document not found",
        "There is no document at this address, it was removed, or it belongs to another account.",
        "Open “Documents” in your account and look for it in the list. Check which phone you logged in with.";
    DocumentsClosed:
        "Documents are no longer taken",
        "Documents are added while the application is open and the term named has not passed.",
        "If the application is closed, make a new one: we copy the data, and you attach the documents to it.";
    DocumentStays:
        "The document cannot be removed",
        "It was sent with the application and may be under review.",
        "Add the right document beside it: the clerk sees both. The consent says how long documents are kept.";
    UploadOutOfStep:
        "The upload was interrupted",
        "A part of the file came out of turn: the line broke, or the file is being uploaded in two windows.",
        "Press “Continue” on the page of documents: what has arrived is not sent twice.";
    UploadGone:
        "The upload is over",
        "It was finished, cancelled, or not continued for more than a day.",
        "See whether the document is in the list. If not, choose the file again.";
}
