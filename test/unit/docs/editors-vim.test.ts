/**
 * Vim and Neovim themselves, with the lines of docs/editors.md in their configuration. Debian's Neovim is older than `vim.lsp.config` and
 * `vim.lsp.enable`: these two are stood in for, and what they are given starts Red Hat's server by what that Neovim has instead.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Workstation } from "../../docs/workstation.ts";
import { checkout, succeeds, textOf } from "./deeds.ts";

const here = new Workstation(checkout, null);
const init =
  "lvsgen init --name a --platform debian12 --interface eth0 --director lvs1=10.0.0.1/24 --vip 10.0.0.9 --port 80 --realserver web1=10.0.0.11/24";
beforeAll(async () => {
  await succeeds(here, `${init} && ${init} -o cluster.yaml && cp cluster.json cluster.jsonc && cp cluster.json b.json`);
});
afterAll(() => here.remove());

/** Opens a file, with a configuration and no other; a command of the editor's writes `out`. */
function opened(program: readonly [string, ...string[]], rc: string, file: string, command: string): string {
  const [name, ...options] = program;
  execFileSync(name, [...options, "-u", rc, "-c", `edit ${file}`, "-c", command, "-c", "qa!"], {
    cwd: here.directory,
    env: {
      ...process.env,
      HOME: here.directory,
      XDG_CONFIG_HOME: here.directory,
      XDG_DATA_HOME: here.directory,
      NODE_OPTIONS: `--require ${join(import.meta.dirname, "no-network.cjs")}`,
      PATH: `${join(checkout, "node_modules/.bin")}${delimiter}${process.env["PATH"]}`,
    },
    stdio: ["ignore", "ignore", "ignore"],
  });
  return readFileSync(join(here.directory, "out"), "utf8").trim();
}

const vim = ["vim", "-N", "-es"] as const;
// 0.7 asks for this before it heeds `vim.filetype.add`; later ones always do.
const neovim = ["nvim", "--headless", "--cmd", "let g:do_filetype_lua = 1"] as const;
const filetype = "call writefile([&filetype], 'out')";

test.each([
  ["Vim, types known before", vim, "filetype plugin on\nLINE\n"],
  ["Vim, types known after", vim, "LINE\nfiletype plugin on\n"],
  ["Neovim", ["nvim", "--headless"], "LINE\n"],
  ["Neovim, types known before", ["nvim", "--headless"], "filetype plugin on\nLINE\n"],
] as const)("%s: the line for cluster.json has its comments right, and no other file's", (_, program, rc) => {
  here.write("without.vim", rc.replace("LINE", ""));
  here.write("with.vim", rc.replace("LINE", textOf("docs/editors.md", "autocmd")));
  const types = ["cluster.json", "b.json", "cluster.jsonc", "cluster.yaml"].map((file) =>
    opened(program, "with.vim", file, filetype),
  );
  expect(types).toEqual(["jsonc", "json", "jsonc", "yaml"]);
  expect(opened(program, "without.vim", "cluster.json", filetype)).toBe("json");
});

/** What Neovim 0.11 has, and what shows in a buffer. */
const before = `
local configured, enabled = {}, {}
vim.lsp.config = function(name, config) configured[name] = config end
vim.lsp.enable = function(names) enabled = names end
`;
const after = `
vim.api.nvim_create_autocmd("FileType", { pattern = "yaml", callback = function(event)
  local server = vim.lsp.start_client({
    name = "yamlls",
    cmd = { "yaml-language-server", "--stdio" },
    root_dir = vim.fn.getcwd(),
    settings = configured.yamlls.settings,
  })
  vim.lsp.buf_attach_client(event.buf, server)
end })
function shown()
  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end)
  local faults = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    local line = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, false)[1]
    table.insert(faults, line:sub(one.col + 1, one.end_col) .. ": " .. one.message)
  end
  vim.fn.search([["dr"]])
  local hover = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 60000)
  vim.fn.writefile({ vim.json.encode({ enabled = enabled, faults = faults, hover = hover }) }, "out")
end
`;

test("Neovim's lines in Lua: types of files, and the server shows in a buffer what is wrong", () => {
  here.write("init.lua", `${before}${textOf("docs/editors.md", "vim.filetype")}\n${after}`);
  for (const [file, type] of [
    ["cluster.json", "jsonc"],
    ["b.json", "json"],
  ] as const)
    expect(opened(neovim, "init.lua", file, filetype)).toBe(type);
  const described = readFileSync(join(here.directory, "cluster.yaml"), "utf8");
  here.write("wrong.yaml", described.replace('"wlc"', '"round-robin"'));
  const { enabled, faults, hover } = JSON.parse(opened(neovim, "init.lua", "wrong.yaml", "lua shown()"));
  expect(enabled).toEqual(["jsonls", "yamlls"]);
  expect(faults).toEqual([expect.stringMatching(/^"round-robin": .*"wlc"/)]);
  expect(JSON.stringify(hover)).toContain("`dr`: replies straight to the client; same segment");
});
