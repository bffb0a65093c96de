"""What must always hold of a party, in the database too."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A box, and at most its town and ZIP: no digits that could be a house's.
PO_BOX = r"^(p\.? ?o\.? ?box|post office box|apartado( postal)?) [0-9a-z]+(, [^0-9]+( [0-9]{5})?)?$"

PARTY_RULES: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(confidential=False) | Q(zip="", latitude=None, longitude=None, county=""),
        name="confidential_party_has_no_place",
        violation_error_message=_("A confidential place is never stored."),
    ),
    models.CheckConstraint(
        condition=~Q(status__in=["verified", "renewal_due"])
        | Q(verified_at__isnull=False, verified_until__isnull=False),
        name="verified_party_says_since_when_and_until_when",
    ),
    models.CheckConstraint(
        condition=Q(latitude=None, longitude=None)
        | Q(
            latitude__isnull=False,  # a comparison with NULL would let a half point pass
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        name="party_place_is_on_earth",
    ),
    models.CheckConstraint(
        # A renewal is reviewed while the old year still counts.
        condition=Q(status="in_review", submitted_at__isnull=False)
        | Q(status="renewal_due")
        | Q(~Q(status="in_review"), submitted_at=None),
        name="party_waits_exactly_while_it_is_reviewed",
    ),
    models.CheckConstraint(
        condition=Q(mailing_address="") | Q(mailing_address__iregex=PO_BOX),
        name="mailing_address_is_a_po_box",
        violation_error_message=_("Only a PO box. Never a street."),
    ),
    models.CheckConstraint(
        condition=Q(license_number="") | ~Q(license_state=""),
        name="license_says_which_state_issued_it",
        violation_error_message=_("Choose the state that issued the license."),
    ),
    models.CheckConstraint(
        condition=~Q(kind="volunteer") | Q(confidential=False, residential=False),
        name="volunteer_is_no_confidential_home",
    ),
]
