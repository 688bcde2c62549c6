/** How the page looks, in light and in dark; nothing in it is fetched. */
export const style = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --dim: #57606a; --good: #1a7f37; --warn: #9a6700; --bad: #cf222e; --none: #57606a; }
@media (prefers-color-scheme: dark) { :root { --line: #30363d; --soft: #161b22; --dim: #9198a1; --good: #3fb950; --warn: #d29922; --bad: #ff7b72; --none: #9198a1; } }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 1.5rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
.about { color: var(--dim); margin: 0 0 1rem; overflow-wrap: anywhere; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 0 0 1rem; padding: 0; }
.counts li { border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .7rem; }
.counts b { font-size: 1.15rem; margin-right: .35rem; }
.controls { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; margin: 0 0 .75rem; }
.controls[hidden] { display: none; }
.controls input, .controls select { font: inherit; padding: .3rem .5rem; }
.controls input { min-width: 16rem; }
.scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--line); }
.differs { min-width: 18rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
thead th { background: var(--soft); position: sticky; top: 0; white-space: nowrap; z-index: 1; }
thead button { all: unset; cursor: pointer; }
thead button:focus-visible, .scroll:focus-visible, summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
th[aria-sort="ascending"] button::after { content: " \\25b2"; }
th[aria-sort="descending"] button::after { content: " \\25bc"; }
tbody tr:hover { background: var(--soft); }
.state { font-weight: 600; white-space: nowrap; }
.state::before { content: "\\25cf\\00a0"; }
.good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .none { color: var(--none); }
.seen, .place { white-space: nowrap; }
code { font: .9em ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
.why { margin: 0; }
ul.found { margin: .3rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
@media print { .controls { display: none; } .scroll { max-height: none; overflow: visible; border: 0; } thead th { position: static; } body { max-width: none; } }
`;
