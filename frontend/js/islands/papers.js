// The islands of page images, fetched together: a page with one of them mostly has another.
export { mount as compare } from "./compare.js";
export { mount as doc } from "./doc.js";
export { mount as place } from "./place.js";
export { mount as upload } from "./upload.js";
