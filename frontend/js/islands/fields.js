// The islands of form fields, fetched together: a form uses several of them.
export { mount as combobox } from "./combobox.js";
export { mount as datefield } from "./datefield.js";
export { mount as sentence } from "./sentence.js";
export { mount as symbol } from "./symbol.js";
