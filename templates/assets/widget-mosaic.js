"use strict";

// Numbers as pictures, for the interactive parts.

(() => {
  const { element, colour } = widgetTools;

  /** Draws an image of so few pixels large enough that the browser, which fits it to the page, leaves them square. */
  function enlarge(canvas, image) {
    const scale = Math.max(1, Math.ceil(1600 / image.width));
    const small = element("canvas", { width: image.width, height: image.height });
    small.getContext("2d").putImageData(image, 0, 0);
    canvas.width = scale * image.width;
    canvas.height = scale * image.height;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  }

  /**
   * Planes of numbers side by side on a canvas that tell their values to pointer and keyboard.
   *
   * `values` is [height, width, planes]; `position` turns a value into a place on the colour map.
   */
  function mosaic(canvas, { values, height, width, planes, columns, position, hex, tell }) {
    const gap = 1;
    const rows = Math.ceil(planes / columns);
    const [breadth, depth] = [columns * (width + gap) - gap, rows * (height + gap) - gap];
    const image = new ImageData(breadth, depth);
    // Between the planes a grey that is seen on any paper, for zero is paper.
    for (let place = 0; place < image.data.length; place += 4) image.data.set([128, 128, 128, 64], place);
    const value = (plane, y, x) => values[(y * width + x) * planes + plane];
    for (let plane = 0; plane < planes; plane += 1) {
      const left = (plane % columns) * (width + gap);
      const top = Math.floor(plane / columns) * (height + gap);
      for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
          const [red, green, blue] = colour(hex, position(value(plane, y, x)));
          image.data.set([red, green, blue, 255], 4 * ((top + y) * breadth + left + x));
        }
      }
    }
    enlarge(canvas, image);

    let cursor = [0, 0];
    function read(column, row) {
      const x = column % (width + gap);
      const y = row % (height + gap);
      const plane = Math.floor(row / (height + gap)) * columns + Math.floor(column / (width + gap));
      if (x >= width || y >= height || plane >= planes) return false;
      cursor = [column, row];
      tell({ plane: plane + 1, y: y + 1, x: x + 1, value: value(plane, y, x) });
      return true;
    }
    canvas.onpointermove = canvas.onpointerdown = (event) => {
      const box = canvas.getBoundingClientRect();
      read(
        Math.min(breadth - 1, Math.floor(((event.clientX - box.left) / box.width) * breadth)),
        Math.min(depth - 1, Math.floor(((event.clientY - box.top) / box.height) * depth)));
    };
    canvas.onkeydown = (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      let [column, row] = cursor;
      do {
        column += step[0];
        row += step[1];
        if (column < 0 || row < 0 || column >= breadth || row >= depth) return;
      } while (!read(column, row));
    };
    canvas.onfocus = () => read(...cursor);
  }

  /** An image of the data set on a canvas. */
  function thumbnail(pixels, hex) {
    const edge = Math.sqrt(pixels.length);
    const canvas = element("canvas", { width: edge, height: edge, className: "widget-image" });
    const image = canvas.getContext("2d").createImageData(edge, edge);
    pixels.forEach((level, index) => image.data.set([...colour(hex, level / 255), 255], 4 * index));
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }

  Object.assign(widgetTools, { mosaic, thumbnail });
})();
