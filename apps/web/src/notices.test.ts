import { GroupId, GroupRecoveryId } from "@telar/contracts/ids";
import { expect, test } from "vitest";
import { openWeb, publicUrl, serveAccount, signedIn } from "./testing.ts";

const group = GroupId.parse("019a0000-0000-7000-8000-000000000001");
const recovery = GroupRecoveryId.parse("019a0000-0000-7000-8000-000000000021");
const opensAt = "2026-11-29T00:00:00.000Z";
const asked = { kind: "group_recovery_asked" as const, group, groupName: "Tejido" };
const resting = { pausedUntil: new Date(Date.now() + 1e8).toISOString() };

async function shown(notice: object, account: object = {}, path = "/") {
  const web = openWeb(serveAccount({ ...account, notices: [{ ...asked, ...notice }] }));
  return (await web.request(publicUrl + path, signedIn)).text();
}

test("who coordinates stops a recovery that waits right where they read of it, and their rest does not hide it", async () => {
  for (const html of [
    await shown({ recovery, opensAt }),
    await shown({ recovery, opensAt }, resting, "/pausa"),
  ]) {
    expect(html).toContain("Cuenta desde el <strong>sábado, 28 de noviembre, 18:00</strong>");
    expect(html).toContain(`action="/grupos/${group}/recuperacion/${recovery}"`);
    expect(html).toContain('name="answer" value="stop"');
  }
});

test("of what is only proposed one reads more, and rests from it", async () => {
  const html = await shown({ recovery });
  expect(html).toContain(`href="/grupos/${group}/recuperacion"`);
  expect(html).not.toContain('value="stop"');
  expect(await shown({ recovery }, resting, "/pausa")).not.toContain("recuperacion");
});

test("whoever is proposed has nothing to stop in the name of others", async () => {
  expect(await shown({ opensAt })).not.toContain('value="stop"');
});
