### Deutsch

## analysis

no = nein
yes = ja
unknown-decision = unbekannte Entscheidung `{ $name }`
decisions-listed = die Entscheidungen sind { $listed }
example-expects-nothing-worked-examples = das Beispiel erwartet nichts
say-expect-what-must = schreiben Sie in `expect`, was entschieden werden muss

## analysis/counterfactual

name-message = `{ $name }`: { $message }

## analysis/diff

gap = eine Lücke
conflict = ein Widerspruch
no-answer = keine Antwort
nothing = nichts
only-among-these-requests = nur unter diesen Anfragen
many-ways = auf verschiedene Weisen
example = zum Beispiel
rules = Regeln
clauses = Bestimmungen
so = Und daher
because = weil
other-changes = Weitere Änderungen
not-settled = Nicht geklärt
decided-before = Entschieden wie bisher
requests-tried = geprüfte Anfragen
edit-does-not-reach = die Änderung betrifft sie nicht
proven-diagrams = durch Diagramme bewiesen
proven-solver = durch den Solver bewiesen
no-difference = Kein Unterschied.
items-decided-otherwise = sie liest eine Liste, über deren Positionen anders entschieden wird, und kein Beispiel zeigt eine Änderung
cosmetic-proven-every-request = Nur Texte geändert: bewiesen, dass jede Anfrage wie bisher entschieden wird.
outcomes-change = Ergebnisse ändern sich.
no-change-found-not = Keine Änderung gefunden, aber nicht alles ist geklärt.
no-outcome-changes-something = Kein Ergebnis ändert sich; anderes schon.
versions-share-no-values = die Fassungen haben keine gemeinsamen Werte: der Typ hat sich geändert
new-title = { $title } (neu)
calendar-hours-covered-now = der Kalender der Arbeitszeiten `{ $name }` umfasste { $first_day } bis { $last_day }, jetzt { $first_day2 } bis { $last_day2 }
request-solver-found-not = die vom Solver gefundene Anfrage hat sich nicht bestätigt
new-option = neuer Wert `{ $word }` des Fakts `{ $name }`, { $named }
given-listed = ergibt sich aus { $listed }
given-no-rule = ergibt sich aus keiner Regel
new-outcome-decision = neues Ergebnis `{ $word }` der Entscheidung `{ $name }`, { $by }, { $named }
named-no-rule = von keiner Regel genannt
named-listed = genannt von { $listed }
new-fact = neuer Fakt `{ $name }`
fact-gone = der Fakt `{ $name }` ist entfallen
fact-type-changed = der Typ von `{ $name }`: { $before } → { $after }
assumed-otherwise = angenommener Wert von `{ $name }`: { $before } → { $after }
assumed-if-not-told = ohne Angabe wird { $value } angenommen
null-no-longer-allowed = `{ $name }` darf nicht mehr `null` sein
null-now-allowed = `{ $name }` darf jetzt `null` sein
places-changed = Nachkommastellen von `{ $name }`: { $before } → { $after }
fields-differ = die Felder von `{ $name }` sind andere
bounds-changed = die Grenzen von `{ $name }`: { $before } → { $after }
now-any-word = `{ $name }` nimmt jetzt jeden Wert an
now-named-words-only = `{ $name }` nimmt jetzt nur die genannten Werte an
word-gone = der Wert `{ $word }` von `{ $name }` ist entfallen
policy = Regelwerk
version = Fassung
known-from = veröffentlicht am
holds-from = gilt ab
holds-until = gilt bis
version-chosen = Fassung gewählt nach
time-zone = Zeitzone
label-before-after = { $label }: { $before } → { $after }
new-decision = neue Entscheidung `{ $name }`
decision-gone = die Entscheidung `{ $name }` ist entfallen
happened-to = { $count } { $what }
examples-happened = Beispiele: { $happened }
thing-named-happened-listed = { $thing }{ $named }: { $happened }{ $listed }
fact = Fakt
parameter = Parameter
hours = Arbeitszeiten
decision = Entscheidung
rule = Regel
reading = Auslegung
clause = Bestimmung
title = Titel
explanation = Erklärung
subjects-watched = beobachtete Objekte
reactions = Reaktionen
added = hinzugefügt
removed = entfernt
changed = geändert
same = { $subject } ist dasselbe wie { $operand }

## analysis/findings

rule-never-decides = eine Regel gilt nie
calendar-ends-soon = ein Kalender endet bald
not-analysed = nicht geprüft
part-not-analysed = ein Teil wurde nicht geprüft
decision-not-analysed = die Entscheidung `{ $decision }` wurde nicht geprüft
in-examples = { $count ->
    [one] { $count } Beispiel
   *[other] { $count } Beispielen
}
decision-no-otherwise-named = die Entscheidung `{ $name }` hat kein `otherwise`, `{ $rule }` wird aber von { $places } genannt
decision-no-rule-named = die Entscheidung `{ $name }` hat keine Regel `{ $rule }`, genannt wird sie aber von { $places }
calendar-ended-not-answer = der Kalender `{ $calendar }` { $is_past ->
        [true] endete
       *[other] endet
    } am { $last }: für spätere Tage gibt es keine Antwort
rules-apply-together-disagree = die Regeln { $names } von `{ $decision }` gelten zugleich und widersprechen sich, und keine hat Vorrang
rules-may-apply-together = die Regeln { $names } von `{ $decision }` gelten möglicherweise zugleich und widersprechen sich
unique-rules-apply-together = die Regeln { $names } von `{ $decision }` treffen zugleich zu, und bei `hit_policy: unique` darf das nur eine
unique-rules-may-apply-together = die Regeln { $names } von `{ $decision }` treffen möglicherweise zugleich zu, und bei `hit_policy: unique` darf das nur eine
fails = ist nicht erfüllt
holds = ist erfüllt
every-request = für jede Anfrage
wherever-could-matter = überall, wo etwas davon abhängt
test-rule = die Prüfung „{ $test }“ der Regel `{ $rule }` { $answer } { $when }
otherwise-never-decides-some = das `otherwise` von `{ $decision }` gilt nie: für jede Anfrage gilt eine Regel
rule-never-decides-wherever = die Regel `{ $rule }` gilt nie: wo sie zutrifft, hat { $above } Vorrang
requirement-cannot-met-condition = die Anforderung `{ $rule }` ist nicht erfüllbar: ihre Bedingung ist nie erfüllt
rule-never-decides-condition = die Regel `{ $rule }` gilt nie: ihre Bedingung ist für keine Anfrage erfüllt
not-known-whether-rule = nicht geklärt, ob die Regel `{ $rule }` für irgendeine Anfrage gilt
neither-proof-nor-request = weder ein Beweis noch eine Anfrage wurde gefunden: die Bedingungen vergleichen berechnete Werte oder fragen nach Listen
diagram-decision-outgrew-budget = die Entscheidung ist zu umfangreich, um sie vollständig zu prüfen
decision-gap-some-requests = die Entscheidung `{ $name }` hat eine Lücke: für manche Anfragen gilt keine Regel, und ein `otherwise` fehlt
parameter-no-value-days = der Parameter `{ $name }` hat an manchen Tagen keinen Wert, obwohl die Fassung dann gilt
decision-days-none-dated = die Entscheidung `{ $name }` hat Tage, die keine ihrer datierten Regeln abdeckt
example-expects-nothing = das Beispiel `{ $example }` erwartet nichts
example-repeats = das Beispiel `{ $example }` wiederholt `{ $other }`
reading-decides-nothing-with = die Auslegung `{ $reading }` entscheidet nichts: mit der Variante `{ $alternative }` wird jede Anfrage gleich entschieden
not-known-whether-alternative = nicht geklärt, ob die Variante `{ $alternative }` der Auslegung `{ $reading }` etwas ändert
rule-changes-nothing-without = die Regel `{ $rule }` ändert nichts: ohne sie ergibt { $said } dasselbe
rule-changes-nothing-adds = die Regel `{ $rule }` ändert nichts: { $names } fügt dasselbe hinzu
requirement-changes-nothing-every = die Anforderung `{ $rule }` ändert nichts: jede Anfrage erfüllt sie
empty-language = ist in der Sprache `{ $language }` leer
not-translated-russian = ist nicht übersetzt: auch `{ $language }` ist russisch
names-not-in-every-language = nennt { $names } nicht in jeder Sprache
reason-tells-other-number = die Regel `{ $rule }` ergibt { $given }, ihre Begründung ({ $language }) sagt { $told }
write-name-for-number = schreiben Sie dort `{"{"}{ $name }{"}"}`: die Zahl wird eingesetzt
reason-number-differs = Die Begründung einer Regel nennt eine andere Zahl, als die Regel ergibt.
number-changed-in-one-place = Eine Zahl, die an zwei Stellen steht, wird an einer geändert, und gesagt wird die andere. Für einen Namen in geschweiften Klammern wird die Zahl mit ihrer Einheit eingesetzt, in der Sprache des Lesers.
text-owner-what = der Text `{ $owner }` { $what }
nothing-cites-clause = die Bestimmung `{ $clause }` ({ $locator }) wird nirgends angeführt
cited-by-hours-or-parameters = Arbeitszeiten oder Parameter
no-rule-yet-cited = die Bestimmung `{ $clause }` braucht angeblich keine Regel (`no_rule`), angeführt wird sie aber von: { $by }
option-fact = der Wert `{ $word }` des Fakts
outcome-decision = das Ergebnis `{ $word }` der Entscheidung
not-among-options-rule = `{ $word }` gehört nicht zu den Werten von `{ $fact }`, die Regel { $listed } nennt es aber
word-taken-for-name = `{ $word }` ist hier ein Wort und zugleich der Name eines Fakts, einer Entscheidung oder eines Parameters; gemeint ist dessen Wert
word-is-name-too = `{ $word }` ist hier ein deklariertes Wort und zugleich der Name eines Fakts, einer Entscheidung oder eines Parameters; gemeint ist das Wort
write-literal-for-word = ist das Wort gemeint, schreiben Sie `{"{"}literal: { $word }{"}"}`
write-literal-or-same-as = schreiben Sie `{"{"}literal: { $word }{"}"}` für das Wort, `{"{"}same_as: { $word }{"}"}` für den Wert
value-if-else = { $first }, wenn { $condition }, sonst { $second }
if-then-else-wanted = eine Wahl zwischen zwei Werten braucht `if`, `then` und `else`
then-else-differ = `then` ergibt { $one }, `else` ergibt { $other }; beide müssen vom selben Typ sein
formula-wanted = hier wird eine Formel wie `{"{"}sum: [a, b]{"}"}` erwartet
formula-without-test = die Formel wird mit nichts verglichen; schreiben Sie eine Prüfung daneben, etwa `more_than: 100`
formula-not-compared = die Formel ergibt { $one } und lässt sich nicht mit { $other } vergleichen
starts-with = { $subject } beginnt mit { $said }
does-not-start-with = { $subject } beginnt nicht mit { $said }
ends-with = { $subject } endet mit { $said }
does-not-end-with = { $subject } endet nicht mit { $said }
contains-text = { $subject } enthält { $said }
does-not-contain-text = { $subject } enthält nicht { $said }
matches-form = { $subject } hat die Form { $said }
does-not-match-form = { $subject } hat nicht die Form { $said }
only-text-is-like = `{ $word }` prüft einen Text, und `{ $key }` ist keiner
write-includes-instead = bei einer Liste schreiben Sie `includes`
form-is-written = eine Form steht im Regelwerk, sie wird nicht angegeben
empty-text-everywhere = ein leerer Text steht in jedem Text
form-not-read = `{ $piece }` ist keine Form
form-written = schreiben Sie Zeichen und Arten von Zeichen mit Anzahl: {"`{upper 2}-{digit 3..5}`"}; Arten: `letter`, `upper`, `lower`, `digit`, `any`; Anzahl bis 100, zusammen bis 500
time-of = die Uhrzeit von { $first }
sum-of-list = die Summe von { $first }
count-of-list = wie viele Werte { $first } hat
lists-joined = die Listen { $first } hintereinander
lists-united = die Listen { $first } zusammen, jeder Wert einmal
list-each-once = { $first }, jeder Wert einmal
list-reversed = { $first } in umgekehrter Reihenfolge
list-sorted = { $first } aufsteigend geordnet
list-sorted-by = { $first }, aufsteigend nach `{ $second }`
list-appended = { $first } und am Ende { $second }
list-of = die Liste aus { $first }
each-of-list = { $second } für jedes Element von { $first }
list-inserted = { $first } mit { $third } vor Nummer { $second }
list-removed = { $first } ohne Nummer { $second }
part-of-list = der Teil von { $first } ab Nummer { $second }
places-in-list = die Stellen von { $second } in { $first }
item-of-list = Nummer { $second } von { $first }
text-replaced = { $first } mit { $third } statt { $second }
text-trimmed = { $first } ohne Leerzeichen am Rand
text-split = die Teile von { $first } zwischen { $second }
text-joined = { $first } mit { $second } dazwischen
number-of-text = { $first } als Zahl
date-of-parts = der Tag aus Jahr, Monat und Tag { $first }
day-of-month = der Tag des Monats von { $first }
day-of-year = der Tag des Jahres von { $first }
week-of-year = die Woche des Jahres von { $first }
time-of-day = eine Uhrzeit
time-written = eine Uhrzeit schreibt man `18:30`, mit Sekunden `18:30:15`
time-no-offset = eine Uhrzeit hat keinen Abstand zu UTC, da kein Tag dabeisteht: sie steht auf der Uhr der Regelung; für einen Zeitpunkt braucht es Datum und Uhrzeit
time-unfit = die Uhrzeit
time-page = Uhrzeit
times-not-added = zwei Uhrzeiten werden nicht addiert
days-not-added = zwei Datumsangaben lassen sich nicht addieren
time-of-parts = die Uhrzeit aus Stunde, Minute und Sekunde { $first }
moment-of-parts = { $first } um { $second }
date-in-text = der in { $first } genannte Tag
time-in-text = die in { $first } genannte Uhrzeit
datetime-in-text = der in { $first } genannte Zeitpunkt
duration-in-text = die in { $first } genannte Dauer
period-in-text = die in { $first } genannte Zeitspanne
hour-of = die Stunde von { $first }
offset-of = der Abstand zu UTC am Zeitpunkt { $first }
minute-of = die Minute von { $first }
second-of = die Sekunde von { $first }
length-of = die Länge von { $first }
upper-case-of = { $first } in Großbuchstaben
lower-case-of = { $first } in Kleinbuchstaben
part-of-text = der Teil von { $first } ab Zeichen { $second }
text-before = was in { $first } vor { $second } steht
text-after = was in { $first } nach { $second } steht
mark-not-empty = eine Stelle und der gesuchte Text stehen da und sind weder leer noch null
not-said-in-text = { $kind } hat keine eine Form als Text; geben Sie zuerst ein Wort dafür
named-no-rule-others = { $what } `{ $name }` wird von keiner Regel genannt, die anderen schon
outcome = Ergebnis
item = Position
no-request-reaches = keine Anfrage erreicht: { $what } `{ $option }` von `{ $decision }`
not-known-whether-request = nicht geklärt, ob eine Anfrage dies erreicht: { $what } `{ $option }` von `{ $decision }`
no-rule-reads-fact = keine Regel liest den Fakt `{ $fact }`
nothing-uses-parameter = der Parameter `{ $parameter }` wird nirgends verwendet
other-requests = und andere Anfragen

## analysis/proving

solver-cannot-told = der Solver kann damit nicht umgehen: { $what }
solver-gave-up-after = der Solver gab nach { $steps } Schritten auf ({ $reason })
takes-solver-extra-prove = dafür ist ein Solver nötig: das Extra `prove` kann es klären

## analysis/testing

condition-dropped = Bedingung entfernt
condition-negated = Bedingung verneint
boundary-moved-one = Grenze um einen Schritt verschoben
option-dropped-from-list = Wert aus der Liste entfernt
option-added-list = Wert zur Liste hinzugefügt
outcome-swapped = Ergebnis vertauscht
outcome-otherwise-swapped = Ergebnis von `otherwise` vertauscht
formula-changed = Formel geändert
rule-removed = Regel entfernt
requirement-removed = Anforderung entfernt
item-collection-removed = Position der Liste entfernt
override-removed = Vorrang entfernt
edge-hours-moved = Rand der Arbeitszeit verschoben
rule-mutants = `{ $rule }`
said-words = { $said }: { $words }
opening = Beginn
hours-word-clock = `{ $hours }`, { $word } { $clock }
closing = Ende

## audit

what-published-since-then = was seitdem veröffentlicht wurde, ändert diese Entscheidung nicht
no-version-known-yet = am { $day } war noch keine Fassung veröffentlicht, die erste am { $first }
outcomes-do-not-change = die Ergebnisse ändern sich dadurch nicht
version-holds-from-but = die Fassung `{ $new }` gilt ab { $holds }, wurde aber am { $published } veröffentlicht, nach dem { $known }: damals gab es sie nicht
not-such-decision = diese Entscheidung gab es nicht
text-holds-half-surrogate = ein Text enthält ein halbes Ersatzzeichenpaar, das keine kanonische Form hat
name-log-gone = der Name des Protokolls fehlt
first-entry-begins-another = sein erster Eintrag beginnt ein anderes Protokoll
file-path-why = Datei `{ $path }`: { $why }
not-checkpoint-decision-log = das ist kein Prüfpunkt eines Entscheidungsprotokolls
checkpoint-signature-does-not = die Signatur des Prüfpunkts passt nicht zu diesem Schlüssel
file-holds-no-ed25519 = die Datei enthält keinen Ed25519-Schlüssel (PEM)
entry-more-than-mib = der Eintrag ist größer als { $most_bytes } MiB, was ein Protokoll nicht annimmt
applied = Angewandt
overridden = Nicht angewandt: andere Regeln haben Vorrang
open-want-facts = Gilt möglicherweise: Fakten fehlen
did-not-apply = Nicht angewandt
kept-apart = getrennt aufbewahrt
facts-erased-request-only = Fakten wurden auf Wunsch gelöscht: gezeigt wird nur, was im Eintrag bleibt.
entry-not-decision-but = Eintrag { $sequence } ist keine Entscheidung, sondern eine Löschung
may-apply = gilt möglicherweise
entry = Eintrag
recorded = aufgezeichnet
as-of-page = Stand
known = Kenntnisstand
version-page = Fassung
digest-policy = Prüfsumme des Regelwerks
engine-language = Programm, Sprache
hash-entry-before = Hashwert des vorigen Eintrags
hash-entry = Hashwert dieses Eintrags
log-lacks-policy-swapped = dem Protokoll fehlt das Regelwerk { $policy }, oder es wurde ausgetauscht
log-begun-already = das Protokoll ist bereits begonnen
only-new-log-can = importieren lässt sich nur in ein neues Protokoll
line-not-line-exported = Zeile { $number } ist keine Zeile eines exportierten Protokolls
entry-edited-content-does = Eintrag { $sequence } wurde geändert: sein Inhalt ergibt nicht seinen Hashwert
entry-edited = Eintrag { $sequence } wurde geändert: { $how }
entry-of-unknown = { $name ->
    [kind] Eintrag { $sequence }: die Art `{ $shown }` ist unbekannt, er wurde nicht erneut entschieden
    [format] Eintrag { $sequence }: das Format `{ $shown }` ist unbekannt, er wurde nicht erneut entschieden
   *[other] Eintrag { $sequence }: die Sprache der Regelwerke `{ $shown }` ist unbekannt, er wurde nicht erneut entschieden
}
entry-says-what-no = Eintrag { $sequence } hat Schlüssel, die kein Eintrag hat: { $listed }
entry-replaced-hash-all = Eintrag { $sequence } wurde samt Hashwert ersetzt: Eintrag { $later } verweist auf einen anderen
entry-column-does-not = bei Eintrag { $sequence } stimmt die Spalte `{ $column }` nicht mit seinem Inhalt überein
deleted-entries-around-stand = gelöscht: { $which }; die benachbarten Einträge stehen noch, dazwischen ist eine Lücke
entry-inserted-chain-passes = der Eintrag an Stelle { $place } wurde eingefügt: die Kette geht an ihm vorbei
entry-stands-entries-reordered = an Stelle { $place } steht Eintrag { $own }: die Reihenfolge wurde geändert
entry-kept-under-number = Eintrag { $own } wird unter der Nummer { $place } aufbewahrt
entry-dated-before-one = Eintrag { $sequence } ist früher datiert als der vorige
log-replaced = das Protokoll wurde ausgetauscht: { $why }
tail-cut-checkpoint-saw = am Ende fehlen Einträge: der Prüfpunkt steht bei Eintrag { $expected }, der letzte Eintrag ist { $last }
entry-sequence-message = Eintrag { $sequence }: { $message }
log-lacks-policy = dem Protokoll fehlt das Regelwerk { $digest }
policy-under-digest-swapped = das Regelwerk unter der Prüfsumme { $digest } wurde ausgetauscht: sein Inhalt ergibt eine andere
policy-one-recorded-but = das Regelwerk { $digest } ist das aufgezeichnete, doch dieses Programm kann es nicht lesen ({ $why }); prüfen Sie mit dem in `engine` genannten
entry-kept-apart-entry = Eintrag { $sequence }: { $listed } wird getrennt aufbewahrt, und der Eintrag legt den Wert nicht fest
entry-decision-does-not = Eintrag { $sequence }: die Entscheidung `{ $name }` folgt nicht aus dem Regelwerk: { $words }
entry-outcomes-follow-but = Eintrag { $sequence }: die Ergebnisse stimmen, andere Teile des Dokuments nicht
entry-version-named-another = Eintrag { $sequence }: die genannte Fassung ist eine andere oder galt an dem Tag nicht
entry-what-kept-apart = Eintrag { $sequence }: der getrennt aufbewahrte Wert `{ $name }` wurde geändert
entry-gone-no-entry = Eintrag { $sequence }: { $listed } fehlt, und keine Löschung ist aufgezeichnet
entry-recorded-erased-kept = Eintrag { $sequence }: { $listed } ist als gelöscht aufgezeichnet und doch vorhanden
entry-cannot-re-executed = Eintrag { $sequence } lässt sich nicht erneut entscheiden: { $why }
checkpoint-another-hash-entry = der Prüfpunkt hat für Eintrag { $sequence } einen anderen Hashwert
chain-hashes-broken = die Kette der Hashwerte ist unterbrochen
checkpoint-taken-another-log = der Prüfpunkt stammt von einem anderen Protokoll
log-no-entry = das Protokoll hat keinen Eintrag { $sequence }
log-goes-to-entry = der letzte Eintrag ist { $last }
log-empty = das Protokoll hat noch keine Einträge
log-does-not-know = kein Regelwerk dieses Protokolls kennt { $lacking } `{ $name }`
log-no-decision = eine Entscheidung
log-no-fact = einen Fakt
log-no-rule = eine Regel
log-no-clause = eine Bestimmung
log-no-reading = eine Auslegung
log-no-policy = in diesem Protokoll ist keine Entscheidung nach dem Regelwerk `{ $name }`
log-no-outcome = `{ $decision }` hat kein Ergebnis `{ $name }`
log-known = bekannt: { $known }
expected-status = erwartet wird ein Status, gefunden wurde `{ $told }`
say-status = schreiben Sie eines von { $known }, oder `entscheidung=status`
from-after-to = `--from` liegt nach `--to`
seed-without-sample = `--seed` braucht `--sample`: die Zahl bestimmt, welche Einträge gezogen werden
sample-drawn = Stichprobe: { $size } von { $among } Einträgen, Startwert { $seed }
wrong-subject = erwartet wird ein Objekt: eine Zeile, höchstens { $most } Zeichen
subject-without-log = ein Objekt ist angegeben, aber kein Protokoll
subject-is-recorded = das Objekt wird mit der Entscheidung aufgezeichnet: nennen Sie das Protokoll mit `--log`
export-is-whole = eine Kette wird nur ganz exportiert
export-some-plain = fügen Sie `--plain` hinzu: einige Einträge, zum Lesen, ohne die Kette
not-counted-by = nach `{ $name }` wird nicht gezählt
by-month = Monat
by-policy = Regelwerk
by-entries = Einträge
by-share = Anteil
by-in-words = in Worten
percent = { $number } %
less-than-percent = unter 1 %
more-than-percent = über 99 %
install-xlsx-extra = führen Sie `pip install "reglament[xlsx]"` aus, oder nehmen Sie `--csv`
median = Median: { $value }
median-of = von { $low } bis { $high }, Median { $value }
always-so = immer { $value }
by-hour-of-day = { $name }: Stunde des Tages
how-long-after-request = { $name }: wie lange nach der Anfrage
hours-span = { $span } h
requests-by-period = Anfragen im Zeitverlauf
other-decisions = Andere Entscheidungen
as-recorded = Genau wie aufgezeichnet
fingerprints-of-clauses = Fingerabdrücke der Bestimmungen
rules-change-entries = { $rules }  (Einträge: { $entries })
fields-title = Felder der exportierten Entscheidungen
fields-how-to-read = Jede Zeile der Datei ist eine aufgezeichnete Entscheidung, ein JSON-Objekt. Ein Name mit Punkt ist ein Schlüssel in einem anderen: outcome.policy ist der Schlüssel policy in outcome.
fields-how-to-open = Jedes Programm, das JSON Lines liest, öffnet sie: Excel über Daten, Daten abrufen, Aus JSON; Python mit json.loads je Zeile.
fields-of-line = Schlüssel einer Zeile
fields-of-decision = Schlüssel jeder Entscheidung in outcome.decisions
fields-of-facts = Fakten (in request)
fields-of-decisions = Entscheidungen (in outcome.decisions)
clauses-heading = Bestimmungen
field-sequence = Nummer des Eintrags im Protokoll, ab 1 ohne Lücken
field-time = wann aufgezeichnet, in UTC; nie vor dem vorigen Eintrag
field-clock = was die Uhr des Schreibers zeigte
field-kind = decision für eine Entscheidung
field-subject = worum es in der Anfrage geht, wenn es angegeben wurde
field-as-of = der Zeitpunkt der Anfrage, nach dem die Fassung gewählt wurde
field-as-of-source = woher dieser Zeitpunkt stammt: fact (Anfrage), given (Aufrufer), now (Uhr), version (Regelwerk ohne Zeit)
field-known-at = nur bis dahin veröffentlichte Fassungen wurden berücksichtigt, falls gewünscht
field-request = die angegebenen Fakten nach Namen; ein sensibler steht nur als Hashwert da
field-outcome-policy = welches Regelwerk, mit Fassung und Prüfsumme, entschieden hat
field-outcome-notes = was beim Lesen der Anfrage vermerkt wurde
field-outcome-decisions = jede Entscheidung nach Namen
field-policy = Prüfsumme der Fassung
field-engine = Versionen des Programms, der Sprache der Regelwerke und des Protokolls
field-previous-hash = Hashwerte des vorigen und dieses Eintrags, mit denen das ganze Protokoll geprüft wird
field-outcome = was entschieden wurde; leer (null), wenn nicht bestimmt
field-possible = die mit den angegebenen Fakten noch möglichen Ergebnisse
field-needs = die fehlenden Fakten, von denen es abhängt
field-rules = die Regeln hinter dem Ergebnis
field-clauses = die Bestimmungen dahinter
field-open-clauses = diejenigen, die vielleicht nicht gelten
field-readings = die Auslegungen unklarer Stellen, von denen es abhängt
field-because = der Grund in Worten, nach Sprachen (Einträge des Formats 1)
field-because-rules = die Regeln, die den Grund nennen
field-items = bei einer Liste: jede Position mit ihrer Regel (Einträge des Formats 1)
field-ledger = gezählte Arbeitszeit, Tag für Tag (Einträge des Formats 1)
log-lost-own-name = der Name des Protokolls selbst fehlt
version-not-read-from = die Fassung `{ $version }` wurde nicht aus Dateien gelesen: ein Protokoll kann sie nicht aufbewahren
entry-does-not-keep = Eintrag { $sequence } bewahrt nicht getrennt auf: { $names }
entry-keeps-nothing = Eintrag { $sequence } bewahrt nichts getrennt auf
facts-marked-sensitive-true = löschen lassen sich Fakten mit `sensitive: true`
more-rest = und { $rest } weitere
outcomes = Ergebnisse
rules-report = Regeln
readings = Auslegungen
say-answer-refuse = zum Beispiel `answer=refuse`
not-name-value = erwartet wird `name=wert`, gefunden wurde `{ $told }`
recorded-follows = `{ $key }` ist als { $value } aufgezeichnet, es folgt aber { $key2 }
decision-entry-policy-not = die Entscheidung steht nur im Eintrag oder nur im Regelwerk, nicht in beiden
column-not-text = seine Spalte `{ $name }` ist kein Text
content-not-stored-bytes = sein Inhalt ist nicht als Bytes gespeichert
content-does-not-inflate = sein Inhalt lässt sich nicht entpacken
content-breaks-off = sein Inhalt bricht ab
other-bytes-stand-after = nach seinem Inhalt stehen weitere Bytes
content-more-than-mib = sein Inhalt ist größer als { $most_bytes } MiB und wurde nicht weiter gelesen
holds-no-decision-log = `{ $shown }` enthält kein Entscheidungsprotokoll
log-lost-others = im Protokoll `{ $shown }` fehlen oder sind anders: { $names }
log-verify-audits-what = `log verify` prüft, was übrig ist
not-log = es gibt kein Protokoll `{ $shown }`
decide-log-begins-new = `decide --log` beginnt ein neues Protokoll
log-refused = das Protokoll `{ $shown }` lässt sich nicht lesen oder schreiben: { $why }
only-answered-is-recorded = was gerade geschrieben wurde, steht nicht im Protokoll; was vorher beantwortet wurde, steht darin
not-address-log = `{ $shown }` ist keine Adresse eines Protokolls
give-path-file-postgresql = geben Sie den Pfad einer Datei oder `postgresql://…` an
no-entry-names-policy = kein Eintrag nennt das Regelwerk { $digest }: Einträge wurden gelöscht, oder es wurde untergeschoben
things-kept-apart-whose = getrennt Aufbewahrtes, dessen Einträge fehlen ({ $count }): { $listed }
table-gone-another-rest = die Tabelle `{ $name }` fehlt oder ist eine andere; das Übrige wurde geprüft
table-cannot-read-end = die Tabelle `{ $name }` lässt sich nicht zu Ende lesen: { $why }
rows-without-number-none = Zeilen ohne Nummer: { $count }; dieses Programm schreibt solche nie
triggers-keep-log-from = die Trigger, die das Protokoll vor Änderungen schützen, fehlen oder wurden geändert: { $listed }
log-format-not-known = das Format `{ $shown }` des Protokolls ist unbekannt
dated-later-than-present = { $first }: später datiert als die Gegenwart, ab { $time }; die Uhr des Schreibers ging vor
one-same-time-clock = { $first }: ein und dieselbe Zeit, { $time }; eine Uhr ging vor und wurde zurückgestellt, oder sie stand. Was die Uhr zeigte, steht in `clock`
erased-request-these-decisions = auf Wunsch gelöscht: { $count }; diese Entscheidungen lassen sich nicht wiederholen
decisions-with-missing-facts = Entscheidungen mit fehlenden Fakten: { $count }; sie wiederholte das Hauptprogramm, nicht die Referenz
without-checkpoint-kept-elsewhere = ohne einen anderswo aufbewahrten Prüfpunkt lässt sich nicht beweisen, dass das Ende nicht abgeschnitten und nicht das ganze Protokoll neu geschrieben wurde
checkpoint-signature-not-checked = die Signatur des Prüfpunkts wurde nicht mit einem bekannten Schlüssel geprüft: sie beweist so viel wie der Ort ihrer Aufbewahrung
no-decision-re-executed = keine Entscheidung wurde erneut getroffen, nur die Kette wurde geprüft
clauses-readings-not-compared = Bestimmungen, Auslegungen und Hinweise wurden nicht verglichen (`--whole` tut es): verglichen wurden Ergebnisse, Regeln, mögliche Ergebnisse und fehlende Fakten
log-does-not-prove = ein Protokoll beweist nicht, dass die Fakten stimmten, die Uhr richtig ging und alles Entschiedene aufgezeichnet wurde
worker-audit-died-may = ein Prozess der Prüfung ist abgestürzt: vielleicht fehlt Speicher
try-workers = versuchen Sie `--workers 1`

## decided

fact-chooses-version-missing = der Fakt, der die Fassung wählt, fehlt: genommen wurde die jetzt geltende Fassung

## editing

file-cannot-written = die Datei `{ $path }` lässt sich nicht schreiben: { $why }
layout-would-change-meaning = die Datei bleibt, wie sie ist: Formatieren würde Bedeutung oder Kommentare ändern
file-cannot-laid-out = die Datei lässt sich nicht formatieren: { $error }
cannot-name-policy = `{ $folder }` taugt nicht als Name eines Regelwerks
letters-digits-hyphens-letter = lateinische Buchstaben, Ziffern und Bindestriche, zuerst ein Buchstabe
last-version-holds-from = die letzte Fassung gilt ab { $since }, die neue ab { $wanted }: sie muss später gelten
not-folder-each-version = `{ $folder }` ist kein Ordner, in dem jede Fassung ihren eigenen Ordner hat
exists-already = `{ $path }` gibt es schon
cannot-made = `{ $target }` lässt sich nicht anlegen: { $why }

## evaluation

computed-date-outside-years = ein berechnetes Datum liegt außerhalb der Jahre 1 bis 9999
computed-number-too-large = eine berechnete Zahl ist dem Betrag nach größer als 1.000.000.000.000.000
add-days-year-calendar = tragen Sie die Tage dieses Jahres in den Kalender ein, sobald sie festgelegt sind
add-rule-such-request = ergänzen Sie eine Regel für eine solche Anfrage oder ein `otherwise`
say-overrides-one-them = schreiben Sie bei einer von ihnen in `overrides`, dass sie Vorrang vor der anderen hat
decision-rests-what-cannot = die Entscheidung `{ $name }` hängt von etwas ab, das sich nicht entscheiden lässt: { $behind }
decision-gap-no-rule = die Entscheidung `{ $name }` hat eine Lücke: keine Regel gilt, und ein `otherwise` fehlt
decision-conflict-rules-disagree = die Entscheidung `{ $name }` hat einen Widerspruch: die Regeln { $rules } ergeben Verschiedenes
decision-conflict-rules-overlap = die Entscheidung `{ $name }` hat einen Widerspruch: von den Regeln { $rules } darf nur eine zutreffen

## events

set-aside-before-retry = früher zurückgestellt: { $count }; `--retry-aside` sendet sie erneut
effect-set-aside = Aktion zurückgestellt, { $subject }, { $reaction }: { $why }
doubt-not-repeated-table = Zustellung unklar, wird nicht wiederholt: { $count }; siehe die Tabelle `effects`
effects-not-accepted-trying = nicht angenommen, neuer Versuch folgt: { $why }
event-became-known-later = Später wurde ein früheres Ereignis bekannt, deshalb gilt diese Aktion nicht mehr.
policy-no-section-subjects = das Regelwerk `{ $policy }` hat keinen Abschnitt `subjects`: es gibt nichts zu verfolgen
event-json-object = ein Ereignis ist ein JSON-Objekt
event-no-events = ein Ereignis hat kein Feld `{ $key }`
unknown-key = unbekannter Schlüssel `{ $name }`
event-needs-text = ein Ereignis braucht einen Text `{ $key }`
missing-key = es fehlt{ $inside }: { $names }
subject-written-kind-number = ein Objekt schreibt man `Art/Nummer`, zum Beispiel `request/REQ-1`
not-subject = es gibt kein Objekt `{ $name }`
no-event = ein Objekt `{ $kind }` hat kein Ereignis `{ $name }`
event-no = dem Ereignis fehlt das Feld `{ $name }`
object-name = `{ $name }` ist ein Objekt mit Feldern
line-too-long = die Zeile ist zu lang
nothing-known = zu `{ $name }` stehen keine Ereignisse im Ereignisjournal
event-already-tells-something = das Ereignis `{ $name }` steht schon mit anderem Inhalt im Ereignisjournal
last-line-not-whole = die letzte Zeile ist unvollständig: kein JSON und kein Zeilenende
if-still-being-written = wird sie noch geschrieben, wiederholen Sie es später; sonst korrigieren Sie sie
database-away-waiting = die Datenbank ist nicht erreichbar, warte: { $away }
database-refused = die Datenbank `{ $shown }` lässt sich nicht verwenden: { $why }
events-begin-version-timeline = die Ereignisse beginnen am { $day }, und die Fassung `{ $version }`, die das Szenario prüft, gilt ab { $holds_from }
add-timeline-judge-version = ergänzen Sie im Szenario `at: { $holds_from }`, um nach dieser Fassung zu prüfen
not-address = `{ $address }` ist keine Adresse
write-https-host-path = schreiben Sie `https://host/pfad`, der Port liegt zwischen 1 und 65535
will-not-take = { $shown } nimmt es nicht an: { $status }

## interfaces/cli

summary-decide = Anfragen entscheiden.
summary-explain = Eine Entscheidung in Worten erklären.
summary-ask = Fehlende Fakten erfragen, dann entscheiden.
summary-change = Zeigen, was das Ergebnis ändern würde.
summary-check = Ein Regelwerk auf Fehler prüfen.
summary-test = Die Beispiele eines Regelwerks prüfen.
summary-matrix = Bestimmungen mit Regeln und Beispielen zeigen.
summary-new = Ein Regelwerk oder eine neue Fassung anlegen.
summary-fmt = Dateien formatieren; Kommentare bleiben.
summary-diff = Zeigen, bei welchen Anfragen sich das Ergebnis ändert.
summary-readings = Auslegungen zeigen und was sie ändern.
summary-show = Ein Regelwerk zum Lesen ausgeben.
summary-calendar = Arbeitstage und Arbeitszeiten zeigen.
summary-watch = Anfragen und Fristen verfolgen.
summary-timeline = Den Verlauf einer Anfrage zeigen.
summary-log = Das Entscheidungsprotokoll prüfen und durchsuchen.
summary-completion = Ein Skript zur Befehlsergänzung ausgeben.
answer-with-number-value = Geben Sie eine Nummer oder einen Wert ein. `?` – nicht bekannt, `warum` – wozu das gefragt wird, `zurück` – zur Frage davor, Strg-D – Ende.
typed-back = zurück
typed-why = warum
today = heute
nothing-to-go-back-to = das ist die erste Frage
others-will-tell = Das können andere angeben: { $facts }.
answers-saved = Antworten gespeichert: { $path }
any-other-word = oder ein anderes Wort
still-possible = noch möglich
date = ein Datum, zum Beispiel 20.11.2026 oder 2026-11-20; `heute`
date-time-t18 = Datum und Uhrzeit, zum Beispiel 20.11.2026 18:30 oder 2026-11-20T18:30; `jetzt`
time-t18 = eine Uhrzeit, zum Beispiel 18:30
duration-hours = eine Dauer, zum Beispiel 8 hours
period-months = Jahre und Monate, zum Beispiel 1 year 6 months
parted-commas-none = durch Kommas getrennt; `-` für nichts
command-ask = Im Terminal die fehlenden Fakten erfragen, die noch zählen, und mit der Entscheidung enden.
option-ask-decision = Nach dieser Entscheidung fragen oder nach allen (`all`); sonst nach der, die dem Anfragenden antwortet.
option-ask-for = Nur das fragen, was diese Person angeben kann, wie `told_by` im Regelwerk sie nennt; sonst alles.
option-ask-from = Mit den Fakten der Anfrage in dieser Datei beginnen.
option-ask-save = Die Antworten in dieser neuen Datei speichern, als Anfrage für die anderen Befehle.
one-request-wanted = eine Anfrage wird erwartet, hier stehen { $count }
nobody-called-so = niemand namens `{ $name }` gibt einen Fakt an
they-tell-facts = Fakten geben an: { $listed }
nobody-tells-facts = im Regelwerk steht nicht, wer welchen Fakt angibt: ergänzen Sie `told_by`
name-another-file = nennen Sie eine andere Datei
no-such-folder = kein solcher Ordner: `{ $path }`
did-you-mean-answer = Meinten Sie { $meant }? Antworten Sie mit `ja` oder `nein`.
answer-hangs = von der Antwort hängt ab: { $decision }
answer-settles = die Antwort „{ $answer }“ entscheidet sofort: { $outcome }
command-calendar = Arbeitstage und Arbeitszeiten eines Monats oder Jahres zeigen; ohne Angabe dieses Monats.
option-calendar-hours = Welche Arbeitszeiten, wenn es mehrere gibt.
neither-year-nor-month = `{ $period }` ist weder ein Jahr noch ein Monat
write = schreiben Sie `2026` oder `2026-11`
policy-no-working-hours = das Regelwerk `{ $policy }` hat keine Arbeitszeiten
not-hours = es gibt keine Arbeitszeiten `{ $name }`
unknown-hours = unbekannte Arbeitszeiten
days-off-besides-weekends = freie Tage außer den Wochenenden
short-days = verkürzte Tage vor Feiertagen
weekend-days-work = Arbeitstage am Wochenende
working-days-working-hours = Arbeitstage: { $working }, Arbeitsstunden: { $clock }
now = jetzt
so-already-nothing-change = das ist schon das Ergebnis: nichts zu ändern
then = dann
anything-else = jeder andere Wert
no-change-facts-gives = keine Änderung der Fakten gibt dieses Ergebnis; alle Kombinationen wurden geprüft
no-such-change-found = keine solche Änderung gefunden; dass es keine gibt, ließ sich nicht beweisen
command-change = 
    Die kleinsten Änderungen der Fakten zeigen, die ein anderes Ergebnis geben.

    Fakten, die sich nicht ändern können, werden nie vorgeschlagen; jeder Vorschlag wurde entschieden.
option-change-want = Das gewünschte Ergebnis; mehrfach für mehrere zugleich.
option-change-decision = Jedes andere Ergebnis dieser Entscheidung; sonst derjenigen, die dem Anfragenden antwortet.
want-write-decision-outcome = `--want { $want }`: erwartet wird `entscheidung=ergebnis`, zum Beispiel `answer=accept`
only-fixed-facts-change = nur Fakten, die sich nicht ändern können, würden dieses Ergebnis geben: { $facts }
item-less = weglassen: { $fact }: { $value }
item-more = hinzufügen: { $fact }: { $value }
tell-fact = angeben: { $fact }: { $value }
fact-instead-of = { $fact }: { $after } statt { $before }
command-check = 
    Finden, was an einem Regelwerk falsch ist: an Dateien, Regeln und Bestimmungen neben dem Text.

    Geprüft wird jede Fassung, mit --at die dann geltende. Exit-Status: 2, wenn das Regelwerk nicht lesbar ist; 1 bei Fehlern oder Warnungen oder wenn Text und Bestimmungen abweichen; sonst 0.
option-check-source = Die Bestimmungen mit dem Text der Regelung in FILE vergleichen.
option-check-former = Der frühere Text, um den alten Wortlaut geänderter Bestimmungen zu zeigen.
option-check-format = Für Menschen, für Programme, für Code-Scanning oder als Anmerkungen zu einem Pull Request.
option-check-why = Den Befund CODE erklären und wie man ihn behebt.
option-check-watch = Nach jedem Speichern erneut prüfen.
no-code = kein Code `{ $code }`{ $near }; { $known }
policy-read = `{ $policy }` { $version }: fehlerfrei gelesen (Entscheidungen: { $decisions }, Regeln: { $rules }, Bestimmungen: { $clauses }, Beispiele: { $examples })
new-version-not-earlier = neue Fassung: { $name }; es gibt keine frühere zum Vergleichen
new-version-compared-with = neue Fassung: { $name }; verglichen wird mit { $before }
version-gone = eine Fassung wurde entfernt: { $one }
not-file-no-version = `{ $name }` ist keine Datei, keine Fassung von `{ $policy }` und keine Revision in git
versions-policy-listed = Fassungen von `{ $policy }`: { $listed }
no-example-makes-rule = die Regel `{ $rule }` gilt in keinem Beispiel
not-shown-what-happens = `{ $rule }`: nicht gezeigt, was geschieht, wenn die Bedingung { $truth ->
        [true] erfüllt
       *[other] nicht erfüllt
    } ist: { $words }
no-example-reaches-outcome = `{ $decision }`: kein Beispiel erreicht das Ergebnis `{ $outcome }`
covered-rules-conditions-outcomes = abgedeckt: Regeln { $rules }, Bedingungen { $conditions }, Ergebnisse { $outcomes }
mutants-killed-proven-equivalent = Mutanten entdeckt: { $killed } von { $total } ({ $share }); gleichwertig, bewiesen: { $equal }
no-example-notices = { $rule }kein Beispiel bemerkt: { $words }
no-request-found-tells = {"   "}= keine unterscheidende Anfrage gefunden, die Gleichwertigkeit ist nicht bewiesen
example-expects-something-would = {"   "}= ein Beispiel, das etwas zu `{ $decision }` erwartet, würde ihn entdecken:
now-mutated = {"     "}jetzt { $ours }, im Mutanten { $theirs }
command-completion = 
    Das Skript zur Befehlsergänzung für SHELL ausgeben.

    bash: reglament completion bash > ~/.local/share/bash-completion/completions/reglament

    zsh: reglament completion zsh > ~/.zfunc/_reglament (ein Ordner Ihres fpath)

    fish: reglament completion fish > ~/.config/fish/completions/reglament.fish
because-decide = weil
not-determined = noch nicht bestimmt
command-decide = 
    Jede Anfrage in den Dateien REQUEST... entscheiden (`-` ist die Standardeingabe).

    Eine Anfrage ist eine Zuordnung von Fakten in YAML oder JSON. Eine Datei kann mehrere enthalten: YAML-Dokumente, eine Liste oder JSON Lines; dann gibt --json für jede eine Zeile aus. Fehlen Fakten, ist die Entscheidung nicht bestimmt; das ist kein Fehler. Hat das Regelwerk keine Antwort, steht der Grund dabei; Exit-Status 2, wenn das für alle gefragten gilt.
option-decide-log = Jede Entscheidung in diesem Protokoll aufzeichnen.
option-decide-subject = Mit --log: worum es in der Anfrage geht (`request/REQ-17`), um den Eintrag zu finden.
option-decide-known-at = Nur bis WHEN veröffentlichte Fassungen berücksichtigen.
option-decide-only = Nur diese Entscheidungen zeigen: tier,scope.
request-numbered = Anfrage { $number }:
decided-by-as-of = { $regulation }, Stand: { $moment }, { $zone }
by-clauses = Bestimmungen:
more-clauses = {"  "}und { $more } weitere (`--all`)
not-asked-about = Nicht gefragt: { $names } (`--all`)
does-not-matter-here = Offen, ohne Einfluss auf die Antwort: { $names } (`--all`)
option-decide-all = Alle Entscheidungen mit Gründen und alle Bestimmungen zeigen.
option-decide-explain = JSON in dieser Ausführlichkeit ausgeben: die Ergebnisse, die Kennungen der Regeln und Bestimmungen oder alles.
option-decide-sufficient = JSON mit den Fakten ausgeben, die jedes Ergebnis allein bestimmen.
diagram-not-built-more = das Diagramm wurde nicht gebaut: es hat mehr als { $nodes } Knoten
command-diff = 
    Zeigen, welche Anfragen NEW anders entscheidet als OLD, jede mit einem Beispiel.

    OLD und NEW sind je eine Datei oder ein Ordner eines Regelwerks, eine Fassung von --policy (2024-01-01), eine git-Revision von --policy (HEAD~1), eine Revision mit Pfad (HEAD~1:policies/fees) oder `.`: --policy, wie es jetzt dasteht; das ist NEW, wenn nichts angegeben ist.

    Neben einer Fassung von --policy ist `.` seine neueste Fassung, und von einem Regelwerk mit mehreren Fassungen die gleichnamige. Sonst werden gleichnamige Fassungen verglichen, eine neue mit der, auf die sie folgt.

    Über jede Entscheidung beider Fassungen wird berichtet: sie ändert sich, ist bewiesen dieselbe oder nicht geklärt. Bereiche mit dem Zusatz *nur unter diesen Anfragen* enthalten alle Anfragen, die sich ändern, und weitere; die übrigen nur diese.

    Exit-Status: 0, wenn keine Anfrage anders entschieden wird (bewiesen), 1, wenn doch, wenn es nicht geklärt ist oder eine Fassung hinzukam oder wegfiel, 2, wenn eine Fassung nicht lesbar ist.
option-diff-format = Für Menschen, für Programme oder für einen Pull Request.
changes = ändert sich
decided-before-proven = entschieden wie bisher, bewiesen
not-settled-diff = nicht geklärt
command-explain = In Worten erklären, wie jede Anfrage in den Dateien REQUEST... (`-` ist die Standardeingabe) entschieden wird.
option-explain-for = Wer es liest: der Anfragende (Antwort und nächster Schritt), ein Kunde (ein Brief für die E-Mail) oder ein Prüfer (Bestimmungen, Regeln, Fakten und Auslegungen).
nothing-found = keine Befunde
findings-counted = Fehler: { $errors }, Warnungen: { $warnings }, Hinweise: { $notes }; was sie bedeuten: `reglament check --why CODE`
command-fmt = 
    Die YAML-Dateien unter jedem PATH formatieren, einer Datei oder einem Ordner.

    Kommentare und Anführungszeichen bleiben. Eine Datei, deren Bedeutung oder Kommentare sich ändern würden, bleibt, wie sie ist, und dann auch alle anderen.
option-fmt-check = Nichts schreiben; Exit-Status 1, wenn Dateien abweichen.
files-laid-out-otherwise = Dateien: { $total }, zu formatieren: { $changed }
files-changed = Dateien: { $total }, geändert: { $changed }
click-commands = Befehle
click-no-such-command = Den Befehl { $name } gibt es nicht.
click-did-you-mean = Meinten Sie { $possibility }?
exit-status = Exit-Status: 0 Erfolg (auch wenn eine Anfrage noch nicht entscheidbar ist), 1 eine Prüfung ist fehlgeschlagen oder es gibt Unterschiede, 2 Fehler in der Anfrage, im Regelwerk oder in den Argumenten.
command-reglament = Anfragen nach den Regeln einer Regelung entscheiden, mit Erklärungen.
option-version = Die Version zeigen und beenden.
option-lang = Sprache der Ausgabe; sonst REGLAMENT_LANG, dann die des Systems.
working-for = … { $seconds } s
option-no-pager = Alles auf einmal ausgeben, auch was nicht auf den Schirm passt; sonst zeigt es $PAGER.
option-verbose = Auf der Fehlerausgabe mitteilen, wie lange Arbeit vorangeht: diff, check, log verify, watch.
click-error = Fehler: { $message }
option-log-output = In eine Datei schreiben.
option-html = Eine HTML-Seite in die Datei schreiben (`-`: auf die Standardausgabe).
option-explain-html = Die Entscheidung mit allen Gründen als HTML-Seite schreiben (`-`: auf die Standardausgabe).
page-of-one-request = eine Seite zeigt eine Anfrage, und die Datei hat { $count }
option-log-show-all = Jede Regel jeder Entscheidung; mit `--json` das ganze Entscheidungsdokument, neu erstellt.
option-log-outcome = So entschieden; `--outcome tier=free`. Mehrfach für mehrere.
option-log-status = Die Antwort, oder eine Entscheidung, hat diesen Status: determined, undetermined oder refused.
option-log-fact = Die Anfrage gab das an; `--fact request.service=training`. Mehrfach für mehrere.
option-log-subject = Zu diesem Objekt, wie `decide --subject` es aufgezeichnet hat.
option-log-rule = Diese Regel steht hinter einer Entscheidung.
option-log-clause = Diese Bestimmung wird angeführt.
option-log-reading = Eine Entscheidung hängt von dieser Auslegung ab.
option-log-by-moment = Welche Tage --from und --to meinen: die der Aufzeichnung oder die der Anfrage.
option-log-sample = So viele der Einträge auslosen.
option-log-seed = Derselbe Startwert zieht dieselben Einträge.
option-log-by = Zählen nach day, month, policy, outcome, rule, clause, reading; mehrere mit Kommas.
option-log-csv = Die Zahlen als CSV in die Datei schreiben (`-`: auf die Standardausgabe).
option-log-xlsx = Die Zahlen als Arbeitsmappe schreiben.
command-log = Ein Entscheidungsprotokoll prüfen: eine SQLite-Datei oder eine Adresse postgresql://, von `decide --log` geschrieben.
command-log-verify = 
    Die Kette prüfen und jeden Eintrag mit der Referenz erneut entscheiden.

    Exit-Status 1, wenn etwas nicht stimmt.
option-log-verify-checkpoint = Ein Prüfpunkt, der getrennt vom Protokoll aufbewahrt wurde.
option-log-verify-public-key = Öffentlicher Schlüssel des Unterzeichners (PEM).
option-log-verify-whole = Auch Bestimmungen, Auslegungen und Hinweise vergleichen, bei älteren Einträgen auch die Texte.
option-log-verify-chain-only = Nur die Kette prüfen; nichts erneut entscheiden.
option-log-verify-workers = Prozesse, die sich die Arbeit teilen; gewöhnlich einer je Prozessor.
command-log-show = 
    Eine Entscheidung zeigen: zuerst die Antwort, dann warum, dann was sie belegt.

    Exit-Status 1, wenn mit dem Eintrag etwas nicht stimmt; das steht dann zuerst.
option-log-policy = Name des Regelwerks oder Anfang der Prüfsumme einer Fassung.
option-log-from = An diesem Tag oder später.
option-log-to = An diesem Tag oder früher.
option-log-zone = Zeitzone für --from und --to.
command-log-search = 
    Passende Einträge auflisten: Nummer, Zeit, die gefragten Ergebnisse oder die Antwort, Regelwerk.

    --json gibt jeden Eintrag ganz aus, je in einer Zeile.
command-log-report = Ergebnisse, Regeln, Bestimmungen und Auslegungen eines Zeitraums zählen: als Text, CSV, Arbeitsmappe oder Seite mit Grafiken.
command-log-replay = Zeigen, welche aufgezeichneten Entscheidungen die neueste Fassung eines vorgeschlagenen Regelwerks ändern würde.
option-log-replay-policy = Das vorgeschlagene Regelwerk.
command-log-checkpoint = Den Kopf des Protokolls festhalten, um ihn dort aufzubewahren, wo seine Schreiber ihn nicht erreichen.
option-log-checkpoint-key = Mit diesem Ed25519-Schlüssel (PEM) signieren.
option-log-checkpoint-new-key = Einen Schlüssel erzeugen; seine öffentliche Hälfte ausgeben oder in --public-key schreiben.
option-log-checkpoint-public-key = Mit --new-key: die öffentliche Hälfte in diese Datei schreiben, die es noch nicht geben darf.
option-alone = `{ $option }` gehört zu { $others }
options-exclude = { $options } schließen einander aus
command-log-export = Das ganze Protokoll als JSON Lines schreiben; die Kette bleibt.
option-log-export-without-secrets = Ohne die Fakten, die gelöscht werden können.
option-log-export-plain = Einige Einträge, zum Lesen: keine Kette, keine sensiblen Fakten.
option-log-export-fields = Mit --plain: eine Seite schreiben, die die Felder erklärt.
command-log-import = Ein neues Protokoll aus JSON Lines füllen, Eintrag für Eintrag; danach sagt `verify`, ob es unversehrt ist.
entries-imported = importierte Einträge: { $count }
command-log-erase = Die sensiblen Fakten eines Eintrags löschen; die Kette bleibt prüfbar.
option-log-erase-fact = Nur dieser Fakt; mehrfach für mehrere.
erased-names = gelöscht: { $names }
verified = Einträge: { $entries }; erneut entschieden mit der Referenz: { $by_reference }, mit dem Hauptprogramm: { $by_evaluator }
not-proved = durch diese Prüfung nicht bewiesen:
log-not-sound-findings = das Protokoll ist nicht unversehrt; Befunde: { $count }
log-sound-far-goes-entry = das Protokoll ist unversehrt, soweit es reicht: bis Eintrag { $last }
log-sound-checkpoint-vouches = das Protokoll ist unversehrt; der Prüfpunkt bestätigt es bis Eintrag { $last }, den letzten
log-sound-far-goes = das Protokoll ist unversehrt, soweit es reicht: bis Eintrag { $last }; der Prüfpunkt bestätigt es bis Eintrag { $vouched }
replayed = Anfragen: { $entries }, Entscheidungen: { $decisions }; Einträge, die sich ändern würden: { $changed }
cannot-decide-entry = Eintrag { $sequence } lässt sich nicht entscheiden: { $why }
command-matrix = Jede Bestimmung der Regelung mit den Regeln zeigen, die sie anführen, und den Beispielen, in denen diese gelten.
option-matrix-html = Eine Seite, die keine andere Datei braucht, in FILE schreiben.
command-new = 
    Das Regelwerk NAME anlegen oder, mit --version, seine nächste Fassung auf der Grundlage der letzten.

    NAME ist ein Pfad oder ein Name im Ordner `policies`, wenn es ihn gibt.
option-new-version = Die nächste Fassung anlegen, die ab DAY gilt.
option-new-languages = Die Sprachen der Texte eines neuen Regelwerks; sonst `ru,en`.
option-new-copy = Den ganzen Text der letzten Fassung kopieren; sonst sagt die nächste nur, was sich ändert.
copy-of-next-version = `--copy` ist für die nächste Fassung, die `--version` anlegt
try-reglament-test-policy = 
    { $made }
    probieren Sie: reglament test --policy { $folder }
version-not-day = `--version`: `{ $text }` ist kein Datum
write-say = schreiben Sie zum Beispiel `2027-01-01`
name-file-empty = der Name der Datei ist leer
name-file = nennen Sie eine Datei
name-sqlite-file-database = nennen Sie eine SQLite-Datei oder eine Datenbank: `postgresql://…`
name-decision-empty = der Name einer Entscheidung ist leer
name-decisions-parted-commas = nennen Sie Entscheidungen, durch Kommas getrennt: `tier,scope`
name-file-standard-input = nennen Sie eine Datei; die Standardeingabe ist `-`
name-file-folder-current = nennen Sie eine Datei oder einen Ordner; der aktuelle Ordner ist `.`
name-file-folder-empty = der Name der Datei oder des Ordners ist leer
name-log-empty = der Name des Entscheidungsprotokolls ist leer
name-journal-empty = der Name des Ereignisjournals ist leer
name-folder-fees-say = nennen Sie seinen Ordner, zum Beispiel `fees`
name-policy-empty = der Name des Regelwerks ist leer
name-file-folder-version = nennen Sie eine Datei, einen Ordner, eine Fassung oder eine Revision in git; `.` ist das Regelwerk, wie es dasteht
name-what-compare-empty = der Name dessen, womit verglichen wird, ist leer
command-readings = Auflisten, was der Text offenlässt, welche Auslegungen gewählt sind und was andere Varianten ändern würden.
option-readings-switch = Zeigen, was die Wahl von ALTERNATIVE ändern würde; mehrfach für mehrere zugleich.
switch-no-alternative-said = `--switch { $text }`: keine Variante angegeben
write-reading-alternative = schreiben Sie `AUSLEGUNG=VARIANTE`
worked-examples-decided-otherwise = Beispiele mit anderem Ergebnis: { $count } von { $count2 }
more-more = {"  "}und { $more } weitere
standard-input-cannot-read = die Standardeingabe lässt sich nicht lesen: { $why }
option-policy = Das Regelwerk: Name, Ordner oder Datei; sonst das einzige im Arbeitsordner.
option-json = JSON für Programme ausgeben.
option-at = Die dann geltende Fassung nehmen: 2026-11-20 oder 2026-11-20T18:30.
command-build = 
    Ein Regelwerk mit allen Fassungen in eine Datei bauen.

    Die Datei entscheidet und begründet wie der Ordner und wird ohne YAML gelesen. Dasselbe Regelwerk ergibt dieselbe Datei; die Prüfsumme im Namen zeigt, dass sie ganz ist.
summary-build = Ein Regelwerk in eine Datei bauen.
option-build-output = Die Datei; sonst POLICY-VERSION-DIGEST.json im aktuellen Ordner.
command-batch = 
    Jede Zeile von INPUT entscheiden und die Entscheidungen nach OUTPUT schreiben oder zählen (--summary).

    INPUT ist eine Datei (Parquet, Arrow, CSV, JSON Lines), ein Ordner oder ein Muster solcher Dateien oder postgresql://…?table=NAME. Eine Spalte gibt den Fakt ihres Namens an. `reglament batch verify MANIFEST` prüft einen Lauf.
summary-batch = Eine Tabelle mit Millionen Anfragen entscheiden.
command-batch-verify = 
    Einen Lauf gegen sein MANIFEST oder dessen Ordner prüfen.

    Dateien werden erneut gehasht; eine Anfrage jeder Klasse und eine Stichprobe von Zeilen werden erneut entschieden.
option-batch-output = Die Datei (.parquet, .arrow, .csv, .jsonl) oder ein Ordner mit einer Datei je Teil von INPUT.
option-batch-only = Nur dies entscheiden: tier,scope.
option-batch-layout = Die Spalten einer Entscheidung: `narrow` nennt die Nummer der Klasse, die Tabelle der Klassen liegt daneben; `wide` Ergebnis, Status und Regeln; `full` alles.
option-batch-map = Die Spalte gibt diesen Fakt an; mehrfach für mehrere.
option-batch-null = Was eine leere Zelle sagt: Der Fakt fehlt, oder null ist angegeben (wo der Fakt das erlaubt). Eine Spalte FAKT.told sagt es Zeile für Zeile.
option-batch-missing-columns = Wenn ein Fakt keine Spalte hat: einen Fehler melden oder ihn in jeder Zeile als fehlend nehmen.
option-batch-keep = Spalten von INPUT, die mitgeschrieben werden: id,region. Sonst die, die keinen Fakt angeben.
option-batch-query = Die Zeilen dieser Abfrage der Datenbank entscheiden statt einer Tabelle.
option-batch-sample-check = So viele ausgeloste Zeilen einzeln erneut entscheiden und vergleichen.
option-batch-verify-sample = Wie viele ausgeloste Zeilen erneut entschieden werden.
option-batch-seed = Der Startwert, nach dem ausgelost wird.
option-batch-manifest = Aufschreiben, was gelesen, entschieden und geschrieben wurde, mit Prüfsummen, für `batch verify`.
option-on = In dieser Tabelle von Anfragen oder diesem Protokoll zählen, wie viele Zeilen sich wie ändern.
rows-changed = In `{ $name }` ändern sich Zeilen: { $changed } von { $rows } ({ $share } %)
rows-of-other-days = Zeilen von Tagen, die nur andere Fassungen entscheiden: { $rows }
first-row = zuerst in Zeile { $row }
entries-changed = Im Protokoll `{ $name }` ändern sich verzeichnete Entscheidungen: { $changed } von { $rows } ({ $share } %)
entries-of-other-days = Verzeichnete Entscheidungen von Tagen, die nur andere Fassungen entscheiden: { $rows }
first-entry = zuerst in Eintrag { $row }
row-fact-erased = der Fakt `{ $name }` wurde aus dem Protokoll gelöscht
option-batch-log = Den Lauf als einen Eintrag in diesem Protokoll aufzeichnen.
run-of-rows = Lauf über eine Tabelle, Zeilen: { $rows }
runs-checked-apart = dass Läufe über Tabellen so entschieden wurden, wie aufgezeichnet ist: { $count }. Prüfen Sie jeden mit seinem Manifest: `reglament batch verify`
option-batch-resume = Einen unterbrochenen Lauf in einen Ordner fortsetzen.
option-batch-summary = Keine Zeilen schreiben: Ergebnisse, Regeln, Bestimmungen und Monate zählen.
bundle-of-other-digest = das Regelwerk, das diesen Prozess erreichte, ist nicht das gesendete
batch-no-output = es fehlt, wohin die Entscheidungen geschrieben werden
batch-name-output = nennen Sie es: `--output decisions.parquet`, oder zählen Sie mit `--summary`
batch-summary-writes-nothing = `--summary` schreibt keine Zeilen: lassen Sie weg, was das Schreiben betrifft
map-column-fact = `--map { $text }`: erwartet werden eine Spalte und der Fakt, den sie angibt
write-map = schreiben Sie `SPALTE=FAKT`, zum Beispiel `service=request.service`
name-table-empty = der Name der Tabelle ist leer
name-table = nennen Sie eine Datei, einen Ordner, ein Muster in Anführungszeichen oder `postgresql://…?table=NAME`
query-without-database = `--query` fragt eine Datenbank, und die Eingabe ist keine
database-without-table = es fehlt, welche Tabelle der Datenbank entschieden wird
database-refuses = die Datenbank antwortet: { $why }
database-no-table = die Datenbank hat keine Tabelle `{ $name }`
folder-no-tables = der Ordner `{ $name }` enthält keine Tabellen
pattern-no-files = keine Tabelle passt auf das Muster `{ $name }`
table-not-there = Datei `{ $name }` nicht gefunden
table-of-unknown-kind = der Name `{ $name }` sagt nicht, welche Art Tabelle das ist
tables-of-two-kinds = `{ $first }` und `{ $second }` sind Tabellen verschiedener Art: entscheiden Sie sie nacheinander
table-endings = der Name endet auf { $endings }
column-only-there = die Spalte `{ $name }` steht nur in dieser Datei, nicht in der ersten
column-of-other-type = die Spalte `{ $name }` enthält hier `{ $found }` und in der ersten Datei `{ $expected }`
column-not-there = die Spalte `{ $name }` der ersten Datei fehlt hier
rows-cannot-be-read = die Zeilen { $first } bis { $last } lassen sich nicht lesen: { $why }
table-cannot-be-read = sie lässt sich nicht lesen: { $why }
table-has-no-head = die erste Zeile mit den Namen der Spalten fehlt
row-of-other-length = Zeile { $row } hat { $found } Zellen, der Kopf { $expected }
in-row = Zeile { $row }: { $message }
cell-not-truth = `{ $name }`: erwartet wird `true` oder `false`, gefunden `{ $value }`
kept-no-column = die Spalte `{ $name }`, die mitgeschrieben werden soll, gibt es nicht
kept-name-taken = die Spalte `{ $name }` der Eingabe heißt wie eine Spalte der Ausgabe
keep-others = nennen Sie die Spalten, die mitgeschrieben werden: `--keep id,region`
output-folder-not-empty = der Ordner `{ $name }` ist nicht leer: nennen Sie einen anderen oder entfernen Sie ihn
output-not-folder = `{ $name }` ist kein Ordner
output-is-input = `{ $name }` ist die Eingabe: nennen Sie für die Entscheidungen eine andere Datei
name-output = eine Datei wird mit ihrer Endung genannt: `decisions.parquet`
run-interrupted-before = `{ $name }` enthält die Teile eines unterbrochenen Laufs
resume-or-remove = fahren Sie mit `--resume` und denselben Optionen fort, oder entfernen Sie den Ordner
run-before-differs = der unterbrochene Lauf unterscheidet sich: { $names }
run-interrupted = Unterbrochen. Fertige Teile in `{ $name }`: { $parts }. Weiter geht es mit --resume.
resume-needs-folder = `--resume` setzt einen Lauf in einen Ordner fort, und die Ausgabe ist eine Datei
name-a-folder = eine Datei wird ganz oder gar nicht geschrieben: beginnen Sie neu, oder nennen Sie einen Ordner
rows-so-far = Zeilen: { $done }, { $rate } je Sekunde
rows-of-all = Zeilen: { $done } von { $rows }, { $rate } je Sekunde, noch Sekunden: { $left }
rows-written = Entschiedene Zeilen: { $rows }, geschrieben nach { $name }. Klassen: { $classes }.
rows-refused = Zeilen mit einem Fehler, der in der Ausgabe steht: { $count }
sample-agrees = Einzeln erneut entschieden, mit demselben Ergebnis: { $count }
sample-differs = einzeln erneut entschiedene Zeilen haben andere Ergebnisse: { $count }. Zeilen: { $rows }
sample-differs-report = das ist ein Fehler des Programms: nichts wurde geschrieben; bitte melden Sie ihn mit einer dieser Zeilen
rows-counted = Zeilen: { $rows }
months-counted = Monate
not-a-manifest = das ist kein Manifest eines Laufs
version-differs = die Fassung { $version } des Regelwerks war { $digest }, hier ist sie { $found }
file-gone = `{ $name }` ist nicht da
file-differs = `{ $name }` ist nicht mehr, was es war: die Prüfsumme ist eine andere
manifest-key-differs = `{ $name }` im Manifest wurde nach dem Schreiben geändert: die Prüfsumme ist eine andere
run-not-recorded = das Protokoll verzeichnet keinen Lauf mit diesem Manifest
run-recorded-otherwise = das Protokoll verzeichnet keinen Lauf mit diesem Manifest; der nächste, Eintrag { $sequence }, sagt anderes: { $names }
run-recorded = Im Protokoll ist das Eintrag { $sequence }.
option-batch-verify-log = Prüfen, ob dieses Protokoll den Lauf so verzeichnet, wie das Manifest es sagt.
class-differs = Klasse { $number } von `{ $decision }`: ihre Anfrage wird anders entschieden
manifest-differs = `{ $name }` im Manifest ist { $said }, und nach den Dateien { $found }
class-rows-differ = die Zeilenzahlen der Klassen sind nicht die des Manifests
row-differs = Zeile { $row }: `{ $name }` hat ein anderes Ergebnis
run-as-manifest-says = Alles ist, wie das Manifest sagt.
run-differs = Der Lauf ist nicht, was das Manifest sagt.
run-checked = Gehashte Dateien: { $files }. Erneut entschieden: Klassen { $classes }, Zeilen { $sample }.
input-unchecked = die Eingabe `{ $name }` ist nicht verglichen: sie war keine Datei oder nicht gehasht
classes-unwritten = es wurde keine Tabelle der Klassen geschrieben
sample-unchecked = keine Zeilen wurden erneut entschieden: die Eingabe lässt sich nicht noch einmal lesen
command-schema =
    Ein JSON Schema (2020-12) der Anfragen ausgeben, die ein Regelwerk entscheidet.

    Mit --files ist es das Schema der YAML-Dateien des Regelwerks: Ein Editor, der es liest, schlägt Fakten, Ergebnisse, Regeln, Bestimmungen und Auslegungen dieses Regelwerks vor.
summary-schema = Das JSON Schema der Anfragen oder der Dateien eines Regelwerks ausgeben.
option-schema-files = Das Schema der YAML-Dateien des Regelwerks, für Editoren.
option-schema-output = Die Datei; sonst wird das Schema ausgegeben.
schema-of-requests = Eine Anfrage an die Fassung { $version }: ihre Fakten unter Namen mit Punkten oder geschachtelt. Was fehlt, ist noch nicht bekannt.
schema-of-files = Eine Datei dieses Regelwerks; vorgeschlagen werden die Wörter der Fassung { $version }. Wenn sich die Wörter ändern, das Schema neu ausgeben.
schema-local-time = Ohne Abstand zu UTC ist es eine Zeit in { $zone }.
files-of-policy = `{ $name }` ist keine Datei eines Regelwerks: erwartet werden ein relativer Name und der Text
file-not-read = `{ $name }` wird nicht als Teil eines Regelwerks gelesen
files-that-are-read = lassen Sie sie weg: die Dateien eines Regelwerks enden auf `.yaml` oder `.yml`, seine Tabellen auf `.csv`
file-no-rule-names = keine Datei des Regelwerks nennt diese Tabelle: schreiben Sie `table: FILE`, oder lassen Sie sie weg
command-show = 
    Ein Regelwerk zeigen: Fakten, Entscheidungen mit Regeln, Arbeitszeiten, Auslegungen und Bestimmungen.

    Markdown, wenn die Ausgabe umgeleitet ist. Mit --diagram eine Entscheidung als Zeichnung; mit --plan die Schritte, in denen entschieden wird.
option-show-diagram = Stattdessen das Diagramm einer Entscheidung zeichnen.
option-show-plan = Zeigen, was in welcher Reihenfolge geprüft wird: bei einer Entscheidung oder bei allen.
option-show-from-facts = Ganz auf Fakten zurückgeführt zeichnen.
option-show-output = In eine Datei zeichnen: FILE.svg, FILE.dot (Graphviz), FILE.mmd (Mermaid) oder Text.
option-show-sql = Stattdessen das Regelwerk als SQL ausgeben: Tabellen und eine Abfrage über Zeilen mit Fakten.
option-show-only = Mit --sql: nur diese Entscheidungen, tier,scope.
option-show-table = Mit --sql: die Tabelle, deren Spalten wie die Fakten heißen.
option-show-keep = Mit --sql: Spalten der Tabelle, die weitergegeben werden, id,region. Sonst `id`.
option-show-told = Mit --sql: Fakten mit einer Spalte `<Fakt>.told`, die sagt, dass ein NULL angegeben ist.
option-show-reasons = Mit --sql: auch Bestimmungen, Auslegungen und die Regeln, die sagen warum, wenn eine Zeile alles angibt.
no-clause-covers = { $source }:{ $line }: zu „{ $locator }“ gibt es keine Bestimmung im Register
clause-changed = { $source }:{ $line }: die Bestimmung `{ $clause }` hat sich geändert ({ $locator })
clause-unprinted = { $source }:{ $line }: die Bestimmung `{ $clause }` hat keinen Fingerabdruck; sie steht wohl hier ({ $locator })
fingerprint-now = {"   "}= ihr neuer Fingerabdruck: { $fingerprint }
clause-gone = { $source }: die Bestimmung `{ $clause }` wurde entfernt ({ $locator }): { $summary }
no-rule-cites = {"   "}= keine Regel führt sie an
cited-listed = {"   "}= angeführt von { $listed }
clauses-found-changed-missing = { $source }: gefundene Bestimmungen { $found } von { $clauses }, geändert { $changed }, fehlend { $missing }, Stellen ohne Bestimmung { $bare }
click-usage = Aufruf:
click-options = Optionen
click-positional = Argumente
click-show-help = Diese Hilfe zeigen und beenden.
click-default = Vorgabe: { $default }
click-required = erforderlich
click-dynamic = (je nach Umgebung)
click-choose-from = Wählen Sie aus: { $choices }
click-try-help = Hilfe: „{ $command } { $option }“.
click-invalid-value = Ungültiger Wert: { $message }
click-invalid-value-for = Ungültiger Wert für { $param_hint }: { $message }
click-missing-argument = Es fehlt das Argument
click-missing-option = Es fehlt die Option
click-missing-command = Es fehlt der Befehl.
click-no-such-option = Die Option { $name } gibt es nicht.
click-did-you-mean-any = (Meinten Sie eines von: { $possibilities }?)
click-extra-arguments = Unerwartete Argumente: { $args }
click-takes-no-value = Die Option { $name } nimmt keinen Wert.
click-requires-argument = Die Option { $name } braucht einen Wert.
click-not-one-of = { $value } ist keines von { $choices }.
click-not-valid = { $value } ist nicht gültig als { $number_type }.
click-wrong-format = { $value } passt nicht zum Format { $format }.
click-not-in-range = { $value } liegt nicht im Bereich { $range }.
command-test = 
    Die Beispiele neben einem Regelwerk prüfen.

    Jedes muss so entschieden werden, wie es sagt, von der Fassung, in der es steht, und jedes Szenario muss die genannten Reaktionen bringen. Regeln und Reaktionen, die keines erreicht, werden genannt. Exit-Status 1, wenn ein Beispiel oder Szenario nicht besteht.

    --coverage fragt, welche Bedingungen die Beispiele als wichtig zeigen, --mutate, welche kleinen Fehler in Regeln sie nicht bemerken würden; --generate erzeugt Fälle auf beiden Seiten jeder Grenze und Bedingung, mit dem jetzigen Ergebnis, zur Durchsicht.
option-test-coverage = Bedingungen und Ergebnisse auflisten, die kein Beispiel prüft.
option-test-mutate = Regeln einzeln ändern und die Änderungen auflisten, die kein Beispiel entdeckt.
option-test-kill = Mit --mutate: Fehler, wenn weniger Mutanten entdeckt werden.
option-test-generate = Fälle zur Durchsicht in FILE schreiben (- für die Ausgabe).
option-test-junit = Einen JUnit-Bericht in FILE schreiben.
no-mutants-tried-first = keine Mutanten geprüft: zuerst müssen alle Beispiele bestehen
cases-review = { $target }: Fälle zur Durchsicht: { $count }
examples-failed-rules-without = `{ $policy }` { $version }: Beispiele { $tried_all }, nicht bestanden { $failed }, Regeln ohne Beispiel { $count }
example-failed = { $where }Beispiel nicht bestanden: { $name }
expected-found = {"   "}`{ $decision }`, { $aspect }: erwartet { $expected }, gefunden { $found }
command-timeline = Zeigen, was mit SUBJECT geschah (zum Beispiel request/REQ-1) und was als Nächstes kommt.
option-timeline-journal = Wo `watch` Ereignisse und Aktionen aufbewahrt.
option-timeline-as-of = Den Stand zu WHEN zeigen.
option-timeline-svg = In FILE zeichnen.
not-journal = es gibt kein Ereignisjournal `{ $journal }`
no-timeline-reaches-reaction = kein Szenario erreicht die Reaktion `{ $reaction }`
timelines-tried = `{ $policy }` { $version }: Szenarien { $tried }, nicht bestanden { $failed }, Reaktionen ohne Szenario { $unreached }
timeline-failed = { $where }Szenario nicht bestanden: { $name }
did-not-come = {"   "}kam nicht: { $one }
came-unasked = {"   "}kam unerwartet: { $one }
not-option = es gibt keine Option `{ $number }` von { $most }
command-watch = 
    Anfragen verfolgen: Ereignisse EVENTS annehmen, Aktionen weitergeben, zu jeder Frist aufwachen.

    EVENTS ist eine Datei, die wachsen darf, `-` für die Standardeingabe (JSON Lines) oder postgresql://… für die Tabelle `incoming_events`, in der NOTIFY Neues meldet. Bei SIGTERM und SIGINT hält es sauber an und macht später dort weiter; keine Aktion kommt doppelt. Exit-Status 1, wenn Aktionen übrig sind, die niemand abgeholt hat.
option-watch-journal = Wo Ereignisse und Aktionen aufbewahrt werden: eine SQLite-Datei oder postgresql://….
option-watch-to = Wohin Aktionen gehen: - (Standardausgabe), eine Datei, http(s)://… oder `table`.
option-watch-as-of = Ereignisse bis WHEN verarbeiten, dann beenden.
option-watch-once = Beenden, sobald alle vorhandenen Ereignisse angenommen sind.
option-watch-malformed = Bei einer ungültigen Zeile: anhalten oder sie beiseitelegen und fortfahren.
option-watch-matcher = Welcher Matcher Ereignisse verbindet.
option-watch-sign-key = Was ein Webhook erhält, signieren (HMAC) mit dem Schlüssel aus dieser Datei oder aus $REGLAMENT_WEBHOOK_KEY.
option-watch-retry-aside = Zurückgestellte Aktionen noch einmal versuchen.
journal-cannot-reached = das Ereignisjournal `{ $shown }` ist nicht erreichbar: { $why }
effects-nobody-took-they = nicht abgeholte Aktionen: { $count }; sie stehen im Ereignisjournal
sign-key-signs-only = `--sign-key` signiert nur, was an einen Webhook geht
effects-cannot-go = dorthin lassen sich keine Aktionen senden
file-http-https-table = möglich sind `-`, eine Datei, `http://…`, `https://…` und `table`
key-less-than-bytes = der Signaturschlüssel ist kürzer als { $shortest_key } Bytes
make-one-say-openssl = erzeugen Sie einen, zum Beispiel mit `openssl rand -hex 32`
durable-rules-cannot-not = durable-rules ist hier nicht installiert oder nicht installierbar
install-reglament-reactions-up = installieren Sie `reglament[reactions]` (bis Python 3.12) oder nehmen Sie `--matcher plain`
install-or-refresh = installieren Sie `reglament[watch]` oder rufen Sie `refresh` selbst auf
waiting-changes-ctrl-c = warte auf Änderungen, Strg-C beendet
events-not-there-yet = `{ $name }` ist noch nicht da; es wird gewartet (Strg-C beendet)

command-serve =
    Entscheidungen über HTTP: JSON hinein, Entscheidungsdokumente heraus.

    Ohne --tokens kann nur dieser Rechner fragen. Siehe docs/service.md.
summary-serve = Entscheidungen über HTTP.
option-serve-policies = Ein Ordner mit Regelwerken; sonst ./policies oder die mitgelieferten.
option-serve-host = Die Adresse, unter der der Dienst erreichbar ist.
option-serve-port = Der Port, unter dem der Dienst erreichbar ist.
option-serve-log = Jede Entscheidung vor der Antwort in diesem Protokoll aufzeichnen.
option-serve-tokens = Wer fragen darf: eine YAML-Datei mit Token-Hashes.
option-serve-workers = Wie viele Prozesse antworten.
option-serve-proxy = Ein vorgeschalteter Proxy prüft den Zugang und setzt diese Kopfzeile.
option-serve-certificate = Das TLS-Zertifikat (PEM).
option-serve-key = Der Schlüssel des Zertifikats (PEM).
option-serve-json-logs = Eine Zeile JSON über jede Anfrage und jeden Fehler auf die Standardfehlerausgabe schreiben.
option-serve-mcp = Auch Agenten über das Model Context Protocol antworten, unter /mcp (Extra `mcp`).
option-serve-revision = Die Regelwerke so bereitstellen, wie diese git-Revision des Ordners sie hat (etwa ein Zweig), und ihr folgen.
serve-revision-of-folder = `--revision` braucht `--policies ORDNER`: einen Ordner in einem git-Repository
command-mcp =
    Einem Agenten über das Model Context Protocol antworten, auf Standardein- und -ausgabe.

    Die Werkzeuge lesen nur. Siehe docs/agents.md.
summary-mcp = Einem Agenten antworten (MCP).
serve-address = Adresse: { $address }. Beenden mit Strg-C.
serve-bundled = Bereitgestellt werden die mitgelieferten Regelwerke.
serve-folder = Bereitgestellt werden die Regelwerke in `{ $path }`.

## interfaces/http

http-address = Port { $port } von `{ $host }` lässt sich nicht öffnen: { $why }
http-address-hint = vielleicht belegt ein anderer Dienst den Port: beenden Sie ihn oder wählen Sie einen anderen `--port`; `--host` ist eine Adresse dieses Rechners
http-certificate = TLS lässt sich mit { $files } nicht einrichten: { $why }
http-certificate-hint = beides sind PEM-Dateien: `--certificate` enthält die Zertifikatskette, `--key` den Schlüssel des ersten Zertifikats
http-certificate-other = dort steht kein Zertifikat mit seinem Schlüssel
http-files = ein Objekt von Dateinamen zu ihren Texten
http-files-missing = `files` fehlt: die Dateien des Entwurfs, nach Namen
http-side = ein Objekt mit `version`, `files` oder beidem
http-sides-missing = `old` und `new` sagen, was verglichen wird
http-analysis-too-long = die Analyse dauerte länger als { $seconds } s und wurde beendet; nutzen Sie die Befehlszeile
http-a-text = ein Text von 1 bis { $most } Zeichen
a-json-object = ein JSON-Objekt
http-batch-array = der Rumpf eines Stapels ist ein JSON-Array oder `items` mit einem Array
http-body-object = der Rumpf ist ein JSON-Objekt mit `facts`
http-busy = Der Dienst kann jetzt nicht antworten
http-busy-detail = zu viele Anfragen zugleich; versuchen Sie es in einer Sekunde erneut
http-conflict = Konflikt
http-cut-short = der Rumpf endete zu früh
http-facts-missing = `facts` fehlt: die Fakten der Anfrage als Objekt
at-and-version = auch `at` wählt die Fassung: nur eines von beiden angeben
http-policies = die Regelwerke: { $listed }
http-no-route = unter `{ $path }` gibt es nichts
http-routes = die Adressen stehen in `/openapi.json`
http-method = auf die Methode `{ $told }` wird hier nicht geantwortet
http-methods = die Methoden sind { $listed }
http-internal-detail = im Dienst ist ein Fehler aufgetreten; wo, steht in seinem Protokoll
http-content-coding = den Inhalt unverändert senden, nicht mit `{ $told }` gepackt
http-internal = Interner Fehler
http-malformed = Die Anfrage ist fehlerhaft aufgebaut
http-media-type-detail = senden Sie JSON (`application/json`), nicht `{ $told }`
http-member-wrong = `{ $name }` muss sein: { $wanted }
http-members = möglich sind { $listed }
http-names = ein Name oder eine Liste von Namen
http-no-token = Ein Token ist nötig
http-not-allowed = Nicht erlaubt
http-not-found = Nicht gefunden
http-no-policies = `{ $folder }` enthält kein Regelwerk
http-open-door = `{ $host }` ist von anderen Rechnern erreichbar, und kein Token wird verlangt
http-open-door-hint = geben Sie `--tokens FILE` an, oder `--trust-proxy HEADER`, wenn ein Proxy den Zugang prüft
http-refused = Die Anfrage wird abgelehnt
http-other-site = `{ $header }: { $told }` ist kein Name dieses Rechners, und kein Token wird verlangt
http-other-site-hint = fragen Sie ihn als `localhost`; unter einem anderen Namen antwortet er mit `--tokens FILE`
http-scope-missing = diesem Token fehlt das Recht `{ $scope }`
http-token-missing = senden Sie `Authorization: Bearer TOKEN` mit einem bekannten Token
http-too-large = Die Anfrage ist zu groß
http-too-large-detail = der Rumpf ist größer als { $most } Bytes
http-head-too-large-detail = der Kopf ist größer als { $most } Bytes
http-too-many-items = zu viele Elemente: { $count }; höchstens { $most }
http-too-slow = Die Anfrage kam zu langsam
http-too-slow-detail = der Rumpf kam nicht innerhalb von { $seconds } s an
http-not-json = das ist kein JSON
http-unknown-policy = unbekanntes Regelwerk `{ $name }`
http-unknown-version = unbekannte Fassung `{ $name }`
http-versions = es gibt die Fassungen { $listed }
http-wrong-media-type = Falscher Medientyp
http-wrong-method = Falsche Methode
language-own-name = Deutsch
page-skip = Zum Inhalt
page-ways = Seiten und Sprachen
page-from-the-start = Zum Anfang
ask-again = Neu beginnen
ask-answer = Antwort auf Ihre Anfrage
ask-answer-open = Was sich bisher sagen lässt
ask-answers = Ihre Antworten
ask-back = ← Zurück
ask-change = ändern
ask-link-keeps = Ihre Antworten stehen nur in der Adresse dieser Seite: Bewahren Sie den Link auf, um zurückzukehren.
ask-mistake = Bitte prüfen Sie Ihre Antwort
ask-no-answer = wählen Sie eine Antwort oder geben Sie an, dass Sie es nicht wissen
ask-none-of-these = Nichts davon
ask-not-known = Weiß ich nicht
ask-not-known-given = nicht bekannt
ask-other = Etwas anderes:
ask-parted-by-commas = durch Kommas getrennt
ask-possible = Noch möglich
ask-which-policy = Worum geht es?
ask-why = Warum diese Frage
ask-zone = Zeitzone: { $zone }
http-token-as-password = geben Sie ein bekanntes Token als Passwort ein; der Name ist beliebig
id-taken = unter dieser `id` wurde schon etwas anderes gesendet
desk-after = Nächster Eintrag
desk-all = alle Einträge
desk-answer = Antwort
desk-as-csv = Tabelle (CSV)
desk-before = Voriger Eintrag
desk-by-clause = Entscheidungen
desk-checked = geprüft: { $done } von { $total }
desk-compare = Damals und heute
desk-compared = Damals und heute: Eintrag
desk-day = `{ $name }`: erwartet wird ein Tag wie 2026-11-20, gefunden wurde `{ $told }`
desk-days = Tage
desk-decision = Entscheidung
desk-determined = bestimmt
desk-drawn = Ausgelost
desk-entries-all = Einträge
desk-erased-from = Gelöschte Fakten von Eintrag
desk-erasure = Löschung
desk-export = Export (JSON Lines)
desk-export-whole = Das ganze Protokoll mit seiner Kette exportieren
desk-fact = Fakt = Wert
desk-facts-erased = Fakten dieser Anfrage wurden gelöscht: sie kann nicht erneut entschieden werden
desk-filters = Filter und Stichproben
desk-from = Von
desk-log = Entscheidungsprotokoll
desk-no-log = dieser Dienst führt kein Protokoll
desk-no-log-hint = starten Sie ihn mit `--log DATEI`
desk-nothing = Kein Eintrag passt.
desk-now = Jetzt:
desk-number = `{ $name }`: erwartet wird eine ganze Zahl bis { $most }
desk-of-request = der Anfrage
desk-older = Ältere Einträge
desk-outcome = Entscheidung = Ergebnis
desk-outcomes-changed = Abweichende Ergebnisse
desk-policy = Regelwerk oder Anfang einer Prüfsumme
desk-policy-not-served = das Regelwerk `{ $name }` wird hier nicht bereitgestellt
desk-policy-of-entry = Regelwerk
desk-reading = Auslegung
desk-recorded = der Aufzeichnung
desk-report = Bericht
desk-rule = Regel
desk-same-policy = Entscheidungen nach demselben Text
desk-same-subject = Dasselbe Objekt
desk-same-text = Der Text ist derselbe: seither wurde nichts veröffentlicht.
desk-sample = Stichprobe: wie viele
desk-searched-to = Durchsucht bis Eintrag
desk-seed = Startwert
desk-show = Zeigen
desk-status = Status der Antwort
desk-entry-number = Nr.
desk-subject = Objekt
desk-then = Damals:
desk-these-entries = Diese Einträge
desk-to = Bis
desk-unknown-filter = unbekannter Filter `{ $name }`
desk-verify = Prüfung
desk-verify-run = Das ganze Protokoll prüfen
desk-verify-what = Die Kette der Hashwerte wird geprüft und jede Entscheidung nach dem mit ihr gespeicherten Regelwerk erneut getroffen. Ein großes Protokoll braucht Minuten; wer die Seite verlässt, beendet die Prüfung.
desk-ways = Dieser Eintrag
desk-whole-log = das ganze Protokoll bekommt nur, wer alle Regelwerke sehen darf
desk-zone = Zeitzone
route-policies = Die Regelwerke, die gefragt werden können, ihre Fassungen und Prüfsummen.
route-policy = Ein Regelwerk: seine Fassungen und deren Prüfsummen.
route-schema = Das JSON Schema der Anfragen; `at` wählt die Fassung.
route-contract = Dieser Vertrag für ein einzelnes Regelwerk.
route-live = Ob der Prozess antwortet.
route-ready = Nach welchem Text jedes Regelwerk entscheidet, und warum ein neuerer abgelehnt wurde.
route-decide = Über eine Anfrage entscheiden. `status` trennt sichere Entscheidungen (`determined`) von offenen; zu diesen sagen `possible` und `needs`, was noch herauskommen kann und welche Fakten helfen.
route-batch = Über viele Anfragen entscheiden, über jede für sich: an der Stelle einer abgelehnten steht ihr Fehlerdokument.
route-lines = Als JSON Lines (`application/x-ndjson`) nimmt sie einen Aufruf je Zeile und gibt eine Antwort je Zeile, jeweils wie im Array von JSON.
route-not-sent-again = Unverändert: `If-None-Match` nennt es.

## interfaces/mcp

tools-of-agents = Entscheidungen nach Regelwerken. Eine Entscheidung ist nur sicher, wenn ihr Status `determined` ist: dann gilt sie, was auch immer die fehlenden Fakten sind. Ist sie `undetermined`, sagen Sie das, nennen Sie, was fehlt und was noch möglich ist, und raten Sie nicht. Nennen Sie die Bestimmungen der Antwort.
tool-policy = Das Regelwerk, das gefragt ist; gibt es mehrere, ist es zu nennen.
tool-policy-missing = der Aufruf nennt kein Regelwerk, und es gibt mehrere
tool-policy-one-of = nennen Sie eines als `policy`: { $listed }
no-such-page = es gibt keine Seite `{ $uri }`
tool-decide = Eine Anfrage entscheiden. `said` enthält zu jeder Entscheidung einen Satz zum Wiederholen; `status` trennt sichere von offenen.
tool-next-question = Der Fakt, nach dem als Nächstes zu fragen ist; null, wenn keine Antwort das Ergebnis ändern kann. `settles` nennt Antworten, nach denen eine Entscheidung sicher ist, `open`, was bis dahin noch möglich ist.
tool-explain = Die Entscheidung in Worten: für den Anfragenden, als Brief an den Kunden oder für Prüfer. Was nicht sicher ist, heißt offen, mit dem, was noch möglich ist.
tool-what-would-change = Die kleinsten Änderungen der Fakten, die die gewünschten Ergebnisse geben. Möglichkeiten, kein Rat; `is_proven` sagt, ob sicher ist, dass es keine kleinere gibt.
tool-clause = Eine Bestimmung nach ihrer id: wo sie steht, was sie sagt, welche Regeln auf ihr beruhen.
tool-check-draft = Was an den Dateien eines Entwurfs falsch ist: Fehler mit Zeile, Lücken, Widersprüche, wirkungslose Regeln. `proof` trennt, was sicher ist (`exact`), von dem, was nur gefunden wurde.
tool-diff-impact = Welche Anfragen zwei Fassungen verschieden entscheiden, mit Beispielen. `extent` sagt, ob sich alle ändern oder höchstens diese; bei einer Entscheidung mit `not_settled` ist nichts sicher.
said-certain = { $name }: { $value }. Das ist sicher.
said-refused = { $name }: { $status }. { $why }
said-open = { $name }: { $status }.{ $count ->
    [0] {""}
   *[other] {" "}Noch möglich: { $possible }.
} Nötig: { $needs }.
clause-id-missing = `id` fehlt: die Kennung der Bestimmung, wie Entscheidungen sie nennen
unknown-clause-named = es gibt keine Bestimmung `{ $name }`
unknown-tool = es gibt kein Werkzeug `{ $name }`

## language/loading

unknown-fact = unbekannter Fakt
unknown-name = unbekannter Name
places-message-count = { $message } (Stellen: { $count })
so-message-others = { $message }, ebenso { $others }
section-file-declares-them = fehlt der Abschnitt oder die Datei, wo sie deklariert sind?
so-is-listed = { $shown }
more-shown-left = { $shown } und { $left } weitere
decision-whose-outcomes-words = Bestimmungen wählt eine Entscheidung, deren Ergebnisse Wörter sind; `{ $name }` ist keine solche
decision-no-outcome = die Entscheidung hat kein Ergebnis
table-csv-file-beside = eine Tabelle ist eine `.csv`-Datei neben dem Regelwerk, hier steht `{ $name }`
table-no-column-then = der Tabelle fehlt die Spalte `then`
unknown-column = unbekannte Spalte `{ $name }`
decision-needs-either-outcomes = die Entscheidung `{ $name }` braucht entweder `outcomes` oder `type`
may-null-decision-may = `{ $name }` darf `null` sein, die Entscheidung nicht
null-chosen-decision-may = ein Teil der Formel ist nach einer Bedingung null, was die Entscheidung nicht sein darf
add-not-null-when = ergänzen Sie `{ $name }: {"{"}is_not: null{"}"}` in `when` oder `nullable: true`
add-formula-not-null-when = ergänzen Sie `formula: {"{"}{ $name }: […]{"}"}, is_not: null` in `when` oder `nullable: true`
decision-needs-one = die Entscheidung braucht eines davon: { $listed }
rule-no-id = die Regel hat keine `id`
only-decision-with-one = nur eine Entscheidung mit einem einzigen Ergebnis hat ein `otherwise`
rule-already = es gibt schon eine Regel `{ $rule }`: { $where }
decision-no-rule = diese Entscheidung hat keine Regel
too-many-ordered-rules = zu viele Regeln sind durch `hit_policy` geordnet: { $count }; höchstens { $most } sind möglich
priority-needs-words = jede Regel muss ihren Platz in der Reihenfolge nennen: eines der `outcomes` oder einen Datensatz mit seinen Feldern vom Typ `choice`
hit-policy-of-one-outcome = `hit_policy` gibt es bei Entscheidungen mit einem Ergebnis: in einer Prüfliste oder einer Liste (`collection`) zählt jede Regel
collects-no-checklist = dieses `hit_policy` listet auf, was Regeln ergeben, und eine Prüfliste hat ein Ergebnis
output-order-needs-outcomes = bei `hit_policy: output_order` folgen die Positionen den `outcomes` oder den Optionen der Felder eines Datensatzes, und die Entscheidung hat keine
duplicates-of-collection = `duplicates` gibt es nur bei einer Liste (`collection`)
counted-rules-give-nothing = bei `total: count` werden Regeln gezählt: sie haben kein `then`
total-of-wrong-type = `total: { $total }` ist bei diesem Typ nicht möglich: { $given }
total-types = `sum` gibt es bei Zahlen, Dauern und Zeiträumen, `count` ist eine ganze Zahl, `minimum` und `maximum` gibt es bei Zahlen, Datumsangaben und Dauern
total-never-null = bei `total` ist das Ergebnis nie `null`
total-lists-nothing = bei `total` ist das Ergebnis ein Wert: keine Liste und keine Reihenfolge
decision-no-group = diese Entscheidung hat keine andere Regelgruppe
groups-no-first = mit Regelgruppen ist `hit_policy: first` nicht möglich: keine Regel der einen steht vor denen der anderen
groups-override-each-other = Gruppen haben im Kreis Vorrang voreinander: { $shown }
too-many-overridden = die Gruppen haben vor zu vielen Regeln Vorrang: mehr als { $most } Paare
count-stands-alone = `of` zählt Bedingungen auf, die gezählt werden, und hier ist ein Schlüssel der Name eines Fakts
write-met-of = schreiben Sie `met: {"{"}at_least: 2, of: […]{"}"}`
how-many-of = es fehlt, wie viele Bedingungen erfüllt sein müssen (insgesamt: { $count }): `at_least`, `at_most` oder `exactly`
exactly-stands-alone = `exactly` steht allein, ohne `at_least` und `at_most`
count-always-or-never = das ist immer oder nie erfüllt (Bedingungen: { $count })
too-many-counted = zu viele Bedingungen zum Zählen: { $count }; höchstens { $most }
whole-number-of-conditions = eine ganze Zahl von Bedingungen
versions-need-chooser = mehrere Fassungen brauchen `chosen_by`: kein Fakt sagt, welche für eine Anfrage gilt
dated-without-chooser = kein Fakt sagt, welcher Tag es ist: die Fassung hat kein `chosen_by`
say-chosen-by = schreiben Sie `chosen_by: NAME`, den Fakt mit dem Datum der Anfrage
no-named-table = es gibt keine Tabelle
table-no-input = die Tabelle hat keine Eingabe
table-unused = keine Entscheidung verwendet die Tabelle `{ $name }`
table-input-missing = die Tabelle `{ $table }` hat Eingaben, für die kein Fakt steht: { $inputs }
write-with-input = schreiben Sie `with: {"{"}{ $name }: FAKT{"}"}`
named-table-overrides = eine Zeile einer benannten Tabelle hat kein `overrides`: welche Tabelle Vorrang hat, sagen Regelgruppen
extreme-of-nothing = bei `total: { $total }` trifft vielleicht keine Regel zu, und es gibt kein Ergebnis
say-otherwise = ergänzen Sie `otherwise` mit dem Ergebnis für diesen Fall
rules-override-each-other = die Regeln haben im Kreis Vorrang voreinander: { $shown }
decisions-depend-each-other = die Entscheidungen hängen im Kreis voneinander ab: { $shown }
decisions-too-deep = `{ $name }` baut auf einer Kette von mehr als { $most } Entscheidungen auf
decisions-too-deep-hint = lassen Sie sie Fakten lesen, oder fassen Sie einige der Entscheidungen darunter zusammen
calendar = Kalender
schedule = Arbeitszeiten
subject = Objekt
option = Wert
alternative = Variante
event = Ereignis
clock = Frist
registry = Register
day = Tag
reaction = Reaktion
not-status = es gibt keinen Status
register-no-clause = das Register hat keine Bestimmung
unknown-reading = unbekannte Auslegung
not-rule = es gibt keine Regel
such-example-already = dieses Beispiel gibt es schon
not-decision = es gibt keine Entscheidung
decided-for-each-item = `{ $name }` wird für jede Position entschieden; hier steht eine Entscheidung über die ganze Anfrage
name-a-whole-decision = bilden Sie daraus eine Entscheidung, etwa mit `count` oder `sum`
example-no-key = ein Beispiel hat keinen Schlüssel
goes-outcomes-decision-lists = `{ $key }` richtet sich nach Ergebnissen, die Entscheidung `{ $decision }` zählt aber keine auf
decision-no-outcome-rule = die Entscheidung `{ $decision }` hat weder Ergebnis noch Regel
decision-no-outcome-explain = die Entscheidung `{ $answer }` hat kein Ergebnis
collection-collection-true-advises = Rat gibt eine Liste (`collection: true`), `{ $name }` ist keine
unknown-type = unbekannter Typ
not-said = `{ $key }` fehlt
whole-number-from = eine ganze Zahl von 0 bis 12
only-fact-tells-words = `near` hat nur ein Fakt, der mit Wörtern angegeben wird
parameter-needs-either-value = der Parameter `{ $name }` braucht entweder `value` oder `values`
days-called-short-not = als verkürzt genannte Tage sind nach diesen Wochentagen keine Arbeitstage; solche Tage
day-off = freier Tag
working-day = Arbeitstag
calendar-ends-before-begins = der Kalender endet am { $last }, bevor er am { $first } beginnt
calendar-contradiction = der Kalender ist widersprüchlich: { $error }
covers-does-not-say = `covers` sagt nicht, von welchem bis zu welchem Tag der Kalender bekannt ist
not-weekday = es gibt keinen Wochentag
calendar-covers-days-lie = der Kalender umfasst { $first } bis { $last }, es gibt aber Tage außerhalb
all-days-under-year = unter dem Jahr `{ $year }` stehen nur Tage des Jahres { $told }
write-told = schreiben Sie `{ $told }`
day-names-no = `day_names` enthält nicht:
outside-what-calendar-covers = { $day } liegt außerhalb des Kalenders: { $first } bis { $last }
stands-under-year = { $day } steht unter dem Jahr `{ $year }`
told-twice = { $day } ist doppelt angegeben
windows-end-before-begin = ein verkürzter Tag würde enden, bevor er beginnt: { $windows }
window-without-length = ein Zeitfenster ohne Länge: von { $opens } bis { $closes }
write-whole-day = ein ganzer Tag ist `"00:00-24:00"`, rund um die Uhr ist `always: true`
window-wanted = hier wird ein Zeitfenster erwartet
write-window = schreiben Sie `"09:00-13:00"`
windows-overlap = die Zeitfenster { $first } und { $second } überschneiden sich
not-beside = `{ $key }` darf nicht neben `{ $other }` stehen
desk-wanted = `{ $name }` besteht selbst aus mehreren Arbeitszeiten; nennen Sie diese
desks-share-no-day = die Kalender dieser Arbeitszeiten haben keinen Tag gemeinsam
weekday-never-works = der Tag `{ $weekday }` ist im Kalender `{ $calendar }` nie ein Arbeitstag
weekday-may-work = nehmen Sie den Tag in `working_weekdays` auf
unknown-calendar = unbekannter Kalender
short-days-never = verkürzte Tage sind nie
time-day-wanted = hier wird eine Uhrzeit erwartet
write-hours = schreiben Sie `"10:00"`
before-first-version-holds = { $day } liegt vor der ersten Fassung von `{ $policy }`, die ab { $start } gilt
after-last-version-holds = { $day } liegt nach der letzten Fassung von `{ $policy }`, die bis { $holds_until } gilt
calendar-covers-year-years = der Kalender umfasst das Jahr { $shown }, in `years` steht aber nichts dazu
calendar-covers-years-years = der Kalender umfasst die Jahre { $shown }, in `years` steht aber nichts zu ihnen
list-days-under-write = zählen Sie seine Tage unter `{ $year }` auf, schreiben Sie `{ $year }: {"{"}{"}"}`, wenn kein Tag des Jahres besonders ist, oder kürzen Sie `covers`
date-unfit = ein Datum
exactly-fields-wanted = erwartet werden genau die Felder { $listed }
fields-lacking = nicht angegeben: { $listed }
used-nowhere-while-said = { $called } `{ $name }` wird nirgends verwendet, dagegen steht `{ $word }` in { $where }
used-nowhere-while-places = { $called } `{ $name }` wird nirgends verwendet, `{ $word }` steht dagegen an Stellen: { $count }, zuerst { $where }
name = der Name
word = das Wort
label-people = `{ $word }` ist die Beschriftung für Leser; { $kind } ist `{ $name }`
mapping-key-value = eine Zuordnung `Schlüssel: Wert`
list = eine Liste
word-parts = ein Wort
text-ru-en = ein Text `{"{"}ru: …, en: …{"}"}`
true-false = `true` oder `false`
what-name = { $what } `{ $name }`
unknown-function = unbekannte Funktion
there-is = es gibt { $shown }
wanted-kind-node = erwartet: { $kind }, gefunden: `{ $node }`
wanted-kind-or-name-node = erwartet: { $kind } oder ein Name, gefunden: `{ $node }`
name-wanted = hier wird ein Wert oder ein Name erwartet: { $wanted }
comparison-with-null-never = ein Vergleich mit `null` ist nie erfüllt
write-name-null-name = schreiben Sie `Name: null` oder `Name: {"{"}is_not: null{"}"}`
cannot-compared-with-operands = `{ $node }` ist { $wanted }, vergleichen lässt sich hier nur: { $wanted2 }
parameter-no-request-changes = `{ $name }` ist ein Parameter, keine Anfrage ändert ihn
compare-fact-with-fact = vergleichen Sie einen Fakt damit: `Fakt: {"{"}at_least: Parameter{"}"}`
empty-test = eine leere Prüfung
empty-condition = eine leere Bedingung
operator-told-twice = ein Operator ist doppelt angegeben
never-null-operators = `{ $key }` ist nie null
write-node-operators = schreiben Sie `{"{"}on: { $node }{"}"}`
list-one-value-tested = `{ $key }` ist eine Liste, geprüft wird aber ein einzelner Wert
write-includes = schreiben Sie `{"{"}includes: { $node }{"}"}`
empty-list-never-holds = eine leere Liste: diese Bedingung ist nie erfüllt
listed-twice = `{ $node }` ist doppelt genannt
unknown-operator = unbekannter Operator `{ $name }`
write-value-alone = schreiben Sie den Wert selbst
compares-with-day = `on` vergleicht mit einem Datum, nicht mit einem Zeitpunkt
write-same-day-alone = schreiben Sie `same_as` oder nur den Tag
does-not-suit = `{ $word }` passt nicht: `{ $key }` ist { $kind }
value-list = ein Wert oder eine Liste
only-moment-lies-within = in Arbeitszeiten liegt nur ein Zeitpunkt, `{ $key }` ist keiner
not-list = `{ $key }` ist keine Liste
write-name-value = schreiben Sie `Name: Wert`
range-one-bracket = der Bereich `{ $text }` hat nur eine Klammer
write-both-none = schreiben Sie beide, wie in `[1..5)`, oder keine
no-value-lies-range = im Bereich `{ $text }` liegt kein Wert
means-every-value = `|` bedeutet „oder“: jeder Wert ist `{ $said }` oder `{ $said2 }`
range-written = einen Bereich schreibt man `{ $said }` oder `{ $one }..{ $other }`
lesser-end-comes-first = zuerst steht das kleinere Ende: `100..120`
not-clock = es gibt keine Frist
no-event-above-called = kein Ereignis weiter oben heißt
none-takes-event-decision = unter `none` steht ein Ereignis oder eine Entscheidung
alias-taken = der Name `{ $alias }` ist vergeben
lists-not-compared = Listen lassen sich hier nicht vergleichen
cannot-compared-with = `{ $name }` lässt sich damit nicht vergleichen
no-event-leads = kein Ereignis führt zur Entscheidung
not-requirement = es gibt keine Anforderung
such-reaction-already = diese Reaktion gibt es schon
not-subject-reactions = es gibt kein Objekt
chosen-not-said = `chosen` fehlt
reading-no-alternative-readings = die Auslegung hat keine Variante
not-file = Datei nicht gefunden: `{ $path }`
many-requests-by-batch = so viele Anfragen sind eine Tabelle: `reglament batch` entscheidet sie
file-larger-than-bytes = { $what } ist größer als die erlaubten { $most_bytes } Bytes
file-unpacks-more-than = die Datei `{ $path }` entpackt sich zu mehr, als ein Dokument enthält
file-not-docx-document = die Datei `{ $path }` ist kein .docx-Dokument
reading-docx-takes-library = zum Lesen von .docx fehlt die Bibliothek python-docx
install-reglament-docx-save = installieren Sie `reglament[docx]` oder speichern Sie das Dokument als Text
folder-no-git-repository = der Ordner `{ $folder }` liegt in keinem git-Repository
repository-no-revision = das Repository hat keine Revision `{ $revision }`
git-does-not-run = git lässt sich nicht starten: { $strerror }
git-said = git: { $said }
null-given-decision-not = die Entscheidung ist nicht `nullable`, hier steht aber `null`
add-nullable-true = ergänzen Sie `nullable: true`
field-never-null = das Feld `{ $name }` darf nicht null sein
add-nullable-to-field = ergänzen Sie `nullable: true` beim Typ des Feldes
round-round-half-up = runden Sie: `{"{"}round_half_up: [x, Schritt]{"}"}`
take-day-day-name = nehmen Sie den Tag: `{"{"}day_of: [Name]{"}"}`
decision-gives = die Entscheidung ergibt: { $type }, hier steht: { $given }
with-decimal-places = { $wanted } mit { $places ->
    [one] { $places } Nachkommastelle
   *[other] { $places } Nachkommastellen
}
row-no-key = eine Zeile hat keinen Schlüssel
interval-empty = der Zeitraum ist leer: { $first } bis { $last }
rule-does-not-say = bei der Regel fehlt `then`
text-names-nothing-called = der Text nennt `{"{"}{ $name }{"}"}`, aber nichts heißt so
nothing-can-overridden-every = hier gibt es keinen Vorrang: jede Regel zählt
not-fact-decision = es gibt keinen Fakt und keine Entscheidung
name-language-own = den Namen `{ $text }` verwendet die Sprache selbst
name-already-another-fact = den Namen `{ $text }` hat schon ein anderer Fakt, eine andere Entscheidung oder ein anderer Parameter
reading-no-alternative = die Auslegung `{ $reading }` hat keine Variante `{ $name }`
what-reading-would-mean = was { $listed } der Auslegung `{ $reading }` bedeuten würde, fehlt
told-already = `{ $key }` ist schon angegeben: { $where }
keep-one-two = lassen Sie eines von beiden
arguments-wanted = erwartete Argumente: { $wanted }, gefunden: { $count }
wanted-wanted-wanted = erwartet: { $wanted }, gefunden: { $wanted2 }
more-than-digits-come = es ergeben sich mehr als { $most_places } Nachkommastellen
round-argument = runden Sie ein Argument
values-type-no-order = Werte dieses Typs haben keine Ordnung
moments-not-added = zwei Zeitpunkte lassen sich nicht addieren
bracket-numbers-parameters = Enden und Sätze von Stufen sind Zahlen oder Parameter
brackets-rise = jede Stufe muss über der vorigen enden, die erste über 0
bracket-rate-not-below-zero = der Satz einer Stufe kann nicht unter 0 liegen
division-zero = Division durch null
step-must-above-zero = der Schritt muss größer als null sein
step-number-parameter = ein Schritt ist eine Zahl oder ein Parameter, kein Fakt und keine Entscheidung
not-event = es gibt kein Ereignis
not-fact = es gibt keinen Fakt
not-moment = `{ $moment }` ist kein Zeitpunkt
not-reading = es gibt keine Auslegung `{ $name }`
event-no-field = das Ereignis hat kein Feld
not-reaction = es gibt keine Reaktion
moment = ein Zeitpunkt
least-more-than-most = `at_least` ist größer als `at_most`: kein Wert passt
numbers-days-moments-durations = `{ $key }` gibt es bei Zahlen, Datumsangaben, Zeiten, Dauern und Zeiträumen, hier steht: { $wanted }
no-while-said = `{ $group }` hat kein `{ $word }`, verwendet wird es aber: { $uses }
declare-mend = deklarieren Sie es hier, oder korrigieren Sie es dort
used-nowhere-while-said-nothing = { $called } `{ $name }` wird nirgends verwendet, dagegen steht `{ $word }`, und nichts heißt so: { $uses }
if-new-name-write = wenn `{ $name }` der neue Name von `{ $word }` ist, schreiben Sie ihn auch dort
never-null-while-said = `{ $name }` ist nie `null`, wird aber so verwendet: { $uses }
if-null-means-something = wenn `null` hier etwas bedeutet, schreiben Sie beim Fakt `null_means`, bei der Entscheidung `nullable: true`
declared-while-used-otherwise = `{ $name }` ist als { $written } deklariert, wird aber anders verwendet: { $uses }
holds-versions-one-wanted = `{ $path }` enthält Fassungen: { $count }, erwartet wird eine
folder-holds-no-policy = der Ordner `{ $path }` enthält kein Regelwerk
yaml-files-wanted = erwartet werden `.yaml`-Dateien
version-lacks = der Fassung fehlt `{ $name }`
version-ends-before-begins = die Fassung endet am { $last }, bevor sie am { $first } beginnt
unknown-time-zone = unbekannte Zeitzone `{ $name }`
write-europe-moscow-say = schreiben Sie zum Beispiel `Europe/Moscow`
date-datetime-chooses-version = ein Datum oder Zeitpunkt wählt die Fassung, `{ $word }` ist keines von beiden
version-holds-from-latest = die Fassung gilt ab { $first }, `{ $chooser }` ist aber spätestens { $last }
one-folder-holds-two = ein Ordner enthält zwei Regelwerke: `{ $one }` und `{ $two }`
based-on-unknown = daneben gibt es keine Fassung `{ $name }`
based-on-circle = die Fassung `{ $name }` beruht selbst auf dieser
based-on-alone = `{ $name }` steht nicht neben dieser Datei: eine Fassung, die auf einer anderen beruht, steht in einem Ordner, und der Ordner der anderen daneben
without-no-base = `without` nimmt etwas aus einer anderen Fassung weg, `based_on` nennt keine
without-unknown = `{ $name }` steht nicht in der Fassung, auf der diese beruht
version-already-holds-from = es gibt schon eine Fassung `{ $name }`, die ab { $holds_from } gilt
give-one-two-another = geben Sie einer der beiden einen anderen Namen
version-holds-from-already = ab { $starts } gilt schon die Fassung `{ $earlier }`
version-holds-until-one = die Fassung `{ $earlier }` gilt bis { $ends }, diese aber ab { $starts }
no-version-holds-from = von { $ends } bis { $starts } gilt keine Fassung: `{ $earlier }` gilt bis { $ends2 }
write-take-off-holds = schreiben Sie `{ $ends }`, oder entfernen Sie `holds_until` der Fassung `{ $earlier }`
write-what-must-hold = schreiben Sie, was erfüllt sein muss, oder entfernen Sie sie
empty-key = `{ $key }` ist leer
one-function-wanted = hier wird eine einzige Funktion erwartet
no-key = `{ $function }` hat keinen Schlüssel
list-inside-itself = nach der Liste `{ $name }` kann nicht gefragt werden, wo von einer ihrer Positionen die Rede ist
list-inside-itself-hint = legen Sie dafür eine eigene Entscheidung über die ganze Anfrage an und nennen Sie sie hier
speaks-of-one-item = `{ $name }` gehört zu einer Position von `{ $list }`, und hier ist keine gemeint
speaks-of-one-item-hint = fragen Sie nach der Liste: `{ $list }: {"{"}some: …{"}"}`, `every`, `none`, oder bilden Sie die Summe: `sum: …, over: { $list }`
item-name-taken = `{ $called }` heißt eine Position einer Liste, deshalb kann `{ $other }` nicht so beginnen
item-name-taken-hint = wenn es über jede Position entschieden wird, ergänzen Sie `for_each: { $list }`
list-test-empty = nach den Positionen von `{ $name }` wird nichts gefragt
list-test-empty-hint = schreiben Sie neben `where` auch `some`, `every`, `none` oder eine Anzahl wie `at_least: 1`
list-of-things-tested = `{ $name }` ist eine Liste von Positionen und lässt sich nicht mit einem Wert vergleichen
list-test-hint = schreiben Sie `{ $name }: {"{"}some: {"{"}…{"}"}{"}"}`, `every`, `none` oder `at_least: 1`
one-total-wanted = es fehlt eines von `count`, `sum`, `minimum`, `maximum`, `distinct`, `list_of`, oder es sind mehrere
items-have-no-order = die Reihenfolge der Positionen bedeutet nichts: nehmen Sie `minimum` oder `maximum` dessen, wonach sie geordnet sind, und `where` mit diesem Wert
distinct-of-name = `distinct` zählt die verschiedenen Werte eines Feldes von `{ $called }` oder einer Entscheidung darüber
distinct-of-name-hint = geben Sie dem Berechneten einen Namen: eine Entscheidung mit `for_each: { $list }`
list-of-plain-items = eine Liste enthält keine Listen
list-of-plain-hint = hängen Sie Listen mit `concatenate` aneinander
list-item-never-null = ein Element einer Liste ist nie null
sorted-by-field = Datensätze werden nach einem Feld sortiert, das nie null ist
sort-by-field = sagen Sie, nach welchem Feld: `{"{"}sort: […], by: amount{"}"}`
item-without-hours = was von einem Element gesagt wird, nutzt keine Arbeitszeiten
call-item-otherwise = nennen Sie das Element anders: `called: one`
items-called = `called` nennt ein Element jeder Liste; Namen, die nötig sind: { $count }
items-called-hint = schreiben Sie sie in der Reihenfolge der Listen: `called: [height, width]`
things-in-formula = `{ $name }` ist eine Liste von Positionen: keine Formel nimmt sie als Ganzes
not-a-list-of-things = keine Liste von Positionen heißt
cell-no-list = `{ $shown }` ist keine Liste in JSON wie `[{"{"}"kind": "book"{"}"}]` mit den Angaben zu jedem `{ $called }`
cell-no-list-hint = geben Sie eine Liste von Datensätzen, JSON-Text oder die Positionen als eigene Tabelle (`--lines`)
option-lines = Die Positionen einer Liste in einer eigenen CSV-Tabelle: order.lines=lines.csv. Eine Spalte beider Dateien sagt, wozu jede gehört.
option-lines-by = Mit --lines: die Spalte, die Positionen den Anfragen zuordnet, falls es mehrere gemeinsame gibt.
lines-list-file = `{ $text }`: erwartet werden eine Liste und die Tabelle ihrer Positionen
write-lines = schreiben Sie `LISTE=DATEI`, zum Beispiel `order.lines=lines.csv`
lines-no-such-list = das Regelwerk hat keine Liste `{ $name }`
lists-listed = Listen des Regelwerks: { $listed }
lines-twice = für `{ $name }` sind zwei Tabellen angegeben
lines-no-such-key = `{ $key }` ist keine Spalte von `{ $name }` und den Anfragen zugleich
lines-several-keys = `{ $name }` und die Anfragen haben mehrere Spalten gemeinsam: { $listed }
lines-without-key = keine Spalte von `{ $name }` sagt, zu welcher Anfrage eine Position gehört: { $listed }
lines-key-hint = beide Dateien brauchen eine gleichnamige Spalte, etwa die Nummer des Auftrags; `--by SPALTE` nennt sie
request-without-key = die Anfrage nennt kein `{ $key }`, nach dem die Positionen von `{ $list }` gefunden werden
request-key-twice = zwei Anfragen haben `{ $key }` `{ $told }`: wem die Positionen von `{ $list }` gehören, ist unklar
line-without-key = die Zeile nennt kein `{ $key }`, und so ist unklar, zu welcher Anfrage sie gehört (`{ $list }`)
line-of-no-request = keine Anfrage hat `{ $key }` `{ $told }`, zu der diese Zeile von `{ $list }` gehört
import-reads-list = `{ $name }` von `{ $policy }` liest die Liste von Positionen `{ $list }` und kann deshalb noch kein Fakt eines anderen Regelwerks sein
not-in-sql = `{ $name }` lässt sich nicht in SQL sagen: { $why }
sql-use-only = sagen lässt sich `only={ $listed }`; das Übrige entscheidet `reglament batch`
sql-use-batch = `reglament batch` entscheidet es
sql-no-dialect = für `{ $name }` gibt es kein SQL, nur für { $listed }
sql-no-fact = es gibt keinen Fakt `{ $name }`
sql-too-large = zu viele Wege führen dorthin
sql-reasons-too-large = zu viele Wege führen zu seinen Gründen
sql-rests-on = es beruht auf `{ $name }`, das sich auch nicht sagen lässt
sql-of-each = sie liest die Liste `{ $list }`, und eine Zeile ist ein Ding
sql-kind = der Fakt `{ $name }` hat hier keine genaue Form in einer Spalte
sql-value = sein Ergebnis hat hier keine genaue Form in einer Spalte
sql-test = die Prüfung `{ $word }` würde eine Datenbank anders verstehen
sql-function = die Funktion `{ $name }` hat in SQL keine genaue Form
sql-function-of-facts = bei `{ $name }` muss das Regelwerk alles außer einem Tag oder Zeitpunkt selbst nennen
sql-count-unbounded = `{ $name }` zählt um eine Zahl weiter, die nichts begrenzt
sql-picked-term = es gibt je nach einer Bedingung einen von zwei Werten
sql-too-many-digits = seine Zahlen brauchen vielleicht mehr Ziffern, als eine Datenbank genau rechnet
sql-never-open = es fragt nach Zeiten, zu denen nie geöffnet ist
sql-calendar-too-long = der Kalender seiner Zeiten ist zu lang für eine Tabelle
list-never-null = die Liste `{ $name }` kann nicht `null` sein: eine leere Liste sagt, dass es nichts gibt
list-needs-at-most = für die Liste `{ $name }` fehlt, wie viele Positionen sie haben kann
list-needs-at-most-hint = ergänzen Sie `at_most: 100`
whole-number-to = eine ganze Zahl von 0 bis { $most } wird erwartet
list-field-flat = das Feld `{ $name }` einer Position kann keine Liste und kein Datensatz sein
list-nested-twice = `{ $name }` wäre eine Liste in einer Liste in einer Liste: Listen lassen sich einmal schachteln
for-each-name = eine Entscheidung über jede Position hat einen Namen, der mit `{ $called }.` beginnt, nicht `{ $name }`
needs-hours = `{ $function }` braucht `hours`
closing-not = für `at_closing` gibt es nicht:
first-day-may = schreiben Sie `counts`, wenn ein erster Arbeitstag mitzählt, `not_counted`, wenn nicht, `moved`, wenn nach dem nächsten Arbeitstag zu zählen ist
first-day-not = der erste Tag ist nie
bracket-no-key = eine Stufe hat kein
last-bracket-has-no-end = die letzte Stufe hat kein Ende: ihr Satz gilt für alles darüber
two-ends-wanted = hier werden zwei Enden erwartet: `between: [100, 120]`
hours-of-word = nicht gesagt, nach welchen Arbeitszeiten: { $listed }
choice-without-word = die Auswahl hat kein
choice-wanted-by = `{ $name }` ist keine Auswahl: nur ein Wort kann Arbeitszeiten bestimmen
function-wanted = hier wird eine Funktion erwartet
number-date-name = eine Zahl, ein Datum oder ein Name

## language/requests

name-decision-text = der Name einer Entscheidung ist ein Text, gefunden: { $given } `{ $name }`
leave-fact-out-if = lassen Sie den Fakt weg, wenn er nicht bekannt ist
may-not-told-null = `{ $name }` darf nicht als `null` angegeben werden
told-twice-told = `{ $name }` ist doppelt angegeben
unknown-fact-told = unbekannter Fakt `{ $shown }`
group-facts-not-fact = `{ $name }` ist eine Gruppe von Fakten, kein Fakt
holds-listed = sie enthält { $listed }
group-may-not-null = die Gruppe `{ $name }` darf nicht `null` sein, weil nie `null` sein darf: { $always }
those-may-null = `null` sein dürfen { $shown }
decided-regulation-request-cannot = `{ $name }` entscheidet das Regelwerk; eine Anfrage kann es nicht angeben
tell-facts-follows-from = geben Sie die Fakten an, aus denen es folgt
fact-name-text = der Name eines Fakts ist ein Text, gefunden: { $named } `{ $key }`
nested-deeper-than = tiefer verschachtelt als { $deepest }
nested-too-deep = zu tief verschachtelt
not-one-options = `{ $value }` gehört nicht zu den erlaubten Werten
options-listed = erlaubte Werte: { $listed }
text-longer-than-characters = der Text ist länger als { $longest_text } Zeichen
text-holds-character = der Text enthält das Steuerzeichen { $code }
delete = löschen Sie es
binary-fraction-not-exact = ein Binärbruch ist nicht exakt: geben Sie ein Decimal oder eine Zeichenkette
more-digits-after-point = `{ $value }` hat mehr Nachkommastellen als erlaubt: { $places }
fields-listed = die Felder sind { $listed }
list-of-things-hint = geben Sie eine Liste von Positionen an oder `{"{"}items: […], more: true{"}"}`, wenn es mehr sein können
list-no-key = eine Liste von Positionen hat keinen Schlüssel `{ $key }`
item-no-field = `{ $called }` hat kein Feld `{ $field }`
told-near-counts-another = `{ $fact }`: angegeben ist `{ $told }`, das ähnelt `{ $near }`, zählt aber als anderer Wert
fact-assumed = { $label } ist nicht angegeben: angenommen wird { $value }
chooser-not-assumed = `{ $name }` wählt die Fassung und kann nicht angenommen werden
told-without-offset-from = `{ $name }` wurde ohne Abstand zu UTC angegeben und in der Zone { $zone } gelesen
null-read-null = `{ $group }: null` wurde als `null` für { $listed } gelesen
value-told-than-bound = der Wert `{ $told }` ist { $than }: { $most } { $bound }
too-small = zu klein
least-allowed = erlaubt ist mindestens
too-large = zu groß
most-allowed = erlaubt ist höchstens
too-early = zu früh
earliest-allowed = frühestens erlaubt ist
too-late = zu spät
latest-allowed = spätestens erlaubt ist
request-mapping-facts-fact = eine Anfrage ist eine Zuordnung von Fakten, `{"{"}Fakt: Wert{"}"}`
text-holds-no-request = die Datei enthält keine Anfrage
second-leap-second-not = Sekunde 60 (eine Schaltsekunde) wird hier nicht gezählt
not-hour-hours-run = eine Stunde 24 gibt es nicht: die Stunden gehen von 00 bis 23
midnight-end-day-next = Mitternacht am Ende eines Tages ist 00:00 des nächsten Tages
not-such-date = ein Datum `{ $text }` gibt es nicht
year-out-range-not = das Jahr { $year } ist nicht erlaubt: von { $first_year } bis { $last_year }
not-clock-moved-forward = `{ $text }` gab es in der Zone { $zone } nicht: die Uhr wurde vorgestellt
came-twice-clock-moved = `{ $text }` gab es in der Zone { $zone } zweimal: die Uhr wurde zurückgestellt
write-time-too-t00 = geben Sie auch die Uhrzeit an: `{ $day }T00:00`
write-day-alone = geben Sie nur den Tag an: `{ $day }`
round-microseconds-t18 = runden Sie auf Mikrosekunden: `2026-11-20T18:30:00.123456`
nanoseconds-moment-given-finer = Nanosekunden gibt es hier nicht: der Zeitpunkt ist genauer als eine Mikrosekunde angegeben
missing-value-nan-nat = ein fehlender Wert (NaN, NaT oder NA)
fraction-no-exact-decimal = der Bruch hat keine exakte dezimale Form

## language/syntax

save-table-csv-with = speichern Sie die Tabelle als CSV mit `,` oder `;` zwischen den Zellen
spreadsheet-no-csv = das ist eine Datei einer Tabellenkalkulation, kein CSV
table-no-rows = die Tabelle hat keine Zeilen
header-columns-every-row = die Kopfzeile hat Spalten: { $columns }, jede Zeile hat Zellen: { $cells }
column-missing-header-one = fehlt in der Kopfzeile eine Spalte, oder ist eine zu viel?
cells-separated-tabs = die Zellen sind durch Tabulatoren getrennt
save-table-with-between = speichern Sie die Tabelle mit `,` oder `;` zwischen den Zellen
header-holds-both = die Kopfzeile enthält sowohl `,` als auch `;`
put-column-name-holds = setzen Sie den Spaltennamen, der ein solches Zeichen enthält, in Anführungszeichen
quote-opened-not-closed = das hier geöffnete Anführungszeichen wird nicht geschlossen
close-quote-quote-inside = schließen Sie das Anführungszeichen; innerhalb des Textes schreibt man es doppelt: `""`
text-stands-after-closed = nach dem schließenden Anführungszeichen steht Text
quote-inside-text-written = ein Anführungszeichen innerhalb des Textes schreibt man doppelt: `""`
column-no-name = Spalte { $number } hat keinen Namen
name-already-column = den Namen `{ $name }` hat schon die Spalte { $first }
row-cells-header = die Zeile hat Zellen: { $count }, die Kopfzeile: { $count2 }
empty-cell-needs-separator = auch eine leere Zelle braucht ihr Trennzeichen; setzen Sie eine Zelle, die eines enthält, in Anführungszeichen
wanted-wanted = hier wird erwartet: { $wanted }
link-leads-out-folder = `{ $name }` ist ein Link, der aus dem Ordner `{ $folder }` hinausführt
put-file-itself-into = legen Sie die Datei selbst in den Ordner
not-file-but-pipe = `{ $name }` ist keine Datei, sondern eine Pipe, ein Gerät oder ein Socket
line-not-json = die Zeile ist kein JSON
each-line-holds-one = jede Zeile enthält genau einen ganzen JSON-Wert
request-among-rules = `{ $file }` gibt Fakten dieses Regelwerks an: das liest sich als Anfrage
request-elsewhere = jede `.yaml`-Datei im Ordner eines Regelwerks gehört dazu; Anfragen in einen anderen Ordner legen
what-holds = dem Inhalt nach ist es `{ $section }`
more-after-belong-section = `{ $name }` und { $count } weitere danach gehören in den Abschnitt `{ $section }`, stehen aber nicht dort
belongs-section-does-not = `{ $name }` gehört in den Abschnitt `{ $section }`, steht aber nicht dort
line-missing-above-check = fehlt weiter oben die Zeile `{ $section }:`? Prüfen Sie auch die Einrückung
name-missing-above = in `{ $section }` fehlt über `{ $name }` ein Name
name-missing-above-hint = schreiben Sie den Namen in eine eigene Zeile mit Doppelpunkt am Ende, und was er sagt, tiefer eingerückt darunter
unknown-key-row = unbekannter Schlüssel `{ $name }` in der Zeile
one-listed-words = einer der erlaubten Werte
whole-number = eine ganze Zahl
number = eine Zahl
date-time = Datum und Uhrzeit
duration = eine Dauer
period = ein Zeitraum in Jahren und Monaten
text = ein Text
set-fields = ein Satz von Feldern
date-written = ein Datum schreibt man `2026-11-20`
date-time-written-t18 = Datum und Uhrzeit schreibt man `2026-11-20T18:30`
duration-written-minutes-hours = eine Dauer schreibt man `90 minutes`, `8 hours`, `2 days` oder `PT8H`
period-written = Jahre und Monate schreibt man `18 months`, `1 year 6 months` oder `P1Y6M`
how-pandas-writes-not = so schreibt pandas, dass es keinen Wert gibt: lassen Sie den Fakt weg (`row.dropna()`), oder geben Sie `None`, wenn bekannt ist, dass es keinen gibt
put-value-quotes = setzen Sie den Wert in Anführungszeichen
take-off-quotes = entfernen Sie die Anführungszeichen
wanted-wanted-given-value = erwartet: { $wanted }, gefunden: { $given }{ $value }
value-out-range-from = der Wert{ $value } liegt außerhalb der Grenzen: von { $least } bis { $most }
object-name-unfit = ein Objekt `{ $name }`
boolean = der Wahrheitswert
whole-number-unfit = die ganze Zahl
number-unfit = die Zahl
date-time-unfit = Datum und Uhrzeit
date-unfit-2 = das Datum
duration-unfit = die Dauer
period-unfit = der Zeitraum in Jahren und Monaten
text-unfit = der Text
mapping = eine Zuordnung
null = `null`
did-you-mean-listed = meinten Sie { $listed }?
indented-too-deep-key = zu weit eingerückt: der Schlüssel gehört neben `{ $beside }`, nicht hinein
missing-here-did-you-mean = hier fehlt `{ $missing }`: war das gemeint?
in-label = {" "}in `{ $label }`
wanted-key = als Schlüssel erwartet: { $wanted }, gefunden: `{ $key }`
wanted-wanted-inside-given = erwartet{ $inside }: { $wanted }, gefunden: { $given }
one-names = eines von { $names }
letter-not-latin = der Buchstabe `{ $letter }` ist nicht lateinisch
name-cannot-hold = ein Name darf `{ $letter }` nicht enthalten
write-node = schreiben Sie `[{ $node }]`
not-one-options-mistakes = `{ $word }` gehört nicht zu den erlaubten Werten{ $inside }
unknown-key-mistakes = unbekannter Schlüssel `{ $word }`{ $inside }
needs-beside = `{ $key }` braucht `{ $other }` daneben
stand-together-keep-one = `{ $one }` und `{ $other }` stehen{ $inside } zusammen; lassen Sie eines
missing-one-of = es fehlt{ $inside } eines von { $names }
nothing-inside = es steht nichts{ $inside }
too-few = nötig{ $inside }: mindestens { $bound } { $unit }, gefunden: { $count }
too-many = erlaubt{ $inside }: höchstens { $bound } { $unit }, gefunden: { $count }
less-than = `{ $found }`{ $inside } ist { $least ->
        [true] kleiner
       *[other] größer
    } als { $asked }
schema-does-not-hold = `{ $keyword }` des Schemas ist nicht erfüllt{ $inside }
may-stand = erlaubte Schlüssel: { $known }
put-quotes-if-text = wenn es Text ist, setzen Sie es in Anführungszeichen
if-goes-with-text = wenn das einen Text mit Komma fortsetzt, setzen Sie den ganzen Text in Anführungszeichen
write-value-alone-name = schreiben Sie den Wert selbst: `Name: Wert`
items = Elemente
keys = Schlüssel
characters = Zeichen
text-holds-unseen-character = der Text enthält das unsichtbare Zeichen U+{ $code }
problems-already-file-read = schon { $count } Fehler; die Datei wurde nicht weiter gelesen
line-file-longer-than = Zeile { $number } der Datei `{ $name }` ist länger als die erlaubten { $most_line } Bytes
file-of-path = die Datei `{ $path }`
standard-input = die Standardeingabe
body-of-request = die Anfrage
file-empty = { $what } ist leer
folder-file-wanted-source = `{ $name }` ist ein Ordner; erwartet wird eine Datei
file-cannot-read = { $what } lässt sich nicht lesen: { $why }
file-not-utf-start = { $what } ist nicht UTF-8; dem Anfang nach ist sie { $wide }
file-binary-byte-zero = { $what } ist binär: Byte { $at } ist null
file-not-utf-byte-at = { $what } ist nicht UTF-8: Byte { $byte } an Stelle { $start } ist falsch
file-not-utf-byte = { $what } ist nicht UTF-8: Byte { $byte } ist falsch
save-file-utf = speichern Sie sie als UTF-8
looks-like-windows-save = das sieht nach Windows-1251 aus; speichern Sie sie als UTF-8
write-listed = schreiben Sie { $listed }
did-you-mean = meinten Sie `{ $meant }`?
stray-asked = { $stray }; { $asked }
quote-part-word = das Anführungszeichen `{ $letter }` ist hier Teil des Wortes
holds-invisible-character = `{ $shown }` enthält das unsichtbare Zeichen { $code }
holds-cyrillic-letter = `{ $shown }` enthält den kyrillischen Buchstaben `{ $letter }`
holds-latin-letter = `{ $shown }` enthält den lateinischen Buchstaben `{ $letter }`
text-language-write = `{ $word }` ist hier Text; schreiben Sie `{ $write }`
if-text-write-quotes = wenn es Text ist, schreiben Sie `"{ $raw }"` in Anführungszeichen
write-quotes-if-text = schreiben Sie `{ $number }` oder, wenn es Text ist, `"{ $raw }"` in Anführungszeichen
said-code = { $said } { $code }
mark-git-left-two = `{ $first }` ist eine Markierung von git: zwei Änderungen der Datei wurden nicht zusammengeführt (Stellen: { $count })
keep-one-two-changes = behalten Sie eine der beiden Änderungen, und löschen Sie die Zeilen `<<<<<<<`, `=======`, `>>>>>>>`
instead-blank-no-break = statt eines gewöhnlichen Leerzeichens steht hier ein geschütztes
instead-blank-another-character = statt eines gewöhnlichen Leerzeichens steht hier ein anderes Zeichen
delete-type-ordinary-blank = löschen Sie es, und setzen Sie ein gewöhnliches Leerzeichen
key-already-line = der Schlüssel `{ $name }` steht schon in Zeile { $line }
stand-second-time-one = { $listed } stehen in einer Zuordnung ein zweites Mal
dash-new-item-key = fehlt hier der Strich `-` eines neuen Elements oder ein Schlüssel darüber?
text-holds-control-character = der Text enthält das Steuerzeichen U+{ $code }
number-written-way-read = die Zahl `{ $raw }` ist mehrdeutig: Programme lesen sie verschieden
number-more-than-digits = die Zahl hat mehr als { $most_digits } Ziffern
nested-deeper-than-levels = tiefer verschachtelt als { $deepest } Ebenen
aliases-stand-more-than = die Verweise ergeben mehr als { $most_aliased } Werte
alias-stands-inside-what = der Verweis `*{ $name }` steht in dem, worauf er verweist
alias-no-anchor-above = zum Verweis `*{ $name }` gibt es oben keinen Anker `&{ $name }`
key-must-word = ein Schlüssel muss ein Wort sein
put-quotes-if-text-with = wenn es Text mit einer Klammer oder einem Stern ist, setzen Sie ihn in Anführungszeichen
merging-not-language = Zusammenführen mit `<<` gibt es hier nicht
write-keys-out = schreiben Sie die Schlüssel aus
key-empty = der Schlüssel ist leer
list-under-value-read = die Liste unter einem Wert wird als Fortsetzung des Textes gelesen
take-off-value-list = entfernen Sie den Wert oder die Liste; Text setzen Sie in Anführungszeichen
second-document-file-holds = die Datei hat ein zweites YAML-Dokument; erwartet wird eines
take-off = entfernen Sie `---`
from-not-yaml = ab hier ist das kein YAML: { $told }
indent-with-spaces = rücken Sie mit Leerzeichen ein
line-indented-with-tab = die Zeile ist mit einem Tabulator eingerückt
put-text-straight-quotes = setzen Sie den Text in gerade Anführungszeichen: `"…"`
typographic-quotes-not-quotes = typografische Anführungszeichen sind für YAML keine, und der Doppelpunkt darin wird wie der eines Schlüssels gelesen
check-line-indentation-quotes = prüfen Sie die Einrückung dieser Zeile sowie Anführungszeichen und Klammern darüber
comparisons-words-least-put = Vergleiche sind Wörter: `{"{"}at_least: 18{"}"}`; Text setzen Sie in Anführungszeichen
close-quote = schließen Sie das Anführungszeichen
quote-opened-closed-only = das hier geöffnete Anführungszeichen schließt erst das nächste, eine Zeile tiefer
key-no-colon-after = nach dem Schlüssel fehlt der Doppelpunkt
write-key-value-indent = schreiben Sie `Schlüssel: Wert`, oder rücken Sie die Zeile ein, wenn sie einen Text fortsetzt
no-blank-stands-after = nach dem Doppelpunkt fehlt das Leerzeichen
write-key-value = schreiben Sie `Schlüssel: Wert`
file-begins-with-indented = die Datei beginnt mit einer eingerückten Zeile, darunter stehen Schlüssel ohne Einrückung
line-section-such-facts = fehlt darüber die Zeile eines Abschnitts, zum Beispiel `facts:`?
item-list-stands-where = ein Listenelement steht, wo Schlüssel stehen
line-such-rules-missing = fehlt darüber eine Zeile, zum Beispiel `rules:`? Prüfen Sie auch die Einrückung
align-with-keys-same = beginnen Sie sie in derselben Spalte wie die Schlüssel, zwischen denen sie steht
line-indented-otherwise-than = diese Zeile ist anders eingerückt als ihre Nachbarn
bracket-opened-not-closed = die hier geöffnete Klammer wird nicht geschlossen, oder es fehlt ein Komma darin
bracket-in-bare-text = ein Text mit `{"{"}` oder `[` steht ohne Anführungszeichen, oder davor fehlt ein Komma
close-bracket = schließen Sie die Klammer
value-cannot-start-with = ein Wert kann nicht mit `{ $letter }` beginnen
colon-where-no-key = ein Doppelpunkt, wo kein Schlüssel stehen kann
put-text-holds-colon = richten Sie diese Zeile an ihren Nachbarn aus; wenn der Doppelpunkt zu einem Text gehört, setzen Sie den Text in Anführungszeichen
before-value-anchor-alias = `&` und `*` vor einem Wert sind Anker und Verweis; hier fehlt der Name
unknown-escape-double-quotes = unbekannte Schreibweise mit `\` in doppelten Anführungszeichen
use-single-quotes-write = nehmen Sie einfache Anführungszeichen, oder schreiben Sie `\\`
language-no-tags-directives = Tags und Direktiven von YAML gibt es hier nicht
after-text-starts-new = nach `|` und `>` beginnt der Text in einer neuen Zeile
not-value-before = vor `{ $letter }` fehlt ein Wert
neither-key-nor-list = hier kann weder ein Schlüssel noch ein Listenelement beginnen; prüfen Sie die Einrückung
not-yaml = das ist kein YAML: { $error }
anchor-already-line = den Anker `&{ $anchor }` gibt es schon in Zeile { $line }
tag-not-language = das Tag `{ $tag }` gibt es hier nicht
take-tag-off-put = entfernen Sie das Tag, oder setzen Sie den Wert in Anführungszeichen, wenn er Text ist
nothing-refers-anchor = auf den Anker `&{ $name }` verweist nichts
take-off-put-value = entfernen Sie ihn, oder setzen Sie den Wert in Anführungszeichen, wenn er Text ist

## matching

reserved-kind = die Art ist vergeben
too-many-fields = zu viele Felder
reserved-field = der Name des Feldes ist vergeben
too-many-rules = zu viele Regeln
told-twice-linter = doppelt
rules-one-kind = Regeln zu einer Art von Fakt
tests-one-kind = Prüfungen zu einer Art von Fakt
what-comes-first = zuerst kommt, was vorhanden ist
too-many-patterns = zu viele Bedingungen
none-comes-last = `none` steht zuletzt
alias-taken-no-name = der Name ist vergeben oder kein Name
unknown-kind = unbekannte Art
transient-under-none = Flüchtiges darf nicht unter `none` stehen
too-many-tests-pattern = zu viele Prüfungen
field-another-kind = ein Feld anderer Art
value-too-large = der Wert ist zu groß
no-such-alias-above = diesen Namen gibt es weiter oben nicht
different-kinds-field = verschiedene Arten von Feldern
only-numbers-ordered = geordnet sind hier nur Zahlen

## messages

or-between = {" "}oder{" "}

## model

extra-missing = das Paket `{ $module }` ist nicht installiert
install-extra = führen Sie `pip install "reglament[{ $extra }]"` aus
more-problems-all = … und { $left } weitere Fehler, insgesamt { $total }
and-what-follows = { $is_one ->
    [true] … und weitere Folgen dieses Fehlers: { $count }
   *[other] … und weitere Folgen dieser Fehler: { $count }
}

## policy

bundle-foreign = `{ $path }` ist kein gebautes Regelwerk
bundle-changed = das gebaute Regelwerk `{ $path }` wurde geändert oder abgeschnitten
bundle-newer = das gebaute Regelwerk `{ $path }` stammt von einem neueren reglament
bundle-older = das gebaute Regelwerk `{ $path }` stammt von einem anderen reglament
bundle-build-again = bauen Sie es neu: `reglament build POLICY -o FILE`
bundle-built = `{ $path }` ist gebaut und wird nicht bearbeitet
bundle-edit-source = bearbeiten Sie, woraus es gebaut wurde
policy-cannot-read = das Regelwerk `{ $name_or_path }` lässt sich nicht lesen: { $why }
not-policy-neither-bundled = es gibt kein Regelwerk `{ $name_or_path }`: weder ein mitgelieferter Name noch ein Pfad
name-bundled-policy-file = nennen Sie ein mitgeliefertes Regelwerk, eine Datei oder einen Ordner; der aktuelle Ordner ist `.`
several-policies-here = hier sind mehrere Regelwerke: { $names }
name-one-policy = nennen Sie eines: `--policy NAME` oder `policy = "NAME"` in der `reglament.toml` des Projekts
no-policy-here = kein Regelwerk gefunden in { $folder }
name-policy-or-begin = nennen Sie eines mit `--policy`: einen Ordner, eine Datei oder ein mitgeliefertes ({ $names }); `reglament new NAME` beginnt ein neues
policies-known = bekannte Regelwerke: { $names }
policy-is-at = Regelwerk: { $path }
policy-by-settings = Regelwerk: { $path } (genannt in { $file })
policy-is-bundled = Regelwerk: { $name }, mit reglament geliefert ({ $path })
bundled-policy-read = Hier ist kein Regelwerk, daher gilt das mitgelieferte `{ $policy }`. Ein anderes nennen Sie mit `--policy`.
settings-no-table = `reglament` ist keine Tabelle
settings-unknown-key = unbekannte Einstellung `{ $key }`
settings-known = bekannte Einstellungen: { $names }
settings-policy-no-text = `policy` ist weder Name noch Pfad
settings-example = zum Beispiel: `policy = "fees"`
settings-not-toml = kein gültiges TOML: { $why }

## rendering

why = Warum
avoid = Vermeiden
prefer = Besser
rules-apply-together-disagree-advice = Widerspruch: Regeln gelten zugleich und ergeben Verschiedenes
order-rules-means-nothing = Die Reihenfolge der Regeln bedeutet nichts, deshalb lässt sich eine solche Anfrage nicht entscheiden; gemeldet wird ein Fehler. Geben Sie an, welche Regel Vorrang hat (`overrides`), oder formulieren Sie die Bedingungen so, dass sie einander ausschließen.
no-rule-applies = Lücke: keine Regel gilt
request-rules-silent-refused = Eine Anfrage, für die keine Regel gilt, lässt sich nicht entscheiden; gemeldet wird ein Fehler. Wenn der Text dazu wirklich nichts sagt, schreiben Sie ein `otherwise` mit Begründung.
some-days-no-value = zeitliche Lücke: manche Tage haben keinen Wert
version-holds-days-no = Die Fassung gilt auch an Tagen, für die es weder Wert noch Regel gibt. Anfragen dieser Tage lassen sich nicht entscheiden.
condition-cannot-hold-another = Ihre Bedingung ist nie erfüllt, oder überall hat eine andere Regel Vorrang. Es sieht so aus, als ob die Regel wirkt, sie wirkt aber nicht.
without-rule-all-stays = eine überflüssige Regel
other-rules-say-same = Andere Regeln ergeben dasselbe und führen dieselben Bestimmungen an; wer nur eine davon ändert, ändert nichts, was leicht zu übersehen ist. Eine Regel, die als einzige eine Bestimmung anführt, wird nicht gemeldet.
test-always-holds = eine Prüfung ist immer erfüllt
other-conditions-rule-say = Sie folgt aus den übrigen Bedingungen, oder es kann nicht anders sein. Entfernen oder korrigieren Sie die Prüfung: die Grenze, den Namen, den Operator.
test-never-holds = eine Prüfung ist nie erfüllt
wherever-could-matter-test = Wo etwas von der Prüfung abhängt, ist sie nie erfüllt; dieser Teil der Bedingung wirkt also nie.
no-request-reaches-outcome = ein unerreichbares Ergebnis
outcome-declared-no-request = Das Ergebnis ist deklariert, doch keine Anfrage kann es erhalten: eine Regel fehlt, oder eine Bedingung ist falsch. Entfernen Sie das Ergebnis, wenn es nicht gebraucht wird.
nobody-reads-fact = ein ungenutzter Fakt
what-decides-nothing-need = Fragen Sie nicht nach einem Fakt, der nichts entscheidet: das kostet Arbeit und sammelt Daten ohne Zweck.
parameter-not-used = ein Parameter wird nicht verwendet
rule-probably-repeats-value = Vielleicht steht in einer Regel die Zahl statt des Parameters. Dann ändert eine Änderung des Parameters keine Entscheidung.
nothing-cites-clause-advice = eine Bestimmung wird nirgends angeführt
clause-text-no-rule = Entweder fehlt eine Regel, oder in `no_rule` sollte stehen, warum keine nötig ist.
no-rule-clause-cited = `no_rule` bei einer Bestimmung, die angeführt wird
clause-said-need-no = Dort steht, dass keine Regel nötig ist, Regeln führen die Bestimmung aber an. Entfernen Sie `no_rule` oder das Anführen.
reading-decides-nothing = eine Auslegung entscheidet nichts
with-other-alternative-every = Welche Variante auch gewählt wird, die Ergebnisse sind dieselben. Vielleicht fehlt einer Regel ihr `under:`; wenn nicht, entfernen Sie die Auslegung.
rule-names-unknown-word = eine Regel nennt ein unbekanntes Wort
open-choice-takes-any = Eine offene Auswahl nimmt jedes Wort an, ein Tippfehler in einer Regel wird deshalb nicht gemeldet: die Regel gilt nur nie. Korrigieren Sie das Wort, oder ergänzen Sie es in `options`.
word-is-name-too-advice = ein Wort einer Regel ist auch ein Name
bare-word-rule = Ein Wort, das der Fakt oder die Entscheidung deklariert, ist dieses Wort. Jedes andere Wort bedeutet den Fakt, die Entscheidung oder den Parameter dieses Namens, wenn es das gibt; sonst das Wort selbst. Sagen Sie, was gemeint ist: literal für das Wort, same_as für den Wert.
no-rule-names-option = keine Regel nennt einen Wert
rules-name-other-options = Regeln nennen die anderen Werte, dieser wurde vergessen: er wird wie jedes andere Wort entschieden. Nennen Sie ihn in einer Regel, und sei es neben dem, dem er gleicht.
text-missing-one-language = ein Text fehlt in einer Sprache
readers-language-will-see = Wer diese Sprache liest, sieht eine Leerstelle, die andere Sprache oder einen Satz ohne seinen Wert.
not-answer-about-days = Fristen nach dem letzten Tag des Kalenders lassen sich nicht berechnen. Ergänzen Sie das nächste Jahr, sobald es festgelegt ist.
worked-example-names-rule = ein Beispiel nennt eine Regel, die es nicht gibt
rule-row-table-otherwise = Die Regel, die Tabellenzeile oder das `otherwise` wurde entfernt oder umbenannt, das Beispiel erwartet sie aber noch: es kann nicht bestehen.
worked-example-proves-nothing = ein Beispiel, das nichts prüft
example-expects-nothing-repeats = Das Beispiel erwartet nichts oder wiederholt ein anderes: es prüft nichts Neues.
diagram-decision-outgrew-budget-so = Die Entscheidung ist zu umfangreich, um sie vollständig zu prüfen, deshalb ist über sie nichts bekannt. Teilen Sie sie in mehrere Entscheidungen.
told-request = aus der Anfrage
given-caller = vom Aufrufer angegeben
moment-deciding = Zeitpunkt der Entscheidung
first-day-of-version = der erste Tag der einzigen Fassung
applied-auditor = angewandt
overridden-auditor = nicht angewandt: andere Regeln haben Vorrang
did-not-apply-auditor = nicht angewandt
open = noch nicht bekannt
met = erfüllt
unmet = nicht erfüllt
regulation = Regelung
digest = Prüfsumme
note = Hinweis
facts-told = angegebene Fakten
none = keines
possible = möglich
needs = benötigt
not-exact = nicht exakt
settled = entschieden durch
worth-asking = zu erfragen
why-auditor = warum
what-do = was zu tun ist
cannot-listed = nicht aufzählbar
another-rule-applies = eine andere Regel gilt
may-apply-auditor = {" "}– gilt möglicherweise
if = wenn
readings-auditor = Auslegungen:
working-time-counted-auditor = gezählte Arbeitszeit:
day-from-minutes = Tag von bis Minuten
total = gesamt
bound-least = { $is_time ->
    [true] frühestens { $least }
   *[other] mindestens { $least }
}
bound-most = { $is_time ->
    [true] spätestens { $most }
   *[other] höchstens { $most }
}
bounds-of = von { $least } bis { $most }
and = und
or = oder
months-in-dates = Januar, Februar, März, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember
around-the-clock = rund um die Uhr
first-open-of = wer gerade geöffnet hat: { $desks }
closed-all-day = geschlossen
weekdays = Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag, Sonntag
weekdays-short = Mo, Di, Mi, Do, Fr, Sa, So
date-in-words = { $day }. { $month } { $year }
full-day = { $weekday }, { $day }
letter-day = { $day }
letter-moment = { $weekday }, { $day }, { $clock } Uhr
hours-of-the-clock = 24
quoted = „{ $text }“
diagram-nodes-picture-made = das Diagramm ist zu groß für ein Bild, Knoten: { $count }; gezeichnet werden höchstens { $most_boxes }
anything-else-drawing = jeder andere Wert
one = ist vorhanden
gap-no-rule = eine Lücke: keine Regel
refused-rests-refused-decision = nicht entscheidbar: hängt von etwas ab, das sich nicht entscheiden lässt
if-can = , falls das vorkommt
span-above = { $is_time ->
    [true] nach { $value }
   *[other] mehr als { $value }
}
span-up-to = { $is_time ->
    [true] bis { $value }
   *[other] höchstens { $value }
}
span-below = { $is_time ->
    [true] vor { $value }
   *[other] weniger als { $value }
}
span-from = ab { $value }
error = Fehler
warning = Warnung
exact = bewiesen
unproven = nicht bewiesen
request = Anfrage
where = wobei
so-findings = und daher
more-follow-from = und { $count } weitere, die daraus folgen
not-told = nicht angegeben
cannot-decided = lässt sich nicht entscheiden
working-time-counted = gezählte Arbeitszeit
days-more = { $days ->
    [one] und { $days } weiterer Tag
   *[other] und { $days } weitere Tage
}
hours-short = { $told } Std.
clauses-rules-examples = Bestimmungen, Regeln, Beispiele
clause-heading = Bestimmung
what-says = Inhalt
rules-examples = Regeln und Beispiele
covered-nothing = durch nichts abgedeckt
no-example = kein Beispiel
needs-no-rule = keine Regel nötig
named = genannt von
examples = Beispiele
clauses-with-rules-need = Bestimmungen: { $count }; mit Regeln: { $ruled }, keine Regel nötig: { $excused }, durch nichts abgedeckt: { $bare }
choice = Auswahl
yes-no = ja oder nein
whole-number-page = ganze Zahl
number-page = Zahl
moment-page = Zeitpunkt
duration-page = Dauer
period-page = Jahre und Monate
text-page = Text
list-page = Liste
record = Datensatz
any-other = anderes
time-zone-page = Zeitzone
facts = Fakten
fact-meaning-values-null = Fakt|Bedeutung|Werte|null bedeutet
decisions = Entscheidungen
hours-page = Arbeitszeiten
parameters = Parameter
parameter-meaning-value-from = Parameter|Bedeutung|Wert|ab
chosen = gewählt
clauses-text = Bestimmungen des Textes
clause-where-what-says = Bestimmung|Stelle|Inhalt|Regeln
where-all-holds-else = { $met }, wenn alles erfüllt ist; sonst { $unmet }:
otherwise = sonst
hit-policy-first = Wenn mehrere Regeln zutreffen, gilt die erste.
hit-policy-priority = Wenn mehrere Regeln zutreffen, gilt das zuerst genannte Ergebnis.
field-of = { $second }: { $first }
group-overrides = Regeln der Gruppe { $group } haben Vorrang vor denen von { $others }.
counted-at-least = mindestens { $least } von diesen:{" "}
counted-at-most = höchstens { $most } von diesen:{" "}
counted-exactly = genau { $count } von diesen:{" "}
counted-between = { $least } bis { $most } von diesen:{" "}
counted-not-between = weniger als { $least } oder mehr als { $most } von diesen:{" "}
hit-policy-unique = Es trifft höchstens eine Regel zu.
hit-policy-rule-order = Die Positionen stehen in der Reihenfolge der Regeln.
total-sum = Das Ergebnis ist die Summe über alle Regeln, die zutreffen.
total-count = Das Ergebnis ist die Zahl der Regeln, die zutreffen.
total-minimum = Das Ergebnis ist der kleinste Wert der Regeln, die zutreffen.
total-maximum = Das Ergebnis ist der größte Wert der Regeln, die zutreffen.
overrides = hat Vorrang vor
answer-we-need-know = Für die Antwort fehlen
letter-questions = Um zu antworten, brauchen wir von Ihnen diese Angaben:
letter-found-out = Das Übrige klären wir selbst: { $facts }.
letter-next = Was als Nächstes zu tun ist.
if-also = wenn es auch um „{ $matter }“ geht: { $steps }
letter-near = In Ihrer Anfrage steht { $told }. Wenn Sie { $near } meinen, antworten Sie auf diese Nachricht: davon hängt die Antwort ab.
letter-clauses = Das folgt aus der Regelung, Abschnitt { $clauses }.
next = Weiter
told-is-not-near = { $told } ist nicht { $near }; wenn Letzteres gemeint war, geben Sie es an
too-many-cases-try = Es gab zu viele Fälle, um alle zu prüfen: vielleicht hängt das Ergebnis nicht davon ab.
not-stated = keine Angabe
may-be-overridden-by = Vorrang hat möglicherweise { $names }
overridden-anyway-by = bei keinen Fakten angewandt: Vorrang hat { $names }
overridden-by = nicht angewandt: Vorrang hat { $names }
message = { $message }.
depends-on-refused = Hängt von etwas ab, das sich nicht entscheiden lässt: { $behind }.
either-reason = Entweder: { $reason }
or-reason = Oder: { $reason }
depends-on-missing = Es fehlt: { $needed }.
rounded-down = { $first }, abgerundet auf { $second }
rounded-up = { $first }, aufgerundet auf { $second }
rounded-half-up = { $first }, gerundet auf { $second } (die Hälfte nach oben)
rounded-half-even = { $first }, gerundet auf { $second } (die Hälfte zur geraden Zahl)
rounded-never-more = { $first }, gerundet auf { $second }, nie auf mehr
rounded-never-less = { $first }, gerundet auf { $second }, nie auf weniger
day-of = Tag von { $first }
per-cent-of = { $first } % von { $second }
brackets-of = nach Stufen von { $first }: { $second }
bracket-up-to = bis { $end } – { $rate } %
bracket-above = darüber – { $rate } %
next-working-day = { $first } oder, wenn das ein freier Tag ist, der nächste Arbeitstag
last-working-day = { $first } oder, wenn das ein freier Tag ist, der letzte Arbeitstag davor
working-days-after = { $first } plus Arbeitstage: { $second }
working-days-counting = Arbeitstag Nr. { $second } ab { $first }, dieser mitgezählt
working-days-moved = { $first } (oder der nächste Arbeitstag) plus Arbeitstage: { $second }
working-time-from = Arbeitszeit von { $first } bis { $second }
full-working-hours-from = volle Arbeitsstunden von { $first } bis { $second }
full-hours-from = volle Stunden von { $first } bis { $second }
full-minutes-from = volle Minuten von { $first } bis { $second }
day-of-week = Wochentag von { $first } (1 ist Montag)
month-of = Monat von { $first } (1 ist Januar)
year-of = Jahr von { $first }
start-of-month = erster Tag des Monats von { $first }
start-of-quarter = erster Tag des Quartals von { $first }
start-of-year = erster Tag des Jahres von { $first }
end-of-month = letzter Tag des Monats von { $first }
end-of-quarter = letzter Tag des Quartals von { $first }
end-of-year = letzter Tag des Jahres von { $first }
age-on = Alter in vollen Jahren: geboren { $first }, am { $second }
other-word = jedes andere
full-days-from = volle Tage von { $first } bis { $second }
full-months-from = volle Monate von { $first } bis { $second }
period-from = volle Jahre und Monate von { $first } bis { $second }
full-years-from = volle Jahre von { $first } bis { $second }
plus = {" "}plus{" "}
greatest-of = das Größte von: { $first }
least-of = das Kleinste von: { $first }
amount-in-units = { $unit ->
    [hour] { $amount } (Stunden)
    [day] { $amount } (Tage)
    [month] { $amount } (Monate)
   *[year] { $amount } (Jahre)
}
working-hours = { $count ->
    [one] { $amount } Arbeitsstunde
   *[other] { $amount } Arbeitsstunden
}
first-plus-second = { $first } plus { $second }
always = immer
never = nie
least-tests-in-words = ist mindestens
most-tests-in-words = ist höchstens
more-than = ist größer als
less-than-tests-in-words = ist kleiner als
not-earlier-than = ist nicht früher als
not-later-than = ist nicht später als
later-than = ist später als
earlier-than = ist früher als
day-tests-in-words = , nach Tagen
was-value = war { $value }
so-far-value = bisher { $value }
not-so = es gilt nicht: { $said }
list-some = „{ $list }“ hat eine Position mit: { $said }
list-no-such = „{ $list }“ hat keine Position mit: { $said }
list-every = jede Position von „{ $list }“: { $said }
list-not-every = nicht jede Position von „{ $list }“: { $said }
list-if-then = wenn { $where }, dann { $said }
list-count = die Zahl der Positionen von „{ $list }“
list-count-where = die Zahl der Positionen von „{ $list }“ mit ({ $said })
items-where = die Werte von „{ $list }“ mit ({ $said })
one-item = ein Wert der Liste
list-sum = die Summe von „{ $term }“ über „{ $list }“
list-minimum = das kleinste „{ $term }“ in „{ $list }“
list-maximum = das größte „{ $term }“ in „{ $list }“
list-distinct = die Anzahl verschiedener „{ $term }“ in „{ $list }“
list-of-values = die Liste der „{ $term }“ in „{ $list }“
list-total-where = { $total }, für Positionen mit ({ $said })
item-field-label = { $field } ({ $item } { $number })
inner-list-label = { $list } ({ $item })
item-label = { $item } { $number }
item-inside-item = { $outer }, { $item }
item-said = { $item } { $number }: { $said }
list-more-label = ob „{ $list }“ weitere Positionen hat
list-any-question = Hat „{ $list }“ Positionen?
list-more-question = Hat „{ $list }“ weitere Positionen?
list-counted = { $count ->
    [one] Position { $items }
   *[other] Positionen { $items }
}
list-found-none = keine Position
list-exception = Ausnahme: { $items }
list-all-so = keine Ausnahme
not-same = { $subject } ist nicht dasselbe wie { $operand }
value-subject = { $subject }: ein Wert ist vorhanden
subject-with-answer = { $subject }: { $said }
subject-with-opposite = { $subject }: nicht { $said }
subject-is = { $subject }: { $said }
not-subject-said = { $subject }: nicht { $said }
none-subject-neither = { $subject }: keines von { $neither }
within-subject-title = { $subject } liegt in: { $said }
not-within = { $subject } liegt nicht in: { $said }
includes-subject-value = { $subject } enthält: { $said }
does-not-include = { $subject } enthält nicht: { $said }
minus = { $first } minus { $second }
absolute-of = { $first } ohne Vorzeichen
seconds-of = Sekunden über volle Minuten hinaus: { $first }
minutes-of = Minuten über volle Stunden hinaus: { $first }
hours-of = Stunden über volle Tage hinaus: { $first }
days-of = volle Tage in { $first }
months-of = Monate über volle Jahre hinaus: { $first }
years-of = volle Jahre in { $first }
modulo-of = Rest von { $first } geteilt durch { $second }
middle-of = der Median von { $first }
mean-of = das Mittel von { $first }
exponent-whole = ein Exponent ist eine ganze Zahl
median-odd-count = der Median braucht eine ungerade Anzahl von Zahlen
divisor-may-be-zero = `{ $name }` kann hier null sein, und durch null wird nicht geteilt
show-divisor-not-zero = die Bedingung der Regel muss es ausschließen, etwa `{ $name }: {"{"}more_than: 0{"}"}`, oder die Grenzen des Fakts, etwa `at_least: 1`; oder sagen Sie, was dann herauskommt: `by_zero: null`

## rendering/templates

report-decision-log = Bericht über das Entscheidungsprotokoll
requests-decided = Entschiedene Anfragen
entry-decision = Eintrag
entry-decision-2 = Eintrag
decision-log = des Entscheidungsprotokolls
something-wrong-with-entry = Dieser Eintrag ist nicht unversehrt
facts-told-decision = Angegebene Fakten
what-decided-why = Entscheidungen und Gründe
needed = Benötigt
pale-working-hours-dark = Blass: Arbeitszeit; kräftig: gezählte Zeit.
clauses-regulation = Bestimmungen der Regelung
what-proves = Nachweise

## worktime

calendar-does-not-cover = der Kalender { $name } umfasst das Jahr { $year } nicht: { $day } liegt außerhalb von { $first } bis { $last }
ends-before-begins = er endet am { $last_day }, bevor er am { $first_day } beginnt
covers-more-than-years = er umfasst mehr als { $longest_years } Jahre
reaches-first-last-year = er erreicht das erste oder letzte Jahr, das ein Datum haben kann
weekdays-numbered-from-monday = Wochentage sind von 0 (Montag) bis 6 (Sonntag) nummeriert
short-days-cannot-longer = verkürzte Tage können nicht länger sein als andere
outside-day-first-day-last-day = { $day } liegt außerhalb von { $first_day } bis { $last_day }
called-short-day-not-working = { $day } ist als verkürzter Tag genannt, aber kein Arbeitstag
every-working-day-must = jeder Arbeitstag muss später enden, als er beginnt

## languages of a policy

no-text-in-language = hier fehlt der Text in `{ $language }`
no-text-at-all-in-language = es gibt keinen einzigen Text in `{ $language }`
say-text-here = schreiben Sie ihn dazu: `{"{"}{ $language }: …{"}"}`
say-text-here-or-in-file = schreiben Sie ihn hierher, `{"{"}{ $language }: …{"}"}`, oder in `texts.{ $language }.yaml`{ $where }
language-not-declared =
    { $count ->
        [1] das Regelwerk hat keine Sprache `{ $language }`
       *[other] das Regelwerk hat keine Sprache `{ $language }`, und { $count } Texte sind in ihr
    }
languages-are = seine Sprachen sind { $known }: nehmen Sie diese in `languages` auf, oder streichen Sie den Text
title-lacks-language = im Titel fehlt `{ $language }`, und Texte haben es: { $count }
say-in-title = ergänzen Sie im Titel `{ $language }: …`, oder nennen Sie die Sprachen: `languages: […]`
name-language = nehmen Sie `{ $name }` in `languages` auf
language-of-text-unsaid = es fehlt, in welcher Sprache dieser Text ist
say-languages = schreiben Sie in das Regelwerk etwa `languages: [de]`
no-language = es gibt keine Sprache `{ $language }`
language-tags = eine Sprache wird mit ihrem Kürzel genannt: `ru`, `en`, `de`
no-such-text = in den Regeln gibt es keinen Text `{ $path }`
take-text-out = streichen Sie ihn, oder nehmen Sie den Text in die Regeln auf
newer-language = das Regelwerk ist in Version { $language } der Sprache der Regelwerke geschrieben, dieses Programm liest Version { $known }
update-reglament = aktualisieren Sie reglament: `pip install --upgrade reglament`
languages-of-next-version = `--languages` ist für ein neues Regelwerk: die nächste Fassung hat die Sprachen der letzten, die in ihren Dateien geändert werden
column-missing = es gibt keine Spalte für { $names }
column-missing-allow = geben Sie an, dass sie in jeder Zeile fehlen: `--missing-columns allow`, in Python `missing_columns="allow"`
column-none = keine Spalte enthält einen Fakt des Regelwerks
column-called-as-fact = eine Spalte heißt wie ihr Fakt: `{ $name }`
column-unknown = die Spalte `{ $name }` gibt keinen Fakt an
column-twice = die Spalte `{ $name }` steht zweimal da
column-wrong-type = die Spalte `{ $column }` enthält `{ $given }`, und der Fakt `{ $fact }` ist { $wanted }
column-told-type = die Spalte `{ $name }` sagt, ob ein Wert angegeben ist: sie enthält true oder false, nicht `{ $given }`
mapped-no-column = es gibt keine Spalte `{ $name }`, die zugeordnet werden könnte
mapped-no-fact = es gibt keinen Fakt `{ $name }`, dem eine Spalte zugeordnet werden könnte
keep-other-columns = nennen Sie die Spalten, die bleiben sollen: `keep=["id"]`
layout-unknown = möglich sind { $listed }
option-one-of = `{ $name }` ist eines von { $listed }, nicht `{ $given }`
column-mixed = die Spalte `{ $name }` enthält Werte verschiedener Typen oder eines, den Arrow nicht hat
column-leave-out = lassen Sie sie weg, wenn sie keinen Fakt angibt
table-unknown = Tabellen sind solche von pyarrow, Polars und pandas sowie Relationen von DuckDB, nicht { $given }

### Several policies

no-shared-part = es gibt keinen gemeinsamen Teil `{ $name }`
shared-part-stands = legen Sie `{ $name }.yaml` oder einen Ordner `{ $name }` neben die Fassung oder neben das Regelwerk
section-not-shared = der Abschnitt `{ $name }` kann nicht gemeinsam sein
policies-import-each-other = `{ $name }` übernimmt eine Entscheidung aus diesem Regelwerk und dieses aus ihm
import-refused = das Regelwerk `{ $name }` hat Fehler: { $why }
check-it-alone = führen Sie `reglament check --policy { $path }` aus
based-on-unknown-version = das Regelwerk `{ $policy }` hat keine Fassung `{ $name }`
no-policy-beside = neben diesem gibt es kein Regelwerk `{ $name }`, auch kein mitgeliefertes
import-changed = `{ $name }` { $version } hat sich geändert: die Prüfsumme ist eine andere
digest-now = sehen Sie nach, was sich geändert hat, und schreiben Sie `{ $digest }`
policy-no-decision = das Regelwerk `{ $policy }` hat keine Entscheidung `{ $name }`
imported-already = `{ $source }` ist bereits als `{ $name }` übernommen
import-other-zone = `{ $name }` zählt Tage in der Zeitzone { $zone }
import-lacks-language = `{ $name }` hat keine Texte in `{ $language }`
import-other-fact = der Fakt `{ $fact }` ist in `{ $name }` anders deklariert
declare-as-there = deklarieren Sie `{ $fact }` wie dort, oder lassen Sie ihn hier weg
