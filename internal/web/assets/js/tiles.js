// The arrow keys move between the tiles of the map; Tab goes past them all in one step.
for (const room of document.querySelectorAll("[data-tiles]")) {
  const tiles = [...room.querySelectorAll("a[data-tile]")].map((a) => {
    const [x, y] = a.dataset.tile.split(" ").map(Number);
    return { a, x, y };
  });
  const show = (one) => tiles.forEach((t) => t.a.setAttribute("tabindex", t === one ? "0" : "-1"));
  if (tiles.length > 0) show(tiles[0]);
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  room.addEventListener("keydown", (e) => {
    const way = ways[e.key];
    const here = tiles.find((t) => t.a === document.activeElement);
    if (!way || !here || e.ctrlKey || e.altKey || e.metaKey) return;
    let next = null, least = Infinity;
    for (const t of tiles) {
      const along = (t.x - here.x) * way[0] + (t.y - here.y) * way[1];
      const aside = Math.abs((t.x - here.x) * way[1]) + Math.abs((t.y - here.y) * way[0]);
      if (along > 0.5 && along + 3 * aside < least) {
        least = along + 3 * aside;
        next = t;
      }
    }
    if (!next) return;
    e.preventDefault();
    show(next);
    next.a.focus();
  });
  room.addEventListener("focusin", (e) => {
    const t = tiles.find((x) => x.a === e.target);
    if (t) show(t);
  });
}
