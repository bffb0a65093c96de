"""Sentences of allauth that its Spanish says to a friend, not to a guest.

Our own catalogs win over allauth's, and extraction keeps only what stands in our code.
"""

from django.utils.translation import gettext_noop as _

SAID_AGAIN = (
    _("Be patient, you are sending too many requests."),
    _("Use authenticator app or code"),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("We've sent a code to %(recipient)s. The code expires shortly, so please enter it soon."),
    _("Enter Email Verification Code"),
    _("Enter Password Reset Code"),
    _("Email address %(deleted_email)s has been removed from your account."),
    _("Send me a sign-in code"),
    _("Password Reset"),
    _("Re-send Verification"),
    _("Two-Factor Authentication"),
    _("Request Code"),
    _(
        "You currently do not have any email address set up. You should really add an email "
        "address so you can receive notifications, reset your password, etc."
    ),
)
