//! Our failures and the connection.

use super::entries;

entries! {
    Internal:
        "The error is on our side",
        "The server could not handle the request (error 500). Your data are not the reason.",
        "Try again in a few minutes. If that does not help, copy what you typed, open the page in a separate window, clear cache and cookies and log in again.";
    Unavailable:
        "The service does not answer for now",
        "Work is under way, or a system we need is overloaded.",
        "Try again in a few minutes: the draft is kept. If it stays silent for long, see whether work is announced.";
    NotFound:
        "There is no such page",
        "The link is old, the address has a typing error, or the page belongs to another account.",
        "Use the search or start from the home page. Your applications are in “My applications”.";
    TooLarge:
        "The file is too large",
        "We take files up to 5 MB. Phone photos are often larger.",
        "Lower the photo size in the camera's settings or save the scan at a lower resolution. The text must stay readable.";
    WrongContentType:
        "A file of another type",
        "We take PDF and JPG. The file was renamed or taken as HEIC, the format of some phones.",
        "Save the file as PDF or JPG. On the phone choose “Most compatible” in the camera's settings.";
    BadRequest:
        "The request arrived incomplete",
        "The page is old or part of it did not load, so not everything was sent.",
        "Copy what you typed, refresh the page and try again. Update the browser and turn off blockers for this site.";
    Offline:
        "No connection",
        "The device is offline, or the network does not let you through to us.",
        "Check the connection. What you typed is kept on this device and the page can stay open. Send it when the connection is back.";
}
