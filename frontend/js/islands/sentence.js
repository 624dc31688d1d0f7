// Writes the sentence of a direction from the choices, until the hand changes it. data-sentence="Giao [lead] chủ trì{, [support] phối hợp}."

function label(form, name) {
  const names = [];
  for (const field of form.querySelectorAll(`[name="${name}"]`)) {
    if (field instanceof HTMLSelectElement) names.push(...[...field.selectedOptions].filter((option) => option.value).map((option) => option.textContent.trim()));
    else if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) names.push(field.dataset.label ?? field.labels?.[0]?.textContent.trim() ?? field.value);
    } else if (field.value.trim()) names.push(field.value.trim());
  }
  return names.join(", ");
}

/** Fills [name] with the words of that field and drops a {group} when a field in it is empty; "" without the fields outside groups. */
export function compose(pattern, value) {
  const needed = pattern.replace(/\{[^{}]*\}/g, "").matchAll(/\[([a-z_]+)\]/g);
  if (![...needed].every(([, name]) => value(name))) return "";
  const fill = (text) => text.replace(/\[([a-z_]+)\]/g, (_, name) => value(name));
  const kept = pattern.replace(/\{([^{}]*)\}/g, (_, group) => ([...group.matchAll(/\[([a-z_]+)\]/g)].every(([, name]) => value(name)) ? group : ""));
  return fill(kept);
}

function pattern(area, form) {
  return form.querySelector("[data-sentence-pattern]:checked")?.dataset.sentencePattern ?? area.dataset.sentence;
}

export function mount(area) {
  const { form } = area;
  let written = area.value;
  const rewrite = (event) => {
    if (event.target === area || (area.value.trim() && area.value !== written)) return;
    written = compose(pattern(area, form), (name) => label(form, name));
    area.value = written;
  };
  form.addEventListener("change", rewrite);
  if (!area.value.trim()) rewrite({ target: form });
}
