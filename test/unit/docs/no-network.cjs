// Loaded before a program: every connection that it begins fails as without a network, and its host is named on standard error.
const { Socket } = require("node:net");

Socket.prototype.connect = function refused(...args) {
  const [{ host, path }] = args.flat();
  process.stderr.write(`asked ${host ?? path}\n`);
  process.nextTick(() => this.destroy(Object.assign(new Error("no network"), { code: "ENETUNREACH" })));
  return this;
};
