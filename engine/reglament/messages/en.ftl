### English

## analysis

no = no
yes = yes
unknown-decision = unknown decision `{ $name }`
decisions-listed = the decisions are { $listed }
example-expects-nothing-worked-examples = the example expects nothing
say-expect-what-must = give the expected outcomes in `expect`

## analysis/counterfactual

name-message = `{ $name }`: { $message }

## analysis/diff

gap = a gap
conflict = a conflict
no-answer = no answer
nothing = nothing
only-among-these-requests = only among these requests
many-ways = in many ways
example = for example
rules = rules
clauses = clauses
so = As a consequence
because = because
other-changes = Other changes
not-settled = Not settled
decided-before = Decided as before
requests-tried = requests tried
edit-does-not-reach = the edit does not reach them
proven-diagrams = proven by diagrams
proven-solver = proven by the solver
no-difference = No changes.
items-decided-otherwise = it reads a list whose items are decided in another way, and no example was found that shows a change
cosmetic-proven-every-request = Wording and layout only. Proven: no request changes outcome.
outcomes-change = Some outcomes change.
no-change-found-not = No change was found, and not everything is settled.
no-outcome-changes-something = No outcome changes; something else does.
versions-share-no-values = the versions share no values: the type changed
new-title = { $title } (new)
calendar-hours-covered-now = the calendar of the hours `{ $name }` covered { $first_day } to { $last_day }, now { $first_day2 } to { $last_day2 }
request-solver-found-not = the request that the solver found was not confirmed
new-option = a new allowed value `{ $word }` of the fact `{ $name }`, { $named }
given-listed = given by { $listed }
given-no-rule = given by no rule
new-outcome-decision = a new outcome `{ $word }` of the decision `{ $name }`, { $by }, { $named }
named-no-rule = named by no rule
named-listed = named by { $listed }
new-fact = a new fact `{ $name }`
fact-gone = the fact `{ $name }` was removed
fact-type-changed = the type of `{ $name }`: { $before } → { $after }
assumed-otherwise = assumed value of `{ $name }`: { $before } → { $after }
assumed-if-not-told = { $value } is assumed if it is not given
null-no-longer-allowed = `{ $name }` can no longer be `null`
null-now-allowed = `{ $name }` can now be `null`
places-changed = digits after the point of `{ $name }`: { $before } → { $after }
fields-differ = the fields of `{ $name }` differ
bounds-changed = the bounds of `{ $name }`: { $before } → { $after }
now-any-word = `{ $name }` now accepts any value
now-named-words-only = `{ $name }` now accepts only the listed values
word-gone = the value `{ $word }` of `{ $name }` was removed
policy = the policy
version = the version
known-from = published on
holds-from = in force from
holds-until = in force until
version-chosen = the version is chosen by
time-zone = the time zone
label-before-after = { $label }: { $before } → { $after }
new-decision = a new decision `{ $name }`
decision-gone = the decision `{ $name }` was removed
happened-to = { $count } { $what }
examples-happened = worked examples: { $happened }
thing-named-happened-listed = { $thing }{ $named }: { $happened }{ $listed }
fact = fact
parameter = parameter
hours = hours
decision = decision
rule = rule
reading = reading
clause = clause
title = title
explanation = explanation
subjects-watched = subjects watched
reactions = reactions
added = added
removed = removed
changed = changed
same = { $subject } is the same as { $operand }

## analysis/findings

rule-never-decides = a rule never applies
calendar-ends-soon = a calendar ends soon
not-analysed = not analysed
part-not-analysed = a part was not analysed
decision-not-analysed = the decision `{ $decision }` was not analysed
in-examples = { $count ->
    [one] { $count } example
   *[other] { $count } examples
}
decision-no-otherwise-named = the decision `{ $name }` has no `otherwise`, and `{ $rule }` is named by { $places }
decision-no-rule-named = the decision `{ $name }` has no rule `{ $rule }`, and it is named by { $places }
calendar-ended-not-answer = the calendar `{ $calendar }` { $is_past ->
        [true] ended
       *[other] ends
    } on { $last }: there is no answer about later days
rules-apply-together-disagree = the rules { $names } of `{ $decision }` apply together and disagree, and neither overrides the other
rules-may-apply-together = the rules { $names } of `{ $decision }` may apply together and disagree
unique-rules-apply-together = the rules { $names } of `{ $decision }` apply together, and with `hit_policy: unique` only one may
unique-rules-may-apply-together = the rules { $names } of `{ $decision }` may apply together, and with `hit_policy: unique` only one may
fails = is false
holds = is true
every-request = for every request
wherever-could-matter = wherever it could matter
test-rule = the test “{ $test }” of the rule `{ $rule }` { $answer } { $when }
otherwise-never-decides-some = the `otherwise` of `{ $decision }` is never reached: some rule always applies
rule-never-decides-wherever = the rule `{ $rule }` never takes effect: { $above } overrides it in every case
requirement-cannot-met-condition = the requirement `{ $rule }` cannot be met: its condition is never true
rule-never-decides-condition = the rule `{ $rule }` never applies: its condition is never true
not-known-whether-rule = could not establish whether the rule `{ $rule }` applies to any request
neither-proof-nor-request = neither proved nor shown by an example: the conditions compare computed values or ask about lists
diagram-decision-outgrew-budget = the decision is too complex to analyse completely
decision-gap-some-requests = decision `{ $name }` has a gap: for some requests no rule applies, and there is no `otherwise`
parameter-no-value-days = the parameter `{ $name }` has no value on some days on which the version is in force
decision-days-none-dated = decision `{ $name }` has days that none of its dated rules covers
example-expects-nothing = the example `{ $example }` expects nothing
example-repeats = the example `{ $example }` is a duplicate of `{ $other }`
reading-decides-nothing-with = the reading `{ $reading }` makes no difference: with `{ $alternative }` every outcome is the same
not-known-whether-alternative = it is not known whether the alternative `{ $alternative }` of the reading `{ $reading }` changes anything
rule-changes-nothing-without = the rule `{ $rule }` is redundant: { $said } gives the same outcome
rule-changes-nothing-adds = the rule `{ $rule }` is redundant: { $names } adds the same item
requirement-changes-nothing-every = the requirement `{ $rule }` is redundant: every request meets it
empty-language = is empty in `{ $language }`
not-translated-russian = is not translated: the text for `{ $language }` is Russian
names-not-in-every-language = does not name { $names } in every language
reason-tells-other-number = the rule `{ $rule }` gives { $given } and its reason ({ $language }) says { $told }
write-name-for-number = write `{"{"}{ $name }{"}"}` there: the number is put in
reason-number-differs = The reason of a rule says another number than the rule gives.
number-changed-in-one-place = A number that stands in two places is changed in one of them, and people are told the other. A name in braces has the number put in, with its unit, in the language of the reader.
text-owner-what = the text `{ $owner }` { $what }
nothing-cites-clause = no rule cites the clause `{ $clause }` ({ $locator }); cite it in a rule's `clauses:`, or say in `no_rule:` why none is needed
cited-by-hours-or-parameters = by hours or parameters
no-rule-yet-cited = the clause `{ $clause }` says `no_rule`, but it is cited by { $by }
option-fact = the option `{ $word }` of the fact
outcome-decision = the outcome `{ $word }` of the decision
not-among-options-rule = `{ $word }` is not an allowed value of `{ $fact }`, and the rule { $listed } names it
word-taken-for-name = `{ $word }` is a word here and the name of a fact, decision or parameter; its value is meant
word-is-name-too = `{ $word }` is a declared word here and also the name of a fact, decision or parameter; the word is meant
write-literal-for-word = if the word is meant, write `{"{"}literal: { $word }{"}"}`
write-literal-or-same-as = write `{"{"}literal: { $word }{"}"}` for the word, `{"{"}same_as: { $word }{"}"}` for the value
value-if-else = { $first } if { $condition }, else { $second }
if-then-else-wanted = a choice between two values needs `if`, `then` and `else`
then-else-differ = `then` gives { $one } and `else` gives { $other }; both must be of one type
formula-wanted = a formula such as `{"{"}sum: [a, b]{"}"}` is expected here
formula-without-test = a formula is not tested by anything; write an operator beside it, such as `more_than: 100`
formula-not-compared = the formula gives { $one }, which cannot be compared with { $other }
starts-with = { $subject } begins with { $said }
does-not-start-with = { $subject } does not begin with { $said }
ends-with = { $subject } ends with { $said }
does-not-end-with = { $subject } does not end with { $said }
contains-text = { $subject } contains { $said }
does-not-contain-text = { $subject } does not contain { $said }
matches-form = { $subject } has the form { $said }
does-not-match-form = { $subject } does not have the form { $said }
only-text-is-like = `{ $word }` tests a text, and `{ $key }` is not one
write-includes-instead = of a list, write `includes`
form-is-written = a form is written in the policy, not given
empty-text-everywhere = an empty text is in every text
form-not-read = `{ $piece }` is not a form
form-written = write characters, and kinds of characters with counts: {"`{upper 2}-{digit 3..5}`"}; kinds: `letter`, `upper`, `lower`, `digit`, `any`; counts up to 100, in all up to 500
time-of = what the clock shows at { $first }
sum-of-list = the sum of { $first }
count-of-list = how many values { $first } has
lists-joined = the lists { $first } one after another
lists-united = the lists { $first } together, each value once
list-each-once = { $first }, each value once
list-reversed = { $first } in reverse order
list-sorted = { $first } in ascending order
list-sorted-by = { $first } in ascending order of `{ $second }`
list-appended = { $first } and { $second } at its end
list-of = the list of { $first }
each-of-list = { $second } for each item of { $first }
list-inserted = { $first } with { $third } before number { $second }
list-removed = { $first } without number { $second }
part-of-list = the part of { $first } from number { $second } on
places-in-list = the places of { $second } in { $first }
item-of-list = number { $second } of { $first }
text-replaced = { $first } with { $third } instead of { $second }
text-trimmed = { $first } without blanks at its ends
text-split = the parts of { $first } between { $second }
text-joined = { $first } with { $second } between
number-of-text = { $first } as a number
date-of-parts = the day of year, month and day { $first }
day-of-month = the day of the month of { $first }
day-of-year = the day of the year of { $first }
week-of-year = the week of the year of { $first }
time-of-day = a time of day
time-written = a time of day is written `18:30`, with seconds `18:30:15`
time-no-offset = a time of day has no offset, as it is told without a day: it stands on the clock of the policy; for a moment take a date and time
time-unfit = the time of day
time-page = time of day
times-not-added = two times of day are not added up
days-not-added = two dates cannot be added
time-of-parts = the time of hour, minute and second { $first }
moment-of-parts = { $first } at { $second }
date-in-text = the day that { $first } names
time-in-text = the time that { $first } names
datetime-in-text = the moment that { $first } names
duration-in-text = the duration that { $first } names
period-in-text = the period that { $first } names
hour-of = the hour of { $first }
offset-of = the difference from UTC at { $first }
minute-of = the minute of { $first }
second-of = the second of { $first }
length-of = the length of { $first }
upper-case-of = { $first } in capital letters
lower-case-of = { $first } in small letters
part-of-text = the part of { $first } from character { $second } on
text-before = what stands in { $first } before { $second }
text-after = what stands in { $first } after { $second }
mark-not-empty = a place and the text looked for are written, and neither empty nor zero
not-said-in-text = { $kind } has no one form as a text; give it by a word first
named-no-rule-others = { $what } `{ $name }` is named by no rule, and the others are
outcome = outcome
item = item
no-request-reaches = no request reaches the { $what } `{ $option }` of `{ $decision }`
not-known-whether-request = it is not known whether a request reaches the { $what } `{ $option }` of `{ $decision }`
no-rule-reads-fact = the fact `{ $fact }` is not used by any rule
nothing-uses-parameter = the parameter `{ $parameter }` is not used
other-requests = and other requests

## analysis/proving

solver-cannot-told = the solver does not support { $what }
solver-gave-up-after = the solver gave up after { $steps } steps ({ $reason })
takes-solver-extra-prove = this takes a solver: the extra `prove` may settle it

## analysis/testing

condition-dropped = condition dropped
condition-negated = condition negated
boundary-moved-one = boundary moved by one
option-dropped-from-list = option dropped from the list
option-added-list = option added to the list
outcome-swapped = outcome swapped
outcome-otherwise-swapped = outcome of `otherwise` swapped
formula-changed = formula changed
rule-removed = rule removed
requirement-removed = requirement removed
item-collection-removed = item of the list removed
override-removed = override removed
edge-hours-moved = boundary of the working hours moved
rule-mutants = `{ $rule }`
said-words = { $said }: { $words }
opening = opening
hours-word-clock = `{ $hours }`, { $word } { $clock }
closing = closing

## audit

what-published-since-then = what was published since then does not change this decision
no-version-known-yet = no version had been published by { $day }; the first: { $first }
outcomes-do-not-change = the outcomes do not change by that
version-holds-from-but = version `{ $new }` is in force from { $holds } but was published on { $published }, after { $known }: it was not available then
not-such-decision = there was no such decision
text-holds-half-surrogate = a text holds half of a surrogate pair, which has no canonical form
name-log-gone = the name of the log is missing
first-entry-begins-another = its first entry begins another log
file-path-why = file `{ $path }`: { $why }
not-checkpoint-decision-log = this is not a checkpoint of a decision log
checkpoint-signature-does-not = the checkpoint's signature does not fit this key
file-holds-no-ed25519 = the file holds no Ed25519 key (PEM)
entry-more-than-mib = the entry has more than { $most_bytes } MiB, which a log does not take
applied = Applied
overridden = Overridden
open-want-facts = May apply: facts are missing
did-not-apply = Did not apply
kept-apart = stored separately
facts-erased-request-only = Some facts were erased on request. Only what remains is shown.
entry-not-decision-but = entry { $sequence } is not a decision but an erasure
may-apply = may apply
entry = entry
recorded = recorded
as-of-page = as of
known = as published by
version-page = version
digest-policy = digest of the policy
engine-language = engine, language
hash-entry-before = hash of the entry before
hash-entry = hash of this entry
log-lacks-policy-swapped = the log lacks the policy { $policy }, or it was swapped
log-begun-already = the log was begun already
only-new-log-can = import into a new log only
line-not-line-exported = line { $number } is not a line of an exported log
entry-edited-content-does = entry { $sequence } was altered: its hash does not match its content
entry-edited = entry { $sequence } was altered: { $how }
entry-of-unknown = { $name ->
    [kind] entry { $sequence }: the kind `{ $shown }` is not known, it was not re-executed
    [format] entry { $sequence }: the format `{ $shown }` is not known, it was not re-executed
   *[other] entry { $sequence }: the language `{ $shown }` is not known, it was not re-executed
}
entry-says-what-no = entry { $sequence } has keys that no entry has: { $listed }
entry-replaced-hash-all = entry { $sequence } was replaced together with its hash: entry { $later } refers to a different one
entry-column-does-not = entry { $sequence }: the column `{ $column }` does not match the content
deleted-entries-around-stand = deleted: { $which }; the entries before and after are there, with a gap between them
entry-inserted-chain-passes = the entry at { $place } was inserted: it is not part of the chain
entry-stands-entries-reordered = entry { $own } stands at { $place }: the entries were reordered
entry-kept-under-number = entry { $own } is kept under the number { $place }
entry-dated-before-one = entry { $sequence } is dated before the one before it
log-replaced = the log was replaced: { $why }
tail-cut-checkpoint-saw = entries were removed from the end: the checkpoint is at entry { $expected }, the last entry is { $last }
entry-sequence-message = entry { $sequence }: { $message }
log-lacks-policy = the log lacks the policy { $digest }
policy-under-digest-swapped = the policy with the digest { $digest } was replaced: its content has another digest
policy-one-recorded-but = the policy { $digest } is the one recorded, but this engine refuses it ({ $why }); verify by the engine named in `engine`
entry-kept-apart-entry = entry { $sequence }: { $listed } is kept apart, and the entry does not commit to it
entry-decision-does-not = entry { $sequence }: decision `{ $name }` does not follow from the policy: { $words }
entry-outcomes-follow-but = entry { $sequence }: the outcomes follow, but other parts of the document do not
entry-version-named-another = entry { $sequence }: wrong version, or it was not in force on that day
entry-what-kept-apart = entry { $sequence }: the separately stored value `{ $name }` was altered
entry-gone-no-entry = entry { $sequence }: { $listed } is missing, and no erasure is recorded
entry-recorded-erased-kept = entry { $sequence }: { $listed } is recorded as erased but is still stored
entry-cannot-re-executed = entry { $sequence }: the decision cannot be checked again: { $why }
checkpoint-another-hash-entry = the checkpoint has another hash for entry { $sequence }
chain-hashes-broken = the hash chain is broken
checkpoint-taken-another-log = the checkpoint belongs to another log
log-no-entry = the log has no entry { $sequence }
log-goes-to-entry = its last entry is { $last }
log-empty = the log has no entries yet
log-does-not-know = no policy of this log knows { $lacking } `{ $name }`
log-no-decision = a decision
log-no-fact = a fact
log-no-rule = a rule
log-no-clause = a clause
log-no-reading = a reading
log-no-policy = no decision in this log was made by a policy `{ $name }`
log-no-outcome = `{ $decision }` has no outcome `{ $name }`
log-known = known: { $known }
expected-status = expected a status, found `{ $told }`
say-status = write one of { $known }, or `decision=status`
from-after-to = `--from` is later than `--to`
seed-without-sample = `--seed` needs `--sample`: it chooses which entries are drawn
sample-drawn = sample: { $size } of { $among } entries, seed { $seed }
wrong-subject = expected a subject: one line of text, at most { $most } characters
subject-without-log = a subject is given and no log
subject-is-recorded = the subject is recorded with the decision: name the log by `--log`
export-is-whole = a chain is exported whole
export-some-plain = add `--plain`: some entries, to be read, without the chain
not-counted-by = entries are not counted by `{ $name }`
by-month = month
by-policy = policy
by-entries = entries
by-share = share
by-in-words = in words
percent = { $number } %
less-than-percent = under 1 %
more-than-percent = over 99 %
install-xlsx-extra = run `pip install "reglament[xlsx]"`, or take `--csv`
median = median: { $value }
median-of = from { $low } to { $high }, median { $value }
always-so = always { $value }
by-hour-of-day = { $name }: hour of the day
how-long-after-request = { $name }: how long after the request
hours-span = { $span } h
requests-by-period = Requests over time
other-decisions = Other decisions
as-recorded = Exactly as recorded
fingerprints-of-clauses = Fingerprints of the clauses
rules-change-entries = { $rules }  (entries: { $entries })
fields-title = Fields of the exported decisions
fields-how-to-read = Each line of the file is one recorded decision, as one JSON object. A name with a dot is a key inside of another: outcome.policy is the key policy of outcome.
fields-how-to-open = Any program that reads JSON Lines opens it: Excel by Data, Get Data, From JSON; Python by json.loads of each line.
fields-of-line = Keys of a line
fields-of-decision = Keys of each decision in outcome.decisions
fields-of-facts = Facts (in request)
fields-of-decisions = Decisions (in outcome.decisions)
clauses-heading = Clauses
field-sequence = number of the entry in the log, from 1 without gaps
field-time = when it was recorded, in UTC; never before the entry before
field-clock = what the clock of the writer showed
field-kind = decision for a decision
field-subject = what the request is about, where the caller named it
field-as-of = the moment of the request, which chose the version of the regulation
field-as-of-source = where that moment comes from: fact (the request), given (the caller), now (the clock), version (a policy without time)
field-known-at = only versions published by then were asked, where that was wanted
field-request = the facts given, by name; a sensitive fact is only a commitment here
field-outcome-policy = which regulation, version and digest decided
field-outcome-notes = what was noted while the request was read
field-outcome-decisions = every decision, by name
field-policy = digest of the policy version
field-engine = versions of the program, of the language of policies and of the log
field-previous-hash = hashes of the entry before and of this entry, by which the whole log is verified
field-outcome = what was decided; empty (null) where it is not determined
field-possible = the outcomes still possible with the facts given
field-needs = the missing facts on which it depends
field-rules = the rules behind the outcome
field-clauses = the clauses of the regulation behind it
field-open-clauses = those of the clauses that may not apply
field-readings = the readings of ambiguous places on which it depends
field-because = the reason in words, by language (entries of format 1)
field-because-rules = of the rules those that say why
field-items = of a list of items: each item with its rule (entries of format 1)
field-ledger = working time counted, day by day (entries of format 1)
log-lost-own-name = the log's own name is missing
version-not-read-from = version `{ $version }` was not read from files, so a log cannot store it
entry-does-not-keep = entry { $sequence } does not store { $names } separately
entry-keeps-nothing = entry { $sequence } stores nothing separately
facts-marked-sensitive-true = only facts with `sensitive: true` in the policy can be erased
more-rest = and { $rest } more
outcomes = Outcomes
rules-report = Rules
readings = Readings
say-answer-refuse = for example, `answer=refuse`
not-name-value = expected `name=value`, found `{ $told }`
recorded-follows = `{ $key }` is recorded as { $value }, and { $key2 } follows
decision-entry-policy-not = the decision is in the entry or in the policy, not in both
column-not-text = its column `{ $name }` is not text
content-not-stored-bytes = its content is not stored as bytes
content-does-not-inflate = its content does not inflate
content-breaks-off = its content breaks off
other-bytes-stand-after = other bytes stand after its content
content-more-than-mib = its content has more than { $most_bytes } MiB and was read no further
holds-no-decision-log = there is no decision log in `{ $shown }`
log-lost-others = the log `{ $shown }` lacks or has altered: { $names }
log-verify-audits-what = `log verify` audits what is left
not-log = there is no decision log `{ $shown }`
decide-log-begins-new = `decide --log` begins a new log
log-refused = the log `{ $shown }` cannot be read or written: { $why }
only-answered-is-recorded = what was being written is not in the log; whatever was answered before is
not-address-log = `{ $shown }` is not an address of a log
give-path-file-postgresql = give the path of a file or `postgresql://…`
no-entry-names-policy = no entry refers to the policy { $digest }: entries were deleted, or the policy was added from outside
things-kept-apart-whose = separately stored values without their entries ({ $count }): { $listed }
table-gone-another-rest = the table `{ $name }` is missing or differs; the rest was checked
table-cannot-read-end = the table `{ $name }` cannot be read to its end: { $why }
rows-without-number-none = rows without a number: { $count }; this program never writes such rows
triggers-keep-log-from = the triggers that keep the log from being changed are gone or changed: { $listed }
log-format-not-known = the log's format `{ $shown }` is not known
dated-later-than-present = { $first }: dated in the future, from { $time } on; the writer's clock ran ahead
one-same-time-clock = { $first }: the same time, { $time }; a clock ran ahead and was set back, or stopped. What the clock showed is in `clock`
erased-request-these-decisions = facts erased on request: { $count }; these decisions cannot be checked again
decisions-with-missing-facts = decisions with missing facts: { $count }; checked by the main engine, not by the independent reference
without-checkpoint-kept-elsewhere = without a signed checkpoint kept elsewhere, we cannot prove that no entries were removed from the end or that the whole log was not rewritten
checkpoint-signature-not-checked = the checkpoint's signature was not checked against a known key: trust it only as much as the place where it was kept
no-decision-re-executed = only the chain was checked; no decision was checked again
clauses-readings-not-compared = clauses, readings and notes were not compared (use `--whole`); outcomes, rules, possible outcomes and missing facts were
log-does-not-prove = a log cannot prove that the facts were true, that the clock was right, or that every decision was recorded
worker-audit-died-may = a worker process died: there may be too little memory
try-workers = try `--workers 1`

## decided

fact-chooses-version-missing = the fact that selects the version was not given; the version in force now is used

## editing

file-cannot-written = cannot write the file `{ $path }`: { $why }
layout-would-change-meaning = file left unchanged: formatting it would change its meaning or comments
file-cannot-laid-out = cannot format the file: { $error }
cannot-name-policy = `{ $folder }` cannot name a policy
letters-digits-hyphens-letter = letters, digits and hyphens, a letter first
last-version-holds-from = the new version must start after the last one: last { $since }, new { $wanted }
not-folder-each-version = `{ $folder }` is not a folder in which each version has a folder of its own
exists-already = `{ $path }` already exists
cannot-made = cannot create `{ $target }`: { $why }

## evaluation

computed-date-outside-years = a computed date is outside the years 1 to 9999
computed-number-too-large = a computed number is beyond 1,000,000,000,000,000 either way
add-days-year-calendar = add the days of that year to the calendar once they are decreed
add-rule-such-request = add a rule for such a request, or `otherwise`
say-overrides-one-them = give one of them priority with `overrides`
decision-rests-what-cannot = decision `{ $name }` rests on what cannot be decided: { $behind }
decision-gap-no-rule = decision `{ $name }` has a gap: no rule applies, and there is no `otherwise`
decision-conflict-rules-disagree = decision `{ $name }` has a conflict: the rules { $rules } disagree
decision-conflict-rules-overlap = decision `{ $name }` has a conflict: of the rules { $rules } only one may apply

## events

set-aside-before-retry = set aside before: { $count }; `--retry-aside` sends them again
effect-set-aside = effect set aside, { $subject }, { $reaction }: { $why }
doubt-not-repeated-table = delivery unknown, will not retry: { $count }; see the table `effects`
effects-not-accepted-trying = not delivered, will retry: { $why }
event-became-known-later = An earlier event arrived later, so this action no longer applies.
policy-no-section-subjects = the policy `{ $policy }` has no section `subjects`; there is nothing to follow
event-json-object = an event is a JSON object
event-no-events = an event has no `{ $key }`
unknown-key = unknown key `{ $name }`
event-needs-text = an event needs a text `{ $key }`
missing-key = { $names } is missing{ $inside }
subject-written-kind-number = write a subject as `kind/number`, for example `request/REQ-1`
not-subject = there is no subject `{ $name }`
no-event = a `{ $kind }` has no event `{ $name }`
event-no = the event has no `{ $name }`
object-name = `{ $name }` is an object
line-too-long = the line is too long
nothing-known = no events of `{ $name }` in the journal
event-already-tells-something = event `{ $name }` is already in the journal with different content
last-line-not-whole = the last line is not whole: it is not JSON, and no newline ends it
if-still-being-written = if it is still being written, run this again later; else correct it
database-away-waiting = the database is unavailable; waiting: { $away }
database-refused = the database `{ $shown }` cannot be used: { $why }
events-begin-version-timeline = the events begin on { $day }, but the version `{ $version }`, which the timeline tests, is in force from { $holds_from }
add-timeline-judge-version = add `at: { $holds_from }` to the timeline to test it with this version
not-address = `{ $address }` is not an address
write-https-host-path = write `https://host/path`, a port from 1 to 65535
will-not-take = { $shown } does not accept it: { $status }

## interfaces/cli

summary-decide = Decide requests.
summary-explain = Explain a decision in words.
summary-ask = Ask for the missing facts, then decide.
summary-change = Show what would change the outcome.
summary-check = Check a policy for errors.
summary-test = Run the examples of a policy.
summary-matrix = Show each clause with its rules and examples.
summary-new = Create a policy or a new version.
summary-fmt = Format policy files; keeps comments.
summary-diff = Show which requests change outcome.
summary-readings = List readings and what each changes.
summary-show = Print a policy for reading.
summary-calendar = Show working days and hours.
summary-watch = Follow requests and act on deadlines.
summary-timeline = Show the history of a request.
summary-log = Check and search the decision log.
summary-completion = Print a shell completion script.
answer-with-number-value = Type a number or a value. `?` – I don't know, `why` – why you are asked, `back` – to the question before, Ctrl-D – stop.
typed-back = back
typed-why = why
today = today
nothing-to-go-back-to = this is the first question
others-will-tell = Others can tell: { $facts }.
answers-saved = answers saved: { $path }
any-other-word = or type something else
still-possible = still possible
date = a date, for example 20.11.2026 or 2026-11-20; `today`
date-time-t18 = a date and time, for example 20.11.2026 18:30 or 2026-11-20T18:30; `now`
time-t18 = a time of day, for example 18:30
duration-hours = a duration, for example 8 hours
period-months = years and months, for example 1 year 6 months or 18 months
parted-commas-none = separated by commas; `-` for none
command-ask = Interview in the terminal: ask for the missing facts that still matter, and end with the decision.
option-ask-decision = Ask for this decision, or `all`; by default for the one that answers the requester.
option-ask-for = Ask only what this person can tell, as `told_by` in the policy names them; by default everything.
option-ask-from = Begin with the facts of the request in this file.
option-ask-save = Save the answers in this new file, as a request for the other commands.
one-request-wanted = expected one request, found { $count }
nobody-called-so = nobody called `{ $name }` gives a fact
they-tell-facts = facts are given by: { $listed }
nobody-tells-facts = the policy does not say who gives which fact: add `told_by`
name-another-file = name another file
no-such-folder = no such folder: `{ $path }`
did-you-mean-answer = Did you mean { $meant }? Answer `yes` or `no`.
answer-hangs = this decides: { $decision }
answer-settles = the answer “{ $answer }” settles at once: { $outcome }
command-calendar = Show the working days and hours of a month or of a year; of this month by default.
option-calendar-hours = Which hours, if there are several.
neither-year-nor-month = `{ $period }` is neither a year nor a month
write = write `2026` or `2026-11`
policy-no-working-hours = the policy `{ $policy }` has no working hours
not-hours = there are no hours `{ $name }`
unknown-hours = unknown hours
days-off-besides-weekends = days off other than weekends
short-days = short days before holidays
weekend-days-work = working weekend days
working-days-working-hours = working days: { $working }, working hours: { $clock }
now = now
so-already-nothing-change = that is already the outcome; nothing needs to change
then = then
anything-else = anything else
no-change-facts-gives = no change of facts gives this outcome; all combinations were checked
no-such-change-found = no such change was found, but we could not prove that there is none
command-change = 
    Show the smallest changes of facts that give another outcome.

    Facts that cannot change are never proposed, and every proposal has been decided.
option-change-want = The outcome you want; repeat for several at once.
option-change-decision = Any other outcome of this decision; by default of the one that answers the requester.
want-write-decision-outcome = `--want { $want }`: expected `decision=outcome`, for example `answer=accept`
only-fixed-facts-change = only facts that cannot change would give this outcome: { $facts }
item-less = leave out { $fact }: { $value }
item-more = add { $fact }: { $value }
tell-fact = give { $fact }: { $value }
fact-instead-of = { $fact }: { $after } instead of { $before }
command-check = 
    Find what is wrong with a policy: its files, its rules, its clauses beside the text.

    Every version is analysed, or with --at the one in force then. Exit status: 2 if the policy cannot be read; 1 if there are errors or warnings, or if the text and the clauses differ; otherwise 0.
option-check-source = Compare the clauses with the text of the regulation in FILE.
option-check-former = The previous text, to show the old wording of changed clauses.
option-check-format = For people, for programs, for code scanning, or as annotations of a pull request.
option-check-why = Explain the finding CODE and how to fix it.
option-check-watch = Check again after each save.
no-code = no code `{ $code }`{ $near }; { $known }
policy-read = `{ $policy }` { $version }: read without errors (decisions: { $decisions }, rules: { $rules }, clauses: { $clauses }, examples: { $examples })
new-version-not-earlier = a new version: { $name }; there is no earlier one to compare it with
new-version-compared-with = a new version: { $name }; it is compared with { $before }
version-gone = a version was removed: { $one }
not-file-no-version = `{ $name }` is not a file, a version of `{ $policy }` or a git revision
versions-policy-listed = the versions of `{ $policy }`: { $listed }
no-example-makes-rule = no example makes the rule `{ $rule }` apply
not-shown-what-happens = `{ $rule }`: not shown what happens where this { $truth ->
        [true] holds
       *[other] does not hold
    }: { $words }
no-example-reaches-outcome = no example gives `{ $decision }` the outcome `{ $outcome }`
covered-rules-conditions-outcomes = covered: rules { $rules }, conditions { $conditions }, outcomes { $outcomes }
mutants-killed-proven-equivalent = { $killed } of { $total ->
    [one] { $total } mutant
   *[other] { $total } mutants
} caught ({ $share }); { $equal } proven equivalent
no-example-notices = { $rule }no example notices: { $words }
no-request-found-tells = { "  " }= no request was found that distinguishes them, and there is no proof that none exists
example-expects-something-would = {"   "}= an example that expects something of `{ $decision }` would:
now-mutated = {"     "}now { $ours }, mutated { $theirs }
command-completion = 
    Print the completion script for SHELL.

    bash: reglament completion bash > ~/.local/share/bash-completion/completions/reglament

    zsh: reglament completion zsh > ~/.zfunc/_reglament (a folder of your fpath)

    fish: reglament completion fish > ~/.config/fish/completions/reglament.fish
because-decide = because
not-determined = not determined yet
command-decide = 
    Decide each request in the files REQUEST... (`-` is standard input).

    A request is a mapping of facts in YAML or JSON. A file may hold several: YAML documents, a list, or JSON Lines; then --json prints a line for each. A decision that lacks facts is reported as undetermined; that is not an error. A decision for which the policy has no answer is reported with the reason; exit status 2 if that is so of every one asked for.
option-decide-log = Record each decision in this log.
option-decide-subject = With --log: what the request is about (`request/REQ-17`), to find the entry by.
option-decide-known-at = Use only versions published by WHEN.
option-decide-only = Show only these decisions: tier,scope.
request-numbered = Request { $number }:
decided-by-as-of = { $regulation }, as of { $moment }, { $zone }
by-clauses = Clauses:
more-clauses = {"  "}and { $more } more (`--all`)
not-asked-about = Not asked about: { $names } (`--all`)
does-not-matter-here = Open, and the answer does not depend on it: { $names } (`--all`)
option-decide-all = Show every decision with its reason, and every clause.
option-decide-explain = Print JSON that explains so much: what came out, the ids of the rules and clauses, or everything.
option-decide-sufficient = Print JSON with the facts that alone settle each outcome.
diagram-not-built-more = the diagram was not built: it has more than { $nodes } nodes
command-diff = 
    Show which requests NEW decides differently from OLD, each with an example.

    OLD and NEW are each a file or folder of a policy, a version of --policy (2024-01-01), a git revision of --policy (HEAD~1), a revision with a path (HEAD~1:policies/fees), or `.`: --policy as it stands now, which NEW is by default.

    Beside one version of --policy, `.` is its newest version, and a policy of several versions is the one of that name. Otherwise versions of one name are compared, and a version added with the one that it follows.

    Each decision of both versions is accounted for: it changes, is proven to be the same, or is not settled. Regions marked *only among these requests* hold every request that changes, and others; the rest hold just these.

    Exit status: 0 if no request is decided differently (that is proven), 1 if one is, if it is not settled or if a version was added or taken away, 2 if a version cannot be read.
option-diff-format = For people, for programs, or for a pull request.
changes = changes
decided-before-proven = decided as before, proven
not-settled-diff = not settled
command-explain = Explain in words how each request in the files REQUEST... (`-` is standard input) is decided.
option-explain-for = Who reads it: the requester (the answer and the next step), a client (a letter to paste into an e-mail), or an auditor (clauses, rules, facts and readings).
nothing-found = no findings
findings-counted = errors: { $errors }, warnings: { $warnings }, notes: { $notes }; for what they mean: `reglament check --why CODE`
command-fmt = 
    Format the YAML files at each PATH, a file or a folder.

    Comments and quotes stay. A file whose meaning or comments would change is left as it is, and so are all the others then.
option-fmt-check = Write nothing; exit 1 if files differ.
files-laid-out-otherwise = files: { $total }, to be formatted: { $changed }
files-changed = files: { $total }, changed: { $changed }
click-commands = Commands
click-no-such-command = No such command { $name }.
click-did-you-mean = Did you mean { $possibility }?
exit-status = Exit status: 0 success (also if a request cannot be decided yet), 1 a check or test failed or a difference was found, 2 error in the request, the policy or the arguments.
command-reglament = Decide requests by the rules of a regulation, with explanations.
option-version = Show the version and exit.
option-lang = Language of the output; default: REGLAMENT_LANG, then the locale.
working-for = … { $seconds } s
option-no-pager = Print all at once, also what is longer than the terminal; else $PAGER shows it.
option-verbose = Say on standard error how long work goes on: diff, check, log verify, watch.
click-error = Error: { $message }
option-log-output = Write to a file.
option-html = Write a page of HTML into the file (`-`: to standard output).
option-explain-html = Write the decision with all its reasons as a page of HTML (`-`: to standard output).
page-of-one-request = a page shows one request, and the file has { $count }
option-log-show-all = Every rule of every decision; with `--json` the whole decision document, made again.
option-log-outcome = Decided so; `--outcome tier=free`. Repeat for several.
option-log-status = The answer, or a decision, has that status: determined, undetermined or refused.
option-log-fact = The request gave that; `--fact request.service=training`. Repeat for several.
option-log-subject = About that subject, as `decide --subject` recorded it.
option-log-rule = That rule stands behind a decision.
option-log-clause = That clause is cited.
option-log-reading = A decision depends on that reading.
option-log-by-moment = Whose days --from and --to are: of recording, or of the request.
option-log-sample = Draw that many of the entries by lot.
option-log-seed = The same seed draws the same entries.
option-log-by = Count by day, month, policy, outcome, rule, clause, reading; several with commas.
option-log-csv = Write the counts as CSV into the file (`-`: to standard output).
option-log-xlsx = Write the counts as a workbook for spreadsheets.
command-log = Audit a decision log: a SQLite file or a postgresql:// URL, as `decide --log` wrote it.
command-log-verify = 
    Check the chain and decide each entry again with the reference evaluator.

    Exit status 1 if anything is wrong.
option-log-verify-checkpoint = A checkpoint that was kept apart from the log.
option-log-verify-public-key = Public key of the signer (PEM).
option-log-verify-whole = Also compare clauses, readings and notes; of older entries the texts, too.
option-log-verify-chain-only = Check the chain only; decide nothing again.
option-log-verify-workers = Processes that share the work; usually one for each processor.
command-log-show = 
    Show one decision: the answer first, then why, then what proves it.

    Exit status 1 if something is wrong with the entry, which is said first.
option-log-policy = Name of the policy, or start of the digest of a version.
option-log-from = On that day or later.
option-log-to = On that day or before.
option-log-zone = Time zone for --from and --to.
command-log-search = 
    List the entries that fit: number, time, the outcomes asked for or else the answer, policy.

    --json prints each entry whole, on a line of its own.
command-log-report = Count outcomes, rules, clauses and readings over a period: as text, CSV, a workbook or a page of charts.
command-log-replay = Show which recorded decisions the newest version of a candidate policy would change.
option-log-replay-policy = The candidate policy.
command-log-checkpoint = Write down the head of the log, to be kept where the log's writers cannot reach it.
option-log-checkpoint-key = Sign by this Ed25519 key (PEM).
option-log-checkpoint-new-key = Make a key; print its public half, or write it to --public-key.
option-log-checkpoint-public-key = With --new-key: write the public half to this file, which must not exist.
option-alone = `{ $option }` goes with { $others }
options-exclude = { $options } exclude each other
command-log-export = Write the whole log as JSON Lines, and keep the chain.
option-log-export-without-secrets = Leave out the facts that can be erased.
option-log-export-plain = Some entries, to be read: no chain, no sensitive facts.
option-log-export-fields = With --plain: write a page that explains the fields.
command-log-import = Fill a new log from JSON Lines, entry for entry; `verify` then says whether it is sound.
entries-imported = entries imported: { $count }
command-log-erase = Erase the sensitive facts of an entry; the chain still verifies.
option-log-erase-fact = Only this fact; repeat for several.
erased-names = erased: { $names }
verified = { $entries ->
    [one] { $entries } entry
   *[other] { $entries } entries
}; decisions made again by the reference { $by_reference }, by the exact evaluator { $by_evaluator }
not-proved = not proved by this check:
log-not-sound-findings = the log is not intact; problems found: { $count }
log-sound-far-goes-entry = the log is sound as far as it goes: to entry { $last }
log-sound-checkpoint-vouches = the log is sound; the checkpoint confirms it up to entry { $last }, the last
log-sound-far-goes = the log is sound as far as it goes: to entry { $last }; the checkpoint confirms it up to entry { $vouched }
replayed = { $entries ->
    [one] { $entries } request
   *[other] { $entries } requests
}, { $decisions ->
    [one] { $decisions } decision
   *[other] { $decisions } decisions
}; entries that would change: { $changed }
cannot-decide-entry = cannot decide entry { $sequence }: { $why }
command-matrix = Show each clause of the regulation with the rules that cite it, and the examples in which these apply.
option-matrix-html = Write a page that needs no other file into FILE.
command-new = 
    Create the policy NAME, or with --version its next version, based on the last.

    NAME is a path, or a name in the folder `policies` where there is one.
option-new-version = Create the next version, in force from DAY.
option-new-languages = The languages of a new policy's texts; without it `ru,en`.
option-new-copy = Copy the whole text of the last version; without it the next one says only what differs.
copy-of-next-version = `--copy` is for the next version of a policy, which `--version` begins
try-reglament-test-policy = 
    { $made }
    try it: reglament test --policy { $folder }
version-not-day = `--version`: `{ $text }` is not a date
write-say = for example, `2027-01-01`
name-file-empty = no file was named
name-file = name a file
name-sqlite-file-database = name a SQLite file, or a database: `postgresql://…`
name-decision-empty = no decision was named
name-decisions-parted-commas = name decisions, separated by commas: `tier,scope`
name-file-standard-input = name a file; standard input is `-`
name-file-folder-current = name a file or a folder; the current folder is `.`
name-file-folder-empty = no file or folder was named
name-log-empty = no decision log was named
name-journal-empty = no event journal was named
name-folder-fees-say = name its folder, for example `fees`
name-policy-empty = no policy was named
name-file-folder-version = name a file, a folder, a version or a git revision; `.` is the policy as it stands
name-what-compare-empty = nothing was named to compare
command-readings = List what the text leaves open, the readings chosen, and what other alternatives would change.
option-readings-switch = Show what choosing ALTERNATIVE would change; repeat to combine.
switch-no-alternative-said = `--switch { $text }`: no alternative given
write-reading-alternative = write `READING=ALTERNATIVE`, for example `three-months=rolled`
worked-examples-decided-otherwise = Examples with a different outcome: { $count } of { $count2 }
more-more = {"  "}and { $more } more
standard-input-cannot-read = cannot read standard input: { $why }
option-policy = The policy: its name, folder or file; the only one of the working folder otherwise.
option-json = Print JSON for programs.
option-at = Use the version in force then: 2026-11-20 or 2026-11-20T18:30.
command-build = 
    Build a policy, in all its versions, into one file.

    The file decides and explains as the folder does, and is read without YAML. The same policy gives the same file; the digest in its name tells that it is whole.
summary-build = Build a policy into one file.
option-build-output = The file to write; by default POLICY-VERSION-DIGEST.json in the current folder.
command-batch = 
    Decide every row of INPUT and write the decisions to OUTPUT, or count them (--summary).

    INPUT is a file (Parquet, Arrow, CSV, JSON Lines), a folder or a pattern of them, or postgresql://…?table=NAME. A column tells the fact of its name. `reglament batch verify MANIFEST` checks a run.
summary-batch = Decide a table of requests, with millions of rows.
command-batch-verify = 
    Check a run against its MANIFEST, or the folder that holds it.

    Files are hashed again; a request of each class and a sample of rows are decided again.
option-batch-output = The file to write (.parquet, .arrow, .csv, .jsonl), or a folder that gets a file for each part of INPUT.
option-batch-only = Decide only this: tier,scope.
option-batch-layout = The columns of a decision: `narrow` has the number of its class, with a table of classes beside; `wide` has outcome, status and rules; `full` has everything.
option-batch-map = The column gives that fact; repeat for several.
option-batch-null = What an empty cell says: the fact is missing, or null was given (where the fact may be null). A column FACT.told says it row by row.
option-batch-missing-columns = If a fact has no column: refuse, or take it as missing in every row.
option-batch-keep = Columns of INPUT to write too: id,region. By default those that give no fact.
option-batch-query = Decide the rows of this query of the database instead of a table.
option-batch-sample-check = Decide so many rows, chosen by lot, a second time one by one, and compare.
option-batch-verify-sample = How many rows, chosen by lot, to decide again.
option-batch-seed = The number that the lots are drawn by.
option-batch-manifest = Write what was read, decided and written, with digests, for `batch verify`.
option-on = Count in this table of requests, or in this log, how many rows change, and how.
rows-changed = In `{ $name }` rows change: { $changed } of { $rows } ({ $share } %)
rows-of-other-days = Rows of days that only other versions decide: { $rows }
first-row = first in row { $row }
entries-changed = In the log `{ $name }` recorded decisions change: { $changed } of { $rows } ({ $share } %)
entries-of-other-days = Recorded decisions of days that only other versions decide: { $rows }
first-entry = first in entry { $row }
row-fact-erased = the fact `{ $name }` was erased from the log
option-batch-log = Record the run as one entry of this log.
run-of-rows = run over a table, rows: { $rows }
runs-checked-apart = that runs over tables were decided as recorded: { $count }. Check each by its manifest: `reglament batch verify`
option-batch-resume = Go on with a run into a folder that was interrupted.
option-batch-summary = Write no rows: count outcomes, rules, clauses and months.
bundle-of-other-digest = the policy that reached this worker is not the one that was sent
batch-no-output = no place was given to write the decisions to
batch-name-output = name it: `--output decisions.parquet`, or count with `--summary`
batch-summary-writes-nothing = `--summary` writes no rows: leave out what is about writing
map-column-fact = `--map { $text }`: expected a column and the fact that it gives
write-map = write `COLUMN=FACT`, for example `service=request.service`
name-table-empty = the name of the table is empty
name-table = name a file, a folder, a pattern in quotes, or `postgresql://…?table=NAME`
query-without-database = `--query` asks a database, and the input is not one
database-without-table = no table of the database was given
database-refuses = the database answers: { $why }
database-no-table = the database has no table `{ $name }`
folder-no-tables = the folder `{ $name }` holds no tables
pattern-no-files = no table fits the pattern `{ $name }`
table-not-there = file `{ $name }` not found
table-of-unknown-kind = the name `{ $name }` does not say what kind of table it is
tables-of-two-kinds = `{ $first }` and `{ $second }` are tables of different kinds: decide them one after the other
table-endings = the name ends in { $endings }
column-only-there = the column `{ $name }` is only in this file, not in the first one
column-of-other-type = the column `{ $name }` holds `{ $found }` here, and `{ $expected }` in the first file
column-not-there = the column `{ $name }` of the first file is not in this one
rows-cannot-be-read = rows { $first } to { $last } cannot be read: { $why }
table-cannot-be-read = it cannot be read: { $why }
table-has-no-head = it has no first line with the names of the columns
row-of-other-length = row { $row } has { $found } cells, and the head has { $expected }
in-row = row { $row }: { $message }
cell-not-truth = `{ $name }`: expected `true` or `false`, found `{ $value }`
kept-no-column = there is no column `{ $name }` to keep
kept-name-taken = the column `{ $name }` of the input has the name of a column that is written
keep-others = name the columns to keep: `--keep id,region`
output-folder-not-empty = the folder `{ $name }` is not empty: name another one, or remove it
output-not-folder = `{ $name }` is not a folder
output-is-input = `{ $name }` is the input: name another file for the decisions
name-output = a file is named with its ending: `decisions.parquet`
run-interrupted-before = `{ $name }` holds the parts of a run that was interrupted
resume-or-remove = go on with `--resume` and the same options, or remove the folder
run-before-differs = the interrupted run differs in { $names }
run-interrupted = Interrupted. Whole parts in `{ $name }`: { $parts }. Go on with --resume.
resume-needs-folder = `--resume` goes on with a run into a folder, and the output is a file
name-a-folder = a file is written whole or not at all: begin again, or name a folder
rows-so-far = rows: { $done }, { $rate } a second
rows-of-all = rows: { $done } of { $rows }, { $rate } a second, seconds left: { $left }
rows-written = Rows decided: { $rows }, written to { $name }. Classes: { $classes }.
rows-refused = Rows refused, with their error in the output: { $count }
sample-agrees = Decided again one by one, with the same result: { $count }
sample-differs = rows decided again one by one come out differently: { $count }. Rows: { $rows }
sample-differs-report = this is an error of the engine: nothing was written; please report it with one of these rows
rows-counted = Rows: { $rows }
months-counted = months
not-a-manifest = this is not the manifest of a run
version-differs = version { $version } of the policy was { $digest }, and here it is { $found }
file-gone = `{ $name }` is not there
file-differs = `{ $name }` is not what it was: its digest differs
manifest-key-differs = `{ $name }` of the manifest was changed after it was written: its digest differs
run-not-recorded = the log records no run with this manifest
run-recorded-otherwise = the log records no run with this manifest; the nearest, entry { $sequence }, says otherwise: { $names }
run-recorded = Recorded in the log as entry { $sequence }.
option-batch-verify-log = Check that this log records the run as the manifest tells it.
class-differs = class { $number } of `{ $decision }`: its request is decided differently
manifest-differs = `{ $name }` of the manifest is { $said }, and the files say { $found }
class-rows-differ = the numbers of rows in the classes are not those of the manifest
row-differs = row { $row }: `{ $name }` comes out differently
run-as-manifest-says = Everything is as the manifest says.
run-differs = The run is not what the manifest says.
run-checked = Files hashed: { $files }. Classes decided again: { $classes }. Rows decided again: { $sample }.
input-unchecked = the input `{ $name }` is not compared: it was not a file, or not hashed
classes-unwritten = no table of classes was written
sample-unchecked = no rows were decided again: the input cannot be read a second time
command-schema =
    Print a JSON Schema (2020-12) of the requests that a policy decides.

    With --files it is the schema of the policy's own YAML files: an editor that reads it proposes the facts, outcomes, rules, clauses and readings of this policy.
summary-schema = Print the JSON Schema of requests, or of a policy's files.
option-schema-files = The schema of the policy's YAML files, for editors.
option-schema-output = The file to write; by default the schema is printed.
schema-of-requests = A request for version { $version }: its facts, under their dotted names or nested. What is left out is not known yet.
schema-of-files = A file of this policy, with the words of version { $version } proposed. Print the schema again when the words change.
schema-local-time = Without an offset it is a time in { $zone }.
files-of-policy = `{ $name }` is not a file of a policy: a relative name and its text were expected
file-not-read = `{ $name }` is not read as part of a policy
files-that-are-read = leave it out: the files of a policy end in `.yaml` or `.yml`, and its tables in `.csv`
file-no-rule-names = no file of the policy names this table: say `table: FILE`, or leave it out
command-show = 
    Show a policy: its facts, decisions with their rules, hours, readings and clauses.

    Markdown if the output is piped. With --diagram, one decision as a drawing; with --plan, the steps that the engine takes to decide.
option-show-diagram = Draw the decision diagram of one decision instead.
option-show-plan = Show what is asked, and in what order: of one decision, or of all.
option-show-from-facts = Draw it worked back to facts alone.
option-show-output = Draw into a file: FILE.svg, FILE.dot (Graphviz), FILE.mmd (Mermaid), or text.
option-show-sql = Print the policy as SQL instead: tables, and a select over rows of facts.
option-show-only = With --sql: only these decisions, tier,scope.
option-show-table = With --sql: the table whose columns are named as the facts.
option-show-keep = With --sql: columns of the table to hand on, id,region. Otherwise `id`.
option-show-told = With --sql: facts with a column `<fact>.told`, which says that a NULL is told.
option-show-reasons = With --sql: clauses, readings and the rules that say why, too, if a row tells all.
no-clause-covers = { $source }:{ $line }: “{ $locator }” has no clause in the register
clause-changed = { $source }:{ $line }: the clause `{ $clause }` changed ({ $locator })
clause-unprinted = { $source }:{ $line }: the clause `{ $clause }` has no fingerprint; it seems to stand here ({ $locator })
fingerprint-now = {"   "}= its fingerprint now: { $fingerprint }
clause-gone = { $source }: the clause `{ $clause }` was removed ({ $locator }): { $summary }
no-rule-cites = {"   "}= no rule cites it
cited-listed = {"   "}= cited by { $listed }
clauses-found-changed-missing = { $source }: { $found } of { $clauses } clauses found, { $changed } changed, { $missing } missing, { $bare ->
    [one] { $bare } place
   *[other] { $bare } places
} without a clause
click-usage = Usage:
click-options = Options
click-positional = Positional arguments
click-show-help = Show this message and exit.
click-default = default: { $default }
click-required = required
click-dynamic = (dynamic)
click-choose-from = Choose from: { $choices }
click-try-help = Try '{ $command } { $option }' for help.
click-invalid-value = Invalid value: { $message }
click-invalid-value-for = Invalid value for { $param_hint }: { $message }
click-missing-argument = Missing argument
click-missing-option = Missing option
click-missing-command = Missing command.
click-no-such-option = No such option { $name }.
click-did-you-mean-any = (Did you mean one of: { $possibilities }?)
click-extra-arguments = Got unexpected extra arguments: { $args }
click-takes-no-value = Option { $name } does not take a value.
click-requires-argument = Option { $name } requires an argument.
click-not-one-of = { $value } is not one of { $choices }.
click-not-valid = { $value } is not a valid { $number_type }.
click-wrong-format = { $value } does not match the format { $format }.
click-not-in-range = { $value } is not in the range { $range }.
command-test = 
    Run the examples that stand beside a policy.

    Each must be decided as it says, by the version that it stands in, and each timeline must bring the reactions that it says. Rules and reactions that none reaches are named. Exit status 1 if an example or a timeline fails.

    --coverage asks which conditions the examples show to matter, --mutate which small mistakes in the rules they would not notice; --generate makes cases on both sides of every boundary and condition, with the outcome given now, to be reviewed.
option-test-coverage = List conditions and outcomes that no example checks.
option-test-mutate = Change rules one by one; list changes that no example catches.
option-test-kill = With --mutate: fail if fewer mutants are caught.
option-test-generate = Write cases to review into FILE (- for output).
option-test-junit = Write a JUnit report into FILE.
no-mutants-tried-first = mutants were not tried: fix the failing examples first
cases-review = { $target }: { $count ->
    [one] { $count } example
   *[other] { $count } examples
} to review
examples-failed-rules-without = `{ $policy }` { $version }: { $tried_all ->
    [one] { $tried_all } example
   *[other] { $tried_all } examples
}, { $failed } failed, { $count ->
    [one] { $count } rule
   *[other] { $count } rules
} without an example
example-failed = { $where }example failed: { $name }
expected-found = {"   "}`{ $decision }`, { $aspect }: expected { $expected }, found { $found }
command-timeline = Show what happened to SUBJECT (such as request/REQ-1), and what is next.
option-timeline-journal = Where `watch` keeps events and effects.
option-timeline-as-of = Show it as it is at WHEN.
option-timeline-svg = Draw it into FILE.
not-journal = there is no journal `{ $journal }`
no-timeline-reaches-reaction = no timeline reaches the reaction `{ $reaction }`
timelines-tried = `{ $policy }` { $version }: { $tried ->
    [one] { $tried } timeline
   *[other] { $tried } timelines
}, { $failed } failed, { $unreached ->
    [one] { $unreached } reaction
   *[other] { $unreached } reactions
} without a timeline
timeline-failed = { $where }timeline failed: { $name }
did-not-come = { "  " }expected but missing: { $one }
came-unasked = { "  " }not expected: { $one }
not-option = there is no option `{ $number }` of { $most }
command-watch = 
    Follow requests over time: take EVENTS, hand effects over, wake at each deadline.

    EVENTS is a file that may grow, `-` for standard input (JSON Lines), or postgresql://… for the table `incoming_events`, where NOTIFY tells of more. It stops cleanly on SIGTERM and SIGINT and goes on where it was; no effect comes twice. Exit status 1 if effects are left that nobody took.
option-watch-journal = Where events and effects are kept: a SQLite file or postgresql://….
option-watch-to = Where effects go: - (standard output), a file, http(s)://…, or `table`.
option-watch-as-of = Process events up to WHEN, then exit.
option-watch-once = Exit when every event there is has been taken.
option-watch-malformed = For an invalid line: stop, or set it aside and continue.
option-watch-matcher = Which matcher joins events.
option-watch-sign-key = Sign what a webhook gets (HMAC) by the key in this file, or in $REGLAMENT_WEBHOOK_KEY.
option-watch-retry-aside = Try effects that were set aside once more.
journal-cannot-reached = cannot reach the journal `{ $shown }`: { $why }
effects-nobody-took-they = effects that nobody took: { $count }; they are in the journal
sign-key-signs-only = `--sign-key` signs only what goes to a webhook
effects-cannot-go = effects cannot go there
file-http-https-table = use `-`, a file, `http://…`, `https://…` or `table`
key-less-than-bytes = the key has less than { $shortest_key } bytes
make-one-say-openssl = make one, for example with `openssl rand -hex 32`
durable-rules-cannot-not = durable-rules is not, or cannot be, installed here
install-reglament-reactions-up = install `reglament[reactions]` (up to Python 3.12), or use `--matcher plain`
install-or-refresh = install `reglament[watch]`, or call `refresh` yourself
waiting-changes-ctrl-c = waiting for changes; Ctrl-C to stop
events-not-there-yet = `{ $name }` is not there yet; waiting for it (Ctrl-C to stop)

command-serve =
    Serve decisions over HTTP: JSON in, decision documents out.

    Only this machine can ask unless --tokens is given. See docs/service.md.
summary-serve = Serve decisions over HTTP.
option-serve-policies = A folder of policies; by default ./policies, or the bundled ones.
option-serve-host = The address to listen on.
option-serve-port = The port to listen on.
option-serve-log = Record each decision in this log before it is answered.
option-serve-tokens = Who may ask: a YAML file of hashed tokens.
option-serve-workers = How many processes answer.
option-serve-proxy = A proxy in front checks who asks and sets this header.
option-serve-certificate = The TLS certificate (PEM).
option-serve-key = The key of the certificate (PEM).
option-serve-json-logs = Write a line of JSON about each request and each error to standard error.
option-serve-mcp = Answer agents by the Model Context Protocol, too, at /mcp (extra `mcp`).
option-serve-revision = Serve the policies as this git revision of the folder has them (a branch, say), and follow it.
serve-revision-of-folder = `--revision` needs `--policies FOLDER`: a folder in a git repository
command-mcp =
    Answer an agent by the Model Context Protocol on standard input and output.

    The tools read and change nothing. See docs/agents.md.
summary-mcp = Serve an agent (MCP).
serve-address = Listening at { $address }. Ctrl-C ends it.
serve-bundled = Serving the bundled policies.
serve-folder = Serving the policies of `{ $path }`.

## interfaces/http

http-address = cannot listen on port { $port } of `{ $host }`: { $why }
http-address-hint = another service may have the port: end it, or choose another `--port`; `--host` is an address of this machine
http-certificate = TLS cannot be set up with { $files }: { $why }
http-certificate-hint = both are files of PEM: `--certificate` holds the chain of certificates, `--key` the key of the first
http-certificate-other = no certificate with its key is there
http-files = an object from names of files to their texts
http-files-missing = `files` is missing: the files of the draft, name by name
http-side = an object with `version`, `files` or both
http-sides-missing = `old` and `new` say what is compared
http-analysis-too-long = the analysis took more than { $seconds } s and was ended; use the command line
http-a-text = a text of 1 to { $most } characters
a-json-object = a JSON object
http-batch-array = the body of a batch is a JSON array, or `items` with one
http-body-object = the body is a JSON object with `facts`
http-busy = The service cannot answer now
http-busy-detail = too many requests are being answered; try again in a second
http-conflict = Conflict
http-cut-short = the body ended too early
http-facts-missing = `facts` is missing: the facts of the request as an object
at-and-version = `at` chooses the version as well: give one of the two
http-policies = the policies are { $listed }
http-no-route = nothing is served at `{ $path }`
http-routes = the routes are in `/openapi.json`
http-method = `{ $told }` is not answered here
http-methods = the methods are { $listed }
http-internal-detail = something went wrong inside the service; its log says where
http-content-coding = send the body as it is, not packed by `{ $told }`
http-internal = Internal error
http-malformed = The request is malformed
http-media-type-detail = send JSON (`application/json`), not `{ $told }`
http-member-wrong = `{ $name }` must be { $wanted }
http-members = the members are { $listed }
http-names = a name or a list of names
http-no-token = A token is required
http-not-allowed = Not allowed
http-not-found = Not found
http-no-policies = `{ $folder }` holds no policy
http-open-door = `{ $host }` can be reached from other machines, and no token is asked for
http-open-door-hint = give `--tokens FILE`, or `--trust-proxy HEADER` if a proxy checks who asks
http-refused = The request is refused
http-other-site = `{ $header }: { $told }` does not name this machine, and no token is asked for
http-other-site-hint = ask it as `localhost`; under another name it answers once it has `--tokens FILE`
http-scope-missing = this token may not do that: it lacks the scope `{ $scope }`
http-token-missing = send `Authorization: Bearer TOKEN` with a known token
http-too-large = The request is too large
http-too-large-detail = the body is larger than { $most } bytes
http-head-too-large-detail = the head is larger than { $most } bytes
http-too-many-items = too many items: { $count }; at most { $most }
http-too-slow = The request took too long
http-too-slow-detail = the body did not arrive within { $seconds } s
http-not-json = this is not JSON
http-unknown-policy = unknown policy `{ $name }`
http-unknown-version = unknown version `{ $name }`
http-versions = the versions are { $listed }
http-wrong-media-type = Wrong media type
http-wrong-method = Wrong method
language-own-name = English
page-skip = Skip to the content
page-ways = Pages and languages
page-from-the-start = From the start
ask-again = Start again
ask-answer = Answer to your request
ask-answer-open = What can be said so far
ask-answers = Your answers
ask-back = ← Back
ask-change = change
ask-link-keeps = Your answers are in the address of this page and nowhere else: keep the link to come back.
ask-mistake = Please check your answer
ask-no-answer = choose an answer, or say that you do not know
ask-none-of-these = None of these
ask-not-known = I do not know
ask-not-known-given = not known
ask-other = Something else:
ask-parted-by-commas = separated by commas
ask-possible = Still possible
ask-which-policy = What are you asking about?
ask-why = Why this is asked
ask-zone = time zone: { $zone }
http-token-as-password = enter a known token as the password; the name may be anything
id-taken = something else was sent under this `id`
desk-after = Next entry
desk-all = all entries
desk-answer = Answer
desk-as-csv = Table (CSV)
desk-before = Previous entry
desk-by-clause = decisions
desk-checked = checked: { $done } of { $total }
desk-compare = Then and now
desk-compared = Then and now: entry
desk-day = `{ $name }`: expected a day such as 2026-11-20, found `{ $told }`
desk-days = Days of
desk-decision = Decision
desk-determined = determined
desk-drawn = Drawn
desk-entries-all = Entries
desk-erased-from = Facts erased from entry
desk-erasure = Erasure
desk-export = Export (JSON Lines)
desk-export-whole = Export the whole log, its chain kept
desk-fact = Fact = value
desk-facts-erased = facts of this request were erased: it cannot be recomputed
desk-filters = Filters and samples
desk-from = From
desk-log = Decision log
desk-no-log = this service keeps no log
desk-no-log-hint = start it with `--log FILE`
desk-nothing = No entry fits.
desk-now = Now:
desk-number = `{ $name }`: expected a whole number up to { $most }
desk-of-request = the request
desk-older = Older entries
desk-outcome = Decision = outcome
desk-outcomes-changed = Outcomes that differ
desk-policy = Policy or start of a digest
desk-policy-not-served = the policy `{ $name }` is not served here
desk-policy-of-entry = Policy
desk-reading = Reading
desk-recorded = the record
desk-report = Report
desk-rule = Rule
desk-same-policy = Decisions by the same text
desk-same-subject = Same subject
desk-same-text = The text is the same: nothing was published since then.
desk-sample = Sample: how many
desk-searched-to = Searched down to entry
desk-seed = Seed
desk-show = Show
desk-status = Status of the answer
desk-entry-number = No.
desk-subject = Subject
desk-then = Then:
desk-these-entries = These entries
desk-to = To
desk-unknown-filter = unknown filter `{ $name }`
desk-verify = Verify
desk-verify-run = Verify the whole log
desk-verify-what = The chain of hashes is checked and every decision is recomputed from the policy stored with it. A large log takes minutes; leaving the page ends it.
desk-ways = This entry
desk-whole-log = only a caller who may see all policies may have the whole log
desk-zone = Time zone
route-policies = The policies that may be asked, their versions and digests.
route-policy = One policy: its versions and their digests.
route-schema = The JSON Schema of requests; `at` picks the version.
route-contract = This contract for one policy.
route-live = Whether the process answers.
route-ready = By which text each policy is decided, and why a newer one was refused.
route-decide = Decide a request. `status` tells certain decisions (`determined`) from open ones, of which `possible` and `needs` say what may still come out and which facts would help.
route-batch = Decide many requests, each for itself: in the place of one that is refused stands its problem document.
route-lines = As JSON Lines (`application/x-ndjson`) it takes a call a line and gives an answer a line, each as in the array of JSON.
route-not-sent-again = As it was: `If-None-Match` names it.

## interfaces/mcp

tools-of-agents = Decisions by regulations. A decision is certain only if its status is `determined`: then it holds whatever the missing facts are. If it is `undetermined`, say so, name what it needs and what is still possible, and do not guess. Cite the clauses that an answer names.
tool-policy = The policy to ask; it has to be named if there are several.
tool-policy-missing = the call does not name a policy, and there are several
tool-policy-one-of = name one of them as `policy`: { $listed }
no-such-page = there is no page `{ $uri }`
tool-decide = Decide a request. `said` holds one sentence for each decision that may be repeated as it stands; `status` tells certain decisions from open ones.
tool-next-question = The fact most worth asking for next; null if no answer can change the outcome. `settles` lists answers after which a decision is certain, `open` what is still possible until then.
tool-explain = The decision explained in words, for the requester, for a letter to the client, or for an auditor. What is not certain is said to be open, with what is still possible.
tool-what-would-change = The fewest changes of facts that give the wanted outcomes. They are possibilities, not advice; `is_proven` tells whether it is certain that there is no nearer one.
tool-clause = A clause by its id: where it stands, what it says, which rules rest on it.
tool-check-draft = What is wrong with the files of a draft: mistakes at their lines, gaps, conflicts, rules without effect. `proof` tells what is certain (`exact`) from what was only found.
tool-diff-impact = Which requests two versions decide differently, each with an example. `extent` tells whether all of them change or these at most; of a decision that is `not_settled` nothing is certain.
said-certain = { $name }: { $value }. This is certain.
said-refused = { $name }: { $status }. { $why }
said-open = { $name }: { $status }.{ $count ->
    [0] {""}
   *[other] {" "}Still possible: { $possible }.
} Needed: { $needs }.
clause-id-missing = `id` is missing: the id of the clause, as decisions name it
unknown-clause-named = there is no clause `{ $name }`
unknown-tool = there is no tool `{ $name }`

## language/loading

unknown-fact = unknown fact
unknown-name = unknown name
places-message-count = { $message } ({ $count ->
    [one] { $count } place
   *[other] { $count } places
})
so-message-others = { $message }; the same is true of { $others }
section-file-declares-them = is the section or the file that declares them missing?
so-is-listed = { $shown }
more-shown-left = { $shown } and { $left } more
decision-whose-outcomes-words = a decision whose outcomes are words picks clauses, and `{ $name }` is not one
decision-no-outcome = the decision has no outcome
table-csv-file-beside = expected a `.csv` file beside the policy, found `{ $name }`
table-no-column-then = the table has no column `then`
unknown-column = unknown column `{ $name }`
decision-needs-either-outcomes = the decision `{ $name }` needs either `outcomes` or `type`
may-null-decision-may = `{ $name }` may be `null`, but the decision may not
null-chosen-decision-may = a part of the formula is null by a condition, and the decision may not be null
add-not-null-when = add `{ $name }: {"{"}is_not: null{"}"}` to `when`, or `nullable: true`
add-formula-not-null-when = add `formula: {"{"}{ $name }: […]{"}"}, is_not: null` to `when`, or `nullable: true`
decision-needs-one = give exactly one of { $listed }
rule-no-id = the rule has no `id`
only-decision-with-one = only a decision with one outcome has an `otherwise`
rule-already = there is a rule `{ $rule }` already: { $where }
decision-no-rule = this decision has no rule
too-many-ordered-rules = too many rules are ordered by the hit policy: { $count }; at most { $most } can be
priority-needs-words = each rule has to say its place in the order: one of the `outcomes`, or a record with its fields of type `choice`
hit-policy-of-one-outcome = `hit_policy` is for decisions with one outcome: in a checklist or a collection every rule counts
collects-no-checklist = this `hit_policy` lists what rules give, and a checklist has one outcome
output-order-needs-outcomes = with `hit_policy: output_order` items stand in the order of `outcomes`, or of the options of fields of a record; the decision has none
duplicates-of-collection = `duplicates` is for a collection, which lists items
counted-rules-give-nothing = with `total: count` rules are counted: they have no `then`
total-of-wrong-type = `total: { $total }` cannot be made of this type: { $given }
total-types = `sum` is of numbers, durations and periods, `count` is an integer, `minimum` and `maximum` are of numbers, dates and durations
total-never-null = with `total` the outcome is never null
total-lists-nothing = with `total` one value is the outcome: no list, and no order of one
decision-no-group = this decision has no other group of rules
groups-no-first = `hit_policy: first` is not possible with groups of rules: no rule of one is written before those of another
groups-override-each-other = groups override each other in a circle: { $shown }
too-many-overridden = the groups override too many rules, one by one: more than { $most } pairs
count-stands-alone = `of` lists conditions that are counted, and here a key is the name of a fact
write-met-of = write `met: {"{"}at_least: 2, of: […]{"}"}`
how-many-of = the number of conditions that must be met is not given (conditions: { $count }): `at_least`, `at_most` or `exactly`
exactly-stands-alone = `exactly` stands alone, without `at_least` and `at_most`
count-always-or-never = this is always or never true (conditions: { $count })
too-many-counted = too many conditions to count: { $count }; at most { $most }
whole-number-of-conditions = a whole number of conditions
versions-need-chooser = several versions need `chosen_by`: no fact says which of them judges a request
dated-without-chooser = no fact says which day it is: the version has no `chosen_by`
say-chosen-by = write `chosen_by: NAME`, the fact with the date of the request
no-named-table = there is no table
table-no-input = the table has no input
table-unused = no decision uses the table `{ $name }`
table-input-missing = the table `{ $table }` has inputs that no fact stands for: { $inputs }
write-with-input = write `with: {"{"}{ $name }: FACT{"}"}`
named-table-overrides = a row of a named table has no `overrides`: groups of rules say which table overrides which
extreme-of-nothing = with `total: { $total }` there may be no rule that applies, and so no outcome
say-otherwise = add `otherwise` with the outcome for that
rules-override-each-other = the rules override one another in a circle: { $shown }
decisions-depend-each-other = the decisions depend on one another in a circle: { $shown }
decisions-too-deep = `{ $name }` builds on a chain of more than { $most } decisions
decisions-too-deep-hint = let it read facts, or put some of the decisions below it together
calendar = calendar
schedule = working hours
subject = subject
option = option
alternative = alternative
event = event
clock = clock
registry = registry
day = day
reaction = reaction
not-status = there is no status
register-no-clause = the register has no clause
unknown-reading = unknown reading
not-rule = there is no rule
such-example-already = there is already an example with this name
not-decision = there is no decision
decided-for-each-item = `{ $name }` is decided for each item, and here a decision about the whole request is expected
name-a-whole-decision = make a decision from it, for example by `count` or `sum`
example-no-key = an example has no key
goes-outcomes-decision-lists = `{ $key }` goes by outcome, but `{ $decision }` has no list of outcomes
decision-no-outcome-rule = the decision `{ $decision }` has no outcome or rule
decision-no-outcome-explain = the decision `{ $answer }` has no outcome
collection-collection-true-advises = a list (`collection: true`) gives advice, and `{ $name }` is not one
unknown-type = unknown type
not-said = `{ $key }` is missing
whole-number-from = a whole number from 0 to 12
only-fact-tells-words = `near` is for facts whose values are words
parameter-needs-either-value = the parameter `{ $name }` needs either `value` or `values`
days-called-short-not = days called short are not working days by these weekdays; such days
day-off = day off
working-day = working day
calendar-ends-before-begins = the calendar ends on { $last }, before it begins on { $first }
calendar-contradiction = the calendar is inconsistent: { $error }
covers-does-not-say = `covers` must give the first and last day of the calendar
not-weekday = there is no weekday
calendar-covers-days-lie = the calendar covers { $first } to { $last }, and days lie outside
all-days-under-year = all the days under the year `{ $year }` are of { $told }
write-told = write `{ $told }`
day-names-no = `day_names` has no
outside-what-calendar-covers = { $day } is outside of what the calendar covers: { $first } to { $last }
stands-under-year = { $day } stands under the year `{ $year }`
told-twice = { $day } is given twice
windows-end-before-begin = a short day would end before it begins: { $windows }
window-without-length = a window that has no length: from { $opens } until { $closes }
write-whole-day = a whole day is `"00:00-24:00"`; around the clock is `always: true`
window-wanted = expected a window of the day
write-window = write `"09:00-13:00"`
windows-overlap = the windows { $first } and { $second } overlap
not-beside = `{ $key }` cannot stand beside `{ $other }`
desk-wanted = `{ $name }` is itself the first open of several; name its desks
desks-share-no-day = the calendars of these desks have no day in common
weekday-never-works = { $weekday } never works in the calendar `{ $calendar }`
weekday-may-work = add the day to `working_weekdays`
unknown-calendar = unknown calendar
short-days-never = short days are never
time-day-wanted = expected a time of day
write-hours = write `"10:00"`
before-first-version-holds = `{ $policy }` was not yet in force on { $day }: its first version is in force from { $start }
after-last-version-holds = `{ $policy }` was no longer in force on { $day }: its last version ended on { $holds_until }
calendar-covers-year-years = the calendar covers the year { $shown }, and `years` says nothing of it
calendar-covers-years-years = the calendar covers the years { $shown }, and `years` says nothing of them
list-days-under-write = list its days under `{ $year }`, write `{ $year }: {"{"}{"}"}` if no day of that year is special, or make `covers` shorter
date-unfit = a date
exactly-fields-wanted = expected exactly the fields { $listed }
fields-lacking = not given: { $listed }
used-nowhere-while-said = the { $called } `{ $name }` is never used, but `{ $word }` appears at { $where }
used-nowhere-while-places = the { $called } `{ $name }` is never used, but `{ $word }` appears in { $count ->
    [one] { $count } place
   *[other] { $count } places
} (first at { $where }); is the declaration misspelt?
name = the name
word = the word
label-people = `{ $word }` is the label for people; { $kind } is `{ $name }`
mapping-key-value = a mapping `key: value`
list = a list
word-parts = a word
text-ru-en = a text `{"{"}ru: …, en: …{"}"}`
true-false = `true` or `false`
what-name = { $what } `{ $name }`
unknown-function = unknown function
there-is = { $count ->
    [one] there is { $shown }
   *[other] there are { $shown }
}
wanted-kind-node = expected { $kind }, found `{ $node }`
wanted-kind-or-name-node = expected { $kind } or a name, found `{ $node }`
name-wanted = expected { $wanted } or a name
comparison-with-null-never = a comparison with `null` is always false
write-name-null-name = write `name: null` or `name: {"{"}is_not: null{"}"}`
cannot-compared-with-operands = `{ $node }` is { $wanted }; it cannot be compared with { $wanted2 }
parameter-no-request-changes = `{ $name }` is a parameter, which no request changes
compare-fact-with-fact = compare a fact with it: `fact: {"{"}at_least: parameter{"}"}`
empty-test = an empty test
empty-condition = an empty condition
operator-told-twice = an operator is given twice
never-null-operators = `{ $key }` is never null
write-node-operators = write `{"{"}on: { $node }{"}"}`
list-one-value-tested = `{ $key }` is a list but is compared as a single value
write-includes = write `{"{"}includes: { $node }{"}"}`
empty-list-never-holds = an empty list: this condition can never hold
listed-twice = `{ $node }` is listed twice
unknown-operator = unknown operator `{ $name }`
write-value-alone = write the value alone
compares-with-day = `on` compares with a date, not a time
write-same-day-alone = write `same_as`, or the day alone
does-not-suit = `{ $word }` cannot be used with `{ $key }`, which is { $kind }
value-list = a value or a list
only-moment-lies-within = only a date and time can be within hours, and `{ $key }` is not one
not-list = `{ $key }` is not a list
write-name-value = write `name: value`
range-one-bracket = the range `{ $text }` has one bracket
write-both-none = write both, as in `[1..5)`, or none
no-value-lies-range = no value lies in the range `{ $text }`
means-every-value = `|` means or: every value is `{ $said }` or `{ $said2 }`
range-written = a range is written `{ $said }` or `{ $one }..{ $other }`
lesser-end-comes-first = the lesser end comes first: `100..120`
not-clock = there is no clock
no-event-above-called = no event above is called
none-takes-event-decision = `none` takes an event or a decision
alias-taken = the alias `{ $alias }` is taken
lists-not-compared = lists are not compared here
cannot-compared-with = `{ $name }` cannot be compared with this
no-event-leads = no event leads to
not-requirement = there is no requirement
such-reaction-already = there is such a reaction already
not-subject-reactions = there is no subject
chosen-not-said = the reading has no `chosen`
reading-no-alternative-readings = the reading has no alternative
not-file = file not found: `{ $path }`
many-requests-by-batch = so many requests are a table: `reglament batch` decides them
file-larger-than-bytes = { $what } is larger than the { $most_bytes } bytes allowed
file-unpacks-more-than = the file `{ $path }` unpacks to more than a document has
file-not-docx-document = the file `{ $path }` is not a .docx document
reading-docx-takes-library = reading .docx takes the library python-docx
install-reglament-docx-save = install `reglament[docx]`, or save the document as text
folder-no-git-repository = the folder `{ $folder }` is in no git repository
repository-no-revision = the repository has no revision `{ $revision }`
git-does-not-run = git does not run: { $strerror }
git-said = git: { $said }
null-given-decision-not = `null` is not allowed here: the decision is not `nullable`
add-nullable-true = add `nullable: true`
field-never-null = the field `{ $name }` may not be null
add-nullable-to-field = add `nullable: true` to the type of the field
round-round-half-up = round it: `{"{"}round_half_up: [x, step]{"}"}`
take-day-day-name = take its day: `{"{"}day_of: [name]{"}"}`
decision-gives = expected { $type }, the type of the decision; found { $given }
with-decimal-places = { $wanted } with { $places ->
    [one] { $places } decimal place
   *[other] { $places } decimal places
}
row-no-key = a row has no key
interval-empty = the period is empty: { $first } to { $last }
rule-does-not-say = the rule has no `then`
text-names-nothing-called = the text names `{"{"}{ $name }{"}"}`, and nothing is called so
nothing-can-overridden-every = nothing to override here: every rule that applies counts
not-fact-decision = there is no fact or decision
name-language-own = the name `{ $text }` is reserved
name-already-another-fact = the name `{ $text }` is already used by another fact, decision or parameter
reading-no-alternative = the reading `{ $reading }` has no alternative `{ $name }`
what-reading-would-mean = what { $listed } of the reading `{ $reading }` would mean is not given
told-already = `{ $key }` is already given at { $where }
keep-one-two = keep one of the two
arguments-wanted = arguments expected: { $wanted }, found: { $count }
wanted-wanted-wanted = expected { $wanted }, found { $wanted2 }
more-than-digits-come = more than { $most_places } digits come out after the point
round-argument = round an argument
values-type-no-order = values of that type have no order
moments-not-added = two moments cannot be added
bracket-numbers-parameters = ends and rates of brackets are numbers or parameters
brackets-rise = each bracket must end above the one before, the first above 0
bracket-rate-not-below-zero = the rate of a bracket cannot be below 0
division-zero = division by zero
step-must-above-zero = the step must be above zero
step-number-parameter = a step is a number or a parameter, not a fact or a decision
not-event = there is no event
not-fact = there is no fact
not-moment = `{ $moment }` is not a moment
not-reading = there is no reading `{ $name }`
event-no-field = the event has no field
not-reaction = there is no reaction
moment = a moment
least-more-than-most = `at_least` is more than `at_most`: no value is left
numbers-days-moments-durations = numbers, dates, times, durations and periods can have `{ $key }`; this is { $wanted }
no-while-said = `{ $group }` has no `{ $word }`, but it is used: { $uses }
declare-mend = declare it here, or mend it there
used-nowhere-while-said-nothing = the { $called } `{ $name }` is never used, but `{ $word }`, which is not declared, appears: { $uses }
if-new-name-write = if `{ $name }` is the new name of `{ $word }`, write it there too
never-null-while-said = `{ $name }` is never `null`, but is treated as if it could be: { $uses }
if-null-means-something = if `null` means something here, write `null_means` of a fact, `nullable: true` of a decision
declared-while-used-otherwise = `{ $name }` is declared as { $written } but used differently: { $uses }
holds-versions-one-wanted = `{ $path }` holds { $count ->
    [one] { $count } version
   *[other] { $count } versions
}; expected one
folder-holds-no-policy = no policy files (`.yaml`) in the folder `{ $path }`
yaml-files-wanted = expected `.yaml` files
version-lacks = the version has no `{ $name }`
version-ends-before-begins = the version ends on { $last }, before it starts on { $first }
unknown-time-zone = unknown time zone `{ $name }`
write-europe-moscow-say = for example, `Europe/Moscow`
date-datetime-chooses-version = a date or datetime chooses the version, and `{ $word }` is neither
version-holds-from-latest = the version is in force from { $first }, but `{ $chooser }` is never later than { $last }
one-folder-holds-two = one folder holds two policies: `{ $one }` and `{ $two }`
based-on-unknown = there is no version `{ $name }` beside this one
based-on-circle = the version `{ $name }` is itself based on this one
based-on-alone = `{ $name }` is not beside this file: a version that is based on another one stands in a folder, that of the other beside it
without-no-base = `without` takes away from another version, and `based_on` names none
without-unknown = `{ $name }` is not in the version that this one is based on
version-already-holds-from = there is already a version `{ $name }`, in force from { $holds_from }
give-one-two-another = give one of the two another name
version-holds-from-already = the version `{ $earlier }` is already in force from { $starts }
version-holds-until-one = the version `{ $earlier }` is in force until { $ends }, and this one from { $starts }
no-version-holds-from = no version is in force from { $ends } to { $starts }: `{ $earlier }` is in force until { $ends2 }
write-take-off-holds = write `{ $ends }`, or remove the `holds_until` of `{ $earlier }`
write-what-must-hold = write what must be true, or remove it
empty-key = `{ $key }` is empty
one-function-wanted = expected one function
no-key = `{ $function }` has no key
list-inside-itself = the list `{ $name }` cannot be asked about while one of its items is spoken of
list-inside-itself-hint = decide it for the whole request in a decision of its own, and name that decision here
speaks-of-one-item = `{ $name }` speaks of one item of `{ $list }`, and here none is meant
speaks-of-one-item-hint = ask about the list: `{ $list }: {"{"}some: …{"}"}`, `every`, `none`, or add it up: `sum: …, over: { $list }`
item-name-taken = `{ $called }` is what one item of a list is called, so `{ $other }` cannot begin with it
item-name-taken-hint = if it is decided of each item, add `for_each: { $list }`
list-test-empty = nothing is asked about the items of `{ $name }`
list-test-empty-hint = beside `where` write `some`, `every`, `none` or a number such as `at_least: 1`
list-of-things-tested = `{ $name }` is a list of things, and cannot be compared with a value
list-test-hint = write `{ $name }: {"{"}some: {"{"}…{"}"}{"}"}`, `every`, `none`, or `at_least: 1`
one-total-wanted = one of `count`, `sum`, `minimum`, `maximum`, `distinct`, `list_of` is needed
items-have-no-order = items have no order that means anything: take the `minimum` or `maximum` of what orders them, and `where` its value is that one
distinct-of-name = `distinct` counts the different values of a field of `{ $called }`, or of a decision about one
distinct-of-name-hint = give what is computed a name: a decision `for_each: { $list }`
list-of-plain-items = a list holds no lists
list-of-plain-hint = put lists one after another with `concatenate`
list-item-never-null = an item of a list is never null
sorted-by-field = records are sorted by a field that is never null
sort-by-field = say by which field: `{"{"}sort: […], by: amount{"}"}`
item-without-hours = working hours cannot be used in what is said of one item
call-item-otherwise = give the item another name: `called: one`
items-called = `called` names an item of each list; names wanted: { $count }
items-called-hint = write them in the order of the lists: `called: [height, width]`
things-in-formula = `{ $name }` is a list of things: no formula takes it as a whole
not-a-list-of-things = no list of things is called
cell-no-list = `{ $shown }` is not a list of things in JSON such as `[{"{"}"kind": "book"{"}"}]` with what each { $called } tells
cell-no-list-hint = give a list of structs, JSON text, or the items as a table of their own (`--lines`)
option-lines = The items of a list in a CSV table of their own: order.lines=lines.csv. A column of both files says whose each is.
option-lines-by = With --lines: the column that says whose each item is, if several columns are in both files.
lines-list-file = `{ $text }`: expected a list and the table of its items
write-lines = write `LIST=FILE`, for example `order.lines=lines.csv`
lines-no-such-list = the policy has no list of things `{ $name }`
lists-listed = lists of the policy: { $listed }
lines-twice = `{ $name }` is given two tables
lines-no-such-key = `{ $key }` is not a column of both `{ $name }` and the requests
lines-several-keys = `{ $name }` and the requests have several columns in common: { $listed }
lines-without-key = no column of `{ $name }` says to which request an item belongs: { $listed }
lines-key-hint = both files need one column of the same name, such as the number of the order; `--by COLUMN` names it
request-without-key = the request does not say its `{ $key }`, by which the items of `{ $list }` are found
request-key-twice = two requests have `{ $key }` `{ $told }`: whose the items of `{ $list }` are is not clear
line-without-key = the row does not say its `{ $key }`, and so not to which request it belongs (`{ $list }`)
line-of-no-request = no request has `{ $key }` `{ $told }`, to which this row of `{ $list }` belongs
import-reads-list = `{ $name }` of `{ $policy }` reads the list of things `{ $list }`, and so it cannot be a fact of another policy yet
not-in-sql = `{ $name }` cannot be said in SQL: { $why }
sql-use-only = what can be said: `only={ $listed }`; `reglament batch` decides the others
sql-use-batch = `reglament batch` decides it
sql-no-dialect = there is no SQL for `{ $name }`, only for { $listed }
sql-no-fact = there is no fact `{ $name }`
sql-too-large = there are too many ways to it
sql-reasons-too-large = there are too many ways to its reasons
sql-rests-on = it rests on `{ $name }`, which cannot be said either
sql-of-each = it reads the list `{ $list }`, and a row is one thing
sql-kind = the fact `{ $name }` has no exact form in a column here
sql-value = it comes to a value that has no exact form in a column here
sql-test = the test `{ $word }` would come out otherwise in a database
sql-function = the function `{ $name }` has no exact form in SQL
sql-function-of-facts = of `{ $name }` everything but one day or moment has to be said by the policy
sql-count-unbounded = `{ $name }` counts on by a number that nothing bounds
sql-picked-term = it gives one of two values by a condition
sql-too-many-digits = its numbers may need more digits than a database counts with exactly
sql-never-open = it asks for hours that are never open
sql-calendar-too-long = the calendar of its hours is too long for a table
list-never-null = the list `{ $name }` cannot be `null`: an empty list says that there is nothing
list-needs-at-most = the list `{ $name }` does not say how many items it can have
list-needs-at-most-hint = add `at_most: 100`
whole-number-to = a whole number from 0 to { $most } is needed
list-field-flat = the field `{ $name }` of an item cannot be a list or a record
list-nested-twice = `{ $name }` would be a list inside a list inside a list: lists nest once
for-each-name = a decision about each item has a name that begins with `{ $called }.`, not `{ $name }`
needs-hours = `{ $function }` needs `hours`
closing-not = for `at_closing` there is no
first-day-may = write `counts` if a first day that works is day 1, `not_counted` if it is not, `moved` if the count begins after the next working day
first-day-not = the first day is never
bracket-no-key = a bracket has no
last-bracket-has-no-end = the last bracket has no end: its rate is that of all above
two-ends-wanted = expected two ends: `between: [100, 120]`
hours-of-word = no hours are given for: { $listed }
choice-without-word = the choice has no
choice-wanted-by = `{ $name }` is not a choice: only a word can pick hours
function-wanted = expected a function
number-date-name = a number, date or name

## language/requests

name-decision-text = the name of a decision is text, and here is { $given } `{ $name }`
leave-fact-out-if = if you do not know it, leave the fact out
may-not-told-null = `{ $name }` cannot be `null`
told-twice-told = `{ $name }` is given twice
unknown-fact-told = unknown fact `{ $shown }`
group-facts-not-fact = `{ $name }` is a group of facts; give a fact in it
holds-listed = it contains { $listed }
group-may-not-null = the group `{ $name }` may not be `null`, since { $always } may not
those-may-null = those that may be `null` are { $shown }
decided-regulation-request-cannot = `{ $name }` is decided by the policy and cannot be given in a request
tell-facts-follows-from = give the facts it follows from
fact-name-text = the name of a fact must be text; found { $named } `{ $key }`
nested-deeper-than = nested deeper than { $deepest }
nested-too-deep = nested too deep
not-one-options = `{ $value }` is not an allowed value
options-listed = allowed values: { $listed }
text-longer-than-characters = the text is longer than { $longest_text } characters
text-holds-character = the text contains the character { $code }
delete = delete it
binary-fraction-not-exact = a binary fraction is not exact: give a Decimal or a string
more-digits-after-point = `{ $value }` has more digits after the point than the { $places } allowed
fields-listed = the fields are { $listed }
list-of-things-hint = give a list of items, or `{"{"}items: […], more: true{"}"}` if there can be more of them
list-no-key = a list of items has no key `{ $key }`
item-no-field = `{ $called }` has no field `{ $field }`
told-near-counts-another = `{ $fact }`: `{ $told }` was given; it is close to `{ $near }` but counts as a different value
fact-assumed = { $label } is not given: { $value } is assumed
chooser-not-assumed = `{ $name }` chooses the version and cannot be assumed
told-without-offset-from = `{ $name }` was given without an offset from UTC and read in { $zone }
null-read-null = `{ $group }: null` was read as `null` for { $listed }
value-told-than-bound = the value `{ $told }` is { $than }: { $bound } { $most }
too-small = too small
least-allowed = is the least allowed
too-large = too large
most-allowed = is the most allowed
too-early = too early
earliest-allowed = is the earliest allowed
too-late = too late
latest-allowed = is the latest allowed
request-mapping-facts-fact = a request is a mapping of facts, `{"{"}fact: value{"}"}`
text-holds-no-request = the file contains no request
second-leap-second-not = second 60 (a leap second) is not counted here
not-hour-hours-run = there is no hour 24: hours run from 00 to 23
midnight-end-day-next = midnight at the end of a day is 00:00 of the next day
not-such-date = there is no such date as `{ $text }`
year-out-range-not = year out of range: { $year } is not within { $first_year } to { $last_year }
not-clock-moved-forward = there was no `{ $text }` in { $zone }: the clock was moved forward
came-twice-clock-moved = `{ $text }` happened twice in { $zone }: clocks went back that day
write-time-too-t00 = write the time too: `{ $day }T00:00`
write-day-alone = write the day alone: `{ $day }`
round-microseconds-t18 = round it to microseconds: `2026-11-20T18:30:00.123456`
nanoseconds-moment-given-finer = nanoseconds are not supported: the time is finer than a microsecond
missing-value-nan-nat = a missing value (NaN, NaT or NA)
fraction-no-exact-decimal = the fraction has no exact decimal form

## language/syntax

save-table-csv-with = save the table as CSV with `,` or `;` between cells
spreadsheet-no-csv = this is a spreadsheet, not a CSV file
table-no-rows = the table has no rows
header-columns-every-row = the header has { $columns ->
    [one] { $columns } column
   *[other] { $columns } columns
}, and every row { $cells ->
    [one] { $cells } cell
   *[other] { $cells } cells
}
column-missing-header-one = is a column missing in the header, or one too many?
cells-separated-tabs = the cells are separated by tabs
save-table-with-between = save the table with `,` or `;` between its cells
header-holds-both = the header holds both `,` and `;`
put-column-name-holds = put the column name that holds one in quotes
quote-opened-not-closed = unclosed quote
close-quote-quote-inside = close the quote; a quote inside the text is written twice: `""`
text-stands-after-closed = text follows the closing quote
quote-inside-text-written = a quote inside the text is written twice: `""`
column-no-name = column { $number } has no name
name-already-column = the name `{ $name }` is already that of column { $first }
row-cells-header = the row has { $count ->
    [one] { $count } cell
   *[other] { $count } cells
}, the header has { $count2 }
empty-cell-needs-separator = an empty cell needs its separator too; put a cell that holds one in quotes
wanted-wanted = expected { $wanted }
link-leads-out-folder = `{ $name }` is a link that leads out of the folder `{ $folder }`
put-file-itself-into = put the file itself into the folder
not-file-but-pipe = `{ $name }` is not a file, but a pipe, a device or a socket
line-not-json = the line is not JSON
each-line-holds-one = each line holds one whole JSON value
request-among-rules = `{ $file }` tells facts of this policy: it reads as a request
request-elsewhere = every `.yaml` file in a policy's folder is part of the policy; keep requests in another folder
what-holds = by what it holds it is `{ $section }`
more-after-belong-section = `{ $name }` and { $count } more after it belong to the section `{ $section }`, and do not stand in it
belongs-section-does-not = `{ $name }` belongs to the section `{ $section }`, and does not stand in it
line-missing-above-check = is the line `{ $section }:` missing above? Check the indentation too
name-missing-above = in `{ $section }` a name is missing above `{ $name }`
name-missing-above-hint = write the name on a line of its own, ending in a colon, and what it says deeper below it
unknown-key-row = unknown key `{ $name }` in the row
one-listed-words = one of the allowed values
whole-number = a whole number
number = a number
date-time = a date and time
duration = a duration
period = a period of years and months
text = a text
set-fields = a set of fields `name: value`
date-written = a date is written `2026-11-20`
date-time-written-t18 = a date and time is written `2026-11-20T18:30`
duration-written-minutes-hours = a duration is written `90 minutes`, `8 hours`, `2 days` or `PT8H`
period-written = a period of years and months is written `18 months`, `1 year 6 months` or `P1Y6M`
how-pandas-writes-not = this is how pandas writes that there is no value: leave the fact out (`row.dropna()`), or give `None` where it is known that there is none
put-value-quotes = put the value in quotes
take-off-quotes = remove the quotes
wanted-wanted-given-value = expected { $wanted }, found { $given }{ $value }
value-out-range-from = the value{ $value } is out of range: from { $least } to { $most }
object-name-unfit = an object `{ $name }`
boolean = the boolean
whole-number-unfit = the whole number
number-unfit = the number
date-time-unfit = the date and time
date-unfit-2 = the date
duration-unfit = the duration
period-unfit = the period of years and months
text-unfit = the text
mapping = a mapping
null = `null`
did-you-mean-listed = did you mean { $listed }?
indented-too-deep-key = it is indented too deep: the key stands beside `{ $beside }`, not inside it
missing-here-did-you-mean = `{ $missing }` is missing here: did you mean it?
in-label = {" "}in `{ $label }`
wanted-key = expected { $wanted } as the key, found `{ $key }`
wanted-wanted-inside-given = expected { $wanted }{ $inside }, found { $given }
one-names = one of { $names }
letter-not-latin = the letter `{ $letter }` is not Latin
name-cannot-hold = `{ $letter }` is not allowed in a name; use Latin letters, digits, `-`, `_`
write-node = write `[{ $node }]`
not-one-options-mistakes = `{ $word }` is not an allowed value{ $inside }
unknown-key-mistakes = unknown key `{ $word }`{ $inside }
needs-beside = `{ $key }` needs `{ $other }` beside it
stand-together-keep-one = `{ $one }` and `{ $other }` stand together{ $inside }; keep one
missing-one-of = one of { $names } is missing{ $inside }
nothing-inside = there is nothing{ $inside }
too-few = at least { $bound } { $unit } go{ $inside }, not { $count }
too-many = at most { $bound } { $unit } go{ $inside }, not { $count }
less-than = `{ $found }`{ $inside } is { $least ->
        [true] less
       *[other] more
    } than { $asked }
schema-does-not-hold = `{ $keyword }` of the schema does not hold{ $inside }
may-stand = allowed keys: { $known }
put-quotes-if-text = put it in quotes if it is text
if-goes-with-text = this looks like part of a text with a comma; put the whole text in quotes
write-value-alone-name = write the value alone: `name: value`
items = items
keys = keys
characters = characters
text-holds-unseen-character = invisible character U+{ $code }
problems-already-file-read = there are { $count } problems already; the file was read no further
line-file-longer-than = line { $number } of the file `{ $name }` is longer than the { $most_line } bytes allowed
file-of-path = the file `{ $path }`
standard-input = standard input
body-of-request = the body of the request
file-empty = { $what } is empty
folder-file-wanted-source = `{ $name }` is a folder; expected a file
file-cannot-read = { $what } cannot be read: { $why }
file-not-utf-start = { $what } is not UTF-8; by its start it is { $wide }
file-binary-byte-zero = { $what } is binary: byte { $at } is zero
file-not-utf-byte-at = { $what } is not UTF-8: byte { $byte } at offset { $start } is wrong
file-not-utf-byte = { $what } is not UTF-8: byte { $byte } is wrong
save-file-utf = save it as UTF-8
looks-like-windows-save = it looks like Windows-1251; save it as UTF-8
write-listed = write { $listed }
did-you-mean = did you mean `{ $meant }`?
stray-asked = { $stray }; { $asked }
quote-part-word = the quote `{ $letter }` is part of the word here
holds-invisible-character = `{ $shown }` contains the invisible character { $code }
holds-cyrillic-letter = `{ $shown }` holds the Cyrillic letter `{ $letter }`
holds-latin-letter = `{ $shown }` holds the Latin letter `{ $letter }`
text-language-write = `{ $word }` is text in this language; write `{ $write }`
if-text-write-quotes = if it is text, write `"{ $raw }"` in quotes
write-quotes-if-text = write `{ $number }`, or `"{ $raw }"` in quotes if it is text
said-code = { $said } { $code }
mark-git-left-two = `{ $first }` is a mark that git left: two changes of the file were not merged (such places: { $count })
keep-one-two-changes = keep one of the two changes, and delete the lines `<<<<<<<`, `=======`, `>>>>>>>`
instead-blank-no-break = instead of a blank here is a no-break space
instead-blank-another-character = instead of a blank here is another character
delete-type-ordinary-blank = delete it and type an ordinary blank
key-already-line = the key `{ $name }` is already on line { $line }
stand-second-time-one = { $listed } stand a second time in one mapping
dash-new-item-key = is the dash `-` of a new item, or a key above them, missing here?
text-holds-control-character = the text contains the control character U+{ $code }
number-written-way-read = the number `{ $raw }` is ambiguous: programs read it differently
number-more-than-digits = the number has more than { $most_digits } digits
nested-deeper-than-levels = nested deeper than { $deepest } levels
aliases-stand-more-than = YAML aliases expand to more than { $most_aliased } values
alias-stands-inside-what = the alias `*{ $name }` stands inside what it refers to
alias-no-anchor-above = the alias `*{ $name }` has no anchor `&{ $name }` above it
key-must-word = a key must be a word
put-quotes-if-text-with = put it in quotes if it is text with a bracket or an asterisk
merging-not-language = merge keys (`<<`) are not supported
write-keys-out = write the keys out
key-empty = the key is empty
list-under-value-read = a list under a value is read as more of the value's text
take-off-value-list = remove the value or the list; put text in quotes
second-document-file-holds = the file has a second YAML document; one is expected
take-off = remove `---`
from-not-yaml = YAML error: { $told }
indent-with-spaces = indent with spaces
line-indented-with-tab = tab used for indentation
put-text-straight-quotes = put the text in straight quotes: `"…"`
typographic-quotes-not-quotes = typographic quotes are not quotes in YAML, and the colon inside is read as a key's
check-line-indentation-quotes = check this line's indentation, and the quotes and brackets above it
comparisons-words-least-put = comparisons are words: `{"{"}at_least: 18{"}"}`; put text in quotes
close-quote = close the quote
quote-opened-closed-only = the quote opened here is closed only by the next one, on a line below
key-no-colon-after = the key has no colon after it
write-key-value-indent = write `key: value`, or indent the line if it continues a text
no-blank-stands-after = there is no space after the colon
write-key-value = write `key: value`
file-begins-with-indented = the file begins with an indented line, and keys without indent stand below
line-section-such-facts = is the line of a section, such as `facts:`, missing above?
item-list-stands-where = an item of a list stands where keys stand
line-such-rules-missing = is a line such as `rules:` missing above? Check the indentation too
align-with-keys-same = begin it in the same column as the keys it stands among
line-indented-otherwise-than = this line is indented differently from its neighbours
bracket-opened-not-closed = unclosed bracket, or a missing comma inside it
bracket-in-bare-text = a text with `{"{"}` or `[` inside has no quotes, or a comma is missing before it
close-bracket = close the bracket
value-cannot-start-with = a value cannot start with `{ $letter }`
colon-where-no-key = unexpected colon, or wrong indentation
put-text-holds-colon = align this line with its neighbours; if the colon is part of a text, quote the text
before-value-anchor-alias = `&` and `*` must be followed by a name; if it is text, quote it
unknown-escape-double-quotes = an unknown `\` escape in double quotes
use-single-quotes-write = use single quotes, or write `\\`
language-no-tags-directives = YAML tags and directives are not supported
after-text-starts-new = after `|` and `>` the text starts on a new line
not-value-before = there is no value before `{ $letter }`
neither-key-nor-list = neither a key nor a list item can start here; check the indentation
not-yaml = this is not YAML: { $error }
anchor-already-line = the anchor `&{ $anchor }` is already on line { $line }
tag-not-language = the tag `{ $tag }` is not in this language
take-tag-off-put = remove the tag, or put the value in quotes if it is text
nothing-refers-anchor = nothing refers to the anchor `&{ $name }`
take-off-put-value = remove it, or put the value in quotes if it is text

## matching

reserved-kind = reserved kind
too-many-fields = too many fields
reserved-field = reserved field
too-many-rules = too many rules
told-twice-linter = told twice
rules-one-kind = rules on one kind
tests-one-kind = tests on one kind
what-comes-first = what is there comes first
too-many-patterns = too many patterns
none-comes-last = `none` comes last
alias-taken-no-name = the alias is taken or no name
unknown-kind = unknown kind
transient-under-none = transient under `none`
too-many-tests-pattern = too many tests in a pattern
field-another-kind = a field of another kind
value-too-large = the value is too large
no-such-alias-above = no such alias above
different-kinds-field = different kinds of field
only-numbers-ordered = only numbers have an order here

## messages

or-between = {" "}or{" "}

## model

extra-missing = the package `{ $module }` is not installed
install-extra = run `pip install "reglament[{ $extra }]"`
more-problems-all = … and { $left ->
    [one] { $left } more problem
   *[other] { $left } more problems
}, { $total } in all
and-what-follows = … and { $count ->
    [one] { $count } that follows
   *[other] { $count } that follow
} from { $is_one ->
    [true] it
   *[other] them
}

## policy

bundle-foreign = `{ $path }` is not a bundle of a policy
bundle-changed = the bundle `{ $path }` was changed or cut off after it was built
bundle-newer = the bundle `{ $path }` was built by a newer release of reglament
bundle-older = the bundle `{ $path }` was built by another release of reglament
bundle-build-again = build it again: `reglament build POLICY -o FILE`
bundle-built = `{ $path }` is a bundle, which is not edited
bundle-edit-source = edit what it was built from
policy-cannot-read = the policy `{ $name_or_path }` cannot be read: { $why }
not-policy-neither-bundled = there is no policy `{ $name_or_path }`: it is neither a bundled name nor a path
name-bundled-policy-file = name a bundled policy, a file or a folder; `.` is the current folder
several-policies-here = several policies here: { $names }
name-one-policy = name one with `--policy NAME`, or in the project's `reglament.toml`: `policy = "NAME"`
no-policy-here = no policy was found in { $folder }
name-policy-or-begin = name one with `--policy`: a folder, a file, or one of the bundled { $names }; `reglament new NAME` begins a policy
policies-known = known policies: { $names }
policy-is-at = Policy: { $path }
policy-by-settings = Policy: { $path } (named in { $file })
policy-is-bundled = Policy: { $name }, bundled with reglament ({ $path })
bundled-policy-read = No policy was found here: the bundled `{ $policy }` is used. Name another with `--policy`.
settings-no-table = `reglament` is not a table
settings-unknown-key = unknown setting `{ $key }`
settings-known = known settings: { $names }
settings-policy-no-text = `policy` is not a name or a path
settings-example = for example: `policy = "fees"`
settings-not-toml = not valid TOML: { $why }

## rendering

why = Why
avoid = Avoid
prefer = Prefer
rules-apply-together-disagree-advice = conflict: rules apply together with different outcomes
order-rules-means-nothing = The order of rules does not matter, so such a request cannot be decided and is reported as an error. Say which rule has priority (`overrides`), or make the conditions exclude each other.
no-rule-applies = gap: no rule applies
request-rules-silent-refused = A request to which no rule applies cannot be decided and is reported as an error. If the text really does not say, write an `otherwise` with its reason.
some-days-no-value = gap in time: some days have no value
version-holds-days-no = The version is in force on days for which there is no value or rule. Requests of those days cannot be decided.
condition-cannot-hold-another = Its condition cannot hold, or another rule always overrides it. It looks as if the rule works, but it does not.
without-rule-all-stays = a redundant rule
other-rules-say-same = Other rules give the same outcome and cite the same clauses, so editing one of them changes nothing, which is easy to miss. A rule that is the only one to cite a clause is not reported.
test-always-holds = a test is always true
other-conditions-rule-say = It follows from the other conditions, or nothing else is possible. Remove the test or correct it: check the bound, the name and the operator.
test-never-holds = a test is always false
wherever-could-matter-test = Whenever the test could matter it is false, so that part of the condition never works.
no-request-reaches-outcome = an unreachable outcome
outcome-declared-no-request = The outcome is declared, but no request can give it: a rule is missing or a condition is wrong. If the outcome is not needed, remove it.
nobody-reads-fact = an unused fact
what-decides-nothing-need = Do not ask for a fact that decides nothing: it costs work and collects data for no purpose.
parameter-not-used = a parameter is not used
rule-probably-repeats-value = A rule may use the number instead of the parameter. Then changing the parameter would change no decision.
nothing-cites-clause-advice = no rule cites a clause
clause-text-no-rule = Either a rule is missing, or `no_rule` should say why none is needed.
no-rule-clause-cited = `no_rule` on a clause that is cited
clause-said-need-no = It says that no rule is needed, but rules cite the clause. Remove `no_rule` or the citation.
reading-decides-nothing = a reading makes no difference
with-other-alternative-every = Whichever alternative is chosen, the outcomes are the same. Perhaps a rule lacks its `under:`; if not, remove the reading.
rule-names-unknown-word = a rule names an unknown word
open-choice-takes-any = An open choice takes any word, so a slip in a rule is not a mistake: the rule just never applies. Mend the word, or add it to `options`.
word-is-name-too-advice = a word of a rule is also a name
bare-word-rule = A word that the fact or decision declares is that word. Any other word means the fact, decision or parameter of that name, if there is one; else the word itself. Say which of the two you mean: literal for the word, same_as for the value.
no-rule-names-option = no rule names an option
rules-name-other-options = Rules name the other options, and this one was forgotten: it is decided as any other word is. Name it in a rule, if only beside the one that it is like.
text-missing-one-language = a text is missing in one language
readers-language-will-see = Readers of that language would see a blank, the other language, or a sentence without its value.
not-answer-about-days = Deadlines after the calendar's last day cannot be computed. Add the next year when its decree is published.
worked-example-names-rule = an example names a rule that does not exist
rule-row-table-otherwise = The rule, the row of a table or the `otherwise` was taken off or renamed, and the example still expects it: it cannot pass.
worked-example-proves-nothing = an example that checks nothing
example-expects-nothing-repeats = The example expects nothing, or repeats another: it adds no check of the rules.
diagram-decision-outgrew-budget-so = The decision is too complex to analyse completely, so nothing is known about it. Split it into several decisions.
told-request = from the request
given-caller = given by the caller
moment-deciding = now
first-day-of-version = the first day of the only version
applied-auditor = applied
overridden-auditor = overridden
did-not-apply-auditor = did not apply
open = not known yet
met = met
unmet = unmet
regulation = regulation
digest = digest
note = note
facts-told = facts given
none = none
possible = possible
needs = needs
not-exact = not exact
settled = settled by
worth-asking = worth asking
why-auditor = why
what-do = what to do
cannot-listed = possible outcomes cannot be listed
another-rule-applies = another rule applied
may-apply-auditor = {" "}- may apply
if = if
readings-auditor = readings:
working-time-counted-auditor = working time counted:
day-from-minutes = day from to minutes
total = total
bound-least = { $is_time ->
    [true] { $least } at the earliest
   *[other] at least { $least }
}
bound-most = { $is_time ->
    [true] { $most } at the latest
   *[other] at most { $most }
}
bounds-of = from { $least } to { $most }
and = and
or = or
months-in-dates = January, February, March, April, May, June, July, August, September, October, November, December
around-the-clock = around the clock
first-open-of = whichever is open: { $desks }
closed-all-day = closed
weekdays = Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
weekdays-short = Mon, Tue, Wed, Thu, Fri, Sat, Sun
date-in-words = { $day } { $month } { $year }
full-day = { $weekday }, { $day }
letter-day = { $day }
letter-moment = { $clock } on { $weekday } { $day }
hours-of-the-clock = 12
quoted = “{ $text }”
diagram-nodes-picture-made = the diagram has { $count ->
    [one] { $count } node
   *[other] { $count } nodes
}, and a picture is made of { $most_boxes } at most
anything-else-drawing = anything else
one = there is one
gap-no-rule = a gap: no rule
refused-rests-refused-decision = cannot be decided: depends on what cannot be decided
if-can = , if that can be
span-above = { $is_time ->
    [true] after { $value }
   *[other] more than { $value }
}
span-up-to = { $is_time ->
    [true] up to { $value }
   *[other] { $value } or less
}
span-below = { $is_time ->
    [true] before { $value }
   *[other] less than { $value }
}
span-from = { $is_time ->
    [true] from { $value }
   *[other] { $value } or more
}
error = error
warning = warning
exact = exact
unproven = unproven
request = request
where = where
so-findings = and so
more-follow-from = and { $count } more that follow from it
not-told = not given
cannot-decided = cannot be decided
working-time-counted = working time counted
days-more = { $days ->
    [one] and { $days } more day
   *[other] and { $days } more days
}
hours-short = { $told } h
clauses-rules-examples = Clauses, rules, examples
clause-heading = Clause
what-says = What it says
rules-examples = Rules and examples
covered-nothing = covered by nothing
no-example = no example
needs-no-rule = needs no rule
named = named by
examples = examples
clauses-with-rules-need = { $count ->
    [one] { $count } clause
   *[other] { $count } clauses
}: { $ruled } with rules, { $excused } need none, { $bare } covered by nothing
choice = choice
yes-no = yes or no
whole-number-page = whole number
number-page = number
moment-page = date and time
duration-page = duration
period-page = years and months
text-page = text
list-page = list
record = record
any-other = any other
time-zone-page = time zone
facts = Facts
fact-meaning-values-null = fact|meaning|values|null means
decisions = Decisions
hours-page = Hours
parameters = Parameters
parameter-meaning-value-from = parameter|meaning|value|from
chosen = chosen
clauses-text = Clauses of the text
clause-where-what-says = clause|where|what it says|rules
where-all-holds-else = { $met } where all of it holds; else { $unmet }:
otherwise = otherwise
hit-policy-first = If several rules apply, the first of them counts.
hit-policy-priority = If several rules apply, the outcome that is listed first counts.
field-of = { $second }: { $first }
group-overrides = Rules of the group { $group } have priority over those of { $others }.
counted-at-least = at least { $least } of these:{" "}
counted-at-most = at most { $most } of these:{" "}
counted-exactly = exactly { $count } of these:{" "}
counted-between = from { $least } to { $most } of these:{" "}
counted-not-between = fewer than { $least } or more than { $most } of these:{" "}
hit-policy-unique = No two rules may apply at once.
hit-policy-rule-order = The items stand in the order of the rules.
total-sum = The outcome is the sum of what the rules that apply give.
total-count = The outcome is how many of the rules apply.
total-minimum = The outcome is the least of what the rules that apply give.
total-maximum = The outcome is the greatest of what the rules that apply give.
overrides = overrides
answer-we-need-know = To answer, we need to know
letter-questions = To answer, we need to know from you:
letter-found-out = We will find out the rest ourselves: { $facts }.
letter-next = What to do next.
if-also = if this is also about “{ $matter }”: { $steps }
letter-near = Your request says { $told }. If you mean { $near }, reply to this message: the answer depends on it.
letter-clauses = This follows from the regulation, section { $clauses }.
next = Next
told-is-not-near = { $told } is not { $near }; give the second if you meant it
too-many-cases-try = There were too many cases to try them all: it may not depend on it.
not-stated = not stated
may-be-overridden-by = may be overridden by { $names }
overridden-anyway-by = overridden by { $names } whatever the facts
overridden-by = overridden by { $names }
message = { $message }.
depends-on-refused = Depends on what cannot be decided: { $behind }.
either-reason = Either: { $reason }
or-reason = Or: { $reason }
depends-on-missing = Missing: { $needed }.
rounded-down = { $first } rounded down to { $second }
rounded-up = { $first } rounded up to { $second }
rounded-half-up = { $first }, rounded to the nearest { $second } (halves up)
rounded-half-even = { $first } rounded to { $second } (half to even)
rounded-never-more = { $first } rounded to { $second }, never to more
rounded-never-less = { $first } rounded to { $second }, never to less
day-of = the day of { $first }
per-cent-of = { $first } % of { $second }
brackets-of = by the parts of { $first }: { $second }
bracket-up-to = up to { $end } – { $rate } %
bracket-above = above – { $rate } %
next-working-day = { $first }, or the next working day if that is a day off
last-working-day = { $first }, or the last working day before it if that is a day off
working-days-after = { $first } plus working days: { $second }
working-days-counting = working day no. { $second } from { $first }, itself counted
working-days-moved = { $first } (or the next working day) plus working days: { $second }
working-time-from = working time from { $first } to { $second }
full-working-hours-from = full working hours from { $first } to { $second }
full-hours-from = full hours from { $first } to { $second }
full-minutes-from = full minutes from { $first } to { $second }
day-of-week = the day of the week of { $first } (1 is Monday)
month-of = the month of { $first } (1 is January)
year-of = the year of { $first }
start-of-month = the first day of the month of { $first }
start-of-quarter = the first day of the quarter of { $first }
start-of-year = the first day of the year of { $first }
end-of-month = the last day of the month of { $first }
end-of-quarter = the last day of the quarter of { $first }
end-of-year = the last day of the year of { $first }
age-on = full years of age from { $first } on { $second }
other-word = any other
full-days-from = full days from { $first } to { $second }
full-months-from = full months from { $first } to { $second }
period-from = the full years and months from { $first } to { $second }
full-years-from = full years from { $first } to { $second }
plus = {" "}plus{" "}
greatest-of = the greatest of { $first }
least-of = the least of { $first }
amount-in-units = { $unit ->
    [hour] { $amount } (hours)
    [day] { $amount } (days)
    [month] { $amount } (months)
   *[year] { $amount } (years)
}
working-hours = { $count ->
    [one] { $amount } working hour
   *[other] { $amount } working hours
}
first-plus-second = { $first } plus { $second }
always = always
never = never
least-tests-in-words = is at least
most-tests-in-words = is at most
more-than = is more than
less-than-tests-in-words = is less than
not-earlier-than = is no earlier than
not-later-than = is no later than
later-than = is later than
earlier-than = is earlier than
day-tests-in-words = , by day
was-value = was { $value }
so-far-value = so far { $value }
not-so = not true that { $said }
list-some = “{ $list }” has an item with: { $said }
list-no-such = “{ $list }” has no item with: { $said }
list-every = every item of “{ $list }”: { $said }
list-not-every = not every item of “{ $list }”: { $said }
list-if-then = if { $where }, then { $said }
list-count = the number of items of “{ $list }”
list-count-where = the number of items of “{ $list }” with ({ $said })
items-where = the items of “{ $list }” with ({ $said })
one-item = an item
list-sum = the sum of “{ $term }” over “{ $list }”
list-minimum = the least “{ $term }” in “{ $list }”
list-maximum = the greatest “{ $term }” in “{ $list }”
list-distinct = the number of different “{ $term }” in “{ $list }”
list-of-values = the list of “{ $term }” in “{ $list }”
list-total-where = { $total }, of items with ({ $said })
item-field-label = { $field } ({ $item } { $number })
inner-list-label = { $list } ({ $item })
item-label = { $item } { $number }
item-inside-item = { $outer }, { $item }
item-said = { $item } { $number }: { $said }
list-more-label = whether “{ $list }” has more items
list-any-question = Are there items in “{ $list }”?
list-more-question = Are there more items in “{ $list }”?
list-counted = { $count ->
    [one] item { $items }
   *[other] items { $items }
}
list-found-none = no item
list-exception = exception: { $items }
list-all-so = no exception
not-same = { $subject } is not the same as { $operand }
value-subject = { $subject } has a value
subject-with-answer = { $subject }: { $said }
subject-with-opposite = { $subject }: not { $said }
subject-is = { $subject } is { $said }
not-subject-said = { $subject } is not { $said }
none-subject-neither = { $subject } is none of { $neither }
within-subject-title = { $subject } is within { $said }
not-within = { $subject } is not within { $said }
includes-subject-value = { $subject } includes { $said }
does-not-include = { $subject } does not include { $said }
minus = { $first } minus { $second }
absolute-of = the amount of { $first } without its sign
seconds-of = seconds beyond full minutes of { $first }
minutes-of = minutes beyond full hours of { $first }
hours-of = hours beyond full days of { $first }
days-of = full days in { $first }
months-of = months beyond full years of { $first }
years-of = full years in { $first }
modulo-of = what is left of { $first } divided by { $second }
middle-of = the median of { $first }
mean-of = the mean of { $first }
exponent-whole = an exponent is a whole number
median-odd-count = the median needs an odd count of numbers
divisor-may-be-zero = `{ $name }` may be zero here, and nothing is divided by zero
show-divisor-not-zero = let the condition of the rule show it, such as `{ $name }: {"{"}more_than: 0{"}"}`, or the bounds of the fact, such as `at_least: 1`; or say what comes out then: `by_zero: null`

## rendering/templates

report-decision-log = Report on the decision log
requests-decided = Requests decided
entry-decision = entry
entry-decision-2 = Entry
decision-log = of the decision log
something-wrong-with-entry = This entry is not intact
facts-told-decision = Facts given
what-decided-why = Decisions and reasons
needed = Needed
pale-working-hours-dark = Pale: working hours. Strong: time counted.
clauses-regulation = Clauses of the regulation
what-proves = Evidence

## worktime

calendar-does-not-cover = calendar { $name } does not cover the year { $year }: { $day } is outside { $first } to { $last }
ends-before-begins = it ends on { $last_day }, before it begins on { $first_day }
covers-more-than-years = it covers more than { $longest_years } years
reaches-first-last-year = it reaches the first or the last year that a date can have
weekdays-numbered-from-monday = weekdays are numbered from 0 (Monday) to 6 (Sunday)
short-days-cannot-longer = short days cannot be longer than other days
outside-day-first-day-last-day = { $day } is outside { $first_day } to { $last_day }
called-short-day-not-working = { $day } is called a short day and is not a working day
every-working-day-must = every working day must close after it opens

## languages of a policy

no-text-in-language = there is no text in `{ $language }` here
no-text-at-all-in-language = there is no text at all in `{ $language }`
say-text-here = write it: `{"{"}{ $language }: …{"}"}`
say-text-here-or-in-file = write it here, `{"{"}{ $language }: …{"}"}`, or in `texts.{ $language }.yaml`{ $where }
language-not-declared =
    { $count ->
        [1] the policy has no language `{ $language }`
       *[other] the policy has no language `{ $language }`, and { $count } texts are in it
    }
languages-are = its languages are { $known }: add this one to `languages`, or take the text out
title-lacks-language = the title has no `{ $language }`, and texts have it: { $count }
say-in-title = add `{ $language }: …` to the title, or name the languages: `languages: […]`
name-language = add `{ $name }` to `languages`
language-of-text-unsaid = the language of this text is not given
say-languages = say in the policy, for instance, `languages: [en]`
no-language = there is no language `{ $language }`
language-tags = a language is named by its tag: `ru`, `en`, `de`
no-such-text = the rules have no text `{ $path }`
take-text-out = take it out, or add that text to the rules
newer-language = the policy is written in version { $language } of the language, and this engine reads version { $known }
update-reglament = update reglament: `pip install --upgrade reglament`
languages-of-next-version = `--languages` is for a new policy: the next version has the languages of the last, which are changed in its files
column-missing = there is no column for { $names }
column-missing-allow = say that they are missing in every row: `--missing-columns allow`, in Python `missing_columns="allow"`
column-none = no column gives a fact of the policy
column-called-as-fact = a column has the name of its fact: `{ $name }`
column-unknown = the column `{ $name }` gives no fact
column-twice = the column `{ $name }` stands twice
column-wrong-type = the column `{ $column }` holds `{ $given }`, and the fact `{ $fact }` is { $wanted }
column-told-type = the column `{ $name }` says whether a value is told: it holds true or false, not `{ $given }`
mapped-no-column = there is no column `{ $name }` to map
mapped-no-fact = there is no fact `{ $name }` to map to
keep-other-columns = name the columns to keep: `keep=["id"]`
layout-unknown = the layouts are { $listed }
option-one-of = `{ $name }` is one of { $listed }, not `{ $given }`
column-mixed = the column `{ $name }` holds values of several types, or of one that Arrow does not have
column-leave-out = leave it out if it gives no fact
table-unknown = tables are those of pyarrow, Polars and pandas, and relations of DuckDB, not { $given }

### Several policies

no-shared-part = there is no shared part `{ $name }`
shared-part-stands = put `{ $name }.yaml`, or a folder `{ $name }`, beside the version or beside the policy
section-not-shared = the section `{ $name }` cannot be shared
policies-import-each-other = `{ $name }` takes a decision from this policy, and this one from it
import-refused = the policy `{ $name }` has errors: { $why }
check-it-alone = run `reglament check --policy { $path }`
based-on-unknown-version = the policy `{ $policy }` has no version `{ $name }`
no-policy-beside = there is no policy `{ $name }` beside this one, and none is shipped
import-changed = `{ $name }` { $version } has changed: it has another digest
digest-now = see what changed, then write `{ $digest }`
policy-no-decision = the policy `{ $policy }` has no decision `{ $name }`
imported-already = `{ $source }` is already taken over as `{ $name }`
import-other-zone = `{ $name }` counts days in the time zone { $zone }
import-lacks-language = `{ $name }` has no texts in `{ $language }`
import-other-fact = the fact `{ $fact }` is declared differently in `{ $name }`
declare-as-there = declare `{ $fact }` as it is there, or leave it out here
