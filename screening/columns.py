"""What the columns of a posting or a party are about, whatever a spreadsheet calls them."""

import re

CONTACT = frozenset(
    {
        "contact", "contacts", "contact_name", "contact_info", "contact_email", "contact_phone",
        "contact_person", "email", "e_mail", "mail", "phone", "telephone", "tel", "mobile", "fax",
        "website", "url", "web", "link", "site", "apply", "how_to_apply", "application_url",
        "registration_number", "ein", "correo", "telefono", "contacto", "sitio_web",
    }
)  # fmt: skip
PLACES = frozenset(
    {
        "workplace", "location", "place", "place_of_work", "address", "street", "work_location",
        "job_location", "site_address", "venue_address", "locality", "lugar", "direccion",
        "lugar_de_trabajo", "ubicacion", "city", "county", "counties", "zip", "state", "postcode",
    }
)  # fmt: skip
NAMES = frozenset(
    {
        "name", "legal_name", "alias", "company", "company_name", "organization", "organisation",
        "org", "org_title", "party", "party_name", "employer", "agency", "nonprofit", "business",
        "sponsor", "empresa", "nombre", "organizacion",
    }
)  # fmt: skip
PAY = frozenset(
    {
        "pay", "wage", "wages", "salary", "salary_range", "pay_amount", "pay_rate", "hourly_pay",
        "compensation", "pago", "sueldo", "salario", "rate", "hourly_rate", "hourly_wage",
        "wage_steps",
    }
)  # fmt: skip
SUPERVISOR = frozenset({"supervisor", "supervision", "supervised_by", "supervisora"})
HOURS = frozenset(
    {"hours", "hours_per_week", "weekly_hours", "schedule", "horas", "horario", "slots"}
)
KIND = frozenset({"kind", "type", "posting_kind", "tipo"})
IDS = ("id", "need_id", "offer_id", "job_id", "party_id", "posting_id", "row_id", "opportunity_id")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def column_name(written: str) -> str:
    """A heading as we know columns: "Contact E-Mail" is ``contact_e_mail``."""
    return _BETWEEN.sub("_", written.strip().lstrip("\ufeff").lower()).strip("_")
