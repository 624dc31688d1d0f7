// Starts Swagger UI on the page that tries the interface out: settings from the page, no inline script (CSP).
const place = document.getElementById("swagger-ui");
const safe = ["GET", "HEAD", "OPTIONS"];

window.SwaggerUIBundle({
  url: place.dataset.openapi,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  requestInterceptor(request) {
    // The session of the browser writes with the form token; a token that was typed in needs none.
    if (!safe.includes(request.method) && !request.headers.Authorization)
      request.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
    return request;
  },
});
