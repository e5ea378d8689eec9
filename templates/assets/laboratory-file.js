"use strict";

// A reader's own picture: chosen, dropped or pasted, scaled to the networks' input and shown in the data's polarity.

(() => {
  const { element } = widgetTools;

  /** The numbers of a decoded picture, scaled into the middle of the shape; what it does not fill has its border's mean. */
  function levels(bitmap, [height, width, channels]) {
    const factor = Math.min(width / bitmap.width, height / bitmap.height);
    const [wide, tall] = [Math.max(1, Math.round(bitmap.width * factor)), Math.max(1, Math.round(bitmap.height * factor))];
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [wide, tall];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    // Transparent parts are paper.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, wide, tall);
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, wide, tall);
    const { data } = context.getImageData(0, 0, wide, tall);
    // Rec. 601: what the eye takes for the brightness of a colour.
    const read = (y, x, channel) => {
      const place = 4 * (y * wide + x);
      return channels === 3 ? data[place + channel] : 0.299 * data[place] + 0.587 * data[place + 1] + 0.114 * data[place + 2];
    };
    const [top, left] = [Math.floor((height - tall) / 2), Math.floor((width - wide) / 2)];
    const border = Array.from({ length: channels }, (_, channel) => {
      const around = [];
      for (let x = 0; x < wide; x += 1) around.push(read(0, x, channel), read(tall - 1, x, channel));
      for (let y = 0; y < tall; y += 1) around.push(read(y, 0, channel), read(y, wide - 1, channel));
      return around.reduce((sum, level) => sum + level, 0) / around.length;
    });
    const result = new Float32Array(height * width * channels);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const isInside = y >= top && x >= left && y < top + tall && x < left + wide;
        for (let channel = 0; channel < channels; channel += 1) {
          result[(y * width + x) * channels + channel] = isInside ? read(y - top, x - left, channel) : border[channel];
        }
      }
    }
    return { image: result, border };
  }

  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

  /**
   * Takes pictures that are chosen, dropped on `target` or pasted into the page; returns the `node` to choose one with.
   *
   * - `isInk`: whether the data's background is 0: a picture on bright ground is then inverted, unless the reader says
   *   that it is not to be
   * - `refuse()`: called with what is no picture
   */
  function files({ target, shape, isInk, words, refuse }) {
    const { texts } = words;
    const input = element("input", { type: "file", accept: "image/*" });
    const asData = element("input", { type: "checkbox", checked: true });
    /** The last picture, and the image that was made of it. */
    let [last, taken] = [null, null];

    function show() {
      const isInverted = asData.checked && isInk === mean(last.border) > 127;
      laboratory.set({ image: isInverted ? laboratory.edits.inverted(last.image) : last.image, shown: null });
      taken = laboratory.state.image;
    }

    async function take(file) {
      let bitmap;
      try {
        bitmap = await createImageBitmap(file);
      } catch {
        refuse();
        return;
      }
      last = levels(bitmap, shape);
      bitmap.close();
      show();
    }

    const first = (list) => [...(list ?? [])].find(({ type }) => type.startsWith("image/"));
    input.addEventListener("change", () => {
      if (input.files[0]) take(input.files[0]);
      input.value = "";
    });
    // What was drawn since is not given up.
    asData.addEventListener("change", () => { if (last && laboratory.state.image === taken) show(); });
    target.addEventListener("dragover", (event) => event.preventDefault());
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = first(event.dataTransfer.files);
      if (file) take(file);
      else refuse();
    });
    addEventListener("paste", (event) => {
      const file = first(event.clipboardData?.files);
      if (file) take(file);
    });
    return element(
      "fieldset", { className: "lab-file" }, element("legend", {}, texts.file), element("label", {}, texts.choose, " ", input),
      element("label", {}, asData, ` ${isInk ? texts.darkGround : texts.brightGround}`));
  }

  laboratory.files = files;
})();
