"""The privacy notice of the demonstration: what the site does, and no fact that nobody has stated.

The agency's record names no data protection officer, and nobody has decided how long reports are
kept: the notice names neither. A list of paragraphs, each with its English.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = (
    "Titolare del trattamento",
    "Segnalazioni di inaccessibilità",
    "Valutazioni delle pagine",
    "I tuoi diritti",
)
NOTICE: Final = [
    (
        "Questo sito dimostrativo usa soltanto cookie tecnici di prima parte.",
        "This demonstration site uses only technical first-party cookies.",
    ),
    (
        "Titolare del trattamento",
        "Controller",
    ),
    (
        "ATS dell'Insubria, Via Ottorino Rossi 9, 21100 Varese, telefono +39 0332 277111.",
        "ATS dell'Insubria, Via Ottorino Rossi 9, 21100 Varese, telephone +39 0332 277111.",
    ),
    (
        "Segnalazioni di inaccessibilità",
        "Reports of inaccessibility",
    ),
    (
        "Base giuridica: articoli 3-quater e 3-quinquies della legge 4/2004. "
        "L'amministrazione ha 30 giorni per rispondere.",
        "Legal basis: articles 3-quater and 3-quinquies of law 4/2004. The administration has "
        "30 days to answer.",
    ),
    (
        "Conserviamo ciò che scrivi, la pagina, la data e gli eventuali allegati. Nome ed "
        "e-mail sono facoltativi: l'e-mail serve solo per inviarti la ricevuta e la risposta. "
        "Non conserviamo l'indirizzo IP.",
        "We keep what you write, the page, the date and attachments, if any. Name and e-mail "
        "are optional: the e-mail address serves only to send you the receipt and the answer. "
        "We keep no IP address.",
    ),
    (
        "Leggono le segnalazioni solo le persone incaricate di rispondere. Se la competenza è "
        "di un altro ufficio, la segnalazione gli viene inoltrata.",
        "Only the people in charge of answering read reports. Where another office is "
        "competent, the report is forwarded to it.",
    ),
    (
        "Gli allegati di moduli mai inviati vengono cancellati dopo un giorno. Finito il "
        "periodo di conservazione, della segnalazione restano solo numero, date, tipo, pagina "
        "e passaggi, per le statistiche.",
        "Attachments of forms that were never sent are deleted after a day. When the time of "
        "keeping is over, only number, dates, kind, page and steps of a report stay, for "
        "statistics.",
    ),
    (
        "Valutazioni delle pagine",
        "Ratings of pages",
    ),
    (
        "Una valutazione non contiene l'identità di chi la invia né l'indirizzo IP. Per "
        "riconoscere le valutazioni ripetute nello stesso giorno conserviamo un'impronta "
        "cifrata di indirizzo, browser e pagina; la chiave con cui è calcolata cambia ogni "
        "giorno e viene cancellata.",
        "A rating holds neither the identity of who sends it nor the IP address. To notice "
        "ratings that are repeated on the same day, we keep a keyed hash of address, browser "
        "and page; the key with which it is computed changes every day and is deleted.",
    ),
    (
        "I tuoi diritti",
        "Your rights",
    ),
    (
        "Con il numero della ricevuta puoi chiedere una copia dei dati della tua segnalazione "
        "o la loro cancellazione.",
        "With the number of the receipt you can ask for a copy of the data of your report, or "
        "for their deletion.",
    ),
]


def html() -> str:
    """Return the notice in Italian."""
    return "".join(
        f"<h2>{text}</h2>" if text in TITLES else f"<p>{text}</p>" for text, _english in NOTICE
    )


ENGLISH: Final = dict(NOTICE)
