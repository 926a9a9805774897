import type { Settled } from "./settle.ts";

export interface View {
  path: string;
  who: "visitor" | "member" | "coordinator" | "steward";
  /** Screens for those who organise, which may carry more script. */
  organiser?: boolean;
}

/** Every page that answers a GET, at least once, as somebody who may see it. */
export function views(settled: Settled): View[] {
  const { group, place, invited, coalition, copy, stewardship } = settled;
  const inGroup = (path = "") => `/grupos/${group}${path}`;
  const inCoalition = (path = "") => `/coaliciones/${coalition}${path}`;
  const seen = (who: View["who"], ...paths: string[]): View[] =>
    paths.map((path) => ({ path, who }));
  const organised = (who: View["who"], ...paths: string[]): View[] =>
    paths.map((path) => ({ path, who, organiser: true }));
  return [
    ...seen(
      "visitor",
      "/",
      "/entrar",
      "/salir",
      "/invitacion",
      "/recuperar",
      "/directorio",
      "/hub",
    ),
    ...seen("visitor", "/seguridad", "/idioma", "/pausa", "/no-existe", inGroup()),
    ...seen("member", "/", "/grupos", "/grupos/nuevo", "/directorio", "/coaliciones", "/bitacora"),
    ...seen(
      "member",
      inGroup(),
      inGroup("/personas"),
      inGroup("/alias"),
      inGroup("/salir"),
      inGroup("/recuperacion"),
    ),
    ...seen("member", inGroup("/bitacora"), inCoalition(), inCoalition("/bitacora")),
    ...seen("member", "/cuenta", "/cuenta/dispositivos", "/cuenta/llaves", "/cuenta/frase"),
    ...seen("member", "/cuenta/hoja", "/cuenta/cerrar", "/confirmar", "/salir", "/seguridad"),
    ...seen("member", "/seguridad/antes", "/pausa", "/pausa/regreso"),
    ...organised("coordinator", "/", inGroup(), inGroup("/perfil"), inGroup("/personas")),
    ...organised("coordinator", inGroup(`/personas/${place}`), inGroup(`/personas/${place}/sacar`)),
    ...organised("coordinator", inGroup("/invitar"), inGroup("/entregar"), inGroup("/copias")),
    ...organised("coordinator", `/grupos/${invited}/copias`, "/coaliciones", "/coaliciones/nueva"),
    ...organised("coordinator", inCoalition(), inCoalition(`/respuesta/${invited}`)),
    ...organised("coordinator", inCoalition(`/salir/${group}`), inCoalition("/invitar")),
    ...organised("coordinator", inCoalition("/acuerdo"), inCoalition("/convocar")),
    ...organised("steward", "/central", "/central/perfil", "/central/limites", "/bitacora", "/hub"),
    ...organised("steward", "/central/cuidado", `/central/cuidado/${stewardship}`),
    ...organised("steward", "/central/invitaciones", "/central/fundaciones"),
    ...organised(
      "steward",
      "/central/recuperaciones",
      "/central/copias",
      `/central/copias/${copy}`,
    ),
    ...organised("steward", "/central/grupos", `/central/grupos/${group}`),
    ...organised("steward", `/central/grupos/${group}/cierre`, `/central/grupos/${group}/lectura`),
    ...organised("steward", `/central/grupos/${group}/copia`),
  ];
}
