// A sign-in at an organisation, for the tests: oidc-provider with a few people, on loopback.
// Settings come from the environment; it says "ready" when it answers. Needs Node 20.12.
import { generateKeyPairSync } from "node:crypto";
import { Provider } from "oidc-provider";

const { PORT, CALLBACK, CLIENT_ID, CLIENT_SECRET, PEOPLE } = process.env;
const people = JSON.parse(PEOPLE);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uris: [CALLBACK],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "one" }] },
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
});

provider.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
