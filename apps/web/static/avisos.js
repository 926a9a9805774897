/** Shows one text, whatever there is and whatever was sent. Keeps nothing and looks at no page. */
const texts = { es: "Hay algo nuevo", en: "There is something new" };
const text = texts[new URL(location.href).search.slice(1)] ?? texts.es;
const shown = { body: text, tag: "telar", icon: "/favicon.svg" };

addEventListener("push", (event) => {
  event.waitUntil(registration.showNotification("Telar", shown));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow("/avisos"));
});
