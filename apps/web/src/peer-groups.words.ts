import { defineWords } from "./words.ts";

export const peerGroupWords = defineWords({
  es: {
    heading: "En otros hubs",
    lead: "Estos grupos viven en hubs con los que este comparte. Aquí hay una copia de lo que quisieron mostrar; si lo quitan, también se quita aquí.",
    offers: "Ofrece {what}",
    at: "Vive en {hub}",
    more: "Ver más de otros hubs",
  },
  en: {
    heading: "On other hubs",
    lead: "These groups live on hubs that this one shares with. Here is a copy of what they chose to show; if they take it away, it goes here too.",
    offers: "Offers {what}",
    at: "Lives at {hub}",
    more: "See more from other hubs",
  },
});
