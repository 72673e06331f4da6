// The latest values by the JavaScript SMART client: launched, authorized and asked for as the viewer does it (readings of 90 days, the patient, the plan), and drawn
// as plain lines. The least that such a page can be.

const query = new URLSearchParams(location.search);

function newestOfEach(bundle) {
  const newest = new Map();
  for (const { resource } of bundle.entry ?? []) {
    const code = resource.code?.coding?.[0]?.code;
    if (!newest.has(code)) newest.set(code, resource);
  }
  return [...newest.values()];
}

function show(readings) {
  const lines = readings.map((resource) => {
    const line = document.createElement("li");
    const values = [resource, ...(resource.component ?? [])].flatMap((part) => part.valueQuantity ?? []);
    const value = values.map(({ value, unit }) => `${value} ${unit}`).join(" / ");
    line.textContent = `${resource.code?.text ?? ""} ${value} ${resource.effectiveDateTime}`;
    return line;
  });
  document.getElementById("latest").append(...lines);
  performance.mark("dho:first-values");
  performance.mark("dho:complete");
  document.documentElement.dataset.appState = lines.length > 0 ? "ready" : "empty";
}

async function read() {
  const client = await FHIR.oauth2.ready();
  const patient = client.patient.id;
  const from = new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 10);
  const [readings] = await Promise.all([
    client.request(`Observation?patient=${patient}&date=ge${from}&_sort=-date&_count=1000`),
    client.patient.read(),
    client.request(`CarePlan?patient=${patient}&status=active,draft&_include=CarePlan:goal`),
  ]);
  show(newestOfEach(readings));
}

if (query.has("code")) {
  read();
} else {
  FHIR.oauth2.authorize({
    clientId: "dho-viewer",
    iss: query.get("iss"),
    launch: query.get("launch"),
    redirectUri: `${location.origin}/`,
    scope: "launch openid fhirUser patient/Patient.r patient/Observation.rs patient/CarePlan.rs patient/Goal.rs",
  });
}
