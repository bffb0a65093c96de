"""Miles for people, kilometers inside."""

from decimal import Decimal

KM_PER_MILE = 1.609344


def in_miles(km: float) -> Decimal:
    """As shown: to a tenth of a mile, whole where it is nearly so."""
    miles = round(Decimal(km / KM_PER_MILE), 1)
    near = round(miles)
    return Decimal(near) if abs(miles - near) <= Decimal("0.2") else miles


def in_km(miles: Decimal) -> float:
    return round(float(miles) * KM_PER_MILE, 1)
