//! The verbs of the staff's API with the power each needs. A test holds this list against the functions registered.

use super::shape::{self, Shape};
use app::staff::{api, view};
use domain::staff::Power;

type Asked = fn() -> Result<Shape, String>;

pub struct Verb {
    pub name: &'static str,
    pub about: &'static str,
    /// `None`: the way in, or anybody at the desk.
    pub power: Option<Power>,
    pub body: Asked,
    pub answer: Asked,
    /// Statuses beside 200, 401, 403 and 500.
    pub refused: &'static [u16],
}

macro_rules! verbs {
    ($($name:literal, $body:ident => $answer:ty, $power:expr, $refused:expr, $about:literal;)*) => {
        /// In the order of a clerk's day.
        pub const VERBS: &[Verb] = &[$(Verb {
            name: $name,
            about: $about,
            power: $power,
            body: shape::of::<api::$body>,
            answer: shape::of::<$answer>,
            refused: &$refused,
        },)*];
    };
}

use Power::{Administer, Admit, Audit, Distribute, Enrol as MayEnrol, Oversee, Read, Review, Verify, Work};

verbs! {
    "login", Login => view::LoginStep, None, [422, 429], "Login and password; a session past the password, for ten minutes";
    "new_password", NewPassword => view::LoginStep, None, [422, 429], "One's own password in place of the first one";
    "enrolment", Enrolment => view::Enrolment, None, [], "The secret of a new authenticator";
    "enrol", Enrol => Vec<String>, None, [422, 429], "The first code of it opens the session: ten backup codes, once";
    "code", Code => (), None, [422, 429], "A code of the authenticator or a backup code opens the session";
    "me", Me => view::Me, None, [], "Who is at the desk";
    "logout", Logout => (), None, [], "Ends the session";
    "queue", Queue => view::QueuePage, Some(Work), [], "What waits for a clerk, the nearest term first; nobody's data";
    "queue_live", QueueLive => view::QueuePage, Some(Work), [], "The same, asked by a page by itself: it keeps no session alive";
    "take_next", TakeNext => Option<view::File>, Some(Work), [429], "Takes the file whose term is nearest";
    "take", Take => view::File, Some(Work), [404, 409, 429], "Takes a file for a quarter of an hour";
    "open", Open => view::File, Some(Read), [404, 422, 429], "Opens a file for a purpose, which its citizen reads";
    "release", Release => (), Some(Work), [404, 409], "Gives a file back";
    "reassign", Reassign => (), Some(Distribute), [404, 422], "Hands a file to a colleague";
    "preview", Preview => view::Preview, Some(Work), [404, 409, 422], "What the citizen would read";
    "act", Decide => view::Done, Some(Work), [404, 409, 422], "Approves or refuses (reviewers), or asks";
    "preview_appeal", PreviewAppeal => view::Preview, Some(Review), [404, 409, 422], "What the author of an appeal would read";
    "decide_appeal", DecideAppeal => view::Done, Some(Review), [404, 409, 422], "Upholds or dismisses an appeal; never by who refused";
    "search", Search => view::Found, Some(Read), [422, 429], "By number, SNILS, phone or last name, newest first";
    "identities", Identities => Vec<view::IdentityRow>, Some(Verify), [], "Requests to verify an identity, the nearest term first; nobody's data";
    "identities_live", IdentitiesLive => Vec<view::IdentityRow>, Some(Verify), [], "The same, asked by a page by itself";
    "take_identity", TakeIdentity => view::IdentityFile, Some(Verify), [403, 404, 409, 429], "Takes a request and opens it; the citizen's journal has its row first";
    "decide_identity", DecideIdentity => (), Some(Verify), [404, 409, 422], "Confirms, or refuses by a reason of the catalogue";
    "open_on_the_phone", OpenOnThePhone => view::Opened, Some(MayEnrol), [409, 422, 429], "Opens an account for a caller; its first password goes to the phone";
    "open_at_the_counter", OpenAtTheCounter => view::Added, Some(Admit), [422, 429], "Opens an account by the passport that lies there; login and first password, once";
    "reset_access", ResetAccess => view::Slip, Some(Admit), [403, 409, 422, 429], "Gives the account that a passport leads to back to who stands there: a login and a first password, once";
    "confirm_reset", ConfirmReset => (), Some(Admit), [403, 422, 429], "A second clerk has seen the same passport: what was handed over works at once";
    "board", Board => view::Board, Some(Oversee), [], "How much waits and for how long, who works on what";
    "people", People => Vec<view::PersonRow>, Some(Administer), [], "Everybody of the staff and their rights";
    "add", Add => view::Added, Some(Administer), [409, 422], "A new account and its first proposal; the first password, once";
    "propose", Propose => (), Some(Administer), [404, 409], "Proposes a right";
    "confirm", Confirm => (), Some(Administer), [404, 409], "Puts a right in force that another has proposed";
    "end", End => (), Some(Administer), [404], "Turns a proposal down; asks that a right end, or agrees to it";
    "identify", Identify => (), Some(Administer), [404, 422], "Says who a member of staff is as a citizen";
    "disable", Disable => (), Some(Administer), [404], "Stops an account at once, or lets it in again";
    "reset", Reset => Option<view::Added>, Some(Administer), [404], "Asks for a new start of somebody without their authenticator, or agrees: the first password, once";
    "partners", Partners => Vec<view::PartnerRow>, Some(Administer), [], "Partners that are told of events";
    "add_partner", AddPartner => view::NewPartner, Some(Administer), [422], "A new partner; the secret, once";
    "switch_partner", SwitchPartner => (), Some(Administer), [404], "Tells a partner again, or no more";
    "remove_partner", RemovePartner => (), Some(Administer), [404], "Forgets a partner and its secret";
    "deliveries", Deliveries => view::DeliveryPage, Some(Administer), [404], "What was to be told to a partner, newest first";
    "redeliver", Redeliver => (), Some(Administer), [404], "Tells an event again";
    "audit", Audit => Vec<view::AuditRow>, Some(Audit), [404], "The newest 200 acts of one member of staff";
}
