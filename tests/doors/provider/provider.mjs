// A real OpenID Connect provider (npm oidc-provider) on loopback, for tests: people by their login name, with an official address each.
import { Provider } from "oidc-provider";

const [port, callback, people] = [process.argv[2], process.argv[3], JSON.parse(process.argv[4])];
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "luytre", client_secret: "for-the-test-only", redirect_uris: [callback] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "preferred_username"] },
  pkce: { required: () => true },
  async findAccount(context, id) {
    return { accountId: id, claims: async () => ({ sub: id, preferred_username: id, ...people[id] }) };
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
