"""Times what the laboratory's scripts do in headless Chromium: an image's way through each network of a site, and the
gradient of its answer. Prints medians over many runs, in milliseconds.

    .venv-browser/bin/python Benchmarks/browser/laboratory.py SITE

`scripts/browser-tests` makes .venv-browser.
"""

import pathlib
import sys

PACKAGE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PACKAGE / "Tests/Browser"))
sys.dont_write_bytecode = True

import laboratory
from browsing import chromium, new_page

# Each sample is the mean of a few runs, so that the browser's coarse clock does not show; the first ones, in which the
# browser compiles, are not counted.
MEASURE = """
(name) => {
  const [warmUps, samples, runs] = [20, 101, 5];
  const images = laboratoryData.index.images;
  const started = performance.now();
  testing.start(name);
  const decoded = performance.now() - started;
  const pass = testing.passes[name];
  const inputs = images.map((_, number) => testing.image(name, number));
  function median(work) {
    const times = [];
    for (let sample = 0; sample < warmUps + samples; sample += 1) {
      const start = performance.now();
      for (let run = 0; run < runs; run += 1) work(inputs[(sample * runs + run) % inputs.length]);
      if (sample >= warmUps) times.push((performance.now() - start) / runs);
    }
    return times.sort((left, right) => left - right)[samples >> 1];
  }
  const forward = median((image) => lab.run(pass, image));
  const both = median((image) => lab.gradient(lab.run(pass, image), { logit: 0 }));
  return { decoded, forward, gradient: both - forward };
}
"""


def main():
    data = laboratory.data_folder(pathlib.Path(sys.argv[1]))
    print(f"{'network':<12}{'decode':>10}{'forward':>10}{'gradient':>10}  ms")
    with chromium() as browser:
        page = new_page(browser.new_context())
        laboratory.engine(page, data)
        for name in page.evaluate("laboratoryData.index.networks"):
            times = page.evaluate(MEASURE, name)
            print(f"{name:<12}" + "".join(f"{times[what]:>10.2f}" for what in ["decoded", "forward", "gradient"]))


if __name__ == "__main__":
    main()
