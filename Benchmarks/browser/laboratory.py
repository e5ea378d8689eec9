"""Times what the laboratory's scripts do in headless Chromium: an image's way through each network of a site, and the
gradient of its answer; and all that its page computes and draws at a stroke, with two networks beside each other. Prints
medians over many runs, in milliseconds.

    .venv-browser/bin/python Benchmarks/browser/laboratory.py SITE

`scripts/browser-tests` makes .venv-browser.
"""

import pathlib
import sys

PACKAGE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PACKAGE / "Tests/Browser"))
sys.dont_write_bytecode = True

import laboratory
from browsing import PAGES, chromium, new_page

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

# From where the page begins to tell that the image was changed to where all that listens to it is done, within a frame;
# what an answer hangs on follows in later frames.
STROKES = """
async (networks) => {
  const [warmUps, samples] = [10, 61];
  laboratory.set({ networks, place: { network: networks[0], layer: "conv2", y: 3, x: 3, channel: 5 } });
  const frame = () => new Promise((resume) => { requestAnimationFrame(() => resume(performance.now())); });
  const times = [];
  for (let sample = 0; sample < warmUps + samples; sample += 1) {
    await frame();
    const image = laboratory.edits.noisy(laboratory.state.image, 32, sample);
    const start = frame();
    laboratory.set({ image, shown: null });
    const end = frame();
    if (sample >= warmUps) times.push(await end - await start);
  }
  return times.sort((left, right) => left - right)[samples >> 1];
}
"""


def main():
    site = pathlib.Path(sys.argv[1])
    data = laboratory.data_folder(site)
    print(f"{'network':<12}{'decode':>10}{'forward':>10}{'gradient':>10}  ms")
    with chromium() as browser:
        page = new_page(browser.new_context())
        laboratory.engine(page, data)
        for name in page.evaluate("laboratoryData.index.networks"):
            times = page.evaluate(MEASURE, name)
            print(f"{name:<12}" + "".join(f"{times[what]:>10.2f}" for what in ["decoded", "forward", "gradient"]))
        names = page.evaluate("laboratoryData.index.networks")
        page = new_page(browser.new_context(viewport={"width": 1280, "height": 900}))
        page.goto(f"file://{site.resolve()}/{PAGES['en'].replace('index.html', 'lab/index.html')}")
        page.locator(".lab-maps").first.wait_for()
        beside = [names[-1], names[0]]
        print(f"a stroke, {' beside '.join(beside)}: {page.evaluate(STROKES, beside):.1f} ms")


if __name__ == "__main__":
    main()
