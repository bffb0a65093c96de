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
    _("Forgot your password?"),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("This email address is already associated with this account."),
    _("You cannot remove your primary email address."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("Your primary email address must be verified."),
    _("You cannot add more than %d email addresses."),
    _("Please type your current password."),
    _("Use your password"),
    _("Use a security key"),
    _("Enter Sign-In Code"),
    _("Request new code"),
    _("Confirm Access"),
    _("Alternative options"),
    _("Use a different email address"),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Removed email address %(email)s."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("A sign-in code has been sent to %(recipient)s."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("Primary email address set."),
    _("Your email has been changed from %(from_email)s to %(to_email)s."),
    _("Your email has been confirmed."),
    _("Email Changed"),
    _("Email Removed"),
    _("Email Confirmation"),
    _("Your password has been changed."),
    _("Password Changed"),
    _("Your password has been reset."),
    _("Your password has been set."),
    _("Password Set"),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Authenticator code"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but "
        "imposes additional requirements such as biometrics or PIN protection."
    ),
    _(
        "Your account is protected by two-factor authentication. Please enter an "
        "authenticator code:"
    ),
    _("Enter an authenticator code:"),
    _("A new set of Two-Factor Authentication recovery codes has been generated."),
    _("New Recovery Codes Generated"),
    _("A new set of recovery codes has been generated."),
    _("Authenticator app activated."),
    _("Authenticator App Activated"),
    _("Authenticator app deactivated."),
    _("Authenticator App Deactivated"),
    _("A new security key has been added."),
    _("Security Key Added"),
    _("A security key has been removed."),
    _("Security Key Removed"),
    _("Security key added."),
    _("Security key removed."),
    _("Security Keys"),
    _("Edit Security Key"),
    _("Are you sure you want to sign out?"),
    _("Signed out of all other sessions."),
)
