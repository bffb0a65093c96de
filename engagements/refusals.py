"""Why a message is not taken, in words for people."""

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refused


class CannotWrite(Refused):
    """The base of every reason why no message can be written now."""

    message = _("You cannot write here right now.")


class NotYours(CannotWrite):
    message = _("These messages belong to somebody else.")


class NotIntroduced(CannotWrite):
    message = _("You can write to each other once both sides have said yes.")


class Ended(CannotWrite):
    message = _("This has ended, so nobody can write here any more. You can still read it.")


class Stopped(CannotWrite):
    message = _("Our reviewers have stopped this for now. You can still read it.")


class Paused(CannotWrite):
    message = _("We have paused messages for a while. Nothing is lost. Please try again later.")


class NothingSaid(CannotWrite):
    message = _("Please write a few words first.")


class TooManyToday(CannotWrite):
    message = _("That is a lot of messages for one day. Please go on tomorrow, or call them.")
