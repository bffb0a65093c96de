"""What is told of a life: kin, health, court, work left behind, what happened; and where and when."""

import re

from screening.name_lists import no_names
from screening.patterns import look_for
from screening.reading import Reading

_KIN = (
    r"sons?|daughters?|kids?|child(?:ren)?|twins?|baby|babies|toddlers?|newborn|boys?|girls?|little (?:one|brother|sister)|brothers?"
    r"|sisters?|siblings?|cousins?|aunts?|uncles?|moth[eé]r|mom|mama|father|dad|parents|grand\w+|husband|wife|boyfriend|girlfriend"
    r"|ex|step\w+|fianc[e]+|in-laws?|family|nieces?|nephews?|pimp|trafficker|abuser|captor|roommate|partner"
)
_FAMILIA = (
    r"hij[oa]s?|hijit[oa]s?|nin[oa]s?|bebe|gemel[oa]s|cuates|herman[oa]s?|hermanit[oa]s?|prim[oa]s?|ti[oa]s?|mama|papa|madre|padre|abuel[oa]s?|espos[oa]"
    r"|marido|novi[oa]|ex|pareja|padrastro|madrastra|cunad[oa]|suegr[oa]|yerno|nuera|sobrin[oa]s?|padrote|tratante|agresor|explotador|nen[ea]s?"
)
HARD = {
    "kin": look_for(
        r"\b(?:the |la |el )?(?:daughter|son|sister|brother|wife|widow|cousin|niece|nephew|mother|hij[oa]|herman[oa]|viuda|esposa|sobrin[oa]|prim[oa]) (?:of|de) (?:the|an?|el|la|un|una|[a-z]+)\b|\bhij[oa] del\b|\b[a-z]+'s (?:daughter|son|sister|brother|wife|widow|niece|nephew|cousin)\b|\bdad (?:is|not)\b",
        rf"\b(?:her|his|their|whose|client'?s|resident'?s) (?:[a-z0-9-]+ ){{0,2}}?(?:{_KIN})\b(?! (?:name|room|style))",
        r"\b(?:has|have|with|mother of|mom of|mama of) (?:an? |two|three|four|five|\d) ?(?:[a-z-]+ )?(?:kids?|children|child|sons?|daughters?|boys|girls|babies|baby|twins|toddlers?)\b",
        rf"\bsus? (?:[a-z]+ ){{0,1}}(?:{_FAMILIA})\b|\b(?:el|la|los|las) (?:{_FAMILIA}) de (?:ella|nuestra|nuestro|mi|la|una)\b",
        r"\bcon (?:un|una|dos|tres|cuatro|\d) (?:nin[oa]s?|hij[oa]s?)\b|\b(?:el|la) (?:papa|mama|ex|padrastro|marido|tratante|padrote)\b|\bthe (?:father|ex|baby'?s? (?:dad|father)|stepdad)\b",
    ),
    "health": look_for(
        r"\b(?:pregnan\w+|(?:weeks|months) along|trimester|miscarr\w+|gave birth|delivered (?:on|last|her|a|sun|mon|tues|wed|thu|fri|sat)\w*|c-section|breast ?feeding|nursing her|stroke|seizures?|epilep\w+|cancer"
        r"|tumor|leukemia|chemo\w*|hiv|hep(?:atitis)? c|dialysis|diabet\w+|insulin|asthma|lupus|sickle cell|surgery|operation|amputat\w+|lost (?:a|an|her|his) (?:leg|arm|hand|foot|eye|finger|hearing|sight|baby|son|daughter)"
        r"|wheelchair|crutches|walker|cane|oxygen|prosthe\w+|deaf|blind|hearing aids?|panic attacks?|flashbacks?|nightmares|ptsd|bipolar|schizo\w+|suicid\w+|self[- ]harm|cuts herself|overdos\w+|detox|methadone|suboxone"
        r"|relapse[ds]?|sober (?:since|for|\d)|clean (?:since|for|\d)|rehab|autis\w+|stutters?|limps?|broken (?:jaw|arm|leg|nose|teeth|ribs?)|(?:tooth|teeth) (?:\w+ ){0,2}(?:knocked|broken|missing)|missing (?:\w+ )?(?:teeth|tooth|finger|eye)|burns?\b(?! (?:calories|wood|out))"
        r"|lithium|seroquel|zoloft|prozac|xanax|abilify|lexapro|antidepressants?|blood thinners?|tbi|nicu|recovering from|psych ward|hospitali[sz]ed|in the hospital|from the hospital|blood (?:sugar|disorder)|doesn'?t (?:eat|sleep|speak|talk)|does not (?:eat|sleep|speak|talk)|(?:won'?t|will not) (?:eat|sleep|speak|talk|leave|go out|look))\b",
        r"\b(?:embaraz\w+|primeriza|meses de embarazo|dio a luz|aborto|cesarea|derrame|convulsion\w*|ataques? (?:de panico|epileptic\w+)|epilep\w+|cancer|leucemia|vih|dialisis|diabetic[ao]|insulina|asma|cirugia|operaron|operada"
        r"|silla de ruedas|muletas|baston|oxigeno|protesis|sord[ao]|cieg[ao]|pesadillas|recaida|recayo|sobredosis|rehabilitacion|autis\w+|tartamudea|cojea|quemad\w+|le (?:falta|faltan|rompieron|quebraron|tumbaron|sacaron)"
        r"|litio|antidepresivos|ve doble|dientes (?:rotos|quebrados)|enferm[ao]|no (?:habla|duerme|come)|del hospital|en el hospital|internad[ao])\b",
    ),
    "law": look_for(
        r"\b(?:(?:in|to|has|her|his|has a|goes to|next|at) court\b|court (?:date|hearing|case|order|thing)|hearing (?:on|is|in|at|date|next|this|for|against)|(?:custody|asylum|bond|parole|court|removal|eviction|plea) (?:hearing|interview|case|fight|matter|trial)|testif\w+|witness(?:es)? (?:in|against|for)|sentenc(?:ed|ing)"
        r"|deported|deportation|in detention|detained|detention|ice (?:picked|took|check|custody|detain\w+)|check-?in with ice|asylum|arrest(?:ed)?|in (?:jail|prison|custody)|out of (?:jail|prison)|from (?:jail|prison)|released (?:from|on)|on (?:probation|parole)|probation officer|parole officer|her po|his po"
        r"|detective|fbi|prosecutor|subpoena\w*|grand jury|trial|indict\w+|mugshot|ankle monitor|courtroom|dv case|judge [a-z]+(?=,|\.|$| (?:said|wants|ordered))|tps|daca|inmate|is (?:a |the )?witness|witness (?:one|two|three|\d)|state v\.?|people v\.?|channel \d|(?:news|tv) story|police report|protected|t ?visa holder|u ?visa holder|took (?:her|his) (?:visa|passport|papers|id|documents)|warrant|restraining order|order of protection|protective order|u-?visa|t-?visa|visa (?:pending|approved|denied|was|came)|foster (?:care|kid|child|girl|boy|youth)|foster (?:home|mom|placement|family)|cps|lost custody|custody of|defendant|charges against"
        r"|raid|raided|shut down|bust(?:ed)?|case in the (?:paper|news)|in the (?:news|papers?)|on the news|on tv|deputy|sheriff'?s? (?:deputy|office))\b",
        r"\b(?:audiencia (?:el|en|con|contra|de)|(?:tiene|a la|en la|cita en la|cita de|en) corte\b|juicio|testific\w+|testigo|declar\w+ contra|deport\w+|detuvieron|detenid[ao]|detencion|arrestaron|arrestad[ao]|pres[ao] en|preso|en la carcel|salio de la carcel|fiscal(?:ia)?|detective"
        r"|orden de (?:proteccion|restriccion)|asilo|la migra|ice|(?:le dieron|solicitud de|su) visa|visa (?:aprobada|pendiente)|custodia|casa hogar|jueza? [a-z]+|caso de violencia|redada|acusad[ao]|sentenci\w+|en (?:las noticias|el periodico|la tele)|demanda contra)\b",
    ),
    "past": look_for(
        r"\b(?:she|he|who|client|that|and|guest|resident|one|lady|woman|girl|man|mom|mother|[a-z]+ here) (?:once |last |also |had |only |just |was |has |previously |first )*(?:work(?:ed|s|ing)|cleaned|cooked|danced|waitressed|sold|drove|ran|owned|served|nannied|farmed|picked|packed|sewed|lived|slept|stayed|grew up|studied|went|goes) (?:\w+ ){0,3}?(?:at|for|in|with|by|on|near|from|under)\b",
        r"\b(?:she|he|client|who|candidate|guest|resident|lady|woman|man) (?:worked|cleaned|cooked|danced|drove|ran|owned|managed|sold|taught|lived) \w+",
        r"(?:^|[,;.] ?)(?:cleaned|worked|cooked|danced|drove|ran|owned|sewed|picked|packed|nannied|farmed|served) (?:\w+ ){0,3}?(?:at|for|in|with|on)\b|\bgrew up (?:in|with|on|near)\b|(?:^|[,;.] ?)sold [a-z]+ (?:on|in|at|for)\b|(?:^|[,;.] ?)was an? (?:[a-z]+ ){1,2}(?:in|at|for)\b|(?:^|[,;.] ?)fue [a-z]+ (?:en|de)\b|\bstudying [a-z]+|\bgraduated\b|\bvaledictorian\b|\bpulled from school\b|\bfirst in (?:her|his) family\b|\b(?:she|he) had an? [a-z]+ (?:in|at|near|shop|stand)|\bcomo en su pueblo\b",
        r"\bused to (?:\w+ )?(?:work|clean|cook|dance|drive|run|own|live|sing|swim|play|teach|be|sell|sew|model|braid)\b|\b(?:her|his) (?:old|last|former|previous|first) (?:job|boss|employer|school|church|address|apartment|place|house|landlord|town|city|neighborhood|salon|restaurant)\b",
        r"\b(?:an? |the |our )?(?:former|ex)[- ](?:nurse|teacher|marine|soldier|model|dancer|nanny|maid|au pair|student|athlete|pastor|accountant|engineer|doctor|lawyer|boxer|cop|police|army|navy|[a-z]+er)\b|\b(?:she|he) was (?:an? |the )(?:nurse|teacher|student|nanny|maid|dancer|model|cook|cashier|engineer|doctor|[a-z]+ist|[a-z]+er)\b",
        r"\b(?:(?:ella|que|muchacha|chica|senora|se) trabajo|trabajaba|limpiaba|cocinaba|bailaba|cosia|vendia|manejaba|cuidaba|pizcaba|vivia|estudiaba|estuvo|dormia|cantaba|laboraba|empacaba|lavaba|servia|atendia) (?:\w+ ){0,3}?(?:en|con|para|de|por)\b|\bera (?:maestra|enfermera|cocinera|costurera|estudiante|contadora|secretaria|doctora|modelo|bailarina|ninera|[a-z]+[ei]st?a|[a-z]+ador[a]?)\b|\bde (?:la )?maquila\b|\bex (?:empleada|maestra|enfermera|novia|soldado|[a-z]+ada|[a-z]+era|[a-z]+ista)\b|\bformer (?:miss|[a-z]+er|[a-z]+ist|[a-z]+ess)\b|\bque (?:trabajaba|cocinaba|limpiaba|cosia|vendia|bailaba|cuidaba)\b",
    ),
    "event": look_for(
        r"\b(?:escap\w+|fled|ran (?:away|from|off)|got away|got out of|rescued|trafficked|kidnapp\w+|(?:sold|beat|hit|hurt|raped|burned|branded|locked|kept|held|took|takes|brought|moved|drugged|threatened|forced|recruited|found|finds|follow(?:s|ed)|stalk(?:s|ed)|tracks?|tracked|left|dumped|dropped|smuggled|hid|hides|knows|knew|watch(?:es|ed)?) (?:her|him|them both)\b"
        r"|survivor of the|chained|tied up|starved|whipped|caged|(?:afraid|scared) of [a-z]+ since|since the (?:boat|accident|fire|van|raid|crash|storm|night|attack)|did(?:n't| not) make it|knows? (?:her|his) (?:face|name|car|schedule)|(?:his|her) (?:crew|gang|people|buyers)|got out (?:of|in|last)|left (?:the|a|an|her|his|that) (?:\w+ )?(?:crew|farm|household|house|man|family|job|salon|motel|boat|camp|spa|ranch|cult|gang|compound|employer|marriage)|came with (?:her|him)|water broke|lost (?:the|her|his|one) (?:left |right )?(?:eye|hand|leg|arm|hair|teeth|home|job|license)|doesn'?t want (?:him|her|them)|hiding from|afraid of (?:the|him|her|his|[a-z]+ing|a)|terrified of|can'?t use (?:her|his)"
        r"|was (?:sold|beaten|held|kept|locked|forced|rescued|branded|raped|burned|recruited|brought|moved|found|smuggled|taken|made to|stabbed|shot|attacked|exploited)|made her|made him|what (?:he|they|her \w+|happened|his \w+) (?:did|in|to|at|on|there|that|last)|what happened|because of what"
        r"|(?:died|passed away|was killed|was murdered|mother passed|dad passed|father passed|mom passed|drowned|overdosed)|in (?:the|a) (?:fire|flood|crash|accident|wreck|shooting)|(?:the|her|his) (?:fire|crash|accident|shooting|wedding|funeral)"
        r"|(?:came|arrived|moved|transferred|got|was brought|was dropped|was placed) (?:to us|here|in|in with us|over)? ?(?:from|last|on|with|in|after|by|the night|this|since|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|aged out|dropped out|turns? (?:1\d|2\d|3\d|\w+teen|twenty)|turning|still (?:looking|looks|calls|texts|drives|owes|owns|has her)|looking for her|looking for him|was born (?:in|on|at|here)|her real name|street name|property of)\b",
        r"\b(?:(?:la|lo|los|las) (?:golpearon|dejaron|llevaron|corrieron|amenazaron|lastimaron|rescato|trajeron|cambiaron|quemaron|tienen|sacaron|agarraron)|miedo (?:a|al|de) .{1,20} desde|no llegaron|perdio (?:a|un|una|su|sus|el|la)|no quiere que (?:el|ella|la|lo|nadie)|declara|se cambia|tiene miedo|le da (?:miedo|pena)|escapo|escapaba|huyo|huyeron|se salio de|la sacaron|lo sacaron|la rescataron|rescataron|rescatad[ao]|la (?:vendio|vendieron|golpeaba|golpeo|pegaba|tenian|encerraron|encerraban|trajeron|trajo|obligaban|obligo|explotaban|busca|buscan|anda buscando|siguio|amenaza|violo|violaron|quemo|dejaron|abandono)|lo (?:vendio|vendieron|golpeaba|tenian|trajeron|obligaban|buscan)"
        r"|le (?:pegaba|quito|quitaron|quita|robo|hizo|hicieron|mataron|pego)|lo que (?:le )?(?:paso|hicieron|vivio|hizo)|(?:se )?murio|fallecio|mataron|perdio a|(?:el|un) (?:incendio|accidente|choque)|por el accidente|cruzo (?:por|el|la)|llego (?:de|del|el|hace|en|con|a nosotras|solita|sola|a la casa)|recien llegad[ao]|vino (?:de|del|con|el)|salio (?:de|del|en)|cumple|cumplio|su verdadero nombre|le dicen|los detuvieron|se la llevaron|desde que)\b",
    ),
    "looks": look_for(
        r"\b(?:tattoos?|tattooed|scars?|scarred|redhead|freckles?|birthmark|pierc\w+|dreads|braces|wears (?:an?|the|her|his|glasses|only)|(?:red|purple|pink|blue|green|blond|blonde|gray|curly|shaved|dyed|long|short) hair(?:ed)?|shaved her head|gold tooth|burn mark|brand(?:ed)? on|heavyset|(?:she|he)(?:'s| is) (?:very |really |so )?(?:tall|short|tiny|petite|heavy|albino|pregnant|\d)|the (?:tall|short|tiny|quiet|little|big|older|young|new) (?:one|gal|guy|girl|lady|woman|man|fellow)"
        r"|on (?:her|his) (?:neck|arm|face|hand|wrist|chest|shoulder|ankle|back|cheek|leg|collarbone|finger)|(?:4|5|6)'\d)\b",
        r"\b(?:tatuajes?|tatuad[ao]|cicatri(?:z|ces)|pelirroja|pecas|lunar|pelo (?:morado|rojo|rosa|azul|corto|largo|chino|rapado|pintado)|diente de oro|de trenzas|flaquit[ao]|gordit[ao]|chaparrit[ao]|la (?:alta|chaparra|guera|morena|flaca|gorda|pelirroja|altota|callada)|en (?:la cara|el cuello|el brazo|la mano|el pecho|la muneca|la espalda))\b",
    ),
    "car": look_for(
        r"\b(?:he|she|ex|husband|boyfriend|trafficker|pimp|uncle|who|man) (?:still |always |now )?(?:drives|parks|is parked|rides|has an? (?:black|white|red|blue|silver|gray|green))\b|\b(?:el|ella|ex|marido|esposo|tratante|que) (?:trae|maneja|anda en) (?:un|una|su)\b|\b(?:black|white|red|blue|silver|gray|green) (?:truck|van|pickup|suv|sedan|jeep|honda|toyota|ford|chevy|silverado|nissan|f-?150|tacoma|altima|dodge|charger)\b",
        r"\b(?:her|his) (?:dog|cat|pit bull|phone number|instagram|facebook|real name|photo|picture|ad|video|mugshot|story|nickname)\b|\b(?:google|search|look up|buscan?)\b.{0,60}\b(?:her|him|la (?:ves|ven)|sale ella)\b|\bput an? (?:app|tracker|airtag)\b",
    ),
    "origin": look_for(
        r"\b(?:hondur\w+|guatemal\w+|salvador\w+|mexican[ao]?|colombian?[ao]?|venez[uo]\w+|cuban[ao]?|haitian\w*|peruvian|peruan[ao]|ecuador\w+|dominican[ao]?|brazilian|brasilen[ao]|romanian?|ruman[ao]|filipin[ao]|thai(?! (?:food|cooking|massage|curry))|nigerian?|ghanaian|kenyan|ugandan|ethiopian?|eritrean?|somali|congolese|cameroonian|ukrainian?|ucranian[ao]|russian girl|moldovan|albanian|bulgarian|vietnamese (?:woman|girl|lady|mother|man)"
        r"|cambodian|burmese|nepali|bangladeshi|afghan|syrian|iraqi|nicaragu\w+|garifuna|mixtec[ao]|zapotec[ao]|mam speak\w+|quiche|k'iche'?|navajo|lakota|cherokee|tigrinya|tarahumara|purepecha|otomi|ixil|ghanaian|q'?anjob'?al|kekchi|q'?eqchi'?|kichwa|quechua|trique|nahuatl|hmong|karen refugee|tongan|samoan|portuguese speaker|[a-z]+ speaker)\b"
    ),
}  # fmt: skip
_MONTHS = r"january|february|march|april|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
WHEN = look_for(
    rf"\b(?:{_MONTHS}|jan|feb|mar|apr|aug|sept?|oct|nov|dec|may)\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of |de )?(?:{_MONTHS})\b|\bon the \d{{1,2}}(?:st|nd|rd|th)\b|\bel (?:dia )?\d{{1,2}}\b(?! (?:de cada|por))|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])",
    r"\b(?:19[5-9]\d|20[0-2]\d)\b|\b(?:last|this past) (?:week|month|year|night|spring|summer|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas)\b|\byesterday\b|\b(?:days?|weeks?|months?|years?) ago\b|\bsince (?:she|he|her|his|last|the|[a-z]+day)\b",
    rf"\b(?:in|since|around|by|until|last|desde|en|hasta) (?:{_MONTHS}|christmas|thanksgiving|easter|navidad)\b",
    r"\b(?:hace (?:un|dos|tres|\d+|pocos|unos) (?:dia|semana|mes|ano)\w*|ayer|anoche|la semana pasada|el mes pasado|el ano pasado|(?:llego|vino|murio|nacio|cita|corte|audiencia) el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo))\b",
    r"\b(?:at|age|aged|was|is|turned|since) (?:1[0-9]|2\d|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twelve|eleven|ten)\b(?! ?(?:hours|am|pm|a\.m|p\.m|:|people|seats|women|weeks|%|dollars))|(?:^|, )[1-6]\d(?=, |$|\. )|\b\d\d ?(?:y/?o|years?[- ]old|yrs old)\b|\bde (?:seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete|dieciocho|\d{1,2}) anos\b(?! de exp)",
)  # fmt: skip
_WHERE = re.compile(
    r"\b(?i:in|from|at|near|of|off|on|to|outside|en|de|del|cerca de|a|por)(?i: the| el| la| las| los)? (?P<where>[A-ZÁÉÍÓÚÑ][\wáéíóúñ'’.]+)(?! (?:Center|Community|Library))"
    r"|\b(?:[A-Z]\w+ ){1,2}(?:County|Inn|Motel|Hotel|Hospital|General|High|Middle|Elementary|Apartments)\b"
    r"|\b(?:on|at|near|de la|en la) \d{1,3}(?:st|nd|rd|th)\b"
)


def kinds_in(reading: Reading, start: int, end: int) -> tuple[set[str], set[str]]:
    """(Kinds of hard facts, kinds of soft ones: where and when) in a stretch of a text."""
    hard = {kind for kind, found in HARD.items() if found.search(reading.folded, start, end)}
    soft = {"when"} if WHEN.search(reading.folded, start, end) else set()
    if _is_placed(reading, start, end):
        soft.add("where")
    return hard, soft


def _is_placed(reading: Reading, start: int, end: int) -> bool:
    """Whether a place is named: a capital after "in", that is no day, month, language or thing."""
    for found in _WHERE.finditer(reading.plain, start, end):
        first, last = found.span("where")
        if first < 0 or reading.folded[first:last].rstrip(".'") not in no_names():
            return True
    return False
