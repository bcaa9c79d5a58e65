// Whatever slips through the escaping: the page fetches from its own server, and from nowhere else.
if (!document.head.querySelector("meta[http-equiv=Content-Security-Policy]")) {
  const here = `'self' ws://${location.host} wss://${location.host}`;
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  // Streamlit styles and starts its parts inline, and its charts are compiled in the page.
  meta.content = [
    `default-src 'self' data: blob:`,
    `script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:`,
    `style-src 'self' 'unsafe-inline'`,
    `connect-src ${here} data: blob:`,
    `object-src 'none'`,
    `base-uri 'self'`,
    `form-action 'self'`,
  ].join("; ");
  document.head.append(meta);
}
