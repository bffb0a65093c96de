"""What the columns of a posting or a party are about, whatever a spreadsheet calls them."""

import re
from functools import lru_cache

CONTACT, PLACE, NAME, PAY = "contact", "place", "name", "pay"
SUPERVISOR, HOURS, KIND, TEXT = "supervisor", "hours", "kind", "text"
REPORT = "report"  # to our staff alone, who must hear what happened to somebody

IDS = ("id", "need_id", "offer_id", "job_id", "party_id", "posting_id", "row_id", "opportunity_id")
_WHOLE = {
    "name": NAME, "legal_name": NAME, "alias": NAME, "party_name": NAME, "business": NAME,
    "nonprofit": NAME, "sponsor": NAME, "nombre": NAME, "org_title": NAME, "place": PLACE,
    "state": PLACE, "county": PLACE, "counties": PLACE, "locality": PLACE, "kind": KIND,
    "type": KIND, "tipo": KIND, "posting_kind": KIND, "registration_number": CONTACT,
    "ein": CONTACT, "apply": CONTACT, "how_to_apply": CONTACT, "hours": HOURS,
    "concern": REPORT, "reason": REPORT,
}  # fmt: skip
_PARTS = {
    CONTACT: "contact contacts email mail phone telephone tel mobile fax website url web link site"
    " correo telefono contacto",
    SUPERVISOR: "supervisor supervision supervised supervisora",
    PAY: "pay wage wages salary compensation pago sueldo salario",
    HOURS: "hours schedule slots horas horario",
    PLACE: "workplace location address street city zip postcode lugar direccion ubicacion",
    NAME: "company organization organisation org employer agency party empresa organizacion",
}
_BETWEEN = re.compile(r"[^a-z0-9]+")


def column_name(written: str) -> str:
    """A heading as we know columns: "Contact E-Mail" is ``contact_e_mail``."""
    return _BETWEEN.sub("_", written.strip().lower()).strip("_")


@lru_cache(maxsize=512)
def about(column: str) -> str:
    """What a column is about, by its name; ``TEXT`` where that says nothing."""
    if column in _WHOLE:
        return _WHOLE[column]
    parts = set(column.split("_"))
    return next((topic for topic, names in _PARTS.items() if parts & set(names.split())), TEXT)
