"""Why an answer cannot be taken, in words for people."""

from django.utils.translation import gettext_lazy as _

from accounts import conduct
from accounts.refusals import Refused


class CannotAnswer(Refused):
    """The base of every reason why something cannot be done with a match."""

    message = _("This cannot be done right now.")


class StandsStill(CannotAnswer):
    message = _("We have paused matching for a while. Nothing is lost. Please try again later.")


class NotYours(CannotAnswer):
    message = _("This match belongs to somebody else.")


class AlreadyAnswered(CannotAnswer):
    message = _("There is an answer already. You can take it back first, as long as it is open.")


class NoLongerOpen(CannotAnswer):
    message = _("This match is no longer open. Thank you all the same. We keep looking.")


class NoLongerLive(CannotAnswer):
    message = _("The other side is not open at the moment. We will tell you if that changes.")


class YoursIsNotLive(CannotAnswer):
    message = _("Your side is not open at the moment. See your own list for what it waits for.")


class AgreementMissing(CannotAnswer):
    message = conduct.NotAccepted.message


class ContactNotReady(CannotAnswer):
    message = _("Your contact for this must first sign in, and read and accept our agreement.")


class OtherSideNotReady(CannotAnswer):
    message = _(
        "The other side has one thing to read before you can be introduced. Please try again"
        " in a day or two."
    )


class NoLongerFits(CannotAnswer):
    message = _("Something has changed, and the two no longer fit. We keep looking.")


class TooLate(CannotAnswer):
    message = _("It is too late to take this answer back.")


class TooLateToWait(CannotAnswer):
    message = _("There is not that much time left. Please answer before it closes.")


class NothingToExplain(CannotAnswer):
    message = _("There is no answer of yours that a reason could go with.")


class TooLateToExplain(CannotAnswer):
    message = _("The ten minutes are over, and your answer stands. You can still report a concern.")


class NothingToTakeBack(CannotAnswer):
    message = _("There is no answer of yours to take back.")


class NotIntroduced(CannotAnswer):
    message = _("There is no introduction that this could be said of.")


class ReasonMissing(CannotAnswer):
    message = _("Please say in a few words why. Only our staff will read it.")
