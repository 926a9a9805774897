/** A link's fragment holds the code, which no browser sends: it goes into the form and out of the address. */
function takeCode(): void {
  const field = document.querySelector<HTMLInputElement>("input[name=code]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!field || !/\d|-/.test(code)) return;
  field.value = code;
  history.replaceState(null, "", location.pathname);
  field.form?.querySelector("button")?.focus();
}

takeCode();
addEventListener("hashchange", takeCode);

export {};
