import createClient from "openapi-fetch";
import type { paths } from "./reglament.js";

const client = createClient<paths>({ baseUrl: process.env["REGLAMENT"]! });
const facts = { "request.service": "onsite_visit", "request.channel": "portal" };
const at = "/v1/policies/technical-support";

const { data, error } = await client.POST(`${at}/decide`, { body: { facts, only: ["answer"] } });
if (error) throw new Error(error.detail);
const outcome: "accept" | "refuse" | "refer" | null | undefined = data.decisions?.answer?.outcome;
console.log(outcome, data.policy.version);

const asked = await client.POST(`${at}/next-question`, { body: { facts, decision: "scope" } });
const question = asked.data?.question;
if (question) {
  const fact: "requester.kind" | (string & {}) = question.fact;
  console.log(fact, question.text, question.options.map((one) => one.label).join(", "));
  for (const one of question.open) console.log(one.decision, one.possible);
}

const changed = await client.POST(`${at}/change`, { body: { facts, want: { answer: "accept" } } });
for (const one of changed.data?.changes ?? []) {
  const then: "accept" | "refuse" | "refer" | null | undefined = one.outcomes.answer;
  console.log(one.moves.map((move) => `${move.fact} = ${move.after}`).join(", "), then);
}

const batch = await client.POST(`${at}/decide/batch`, { body: [{ facts }, { facts: {} }] });
for (const one of batch.data?.items ?? []) {
  if ("problems" in one || "detail" in one) console.log(one.detail);
  else console.log(one.decisions.answer?.status);
}

const checked = await client.POST(`${at}/check`, { body: { files: { "policy.yaml": "polcy: x\n" } } });
console.log(checked.data?.findings[0]?.code, checked.data?.findings[0]?.places[0]?.line);

const compared = await client.POST(`${at}/diff`, { body: { old: {}, new: {} } });
console.log(compared.data?.is_cosmetic, compared.data?.differences[0]?.policy);

const listed = await client.GET("/v1/policies");
console.log(listed.data?.policies.map((one) => `${one.id} ${one.versions[0]?.holds_from}`).join("; "));
