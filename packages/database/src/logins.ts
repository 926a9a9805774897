import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { type Database, type Login, type Role, roles } from "./connection.ts";

/**
 * Gives each role of the apps a login for this database alone, whose password follows from `secret`. A login can take on
 * its role and nothing else, so `set role none` leaves it without any right. Safe to run from several servers at once.
 */
export async function openLogins(
  owner: Database,
  url: string,
  secret: Uint8Array,
): Promise<Record<Role, Login>> {
  const logins = await owner.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtext('logins'))`;
    const [database] = await sql<[{ name: string; number: number; known: string[] }]>`
      select quote_ident(datname) as name, d.oid::bigint as number,
        array(select rolname::text from pg_roles where rolname like '%\\_' || d.oid) as known
      from pg_database d where datname = current_database()`;
    const { name, number, known } = database;
    const made = roles.map((role) => {
      const login = `${role}_${number}`;
      return { role, login, password: passwordOf(login, secret) };
    });
    const given = made.map(
      ({ role, login, password }) => `
        ${known.includes(login) ? "alter" : "create"} role ${login} login noinherit password '${verifierOf(password)}';
        grant ${role} to ${login} with inherit false, set true;
        grant connect on database ${name} to ${login};`,
    );
    await sql.unsafe(
      `revoke connect, temporary on database ${name} from public; ${given.join("")}`,
    );
    return made;
  });
  const entries = logins.map(({ role, login, password }) => {
    const own = Object.assign(new URL(url), { username: login, password });
    return [role, { role, url: own.href }] as const;
  });
  return Object.fromEntries(entries) as Record<Role, Login>;
}

function passwordOf(login: string, secret: Uint8Array): string {
  return createHmac("sha256", secret).update(login).digest("base64url");
}

const iterations = 4096;

/** What PostgreSQL keeps of a password (RFC 5803), worked out here so that no log of statements shows the password. */
function verifierOf(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  const server = keyed("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${server}`;
}
