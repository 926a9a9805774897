/* global SwaggerUIBundle -- from swagger-ui-bundle.js, which the page loads before */
SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#operations",
  validatorUrl: null,
  queryConfigEnabled: false,
  supportedSubmitMethods: [],
  deepLinking: false,
  syntaxHighlight: { activated: false },
  displayOperationId: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
});
