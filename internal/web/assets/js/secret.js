// A count of 1-4 that is typed becomes the mark of secrecy before it leaves the browser. The
// server does the same: this only keeps the number from being sent.
const small = /^\s*\+?\s*0*[1-4]([.,]0+)?\s*$/;

for (const form of document.querySelectorAll("form[data-secret]")) {
  const mark = (field) => {
    if (!small.test(field.value)) return;
    field.value = "";
    form.elements[field.name.replace("antal", "sekretess")].checked = true;
  };
  const counts = [...form.querySelectorAll('input[name^="antal"]')];
  for (const field of counts) {
    field.addEventListener("change", () => mark(field));
    field.addEventListener("input", () => {
      if (field.value.trim() !== "" && !small.test(field.value)) form.elements[field.name.replace("antal", "sekretess")].checked = false;
    });
  }
  form.addEventListener("submit", () => counts.forEach(mark));
}
