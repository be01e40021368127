### русский

## analysis

no = нет
yes = да
unknown-decision = неизвестно решение `{ $name }`
decisions-listed = решения: { $listed }
example-expects-nothing-worked-examples = пример ничего не ожидает
say-expect-what-must = укажите в `expect` ожидаемые исходы

## analysis/counterfactual

name-message = `{ $name }`: { $message }

## analysis/diff

gap = пробел
conflict = коллизия
no-answer = ответа нет
nothing = ничего
only-among-these-requests = только среди этих заявок
many-ways = по-разному
example = например
rules = правила
clauses = пункты
so = Как следствие
because = потому что
other-changes = Прочие изменения
not-settled = Не установлено
decided-before = Решаются по-прежнему
requests-tried = проверено заявок
edit-does-not-reach = правка их не касается
proven-diagrams = доказано диаграммами
proven-solver = доказано решателем
no-difference = Изменений нет.
items-decided-otherwise = оно читает список, о позициях которого решается иначе, и примера изменения не найдено
cosmetic-proven-every-request = Изменились только формулировки и порядок. Доказано: исход любой заявки прежний.
outcomes-change = Исходы меняются.
no-change-found-not = Изменений не найдено, но установлено не всё.
no-outcome-changes-something = Ни одно решение не меняется; изменилось другое.
versions-share-no-values = у версий нет общих значений: сменился тип
new-title = { $title } (новые)
calendar-hours-covered-now = календарь часов `{ $name }` охватывал { $first_day }–{ $last_day }, теперь { $first_day2 }–{ $last_day2 }
request-solver-found-not = найденная решателем заявка не подтвердилась
new-option = новое допустимое значение `{ $word }` факта `{ $name }`, { $named }
given-listed = его дают { $listed }
given-no-rule = его не даёт ни одно правило
new-outcome-decision = новый исход `{ $word }` решения `{ $name }`, { $by }, { $named }
named-no-rule = ни одно правило его не называет
named-listed = его называют { $listed }
new-fact = новый факт `{ $name }`
fact-gone = факт `{ $name }` удалён
fact-type-changed = тип факта `{ $name }` был `{ $before }`, стал `{ $after }`
assumed-otherwise = принимаемое значение `{ $name }`: { $before } → { $after }
assumed-if-not-told = если не указано, принимается: { $value }
null-no-longer-allowed = `{ $name }` больше не может быть `null`
null-now-allowed = `{ $name }` теперь может быть `null`
places-changed = знаков после запятой у `{ $name }`: { $before } → { $after }
fields-differ = поля `{ $name }` другие
bounds-changed = границы факта `{ $name }`: { $before } → { $after }
now-any-word = `{ $name }`: теперь допустимо любое значение
now-named-words-only = `{ $name }`: теперь допустимы только перечисленные значения
word-gone = значение `{ $word }` факта `{ $name }` удалено
policy = регламент
version = редакция
known-from = опубликована
holds-from = действует с
holds-until = действует по
version-chosen = редакцию выбирает
time-zone = часовой пояс
label-before-after = { $label }: { $before } → { $after }
new-decision = новое решение `{ $name }`
decision-gone = решение `{ $name }` удалено
happened-to = { $what } { $count }
examples-happened = разобранные примеры: { $happened }
thing-named-happened-listed = { $thing }{ $named }: { $happened }{ $listed }
fact = факт
parameter = параметр
hours = часы работы
decision = решение
rule = правило
reading = толкование
clause = пункт
title = название
explanation = объяснение
subjects-watched = объекты наблюдения
reactions = реакции
added = добавлено
removed = удалено
changed = изменено
same = { $subject } — то же, что { $operand }

## analysis/findings

rule-never-decides = правило никогда не применяется
calendar-ends-soon = календарь скоро закончится
not-analysed = не проверено
part-not-analysed = редакция проверена не полностью
decision-not-analysed = решение `{ $decision }` не проверено
in-examples = примеров: { $count }
decision-no-otherwise-named = у решения `{ $name }` нет `otherwise`, а примеры называют `{ $rule }` ({ $places })
decision-no-rule-named = в решении `{ $name }` нет правила `{ $rule }`, а примеры называют его ({ $places })
calendar-ended-not-answer = календарь `{ $calendar }` { $is_past ->
        [true] кончился
       *[other] кончается
    } { $last }: о более поздних днях ответа нет
rules-apply-together-disagree = правила { $names } решения `{ $decision }` применяются вместе и дают разные исходы, и ни у одного нет приоритета
rules-may-apply-together = правила { $names } решения `{ $decision }`, возможно, применяются вместе и дают разные исходы
unique-rules-apply-together = правила { $names } решения `{ $decision }` применяются вместе, а при `hit_policy: unique` применяется только одно
unique-rules-may-apply-together = правила { $names } решения `{ $decision }`, возможно, применяются вместе, а при `hit_policy: unique` применяется только одно
fails = не выполняется
holds = выполняется
every-request = для любой заявки
wherever-could-matter = всюду, где от неё что-то зависит
test-rule = проверка «{ $test }» в правиле `{ $rule }` { $answer } { $when }
otherwise-never-decides-some = до `otherwise` решения `{ $decision }` дело не доходит: при любых фактах применяется какое-то правило
rule-never-decides-wherever = правило `{ $rule }` никогда не применяется: во всех его случаях приоритет у { $above }
requirement-cannot-met-condition = требование `{ $rule }` невыполнимо: его условие не выполняется никогда
rule-never-decides-condition = правило `{ $rule }` никогда не применяется: его условие не может выполниться
not-known-whether-rule = не удалось установить, применяется ли правило `{ $rule }` хотя бы к одной заявке
neither-proof-nor-request = не удалось ни доказать это, ни найти пример: в условиях сравниваются вычисляемые значения или проверяются списки
diagram-decision-outgrew-budget = решение слишком сложное для полного анализа
decision-gap-some-requests = в решении `{ $name }` пробел: есть заявки, к которым не применяется ни одно правило, а `otherwise` нет
parameter-no-value-days = у параметра `{ $name }` нет значения на некоторые дни, когда редакция действует
decision-days-none-dated = в решении `{ $name }` есть дни, на которые не приходится ни одно правило
example-expects-nothing = пример `{ $example }` ничего не ожидает
example-repeats = пример `{ $example }` повторяет пример `{ $other }`
reading-decides-nothing-with = толкование `{ $reading }` ни на что не влияет: с вариантом `{ $alternative }` исходы те же
not-known-whether-alternative = не установлено, меняет ли что-нибудь вариант `{ $alternative }` толкования `{ $reading }`
rule-changes-nothing-without = правило `{ $rule }` лишнее: без него исход тот же, его даёт { $said }
rule-changes-nothing-adds = правило `{ $rule }` лишнее: ту же позицию добавляет { $names }
requirement-changes-nothing-every = требование `{ $rule }` лишнее: оно выполнено в любой заявке
empty-language = пуст на языке `{ $language }`
not-translated-russian = не переведён: в `{ $language }` стоит русский текст
names-not-in-every-language = называет { $names } не на каждом языке
reason-tells-other-number = правило `{ $rule }` даёт { $given }, а в его причине ({ $language }) стоит { $told }
write-name-for-number = напишите там `{"{"}{ $name }{"}"}`: число подставится само
reason-number-differs = В причине правила стоит не то число, которое правило даёт.
number-changed-in-one-place = Число, написанное в двух местах, меняют в одном, а людям говорят другое. Вместо имени в фигурных скобках число подставляется само, с единицей и на языке читателя.
text-owner-what = текст `{ $owner }` { $what }
nothing-cites-clause = на пункт `{ $clause }` ({ $locator }) не ссылается ни одно правило; укажите его в `clauses:` правила или объясните в `no_rule:`, почему правило не нужно
cited-by-hours-or-parameters = часы или параметры
no-rule-yet-cited = у пункта `{ $clause }` указано `no_rule`, но на него ссылаются: { $by }
option-fact = значение `{ $word }` факта
outcome-decision = исход `{ $word }` решения
not-among-options-rule = `{ $word }` нет среди допустимых значений факта `{ $fact }`, а правило { $listed } его называет
word-taken-for-name = `{ $word }` здесь может быть словом, но так называется факт, решение или параметр; взято его значение
word-is-name-too = `{ $word }` здесь объявленное слово, но так называется и факт, решение или параметр; взято само слово
write-literal-for-word = если нужно слово, напишите `{"{"}literal: { $word }{"}"}`
write-literal-or-same-as = напишите `{"{"}literal: { $word }{"}"}`, если нужно слово, или `{"{"}same_as: { $word }{"}"}`, если нужно значение
value-if-else = { $first }, если { $condition }, иначе { $second }
if-then-else-wanted = для выбора из двух значений нужны `if`, `then` и `else`
then-else-differ = `then` даёт { $one }, а `else` даёт { $other }; нужен один тип
formula-wanted = здесь ожидается формула вида `{"{"}sum: [a, b]{"}"}`
formula-without-test = формула ни с чем не сравнивается; рядом нужна проверка, например `more_than: 100`
formula-not-compared = формула даёт { $one }, сравнить с { $other } нельзя
starts-with = { $subject }: начинается с { $said }
does-not-start-with = { $subject }: не начинается с { $said }
ends-with = { $subject }: заканчивается на { $said }
does-not-end-with = { $subject }: не заканчивается на { $said }
contains-text = { $subject }: содержит { $said }
does-not-contain-text = { $subject }: не содержит { $said }
matches-form = { $subject }: по форме { $said }
does-not-match-form = { $subject }: не по форме { $said }
only-text-is-like = `{ $word }` проверяет текст, а `{ $key }` — не текст
write-includes-instead = для списка напишите `includes`
form-is-written = форму пишут в регламенте, в заявке её не указывают
empty-text-everywhere = пустой текст есть в любом тексте
form-not-read = `{ $piece }` — не форма
form-written = напишите знаки и виды знаков с количеством: {"`{upper 2}-{digit 3..5}`"}; виды: `letter`, `upper`, `lower`, `digit`, `any`; количество до 100, всего до 500
time-of = время на часах: { $first }
sum-of-list = сумма: { $first }
count-of-list = сколько значений в списке «{ $first }»
lists-joined = списки подряд: { $first }
lists-united = списки вместе, каждое значение один раз: { $first }
list-each-once = { $first }, каждое значение один раз
list-reversed = { $first } в обратном порядке
list-sorted = { $first } по возрастанию
list-sorted-by = { $first } по возрастанию поля `{ $second }`
list-appended = { $first } и в конце { $second }
list-of = список: { $first }
each-of-list = { $second } для каждого элемента: { $first }
list-inserted = { $first } с { $third } перед значением № { $second }
list-removed = { $first } без значения № { $second }
part-of-list = часть списка «{ $first }» со значения № { $second }
places-in-list = места { $second } в списке «{ $first }»
item-of-list = значение № { $second } списка «{ $first }»
text-replaced = { $first } с { $third } вместо { $second }
text-trimmed = { $first } без пробелов по краям
text-split = части текста «{ $first }» между { $second }
text-joined = { $first } через { $second }
number-of-text = { $first } как число
date-of-parts = день по году, месяцу и числу: { $first }
day-of-month = число месяца: { $first }
day-of-year = день года: { $first }
week-of-year = неделя года: { $first }
time-of-day = время суток
time-written = время суток пишется так: `18:30`, с секундами `18:30:15`
time-no-offset = у времени суток нет смещения: день не указан, и время считается по часам регламента; для момента нужны дата и время
time-unfit = время суток
time-page = время суток
times-not-added = два времени суток не складываются
days-not-added = две даты сложить нельзя
time-of-parts = время из часа, минуты и секунды: { $first }
moment-of-parts = { $first } в { $second }
date-in-text = день, записанный так: { $first }
time-in-text = время, записанное так: { $first }
datetime-in-text = момент, записанный так: { $first }
duration-in-text = длительность, записанная так: { $first }
period-in-text = срок, записанный так: { $first }
hour-of = час: { $first }
offset-of = разница с UTC в момент: { $first }
minute-of = минута: { $first }
second-of = секунда: { $first }
length-of = длина: { $first }
upper-case-of = { $first } прописными буквами
lower-case-of = { $first } строчными буквами
part-of-text = часть текста «{ $first }» с символа { $second }
text-before = часть текста «{ $first }» до { $second }
text-after = часть текста «{ $first }» после { $second }
mark-not-empty = место и искомый текст не бывают пустыми или нулём
not-said-in-text = { $kind }: у такого значения нет одного вида в тексте; сначала дайте его словом
named-no-rule-others = { $what } `{ $name }` не называет ни одно правило, а другие называют
outcome = исход
item = позиция
no-request-reaches = { $what } `{ $option }` решения `{ $decision }` не получает ни одна заявка
not-known-whether-request = не установлено, бывает ли { $what } `{ $option }` решения `{ $decision }`
no-rule-reads-fact = факт `{ $fact }` не используется ни в одном правиле
nothing-uses-parameter = параметр `{ $parameter }` нигде не используется
other-requests = и другие заявки

## analysis/proving

solver-cannot-told = решатель не поддерживает: { $what }
solver-gave-up-after = решатель остановился, сделав шагов: { $steps } ({ $reason })
takes-solver-extra-prove = для этого нужен решатель: установите дополнение `prove`

## analysis/testing

condition-dropped = условие убрано
condition-negated = условие обращено
boundary-moved-one = граница сдвинута на шаг
option-dropped-from-list = из списка убрано значение
option-added-list = в список добавлено значение
outcome-swapped = исход подменён
outcome-otherwise-swapped = исход `otherwise` подменён
formula-changed = формула изменена
rule-removed = правило удалено
requirement-removed = требование удалено
item-collection-removed = позиция перечня удалена
override-removed = приоритет правила удалён
edge-hours-moved = граница рабочих часов сдвинута
rule-mutants = `{ $rule }`
said-words = { $said }: { $words }
opening = открытие
hours-word-clock = `{ $hours }`, { $word } { $clock }
closing = закрытие

## audit

what-published-since-then = с тех пор опубликованное этого решения не меняет
no-version-known-yet = к { $day } не было опубликовано ни одной редакции; первая: { $first }
outcomes-do-not-change = исходы от этого не меняются
version-holds-from-but = редакция `{ $new }` действует с { $holds }, но опубликована { $published }, позже, чем { $known }: тогда решали без неё
not-such-decision = такого решения не было
text-holds-half-surrogate = текст содержит половину суррогатной пары, канонической записи у него нет
name-log-gone = имени журнала нет
first-entry-begins-another = первая запись начинает не этот журнал
file-path-why = файл `{ $path }`: { $why }
not-checkpoint-decision-log = это не контрольная точка журнала
checkpoint-signature-does-not = подпись контрольной точки не подходит к этому ключу
file-holds-no-ed25519 = в файле нет ключа Ed25519 (PEM)
entry-more-than-mib = запись больше { $most_bytes } МиБ, журнал такой не примет
applied = Применены
overridden = Не применены: приоритет у других
open-want-facts = Неизвестно, применяются ли: не хватает фактов
did-not-apply = Не применены
kept-apart = хранится отдельно
facts-erased-request-only = Часть фактов удалена по запросу. Показано то, что осталось в записи.
entry-not-decision-but = запись { $sequence } — не решение, а удаление сведений
may-apply = может относиться
entry = номер записи
recorded = записано
as-of-page = по состоянию на
known = по публикациям на
version-page = редакция
digest-policy = контрольная сумма регламента
engine-language = движок, язык
hash-entry-before = хеш предыдущей записи
hash-entry = хеш этой записи
log-lacks-policy-swapped = регламента { $policy } в журнале нет или он подменён
log-begun-already = журнал уже начат
only-new-log-can = импортировать можно только в новый журнал
line-not-line-exported = строка { $number } — не строка вывезенного журнала
entry-edited-content-does = запись { $sequence } изменена: хеш не совпадает с содержанием
entry-edited = запись { $sequence } изменена: { $how }
entry-of-unknown = { $name ->
    [kind] запись { $sequence }: вид `{ $shown }` неизвестен, она не исполнена заново
    [format] запись { $sequence }: формат `{ $shown }` неизвестен, она не исполнена заново
   *[other] запись { $sequence }: язык регламентов `{ $shown }` неизвестен, она не исполнена заново
}
entry-says-what-no = в записи { $sequence } есть поля, которых в записях не бывает: { $listed }
entry-replaced-hash-all = запись { $sequence } подменена вместе с хешем: запись { $later } ссылается на другую
entry-column-does-not = запись { $sequence }: столбец `{ $column }` не совпадает с содержанием
deleted-entries-around-stand = удалено: { $which }; соседние записи на месте, между ними пропуск
entry-inserted-chain-passes = запись под номером { $place } вставлена: в цепочке её нет
entry-stands-entries-reordered = на месте { $place } стоит запись { $own }: порядок записей изменён
entry-kept-under-number = запись { $own } хранится под номером { $place }
entry-dated-before-one = запись { $sequence } датирована раньше предыдущей
log-replaced = журнал подменён: { $why }
tail-cut-checkpoint-saw = с конца журнала удалены записи: контрольная точка поставлена на записи { $expected }, а последняя — { $last }
entry-sequence-message = запись { $sequence }: { $message }
log-lacks-policy = регламента { $digest } в журнале нет
policy-under-digest-swapped = регламент с контрольной суммой { $digest } подменён: сумма его содержания другая
policy-one-recorded-but = регламент { $digest } — тот самый, но эта версия программы его не читает ({ $why }); проверьте той, которая указана в `engine`
entry-kept-apart-entry = запись { $sequence }: отдельно хранится { $listed }, за которое она не ручается
entry-decision-does-not = запись { $sequence }: решение `{ $name }` не соответствует регламенту: { $words }
entry-outcomes-follow-but = запись { $sequence }: исходы верны, но остальной документ повторяется иначе
entry-version-named-another = запись { $sequence }: указана не та редакция или она в тот день не действовала
entry-what-kept-apart = запись { $sequence }: отдельно хранимое значение `{ $name }` подменено
entry-gone-no-entry = запись { $sequence }: нет значений { $listed }, и записи об их удалении тоже нет
entry-recorded-erased-kept = запись { $sequence }: { $listed } отмечено как удалённое, но хранится
entry-cannot-re-executed = запись { $sequence }: решение нельзя проверить заново: { $why }
checkpoint-another-hash-entry = в контрольной точке у записи { $sequence } другой хеш
chain-hashes-broken = цепочка хешей нарушена
checkpoint-taken-another-log = контрольная точка — от другого журнала
log-no-entry = в журнале решений нет записи { $sequence }
log-goes-to-entry = последняя запись: { $last }
log-empty = в журнале решений пока нет записей
log-does-not-know = ни в одном регламенте этого журнала нет { $lacking } `{ $name }`
log-no-decision = решения
log-no-fact = факта
log-no-rule = правила
log-no-clause = пункта
log-no-reading = толкования
log-no-policy = в журнале нет решений по регламенту `{ $name }`
log-no-outcome = у решения `{ $decision }` нет исхода `{ $name }`
log-known = допустимо: { $known }
expected-status = ожидается состояние, а здесь `{ $told }`
say-status = напишите одно из { $known } или `решение=состояние`
from-after-to = `--from` позже, чем `--to`
seed-without-sample = для `--seed` нужно `--sample`: число определяет, какие записи попадут в выборку
sample-drawn = выборка: { $size } из { $among }, начальное число { $seed }
wrong-subject = ожидается объект: одна строка, не длиннее { $most } знаков
subject-without-log = указан объект, а журнал решений не указан
subject-is-recorded = объект записывается вместе с решением: укажите журнал: `--log`
export-is-whole = цепочка вывозится только целиком
export-some-plain = добавьте `--plain`: часть записей, для чтения, без цепочки
not-counted-by = по `{ $name }` записи не считаются
by-month = месяц
by-policy = регламент
by-entries = записей
by-share = доля
by-in-words = словами
percent = { $number } %
less-than-percent = менее 1 %
more-than-percent = более 99 %
install-xlsx-extra = установите: `pip install "reglament[xlsx]"`; или используйте `--csv`
median = медиана: { $value }
median-of = от { $low } до { $high }, медиана { $value }
always-so = всегда { $value }
by-hour-of-day = { $name }: час дня
how-long-after-request = { $name }: через сколько после заявки
hours-span = { $span } ч
requests-by-period = Заявки по времени
other-decisions = Другие решения
as-recorded = Точно как записано
fingerprints-of-clauses = Отпечатки текста пунктов
rules-change-entries = { $rules }  (записей: { $entries })
fields-title = Поля вывезенных решений
fields-how-to-read = Каждая строка файла — одно записанное решение, один объект JSON. Имя с точкой — ключ внутри другого: outcome.policy — это ключ policy внутри outcome.
fields-how-to-open = Файл открывает любая программа, которая читает JSON Lines: Excel — «Данные», «Получить данные», «Из JSON»; Python — json.loads каждой строки.
fields-of-line = Ключи строки
fields-of-decision = Ключи каждого решения в outcome.decisions
fields-of-facts = Факты (в request)
fields-of-decisions = Решения (в outcome.decisions)
clauses-heading = Пункты
field-sequence = номер записи в журнале, с 1 без пропусков
field-time = когда записано, UTC; не раньше предыдущей записи
field-clock = что показывали часы того, кто записал
field-kind = decision — решение
field-subject = о каком объекте заявка, если он указан
field-as-of = дата и время заявки; по ним выбрана редакция регламента
field-as-of-source = откуда они: fact — из заявки, given — от вызвавшего, now — по часам, version — у регламента без времени
field-known-at = по каким публикациям решено, если об этом просили
field-request = указанные факты, по именам; вместо конфиденциального факта стоит обязательство
field-outcome-policy = какой регламент, редакция и контрольная сумма
field-outcome-notes = что отмечено при чтении заявки
field-outcome-decisions = все решения, по именам
field-policy = контрольная сумма редакции
field-engine = версии программы, языка регламентов и журнала
field-previous-hash = хеши предыдущей и этой записи: по ним проверяют весь журнал
field-outcome = что решено; пусто (null), если не определено
field-possible = исходы, возможные при указанных фактах
field-needs = недостающие факты, от которых зависит исход
field-rules = правила, по которым решено
field-clauses = пункты регламента, на которых оно основано
field-open-clauses = пункты, которые, возможно, не применяются
field-readings = толкования неясностей, от которых оно зависит
field-because = причина словами, по языкам (в записях формата 1)
field-because-rules = правила, которые называют причину
field-items = у перечня: каждая позиция и её правило (в записях формата 1)
field-ledger = учтённое рабочее время по дням (в записях формата 1)
log-lost-own-name = в журнале нет его собственного имени
version-not-read-from = редакция `{ $version }` прочитана не из файлов, журнал не может её хранить
entry-does-not-keep = запись { $sequence } не хранит отдельно { $names }
entry-keeps-nothing = запись { $sequence } не хранит отдельно ничего
facts-marked-sensitive-true = удалить можно только факты, у которых в регламенте указано `sensitive: true`
more-rest = и ещё { $rest }
outcomes = Исходы
rules-report = Правила
readings = Толкования
say-answer-refuse = например, `answer=refuse`
not-name-value = ожидается `имя=значение`, а здесь `{ $told }`
recorded-follows = `{ $key }`: записано { $value }, а следует { $key2 }
decision-entry-policy-not = решение есть только с одной стороны: в записи или в регламенте
column-not-text = столбец `{ $name }` — не текст
content-not-stored-bytes = содержание хранится не байтами
content-does-not-inflate = содержание не распаковывается
content-breaks-off = содержание обрывается
other-bytes-stand-after = после содержания стоят другие байты
content-more-than-mib = содержание больше { $most_bytes } МиБ, дальше оно не читалось
holds-no-decision-log = в `{ $shown }` нет журнала решений
log-lost-others = в журнале `{ $shown }` нет или изменено: { $names }
log-verify-audits-what = остальное проверит `log verify`
not-log = журнала решений `{ $shown }` нет
decide-log-begins-new = журнал начинает `decide --log`
log-refused = журнал `{ $shown }` не удалось прочитать или записать: { $why }
only-answered-is-recorded = то, что записывалось, в журнал не попало; всё, на что ответ уже дан, в нём есть
not-address-log = `{ $shown }` — не адрес журнала
give-path-file-postgresql = укажите путь к файлу или `postgresql://…`
no-entry-names-policy = на регламент { $digest } не ссылается ни одна запись: записи удалены или регламент добавлен извне
things-kept-apart-whose = отдельно хранятся значения, записей которых нет ({ $count }): { $listed }
table-gone-another-rest = таблицы `{ $name }` нет или она другая; остальное проверено
table-cannot-read-end = таблица `{ $name }` не читается до конца: { $why }
rows-without-number-none = строк без номера: { $count }; сама программа таких не пишет
triggers-keep-log-from = триггеры, которые не дают менять журнал, удалены или изменены: { $listed }
log-format-not-known = формат журнала `{ $shown }` неизвестен
dated-later-than-present = { $first }: это время ещё не наступило, начиная с { $time }; часы записавшего спешили
one-same-time-clock = { $first }: одно и то же время { $time }; часы спешили, и их перевели назад, или стояли. Что показывали часы, записано в `clock`
erased-request-these-decisions = сведения удалены по запросу: { $count }; эти решения нельзя проверить заново
decisions-with-missing-facts = решений с недостающими фактами: { $count }; они проверены основным вычислителем, а не независимым эталоном
without-checkpoint-kept-elsewhere = без подписанной контрольной точки, которая хранится отдельно, нельзя доказать, что с конца журнала ничего не удалено и что он не создан заново
checkpoint-signature-not-checked = подпись контрольной точки не проверена известным ключом: ей можно доверять не больше, чем месту, где она хранилась
no-decision-re-executed = проверена только цепочка записей, решения заново не проверялись
clauses-readings-not-compared = пункты, толкования и примечания не сверялись (сверяет `--whole`); сверены исходы, правила, возможные исходы и недостающие факты
log-does-not-prove = журнал не доказывает, что факты верны, что часы шли точно и что в него попали все решения
worker-audit-died-may = рабочий процесс проверки погиб: возможно, не хватило памяти
try-workers = попробуйте `--workers 1`

## decided

fact-chooses-version-missing = не указан факт, по которому выбирают редакцию; взята редакция, действующая сейчас

## editing

file-cannot-written = не удалось записать файл `{ $path }`: { $why }
layout-would-change-meaning = файл не изменён: форматирование изменило бы смысл или комментарии
file-cannot-laid-out = не удалось отформатировать файл: { $error }
cannot-name-policy = `{ $folder }` не может быть именем регламента
letters-digits-hyphens-letter = латинские буквы, цифры и дефисы, первой — буква
last-version-holds-from = новая редакция должна вступать в силу позже последней: последняя — с { $since }, новая — с { $wanted }
not-folder-each-version = `{ $folder }` — не папка, в которой у каждой редакции своя папка
exists-already = `{ $path }` уже существует
cannot-made = не удалось создать `{ $target }`: { $why }

## evaluation

computed-date-outside-years = вычисленная дата вне лет с 1 по 9999
computed-number-too-large = вычисленное число больше 1 000 000 000 000 000 по модулю
add-days-year-calendar = добавьте дни этого года в календарь, когда их утвердят
add-rule-such-request = добавьте правило для такой заявки или `otherwise`
say-overrides-one-them = дайте одному из них приоритет: `overrides`
decision-rests-what-cannot = решение `{ $name }` зависит от того, что решить нельзя: { $behind }
decision-gap-no-rule = в решении `{ $name }` пробел: ни одно правило не применяется, а `otherwise` нет
decision-conflict-rules-disagree = в решении `{ $name }` коллизия: правила { $rules } дают разные исходы
decision-conflict-rules-overlap = в решении `{ $name }` коллизия: из правил { $rules } применяться может только одно

## events

set-aside-before-retry = отложено раньше: { $count }; `--retry-aside` отправит снова
effect-set-aside = действие отложено, { $subject }, { $reaction }: { $why }
doubt-not-repeated-table = неизвестно, доставлены ли действия (повторять не будем): { $count }; они в таблице `effects`
effects-not-accepted-trying = действия не доставлены, повторим позже: { $why }
event-became-known-later = Поступило событие с более ранней датой, и это действие больше не требуется.
policy-no-section-subjects = в регламенте `{ $policy }` нет раздела `subjects`, наблюдать не за чем
event-json-object = событие — это объект JSON
event-no-events = у события нет поля `{ $key }`
unknown-key = неизвестный ключ `{ $name }`
event-needs-text = у события должен быть текст `{ $key }`
missing-key = { $inside }не хватает { $names }
subject-written-kind-number = объект указывают как `вид/номер`, например `request/REQ-1`
not-subject = объекта `{ $name }` нет
no-event = у объекта `{ $kind }` нет события `{ $name }`
event-no = у события нет поля `{ $name }`
object-name = `{ $name }` — это набор полей
line-too-long = строка слишком длинна
nothing-known = в журнале нет событий `{ $name }`
event-already-tells-something = событие `{ $name }` уже есть в журнале, но с другим содержанием
last-line-not-whole = последняя строка не закончена: это не JSON, и перевода строки за ней нет
if-still-being-written = если её ещё пишут, повторите позже; иначе исправьте её
database-away-waiting = база данных недоступна, ждём: { $away }
database-refused = базу данных `{ $shown }` нельзя использовать: { $why }
events-begin-version-timeline = события начинаются { $day }, а редакция `{ $version }`, которую проверяет сценарий, действует с { $holds_from }
add-timeline-judge-version = добавьте в сценарий `at: { $holds_from }`, чтобы проверить его этой редакцией
not-address = `{ $address }` — не адрес
write-https-host-path = напишите `https://узел/путь`, порт — от 1 до 65535
will-not-take = { $shown } этого не принимает: { $status }

## interfaces/cli

summary-decide = Решить заявки.
summary-explain = Объяснить решение словами.
summary-ask = Спросить недостающее и решить.
summary-change = Показать, что изменило бы исход.
summary-check = Проверить регламент.
summary-test = Прогнать примеры.
summary-matrix = Показать пункты с правилами и примерами.
summary-new = Создать регламент или новую редакцию.
summary-fmt = Отформатировать файлы, сохранив комментарии.
summary-diff = Показать, у каких заявок изменится исход.
summary-readings = Показать толкования и на что они влияют.
summary-show = Напечатать регламент для чтения.
summary-calendar = Показать рабочие дни и часы.
summary-watch = Следить за заявками и сроками.
summary-timeline = Показать историю заявки.
summary-log = Проверить журнал решений и искать в нём.
summary-completion = Вывести скрипт автодополнения.
answer-with-number-value = Введите номер или значение. `?` — не знаю, `почему` — зачем этот вопрос, `назад` — к предыдущему вопросу, Ctrl-D — закончить.
typed-back = назад
typed-why = почему
today = сегодня
nothing-to-go-back-to = это первый вопрос
others-will-tell = Это сообщат другие: { $facts }.
answers-saved = ответы сохранены: { $path }
any-other-word = или напишите своё
still-possible = возможно
date = дата, например 20.11.2026 или 2026-11-20; `сегодня`
date-time-t18 = дата и время, например 20.11.2026 18:30 или 2026-11-20T18:30; `сейчас`
time-t18 = время суток, например 18:30
duration-hours = длительность, например 8 часов
period-months = срок в годах и месяцах, например 1 год 6 месяцев
parted-commas-none = через запятую; `-` — ничего из списка
command-ask = Спросить в терминале недостающие факты, которые ещё важны, и закончить решением.
option-ask-decision = Спрашивать об этом решении или обо всех (`all`); по умолчанию — о том, что отвечает заявителю.
option-ask-for = Спрашивать только то, что может сообщить этот человек, как он назван под `told_by` регламента; по умолчанию — всё.
option-ask-from = Начать со сведений заявки из этого файла.
option-ask-save = Сохранить ответы в этом новом файле: это заявка для других команд.
one-request-wanted = ожидается одна заявка, а здесь их { $count }
nobody-called-so = никто с именем `{ $name }` не сообщает сведений
they-tell-facts = сведения сообщают: { $listed }
nobody-tells-facts = в регламенте не указано, кто сообщает сведения: добавьте `told_by`
name-another-file = укажите другой файл
no-such-folder = папка не найдена: `{ $path }`
did-you-mean-answer = Может быть, имелось в виду { $meant }? Ответьте `да` или `нет`.
answer-hangs = от ответа зависит: { $decision }
answer-settles = ответ «{ $answer }» сразу решит: { $outcome }
command-calendar = Показать рабочие дни и часы месяца или года; по умолчанию — этого месяца.
option-calendar-hours = Какие часы работы, если их несколько.
neither-year-nor-month = `{ $period }` — не год и не месяц
write = напишите `2026` или `2026-11`
policy-no-working-hours = у регламента `{ $policy }` нет часов работы
not-hours = нет часов работы `{ $name }`
unknown-hours = неизвестны часы работы
days-off-besides-weekends = выходные, кроме суббот и воскресений
short-days = сокращённые предпраздничные дни
weekend-days-work = рабочие субботы и воскресенья
working-days-working-hours = рабочих дней: { $working }, рабочих часов: { $clock }
now = сейчас
so-already-nothing-change = исход уже такой, менять ничего не нужно
then = тогда
anything-else = любое другое значение
no-change-facts-gives = такого исхода не получить, какие факты ни изменить; проверены все сочетания
no-such-change-found = подходящее изменение не найдено, но и доказать, что его нет, не удалось
command-change = 
    Показать наименьшие изменения фактов, при которых исход другой.

    Факты, которые измениться не могут, не предлагаются; каждое предложение проверено решением.
option-change-want = Нужный исход; можно указать несколько.
option-change-decision = Любой другой исход этого решения; по умолчанию — того, что отвечает заявителю.
want-write-decision-outcome = `--want { $want }`: ожидается `решение=исход`, например `answer=accept`
only-fixed-facts-change = помогло бы изменить только то, что изменить нельзя: { $facts }
item-less = убрать: { $fact }: { $value }
item-more = добавить: { $fact }: { $value }
tell-fact = указать: { $fact }: { $value }
fact-instead-of = { $fact }: { $after } вместо { $before }
command-check = 
    Найти ошибки регламента: в его файлах, в правилах, в пунктах рядом с текстом.

    Проверяется каждая редакция, а с --at — та, что тогда действует. Код выхода: 2 — регламент не прочитать; 1 — есть ошибки или предупреждения либо текст и пункты расходятся; иначе 0.
option-check-source = Сверить пункты с текстом регламента из файла.
option-check-former = Прежний текст: показать старые формулировки.
option-check-format = Для людей, для программ, для анализа кода или примечаниями к pull request.
option-check-why = Объяснить замечание и как его исправить.
option-check-watch = Проверять заново после каждого сохранения.
no-code = кода `{ $code }` нет{ $near }; есть { $known }
policy-read = `{ $policy }`, редакция { $version }: ошибок чтения нет (решения: { $decisions }, правила: { $rules }, пункты: { $clauses }, примеры: { $examples })
new-version-not-earlier = новая редакция: { $name }; сравнивать не с чем, более ранней нет
new-version-compared-with = новая редакция: { $name }; сравнивается с { $before }
version-gone = редакция удалена: { $one }
not-file-no-version = `{ $name }` — не файл, не редакция `{ $policy }` и не ревизия git
versions-policy-listed = версии `{ $policy }`: { $listed }
no-example-makes-rule = ни в одном примере не применяется правило `{ $rule }`
not-shown-what-happens = `{ $rule }`: не показано, что бывает, когда условие { $truth ->
        [true] выполнено
       *[other] не выполнено
    }: { $words }
no-example-reaches-outcome = ни один пример не даёт исход `{ $outcome }` решения `{ $decision }`
covered-rules-conditions-outcomes = покрыто: правила { $rules }, условия { $conditions }, исходы { $outcomes }
mutants-killed-proven-equivalent = обнаружено мутаций: { $killed } из { $total } ({ $share }); эквивалентных (доказано): { $equal }
no-example-notices = { $rule }ни один пример не замечает: { $words }
no-request-found-tells = { "  " }= заявка, которая их различает, не найдена, эквивалентность не доказана
example-expects-something-would = {"   "}= заметил бы пример с ожиданием о `{ $decision }`:
now-mutated = { "  " }сейчас { $ours }, после мутации { $theirs }
command-completion = 
    Вывести скрипт автодополнения для SHELL.

    bash: reglament completion bash > ~/.local/share/bash-completion/completions/reglament

    zsh: reglament completion zsh > ~/.zfunc/_reglament (папка из fpath)

    fish: reglament completion fish > ~/.config/fish/completions/reglament.fish
because-decide = почему
not-determined = пока не определено
command-decide = 
    Решить каждую заявку из файлов REQUEST... (`-` — стандартный ввод).

    Заявка — это набор фактов в YAML или JSON. В файле их может быть несколько: документы YAML, список или JSON Lines; тогда с --json печатается по строке на каждую. Если фактов не хватает, решение не определено; это не ошибка. Если у регламента нет ответа, это сказано вместе с причиной; код выхода 2, если так со всеми, о ком спрошено.
option-decide-log = Записать решения в журнал.
option-decide-subject = Вместе с --log: о каком объекте заявка (`request/REQ-17`), чтобы найти запись.
option-decide-known-at = Учитывать редакции, опубликованные к этой дате.
option-decide-only = Показать только эти решения: tier,scope.
request-numbered = Заявка { $number }:
decided-by-as-of = { $regulation }, по состоянию на { $moment }, { $zone }
by-clauses = Пункты:
more-clauses = {"  "}и ещё { $more } (`--all`)
not-asked-about = Об этом не спрашивали: { $names } (`--all`)
does-not-matter-here = Не определено и на ответ не влияет: { $names } (`--all`)
option-decide-all = Показать все решения с причинами и все пункты.
option-decide-explain = Напечатать JSON с такой подробностью: исходы, коды правил и пунктов или всё.
option-decide-sufficient = Напечатать JSON с фактами, которых достаточно для каждого исхода.
diagram-not-built-more = диаграмма не построена: в ней больше { $nodes } узлов
command-diff = 
    Показать, какие заявки NEW решает иначе, чем OLD, каждую с примером.

    OLD и NEW — файл или папка регламента, редакция --policy (2024-01-01), ревизия git для --policy (HEAD~1), ревизия с путём (HEAD~1:policies/fees) или `.` — --policy, как она есть сейчас; это же NEW по умолчанию.

    Рядом с одной редакцией --policy `.` — самая новая её редакция, а из регламента с несколькими редакциями берётся одноимённая. Иначе сравниваются одноимённые редакции, а добавленная — с той, за которой она следует.

    О каждом решении обеих сторон сказано: меняется, доказано прежним или не установлено. Области «только среди этих заявок» содержат все меняющиеся заявки и другие; остальные — только меняющиеся.

    Код выхода: 0 — ни одна заявка не решается иначе (это доказано), 1 — решается, не установлено либо редакция добавлена или убрана, 2 — редакцию не прочитать.
option-diff-format = Для людей, для программ или для pull request.
changes = меняется
decided-before-proven = решается по-прежнему, доказано
not-settled-diff = не установлено
command-explain = Объяснить словами, как решена каждая заявка из файлов REQUEST... (`-` — стандартный ввод).
option-explain-for = Кто читает: заявитель (ответ и следующий шаг), клиент (письмо, которое можно вставить в почту) или аудитор (пункты, правила, факты и толкования).
nothing-found = замечаний нет
findings-counted = ошибки: { $errors }, предупреждения: { $warnings }, примечания: { $notes }; что они значат: `reglament check --why КОД`
command-fmt = 
    Отформатировать файлы YAML по каждому пути PATH, файлу или папке.

    Комментарии и кавычки остаются. Файл, смысл или комментарии которого изменились бы, остаётся как есть, а с ним и все остальные.
option-fmt-check = Ничего не записывать; код выхода 1, если файлы отличаются.
files-laid-out-otherwise = файлов: { $total }, нужно отформатировать: { $changed }
files-changed = файлов: { $total }, изменено: { $changed }
click-commands = Команды
click-no-such-command = Команды { $name } нет.
click-did-you-mean = Может быть, { $possibility }?
exit-status = Код выхода: 0 — успех (и если решить пока нельзя), 1 — проверка не прошла или есть различия, 2 — ошибка в заявке, регламенте или параметрах.
command-reglament = Решать заявки по правилам регламента, с объяснениями.
option-version = Показать версию и выйти.
option-lang = Язык сообщений; по умолчанию — REGLAMENT_LANG, затем язык системы.
working-for = … { $seconds } с
option-no-pager = Печатать всё сразу, даже если не помещается на экран; иначе показывает $PAGER.
option-verbose = Сообщать в поток ошибок, как идёт долгая работа: diff, check, log verify, watch.
click-error = Ошибка: { $message }
option-log-output = Записать в файл.
option-html = Записать страницу HTML в файл (`-` — в стандартный вывод).
option-explain-html = Записать решение со всеми причинами страницей HTML (`-` — в стандартный вывод).
page-of-one-request = страница показывает одну заявку, а в файле их { $count }
option-log-show-all = Все правила всех решений; с `--json` ещё и весь документ решения, полученный заново.
option-log-outcome = С таким исходом; `--outcome tier=free`. Можно указать несколько.
option-log-status = С таким состоянием ответа или решения: determined, undetermined или refused.
option-log-fact = В заявке это указано; `--fact request.service=training`. Можно указать несколько.
option-log-subject = Об этом объекте, как его записал `decide --subject`.
option-log-rule = Решено и по этому правилу.
option-log-clause = С этим пунктом.
option-log-reading = Решение зависит от этого толкования.
option-log-by-moment = Чьи дни в --from и --to: записи в журнал или самой заявки.
option-log-sample = Выбрать случайно столько записей.
option-log-seed = С тем же числом выбираются те же записи.
option-log-by = Считать по day, month, policy, outcome, rule, clause, reading; несколько через запятую.
option-log-csv = Записать счёт как CSV в файл (`-` — в стандартный вывод).
option-log-xlsx = Записать счёт таблицей XLSX.
command-log = Проверить журнал решений: файл SQLite или адрес postgresql://, записанный `decide --log`.
command-log-verify = 
    Проверить цепочку и заново решить каждую запись эталоном.

    Код выхода 1, если что-то неверно.
option-log-verify-checkpoint = Контрольная точка, которая хранилась отдельно от журнала.
option-log-verify-public-key = Открытый ключ подписавшего (PEM).
option-log-verify-whole = Сверить и пункты, толкования, примечания; у старых записей — и тексты.
option-log-verify-chain-only = Проверить только цепочку, ничего не решать заново.
option-log-verify-workers = Сколько процессов делят работу; обычно по одному на процессор.
command-log-show = 
    Показать одно решение: сначала ответ, затем причины и доказательства.

    Код выхода 1, если с записью что-то не так; об этом говорится сначала.
option-log-policy = Имя регламента или начало контрольной суммы его версии.
option-log-from = В этот день или позже.
option-log-to = В этот день или раньше.
option-log-zone = Часовой пояс для --from и --to.
command-log-search = 
    Перечислить подходящие записи: номер, время, исходы, о которых спрошено, или ответ, регламент.

    --json печатает каждую запись целиком, в отдельной строке.
command-log-report = Посчитать исходы, правила, пункты и толкования за период: текстом, CSV, таблицей XLSX или страницей с графиками.
command-log-replay = Показать, какие записанные решения изменила бы новейшая редакция предложенного регламента.
option-log-replay-policy = Предложенный регламент.
command-log-checkpoint = Записать голову журнала, чтобы хранить там, куда не достанут те, кто в него пишет.
option-log-checkpoint-key = Подписать этим ключом Ed25519 (PEM).
option-log-checkpoint-new-key = Создать ключ; напечатать его открытую половину или записать её в --public-key.
option-log-checkpoint-public-key = С --new-key: записать открытую половину в этот файл; его ещё не должно быть.
option-alone = `{ $option }` указывают вместе с { $others }
options-exclude = { $options } исключают друг друга
command-log-export = Записать весь журнал как JSON Lines, сохранив цепочку.
option-log-export-without-secrets = Без фактов, которые можно стереть.
option-log-export-plain = Часть записей, для чтения: без цепочки и без конфиденциальных фактов.
option-log-export-fields = Вместе с --plain: записать страницу, которая объясняет поля.
command-log-import = Наполнить новый журнал из JSON Lines, запись за записью; потом `verify` проверит, цел ли он.
entries-imported = записей ввезено: { $count }
command-log-erase = Стереть конфиденциальные факты записи; цепочка по-прежнему проверяется.
option-log-erase-fact = Только этот факт; можно указать несколько.
erased-names = стёрто: { $names }
verified = записей { $entries }; решений проверено заново: эталоном { $by_reference }, основным вычислителем { $by_evaluator }
not-proved = чего эта проверка не доказывает:
log-not-sound-findings = журнал нарушен; найдено нарушений: { $count }
log-sound-far-goes-entry = журнал цел в пределах того, что в нём есть: до записи { $last }
log-sound-checkpoint-vouches = журнал цел; контрольная точка подтверждает его до записи { $last }, последней
log-sound-far-goes = журнал цел в пределах того, что в нём есть: до записи { $last }; контрольная точка подтверждает его до записи { $vouched }
replayed = заявок { $entries }, решений { $decisions }; изменилось бы записей: { $changed }
cannot-decide-entry = запись { $sequence } решить нельзя: { $why }
command-matrix = Показать каждый пункт регламента с правилами, которые на него ссылаются, и примеры, где они применяются.
option-matrix-html = Записать в FILE страницу, которой не нужны другие файлы.
command-new = 
    Создать регламент NAME или, с --version, его следующую редакцию на основе последней.

    NAME — путь или имя в папке `policies`, если она есть.
option-new-version = Создать следующую редакцию, которая действует с DAY.
option-new-languages = Языки текстов нового регламента; по умолчанию `ru,en`.
option-new-copy = Скопировать весь текст последней редакции; иначе следующая говорит только то, что меняется.
copy-of-next-version = `--copy` — для следующей редакции, которую начинает `--version`
try-reglament-test-policy = 
    { $made }
    проверьте: reglament test --policy { $folder }
version-not-day = `--version`: `{ $text }` — не дата
write-say = например, `2027-01-01`
name-file-empty = не указан файл
name-file = укажите файл
name-sqlite-file-database = укажите файл SQLite или базу: `postgresql://…`
name-decision-empty = не указано решение
name-decisions-parted-commas = укажите решения через запятую: `tier,scope`
name-file-standard-input = укажите файл; стандартный ввод — это `-`
name-file-folder-current = укажите файл или папку; текущая папка — это `.`
name-file-folder-empty = не указан файл или папка
name-log-empty = не указан журнал решений
name-journal-empty = не указан журнал событий
name-folder-fees-say = укажите его папку, например `fees`
name-policy-empty = не указано имя регламента
name-file-folder-version = укажите файл, папку, редакцию или ревизию git; `.` — регламент в текущем виде
name-what-compare-empty = не указано, что сравнить
command-readings = Перечислить неясности текста, выбранные толкования и что изменили бы другие варианты.
option-readings-switch = Показать, что изменит этот вариант; можно указать несколько.
switch-no-alternative-said = `--switch { $text }`: не указан вариант
write-reading-alternative = напишите `ТОЛКОВАНИЕ=ВАРИАНТ`, например `three-months=rolled`
worked-examples-decided-otherwise = Примеров с другим исходом: { $count } из { $count2 }
more-more = {"  "}и ещё { $more }
standard-input-cannot-read = не удалось прочитать стандартный ввод: { $why }
option-policy = Регламент: имя, папка или файл; если не указан — единственный в рабочей папке.
option-json = Напечатать JSON для программ.
option-at = Взять редакцию, которая тогда действует: 2026-11-20 или 2026-11-20T18:30.
command-build =
    Собрать регламент со всеми его редакциями в один файл.

    Файл решает и объясняет так же, как папка, и читается без YAML. Из одного регламента выходит один и тот же файл; контрольная сумма в имени подтверждает, что он цел.
summary-build = Собрать регламент в один файл.
option-build-output = Файл, который записать; иначе — POLICY-VERSION-DIGEST.json в текущей папке.
command-batch = 
    Решить каждую строку INPUT и записать решения в OUTPUT или сосчитать их (--summary).

    INPUT — файл (Parquet, Arrow, CSV, JSON Lines), папка или маска таких файлов или postgresql://…?table=ИМЯ. Столбец задаёт факт с тем же именем. `reglament batch verify MANIFEST` проверяет прогон.
summary-batch = Решить таблицу заявок в миллионы строк.
command-batch-verify = 
    Проверить прогон по его MANIFEST или по папке, где тот лежит.

    Контрольные суммы файлов считаются заново; по одной заявке каждого класса и выборка строк решаются ещё раз.
option-batch-output = Куда писать: файл (.parquet, .arrow, .csv, .jsonl) или папка, где на каждую часть INPUT будет свой файл.
option-batch-only = Решать только это: tier,scope.
option-batch-layout = Столбцы решения: `narrow` — номер класса, а таблица классов рядом; `wide` — исход, статус и правила; `full` — всё.
option-batch-map = Столбец задаёт этот факт; можно повторять.
option-batch-null = О чём говорит пустая ячейка: факт не указан или указано, что его нет (если факт это допускает). Столбец ФАКТ.told говорит это построчно.
option-batch-missing-columns = Если для факта нет столбца: отказать или считать, что он не указан ни в одной строке.
option-batch-keep = Какие столбцы INPUT записать рядом: id,region. По умолчанию те, что не задают фактов.
option-batch-query = Решать строки этого запроса к базе вместо таблицы.
option-batch-sample-check = Столько случайных строк решить ещё раз по одной и сравнить.
option-batch-verify-sample = Сколько случайных строк решить ещё раз.
option-batch-seed = Число, по которому выбираются строки.
option-batch-manifest = Записать, что прочитано, решено и записано, с контрольными суммами — для `batch verify`.
option-on = Сосчитать в этой таблице заявок или в этом журнале, сколько строк и как изменится.
rows-changed = В `{ $name }` изменится строк: { $changed } из { $rows } ({ $share } %)
rows-of-other-days = Строк за дни, которые решают только другие редакции: { $rows }
first-row = впервые в строке { $row }
entries-changed = В журнале `{ $name }` изменится записанных решений: { $changed } из { $rows } ({ $share } %)
entries-of-other-days = Записанных решений за дни, которые решают только другие редакции: { $rows }
first-entry = впервые в записи { $row }
row-fact-erased = факт `{ $name }` стёрт из журнала
option-batch-log = Записать прогон одной записью в этот журнал.
run-of-rows = прогон по таблице, строк: { $rows }
runs-checked-apart = что прогоны по таблицам решены так, как записано: { $count }. Проверьте каждый по манифесту: `reglament batch verify`
option-batch-resume = Продолжить прерванный прогон в папку.
option-batch-summary = Строк не писать: сосчитать исходы, правила, пункты и месяцы.
bundle-of-other-digest = до этого исполнителя дошёл не тот регламент, что был отправлен
batch-no-output = не указано, куда писать решения
batch-name-output = назовите: `--output decisions.parquet` или сосчитайте: `--summary`
batch-summary-writes-nothing = `--summary` не пишет строк: уберите то, что относится к записи
map-column-fact = `--map { $text }`: ожидается столбец и факт, который он задаёт
write-map = пишите `СТОЛБЕЦ=ФАКТ`, например `service=request.service`
name-table-empty = имя таблицы пустое
name-table = назовите файл, папку, маску в кавычках или `postgresql://…?table=ИМЯ`
query-without-database = `--query` — запрос к базе данных, а на входе не база
database-without-table = не указано, какую таблицу базы решать
database-refuses = ответ базы данных: { $why }
database-no-table = в базе нет таблицы `{ $name }`
folder-no-tables = в папке `{ $name }` нет таблиц
pattern-no-files = под маску `{ $name }` не подходит ни одна таблица
table-not-there = файл `{ $name }` не найден
table-of-unknown-kind = по имени `{ $name }` не понять, какого вида эта таблица
tables-of-two-kinds = `{ $first }` и `{ $second }` — таблицы разных видов: решайте их по отдельности
table-endings = имя кончается на { $endings }
column-only-there = столбец `{ $name }` есть только в этом файле, в первом его нет
column-of-other-type = в столбце `{ $name }` здесь `{ $found }`, а в первом файле `{ $expected }`
column-not-there = столбца `{ $name }` из первого файла здесь нет
rows-cannot-be-read = строки с { $first } по { $last } не читаются: { $why }
table-cannot-be-read = файл не читается: { $why }
table-has-no-head = нет первой строки с именами столбцов
row-of-other-length = ячеек в строке { $row }: { $found }, а в заголовке: { $expected }
in-row = строка { $row }: { $message }
cell-not-truth = `{ $name }`: ожидается `true` или `false`, а здесь `{ $value }`
kept-no-column = столбца `{ $name }` нет: записать его рядом нельзя
kept-name-taken = столбец `{ $name }` на входе называется так же, как один из столбцов вывода
keep-others = назовите столбцы, которые записать рядом: `--keep id,region`
output-folder-not-empty = папка `{ $name }` не пуста: назовите другую или удалите её
output-not-folder = `{ $name }` — не папка
output-is-input = `{ $name }` — это вход: для решений назовите другой файл
name-output = у файла имя с окончанием: `decisions.parquet`
run-interrupted-before = в `{ $name }` лежат части прерванного прогона
resume-or-remove = продолжите с `--resume` и теми же параметрами или удалите папку
run-before-differs = прерванный прогон отличается: { $names }
run-interrupted = Прервано. Готовые части в `{ $name }`: { $parts }. Продолжить можно с --resume.
resume-needs-folder = `--resume` продолжает прогон в папку, а вывод — файл
name-a-folder = файл пишется целиком или никак: начните заново или назовите папку
rows-so-far = строк: { $done }, в секунду: { $rate }
rows-of-all = строк: { $done } из { $rows }, в секунду: { $rate }, осталось секунд: { $left }
rows-written = Решено строк: { $rows }, записано в { $name }. Классов: { $classes }.
rows-refused = Строки с отказом, причина записана в выводе: { $count }
sample-agrees = Решено ещё раз по одной, итог тот же: { $count }
sample-differs = строки, решённые ещё раз по одной, дали другое: { $count }. Строки: { $rows }
sample-differs-report = это ошибка движка: ничего не записано; сообщите о ней с одной из этих строк
rows-counted = Строк: { $rows }
months-counted = месяцы
not-a-manifest = это не манифест прогона
version-differs = редакция { $version } регламента была { $digest }, а здесь { $found }
file-gone = нет файла `{ $name }`
file-differs = `{ $name }` изменился: контрольная сумма другая
manifest-key-differs = `{ $name }` в манифесте изменили после записи: контрольная сумма другая
run-not-recorded = прогона с таким манифестом в журнале нет
run-recorded-otherwise = прогона с таким манифестом в журнале нет; в ближайшей записи, { $sequence }, другое: { $names }
run-recorded = В журнале это запись { $sequence }.
option-batch-verify-log = Проверить, что прогон записан в этом журнале так, как говорит манифест.
class-differs = класс { $number } решения `{ $decision }`: его заявка решается иначе
manifest-differs = в манифесте `{ $name }` — { $said }, а по файлам — { $found }
class-rows-differ = число строк по классам не то, что в манифесте
row-differs = строка { $row }: `{ $name }` решается иначе
run-as-manifest-says = Всё так, как сказано в манифесте.
run-differs = Прогон не таков, как сказано в манифесте.
run-checked = Сверено файлов: { $files }. Решено заново классов: { $classes }, строк: { $sample }.
input-unchecked = вход `{ $name }` не сверен: это не файл или сумма не считалась
classes-unwritten = таблица классов не записана
sample-unchecked = строки заново не решались: вход второй раз не прочитать
command-schema =
    Вывести JSON Schema (2020-12) заявок, которые решает регламент.

    С --files это схема YAML-файлов самого регламента: редактор по ней подсказывает факты, исходы, правила, пункты и толкования этого регламента.
summary-schema = Вывести JSON Schema заявок или файлов регламента.
option-schema-files = Схема YAML-файлов регламента, для редакторов.
option-schema-output = Файл, который записать; иначе схема выводится на экран.
schema-of-requests = Заявка для редакции { $version }: её факты под именами с точками или вложенные. Что не сказано, пока неизвестно.
schema-of-files = Файл этого регламента; подсказываются слова редакции { $version }. Когда слова изменятся, выведите схему заново.
schema-local-time = Без смещения это время пояса { $zone }.
files-of-policy = `{ $name }` — не файл регламента: ожидаются относительное имя и текст
file-not-read = `{ $name }` не читается как часть регламента
files-that-are-read = уберите его: файлы регламента оканчиваются на `.yaml` или `.yml`, таблицы — на `.csv`
file-no-rule-names = ни один файл регламента не называет эту таблицу: напишите `table: FILE` или уберите её
command-show = 
    Показать регламент: факты, решения с правилами, часы работы, толкования и пункты.

    Markdown, если вывод перенаправлен. С --diagram — одно решение рисунком; с --plan — шаги, которыми оно решается.
option-show-diagram = Нарисовать диаграмму одного решения.
option-show-plan = Показать, что и в каком порядке проверяется: одного решения или всех.
option-show-from-facts = Нарисовать, сведя всё к одним фактам.
option-show-output = Нарисовать в файл: FILE.svg, FILE.dot (Graphviz), FILE.mmd (Mermaid) или текст.
option-show-sql = Вместо этого вывести правила на SQL: таблицы и запрос по строкам с фактами.
option-show-only = С --sql: только эти решения, tier,scope.
option-show-table = С --sql: таблица, столбцы которой называются как факты.
option-show-keep = С --sql: какие столбцы таблицы передать дальше, id,region. Иначе `id`.
option-show-told = С --sql: факты, у которых есть столбец `<факт>.told`: он говорит, что NULL сообщён.
option-show-reasons = С --sql: также пункты, толкования и правила, которые говорят почему, если строка сообщает всё.
no-clause-covers = { $source }:{ $line }: для «{ $locator }» нет пункта в реестре
clause-changed = { $source }:{ $line }: пункт `{ $clause }` изменился ({ $locator })
clause-unprinted = { $source }:{ $line }: у пункта `{ $clause }` нет отпечатка; похоже, он стоит здесь ({ $locator })
fingerprint-now = {"   "}= новый отпечаток: { $fingerprint }
clause-gone = { $source }: пункта `{ $clause }` больше нет ({ $locator }): { $summary }
no-rule-cites = {"   "}= правила на него не ссылаются
cited-listed = {"   "}= на него ссылаются: { $listed }
clauses-found-changed-missing = { $source }: найдено пунктов { $found } из { $clauses }, изменилось { $changed }, пропало { $missing }, мест без пункта { $bare }
click-usage = Использование:
click-options = Параметры
click-positional = Аргументы
click-show-help = Показать эту справку и выйти.
click-default = по умолчанию: { $default }
click-required = обязательный
click-dynamic = (зависит от окружения)
click-choose-from = Выберите из: { $choices }
click-try-help = Справка: «{ $command } { $option }».
click-invalid-value = Неверное значение: { $message }
click-invalid-value-for = Неверное значение { $param_hint }: { $message }
click-missing-argument = Не указан аргумент
click-missing-option = Не указан параметр
click-missing-command = Не указана команда.
click-no-such-option = Параметра { $name } нет.
click-did-you-mean-any = (Может быть, одно из: { $possibilities }?)
click-extra-arguments = Лишние аргументы: { $args }
click-takes-no-value = У параметра { $name } нет значения.
click-requires-argument = Параметру { $name } нужно значение.
click-not-one-of = { $value } не из числа: { $choices }.
click-not-valid = { $value } — не { $number_type }.
click-wrong-format = { $value } не по образцу { $format }.
click-not-in-range = { $value } вне пределов { $range }.
command-test = 
    Прогнать примеры, которые стоят рядом с регламентом.

    Каждый должен решаться, как в нём сказано, редакцией, в которой он стоит, а каждый сценарий — приводить к названным реакциям. Правила и реакции, до которых не доходит ни один, названы. Код выхода 1, если пример или сценарий не прошёл.

    --coverage проверяет, какие условия примеры показывают важными, --mutate — каких малых ошибок в правилах они не заметили бы; --generate делает случаи по обе стороны каждой границы и условия, с исходом, который сейчас, — для просмотра.
option-test-coverage = Показать условия и исходы, которые не проверяет ни один пример.
option-test-mutate = Менять правила по одному и показать изменения, которых примеры не обнаружат.
option-test-kill = С --mutate: ошибка, если обнаружено меньше мутаций.
option-test-generate = Записать случаи для просмотра в FILE (- для вывода).
option-test-junit = Записать отчёт JUnit в FILE.
no-mutants-tried-first = мутации не проверялись: сначала исправьте примеры, которые не прошли
cases-review = { $target }: примеров на проверку: { $count }
examples-failed-rules-without = `{ $policy }`, редакция { $version }: примеры: { $tried_all }, с ошибкой: { $failed }, правил без примера: { $count }
example-failed = { $where }пример не прошёл: { $name }
expected-found = {"   "}`{ $decision }`, { $aspect }: ожидалось { $expected }, получилось { $found }
command-timeline = Показать, что произошло с SUBJECT (скажем, request/REQ-1) и что будет дальше.
option-timeline-journal = Где `watch` хранит события и действия.
option-timeline-as-of = Показать по состоянию на WHEN.
option-timeline-svg = Нарисовать в FILE.
not-journal = журнала `{ $journal }` нет
no-timeline-reaches-reaction = ни один сценарий не доходит до реакции `{ $reaction }`
timelines-tried = `{ $policy }` { $version }: сценариев { $tried }, не прошло { $failed }, реакций без сценария { $unreached }
timeline-failed = { $where }сценарий не прошёл: { $name }
did-not-come = { "  " }ожидалось, но нет: { $one }
came-unasked = { "  " }не ожидалось: { $one }
not-option = варианта `{ $number }` нет: их { $most }
command-watch = 
    Следить за заявками: принимать события EVENTS, передавать действия, просыпаться к каждому сроку.

    EVENTS — файл, который может расти, `-` для стандартного ввода (JSON Lines) или postgresql://… для таблицы `incoming_events`, где о новых сообщает NOTIFY. По SIGTERM и SIGINT останавливается без потерь и продолжает с того же места; ни одно действие не приходит дважды. Код выхода 1, если остались действия, которые никто не взял.
option-watch-journal = Где хранятся события и действия: файл SQLite или postgresql://….
option-watch-to = Куда идут действия: - (стандартный вывод), файл, http(s)://… или `table`.
option-watch-as-of = Обработать события до WHEN и завершить работу.
option-watch-once = Завершить работу, когда приняты все события, какие есть.
option-watch-malformed = Если строка неверна: остановиться или отложить её и продолжить.
option-watch-matcher = Какое средство соединяет события.
option-watch-sign-key = Подписывать отправляемое вебхуку (HMAC) ключом из этого файла или из $REGLAMENT_WEBHOOK_KEY.
option-watch-retry-aside = Ещё раз отправить отложенные действия.
journal-cannot-reached = журнал событий `{ $shown }` недоступен: { $why }
effects-nobody-took-they = действий, которых никто не принял: { $count }; они в журнале событий
sign-key-signs-only = `--sign-key` подписывает только то, что уходит вебхуку
effects-cannot-go = отправить действия туда нельзя
file-http-https-table = можно: `-`, файл, `http://…`, `https://…` или `table`
key-less-than-bytes = ключ подписи короче { $shortest_key } байт
make-one-say-openssl = создайте его, например: `openssl rand -hex 32`
durable-rules-cannot-not = durable-rules здесь не установлен или не может быть установлен
install-reglament-reactions-up = установите `reglament[reactions]` (до Python 3.12) или укажите `--matcher plain`
install-or-refresh = установите `reglament[watch]` или вызывайте `refresh` сами
waiting-changes-ctrl-c = жду изменений; Ctrl-C — выход
events-not-there-yet = `{ $name }` ещё нет; ждём (Ctrl-C — остановить)

command-serve =
    Отвечать на запросы по HTTP: на вход JSON, на выход документы с решениями.

    Без --tokens спросить можно только с этой машины. См. docs/service.md.
summary-serve = Принимать решения по HTTP.
option-serve-policies = Папка с регламентами; по умолчанию ./policies или встроенные.
option-serve-host = Адрес, по которому принимать запросы.
option-serve-port = Порт.
option-serve-log = Записать каждое решение в этот журнал до ответа.
option-serve-tokens = Кто может обращаться: файл YAML с хешами токенов.
option-serve-workers = Сколько процессов отвечают.
option-serve-proxy = Доступ проверяет прокси, который ставит этот заголовок.
option-serve-certificate = Сертификат TLS (PEM).
option-serve-key = Ключ сертификата (PEM).
option-serve-json-logs = Писать в поток ошибок строку JSON о каждом запросе и каждой ошибке.
option-serve-mcp = Отвечать и агентам по Model Context Protocol, по адресу /mcp (дополнение `mcp`).
option-serve-revision = Брать регламенты из этой ревизии git (например, ветки) и следить за ней.
serve-revision-of-folder = для `--revision` нужна `--policies ПАПКА`: папка в репозитории git
command-mcp =
    Отвечать агенту по протоколу MCP через стандартный ввод и вывод.

    Инструменты только читают. См. docs/agents.md.
summary-mcp = Отвечать агенту (MCP).
serve-address = Адрес: { $address }. Завершить: Ctrl-C.
serve-bundled = Регламенты: встроенные.
serve-folder = Регламенты: папка `{ $path }`.

## interfaces/http

http-address = порт { $port } на адресе `{ $host }` открыть нельзя: { $why }
http-address-hint = порт может занимать другая служба: остановите её или укажите другой `--port`; `--host` — адрес этой машины
http-certificate = настроить TLS по файлам { $files } нельзя: { $why }
http-certificate-hint = оба файла в формате PEM: в `--certificate` цепочка сертификатов, в `--key` ключ первого из них
http-certificate-other = там нет сертификата с его ключом
http-files = объект: имя файла и его текст
http-files-missing = нет поля `files`: файлы черновика по именам
http-side = объект с полем `version`, `files` или обоими
http-sides-missing = нужны поля `old` и `new`: что с чем сравнить
http-analysis-too-long = анализ занял больше { $seconds } с и прерван; запустите команду в терминале
http-a-text = текст от 1 до { $most } знаков
a-json-object = объект JSON
http-batch-array = тело пакета — массив JSON или поле `items` с массивом
http-body-object = тело запроса — объект JSON с полем `facts`
http-busy = Сервис сейчас не может ответить
http-busy-detail = слишком много запросов сразу; повторите через секунду
http-conflict = Конфликт
http-cut-short = тело запроса оборвалось
http-facts-missing = нет поля `facts`: факты заявки в виде объекта
at-and-version = редакцию выбирает и `at`: укажите что-то одно
http-policies = регламенты: { $listed }
http-no-route = по адресу `{ $path }` ничего нет
http-routes = адреса перечислены в `/openapi.json`
http-method = на метод `{ $told }` здесь не отвечают
http-methods = методы: { $listed }
http-internal-detail = внутри сервиса произошла ошибка; где именно, сказано в его журнале
http-content-coding = тело нужно прислать как есть, без сжатия `{ $told }`
http-internal = Внутренняя ошибка
http-malformed = Запрос составлен неверно
http-media-type-detail = отправьте JSON (`application/json`), а не `{ $told }`
http-member-wrong = `{ $name }`: нужно указать { $wanted }
http-members = возможны поля { $listed }
http-names = имя или список имён
http-no-token = Нужен токен
http-not-allowed = Нет прав
http-not-found = Не найдено
http-no-policies = в папке `{ $folder }` нет регламентов
http-open-door = адрес `{ $host }` доступен с других машин, а токен не спрашивают
http-open-door-hint = укажите `--tokens FILE` или `--trust-proxy HEADER`, если доступ проверяет прокси
http-refused = Запрос не принят
http-other-site = `{ $header }: { $told }` — не имя этой машины, а токен не спрашивают
http-other-site-hint = обращайтесь к `localhost`; под другим именем сервис отвечает, если задан `--tokens FILE`
http-scope-missing = у токена нет права `{ $scope }`
http-token-missing = отправьте `Authorization: Bearer ТОКЕН` с известным токеном
http-too-large = Запрос слишком велик
http-too-large-detail = тело больше { $most } байт
http-head-too-large-detail = заголовки больше { $most } байт
http-too-many-items = слишком много заявок: { $count }; не больше { $most }
http-too-slow = Запрос пришёл слишком медленно
http-too-slow-detail = тело не пришло за { $seconds } с
http-not-json = это не JSON
http-unknown-policy = неизвестный регламент `{ $name }`
http-unknown-version = неизвестная редакция `{ $name }`
http-versions = есть редакции { $listed }
http-wrong-media-type = Неверный тип содержимого
http-wrong-method = Неверный метод
language-own-name = Русский
page-skip = К содержанию
page-ways = Страницы и языки
page-from-the-start = В начало
ask-again = Начать заново
ask-answer = Ответ на вашу заявку
ask-answer-open = Что известно сейчас
ask-answers = Ваши ответы
ask-back = ← Назад
ask-change = изменить
ask-link-keeps = Ваши ответы хранятся только в адресе этой страницы: сохраните ссылку, чтобы вернуться.
ask-mistake = Проверьте ответ
ask-no-answer = выберите ответ или укажите, что не знаете
ask-none-of-these = Ничего из этого
ask-not-known = Не знаю
ask-not-known-given = неизвестно
ask-other = Другое:
ask-parted-by-commas = через запятую
ask-possible = Возможные ответы
ask-which-policy = О чём ваш вопрос?
ask-why = Зачем этот вопрос
ask-zone = часовой пояс: { $zone }
http-token-as-password = введите известный токен вместо пароля; имя может быть любым
id-taken = под этим `id` уже отправлен другой запрос
desk-after = Следующая запись
desk-all = все записи
desk-answer = Ответ
desk-as-csv = Таблица (CSV)
desk-before = Предыдущая запись
desk-by-clause = решения
desk-checked = проверено: { $done } из { $total }
desk-compare = Тогда и сейчас
desk-compared = Тогда и сейчас: запись
desk-day = `{ $name }`: ожидается дата вида 2026-11-20, а здесь `{ $told }`
desk-days = Какие дни
desk-decision = Решение
desk-determined = определено
desk-drawn = Выбрано
desk-entries-all = Записей
desk-erased-from = Стёрты факты записи
desk-erasure = Стирание
desk-export = Выгрузка (JSON Lines)
desk-export-whole = Выгрузить весь журнал вместе с цепочкой
desk-fact = Факт = значение
desk-facts-erased = факты этой заявки стёрты: пересчитать её нельзя
desk-filters = Отбор и выборка
desk-from = С
desk-log = Журнал решений
desk-no-log = этот сервис не ведёт журнал
desk-no-log-hint = запустите его с `--log ФАЙЛ`
desk-nothing = Подходящих записей нет.
desk-now = Сейчас:
desk-number = `{ $name }`: ожидается целое число не больше { $most }
desk-of-request = заявки
desk-older = Более ранние записи
desk-outcome = Решение = исход
desk-outcomes-changed = Отличаются исходы
desk-policy = Регламент или начало контрольной суммы
desk-policy-not-served = регламента `{ $name }` в этом сервисе нет
desk-policy-of-entry = Регламент
desk-reading = Толкование
desk-recorded = записи в журнал
desk-report = Отчёт
desk-rule = Правило
desk-same-policy = Решения по тому же тексту
desk-same-subject = Тот же объект
desk-same-text = Текст тот же: с тех пор ничего не опубликовано.
desk-sample = Выборка: сколько записей
desk-searched-to = Просмотрено до записи
desk-seed = Число для выборки
desk-show = Показать
desk-status = Статус ответа
desk-entry-number = №
desk-subject = Объект
desk-then = Тогда:
desk-these-entries = Эти записи
desk-to = По
desk-unknown-filter = неизвестный отбор `{ $name }`
desk-verify = Проверка
desk-verify-run = Проверить весь журнал
desk-verify-what = Проверяется цепочка хешей, и каждое решение пересчитывается по сохранённому с ним регламенту. Большой журнал проверяется минуты; если закрыть страницу, проверка прервётся.
desk-ways = Эта запись
desk-whole-log = весь журнал доступен только тем, кому видны все регламенты
desk-zone = Часовой пояс
route-policies = Регламенты, которые можно спрашивать, их редакции и контрольные суммы.
route-policy = Один регламент: его редакции и их контрольные суммы.
route-schema = JSON Schema заявок; `at` выбирает редакцию.
route-contract = Этот контракт для одного регламента.
route-live = Отвечает ли процесс.
route-ready = По какому тексту решают по каждому регламенту и почему новый текст не принят.
route-decide = Принять решения по заявке. `status` отличает окончательные решения (`determined`) от открытых; о них `possible` и `needs` говорят, что ещё возможно и каких фактов не хватает.
route-batch = Принять решения по многим заявкам, по каждой отдельно: на месте отклонённой стоит описание его ошибок.
route-lines = В виде JSON Lines (`application/x-ndjson`) принимает по вызову в строке и даёт по ответу в строке, каждый как в массиве JSON.
route-not-sent-again = Без изменений: `If-None-Match` называет то же.

## interfaces/mcp

tools-of-agents = Решения по регламентам. Решение окончательно, только если его `status` — `determined`: тогда недостающие факты его не изменят. Если `undetermined`, так и скажите, назовите недостающее и возможное и не гадайте. Называйте пункты из ответа.
tool-policy = Регламент, о котором спрашивают; если их несколько, его нужно назвать.
tool-policy-missing = в вызове не назван регламент, а их несколько
tool-policy-one-of = назовите один из них в `policy`: { $listed }
no-such-page = страницы `{ $uri }` нет
tool-decide = Принять решения по заявке. В `said` по предложению на каждое решение, их можно повторять дословно; `status` отличает окончательные решения от открытых.
tool-next-question = Факт, о котором стоит спросить дальше; null, если никакой ответ не изменит исход. `settles` — ответы, после которых решение окончательно, `open` — что до тех пор ещё возможно.
tool-explain = Объяснение решения словами: для заявителя, в письмо клиенту или для аудитора. О том, что не окончательно, так и сказано, и сказано, что ещё возможно.
tool-what-would-change = Наименьшие изменения фактов, которые дают нужный исход. Это возможности, а не совет; `is_proven` говорит, доказано ли, что ближе нет.
tool-clause = Пункт по его id: где стоит, что говорит, какие правила на нём основаны.
tool-check-draft = Что не так с файлами черновика: ошибки по строкам, пробелы, коллизии, правила без действия. `proof` отличает доказанное (`exact`) от только найденного.
tool-diff-impact = Какие заявки две редакции решают по-разному, с примерами. `extent` говорит, все ли они меняются или только среди них; о решении со статусом `not_settled` ничего не доказано.
said-certain = { $name }: { $value }. Это окончательно.
said-refused = { $name }: { $status }. { $why }
said-open = { $name }: { $status }.{ $count ->
    [0] {""}
   *[other] {" "}Возможно: { $possible }.
} Нужно узнать: { $needs }.
clause-id-missing = не указан `id`: обозначение пункта, каким его называют решения
unknown-clause-named = пункта `{ $name }` нет
unknown-tool = инструмента `{ $name }` нет

## language/loading

unknown-fact = неизвестен факт
unknown-name = неизвестно имя
places-message-count = { $message } (таких мест: { $count })
so-message-others = { $message }, как и { $others }
section-file-declares-them = не пропал ли раздел или файл, где они объявлены?
so-is-listed = { $shown }
more-shown-left = { $shown } и ещё { $left }
decision-whose-outcomes-words = пункты выбирает решение с исходами-словами, а `{ $name }` — другое
decision-no-outcome = у решения нет исхода
table-csv-file-beside = ожидается файл `.csv` рядом с регламентом, а здесь `{ $name }`
table-no-column-then = в таблице нет столбца `then`
unknown-column = неизвестный столбец `{ $name }`
decision-needs-either-outcomes = у решения `{ $name }` должно быть указано либо `outcomes`, либо `type`
may-null-decision-may = `{ $name }` может быть `null`, а решение — нет
null-chosen-decision-may = часть формулы по условию бывает null, а решение не может
add-not-null-when = добавьте в `when` проверку `{ $name }: {"{"}is_not: null{"}"}` или `nullable: true`
add-formula-not-null-when = добавьте в `when` проверку `formula: {"{"}{ $name }: […]{"}"}, is_not: null` или `nullable: true`
decision-needs-one = укажите что-то одно: { $listed }
rule-no-id = у правила нет `id`
only-decision-with-one = `otherwise` бывает только у решения с одним исходом
rule-already = правило `{ $rule }` уже есть: { $where }
decision-no-rule = в этом решении нет правила
too-many-ordered-rules = через `hit_policy` упорядочено слишком много правил: { $count }; возможно не больше { $most }
priority-needs-words = каждое правило должно назвать место в порядке: один из исходов `outcomes` или запись с полями типа `choice`
hit-policy-of-one-outcome = `hit_policy` бывает у решений с одним исходом: в перечне и в наборе действует каждое правило
collects-no-checklist = этот `hit_policy` перечисляет то, что дают правила, а у перечня требований исход один
output-order-needs-outcomes = при `hit_policy: output_order` позиции идут в порядке `outcomes` или вариантов полей записи, а у этого решения их нет
duplicates-of-collection = `duplicates` бывает только у перечня (`collection`)
counted-rules-give-nothing = при `total: count` правила считаются: `then` у них не бывает
total-of-wrong-type = `total: { $total }` для этого типа не бывает: { $given }
total-types = `sum` — для чисел, длительностей и сроков, `count` — целое число, `minimum` и `maximum` — для чисел, дат и длительностей
total-never-null = при `total` исход не бывает `null`
total-lists-nothing = при `total` исход — одно значение: не перечень и не порядок в нём
decision-no-group = в этом решении нет другой группы правил
groups-no-first = с группами правил `hit_policy: first` невозможен: правила разных групп не стоят одно перед другим
groups-override-each-other = группы имеют приоритет друг над другом по кругу: { $shown }
too-many-overridden = правил, над которыми группы имеют приоритет, слишком много: больше { $most } пар
count-stands-alone = `of` перечисляет условия, которые считаются, а здесь ключ — имя факта
write-met-of = напишите `met: {"{"}at_least: 2, of: […]{"}"}`
how-many-of = не указано, сколько условий должно выполняться (всего условий: { $count }): `at_least`, `at_most` или `exactly`
exactly-stands-alone = `exactly` пишется без `at_least` и `at_most`
count-always-or-never = это выполнено всегда или не выполнено никогда (всего условий: { $count })
too-many-counted = слишком много условий для счёта: { $count }; не больше { $most }
whole-number-of-conditions = целое число условий
versions-need-chooser = для нескольких редакций нужен `chosen_by`: иначе неизвестно, какая из них действует для заявки
dated-without-chooser = неизвестно, какой сегодня день: у редакции нет `chosen_by`
say-chosen-by = напишите `chosen_by: ИМЯ` — факт с датой заявки
no-named-table = нет таблицы
table-no-input = у таблицы нет входа
table-unused = ни одно решение не использует таблицу `{ $name }`
table-input-missing = у таблицы `{ $table }` есть входы, для которых не указан факт: { $inputs }
write-with-input = напишите `with: {"{"}{ $name }: ФАКТ{"}"}`
named-table-overrides = у строки именованной таблицы нет `overrides`: приоритет одной таблицы над другой задают группы правил
extreme-of-nothing = при `total: { $total }` может не примениться ни одно правило, и исхода не будет
say-otherwise = добавьте `otherwise` с исходом на этот случай
rules-override-each-other = правила имеют приоритет друг над другом по кругу: { $shown }
decisions-depend-each-other = решения зависят друг от друга по кругу: { $shown }
decisions-too-deep = под `{ $name }` цепочка длиннее { $most } решений
decisions-too-deep-hint = пусть оно читает факты, или объедините часть решений под ним
calendar = календарь
schedule = часы работы
subject = объект
option = вариант
alternative = вариант толкования
event = событие
clock = срок
registry = реестр
day = день
reaction = реакция
not-status = нет такого состояния:
register-no-clause = в реестре нет пункта
unknown-reading = неизвестное толкование
not-rule = нет правила
such-example-already = пример с таким названием уже есть
not-decision = нет решения
decided-for-each-item = `{ $name }` решается для каждой позиции, а здесь нужно решение по всей заявке
name-a-whole-decision = составьте из него такое решение, например через `count` или `sum`
example-no-key = в примере нет ключа
goes-outcomes-decision-lists = `{ $key }` перечисляет исходы, а у решения `{ $decision }` нет списка исходов
decision-no-outcome-rule = среди исходов и правил решения `{ $decision }` нет
decision-no-outcome-explain = среди исходов решения `{ $answer }` нет
collection-collection-true-advises = советы даёт перечень (`collection: true`), а `{ $name }` — другое
unknown-type = неизвестен тип
not-said = не указано `{ $key }`
whole-number-from = целое число от 0 до 12
only-fact-tells-words = `near` бывает только у фактов, значения которых — слова
parameter-needs-either-value = у параметра `{ $name }` должно быть указано либо `value`, либо `values`
days-called-short-not = среди рабочих дней недели нет тех, что названы короткими; таких дней
day-off = нерабочий день
working-day = рабочий день
calendar-ends-before-begins = календарь кончается { $last }, раньше, чем начинается: { $first }
calendar-contradiction = ошибка в календаре: { $error }
covers-does-not-say = не указано, какой период охватывает календарь: `covers`
not-weekday = нет дня недели
calendar-covers-days-lie = календарь известен с { $first } по { $last }, а дней вне этого промежутка
all-days-under-year = под годом `{ $year }` стоят одни дни года { $told }
write-told = напишите `{ $told }`
day-names-no = в `day_names` нет
outside-what-calendar-covers = день { $day } вне промежутка календаря: с { $first } по { $last }
stands-under-year = день { $day } стоит под годом `{ $year }`
told-twice = день { $day } указан дважды
windows-end-before-begin = короткий день закончился бы раньше, чем начался: { $windows }
window-without-length = окно без длительности: с { $opens } до { $closes }
write-whole-day = сутки целиком — это `"00:00-24:00"`, круглосуточно — `always: true`
window-wanted = здесь нужно окно времени
write-window = напишите `"09:00-13:00"`
windows-overlap = окна { $first } и { $second } пересекаются
not-beside = `{ $key }` не пишут рядом с `{ $other }`
desk-wanted = `{ $name }` само составлено из нескольких часов; назовите их
desks-share-no-day = у календарей этих часов нет общих дней
weekday-never-works = день `{ $weekday }` в календаре `{ $calendar }` никогда не рабочий
weekday-may-work = добавьте день в `working_weekdays`
unknown-calendar = неизвестен календарь
short-days-never = короткие дни не бывают
time-day-wanted = здесь нужно время суток
write-hours = напишите `"10:00"`
before-first-version-holds = на { $day } регламент `{ $policy }` ещё не действовал: первая редакция действует с { $start }
after-last-version-holds = на { $day } регламент `{ $policy }` уже не действовал: последняя редакция действовала по { $holds_until }
calendar-covers-year-years = календарь охватывает { $shown } год, но в `years` о нём ничего нет
calendar-covers-years-years = календарь охватывает годы { $shown }, но в `years` о них ничего нет
list-days-under-write = перечислите его дни под `{ $year }`, напишите `{ $year }: {"{"}{"}"}`, если особых дней в этом году нет, или сузьте `covers`
date-unfit = дата
exactly-fields-wanted = нужны ровно поля { $listed }
fields-lacking = не указаны: { $listed }
used-nowhere-while-said = { $called } `{ $name }` нигде не используется, зато встречается `{ $word }`: { $where }
used-nowhere-while-places = { $called } `{ $name }`: нигде не используется, зато встречается `{ $word }` (мест: { $count }, первое — { $where }); возможно, опечатка в объявлении
name = имя
word = слово
label-people = `{ $word }` — надпись для людей; { $kind } — `{ $name }`
mapping-key-value = набор `ключ: значение`
list = список
word-parts = слово
text-ru-en = текст `{"{"}ru: …, en: …{"}"}`
true-false = `true` или `false`
what-name = { $what } `{ $name }`
unknown-function = неизвестна функция
there-is = есть { $shown }
wanted-kind-node = ожидается { $kind }, а здесь `{ $node }`
wanted-kind-or-name-node = ожидается { $kind } или имя, а здесь `{ $node }`
name-wanted = ожидается значение или имя: { $wanted }
comparison-with-null-never = сравнение с `null` всегда ложно
write-name-null-name = напишите `имя: null` или `имя: {"{"}is_not: null{"}"}`
cannot-compared-with-operands = `{ $node }` — { $wanted }, а сравнить нужно другое: { $wanted2 }
parameter-no-request-changes = `{ $name }` — параметр, проверять в нём нечего
compare-fact-with-fact = сравните с ним факт: `факт: {"{"}at_least: параметр{"}"}`
empty-test = пустая проверка
empty-condition = пустое условие
operator-told-twice = слово проверки стоит дважды
never-null-operators = `{ $key }` не бывает null
write-node-operators = напишите `{"{"}on: { $node }{"}"}`
list-one-value-tested = `{ $key }` — список, а сравнивается как одно значение
write-includes = напишите `{"{"}includes: { $node }{"}"}`
empty-list-never-holds = пустой список: условие не выполнится никогда
listed-twice = `{ $node }` указано дважды
unknown-operator = неизвестный оператор `{ $name }`
write-value-alone = напишите само значение: `имя: значение`
compares-with-day = `on` сравнивает с датой, без времени
write-same-day-alone = напишите `same_as` или один день
does-not-suit = `{ $word }` нельзя применить к `{ $key }`: это { $kind }
value-list = значение или список
only-moment-lies-within = в часы работы могут попасть только дата и время, а `{ $key }` — другое
not-list = `{ $key }` — не список
write-name-value = напишите `имя: значение`
range-one-bracket = у диапазона `{ $text }` одна скобка
write-both-none = напишите обе, как в `[1..5)`, или ни одной
no-value-lies-range = в диапазоне `{ $text }` нет ни одного значения
means-every-value = `|` значит «или»: любое значение — `{ $said }` или `{ $said2 }`
range-written = диапазон пишется `{ $said }` или `{ $one }..{ $other }`
lesser-end-comes-first = первым стоит меньшее: `100..120`
not-clock = нет часов
no-event-above-called = выше нет события с именем
none-takes-event-decision = под `none` — событие или решение
alias-taken = имя `{ $alias }` занято
lists-not-compared = списки здесь не сравнить
cannot-compared-with = `{ $name }` не сравнить с этим полем
no-event-leads = ни одно событие не ведёт к решению
not-requirement = нет требования
such-reaction-already = такая реакция уже есть
not-subject-reactions = нет объекта
chosen-not-said = у толкования не указано `chosen`
reading-no-alternative-readings = среди вариантов толкования нет
not-file = файл `{ $path }` не найден
many-requests-by-batch = столько заявок — это таблица: их решает `reglament batch`
file-larger-than-bytes = { $what } больше допустимых { $most_bytes } байт
file-unpacks-more-than = файл `{ $path }` распаковывается в большее, чем бывает в документе
file-not-docx-document = файл `{ $path }` — не документ .docx
reading-docx-takes-library = чтобы читать .docx, нужна библиотека python-docx
install-reglament-docx-save = установите `reglament[docx]` или сохраните документ как текст
folder-no-git-repository = папка `{ $folder }` не в репозитории git
repository-no-revision = в репозитории нет ревизии `{ $revision }`
git-does-not-run = git не запускается: { $strerror }
git-said = git: { $said }
null-given-decision-not = здесь `null`, а решение не помечено `nullable`
add-nullable-true = добавьте `nullable: true`
field-never-null = поле `{ $name }` не может быть null
add-nullable-to-field = добавьте `nullable: true` к типу поля
round-round-half-up = округлите: `{"{"}round_half_up: [x, шаг]{"}"}`
take-day-day-name = возьмите день: `{"{"}day_of: [имя]{"}"}`
decision-gives = ожидается { $type } (тип решения), а здесь { $given }
with-decimal-places = { $wanted }, знаков после точки: { $places }
row-no-key = в строке неизвестный ключ
interval-empty = неверный период: с { $first } по { $last }
rule-does-not-say = у правила нет `then`
text-names-nothing-called = в тексте назван `{"{"}{ $name }{"}"}`, а такого имени нет
nothing-can-overridden-every = здесь приоритет не нужен: учитываются все правила, которые применяются
not-fact-decision = нет факта или решения
name-language-own = имя `{ $text }` зарезервировано
name-already-another-fact = имя `{ $text }` уже занято другим фактом, решением или параметром
reading-no-alternative = у толкования `{ $reading }` нет варианта `{ $name }`
what-reading-would-mean = не указано, что при толковании `{ $reading }` значит { $listed }
told-already = `{ $key }` уже указан: { $where }
keep-one-two = оставьте одно из двух
arguments-wanted = ожидается аргументов: { $wanted }, а здесь: { $count }
wanted-wanted-wanted = ожидается { $wanted }, а здесь { $wanted2 }
more-than-digits-come = после точки выходит больше { $most_places } цифр
round-argument = округлите аргумент
values-type-no-order = такие значения не упорядочены
moments-not-added = два момента сложить нельзя
bracket-numbers-parameters = границы и ставки ступеней — числа или параметры
brackets-rise = каждая ступень должна кончаться выше предыдущей, первая — выше 0
bracket-rate-not-below-zero = ставка ступени не может быть меньше 0
division-zero = деление на ноль
step-must-above-zero = шаг должен быть больше нуля
step-number-parameter = шаг — число или параметр, а не факт и не решение
not-event = нет события
not-fact = нет факта
not-moment = `{ $moment }` — не день и не момент
not-reading = нет толкования `{ $name }`
event-no-field = у события нет поля
not-reaction = нет реакции
moment = момент
least-more-than-most = `at_least` больше, чем `at_most`: ни одно значение не подходит
numbers-days-moments-durations = `{ $key }` бывает у чисел, дат, времени, длительностей и сроков в месяцах, а здесь { $wanted }
no-while-said = в `{ $group }` нет `{ $word }`, а оно используется: { $uses }
declare-mend = объявите его здесь или исправьте там
used-nowhere-while-said-nothing = { $called } `{ $name }` нигде не используется, зато встречается необъявленное `{ $word }`: { $uses }
if-new-name-write = если `{ $name }` — новое имя `{ $word }`, напишите его и там
never-null-while-said = `{ $name }` не бывает `null`, а используется так, будто бывает: { $uses }
if-null-means-something = если `null` здесь что-то значит, напишите у факта `null_means`, у решения `nullable: true`
declared-while-used-otherwise = `{ $name }` объявлено как { $written }, а используется иначе: { $uses }
holds-versions-one-wanted = в `{ $path }` версий { $count }, а нужна одна
folder-holds-no-policy = в папке `{ $path }` нет файлов регламента (`.yaml`)
yaml-files-wanted = нужны файлы `.yaml`
version-lacks = в редакции не указано `{ $name }`
version-ends-before-begins = редакция заканчивается { $last } — раньше, чем начинается: { $first }
unknown-time-zone = неизвестный часовой пояс `{ $name }`
write-europe-moscow-say = например, `Europe/Moscow`
date-datetime-chooses-version = редакцию выбирает дата (или дата и время), а `{ $word }` — другое
version-holds-from-latest = редакция действует с { $first }, а `{ $chooser }` бывает не позже { $last }
one-folder-holds-two = в одной папке два регламента: `{ $one }` и `{ $two }`
based-on-unknown = рядом нет редакции `{ $name }`
based-on-circle = редакция `{ $name }` сама основана на этой
based-on-alone = редакции `{ $name }` нет рядом с этим файлом: редакция, основанная на другой, лежит в папке, а папка другой — рядом
without-no-base = `without` убирает что-то из другой редакции, а `based_on` её не называет
without-unknown = `{ $name }` нет в редакции, на которой основана эта
version-already-holds-from = редакция `{ $name }` уже есть, она действует с { $holds_from }
give-one-two-another = назовите одну из двух иначе
version-holds-from-already = с { $starts } уже действует редакция `{ $earlier }`
version-holds-until-one = редакция `{ $earlier }` действует по { $ends }, а эта — уже с { $starts }
no-version-holds-from = с { $ends } по { $starts } не действует ни одна редакция: `{ $earlier }` действует по { $ends2 }
write-take-off-holds = напишите `{ $ends }` или уберите `holds_until` редакции `{ $earlier }`
write-what-must-hold = напишите, что должно выполняться, или уберите его
empty-key = в `{ $key }` нет условий
one-function-wanted = здесь нужна одна функция
no-key = у `{ $function }` нет ключа
list-inside-itself = о списке `{ $name }` нельзя спрашивать там, где речь об одной его позиции
list-inside-itself-hint = вынесите это в отдельное решение обо всём запросе и назовите здесь это решение
speaks-of-one-item = `{ $name }` относится к одной позиции списка `{ $list }`, а здесь ни о какой позиции речи нет
speaks-of-one-item-hint = спросите о списке: `{ $list }: {"{"}some: …{"}"}`, `every`, `none` или сложите: `sum: …, over: { $list }`
item-name-taken = `{ $called }` – имя одной позиции списка, поэтому `{ $other }` не может так начинаться
item-name-taken-hint = если это решается о каждой позиции, добавьте `for_each: { $list }`
list-test-empty = о позициях списка `{ $name }` ничего не спрошено
list-test-empty-hint = рядом с `where` напишите `some`, `every`, `none` или число, например `at_least: 1`
list-of-things-tested = `{ $name }` – список позиций, сравнить его со значением нельзя
list-test-hint = напишите `{ $name }: {"{"}some: {"{"}…{"}"}{"}"}`, `every`, `none` или `at_least: 1`
one-total-wanted = нужно одно из слов `count`, `sum`, `minimum`, `maximum`, `distinct`, `list_of`
items-have-no-order = порядок позиций ничего не значит: возьмите `minimum` или `maximum` того, чем они упорядочены, и условие `where` с этим значением
distinct-of-name = `distinct` считает разные значения поля `{ $called }` или решения о нём
distinct-of-name-hint = назовите вычисляемое: решение с `for_each: { $list }`
list-of-plain-items = в списке не может быть списков
list-of-plain-hint = соедините списки через `concatenate`
list-item-never-null = элемент списка не может быть null
sorted-by-field = записи сортируют по полю, которое не бывает null
sort-by-field = скажите, по какому полю: `{"{"}sort: […], by: amount{"}"}`
item-without-hours = в том, что говорится об одном элементе, часов работы быть не может
call-item-otherwise = назовите элемент иначе: `called: one`
items-called = в `called` у элемента каждого списка есть имя: имён нужно { $count }
items-called-hint = напишите их в порядке списков: `called: [height, width]`
things-in-formula = `{ $name }` — список позиций: поставить его в формулу целиком нельзя
not-a-list-of-things = нет списка позиций с именем
cell-no-list = `{ $shown }` – не список в JSON, например `[{"{"}"kind": "book"{"}"}]`, где для каждого элемента (`{ $called }`) записано, что о нём известно
cell-no-list-hint = передайте список структур, текст JSON или отдельную таблицу позиций (`--lines`)
option-lines = Позиции списка в отдельной таблице CSV: order.lines=lines.csv. Общий столбец двух файлов указывает, к какой заявке относится позиция.
option-lines-by = Вместе с --lines: столбец, по которому позиции относятся к заявкам, если общих столбцов несколько.
lines-list-file = `{ $text }`: ожидается список и таблица его позиций
write-lines = напишите `СПИСОК=ФАЙЛ`, например `order.lines=lines.csv`
lines-no-such-list = в правилах нет списка `{ $name }`
lists-listed = списки в правилах: { $listed }
lines-twice = для `{ $name }` указаны две таблицы
lines-no-such-key = столбца `{ $key }` нет либо в `{ $name }`, либо в заявках
lines-several-keys = у `{ $name }` и заявок несколько общих столбцов: { $listed }
lines-without-key = ни один столбец `{ $name }` не указывает, к какой заявке относится позиция: { $listed }
lines-key-hint = в обоих файлах нужен один столбец с тем же именем, например номер заказа; его называет `--by СТОЛБЕЦ`
request-without-key = в заявке не указано `{ $key }`, а по нему находят позиции `{ $list }`
request-key-twice = у двух заявок `{ $key }` равно `{ $told }`: непонятно, чьи позиции `{ $list }`
line-without-key = в строке не указано `{ $key }`, и непонятно, к какой заявке она относится (`{ $list }`)
line-of-no-request = ни в одной заявке `{ $key }` не равно `{ $told }`, а к ней относится эта строка `{ $list }`
import-reads-list = `{ $name }` из `{ $policy }` читает список позиций `{ $list }`, поэтому пока не может быть фактом других правил
not-in-sql = `{ $name }` нельзя выразить в SQL: { $why }
sql-use-only = выразить можно остальное: `only={ $listed }`; эти решения примет `reglament batch`
sql-use-batch = это решение примет `reglament batch`
sql-no-dialect = SQL для `{ $name }` нет, есть только для { $listed }
sql-no-fact = факта `{ $name }` нет
sql-too-large = к нему ведёт слишком много путей
sql-reasons-too-large = к его причинам ведёт слишком много путей
sql-rests-on = оно опирается на `{ $name }`, а его тоже нельзя выразить
sql-of-each = оно читает список `{ $list }`, а строка таблицы — это одна вещь
sql-kind = факт `{ $name }` нельзя точно передать столбцом таблицы
sql-value = его результат нельзя точно передать столбцом таблицы
sql-test = проверку `{ $word }` база данных поняла бы иначе
sql-function = для функции `{ $name }` в SQL нет точной записи
sql-function-of-facts = в функции `{ $name }` правила должны сами называть всё, кроме одного дня или момента
sql-count-unbounded = функция `{ $name }` отсчитывает число, которое ничем не ограничено
sql-picked-term = оно даёт одно из двух значений по условию
sql-too-many-digits = его числам может понадобиться больше цифр, чем база данных считает точно
sql-never-open = оно спрашивает о рабочем времени, которого никогда нет
sql-calendar-too-long = календарь его рабочего времени слишком длинный для таблицы
list-never-null = список `{ $name }` не может быть `null`: пустой список говорит, что ничего нет
list-needs-at-most = для списка `{ $name }` не указано, сколько в нём может быть позиций
list-needs-at-most-hint = добавьте `at_most: 100`
whole-number-to = нужно целое число от 0 до { $most }
list-field-flat = поле `{ $name }` позиции не может быть списком или записью
list-nested-twice = `{ $name }` – список внутри списка, который сам внутри списка: вложить список можно один раз
for-each-name = имя решения о каждой позиции начинается с `{ $called }.`, а не `{ $name }`
needs-hours = у `{ $function }` не указано `hours`
closing-not = для `at_closing` нет такого:
first-day-may = напишите `counts`, если первый рабочий день входит в счёт, `not_counted`, если не входит, `moved`, если счёт начинается после ближайшего рабочего дня
first-day-not = первый день не бывает
bracket-no-key = у ступени нет ключа
last-bracket-has-no-end = у последней ступени нет верхней границы: её ставка действует для всего, что выше
two-ends-wanted = ожидаются две границы: `between: [100, 120]`
hours-of-word = не указано, по каким часам: { $listed }
choice-without-word = у выбора нет слова
choice-wanted-by = `{ $name }` — не выбор из слов: часы может назначить только слово
function-wanted = здесь нужна функция
number-date-name = число, дата, имя или функция

## language/requests

name-decision-text = имя решения — это текст, а здесь { $given } `{ $name }`
leave-fact-out-if = если значение неизвестно, не указывайте этот факт
may-not-told-null = `{ $name }` не может быть `null`
told-twice-told = `{ $name }` указан дважды
unknown-fact-told = неизвестный факт `{ $shown }`
group-facts-not-fact = `{ $name }` — группа фактов; укажите факт внутри неё
holds-listed = в ней { $listed }
group-may-not-null = группа `{ $name }` не бывает `null`: не бывает `null` { $always }
those-may-null = `null` бывают { $shown }
decided-regulation-request-cannot = `{ $name }` определяет регламент, в заявке его не указывают
tell-facts-follows-from = укажите факты, из которых это следует
fact-name-text = имя факта должно быть текстом, а здесь { $named } `{ $key }`
nested-deeper-than = вложенность больше { $deepest }
nested-too-deep = вложенность слишком глубока
not-one-options = `{ $value }` — недопустимое значение
options-listed = допустимые значения: { $listed }
text-longer-than-characters = текст длиннее { $longest_text } знаков
text-holds-character = в тексте управляющий знак { $code }
delete = удалите его
binary-fraction-not-exact = двоичная дробь не точна: дайте Decimal или строку
more-digits-after-point = в `{ $value }` после точки больше цифр, чем разрешено: { $places }
fields-listed = нужны поля { $listed }
list-of-things-hint = укажите список позиций или `{"{"}items: […], more: true{"}"}`, если их может быть больше
list-no-key = у списка позиций нет ключа `{ $key }`
item-no-field = у `{ $called }` нет поля `{ $field }`
told-near-counts-another = `{ $fact }`: указано `{ $told }`; это похоже на `{ $near }`, но считается другим значением
fact-assumed = не указано: { $label }; принято: { $value }
chooser-not-assumed = `{ $name }` выбирает редакцию, и принять его нельзя
told-without-offset-from = время в `{ $name }` указано без смещения от UTC; считаем его временем { $zone }
null-read-null = `{ $group }: null` прочитано как `null` для { $listed }
value-told-than-bound = значение `{ $told }` { $than }: { $most } { $bound }
too-small = меньше допустимого
least-allowed = не меньше
too-large = больше допустимого
most-allowed = не больше
too-early = раньше допустимого
earliest-allowed = не раньше
too-late = позже допустимого
latest-allowed = не позже
request-mapping-facts-fact = заявка — это набор фактов, `{ "{" }факт: значение{ "}" }`
text-holds-no-request = в файле нет ни одной заявки
second-leap-second-not = секунда 60 (високосная) здесь не считается
not-hour-hours-run = часа 24 нет: часы идут от 00 до 23
midnight-end-day-next = полночь в конце дня — это 00:00 следующего дня
not-such-date = даты `{ $text }` не бывает
year-out-range-not = год { $year } вне допустимых: с { $first_year } по { $last_year }
not-clock-moved-forward = времени `{ $text }` в зоне { $zone } не было: часы перевели вперёд
came-twice-clock-moved = время `{ $text }` в зоне { $zone } было дважды: в этот день часы перевели назад
write-time-too-t00 = добавьте время: `{ $day }T00:00`
write-day-alone = напишите один день: `{ $day }`
round-microseconds-t18 = округлите до микросекунд: `2026-11-20T18:30:00.123456`
nanoseconds-moment-given-finer = наносекунды не поддерживаются: время указано точнее микросекунды
missing-value-nan-nat = значения нет (NaN, NaT или NA)
fraction-no-exact-decimal = дробь не записывается десятичной точно

## language/syntax

save-table-csv-with = сохраните таблицу как CSV с разделителем `,` или `;`
spreadsheet-no-csv = это книга электронной таблицы, а не CSV
table-no-rows = в таблице нет строк
header-columns-every-row = столбцов в заголовке { $columns }, а ячеек в каждой строке { $cells }
column-missing-header-one = нет ли в заголовке пропавшего или лишнего столбца?
cells-separated-tabs = ячейки разделены табуляцией
save-table-with-between = сохраните таблицу с разделителем `,` или `;`
header-holds-both = в заголовке стоят и `,`, и `;`
put-column-name-holds = возьмите в кавычки имя столбца, в котором есть такой знак
quote-opened-not-closed = кавычка не закрыта
close-quote-quote-inside = закройте кавычку; кавычка внутри текста пишется дважды: `""`
text-stands-after-closed = после закрывающей кавычки есть текст
quote-inside-text-written = кавычка внутри текста пишется дважды: `""`
column-no-name = столбец { $number } без имени
name-already-column = имя `{ $name }` уже носит столбец { $first }
row-cells-header = ячеек в строке: { $count }, столбцов в заголовке: { $count2 }
empty-cell-needs-separator = пустая ячейка тоже отделяется; ячейку с разделителем возьмите в кавычки
wanted-wanted = ожидается { $wanted }
link-leads-out-folder = `{ $name }` — ссылка, и ведёт она из папки `{ $folder }` наружу
put-file-itself-into = положите в папку сам файл
not-file-but-pipe = `{ $name }` — не файл, а канал, устройство или сокет
line-not-json = строка не JSON
each-line-holds-one = в каждой строке должно быть одно целое значение JSON
request-among-rules = в `{ $file }` указаны факты этого регламента: это похоже на запрос
request-elsewhere = каждый файл `.yaml` в папке регламента — его часть; запросы храните в другой папке
what-holds = по содержанию это раздел `{ $section }`
more-after-belong-section = `{ $name }` (и следующие за ним: { $count }) относится к разделу `{ $section }`, но стоит не в нём
belongs-section-does-not = `{ $name }` — из раздела `{ $section }`, а стоит не в нём
line-missing-above-check = нет ли выше пропавшей строки `{ $section }:`? Проверьте и отступ
name-missing-above = в разделе `{ $section }` над `{ $name }` не хватает имени
name-missing-above-hint = напишите имя отдельной строкой с двоеточием в конце, а его содержимое под ним, с большим отступом
unknown-key-row = в строке неизвестный ключ `{ $name }`
one-listed-words = одно из допустимых значений
whole-number = целое число
number = число
date-time = дата и время
duration = длительность
period = срок в годах и месяцах
text = текст
set-fields = набор полей `имя: значение`
date-written = дата пишется так: `2026-11-20`
date-time-written-t18 = дата и время пишутся так: `2026-11-20T18:30`
duration-written-minutes-hours = длительность пишется так: `90 minutes`, `8 hours`, `2 days` или `PT8H`
period-written = срок в годах и месяцах пишется так: `18 months`, `1 year 6 months` или `P1Y6M`
how-pandas-writes-not = так pandas пишет, что значения нет: уберите факт (`row.dropna()`) или дайте `None`, если известно, что его нет
put-value-quotes = возьмите значение в кавычки
take-off-quotes = уберите кавычки
wanted-wanted-given-value = ожидается { $wanted }, а здесь { $given }{ $value }
value-out-range-from = значение{ $value } вне допустимых пределов: от { $least } до { $most }
object-name-unfit = объект `{ $name }`
boolean = логическое значение
whole-number-unfit = целое число
number-unfit = число
date-time-unfit = дата и время
date-unfit-2 = дата
duration-unfit = длительность
period-unfit = срок в годах и месяцах
text-unfit = текст
mapping = набор `ключ: значение`
null = `null`
did-you-mean-listed = может быть, { $listed }?
indented-too-deep-key = отступ слишком велик: ключ стоит рядом с `{ $beside }`, а не внутри него
missing-here-did-you-mean = здесь не хватает `{ $missing }`: может быть, это он?
in-label = в `{ $label }`{" "}
wanted-key = неверный ключ: ожидается { $wanted }, а здесь `{ $key }`
wanted-wanted-inside-given = { $inside }ожидается { $wanted }, а здесь { $given }
one-names = одно из { $names }
letter-not-latin = буква `{ $letter }` не латинская
name-cannot-hold = в имени недопустим символ `{ $letter }`; можно латинские буквы, цифры, `-`, `_`
write-node = напишите `[{ $node }]`
not-one-options-mistakes = { $inside }недопустимое значение `{ $word }`
unknown-key-mistakes = { $inside }неизвестный ключ `{ $word }`
needs-beside = `{ $key }` не бывает без `{ $other }`
stand-together-keep-one = { $inside }стоят `{ $one }` и `{ $other }`, а нужно что-то одно
missing-one-of = { $inside }не хватает одного из: { $names }
nothing-inside = { $inside }ничего нет
too-few = { $inside }{ $unit } нужно не меньше { $bound }, а здесь { $count }
too-many = { $inside }{ $unit } можно не больше { $bound }, а здесь { $count }
less-than = { $inside }нужно не { $least ->
        [true] меньше
       *[other] больше
    } { $asked }, а здесь `{ $found }`
schema-does-not-hold = { $inside }не выполнено `{ $keyword }` схемы
may-stand = допустимые ключи: { $known }
put-quotes-if-text = если это текст, возьмите его в кавычки
if-goes-with-text = похоже, это часть текста с запятой; заключите весь текст в кавычки
write-value-alone-name = напишите само значение: `имя: значение`
items = пунктов
keys = ключей
characters = знаков
text-holds-unseen-character = невидимый символ U+{ $code }
problems-already-file-read = ошибок уже { $count }; дальше файл не читался
line-file-longer-than = строка { $number } файла `{ $name }` длиннее допустимых { $most_line } байт
file-of-path = файл `{ $path }`
standard-input = стандартный ввод
body-of-request = текст запроса
file-empty = { $what } пуст
folder-file-wanted-source = `{ $name }` — папка, а нужен файл
file-cannot-read = { $what } не читается: { $why }
file-not-utf-start = { $what } записан не в UTF-8, а, судя по началу, в { $wide }
file-binary-byte-zero = { $what } двоичный: байт { $at } нулевой
file-not-utf-byte-at = { $what } записан не в UTF-8: неверный байт { $byte } на месте { $start }
file-not-utf-byte = { $what } записан не в UTF-8: неверный байт { $byte }
save-file-utf = сохраните в UTF-8
looks-like-windows-save = похоже на Windows-1251; сохраните в UTF-8
write-listed = напишите { $listed }
did-you-mean = может быть, `{ $meant }`?
stray-asked = { $stray }; { $asked }
quote-part-word = кавычка `{ $letter }` здесь часть слова
holds-invisible-character = в `{ $shown }` есть невидимый знак { $code }
holds-cyrillic-letter = в `{ $shown }` буква `{ $letter }` — кириллическая
holds-latin-letter = в `{ $shown }` буква `{ $letter }` — латинская
text-language-write = `{ $word }` здесь текст; напишите `{ $write }`
if-text-write-quotes = если это текст, напишите `"{ $raw }"` в кавычках
write-quotes-if-text = напишите `{ $number }`, а если это текст — `"{ $raw }"` в кавычках
said-code = { $said } { $code }
mark-git-left-two = здесь метки `{ $first }`, которые оставил git: две правки файла не сведены в одну (таких мест: { $count })
keep-one-two-changes = оставьте одну из двух правок и удалите строки `<<<<<<<`, `=======`, `>>>>>>>`
instead-blank-no-break = вместо обычного пробела стоит неразрывный
instead-blank-another-character = вместо обычного пробела стоит особый знак
delete-type-ordinary-blank = сотрите его и введите обычный пробел
key-already-line = ключ `{ $name }` уже есть в строке { $line }
stand-second-time-one = в одном наборе второй раз стоят { $listed }
dash-new-item-key = нет ли здесь пропавшей черты `-` перед новым пунктом или ключа над ними?
text-holds-control-character = в тексте управляющий знак U+{ $code }
number-written-way-read = число `{ $raw }` разные программы читают по-разному
number-more-than-digits = в числе больше { $most_digits } цифр
nested-deeper-than-levels = вложенность больше { $deepest } уровней
aliases-stand-more-than = ссылки YAML разворачиваются более чем в { $most_aliased } значений
alias-stands-inside-what = ссылка `*{ $name }` стоит внутри того, на что ссылается
alias-no-anchor-above = ссылка `*{ $name }`, а метки `&{ $name }` выше нет
key-must-word = ключ должен быть словом
put-quotes-if-text-with = если это текст со скобкой или звёздочкой, возьмите его в кавычки
merging-not-language = слияние `<<` не поддерживается
write-keys-out = напишите ключи явно
key-empty = ключ пуст
list-under-value-read = под значением стоит список: YAML считает его продолжением текста
take-off-value-list = уберите значение или список, а текст возьмите в кавычки
second-document-file-holds = в файле второй документ YAML, а нужен один
take-off = уберите `---`
from-not-yaml = ошибка YAML: { $told }
indent-with-spaces = делайте отступы пробелами
line-indented-with-tab = отступ сделан табуляцией
put-text-straight-quotes = возьмите текст в прямые кавычки: `"…"`
typographic-quotes-not-quotes = типографские кавычки в YAML не кавычки, и двоеточие внутри них читается как ключ
check-line-indentation-quotes = проверьте отступ этой строки, кавычки и скобки выше
comparisons-words-least-put = сравнения пишутся словами: `{"{"}at_least: 18{"}"}`; текст возьмите в кавычки
close-quote = закройте кавычку
quote-opened-closed-only = кавычка открыта здесь, а закрыла её следующая, строкой ниже
key-no-colon-after = после ключа нет двоеточия
write-key-value-indent = напишите `ключ: значение` или сдвиньте продолжение текста вправо
no-blank-stands-after = после двоеточия нет пробела
write-key-value = напишите `ключ: значение`
file-begins-with-indented = файл начинается с отступа, а ниже стоят ключи без отступа
line-section-such-facts = нет ли выше пропавшей строки раздела, скажем `facts:`?
item-list-stands-where = пункт списка стоит там, где стоят ключи
line-such-rules-missing = нет ли выше пропавшей строки, скажем `rules:`? Проверьте и отступ
align-with-keys-same = начните её в той же колонке, что и ключи рядом с ней
line-indented-otherwise-than = у этой строки иной отступ, чем у соседних
bracket-opened-not-closed = скобка не закрыта или внутри пропущена запятая
bracket-in-bare-text = текст со скобкой `{"{"}` или `[` стоит без кавычек, или перед скобкой нет запятой
close-bracket = закройте скобку
value-cannot-start-with = значение не может начинаться с `{ $letter }`
colon-where-no-key = лишнее двоеточие или неверный отступ
put-text-holds-colon = выровняйте строку с соседними ключами; если двоеточие — часть текста, заключите текст в кавычки
before-value-anchor-alias = после `&` или `*` должно быть имя; если это текст, заключите его в кавычки
unknown-escape-double-quotes = в двойных кавычках неизвестная запись с `\`
use-single-quotes-write = возьмите текст в одинарные кавычки или напишите `\\`
language-no-tags-directives = теги и директивы YAML здесь не поддерживаются
after-text-starts-new = после `|` и `>` текст начинается с новой строки
not-value-before = перед `{ $letter }` нет значения
neither-key-nor-list = здесь не может начинаться ни ключ, ни пункт списка; проверьте отступ
not-yaml = текст не YAML: { $error }
anchor-already-line = метка `&{ $anchor }` уже есть в строке { $line }
tag-not-language = тег `{ $tag }` не из этого языка
take-tag-off-put = уберите тег, а если это текст, возьмите его в кавычки
nothing-refers-anchor = на метку `&{ $name }` никто не ссылается
take-off-put-value = уберите её, а если это текст, возьмите его в кавычки

## matching

reserved-kind = вид факта занят
too-many-fields = много полей
reserved-field = имя поля занято
too-many-rules = слишком много правил
told-twice-linter = дважды
rules-one-kind = правил на один вид факта
tests-one-kind = проверок на один вид факта
what-comes-first = первым нужно то, что есть
too-many-patterns = слишком много условий
none-comes-last = `none` ставится последним
alias-taken-no-name = имя занято
unknown-kind = нет такого вида факта
transient-under-none = мимолётному нельзя `none`
too-many-tests-pattern = слишком много проверок
field-another-kind = поле другого вида
value-too-large = значение велико
no-such-alias-above = имени выше нет
different-kinds-field = разные виды
only-numbers-ordered = упорядочены только числа

## messages

or-between = {" "}или{" "}

## model

extra-missing = не установлен пакет `{ $module }`
install-extra = установите: `pip install "reglament[{ $extra }]"`
more-problems-all = … и ещё ошибок: { $left }, всего { $total }
and-what-follows = { $is_one ->
    [true] … и ещё следствий этой ошибки: { $count }
   *[other] … и ещё следствий этих ошибок: { $count }
}

## policy

bundle-foreign = `{ $path }` — не собранный регламент
bundle-changed = собранный регламент `{ $path }` изменён или оборван
bundle-newer = регламент `{ $path }` собран более новым reglament
bundle-older = регламент `{ $path }` собран другим выпуском reglament
bundle-build-again = соберите его заново: `reglament build POLICY -o FILE`
bundle-built = `{ $path }` — собранный регламент, его не правят
bundle-edit-source = правьте то, из чего он собран
policy-cannot-read = регламент `{ $name_or_path }` не читается: { $why }
not-policy-neither-bundled = регламента `{ $name_or_path }` нет: это не имя регламента из поставки и не путь
name-bundled-policy-file = укажите имя регламента из поставки, файл или папку; текущая папка — `.`
several-policies-here = здесь несколько регламентов: { $names }
name-one-policy = укажите один: `--policy ИМЯ` или `policy = "ИМЯ"` в файле `reglament.toml` проекта
no-policy-here = регламент не найден в папке { $folder }
name-policy-or-begin = укажите `--policy`: папку, файл или имя из поставки ({ $names }); новый регламент создаёт `reglament new ИМЯ`
policies-known = известные регламенты: { $names }
policy-is-at = Регламент: { $path }
policy-by-settings = Регламент: { $path } (указан в { $file })
policy-is-bundled = Регламент: { $name }, из поставки reglament ({ $path })
bundled-policy-read = Регламент здесь не найден, поэтому взят `{ $policy }` из поставки. Другой можно указать: `--policy`.
settings-no-table = `reglament` — не таблица
settings-unknown-key = неизвестная настройка `{ $key }`
settings-known = известные настройки: { $names }
settings-policy-no-text = `policy` — не имя и не путь
settings-example = например: `policy = "fees"`
settings-not-toml = неверный TOML: { $why }

## rendering

why = Почему
avoid = Избегайте
prefer = Лучше
rules-apply-together-disagree-advice = коллизия: правила применяются одновременно и дают разные исходы
order-rules-means-nothing = Порядок правил не имеет значения, поэтому по такой заявке нельзя вынести решение: программа сообщит об ошибке. Укажите, у какого правила приоритет (`overrides`), или сделайте так, чтобы условия не пересекались.
no-rule-applies = пробел: не применяется ни одно правило
request-rules-silent-refused = По заявке, для которой нет правила, решения не будет: программа сообщит об ошибке. Если в регламенте это действительно не указано, напишите `otherwise` с причиной.
some-days-no-value = пробел во времени: на некоторые дни нет значения
version-holds-days-no = Редакция действует и в те дни, для которых нет значения или правила. Заявки за эти дни решить нельзя.
condition-cannot-hold-another = Условие правила не может выполниться или приоритет всегда у другого правила. Кажется, что правило работает, но это не так.
without-rule-all-stays = лишнее правило
other-rules-say-same = Другие правила дают тот же исход и ссылаются на те же пункты. Если исправить одно из двух одинаковых правил, ничего не изменится — и это легко не заметить. Правило, которое одно ссылается на какой-то пункт, лишним не считается.
test-always-holds = проверка всегда верна
other-conditions-rule-say = Это уже следует из остальных условий, или иначе не бывает. Проверку нужно убрать или исправить: возможно, ошибка в границе, имени факта или знаке сравнения.
test-never-holds = проверка всегда ложна
wherever-could-matter-test = Когда от проверки что-то зависит, она ложна, поэтому эта часть условия не работает.
no-request-reaches-outcome = недостижимый исход
outcome-declared-no-request = Исход объявлен, но его не даёт ни одна заявка: не хватает правила или ошибка в условии. Если исход не нужен, удалите его.
nobody-reads-fact = неиспользуемый факт
what-decides-nothing-need = О факте, который ни на что не влияет, не нужно спрашивать: лишняя работа и лишние данные.
parameter-not-used = параметр не используется
rule-probably-repeats-value = Возможно, в правиле вместо параметра стоит число. Тогда изменение параметра не повлияет на решения.
nothing-cites-clause-advice = на пункт не ссылается ни одно правило
clause-text-no-rule = Либо правило забыли написать, либо нужно объяснить, почему оно не требуется (`no_rule`).
no-rule-clause-cited = `no_rule` у пункта, на который ссылаются
clause-said-need-no = Указано, что правило не нужно, но правила на этот пункт ссылаются. Уберите `no_rule` или ссылку.
reading-decides-nothing = толкование ни на что не влияет
with-other-alternative-every = При любом варианте исходы те же. Возможно, правило забыли связать с толкованием (`under`); если нет — удалите его.
rule-names-unknown-word = правило называет слово, которого нет у факта
open-choice-takes-any = К открытому выбору подходит любое слово, поэтому опечатка в правиле не ошибка: правило просто не сработает. Исправьте слово или добавьте его в `options`.
word-is-name-too-advice = слово в правиле совпадает с именем
bare-word-rule = Слово, объявленное у факта или решения, означает себя. Любое другое слово означает факт, решение или параметр с таким именем, если он есть, иначе само слово. Укажите прямо, что нужно: literal — слово, same_as — значение.
no-rule-names-option = значение не называет ни одно правило
rules-name-other-options = Правила называют другие значения, а это забыли: с ним решается так же, как с любым другим. Назовите его в правиле, хотя бы рядом с тем, с чем оно совпадает.
text-missing-one-language = нет текста на одном из языков
readers-language-will-see = Тот, кто читает на этом языке, увидит пустое место, чужой язык или фразу без значения.
not-answer-about-days = Сроки после последнего дня календаря посчитать нельзя. Добавьте следующий год, когда выйдет постановление о переносе выходных.
worked-example-names-rule = пример называет правило, которого нет
rule-row-table-otherwise = Правило, строку таблицы или `otherwise` убрали или переименовали, а пример ждёт их по-прежнему: пройти он не может.
worked-example-proves-nothing = пример ничего не проверяет
example-expects-nothing-repeats = Пример ничего не ожидает или повторяет другой: новой проверки в нём нет.
diagram-decision-outgrew-budget-so = Решение слишком сложное для полного анализа, поэтому о нём ничего не известно. Разделите его на несколько решений.
told-request = из заявки
given-caller = указано при запуске
moment-deciding = текущие дата и время
first-day-of-version = первый день единственной редакции
applied-auditor = применены
overridden-auditor = не применены: приоритет у другого правила
did-not-apply-auditor = не применены
open = пока неизвестно
met = выполнены
unmet = не выполнены
regulation = регламент
digest = контрольная сумма
note = примечание
facts-told = указанные факты
none = нет
possible = возможно
needs = нужно знать
not-exact = неточно
settled = для вывода достаточно
worth-asking = полезно уточнить
why-auditor = почему
what-do = что делать
cannot-listed = возможные исходы не перечислить
another-rule-applies = применено другое правило
may-apply-auditor = {" "}- может относиться
if = если
readings-auditor = толкования:
working-time-counted-auditor = как считалось рабочее время:
day-from-minutes = день с по минут
total = всего
bound-least = { $is_time ->
    [true] не раньше { $least }
   *[other] не меньше { $least }
}
bound-most = { $is_time ->
    [true] не позже { $most }
   *[other] не больше { $most }
}
bounds-of = { $is_time ->
    [true] с { $least } по { $most }
   *[other] от { $least } до { $most }
}
and = и
or = или
months-in-dates = января, февраля, марта, апреля, мая, июня, июля, августа, сентября, октября, ноября, декабря
around-the-clock = круглосуточно
first-open-of = кто из них открыт: { $desks }
closed-all-day = закрыто
weekdays = понедельник, вторник, среда, четверг, пятница, суббота, воскресенье
weekdays-short = пн, вт, ср, чт, пт, сб, вс
date-in-words = { $day } { $month } { $year }
full-day = { $day } ({ $weekday })
letter-day = { $day } года
letter-moment = { $day } года ({ $weekday }), { $clock }
hours-of-the-clock = 24
quoted = «{ $text }»
diagram-nodes-picture-made = узлов в диаграмме: { $count }; картинку рисуют, если их не больше { $most_boxes }
anything-else-drawing = иное
one = есть
gap-no-rule = пробел: правила нет
refused-rests-refused-decision = решить нельзя: зависит от того, что решить нельзя
if-can = , если так бывает
span-above = { $is_time ->
    [true] позже { $value }
   *[other] больше чем { $value }
}
span-up-to = { $is_time ->
    [true] не позже { $value }
   *[other] { $value } и меньше
}
span-below = { $is_time ->
    [true] раньше { $value }
   *[other] меньше чем { $value }
}
span-from = { $is_time ->
    [true] с { $value }
   *[other] { $value } и больше
}
error = ошибка
warning = предупреждение
exact = доказано
unproven = не доказано
request = заявка
where = где
so-findings = отсюда и
more-follow-from = и ещё следствий: { $count }
not-told = не указано
cannot-decided = решить нельзя
working-time-counted = учтено рабочее время
days-more = { $days ->
    [one] и ещё { $days } день
    [few] и ещё { $days } дня
    [many] и ещё { $days } дней
   *[other] и ещё { $days } дня
}
hours-short = { $told } ч
clauses-rules-examples = Пункты, правила, примеры
clause-heading = Пункт
what-says = О чём
rules-examples = Правила и примеры
covered-nothing = ничем не покрыт
no-example = примера нет
needs-no-rule = правило не нужно
named = названо в
examples = примеры
clauses-with-rules-need = пунктов { $count }: с правилами { $ruled }, правило не нужно { $excused }, ничем не покрыто { $bare }
choice = выбор
yes-no = да или нет
whole-number-page = целое число
number-page = число
moment-page = дата и время
duration-page = длительность
period-page = срок в годах и месяцах
text-page = текст
list-page = список
record = запись
any-other = другое
time-zone-page = часовой пояс
facts = Факты
fact-meaning-values-null = факт|что это|значения|null означает
decisions = Решения
hours-page = Часы работы
parameters = Параметры
parameter-meaning-value-from = параметр|что это|значение|с
chosen = выбрано
clauses-text = Пункты текста
clause-where-what-says = пункт|где|о чём|правила
where-all-holds-else = { $met }, если выполнено всё; иначе { $unmet }:
otherwise = иначе
hit-policy-first = Если применяется несколько правил, действует первое из них.
hit-policy-priority = Если применяется несколько правил, действует исход, который стоит в списке раньше.
field-of = { $second }: { $first }
group-overrides = Правила группы { $group } имеют приоритет над правилами групп: { $others }.
counted-at-least = не меньше { $least } из этих условий:{" "}
counted-at-most = не больше { $most } из этих условий:{" "}
counted-exactly = ровно { $count } из этих условий:{" "}
counted-between = от { $least } до { $most } из этих условий:{" "}
counted-not-between = меньше { $least } или больше { $most } из этих условий:{" "}
hit-policy-unique = Одновременно применяется не больше одного правила.
hit-policy-rule-order = Позиции идут в порядке правил.
total-sum = Исход — сумма по всем правилам, которые применяются.
total-count = Исход — сколько правил применяется.
total-minimum = Исход — наименьшее из значений по правилам, которые применяются.
total-maximum = Исход — наибольшее из значений по правилам, которые применяются.
overrides = имеет приоритет над
answer-we-need-know = Чтобы ответить, нам нужно узнать
letter-questions = Чтобы ответить, нам нужно узнать у вас:
letter-found-out = Остальное мы выясним сами: { $facts }.
letter-next = Что делать дальше.
if-also = если речь и о другом — «{ $matter }»: { $steps }
letter-near = В вашей заявке указано { $told }. Если имеется в виду { $near }, ответьте на это письмо: от этого зависит ответ.
letter-clauses = Основание: регламент, раздел { $clauses }.
next = Дальше
told-is-not-near = { $told } — не то же, что { $near }; если имелось в виду второе, сообщите его
too-many-cases-try = Перебрать все случаи не удалось: возможно, исход от этого не зависит.
not-stated = …не указано
may-be-overridden-by = приоритет может быть у { $names }
overridden-anyway-by = не применяется при любых фактах: приоритет у { $names }
overridden-by = не применено: приоритет у { $names }
message = { $message }.
depends-on-refused = Зависит от того, что решить нельзя: { $behind }.
either-reason = Либо: { $reason }
or-reason = Либо: { $reason }
depends-on-missing = Не хватает сведений: { $needed }.
rounded-down = { $first } с округлением вниз до { $second }
rounded-up = { $first } с округлением вверх до { $second }
rounded-half-up = { $first }, округлённое до { $second } (половина — вверх)
rounded-half-even = { $first } с округлением до { $second } (половина к чётному)
rounded-never-more = { $first } с округлением до { $second } в меньшую сторону
rounded-never-less = { $first } с округлением до { $second } в большую сторону
day-of = день: { $first }
per-cent-of = { $first } % от { $second }
brackets-of = по частям: { $first }: { $second }
bracket-up-to = до { $end } – { $rate } %
bracket-above = свыше – { $rate } %
next-working-day = { $first }, а если это нерабочий день — следующий рабочий
last-working-day = { $first }, а если это нерабочий день — предыдущий рабочий
working-days-after = { $first } плюс рабочих дней: { $second }
working-days-counting = рабочий день № { $second }, считая с { $first } включительно
working-days-moved = { $first } или следующий рабочий день плюс рабочих дней: { $second }
working-time-from = рабочее время от { $first } до { $second }
full-working-hours-from = полных рабочих часов от { $first } до { $second }
full-hours-from = полных часов от { $first } до { $second }
full-minutes-from = полных минут от { $first } до { $second }
day-of-week = день недели, { $first } (1 — понедельник)
month-of = месяц, { $first } (1 — январь)
year-of = год, { $first }
start-of-month = первый день месяца, { $first }
start-of-quarter = первый день квартала, { $first }
start-of-year = первый день года, { $first }
end-of-month = последний день месяца, { $first }
end-of-quarter = последний день квартала, { $first }
end-of-year = последний день года, { $first }
age-on = возраст в полных годах: родился { $first }, на { $second }
other-word = любое другое
full-days-from = полных дней от { $first } до { $second }
full-months-from = полных месяцев от { $first } до { $second }
period-from = полных лет и месяцев от { $first } до { $second }
full-years-from = полных лет от { $first } до { $second }
plus = {" "}плюс{" "}
greatest-of = наибольшее из: { $first }
least-of = наименьшее из: { $first }
amount-in-units = { $unit ->
    [hour] { $amount } (часов)
    [day] { $amount } (дней)
    [month] { $amount } (месяцев)
   *[year] { $amount } (лет)
}
working-hours = { $count ->
    [one] { $amount } рабочий час
    [many] { $amount } рабочих часов
   *[other] { $amount } рабочих часа
}
first-plus-second = { $first } плюс { $second }
always = всегда
never = никогда
least-tests-in-words = не меньше, чем
most-tests-in-words = не больше, чем
more-than = больше, чем
less-than-tests-in-words = меньше, чем
not-earlier-than = не раньше, чем
not-later-than = не позже, чем
later-than = позже, чем
earlier-than = раньше, чем
day-tests-in-words = , по дням
was-value = было: { $value }
so-far-value = пока: { $value }
not-so = не выполнено: { $said }
list-some = в списке «{ $list }» есть позиция: { $said }
list-no-such = в списке «{ $list }» нет позиции: { $said }
list-every = каждая позиция списка «{ $list }»: { $said }
list-not-every = не каждая позиция списка «{ $list }»: { $said }
list-if-then = если { $where }, то { $said }
list-count = число позиций в списке «{ $list }»
list-count-where = число позиций в списке «{ $list }», для которых ({ $said }),
items-where = значения из списка «{ $list }», для которых ({ $said }),
one-item = значение из списка
list-sum = сумма «{ $term }» по списку «{ $list }»
list-minimum = наименьшее «{ $term }» в списке «{ $list }»
list-maximum = наибольшее «{ $term }» в списке «{ $list }»
list-distinct = число разных значений «{ $term }» в списке «{ $list }»
list-of-values = список значений «{ $term }» в списке «{ $list }»
list-total-where = { $total }, для позиций: ({ $said })
item-field-label = { $field } ({ $item } { $number })
inner-list-label = { $list } ({ $item })
item-label = { $item } { $number }
item-inside-item = { $outer }, { $item }
item-said = { $item } { $number }: { $said }
list-more-label = есть ли ещё позиции в списке «{ $list }»
list-any-question = Есть ли позиции в списке «{ $list }»?
list-more-question = Есть ли ещё позиции в списке «{ $list }»?
list-counted = { $count ->
    [one] позиция { $items }
   *[other] позиции { $items }
}
list-found-none = ни одной позиции
list-exception = исключение: { $items }
list-all-so = без исключений
not-same = { $subject } — не то же, что { $operand }
value-subject = { $subject }: указано (есть)
subject-with-answer = { $subject }: { $said }
subject-with-opposite = { $subject }: не { $said }
subject-is = { $subject }: { $said }
not-subject-said = { $subject }: не { $said }
none-subject-neither = { $subject }: ничто из: { $neither }
within-subject-title = { $subject } входит в { $said }
not-within = { $subject } не входит в { $said }
includes-subject-value = { $subject } включает: { $said }
does-not-include = { $subject } не включает: { $said }
minus = { $first } минус { $second }
absolute-of = { $first } без знака
seconds-of = секунд сверх полных минут: { $first }
minutes-of = минут сверх полных часов: { $first }
hours-of = часов сверх полных дней: { $first }
days-of = полных дней: { $first }
months-of = месяцев сверх полных лет: { $first }
years-of = полных лет: { $first }
modulo-of = остаток от деления: { $first } / { $second }
middle-of = медиана: { $first }
mean-of = среднее: { $first }
exponent-whole = показатель степени — целое число
median-odd-count = для медианы нужно нечётное количество чисел
divisor-may-be-zero = `{ $name }` здесь может быть нулём, а на ноль не делят
show-divisor-not-zero = пусть это исключает условие правила, например `{ $name }: {"{"}more_than: 0{"}"}`, или границы факта, например `at_least: 1`; или скажите, что тогда выходит: `by_zero: null`

## rendering/templates

report-decision-log = Отчёт по журналу решений
requests-decided = Рассмотрено заявок
entry-decision = запись
entry-decision-2 = Запись
decision-log = журнала решений
something-wrong-with-entry = Эта запись нарушена
facts-told-decision = Указанные сведения
what-decided-why = Решения и причины
needed = Нужно знать
pale-working-hours-dark = Бледным показаны часы работы, ярким — учтённое время.
clauses-regulation = Пункты регламента
what-proves = Доказательства

## worktime

calendar-does-not-cover = календарь { $name } не охватывает { $year } год: день { $day } вне промежутка с { $first } по { $last }
ends-before-begins = конец, { $last_day }, раньше начала, { $first_day }
covers-more-than-years = календарь длиннее { $longest_years } лет
reaches-first-last-year = календарь доходит до первого или последнего года, какой бывает у даты
weekdays-numbered-from-monday = дни недели нумеруются от 0 (понедельник) до 6 (воскресенье)
short-days-cannot-longer = короткие дни не могут быть длиннее других
outside-day-first-day-last-day = день { $day } вне промежутка с { $first_day } по { $last_day }
called-short-day-not-working = день { $day } назван коротким, но он не рабочий
every-working-day-must = каждый рабочий день должен закрываться позже, чем открывается

## languages of a policy

no-text-in-language = здесь нет текста на языке `{ $language }`
no-text-at-all-in-language = ни одного текста на языке `{ $language }` нет
say-text-here = напишите его: `{"{"}{ $language }: …{"}"}`
say-text-here-or-in-file = напишите его здесь, `{"{"}{ $language }: …{"}"}`, или в файле `texts.{ $language }.yaml`{ $where }
language-not-declared =
    { $count ->
        [1] языка `{ $language }` у регламента нет
       *[other] языка `{ $language }` у регламента нет, а текстов на нём { $count }
    }
languages-are = его языки: { $known }; добавьте этот в `languages` или уберите текст
title-lacks-language = в названии нет `{ $language }`, а тексты на этом языке есть: { $count }
say-in-title = допишите в название `{ $language }: …` или назовите языки: `languages: […]`
name-language = добавьте `{ $name }` в `languages`
language-of-text-unsaid = не указано, на каком языке этот текст
say-languages = напишите в регламенте, например, `languages: [ru]`
no-language = языка `{ $language }` нет
language-tags = язык называют кодом: `ru`, `en`, `de`
no-such-text = в правилах нет текста `{ $path }`
take-text-out = уберите его или добавьте этот текст в правила
newer-language = регламент написан на версии { $language } языка, а здесь читают версию { $known }
update-reglament = обновите reglament: `pip install --upgrade reglament`
languages-of-next-version = `--languages` — для нового регламента: языки следующей редакции те же, что у прежней, их меняют в её файлах
column-missing = нет столбца для { $names }
column-missing-allow = скажите, что они неизвестны в каждой строке: `--missing-columns allow`, в Python `missing_columns="allow"`
column-none = ни один столбец не содержит факта регламента
column-called-as-fact = столбец называется как факт: `{ $name }`
column-unknown = столбец `{ $name }` не называет факта
column-twice = столбец `{ $name }` стоит дважды
column-wrong-type = в столбце `{ $column }` — `{ $given }`, а факт `{ $fact }` — { $wanted }
column-told-type = столбец `{ $name }` говорит, названо ли значение: в нём «да» или «нет» (true, false), а не `{ $given }`
mapped-no-column = нет столбца `{ $name }`, который сопоставлен факту
mapped-no-fact = нет факта `{ $name }`, которому сопоставлен столбец
keep-other-columns = назовите столбцы, которые оставить: `keep=["id"]`
layout-unknown = бывают раскладки { $listed }
option-one-of = `{ $name }` — одно из { $listed }, а не `{ $given }`
column-mixed = в столбце `{ $name }` значения разных типов или такого, которого нет в Arrow
column-leave-out = не передавайте его, если он не задаёт факта
table-unknown = таблица — это таблица pyarrow, Polars или pandas либо отношение DuckDB, а не { $given }

### Several policies

no-shared-part = общей части `{ $name }` нет
shared-part-stands = положите `{ $name }.yaml` или папку `{ $name }` рядом с редакцией или рядом с регламентом
section-not-shared = раздел `{ $name }` не бывает общим
policies-import-each-other = `{ $name }` берёт решение из этого регламента, а этот — из него
import-refused = в регламенте `{ $name }` есть ошибки: { $why }
check-it-alone = выполните `reglament check --policy { $path }`
based-on-unknown-version = у регламента `{ $policy }` нет редакции `{ $name }`
no-policy-beside = регламента `{ $name }` нет ни рядом с этим, ни в поставке
import-changed = `{ $name }`, редакция { $version }, изменилась: контрольная сумма другая
digest-now = посмотрите, что изменилось, и укажите `{ $digest }`
policy-no-decision = у регламента `{ $policy }` нет решения `{ $name }`
imported-already = `{ $source }` уже взято под именем `{ $name }`
import-other-zone = `{ $name }` считает дни в часовом поясе { $zone }
import-lacks-language = в `{ $name }` нет текстов на языке `{ $language }`
import-other-fact = факт `{ $fact }` в `{ $name }` объявлен иначе
declare-as-there = объявите `{ $fact }` так же, как там, или уберите его здесь
