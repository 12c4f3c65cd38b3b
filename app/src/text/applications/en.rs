//! In English.

use super::*;

pub(super) static EN: Applications = Applications {
    in_review: Status {
        name: "In review",
        meaning: "The application is in the queue, the check is not finished.",
        next: "You need not wait on this page: the decision comes by text message and e-mail, usually within 48 hours.",
    },
    needs_clarification: Status {
        name: "Clarification needed",
        meaning: "Some of the data differ from the documents or registries.",
        next: "Correct the marked fields and send the application again before the date shown. The rest need not be filled in again.",
    },
    awaiting_confirmation: Status {
        name: "Awaiting confirmation",
        meaning: "A document is missing. The application names it.",
        next: "Upload the document before the date shown: PDF or JPG, up to 5 MB.",
    },
    approved: Status {
        name: "Approved",
        meaning: "The check is passed and a registration number is assigned.",
        next: "Use the mailbox in the cabinet. For a mailbox at an office, bring your passport and the registration number.",
    },
    rejected: Status {
        name: "Rejected",
        meaning: "We cannot register you. The application shows the reason and its code.",
        next: "Remove the reason and create a new application: we will fill it in from this one.",
    },
    expired: Status {
        name: "Closed: out of time",
        meaning: "There was no answer before the date shown.",
        next: "Create a new application: we will fill it in from this one.",
    },
    withdrawn: Status {
        name: "Withdrawn",
        meaning: "You withdrew the application.",
        next: "You can file a new one at any time.",
    },

    intake: Stage {
        name: "Intake",
        meaning: "We record the application and give a receipt.",
    },
    document_check: Stage {
        name: "Document check",
        meaning: "We compare the data with the registries and the postal directory.",
    },
    agreement: Stage {
        name: "Agreement",
        meaning: "We check whether the chosen mailbox can be opened.",
    },
    issue: Stage {
        name: "Issue",
        meaning: "We assign the registration number and open the mailbox.",
    },

    applicant: Step {
        title: "Applicant",
        prepare: "Passport: names, date and place of birth. SNILS and INN.",
    },
    passport: Step {
        title: "Passport",
        prepare: "Series, number, date of issue, department code and who issued it.",
    },
    contacts: Step {
        title: "Contacts and address",
        prepare: "Your phone at hand, e-mail, registered address and postcode.",
    },
    mailbox: Step {
        title: "Mailbox",
        prepare: "Decide whether you need paper letters and at which office.",
    },
    review: Step {
        title: "Check and send",
        prepare: "Compare everything with the documents, read the consent and send.",
    },

    ordinary: Mailbox {
        name: "Ordinary",
        purpose: "Personal letters on paper",
        access: "A box at an office, you collect",
        cost: "Paid, at the office's rate",
        documents: "Proof of address",
    },
    electronic: Mailbox {
        name: "Electronic",
        purpose: "Personal and official letters online",
        access: "Online only, in the cabinet",
        cost: "Free",
        documents: "A confirmed account is enough",
    },
    combined: Mailbox {
        name: "Combined",
        purpose: "Paper and electronic letters together",
        access: "Online and a box at an office",
        cost: "Electronic part free, box at the office paid",
        documents: "Proof of address",
    },
    corporate: Mailbox {
        name: "Corporate",
        purpose: "Business letters of an organisation",
        access: "Online for several employees, you set their rights",
        cost: "Paid, under a contract",
        documents: "INN, KPP and OGRN of the organisation",
    },
    criteria: Criteria {
        purpose: "What for",
        access: "How you receive",
        cost: "Cost",
        documents: "What you need",
    },

    citizen: "Citizen",
    organisation: "Organisation",
};
