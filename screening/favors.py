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
    r"\b(?:heels|swimsuits?|bikinis?|tacones|traje de bano)\b|\b(?:blonde|brunette|rubia|morena)s? (?:preferred|if possible|please|de preferencia)",
    # alone, and out of reach
    r"\b(?:at|in) my (?:own )?(?:house|home|place|ranch|farm)\b|\ben mi (?:casa|rancho|finca)\b",
    r"\b(?:stay|stays|sleep|sleeps) over\b|\b(?:se )?(?:queda|quedan|quedarse|quede) a dormir\b|\bdoors? (?:is |are )?(?:closed|shut|locked)\b|\bpuerta cerrada\b|\b(?:only|just|solo) (?:me|us|yo) (?:and|y) (?:her|them|the girls?|ella|ellas)\b",
    r"\bphones? (?:stay|stays|are left|go|remain|in a box|at the (?:gate|door)|in the (?:office|safe|car))\b|\b(?:leave|hand in|turn in) (?:all |the |your )?phones\b|\b(?:se entregan|dejan?|entreg[ae]n) (?:los |sus |el )?celulares?\b"
    r"|\b(?:nobody|no one|nadie) (?:leaves|goes out|sale)\b|\byou (?:can )?leave when\b|\bno leaving\b",
    r"\bdrive (?:any of )?the (?:girls|women|ladies)\b|\bgive (?:them|her|the girls|the women) my (?:number|phone|cell)\b|\b(?:den|dele|denle|denles) mi (?:numero|celular|telefono)\b",
    # a favorite, a story, a team
    r"\b(?:one|una) (?:special |young |pretty )?(?:girl|lady|jovencita|chica)\b|\b(?:apoyar|ayudar|ensenar|conocer) a una (?:jovencita|chica|muchacha)\b",
    r"\b(?:dinners?|shopping|clothes|gifts|drinks|nails) (?:and \w+ )?on me\b|\b(?:la|las|te) invito a (?:cenar|salir|tomar)\b|\ble compro\b|\bpago yo\b|\bi(?:'ll| will)? (?:buy|treat) (?:her|them|each)\b",
    r"\b(?:film|record|tape|share|post|publish|grabar|filmar|publicar) (?:\w+ )?(?:their|her|the girls'?|sus|survivors'?|your) (?:stories|story|faces?|testimon\w+|historias?|testimonios?|caras?)\b",
    r"\bjoin my (?:team|business|group)\b|\bstarter (?:pack|kit)s?\b|\b(?:unete a|con) mi equipo\b|\b\d+ ?k (?:a|per) (?:month|week)\b|\bganar \d+ mil\b",
    # a faith as its price
    r"\b(?:who|anyone who|if you) (?:does|do)(?: not|n'?t) (?:pray|believe|convert|attend)\b"
    r"|\bmust (?:pray|convert|attend (?:church|mass|services))\b",
)  # fmt: skip
