import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as spanish } from "@scure/bip39/wordlists/spanish.js";
import type { LanguageCode } from "@telar/contracts/languages";

/** Nobody is handed a word of violence, loss, illness, shame or prison as their own to keep. */
const omittedSpanish = `
  aborto abuso ácido acoso acusar adicto agonía ahogo alacrán alarma anemia arder arpón asalto atar ataque ausente azote
  basura batalla baúl bestia bicho bobina bobo bolsa bomba bozal bruja brusco bruto buitre burro cadáver cadena cajón cal
  calvo cáncer cañón capitán capucha cárcel careta caspa celda celoso ceniza cerdo chacal chivo choque cobre cochino cofre
  cojo combate cráneo crimen crisis cripta crudo cruz culebra culpa dardo débil delito demora derrota desnudo detener
  deuda diablo disfraz dolor dosis droga duelo elipse enano enemigo enfado enfermo engaño enredo espada espía evadir exceso
  exigir exilio falso farsa fatiga feo feroz fiebre fiera fingir flaco fobia fosa fracaso frágil fraude fuego fuga furgón
  furia fusil golpe gordo grave grito grosor guardia guerra gusano hacha herir hoguera hostil hoyo hueco hueso huida huir
  humo hundir huracán hurto ilegal incapaz inerte infiel insecto inútil ira jaula jeringa joroba juez juicio jurar juzgar
  lacra ladrón lágrima lanza larva lástima látex legión lejano lesión letal llaga llanto llorar loco locura lucha luto
  mafia maldad malo manco máscara matar miedo militar miseria misil momia morder morir muela muerte mugre multa
  náusea necio negar nervio obeso ocaso odiar odio ofensa ogro olvido órgano orgía oscuro pánico pecado pelea peligro
  pellejo pena perder pésimo piojo pirata plomo pobre policía pozo preso prisión privar puñal pupa quemar rabia rapaz
  rapto rechazo rehén reja rencor rescate resto rigor ronco rudo ruina ruptura sable sanción sangre satán secta sexo
  severo soldado soledad sordo sótano sudor sufrir susto tanque temor terror tieso tirón títere toalla tonto tóxico
  tormenta torpedo tos tosco tráfico trauma triste tropa tuerto tumba tumor úlcera urna usuario vampiro veneno vengar
  vicio víctima vil viral viudo voraz vulgar yacer zanja`;

const omittedEnglish = `
  abandon absurd abuse accident accuse acid afraid alarm alcohol anger angry anxiety armed armor army arrest assault attack
  awful awkward battle betray bitter blame bleak blind blood body bomb bone broken bullet bunker burden burger burst cage
  captain chronic clown coyote crack crash crazy crime crouch cruel crumble crush cry damage danger debris decline defense
  demise denial deny desert despair destroy dirt disease dismiss disorder divorce dizzy dose drama drastic dumb dwarf
  electric enemy erase error evil execute exhaust exile exit fade false fat fatal fatigue fault fever fire flee force forget
  fragile frown fury gasp ghost gloom grief grit guard guilt gun hammer harsh hazard hole hood horror hospital hungry hunt
  hurdle hurry hurt ill illegal illness inflict injury inmate innocent insane jealous judge kick knife lawsuit lazy liar
  limb loan lonely loud mad mercy misery miss mistake monster mosquito nasty negative neglect nerve nothing nuclear obey
  obscure odor orphan panic patrol penalty pistol police poverty prison problem punch raven razor rebel regret reject
  require rescue resist rifle riot risk rude sad sadness satoshi scare sheriff shiver shock shoot shove shy sick siege
  silly skull slab slam slush soldier sorry spike spy steel sting strike struggle stumble submit suffer suspect swamp sword
  symptom tank target tattoo torch tornado tragic trap trash tribe trigger trouble ugly unable unfair unhappy uniform upset
  useless vanish veteran vicious virus void warfare warrior wasp waste weapon weird witness worry wreck wrong`;

/** The words that passphrases are offered from, in the language of the pages. */
export function offeredWords(language: LanguageCode | undefined): readonly string[] {
  return language === "en" ? inEnglish : inSpanish;
}

const inSpanish = without(spanish, omittedSpanish);
const inEnglish = without(english, omittedEnglish);

function without(words: readonly string[], omitted: string): string[] {
  const unwelcome = new Set(omitted.trim().split(/\s+/));
  return words.map((word) => word.normalize("NFC")).filter((word) => !unwelcome.has(word));
}
