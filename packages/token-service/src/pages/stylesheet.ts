import { type Palette, palettes } from './palette.ts';

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

/** Sizes are in rem, so that pages follow the size of text people choose. Nothing moves. */
const rules = `
*,*::before,*::after{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;align-items:center;padding:1.5rem 1rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Ubuntu,Cantarell,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
[hidden]{display:none!important}
.brand,main{width:100%;max-width:30rem}
.brand{display:flex;align-items:center;gap:.625rem;margin:0 0 1.25rem;font-size:1.125rem;font-weight:600;line-height:1.25}
.brand svg{flex:none;width:2.25rem;height:2.25rem}
.brand .plate{fill:var(--accent)}
.brand .root{fill:none;stroke:var(--onAccent);stroke-width:3;stroke-linecap:round;stroke-linejoin:round}
.brand small{display:block;font-size:.875rem;font-weight:400;color:var(--quiet)}
main{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem 1.25rem}
h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;font-weight:600;overflow-wrap:break-word}
h2{margin:1.5rem 0 .25rem;font-size:1rem;line-height:1.4;font-weight:600}
p{margin:0 0 1rem}
main>:last-child{margin-bottom:0}
.quiet{color:var(--quiet);font-size:.9375rem}
form{margin:1.25rem 0 0}
label,legend{display:block;padding:0;font-weight:600}
fieldset{margin:0;padding:0;border:0;min-width:0}
.field{margin:0 0 1.125rem}
.hint{display:block;color:var(--quiet);font-size:.9375rem}
input:not([type=hidden]):not([type=radio]){display:block;width:100%;min-height:2.75rem;margin:.5rem 0 0;padding:.5rem .75rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card);color:inherit;font:inherit}
input[aria-invalid=true]:not([type=radio]){border:2px solid var(--error)}
input[readonly]:not([type=hidden]){background:var(--ground)}
.code{font-family:ui-monospace,SFMono-Regular,"DejaVu Sans Mono",Menlo,Consolas,monospace}
input.code:not([type=hidden]){letter-spacing:.2em;font-family:ui-monospace,SFMono-Regular,"DejaVu Sans Mono",Menlo,Consolas,monospace}
input.capitals{text-transform:uppercase}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 0}
button{flex:1 1 auto;min-width:min(9rem,100%);min-height:2.75rem;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:.5rem;background:var(--card);color:var(--text);font:inherit;font-weight:600;cursor:pointer}
button:hover{border-color:var(--accent);background:var(--ground)}
button.primary{border-color:var(--accent);background:var(--accent);color:var(--onAccent)}
button.primary:hover{border-color:var(--accentPressed);background:var(--accentPressed)}
a{color:var(--link);text-underline-offset:.2em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.or{display:flex;align-items:center;gap:.75rem;margin:1.5rem 0 0;color:var(--quiet);font-size:.9375rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.or+form{margin-top:1rem}
.or+form .actions{margin:0;flex-direction:column}
.or+form button{flex:none}
.box{display:flex;gap:.75rem;margin:1rem 0 0;padding:.75rem .875rem;border:1px solid;border-radius:.5rem;font-size:.9375rem}
.box svg,.outcome{flex:none;width:1.375rem;height:1.375rem}
.box p{margin:0 0 .5rem;color:var(--text)}
.box p:last-child{margin:0}
.problem{margin:1rem 0;border-color:var(--error);background:var(--errorGround);color:var(--error)}
.warning{border-color:var(--warning);background:var(--warningGround);color:var(--warning)}
.outcome{display:block;width:2.75rem;height:2.75rem;margin:0 0 .75rem;color:var(--quiet)}
.outcome.done{color:var(--success)}
.outcome.failed{color:var(--error)}
dl{display:grid;grid-template-columns:minmax(6.5rem,auto) 1fr;gap:.5rem 1rem;margin:1rem 0 0;padding:1rem 0 0;border-top:1px solid var(--line);font-size:.9375rem}
dt{color:var(--quiet)}
dd{margin:0;min-width:0}
dd .code{font-size:.8125rem}
ul.scopes{list-style:none;margin:.75rem 0 1rem;padding:0;border-top:1px solid var(--line)}
ul.scopes li{padding:.625rem 0;border-bottom:1px solid var(--line)}
ul.scopes .code{display:block;color:var(--quiet);font-size:.875rem}
ol{margin:1rem 0 0;padding:0 0 0 1.5rem}
ol li{margin:0 0 1rem}
.qr{display:block;width:12.5rem;max-width:100%;height:auto;margin:.75rem 0;border-radius:.5rem;background:#fff;color:#000}
.secret{display:block;margin:.375rem 0 0;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);line-height:1.75;word-spacing:.25em;overflow-wrap:break-word;user-select:all}
.choice{display:flex;align-items:center;gap:.75rem;min-height:2.75rem;padding:.625rem .875rem;margin:.5rem 0 0;border:1px solid var(--edge);border-radius:.5rem;font-weight:400;cursor:pointer}
.choice:hover{background:var(--ground)}
.choice:has(input:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.choice .quiet{display:block}
.choice bdi{display:block}
@media (min-width:30rem){main{padding:2rem}}
@media (min-width:30rem) and (min-height:44rem){body{padding-top:12vh}}
@media (max-width:22rem){dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .625rem}}
@media (forced-colors:active){.qr{forced-color-adjust:none}.choice:has(input:checked){outline:2px solid Highlight}}
`;

/** The one style sheet of all pages. It stands in each, so a page needs no second request. */
export const stylesheet = `
:root{${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}${rules}`;
