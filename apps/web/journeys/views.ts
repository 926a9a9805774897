import type { Settled } from "./settle.ts";

export interface View {
  path: string;
  who: "visitor" | "member" | "coordinator" | "steward";
  /** Screens for those who organise, which may carry more script. */
  organiser?: boolean;
}

const seen = (who: View["who"], ...paths: string[]): View[] => paths.map((path) => ({ path, who }));
const organised = (who: View["who"], ...paths: string[]): View[] =>
  paths.map((path) => ({ path, who, organiser: true }));

function viewsOfSpaces({ working, circle, preparing, group, coalition, ...settled }: Settled) {
  const { message, attachment } = settled;
  const inSpace = (path = "") => `/espacios/${working}${path}`;
  const onMessage = (path = "") => inSpace(`/mensajes/${message}${path}`);
  const opened = inSpace(`/adjuntos/${attachment}`);
  const help = [`/grupos/${group}/ayuda`, `/coaliciones/${coalition}/ayuda`];
  return [
    ...seen("member", "/espacios", inSpace(), inSpace("/reglas"), inSpace("/personas")),
    ...seen("member", inSpace("/salir"), inSpace("/buscar"), ...help),
    ...seen("member", `${opened}/foto`, `${opened}/voz`),
    ...seen("member", "/avisos", "/cuenta/avisos", `/cuenta/avisos/personas/${working}`),
    ...seen(
      "member",
      onMessage(),
      onMessage("/cambiar"),
      onMessage("/borrar"),
      onMessage("/antes"),
    ),
    ...seen(
      "member",
      `/espacios/${preparing}/entrar`,
      `/espacios/${circle}`,
      `/espacios/${circle}/circulo`,
    ),
    ...organised("coordinator", `${opened}/foto`),
    ...organised("coordinator", `/espacios/${circle}/espera/${settled.waiting}/cambiar`),
    ...organised("coordinator", inSpace("/circulo"), `/espacios/${circle}/circulo`),
    ...organised("coordinator", "/espacios/nuevo", inSpace(), onMessage(), inSpace("/ajustes")),
    ...organised("coordinator", inSpace("/horario"), inSpace("/cerrar"), inSpace("/admisiones")),
    ...organised("coordinator", inSpace("/turno"), `/espacios/${preparing}/abrir`, ...help),
    ...organised("coordinator", `/espacios/${circle}`, `/espacios/${circle}/personas`),
  ];
}

function viewsOfJudgements({ working, group, place, ...settled }: Settled) {
  const { report, decision, hidden, participant, other, conversation, whispered, answered } =
    settled;
  const photoReport = `/reportes/${settled.photoReport}`;
  const inSpace = (path = "") => `/espacios/${working}${path}`;
  const talk = (path = "") => `/conversaciones/${conversation}${path}`;
  return [
    ...seen("visitor", "/otra-mirada"),
    ...seen("member", inSpace("/cuidado"), inSpace("/decisiones"), inSpace("/sin-leer")),
    ...seen("member", inSpace(`/personas/${other}`), inSpace(`/personas/${other}/reportar`)),
    ...seen("member", inSpace(`/mensajes/${hidden}`), "/reportes/mios", "/reportes"),
    ...seen("member", "/decisiones", `/decisiones/${decision}`, "/conversaciones"),
    ...seen("member", talk(), talk(`/mensajes/${whispered}`)),
    ...seen("member", talk(`/mensajes/${whispered}/reportar`)),
    ...seen("member", talk(`/mensajes/${answered}/cambiar`), talk(`/mensajes/${answered}/borrar`)),
    ...seen("member", talk(`/mensajes/${answered}/antes`)),
    ...organised("coordinator", "/reportes", `/reportes/${report}`, "/apelaciones"),
    ...organised("coordinator", photoReport, `${photoReport}/adjuntos/${settled.attachment}/foto`),
    ...organised("coordinator", inSpace("/cuidado"), inSpace("/retenidos"), inSpace("/palabras")),
    ...organised("coordinator", inSpace("/puertas"), inSpace(`/mensajes/${hidden}/ocultar`)),
    ...organised("coordinator", inSpace(`/mensajes/${hidden}`), `/grupos/${group}/puertas`),
    ...organised("coordinator", inSpace(`/personas/${participant}/cuidar`)),
    ...organised("coordinator", inSpace(`/mensajes/${settled.message}/reportar`)),
    ...organised("coordinator", `/grupos/${group}/personas/${place}/cerrar`),
    ...organised("steward", "/central/puertas"),
  ];
}

const viewsOfPeers = (peers: Settled["peers"]) =>
  peers
    ? organised(
        "steward",
        `/central/hubs/${peers.sharing}`,
        `/central/hubs/${peers.sharing}/terminar`,
        `/central/hubs/${peers.asking}`,
        `/central/hubs/${peers.asking}/comparar`,
      )
    : [];

/** Every page that answers a GET, at least once, as somebody who may see it. */
export function views(settled: Settled): View[] {
  const { group, place, invited, coalition, copy, stewardship } = settled;
  const inGroup = (path = "") => `/grupos/${group}${path}`;
  const inCoalition = (path = "") => `/coaliciones/${coalition}${path}`;
  return [
    ...viewsOfSpaces(settled),
    ...viewsOfJudgements(settled),
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
    ...seen("member", "/cuenta/archivo"),
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
    ...organised(
      "steward",
      `/central/grupos/${group}/copia`,
      "/central/hubs",
      "/central/hubs/pedir",
    ),
    ...viewsOfPeers(settled.peers),
  ];
}
