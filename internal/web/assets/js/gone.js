// Blanks the page at once when the device was handed over to somebody: the session is over, and
// signing in leads back here.
const channel = new BroadcastChannel("foljsam");
channel.addEventListener("message", (event) => {
  if (event.data !== "stangd") return;
  const back = document.querySelector("[data-back]")?.dataset.back ?? location.pathname + location.search;
  document.body.replaceChildren();
  document.title = "–";
  location.replace(`/logga-in?ater=${encodeURIComponent(back)}`);
});
