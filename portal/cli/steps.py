"""What is said of each step of a test mail, in plain words."""

from portal.kernel.mail.outcomes import Step, Trouble

DONE = {
    Step.FOUND: "The name of the mail server is found",
    Step.CONNECTED: "The mail server answers",
    Step.ENCRYPTED: "Encryption",
    Step.SIGNED_IN: "Signed in",
    Step.SENDER: "The sender is taken",
    Step.RECIPIENT: "The recipient is taken",
    Step.TAKEN: "The mail is taken",
}
WRONG = {
    Step.WRITTEN: "The mail could not be written. Is the address right, and PORTAL_MAIL_FROM?",
    Step.SIGNED: "The mail could not be signed. Is PORTAL_DKIM_KEY an RSA key in PEM?",
    Step.FOUND: "The name of the mail server is not found. Is the host in PORTAL_SMTP_URL right?",
    Step.CONNECTED: "The mail server does not answer. Are host and port right, and is it let through?",
    Step.ENCRYPTED: "The line could not be encrypted. Does its certificate fit the host's name? "
    "smtps:// is encrypted from the start (465), smtp+starttls:// later (587).",
    Step.SIGNED_IN: "The mail server does not let the portal in. Are name and password right?",
    Step.SENDER: "The mail server does not take the sender. May PORTAL_MAIL_FROM send there?",
    Step.RECIPIENT: "The mail server does not take the recipient.",
    Step.TAKEN: "The mail server did not take the mail.",
}
MEANS = {
    Trouble.NOBODY: "Nobody has this mailbox, it says.",
    Trouble.REFUSED: "It would refuse it again.",
    Trouble.LATER: "It may take it later; the portal would try again by itself.",
    Trouble.LOST: "The line broke before the mail was given over.",
    Trouble.UNCLEAR: "The line broke after the mail was given over: it may have arrived.",
}
