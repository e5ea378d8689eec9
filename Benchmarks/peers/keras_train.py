#!/usr/bin/env python3
"""Trains a network with Keras and prints a JSON object a line for each epoch.

`seconds` covers the epoch's training samples and the validation pass behind them. With --paced, each epoch waits for
a line on standard input, so that another program can be measured in turn.
"""

import argparse
import gzip
import json
import os
import pathlib
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
from keras import layers

KINDS = {
    "Conv2D": "conv", "AveragePooling2D": "pool", "MaxPooling2D": "pool", "GlobalAveragePooling2D": "globalpool",
    "GlobalMaxPooling2D": "globalpool", "BatchNormalization": "batchnorm", "ReLU": "relu", "Flatten": "flatten", "Dense": "dense",
}


def read_idx(folder, name, header):
    """The bytes behind an IDX file's header, from the plain file or its .gz."""
    plain = folder / name
    raw = plain.read_bytes() if plain.exists() else gzip.decompress((folder / (name + ".gz")).read_bytes())
    return np.frombuffer(raw, np.uint8, offset=header)


def read_split(folder, prefix):
    """Pixels / 255, [count, 28, 28, 1], and one-hot labels, [count, 10]."""
    pixels = read_idx(folder, prefix + "-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1)
    labels = read_idx(folder, prefix + "-labels-idx1-ubyte", 8)
    return pixels.astype("float32") / 255, keras.utils.to_categorical(labels, 10)


def extent(text):
    """`3` or `3x5`."""
    numbers = [int(number) for number in text.split("x")]
    return tuple(numbers * (3 - len(numbers)))


def activation_of(words):
    """The activation that words behind a layer's sizes name, with its number behind it; ReLU where there is none."""
    for place, word in enumerate(words):
        following = words[place + 1:place + 2]
        match word:
            case "linear": return None
            case "leakyrelu": return layers.LeakyReLU(negative_slope=float(following[0]))
            case "elu": return layers.ELU(alpha=float(following[0]) if following else 1.0)
            case "relu6" | "sigmoid" | "tanh": return word
    return "relu"


def layer(text, is_last):
    """A layer from its notation."""
    kind, *words = text.split()
    options = {words[i]: words[i + 1] for i in range(len(words) - 1) if words[i] in ("stride", "epsilon")}
    stride = extent(options["stride"]) if "stride" in options else None
    activation = "softmax" if is_last else activation_of(words)
    match kind:
        case "conv":
            filters, kernel = words[0].split("@")
            if "pad" in words:
                raise ValueError(f"{text}: Keras pads with a layer of its own")
            padding = "same" if "same" in words else "valid"
            return layers.Conv2D(
                int(filters), extent(kernel), strides=stride or 1, padding=padding, activation=activation)
        case "avgpool": return layers.AveragePooling2D(extent(words[0]), strides=stride)
        case "maxpool": return layers.MaxPooling2D(extent(words[0]), strides=stride)
        case "globalavgpool": return layers.GlobalAveragePooling2D()
        case "globalmaxpool": return layers.GlobalMaxPooling2D()
        case "batchnorm": return layers.BatchNormalization(epsilon=float(options.get("epsilon", 0.001)))
        case "relu": return layers.ReLU()
        case "leakyrelu" | "relu6" | "sigmoid" | "tanh" | "elu" | "linear":
            return layers.Activation(activation_of([kind, *words]) or "linear")
        case "dropout": return layers.Dropout(float(words[0]))
        case "flatten": return layers.Flatten()
        case "dense": return layers.Dense(int(words[0]), activation=activation)
    raise ValueError(f"{text} is no layer")


def build(notation, shape=(28, 28, 1)):
    """The network that the notation describes."""
    texts = notation.split(", ")
    stack = [layer(text, index == len(texts) - 1) for index, text in enumerate(texts)]
    return keras.Sequential([keras.Input(shape)] + stack)


def named(model):
    """Each layer but dropout with the name it has in Learn: conv1, pool1, conv2, ..., flatten."""
    counts = {}
    for layer in model.layers:
        kind = KINDS.get(type(layer).__name__)
        if kind:
            counts[kind] = counts.get(kind, 0) + 1
            yield (kind if kind in ("flatten", "globalpool") else f"{kind}{counts[kind]}"), layer


class Clock(keras.callbacks.Callback):
    """Times each epoch, validation included, and prints what it measured."""

    def __init__(self, network, paced):
        super().__init__()
        self.network = network
        self.paced = paced

    def on_epoch_begin(self, epoch, logs=None):
        if self.paced and not sys.stdin.readline():
            sys.exit(0)
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = time.perf_counter() - self.start
        line = {"network": self.network, "epoch": epoch + 1, "seconds": seconds}
        print(json.dumps(line | {key: float(value) for key, value in logs.items()}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", help="its name")
    parser.add_argument("layers", help="as `learn-bench networks --layers` tells them")
    parser.add_argument("data", type=pathlib.Path, help="folder of the four files, plain or .gz")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paced", action="store_true", help="wait for a line on standard input before each epoch")
    options = parser.parse_args()

    keras.utils.set_random_seed(options.seed)
    train = read_split(options.data, "train")
    test = read_split(options.data, "t10k")
    model = build(options.layers)
    model.compile(
        loss="categorical_crossentropy",
        optimizer=keras.optimizers.Adadelta(learning_rate=1.0, rho=0.95, epsilon=1e-7),
        metrics=["accuracy"],
    )
    model.fit(
        *train, epochs=options.epochs, batch_size=1000, validation_data=test, verbose=0,
        callbacks=[Clock(options.network, options.paced)],
    )


if __name__ == "__main__":
    main()
