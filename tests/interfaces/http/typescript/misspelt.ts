// None of these lines compiles: what is asked for and what is answered is known by name.
import createClient from "openapi-fetch";
import type { components, paths } from "./reglament.js";

type Facts = components["schemas"]["technical-support.facts"];
const client = createClient<paths>();
const at = "/v1/policies/technical-support";

// @ts-expect-error a fact that there is not
const facts = { "request.servce": "training" } satisfies Facts;
// @ts-expect-error a word that the fact does not have
await client.POST(`${at}/decide`, { body: { facts: { "requester.kind": "partner" } } });
// @ts-expect-error a decision that there is not
await client.POST(`${at}/next-question`, { body: { facts: {}, decision: "scop" } });
// @ts-expect-error an outcome that the decision does not have
await client.POST(`${at}/change`, { body: { facts: {}, want: { answer: "later" } } });
// @ts-expect-error a route that there is not
await client.POST(`${at}/decode`, { body: { facts: {} } });

const asked = await client.POST(`${at}/next-question`, { body: { facts: {} } });
// @ts-expect-error a fact that is never asked for
if (asked.data?.question?.fact === "request.servce") console.log();
const { data } = await client.POST(`${at}/change`, { body: { facts: {} } });
// @ts-expect-error an outcome that does not come out
if (data?.changes[0]?.outcomes.answer === "later") console.log();
// @ts-expect-error a member that no answer has
console.log(data?.change);
