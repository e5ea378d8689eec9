"use strict";

// The state of the page in its address, so that a link shows what its sender saw; and a picture of it.

(() => {
  /** Bytes as text that an address may hold, runs of zeros counted: drawings are mostly paper. */
  function packed(bytes) {
    const runs = [];
    for (let place = 0; place < bytes.length;) {
      if (bytes[place]) {
        runs.push(bytes[place]);
        place += 1;
        continue;
      }
      let end = place;
      while (end < bytes.length && !bytes[end] && end - place < 255) end += 1;
      runs.push(0, end - place);
      place = end;
    }
    return btoa(String.fromCharCode(...runs)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  /** What `packed` made, or null if that is not of so many bytes. */
  function unpacked(text, count) {
    let runs;
    try {
      runs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    } catch {
      return null;
    }
    const bytes = new Uint8Array(count);
    let to = 0;
    for (let place = 0; place < runs.length; place += 1) {
      const byte = runs.charCodeAt(place);
      if (byte) bytes[to] = byte;
      if (!byte) place += 1;
      to += byte ? 1 : runs.charCodeAt(place);
      if (!(to <= count)) return null;
    }
    return to === count ? bytes : null;
  }

  /** The state as an address has it behind its `#`. */
  function written({ image, shown, networks, epochs, changes, place, patch, kernels }) {
    const parts = new URLSearchParams();
    if (shown === null) parts.set("image", packed(Uint8Array.from(image, (level) => Math.round(level))));
    else parts.set("shown", shown);
    if (networks.length) parts.set("networks", networks.join(" "));
    parts.set("patch", patch);
    if (kernels) parts.set("kernels", "shown");
    for (const [network, epoch] of Object.entries(epochs)) parts.set(`epoch.${network}`, epoch);
    for (const [network, changed] of Object.entries(changes)) {
      for (const [layer, pooling] of Object.entries(changed.pooling ?? {})) parts.set(`pool.${network}.${layer}`, pooling);
      for (const [layer, channels] of Object.entries(changed.channels ?? {})) {
        const each = channels.map(({ channel, how, factor }) => `${channel}:${factor ?? how}`);
        if (each.length) parts.set(`filters.${network}.${layer}`, each.join(" "));
      }
    }
    if (place) {
      const told = [place.network, place.layer, place.channel, place.y, place.x].filter((part) => part !== undefined);
      parts.set("place", told.join(" "));
    }
    return parts.toString();
  }

  /** Adds what a part such as `filters.lenet5.conv1` says of a network, if the network has such a layer and filter. */
  function readChange(changes, [what, name, layerName], text, networks) {
    const layer = networks.get(name)?.layers.find((each) => each.name === layerName);
    if (!layer) return;
    changes[name] ??= {};
    if (what === "pool" && layer.kind === "pooling" && ["maximum", "average"].includes(text)) {
      (changes[name].pooling ??= {})[layerName] = text;
    }
    if (what !== "filters") return;
    const channels = text.split(" ").flatMap((part) => {
      const [channel, how] = [Number(part.split(":")[0]), part.split(":")[1]];
      if (!Number.isInteger(channel) || channel < 0 || channel >= layer.output.at(-1)) return [];
      const mean = layer.means?.[channel];
      if (how === "zero") return [{ channel, how, value: 0 }];
      if (how === "mean") return mean === undefined ? [] : [{ channel, how, value: mean }];
      const factor = Number(how);
      return factor >= 0 && factor <= 2 ? [{ channel, factor }] : [];
    });
    if (channels.length) (changes[name].channels ??= {})[layerName] = channels;
  }

  /** The number that `network layer channel y x` names, y and x of a map; null if there is none. */
  function readPlace(text, networks) {
    const [network, name, ...numbers] = text.split(" ");
    const layer = networks.get(network)?.layers.find((each) => each.name === name);
    const [channel, y, x] = numbers.map(Number);
    const within = (value, count) => Number.isInteger(value) && value >= 0 && value < count;
    if (!layer || numbers.length !== layer.output.length || !within(channel, layer.output.at(-1))) return null;
    if (layer.output.length === 1) return { network, layer: name, channel };
    return within(y, layer.output[0]) && within(x, layer.output[1]) ? { network, layer: name, y, x, channel } : null;
  }

  /** The state before the reader does anything: a shown image, in the first and the last network. */
  function initial({ index, image }) {
    const shown = Math.max(0, index.images.length - 2);
    return {
      shown, image: image(shown), epochs: {}, changes: {}, place: null, isPinned: false, cursor: null, kernels: false,
      patch: lab.usualWindow(index.shape).edge, networks: [...new Set([index.networks[0], index.networks.at(-1)])],
    };
  }

  /**
   * The state that an address tells, as far as there are such images, networks, layers and epochs; the rest is as at
   * first.
   *
   * `site` is the laboratory's, with the networks that have come.
   */
  function read(text, site) {
    const { index, networks, image } = site;
    const usual = initial(site);
    const parts = new URLSearchParams(text);
    const state = { ...usual, epochs: {}, changes: {} };
    const size = lab.product(index.shape);
    const drawn = parts.get("image") === null ? null : unpacked(parts.get("image"), size);
    const shown = Number(parts.get("shown") ?? usual.shown);
    if (drawn) Object.assign(state, { image: Float32Array.from(drawn), shown: null });
    else if (index.images[shown]) Object.assign(state, { shown, image: image(shown) });
    const patch = Number(parts.get("patch"));
    if (laboratory.patches(index.shape).includes(patch)) state.patch = patch;
    state.kernels = parts.get("kernels") === "shown";
    const names = (parts.get("networks") ?? "").split(" ").filter((name) => networks.has(name));
    if (names.length) state.networks = [...new Set(names)].slice(0, 2);
    state.place = readPlace(parts.get("place") ?? "", networks);
    state.isPinned = state.place !== null;
    for (const [key, value] of parts) {
      const path = key.split(".");
      if (path[0] === "epoch" && networks.get(path[1])?.epochs.includes(Number(value))) state.epochs[path[1]] = Number(value);
      else readChange(state.changes, path, value, networks);
    }
    return state;
  }

  /** Saves the image and what the networks say of it as a picture. */
  function picture(columns, pad, words) {
    const [line, edge] = [28, pad.width];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [edge + 48 + 340 * columns.length, Math.max(edge, line * (words.classes.length + 2)) + 32];
    const context = canvas.getContext("2d");
    const style = getComputedStyle(document.body);
    context.fillStyle = style.backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(pad, 16, 16);
    columns.forEach(({ pass, name }, side) => {
      const left = edge + 48 + 340 * side;
      context.fillStyle = style.color;
      context.font = "bold 16px sans-serif";
      context.fillText(name, left, 32);
      const best = pass.probabilities.indexOf(Math.max(...pass.probabilities));
      words.classes.forEach((label, place) => {
        const top = 32 + line * (place + 1);
        context.font = `${place === best ? "bold " : ""}14px sans-serif`;
        context.fillText(words.shortClasses[place], left, top);
        context.fillRect(left + 110, top - 10, 130 * pass.probabilities[place], 10);
        context.fillText(widgetTools.probability(words, pass.probabilities[place]), left + 246, top);
      });
      const notes = laboratory.notes(pass.network.name, words);
      context.font = "12px sans-serif";
      context.fillText(notes, left, 32 + line * (words.classes.length + 1), 320);
    });
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = "laboratory.png";
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  laboratory.share = { written, initial, read, picture };
})();
