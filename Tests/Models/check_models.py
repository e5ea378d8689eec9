"""Runs the exported models outside of this package and compares their answers with ours, and what is left of them
without single filters; where the filters answer most, and whatever else the inspections say.

usage: check_models.py SITE ANSWERS RUNS DATA
  SITE     a site with models/<network>.onnx and .safetensors
  ANSWERS  folder with <network>.csv, as `site-build predict` prints it
  RUNS     the folder of the site's runs
  DATA     folder of the data files
"""

import csv
import gzip
import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

PACKAGE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PACKAGE / "Benchmarks/peers"))
sys.dont_write_bytecode = True

import insights
import inspections
import keras
import keras_train
import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file

TOLERANCE = 1e-5
LANGUAGES = sorted(folder.name for folder in (PACKAGE / "templates/strings").iterdir())


def content(file: Path) -> bytes:
    """What a data file holds, be it compressed or not."""
    return file.read_bytes() if file.exists() else gzip.decompress(file.with_name(file.name + ".gz").read_bytes())


def images(folder: Path, split: str) -> np.ndarray:
    """All images of a split, [images, 28, 28, 1], pixels divided by 255."""
    pixels = np.frombuffer(content(folder / f"{split}-images-idx3-ubyte"), np.uint8, offset=16)
    return pixels.reshape(-1, 28, 28, 1).astype(np.float32) / np.float32(255)


def labels(folder: Path, split: str) -> np.ndarray:
    return np.frombuffer(content(folder / f"{split}-labels-idx1-ubyte"), np.uint8, offset=8)


def our_answers(file: Path) -> np.ndarray:
    """The probabilities that site-build printed, [images, classes]."""
    with file.open(newline="") as lines:
        return np.array([[float(row[f"p{k}"]) for k in range(10)] for row in csv.DictReader(lines)])


def keras_model(record: dict, weights: dict[str, np.ndarray]) -> keras.Model:
    """The network as Keras users write it, by the layers in its record, with these weights."""
    # Behind the version, the form of the images and the number of classes.
    model = keras_train.build(", ".join(record["configuration"]["architecture"][3:]))
    for name, layer in keras_train.named(model):
        if layer.weights:
            layer.set_weights([weights[f"{name}.kernel"], weights[f"{name}.bias"]])
    return model


def check_file(network: str, site: Path) -> None:
    """The ONNX file is well-formed and says what it is."""
    model = onnx.load(site / f"models/{network}.onnx")
    onnx.checker.check_model(model, full_check=True)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    record = json.loads((site / f"data/{network}.json").read_text())
    assert metadata["network"] == network, metadata
    assert metadata["seed"] == str(record["configuration"]["seed"]), metadata
    assert float(metadata["testAccuracy"]) == record["history"][-1]["testAccuracy"], metadata
    assert {"ja", "en"} <= set(LANGUAGES), LANGUAGES
    for language in LANGUAGES:
        assert len(json.loads(metadata[f"classes.{language}"])) == 10, metadata


def compare(what: str, answers: np.ndarray, ours: np.ndarray) -> bool:
    difference = np.abs(np.asarray(answers) - ours).max()
    holds = answers.shape == ours.shape and difference <= TOLERANCE
    print(f"{what}: largest difference of {ours.shape[0]} x {ours.shape[1]} probabilities {difference:.1e}"
          + ("" if holds else f", more than {TOLERANCE:.0e}"))
    return bool(holds)


def main() -> None:
    site, answers, runs, data = map(Path, sys.argv[1:])
    results = []
    tested, truth = images(data, "t10k"), labels(data, "t10k")
    for network in sorted(file.stem for file in answers.glob("*.csv")):
        ours = our_answers(answers / f"{network}.csv")
        asked = tested[:len(ours)]
        check_file(network, site)
        session = onnxruntime.InferenceSession(site / f"models/{network}.onnx", providers=["CPUExecutionProvider"])
        results.append(compare(f"{network}, ONNX Runtime", session.run(None, {"image": asked})[0], ours))
        # One image alone: the model takes a batch of any size.
        alone = session.run(["probabilities"], {"image": asked[:1]})[0]
        results.append(compare(f"{network}, ONNX Runtime, one image", alone, ours[:1]))
        record = json.loads((site / f"data/{network}.json").read_text())
        model = keras_model(record, load_file(site / f"models/{network}.safetensors"))
        results.append(compare(f"{network}, Keras", model.predict(asked, batch_size=len(asked), verbose=0), ours))
    # All filters of all layers would take minutes.
    results += inspections.check_switched_off(site, tested, truth, most=2)
    results += inspections.check_shifts(site, tested, truth, step=5)
    results += inspections.check_patches(site, tested)
    results += insights.check(site, runs, (images(data, "train"), labels(data, "train")), (tested, truth), step=3)
    print(f"models: {results.count(True)} passed, {results.count(False)} failed")
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
