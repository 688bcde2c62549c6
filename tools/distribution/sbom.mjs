/** What is in a release, as CycloneDX: the packages that the program has taken in, by npm, and Node. */
import { createHash } from "node:crypto";
import { npmOfBundled } from "../bundle/project.mjs";
import { nodeVersion } from "./architectures.mjs";

/**
 * @param {string} root the project, built
 * @param {{ version: string, epoch: number }} release
 * @returns {string}
 */
export function sbom(root, { version, epoch }) {
  const format = ["--sbom-format", "cyclonedx", "--sbom-type", "application"];
  const { status, stdout, stderr } = npmOfBundled(root, ["sbom", "--package-lock-only", ...format]);
  if (status !== 0) throw new Error(`npm sbom ended with ${status}:\n${stderr}`);
  const made = JSON.parse(stdout);
  const reference = `lvsgen@${version}`;
  const former = made.metadata.component["bom-ref"];
  const component = {
    ...made.metadata.component,
    "bom-ref": reference,
    name: "lvsgen",
    version,
    purl: `pkg:npm/${reference}`,
  };
  const dependencies = made.dependencies.map((one) =>
    one.ref === former ? { ref: reference, dependsOn: [...one.dependsOn, node["bom-ref"]] } : one,
  );
  const listed = {
    ...made,
    metadata: { ...made.metadata, timestamp: new Date(epoch * 1000).toISOString(), component },
    components: [...made.components, node],
    dependencies: [...dependencies, { ref: node["bom-ref"], dependsOn: [] }],
  };
  return `${JSON.stringify({ ...listed, serialNumber: serial(listed) }, null, 2)}\n`;
}

const node = {
  "bom-ref": `node@${nodeVersion}`,
  type: "platform",
  name: "node",
  version: nodeVersion,
  description: "In the executables, the .deb and the .rpm; npm's package runs on the Node that is there.",
  purl: `pkg:generic/node@${nodeVersion}`,
  licenses: [{ license: { id: "MIT" } }],
};

/** A UUID of the content (RFC 9562, version 8), where npm has a random one. */
function serial({ serialNumber: _random, ...content }) {
  const hex = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}
