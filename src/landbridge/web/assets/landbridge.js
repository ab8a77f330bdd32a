// landbridge: what the pages do in the browser: theme, suggestions, tabs, the map, links between cards and chart. No request leaves this origin.
(() => {
  const root = document;
  root.documentElement.dir = root.currentScript?.dataset.dir || "ltr";
  const wanted = () => localStorage.getItem("lb-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const paint = () => {
    const dark = wanted() === "dark";
    document.body.classList.toggle("body--dark", dark);
    document.body.classList.toggle("body--light", !dark);
    if (window.Quasar) window.Quasar.Dark.set(dark);
    window.lbCharts.forEach((draw) => draw());
  };
  window.lbCharts = new Map();
  const whenBody = () => { paint(); setTimeout(paint, 60); setTimeout(paint, 400); };
  root.readyState === "loading" ? root.addEventListener("DOMContentLoaded", whenBody) : whenBody();
  window.lbTheme = () => { localStorage.setItem("lb-theme", wanted() === "dark" ? "light" : "dark"); paint(); };

  // suggestions under a field: the combobox pattern of WAI-ARIA
  let list = null, field = null, picked = -1, turn = 0, timer = 0;
  const close = () => { if (list) list.remove(); if (field) { field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); } list = null; picked = -1; };
  const choose = (option) => {
    const input = field, value = option.dataset.value;
    if (input.dataset.many !== undefined) { const parts = input.value.split(","); parts[parts.length - 1] = (parts.length > 1 ? " " : "") + value; input.value = parts.join(",") + ", "; }
    else input.value = value;
    input.removeAttribute("aria-invalid"); close(); input.focus();
  };
  const light = () => { [...list.children].forEach((one, index) => one.setAttribute("aria-selected", index === picked)); const one = list.children[picked]; if (one) { field.setAttribute("aria-activedescendant", one.id); one.scrollIntoView({ block: "nearest" }); } };
  const ask = async (input) => {
    const mine = ++turn, text = (input.dataset.many !== undefined ? input.value.split(",").pop() : input.value).trim();
    if (text.length < (input.dataset.ask === "goods" ? 1 : 2)) return close();
    const rows = await found(input, text, false);
    if (!rows || mine !== turn || root.activeElement !== input) return;
    const isLast = input.dataset.ask !== "place" || rows.some((row) => row[3] >= 100);
    render(input, rows, isLast);
    if (isLast) return;
    const wider = await found(input, text, true);
    if (wider && mine === turn && root.activeElement === input && picked < 0) render(input, wider, true);
  };
  const found = async (input, text, world) => {
    const feed = input.closest("[data-feed]")?.dataset.feed || "", of = feed ? `&feed=${feed}` : "";
    const address = input.dataset.ask === "goods" ? `/v1/goods?q=${encodeURIComponent(text)}&limit=8${of}` : `/v1/places?q=${encodeURIComponent(text)}&limit=6&world=${world}${of}`;
    try {
      const answer = await fetch(address); if (!answer.ok) return null;
      const told = await answer.json();
      return told.goods ? told.goods.map((one) => [one.hs, one.name, one.hs]) : told.places.map((one) => [one.place_id, one.name, [one.country, one.place_id.includes(":") ? "" : one.place_id].filter(Boolean).join(" · "), one.score, one.from !== "atlas", one.ask]);
    } catch { return null; }
  };
  const render = (input, rows, isLast) => {
    close(); field = input;
    if (!rows.length) { if (isLast && input.dataset.none) { list = root.createElement("div"); list.className = "lb-options lb-none"; list.setAttribute("role", "status"); list.textContent = input.dataset.none; input.parentElement.append(list); } return; }
    list = root.createElement("ul"); list.className = "lb-options"; list.setAttribute("role", "listbox"); list.id = input.getAttribute("aria-controls"); list.setAttribute("aria-label", input.labels?.[0]?.textContent || "");
    // a place of the feed stands for its twin of the atlas
    const seen = new Set(), twins = new Set(); rows = rows.filter(([id, name, more, , own]) => { const twin = `${name}|${more.slice(0, 2)}`; if (seen.has(id) || (input.dataset.ask === "place" && !own && twins.has(twin))) return false; seen.add(id); twins.add(twin); return true; });
    rows.forEach(([id, name, more, , , asked], index) => {
      const one = root.createElement("li"); one.id = `${list.id}-${index}`; one.setAttribute("role", "option"); one.setAttribute("aria-selected", "false");
      one.dataset.value = input.dataset.ask === "place" ? asked : id;
      const title = root.createElement("span"), small = root.createElement("small"); title.textContent = name; small.textContent = more; one.append(title, small);
      one.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); }); list.append(one);
    });
    input.parentElement.append(list); input.setAttribute("aria-expanded", "true");
  };
  root.addEventListener("input", (event) => { const input = event.target; if (!input.matches?.("input[data-ask]")) return; clearTimeout(timer); timer = setTimeout(() => ask(input), 110); });
  root.addEventListener("keydown", (event) => {
    if (!list || event.target !== field || (list.matches(".lb-none") && event.key !== "Escape" && event.key !== "Tab")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); const count = list.children.length; picked = (picked + (event.key === "ArrowDown" ? 1 : -1) + count) % count; light(); }
    else if (event.key === "Enter" && picked >= 0) { event.preventDefault(); choose(list.children[picked]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Tab") { if (picked >= 0) choose(list.children[picked]); close(); }
  });
  root.addEventListener("focusout", (event) => { if (event.target === field) setTimeout(() => { if (root.activeElement !== field) close(); }, 80); });

  // tabs, swap, copy, menus
  const openTab = (tab, focus) => {
    const bar = tab.closest("[role=tablist]");
    bar.querySelectorAll("[role=tab]").forEach((one) => { const on = one === tab; one.setAttribute("aria-selected", on); one.tabIndex = on ? 0 : -1; const panel = root.getElementById(one.getAttribute("aria-controls")); if (panel) panel.hidden = !on; });
    window.lbTab = tab.id; if (focus) tab.focus();
  };
  root.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[role=tab]"); if (tab) return openTab(tab);
    const act = event.target.closest?.("[data-act]"); if (act) {
      if (act.dataset.act === "theme") window.lbTheme();
      if (act.dataset.act === "swap") { const form = act.closest("form"), a = form.elements.origin, b = form.elements.destination; [a.value, b.value] = [b.value, a.value]; }
      if (act.dataset.act === "copy") { const text = act.dataset.text || location.href; (navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject()).catch(() => { const box = root.createElement("textarea"); box.value = text; root.body.append(box); box.select(); root.execCommand("copy"); box.remove(); }).finally(() => { const told = act.querySelector("[data-told]"); if (told) { const before = told.textContent; told.textContent = act.dataset.told; setTimeout(() => { told.textContent = before; }, 1800); } }); }
      if (act.dataset.act === "more") { const box = root.getElementById(act.getAttribute("aria-controls")); box.hidden = !box.hidden; act.setAttribute("aria-expanded", !box.hidden); act.querySelector("[data-told]").textContent = box.hidden ? act.dataset.show : act.dataset.hide; }
      if (act.dataset.act === "fill") { const form = root.querySelector("form.lb-question"); for (const [name, value] of Object.entries(JSON.parse(act.dataset.values))) if (form.elements[name]) form.elements[name].value = value; form.requestSubmit(); }
      if (act.dataset.act === "wish") { const form = root.querySelector("form.lb-question"), input = form.elements[act.dataset.field]; const parts = input.value.split(",").map((one) => one.trim()).filter(Boolean); const at = parts.indexOf(act.dataset.value); at < 0 ? parts.push(act.dataset.value) : parts.splice(at, 1); input.value = parts.join(", "); form.requestSubmit(); }
    }
    root.querySelectorAll("details.lb-menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  root.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && root.querySelector("details.lb-menu[open]"); if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
    const tab = event.target.closest?.("[role=tab]"); if (!tab || !["ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key)) return;
    const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")], at = tabs.indexOf(tab);
    event.preventDefault(); openTab(tabs[event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : (at + (event.key === "ArrowRight" ? 1 : -1) + tabs.length) % tabs.length], true);
  });
  window.lbKeepTab = () => { const tab = window.lbTab && root.getElementById(window.lbTab); if (tab) openTab(tab); };

  // constraints that are dragged: a stop or a border onto the fields to avoid or to go by, the due date along its slider
  const wishField = (event) => event.target.closest?.("form.lb-question input[name=avoid], form.lb-question input[name=via]");
  root.addEventListener("dragstart", (event) => {
    const one = event.target.closest?.("[draggable=true][data-value]"); if (!one) return;
    event.dataTransfer.setData("text/x-landbridge", one.dataset.value); event.dataTransfer.effectAllowed = "copy";
    const box = root.getElementById("lb-wishes"), more = root.querySelector("[aria-controls=lb-wishes]"); if (box?.hidden) more.click();
    root.querySelectorAll("form.lb-question input[name=avoid], form.lb-question input[name=via]").forEach((input) => input.classList.add("lb-drop"));
  });
  root.addEventListener("dragend", () => root.querySelectorAll(".lb-drop").forEach((one) => one.classList.remove("lb-drop")));
  root.addEventListener("dragover", (event) => { if (wishField(event)) event.preventDefault(); });
  root.addEventListener("drop", (event) => {
    const input = wishField(event), value = event.dataTransfer.getData("text/x-landbridge"); if (!input || !value) return; event.preventDefault();
    const parts = input.value.split(",").map((one) => one.trim()).filter(Boolean); if (!parts.includes(value)) parts.push(value);
    input.value = parts.join(", "); input.form.requestSubmit();
  });
  window.addEventListener("popstate", () => { if (!location.hash) location.reload(); });  // back and forward show what their address names
  // a question that was asked shows at once that it was heard
  root.addEventListener("submit", (event) => { if (event.target.matches("form.lb-question")) event.target.querySelector(".lb-go")?.setAttribute("aria-busy", "true"); });
  window.lbIdle = () => root.querySelectorAll(".lb-go[aria-busy]").forEach((one) => one.removeAttribute("aria-busy"));
  let slideTimer = 0, keyed = false;
  root.addEventListener("keydown", (event) => { if (event.target.dataset?.act === "due-slide") keyed = true; });
  root.addEventListener("pointerdown", (event) => { if (event.target.dataset?.act === "due-slide") keyed = false; });
  const slid = (slide) => { const day = new Date(slide.dataset.first + "T00:00:00Z"); day.setUTCDate(day.getUTCDate() + Number(slide.value)); return day; };
  root.addEventListener("input", (event) => { const slide = event.target; if (slide.dataset?.act === "due-slide") root.getElementById("lb-due-told").textContent = slid(slide).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }); });
  root.addEventListener("change", (event) => {
    const slide = event.target; if (slide.dataset?.act !== "due-slide") return;
    clearTimeout(slideTimer);  // each press of a key is a change: only where it rests is asked for
    slideTimer = setTimeout(() => { const form = root.querySelector("form.lb-question"); form.elements.due.value = slid(slide).toISOString().slice(0, 10); form.requestSubmit(); }, keyed ? 700 : 0);
  });

  // the grid of shipments: paste, rows, faults in their cells
  const grid = () => root.querySelector("table.lb-grid");
  const gridBody = () => grid()?.tBodies[0];
  const recount = () => { const told = grid()?.closest("details")?.querySelector("summary span:last-child"); if (told) told.textContent = [...gridBody().rows].filter((row) => [...row.querySelectorAll("input")].some((one) => one.value.trim())).length.toLocaleString(); };
  root.addEventListener("change", (event) => { if (event.target.closest?.("table.lb-grid")) recount(); });
  const renumber = () => [...gridBody().rows].forEach((row, at) => { row.cells[0].textContent = at + 1; row.querySelectorAll("input").forEach((one) => one.setAttribute("aria-label", one.getAttribute("aria-label").replace(/\d+$/, at + 1))); const drop = row.querySelector("[data-act=grid-drop]"); drop.setAttribute("aria-label", drop.getAttribute("aria-label").replace(/\d+/, at + 1)); });
  let blank = null;
  const addRow = () => { const body = gridBody(); if (body.rows.length) blank = body.rows[0].cloneNode(true); if (!blank) return null; const row = blank.cloneNode(true); row.querySelectorAll("input").forEach((one) => { one.value = ""; one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); }); row.querySelectorAll(".lb-cellfault").forEach((one) => one.remove()); body.append(row); renumber(); return row; };
  window.lbGridRows = () => { const body = gridBody(); if (!body) return ""; const rows = [...body.rows].map((row) => Object.fromEntries([...row.querySelectorAll("input")].map((one) => [one.dataset.col, one.value.trim()]))).filter((row) => Object.values(row).some(Boolean)); return JSON.stringify(rows); };
  window.lbGridFaults = (faults) => {
    const body = gridBody(); if (!body) return;
    body.querySelectorAll(".lb-cellfault").forEach((one) => one.remove()); body.querySelectorAll("[aria-invalid]").forEach((one) => { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
    const rows = [...body.rows].filter((row) => [...row.querySelectorAll("input")].some((one) => one.value.trim()));
    faults.forEach((fault, at) => { const input = rows[fault.row - 1]?.querySelector(`input[data-col="${fault.column}"]`); if (!input) return; input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", `lb-cellfault-${at}`); const told = root.createElement("small"); told.className = "lb-cellfault"; told.id = `lb-cellfault-${at}`; told.textContent = fault.text; input.after(told); });
    if (faults.length) { grid().closest("details").open = true; body.querySelector("[aria-invalid]")?.focus(); }
  };
  // the columns that a first line of titles names, wherever they stand in the spreadsheet; null where it is a line of figures
  const headsOf = (line) => {
    const names = JSON.parse(grid().dataset.columns), plain = (told) => told.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    const titles = [...grid().tHead.querySelectorAll("th[scope=col]")].map((one) => plain(one.textContent));
    const found = line.map((cell) => { const told = plain(cell), at = titles.indexOf(told); return !told ? -1 : at >= 0 ? at : names.map(plain).indexOf(told); });
    return found.filter((at) => at >= 0).length >= Math.max(2, line.filter(Boolean).length / 2) ? found : null;
  };
  root.addEventListener("paste", (event) => {
    const input = event.target.closest?.("table.lb-grid input"); const text = event.clipboardData?.getData("text/plain") || "";
    if (!input || !/[\t\n]/.test(text.trim())) return; event.preventDefault();
    let row = input.closest("tr"); const first = [...row.querySelectorAll("input")].indexOf(input);
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
    const heads = headsOf(lines[0]), into = heads || lines[0].map((_, over) => first + over); if (heads) lines.shift();
    lines.forEach((line, at) => { if (at) row = row.nextElementSibling || addRow(); const cells = row.querySelectorAll("input"); line.forEach((cell, over) => { const target = cells[heads ? into[over] : first + over]; if (target) target.value = cell; }); });
    window.lbGridFaults([]); recount();
  });
  root.addEventListener("keydown", (event) => {
    const input = event.target.closest?.("table.lb-grid input"); if (!input || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const row = input.closest("tr"), next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    if (next) { event.preventDefault(); next.querySelector(`input[data-col="${input.dataset.col}"]`).focus(); }
  });
  root.addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-act^=grid-]"); if (!act) return; const body = gridBody();
    if (act.dataset.act === "grid-add") addRow()?.querySelector("input").focus();
    if (act.dataset.act === "grid-clear") { addRow(); while (body.rows.length > 1) body.deleteRow(0); renumber(); recount(); body.querySelector("input").focus(); }
    if (act.dataset.act === "grid-drop") { if (body.rows.length === 1) addRow(); act.closest("tr").remove(); renumber(); recount(); }
  });

  // cards and chart light up together
  const chartOf = () => { const box = root.querySelector(".lb-chart"); return box ? window.getElement(Number(box.id.slice(1)))?.chart : null; };
  const cardOf = (event) => event.target.closest?.("[data-way]");
  root.addEventListener("mouseover", (event) => { const card = cardOf(event); const chart = chartOf(); if (card && chart) chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: Number(card.dataset.spot) }); });
  root.addEventListener("mouseout", (event) => { const card = cardOf(event); const chart = chartOf(); if (card && chart) chart.dispatchAction({ type: "downplay", seriesIndex: 0, dataIndex: Number(card.dataset.spot) }); });
  window.lbChart = (id, way) => {
    const later = () => {
      const chart = window.getElement(id)?.chart; if (!chart) return setTimeout(later, 60);
      const card = (event) => root.querySelector(`[data-spot="${event.dataIndex}"]`);
      chart.off("mouseover"); chart.off("mouseout");
      chart.on("mouseover", (event) => { if (event.seriesIndex === 0) card(event)?.classList.add("lb-lit"); });
      chart.on("mouseout", (event) => card(event)?.classList.remove("lb-lit"));
      const draw = () => {
        const css = getComputedStyle(document.body), color = (name) => css.getPropertyValue(name).trim();
        const axis = { axisLabel: { color: color("--muted") }, nameTextStyle: { color: color("--muted") }, axisLine: { lineStyle: { color: color("--line") } }, splitLine: { lineStyle: { color: color("--line"), opacity: 0.6 } } };
        chart.setOption({ xAxis: axis, yAxis: axis, visualMap: { textStyle: { color: color("--muted") }, inRange: { color: document.body.classList.contains("body--dark") ? ["#6cd49a", "#f1b765", "#ff8f84"] : ["#17693f", "#b8860b", "#a8231b"] } }, tooltip: { backgroundColor: color("--raised"), borderColor: color("--line"), textStyle: { color: color("--ink") } }, series: [{ label: { color: color("--ink") }, emphasis: { itemStyle: { borderColor: color("--accent") } }, selectedMode: "single", select: { itemStyle: { borderColor: color("--accent"), borderWidth: 4, shadowBlur: 0 } } }, { itemStyle: { borderColor: color("--muted"), color: "transparent" } }] });
        const spot = root.querySelector('[data-way][aria-pressed="true"]')?.dataset.spot;
        if (spot !== undefined) chart.dispatchAction({ type: "select", seriesIndex: 0, dataIndex: Number(spot) });
      };
      window.lbCharts.clear(); window.lbCharts.set(id, draw); draw();
    };
    later();
  };

  // the map: borders and legs, drawn from files of this server
  let world = null; const plans = new Map();
  const fetched = async (url) => { if (!plans.has(url)) plans.set(url, fetch(url).then((answer) => answer.ok ? answer.json() : { features: [] })); return plans.get(url); };
  const shifted = (geometry) => geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  const ground = async (id, url, wait) => {
    world ||= fetch("/assets/borders.json").then((answer) => answer.json());
    const coming = fetched(url), land = await world;
    let map = null; for (let tries = 0; tries < 100 && !map; tries++) { map = window.getElement(id)?.map; if (!map || !window.L) { map = null; await new Promise((go) => setTimeout(go, 50)); } }
    if (!map) return [null, null];
    const L = window.L;
    map.attributionControl.setPrefix(false);
    if (!map.lbLand) {
      map.eachLayer((layer) => map.removeLayer(layer));
      map.lbLand = L.geoJSON(land, { className: "lb-land", interactive: false, style: { className: "lb-land", fillOpacity: 1, weight: 0.8 }, attribution: "Natural Earth" }).addTo(map);
      map.createPane("names").style.zIndex = 450; map.getPane("names").style.pointerEvents = "none";
      map.lbNames = L.layerGroup().addTo(map);
      const names = () => { map.lbNames.clearLayers(); const zoom = map.getZoom(), least = [9999, 9999, 600, 160, 40, 10, 2, 0.5, 0][Math.min(8, zoom)], box = map.getBounds(); land.features.forEach((one) => { const [lon, lat] = one.properties.label; if (one.properties.area >= least && box.contains([lat, lon])) L.marker([lat, lon], { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "lb-country", html: `<span>${one.properties.name.replace(/[<&]/g, "")}</span>`, iconSize: [120, 14] }) }).addTo(map.lbNames); }); };
      map.on("moveend", names); names();
      map.lbWays = L.layerGroup().addTo(map);
    }
    const mine = map.lbTurn = (map.lbTurn || 0) + 1, note = root.createElement("div"); note.className = "lb-drawing"; note.setAttribute("role", "status"); note.textContent = wait;
    const later = setTimeout(() => map.getContainer().append(note), 250), told = await coming; clearTimeout(later); note.remove();
    if (mine !== map.lbTurn) return [null, null];
    map.lbWays.clearLayers();
    return [map, told];
  };
  const words = (text) => { const told = root.createElement("span"); told.textContent = text; return told; };
  window.lbFeed = async (id, url, wait) => {
    const [map, feed] = await ground(id, url, wait); if (!map) return;
    const L = window.L, bounds = L.latLngBounds([]);
    feed.features.filter((one) => one.properties.mode && one.geometry).forEach((one) => shifted(one.geometry).forEach((line) => L.polyline(line.map(([lon, lat]) => [lat, lon]), { className: `lb-net m-${one.properties.mode}` }).bindTooltip(words(one.properties.name), { sticky: true }).addTo(map.lbWays)));
    feed.features.filter((one) => one.geometry?.type === "Point").forEach((one) => { const [lon, lat] = one.geometry.coordinates, shut = one.properties.role === "closed"; bounds.extend([lat, lon]); L.circleMarker([lat, lon], { className: shut ? "lb-shut" : "lb-place", radius: shut ? 6 : 2.6, fillOpacity: 1 }).bindTooltip(words(shut ? `${one.properties.name}: ${one.properties.text}` : one.properties.name)).addTo(map.lbWays); });
    map.invalidateSize();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [24, 24], animate: false });
    map.lbReady = true;
  };
  window.lbMap = async (id, url, wait) => {
    const [map, plan] = await ground(id, url, wait); if (!map) return;
    const L = window.L, of = (role) => plan.features.filter((one) => one.geometry && one.properties.role === role), at = (one) => [one.geometry.coordinates[1], one.geometry.coordinates[0]];
    const draw = (one, options) => shifted(one.geometry).map((line) => L.polyline(line.map(([lon, lat]) => [lat, lon]), options).addTo(map.lbWays));
    const plain = (one) => [one.properties.name, one.properties.text].filter(Boolean).join(": ");
    const dot = (one, className, radius, text) => { return L.circleMarker(at(one), { className, radius, fillOpacity: 1 }).bindTooltip(words(text)).addTo(map.lbWays); };
    of("other").forEach((one) => draw(one, { className: "lb-else", interactive: false }));
    const legs = of("leg"), bounds = L.latLngBounds([]), stops = new Set();
    legs.forEach((one) => draw(one, { className: "lb-case", interactive: false }));
    legs.forEach((one) => { const told = one.properties; stops.add(told.from); stops.add(told.to); shifted(one.geometry).forEach((line) => line.forEach(([lon, lat]) => bounds.extend([lat, lon]))); draw(one, { className: `lb-leg m-${told.mode}` }).forEach((line) => line.bindTooltip(words(`${told.service} · ${Math.round(told.distance_m / 1000).toLocaleString()} km`), { sticky: true })); });
    of("rejected").forEach((one) => dot(one, "lb-shut lb-hollow", 4.5, plain(one)));
    of("closed").forEach((one) => dot(one, "lb-shut", 5, plain(one)));
    of("border").forEach((one) => dot(one, "lb-gate", 4, one.properties.name));
    plan.features.filter((one) => one.geometry?.type === "Point" && stops.has(one.properties.place_id)).forEach((one) => {
      const role = one.properties.role, end = role === "origin" || role === "destination";
      L.circleMarker(at(one), { className: end ? "lb-end" : "lb-dot", radius: end ? 6 : 4.5, fillOpacity: 1 }).bindTooltip(words(one.properties.name), { permanent: true, direction: role === "origin" ? "left" : "right", offset: [role === "origin" ? -6 : 6, 0], className: "lb-name" }).addTo(map.lbWays);
    });
    map.invalidateSize();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [34, 34], animate: false });
    map.lbReady = true;
  };
})();
