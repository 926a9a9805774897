export { Person } from "@telar/contracts/person";
