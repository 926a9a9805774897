import type { AccountId } from "@telar/contracts/ids";
import {
  addPasskey,
  askBanAppealWithPasskey,
  askPasskey,
  listPasskeys,
  offerPasskey,
  removePasskey,
  signInWithPasskey,
} from "@telar/contracts/passkeys";
import { HubError } from "@telar/contracts/problems";
import * as accounts from "@telar/database/accounts";
import { actAs } from "@telar/database/acting";
import * as passkeys from "@telar/database/passkeys";
import { mayAddPasskey, mayRemovePasskey } from "@telar/rules/passkeys";
import { demand } from "@telar/rules/verdict";
import { appealHubBan } from "./appeals.ts";
import type { Frame } from "./frame.ts";
import { hashOf } from "./secret.ts";
import { serveOperation } from "./serve-operation.ts";
import { confirmCookie, startSession } from "./sessions.ts";
import { isOpenChallenge, newSignInChallenge } from "./sign-in-challenges.ts";
import {
  challengeOf,
  type NewCredential,
  newChallenge,
  offerAuthentication,
  offerRegistration,
  readAuthentication,
  readRegistration,
  type WebAuthnJson,
} from "./webauthn.ts";

export function servePasskeys(frame: Frame): void {
  serveOwnPasskeys(frame);
  serveEntering(frame);
}

function serveOwnPasskeys(frame: Frame): void {
  const { database, publicUrl } = frame;

  serveOperation(frame, offerPasskey, (_, { session: { account } }) => {
    const challenge = newChallenge();
    return actAs(database, { account, secret: challenge.hash }, async (sql) => {
      const { signInName } = await accounts.getAccount(sql, account);
      const known = await passkeys.listPasskeys(sql, account);
      demand(mayAddPasskey(known.length));
      await passkeys.addChallenge(sql, challenge.hash, account);
      return { ...(await offerRegistration(publicUrl, challenge, { account, signInName, known })) };
    });
  });

  serveOperation(
    frame,
    addPasskey,
    async ({ name, response }, { session: { account, claims } }) => {
      const { credential, owner } = await readNewPasskey(frame, response);
      if (owner !== account) throw unreadable("response");
      return await actAs(database, claims, async (sql) => {
        await accounts.getAccountForChange(sql, account);
        demand(mayAddPasskey((await passkeys.listPasskeys(sql, account)).length));
        const id = await passkeys.addPasskey(sql, { ...credential, account, name });
        return { id, name, usedThisWeek: true };
      });
    },
  );

  serveOperation(frame, listPasskeys, (_, { session }) =>
    actAs(database, session.claims, (sql) => passkeys.listPasskeys(sql, session.account)),
  );

  serveOperation(frame, removePasskey, ({ id }, { session: { account, claims } }) =>
    actAs(database, claims, async (sql) => {
      const { passphraseHash } = await accounts.getAccountForChange(sql, account);
      const own = await passkeys.listPasskeys(sql, account);
      if (!own.some((passkey) => passkey.id === id)) throw new HubError("not_found");
      demand(mayRemovePasskey({ passkeys: own.length, hasPassphrase: passphraseHash !== null }));
      await passkeys.removePasskey(sql, account, id);
      return {};
    }),
  );
}

function serveEntering(frame: Frame): void {
  const { publicUrl, cookieKey } = frame;

  serveOperation(frame, askPasskey, async () => ({
    ...(await offerAuthentication(publicUrl, newSignInChallenge(cookieKey))),
  }));

  serveOperation(frame, signInWithPasskey, async (input, { session, c }) => {
    const { response, device, deviceName } = input;
    const account = await checkPasskey(frame, response);
    if (session?.account === account) confirmCookie(frame, c, session.cookie, session.device);
    else await startSession(frame, c, { account, device, deviceName }, session);
    return {};
  });

  serveOperation(frame, askBanAppealWithPasskey, async ({ response, words }) => {
    await appealHubBan(frame, await checkPasskey(frame, response), words);
    return {};
  });
}

/** The account whose passkey answered. Whatever is wrong with an answer, it is told alike. */
async function checkPasskey(
  { database, publicUrl, cookieKey }: Frame,
  response: WebAuthnJson,
): Promise<AccountId> {
  const challenge = challengeOf(response);
  if (!challenge || !isOpenChallenge(challenge, cookieKey)) throw new HubError("wrong_sign_in");
  const credentialHash = hashOf(String(response.id));
  const passkey = await actAs(database, { secret: credentialHash }, (sql) =>
    passkeys.findPasskey(sql, credentialHash),
  );
  if (!passkey) throw new HubError("wrong_sign_in");
  const { id, account } = passkey;
  const counter = await readAuthentication(publicUrl, response, challenge, passkey);
  if (counter === undefined) throw new HubError("wrong_sign_in");
  const challengeHash = hashOf(challenge);
  await actAs(database, { account, secret: challengeHash }, async (sql) => {
    await passkeys.markAnswered(sql, challengeHash);
    await passkeys.markUsed(sql, id, counter);
  });
  return account;
}

/** The credential that a browser made, and the account that it was offered for. */
export async function readNewPasskey(
  { database, publicUrl }: Frame,
  response: WebAuthnJson,
): Promise<{ credential: NewCredential; owner: AccountId }> {
  const answered = challengeOf(response);
  if (!answered) throw unreadable("response");
  const challengeHash = hashOf(answered);
  const challenge = await actAs(database, { secret: challengeHash }, (sql) =>
    passkeys.takeChallenge(sql, challengeHash),
  );
  const credential = await readRegistration(publicUrl, response, challengeHash);
  if (!challenge?.account || !credential) throw unreadable("response");
  return { credential, owner: challenge.account };
}

const unreadable = (field: string) =>
  new HubError("invalid_input", undefined, { fields: { [field]: "wrong_form" } });
