import { expect, test } from "vitest";
import { getAccount } from "./accounts.ts";
import { Person } from "./person.ts";

test("a person sends back the cookies that the hub set, and no longer those it emptied", async () => {
  const sent: (string | null)[] = [];
  const answers = [
    ["one=1; Path=/", "two=2=2; HttpOnly"],
    ["one=; Max-Age=0", "two=3"],
  ];
  const person = new Person((request) => {
    sent.push(request.headers.get("cookie"));
    const headers = new Headers();
    for (const cookie of answers.shift() ?? []) headers.append("set-cookie", cookie);
    return new Response("{}", { headers });
  }, "https://hub.example");
  for (let turn = 0; turn < 3; turn += 1) await person.ask(getAccount, {});
  expect(sent).toEqual(["", "one=1; two=2=2", "two=3"]);
});

test("a person starts with the cookies of another browser", () => {
  const cookies = "one=1; two=2=2";
  const person = new Person(() => new Response("{}"), "https://hub.example", cookies);
  expect(person.cookieHeader).toBe(cookies);
});
