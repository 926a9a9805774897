import type { Wake } from "@telar/api/message-writer";
import { connect, type Login } from "@telar/database/connection";
import { type Messaging, type MessagingOptions, serveMessaging } from "@telar/messaging/server";
import type { Listening } from "./http-server.ts";

interface Parts extends Omit<MessagingOptions, "database"> {
  login: Login;
}

/** The way from the api's commits to the sockets, which open after it. */
export class Live {
  #messaging: Messaging | undefined;

  readonly wake: Wake = (streams, busy) => this.#messaging?.wake(streams, busy);

  readonly accessChanged = (): void => this.#messaging?.accessChanged();

  /** Gives what ends the sockets and the port together. */
  open(server: Listening, { login, ...parts }: Parts): () => Promise<void> {
    const database = connect(login, connections);
    const messaging = serveMessaging(server.http, { ...parts, database });
    this.#messaging = messaging;
    return async () => {
      await Promise.all([messaging.close(), server.close()]);
      await database.end(endIn);
    };
  }
}

const connections = 4;
/** In seconds. */
const endIn = { timeout: 0.1 };
