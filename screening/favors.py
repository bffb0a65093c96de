"""What draws a person near and no class needs: money lent, rides, rooms, photos, an address."""

from screening.patterns import look_for

_I = r"(?:i|we)(?: can| will|'ll| could| would)?(?: also| even)?"
_HER = r"(?:you|her|him|them|anyone|everyone|people|women|girls|students)"

FAVORS = look_for(
    # money
    rf"\b{_I} (?:lend|loan|give|advance) (?:{_HER} )?(?:some |a little )?(?:money|cash)\b",
    r"\b(?:te|les?) presto\b|\b(?:presto|prestamos) dinero\b|\bte doy dinero\b",
    r"\b(?:earn|make|get) (?:\w+ ){0,2}(?:cash|money)\b"
    r"(?=.{0,30}\b(?:night|same day|quick|fast)\b)",
    r"\b(?:private|strip|night) ?club\b",
    # rides and trips
    rf"\b{_I} (?:pick|drive|take) {_HER} (?:up at|home|anywhere|back to|to my|out)\b",
    r"\b(?:te|las?|los) llevo a (?:tu|su|mi) casa\b|\bpaso por (?:ti|ustedes) a (?:tu|su) casa\b",
    r"\b(?:hotel|flight|trip)s? (?:is |are )?(?:paid|covered|on me|included)\b",
    rf"\b{_I} (?:travel|fly|drive) to (?:las vegas|miami|a hotel|the beach|mexico)\b",
    # a room
    r"\b(?:offer|have|got|rent) (?:\w+ ){0,2}(?:room|bed|couch|sofa|place to stay)\b"
    r"(?=.{0,40}\b(?:my|our) (?:house|home|apartment|place|family)\b"
    r"|.{0,30}\b(?:woman|girl|lady)\b)",
    r"\b(?:cuarto|recamara|habitacion) (?:\w+ ){0,3}en mi casa\b",
    # how somebody looks, and where they live
    r"\b(?:full[- ]?body|swimsuit|bikini|lingerie) (?:photos?|pictures?|pics?|shots?)\b"
    r"|\bbring a (?:swimsuit|bikini)\b",
    r"\bphotos? (?:of yourself|(?:when you|to) (?:sign|register|apply|join))\b",
    r"\b(?:traigan?|manden?|manda|envien?|envia) (?:me |una |su |tu )*fotos?\b",
    r"\b(?:give|tell|send|text) (?:me|us) (?:your|the|her|their) (?:home |house )?"
    r"(?:address|location)\b",
    r"\b(?:dime|dame|denme|mandame|mandenme) (?:tu|su) (?:direccion|ubicacion)\b",
    r"\bpractice on my (?:clients?|customers?|friends?|guests?)\b",
    r"\b(?:only|solo) (?:young (?:women|ladies|girls)|girls|mujeres jovenes|chicas|muchachas)\b",
    r"\bafter (?:the |each |every )?(?:class|lesson),? (?:\w+ ){0,3}(?:wine|drinks|beers?)\b",
    # a faith as its price
    r"\b(?:who|anyone who|if you) (?:does|do)(?: not|n'?t) (?:pray|believe|convert|attend)\b"
    r"|\bmust (?:pray|convert|attend (?:church|mass|services))\b",
)  # fmt: skip
