import { defineConfig } from "vite";

/** Two builds in one process: what browsers load, then the server's bundle, which embeds it. */
export default defineConfig({
  publicDir: "static",
  build: { emptyOutDir: false },
  environments: {
    client: {
      build: {
        outDir: "dist/client",
        emptyOutDir: true,
        manifest: "manifest.json",
        modulePreload: false,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: [
            "src/styles/main.css",
            "enhance/aloud.ts",
            "enhance/archive.ts",
            "enhance/attachments.ts",
            "enhance/exit.ts",
            "enhance/invitation.ts",
            "enhance/live.ts",
            "enhance/outbox.ts",
            "enhance/passkeys.ts",
            "enhance/print.ts",
            "enhance/push.ts",
          ],
        },
      },
    },
    ssr: {
      build: {
        ssr: true,
        outDir: "dist",
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: { server: "src/app.tsx" },
          external: [
            /^@telar\//,
            /^hono(\/|$)/,
            /^zod(\/|$)/,
            "intl-messageformat",
            "uqr",
            "@fastify/busboy",
          ],
          output: { entryFileNames: "[name].js" },
        },
      },
    },
  },
  builder: {
    buildApp: async (builder) => {
      const { client, ssr } = builder.environments;
      if (client) await builder.build(client);
      if (ssr) await builder.build(ssr);
    },
  },
});
