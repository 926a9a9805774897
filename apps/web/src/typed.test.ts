import { changeProfile } from "@telar/contracts/groups";
import { offerHandOver } from "@telar/contracts/hand-overs";
import { changeRoles } from "@telar/contracts/memberships";
import { signIn } from "@telar/contracts/sessions";
import { expect, test } from "vitest";
import { typedFrom } from "./typed.ts";

test("an operation takes only its own fields, and an empty optional one drops out", () => {
  const typed = typedFrom([
    ["signInName", "Ceiba"],
    ["passphrase", ""],
    ["device", "own"],
    ["deviceName", ""],
    ["luego", "/grupos"],
  ]);
  expect(typed.input(signIn)).toEqual({
    signInName: "Ceiba",
    passphrase: "",
    device: "own",
    deviceName: undefined,
  });
});

test("several boxes become a list, and a box becomes yes or no", () => {
  const roles = typedFrom([
    ["roles", "facilitator"],
    ["roles", "signatory"],
  ]);
  expect(roles.input(changeRoles)).toMatchObject({ roles: ["facilitator", "signatory"] });
  expect(typedFrom([["staysCoordinator", "on"]]).input(offerHandOver).staysCoordinator).toBe(true);
  expect(typedFrom([]).input(offerHandOver).staysCoordinator).toBe(false);
});

test("a name with a dot fills a field inside another", () => {
  const typed = typedFrom([
    ["visibility.about", "public"],
    ["visibility.name", "peers"],
  ]);
  expect(typed.input(changeProfile).visibility).toMatchObject({ about: "public", name: "peers" });
});
