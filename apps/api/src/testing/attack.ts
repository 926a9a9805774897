import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** Sends many tries at once, from a thread of its own; tells of the first answer, and at the end the statuses of all. */
export interface Attack {
  port: number;
  origin: string;
  path: string;
  signInName: string;
  /** Each try at another name, which begins with `signInName`. */
  everyName: boolean;
  tries: number;
}

const { port, origin, path, signInName, everyName, tries } = workerData as Attack;
const agent = new Agent({ keepAlive: true, maxSockets: tries });
const headers = { origin, "content-type": "application/json" };

const answers = Array.from(
  { length: tries },
  (_, at) =>
    new Promise<number>((resolve, reject) => {
      const options = { host: "127.0.0.1", port, method: "POST", path, headers, agent };
      const asked = request(options, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
      });
      const passphrase = `no son estas palabras ${at}`;
      asked.on("error", reject);
      const name = everyName ? `${signInName} ${at}` : signInName;
      asked.end(JSON.stringify({ signInName: name, passphrase, device: "own" }));
    }),
);
await Promise.race(answers);
parentPort?.postMessage("begun");
parentPort?.postMessage(await Promise.all(answers));
agent.destroy();
