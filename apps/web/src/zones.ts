/** The clocks of Mexico and of where people from there live; by city, as the time zone database names them. */
const zones = [
  "America/Mexico_City",
  "America/Monterrey",
  "America/Merida",
  "America/Cancun",
  "America/Chihuahua",
  "America/Ciudad_Juarez",
  "America/Matamoros",
  "America/Ojinaga",
  "America/Mazatlan",
  "America/Hermosillo",
  "America/Tijuana",
  "America/Guatemala",
  "America/El_Salvador",
  "America/Tegucigalpa",
  "America/Managua",
  "America/Costa_Rica",
  "America/Panama",
  "America/Bogota",
  "America/Lima",
  "America/Guayaquil",
  "America/La_Paz",
  "America/Caracas",
  "America/Santiago",
  "America/Asuncion",
  "America/Argentina/Buenos_Aires",
  "America/Montevideo",
  "America/Sao_Paulo",
  "America/Havana",
  "America/Santo_Domingo",
  "America/Los_Angeles",
  "America/Denver",
  "America/Chicago",
  "America/New_York",
  "America/Toronto",
  "Europe/Madrid",
  "Europe/London",
  "Europe/Paris",
  "Europe/Berlin",
  "Europe/Zurich",
] as const;

/** To choose from, by city; a zone that somebody already has is always among them. */
export function zoneOptions(own: string): { value: string; label: string }[] {
  const all = zones.some((zone) => zone === own) ? zones : [own, ...zones];
  return all.map((value) => ({ value, label: `${cityOf(value)} (${offsetOf(value)})` }));
}

const spelled: Record<string, string> = {
  "America/Mexico_City": "Ciudad de México",
  "America/Merida": "Mérida",
  "America/Cancun": "Cancún",
  "America/Ciudad_Juarez": "Ciudad Juárez",
  "America/Mazatlan": "Mazatlán",
  "America/Panama": "Panamá",
  "America/Bogota": "Bogotá",
  "America/Asuncion": "Asunción",
  "America/Sao_Paulo": "São Paulo",
  "America/Havana": "La Habana",
  "America/Los_Angeles": "Los Ángeles",
  "America/New_York": "Nueva York",
  "Europe/London": "Londres",
  "Europe/Paris": "París",
  "Europe/Berlin": "Berlín",
  "Europe/Zurich": "Zúrich",
};

export const cityOf = (zone: string) =>
  spelled[zone] ?? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" });
  return parts.formatToParts().find(({ type }) => type === "timeZoneName")?.value ?? "";
}
