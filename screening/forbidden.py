"""Terms that trap people: fees, kept papers, unpaid work, and wishes the law forbids for work."""

from django.utils.translation import gettext_lazy as _

from screening.patterns import Pattern, look_for

_NUM = (
    r"(?:\$ ?\d[\d,.]{0,11}|(?<![\d,.])\d[\d,.]{0,11} ?(?:dollars|dolares|usd|pesos)|usd \d{1,9})"
)
_WHO = r"(?:you|your|applicants?|candidates?|workers?|employees?|staff|hires?|everyone|each person)"
_FEE = r"(?:fees?|deposits?|bonds?|charges?|down ?payments?|dues|advance payments?|security money)"
_FEE_OF = (
    r"(?:application|registration|training|placement|processing|enrol+ment|uniform|recruit(?:ment|ing|er)"
    r"|background[- ]check|agency|visa|administration|administrative|admin|start-?up|sign-?up|onboarding"
    r"|equipment|kit|starter|drug[- ]test|license|licensing|certification|course|tuition|membership|hiring"
    r"|booking|reservation|apprentice(?:ship)?|audition|casting|portfolio|photo|tryout|model(?:ing)?|school|academy|housing|room|chair|booth|tool|locker|transport(?:ation)?|travel|ride|gas|meal|lodging|paperwork|permit|finder'?s|service|paperwork|screening|medical|security|cash|small|refundable"
    r"|nonrefundable|non-refundable|one-time|up-?front|entry|joining|interview|sponsorship|commitment)"
)

FEES = Pattern(
    "fees",
    look_for(
        rf"\b{_FEE_OF}(?:[- ](?:and|or|training|kit|check)){{0,2}}[- ]{_FEE}\b",
        rf"\b{_FEE} of {_NUM}|{_NUM} (?:\w+[- ]){{0,3}}{_FEE}\b",
        rf"\b(?:pay|paying|pays|send|leave|requires?|charged?s?|put down|owe|bring|takes?|collects?) "
        rf"(?:\w+ ){{0,3}}(?<!direct ){_FEE}\b(?! (?:at|in) (?:our|the|a) (?:branch|window|counter))",
        rf"\b{_FEE}:? (?:is |are )?{_NUM}",
        rf"\b(?:hold|reserve|save|secure|lock in) (?:your|a|her|the) (?:spot|place|seat)s? (?:with|for) (?:a )?{_NUM}",
        r"\b\d{2,4} (?:pesos |dolares )?(?:de|por|para) (?:el |la |tu )?(?:apartado|inscripcion|cuota|deposito|material(?:es)?|uniforme"
        r"|anticipo|enganche|fianza|tramites?)\b|\b(?:aparta|separa)\w* (?:tu|su) lugar con\b",
        r"\b(?:buy|purchase|order|rent) (?:your |the |a |our |own |first |starter |sales |training "
        r"|sample )*(?:kit|package|uniform|license|certificate|inventory|samples|equipment|starter pack"
        r"|course|materials?|tools|manual|laptop)\b",
        rf"\b(?:send|transfer|mail|wire|venmo|zelle|bring|deposit|deposita) (?:us |me |them |in |nos )?{_NUM}",
        rf"\b(?:you |must |to |then |first |just |and |^)pay (?:us |me |them |in )?{_NUM}(?! ?(?:an?|per|/) )",
        rf"\b(?:uniforms?|kit|badge|license|training|course|certificate|drug test|background check|visa"
        r"|tools|equipment|enrol+ment|registration|application|orientation|materials|program|school|class)"
        rf" (?:\w+ ){{0,2}}(?:costs?|is|runs?|price is|for) {_NUM}",
        r"\b(?:out of|from) (?:your|their) (?:own )?pockets?\b|\bat your own (?:cost|expense)\b",
        rf"{_NUM},? (?:\w+ ){{0,3}}(?:up ?front|in advance|before (?:you|the first|your first|day one"
        r"|starting|start))",
        r"\b(?:you|workers?|employees?) (?:must |will |have to |need to )?(?:cover|pay for|pay the cost of)"
        r" (?:your |the |their )?(?:own )?(?:uniform|training|background|drug|visa|license|tools|equipment"
        r"|materials|course|kit)",
        r"\b(?:cost|price|fee|tuition)s? (?:\w+ ){0,4}(?:is|are|will be)? ?(?:withheld|deducted|taken|comes?"
        r"|paid by (?:you|the (?:worker|employee)))",
        rf"\b(?:tuition|training|course|school) of {_NUM}",
        r"\b(?<!que le )(?!dejar? (?:el|su) cargo)(?:pagar?|pague[ns]?|pagas|paga|paguen|pide[ns]?|se pide|cobra(?:mos|n)?|cobrara|dejar?|enviar?"
        r"|deposit[ae]\w*|da[rs]?|requiere|cuesta) (?:\w+ ){0,4}(?:cuotas?|depositos?|inscripcion|fianza"
        r"|garantia|anticipo|enganche|cargo)\b",
        rf"\b(?:pagar|pagas?|pague|cobra[nr]?|cobramos|dar|deposita) (?:\w+ ){{0,3}}{_NUM} (?:de|por|para)\b",
        r"\b(?:compra[rs]?|compre|adquier[ea]) (?:\w+ ){0,3}(?:kit|paquete|uniforme|licencia|material|equipo"
        r"|curso|mercancia)\b",
        r"\b(?:se )?cobra[n]? (?:por|la|el|una?) (?:coloc\w+|inscri\w+|entrevista|solicitud|capacitacion"
        r"|uniforme|tramite|examen)",
        r"\b(?:uniforme|capacitacion|curso|kit|tramite|inscripcion|examen) (?:\w+ ){0,2}(?:cuesta|vale) ",
        r"\b(?:tu |usted |primero |luego )?pagas (?:la|el|tu|tus|un|una|los|las) \w+",
        r"\b(?<!que le )(?:pagas?|pagar|pague) (?:tu|su|el|la) (?:\w+ )?(?:uniforme|capacitacion|visa|licencia|viaje"
        r"|transporte|curso|examen|herramienta)",
    ),
    "question",
    "forbidden",
    _("Nobody may be asked to pay for work or training: no fees, no deposits."),
    deniable=True,
)

_PAPER = (
    r"(?:passports?|ids?|i\.d\.s?|identity (?:papers|documents|cards?)|identification(?: card| papers)?"
    r"|visas?|green cards?|birth certificates?|social security cards?|work permits?|driver'?s licenses?)"
)
_HOLD = (
    r"(?:keep|hold|retain|collect|take|store|lock|confiscate|secure|safeguard|look after|hold on to"
    r"|hang on to|take care of)(?:s|ing)?(?: up| away)?"
)
_THEIR = (
    r"(?:your|everyone'?s|everybody'?s|all|the (?:girls'?|workers'?|employees'?)|workers'?|their)"
)

PAPERS = Pattern(
    "papers",
    look_for(
        rf"\b{_HOLD} (?!a copy|copies|(?:your|their|his|her) own)(?:\w+ ){{0,4}}{_PAPER}\b",
        rf"\b{_HOLD} (?!(?:your|their|his|her) own)(?:\w+ )?{_THEIR} (?:\w+ )?(?:papers|documents|paperwork)\b",
        rf"\b(?:hand|turn|give|leave|surrender|deposit|deliver)(?:s|ing)?(?: over| in| up)? (?:us |me |him )?"
        rf"{_THEIR} (?:\w+ ){{0,2}}(?:{_PAPER}|papers|documents)\b",
        rf"\b(?:hand|turn|give)(?:s|ing)? (?:over|in|up) (?:\w+ )?{_PAPER}\b",
        r"\b(?:captain|boss|owner|manager|agent|agency|company|office|madam|foreman|crew leader|contractor|chief|purser|patron|capitan|jefe|duen[ao]|encargad[ao]) (?:\w+ )?(?:keeps?|holds?|stores?|locks?(?: up)?|has|guarda|tiene|se queda con) "
        r"(?:the |all |your |our |everyone'?s |los |las |tus |sus )?(?:papers|documents|passports?|ids|papeles|documentos|pasaportes?|identificaciones)\b",
        r"\b(?:passports?|ids?|papers|pasaportes?|papeles) (?:with|at|in|to|con|en|al) (?:the |our |el |la )?(?:purser|captain|office|boss|safe|manager|agency|owner|driver|us|front desk|lock ?box|capitan|oficina|jefe|patron|caja|agencia|duen[ao])\b",
        rf"\b(?:{_PAPER}|papers|documents) (?:\w+ ){{0,2}}(?:stays?|remains?|(?:is|are|be|get) (?:held|kept"
        r"|stored|locked|taken|collected|safe))(?! with you)(?: (?:with|by|in|at|until|for)\b| away| up)?",
        r"\b(?<!cada quien )(?<!cada uno )(?<!cada una )(?:guarda(?:mos|n|r|ra)?|retene(?:mos|r)|retiene[ns]?|entreg(?:ar|as|a|ue)|deja[rs]?|quedarse con"
        r"|quita[nr]?|recoge(?:mos|n|r)?|se quedan? con) (?:\w+ ){0,3}(?:pasaportes?|documentos|papeles"
        r"|identificaci(?:on|ones)|visas?|actas?)\b",
        r"\b(?:pasaportes?|documentos|papeles|identificacion) (?:\w+ ){0,2}(?:se quedan?|quedan?|permanecen?)"
        r" (?:con (?!usted|ustedes|ti)|en (?:la|el)|bajo)",
    ),
    "question",
    "forbidden",
    _("Nobody may keep another person's papers."),
    deniable=True,
)

UNPAID = Pattern(
    "unpaid",
    look_for(
        r"\bunpaid\b(?! (?:leave|break|lunch|meal|time off|family|vacation|invoices?|bills?|holidays?))",
        r"\bpaid (?:only )?(?:in|with) (?:food|meals|goods|product|clothes|kind)\b|\bwork(?:ing)? for free\b|\bwithout (?:pay|wages|salary)\b|\bfor no (?:pay|money)\b",
        r"\b(?:100 ?% |straight |pure )?commissions? only\b|\bonly (?:commissions?|tips)\b|\btips only\b"
        r"|\bcommission-only\b|\b100 ?% commissions?\b|\b(?:for|just) tips\b|\bpaid in tips\b",
        r"\bno (?:base(?: pay| salary)?|pay|wages?|salary|paycheck)\b(?! (?:gap|cut|secrecy|transparency"
        r"|history|stub))",
        r"\b(?:work\w*|help|clean|stay|exchange|labor) (?:\w+ ){0,3}(?:for|in exchange for|in return for)"
        r" (?:\w+ ){0,2}(?:room and board|food|meals|lodging|a bed|a place to|shelter|exposure|experience"
        r"|board|rent)\b",
        r"\b(?:volunteer|intern) (?:with us )?for (?:\w+ ){1,2}(?:days?|weeks?|months?)\b.{0,30}\b(?:hire"
        r"|paid|job|then)",
        r"\b(?:first|trial) (?:\w+ ){0,3}(?:is|are|without|with no|not|will be) ?(?:\w+ ){0,2}(?:not paid"
        r"|no pay|without pay|for free|unpaid|free)\b|\bpay (?:starts|begins) after\b"
        r"|\bnot paid (?:for|during|until|the first)",
        r"\b(?:trabaj\w+|practicas?|prueba|pasantia|dias?|mes|semanas?) (?:\w+ ){0,4}(?:no (?:pagad[ao]s?"
        r"|remunerad[ao]s?)|gratis|gratuit[ao]s?|sin (?:pago|paga|sueldo|goce))\b",
        r"\bsin (?:paga|pago|sueldo|salario)(?: (?:base|fijo))?\b",
        r"\b(?:solo|puras?|unicamente|100 ?%) (?:comision(?:es)?|propinas)\b|\bsolo por propinas\b",
        r"\ba cambio de (?:\w+ ){0,2}(?:comida|techo|hospedaje|casa|cuarto|experiencia|alojamiento)\b",
        r"\b(?:trabaj\w+|ayud\w+) por (?:la |el )?(?:comida|techo|hospedaje|cuarto)\b",
    ),
    "question",
    "forbidden",
    _("Work is always paid. State what it pays."),
    deniable=True,
)

_PERSONS = r"(?:women|men|wom[ae]n|m[ae]n|females?|males?|girls?|boys?|ladies|lady|guys?|gals?|gentlem[ae]n)"
_PERSONAS = (
    r"(?:mujer(?:es)?|hombres?|varon(?:es)?|chicas?|muchach[ao]s?|senorit[ao]s?|damas?|caballeros?"
    r"|jovencitas?)"
)
_KIND = (
    r"(?:young|pretty|strong|attractive|beautiful|single|nice|good-looking|slim|cute|hot|fit|healthy"
    r"|christian|energetic|sexy|petite|asian|latina|russian)"
)
_OLD = r"(?:1[4-9]|[2-6]\d)"

DISCRIMINATION = Pattern(
    "discrimination",
    look_for(
        rf"\b{_PERSONS}(?: (?:are )?(?:only|preferred|please|needed|wanted|required)\b|,? aged? \d\d"
        rf"|,? (?:who are )?(?:under|below|between|over) (?:the age of )?{_OLD})",
        rf"\b(?:only|just|no|prefer(?:ably|red)?|seeking|looking for|hiring|needs?|wants?|after|open to|we are"
        rf" after|must be an?|recruiting) (?:an? |some |several |{_KIND},? (?:and )?)*{_PERSONS}\b"
        r"(?! (?:and|or|y) (?:wo)?men\b| of (?:every|all|any)|'s|s'|[- ](?:shelter|empowerment|clothing|wear|center|shoes|department|friday|hours|made))",
        rf"\b{_KIND},? (?:{_KIND},? )?{_PERSONS}\b",
        rf"\b(?:no (?:one )?(?:older|over|above|more) than|not older than|younger than|under the age of"
        rf"|max(?:imum)?\.? age|age limit|no one (?:over|above|past)|nobody (?:over|above)|not over) "
        rf"(?:is |of )?{_OLD}\b(?! ?(?:pounds|lbs|hours|minutes|miles|%))",
        rf"\b(?:people|applicants?|candidates?|anyone|persons|workers?|staff|someone) (?:aged? )?(?:under"
        rf"|below|between|from) (?:the age of )?{_OLD}\b(?! ?(?:pounds|lbs|hours|minutes|miles|%))",
        r"(?<![\d$.:-])\b(?:ages? |aged |between |edad(?:es)? (?:de )?|de |entre )?(?:1[6-9]|2\d|3[0-5]) ?(?:-|to"
        r"|and|a|y) ?(?:2[1-9]|[3-5]\d)(?: anos| years(?: old)?| y/?o|,? single| only)\b(?! of exp)",
        r"\bages? (?:1[6-9]|2\d|3\d) ?(?:-|to|and) ?(?:2[1-9]|[3-5]\d)\b",
        rf"\b{_OLD} ?- ?{_OLD},? (?:single|soltera|pretty|female|male)",
        rf"\b(?:solo|unicamente|exclusivamente|se busca[n]?|buscamos|se solicita[n]?|prefer\w+|puras?)"
        rf" (?:\w+ )?{_PERSONAS}\b",
        rf"\b{_PERSONAS} (?:\w+ )?(?:de\b|entre|menores|mayores|bonit|soltera|jove|guap|bell|unicamente|solamente)",
        rf"\b(?:menores de|no mayor(?:es)? de|edad maxima|maximo|hasta) {_OLD}(?: anos)?\b"
        r"(?! (?:horas|libras|millas|dolares|minutos|personas))",
        r"\b(?:christians?|believers?|catholics?|muslims?|jews?|evangelicals?|creyentes?|cristian[ao]s?"
        r"|catolic[ao]s?|evangelic[ao]s?) (?:only|preferred|please|solamente|unicamente)\b",
        r"\b(?:only|solo|unicamente|no|prefer|must be (?:an? )?|debe ser|se busca|ser) (?:\w+-\w+ |born.again )?"
        r"(?:christians?|believers?|catholics?|muslims?|jews?|atheists?|creyentes?|cristian[ao]s?"
        r"|catolic[ao]s?|evangelic[ao]s?|musulman\w*)\b",
        r"\bborn[- ]again\b|\b(?:attend|join) our church\b|\basistir a nuestra iglesia\b"
        r"|\bshare our faith\b|\bmember of our church\b",
    ),
    None,
    "forbidden",
    _("A job may not choose people by gender, age or faith."),
)

FORBIDDEN = (FEES, UNPAID, PAPERS, DISCRIMINATION)
