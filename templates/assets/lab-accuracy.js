"use strict";

// How many of many images a network gets right.

(() => {
  /**
   * The share of images whose largest logit is that of their label.
   *
   * `images` is `[images, height, width, channels]`, levels as bytes. A generator, since hundreds of runs take a while:
   * it yields the share that is done after each image, and returns the accuracy. The pass holds the last image
   * afterwards.
   */
  function* accuracy(pass, images, labels, changes) {
    const size = lab.product(pass.network.input.shape);
    const image = new Float32Array(size);
    let right = 0;
    for (let number = 0; number < labels.length; number += 1) {
      for (let place = 0; place < size; place += 1) image[place] = images[number * size + place] / pass.network.input.levels;
      const { probabilities } = lab.run(pass, image, changes);
      if (probabilities.indexOf(Math.max(...probabilities)) === labels[number]) right += 1;
      yield (number + 1) / labels.length;
    }
    return right / labels.length;
  }

  Object.assign(lab, { accuracy });
})();
