"""Red flags of work: reasons for a reviewer to look, each with how much it adds to the score."""

import re
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from screening.favors import FAVORS
from screening.patterns import Text, look_for

_NUM = r"(?:\$ ?\d[\d,.]{0,11}k?|(?<![\d,.])\d[\d,.]{0,11} ?(?:dollars|dolares))"


class Flag(NamedTuple):
    """What is said, how much it adds (0..1), and the reason in words.

    asks  alone enough to have a person look before the posting opens
    cues  words of which one must stand in the text
    """

    code: str
    adds: float
    message: Text
    found: re.Pattern[str] | None = None
    asks: bool = False
    deniable: bool = True


FLAGS = (
    Flag(
        "advance_money",
        0.85,
        _("Money or parcels pass through the worker's own hands."),
        look_for(
            r"\b(?:in|under|a|en) (?:your|tu|su) (?:own )?(?:name|nombre)\b(?! (?:tag|badge|on))|\b(?:account|loan|phone|lease|cuenta|prestamo) in (?:your|the worker'?s) name\b",
            r"\b(?:cash|deposit)(?:ing)? (?:the |a |our |these |your )?(?:checks?|cheques?|money orders?)\b",
            r"\bgift cards?\b(?! (?:shop|desk|bonus))|\bwestern union\b|\bmoney ?gram\b|\bmoney orders?\b",
            r"\b(?:your|own|personal|tu|su) (?:own )?(?:bank )?(?:account|cuenta)\b",
            r"\b(?:wire|forward|send|transfer) (?:the |us |me )?(?:money|funds|rest|cash|payments?)\b",
            r"\b(?:re-?ship|relabel|reenvi\w+)\b|\b(?:packages?|boxes|parcels) to your (?:home|house)\b",
            r"\bbank (?:login|password|log-?in|user|pin|card|details|info)\b|\b(?:clave|contrasena|usuario) (?:del|de tu|de su) banco\b|\b(?:debit|bank|tarjeta) (?:card )?(?:pin|de debito)\b",
            r"\b(?:receive|process|recibe|recibir) (?:\w+ ){0,2}(?:payments?|transfers?|depositos|pagos)\b"
            r"(?=.{0,60}\b(?:your|home|account|tu|keep|quedas))",
            r"\bmail you a check\b|\bwe (?:will )?(?:send|mail) you (?:the )?(?:checks?|money)\b|\bship(?:ping)? (?:parcels|packages|boxes) (?:from|at) (?:your )?home\b|\boverpay\b|\bsend back the\b|\bactiva(?:te|mos) (?:your|la|tu) (?:account|cuenta)\b|\bkeep (?:the rest|\d+ ?%|\$\d+)\b|\bbitcoin\b|\bcrypto\w*\b",
        ),
        asks=True,
    ),
    Flag(
        "pay",
        0.7,
        _("The pay sounds too good, is promised as certain, or takes no skill."),
        look_for(
            r"\bguarante\w+ (?:income|earnings|pay|money|checks?|weekly|daily|profit)|\b(?:income|earnings|checks?"
            r"|ingresos?) (?:\w+ ){0,2}(?:guarante|garantizad)|\bguaranteed[.!]",
            r"\bunlimited (?:income|earning|earnings|potential|pay|commission)|\${2,}|\bno (?:limit|cap) (?:to|on) (?:what|your)",
            r"\b(?:easy|fast|quick|big|great|huge|serious|good|extra|real) (?:money|cash|bucks|income)\b",
            r"\b(?:make|earn|earning|get|gana|ganar|gane) (?:\w+ ){0,3}(?:money|cash|dinero)\b",
            rf"\b(?:make|earn|earning|get|gana|ganar|gane)\w* (?:\w+ ){{0,3}}{_NUM}",
            r"\b(?:be|become) your own boss\b|\b(?:fire|quit|leave) your (?:boss|day job|job|9 to 5)\b",
            r"\bfinancial(?:ly)? (?:freedom|free|independen\w+)\b|\b(?:passive|residual) income\b",
            r"\bdownline\b|\bmulti-?level\b|\bmlm\b|\bground floor\b|\brecruit (?:others|friends|people|your)\b"
            r"|\bnetwork marketing\b|\bsix[- ]figures?\b|\bexecutive (?:level )?income\b|\bdouble your\b",
            r"\banyone can do\b|\bno (?:skills?|experience) (?:\w+ )?(?:needed|required|necessary)?.{0,40}"
            r"(?:\$ ?\d{3,}|big|high|top)|\bwork (?:from|at) home and (?:earn|make)\b",
            r"\bget rich\b|\bextra (?:income|per day)\b|\bproven system\b|\bno boss\b|\btop pay\b|\bhuge pay\b"
            r"|\bhigh pay\b|\bbig pay\b|\bget paid (?:\$|per|to (?:learn|shop|surf|click))",
            r"\b(?:per|each|\d) (?:survey|envelope|task|click|ad)s?\b",
            r"\bdinero (?:facil|rapido)\b|\bmucho dinero\b|\bbuena paga\b|\bingresos? (?:extra|ilimitad|garantizad)"
            r"|\blibertad financiera\b|\bpropio jefe\b|\bsin limites?\b|\bnegocio propio\b|\binvita amigos\b",
        ),
        asks=True,
    ),
    Flag(
        "hurry",
        0.5,
        _("People are asked to hurry, or to come without an interview."),
        look_for(
            r"\bno (?:interviews?|questions asked)\b|\bwithout (?:an )?interview\b|\bsin (?:entrevista|preguntas)\b",
            r"\b(?:act|call|text|respond|reply) (?:now|fast|today|immediately|asap)\b|\bapply (?:fast|within the hour)\b",
            r"\bhurry\b|\bdon'?t (?:miss|wait)\b|\b(?:only )?\d+ (?:spots?|places|openings) left\b"
            r"|\blimited (?:spots|places|positions)\b|\blast (?:spots|places)\b|\bultimos? lugares?\b",
            r"\b(?:leave|leaving|start|starts|travel|relocate|go|ready) (?:\w+ ){0,3}(?:today|tonight|tomorrow"
            r"|at once|this weekend|immediately|now)\b(?! (?:hiring|open))",
            r"\b(?:flight|bus|van|plane|ticket) (?:is |leaves |goes )?(?:today|tonight|tomorrow|at once)\b|\bbring (?:only )?(?:your |a )?passport\b|\b(?:vuelo|boleto|camion) (?:hoy|manana)\b",
            r"\bbags packed\b|\bsalimos (?:hoy|manana)\b|\bhoy mismo\b"
            r"|\bllama ya\b",
        ),
    ),
    Flag(
        "urgency",
        0.2,
        _("It is said to be urgent."),
        look_for(
            r"\burgent(?:ly)?\b|\bapply (?:now|today|asap|immediately)\b|\bstart immediately\b|\bimmediate (?:start|hire)\b",
            r"\burge\b|\burgente\b|\bcontratacion inmediata\b",
        ),
    ),
    Flag(
        "outside_contact",
        0.6,
        _("It asks for contact outside of Alongside."),
        look_for(
            r"\b(?:whats ?app|telegram|snap ?chat|we ?chat|signal me|kik|(?:facebook|on|fb) messenger|viber)\b",
            r"\b(?:text|dm|message|inbox|msg) (?:me|us|for (?:details|info))\b|\bsend (?:me |us )?(?:a |your )?"
            r"(?:\w+ )?(?:photos?|pics?|pictures?|selfies?)\b|\bprivate (?:number|chat|message|line)\b",
            r"\b(?:photo|picture|pic|scan|copy|foto|copia)s? of (?:your|the) (?:id|i\.d\.|passport|license|social|card)|\b(?:foto|copia) de (?:tu|su) (?:ine|id|identificacion|pasaporte)\b",
            r"\b(?:text|txt|sms|send) (?:\w+ )?(?:the word|la palabra|code)\b|\btext \w+ to \d|\b(?:only|solo|unicamente) (?:by|via|por)"
            r" (?:text|message|mensaje|inbox|dm|chat)\b|\b(?:inbox|dm|mensaje) (?:me|directo|para (?:mas )?(?:info|detalles))\b",
            r"\bnot through (?:the|this) (?:site|app|platform)\b|\boutside (?:the|this) (?:site|app|platform)\b",
            r"\b(?:llamame|escribeme|mandame|contactame|enviame|agregame|manda fotos?)\b|\b(?:con|tus?|manda) fotos?\b"
            r"|\bpor privado\b|\ben privado\b|\bdetalles por mensaje\b",
        ),
        asks=True,
    ),
    Flag(
        "private_interview",
        0.85,
        _("The interview is in a private place, or people are to come alone."),
        look_for(
            r"\b(?:interview|audition|casting|meet|entrevista|audicion|cita)\w*\b[^.!?\n]{0,50}\b(?:hotel|motel"
            r"|apartment|my (?:home|house|place|room|flat|car)|private (?:residence|home|house|room)|suite"
            r"|residence|parking lot|after \d+ ?pm|at night|late|mi (?:casa|departamento|cuarto)|cuarto"
            r"|departamento|noche|domicilio)\b",
            r"\bcome (?:alone|to my)\b|\bdo not bring anyone\b|\bven sol[ao]\b|\bvenir sol[ao]\b|\bsin acompanantes?\b",
            r"\b(?:bring|wear|in) (?:\w+ )?(?:swimwear|swimsuit|bikini|lingerie)\b",
        ),
        asks=True,
    ),
    Flag(
        "housing",
        0.55,
        _("Housing comes with the work, or the worker lives where the work is."),
        look_for(
            r"\b(?:housing|room|lodging|accommodation|apartment|dorm\w*|bunk\w*|bed) (?:and board )?(?:is |are "
            r"|will be )?(?:provided|included|offered|supplied|free|on site)\b(?! (?:but|if|is not))",
            r"\blive[- ]?in\b|\bsleep[- ]?in\b|\blive on[- ]?site\b|\bstay together\b|\bstay with (?:the )?family\b|\bsleep in the (?:truck|van|shop|store|house)\b|\bduerm[ae] en\b|\bshare (?:the|a) (?:\w+'? )?rooms?\b|\b(?:you will|must) live (?:at|in"
            r"|with)\b|\broom and board\b|\bfree (?:housing|room|dorm\w*|apartment|lodging)\b",
            r"\b(?:room|bed|sleep|cuarto|cama|dormir) (?:\w+ )?(?:in|en) (?:the |el |la )?(?:basement|garage|attic|laundry|pantry|shed|trailer|sotano|cochera|bodega|cuarto de (?:lavado|servicio))\b|\b(?:apartment|house|place|room|trailer) with (?:the )?others\b|\b(?:ten|eight|six|\d+) to a (?:room|trailer|house|bed)\b|\byou (?:will |'ll )?stay with us\b",
            r"\bhouse with (?:the )?other (?:girls|women|workers|models)\b|\b(?:girls'?|models?'?|workers'?) house\b|\bfree (?:hotel|rooms?|motel)\b"
            r"|\b(?:chicas|muchachas|trabajador[ae]s|girls|workers|ladies) (?:viven|duermen|live|sleep|stay)\b"
            r"|\b(?:sleep|stay|live)s? (?:in|at|above|over|behind) the (?:back|warehouse|salon|store|shop|spa|restaurant|club|basement|attic|garage|office)\b"
            r"|\blives? upstairs\b|\bmattress(?:es)? (?:in|on|at)\b|\bbunks? in\b",
            r"\bcasa con (?:otras? |las )?(?:chicas|muchachas|mujeres|modelos|companeras)\b|\bcasa de (?:las )?(?:chicas|modelos|muchachas)\b"
            r"|\b(?:se )?duerm[ae]n? en\b|\bvives? (?:arriba|abajo|atras|aqui mismo|conmigo|con nosotros)\b|\bcuarto compartido\b|\bhotel (?:gratis|incluido|pagado)\b",
            r"\b(?:provides?|offers?|gives?) (?:an? |the |free )?(?:apartment|housing|room|bed|dorm\w*|lodging)\b",
            r"\b(?:vivienda|alojamiento|hospedaje|cuarto|casa|techo) (?:\w+ )?(?:incluid[ao]|gratis)\b|\bde planta\b"
            r"|\bvives? (?:en el|en la|ahi|con)\b|\bcon (?:cuarto|hospedaje|vivienda)\b|\binterna\b",
        ),
        asks=True,
    ),
    Flag(
        "transport",
        0.35,
        _("The worker depends on the employer to get there or away."),
        look_for(
            r"\b(?:we|van|driver|bus|company) (?:\w+ )?(?:picks?|collects?|brings?|takes?|will collect|will pick)"
            r" (?:you|workers|girls|everyone)\b|\bcannot drive yourself\b|\btransport(?:ation)? (?:is )?(?:provided|paid"
            r"|included) (?:from|to) the (?:house|dorm|camp)",
            r"\b(?:te|los|las) (?:recogemos|llevamos|pasamos por)\b|\bpick you up\b|\bticket arranged\b",
        ),
    ),
    Flag(
        "deductions",
        0.6,
        _("Something is taken out of the pay."),
        look_for(
            r"\b(?:deducted|withheld|taken|subtracted|comes?) (?:\w+ )?(?:from|out of) (?:your |the |their )?(?:\w+ )?"
            r"(?:pay|wages|check|checks|paycheck|paychecks|salary|tips|earnings|commissions?)\b",
            r"\b\d+ ?(?:%|percent|por ciento) (?:\w+ )?(?:for|to|goes to|para|a|de) (?:us|the (?:house|agency|owner|club)|nosotr[ao]s|la (?:casa|agencia|duena))\b"
            r"|\b(?:we|house|agency|owner) (?:take|takes|keep|keeps|get|gets) (?:a cut|half|\d+ ?(?:%|percent))|\bnos quedamos (?:con )?(?:la mitad|el \d+)",
            r"\b(?:from|out of|off) your (?:first )?(?:checks?|paychecks?|wages|pay|tips|bookings|earnings)\b|\b(?:vas|la vas|lo vas) pagando\b|\brepay from\b|\bpay (?:me|us) back\b",
            r"\bcompany store\b|\bcredit against\b|\btraining loan\b|\bse retiene\b(?! impuestos)",
            r"\b(?:le|te|les) (?:cobramos|cobran|quitamos|rebajamos)\b",
            r"\b(?:descontamos|descuenta[nr]?|se descuentan?|restamos)\b(?! (?:impuestos|lo de ley))",
        ),
        asks=True,
    ),
    Flag(
        "debt",
        0.85,
        _("The worker would owe money, or pay for leaving."),
        look_for(
            r"\byou(?:'ll| will| would)? (?:then )?owe\b|\bowes? (?:us|me|the)\b|\bpay (?:us|it|this|that|me) back\b|\b(?:se )?pagas? con (?:tu )?trabajo\b|\brepay\b|\bwork(?:ed)?"
            r" (?:it|them)? ?off\b|\bin debt\b|\bdebts? (?:for|until|is|are|to us|of)\b|\b(?:your|the) debts?\b",
            r"\b(?:fined?|penalty|charged?) (?:for|if you) (?:leav\w+|quit\w*|miss\w*|being late|late|go\w*)|\bmultas? (?:si|por|de)\b|\b(?:on|a) credit\b"
            r"(?! (?:cards?|unions?|score|report|repair|and|check))|\ba credito\b|\bte (?:lo|la|los|las) (?:cobramos|descontamos|vas pagando)\b",
            r"\b(?:prestamos|adelantamos|loan|lend|advance)\b[^.\n]{0,60}\b(?:nos (?:lo|la|los|las) pagas|pagas|descuent\w+|debes|pay (?:us|it|me) back|work it off|from your (?:pay|first))\b",
            r"\b(?:takes?|taken|collects?|comes?|deduct\w*|recovers?|recoups?) (?:\w+ ){0,3}(?:from|out of|off) (?:your |the |their )?(?:first |next )?(?:\w+ ){0,2}(?:salar(?:y|ies)|paychecks?|wages|months?|weeks? of pay)\b|\bde (?:tus|los) primeros (?:sueldos|pagos|meses|cheques)\b",
            r"\bor (?:we|i) (?:call|report|tell) (?:\w+ ){0,2}(?:immigration|ice|police|your family)\b|\bo (?:te|los) reporta\w+\b",
            r"\b(?:contract|contrato) (?:of|for|is|de|por|es) (?:\w+ )?(?:[2-9]|1\d|two|three|five|ten|dos|tres|cinco|diez)[ -](?:years?|anos)\b"
            r"|\b(?:[3-9]|1\d|five|ten)[- ]years? (?:exclusive )?contract\b|\b(?:exclusive contract|contrato exclusivo|contrato de exclusividad)\b"
            r"|\bsign (?:exclusively )?with us\b|\bget out of (?:the|your) contract\b|\bromper el contrato\b|\bwe (?:will )?(?:advance|lend) you\b"
            r"|\bte (?:prestamos|adelantamos)\b|\bhasta (?:que pagues|pagar|terminar de pagar)\b",
            r"\bif you (?:leave|quit)\b[^.\n]{0,40}\b(?:pay|owe|fine|penalty|\$)|\bowe \$|\bwork until (?:it|you|the)\b|\buntil (?:it|you|the \w+) (?:is|are|has been|have) (?:paid|worked)|\bpenalty for (?:leaving"
            r"|quitting)\b|\b(?:visa|ticket|travel) costs? (?:\w+ )?out of\b",
            r"\bsi (?:te vas|renuncias|dejas)\b[^.\n]{0,40}\b(?:pagas|debes|multa)\b|\b(?:pagas|debes|deberas)\b"
            r"[^.\n]{0,40}\b(?:primeros sueldos|primeros pagos|viaje|visa|\$ ?\d)|\blo pagas trabajando\b|\bpagas despues\b|\bte cruzamos\b|\bcon tu trabajo\b|\bdeuda\b",
        ),
        asks=True,
    ),
    Flag(
        "cut_off",
        0.85,
        _("People are to keep quiet, stay inside, or be without their phone."),
        look_for(
            r"\b(?:tell|telling) (?:nobody|no one|no-one)\b|\bno le (?:digas|cuentes) a nadie\b|\bno (?:digas|avises|cuentes|preguntes)\b|\b(?:we|i|boss|manager) (?:check|read|monitor|watch|approve)s? (?:your |all |the )?(?:messages|calls|phones?|mail|texts)\b|\b(?:curfew|toque de queda)\b|\b(?:mess?ages|calls) (?:are )?(?:read|monitored|checked)\b",
            r"\b(?:do not|don'?t|never) (?:tell|talk to|speak (?:to|with)|mention)\b|\bkeep (?:it|this) (?:secret|quiet"
            r"|between us)\b|\bdiscre(?:cion|tas?|tos?)\b|\b(?:be|very|stay|is) discreet\b|\bdiscreet(?=[,.!]|$)|\bno (?:cell ?)?phones?\b(?! (?:calls|experience|sales))"
            r"|\bphones? (?:is|are) (?:kept|held|taken|collected)\b|\bno visitors\b",
            r"\b(?:may|can|must|are) not (?:allowed to )?leave\b|\bcalls are not allowed\b|\bnot allowed (?:out|to leave)",
            r"\b(?:no|without|sin|poor) (?:cell |phone )?(?:signal|reception|service|cobertura|senal|internet)\b|\bmiddle of nowhere\b"
            r"|\b(?:doors?|gates?) (?:are |is |stays? |kept )?locked (?:at night|from|during|until|after)\b(?! (?:the )?inside)|\blocked in\b|\bbajo llave\b|\bencerrad[ao]s?\b",
            r"\b(?:speaks?|talks?|translates?|answers?) for (?:you|them|the girls|everyone|all of)\b|\bhabla por (?:ustedes|ti|ellas|todas)\b"
            r"|\bif (?:anyone|anybody|someone|inspectors?|police|they|customers?) (?:ever )?asks?\b|\bsi (?:alguien |te |les |los )?preguntan\b",
            r"\bdon'?t ask\b|\bno questions\b(?! (?:about|of) (?:your|the) past)|\bsin preguntas\b(?! (?:sobre|de))|\bno preguntes\b|\bsealed (?:bags?|boxes|packages?|envelopes?)\b|\b(?:paquetes?|bolsas?|sobres?) (?:cerrad|sellad)[ao]s?\b",
            r"\bnowhere alone\b|\bgo (?:out )?alone\b(?= until)|\bno leaving\b|\bremote (?:farm|ranch|camp|cabin|lodge|site|property|island)\b|\brancho lejos\b|\blejos de todo\b|\bphones? (?:stay|at the gate|in the (?:office|safe|box))|\bleave (?:your )?phones\b|\bentregan? (?:los )?celulares\b|\bnadie sale\b|\bfamily decides\b|\b(?:we|they) decide (?:your|who|when)\b",
            r"\bno (?:outside )?contact with (?:family|friends|outside)\b|\bsin contacto con\b|\b(?:leave|hand in|turn in|give up|surrender) your (?:cell ?)?phones?\b"
            r"|\b(?:guarda\w*|quita\w*|recoge\w*|retien\w*|keeps?|holds?|collects?|takes?) (?:(?:los|el|tu|your|the|all|everyone'?s) )?(?:celular(?:es)?|telefonos?|(?:cell ?)?phones)\b"
            r"|\b(?:sin|dejas? el|entregas? el|no se permite el?) (?:celular(?:es)?|telefonos?)\b|\bno (?:se puede |puedes |pueden )(?:salir|irse)\b"
            r"|\bpara poder (?:bajar|salir|regresar)\b|\b(?:can|may)(?:not|'t| not) (?:go out|go home|leave) (?:for|until|during|without)\b|\bget to leave\b",
            r"\bno (?:le )?dig(?:as|a)\b|\bno puedes? (?:usar|salir|hablar)\b|\bsin telefono\b|\bno hables\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "travel",
        0.6,
        _("The work travels or is far away, so that people are far from help."),
        look_for(
            r"\btravel(?:ing|ling)? (?:crew|sales|show|the (?:country|usa|us|states|nation)|nationwide|throughout"
            r"|around the country)\b|\b(?:mag|magazine|sales) crew\b|\bcoast to coast\b|\b(?:town|city|state) to"
            r" (?:town|city|state)\b|\bsee the (?:country|world|usa)\b|\b\d\d states\b|\bcome to your country\b|\bfree to travel\b|\ball states\b",
            r"\bon the road\b(?! to)|\b(?:travel(?:ing)?|crew|traveling) (?:\w+ ){0,3}(?:young|fun)\b|\bcarnival\b",
            r"\b(?:job|work|shoots?|nanny|positions?|travel|go|live|visa) (?:abroad|overseas)\b|\b(?:abroad|overseas)(?:[,.!]|$)|\bout of (?:the )?(?:state|country)\b|\bextranjero\b|^dubai|\b(?:to|in) dubai\b",
            r"\btravel (?:now|free|in style)\b|\b(?:private (?:jet|yacht)|yachts?)\b"
            r"|\b(?:en|a) otr[ao] (?:ciudad|estado|pais)\b|\bviajes? (?:gratis|pagados?)\b"
            r"|\b(?:across|over) the border\b|\bcruz(?:ar|amos) (?:la frontera|al otro lado)\b|\bdel otro lado\b",
            r"\brelocate (?:\w+ ){0,3}(?:at once|immediately|today|out of state)\b|\ball (?:travel|expenses) paid\b",
            r"\bviaj(?:a|es?|ar) (?:por|a) (?:todo|el|los|la)\b|\bvisa (?:and|y) (?:ticket|boleto)\b",
        ),
        asks=True,
    ),
    Flag(
        "vague",
        0.3,
        _("It does not say what the work is."),
        look_for(
            r"\b(?:various|simple|easy|light|different|misc\w*|general) (?:tasks|duties|work|jobs)\b|\bduties vary\b"
            r"|\bdo what (?:is|you are) (?:asked|told)\b|\bdetails (?:will be |are )?(?:shared|given|told|later|in)\b"
            r"|\bto be told\b|\bwe choose the place\b|\bride along\b|\bflexible work\b|\bwork anytime\b|\bfree time\b",
            r"\b(?:trabajo|tareas) (?:sencill[ao]s?|facil(?:es)?|ligero)\b|\bactividades varias\b|\bdetalles en\b",
        ),
    ),
    Flag(
        "overwork",
        0.7,
        _("The hours are very long, or there is no day off."),
        look_for(
            r"\b(?:6\d|[7-9]\d|1[01]\d)[- ](?:hours?|hrs|horas) ?(?:a |per |each |every |/ ?|por |a la )?(?:weeks?|semana"
            r"|weekly|semanales)\b|\b(?:week|semana)[^.\n]{0,12}(?:6\d|[7-9]\d) (?:hours|horas)\b|\b(?:1[3-9]|2[0-4])[- ]"
            r"(?:hours?|hrs|horas) (?:a day|per day|days?|daily|shifts?|diarias|al dia)\b|\bjornadas? de (?:1[2-9]|2\d)"
            r" horas\b|\b(?:1[2-9]) horas diarias\b",
            r"\b(1[0-2]|[6-9]) ?(?:am|a\.m\.)? ?(?:to|-|a) ?\1\b(?! (?:people|minutes|weeks))|\bevery day (?:but|except) sunday\b|\b(?:one|un|1) (?:sunday|domingo) (?:off|libre|a month|al mes)\b|\bday (?:and|or) night\b",
            r"\bopen to close\b|\btrabaj\w+ 1[2-9] horas\b|\bwork [4-8] ?am (?:to|-) ?(?:9|10|11|12) ?pm\b|\bone break\b|\bdescanso (?:un|1|cada) (?:\w+ )?(?:al mes|mes|quincena)\b|\b(?:no|without|sin) (?:breaks?|descansos?)\b(?! room)|\b(?:hasta|until) (?:acabar|terminar todo|it'?s? (?:is )?(?:all )?done)\b|\bseven days\b|\b7 days a week\b|\bno days? off\b|\bday and night\b|\bon call (?:24|day|at all)|\b(?:available|work|on call|be there|days?) 24/7\b"
            r"|\baround the clock\b|\bsiete dias\b|\bsin (?:dia de )?descanso\b|\blas 24 horas\b|\blunes a domingo\b"
            r"|\bdisponible de noche\b|\bmonday (?:to|through) sunday\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "off_the_books",
        0.65,
        _("The pay is in cash by the day, or on no books."),
        look_for(
            r"\b(?:under the table|off the books|no taxes|no paperwork|no papers|(?<!share )(?<!tips )in cash|cash (?:daily|only|every day|on"
            r" \w+days?|in hand|paid|jobs?))\b|\bpaid (?:daily )?cash\b",
            r"^cash$|^efectivo$|\bpaid (?:the )?same day\b|\bsame[- ]day (?:pay|cash)\b",
            r"\bno (?:id|i\.d\.|identification|ssn|social(?: security)?|documents?|background check|records?)(?: (?:is )?(?:needed|required|necessary|asked|ok|okay)|[.,!]|$)"
            r"|\b(?:no (?:se )?(?:pid\w+|necesita\w*)|sin) (?:identificacion|documentos|seguro social)\b",
            r"\bpor debajo (?:del agua|de la mesa)\b|\bsin papeles\b|\ben efectivo\b|\bpago diario\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "quota",
        0.6,
        _("Somebody must bring in so much a day, or sells in the street or from door to door."),
        look_for(
            r"\b(?:daily|nightly|weekly) quotas?\b|\bmust (?:make|bring in|earn|sell) (?:at least )?\$? ?\d+|\b(?:cuota|meta) (?:diaria|por noche)\b",
            r"\b(?:sell|selling|vender|venta de|vende) (?:\w+ )?(?:candy|flowers|roses|dulces|flores|rosas|chicles)\b(?=.{0,40}\b(?:street|corner|lights?|door|calle|semaforo|bares|noche|night))|\bdoor[- ]to[- ]door\b(?= (?:sales|selling|candy|magazine|subscription|for tips|and))|\b(?:sell|sales|selling|magazines?|subscriptions?|perfume|cleaning products)\b[^.\n]{0,30}\bdoor[- ]to[- ]door\b|\bde puerta en puerta\b",
        ),
        asks=True,
    ),
    Flag(
        "wages_held",
        0.75,
        _("The pay comes late, or only at the end."),
        look_for(
            r"\b(?:wages|pay|salary|everything|money) (?:is |are |will be )?(?:held|kept|paid)?[^.\n]{0,30}\b(?:until|at"
            r"|after) the end of (?:the )?(?:contract|season|job|year|project)\b",
            r"\b(?:pay|wage|salary|rate|sueldo|paga) (?:to be |is |will be |gets )?(?:agreed|discussed|decided|settled|talked about|told|explained|a tratar|se habla|se platica) ?(?:when|after|once|later|in person|on arrival|here|aqui|al llegar|estando|en persona|cuando)",
            r"\b(?:everything|lo demas|el resto|details|the rest) (?:is |will be |se )?(?:explained|discussed|told|platica\w*|habla|explica\w*|ve) (?:when you|in person|on arrival|there|once|en persona|alla|aqui|al llegar|cuando llegues)",
            r"\b(?:first|primer) (?:pay|paycheck|check|pago|sueldo|cheque) (?:\w+ ){0,3}(?:after|a los|despues de) (?:\w+ )?(?:[3-9]\d|[2-9]|two|three|six|dos|tres|seis) (?:days|months|dias|meses)\b"
            r"|\b(?:pay|paid|pago|pagamos|se paga) (?:\w+ ){0,2}(?:after|despues de) (?:the |la |el )?(?:harvest|season|cosecha|temporada|contrato|contract)\b|\bsign (?:a )?blank\b|\bfirma\w* en blanco\b",
            r"\b(?:paid|pay|pago|paga|money) (?:is |comes )?(?:at|on|after|al|hasta) (?:the |la )?(?:harvest|end|cosecha|final|termino)\b|\b(?:then|after that|luego|despues) we(?:'ll)? talk (?:about )?(?:money|pay)\b",
            r"\b(?:pagamos|pagan|se paga|paga)\b[^.\n]{0,30}\b(?:al final|cuando acabe|al terminar)\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "looks",
        0.7,
        _("It asks how somebody looks."),
        look_for(
            r"\b(?:attractive(?! (?:salary|pay|package|benefits?|compensation|offer|rates?|and|bonus|commission|working|opportunit\w*|location|terms))|pretty (?:girls?|young|lad(?:y|ies)|wom[ae]n|face)|good[- ]looking|nice[- ]looking|confident with (?:your )?body|slim|beautiful girls?|cute|open[- ]minded|full[- ]body|body photo"
            r"|sexy|new faces|(?:your|send) measurements|bra size|height and weight|photos? required)\b|\bmedidas\b(?= y|,| de (?:busto|cuerpo))|\bcuerpo completo\b|\bdelgadas?\b|\bguap[ao]s?\b|\bestatura y peso\b|\bjovencitas?\b|\bmuchachitas?\b|\byoung girls\b|\bbuena presencia\b|\bchicas bonitas\b|\bbonitas\b|\b(?:chicas?|jovene?s?|mujer(?:es)?|senoritas?) (?:y |muy )?(?:bonit|guap|atractiv|bell)\w+|\bsolteras?\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "tickets",
        0.5,
        _("The way there is paid or arranged for the worker, who may not be free to go home."),
        look_for(
            r"\b(?:we|i) (?:will )?(?:handle|arrange|buy|pay(?: for)?|send|sponsor) (?:the |your )?(?:tickets?|visas?|flights?|passports?|bus ticket)\b",
            r"\b(?:visas?|passports?|tickets?|flights?|pasaporte|boleto|vuelo) (?:is |are |will be )?(?:arranged|handled|taken care of|arreglad[ao]s?|la ponemos|lo ponemos|corre por nuestra)\b|\b(?:we|i) (?:get|fix|bring) you (?:over|here|in|to)\b",
            r"\b(?:pagamos|mandamos|compramos|arreglamos|tramitamos) (?:el |la |tu |su )?(?:boleto|pasaje|pasaporte|vuelo|visa|viaje)\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "bodies",
        0.7,
        _("It may sell pictures of people, or people."),
        look_for(
            r"\b(?:take|taking|shoot|snap|post|share|want|need) (?:\w+ ){0,2}(?:photos?|pictures?|videos?|pics) of (?:each|her|them|the (?:girls|women|ladies|residents|clients)|every girl)\b|\bfotos de (?:cada una|ellas|las (?:chicas|muchachas|mujeres))\b|\blingerie\b|\blenceria\b|\bpor fichas?\b|^fichas?$|\bfichar\b|\b(?:private|personal|vip) (?:dances?|shows?|parties|massages?)\b|\bfiestas? privadas?\b",
            r"\bmodel(?:ing|aje)\b(?=.{0,60}\b(?:night|noche|girls|chicas|travel|viaje|hotel|photos?)\b)|\bgentlem[ae]n'?s'? club\b|\bdrinks? commissions?\b|\bcomision por (?:copas?|bebidas?)\b",
            r"\bweb ?cam(?:s|ming)?\b(?! (?:interview|meeting|for (?:class|zoom)|and (?:mic|microphone)))|\bonly ?fans\b|\bcam (?:girls?|models?|studio)\b"
            r"|\badult (?:content|films?|entertainment|videos?|sites?)\b|\b(?:contenido|fotos|videos?) (?:para adultos|hot|intim[ao]s?|sensual(?:es)?)\b|\bsugar (?:daddy|bab(?:y|ies))\b"
            r"|\b(?:sensual|topless|nude|erotic[ao]?|happy ending)\b|\bpole danc\w+|\btable ?danc\w+|\bbottle girls?\b|\bficheras?\b|\bdamas? de compania\b"
            r"|\bacompanantes? (?:vip|de caballeros)\b|\b(?:vip|wealthy|rich|executive|ricos|adinerados) (?:gentlemen|men|clients?|guests|clientes|caballeros)\b|\bclientes vip\b",
        ),
        asks=True,
    ),
    Flag(
        "recruiting",
        0.7,
        _("Somebody is to bring other people, or is paid for each."),
        look_for(
            r"\b(?:bring|recruit|refer|find us|send us|invite) (?:\w+ ){0,2}?(?:friends|girlfriends|girls|ladies|cousins|sisters)\b",
            r"\b(?:for|per|por) (?:every |each |cada )?(?:girl|woman|friend|head|muchacha|chica|amiga|mujer)\b(?= (?:you|that|who|que|traigas|del|from)|[.,!]|$)|^\W*\$? ?\d+ ?(?:/|per|por|c/) ?(?:head|u|girl|cabeza|muchacha)\b",
            r"\bfrom (?:the |local )?(?:shelters?|rehabs?|foster (?:homes?|care)|safe ?houses?)\b(?=[.,!]|$| (?:are|is|work|prefer))|\b(?:trae|traes|traigas|recluta\w*|invita|consigue) (?:a )?(?:\w+ ){0,2}?(?:amigas?|muchachas?|chicas?|primas?|mujeres)\b"
            r"|\b(?:del?|en los) (?:albergues?|refugios?) que\b",
        ),
        asks=True,
    ),
    Flag(
        "alone",
        0.6,
        _("People would be alone with one person, or in a private home without their own staff."),
        look_for(
            r"\ba solas\b|\bsol[oa]s (?:tu y yo|los dos|conmigo)\b|\b(?:just|only) (?:the two of us|you and (?:me|i)|her and me|us two)\b|\balone with (?:me|her|him|the (?:owner|boss|client|teacher|girls))\b",
            r"\b(?:no|without|sin) (?:\w+ or )?(?:staff|parents?|moms?|mothers?|chaperones?|advocates?|case ?(?:workers?|managers?)|mamas?|papas|padres|personal|acompanantes?|trabajadoras?)\b"
            r"(?! (?:cost|info|needed|required|experience|time|turnover|shortage|de (?:apoyo|limpieza)|member (?:left|has)))",
            r"\b(?:staff|parents|moms|advocates|case ?workers) (?:need not|do not need to|don'?t need to|should not|can ?not|may not|must not|stay outside|wait outside)\b",
            r"\b(?:in|at) my (?:\w+ )?(?:loft|cabin|apartment|bedroom|hotel|hotel room|van|rv|camper|boat|condo|basement|lake house|ranch|studio apartment)\b"
            r"|\ben mi (?:loft|cabana|departamento|depa|recamara|cuarto|camioneta|bote|sotano|rancho|hotel|apartamento)\b",
            r"\b(?:i|i'll|i will|i can|me) (?:\w+ )?(?:pick|drive|take|fetch|collect) (?:her|them|him|the girls|the ladies|each|one girl)\b(?! (?:through|to class|to (?:the )?(?:class|library|test|exam)))|\b(?:paso|voy) por (?:ella|ellas|la muchacha|las chicas)\b|\byo (?:la|las) (?:recojo|llevo|traigo)\b",
            r"\b(?:where|address|location|direccion|donde)\b[^.\n]{0,25}\b(?:shelter|safe ?house|the girls (?:live|stay|sleep)|they (?:live|stay|sleep)|albergue|refugio|donde viven)\b(?=.{0,60}\b(?:send|give|need|want|tell|mand\w+|d[ae]\w*)\b)|\b(?:send|give|tell) me (?:the )?(?:shelter|house|address|their|her|names)\b",
            r"\b(?:girls|women|ladies|muchachas|chicas) only\b.{0,80}\b(?:my|mi|private)\b|\bone (?:girl|lady|woman) at a time\b|\bone[- ](?:to|on)[- ]one (?:with each|at night|in my|privately)\b|\bde una en una\b",
            r"\bmassage\b.{0,60}\b(?:at|in) my\b|\bprivate(?:ly)? (?:at|in) my\b|\b(?:at|in) my (?:home|house|place|studio)\b.{0,20}\b(?:at night|late|alone|private\w*)\b",
            r"\b(?:sleepovers?|overnights?|weekends?|stay(?:s|ing)?|sleep(?:s|ing)?|live|living|move in) (?:\w+ ){0,2}?(?:at my|in my|with me)\b|\b(?:vivir|quedarse|dormir|vivan) (?:conmigo|en mi casa)\b",
        ),
        asks=True,
        deniable=False,
    ),
    Flag(
        "false_name",
        0.75,
        _("The work is under another name, or papers are offered."),
        look_for(
            r"\b(?:different|another|someone else'?s|other|false|fake|new) (?:names?|identit(?:y|ies)|social|ssn|papers)\b(?=.{0,25}\b(?:checks?|pay|each|work|id)\b)|\bnames? (?:we|we'll|that we) (?:give|assign)\b|\bwork (?:at|for|in) other (?:places|companies|houses) (?:that )?we send\b"
            r"|\b(?:we|i) (?:arrange|fix|get you|will get you|make) (?:your |the |new )?(?:papers|documents|id|an id|a social)\b",
            r"\b(?:con|bajo) otro nombre\b|\bpapeles (?:de otr[ao]|chuecos|prestados)\b|\b(?:conseguimos|arreglamos|prestamos|damos) (?:los |tus |sus )?papeles\b",
        ),
        asks=True,
    ),
    Flag(
        "closer_look",
        0.55,
        _("Work of this kind is looked at more closely."),
        look_for(
            r"\b(?:assistant|secretary|companion|girl|lady|asistente|secretaria|senorita) (?:\w+ )?(?:for|on|para|de) (?:trips|travel|viajes?)\b|\b(?:businessman|executive|gentleman|bachelor|widower|empresario|caballero|hombre solo|papa solo) (?:\w+ )?(?:needs|seeks|wants|looking|busca|necesita|solicita)\b|\bgenerous\b(?= (?:pay|man|boss|tips?|gentleman)|,|$)|\b(?:copas|tomar|drinks) con clientes\b|\bkeep (?:\w+ )?(?:company|happy)\b",
            r"\bescorts?\b|\banfitrion(?:a|as)\b|\bhostess(?:es)?\b|\bmasseuses?\b|\bmodel(?:s|ing)?\b(?! (?:airplane|home|good|behavior|trains?"
            r"|car|for|of|that|is|based))(?=.{0,60}\b(?:wanted|needed|shoots?|scout|faces|photo|casting|abroad)\b)"
            r"|\bdancers?\b|\bcompanion\b(?!ship| care| animal)|\bnight ?club\b|\bprivate club\b|\bstrip\w*\b(?= club)"
            r"|\bmassage (?:girls?|parlor|,)|\bspa (?:girls?|worker)|\bedecan(?:es)?\b|\bmasajistas?\b|\bbailarinas?\b"
            r"|\bmassage\b(?=.{0,40}\bno (?:license|experience))|\bmodelos?\b|\bdrive ladies\b|\bgentlem[ae]n seeks?\b"
            r"|\bgenerous (?:gentlem[ae]n|man|men|sponsor|older)\b|\bprivate events?\b|\beventos privados\b|\bfor busy spa\b|\bdrink with (?:customers|guests|clients)\b|\bon drinks\b|\bbar girls?\b|\bstudio at my\b",
        ),
        asks=True,
    ),
    Flag(
        "piecework",
        0.35,
        _("The pay is by the piece."),
        look_for(
            r"\bby the piece\b|\bpiece[- ]?rate\b|\bper (?:piece|car|garment|bucket|box|basket|head|room)\b"
            r"|\bpor (?:pieza|cubeta|caja|prenda)\b|\ba destajo\b",
        ),
    ),
    Flag(
        "commission",
        0.25,
        _("The pay is a commission."),
        look_for(r"^commissions?$|^comision$|\bcommissions?\b(?=.{0,20}$)|\b\d+ ?% (?:of|de) (?:each|cada)\b"),
    ),
    Flag(
        "from_home",
        0.15,
        _("The work is done at home or online."),
        look_for(
            r"\b(?:work|job|earn|business|income|jobs) (?:from|at) (?:your |my )?(?:own )?(?:home|sofa|phone)\b"
            r"|\bfrom (?:your )?(?:home|sofa|phone|couch)\b|\bhome[- ]based\b|\bdesde (?:tu )?(?:casa|celular)\b",
        ),
    ),
    Flag(
        "free_mail",
        0.3,
        _("The contact is a free mail account."),
        look_for(r"@(?:gmail|yahoo|hotmail|outlook|aol|icloud|proton\w*|ymail|live|mail|gmx)\."),
        deniable=False,
    ),
    Flag(
        "sector",
        0.08,
        _("Exploited people are often found in work of this kind. It is an ordinary first job as well."),
        look_for(
            r"\b(?:housekeep\w*|maid|nanny|au pair|domestic|hotel|motel|clean(?:er|ing)|janitor\w*|farm\w*|picker|harvest"
            r"|orchard|restaurant|kitchen|cook|dishwash\w*|salon|nail\w*|massage|spa|caregiver|home (?:care|health)"
            r"|landscap\w*|construction|roof\w*|car ?wash|factory|poultry|fish\w*|sew\w*|seamstress|dairy|limpieza"
            r"|ninera|campo|cocina|restaurante|hotel|cuidadora|costura|jardin\w*|construccion|fabrica|pizca)\b"
        ),
        deniable=False,
    ),
)  # fmt: skip

# What no pattern of words finds: asked of the whole row, or of several.
NO_PAY = Flag("no_pay", 0.02, _("It does not state the pay."))
NO_SUPERVISOR = Flag("no_supervisor", 0.02, _("It does not say who supervises."))
NO_WORKPLACE = Flag("no_workplace", 0.02, _("It does not say where the work is."))
NO_COMPANY = Flag("no_company", 0.02, _("It does not name the employer."))
NO_DEDUCTIONS = Flag("no_deductions", 0.01, _("It says nothing of taxes, deductions or pay stubs."))
NO_TRANSPORT = Flag("no_transport", 0.01, _("It does not say how one gets there."))
SHORT = Flag("short", 0.02, _("It says very little of the work itself."))
HIGH_PAY = Flag(
    "high_pay", 0.55, _("The pay is high, and no skill or duty explains it."), asks=True
)
LEFT_EMPTY = Flag(
    "left_empty", 0.4, _("Several things are left empty: the employer, the place, the supervisor.")
)
SHARED_CONTACT = Flag(
    "shared_contact",
    0.6,
    _("The same phone, address or site is given by another party."),
    asks=True,
)
LIKE_SCAMS = Flag("like_scams", 0.0, _("Its words are like those of known job scams."))
SOUNDS_RISKY = Flag(
    "sounds_risky",
    0.5,
    _("As a whole it reads like postings that put people at risk."),
    asks=True,
)

# Of classes and help alone, which open without a reviewer where nothing is asked about them.
DRAWS_NEAR = Flag(
    "favors",
    0.6,
    _("It offers or asks for what no class needs: money, rides, a room, photos, an address."),
    FAVORS,
    asks=True,
)

OF_THE_ROW = (
    NO_PAY, NO_SUPERVISOR, NO_WORKPLACE, NO_COMPANY, NO_DEDUCTIONS, NO_TRANSPORT, SHORT, HIGH_PAY, LEFT_EMPTY,
    SHARED_CONTACT, LIKE_SCAMS, SOUNDS_RISKY,
)  # fmt: skip
BY_CODE = {flag.code: flag for flag in (*FLAGS, *OF_THE_ROW, DRAWS_NEAR)}
