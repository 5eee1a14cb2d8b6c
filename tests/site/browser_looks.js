// What a reader would mark in a page: a function that is evaluated in it, and gives sentences.
// `places`: what lies beside the screen or on other words; `colours`: what is hard to read.
({ places, colours }) => {
  const root = document.documentElement;
  const wide = root.clientWidth;
  const found = [];
  if (root.scrollWidth > wide) found.push(`the page is ${root.scrollWidth - wide} px too wide`);

  const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Colours as numbers, whatever notation they are computed in.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const paper = (e) => {
    const layers = [];
    for (let one = e; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  // Relative luminance and contrast (WCAG 2.2).
  const light = (colour) => {
    const [r, g, b] = colour.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const boxes = [];
  const looked = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || parent.closest("script, style, template, option, .visually-hidden, .skip")) continue;
    if (!looked.has(parent)) looked.set(parent, seen(parent));
    if (!looked.get(parent)) continue;
    if (places) range.selectNodeContents(walker.currentNode);
    const rolls = parent.closest(".scroll, .canvas, pre, textarea, table.stack thead");
    for (const box of places ? range.getClientRects() : []) {
      if (box.width < 1 || box.height < 1) continue;
      if (!rolls && (box.left < -1 || box.right > wide + 1)) found.push(`beside the screen: ${text.slice(0, 40)}`);
      if (!rolls) boxes.push({ box, parent, text });
    }
    if (!colours || parent.closest("svg") || looked.get(parent) === "read") continue;
    looked.set(parent, "read");
    const style = getComputedStyle(parent);
    const below = paper(parent);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = contrast(over(rgba(style.color), below), below);
    if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 40)}`);
  }

  // Lines of text that lie on each other. Letters of two lines that follow may touch.
  boxes.sort((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < boxes.length; i++) {
    const { box, parent, text } = boxes[i];
    for (let j = i + 1; j < boxes.length && boxes[j].box.top < box.bottom; j++) {
      const other = boxes[j];
      if (other.parent === parent) continue;
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - other.box.top;
      if (across > 3 && down > 0.4 * Math.min(box.height, other.box.height)) {
        found.push(`on each other: ${text.slice(0, 30)} | ${other.text.slice(0, 30)}`);
      }
    }
  }
  return [...new Set(found)].slice(0, 8);
}
