import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** Sends many tries at one name at once, from a thread of its own, and tells the statuses of the answers. */
export interface Attack {
  port: number;
  origin: string;
  path: string;
  signInName: string;
  tries: number;
}

const { port, origin, path, signInName, tries } = workerData as Attack;
const agent = new Agent({ keepAlive: true, maxSockets: tries });
const headers = { origin, "content-type": "application/json" };

parentPort?.postMessage("begins");
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
      asked.end(JSON.stringify({ signInName, passphrase, device: "own" }));
    }),
);
parentPort?.postMessage(await Promise.all(answers));
agent.destroy();
