"""Makes models of this folder with their own exporters, and what each layer answers to an image.

    pip install torch onnx onnxscript safetensors                   ->  python make_models.py torch
    pip install keras tensorflow-cpu tf2onnx onnx safetensors       ->  python make_models.py keras

Each .safetensors holds x, the answer y, and the output of every layer, in the framework's own layout (Keras: [batch,
height, width, channel]; PyTorch: [batch, channel, height, width]), numbered in their order.
"""
import sys

import numpy as np
from safetensors.numpy import save_file


def save_answers(name, x, y, layers):
    numbered = {f"layer{index:02}_{kind}": output for index, (kind, output) in enumerate(layers)}
    arrays = {"x": x, "y": y, **numbered}
    save_file({key: np.ascontiguousarray(array, np.float32) for key, array in arrays.items()}, f"{name}.safetensors")


def make_torch():
    import torch
    import torch.nn as nn

    def save(name, shape, model, **options):
        # As after a training.
        for layer in model:
            if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
                nn.init.uniform_(layer.weight, 0.5, 1.5)
                nn.init.uniform_(layer.bias, -0.5, 0.5)
                nn.init.uniform_(layer.running_mean, -0.5, 0.5)
                nn.init.uniform_(layer.running_var, 0.5, 2)
        model.eval()
        x = torch.rand(1, *shape)
        y, layers = x, []
        for layer in model:
            y = layer(y)
            layers.append((type(layer).__name__, y.detach().numpy()))
        save_answers(name, x.numpy(), y.detach().numpy(), layers)
        torch.onnx.export(model, (x,), f"{name}.onnx", **options)

    torch.manual_seed(3)
    save("torch-strides", (3, 24, 24), nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.LeakyReLU(0.1), nn.Conv2d(8, 12, 3, stride=2, padding=1),
        nn.BatchNorm2d(12), nn.ReLU6(), nn.Conv2d(12, 16, 3, padding=1), nn.ELU(0.7), nn.AdaptiveAvgPool2d(1),
        nn.Flatten(), nn.Linear(16, 10), nn.LogSoftmax(dim=1)),
        dynamo=True, opset_version=18, external_data=True)
    save("torch-norms", (3, 16, 16), nn.Sequential(
        nn.Conv2d(3, 6, 3), nn.ReLU(), nn.BatchNorm2d(6), nn.MaxPool2d(2), nn.Dropout(0.2), nn.Conv2d(6, 8, 3, bias=False),
        nn.Tanh(), nn.Flatten(), nn.BatchNorm1d(200), nn.Linear(200, 12), nn.Sigmoid(), nn.Linear(12, 5),
        nn.Softmax(dim=-1)),
        dynamo=False, opset_version=17, dynamic_axes={"x": {0: "batch"}}, input_names=["x"])
    save("torch-uneven", (3, 20, 24), nn.Sequential(
        nn.Conv2d(3, 6, (3, 5), stride=(2, 1), padding=(1, 2)), nn.ELU(), nn.MaxPool2d(3, stride=2), nn.Conv2d(6, 8, 2),
        nn.Sigmoid(), nn.Flatten(), nn.Linear(240, 7)), dynamo=False, opset_version=11)
    save("torch-maxima", (1, 28, 28), nn.Sequential(
        nn.Conv2d(1, 8, 5), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(8, 8, 3), nn.Tanh(), nn.AdaptiveMaxPool2d(1),
        nn.Flatten(), nn.Linear(8, 10)),
        dynamo=True, opset_version=22, dynamic_shapes=({0: torch.export.Dim("batch")},), external_data=False)


def make_keras():
    import keras
    import onnx
    from keras import layers

    def save(name, shape, stack, **options):
        model = keras.Sequential([layers.Input(shape), *stack])
        random = np.random.default_rng(1)
        for layer in model.layers:
            if isinstance(layer, layers.BatchNormalization):
                ranges = [(0.5, 1.5), (-0.5, 0.5), (-0.5, 0.5), (0.5, 2)]
                layer.set_weights([random.uniform(*r, w.shape) for r, w in zip(ranges, layer.get_weights())])
        x = random.random((1, *shape), dtype=np.float32)
        outputs = keras.Model(model.inputs, [layer.output for layer in model.layers]).predict(x, verbose=0)
        kinds = [type(layer).__name__ for layer in model.layers]
        save_answers(name, x, model.predict(x, verbose=0), zip(kinds, outputs))
        model.export(f"{name}.onnx", format="onnx", verbose=False, **options)

    def give_values(name, values):
        """Tells what Keras 3.15 and tf2onnx 1.17 ask for as inputs: the numbers of Normalization."""
        model = onnx.load(f"{name}.onnx")
        for entry in model.graph.input[1:]:
            for ending, numbers in values.items():
                if entry.name.endswith(ending):
                    array = np.float32(numbers).reshape(1, 1, 1, -1)
                    model.graph.initializer.append(onnx.numpy_helper.from_array(array, entry.name))
        used = {name for node in model.graph.node for name in node.input}
        for entry in [entry for entry in model.graph.input if entry.name not in used]:
            model.graph.input.remove(entry)
        onnx.save(model, f"{name}.onnx")

    keras.utils.set_random_seed(5)
    save("keras-strides", (24, 24, 3), [
        layers.Conv2D(8, 3, strides=2, padding="same"), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(12, 3, strides=2, padding="same", use_bias=False), layers.BatchNormalization(),
        layers.Activation("elu"), layers.GlobalAveragePooling2D(), layers.Dense(16, activation="tanh"),
        layers.Dense(10, activation="softmax")], opset_version=18)
    save("keras-scaled", (20, 20, 3), [
        layers.Rescaling(1 / 127.5, offset=-1), layers.Conv2D(8, 3, padding="same", activation="relu6"),
        layers.MaxPooling2D(2), layers.Conv2D(8, 3, activation="sigmoid"), layers.AveragePooling2D(2),
        layers.Dropout(0.3), layers.Flatten(), layers.Dense(20, activation="relu"), layers.BatchNormalization(),
        layers.Dense(10)])
    save("keras-flat", (8, 8, 3), [layers.Flatten(), layers.Dense(12, activation="elu"), layers.Dense(4)],
         opset_version=11)
    save("keras-padded", (20, 24, 3), [
        layers.ZeroPadding2D(1), layers.Conv2D(6, (3, 5), strides=(2, 1)), layers.ReLU(max_value=6.0),
        layers.GlobalMaxPooling2D(), layers.Dense(7, activation="softmax")], opset_version=13)
    save("keras-normalized", (16, 16, 3), [
        layers.Normalization(mean=[0.48, 0.45, 0.41], variance=[0.052, 0.05, 0.051]),
        layers.Conv2D(6, 3, activation="relu"), layers.MaxPooling2D(2), layers.Flatten(), layers.Dense(5)])
    give_values("keras-normalized", {"Sub/y:0": [0.48, 0.45, 0.41]})
    save("keras-class-maps", (16, 16, 3), [
        layers.Conv2D(8, 3, strides=2, activation="relu"),
        layers.Conv2D(5, 1, padding="same", bias_initializer="random_normal"),
        layers.GlobalAveragePooling2D(), layers.Softmax()])


{"torch": make_torch, "keras": make_keras}[sys.argv[1]]()
