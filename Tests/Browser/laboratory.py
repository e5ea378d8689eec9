"""Compares what the laboratory's scripts compute in headless Chromium with what this package computed: every layer of
every network for all shown images, gradients, covered images, and networks that are changed while they run."""

import json
import re

import safetensors
from browsing import TEMPLATES, new_page
from findings import Findings

# The engine, in the order in which a page loads it.
SCRIPTS = [
    "network", "products", "convolution", "pooling", "dense", "elementwise", "pass", "terms", "way", "occlusion", "accuracy",
]

# All are relative to the largest magnitude among the numbers of a layer, or of a map, for an image: outputs, and
# gradients, which multiply more weights. Where the data hold 16 bits of a weight, its last bit shows.
OUTPUTS, GRADIENTS, EARLY_WEIGHTS = 1e-5, 1e-5, 1e-4
# Of maps for a site's networks, relative to a hundredth at least: a network that is sure of an image loses no more than
# its probability's last digits wherever it is covered.
MAPS, MAPPED_IMAGES = 1e-3, 3

# What the checks ask of the page.
TOOLS = """
globalThis.testing = {
  passes: {},

  start(name) { this.passes[name] = lab.start(lab.network(laboratoryData[`network-${name}`])); },

  image(name, number) { return lab.image(this.passes[name].network, laboratoryData.index.images[number]); },

  run(name, number, changes) { return lab.run(this.passes[name], this.image(name, number), changes ?? undefined); },

  /** The largest difference, relative to the largest magnitude of what is expected, or to `least`. */
  distance(found, packed, least = 0) {
    const expected = lab.unpack({ values: packed });
    if (found.length !== expected.length) return Infinity;
    let [worst, largest] = [0, least];
    expected.forEach((value, place) => {
      const difference = Math.abs(found[place] - value);
      // What is no number is no likeness.
      if (!(difference <= worst)) worst = difference;
      largest = Math.max(largest, Math.abs(value));
    });
    return worst === 0 ? 0 : worst / largest;
  },
};
"""

DISTANCES_OF_OUTPUTS = """
([name, number, changes, layers]) => {
  const { network, values, probabilities } = testing.run(name, number, changes);
  return layers.map(([layer, packed]) => {
    const { index } = network.layer(layer);
    return testing.distance(index === network.layers.length - 1 ? probabilities : values[index], packed);
  });
}
"""

DISTANCES_OF_GRADIENTS = """
([name, number, changes, objectives]) => {
  const pass = testing.run(name, number, changes);
  return objectives.map(([objective, packed]) => testing.distance(lab.gradient(pass, objective).gradient, packed));
}
"""

# Of the terms of numbers in the midst of each layer: by how much what they add up to differs from what the run left.
TERMS = """
([name, number, changes]) => {
  const pass = testing.run(name, number, changes);
  return pass.network.layers.map((layer, index) => {
    const [rows, columns, channels] = layer.output.length === 3 ? layer.output : [1, 1, ...layer.output];
    const largest = pass.values[index].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30);
    let worst = 0;
    for (const [y, x] of [[0, 0], [rows >> 1, columns >> 1], [rows - 1, columns - 1]]) {
      for (let channel = 0; channel < channels; channel += 1) {
        const place = layer.output.length === 3 ? { y, x, channel } : { channel };
        const { activated, change, value } = lab.terms(pass, layer.name, place);
        const expected = change ? change.value ?? activated * change.factor : activated;
        worst = Math.max(worst, Math.abs(expected - value) / largest);
      }
    }
    return worst;
  });
}
"""

# Of each dense layer's inputs: those that are not the number of which layer they are said to be.
ORIGINS = """
([name, number]) => {
  const pass = testing.run(name, number);
  const { network } = pass;
  return network.layers.filter(({ kind }) => kind === "dense").flatMap((layer) => {
    const { inputs } = lab.terms(pass, layer.name, { channel: 0 });
    return [...inputs.keys()].filter((index) => {
      const source = lab.origin(network, layer.name, index);
      const values = source.layer ? pass.values[network.layer(source.layer).index] : pass.image;
      const [, width, channels] = source.layer ? network.layer(source.layer).output : network.input.shape;
      const place = source.y === undefined ? source.channel : (source.y * width + source.x) * channels + source.channel;
      return values[place] !== inputs[index];
    }).map((index) => [layer.name, index]);
  });
}
"""

# Layers from whose middle the way does not lead to the image, or whose maps do not add up to what their filter got.
WAYS = """
([name, number]) => {
  const pass = testing.run(name, number);
  return pass.network.layers.flatMap(({ name: layer, kind, output }) => {
    const [height, width] = output.length === 3 ? output : [1, 1];
    const place = output.length === 3 ? { y: height >> 1, x: width >> 1, channel: 0 } : { channel: 0 };
    const steps = lab.way(pass, layer, place);
    const { products, sum, bias } = lab.terms(pass, layer, place);
    const added = steps[0].sources.reduce((total, { weight }) => total + weight, 0);
    const isWhole = kind !== "convolution" || Math.abs(added - (sum - bias)) <= 1e-4 * Math.max(1, Math.abs(sum));
    const last = steps.at(-1).sources;
    const isThere = last[0].layer === null || last.every(({ weight }) => weight === 0);
    const isInside = last.every(({ layer: from, y, x, window }) => from !== null
      || (y >= window.y && x >= window.x && y < window.y + window.height && x < window.x + window.width));
    return isWhole && isThere && isInside ? [] : [[layer, kind, added, products ? sum - bias : null]];
  });
}
"""

ACCURACY = """
(name) => {
  const { labels, pixels } = laboratoryData.test;
  const images = Uint8Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const steps = lab.accuracy(testing.passes[name], images, labels);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return [step.value, labels];
}
"""

# Of each layer of maps, places that change with a pixel outside of their receptive field.
FIELDS = """
([name]) => {
  const pass = testing.passes[name];
  const [height, width, channels] = pass.network.input.shape;
  return pass.network.layers.filter(({ receptiveField }) => receptiveField).flatMap((layer) => {
    const [rows, columns] = layer.output;
    return [[0, 0], [rows >> 1, columns >> 1], [rows - 1, columns - 1]].filter(([y, x]) => {
      const { inside } = lab.field(pass.network, layer.name, { y, x });
      const seen = new Set();
      for (let channel = 0; channel < layer.output[2]; channel += 1) {
        const { gradient } = lab.gradient(pass, { layer: layer.name, y, x, channel });
        gradient.forEach((value, place) => { if (value !== 0) seen.add(Math.floor(place / channels)); });
      }
      return [...seen].some((pixel) => {
        const [row, column] = [Math.floor(pixel / width), pixel % width];
        return row < inside.top || row >= inside.top + inside.height || column < inside.left
          || column >= inside.left + inside.width;
      });
    }).map(([y, x]) => [layer.name, y, x]);
  });
}
"""

# By integrated gradients, at the middles of 256 parts of the way from the black image; and covered images.
DISTANCES_OF_MAPS = """
([name, number, label, maps]) => {
  const pass = testing.passes[name];
  const [height, width, channels] = pass.network.input.shape;
  const image = testing.image(name, number);
  const steps = 256;
  const parts = new Float64Array(height * width);
  for (let step = 0; step < steps; step += 1) {
    lab.run(pass, image.map((value) => (value * (step + 0.5)) / steps));
    const { gradient } = lab.gradient(pass, { logit: label });
    gradient.forEach((value, place) => { parts[Math.floor(place / channels)] += (value * image[place]) / steps; });
  }
  const covered = (cover) => {
    const steps = lab.occlusion(pass, image, { label, cover });
    let step = steps.next();
    while (!step.done) step = steps.next();
    return step.value;
  };
  const found = { integratedGradients: parts, coveredBlack: covered("black"), coveredBlurred: covered("blurred") };
  return maps.map(([map, packed]) => testing.distance(found[map], packed, 0.01));
}
"""


def data_folder(site):
    """Where a site's first page finds the laboratory's data: what earlier pages loaded may still lie beside it."""
    parts = re.search(r'src="(parts/[^/"]+)/', (site / "index.html").read_text(encoding="utf-8"))
    return site / parts[1] / "laboratory"


def engine(page, data):
    """Puts the engine's scripts and a folder's data into an empty page."""
    for script in SCRIPTS:
        page.add_script_tag(path=TEMPLATES / f"assets/lab-{script}.js")
    for script in sorted(data.glob("*.js")):
        page.add_script_tag(path=script)
    page.add_script_tag(content=TOOLS)


class Worst:
    """The largest of distances, by what they are of."""

    def __init__(self):
        self.distances = {}

    def add(self, names, distances):
        for name, distance in zip(names, distances):
            self.distances[name] = max(self.distances.get(name, 0), float("inf") if distance is None else distance)

    def check(self, found, what, limit):
        largest = max(self.distances.values(), default=float("inf"))
        found.that(f"{what}: at most {largest:.1e} off", largest < limit, self.distances)


def check_outputs(found, page, name, tensors, prefix, numbers, changes=None):
    """Every observed layer for all images; `numbers` is what the tensors' names call each of the shown."""
    layers = page.evaluate("name => testing.passes[name].network.layers.map((layer) => layer.name)", name)
    worst = Worst()
    for place, number in enumerate(numbers):
        there = [layer for layer in layers if f"{prefix}.{number}.{layer}" in tensors.tensors]
        wanted = [(layer, tensors.packed(f"{prefix}.{number}.{layer}")) for layer in there]
        worst.add(there, page.evaluate(DISTANCES_OF_OUTPUTS, [name, place, changes, wanted]))
    worst.check(found, f"{name}: {prefix}, outputs of {len(worst.distances)} layers for {len(numbers)} images", OUTPUTS)


def check_gradients(found, page, name, tensors, prefix, labels, changes=None):
    worst = Worst()
    place = json.loads(tensors.metadata["place"])
    for number, label in enumerate(labels):
        objectives = {"logit": {"logit": label}, "probability": {"probability": label}, "place": place}
        wanted = [(objective, tensors.packed(f"{prefix}.{number}.gradient.{kind}"))
                  for kind, objective in objectives.items()]
        worst.add(objectives, page.evaluate(DISTANCES_OF_GRADIENTS, [name, number, changes, wanted]))
    worst.check(found, f"{name}: {prefix}, gradients for {len(labels)} images", GRADIENTS)


def check_terms(found, page, name, changes=None):
    worst = Worst()
    for number in range(2):
        distances = page.evaluate(TERMS, [name, number, changes])
        worst.add(range(len(distances)), distances)
    worst.check(found, f"{name}: terms add up{' with changes' if changes else ''}", OUTPUTS)


def check_case(browser, folder):
    """All checks of a network that `laboratory-cases` wrote, and of its changed twin, as findings."""
    found, page, name = Findings(), new_page(browser), folder.name
    engine(page, folder / "laboratory")
    page.evaluate("name => testing.start(name)", name)
    tensors = safetensors.File(folder / "reference.safetensors")
    labels = page.evaluate("laboratoryData.index.images.map(({ label }) => label)")
    for prefix, changes in [("plain", None), ("changed", json.loads(tensors.metadata["changes"]))]:
        check_outputs(found, page, name, tensors, prefix, range(len(labels)), changes)
        check_gradients(found, page, name, tensors, prefix, labels, changes)
        check_terms(found, page, name, changes)
    found.none(f"{name}: inputs of dense layers are where they come from", page.evaluate(ORIGINS, [name, 0]))
    found.none(f"{name}: ways lead to the image", page.evaluate(WAYS, [name, 0]))
    found.none(f"{name}: nothing is seen outside of receptive fields", page.evaluate(FIELDS, [name]))
    page.close()
    return found.checks


# Of the first convolution's kernels after each kept epoch, against the record that the run keeps of them exactly.
DISTANCES_OF_KERNELS = """
([name, epochs]) => epochs.map(([epoch, packed]) => {
  const network = lab.network(laboratoryData[`network-${name}`], laboratoryData[`epoch-${name}-${epoch}`]);
  return testing.distance(network.layers.find(({ kind }) => kind === "convolution").tensors.kernel, packed);
})
"""


def check_epochs(found, page, name, folder, tensors):
    """What the network was in the midst of its training; runs of earlier versions do not tell."""
    epochs = page.evaluate("name => laboratoryData[`network-${name}`].epochs", name)
    kept = sorted(int(path.stem.split("-")[1]) for path in folder.glob("epoch-*.safetensors"))
    found.that(f"{name}: the page has the weights of each kept epoch", epochs == kept, (epochs, kept))
    if not epochs:
        return
    worst = Worst()
    wanted = [(epoch, tensors.packed("kernelHistory", epoch)) for epoch in epochs]
    worst.add(epochs, page.evaluate(DISTANCES_OF_KERNELS, [name, wanted]))
    worst.check(found, f"{name}: kernels after {len(epochs)} epochs", EARLY_WEIGHTS)


def check_accuracy(found, page, name, tensors):
    """Of the stored test images, as many are right as in the run, image by image."""
    seen, labels = page.evaluate(ACCURACY, name)
    classes = tensors.tensors["predictions"]["shape"][1]
    answers = tensors.numbers("predictions")
    count = len(answers) // classes
    places = [number * count // len(labels) for number in range(len(labels))]
    rows = [answers[place * classes:(place + 1) * classes] for place in places]
    right = sum(row.index(max(row)) == label for row, label in zip(rows, labels))
    found.that(f"{name}: accuracy on {len(labels)} test images", seen == right / len(labels), (seen, right))


def check_run(browser, site, folder):
    """All checks of a network of a site, against what its run keeps, as findings."""
    found, page, name = Findings(), new_page(browser), folder.name.rpartition("-")[0]
    engine(page, data_folder(site))
    page.evaluate("name => testing.start(name)", name)
    numbers = page.evaluate("laboratoryData.index.images.map(({ number }) => number - 1)")
    tensors = safetensors.File(folder / "tensors.safetensors")
    check_outputs(found, page, name, tensors, "sample", numbers)
    check_epochs(found, page, name, folder, tensors)
    check_terms(found, page, name)
    check_accuracy(found, page, name, tensors)
    inspection = safetensors.File(folder / "inspection.safetensors")
    maps = ["integratedGradients", "coveredBlack", "coveredBlurred"]
    images = inspection.numbers("saliency.trained.images")
    worst = Worst()
    labels = inspection.numbers("saliency.trained.classes")
    # Of some images that the page has: each takes more than a thousand runs.
    for place in [place for place, image in enumerate(images) if image in numbers][:MAPPED_IMAGES]:
        wanted = [(kind, inspection.packed(f"saliency.trained.{kind}", place)) for kind in maps]
        number = numbers.index(images[place])
        worst.add(maps, page.evaluate(DISTANCES_OF_MAPS, [name, number, int(labels[place]), wanted]))
    worst.check(found, f"{name}: maps of what answers hang on", MAPS)
    page.close()
    return found.checks


def groups(cases, site, runs):
    """Every group of checks with its arguments, the longest first: CASES is a folder that `laboratory-cases` wrote, SITE
    a site, and RUNS the folder of its runs."""
    networks = json.loads((site / "networks.json").read_text(encoding="utf-8"))
    for name in networks:
        yield check_run, site, next(runs.glob(f"{name}-" + "[0-9a-f]" * 16))
    for folder in sorted(cases.iterdir()):
        yield check_case, folder
